"""Near-duplicates under one hit: of the articles of a cluster that match, one stands for all.

The founder of the cluster, else the oldest that matches; the others are left out of hits, totals and facet counts and told as a number
beside it. Articles that have no copies cost one facet count.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate
from typing import NamedTuple

from engine.plan import AllOf, AnyOf, Plan, PlanNode, RangeNode, TermNode
from engine.port import Results, Snapshot
from engine.schema import CLUSTER, COPIED, COPY_OF, IS_COPY

MOST_CLUSTERS = 200
"""Clusters of one result that are looked at, those with most copies first; copies of others stand for themselves."""
MOST_ARTICLES = 2_000
"""Articles of these clusters that are looked at."""
_OLDEST = "oldest"
"""A number of each article that no other has, the smaller the older."""


class Found(NamedTuple):
    """The results of a plan, and for how many articles besides itself each hit of a cluster stands: cluster -> number.

    `plan` is what ran.
    """

    plan: Plan
    results: Results
    similar: dict[int, int]

    @property
    def whole(self) -> int:
        """How many articles match, copies too."""
        return self.results.total + sum(self.similar.values())


def searched(snapshot: Snapshot, plan: Plan, *, together: bool = True) -> Found:
    """Run a plan; `together`: near-duplicates under one hit."""
    if not together:
        return Found(plan, snapshot.search(plan), {})
    if not (plan.limit or plan.facets):
        return _counted_without_copies(snapshot, plan)
    copies = _Copies(snapshot, plan)
    results = snapshot.search(plan, copies.found)
    return Found(plan, replace(results, timed_out=results.timed_out or copies.partial), copies.similar)


class _Copies:
    """The near-duplicates that a plan finds beside the one of each cluster that stands for them.

    `similar`: for how many each of these stands besides itself, cluster -> number. `partial`: a part of the index did not answer, so
    that copies of it may be among what the plan finds.
    """

    def __init__(self, snapshot: Snapshot, plan: Plan) -> None:
        self._snapshot, self._plan = snapshot, plan
        self.similar: dict[int, int] = {}
        self.partial = False

    def found(self) -> PlanNode | None:
        """What is to be left out."""
        every = self._snapshot.search(_counting(self._plan, with_total=False))
        self.similar, alone, self.partial = _left_out(self._snapshot, self._plan, every)
        if not self.similar:
            return None
        copies = TermNode(COPIED, IS_COPY, 0.0) if self._are_all(every) else _copies(self.similar)
        return AllOf(must=(copies,), must_not=tuple(RangeNode(_OLDEST, number, number) for number in alone))

    def _are_all(self, every: Results) -> bool:
        """Whether what is left out are all the copies there are wherever something is counted: a facet leaves its own filter out, and then
        there are others."""
        counted, plan = every.facets[COPY_OF], self._plan
        known = len(self.similar) == len(counted.values) and not (counted.truncated or self.partial)
        return known and all(plan.filters_for(facet) == plan.filters for facet in plan.facets)


def _counted_without_copies(snapshot: Snapshot, plan: Plan) -> Found:
    """The number of documents that stay, without looking for them."""
    every = snapshot.search(_counting(plan))
    copies, _, partial = _left_out(snapshot, plan, every)
    total = every.total - sum(copies.values())
    return Found(plan, replace(every, total=total, facets={}, timed_out=partial), copies)


def _left_out(snapshot: Snapshot, plan: Plan, every: Results) -> tuple[dict[int, int], list[int], bool]:
    """How many articles of each cluster are left out (cluster -> number), the copies that stay for one, and whether a part is missing."""
    copies = _counted(every)
    alone, partial = _oldest_alone(snapshot, plan, copies) if copies else ({}, False)
    for number in alone:
        copies[number] -= 1
    return copies, [*alone.values()], every.timed_out or partial


def _counting(plan: Plan, *, with_total: bool = True) -> Plan:
    """The plan that counts the copies."""
    return replace(_bare(plan), facets={COPY_OF: ()}, facet_limit=MOST_CLUSTERS, with_total=with_total)


def _counted(every: Results) -> dict[int, int]:
    """The copies among what a plan finds: cluster -> number, those with most first, as many as can be looked at."""
    counted = every.facets[COPY_OF].values
    within = accumulate(count + 1 for count in counted.values())
    return {int(value): count for (value, count), total in zip(counted.items(), within, strict=True) if total <= MOST_ARTICLES}


def _bare(plan: Plan) -> Plan:
    """The plan without its page and its facets."""
    return replace(plan, facets={}, limit=0, offset=0, rerank=None)


@lru_cache(1 << 14)
def of_cluster(number: int) -> PlanNode:
    """Articles of a cluster."""
    return RangeNode(CLUSTER, number, number)


def _copies(numbers: Iterable[int]) -> PlanNode:
    """The copies in these clusters: all of their articles but the founders."""
    return AnyOf(tuple(map(_copy_of, sorted(numbers))))


@lru_cache(1 << 14)
def _copy_of(number: int) -> PlanNode:
    return TermNode(COPY_OF, str(number), 0.0)


def _oldest_alone(snapshot: Snapshot, plan: Plan, copies: dict[int, int]) -> tuple[dict[int, int], bool]:
    """The clusters whose founder does not match: cluster -> the number of the oldest copy that does. And whether a part is missing."""
    articles = AllOf(must=(plan.query, AnyOf(tuple(map(of_cluster, copies)))))
    wanted = replace(_bare(plan), query=articles, sort="oldest", limit=sum(copies.values()) + len(copies))
    found, partial = snapshot.columns(wanted, (CLUSTER, _OLDEST))
    matching = Counter(cluster for cluster, _ in found)
    return {cluster: oldest for cluster, oldest in reversed(found) if matching[cluster] <= copies[cluster]}, partial
