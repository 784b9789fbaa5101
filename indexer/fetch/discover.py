"""Feeds and sitemaps: from their bytes to the addresses they list. Nothing here fetches anything."""

from __future__ import annotations

import datetime
import io
import logging
import re
from dataclasses import dataclass
from typing import Any

import feedparser
from usp.objects.sitemap import AbstractSitemap, InvalidSitemap
from usp.tree import sitemap_from_str

from analyzers.dates import given_date
from indexer.fetch.coding import GZIP_MAGIC, gunzip
from indexer.fetch.model import Entry, NotFetchedError, Outcome

MAX_ENTRIES = 100_000
"""Addresses of one list; a sitemap may have 50,000."""
MAX_FEED_BYTES = 8 * 1024 * 1024
MAX_TAGS = {"feed": 100_000, "urlset": 1_000_000, "sitemapindex": 50_000}
"""Tags of a list that is read, so that none takes longer than some seconds: feedparser needs 35 µs a tag, and the time for an
index grows with the square of its entries. A feed of fifty whole articles has 10,000, a full sitemap 500,000."""
_DATE_CHARS = 100
_SITEMAP_DATE = re.compile(
    r"(<(?:[\w-]{1,40}+:)?+(?:lastmod|publication_date)(?:\s[^<>]{0,200}+)?+>)\s{0,20}+(?:<!\[CDATA\[)?+([^<\]]{0,100}+)(?:\]\]>)?+[^<]*+(</)"
)
_BEFORE_ROOT = {b"<?": b"?>", b"<!--": b"-->", b"<!": b">"}
_SOLID = re.compile(rb"\S")
_NAME = re.compile(rb"<([A-Za-z][\w.:-]{0,60})")
_LOOKED_AT = 64 * 1024
"""Bytes in which a list says that it is one."""
_FEEDS = {"rss", "feed", "rdf"}
_SITEMAPS = {"urlset", "sitemapindex"}
_LOOKS = re.compile(r"(?:\.(?:xml|rss|atom|rdf)(?:\.gz)?|/(?:feed|rss|atom)s?/?|/sitemap[^/]*)(?:\?.*)?\Z", re.IGNORECASE)

_log = logging.getLogger("usp")
_log.addHandler(logging.NullHandler())
_log.propagate = False  # it tells broken sitemaps to standard error; ours goes into the report


@dataclass(frozen=True, slots=True)
class Listing:
    """What a feed or sitemap lists: pages, and further lists."""

    kind: str
    """``feed`` or ``sitemap``."""
    entries: tuple[Entry, ...]
    lists: tuple[str, ...] = ()


def looks_like_list(url: str) -> bool:
    """Whether an address is named as feeds and sitemaps are."""
    return _LOOKS.search(url.partition("#")[0]) is not None


def read_listing(body: bytes, url: str, content_type: str, max_bytes: int) -> Listing | None:
    """The feed or sitemap in `body`, or None when it is neither. Raises NotFetchedError when it cannot be read."""
    if body.startswith(GZIP_MAGIC):  # sitemap.xml.gz, packed by its author and not by the server
        body = gunzip(body, max_bytes)
    root = root_name(body)
    _check_tags(body, root)
    if root in _FEEDS:
        return _feed(body, url, content_type)
    if root in _SITEMAPS:
        return _sitemap(body)
    if root is None and content_type.lower().startswith("text/plain"):
        found = _sitemap(body)
        return found if found.entries else None
    return None


def _check_tags(body: bytes, root: str | None) -> None:
    most = MAX_TAGS["feed" if root in _FEEDS else root if root in _SITEMAPS else "urlset"]
    if body.count(b"<") > most or (root is None and body.count(b"\n") > MAX_ENTRIES):
        raise NotFetchedError(Outcome.FAILED, f"a list that cannot be read: more than {most if root else MAX_ENTRIES:,} entries or tags")


