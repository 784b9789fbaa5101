"""The article page: from a stored document to the values its template prints."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, NamedTuple

from markupsafe import Markup

from analyzers.dates import PartialDate
from analyzers.places import Gazetteer, Place
from engine.highlight import Intent, adjoined, highlight, intended
from engine.labels import number_label
from engine.links import safe_link
from engine.model import Document, SearchRequest, StoredDocument
from engine.places import PLACE, PLACE_NOW
from engine.query.nodes import Match

from . import state
from .addresses import Addresses, place_path
from .excerpt import DateView, PlaceLink, date_view, periods
from .markup import host, marked
from .words import PLACE_RULES, PRECISIONS, ROLES, date_rule_words, place_words, value_words

MARKED_CHARS = 200_000
"""Text of an article that is searched for marks; beyond it the text is shown unmarked."""
_MENTIONED_SHOWN = 12
_NOW_SHOWN = 4


class PlaceRow(NamedTuple):
    """A place of the article, what it is there, why, and which units hold its territory today (none when it is still the same)."""

    link: PlaceLink
    role: str
    why: str
    now: tuple[PlaceLink, ...] = ()
    now_left: int = 0


class Evidence(NamedTuple):
    """How a date was found: the rule in words, how precise it is, and the text that shows it."""

    rule: str
    precision: str
    text: str


class Neighbours(NamedTuple):
    """Links from an article to the results around it; each None where there is nothing."""

    back: str | None = None
    rank: int | None = None
    previous: str | None = None
    next: str | None = None


@dataclass(frozen=True, slots=True)
class ArticlePage:
    """Everything the article page shows."""

    doc_id: str
    title: str
    title_marked: Markup
    lead: Markup | None
    body: tuple[Markup, ...]
    marks: int
    date: DateView
    evidence: Evidence | None
    event: DateView | None
    event_evidence: Evidence | None
    periods: tuple[PlaceLink, ...]
    source: str | None
    author: str | None
    category: str | None
    link: str | None
    host: str | None
    places: tuple[PlaceRow, ...]
    home: str | None
    mentioned: tuple[PlaceLink, ...]
    mentioned_left: int
    terms: tuple[PlaceLink, ...]
    source_link: str | None
    citation: str
    description: str
    path: str
    json: str
    neighbours: Neighbours
    linked_data: dict[str, Any]

    @property
    def any_partly(self) -> bool:
        """Whether the territory of a place is divided today, which a sign says."""
        return any(len(place.now) > 1 for place in self.places)


def article_page(
    stored: StoredDocument, matches: Sequence[Match], addresses: Addresses, neighbours: Neighbours, root: str, gazetteer: Gazetteer
) -> ArticlePage:
    """Present an article with `matches` marked; `root` is the address of the site, without a slash behind."""
    document = stored.document
    numbers = count(1)
    marking = _Marking(matches, intended((document.title, document.lead, document.body[:MARKED_CHARS]), matches), numbers)
    title = marking.mark(document.title) if document.title.strip() else Markup("(không có tiêu đề)")
    lead = marking.mark(document.lead) if document.lead else None
    body = tuple(_paragraphs(document.body, marking))
    link = safe_link(document.url)
    path = addresses.article(document.doc_id)
    mentioned = [_place_link(place, addresses) for place in stored.places if place.role == "mentioned"]
    return ArticlePage(
        doc_id=document.doc_id,
        title=document.title.strip() or "(không có tiêu đề)",
        title_marked=title,
        lead=lead,
        body=body,
        marks=next(numbers) - 1,
        date=date_view(document.published),
        evidence=_evidence(document.published),
        event=date_view(stored.dates.event) if stored.dates.event else None,
        event_evidence=_evidence(stored.dates.event),
        periods=periods(stored, state.browsing(SearchRequest(limit=addresses.page_size)), addresses),
        source=document.source,
        author=document.author,
        category=document.category,
        link=link,
        host=host(link) if link else None,
        places=tuple(_place_row(place, addresses, gazetteer) for place in stored.places if place.role != "mentioned"),
        home=_home_words(stored, gazetteer),
        mentioned=tuple(mentioned[:_MENTIONED_SHOWN]),
        mentioned_left=len(mentioned[_MENTIONED_SHOWN:]),
        terms=tuple(PlaceLink(term.label, _search(addresses, "term", term.value)) for term in stored.terms),
        source_link=_search(addresses, "source", document.source) if document.source else None,
        citation=citation(document, link, root + path),
        description=_description(document),
        path=path,
        json=path + ".json",
        neighbours=neighbours,
        linked_data=linked_data(stored, link, root + path),
    )


def citation(document: Document, link: str | None, permalink: str) -> str:
    """A reference to copy: author, title, source, date and the address of the source, else of this page."""
    parts = [document.author, f"“{document.title.strip()}”", document.source, date_view(document.published).label, link or permalink]
    return ", ".join(part for part in parts if part) + "."


def linked_data(stored: StoredDocument, link: str | None, permalink: str) -> dict[str, Any]:
    """The article as schema.org's NewsArticle. Only what is known; a date is as short as it is known."""
    document = stored.document
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": permalink,
        "headline": document.title,
        "inLanguage": "vi",
        "description": document.lead or None,
        "datePublished": document.published.date if document.published else None,
        "articleSection": document.category,
        "author": {"@type": "Person", "name": document.author} if document.author else None,
        "publisher": {"@type": "Organization", "name": document.source} if document.source else None,
        "isBasedOn": link,
        "keywords": [term.label for term in stored.terms] or None,
        "contentLocation": [
            {"@type": "AdministrativeArea", "name": place_words(place)} for place in stored.places if place.role != "mentioned"
        ]
        or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def neighbours(request: SearchRequest, rank: int | None, around: dict[int, str], addresses: Addresses) -> Neighbours:
    """Links around rank `rank` of `request`; `around` maps the ranks next to it to doc_ids. Without a rank only the way back."""
    if rank is None:
        return Neighbours(addresses.back(request, None))

    def href(at: int) -> str | None:
        return addresses.article(around[at], request, at) if at in around else None

    return Neighbours(addresses.back(request, rank), rank, href(rank - 1), href(rank + 1))


