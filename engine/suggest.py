"""Suggestions while somebody types: key terms, places, sources and titles that go on as the text begins.

Marks that were typed must agree, marks left out agree with any. Names come from a table of the newest commit, made once and again when the
index has changed, beside the requests that then still get the older one; titles are looked up in the index itself.
"""

from __future__ import annotations

import threading
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from heapq import nsmallest
from typing import Literal, NamedTuple

from analyzers.keys import bare, folded_key, has_marks, marked_key
from analyzers.places import Gazetteer
from analyzers.syllables import SYLLABLE
from analyzers.terms import term_label
from analyzers.text import nfc
from engine.conditions import value_words
from engine.index import Index
from engine.model import UNKNOWN
from engine.places import PLACE
from engine.plan import AllOf, PhraseNode, Plan, PlanNode, PrefixNode, TermNode
from engine.port import Snapshot
from engine.schema import FOLDED

Kind = Literal["term", "place", "source", "title"]
MOST = 8
MOST_TITLES = 4
MAX_CHARS = 100
"""Longer texts are no beginnings of anything."""
TITLES_LOOKED_AT = 24
_TITLE = "title" + FOLDED
_LEAST_TITLE = 2
"""Letters from which titles are looked up."""
_LAST = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`text` completes what was typed; `label` tells it from others of its name; `count` articles have it (a title: 1).

    `value` is the facet value of a term, place or source, and the id of the article of a title.
    """

    kind: Kind
    text: str
    label: str
    count: int
    value: str


class _Typed(NamedTuple):
    """What was typed, cut into whole syllables and the one that is being typed (empty after a space)."""

    whole: tuple[str, ...]
    begun: str

    @property
    def syllables(self) -> tuple[str, ...]:
        return (*self.whole, self.begun) if self.begun else self.whole

    @property
    def prefixes(self) -> set[str]:
        """The beginnings of folded names to look up: the syllable begun may be whole (``ki`` for *kỹ*) or not (*kinh*)."""
        head = [folded_key(syllable) for syllable in self.whole]
        lasts = {bare(self.begun), folded_key(self.begun)} if self.begun else {""}
        return {"".join(f"{syllable} " for syllable in head) + last for last in lasts}

    def agrees(self, surfaces: tuple[str, ...]) -> bool:
        """Whether marks that were typed are those of `surfaces`, from their first syllable on."""
        whole = all(not has_marks(mine) or marked_key(mine) == marked_key(its) for mine, its in zip(self.whole, surfaces, strict=False))
        if not whole or not self.begun or not has_marks(self.begun):
            return whole
        its = surfaces[len(self.whole)] if len(surfaces) > len(self.whole) else ""
        return _begins(its.casefold(), self.begun.casefold()) or _begins(marked_key(its), marked_key(self.begun))


def _begins(word: str, begun: str) -> bool:
    return len(word) >= len(begun) and all(letter == mine or mine == bare(letter) for letter, mine in zip(word, begun, strict=False))


class Suggester:
    """Suggestions over an index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._table: _Table | None = None
        self._making: threading.Thread | None = None
        self._lock = threading.Lock()

    def suggest(self, text: str, most: int = MOST, wait: float | None = None) -> tuple[Suggestion, ...]:
        """Return up to `most` suggestions: names by how many articles have them, then titles, the newest first.

        The first time, names are there after at most `wait` seconds or not yet; None waits for as long as it takes.
        """
        typed = _typed(text)
        if typed is None:
            return ()
        table = self._names(wait)
        names = table.matching(typed, most) if table else []
        titles = list(_titles(typed, self._index.snapshot(), MOST_TITLES if names else most))
        kept = names[: max(most - len(titles), most // 2)]
        return (*kept, *titles[: most - len(kept)])

    def _names(self, wait: float | None) -> _Table | None:
        """The table of the newest commit; while that is being made, the one before."""
        generation = self._index.generation()
        if self._table is None or self._table.generation != generation:
            with self._lock:
                if self._making is None or not self._making.is_alive():
                    self._making = threading.Thread(target=self._renew, args=(generation,), daemon=True)
                    self._making.start()
                making = self._making
            if self._table is None:
                making.join(wait)
        return self._table

    def _renew(self, generation: int) -> None:
        self._table = _Table(generation, self._index.snapshot(), self._index.analyzer.finder.gazetteer)


def _typed(text: str) -> _Typed | None:
    text = nfc(text)
    syllables = SYLLABLE.findall(text) if len(text) <= MAX_CHARS else []
    if not syllables:
        return None
    begun = syllables.pop() if text[-1].isalnum() else ""
    return _Typed(tuple(syllables), begun)


class _Name(NamedTuple):
    """A name as it may be typed, from one of its syllables on; `later`: that is not where the name begins.

    `rank` is its place among all suggestions.
    """

    key: str
    later: bool
    surfaces: tuple[str, ...]
    rank: int


class _Table:
    """Names by every syllable they may be typed from, in the order of their folded keys; suggestions with the most frequent first."""

    def __init__(self, generation: int, snapshot: Snapshot, gazetteer: Gazetteer) -> None:
        self.generation = generation
        self._ranked = sorted(_every(snapshot, gazetteer), key=lambda one: (-one.count, one.label))
        self._names = sorted(_keyed(self._ranked), key=lambda name: name.key)
        self._keys = [name.key for name in self._names]

    def matching(self, typed: _Typed, most: int) -> list[Suggestion]:
        """Names that go on as typed: those that begin so before those where a later word does, the more frequent first."""
        found: dict[int, bool] = {}
        bare_typed = not any(map(has_marks, typed.syllables))  # one letter begins thousands of names
        for prefix in typed.prefixes:
            low, high = bisect_left(self._keys, prefix), bisect_left(self._keys, prefix + _LAST)
            for _, later, surfaces, rank in self._names[low:high]:
                if bare_typed or typed.agrees(surfaces):
                    found[rank] = later and found.get(rank, True)
        return [self._ranked[rank] for _, rank in nsmallest(most, ((later, rank) for rank, later in found.items()))]


def _keyed(suggestions: Iterable[Suggestion]) -> Iterator[_Name]:
    """Names by each syllable they may be typed from; places with their type or without (thị xã An Khê, An Khê)."""
    for rank, suggestion in enumerate(suggestions):
        name = tuple(SYLLABLE.findall(suggestion.text))
        if suggestion.kind == "place":
            label = tuple(SYLLABLE.findall(suggestion.label))
            ways = [(label, False), (name, False)]
        else:
            ways = [(name[at:], at > 0) for at in range(len(name))]
        for surfaces, later in ways:
            yield _Name("".join(f"{folded_key(one)} " for one in surfaces), later, surfaces, rank)


def _every(snapshot: Snapshot, gazetteer: Gazetteer) -> Iterator[Suggestion]:
    """Every key term, place and source of the articles, with exact counts."""
    for value, count in snapshot.keys("term", "", exact=True).items():
        if value != UNKNOWN:
            label = term_label(value)
            yield Suggestion("term", label, label, count, value)
    for value, count in snapshot.keys("source", "", exact=True).items():
        if value != UNKNOWN:
            yield Suggestion("source", value, value, count, value)
    for path, count in snapshot.keys(PLACE, "", exact=True).items():
        units = gazetteer.bearers(path) if path != UNKNOWN else ()
        if units:
            yield Suggestion("place", units[-1].name, value_words(PLACE, path, gazetteer), count, path)


def _titles(typed: _Typed, snapshot: Snapshot, most: int) -> Iterator[Suggestion]:
    """Titles that hold what was typed in a row, the newest first."""
    if len("".join(typed.syllables)) < _LEAST_TITLE:
        return
    keys = tuple(map(folded_key, typed.whole))
    wanted: list[PlanNode] = [TermNode(_TITLE, keys[0]) if len(keys) == 1 else PhraseNode(_TITLE, keys)] if keys else []
    if typed.begun:
        wanted.append(PrefixNode(_TITLE, bare(typed.begun)))
    found = 0
    for ranked in snapshot.search(Plan(AllOf(tuple(wanted)), sort="newest", limit=TITLES_LOOKED_AT)).ranked:
        document = ranked.stored.document
        if found < most and _holds(document.title, typed):
            found += 1
            yield Suggestion("title", document.title, document.title, 1, document.doc_id)


def _holds(title: str, typed: _Typed) -> bool:
    surfaces = tuple(SYLLABLE.findall(title))
    folded = " " + "".join(f"{folded_key(surface)} " for surface in surfaces)
    for prefix in typed.prefixes:
        at = folded.find(" " + prefix)
        while at >= 0:
            if typed.agrees(surfaces[folded[:at].count(" ") :]):
                return True
            at = folded.find(" " + prefix, at + 1)
    return False
