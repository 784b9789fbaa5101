"""Near-duplicates under one hit: of the articles of a cluster that match, one stands for all.

The founder of the cluster, else the oldest that matches; the others are left out of hits, totals and facet counts and told as a number
beside it. Articles that have no copies cost one facet count.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from engine.plan import AllOf, AnyOf, Plan, PlanNode, RangeNode, TermNode
from engine.port import Results, Snapshot
from engine.schema import CLUSTER, COPY_OF

MOST_CLUSTERS = 200
"""Clusters of one result that are looked at, those with most copies first; copies of others stand for themselves."""
MOST_ALONE = 2_000
"""Copies without a founder of which the oldest are looked for."""
_OLDEST = "oldest"
"""A number of each article that no other has, the smaller the older."""


def without_copies(snapshot: Snapshot, plan: Plan) -> tuple[Plan, dict[int, int]]:
    """The plan that finds one article of each cluster, and how many each of them stands for besides itself: cluster -> number."""
    bare, copies = _counted(snapshot, plan)
    if not copies:
        return plan, {}
    alone = copies.keys() - _founded(snapshot, bare, copies)
    oldest = _oldest(snapshot, bare, {number: copies[number] for number in alone})
    for number in alone:
        copies[number] -= 1
    hidden = [*(copies.keys() - alone), *oldest]
    standing = tuple(RangeNode(_OLDEST, number, number) for number in oldest.values())
    unwanted = AllOf(must=(_copies(hidden),), must_not=standing)
    return replace(plan, query=AllOf(must=(plan.query,), must_not=(unwanted,))), copies


def total_without_copies(snapshot: Snapshot, plan: Plan) -> Results:
    """The number of documents that the plan of `without_copies` finds, without running it."""
    bare, copies = _counted(snapshot, plan)
    every = snapshot.search(bare)
    alone = len(copies.keys() - _founded(snapshot, bare, copies)) if copies else 0
    return replace(every, total=every.total - sum(copies.values()) + alone)


def _counted(snapshot: Snapshot, plan: Plan) -> tuple[Plan, dict[int, int]]:
    """The plan without its page and facets, and the copies among what it finds: cluster -> number."""
    bare = replace(plan, facets={}, limit=0, offset=0, rerank=None)
    counted = snapshot.search(replace(bare, facets={COPY_OF: ()}, facet_limit=MOST_CLUSTERS))
    return bare, {int(value): count for value, count in counted.facets[COPY_OF].values.items()}


def of_cluster(number: int) -> PlanNode:
    """Articles of a cluster."""
    return RangeNode(CLUSTER, number, number)


def _copies(numbers: Iterable[int]) -> PlanNode:
    """The copies in these clusters: all of their articles but the founders."""
    return AnyOf(tuple(TermNode(COPY_OF, str(number), 0.0) for number in sorted(numbers)))


def _founded(snapshot: Snapshot, plan: Plan, numbers: Iterable[int]) -> set[int]:
    """The clusters whose founder matches."""
    founders = AllOf(must=(AnyOf(tuple(map(of_cluster, numbers))),), must_not=(_copies(numbers),))
    found = snapshot.columns(_narrowed(plan, founders, MOST_CLUSTERS), (CLUSTER,))
    return {cluster for (cluster,) in found}


def _oldest(snapshot: Snapshot, plan: Plan, copies: dict[int, int]) -> dict[int, int]:
    """Cluster -> the number of the oldest of its copies that match."""
    if not copies:
        return {}
    wanted = _narrowed(plan, _copies(copies), min(sum(copies.values()), MOST_ALONE))
    found: dict[int, int] = {}  # those beyond MOST_ALONE are not found, and stand for themselves
    for cluster, oldest in snapshot.columns(wanted, (CLUSTER, _OLDEST)):
        found.setdefault(cluster, oldest)
    return found


def _narrowed(plan: Plan, node: PlanNode, limit: int) -> Plan:
    return replace(plan, query=AllOf(must=(plan.query, node)), sort="oldest", limit=limit)