def is_search(request: SearchRequest) -> bool:
    """Whether an article's address carries a search to go back to."""
    return bool(request.q.strip()) or state.filter_count(request) > 0


@dataclass(frozen=True, slots=True)
class _Marking:
    """Marks texts of one article: what the query means is decided by all of it."""

    matches: Sequence[Match]
    intent: Intent
    numbers: Iterator[int]

    def mark(self, text: str) -> Markup:
        return marked(text, adjoined(text, highlight(text, self.matches, self.intent)), self.numbers)


def _paragraphs(body: str, marking: _Marking) -> Iterator[Markup]:
    left = MARKED_CHARS
    for paragraph in body.split("\n"):
        if paragraph.strip():
            yield (marking if left > 0 else replace(marking, matches=())).mark(paragraph)
            left -= len(paragraph)


def _evidence(found: PartialDate | None) -> Evidence | None:
    return Evidence(date_rule_words(found), PRECISIONS[found.precision], found.evidence) if found else None


def _home_words(stored: StoredDocument, gazetteer: Gazetteer) -> str | None:
    """Why a place was taken from the source, where one was."""
    home = stored.home
    if home is None or not any(place.rule in ("home", "source") for place in stored.places):
        return None
    unit = value_words(PLACE, home.path, gazetteer)
    if home.origin == "learnt":
        return f"Suy ra vì nguồn này thường đưa tin về {unit}: {round(100 * home.share)}% của {number_label(home.articles)} bài có nơi rõ."
    return f"Suy ra vì nguồn này đưa tin về {unit} ({'theo cấu hình' if home.origin == 'setting' else 'theo tên miền'})."


def _place_row(place: Place, addresses: Addresses, gazetteer: Gazetteer) -> PlaceRow:
    now = [PlaceLink(value_words(PLACE_NOW, path, gazetteer), place_path(path)) for path in place.now]
    if [link.label for link in now] == [value_words(PLACE_NOW, place.path, gazetteer)] and now[0].label.startswith(place.label):
        now = []
    why = PLACE_RULES.get(place.rule, place.rule)
    return PlaceRow(_place_link(place, addresses), ROLES[place.role], why, tuple(now[:_NOW_SHOWN]), len(now[_NOW_SHOWN:]))


def _place_link(place: Place, addresses: Addresses) -> PlaceLink:
    return PlaceLink(place_words(place), _search(addresses, "place", place.path), place_path(place.path))


def _search(addresses: Addresses, facet: str, value: str) -> str:
    return addresses.results(state.added(state.browsing(SearchRequest(limit=addresses.page_size)), facet, value))


def _description(document: Document) -> str:
    """Two lines for previews elsewhere."""
    text = " ".join((document.lead or document.body).split())
    return text if len(text) <= 200 else text[:200].rsplit(" ", 1)[0] + " …"
