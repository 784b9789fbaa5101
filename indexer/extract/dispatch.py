"""Which reader a page goes to: by the suffix of its path, else by its content."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from indexer.extract.html import extract_html
from indexer.extract.markdown import extract_markdown
from indexer.extract.text import extract_text
from indexer.model import Article, Page, Rejected

_HTML = frozenset((".html", ".htm", ".xhtml", ".shtml", ".asp", ".aspx", ".php", ".jsp"))
_LOOKS_HTML = re.compile(rb"<\s*(?:!doctype|html|head|body|div|p|table|span|meta|article|h[1-6]|br)\b", re.IGNORECASE)


def extract(page: Page, *, crawled: date | None = None) -> Article | Rejected:
    """Article of a page, or why there is none. `crawled`: the day the page was fetched, when that is known.

    Never raises for any bytes; the bytes are not modified.
    """
    if not page.raw.strip(b" \t\r\n\x00"):
        return Rejected(page.path, "empty file")
    suffix = PurePosixPath(page.path.replace("\\", "/")).suffix.lower()
    if suffix in (".md", ".markdown"):
        return extract_markdown(page, crawled)
    if suffix in _HTML or (suffix != ".txt" and _looks_html(page.raw)):
        return extract_html(page, crawled)
    return extract_text(page, crawled)


def _looks_html(raw: bytes) -> bool:
    head = raw[:4000].replace(b"\x00", b"")
    return bool(_LOOKS_HTML.search(head))
