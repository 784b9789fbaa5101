"""What an index holds, in a few figures."""

from __future__ import annotations

from typing import Any

from engine.model import UNKNOWN, SearchRequest
from engine.search import Searcher

MAX_SOURCES = 1000


def stats(searcher: Searcher) -> dict[str, Any]:
    """Return documents, engine, bytes on disk, first and last date known, and documents a source."""
    counted = searcher.search(SearchRequest(limit=0, facets=("source",), facet_limit=MAX_SOURCES))
    newest, oldest = (
        searcher.search(SearchRequest(sort=order, limit=1, facets=(), snippets=0)).hits for order in ("newest", "oldest")  # type: ignore[arg-type]
    )
    first = oldest[0].document.published if oldest else None
    last = newest[0].document.published if newest else None
    sources = {row.value: row.count for row in counted.facets[0].counts if row.value != UNKNOWN}
    return {
        "documents": counted.total,
        "engine": searcher.index.meta.engine,
        "bytes": searcher.index.bytes(),
        "first": first.date if first else None,
        "last": last.date if last else None,
        "sources": sources,
    }