def root_name(body: bytes) -> str | None:
    """Local name of the first element, in lower case, behind declarations, comments and a document type."""
    start = body[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    at = _next(start, 0)
    while (opened := next((one for one in _BEFORE_ROOT if start.startswith(one, at)), None)) is not None:
        closed = _BEFORE_ROOT[opened]
        if opened == b"<!" and 0 <= start.find(b"[", at) < start.find(b">", at):
            closed = b"]>"
        end = start.find(closed, at + len(opened))
        if end < 0:
            return None
        at = _next(start, end + len(closed))
    found = _NAME.match(start, at)
    if found is None:
        return None
    name = found[1].decode("ascii", "replace").lower()
    return "rdf" if name.startswith("rdf") else name.rpartition(":")[2]


def _next(start: bytes, at: int) -> int:
    """Where the next character that is no space stands."""
    found = _SOLID.search(start, at)
    return found.start() if found else len(start)


def _feed(body: bytes, url: str, content_type: str) -> Listing:
    if len(body) > MAX_FEED_BYTES:
        raise NotFetchedError(Outcome.FAILED, f"a feed larger than {MAX_FEED_BYTES:,} bytes")
    if b"<!ENTITY" in body[:_LOOKED_AT]:  # a few hundred bytes of them expand to megabytes
        raise NotFetchedError(Outcome.FAILED, "a feed that declares entities of its own")
    headers = {"content-location": url, "content-type": content_type}
    try:  # a stream: feedparser opens files and addresses that it is given as text
        found = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
    except Exception as error:  # feedparser lets errors of several libraries through
        raise NotFetchedError(Outcome.FAILED, f"a feed that cannot be read: {type(error).__name__}") from error
    entries = [Entry(link, _day(item)) for item in found.entries[:MAX_ENTRIES] if (link := _link(item))]
    if not entries and found.bozo:
        raise NotFetchedError(Outcome.FAILED, f"a feed that cannot be read: {found.get('bozo_exception')}"[:200])
    return Listing("feed", tuple(entries))


def _link(item: Any) -> str:
    """The page of an entry; its id where that is an address and there is no link."""
    link = str(item.get("link") or "").strip()
    identity = str(item.get("id") or "").strip()
    return link or (identity if identity.startswith(("http://", "https://")) else "")


def _day(item: Any) -> str | None:
    """The later of the two dates an entry states: an article that was changed is news again."""
    days = [day for key in ("published", "updated") if (day := given_date(str(dict.get(item, key) or "")[:_DATE_CHARS]))]
    return max(days, default=None)  # dict.get: feedparser's own gives the one date for the other, with a warning


def _sitemap(body: bytes) -> Listing:
    try:
        found = sitemap_from_str(_with_our_dates(body.decode("utf-8-sig", "replace")))
        entries = tuple(Entry(page.url, _page_day(page)) for _, page in zip(range(MAX_ENTRIES), found.all_pages(), strict=False))
        lists = tuple(child.url for child in _children(found))[:MAX_ENTRIES]
    except Exception as error:  # the library lets errors of several others through
        raise NotFetchedError(Outcome.FAILED, f"a sitemap that cannot be read: {type(error).__name__}: {error}"[:200]) from error
    if isinstance(found, InvalidSitemap):
        raise NotFetchedError(Outcome.FAILED, f"a sitemap that cannot be read: {found.reason}"[:200])
    return Listing("sitemap", entries, lists)


def _children(found: AbstractSitemap) -> list[AbstractSitemap]:
    """Sitemaps an index lists. The parser was given no web client, so it names them and fetches none."""
    return [child for child in found.sub_sitemaps if isinstance(child, InvalidSitemap)]


def _page_day(page: Any) -> str | None:
    moments = (page.last_modified, page.news_story.publish_date if page.news_story else None)
    return max((moment.date().isoformat() for moment in moments if isinstance(moment, datetime.datetime)), default=None)


def _with_our_dates(text: str) -> str:
    """The same sitemap with each date read by our rules: the library's guess at what is not ISO 8601 takes 05/03 for the third of
    May, fills what is missing with today's, and gives up the whole sitemap for some."""
    return _SITEMAP_DATE.sub(_our_date, text)


def _our_date(found: re.Match[str]) -> str:
    day = given_date(found[2]) or ""
    return f"{found[1]}{day if len(day) == len('2024-03-05') else ''}{found[3]}"
