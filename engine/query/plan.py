"""From a tree to the plan: which keys in which fields, with which weights.

Per syllable: typed with marks it must match with marks (in any spelling convention); typed without, it
matches any marks, and the bare spelling itself counts more. Adjacent syllables of the query add evidence
where they are adjacent in a document (the ordered pairs of Metzler and Croft's sequential dependence model).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzers.abbreviations import Abbreviations
from analyzers.analyzer import AnalyzedText
from analyzers.keys import has_marks
from analyzers.units import units
from engine.model import Lack, Notice
from engine.phrases import largest_slop
from engine.plan import AllOf, AnyOf, PlanNode, TermNode
from engine.query.filters import NearNames, field_filter
from engine.query.holding import Holding, Otherwise, Words
from engine.query.names import names_in
from engine.query.nodes import Match, Nodes
from engine.query.parts import Run, Softness, Together
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word
from engine.query.words import completed
from engine.query.writings import Writings
from engine.rerank.model import QUESTION, STATEMENT, RankTerm, Rerank, pair_weight
from engine.schema import PAIRS, ZONES, Weights, pairs

Analyze = Callable[[str], AnalyzedText]
Restore = Callable[[tuple[str, ...]], Sequence[str]]
"""From the keys of a row of syllables, as typed, to the marked keys that were probably meant: as many."""
MOST_RANKED = 64
"""Syllables of a query that the second stage looks for."""


@dataclass(frozen=True, slots=True)
class BuiltPlan:
    """The query's node, what to highlight, and notices of planning."""

    query: PlanNode
    matches: tuple[Match, ...]
    notices: tuple[Notice, ...]
    rerank: Rerank | None = None
    whole_words: bool = False
    """Whether there are words that it looks for whole, which a plan without `words` would not."""
    wider: BuiltPlan | None = None
    """What finds further articles, to be shown behind those of this plan."""
    lack: Lack = "words"
    """What these lack."""
    whole: int | None = None
    """How many articles hold every word, where this plan wants most of them; None: it wants every one."""
    held: int | None = None
    """The same with near-duplicates counted each."""


def build_plan(
    tree: Node,
    analyze: Analyze,
    weights: Weights,
    abbreviations: Abbreviations | None = None,
    restore: Restore | None = None,
    *,
    soft: Softness = Softness.NONE,
    words: Words | None = None,
    otherwise: Otherwise | None = None,
) -> BuiltPlan:
    """Plan `tree` with the index's own analyzer.

    With `abbreviations`, what has another writing is looked for in both; with `restore`, a row of syllables typed without any mark ranks
    what holds the likely marks higher; `soft`: how many of plain words side by side are enough; `words`: which of these are looked for
    whole; `otherwise`: of which neighbours, names of places too, the marks that were typed must agree there.
    """
    planner = _Planner(analyze, weights, abbreviations, restore, otherwise)
    query = planner._all(tree.children, ZONES, soft, words) if isinstance(tree, And) else planner.node(tree, ZONES, words)
    return BuiltPlan(query, tuple(planner.nodes.matches), tuple(planner.notices), planner.rerank(), planner.holding.whole_words)


