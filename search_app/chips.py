"""Chips: the conditions of a search as a sentence, each of which can be taken out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.places import Gazetteer
from engine.dates import parse_partial
from engine.labels import date_label
from engine.model import UNKNOWN, SearchRequest
from engine.parameters import PARAMETERS_OF_FIELDS, parameters_of
from engine.places import PLACE, PLACE_NOW, PLACE_OLD, PlacedRequest, chosen, left_out

from . import state
from .addresses import Addresses
from .words import value_words

_LEADS = {PLACE: "ở", PLACE_NOW: "ở nơi nay là", PLACE_OLD: "ở địa bàn trước 1/7/2025 của", "date": "đăng", "term": "về", "source": "trên"}


@dataclass(frozen=True, slots=True)
class Chip:
    """`lead` stands before the chip in the sentence, `text` on it; `without` is the search that lacks it."""

    lead: str
    text: str
    without: SearchRequest
    href: str

    @property
    def action(self) -> str:
        """What taking it out does, for a reader who hears only the link."""
        return f"Bỏ điều kiện: {self.lead} {self.text}"


def chips(request: SearchRequest, gazetteer: Gazetteer, addresses: Addresses) -> tuple[Chip, ...]:
    """Chips of a request in the order of the sentence: query, places, dates, terms, sources, what is left out."""
    return tuple(Chip(lead, text, without, addresses.results(without)) for lead, text, without in _conditions(request, gazetteer))


def _conditions(request: SearchRequest, gazetteer: Gazetteer) -> Iterator[tuple[str, str, SearchRequest]]:
    if request.q.strip():
        yield "có", request.q, state.asking(request, "")
    for facet in PARAMETERS_OF_FIELDS:
        for number, value in enumerate(chosen(request, facet)):
            lead = "hoặc" if number else _LEADS[facet]
            yield lead, _words(request, facet, value, gazetteer, out=False), state.removed(request, facet, value)
        if facet == "date" and (request.dates.first or request.dates.last):
            yield "đăng", range_words(request), state.without_dates(request)
    for facet in request.excluded:
        for value in left_out(request, facet):
            lead = "trừ" if value == UNKNOWN or facet == "date" else f"trừ bài {_LEADS[facet]}"
            yield lead, _words(request, facet, value, gazetteer, out=True), state.allowed(request, facet, value)


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
