"""A search response as JSON values of the shapes in `engine.shapes`: the same object for the web's JSON and the command line."""

from __future__ import annotations

from typing import cast

from analyzers.dates import PartialDate, Period
from analyzers.dates.periods import period_label, term_label
from analyzers.places import Home, Place
from engine import shapes
from engine.model import DateOffer, Facet, Hit, Notice, Offer, SearchResponse, Snippet, StoredDocument
from engine.parameters import parameters_of
from engine.related.model import Related, RelatedDocument

FORMAT = 1
"""Raised when a key changes its meaning or goes; new keys may appear without."""
EXPLANATION = "explanation"
HIT_KEYS = tuple(key for key in shapes.Hit.__annotations__ if key != EXPLANATION)
"""What a hit always has, in its order; `EXPLANATION` follows with ``explain``, in a ranking by relevance."""


def response_json(response: SearchResponse) -> shapes.Response:
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
        "facets": cast("shapes.Facets", {facet.field: facet_json(facet) for facet in response.facets}),
        "notices": [notice_json(notice) for notice in response.notices],
        "offers": [offer_json(offer) for offer in response.offers],
        "date_offers": [date_offer_json(offer) for offer in response.date_offers],
    }


def date_offer_json(offer: DateOffer) -> shapes.DateOffer:
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


def hit_json(hit: Hit) -> shapes.Hit:
    """One hit."""
    found: shapes.Hit = {
        "doc_id": hit.document.doc_id,
        "rank": hit.rank,
        "score": hit.score,
        "folded": hit.folded,
        "similar": hit.similar,
        "cluster": str(hit.stored.cluster) if hit.stored.cluster else None,
        "title": hit.document.title,
        "title_ranges": list(hit.title.ranges),
        "url": hit.document.url,
        "source": hit.document.source,
        "published": date_json(hit.document.published),
        "event_date": date_json(hit.stored.dates.event),
        "periods": [period_json(period) for period in hit.stored.dates.periods],
        "terms_of_office": [period_json(term) for term in hit.stored.dates.terms],
        "places": places_json(hit.stored),
        "terms": terms_json(hit.stored),
        "snippets": [snippet_json(snippet) for snippet in hit.snippets],
    }
    if hit.explanation is not None:
        found["explanation"] = cast("shapes.Explanation", hit.explanation)
    return found


def document_json(stored: StoredDocument) -> shapes.Document:
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
        "home": home_json(stored.home) if stored.home else None,
        "terms": terms_json(stored),
        "encoding": document.encoding,
        "rules": list(document.rules),
    }


def date_json(published: PartialDate | None) -> shapes.Date | None:
    """A date with its precision, the rule that found it and the text that shows it."""
    if published is None:
        return None
    return {"date": published.date, "precision": published.precision, "rule": published.rule, "evidence": published.evidence}


def period_json(period: Period) -> shapes.Period:
    """A stretch of whole months, both ends inclusive; `value` is what the facet counts, `evidence` the words of the text."""
    label = term_label(period.value) if period.kind == "term" else period_label(period.value)
    return {
        "value": period.value, "label": label, "kind": period.kind,
        "first": period.first, "last": period.last, "evidence": period.evidence,
    }  # fmt: skip


def places_json(stored: StoredDocument) -> list[shapes.Place]:
    """The places of a document, as called at its date."""
    return [place_json(place) for place in stored.places]


def place_json(place: Place) -> shapes.Place:
    """One place."""
    return {
        "province": place.province,
        "district": place.district,
        "commune": place.commune,
        "unit": place.unit,
        "role": place.role,
        "rule": place.rule,
        "path": place.path,
        "label": place.label,
        "now": list(place.now),
        "old": list(place.old),
    }


def terms_json(stored: StoredDocument) -> list[shapes.Term]:
    """The key terms of a document, best first."""
    return [{"value": term.value, "label": term.label, "score": term.score} for term in stored.terms]


def home_json(home: Home) -> shapes.Home:
    """Where a source reports from."""
    return {"path": home.path, "origin": home.origin, "share": home.share, "articles": home.articles}


def snippet_json(snippet: Snippet) -> shapes.Snippet:
    """A passage and what matched in it."""
    return {"text": snippet.text, "ranges": list(snippet.ranges)}


def facet_json(facet: Facet) -> shapes.Facet:
    """Counts of one facet."""
    counts: list[shapes.FacetCount] = [
        {"value": one.value, "label": one.label, "count": one.count, "selected": one.selected} for one in facet.counts
    ]
    return {"counts": counts, "truncated": facet.truncated}


def notice_json(notice: Notice) -> shapes.Notice:
    """A notice; `position`, a code point of the query, and `undo`, a parameter, only where there are such."""
    found: shapes.Notice = {"code": notice.code, "message": notice.message}
    if notice.position is not None:
        found["position"] = notice.position
    if notice.undo is not None:
        found["undo"] = notice.undo
    return found


def offer_json(offer: Offer) -> shapes.Offer:
    """Another search: what it changes, its parameters as in an address, and how many documents it finds."""
    pairs = parameters_of(offer.request, offer.request.limit)
    return {
        "kind": offer.kind,
        "text": offer.text,
        "query": offer.request.q,
        "parameters": pairs,
        "total": offer.total,
    }


def related_json(found: Related) -> shapes.Related:
    """The articles related to one, and why: `terms` and `places` are what both are about, `days` lie between their dates."""
    return {
        "format": FORMAT,
        "doc_id": found.stored.document.doc_id,
        "title": found.stored.document.title,
        "timed_out": found.timed_out,
        "related": [related_document_json(one) for one in found.documents],
    }


def related_document_json(one: RelatedDocument) -> shapes.RelatedDocument:
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