class _Planner:
    def __init__(
        self,
        analyze: Analyze,
        weights: Weights,
        abbreviations: Abbreviations | None,
        restore: Restore | None,
        otherwise: Otherwise | None,
    ) -> None:
        self.analyze = analyze
        self.weights = weights
        self.restore = restore
        self.notices: list[Notice] = []
        self.terms: list[RankTerm] = []
        self.follows: list[bool] = []
        self.question = False
        self.near = NearNames()
        self.nodes = Nodes(weights)
        self.writings = Writings(self.nodes, abbreviations, self.notices)
        self.holding = Holding(self.nodes, self.writings, analyze, otherwise)

    def rerank(self) -> Rerank | None:
        """What the second stage looks for; None when no plain word is wanted."""
        if not self.terms:
            return None
        terms, follows = tuple(self.terms[:MOST_RANKED]), tuple(self.follows[:MOST_RANKED])
        return Rerank(terms, follows, QUESTION if self.question else STATEMENT)

    def node(self, tree: Node, zones: tuple[str, ...], words: Words | None = None) -> PlanNode:
        match tree:
            case Everything():
                return AllOf()
            case Word() | Phrase() | Prefix():
                return self._all([tree], zones)
            case Not(child):
                return AllOf(must_not=self._unwanted(child, zones))
            case And(children):
                return self._all(children, zones, words=words)
            case Or(children):
                nodes = [self.node(child, zones, words) for child in children]
                wanted = tuple(node for node in nodes if node != AllOf())  # a value that was not understood is no alternative
                return AnyOf(wanted) if wanted else AllOf()
            case InField(name, child):
                return self._in_field(name, child)

    def _unwanted(self, tree: Node, zones: tuple[str, ...]) -> tuple[PlanNode, ...]:
        """Plan what must not occur: nothing of it is highlighted or ranked by; a value that was not understood leaves nothing out."""
        matches, terms = len(self.nodes.matches), len(self.terms)
        node = self.node(tree, zones)
        del self.nodes.matches[matches:], self.terms[terms:], self.follows[terms:]
        return (node,) if node != AllOf() else ()

    def _all(
        self, children: Iterable[Node], zones: tuple[str, ...], soft: Softness = Softness.NONE, words: Words | None = None
    ) -> PlanNode:
        """All of the children; `soft`: as many of the words, those of phrases too, which then only rank what holds them higher."""
        found = Together()
        run = Run()
        for child in children:
            if isinstance(child, Word):
                run.add(self.analyze(child.text))
                continue
            if soft is not Softness.NONE and isinstance(child, Phrase):
                for text in child.text.split():
                    run.add(self.analyze(text))
                found.should.append(self._phrase(child, zones, ranked=False))
                continue
            self._finish(run, found, zones, words)
            run = Run()
            if isinstance(child, Not):
                found.must_not += self._unwanted(child.child, zones)
            elif isinstance(child, Phrase):
                found.must.append(self._phrase(child, zones))
            elif isinstance(child, Prefix):
                found.must.append(self._prefix(child, zones))
            elif not isinstance(child, Everything):
                found.must.append(self.node(child, zones, words))
        self._finish(run, found, zones, words)
        return found.node(soft)

    def _finish(self, run: Run, found: Together, zones: tuple[str, ...], words: Words | None) -> None:
        """Plan a run of plain words that has come to its end."""
        meant = self._meant(run.marked)
        self.nodes.told = meant is not run.marked or any(map(has_marks, run.marked))
        noted: dict[int, int] = {}

        def word_of(word: AnalyzedText, weight: float, at: int) -> list[PlanNode]:
            noted[at] = len(self.nodes.matches)
            return self._word(word, zones, weight, meant[at : at + 1])

        given = run.plan(word_of)
        self.nodes.told = False
        variants, names = self.writings.of_run(run)
        told = names_in(meant)
        if zones == ZONES:
            likely = completed(tuple(meant)) if meant is run.marked else meant
            covered = [group[0] for group in variants.values()]
            self.holding.hold(run, likely, covered, None if given.question else words, noted)
        found.plain += self.writings.parts(run, variants, names, zones)
        found.should += self.writings.evidence(names, (*told, (0, len(meant))), zones, question=given.question)
        apart = [(name.first, name.last) for name in names if name.is_told_by_marks]
        found.should += self._pairs(run.folded, given.weights, () if given.question else [span for span in told if span not in apart])
        self.question = self.question or given.question
        self._rank_by(run.marked, run.folded, meant, given.weights, zones)

    def _meant(self, keys: Sequence[str]) -> Sequence[str]:
        """The keys that were probably meant: with marks put back on a row without any; where some are typed, the others are meant bare."""
        if self.restore is None or len(keys) < 2 or any(map(has_marks, keys)):
            return keys
        return self.restore(tuple(keys))

    def _rank_by(
        self, marked: Sequence[str], folded: Sequence[str], meant: Sequence[str], weights: Sequence[float], zones: tuple[str, ...]
    ) -> None:
        """Note a row of syllables for the second stage, which looks at whole articles only."""
        if zones != ZONES or not marked:
            return
        columns = zip(marked, folded, meant, weights, strict=True)
        self.terms += [RankTerm(likely, plain, has_marks(one), weight) for one, plain, likely, weight in columns]
        self.follows += [True] * (len(marked) - 1) + [False]

    def _pairs(self, run: Sequence[str], weights: Sequence[float], names: Iterable[tuple[int, int]]) -> list[PlanNode]:
        """Neighbours as evidence; those within a name of a place as more: an article with *An* here and *Khê* there is not about An Khê."""
        within = {at for first, last in names for at in range(first, last - 1)}
        weighed: dict[str, float] = {}
        for at, (pair, both) in enumerate(zip(pairs([*run]), pairwise(weights), strict=True)):
            weighed[pair] = self.weights.pair * pair_weight(*both) + (self.weights.name if at in within else 0.0)
        return [TermNode(PAIRS, pair, weight) for pair, weight in weighed.items()]

    def _word(self, syllables: AnalyzedText, zones: tuple[str, ...], part: float, meant: Sequence[str]) -> list[PlanNode]:
        """One node a syllable, `meant` its likely key.

        What a writer joined (``15/2024/QĐ-UBND``) stays a phrase, and is looked for as a unit too.
        """
        if not len(syllables):
            return []
        node = (
            self.writings.in_order(syllables, 0, zones)
            if len(syllables) > 1
            else self.nodes.syllable(meant[0], syllables.folded[0], zones, part, typed=has_marks(syllables.marked[0]))
        )
        found = units(syllables.text) if zones == ZONES else []
        if len(found) != 1 or found[0].end - found[0].start < len(syllables.text.strip()):
            return [node]
        return [AnyOf((node, self.nodes.unit(found[0].keys[0])))]

    def _phrase(self, phrase: Phrase, zones: tuple[str, ...], *, ranked: bool = True) -> PlanNode:
        syllables = self.analyze(phrase.text)
        if ranked:
            self._rank_by(syllables.marked, syllables.folded, syllables.marked, [1.0] * len(syllables), zones)
        if len(syllables) == 1:
            return self.nodes.syllable(syllables.marked[0], syllables.folded[0], zones)
        allowed = largest_slop(len(syllables), phrase.slop)
        if allowed < phrase.slop:
            said = f"~{phrase.slop} quá rộng cho cụm {len(syllables)} tiếng; dùng ~{allowed}."
            self.notices.append(Notice("slop-cut", said, phrase.start if phrase.start >= 0 else None))
        return self.writings.in_order(syllables, allowed, zones)

    def _prefix(self, prefix: Prefix, zones: tuple[str, ...]) -> PlanNode:
        syllables = self.analyze(prefix.text)
        if len(syllables) != 1:
            said = f"“{prefix.text}*”: dấu * chỉ dùng cho một tiếng; tìm như một cụm."
            self.notices.append(Notice("prefix-phrase", said, prefix.start if prefix.start >= 0 else None))
            return self.writings.in_order(syllables, 0, zones)
        return self.nodes.beginning(syllables.marked[0], syllables.folded[0], zones)

    def _in_field(self, name: str, child: Node) -> PlanNode:
        if name in ZONES:
            return self.node(child, (name,))
        node, notices = field_filter(name, child, self.near)
        self.notices += notices
        return node
