"""From token lengths back to places in the text, and from places to pyvi's output format.

Tokens cover everything but white space, so that their lengths, and where chunks of them open, give all offsets.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.base import Segments

Integers = NDArray[np.int64]

_NEWLINE, _SPACE, _UNDERSCORE = map(ord, "\n _")
_BEYOND = 0x3001
"""All white space of Unicode comes before this code point."""

_IS_SPACE = np.array([chr(point).isspace() for point in range(_BEYOND + 1)])


def starts(texts: Sequence[str], lengths: Integers, advances: Integers) -> Integers:
    """Return where tokens start, as offsets into the texts joined by one character.

    `lengths`: code points of each token; `advances`: the same plus 1 for the first token of a chunk. Where both
    are 0 there is no token and the answer has no meaning.
    """
    ends = advances.cumsum(dtype=np.intp)
    if ends[-1] == sum(map(len, texts)) + len(texts):
        # As many gaps as chunks, less one: so each is a single character and there is no other white space.
        return ends - lengths - 1
    return _starts_by_position(" ".join(texts), lengths, advances)


def _starts_by_position(joined: str, lengths: Integers, advances: Integers) -> Integers:
    """Do the same by looking where the chunks are."""
    points = _code_points(joined)
    space = _is_space(points)
    opening = ~space
    opening[1:] &= space[:-1]
    opening |= points == _NEWLINE
    before = np.cumsum(lengths) - lengths
    opens = advances > lengths
    shifts = np.flatnonzero(opening) - before[opens]
    return before + shifts[np.cumsum(opens) - 1] if len(shifts) else before


def render(joined: str, segments: Segments) -> list[str]:
    """Return the texts of `segments` in pyvi's format; `joined` is all of them, joined by a space.

    Every token is followed by one character: ``_`` before a token that joins, a space otherwise.
    """
    points = _code_points(joined)
    ends = np.cumsum(segments.ends - segments.starts + 1)
    total = int(ends[-1]) if len(ends) else 0
    written = np.full(total, _SPACE, np.uint32)
    separators = np.zeros(total, np.bool_)
    separators[ends - 1] = True
    written[~separators] = points[~_is_space(points) | (points == _NEWLINE)]
    written[ends[np.flatnonzero(segments.joins) - 1] - 1] = _UNDERSCORE
    text = written.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    edges = np.concatenate([[0], ends])[segments.bounds].tolist()
    return [text[start : max(start, end - 1)] for start, end in zip(edges, edges[1:], strict=False)]


def _code_points(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")


def _is_space(points: NDArray[np.uint32]) -> NDArray[np.bool_]:
    return _IS_SPACE[np.minimum(points, _BEYOND)]
