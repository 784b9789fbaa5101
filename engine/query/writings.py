"""Other writings of what a query names: abbreviations, their full forms, and names of places that news spells in several ways."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from analyzers.abbreviations import Abbreviations, Variant
from analyzers.analyzer import AnalyzedText
from engine.model import Notice
from engine.plan import AllOf, AnyOf, PlanNode
from engine.query.names import Spelt, spelt_otherwise
from engine.query.nodes import Nodes
from engine.query.numbered import days_otherwise, in_letters, shown, written_otherwise
from engine.query.parts import Part, Run
from engine.query.words import is_word
from engine.schema import ZONES

Span = tuple[int, int]
Variants = dict[Span, list[Variant]]
"""Other writings, by the syllables they stand for."""


class Writings:
    """The other writings in one query; what is looked for besides is said in `notices`. None without `abbreviations`."""

    def __init__(self, nodes: Nodes, abbreviations: Abbreviations | None, notices: list[Notice]) -> None:
        self._nodes = nodes
        self._abbreviations = abbreviations
        self._notices = notices

    def of_run(self, run: Run) -> tuple[Variants, list[Spelt]]:
        """Other writings of a run's abbreviations and full forms, and names of places that have other spellings and are none of these."""
        names = spelt_otherwise(run.marked) if self._abbreviations is not None else ()
        names = tuple(name for name in names if len(set(run.parts_within(name.first, name.last))) > 1)
        variants = self._variants(run.marked, run.folded, run.surfaces, [(name.first, name.last) for name in names])
        return variants, [name for name in names if not any(name.overlaps(*span) for span in variants)]

    def evidence(self, names: Iterable[Spelt], told: Sequence[Span], zones: tuple[str, ...], *, question: bool) -> Iterator[PlanNode]:
        """Evidence for the spellings of a name that its pairs are none for; of one that is `told`, for it may have been meant otherwise."""
        weights = self._nodes.weights
        weight = weights.pair if question else (weights.pair + weights.name) / 2  # a phrase scores the sum of its keys
        for name in names:
            if (name.first, name.last) in told:
                written = (name.typed, *name.others) if name.is_told_by_marks else name.others
                yield AnyOf(tuple(self._nodes.other(one.keys, zones, part=weight, exact=not one.loose) for one in written))

    def parts(self, run: Run, variants: Variants, names: Sequence[Spelt], zones: tuple[str, ...]) -> list[Part]:
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
            others = [self._nodes.other(variant.replacement_keys, zones) for variant in group]
            parts += [*run.parts[at:begin], Part(AnyOf((plain, *others)))]
            at = end
        return parts + run.parts[at:]

    def in_order(self, syllables: AnalyzedText, slop: int, zones: tuple[str, ...]) -> PlanNode:
        """A phrase as typed; the other writings of its parts are looked for beside it."""
        surfaces = [token.text for token in syllables.tokens()]
        ways: list[tuple[str, ...]] = []
        for (first, last), variants in self._variants(syllables.marked, syllables.folded, surfaces).items():
            ways += [(*syllables.marked[:first], *one.replacement_keys, *syllables.marked[last:]) for one in variants]
        typed = tuple(syllables.marked)
        nodes = [self._nodes.in_order(typed, zones, slop)]
        nodes += [self._nodes.other(keys, zones, slop) for keys in dict.fromkeys(ways) if keys != typed]
        return nodes[0] if len(nodes) == 1 else AnyOf(tuple(nodes))

    def numbered_otherwise(self, marked: Sequence[str], surfaces: Sequence[str], span: Span) -> list[tuple[str, ...]]:
        """The keys of a number and the word before it in their other writings (*quý II* for ``quý 2``), which are said, but for noughts."""
        ways = written_otherwise(marked, span) if self._abbreviations is not None else []
        first, last = span
        if any(len(way) > 2 for way in ways):
            typed = surfaces[first:last]
            others = [in_letters(way) for way in ways if not way[-1].startswith("0")]
        else:
            begin = first - 1 if first and is_word(tuple(marked[first - 1 : first + 1])) else first  # *học kỳ 2*, not *kỳ 2*
            typed = surfaces[begin:last]
            others = [[*typed[:-1], way[-1]] for way in ways if not way[-1].startswith("0") and way[-1] != typed[-1].lstrip("0")]
        if others:
            told = [f"“{shown(words)}”" for words in (typed, *others)]
            self._say("abbreviation", f"Tìm cả {', '.join(told[:-1])} và {told[-1]}.")
        return ways

    def dated_otherwise(self, marked: Sequence[str], surfaces: Sequence[str], span: Span, key: str) -> PlanNode | None:
        """Where a day stands in its short writing (*2/9*, *02-9*, *2/9/2017* for ``2 tháng 9``), which is said, or with noughts before
        its numbers; None when that is not wanted."""
        if self._abbreviations is None:
            return None
        self._say("abbreviation", f"Tìm cả “{' '.join(surfaces[slice(*span)])}” và “{key}”.")
        return AnyOf((self._nodes.unit(key), *(self._nodes.other(way, ZONES) for way in days_otherwise(marked, span))))

    def _say(self, code: str, said: str) -> None:
        notice = Notice(code, said, undo="viettat=khong")
        if notice not in self._notices:
            self._notices.append(notice)

    def _spell_otherwise(self, run: Run, names: Iterable[Spelt], zones: tuple[str, ...]) -> None:
        """Let another spelling of a name stand for each of its words: they stay as many, of which a softened query wants most."""
        for name in names:
            begin, end = run.parts_within(name.first, name.last)
            others = [self._nodes.other(one.keys, zones, part=0.0, exact=not one.loose) for one in name.others]
            run.parts[begin:end] = [Part(AnyOf((part.node, *others)), part.light) for part in run.parts[begin:end]]
            if name.told:
                self._say("place-spelling", f"Tìm cả những cách viết khác của “{name.name}”.")

    def _variants(self, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str], whole: Sequence[Span] = ()) -> Variants:
        """Other writings that are sure, by the syllables they stand for, and cut nothing that is `whole`; each is a notice."""
        found: Variants = {}
        if self._abbreviations is None or not marked:
            return found
        for variant in self._abbreviations.variants(marked, folded, surfaces):
            if not variant.ambiguous and not any(cuts(variant, *span) for span in whole):
                group = found.setdefault((variant.first, variant.last), [])
                group.append(variant)
                if len(group) == 1:
                    self._say("abbreviation", f"Tìm cả “{variant.expansion}” và “{variant.abbreviation}”.")
        return found


def cuts(variant: Variant, first: int, last: int) -> bool:
    """Whether a variant stands for some of the syllables ``[first, last)``, but not all."""
    overlaps = variant.first < last and first < variant.last
    return overlaps and not (variant.first <= first and last <= variant.last)
