"""The start page: what the archive covers, and searches to begin with, each of which finds something."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from engine.labels import date_label, number_label
from engine.model import UNKNOWN, FacetCount, SearchRequest, SearchResponse
from engine.places import PLACE, place_note

from . import state
from .examples import examples
from .excerpt import PlaceLink, Result, result
from .present import SearchForm, facet_named, query_form
from .site import Site
from .timeline import Timeline, timeline

LATEST = 6
TOP = 8
MOST_EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the archive holds, as words."""

    documents: str
    copies: str
    """Near-duplicates beside them, "" when there are none."""
    first: str | None
    last: str | None
    sources: str | None


class CountedLink(NamedTuple):
    """A value, how many articles have it, and the search for them; `note` says until when a place was."""

    label: str
    articles: str
    href: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class StartPage:
    """Everything the start page shows; `empty` when nothing is indexed yet."""

    form: SearchForm
    notices: tuple[str, ...]
    empty: bool
    coverage: Coverage
    examples: tuple[PlaceLink, ...]
    places: tuple[CountedLink, ...]
    terms: tuple[CountedLink, ...]
    sources: tuple[CountedLink, ...]
    latest: tuple[Result, ...]
    everything: str
    timeline: Timeline | None
    every_date: str


def start_page(site: Site) -> StartPage:
    """Look at the whole archive."""
    everything = state.browsing(SearchRequest(limit=site.addresses.page_size))
    request = SearchRequest(sort="newest", limit=LATEST, snippets=1)
    response = site.searcher.search(request)
    return StartPage(
        form=query_form(),
        notices=tuple(notice.message for notice in response.notices),
        empty=response.total == 0 and not response.timed_out,
        coverage=_coverage(site, response),
        examples=examples(site.count, site.addresses, MOST_EXAMPLES),
        places=_top(site, response, "place"),
        terms=_top(site, response, "term"),
        sources=_top(site, response, "source"),
        latest=tuple(result(hit, everything, site.addresses) for hit in response.hits),
        everything=site.addresses.results(everything),
        timeline=timeline(facet_named(response, "date"), (), lambda value: site.addresses.results(state.only(everything, "date", value))),
        every_date=site.addresses.results(everything),
    )


def _coverage(site: Site, response: SearchResponse) -> Coverage:
    oldest = site.searcher.search(SearchRequest(sort="oldest", limit=1, facets=(), snippets=0)).hits
    first = oldest[0].document.published if oldest else None
    last = response.hits[0].document.published if response.hits else None
    copies = site.searcher.search(SearchRequest(limit=0, facets=(), copies=True)).total - response.total
    facet = facet_named(response, "source")
    sources = [count for count in facet.counts if count.value != UNKNOWN] if facet else []
    more = "hơn " if facet and facet.truncated else ""
    return Coverage(
        documents=number_label(response.total),
        copies=number_label(copies) if copies > 0 else "",
        first=date_label(first) if first else None,
        last=date_label(last) if last else None,
        sources=f"{more}{number_label(len(sources))}" if sources else None,
    )


def _top(site: Site, response: SearchResponse, field: str) -> tuple[CountedLink, ...]:
    """The values most articles have; of places the provinces."""
    facet = facet_named(response, field)
    counts = [count for count in facet.counts if _is_top(field, count)] if facet else []
    request = state.browsing(SearchRequest(limit=site.addresses.page_size))
    return tuple(
        CountedLink(
            count.label,
            number_label(count.count),
            site.addresses.results(state.added(request, field, count.value)),
            place_note(count.value, site.gazetteer) if field == PLACE else "",
        )
        for count in counts[:TOP]
    )


def _is_top(field: str, count: FacetCount) -> bool:
    return count.value != UNKNOWN and not (field == "place" and "/" in count.value)
