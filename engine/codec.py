"""A stored document to bytes and back: plain JSON, so an index from elsewhere runs nothing when it is read."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from analyzers.dates import PartialDate, Period, TextDates
from analyzers.places import Home, Place
from engine.errors import IndexDamagedError
from engine.model import NOTHING_TOLD, AnalyzedDocument, Document, StoredDocument, Term

_CLUSTER = "cluster"
_ALWAYS = ("doc_id", "title")
"""Stored even when they are empty: a document has them."""


def encode(analyzed: AnalyzedDocument) -> bytes:
    """Return the JSON in UTF-8 that a back-end stores for a document: what it is packed with, if it is."""
    if analyzed.stored:
        return analyzed.stored
    document = {key: value for key, value in _values(analyzed.document).items() if value or key in _ALWAYS}
    record: dict[str, Any] = {"document": document}
    if analyzed.places:
        record["places"] = analyzed.places
    if analyzed.terms:
        record["terms"] = [[term.value, term.label, round(term.score, 3)] for term in analyzed.terms]
    if analyzed.home:
        record["home"] = list(analyzed.home)
    if dates := {name: value for name, value in _values(analyzed.dates).items() if value}:
        record["dates"] = dates
    if analyzed.cluster:
        record[_CLUSTER] = analyzed.cluster
    return _JSON(record).encode("utf-8")


def numbered(analyzed: AnalyzedDocument, cluster: int) -> AnalyzedDocument:
    """The same in that cluster, with what is stored when it is packed already."""
    stored = b'%b,"%b":%d}' % (analyzed.stored[:-1], _CLUSTER.encode(), cluster) if analyzed.stored else b""
    return replace(analyzed, cluster=cluster, stored=stored)


def packed(analyzed: AnalyzedDocument) -> AnalyzedDocument:
    """The same for a back-end, and lighter to hand to another process: what `stored` says is not there a second time."""
    document = Document(analyzed.document.doc_id, "", published=analyzed.document.published)
    return replace(analyzed, document=document, places=(), terms=(), dates=NOTHING_TOLD, stored=encode(analyzed))


def _values(item: Any) -> dict[str, Any]:
    """Fields of a dataclass; `json` asks for those inside it in turn."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=_values).encode


def decode(text: str | bytes) -> StoredDocument:
    """Read what `encode` wrote. Raises IndexDamagedError for anything else."""
    try:
        record = json.loads(text)
        fields = record["document"]
        published = fields.pop("published", None)
        rules = tuple(fields.pop("rules", ()))
        document = Document(**fields, published=PartialDate(**published) if published else None, rules=rules)
        places = tuple(_place(place) for place in record.get("places", ()))
        terms = tuple(Term(*term) for term in record.get("terms", ()))
        home = Home(*record["home"]) if "home" in record else None
        dates = _dates(**record.get("dates", {}))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IndexDamagedError(f"A stored document cannot be read ({error}). Rebuild the index: timtin index --rebuild PATH…") from error
    return StoredDocument(document, places, terms, home, dates, int(record.get(_CLUSTER, 0)))


def _place(fields: dict[str, Any]) -> Place:
    return Place(**{**fields, "now": tuple(fields.get("now", ())), "old": tuple(fields.get("old", ()))})


def _dates(event: dict[str, str] | None = None, periods: Iterable[dict[str, Any]] = (), terms: Iterable[dict[str, Any]] = ()) -> TextDates:
    found = PartialDate(**event) if event else None
    return TextDates(found, tuple(Period(**period) for period in periods), tuple(Period(**term) for term in terms))
