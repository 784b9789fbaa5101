"""`timtin extract`: what extraction makes of each page, as JSON, without an index."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from analyzers.dates import TextDates, text_dates
from engine.serialize import date_json, period_json
from indexer.beside import read_with_neighbours
from indexer.errors import NoSuchInputError
from indexer.extract import extract, record
from indexer.model import Article, Page, Rejected, Skipped, Unread
from indexer.sources import PLAIN, STDIN, Record, SourceFile, printable, read, walk
from indexer.sources.pages import MAX_PAGE_BYTES

KEYS = (
    "path", "outcome", "reason", "title", "lead", "body", "author", "source", "published", "event_date", "periods", "encoding",
)  # fmt: skip
"""Keys of every answer, in order."""


def extracted(paths: Iterable[str], url: str | None = None, crawled: date | None = None) -> Iterator[dict[str, Any]]:
    """One answer for each page below `paths`, as it is read; what cannot be read is an answer too, never an exception.

    `url` is the address the pages were published at, `crawled` the day they were fetched. A file named directly is a page
    whatever its suffix; of standard input, lines of JSON objects are records and anything else is one page.
    """
    for path in paths:
        for item in inputs(path):
            yield answer(item, url, crawled)


def answer(item: Page | Record | Rejected, url: str | None, crawled: date | None) -> dict[str, Any]:
    """The values of KEYS for one input."""
    found = item if isinstance(item, Rejected) else made(item, url, crawled)
    if isinstance(found, Rejected):
        outcome = "rejected" if found.outcome not in ("list", "home", "form", "error", "gallery") else found.outcome
        return _row(item.path, outcome, found.reason)
    dates = text_dates(found.title, (found.lead, *found.body) if found.lead else found.body, found.published)
    return _row(item.path, "article", None, found, dates)


def made(item: Page | Record, url: str | None, crawled: date | None) -> Article | Rejected:
    """The article of one input, or why there is none; never raises."""
    try:
        if isinstance(item, Record):
            return record({"url": url, **item.fields} if url else item.fields, item.path, crawled=crawled)
        return extract(replace(item, url=url or item.url), crawled=crawled)
    except Exception as error:  # noqa: BLE001  # one page of a million must not end the run
        return Rejected(item.path, f"cannot be taken apart: {type(error).__name__}: {error}")


def _row(path: str, outcome: str, reason: str | None, found: Article | None = None, dates: TextDates | None = None) -> dict[str, Any]:
    told = (*dates.periods, *dates.terms) if dates else ()
    values = (
        path,
        outcome,
        reason,
        found.title if found else None,
        found.lead if found else None,
        list(found.body) if found else [],
        found.author if found else None,
        found.source if found else None,
        date_json(found.published) if found else None,
        date_json(dates.event) if dates else None,
        [period_json(period) for period in told],
        found.encoding if found else None,
    )
    return dict(zip(KEYS, values, strict=True))


def inputs(path: str, *, neighbours: bool = False) -> Iterator[Page | Record | Rejected]:
    """Pages and records of one path; nothing is raised. `neighbours`: pages of archives with what lies beside them, as when they are
    indexed, for which an archive is read ahead.
    """
    if path == STDIN:
        yield from _streamed()
        return
    try:
        for source in walk([path]):
            if isinstance(source, SourceFile):
                items = read_with_neighbours(source, PLAIN) if neighbours else read(source)
                yield from (item for item in items if not isinstance(item, Skipped))
            elif isinstance(source, Unread):
                continue
            elif Path(path).is_file():
                yield _whatever(path)
            else:
                yield source
    except NoSuchInputError as error:
        yield Rejected(printable(path), str(error))


def _whatever(path: str) -> Page | Rejected:
    """A file named directly whose suffix says nothing."""
    try:
        with Path(path).open("rb") as handle:
            return Page(printable(path), handle.read(MAX_PAGE_BYTES))
    except OSError as error:
        return Rejected(printable(path), f"cannot be read: {error.strerror}")


def _streamed() -> Iterator[Page | Record | Rejected]:
    """Standard input: records, or one page."""
    first = sys.stdin.buffer.readline(MAX_PAGE_BYTES)
    if _is_object(first):
        from indexer.sources.lines import read_lines

        yield from read_lines(sys.stdin.buffer, STDIN, first)
    else:
        yield Page(STDIN, first + sys.stdin.buffer.read(MAX_PAGE_BYTES - len(first)))


def _is_object(line: bytes) -> bool:
    if not line.lstrip(b"\xef\xbb\xbf \t").startswith(b"{"):
        return False
    try:
        return isinstance(json.loads(line.decode("utf-8-sig")), dict)
    except (ValueError, RecursionError):
        return False
