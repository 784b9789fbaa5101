"""The chunks of several texts at once: a chunk is what stands between white space; every newline is one, too.

Most chunks are short, so that their characters, 16 bits each, are a key of fixed size. It is read for all chunks
in one go, where ``text.split()`` would make an object of each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.keytable import WORDS, Indices, Keys

LONGEST = WORDS * 4
"""Code points of the longest chunk that has a key; in news one of 10,000 is longer."""

_NEWLINE = ord("\n")
_LAST_IN_KEY = 0xD7FF
"""Last code point before the surrogates, and the last one that may stand in a key."""

_LAST_SPACE = 0x3000
"""The highest code point that is white space."""

_IS_SPACE = np.zeros(1 << 16, np.bool_)
_IS_SPACE[: _LAST_SPACE + 1] = [chr(point).isspace() for point in range(_LAST_SPACE + 1)]

_UNITS = np.where(np.arange(LONGEST) < np.arange(LONGEST + 1)[:, None], 0xFFFF, 0).astype(np.uint16)
_MASKS = _UNITS.view(np.uint64)
"""One row a length from 0 to LONGEST: the bits of a key that belong to a chunk of that length."""


class Chunks(NamedTuple):
    r"""The chunks of texts, in order; `starts` and `lengths` are code points of ``"\n".join(texts)``.

    `joined`: the texts with one character in front, between them and several behind.
    `bounds`: one more entry than texts; text k has the chunks from ``bounds[k]`` up to ``bounds[k + 1]``.
    `keys`: a row of WORDS for each chunk. It says nothing where `has_key` is False: the chunk is too long, or has
    a character beyond the first 16 bits, or a NUL, which is what keys are filled up with.
    """

    joined: str
    starts: Indices
    lengths: Indices
    bounds: Indices
    keys: Keys
    has_key: NDArray[np.bool_]

    def texts(self, indices: Indices) -> list[str]:
        """Return the chunks with these indices."""
        starts = self.starts[indices] + 1
        ends = starts + self.lengths[indices]
        return [self.joined[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]


def find_chunks(texts: Sequence[str]) -> Chunks:
    """Return the chunks of `texts`."""
    joined = f" {' '.join(texts)}{' ' * (LONGEST + 1)}"
    units, unusual = code_units(joined)
    space = _IS_SPACE.take(units)
    edges = (space[1:] != space[:-1]).nonzero()[0] + 1
    starts, ends = edges[0::2], edges[1::2]
    if "\n" in joined:
        newlines = (units == _NEWLINE).nonzero()[0]
        starts, ends = _merge(starts, newlines), _merge(ends, newlines + 1)
    lengths = ends - starts
    has_key = lengths <= LONGEST
    has_key[starts.searchsorted(unusual, "right") - 1] = False
    bounds = starts.searchsorted([*accumulate((len(text) + 1 for text in texts), initial=1)])
    return Chunks(joined, starts - 1, lengths, bounds, keys_at(units, starts, lengths), has_key)


def code_units(text: str) -> tuple[NDArray[np.uint16], Indices]:
    """Return the code points of `text` in 16 bits, and the places of those that may not stand in a key."""
    units = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), "<u2").astype(np.uint16, copy=False)
    if units.max() <= _LAST_IN_KEY and "\0" not in text:
        return units, np.empty(0, np.intp)
    points = code_points(text)
    unusual = (points - 1 >= _LAST_IN_KEY).nonzero()[0]  # wraps around for NUL
    return np.minimum(points, 0xFFFF).astype(np.uint16), unusual


def code_points(text: str) -> NDArray[np.uint32]:
    """Return the code points of `text`, lone surrogates included."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4").astype(np.uint32, copy=False)


def is_space(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    """Tell for each code point whether it is white space."""
    return _IS_SPACE.take(np.minimum(points, 0xFFFF))


def _merge(first: Indices, second: Indices) -> Indices:
    return np.sort(np.concatenate([first, second]), kind="stable")


def keys_at(units: NDArray[np.uint16], starts: Indices, lengths: Indices) -> Keys:
    """Return the LONGEST units from each start, those beyond the length set to 0; LONGEST units must follow the last start."""
    size = LONGEST * units.itemsize
    windows = np.ndarray((len(units) - LONGEST + 1,), f"V{size}", units, strides=(units.itemsize,))
    keys = windows[starts].view(np.uint64).reshape(-1, WORDS)
    keys &= _MASKS.take(np.minimum(lengths, LONGEST), axis=0)
    return keys
