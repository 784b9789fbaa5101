"""From a tree to the plan: which keys in which fields, with which weights.

Per syllable: typed with marks it must match with marks (in any spelling convention); typed without, it
matches any marks, and the bare spelling itself counts more. Adjacent syllables of the query add evidence
where they are adjacent in a document (the ordered pairs of Metzler and Croft's sequential dependence model).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzers.abbreviations import Abbreviations, Variant
from analyzers.analyzer import AnalyzedText
from analyzers.keys import folded_key, has_marks
from analyzers.units import units
from engine.model import Notice
from engine.phrases import largest_slop
from engine.plan import AllOf, AnyOf, PhraseNode, PlanNode, PrefixNode, TermNode
from engine.query.filters import NearNames, field_filter
from engine.query.names import Spelt, names_in, spans_of_names, spelt_otherwise
from engine.query.parts import Part, Run, Softness, Together
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word
from engine.rerank.model import QUESTION, STATEMENT, RankTerm, Rerank, pair_weight
from engine.schema import FOLDED, PAIRS, UNITS, ZONES, Weights, pairs

Analyze = Callable[[str], AnalyzedText]
Restore = Callable[[tuple[str, ...]], Sequence[str]]
"""From the keys of a row of syllables, as typed, to the marked keys that were probably meant: as many."""
Variants = dict[tuple[int, int], list[Variant]]
"""Other writings, by the syllables they stand for."""
MOST_RANKED = 64
"""Syllables of a query that the second stage looks for."""


@dataclass(frozen=True, slots=True)
class Match:
    """Keys a highlighter marks: `keys` in this order; `marked` tells for each whether its marks must agree.

    `meant`: the marked key that a syllable typed without marks probably stands for, where its neighbours told.
    """

    keys: tuple[str, ...]
    marked: tuple[bool, ...]
    phrase: bool = False
    prefix: bool = False
    unit: bool = False
    meant: str | None = None


@dataclass(frozen=True, slots=True)
class BuiltPlan:
    """The query's node, what to highlight, and notices of planning."""

    query: PlanNode
    matches: tuple[Match, ...]
    notices: tuple[Notice, ...]
    rerank: Rerank | None = None
    wider: BuiltPlan | None = None
    """What finds further articles, to be shown behind those of this plan: they hold most of its words."""
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
) -> BuiltPlan:
    """Plan `tree` with the index's own analyzer.

    With `abbreviations`, what has another writing is looked for in both; with `restore`, a row of syllables typed without any mark ranks
    what holds the likely marks higher; `soft`: how many of plain words side by side are enough.
    """
    planner = _Planner(analyze, weights, abbreviations, restore)
    query = planner._all(tree.children, ZONES, soft) if soft is not Softness.NONE and isinstance(tree, And) else planner.node(tree, ZONES)
    return BuiltPlan(query, tuple(dict.fromkeys(planner.matches)), tuple(planner.notices), planner.rerank())


