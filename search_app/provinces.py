"""The list of provinces: today's with what lies in them, and former ones, each with the articles about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import NamedTuple

from analyzers.places import Gazetteer, Unit
from engine.labels import number_label
from engine.model import SearchRequest
from engine.places import PLACE, PLACE_NOW, day_label, last_day

from .addresses import place_path
from .kin import IN_FORCE
from .present import SearchForm, facet_named, query_form
from .site import Site
from .start import CountedLink


@dataclass(frozen=True, slots=True)
class ProvincesPage:
    """Today's provinces and those that are no more."""

    form: SearchForm
    today: tuple[CountedLink, ...]
    former: tuple[CountedLink, ...]


class ProvinceCounts(NamedTuple):
    """Today's provinces and former ones; `timed_out`: counted in a part of the index."""

    today: tuple[Province, ...]
    former: tuple[Province, ...]
    timed_out: bool


class Province(NamedTuple):
    """A province and the number of articles about it; `last` is the last day of a former one."""

    path: str
    unit: Unit
    last: date | None
    articles: int


def provinces_page(site: Site) -> ProvincesPage:
    """The page of all provinces."""
    counts = province_counts(site)
    return ProvincesPage(query_form(), tuple(map(_link, counts.today)), tuple(map(_link, counts.former)))


def province_counts(site: Site) -> ProvinceCounts:
    """Count the articles of every province: of today's by territory, of former ones by name."""
    response = site.searched(SearchRequest(limit=0, facets=(PLACE, PLACE_NOW), facet_limit=1000))
    facets = {name: facet_named(response, name) for name in (PLACE, PLACE_NOW)}
    then, now = ({count.value: count.count for count in facet.counts} if facet else {} for facet in facets.values())
    today, former = provinces(site.gazetteer)
    return ProvinceCounts(
        tuple(Province(path, unit, None, now.get(path, 0)) for path, unit in today),
        tuple(Province(path, unit, last_day(unit), then.get(path, 0)) for path, unit in former),
        response.timed_out,
    )


def _link(one: Province) -> CountedLink:
    label = f"{one.unit.label} (đến {day_label(one.last)})" if one.last else one.unit.label
    return CountedLink(label, number_label(one.articles), place_path(one.path))


@lru_cache(2)
def provinces(gazetteer: Gazetteer) -> tuple[tuple[tuple[str, Unit], ...], tuple[tuple[str, Unit], ...]]:
    """Paths and units of today's provinces, and of former ones whose name is borne no more."""
    units = gazetteer.at(IN_FORCE, "province")
    today = {gazetteer.path(unit): unit for unit in units}
    former: dict[str, Unit] = {}
    seen: set[str] = set()
    waiting = [unit.unit for unit in units]
    while waiting:
        identifier = waiting.pop()
        if identifier in seen:
            continue
        seen.add(identifier)
        former.update({gazetteer.path(version): version for version in gazetteer.versions(identifier)})
        waiting.extend(old.unit for old in gazetteer.predecessors(identifier))
    gone = {path: unit for path, unit in former.items() if path not in today}
    return tuple(sorted(today.items())), tuple(sorted(gone.items()))
