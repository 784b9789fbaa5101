"""The page of a place: what it was and is, and the articles about it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from analyzers.places import Gazetteer
from engine.labels import number_label
from engine.model import SearchRequest
from engine.places import PLACE, PLACE_NOW, PlaceNames, lineage, meaning, now_label, place_label, unit_now

from . import state
from .addresses import place_path
from .excerpt import PlaceLink, Result, result
from .kin import Bearer, Kin, bearers, homonyms
from .locator import Locator, PartsMap, locator, parts_map
from .map_page import EVERY_PLACE
from .present import SearchForm, facet_named, query_form
from .site import Site
from .start import CountedLink
from .timeline import Timeline, timeline
from .words import count_words, value_words

LATEST = 6
TERMS = 12
HOMONYMS_SHOWN = 8
PARTS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Parts:
    """Units inside a place, those with articles first; `more` have none or fewer."""

    words: str
    when: str
    shown: tuple[CountedLink, ...]
    more: tuple[CountedLink, ...]


class Within(NamedTuple):
    """A search for the articles of a place: what it covers, how many it finds."""

    text: str
    articles: str
    href: str


class ArticleCounts(NamedTuple):
    """Articles about a place, by each way of naming that can differ for it; `timed_out`: of a part of the index."""

    totals: dict[PlaceNames, int]
    timed_out: bool


@dataclass(frozen=True, slots=True)
class PlacePage:
    """Everything the page of a place shows. `names` are those of the articles listed."""

    form: SearchForm
    path: str
    title: str
    above: tuple[Kin, ...]
    bearers: tuple[Bearer, ...]
    parts: tuple[Parts, ...]
    locator: Locator | None
    map: PartsMap | None
    homonyms: tuple[Kin, ...]
    more_homonyms: tuple[Kin, ...]
    searches: tuple[Within, ...]
    hidden: tuple[tuple[str, str], ...]
    latest: tuple[Result, ...]
    terms: tuple[PlaceLink, ...]
    timeline: Timeline | None
    every_date: str
    everything: str


def place_page(site: Site, path: str) -> PlacePage | None:
    """Look at a place; None when no unit ever bore `path`."""
    gazetteer = site.gazetteer
    units = bearers(path, gazetteer)
    if not units:
        return None
    searches = _searches(site, path)
    totals = article_counts(site, path).totals
    request = searches[next((names for names, total in totals.items() if total), "then")]
    response = site.searched(replace(request, limit=LATEST, snippets=1))
    facet = facet_named(response, "term")
    counts = _counts(site) if any(unit.children for unit in units) else {}
    others = homonyms(path, gazetteer)
    return PlacePage(
        form=query_form(),
        path=path,
        title=units[0].label,
        above=units[0].parents,
        bearers=units,
        parts=tuple(_parts(unit, counts.get(PLACE_NOW if unit.in_force else PLACE, {}), gazetteer) for unit in units if unit.children),
        locator=locator(units, gazetteer),
        map=parts_map(units[0].unit, counts.get(PLACE_NOW, {}), gazetteer),
        homonyms=others[:HOMONYMS_SHOWN],
        more_homonyms=others[HOMONYMS_SHOWN:],
        searches=tuple(
            Within(_covered(names, path, gazetteer), count_words(totals[names]), site.addresses.results(searches[names]))
            for names in searches
        ),
        hidden=tuple(pair for pair in site.addresses.pairs(request) if pair[0] in ("noi", "cach")),
        latest=tuple(result(hit, request, site.addresses) for hit in response.hits),
        terms=tuple(
            PlaceLink(count.label, site.addresses.results(state.added(request, "term", count.value)))
            for count in (facet.counts if facet else ())[:TERMS]
        ),
        timeline=timeline(facet_named(response, "date"), (), lambda value: site.addresses.results(state.only(request, "date", value))),
        every_date=site.addresses.results(request),
        everything=site.addresses.results(request),
    )


def article_counts(site: Site, path: str) -> ArticleCounts:
    """Count the articles about a place."""
    found = {names: site.searched(replace(request, limit=0, facets=(), snippets=0)) for names, request in _searches(site, path).items()}
    totals = {names: response.total for names, response in found.items()}
    return ArticleCounts(totals, timed_out=any(response.timed_out for response in found.values()))


def _searches(site: Site, path: str) -> dict[PlaceNames, SearchRequest]:
    return {names: _request(site, path, names) for names in _ways(path, site.gazetteer)}


def _ways(path: str, gazetteer: Gazetteer) -> tuple[PlaceNames, ...]:
    """The ways of naming that can differ for a place."""
    ways: list[PlaceNames] = ["then"]
    if lineage(path, gazetteer):
        ways.append("lineage")
    if unit_now(path, gazetteer):
        ways.append("now")
    return tuple(ways)


def _request(site: Site, path: str, names: PlaceNames) -> SearchRequest:
    name = PLACE_NOW if names == "now" else PLACE
    request = SearchRequest(filters={name: (path,)}, limit=site.addresses.page_size, sort="newest")
    return meaning(request, names, site.gazetteer)


def _covered(names: PlaceNames, path: str, gazetteer: Gazetteer) -> str:
    if names == "now":
        return f"trên địa bàn {now_label(path, gazetteer)} hiện nay, gồm cả bài cũ"
    if names == "then":
        return f"mang tên {place_label(path, gazetteer)} vào ngày đăng"
    before = lineage(path, gazetteer)
    named = value_words(PLACE, before[0].path, gazetteer) if len(before) == 1 else f"{len(before)} đơn vị tiền thân"
    return f"mang tên ấy, gồm cả {named}"


def _counts(site: Site) -> dict[str, dict[str, int]]:
    """The articles of every place, by name on the day and by territory today."""
    response = site.searched(SearchRequest(limit=0, snippets=0, facets=(PLACE, PLACE_NOW), facet_limit=EVERY_PLACE))
    return {facet.field: {count.value: count.count for count in facet.counts} for facet in response.facets}


def _parts(bearer: Bearer, counts: dict[str, int], gazetteer: Gazetteer) -> Parts:
    """The units inside, by articles, then as the lists of the state have them."""
    paths = [(child, gazetteer.path(child)) for child in bearer.children]
    links = [(counts.get(path, 0), CountedLink(child.label, "", place_path(path))) for child, path in paths]
    links.sort(key=lambda pair: -pair[0])
    rows = [link._replace(articles=number_label(count) if count else "") for count, link in links]
    when = "hiện nay" if bearer.in_force else bearer.years
    return Parts(f"{len(rows)} đơn vị bên trong {bearer.label}", when, tuple(rows[:PARTS_SHOWN]), tuple(rows[PARTS_SHOWN:]))