class _Planner:
    def __init__(self, analyze: Analyze, weights: Weights, abbreviations: Abbreviations | None, restore: Restore | None) -> None:
        self.analyze = analyze
        self.weights = weights
        self.abbreviations = abbreviations
        self.restore = restore
        self.matches: list[Match] = []
        self.notices: list[Notice] = []
        self.terms: list[RankTerm] = []
        self.follows: list[bool] = []
        self.question = False
        self.told = False
        """Whether marks that were put back, or typed on others of the words that are being planned, tell what those without stand for."""
        self.near = NearNames()

    def rerank(self) -> Rerank | None:
        """What the second stage looks for; None when no plain word is wanted."""
        if not self.terms:
            return None
        terms, follows = tuple(self.terms[:MOST_RANKED]), tuple(self.follows[:MOST_RANKED])
        return Rerank(terms, follows, QUESTION if self.question else STATEMENT)

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
        """Plan what must not occur: nothing of it is highlighted or ranked by; a value that was not understood leaves nothing out."""
        matches, terms = len(self.matches), len(self.terms)
        node = self.node(tree, zones)
        del self.matches[matches:], self.terms[terms:], self.follows[terms:]
        return (node,) if node != AllOf() else ()

    def _all(self, children: Iterable[Node], zones: tuple[str, ...], soft: Softness = Softness.NONE) -> PlanNode:
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
            self._finish(run, found, zones)
            run = Run()
            if isinstance(child, Not):
                found.must_not += self._unwanted(child.child, zones)
            elif isinstance(child, Phrase):
                found.must.append(self._phrase(child, zones))
            elif isinstance(child, Prefix):
                found.must.append(self._prefix(child, zones))
            elif not isinstance(child, Everything):
                found.must.append(self.node(child, zones))
        self._finish(run, found, zones)
        return found.node(soft)

    def _finish(self, run: Run, found: Together, zones: tuple[str, ...]) -> None:
        """Plan a run of plain words that has come to its end."""
        meant = self._meant(run.marked)
        self.told = meant is not run.marked or any(map(has_marks, run.marked))
        given = run.plan(lambda word, weight, at: self._word(word, zones, weight, meant[at : at + 1]))
        self.told = False
        variants, names = self._other_writings(run)
        told = names_in(meant)
        if zones == ZONES:  # by what was typed alone: what was probably meant is asked for only where something ranks
            whole = spans_of_names(run.marked)
            run.hold_together(name for name in whole if not any(_cuts(group[0], *name) for group in variants.values()))
        found.plain += self._written_otherwise(run, variants, names, zones)
        found.should += self._names(names, (*told, (0, len(meant))), zones, question=given.question)
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

    def _other_writings(self, run: Run) -> tuple[Variants, list[Spelt]]:
        """Other writings of a run's abbreviations and full forms, and names of places that have other spellings and are none of these."""
        names = spelt_otherwise(run.marked) if self.abbreviations is not None else ()
        names = tuple(name for name in names if len(set(run.parts_within(name.first, name.last))) > 1)
        variants = self._variants(run.marked, run.folded, run.surfaces, [(name.first, name.last) for name in names])
        return variants, [name for name in names if not any(name.overlaps(*span) for span in variants)]

    def _names(
        self, names: Iterable[Spelt], told: Sequence[tuple[int, int]], zones: tuple[str, ...], *, question: bool
    ) -> Iterator[PlanNode]:
        """Evidence for the spellings of a name that its pairs are none for; of one that is `told`, for it may have been meant otherwise."""
        weight = self.weights.pair if question else (self.weights.pair + self.weights.name) / 2  # a phrase scores the sum of its keys
        for name in names:
            if (name.first, name.last) in told:
                written = (name.typed, *name.others) if name.is_told_by_marks else name.others
                yield AnyOf(tuple(self._in_order(one.keys, zones, part=weight, exact=not one.loose) for one in written))

    def _written_otherwise(self, run: Run, variants: Variants, names: Sequence[Spelt], zones: tuple[str, ...]) -> list[Part]:
        """The parts of a run of words, each abbreviation, full form or name of a place in it widened by its other writings."""
        self._spell_otherwise(run, names, zones)
        parts: list[Part] = []
        at = 0
        for (first, last), group in variants.items():
            begin, end = run.parts_within(first, last)
            if end == begin:
                continue
            inside = tuple(part.node for part in run.parts[begin:end])
            plain = inside[0] if len(inside) == 1 else AllOf(inside)
            others = [self._in_order(variant.replacement_keys, zones) for variant in group]
            parts += [*run.parts[at:begin], Part(AnyOf((plain, *others)))]
            at = end
        return parts + run.parts[at:]

    def _spell_otherwise(self, run: Run, names: Iterable[Spelt], zones: tuple[str, ...]) -> None:
        """Let another spelling of a name stand for each of its words: they stay as many, of which a softened query wants most."""
        for name in names:
            begin, end = run.parts_within(name.first, name.last)
            others = [self._in_order(one.keys, zones, part=0.0, exact=not one.loose) for one in name.others]
            run.parts[begin:end] = [Part(AnyOf((part.node, *others)), part.light) for part in run.parts[begin:end]]
            if name.told:
                said = f"Tìm cả những cách viết khác của “{name.name}”."
                self.notices.append(Notice("place-spelling", said, undo="viettat=khong"))

    def _variants(
        self, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str], whole: Sequence[tuple[int, int]] = ()
    ) -> Variants:
        """Other writings that are sure, by the syllables they stand for, and cut nothing that is `whole`; each is a notice."""
        found: Variants = {}
        if self.abbreviations is None or not marked:
            return found
        for variant in self.abbreviations.variants(marked, folded, surfaces):
            if not variant.ambiguous and not any(_cuts(variant, *span) for span in whole):
                group = found.setdefault((variant.first, variant.last), [])
                group.append(variant)
                if len(group) == 1:
                    said = f"Tìm cả “{variant.expansion}” và “{variant.abbreviation}”."
                    self.notices.append(Notice("abbreviation", said, undo="viettat=khong"))
        return found

    def _word(self, syllables: AnalyzedText, zones: tuple[str, ...], part: float, meant: Sequence[str]) -> list[PlanNode]:
        """One node a syllable, `meant` its likely key.

        What a writer joined (``15/2024/QĐ-UBND``) stays a phrase, and is looked for as a unit too.
        """
        if not len(syllables):
            return []
        node = (
            self._keys_in_order(syllables, 0, zones)
            if len(syllables) > 1
            else self._syllable(meant[0], syllables.folded[0], zones, part, typed=has_marks(syllables.marked[0]))
        )
        found = units(syllables.text) if zones == ZONES else []
        if len(found) != 1 or found[0].end - found[0].start < len(syllables.text.strip()):
            return [node]
        key = found[0].keys[0]
        self.matches.append(Match((key,), (False,), unit=True))
        return [AnyOf((node, TermNode(UNITS, key, self.weights.unit)))]

    def _syllable(self, marked: str, folded: str, zones: tuple[str, ...], part: float = 1.0, *, typed: bool = True) -> PlanNode:
        """A syllable in any of the zones, with `part` of its score; marks that were not `typed` only rank."""
        typed = typed and has_marks(marked)
        self.matches.append(Match((marked,), (True,)) if typed else Match((folded,), (False,), meant=marked if self.told else None))
        nodes: list[PlanNode] = []
        for zone in zones:
            weight = self.weights.zone(zone) * part
            if typed:
                nodes.append(TermNode(zone, marked, weight))
            else:
                nodes.append(TermNode(zone + FOLDED, folded, weight * (1 - self.weights.marked_share)))
                nodes.append(TermNode(zone, marked, weight * self.weights.marked_share))
        return AnyOf(tuple(nodes))

    def _phrase(self, phrase: Phrase, zones: tuple[str, ...], *, ranked: bool = True) -> PlanNode:
        syllables = self.analyze(phrase.text)
        if ranked:
            self._rank_by(syllables.marked, syllables.folded, syllables.marked, [1.0] * len(syllables), zones)
        if len(syllables) == 1:
            return self._syllable(syllables.marked[0], syllables.folded[0], zones)
        allowed = largest_slop(len(syllables), phrase.slop)
        if allowed < phrase.slop:
            said = f"~{phrase.slop} quá rộng cho cụm {len(syllables)} tiếng; dùng ~{allowed}."
            self.notices.append(Notice("slop-cut", said, phrase.start if phrase.start >= 0 else None))
        return self._keys_in_order(syllables, allowed, zones)

    def _keys_in_order(self, syllables: AnalyzedText, slop: int, zones: tuple[str, ...]) -> PlanNode:
        """A phrase as typed; the other writings of its parts are looked for beside it."""
        surfaces = [token.text for token in syllables.tokens()]
        ways = [tuple(syllables.marked)]
        for (first, last), variants in self._variants(syllables.marked, syllables.folded, surfaces).items():
            ways += [(*syllables.marked[:first], *one.replacement_keys, *syllables.marked[last:]) for one in variants]
        nodes = [self._in_order(keys, zones, slop) for keys in dict.fromkeys(ways)]
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def _in_order(
        self, keys: tuple[str, ...], zones: tuple[str, ...], slop: int = 0, part: float = 1.0, *, exact: bool = False
    ) -> PlanNode:
        """Keys in this order: with their marks when any has one, or when they are `exact`, else without."""
        if len(keys) == 1:
            return self._syllable(keys[0], folded_key(keys[0]), zones, part)
        marked = exact or any(map(has_marks, keys))
        keys = keys if marked else tuple(map(folded_key, keys))
        self.matches.append(Match(keys, (marked,) * len(keys), phrase=slop == 0))
        suffix = "" if marked else FOLDED
        return AnyOf(tuple(PhraseNode(zone + suffix, keys, slop, self.weights.zone(zone) * part) for zone in zones))

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
        node, notices = field_filter(name, child, self.near)
        self.notices += notices
        return node


def _cuts(variant: Variant, first: int, last: int) -> bool:
    """Whether a variant stands for some of the syllables ``[first, last)``, but not all."""
    overlaps = variant.first < last and first < variant.last
    return overlaps and not (variant.first <= first and last <= variant.last)
