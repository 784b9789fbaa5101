"""What of a row of words is held together: names of places, words with a bound syllable, numbers behind their word, days.

In a short query its syllables only count where it stands whole; in a sentence they only rank, and are marked whole all the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from analyzers.abbreviations import Variant
from analyzers.analyzer import AnalyzedText
from analyzers.coordinate import turns
from analyzers.keys import has_marks
from engine.plan import ConstantNode, PlanNode
from engine.query.names import spans_of_names
from engine.query.nodes import Held, Nodes
from engine.query.numbered import dates, numbered, silent_from
from engine.query.parts import Run
from engine.query.words import Span, Unit, words_in
from engine.query.writings import Writings, cuts
from engine.schema import ZONES

Words = Callable[[Sequence[str]], Iterable[Unit]]
"""From the marked keys that were probably meant by a row of syllables to the words in it that are looked for whole."""
Otherwise = Callable[[str, str], bool]
"""Whether two neighbouring keys, as typed, are often spelt otherwise where articles have them side by side: *hải quan*, *hải quân*."""


class Holding:
    """Holds together what belongs together in the rows of one query.

    `whole_words` tells whether there was anything but names, which a plan without `words` would not hold together.
    """

    def __init__(self, nodes: Nodes, writings: Writings, analyze: Callable[[str], AnalyzedText], otherwise: Otherwise | None) -> None:
        self.whole_words = False
        self._nodes = nodes
        self._writings = writings
        self._analyze = analyze
        self._otherwise = otherwise or (lambda _left, _right: False)

    def hold(self, run: Run, meant: Sequence[str], covered: Sequence[Variant], words: Words | None, noted: Mapping[int, int]) -> None:
        """Let the parts of `run` only count where what they are parts of stands whole; all of it only with `words`, else names alone.

        `meant`: its marked keys as they were probably meant. `covered`: other writings, of which nothing may be cut. `noted`: the index
        of the match of each syllable that is a word.
        """
        told = [*_sure(numbered(run.marked), meant)]
        plain = told if words else []  # *phường 05* is a ward's name, and one of its writings
        names: list[Unit] = [(name,) for name in spans_of_names(run.marked) if name not in plain]
        several = [name for (name,) in names if name[1] - name[0] > 1]
        numbers = [span for span in told if not any(_overlap(span, name) for name in several)]
        self._hold(run, _uncut(names, covered), "name", run.marked, noted)
        if words is None:
            self._mark(meant, several, numbers, noted)
            return
        found = [unit for unit in words(meant) if not any(_overlap(span, name) for (name,) in names for span in unit)]
        self.whole_words = self.whole_words or bool(found)
        self._hold(run, _uncut(found, covered), "word", meant, noted)
        days = self._hold_dates(run, noted)
        self._hold_numbers(run, [span for span in numbers if not any(_overlap(span, day) for day in days)], noted)

    def _mark(self, meant: Sequence[str], names: Sequence[Span], numbers: Sequence[Span], noted: Mapping[int, int]) -> None:
        """Note of which words the syllables of a sentence are parts."""
        words = [unit[0] for unit in words_in(meant, lambda _left, _right: 0) if len(unit) == 1]
        parts = {at for word in words if not any(_overlap(word, name) for name in names) for at in range(*word)}
        for at in (parts | {last - 1 for _, last in numbers}) & noted.keys():
            self._nodes.hold(noted[at], "word")

    def _hold(self, run: Run, units: Iterable[Unit], kind: Held, meant: Sequence[str], noted: Mapping[int, int]) -> None:
        """Let syllables only count where their words or names stand whole, and say so in their matches."""

        def whole(first: int, last: int) -> Iterator[tuple[PlanNode, ...]]:
            marked, folded = run.marked[first:last], run.folded[first:last]
            exact = any(map(has_marks, marked)) and any(self._otherwise(*both) for both in pairwise(marked))
            yield self._nodes.whole(marked, folded, exact=exact)
            if kind == "word" and turns(*meant[first:last]):
                yield self._nodes.whole(marked[::-1], folded[::-1], exact=exact)

        held = run.hold_together(units, whole)
        for at in {at for unit in held if len(unit) == 1 for at in range(*unit[0])} & noted.keys():
            self._nodes.hold(noted[at], kind)

    def _hold_numbers(self, run: Run, spans: Iterable[Span], noted: Mapping[int, int]) -> None:
        """Let a number only count where it stands behind its word, however that is written: *P.5* for *phường 5*."""
        for first, last in spans:
            begin, end = run.parts_within(first, last)
            if end - begin == last - first:
                before = len(self._nodes.matches)
                whole = self._writings.in_order(self._analyze(" ".join(run.surfaces[first:last])), 0, ZONES)
                typed = tuple(run.marked[first:last])
                self._nodes.matches[before:] = [match for match in self._nodes.matches[before:] if match.keys != typed]  # marked one by one
                run.parts[end - 1] = run.parts[end - 1].held_by(ConstantNode(whole, 0.0))
                ways = self._writings.numbered_otherwise(run.marked, run.surfaces, (first, last))
                others = [self._nodes.other(way, ZONES) for way in ways]
                for at, key in zip(range(begin, end), typed, strict=True):
                    if at == end - 1 and others:
                        run.parts[at] = run.parts[at].or_else(*others)
                    elif any(key not in way for way in ways):
                        run.parts[at] = run.parts[at].or_else(*(ConstantNode(other, 0.0) for other in others))
                for at in range(silent_from(run.marked, (first, last)), last):
                    self._nodes.hold(noted[at], "name")
                self.whole_words = True

    def _hold_dates(self, run: Run, noted: Mapping[int, int]) -> list[Span]:
        """Let the words of a day only count where it stands whole, *2 tháng 9* or *2/9*; returns the syllables of each."""
        held = []
        for (first, last), key in dates(run.marked):
            begin, end = run.parts_within(first, last)
            if end - begin == last - first:
                before = len(self._nodes.matches)
                whole = ConstantNode(self._nodes.in_order(tuple(run.marked[first:last]), ZONES), 0.0)
                del self._nodes.matches[before:]  # marked one by one
                run.parts[begin:end] = [part.held_by(whole) for part in run.parts[begin:end]]
                other = self._writings.dated_otherwise(run.marked, run.surfaces, (first, last), key)
                if other is not None:
                    ways = [other] + [ConstantNode(other, 0.0)] * (end - begin - 1)
                    run.parts[begin:end] = [part.or_else(way) for part, way in zip(run.parts[begin:end], ways, strict=True)]
                for at in range(first, last):
                    self._nodes.hold(noted[at], "name")
                self.whole_words = True
                held.append((first, last))
        return held


def _sure(numbers: Iterable[Span], meant: Sequence[str]) -> Iterator[Span]:
    """Numbers and their words, but for ordinals that are none with their marks put back: ``phan lan thu nam`` is of *Phần Lan*."""
    for first, last in numbers:
        if last - first == 2 or not any(map(has_marks, meant)) or (first, last) in numbered(meant):
            yield first, last


def _overlap(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def _uncut(units: Iterable[Unit], variants: Sequence[Variant]) -> list[Unit]:
    """Those that no variant stands for a part of."""
    return [unit for unit in units if not any(cuts(variant, *span) for variant in variants for span in unit)]
