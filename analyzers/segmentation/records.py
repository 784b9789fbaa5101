"""A token as one fixed-size row of numbers: all the model and the rules can know of it alone.

The bytes of a text's rows laid end to end are its table, with no look-up left to do but the pairs of syllables.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.lexicon import NOWHERE, Lexicon
from analyzers.segmentation.model import Model, Pair
from analyzers.segmentation.rules import apart
from analyzers.segmentation.viterbi import UNIT

RECORD = np.dtype(
    [
        ("own", np.int32),
        ("before", np.int32),
        ("after", np.int32),
        ("row", np.int32),
        ("column", np.int16),
        ("third", np.int16),
        ("word", np.uint8),
        ("prefix", np.uint8),
        ("apart_before", np.uint8),
        ("apart_after", np.uint8),
        ("length", np.int32),
        ("offset", np.int32),
    ]
)
"""32 bytes, native byte order.

`own`, `before`, `after`: what the token adds to its own score difference (I_W minus B_W), to that of the token
after it (as "-1:") and to that of the token before it (as "+1:"), in UNITs. `row` to `prefix`: lexicon address.
`apart_before`, `apart_after`: a token is kept apart from the one before it when its `apart_before` shares a bit
with that one's `apart_after`. `length`: code points; `offset`: code points from the start of the chunk.
"""

Table = NDArray[np.void]
"""One RECORD a token."""

_ROW = struct.Struct("=4i2h4B2i")

REMEMBERED = 20_000
"""Tokens whose rows are kept ready, 4 MB; when there are more, all are forgotten."""

LONGEST_REMEMBERED = 32
"""In code points. Longer tokens are few, and their size would have no bound."""

SIDES = ("", "-1:", "+1:")
"""Prefixes of attributes: of the token itself, of the one before, of the one after."""

TESTS = ("isupper", "istitle", "isdigit")


class Records:
    """Makes rows of tokens."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._own, self._before, self._after = _by_lower_form(model)
        self._known = {*self._own, *self._before, *self._after, *lexicon.syllables()}
        self._shapes = [*zip(*(_by_shape(model, side) for side in SIDES), strict=True)]
        self._remembered: dict[str, bytes] = {}

    def table(self, tokens: Iterable[str]) -> Table:
        """Return the rows of `tokens`, all with offset 0; the array is the caller's own."""
        known = self._remembered.get
        return np.frombuffer(bytearray().join([known(token) or self._remember(token) for token in tokens]), RECORD)

    def _remember(self, token: str) -> bytes:
        row = self._row(token)
        if len(token) <= LONGEST_REMEMBERED:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[token] = row
        return row

    def _row(self, token: str) -> bytes:
        lower = token.lower()
        own, before, after = self._shapes[token.isupper() + 2 * token.istitle() + 4 * token.isdigit()]
        address = NOWHERE
        if "\0" in lower:
            lower = lower.partition("\0")[0]  # CRFsuite reads names as C strings; see Model.weights
        if lower in self._known:
            own += self._own.get(lower, 0)
            before += self._before.get(lower, 0)
            after += self._after.get(lower, 0)
            address = self._lexicon.address(lower)
        return _ROW.pack(own, before, after, *address, *apart(token), len(token), 0)


def _by_lower_form(model: Model) -> list[dict[str, int]]:
    """Return the score differences by lower-case form, for each of SIDES."""
    scores: dict[str, dict[str, int]] = {side: {} for side in SIDES}
    for attribute, weights in model.attributes.items():
        side, found, form = attribute.partition("word.lower():")
        if found:
            scores[side][form] = difference(weights)
    return [scores[side] for side in SIDES]


def _by_shape(model: Model, side: str) -> list[int]:
    """Return the score differences of everything else, indexed by upper + 2 title + 4 digit."""
    bias = difference(model.weights(f"{side}bias"))
    upper, title, digit = (difference(model.weights(f"{side}word.{test}()")) for test in TESTS)
    return [bias + upper * (bits & 1) + title * (bits >> 1 & 1) + digit * (bits >> 2) for bits in range(8)]


def difference(weights: Pair) -> int:
    """Return how much more `weights` speak for I_W than for B_W, in UNITs."""
    begin, inside = weights
    return round((inside - begin) / UNIT)
