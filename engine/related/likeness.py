"""How alike texts are: cosine of tf-idf vectors over folded syllables and their pairs, idf taken among the texts compared.

What all candidates hold, since they were asked for it, says little then; what only some share tells them apart. The title counts
several times, the body as far as `READ_CHARS`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.keys import folded_key
from analyzers.syllables import SYLLABLE
from engine.model import Document

READ_CHARS = 3000
TITLE_TIMES = 3
PAIR = 1 << 31
"""Numbers from here on are pairs of two smaller ones."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


class Likeness(NamedTuple):
    """Of one document with others, each of shape (others,), from 0 to 1.

    `cosine` is relative to the documents compared; `shared`, the same over pairs without idf, is of the two texts alone, so it is the
    same both ways.
    """

    cosine: Floats
    shared: Floats


def likeness(document: Document, others: Sequence[Document]) -> Likeness:
    """How alike `document` is to each of `others`."""
    if not others:
        return Likeness(np.zeros(0), np.zeros(0))
    rows, features = _features([document, *others])
    count = len(others) + 1
    names, columns = np.unique(features, return_inverse=True)
    cells, times = np.unique(rows * len(names) + columns, return_counts=True)
    row, column = np.divmod(cells, len(names))
    holding = np.bincount(column, minlength=len(names))
    often = np.log1p(times)
    rare = np.log((count + 1) / (holding + 0.5))
    return Likeness(_cosine(row, column, often * rare[column], count), _cosine(row, column, often * (names >= PAIR)[column], count))


def _cosine(row: Ints, column: Ints, values: Floats, count: int) -> Floats:
    """Cosine of row 0 with each other row of a sparse matrix of `count` rows."""
    lengths = np.sqrt(np.bincount(row, values * values, count))
    first = np.zeros(int(column.max(initial=0)) + 1)
    first[column[row == 0]] = values[row == 0]
    found = np.bincount(row, values * first[column], count)
    cosine: Floats = found / np.maximum(lengths * lengths[0], 1e-9)
    return cosine[1:]


def _features(documents: Sequence[Document]) -> tuple[Ints, Ints]:
    """Row and number of every occurrence of a syllable or pair; numbers are of this call only."""
    known: dict[str, int] = {}
    rows: list[Ints] = []
    features: list[Ints] = []
    for number, document in enumerate(documents):
        for text, times in ((document.title, TITLE_TIMES), (f"{document.lead}\n{document.body}"[:READ_CHARS], 1)):
            keys = np.array([known.setdefault(folded_key(one), len(known) + 1) for one in SYLLABLE.findall(text)], dtype=np.int64)
            both = np.concatenate([keys, keys[:-1] * PAIR + keys[1:]]) if len(keys) else keys
            features += [both] * times
            rows.append(np.full(len(both) * times, number, dtype=np.int64))
    return np.concatenate(rows), np.concatenate(features)
