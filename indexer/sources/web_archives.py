"""Web archives (WARC): the HTML that servers answered with is pages; all else is counted by kind."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from analyzers.dates import given_date
from indexer.model import Page, Rejected, Skipped
from indexer.sources.model import UNREADABLE
from indexer.sources.names import printable
from indexer.sources.pages import MAX_PAGE_BYTES
from indexer.sources.unpack import READ_ERRORS, ExpansionError, reason

_HTML = frozenset(("text/html", "application/xhtml+xml"))
_KINDS = {"revisit": "revisits of pages stored before", "warcinfo": "notes about the archive itself"}


def read_warc(stream: io.BufferedIOBase, name: str) -> Iterator[Page | Rejected | Skipped]:
    """Pages of an archive under ``file#number``, the number of the record from 1; the address and the day of the crawl come with them."""
    skipped: Counter[str] = Counter()
    number = 0
    try:
        for number, record in enumerate(ArchiveIterator(stream), start=1):
            if (why := _why_not(record)) is not None:
                skipped[why] += 1
            else:
                yield _page(record, f"{name}#{number}")
        if not number:
            yield Rejected(name, "no record in it")
    except ExpansionError:
        raise
    except (ArchiveLoadFailed, *READ_ERRORS) as error:
        yield Rejected(name, f"damaged after record {number}: {printable(reason(error))}", UNREADABLE)
    yield from (Skipped(name, why, count) for why, count in sorted(skipped.items()))


def _why_not(record: Any) -> str | None:
    """Why a record is no page, for a person; None when it is one."""
    if record.rec_type not in ("response", "resource"):
        return str(_KINDS.get(record.rec_type, f"{printable(record.rec_type or 'unknown')} records"))[:100]
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"answers with status {printable(status)}"[:100]
    return None if _media_type(record) in _HTML else "files that are no HTML"


def _media_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "").partition(";")[0].strip().lower()


def _page(record: Any, where: str) -> Page | Rejected:
    try:
        raw = record.content_stream().read(MAX_PAGE_BYTES + 1)
    except ExpansionError:
        raise
    except READ_ERRORS as error:
        return Rejected(where, f"cannot be read: {printable(reason(error))}", UNREADABLE)
    if len(raw) > MAX_PAGE_BYTES:
        return Rejected(where, f"more than {MAX_PAGE_BYTES:,} bytes; a page may have so many")
    if getattr(record.raw_stream, "limit", 0) > 0 and not record.raw_stream.read(1):
        return Rejected(where, "cut short", UNREADABLE)
    return Page(where, raw, record.rec_headers.get_header("WARC-Target-URI"), "html", _day(record))


def _day(record: Any) -> date | None:
    """Day of the crawl in Viet Nam."""
    found = given_date(record.rec_headers.get_header("WARC-Date") or "")
    return date.fromisoformat(found) if found and len(found) == 10 else None
