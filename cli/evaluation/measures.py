"""Measures of a ranking, computed by ir_measures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import ir_measures
from ir_measures import RR, Qrel, R, ScoredDoc, nDCG

DEPTH = 100
"""Documents asked for a query."""
MEASURES = {"ndcg@10": nDCG @ 10, "mrr@10": RR @ 10, "recall@10": R @ 10, "recall@100": R @ DEPTH}


def measure(rankings: Mapping[str, Iterable[str]], judgements: Mapping[str, Mapping[str, int]]) -> dict[str, float]:
    """Mean of each of MEASURES over the judged queries of `rankings` (query -> document ids, best first)."""
    qrels = [Qrel(query, doc_id, grade) for query in rankings for doc_id, grade in judgements[query].items()]
    # Scores that only fall keep the order of equals as it was shown.
    run = [ScoredDoc(query, doc_id, float(-rank)) for query, found in rankings.items() for rank, doc_id in enumerate(found)]
    values = ir_measures.calc_aggregate([*MEASURES.values()], qrels, run)
    return {name: float(values[one]) for name, one in MEASURES.items()}


def trec_lines(rankings: Mapping[str, Iterable[tuple[str, float]]], tag: str) -> Iterable[str]:
    """Lines of a TREC run: ``query Q0 document rank score tag``. Tools order by score, so equal scores are made to fall."""
    for query, found in rankings.items():
        last = float("inf")
        for rank, (doc_id, score) in enumerate(found, start=1):
            last = min(score, last - 1e-6)
            yield f"{query} Q0 {doc_id} {rank} {last:.6f} {tag}"
