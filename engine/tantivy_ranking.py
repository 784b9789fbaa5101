"""The best documents of a query on tantivy: equal scores in a fixed order, and without those that are left out."""

from __future__ import annotations

import tantivy
from tantivy import Query

from engine.groups import end_of_group, start_of_group
from engine.plan import Without
from engine.tantivy_queries import total_of

Address = tantivy.DocAddress
Scored = tuple[float, Address]
_TIES_STEP = 64
_MOST_TIES = 2_000
"""Equal scores put in order; of more than these, the engine's own order decides."""


class Dropped:
    """Documents that are left out of what a query finds."""

    def __init__(self, searcher: tantivy.Searcher, left_out: Without | None) -> None:
        self._searcher = searcher
        self._numbers: frozenset[int] = left_out.numbers if left_out else frozenset()

    def __len__(self) -> int:
        return len(self._numbers)

    def without(self, hits: list[Scored]) -> list[Scored]:
        """Those of the hits that stay."""
        if not self._numbers:
            return hits
        numbers = self._searcher.fast_field_values("oldest", [address for _, address in hits])
        return [hit for hit, number in zip(hits, numbers, strict=True) if number not in self._numbers]


def by_score(searcher: tantivy.Searcher, query: Query, dropped: Dropped, offset: int, limit: int) -> tuple[int, list[Scored]]:
    """The total, and a page by score, equal scores by the tie-breaker: fetch on until a group of equals is whole."""
    wanted = offset + limit
    fetch = wanted + 1
    while True:
        total, hits = _fetched(searcher, query, dropped, fetch)
        if len(hits) < fetch or hits[wanted - 1][0] > hits[-1][0]:
            break
        fetch = min(fetch * 2 + _TIES_STEP, max(total, 1), wanted + _MOST_TIES)
        if fetch <= len(hits):
            break
    first = start_of_group(hits, offset)
    last = end_of_group(hits, wanted)
    group = hits[first:last]
    ties = searcher.fast_field_values("tie", [address for _, address in group])
    order = sorted(range(len(group)), key=lambda i: (-group[i][0], ties[i]))
    return total, [group[i] for i in order][offset - first : offset - first + limit]


def _fetched(searcher: tantivy.Searcher, query: Query, dropped: Dropped, number: int) -> tuple[int, list[Scored]]:
    """The total, and the best `number`, or all there are."""
    more = min(len(dropped), number)
    while True:
        found = searcher.search(query, number + more)
        stay = dropped.without(found.hits)
        if len(stay) >= number or len(found.hits) < number + more:
            return total_of(found) - len(dropped), stay[:number]
        more = min(len(dropped), more * 4)
