"""Saved RSS and Atom files: entries with their whole text are articles, teasers are counted. Sitemaps name pages and hold none."""

from __future__ import annotations

import io
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

from lxml import etree

from indexer.extract.markup import parted, shortcodes
from indexer.model import UNREADABLE, Page, Rejected, Skipped
from indexer.sources.model import Record
from indexer.sources.pages import MAX_PAGE_BYTES
from indexer.sources.reading import Reading
from indexer.sources.unpack import Readable

MAX_FEED_BYTES = MAX_PAGE_BYTES
WHOLE_CHARS = 1000
"""Code points from which a description without any content beside it is taken for the whole text: teasers have 100 to 400."""
_MORE = ("[…]", "[...]", "[&hellip;]", "[&#8230;]")
"""How a content ends that is a teaser."""
_ROOT = re.compile(rb"<(?:[a-z0-9]+:)?(rss|feed|rdf|urlset|sitemapindex|html)\b", re.IGNORECASE)
_END = re.compile(rb"</(?:[a-z0-9]+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*-->\s*)?$", re.IGNORECASE | re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")
_UNPUBLISHED = "drafts and private posts of a WordPress export: nobody published them"
_NO_POSTS = "parts of a WordPress export that are no posts: pictures, menus, settings"
_NO_POST_TYPES = re.compile(r"attachment|revision|nav_menu_item|custom(?:_css|ize_changeset)|oembed_cache|user_request|wp_\w+")
_PARTED = re.compile(r"<(?:p|div|br)\b", re.IGNORECASE)
Item = Page | Record | Rejected | Skipped


def read_xml(stream: Readable, name: str, reading: Reading) -> Iterator[Item]:
    """Entries of a feed; of a sitemap, that it is one; a page in XHTML."""
    raw = stream.read(MAX_FEED_BYTES + 1)
    if len(raw) > MAX_FEED_BYTES:
        yield Rejected(name, f"more than {MAX_FEED_BYTES:,} bytes; a feed or sitemap may have so many")
        return
    root = _ROOT.search(raw[:8000].replace(b"\0", b""))
    kind = root[1].lower().decode() if root else ""
    if kind in ("urlset", "sitemapindex"):
        yield _sitemap(raw, name, kind)
    elif kind == "html":
        yield Page(name, raw, kind="html")
    elif kind:
        yield from _feed(raw, name, reading)
    else:
        yield Rejected(name, "XML that is neither a feed (RSS, Atom) nor a sitemap" if raw.strip() else "empty file")


def _feed(raw: bytes, name: str, reading: Reading) -> Iterator[Item]:
    import feedparser  # loads in 0.04 s

    found = feedparser.parse(io.BytesIO(raw), sanitize_html=False, resolve_relative_uris=False)
    teasers = 0
    passed: Counter[str] = Counter()
    for number, entry in enumerate(found.entries, start=1):
        if reason := _not_public(entry):
            passed[reason] += 1
            continue
        fields, whole = _fields(entry)
        if whole or reading.teasers:
            yield Record(f"{name}#{number}", fields)
        else:
            teasers += 1
    for reason, count in passed.items():
        yield Skipped(name, reason, count)
    if teasers:
        yield Skipped(name, "teasers in a feed; the articles stand at their addresses (--teasers takes what is here)", teasers)
    if not _END.search(raw[-4000:].replace(b"\0", b"")):
        yield Rejected(name, f"the feed is cut short after entry {len(found.entries)}", UNREADABLE)
    elif not found.entries:
        fault = f": {found.bozo_exception}" if found.bozo else ""
        yield Rejected(name, f"a feed without entries{fault}")


def _not_public(entry: Any) -> str:
    """Why an entry of a WordPress export (WXR), which is a feed of everything there is, was never an article; "" for all others."""
    if _NO_POST_TYPES.fullmatch(str(entry.get("wp_post_type") or "")):
        return _NO_POSTS
    shown = str(entry.get("wp_status") or "publish") == "publish" and not entry.get("wp_post_password")
    return "" if shown else _UNPUBLISHED


def _paragraphs(entry: Any, markup: str) -> str:
    """Markup with tags for what a feed or a stored post tells otherwise: paragraphs by empty lines, captions in brackets."""
    markup = shortcodes(markup)
    stored = bool(entry.get("wp_post_type"))
    return parted(markup, lines=False) if stored or not _PARTED.search(markup) else markup


def _fields(entry: Any) -> tuple[dict[str, Any], bool]:
    """Fields of a record, and whether they hold the whole article."""
    contents = [str(part.value) for part in entry.get("content") or () if part.get("value")]
    content = max(contents, key=len, default="")
    summary = str(entry.get("excerpt_encoded") or entry.get("summary") or "")
    text, lead = _plain(content), _plain(summary)
    whole = (len(text) >= max(len(lead), 1) and not text.endswith(_MORE)) or len(lead) >= WHOLE_CHARS
    html = content or summary
    fields = {
        "title": _plain(str(entry.get("title") or "")),
        "html": _paragraphs(entry, html),
        "lead": lead if content and lead and not text.startswith(lead[:80]) else "",
        "url": str(entry.get("link") or ""),
        "published": str(entry.get("wp_post_date") or entry.get("published") or dict.get(entry, "updated") or ""),
        "author": str(entry.get("author") or ""),
        "source": str((entry.get("source") or {}).get("title") or ""),
        "category": _category(entry),
    }
    return {key: value for key, value in fields.items() if value}, whole


def _category(entry: Any) -> str:
    """The first category; of a post of WordPress none of its tags, which stand among them."""
    tags = [tag for tag in entry.get("tags") or () if tag.get("term")]
    return next((str(tag.term) for tag in tags if tag.get("scheme") != "post_tag"), "")


def _plain(markup: str) -> str:
    return " ".join(_TAG.sub(" ", markup).split())


def _sitemap(raw: bytes, name: str, kind: str) -> Rejected | Skipped:
    """How many addresses a sitemap names."""
    count = 0
    try:
        for _, element in etree.iterparse(io.BytesIO(raw), resolve_entities=False, no_network=True, recover=True):
            parent = element.getparent()
            count += parent is not None and _local(element) == "loc" and _local(parent) in ("url", "sitemap")
            element.clear()
    except etree.XMLSyntaxError as error:
        return Rejected(name, f"a sitemap that cannot be read: {error}")
    what = "sitemap" if kind == "urlset" else "index of sitemaps"
    return Skipped(name, f"{what} with {count:,} addresses and no article")


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""
