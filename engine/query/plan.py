"""From a tree to the plan: which keys in which fields, with which weights.

Per syllable: typed with marks it must match with marks (in any spelling convention); typed without, it
matches any marks, and the bare spelling itself counts more. Adjacent syllables of the query add evidence
where they are adjacent in a document (the ordered pairs of Metzler and Croft's sequential dependence model).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from analyzers.abbreviations import Abbreviations, Variant
from analyzers.analyzer import AnalyzedText
from analyzers.keys import folded_key, has_marks
from analyzers.units import units
from engine.model import Notice
from engine.phrases import largest_slop
from engine.plan import AllOf, AnyOf, PhraseNode, PlanNode, PrefixNode, TermNode
from engine.query.filters import field_filter
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word
from engine.schema import FOLDED, PAIRS, UNITS, ZONES, Weights, pairs

Analyze = Callable[[str], AnalyzedText]


@dataclass(frozen=True, slots=True)
class Match:
    """Keys a highlighter marks: `keys` in this order; `marked` tells for each whether its marks must agree."""

    keys: tuple[str, ...]
    marked: tuple[bool, ...]
    phrase: bool = False
    prefix: bool = False
    unit: bool = False


@dataclass(frozen=True, slots=True)
class BuiltPlan:
    """The query's node, what to highlight, and notices of planning."""

    query: PlanNode
    matches: tuple[Match, ...]
    notices: tuple[Notice, ...]


def build_plan(tree: Node, analyze: Analyze, weights: Weights, abbreviations: Abbreviations | None = None) -> BuiltPlan:
    """Plan `tree` with the index's own analyzer; with `abbreviations`, what has another writing is looked for in both."""
    planner = _Planner(analyze, weights, abbreviations)
    query = planner.node(tree, ZONES)
    return BuiltPlan(query, tuple(dict.fromkeys(planner.matches)), tuple(planner.notices))


class _Run:
    """Neighbouring words of a query: their nodes, and their syllables as columns."""

    def __init__(self) -> None:
        self.nodes: list[PlanNode] = []
        self.marked: list[str] = []
        self.folded: list[str] = []
        self.surfaces: list[str] = []
        self._starts: list[int] = []

    def add(self, syllables: AnalyzedText, nodes: list[PlanNode]) -> None:
        """Append a word: one node, or none where it has no syllable."""
        self._starts += [len(self.marked)] * len(nodes)
        self.nodes += nodes
        self.marked += syllables.marked
        self.folded += syllables.folded
        self.surfaces += [token.text for token in syllables.tokens()]

    def nodes_within(self, first: int, last: int) -> tuple[int, int]:
        """The range of nodes that make up exactly the syllables ``[first, last)``; an empty one when a word is cut."""
        edges = [*self._starts, len(self.marked)]
        if first not in edges or last not in edges:
            return 0, 0
        return edges.index(first), edges.index(last)


