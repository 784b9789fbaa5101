"""The second stage: scores of the first stage, with what the running text of the candidates adds.

score = first stage + title × T + headline × L + head × H + passage × P + kin × mean (cosine × score)
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from engine.bm25 import lucene_idf
from engine.codes import Texts
from engine.rerank.evidence import Candidates, Floats, Wanted, standing
from engine.rerank.kinship import kinship
from engine.rerank.model import HEAD, LEADING, PASSAGE, Rerank
from engine.schema import PAIRS

FORMULA = "first stage + title + headline + head + passage + kin"
ADDED = {
    "title": "title: weight × BM25 without length of the title",
    "headline": "headline: weight × score of all that is wanted × likeness of query and title",
    "head": f"head: weight × BM25 without length of the first {HEAD} syllables",
    "passage": f"passage: weight × BM25 without length of the best {PASSAGE} syllables in a row",
    "kin": "kin: weight × mean over the candidates of cosine × score so far, the best counting most",
}
"""What each addition is, for ``--explain``."""

Frequencies = Callable[[Sequence[tuple[str, str]]], Sequence[int]]
"""Number of documents that hold each (field, key)."""


class Placed(NamedTuple):
    """A candidate in its new place: its index among those given, its score, and what was added, by name."""

    candidate: int
    score: float
    added: tuple[tuple[str, float], ...]


def reranked(
    rerank: Rerank, scores: Sequence[float], ties: Sequence[int], texts: Texts, documents: int, frequencies: Frequencies
) -> list[Placed]:
    """Order candidates by both stages, equals by `ties`. `texts` are their codes, `documents` the number in the index."""
    if not scores:
        return []
    text = Candidates.of(texts)
    wanted = Wanted(rerank)
    found = standing(text, wanted, *_rarities(wanted, documents, frequencies))
    parts = {name: getattr(rerank.weights, name) * evidence for name, evidence in found.items()}
    so_far = np.sum([np.array(scores, dtype=np.float64), *parts.values()], axis=0)
    parts["kin"] = rerank.weights.kin * _kin(text, so_far)
    total = (so_far + parts["kin"]).astype(np.float32)
    order: list[int] = np.lexsort((np.array(ties), -total)).tolist()
    values, added = total.tolist(), [*zip(*(part.tolist() for part in parts.values()), strict=True)]
    return [Placed(at, values[at], tuple(zip(parts, added[at], strict=True))) for at in order]


def _kin(text: Candidates, scores: Floats) -> Floats:
    """Mean of cosine × score over the candidates, the best counting most, so that near-equals may change places.

    A candidate counts for itself too: the best one is never overtaken only because another is like it.
    """
    best = float(scores.max())
    if best <= 0:
        return np.zeros(len(scores))
    leading = np.maximum(scores / best, 0.0) ** LEADING
    found: Floats = kinship(text, leading * scores) / leading.sum()
    return found


def _rarities(wanted: Wanted, documents: int, frequencies: Frequencies) -> tuple[Floats, Floats]:
    """Idf of what is sought, in the marks that count, and of the pairs."""
    terms = [(one.field, one.key) for one in wanted.sought]
    counts = frequencies([*terms, *((PAIRS, key) for key in wanted.pair_keys)])
    rarities = [lucene_idf(documents, count) for count in counts]
    return np.array(rarities[: len(terms)]), np.array(rarities[len(terms) :])
