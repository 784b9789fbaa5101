"""The constants and the idf of BM25 that all engines share."""

from __future__ import annotations

import math

K1, B = 1.2, 0.75


def lucene_idf(documents: int, with_key: int) -> float:
    """Inverse document frequency of Lucene's BM25Similarity; never negative."""
    holding = min(with_key, documents)  # counts of several look-ups may differ while a part of a distributed index is away
    return math.log(1 + (documents - holding + 0.5) / (holding + 0.5))
