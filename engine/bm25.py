"""The constants and the idf of BM25 that all engines share."""

from __future__ import annotations

import math

K1, B = 1.2, 0.75


def lucene_idf(documents: int, with_key: int) -> float:
    """Inverse document frequency of Lucene's BM25Similarity; never negative."""
    return math.log(1 + (documents - with_key + 0.5) / (min(with_key, documents) + 0.5))
