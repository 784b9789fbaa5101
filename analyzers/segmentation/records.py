"""A token as one fixed-size row of numbers: all the model and the rules can know of it alone.

The bytes of a text's rows laid end to end are its table, with no look-up left to do but the pairs of syllables.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.lexicon import Address, Lexicon
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
with the other's `apart_after`. `length`: code points; `offset`: code points from the start of the chunk.
"""

Table = NDArray[np.void]
"""One RECORD a token."""

_ROW = struct.Struct("=4i2h4B2i")

REMEMBERED = 20_000
"""Tokens whose rows are kept ready, 4 MB; when there are more, all are forgotten."""

LONGEST = 32
"""Code points of the longest token that is kept: longer ones are few, and would have no bound."""

SIDES = ("", "-1:", "+1:")
"""Prefixes of attributes: of the token itself, of the one before, of the one after."""

TESTS = ("isupper", "istitle", "isdigit")


class _Known(NamedTuple):
    """The part of a row that depends on the lower-case form only: score differences and lexicon address."""

    own: int
    before: int
    after: int
    address: Address


class Records:
    """Makes rows of tokens."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        own, before, after = (_by_syllable(model, side) for side in SIDES)
        self._known = {
            name: _Known(own.get(name, 0), before.get(name, 0), after.get(name, 0), lexicon.address(name))
            for name in {*own, *before, *after, *lexicon.syllables()}
        }
        self._unknown = _Known(0, 0, 0, lexicon.address(""))
        self._shapes = [*zip(*(_by_shape(model, side) for side in SIDES), strict=True)]
        self._remembered: dict[str, bytes] = {}

    def rows(self, tokens: Iterable[str]) -> Table:
        """Return the rows of `tokens`, all with offset 0; the array is the caller's own."""
        known = self._remembered.get
        return np.frombuffer(bytearray().join([known(token) or self._remember(token) for token in tokens]), RECORD)

    def _remember(self, token: str) -> bytes:
        row = self._row(token)
        if len(token) <= LONGEST:
            if len(self._remembered) >= REMEMBERED:
                self._remembered.clear()
            self._remembered[token] = row
        return row

    def _row(self, token: str) -> bytes:
        name = token.lower()
        if "\0" in name:
            name = name.partition("\0")[0]  # CRFsuite reads names as C strings; see Model.weights
        own, before, after, (row, column, third, word, prefix) = self._known.get(name, self._unknown)
        shape = self._shapes[token.isupper() + 2 * token.istitle() + 4 * token.isdigit()]
        return _ROW.pack(
            *(own + shape[0], before + shape[1], after + shape[2]),
            *(row, column, third, word, prefix, *apart(token), len(token), 0),
        )


def _by_syllable(model: Model, side: str) -> dict[str, int]:
    """Return the score differences by lower-case form."""
    prefix = f"{side}word.lower():"
    found = ((name.removeprefix(prefix), weights) for name, weights in model.attributes.items() if name.startswith(prefix))
    return {name: difference(weights) for name, weights in found}


def _by_shape(model: Model, side: str) -> list[int]:
    """Return the score differences of everything else, indexed by upper + 2 title + 4 digit."""
    bias = difference(model.weights(f"{side}bias"))
    upper, title, digit = (difference(model.weights(f"{side}word.{test}()")) for test in TESTS)
    return [bias + upper * (bits & 1) + title * (bits >> 1 & 1) + digit * (bits >> 2) for bits in range(8)]


def difference(weights: Pair) -> int:
    """Return how much more `weights` speak for I_W than for B_W, in UNITs."""
    begin, inside = weights
    return round((inside - begin) / UNIT)
