"""The conditions of a request in words, each with the request that lacks it: what chips show and offers drop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from analyzers.places import Gazetteer
from engine.changes import allowed, asking, removed, without_dates
from engine.dates import parse_partial
from engine.facets import facet_label
from engine.labels import date_label
from engine.model import UNKNOWN, SearchRequest
from engine.parameters import PARAMETERS_OF_FIELDS, parameters_of
from engine.places import PLACE, PLACE_FIELDS, PLACE_NOW, PLACE_OLD, PlacedRequest, chosen, left_out

_LEADS = {
    PLACE: "ở",
    PLACE_NOW: "ở nơi nay là",
    PLACE_OLD: "ở địa bàn trước 1/7/2025 của",
    "date": "đăng",
    "period": "về kỳ",
    "tenure": "nói đến",
    "term": "về",
    "source": "trên",
}
_UNKNOWN = {
    "place": "nơi không rõ",
    "place_now": "nơi không rõ",
    "place_old": "nơi không rõ",
    "date": "ngày không rõ",
    "period": "kỳ không rõ",
    "tenure": "nhiệm kỳ không rõ",
    "term": "từ khóa không rõ",
    "source": "nguồn không rõ",
}


class Condition(NamedTuple):
    """`lead` and `text` make part of a sentence (*ở* *tỉnh Gia Lai*); `without` is the request that lacks it."""

    lead: str
    text: str
    without: SearchRequest


def conditions(request: SearchRequest, gazetteer: Gazetteer) -> Iterator[Condition]:
    """Yield the conditions in the order of the sentence: query, places, dates, terms, sources, what is left out."""
    if request.q.strip():
        yield Condition("có", request.q, asking(request, ""))
    if request.cluster:
        yield Condition("cùng nội dung với", "một bài khác", replace(request, cluster=0, offset=0))
    for facet in PARAMETERS_OF_FIELDS:
        for number, value in enumerate(chosen(request, facet)):
            lead = "hoặc" if number else _LEADS[facet]
            yield Condition(lead, _words(request, facet, value, gazetteer, out=False), removed(request, facet, value))
        if facet == "date" and (request.dates.first or request.dates.last):
            yield Condition("đăng", range_words(request), without_dates(request))
    for facet in request.excluded:
        for value in left_out(request, facet):
            lead = "trừ" if value == UNKNOWN or facet == "date" else f"trừ bài {_LEADS[facet]}"
            yield Condition(lead, _words(request, facet, value, gazetteer, out=True), allowed(request, facet, value))


def _words(request: SearchRequest, facet: str, value: str, gazetteer: Gazetteer, *, out: bool) -> str:
    """A value, and what it brings: ``tỉnh Tây Ninh, gồm cả tỉnh Long An``."""
    words = value_words(facet, value, gazetteer)
    if facet != PLACE or not isinstance(request, PlacedRequest):
        return words
    brought = (request.brought_out if out else request.brought).get(value, ())
    if not brought:
        return words
    first = value_words(facet, brought[0], gazetteer)
    return f"{words}, gồm cả {first if len(brought) == 1 else f'{len(brought)} đơn vị tiền thân'}"


def range_words(request: SearchRequest) -> str:
    """``từ tháng 1/2023 đến tháng 6/2023``, with either end left open."""
    values = dict(parameters_of(request))
    ends = [("từ", request.dates.first, values.get("tu")), ("đến", request.dates.last, values.get("den"))]
    return " ".join(f"{word} {_day_words(value)}" for word, day, value in ends if day and value)


def _day_words(value: str) -> str:
    return date_label(parse_partial(value))


@lru_cache(8192)
def value_words(facet: str, value: str, gazetteer: Gazetteer) -> str:
    """A facet value standing alone, where no parent beside it tells homonyms apart."""
    if value == UNKNOWN:
        return _UNKNOWN[facet]
    label = facet_label(facet, value, gazetteer)
    if facet not in PLACE_FIELDS or "/" not in value:
        return label
    return f"{label} ({', '.join(dict.fromkeys(_names_above(value, gazetteer)))})"


def _names_above(path: str, gazetteer: Gazetteer) -> list[str]:
    """Names of the units above a path, nearest first."""
    parts = path.split("/")
    return [_name("/".join(parts[:length]), gazetteer) for length in range(len(parts) - 1, 0, -1)]


@lru_cache(4096)
def _name(path: str, gazetteer: Gazetteer) -> str:
    """Name without type of the unit that bears a path (the last that bore it)."""
    units = gazetteer.bearers(path)
    return units[-1].name if units else path
