"""From a tree to the plan: which keys in which fields, with which weights.

Per syllable: typed with marks it must match with marks (in any spelling convention); typed without, it
matches any marks, and the bare spelling itself counts more. Adjacent syllables of the query add evidence
where they are adjacent in a document (the ordered pairs of Metzler and Croft's sequential dependence model).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from analyzers.analyzer import AnalyzedText
from analyzers.keys import has_marks
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


def build_plan(tree: Node, analyze: Analyze, weights: Weights) -> BuiltPlan:
    """Plan `tree` with the index's own analyzer."""
    planner = _Planner(analyze, weights)
    query = planner.node(tree, ZONES)
    return BuiltPlan(query, tuple(dict.fromkeys(planner.matches)), tuple(planner.notices))


class _Planner:
    def __init__(self, analyze: Analyze, weights: Weights) -> None:
        self.analyze = analyze
        self.weights = weights
        self.matches: list[Match] = []
        self.notices: list[Notice] = []

    def node(self, tree: Node, zones: tuple[str, ...]) -> PlanNode:
        match tree:
            case Everything():
                return AllOf()
            case Word() | Phrase() | Prefix():
                return self._all([tree], zones)
            case Not(child):
                return AllOf(must_not=(self._silently(child, zones),))
            case And(children):
                return self._all(children, zones)
            case Or(children):
                return AnyOf(tuple(self.node(child, zones) for child in children))
            case InField(name, child):
                return self._in_field(name, child)

    def _silently(self, tree: Node, zones: tuple[str, ...]) -> PlanNode:
        """Plan what must not occur: nothing of it is highlighted."""
        before = len(self.matches)
        node = self.node(tree, zones)
        del self.matches[before:]
        return node

    def _all(self, children: Iterable[Node], zones: tuple[str, ...]) -> PlanNode:
        must: list[PlanNode] = []
        must_not: list[PlanNode] = []
        run: list[str] = []
        should: list[PlanNode] = []
        for child in children:
            if isinstance(child, Not):
                must_not.append(self._silently(child.child, zones))
            elif isinstance(child, Word):
                syllables = self.analyze(child.text)
                must.extend(self._word(syllables, zones))
                run.extend(syllables.folded)
                continue
            elif isinstance(child, Phrase):
                must.append(self._phrase(child, zones))
            elif isinstance(child, Prefix):
                must.append(self._prefix(child, zones))
            elif not isinstance(child, Everything):
                must.append(self.node(child, zones))
            should.extend(self._pairs(run))
            run = []
        should.extend(self._pairs(run))
        if len(must) == 1 and not should and not must_not:
            return must[0]
        return AllOf(tuple(must), tuple(should), tuple(must_not))

    def _pairs(self, run: list[str]) -> list[PlanNode]:
        return [TermNode(PAIRS, pair, self.weights.pair) for pair in dict.fromkeys(pairs(run))]

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
        """A phrase is looked for with its marks when any was typed, else without."""
        allowed = largest_slop(len(syllables), slop)
        if allowed < slop:
            self.notices.append(Notice("slop-cut", f"~{slop} quá rộng cho cụm {len(syllables)} tiếng; dùng ~{allowed}."))
        slop = allowed
        marked = any(map(has_marks, syllables.marked))
        keys = tuple(syllables.marked if marked else syllables.folded)
        self.matches.append(Match(keys, (marked,) * len(keys), phrase=slop == 0))
        suffix = "" if marked else FOLDED
        return AnyOf(tuple(PhraseNode(zone + suffix, keys, slop, self.weights.zone(zone)) for zone in zones))

    def _prefix(self, prefix: Prefix, zones: tuple[str, ...]) -> PlanNode:
        syllables = self.analyze(prefix.text)
        if len(syllables) != 1:
            self.notices.append(Notice("prefix-phrase", f"“{prefix.text}*”: dấu * chỉ dùng cho một tiếng; tìm như một cụm."))
            return self._keys_in_order(syllables, 0, zones)
        marked = has_marks(syllables.marked[0])
        key = syllables.marked[0] if marked else syllables.folded[0]
        self.matches.append(Match((key,), (marked,), prefix=True))
        return AnyOf(tuple(PrefixNode(zone if marked else zone + FOLDED, key) for zone in zones))

    def _in_field(self, name: str, child: Node) -> PlanNode:
        if name in ZONES:
            return self.node(child, (name,))
        node, notice = field_filter(name, child)
        if notice is not None:
            self.notices.append(notice)
        return node
