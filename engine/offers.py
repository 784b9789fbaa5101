"""What else to search for: other spellings, and wider searches when nothing was found, each with the count it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import NamedTuple

from analyzers.places import Gazetteer
from engine.changes import asking, filter_count, without_filters
from engine.conditions import conditions, value_words
from engine.model import DateRange, Offer, OfferKind, SearchRequest
from engine.places import PLACE, PLACE_NOW, chosen, lineage, meaning, names_of, paths_today
from engine.query import parse
from engine.query.tree import InField, Not
from engine.query.wider import any_word, loose, without_a_condition, without_marks

MOST = 6
"""Offers made."""
MOST_TRIED = 24
"""Searches tried to find them."""
_YEAR = timedelta(365)

Count = Callable[[SearchRequest], int]


class Idea(NamedTuple):
    """A search to try."""

    kind: OfferKind
    text: str
    request: SearchRequest


def worthwhile(ideas: Iterable[Idea], count: Count, more_than: int = 0, most: int = MOST) -> tuple[Offer, ...]:
    """Those that find more than `more_than`, in their order; each different request is tried once."""
    found: list[Offer] = []
    tried: list[SearchRequest] = []
    for idea in ideas:
        if len(tried) >= MOST_TRIED or len(found) >= most:
            break
        if idea.request in tried:
            continue
        tried.append(idea.request)
        total = count(idea.request)
        if total > more_than:
            found.append(Offer(idea.kind, idea.text, idea.request, total))
    return tuple(found)


def wider(request: SearchRequest, gazetteer: Gazetteer) -> Iterator[Idea]:
    """Wider searches, in the order a reader would try them."""
    request = replace(request, offset=0)
    return chain(_units(request, gazetteer), _dates(request), _words(request), _fewer(request, gazetteer))


def _units(request: SearchRequest, gazetteer: Gazetteer) -> Iterator[Idea]:
    """The units before and after the chosen ones."""
    paths = chosen(request, PLACE) or chosen(request, PLACE_NOW)
    names = names_of(request)
    bare = {name: values for name, values in request.filters.items() if name not in (PLACE, PLACE_NOW)}
    if names != "lineage" and any(lineage(path, gazetteer) for path in paths):
        yield Idea("unit", "Gồm cả các đơn vị tiền thân", meaning(replace(request, filters={**bare, PLACE: paths}), "lineage", gazetteer))
    heirs = tuple(paths_today(paths, gazetteer)) if names != "now" else ()
    if heirs and heirs != paths:
        label = value_words(PLACE_NOW, heirs[0], gazetteer) if len(heirs) == 1 else f"{len(heirs)} đơn vị"
        text = f"Theo đơn vị kế thừa hiện nay: {label}"
        yield Idea("unit", text, meaning(replace(request, filters={**bare, PLACE_NOW: heirs}), "now", gazetteer))


def _dates(request: SearchRequest) -> Iterator[Idea]:
    first, last = request.dates.first, request.dates.last
    if first or last:
        try:
            dates = DateRange(first - _YEAR if first else None, last + _YEAR if last else None)
        except OverflowError:  # the calendar ends there
            return
        yield Idea(
            "dates",
            "Nới thời gian thêm một năm mỗi phía" if first and last else "Nới thời gian thêm một năm",
            replace(request, dates=dates),
        )
    months = request.filters.get("date", ())
    years = tuple(dict.fromkeys(value[:4] for value in months))
    if years != months and all(year.isdigit() for year in years):
        yield Idea("dates", f"Cả năm {', '.join(years)}", replace(request, filters={**request.filters, "date": years}))


def _words(request: SearchRequest) -> Iterator[Idea]:
    tree = parse(request.q).tree
    for child, rest in without_a_condition(tree):
        if isinstance(child, Not):
            yield Idea("words", f"Bỏ “{child}”", asking(request, str(rest)))
    changes: tuple[tuple[OfferKind, str, str], ...] = (
        ("phrase", "Không cần đúng cụm", str(loose(tree))),
        ("marks", "Viết không dấu", str(without_marks(tree))),
        ("words", "Có bất kỳ từ nào", str(any_word(tree))),
    )
    for kind, text, q in changes:
        if q != str(tree):
            yield Idea(kind, text, asking(request, q))
    for child, rest in without_a_condition(tree):
        if isinstance(child, InField):
            yield Idea("filter", f"Bỏ “{child}”", asking(request, str(rest)))


def _fewer(request: SearchRequest, gazetteer: Gazetteer) -> Iterator[Idea]:
    for condition in conditions(request, gazetteer):
        if condition.without.q == request.q:
            yield Idea("filter", f"Bỏ “{condition.lead} {condition.text}”", condition.without)
    filters = filter_count(request)
    if filters > 1:
        yield Idea("filter", "Bỏ mọi bộ lọc", without_filters(request))
    tree = parse(request.q).tree
    q = str(any_word(loose(tree)))
    if q != str(tree):
        yield Idea("words", "Có bất kỳ từ nào", asking(request, q))
    if filters and q != str(tree):
        yield Idea("words", "Có bất kỳ từ nào, bỏ mọi bộ lọc", asking(without_filters(request), q))
