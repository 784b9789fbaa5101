"""A stored document to bytes and back: plain JSON, so an index from elsewhere runs nothing when it is read."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import msgspec

from analyzers.dates import TextDates
from analyzers.places import Home, Place
from engine.errors import IndexDamagedError
from engine.model import NOTHING_TOLD, AnalyzedDocument, Document, StoredDocument, Term

_CLUSTER = "cluster"
_ALWAYS = ("doc_id", "title")
"""Stored even when they are empty: a document has them."""


class _Record(msgspec.Struct, forbid_unknown_fields=True):
    """A `StoredDocument` as it is stored: what it has none of is left out, and a name that it does not know is damage."""

    document: Document
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    home: Home | None = None
    dates: TextDates = NOTHING_TOLD
    cluster: int = 0


_ENCODER = msgspec.json.Encoder()
_DECODER = msgspec.json.Decoder(_Record)


def encode(analyzed: AnalyzedDocument) -> bytes:
    """Return the JSON in UTF-8 that a back-end stores for a document: what it is packed with, if it is."""
    if analyzed.stored:
        return analyzed.stored
    document = {key: value for key, value in _values(analyzed.document).items() if value or key in _ALWAYS}
    record: dict[str, Any] = {
        "document": document,
        "places": analyzed.places,
        "terms": [Term(term.value, term.label, round(term.score, 3)) for term in analyzed.terms],
        "home": analyzed.home,
        "dates": {name: value for name, value in _values(analyzed.dates).items() if value},
        _CLUSTER: analyzed.cluster,
    }
    return _ENCODER.encode({name: value for name, value in record.items() if value})


def clustered(analyzed: AnalyzedDocument, cluster: int, facets: dict[str, tuple[str, ...]]) -> AnalyzedDocument:
    """The same in that cluster, with what is stored when it is packed already, and with these facets."""
    if not analyzed.stored:
        return replace(analyzed, cluster=cluster, facets=facets)
    stored = b'%b,"%b":%d}' % (analyzed.stored[:-1], _CLUSTER.encode(), cluster)
    # Built anew: `replace` takes three times as long.
    return AnalyzedDocument(
        analyzed.document,
        analyzed.fields,
        facets,
        analyzed.places,
        analyzed.terms,
        analyzed.home,
        analyzed.dates,
        stored,
        analyzed.sketch,
        cluster,
        analyzed.codes,
    )


def packed(analyzed: AnalyzedDocument) -> AnalyzedDocument:
    """The same for a back-end, and lighter to hand to another process: what `stored` says is not there a second time."""
    document = Document(analyzed.document.doc_id, "", published=analyzed.document.published)
    # Built anew: `replace` takes three times as long.
    return AnalyzedDocument(
        document,
        analyzed.fields,
        analyzed.facets,
        home=analyzed.home,
        stored=encode(analyzed),
        sketch=analyzed.sketch,
        cluster=analyzed.cluster,
        codes=analyzed.codes,
    )


def _values(item: Any) -> dict[str, Any]:
    """Fields of a dataclass."""
    return {name: getattr(item, name) for name in item.__dataclass_fields__}


def decode(text: str | bytes) -> StoredDocument:
    """Read what `encode` wrote. Raises IndexDamagedError for anything else."""
    try:
        record = _DECODER.decode(text)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise IndexDamagedError(f"A stored document cannot be read ({error}). Rebuild the index: timtin index --rebuild PATH…") from error
    return StoredDocument(record.document, record.places, record.terms, record.home, record.dates, record.cluster)
