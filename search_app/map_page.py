"""The page of the map: a search on the country, as wide as the window allows."""

from __future__ import annotations

from dataclasses import dataclass, replace

from engine.model import SearchResponse
from engine.parameters import Requested
from engine.places import PLACE_NOW, PLACE_OLD

from . import state
from .chips import Chip, chips
from .choropleth import CountryMap, country_map, era_of
from .offers import NoticeLine, notice_lines
from .present import SearchForm, query_form
from .site import Site
from .words import count_words

EVERY_PLACE = 20_000
"""More values than there are paths of places."""


@dataclass(frozen=True, slots=True)
class MapPage:
    """Everything the page of the map shows."""

    form: SearchForm
    heading: str
    count: str
    results: str
    chips: tuple[Chip, ...]
    notices: tuple[NoticeLine, ...]
    map: CountryMap | None


def counted(site: Site, requested: Requested) -> SearchResponse:
    """What a search finds, by place of today, by province of before July 2025 and by date; no hits."""
    request = state.browsing(state.on_page(requested.request, 1))
    every = replace(request, limit=0, offset=0, snippets=0, facets=("date", PLACE_NOW, PLACE_OLD), facet_limit=EVERY_PLACE)
    return site.answer(requested._replace(request=every))


def map_page(site: Site, era: str) -> MapPage:
    """Count the provinces of the search that the current address asks for."""
    requested = site.requested()
    request = state.browsing(state.on_page(requested.request, 1))
    response = counted(site, requested)
    request = replace(request, q=response.request.q)
    response = replace(response, request=request)
    return MapPage(
        form=query_form(request.q),
        heading=f"Tìm “{request.q}”" if request.q.strip() else "Mọi bài trong kho",
        count=count_words(response.total),
        results=site.addresses.results(request),
        chips=chips(request, site.gazetteer, site.addresses),
        notices=notice_lines(response, site.addresses),
        map=country_map(response, era_of(response, era), site.gazetteer, site.addresses),
    )
