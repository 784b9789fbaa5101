"""Surgery on the state of a search: each function returns the request that a link leads to.

All are pure. Whatever changes a filter, the query or the order leads to the first page.
"""

from __future__ import annotations

from dataclasses import replace

from analyzers.places import Place
from engine.changes import (
    allowed,
    asking,
    browsing,
    filter_count,
    removed,
    with_values,
    without_dates,
    without_facet,
    without_filters,
)
from engine.model import SearchRequest, Sort
from engine.places import PLACE, names_of, place_field

__all__ = [
    "added", "allowed", "asking", "at_place", "browsing", "filter_count", "in_place", "on_page", "only", "page_of", "removed", "sorted_by",
    "toggled", "without_dates", "without_excluded", "without_facet", "without_filters",
]  # fmt: skip


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """Page `page`, counted from 1."""
    return replace(request, offset=(page - 1) * request.limit)


def sorted_by(request: SearchRequest, sort: Sort, *, fresh: bool = False) -> SearchRequest:
    """The same search in another order; `fresh`: by relevance, newer articles a little higher."""
    return replace(request, sort=sort, fresh=fresh, offset=0)


def added(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With `value` selected in `facet`, beside what is selected there."""
    values = (*request.filters.get(facet, ()), value)
    return replace(request, filters=with_values(request.filters, facet, tuple(dict.fromkeys(values))), offset=0)


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """`value` selected when it was not, and the other way round."""
    change = removed if value in request.filters.get(facet, ()) else added
    return change(request, facet, value)


def only(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """`value` alone selected in `facet`; nothing when it was already alone: what a bar of the time line does."""
    values = () if request.filters.get(facet) == (value,) else (value,)
    return replace(request, filters=with_values(request.filters, facet, values), offset=0)


def at_place(request: SearchRequest, place: Place) -> SearchRequest:
    """With a place of an article selected: as called then, or where its territory lies today."""
    if names_of(request) != "now":
        return added(request, PLACE, place.path)
    for path in place.now:
        request = added(request, place_field(request), path)
    return request


def in_place(request: SearchRequest, path: str) -> SearchRequest:
    """In one place and no other."""
    name = place_field(request)
    filters = {**{one: values for one, values in request.filters.items() if one != PLACE}, name: (path,)}
    return browsing(replace(request, filters=filters, offset=0))


def without_excluded(request: SearchRequest) -> SearchRequest:
    """Leaving nothing out."""
    return replace(request, excluded={}, offset=0)


def page_of(request: SearchRequest) -> int:
    """The page a request shows, counted from 1."""
    return request.offset // request.limit + 1 if request.limit else 1
