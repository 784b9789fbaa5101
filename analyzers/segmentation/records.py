"""A token as one fixed-size row of numbers: all the model and the rules can know of it alone.

The bytes of a text's rows laid end to end are its table, with no look-up left to do but the pairs of syllables.
"""

from __future__ import annotations

import struct

import numpy as np

from analyzers.segmentation.lexicon import Lexicon
from analyzers.segmentation.model import Model, Pair
from analyzers.segmentation.rules import never_joins, starts_title

RECORD = np.dtype(
    [
        ("own", np.float64),
        ("before", np.float64),
        ("after", np.float64),
        ("row", np.int64),
        ("column", np.int64),
        ("third", np.int32),
        ("word", np.uint8),
        ("prefix", np.uint8),
        ("rules", np.uint8),
        ("unused", np.uint8),
        ("length", np.int64),
        ("advance", np.int64),
    ]
)
"""64 bytes, native byte order.

`own`, `before`, `after`: what the token adds to its own score difference (I_W minus B_W), to that of the token
after it (as "-1:") and to that of the token before it (as "+1:"). `row` to `prefix`: its lexicon address. `rules`:
bits below. `length`: code points; `advance`: the same plus 1 when the token is the first of a chunk.
"""

STANDS_ALONE, TITLE = 1, 2
"""Bits of `rules`."""

_BODY = struct.Struct("=3d2qi4Bq")
_ADVANCE = struct.Struct("=q")
assert _BODY.size + _ADVANCE.size == RECORD.itemsize

BREAK = _BODY.pack(0, 0, 0, 0, 0, 0, 0, 0, STANDS_ALONE, 0, 0) + _ADVANCE.pack(0)
"""The row between two texts: it adds nothing to its neighbours, joins neither, and is the only one of length 0."""

REMEMBERED = 20_000
"""Tokens whose rows are kept ready, about 4 MB; when there are more, all are forgotten."""

LONGEST = 32
"""Code points of the longest token (or chunk) that is remembered: longer ones are few and would have no bound."""


class Records:
    """Makes rows of tokens."""

    def __init__(self, model: Model, lexicon: Lexicon) -> None:
        self._model = model
        self._lexicon = lexicon
        self._bodies: dict[str, bytes] = {}

    def encode(self, tokens: list[str]) -> bytes:
        """Return the rows of a chunk that consists of `tokens`, at least one."""
        parts: list[bytes] = []
        opens = 1
        for token in tokens:
            body = self._bodies.get(token)
            parts.append(self._remember(token) if body is None else body)
            parts.append(_ADVANCE.pack(len(token) + opens))
            opens = 0
        return b"".join(parts)

    def _remember(self, token: str) -> bytes:
        body = self._body(token)
        if len(token) <= LONGEST:
            if len(self._bodies) >= REMEMBERED:
                self._bodies.clear()
            self._bodies[token] = body
        return body

    def _body(self, token: str) -> bytes:
        lower = token.lower()
        upper, title = ["word.isupper()"] * token.isupper(), ["word.istitle()"] * token.istitle()
        digit = ["word.isdigit()"] * token.isdigit()
        name = f"word.lower():{lower}"
        near = [name, *title, *upper]
        row, column, word, prefix, third = self._lexicon.address(lower)
        rules = never_joins(token) * STANDS_ALONE + starts_title(token) * TITLE
        return _BODY.pack(
            self._sum(["bias", name, *upper, *title, *digit]),
            self._sum([f"-1:{attribute}" for attribute in near]),
            self._sum([f"+1:{attribute}" for attribute in near]),
            *(row, column, third, word, prefix, rules, 0),
            len(token),
        )

    def _sum(self, attributes: list[str]) -> float:
        return sum(difference(self._model.weights(attribute)) for attribute in attributes)


def difference(weights: Pair) -> float:
    """Return how much more `weights` speak for I_W than for B_W."""
    begin, inside = weights
    return inside - begin
