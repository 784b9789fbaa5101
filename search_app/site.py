"""What every view needs: the searcher and the addresses, and the way from an address to a response."""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import request as http

from analyzers.places import Gazetteer, PlaceFinder
from engine.address_search import address_notices
from engine.date_words import vietnam_today
from engine.dates import BadDate, ends
from engine.model import SearchRequest, SearchResponse
from engine.parameters import Requested, request_from
from engine.place_values import shown
from engine.places import widened
from engine.search import Searcher
from engine.source_values import SOURCE, unknown_sources

from . import strict
from .addresses import Addresses, Pairs

ERAS = ("34", "63")
"""Maps that an address may ask for: provinces of today, and of before July 2025."""


@dataclass(frozen=True, slots=True)
class Site:
    """One web site over one index."""

    searcher: Searcher
    addresses: Addresses
    version: str
    """What changes when answers are made otherwise: `program`, and the settings that they show."""

    @property
    def finder(self) -> PlaceFinder:
        return self.searcher.index.analyzer.finder

    @property
    def gazetteer(self) -> Gazetteer:
        return self.finder.gazetteer

    def requested(self, page_size: int | None = None) -> Requested:
        """The search that the current address asks for; `page_size` is what it means when it does not say."""
        return request_from(http.args.to_dict(flat=False), self.gazetteer, page_size or self.addresses.page_size)

    def asked(self, page_size: int | None = None) -> Requested:
        """The same for a program. Raises BadParametersError where a page would go on without a part of it."""
        requested = self.requested(page_size)
        strict.check_values(requested.faults)
        return requested

    def edition(self) -> str | None:
        """A text that changes whenever an address may be answered otherwise: with a commit, the day, another `version`. None: who knows."""
        commit = self.searcher.index.edition()
        return None if commit is None else f"{self.version} {vietnam_today()} {self.addresses.page_size} {commit}"

    def answer(self, requested: Requested) -> SearchResponse:
        """Run it; what was wrong with the address stands before what was said about the query."""
        response = self.searched(requested.request)
        sources = unknown_sources(requested.request, lambda: self.searcher.index.snapshot().keys(SOURCE, ""))
        told = (*sources, *address_notices(self.searcher, requested.request.q))
        return replace(response, notices=(*requested.notices, *told, *response.notices))

    def searched(self, request: SearchRequest) -> SearchResponse:
        """Run a request of our own."""
        return self.searcher.search(request)

    def count(self, request: SearchRequest) -> int:
        """Number of articles a request finds."""
        return self.searcher.count(widened(request, self.gazetteer))


def given_pairs() -> Pairs:
    """The parameters of the current address as they were given, in their order."""
    return list(http.args.items(multi=True))


def bad_dates() -> dict[str, BadDate]:
    """Dates of the current address that cannot be read, by parameter."""
    given = {name: http.args.get(name, "").strip() for name in ("tu", "den")}
    bad = ends(shown(given["tu"]), shown(given["den"]))[1]
    return {name: one._replace(text=given[name]) for name, one in bad.items()}


def asked_era() -> str:
    """The map that the current address asks for: ``34``, ``63`` or none."""
    era = http.args.get("bando", "")
    return era if era in ERAS else ""


def root() -> str:
    """Address of the site as the browser sees it, without a slash behind."""
    return http.url_root.rstrip("/")
