"""Web archives (WARC): the HTML that servers answered with is pages; all else is counted by kind."""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from analyzers.dates import given_date
from indexer.model import UNREADABLE, Page, Rejected, Skipped
from indexer.sources.names import printable
from indexer.sources.pages import MAX_PAGE_BYTES
from indexer.sources.unpack import READ_ERRORS, ExpansionError, reason

_DAMAGED = (ArchiveLoadFailed, StatusAndHeadersParserException, AttributeError, TypeError)
"""What warcio raises for damage, the last two where a header it counts on is missing."""
_HTTP = StatusAndHeadersParser(["HTTP/"], verify=False)
logging.getLogger("warcio").addHandler(logging.NullHandler())  # it would show addresses, with whatever they hold, on a terminal
_CHARSET = re.compile(r";\s*charset\s*=\s*[\"']?([\w.:-]{2,30})", re.IGNORECASE | re.ASCII)
_HTML = frozenset(("text/html", "application/xhtml+xml"))
_KINDS = {"revisit": "revisits of pages stored before", "warcinfo": "notes about the archive itself"}


def read_warc(stream: io.BufferedIOBase, name: str) -> Iterator[Page | Rejected | Skipped]:
    """Pages of an archive under ``file#number``, the number of the record from 1; the address and the day of the crawl come with them."""
    skipped: Counter[str] = Counter()
    number = 0
    watched = _Watched(stream)
    archive = _Archive(watched, no_record_parse=True)
    try:
        for number, record in enumerate(archive, start=1):
            if (why := _why_not(record)) is not None:
                skipped[why] += 1
            else:
                yield _page(record, f"{name}#{number}")
        if not number and not watched.tell():
            yield Rejected(name, "no record in it")
        elif not watched.tail.endswith((b"\r\n\r\n", b"\n\n")):
            yield Rejected(name, f"cut short after record {number}: it does not end as records do", UNREADABLE)
        elif archive.err_count:
            yield Rejected(name, f"{archive.err_count} of its records have another length than they say", UNREADABLE)
    except ExpansionError:
        raise
    except (*_DAMAGED, *READ_ERRORS) as error:
        yield Rejected(name, f"damaged after record {number}: {printable(reason(error))}", UNREADABLE)
    yield from (Skipped(name, why, count) for why, count in sorted(skipped.items()))


class _Archive(ArchiveIterator):  # type: ignore[misc]  # warcio ships no types
    INC_RECORD = ""
    """What it would write to standard error about a record of a wrong length; `err_count` counts them."""


class _Watched:
    """A stream that remembers its last bytes, and ends where a line goes on for ever: warcio holds whole lines."""

    def __init__(self, stream: io.BufferedIOBase) -> None:
        self._stream, self._given, self._line = stream, 0, 0
        self.tail = b""

    def read(self, size: int = -1) -> bytes:
        part = self._stream.read(size)
        if part:
            self._given += len(part)
            end = part.rfind(b"\n")
            self._line = len(part) - end - 1 if end >= 0 else self._line + len(part)
            if self._line > MAX_PAGE_BYTES:
                raise EOFError(f"a line of more than {MAX_PAGE_BYTES:,} bytes")
            self.tail = (self.tail + part)[-4:]
        return part

    def tell(self) -> int:
        return self._given


def _why_not(record: Any) -> str | None:
    """Why a record is no page, for a person; None when it is one."""
    if record.rec_type not in ("response", "resource"):
        return str(_KINDS.get(record.rec_type, f"{printable(record.rec_type or 'unknown')} records"))[:100]
    if record.rec_type == "response" and not str(record.rec_headers.get_header("Content-Type")).startswith("text/dns"):
        record.http_headers = _http_headers(record)
    status = record.http_headers.get_statuscode() if record.http_headers else "200"
    if status != "200":
        return f"answers with status {printable(status)}"[:100]
    return None if _media_type(record) in _HTML else "files that are no HTML"


def _http_headers(record: Any) -> Any:
    """Headers of the server's answer; None when there are none."""
    try:
        return _HTTP.parse(record.raw_stream)
    except EOFError:
        return None


def _content_type(record: Any) -> str:
    headers = record.http_headers or record.rec_headers
    return str(headers.get_header("Content-Type") or "")


def _media_type(record: Any) -> str:
    return _content_type(record).partition(";")[0].strip().lower()


def _charset(record: Any) -> str | None:
    """The encoding that the server named."""
    match = _CHARSET.search(_content_type(record))
    return match[1] if match else None


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
    return Page(where, raw, record.rec_headers.get_header("WARC-Target-URI"), "html", _day(record), _charset(record))


def _day(record: Any) -> date | None:
    """Day of the crawl in Viet Nam."""
    found = given_date(record.rec_headers.get_header("WARC-Date") or "")
    return date.fromisoformat(found) if found and len(found) == 10 else None
