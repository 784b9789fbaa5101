"""Pages: one file, one page, held whole."""

from __future__ import annotations

from indexer.model import UNREADABLE, Page, Rejected
from indexer.sources.files import opened, state
from indexer.sources.forms import Form
from indexer.sources.model import SourceFile
from indexer.sources.unpack import Readable

MAX_PAGE_BYTES = 64 * 1024 * 1024
"""A page larger than this is rejected, not read: no article is."""
CHANGED = "changed while it was read; the next run reads it again"


def read_page(stream: Readable, name: str, form: Form) -> Page | Rejected:
    """The page that a stream is."""
    raw = stream.read(MAX_PAGE_BYTES + 1)
    if len(raw) > MAX_PAGE_BYTES:
        return Rejected(name, f"more than {MAX_PAGE_BYTES:,} bytes; a page may have so many", UNREADABLE)
    return Page(name, raw, kind=None if form.named else form.kind)


def read_page_file(source: SourceFile, name: str, form: Form) -> Page | Rejected:
    """The page of a file as it was at one moment: read once more when it changed meanwhile. Raises OSError."""
    if source.size > MAX_PAGE_BYTES:
        return Rejected(name, f"{source.size:,} bytes; a page may have {MAX_PAGE_BYTES:,}", UNREADABLE)
    for _ in range(2):
        with opened(source.path) as handle:
            before = state(handle)
            page = read_page(handle, name, form)
            if state(handle) == before:
                return page
    return Rejected(name, CHANGED, UNREADABLE)
