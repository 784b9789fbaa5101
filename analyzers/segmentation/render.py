"""From words back to text, in pyvi's output format."""

from __future__ import annotations

from itertools import pairwise

import numpy as np

from analyzers.segmentation.base import Segments
from analyzers.segmentation.chunks import code_points, is_space

_NEWLINE, _SPACE, _UNDERSCORE = map(ord, "\n _")


def render(joined: str, segments: Segments) -> list[str]:
    """Return the texts of `segments` in pyvi's format; `joined` is all of them, joined by a space.

    Every token is followed by one character: ``_`` before a token that joins, a space otherwise.
    """
    points = code_points(joined)
    ends = np.cumsum(segments.ends - segments.starts + 1)
    total = int(ends[-1]) if len(ends) else 0
    written = np.full(total, _SPACE, np.uint32)
    separators = np.zeros(total, np.bool_)
    separators[ends - 1] = True
    written[~separators] = points[~is_space(points) | (points == _NEWLINE)]
    written[ends[np.flatnonzero(segments.joins) - 1] - 1] = _UNDERSCORE
    text = written.astype("<u4").tobytes().decode("utf-32-le", "surrogatepass")
    edges = np.concatenate([[0], ends])[segments.bounds].tolist()
    return [text[start : max(start, end - 1)] for start, end in pairwise(edges)]
