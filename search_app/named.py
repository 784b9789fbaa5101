"""Places that a query names, offered as filters: never applied unasked, each with the count it gives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.places import Gazetteer, PlaceFinder, QueryPlace
from engine.model import Facet, SearchRequest, SearchResponse
from engine.places import PLACE_FIELDS, names_of, place_field
from engine.query import parse
from engine.query.evidence import wanted_texts

from . import state
from .addresses import Addresses, place_path
from .words import count_words, value_words

MOST_CANDIDATES = 6
"""Offers for one name."""
MOST_NAMES = 3
"""Names of one query that are offered."""
MOST_COUNTED = 24
"""Candidates whose articles are counted one by one, where the facet does not tell."""


class PlaceOffer(NamedTuple):
    """A place and the search narrowed to it; `page` is the place's own page."""

    label: str
    articles: str
    href: str
    page: str


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A name in the query as typed, and the places it may be, those with most articles first."""

    name: str
    offers: tuple[PlaceOffer, ...]


def named_places(
    response: SearchResponse, finder: PlaceFinder, count: Callable[[SearchRequest], int], addresses: Addresses
) -> tuple[NamedPlace, ...]:
    """Offers for the places named in the query; none when the search is already filtered by place."""
    request = response.request
    if any(request.filters.get(name) or request.excluded.get(name) for name in PLACE_FIELDS):
        return ()
    counting = _Counting(response, count)
    names = [(text[place.start : place.end], place) for text in wanted_texts(parse(request.q).tree) for place in finder.in_query(text)]
    found = []
    for name, place in names[:MOST_NAMES]:
        paths = _candidates(place, request, finder.gazetteer)
        inside = [path for path in paths if any(_inside(path, other, request, finder.gazetteer) for _, other in names if other != place)]
        counted = sorted(counting.of(inside or paths), key=lambda pair: -pair[1])
        offers = [
            PlaceOffer(
                value_words(place_field(request), path, finder.gazetteer),
                count_words(total),
                addresses.results(state.in_place(request, path)),
                place_path(path),
            )
            for path, total in counted[:MOST_CANDIDATES]
        ]
        if offers:
            found.append(NamedPlace(name, tuple(offers)))
    return tuple(dict.fromkeys(found))


def _candidates(place: QueryPlace, request: SearchRequest, gazetteer: Gazetteer) -> list[str]:
    """Paths that a name may mean, likeliest first."""
    if names_of(request) == "now":
        return list(dict.fromkeys(path for unit in place.units for path in gazetteer.paths_now(unit)))
    return list(dict.fromkeys(gazetteer.path(unit) for unit in place.units))


def _inside(path: str, other: QueryPlace, request: SearchRequest, gazetteer: Gazetteer) -> bool:
    return any(path.startswith(f"{above}/") for above in _candidates(other, request, gazetteer))


class _Counting:
    """Counts of places within the result: from the facet where it lists all it has, else by searching."""

    def __init__(self, response: SearchResponse, count: Callable[[SearchRequest], int]) -> None:
        self._request = response.request
        self._count = count
        name = place_field(response.request)
        facet = next((facet for facet in response.facets if facet.field == name), Facet(name, (), truncated=True))
        self._known = {value.value: value.count for value in facet.counts}
        self._complete = not facet.truncated
        self._left = MOST_COUNTED

    def of(self, paths: Sequence[str]) -> list[tuple[str, int]]:
        """Those of `paths` that have articles, with how many."""
        return [(path, total) for path in paths if (total := self._of(path))]

    def _of(self, path: str) -> int:
        if names_of(self._request) != "lineage" and (self._complete or path in self._known):
            return self._known.get(path, 0)
        self._left -= 1
        return self._count(state.in_place(self._request, path)) if self._left >= 0 else 0
