"""Changes to a request that links and offers lead to: each function returns the request as it would be.

All are pure. Whatever changes a filter or the query leads to the first page.
"""

from __future__ import annotations

from dataclasses import replace

from engine import places
from engine.model import DateRange, SearchRequest
from engine.places import PLACE, chosen, left_out

Values = dict[str, tuple[str, ...]]


def asking(request: SearchRequest, q: str) -> SearchRequest:
    """The same filters with another query."""
    return browsing(replace(request, q=q, offset=0))


def browsing(request: SearchRequest) -> SearchRequest:
    """Without a query there is nothing to be relevant to: newest first. With one, the request as it is."""
    return request if request.q.strip() or request.sort != "relevance" else replace(request, sort="newest")


def removed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Without `value` in `facet`."""
    kept = places.unfiltered(request, value) if facet == PLACE else _without(request.filters.get(facet, ()), value)
    return replace(request, filters=with_values(request.filters, facet, kept), offset=0)


def allowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """No longer leaving out `value`."""
    kept = places.allowed(request, value) if facet == PLACE else _without(request.excluded.get(facet, ()), value)
    return replace(request, excluded=with_values(request.excluded, facet, kept), offset=0)


def without_facet(request: SearchRequest, facet: str) -> SearchRequest:
    """Without any selection in `facet`."""
    return replace(request, filters=with_values(request.filters, facet, ()), offset=0)


def without_dates(request: SearchRequest) -> SearchRequest:
    """Without first and last day."""
    return replace(request, dates=DateRange(), offset=0)


def without_filters(request: SearchRequest) -> SearchRequest:
    """The query and its order alone."""
    return replace(request, filters={}, excluded={}, dates=DateRange(), offset=0)


def filter_count(request: SearchRequest) -> int:
    """How many conditions besides the query are set: the number on the button of the drawer."""
    conditions = sum(len(chosen(request, name)) for name in request.filters) + sum(
        len(left_out(request, name)) for name in request.excluded
    )
    return conditions + bool(request.dates.first or request.dates.last)


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def with_values(values: Values, facet: str, selected: tuple[str, ...]) -> Values:
    """`values` with those of one facet replaced; a facet without any is left out."""
    changed = {name: given for name, given in values.items() if name != facet}
    return {**changed, facet: selected} if selected else changed
