"""The door of this room: texts in, places and mentions out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cached_property, lru_cache, reduce
from operator import or_

from analyzers.batch import AnalyzedText, Batch
from analyzers.places.about import Ranked, Weigher
from analyzers.places.context import link_chains, set_contexts
from analyzers.places.era import EVE, TODAY, inferred_day, resolve_undated
from analyzers.places.errors import UnknownUnitError
from analyzers.places.found import Found, set_zones
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.genre import Genre
from analyzers.places.model import Era, Mention, Place, PlaceAnalysis
from analyzers.places.names import NameIndex
from analyzers.places.query import QueryFinder, QueryPlace
from analyzers.places.resolve import Resolver
from analyzers.places.scan import Scanner
from analyzers.places.sources import speaks_of
from analyzers.places.spots import Glance, Sieve
from analyzers.places.store import load
from analyzers.places.unit import Unit


class PlaceFinder:
    """Finds the units an article names and those it is about. Pure and reusable; holds no article's state."""

    def __init__(self, gazetteer: Gazetteer | None = None) -> None:
        self.gazetteer = gazetteer if gazetteer is not None else load()

    def glances(self, batch: Batch) -> list[Glance]:
        """Look through all texts of a batch, for `find`."""
        return self._sieve.glances(batch)

    def find(
        self,
        texts: Sequence[AnalyzedText],
        on: date | None = None,
        *,
        home: str | None = None,
        glances: Sequence[Glance] | None = None,
    ) -> PlaceAnalysis:
        """Analyse title, lead and body (in this order) of an article written on `on`.

        `glances` are those at the texts, where many articles were looked through at once.

        Without a day the era is inferred where the text shows it, else both are considered. `home` is the unit or path of the
        district or province a source reports from: it only settles what the article itself leaves open.
        Raises UnknownUnitError when `home` is no unit.
        """
        if glances is None:
            glances = self.glances(Batch.of(texts))
        items = self._scan(texts, glances)
        ground = self.home(home, on) if home else None
        if not items and ground is None:  # an article in four
            return PlaceAnalysis((), (), Era(on, "date") if on else None)
        genre = Genre(texts, reduce(or_, [glance.hints for glance in glances]))
        kept, era = self._resolve(texts, items, on, ground, genre)
        day = era.day
        province = (*self.gazetteer.parents(ground, day), ground)[0].unit if ground else None
        ranked = Weigher(self.gazetteer, day, genre, province).rank(kept)
        if ground is not None and not any(entry.role == "primary" for entry in ranked):
            ranked = self._from_source(texts, ground, day) + ranked
        places = [self._place(entry, day) for entry in (_settled_at_home(ranked, kept) if ground else ranked)]
        return PlaceAnalysis(tuple(places), tuple([_mention(item, texts) for item in kept]), era if kept or on else None)

    def in_query(self, query: str) -> list[QueryPlace]:
        """Places a search query names, with their spans and candidates; see `query`."""
        return self._query.find(query)

    def home(self, home: str, on: date | None = None) -> Unit:
        """The unit meant by a source's `home` setting (unit identifier or path). Raises UnknownUnitError."""
        if ":" in home:
            return self.gazetteer.unit(home, on)
        for day in (on, EVE, TODAY):
            for unit in self.gazetteer.bearers(home) if day else ():
                if day and unit.covers(day):
                    return unit
        raise UnknownUnitError(home, self.gazetteer.nearest(home.rpartition("/")[2].replace("-", " ")))

    @cached_property
    def _query(self) -> QueryFinder:
        return QueryFinder(self.gazetteer)

    @cached_property
    def _sieve(self) -> Sieve:
        return _sieve_of(self.gazetteer.names)

    def _scan(self, texts: Sequence[AnalyzedText], glances: Sequence[Glance]) -> list[Found]:
        items: list[Found] = []
        for index, (text, glance) in enumerate(zip(texts, glances, strict=True)):
            if not glance.spots:
                continue
            scanner = Scanner(self.gazetteer.names, text, index)
            found = scanner.scan(glance.spots)
            link_chains(found, scanner)
            set_contexts(found, scanner)
            items += found
        set_zones(items, has_lead=len(texts) > 1 and len(texts[1]) > 0)
        return items

    def _resolve(
        self, texts: Sequence[AnalyzedText], items: list[Found], on: date | None, home: Unit | None, genre: Genre
    ) -> tuple[list[Found], Era]:
        """Choose units; also the day whose map they were read on."""

        def resolve(found: Sequence[Found], day: date) -> list[Found]:
            return Resolver(self.gazetteer, day, home, genre).resolve(found)

        if on is not None or not items:
            return resolve(items, on or TODAY), Era(on or TODAY, "date")
        shown = inferred_day((text.text for text in texts), items)
        if shown is not None:
            return resolve(items, shown), Era(shown, "text")
        found, day = resolve_undated(items, resolve)
        return found, Era(day, "both")

    def _from_source(self, texts: Sequence[AnalyzedText], home: Unit, on: date) -> list[Ranked]:
        """The source's own unit, when the text says ``UBND huyện``, ``địa bàn tỉnh`` without ever naming it."""
        for unit in (home, *reversed(self.gazetteer.parents(home, on))):
            if any(speaks_of(text, unit.type) for text in texts):
                return [Ranked(unit, "primary", "source")]
        return []

    def _place(self, entry: Ranked, on: date) -> Place:
        unit = entry.unit
        line = (*self.gazetteer.parents(unit, on), unit)
        names = {part.level: part.name for part in line}
        path = "/".join(map(self.gazetteer.segment, line))
        return Place(
            names["province"],
            names.get("district"),
            names.get("commune"),
            unit.unit,
            path,
            unit.label,
            entry.role,
            entry.rule,
            self.gazetteer.paths_now(unit),
            self.gazetteer.provinces_on(unit, EVE),
        )


@lru_cache(2)
def _sieve_of(names: NameIndex) -> Sieve:
    """One for all finders of a gazetteer: worker processes get it from the one that they are forked from."""
    return Sieve(names)


def _settled_at_home(ranked: Sequence[Ranked], items: Sequence[Found]) -> list[Ranked]:
    """Say of the units that only the source's home told from their namesakes that it did."""
    told = {item.chosen.unit for item in items if item.chosen is not None and item.rule == "home"}
    return [replace(entry, rule="home") if entry.unit.unit in told else entry for entry in ranked]


def _mention(item: Found, texts: Sequence[AnalyzedText]) -> Mention:
    text = texts[item.text]
    return Mention(
        item.text,
        text.starts[item.first],
        text.ends[item.last - 1],
        tuple([unit.unit for unit in item.candidates]),
        item.chosen.unit if item.chosen else None,
        item.rule,
        item.context,
    )
