"""What an index holds, in a few figures."""

from __future__ import annotations

from typing import Any

from analyzers.dates import PartialDate
from engine.errors import EngineUnavailableError
from engine.model import UNKNOWN, SearchRequest, Sort
from engine.search import Searcher

MAX_SOURCES = 1000


def stats(searcher: Searcher) -> dict[str, Any]:
    """Return documents (near-duplicates each), how many those are without near-duplicates (`distinct`, which searches count), engine,
    bytes on disk, first and last date known, documents a source, and those without one.

    Raises EngineUnavailableError when a part of the index does not answer: half of the figures would be wrong ones.
    """
    documents = searcher.index.snapshot().count()
    counted = searcher.search(SearchRequest(limit=0, facets=("source",), facet_limit=MAX_SOURCES, copies=True))
    if counted.timed_out:
        raise EngineUnavailableError("A part of the index does not answer: its figures would be wrong. Try again when its nodes are back.")
    first, last = _end_of_time(searcher, "oldest"), _end_of_time(searcher, "newest")
    rows = {row.value: row.count for row in counted.facets[0].counts}
    unknown = rows.pop(UNKNOWN, 0)
    return {
        "documents": documents,
        "distinct": searcher.search(SearchRequest(limit=0, facets=())).total,
        "engine": searcher.index.meta.engine,
        "bytes": searcher.index.bytes(),
        "first": first.date if first else None,
        "last": last.date if last else None,
        "sources": rows,
        "without_source": unknown,
    }


def _end_of_time(searcher: Searcher, order: Sort) -> PartialDate | None:
    hits = searcher.search(SearchRequest(sort=order, limit=1, facets=(), snippets=0)).hits
    return hits[0].document.published if hits else None
