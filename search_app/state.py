"""Surgery on the state of a search: each function returns the request that a link leads to.

All are pure. Whatever changes a filter, the query or the order leads to the first page.
"""

from __future__ import annotations

from dataclasses import replace

from analyzers.places import Place
from engine import places
from engine.model import DateRange, SearchRequest, Sort
from engine.places import PLACE, chosen, left_out, names_of, place_field

Values = dict[str, tuple[str, ...]]


def on_page(request: SearchRequest, page: int) -> SearchRequest:
    """Page `page`, counted from 1."""
    return replace(request, offset=(page - 1) * request.limit)


def sorted_by(request: SearchRequest, sort: Sort) -> SearchRequest:
    """The same search in another order."""
    return replace(request, sort=sort, offset=0)


def asking(request: SearchRequest, q: str) -> SearchRequest:
    """The same filters with another query."""
    return browsing(replace(request, q=q, offset=0))


def browsing(request: SearchRequest) -> SearchRequest:
    """Without a query there is nothing to be relevant to: newest first. With one, the request as it is."""
    return request if request.q.strip() or request.sort != "relevance" else replace(request, sort="newest")


def added(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """With `value` selected in `facet`, beside what is selected there."""
    values = (*request.filters.get(facet, ()), value)
    return replace(request, filters=_with(request.filters, facet, tuple(dict.fromkeys(values))), offset=0)


def removed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """Without `value` in `facet`."""
    kept = places.unfiltered(request, value) if facet == PLACE else _without(request.filters.get(facet, ()), value)
    return replace(request, filters=_with(request.filters, facet, kept), offset=0)


def toggled(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """`value` selected when it was not, and the other way round."""
    change = removed if value in request.filters.get(facet, ()) else added
    return change(request, facet, value)


def only(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """`value` alone selected in `facet`; nothing when it was already alone: what a bar of the time line does."""
    values = () if request.filters.get(facet) == (value,) else (value,)
    return replace(request, filters=_with(request.filters, facet, values), offset=0)


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


def allowed(request: SearchRequest, facet: str, value: str) -> SearchRequest:
    """No longer leaving out `value`."""
    kept = places.allowed(request, value) if facet == PLACE else _without(request.excluded.get(facet, ()), value)
    return replace(request, excluded=_with(request.excluded, facet, kept), offset=0)


def without_facet(request: SearchRequest, facet: str) -> SearchRequest:
    """Without any selection in `facet`."""
    return replace(request, filters=_with(request.filters, facet, ()), offset=0)


def without_dates(request: SearchRequest) -> SearchRequest:
    """Without first and last day."""
    return replace(request, dates=DateRange(), offset=0)


def without_excluded(request: SearchRequest) -> SearchRequest:
    """Leaving nothing out."""
    return replace(request, excluded={}, offset=0)


def without_filters(request: SearchRequest) -> SearchRequest:
    """The query and its order alone."""
    return replace(request, filters={}, excluded={}, dates=DateRange(), offset=0)


def page_of(request: SearchRequest) -> int:
    """The page a request shows, counted from 1."""
    return request.offset // request.limit + 1 if request.limit else 1


def filter_count(request: SearchRequest) -> int:
    """How many conditions besides the query are set: the number on the button of the drawer."""
    conditions = sum(len(chosen(request, name)) for name in request.filters) + sum(
        len(left_out(request, name)) for name in request.excluded
    )
    return conditions + bool(request.dates.first or request.dates.last)


def _without(values: tuple[str, ...], value: str) -> tuple[str, ...]:
    return tuple(one for one in values if one != value)


def _with(values: Values, facet: str, selected: tuple[str, ...]) -> Values:
    """`values` with those of one facet replaced; a facet without any is left out."""
    changed = {name: given for name, given in values.items() if name != facet}
    return {**changed, facet: selected} if selected else changed
