"""Where the time of a search goes: the functions of each stage, timed from outside, each without the stages inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from time import perf_counter
from typing import Any

from engine import copies, search, tantivy
from engine.query import choice
from engine.search import Searcher
from engine.tantivy import TantivySnapshot
from engine.tantivy_facets import FacetCounting
from engine.tantivy_packing import Packing

_STAGES: tuple[tuple[Any, str, str], ...] = (
    (search, "parse", "query: parse"),
    (search, "rewrite", "query: parse"),
    (search, "build_plan", "query: plan"),
    (search, "evidence", "query: plan"),
    (choice, "build_plan", "query: plan"),
    (choice, "softening", "query: plan"),
    (Searcher, "_built", "query: count for softening"),
    (copies._Copies, "found", "near-duplicates"),
    (copies, "_counted_without_copies", "near-duplicates"),
    (search, "assisted", "spelling and offers"),
    (search, "date_offers", "spelling and offers"),
    (Searcher, "_with_folded", "second part"),
    (FacetCounting, "start", "facets: start"),
    (FacetCounting, "counts", "facets: wait"),
    (search, "labelled", "facets: labels"),
    (tantivy, "by_score", "first stage"),
    (TantivySnapshot, "_reranked", "fetch of candidates"),
    (tantivy, "reranked", "second stage"),
    (TantivySnapshot, "_decoded", "decoding"),
    (Packing, "texts", "decoding"),
    (search, "located", "highlights"),
    (search, "passages", "snippets"),
)


class Stages:
    """While its block runs, `take` gives the seconds of each stage since it was last asked."""

    def __init__(self) -> None:
        self._spent: defaultdict[str, float] = defaultdict(float)
        self._inside: list[float] = []
        self._kept: list[tuple[Any, str, Any]] = []

    def __enter__(self) -> Stages:
        for owner, name, label in _STAGES:
            function = getattr(owner, name)
            self._kept.append((owner, name, function))
            setattr(owner, name, self._timed(function, label))
        return self

    def __exit__(self, *_: object) -> None:
        for owner, name, function in self._kept:
            setattr(owner, name, function)

    def take(self) -> dict[str, float]:
        """Seconds by stage."""
        spent = dict(self._spent)
        self._spent.clear()
        return spent

    def _timed(self, function: Callable[..., Any], label: str) -> Callable[..., Any]:
        def timed(*values: Any, **named: Any) -> Any:
            started = perf_counter()
            self._inside.append(0.0)
            try:
                return function(*values, **named)
            finally:
                took = perf_counter() - started
                self._spent[label] += took - self._inside.pop()
                if self._inside:
                    self._inside[-1] += took

        return timed


def table(rows: Sequence[dict[str, float]], at: Callable[[Sequence[float], float], float]) -> str:
    """Milliseconds of each stage: mean, p50, p95 and p99 over the searches."""
    labels = dict.fromkeys(label for _, _, label in _STAGES)
    lines = [f"{'stage':28}{'mean':>8}{'p50':>8}{'p95':>8}{'p99':>8}  (ms)"]
    for label in (*labels, "rest"):
        times = sorted(row.get(label, 0.0) * 1000 for row in rows)
        values = (sum(times) / len(times), at(times, 0.5), at(times, 0.95), at(times, 0.99))
        lines.append(f"{label:28}" + "".join(f"{value:8.2f}" for value in values))
    return "\n".join(lines)
