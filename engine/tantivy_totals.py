"""Facets of a query that most documents match: the counts of all, which a commit keeps, without those of the few that do not match."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import tantivy

from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, PlanNode, TermNode

Bounds = tuple[int, int]
"""At least and at most so many documents match, where none was replaced since the last merge."""
Totals = dict[str, list[tuple[int, int]]]
"""Field of numbers -> its numbers with their frequencies among all documents of a commit, most frequent first."""


def bounds(searcher: tantivy.Searcher, node: PlanNode) -> Bounds:
    """How many documents a node can match, told from the frequencies of its keys alone."""
    every = searcher.num_docs
    match node:
        case TermNode(field, text):
            frequency = min(searcher.doc_freq(field, text), every)  # documents that were replaced count until a merge
            return frequency, frequency
        case ConstantNode(child):
            return bounds(searcher, child)
        case AnyOf(children) | AtLeast(children):
            count = node.count if isinstance(node, AtLeast) else 1
            each = [bounds(searcher, child) for child in children]
            low = max((low for low, _ in each), default=0) if count == 1 else 0
            return low, min(every, sum(high for _, high in each) // count)
        case AllOf(must, _, must_not):
            return _all(searcher, must, must_not)
        case _:
            return 0, every


def _all(searcher: tantivy.Searcher, must: Sequence[PlanNode], must_not: Sequence[PlanNode]) -> Bounds:
    every = searcher.num_docs
    each = [bounds(searcher, node) for node in must]
    unwanted = [bounds(searcher, node) for node in must_not]
    missing = sum(every - low for low, _ in each) + sum(high for _, high in unwanted)
    most = every - max((low for low, _ in unwanted), default=0)
    return max(0, every - missing), min([high for _, high in each] + [most])


def remaining(totals: Sequence[tuple[int, int]], gone: Mapping[int, int], size: int) -> dict[str, Any]:
    """The `size` most frequent of `totals` when `gone` are taken away, as tantivy answers an aggregation."""
    looked_at = size
    while True:
        left = sorted(((count - gone.get(number, 0), number) for number, count in totals[:looked_at]), reverse=True)
        if looked_at >= len(totals) or left[size - 1][0] >= totals[looked_at][1]:
            break
        looked_at *= 2
    others = sum(count for _, count in totals) - sum(gone.values()) - sum(count for count, _ in left[:size])
    return {
        "buckets": [{"key": number, "doc_count": count} for count, number in left[:size] if count],
        "sum_other_doc_count": others,
    }
