"""Which reader a page goes to: by what its source knows, else the suffix of its path, else its content."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import cache
from pathlib import PurePosixPath

from indexer.extract.binary import why_no_text
from indexer.extract.metadata import metadata
from indexer.model import UNREADABLE, Article, Page, Rejected

_KINDS = dict.fromkeys((".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp"), "html")
_KINDS.update({".md": "markdown", ".markdown": "markdown", ".txt": "text", ".docx": "office", ".docm": "office", ".odt": "office"})
OFFICE = "office"
"""Kind of the pages that are zips of parts and no text: nothing else may read their bytes."""
_LOOKS_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|div|p|table|span|meta|article|h[1-6]|br)\b", re.IGNORECASE)


def extract(page: Page, *, crawled: date | None = None) -> Article | Rejected:
    """Article of a page, or why there is none. `crawled`: the day the page was fetched, when the page itself does not carry it.

    Never raises for any bytes; the bytes are not modified.
    """
    if not page.raw.strip(b" \t\r\n\x00"):
        return Rejected(page.path, "empty file", UNREADABLE if b"\x00" in page.raw else "rejected")
    kind = kind_of(page)
    if kind != OFFICE and (why := why_no_text(page.raw, page.charset)):
        return Rejected(page.path, why, UNREADABLE)
    return _reader(kind)(page, crawled or page.crawled)


@cache
def load_readers() -> None:
    """Load, once a process, what `extract` loads with its first page, so that its time is not that page's."""
    for kind in ("html", "markdown", "text", OFFICE):
        _reader(kind)
    metadata("")


@cache
def _reader(kind: str) -> Callable[[Page, date | None], Article | Rejected]:
    """What reads pages takes 0.15 s to load, in each process of a run, and a run over records needs none of it."""
    if kind == "html":
        from indexer.extract.html import extract_html as reader
    elif kind == OFFICE:
        from indexer.extract.office import extract_office as reader
    elif kind == "markdown":
        from indexer.extract.markdown import extract_markdown as reader
    else:
        from indexer.extract.text import extract_text as reader
    return reader


def kind_of(page: Page) -> str:
    """``html``, ``markdown``, ``text`` or ``office``: how a page is read."""
    suffix = PurePosixPath(page.path.replace("\\", "/")).suffix.lower()
    return page.kind or _KINDS.get(suffix) or ("html" if _looks_html(page.raw) else "text")


def _looks_html(raw: bytes) -> bool:
    head = raw[:4000].replace(b"\x00", b"")
    return bool(_LOOKS_HTML.search(head))
