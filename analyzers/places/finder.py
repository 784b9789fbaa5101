"""The door of this room: texts in, places and mentions out."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from analyzers.places import lexicon
from analyzers.places.about import Ranked, Weigher
from analyzers.places.context import link_chains, set_contexts
from analyzers.places.era import EVE, inferred_day
from analyzers.places.errors import UnknownUnitError
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.model import Mention, Place, PlaceAnalysis
from analyzers.places.query import QueryFinder, QueryPlace
from analyzers.places.resolve import Resolver
from analyzers.places.scan import Found, Scanner
from analyzers.places.store import load
from analyzers.places.unit import Unit

if TYPE_CHECKING:
    from analyzers.analyzer import AnalyzedText

_CLUES = {"thị ủy": "thị xã", "thành ủy": "thành phố", "huyện ủy": "huyện", "quận ủy": "quận"}
_CRIME_FIRST = frozenset(phrase.split(" ")[0] for phrase in lexicon.CRIME_WORDS)
_NOTHING = PlaceAnalysis((), ())


class PlaceFinder:
    """Finds the units an article names and those it is about. Pure and reusable; holds no article's state."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer if gazetteer is not None else load()

    def find(self, texts: Sequence[AnalyzedText], on: date | None = None, *, home: str | None = None) -> PlaceAnalysis:
        """Analyse title, lead and body (in this order) of an article written on `on`.

        Without a day the era is inferred where the text shows it, else both are considered. `home` is the unit or path of the
        district or province a source reports from: it only settles names the article itself leaves open.
        Raises UnknownUnitError when `home` is no unit.
        """
        items: list[Found] = []
        for index, text in enumerate(texts):
            found = Scanner(self.gazetteer.names, text, index).scan()
            link_chains(found, text)
            set_contexts(found, text)
            items += found
        if on is None and items:
            on = inferred_day((text.text for text in texts), items)
        ground = self._home(home, on)
        resolver = Resolver(self.gazetteer, on, ground, _clues(texts))
        kept = resolver.resolve(items)
        if not kept:
            return _NOTHING
        ranked = Weigher(self.gazetteer, on).rank(kept, _is_police_news(texts), self._province(ground, on))
        return PlaceAnalysis(tuple(self._place(entry, on) for entry in ranked), tuple(_mention(item, texts) for item in kept))

    def in_query(self, query: str) -> list[QueryPlace]:
        """Places a search query names, with their spans and candidates; see `query`."""
        return self._query.find(query)

    @cached_property
    def _query(self) -> QueryFinder:
        return QueryFinder(self.gazetteer)

    def _home(self, home: str | None, on: date | None) -> Unit | None:
        if not home:
            return None
        if ":" in home:
            return self.gazetteer.unit(home, on)
        for day in (on, EVE, date.max.replace(year=9998)):
            if day is not None:
                try:
                    return self.gazetteer.at_path(home, day)
                except UnknownUnitError:
                    continue
        raise UnknownUnitError(home, self.gazetteer.nearest(home.rpartition("/")[2].replace("-", " ")))

    def _province(self, unit: Unit | None, on: date | None) -> str | None:
        return (*self.gazetteer.parents(unit, on), unit)[0].unit if unit else None

    def _place(self, entry: Ranked, on: date | None) -> Place:
        unit = entry.unit
        above = {part.level: part.name for part in self.gazetteer.parents(unit, on)}
        above[unit.level] = unit.name
        return Place(
            above["province"],
            above.get("district"),
            above.get("commune"),
            unit.unit,
            self.gazetteer.path(unit, on),
            unit.label,
            entry.role,
            entry.rule,
        )


def _mention(item: Found, texts: Sequence[AnalyzedText]) -> Mention:
    text = texts[item.text]
    return Mention(
        item.text,
        text.starts[item.first],
        text.ends[item.last - 1],
        tuple(unit.unit for unit in item.candidates),
        item.chosen.unit if item.chosen else None,
        item.rule,
        item.context,  # type: ignore[arg-type]  # Found keeps it as str while being filled in
    )


def _is_police_news(texts: Sequence[AnalyzedText]) -> bool:
    """Whether the article is about crime or accidents, where people's addresses are not the scene."""
    for text in texts:
        for one, two in zip(text.marked, text.marked[1:], strict=False):
            if one in _CRIME_FIRST and f"{one} {two}" in lexicon.CRIME_WORDS:
                return True
    return False


def _clues(texts: Sequence[AnalyzedText]) -> frozenset[str]:
    """Types of district that a committee named without its unit gives away."""
    found = set()
    for text in texts:
        marked = text.marked
        for i, syllable in enumerate(marked[1:], 1):
            if syllable == "ủy":
                kind = _CLUES.get(f"{marked[i - 1]} ủy")
                if kind:
                    found.add(kind)
    return frozenset(found)
