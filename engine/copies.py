"""Near-duplicates under one hit: of the articles of a cluster that match, one stands for all.

The founder of the cluster, else the oldest that matches; the others are left out of hits, totals and facet counts and told as a number
beside it. Articles that have no copies cost one facet count.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import accumulate
from typing import NamedTuple

from engine.plan import AllOf, NumbersNode, Plan, PlanNode, TermNode, Without
from engine.port import Columns, Results, Snapshot
from engine.schema import CLUSTER, COPIED, COPY, COPY_OF, IS_COPY

MOST_CLUSTERS = 200
"""Clusters of one result that are looked at, those with most copies first; copies of others stand for themselves."""
MOST_ARTICLES = 2_000
"""Articles of these clusters that are looked at."""
_MOST_FOUND = 4 * MOST_ARTICLES
"""The same with founders, where clusters have several."""
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

    def found(self) -> Without | None:
        """What is to be left out."""
        every = self._snapshot.search(_counting(self._plan, with_total=False))
        left = _left_out(self._snapshot, self._plan, every)
        self.similar, self.partial = left.similar, left.partial
        if not any(left.similar.values()):
            return None
        these = () if self._are_all(every) else (NumbersNode(CLUSTER, tuple(left.similar)),)
        stay = (NumbersNode(_OLDEST, left.alone),) if left.alone else ()
        return Without(AllOf((TermNode(COPIED, IS_COPY, 0.0), *these), must_not=stay), left.numbers)

    def _are_all(self, every: Results) -> bool:
        """Whether what is left out are all the copies there are wherever something is counted: a facet leaves its own filter out, and then
        there are others."""
        counted, plan = every.facets[COPY_OF], self._plan
        known = len(self.similar) == len(counted.values) and not (counted.truncated or self.partial)
        return known and all(plan.filters_for(facet) == plan.filters for facet in plan.facets)


class _LeftOut(NamedTuple):
    """Copies that are left out: how many of each cluster (cluster -> number), and their numbers.

    `alone`: the numbers of copies that stay, for clusters whose founder does not match; `partial`: a part of the index is missing.
    """

    similar: dict[int, int]
    numbers: frozenset[int] = frozenset()
    alone: tuple[int, ...] = ()
    partial: bool = False


def _counted_without_copies(snapshot: Snapshot, plan: Plan) -> Found:
    """The number of documents that stay, without looking for them."""
    every = snapshot.search(_counting(plan))
    left = _left_out(snapshot, plan, every)
    total = every.total - sum(left.similar.values())
    return Found(plan, replace(every, total=total, facets={}, timed_out=left.partial), left.similar)


def _left_out(snapshot: Snapshot, plan: Plan, every: Results) -> _LeftOut:
    """What is left out of a plan whose copies are counted: of each cluster all copies, or all but the oldest."""
    copies = _counted(every)
    if not copies:
        return _LeftOut(copies, partial=every.timed_out)
    found, partial = _members(snapshot, plan, copies)
    founded = {cluster for cluster, _, copy in found if not copy}
    alone = {cluster: number for cluster, number, _ in reversed(found) if cluster not in founded}
    for cluster in alone:
        copies[cluster] -= 1
    stay = (*alone.values(),)
    left_out = frozenset(number for _, number, copy in found if copy).difference(stay)
    return _LeftOut(copies, left_out, stay, every.timed_out or partial)


def _members(snapshot: Snapshot, plan: Plan, copies: dict[int, int]) -> Columns:
    """Cluster, age and whether it is a copy, of the articles of these clusters that a plan finds, the oldest first."""
    wanted = AllOf(must=(plan.query, NumbersNode(CLUSTER, tuple(sorted(copies)))))
    articles = replace(_bare(plan), query=wanted, sort="oldest", limit=sum(copies.values()) + len(copies) + 1)
    found = snapshot.columns(articles, (CLUSTER, _OLDEST, COPY))
    if len(found.rows) < articles.limit:
        return found
    # Clusters with several founders, as where the file of founders was lost.
    return snapshot.columns(replace(articles, limit=_MOST_FOUND), (CLUSTER, _OLDEST, COPY))


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


def of_cluster(number: int) -> PlanNode:
    """Articles of a cluster."""
    return NumbersNode(CLUSTER, (number,))
