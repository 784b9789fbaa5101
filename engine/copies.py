"""Near-duplicates under one hit: of the articles of a cluster that match, one stands for all.

The founder of the cluster, else the oldest that matches; the others are left out of hits, totals and facet counts and told as a number
beside it. Articles that have no copies cost one facet count.
"""

from __future__ import annotations

from dataclasses import replace

from engine.plan import AllOf, AnyOf, Plan, PlanNode, RangeNode, TermNode
from engine.port import Snapshot
from engine.schema import CLUSTER, COPY_OF

MOST_CLUSTERS = 200
"""Clusters of one result that are looked at, those with most copies first; copies of others stand for themselves."""


def without_copies(snapshot: Snapshot, plan: Plan) -> tuple[Plan, dict[int, int]]:
    """The plan that finds one article of each cluster, and how many each of them stands for besides itself: cluster -> number."""
    counted = replace(plan, facets={COPY_OF: ()}, facet_limit=MOST_CLUSTERS, limit=0, offset=0, rerank=None)
    copies = {int(value): count for value, count in snapshot.search(counted).facets[COPY_OF].values.items()}
    if not copies:
        return plan, {}
    founded = _founded(snapshot, plan, [*copies])
    hidden: list[PlanNode] = [_copies(number) for number in copies if number in founded]
    for number in copies.keys() - founded:
        hidden += _all_but_the_oldest(snapshot, plan, number, copies[number])
        copies[number] -= 1
    return replace(plan, query=AllOf(must=(plan.query,), must_not=tuple(hidden))), copies


def of_cluster(number: int) -> PlanNode:
    """Articles of a cluster."""
    return RangeNode(CLUSTER, number, number)


def _copies(number: int) -> PlanNode:
    return TermNode(COPY_OF, str(number), 0.0)


def _founded(snapshot: Snapshot, plan: Plan, numbers: list[int]) -> set[int]:
    """The clusters whose founder matches."""
    if _count(snapshot, plan, AnyOf(tuple(map(_founder, numbers)))) == len(numbers):
        return set(numbers)
    return {number for number in numbers if _count(snapshot, plan, _founder(number))}


def _founder(number: int) -> PlanNode:
    return AllOf(must=(of_cluster(number),), must_not=(_copies(number),))


def _count(snapshot: Snapshot, plan: Plan, node: PlanNode) -> int:
    return snapshot.search(replace(plan, query=AllOf(must=(plan.query, node)), facets={}, limit=0, offset=0, rerank=None)).total


def _all_but_the_oldest(snapshot: Snapshot, plan: Plan, number: int, count: int) -> list[PlanNode]:
    query = AllOf(must=(plan.query, _copies(number)))
    found = snapshot.search(replace(plan, query=query, facets={}, sort="oldest", offset=1, limit=count, rerank=None))
    return [TermNode("doc_id", ranked.stored.document.doc_id, 0.0) for ranked in found.ranked]
