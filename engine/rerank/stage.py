"""The second stage: scores of the first stage, with what the running text of the candidates adds.

score = first stage + head × H + passage × P + kin × best × mean cosine with the leaders
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

import numpy as np

from engine.bm25 import lucene_idf
from engine.codes import decode
from engine.rerank.evidence import Floats, Ints, Text, Wanted, head_and_passage
from engine.rerank.kinship import likeness
from engine.rerank.model import HEAD, LEADERS, PASSAGE, Rerank
from engine.schema import FOLDED, PAIRS

FORMULA = "first stage + head + passage + kin"
ADDED = {
    "head": f"head: weight × BM25 without length of the first {HEAD} syllables",
    "passage": f"passage: weight × BM25 without length of the best {PASSAGE} syllables in a row",
    "kin": f"kin: weight × mean over the {LEADERS} leaders of cosine × the leader's score so far",
}
"""What each addition is, for ``--explain``."""

Frequencies = Callable[[str, Sequence[str]], Sequence[int]]
"""Number of documents that hold each key in a field."""


class Placed(NamedTuple):
    """A candidate in its new place: its index among those given, its score, and what was added, by name."""

    candidate: int
    score: float
    added: tuple[tuple[str, float], ...]


def reranked(
    rerank: Rerank, scores: Sequence[float], ties: Sequence[int], stored: Sequence[bytes], documents: int, frequencies: Frequencies
) -> list[Placed]:
    """Order candidates by both stages, equals by `ties`. `stored` are their codes, `documents` the number in the index."""
    if not scores:
        return []
    text = Text.of([decode(one) for one in stored])
    wanted = Wanted(rerank)
    head, passage = head_and_passage(text, wanted, *_rarities(wanted, documents, frequencies))
    first = np.array(scores, dtype=np.float64)
    weights = rerank.weights
    parts = {"head": weights.head * head, "passage": weights.passage * passage}
    so_far = first + parts["head"] + parts["passage"]
    parts["kin"] = weights.kin * _kin(text, so_far, np.array(ties))
    total = (so_far + parts["kin"]).astype(np.float32)
    order = np.lexsort((np.array(ties), -total))
    return [Placed(int(at), float(total[at]), tuple((name, float(part[at])) for name, part in parts.items())) for at in order]


def _kin(text: Text, scores: Floats, ties: Ints) -> Floats:
    """Mean cosine with the leaders, each weighed by its score, as a share of the best score."""
    leaders = np.lexsort((ties, -scores.astype(np.float32)))[:LEADERS]
    found: Floats = likeness(text, leaders) @ scores[leaders] / LEADERS
    return found


def _rarities(wanted: Wanted, documents: int, frequencies: Frequencies) -> tuple[Floats, Floats]:
    """Idf of the terms, in the marks that count, and of the pairs."""
    typed = [term.marked for term in wanted.terms if term.typed]
    loose = [term.folded for term in wanted.terms if not term.typed]
    counts = dict(zip(typed, frequencies("body", typed), strict=True)) if typed else {}
    folded = dict(zip(loose, frequencies("body" + FOLDED, loose), strict=True)) if loose else {}
    terms = [lucene_idf(documents, counts[term.marked] if term.typed else folded[term.folded]) for term in wanted.terms]
    pairs = frequencies(PAIRS, wanted.pair_keys) if wanted.pair_keys else []
    return np.array(terms), np.array([lucene_idf(documents, count) for count in pairs])
