"""What a result shows of an article: shared by the result page and the start page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

from markupsafe import Markup

from analyzers.dates import PartialDate
from engine.facets import time_label
from engine.labels import date_label
from engine.model import Hit, SearchRequest, StoredDocument

from . import state
from .addresses import Addresses, place_path
from .formula import FormulaLine, formula
from .markup import marked
from .words import date_rule_words, place_words

PLACES_SHOWN = 3
PERIODS_SHOWN = 3


class PlaceLink(NamedTuple):
    """A place and the search narrowed to it; `page` is the place's own page."""

    label: str
    href: str
    page: str | None = None


class DateView(NamedTuple):
    """A date as a reader sees it; `machine` is empty when it is not known, `why` tells how it was found."""

    label: str
    machine: str
    why: str


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a list."""

    rank: int
    href: str
    title: Markup
    date: DateView
    source: str | None
    category: str | None
    places: tuple[PlaceLink, ...]
    places_left: int
    snippets: tuple[Markup, ...]
    periods: tuple[PlaceLink, ...] = ()
    similar: str = ""
    similar_href: str = ""
    score: str = ""
    formula: tuple[FormulaLine, ...] = ()
    """How the score came about; empty unless that was asked for."""


def result(hit: Hit, request: SearchRequest, addresses: Addresses) -> Result:
    """The view of a hit of `request`."""
    document = hit.document
    about = about_places(hit.stored, request, addresses)
    return Result(
        rank=hit.rank,
        href=addresses.article(document.doc_id, request, hit.rank),
        title=marked(hit.title.text, hit.title.ranges) if document.title.strip() else Markup("(không có tiêu đề)"),
        date=date_view(document.published),
        source=document.source,
        category=document.category,
        places=about[:PLACES_SHOWN],
        places_left=len(about[PLACES_SHOWN:]),
        snippets=tuple(marked(snippet.text, snippet.ranges) for snippet in hit.snippets),
        periods=periods(hit.stored, request, addresses)[:PERIODS_SHOWN],
        score=f"{hit.score:.2f}".replace(".", ","),
        formula=formula(hit.explanation) if hit.explanation is not None else (),
        similar=f"{hit.similar} bài tương tự" if hit.similar else "",
        similar_href=addresses.results(replace(request, cluster=hit.stored.cluster, offset=0)) if hit.similar else "",
    )


def periods(stored: StoredDocument, request: SearchRequest, addresses: Addresses) -> tuple[PlaceLink, ...]:
    """Periods and terms of office the article reports on, each leading to the search narrowed to it."""
    told = [("period", period) for period in stored.dates.periods] + [("tenure", term) for term in stored.dates.terms]
    return tuple(PlaceLink(time_label(facet, one.value), addresses.results(state.added(request, facet, one.value))) for facet, one in told)


def about_places(stored: StoredDocument, request: SearchRequest, addresses: Addresses) -> tuple[PlaceLink, ...]:
    """Places the article is about, each leading to the search narrowed to it."""
    return tuple(
        PlaceLink(place_words(place), addresses.results(state.at_place(request, place)), place_path(place.path))
        for place in stored.places
        if place.role != "mentioned"
    )


def date_view(published: PartialDate | None) -> DateView:
    """A date for a reader and for machines, with the rule that found it."""
    if published is None:
        return DateView(date_label(None), "", "Không tìm thấy ngày đăng trong bài; timtin không đoán.")
    return DateView(date_label(published), published.date, f"Ngày lấy từ {date_rule_words(published)}.")