class _Planner:
    def __init__(self, analyze: Analyze, weights: Weights, abbreviations: Abbreviations | None) -> None:
        self.analyze = analyze
        self.weights = weights
        self.abbreviations = abbreviations
        self.matches: list[Match] = []
        self.notices: list[Notice] = []

    def node(self, tree: Node, zones: tuple[str, ...]) -> PlanNode:
        match tree:
            case Everything():
                return AllOf()
            case Word() | Phrase() | Prefix():
                return self._all([tree], zones)
            case Not(child):
                return AllOf(must_not=self._unwanted(child, zones))
            case And(children):
                return self._all(children, zones)
            case Or(children):
                nodes = [self.node(child, zones) for child in children]
                wanted = tuple(node for node in nodes if node != AllOf())  # a value that was not understood is no alternative
                return AnyOf(wanted) if wanted else AllOf()
            case InField(name, child):
                return self._in_field(name, child)

    def _unwanted(self, tree: Node, zones: tuple[str, ...]) -> tuple[PlanNode, ...]:
        """Plan what must not occur: nothing of it is highlighted; a value that was not understood leaves nothing out."""
        before = len(self.matches)
        node = self.node(tree, zones)
        del self.matches[before:]
        return (node,) if node != AllOf() else ()

    def _all(self, children: Iterable[Node], zones: tuple[str, ...]) -> PlanNode:
        must: list[PlanNode] = []
        must_not: list[PlanNode] = []
        should: list[PlanNode] = []
        run = _Run()
        for child in children:
            if isinstance(child, Word):
                syllables = self.analyze(child.text)
                run.add(syllables, self._word(syllables, zones))
                continue
            must.extend(self._written_otherwise(run, zones))
            should.extend(self._pairs(run.folded))
            run = _Run()
            if isinstance(child, Not):
                must_not += self._unwanted(child.child, zones)
            elif isinstance(child, Phrase):
                must.append(self._phrase(child, zones))
            elif isinstance(child, Prefix):
                must.append(self._prefix(child, zones))
            elif not isinstance(child, Everything):
                must.append(self.node(child, zones))
        must.extend(self._written_otherwise(run, zones))
        should.extend(self._pairs(run.folded))
        if len(must) == 1 and not should and not must_not:
            return must[0]
        return AllOf(tuple(must), tuple(should), tuple(must_not))

    def _pairs(self, run: list[str]) -> list[PlanNode]:
        return [TermNode(PAIRS, pair, self.weights.pair) for pair in dict.fromkeys(pairs(run))]

    def _written_otherwise(self, run: _Run, zones: tuple[str, ...]) -> list[PlanNode]:
        """The nodes of a run of words, each abbreviation or full form in it widened by its other writings."""
        nodes: list[PlanNode] = []
        at = 0
        for (first, last), variants in self._variants(run.marked, run.folded, run.surfaces).items():
            begin, end = run.nodes_within(first, last)
            if end == begin:
                continue
            inside = run.nodes[begin:end]
            plain = inside[0] if len(inside) == 1 else AllOf(tuple(inside))
            others = [self._in_order(variant.replacement_keys, zones) for variant in variants]
            nodes += [*run.nodes[at:begin], AnyOf((plain, *others))]
            at = end
        return nodes + run.nodes[at:]

    def _variants(self, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str]) -> dict[tuple[int, int], list[Variant]]:
        """Other writings that are sure, by the syllables they stand for; each is a notice."""
        found: dict[tuple[int, int], list[Variant]] = {}
        if self.abbreviations is None or not marked:
            return found
        for variant in self.abbreviations.variants(marked, folded, surfaces):
            if not variant.ambiguous:
                group = found.setdefault((variant.first, variant.last), [])
                group.append(variant)
                if len(group) == 1:
                    said = f"Tìm cả “{variant.expansion}” và “{variant.abbreviation}”."
                    self.notices.append(Notice("abbreviation", said, undo="viettat=khong"))
        return found

    def _word(self, syllables: AnalyzedText, zones: tuple[str, ...]) -> list[PlanNode]:
        """One node a syllable; what a writer joined (``15/2024/QĐ-UBND``) stays a phrase, and is looked for as a unit too."""
        if not len(syllables):
            return []
        node = (
            self._keys_in_order(syllables, 0, zones)
            if len(syllables) > 1
            else self._syllable(syllables.marked[0], syllables.folded[0], zones)
        )
        found = units(syllables.text) if zones == ZONES else []
        if len(found) != 1 or found[0].end - found[0].start < len(syllables.text.strip()):
            return [node]
        key = found[0].keys[0]
        self.matches.append(Match((key,), (False,), unit=True))
        return [AnyOf((node, TermNode(UNITS, key, self.weights.unit)))]

    def _syllable(self, marked: str, folded: str, zones: tuple[str, ...]) -> PlanNode:
        typed = has_marks(marked)
        self.matches.append(Match((marked if typed else folded,), (typed,)))
        nodes: list[PlanNode] = []
        for zone in zones:
            weight = self.weights.zone(zone)
            if typed:
                nodes.append(TermNode(zone, marked, weight))
            else:
                nodes.append(TermNode(zone + FOLDED, folded, weight * (1 - self.weights.marked_share)))
                nodes.append(TermNode(zone, marked, weight * self.weights.marked_share))
        return AnyOf(tuple(nodes))

    def _phrase(self, phrase: Phrase, zones: tuple[str, ...]) -> PlanNode:
        syllables = self.analyze(phrase.text)
        if len(syllables) == 1:
            return self._syllable(syllables.marked[0], syllables.folded[0], zones)
        return self._keys_in_order(syllables, phrase.slop, zones)

    def _keys_in_order(self, syllables: AnalyzedText, slop: int, zones: tuple[str, ...]) -> PlanNode:
        """A phrase as typed; the other writings of its parts are looked for beside it."""
        allowed = largest_slop(len(syllables), slop)
        if allowed < slop:
            self.notices.append(Notice("slop-cut", f"~{slop} quá rộng cho cụm {len(syllables)} tiếng; dùng ~{allowed}."))
        surfaces = [token.text for token in syllables.tokens()]
        ways = [tuple(syllables.marked)]
        for (first, last), variants in self._variants(syllables.marked, syllables.folded, surfaces).items():
            ways += [(*syllables.marked[:first], *one.replacement_keys, *syllables.marked[last:]) for one in variants]
        nodes = [self._in_order(keys, zones, allowed) for keys in dict.fromkeys(ways)]
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _in_order(self, keys: tuple[str, ...], zones: tuple[str, ...], slop: int = 0) -> PlanNode:
        """Keys in this order: with their marks when any has one, else without."""
        if len(keys) == 1:
            return self._syllable(keys[0], folded_key(keys[0]), zones)
        marked = any(map(has_marks, keys))
        keys = keys if marked else tuple(map(folded_key, keys))
        self.matches.append(Match(keys, (marked,) * len(keys), phrase=slop == 0))
        suffix = "" if marked else FOLDED
        return AnyOf(tuple(PhraseNode(zone + suffix, keys, slop, self.weights.zone(zone)) for zone in zones))

    def _prefix(self, prefix: Prefix, zones: tuple[str, ...]) -> PlanNode:
        syllables = self.analyze(prefix.text)
        if len(syllables) != 1:
            said = f"“{prefix.text}*”: dấu * chỉ dùng cho một tiếng; tìm như một cụm."
            self.notices.append(Notice("prefix-phrase", said, prefix.start if prefix.start >= 0 else None))
            return self._keys_in_order(syllables, 0, zones)
        marked = has_marks(syllables.marked[0])
        key = syllables.marked[0] if marked else syllables.folded[0]
        self.matches.append(Match((key,), (marked,), prefix=True))
        return AnyOf(tuple(PrefixNode(zone if marked else zone + FOLDED, key) for zone in zones))

    def _in_field(self, name: str, child: Node) -> PlanNode:
        if name in ZONES:
            return self.node(child, (name,))
        node, notices = field_filter(name, child)
        self.notices += notices
        return node
