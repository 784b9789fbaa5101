"""How alike the candidates of a query are: articles about the event that the best ones report belong with them.

Cosine of tf-idf vectors whose idf is taken among the candidates themselves, so that what the query asked for, which all of them hold, says
nothing, and what only some hold tells them apart. Syllables fall into BUCKETS dimensions (feature hashing; Weinberger et al. 2009).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.rerank.evidence import BUCKETS, Floats, Text

_MOST = 63
_LOGS = np.log1p(np.arange(_MOST + 1, dtype=np.float32))


def kinship(text: Text, weights: Floats) -> Floats:
    """For each document the sum over all of them, itself included, of weight × cosine: one product with the weighed sum of all vectors."""
    vectors = _vectors(text)
    found: Floats = (vectors @ (weights @ vectors).astype(np.float32)).astype(np.float64)
    return found


def _vectors(text: Text) -> NDArray[np.float32]:
    count = len(text.lengths)
    counted = np.bincount(text.document * BUCKETS + text.buckets, minlength=count * BUCKETS)
    logs = _LOGS.take(np.minimum(counted, _MOST, out=counted)).reshape(count, BUCKETS)
    holding = np.count_nonzero(logs, axis=0)
    vectors: NDArray[np.float32] = logs * np.log((count + 1) / (holding + 0.5)).astype(np.float32)
    lengths = np.sqrt(np.einsum("ij,ij->i", vectors, vectors))
    vectors /= np.maximum(lengths, 1e-9)[:, None]
    return vectors
