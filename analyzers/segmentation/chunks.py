"""The chunks of several texts at once: a chunk is what stands between white space, and every newline.

Most chunks are short, so the characters themselves, 16 bits each, make a key of fixed size that can be looked up
for all chunks in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Keys = NDArray[np.uint64]

LONGEST = 16
"""Code points of the longest chunk that has a key; in news 1 in 10,000 is longer."""

WORDS = LONGEST * 2 // 8
"""64-bit words of a key."""

_NEWLINE = ord("\n")
_FIRST_SURROGATE = 0xD800

_IS_SPACE = np.array([chr(point).isspace() for point in range(1 << 16)])

_UNITS_OF_LENGTH = np.where(np.arange(LONGEST + 1)[:, None] > np.arange(LONGEST), 0xFFFF, 0).astype(np.uint16)
_MASKS = _UNITS_OF_LENGTH.view(np.uint64)
"""One row a length from 0 to LONGEST: the bits of a key that belong to a chunk of that length."""

_MARGIN = " " * LONGEST
"""Appended to the text, so that a key can be read at its very end."""


class Chunks(NamedTuple):
    """`joined` is the texts with a space between them and some at the end; `starts` and `lengths` are in code points.

    `bounds`: one more entry than texts; text k has the chunks from ``bounds[k]`` up to ``bounds[k + 1]``.
    `keys`: one row of WORDS a chunk; where `has_key` is False the key says nothing, as the chunk is too long or has
    a character that does not fit: beyond U+D7FF, or NUL, which is what fills a key up.
    """

    joined: str
    starts: Indices
    lengths: Indices
    bounds: Indices
    keys: Keys
    has_key: NDArray[np.bool_]

    def __getitem__(self, i: int) -> str: ...
