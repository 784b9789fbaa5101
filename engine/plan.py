"""The plan of a search: what every back-end runs, in terms of index fields and keys only.

A plan is built once from a request and given to any back-end; the score of a node is

* `TermNode`: weight × BM25 of the key in the field (Robertson et al., k1 = 1.2, b = 0.75, Lucene's idf
  ``ln(1 + (N - n + 0.5) / (n + 0.5))``),
* `PhraseNode`: the same with the phrase's frequency, its idf the sum of its keys' idf,
* `ConstantNode`: its own score, the same for every document,
* `AnyOf`, `AtLeast`, `AllOf`: the sum of the parts that match,
* everything else: nothing.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from engine.model import Sort
from engine.rerank.model import Rerank


@dataclass(frozen=True, slots=True)
class TermNode:
    """Documents that hold key `text` in `field`."""

    field: str
    text: str
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PhraseNode:
    """Documents that hold the keys in this order, at most `slop` positions moved."""

    field: str
    keys: tuple[str, ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class PrefixNode:
    """Documents that hold a key beginning with `text`; scores nothing."""

    field: str
    text: str


@dataclass(frozen=True, slots=True)
class RangeNode:
    """Documents whose number `field` lies in ``[low, high]``; None is open. Unknown dates (0) never match."""

    field: str
    low: int | None = None
    high: int | None = None


@dataclass(frozen=True, slots=True)
class NumbersNode:
    """Documents whose number `field` is one of `numbers`, none of which is 0."""

    field: str
    numbers: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ConstantNode:
    """Documents that match `child`, each with this score: evidence that counts once, however often it occurs."""

    child: PlanNode
    score: float


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Documents that match at least one child; with no child, none."""

    children: tuple[PlanNode, ...]


@dataclass(frozen=True, slots=True)
class AtLeast:
    """Documents that match at least `count` of the children, from 1 to all of them."""

    children: tuple[PlanNode, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AllOf:
    """Documents that match every `must` and no `must_not`; `should` only adds score. With no `must`: all documents."""

    must: tuple[PlanNode, ...] = ()
    should: tuple[PlanNode, ...] = ()
    must_not: tuple[PlanNode, ...] = ()


PlanNode = TermNode | PhraseNode | PrefixNode | RangeNode | NumbersNode | ConstantNode | AnyOf | AtLeast | AllOf


@dataclass(frozen=True, slots=True)
class Without:
    """Documents that a plan finds and that are left out of it: what else it wants granted, `node` matches these and no others.

    `numbers` are their numbers `oldest`, which no two documents share: of those that match the plan's filters too.
    """

    node: PlanNode
    numbers: frozenset[int]


@dataclass(frozen=True, slots=True)
class Plan:
    """`filters` maps a facet (or ``dates``) to the node that must also match, without changing the score.

    A facet's counts leave out the filter of the same name. `facets` maps each facet to count to the values
    that must be counted even when they are not among the `facet_limit` most frequent.
    """

    query: PlanNode
    filters: dict[str, PlanNode] = field(default_factory=dict)
    facets: dict[str, tuple[str, ...]] = field(default_factory=dict)
    facet_limit: int = 200
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    rerank: Rerank | None = None
    """The second stage, for an order by relevance: how the best `engine.rerank.DEPTH` documents are looked at again."""
    with_total: bool = True
    """Without, an engine that must look for the total by itself may say 0."""
    without: Without | None = None
    """What is left out although it matches, from hits, total and counts: some thousand documents at most. Apart from the query, so that
    an engine may take them away from what it has found and counted where that is cheaper than to look for the others."""

    @property
    def wanted(self) -> PlanNode:
        """The query without what is left out."""
        return AllOf(must=(self.query,), must_not=(self.without.node,)) if self.without else self.query

    def filters_for(self, facet: str) -> dict[str, PlanNode]:
        """The filters that narrow the counts of `facet`. The date facet ignores the date range too."""
        own = {facet, "dates"} if facet == "date" else {facet}
        return {name: node for name, node in self.filters.items() if name not in own}
