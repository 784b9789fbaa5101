"""A search response as JSON values: the same object for the web's JSON and the command line."""

from __future__ import annotations

from typing import Any

from analyzers.dates import PartialDate, Period
from analyzers.dates.periods import period_label, term_label
from engine.model import DateOffer, Facet, Hit, Notice, Offer, SearchResponse, Snippet, StoredDocument
from engine.parameters import parameters_of
from engine.related.model import Related, RelatedDocument

FORMAT = 1
"""Raised when a key changes its meaning or goes; new keys may appear without."""
HIT_KEYS = (
    "doc_id", "rank", "score", "folded", "similar", "cluster", "title", "title_ranges", "url", "source", "published",
    "event_date", "periods", "terms_of_office", "places", "terms", "snippets",
)  # fmt: skip
EXPLANATION = "explanation"
"""What a hit always has, in its order, and what follows with ``explain``, in a ranking by relevance."""


def response_json(response: SearchResponse) -> dict[str, Any]:
    """The whole response. Ranges are half-open, in code points of the text beside them."""
    return {
        "format": FORMAT,
        "query": response.request.q if response.corrected_from is None else response.corrected_from,
        "understood": response.understood,
        "total": response.total,
        "whole_total": response.whole_total,
        "folded_total": response.folded_total,
        "folded_from_rank": response.folded_from_rank,
        "folded_without": response.folded_without,
        "took_ms": response.took_ms,
        "timed_out": response.timed_out,
        "hits": [hit_json(hit) for hit in response.hits],
        "facets": {facet.field: facet_json(facet) for facet in response.facets},
        "notices": [notice_json(notice) for notice in response.notices],
        "offers": [offer_json(offer) for offer in response.offers],
        "date_offers": [date_offer_json(offer) for offer in response.date_offers],
    }


def date_offer_json(offer: DateOffer) -> dict[str, Any]:
    """A date named among the words: the query without them, and the days, both inclusive, to filter by instead."""
    first, last = offer.request.dates.first, offer.request.dates.last
    return {
        "text": offer.text,
        "label": offer.label,
        "query": offer.request.q,
        "from": first.isoformat() if first else None,
        "to": last.isoformat() if last else None,
        "total": offer.total,
    }


def hit_json(hit: Hit) -> dict[str, Any]:
    """One hit."""
    found = {
        "doc_id": hit.document.doc_id,
        "rank": hit.rank,
        "score": hit.score,
        "folded": hit.folded,
        "similar": hit.similar,
        "cluster": str(hit.stored.cluster) if hit.stored.cluster else None,
        "title": hit.document.title,
        "title_ranges": [list(span) for span in hit.title.ranges],
        "url": hit.document.url,
        "source": hit.document.source,
        "published": date_json(hit.document.published),
        "event_date": date_json(hit.stored.dates.event),
        "periods": [period_json(period) for period in hit.stored.dates.periods],
        "terms_of_office": [period_json(term) for term in hit.stored.dates.terms],
        "places": places_json(hit.stored),
        "terms": [term._asdict() for term in hit.stored.terms],
        "snippets": [snippet_json(snippet) for snippet in hit.snippets],
    }
    return found if hit.explanation is None else {**found, EXPLANATION: hit.explanation}


def document_json(stored: StoredDocument) -> dict[str, Any]:
    """A whole stored document."""
    document = stored.document
    return {
        "format": FORMAT,
        "doc_id": document.doc_id,
        "title": document.title,
        "lead": document.lead,
        "body": document.body.split("\n") if document.body else [],
        "url": document.url,
        "source": document.source,
        "author": document.author,
        "category": document.category,
        "published": date_json(document.published),
        "event_date": date_json(stored.dates.event),
        "periods": [period_json(period) for period in stored.dates.periods],
        "terms_of_office": [period_json(term) for term in stored.dates.terms],
        "places": places_json(stored),
        "home": stored.home._asdict() if stored.home else None,
        "terms": [term._asdict() for term in stored.terms],
        "encoding": document.encoding,
        "rules": list(document.rules),
    }


def date_json(published: PartialDate | None) -> dict[str, Any] | None:
    """A date with its precision, the rule that found it and the text that shows it."""
    if published is None:
        return None
    return {"date": published.date, "precision": published.precision, "rule": published.rule, "evidence": published.evidence}


def period_json(period: Period) -> dict[str, Any]:
    """A stretch of whole months, both ends inclusive; `value` is what the facet counts, `evidence` the words of the text."""
    label = term_label(period.value) if period.kind == "term" else period_label(period.value)
    return {
        "value": period.value, "label": label, "kind": period.kind,
        "first": period.first, "last": period.last, "evidence": period.evidence,
    }  # fmt: skip


def places_json(stored: StoredDocument) -> list[dict[str, Any]]:
    """The places of a document, as called at its date."""
    keys = ("province", "district", "commune", "unit", "role", "rule", "path", "label", "now", "old")
    return [{key: getattr(place, key) for key in keys} for place in stored.places]


def snippet_json(snippet: Snippet) -> dict[str, Any]:
    """A passage and what matched in it."""
    return {"text": snippet.text, "ranges": [list(span) for span in snippet.ranges]}


def facet_json(facet: Facet) -> dict[str, Any]:
    """Counts of one facet."""
    counts = [{"value": one.value, "label": one.label, "count": one.count, "selected": one.selected} for one in facet.counts]
    return {"counts": counts, "truncated": facet.truncated}


def notice_json(notice: Notice) -> dict[str, Any]:
    """A notice; `position`, a code point of the query, and `undo`, a parameter, only where there are such."""
    found = {"code": notice.code, "message": notice.message, "position": notice.position, "undo": notice.undo}
    return {key: value for key, value in found.items() if value is not None}


def offer_json(offer: Offer) -> dict[str, Any]:
    """Another search: what it changes, its parameters as in an address, and how many documents it finds."""
    pairs = parameters_of(offer.request, offer.request.limit)
    return {
        "kind": offer.kind,
        "text": offer.text,
        "query": offer.request.q,
        "parameters": [list(pair) for pair in pairs],
        "total": offer.total,
    }


def related_json(found: Related) -> dict[str, Any]:
    """The articles related to one, and why: `terms` and `places` are what both are about, `days` lie between their dates."""
    return {
        "format": FORMAT,
        "doc_id": found.stored.document.doc_id,
        "title": found.stored.document.title,
        "timed_out": found.timed_out,
        "related": [related_document_json(one) for one in found.documents],
    }


def related_document_json(one: RelatedDocument) -> dict[str, Any]:
    """One related article."""
    document = one.stored.document
    return {
        "doc_id": document.doc_id,
        "title": document.title,
        "url": document.url,
        "source": document.source,
        "published": date_json(document.published),
        "score": round(one.score, 4),
        "likeness": round(one.likeness, 4),
        "same_event": one.same_event,
        "similar": one.similar,
        "terms": list(one.terms),
        "places": list(one.places),
        "days": one.days,
    }
