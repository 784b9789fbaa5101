"""Tokenizer: where the syllables (*tiếng*) of a text are.

Vietnamese writes a space between syllables, so a token is a run of letters and digits, with combining
marks that NFC could not compose and invisible characters inside the run counted as part of it.
"""

from __future__ import annotations

import re
from functools import cache

import numpy as np
from numpy.typing import NDArray

from analyzers.keys import INVISIBLE
from analyzers.segmentation.chunks import code_points

_INSIDE = f"\u0300-\u036f{INVISIBLE}"
SYLLABLE = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]*)*")
"""The definition. Linear: each character is looked at once, no alternative overlaps another."""

_LETTER, _MARK = 1, 2
_LAST_CLASSED = 0xFFFF


Indices = NDArray[np.intp]


def spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open code-point spans of the syllables of `text`, in order."""
    starts, ends = columns(text)
    return [*zip(starts.tolist(), ends.tolist(), strict=True)]


def columns(text: str) -> tuple[Indices, Indices]:
    """The same as two arrays, starts and ends: the cheapest way."""
    points = code_points(text)

    if len(points) == 0:
        return _NONE, _NONE
    if points.max() > _LAST_CLASSED:
        beyond = points > _LAST_CLASSED
        if any(chr(point).isalnum() for point in set(points[beyond].tolist())):
            return _by_definition(text)
        points = np.where(beyond, 0, points)  # such as emoji: neither letters nor marks
    classes = _classes().take(points)
    inside = np.zeros(len(points) + 2, np.bool_)
    inside[1:-1] = classes
    edges = (inside[1:] != inside[:-1]).nonzero()[0]
    starts, ends = edges[0::2], edges[1::2]
    if (classes.take(starts) == _MARK).any():
        return _from_letters(classes, starts, ends)
    return starts, ends


def _from_letters(classes: NDArray[np.uint8], starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
    """Begin each run at its first letter, since a mark without a letter before it begins no syllable."""
    (letters,) = (classes == _LETTER).nonzero()
    starts = np.append(letters, len(classes)).take(letters.searchsorted(starts))
    whole = starts < ends
    return starts[whole], ends[whole]


_NONE = np.zeros(0, np.intp)


def _by_definition(text: str) -> tuple[Indices, Indices]:
    found = np.array([match.span() for match in SYLLABLE.finditer(text)], np.intp).reshape(-1, 2)
    return found[:, 0], found[:, 1]


@cache
def _classes() -> NDArray[np.uint8]:
    """For each code point of the first 16 bits: a letter or digit, a mark that may stand inside a syllable, or neither."""
    every = "".join(map(chr, range(1 << 16)))
    classes = np.zeros(1 << 16, np.uint8)
    for kind, pattern in ((_LETTER, r"[^\W_]+"), (_MARK, f"[{_INSIDE}]+")):
        for run in re.finditer(pattern, every):
            classes[slice(*run.span())] = kind
    return classes
