"""A search as a table for spreadsheets and as a feed for readers."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import NamedTuple

from analyzers.dates import PartialDate
from engine.labels import date_label
from engine.links import safe_link
from engine.model import Hit, SearchRequest
from engine.table import COLUMNS, hit_row, write_csv

from .addresses import Addresses
from .words import place_words

BYTE_ORDER_MARK = "\ufeff"
"""Without it a well-known spreadsheet reads UTF-8 as something else and spoils every Vietnamese letter."""


class FeedEntry(NamedTuple):
    """One entry of a feed. `published` only when the day is known; `updated` else falls back to the index's own date."""

    id: str
    title: str
    link: str
    source_link: str | None
    source: str | None
    published: str | None
    updated: str
    date: str
    summary: str
    places: tuple[str, ...]


def csv_text(hits: Iterable[Hit]) -> str:
    """Rows of a search, with a header, for a spreadsheet."""
    out = io.StringIO()
    write_csv(out, COLUMNS, map(hit_row, hits), newline="\r\n")
    return BYTE_ORDER_MARK + out.getvalue()


def feed_entry(hit: Hit, request: SearchRequest, addresses: Addresses, root: str, indexed: str) -> FeedEntry:
    """A hit as a feed entry; `root` is the address of the site, `indexed` when the index was made."""
    document = hit.document
    link = root + addresses.article(document.doc_id)
    moment = _moment(document.published)
    return FeedEntry(
        id=link,
        title=document.title or "(không có tiêu đề)",
        link=root + addresses.article(document.doc_id, request, hit.rank),
        source_link=safe_link(document.url),
        source=document.source,
        published=moment,
        updated=moment or indexed,
        date=date_label(document.published),
        summary=" ".join(snippet.text for snippet in hit.snippets),
        places=tuple(place_words(place) for place in hit.stored.places if place.role != "mentioned"),
    )


def _moment(published: PartialDate | None) -> str | None:
    """The day as a moment in Viet Nam's time; a month is none."""
    return f"{published.date}T00:00:00+07:00" if published and published.precision == "day" else None
