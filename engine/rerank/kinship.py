"""How alike the candidates of a query are: articles about the event that the best ones report belong with them.

Cosine of tf-idf vectors whose idf is taken among the candidates themselves, so that what the query asked for, which all of them hold, says
nothing, and what only some hold tells them apart. Syllables fall into BUCKETS dimensions (feature hashing; Weinberger et al. 2009).
"""

from __future__ import annotations

import numpy as np

from engine.rerank.evidence import BUCKETS, Candidates, Floats, Ints

_MOST = 63
_LOGS = np.log1p(np.arange(_MOST + 1, dtype=np.float64))


def kinship(text: Candidates, weights: Floats) -> Floats:
    """For each document the sum over all of them, itself included, of weight × cosine: one product with the weighed sum of all vectors."""
    count = len(text.lengths)
    row, column, values = _vectors(text)
    summed = np.bincount(column, weights[row] * values, BUCKETS)
    found: Floats = np.bincount(row, values * summed[column], count).astype(np.float64)
    return found


def _vectors(text: Candidates) -> tuple[Ints, Ints, Floats]:
    """The vectors of all documents, of length 1 each: document, dimension and value of what is not 0, some six in a hundred."""
    count = len(text.lengths)
    cells = np.sort(np.repeat(np.arange(count, dtype=np.int32) * BUCKETS, text.lengths) + text.buckets.astype(np.int32))
    first = np.flatnonzero(np.concatenate([[len(cells) > 0], cells[1:] != cells[:-1]]))
    row, column = np.divmod(cells[first].astype(np.int64), BUCKETS)
    occurring = np.diff(first, append=len(cells))
    rarity = np.log((count + 1) / (np.bincount(column, minlength=BUCKETS) + 0.5))
    values = _LOGS.take(np.minimum(occurring, _MOST)) * rarity[column]
    lengths = np.sqrt(np.bincount(row, values * values, count))
    return row, column, values / np.maximum(lengths, 1e-9)[row]
