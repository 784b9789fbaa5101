"""Form of an input by its first bytes: standard input has no name."""

from __future__ import annotations

import csv
import io
import re

from indexer.sources.encodings import encoding_of
from indexer.sources.forms import Form
from indexer.sources.lines import read_line
from indexer.sources.mapping import NATIVE
from indexer.sources.model import Record
from indexer.sources.reading import Reading
from indexer.sources.tables import _delimiter, dialect
from indexer.sources.vietnamese import says_columns, says_text

HEAD_BYTES = 64 * 1024
_PACKED = ((b"\x1f\x8b", "gz"), (b"BZh", "bz2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zst"))
_DOCUMENT = re.compile(
    rb"PK\x03\x04.{26}(?:\[Content_Types\]\.xml|_rels/|docProps/|word/|mimetypeapplication/vnd\.oasis\.opendocument\.)", re.DOTALL
)
"""The first member of a document that is a zip; OpenDocument says what it is right there."""
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\ufffd]")
_XML = re.compile(r"<(?:[a-z0-9]+:)?(?:rss|feed|rdf|urlset|sitemapindex)\b", re.IGNORECASE)
_HTML = re.compile(r"<\s*(?:!doctype html|html|head|body|div|p|table|span|meta|article|h[1-6]|br|title)\b", re.IGNORECASE)


def packing_of(head: bytes) -> str:
    """How bytes are packed, "" when they are not."""
    return next((packing for magic, packing in _PACKED if head.startswith(magic)), "")


def detected(head: bytes, reading: Reading) -> Form | None:
    """Form of unpacked content that begins so. What is nothing else is text, unless it is no text at all."""
    if head.startswith(b"PK\x03\x04"):
        return Form("office" if _DOCUMENT.match(head) else "zip", named=False)
    if head[257:262] == b"ustar":
        return Form("tar", named=False)
    if head.startswith((b"WARC/1.", b"WARC/0.")):
        return Form("warc", named=False)
    text = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if text.startswith(("{", "[")):
        return Form("ndjson" if _is_lines(head, reading) else "json", named=False)
    if _XML.search(text[:4000]) and text.startswith("<"):
        return Form("xml", named=False)
    if _HTML.search(text[:4000]):
        return Form("html", named=False)
    if text.startswith(("---\n", "---\r\n", "+++\n", "+++\r\n")):
        return Form("markdown", named=False)
    if _is_table(text, reading):
        return Form("csv", named=False)
    return Form("text", named=False) if len(_CONTROL.findall(text)) * 50 < len(text) else None


def _is_lines(head: bytes, reading: Reading) -> bool:
    """Whether the first line is an object by itself: an article, or the first of several."""
    first, _, rest = head.lstrip().partition(b"\n")
    found = read_line(first, "")
    if not isinstance(found, Record):
        return False
    return bool(rest.strip() or _known(reading) & {key.lower() for key in found.fields} or says_text(found.fields))


def _known(reading: Reading) -> frozenset[str]:
    return NATIVE | {path.lower() for _, paths in reading.fields.paths for path in paths}


def _is_table(text: str, reading: Reading) -> bool:
    """Whether the first row has several cells, one of them a name of a column that is known."""
    if reading.columns:
        return True
    delimiter = reading.delimiter or _delimiter(text)
    try:
        header = next(csv.reader(io.StringIO(text, newline=""), dialect(text, delimiter)), [])
    except csv.Error:
        return False
    return len(header) > 1 and (any(cell.strip().lower() in _known(reading) for cell in header) or says_columns(header))
