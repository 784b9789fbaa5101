"""What a page states about itself for machines: JSON-LD, meta elements, `<title>`, canonical address.

Read with BeautifulSoup from the part before ``<body>`` and from JSON-LD scripts wherever they stand: the body has its own,
faster reader.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING

from indexer.extract.blocks import fold
from indexer.extract.names import is_organisation

if TYPE_CHECKING:
    from bs4 import BeautifulSoup, SoupStrainer

HEAD_CHARS = 100_000
HEAD_TAGS = 400
"""Meta, link and title elements that are read; the largest real head seen has 140."""
_HEAD_END = re.compile(r"<body[\s>]|</head>", re.IGNORECASE)
_LD = re.compile(r"<script[^>]{0,200}application/ld\+json[^>]{0,100}>", re.IGNORECASE)
_SCRIPT_END = re.compile(r"</script", re.IGNORECASE)
LD_SCRIPTS, LD_CHARS = 20, 400_000
"""JSON-LD scripts that are read, and their size together."""
# Atomic and possessive: an attribute list that never ends must not be divided in every possible way.
_HEAD_TAG = re.compile(
    r"<title\b[^>]{0,500}>[^<]{0,2000}(?:</title>)?|<(?:meta|link)\b(?>[^>\"']{1,500}|\"[^\"]{0,5000}\"|'[^']{0,5000}'){0,60}+>",
    re.IGNORECASE,
)
_DATE_KEYS = (
    "article:published_time",
    "og:published_time",
    "article:published",
    "pubdate",
    "publishdate",
    "publish_date",
    "publication_date",
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "datepublished",
    "sailthru.date",
    "og:article:published_time",
    "cxenseparse:recs:publishtime",
    "parsely-pub-date",
    "dc.created",
    "article_date_original",
)
_ARTICLE_TYPES = frozenset(
    ("newsarticle", "article", "reportagenewsarticle", "blogposting", "analysisnewsarticle", "opinionnewsarticle", "webpage")
)
_ACCOUNT = re.compile(r"(?:admin\w*|administrator|editor|bbt|btv|ban biên tập|biên tập viên|quản trị.*|webmaster|user\d*)$", re.IGNORECASE)


@dataclass(slots=True)
class Metadata:
    """Statements of the page, unjudged; texts folded."""

    title: str = ""
    headlines: list[tuple[str, str]] = field(default_factory=list)
    descriptions: list[str] = field(default_factory=list)
    dates: list[tuple[str, str]] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    site: str | None = None
    url: str | None = None
    section: str | None = None
    og_type: str = ""
    generator: str = ""
    language: str = ""
    article: bool = False


def metadata(markup: str) -> Metadata:
    """Read the head and the JSON-LD of a page; damaged parts are passed over."""
    found = Metadata()
    for item in _linked_data(markup):
        _read_item(item, found)
    soup = _soup(_head(markup))
    if soup.title:
        found.title = fold(soup.title.get_text())
    for tag in soup.find_all("meta"):
        key = str(tag.get("property") or tag.get("name") or tag.get("itemprop") or "").lower()
        content = fold(str(tag.get("content") or ""))
        if key and content:
            _read_meta(key, content, found)
    for tag in soup.find_all("link"):
        if "canonical" in str(tag.get("rel") or "").lower() and str(tag.get("href") or "").startswith("http"):
            found.url = found.url or str(tag["href"])
    return found


def _soup(head: str) -> BeautifulSoup:
    from bs4 import BeautifulSoup  # loads in 0.1 s, and records have no head

    return BeautifulSoup(head, "lxml", parse_only=_stated())


@cache
def _stated() -> SoupStrainer:
    """The elements that are kept."""
    from bs4 import SoupStrainer

    return SoupStrainer(["title", "meta", "link"])


def _head(markup: str) -> str:
    end = _HEAD_END.search(markup, 0, HEAD_CHARS)
    head = markup[: end.start() if end else min(len(markup), 4000)]
    return "".join(match[0] for match, _ in zip(_HEAD_TAG.finditer(head), range(HEAD_TAGS), strict=False))


def _read_meta(key: str, content: str, found: Metadata) -> None:
    if key in ("og:title", "twitter:title", "dc.title"):
        found.headlines.append((key, content))
    elif key in ("description", "og:description", "twitter:description"):
        found.descriptions.append(content)
    elif key in _DATE_KEYS:
        found.dates.append(("meta", content))
    elif key in ("author", "article:author", "dc.creator"):
        if not content.startswith("http"):
            found.authors.append(content)
    elif key == "og:site_name":
        found.site = content
    elif key == "og:url" and content.startswith("http"):
        found.url = found.url or content
    elif key == "article:section":
        found.section = found.section or content
    elif key == "og:type":
        found.og_type = content.lower()
    elif key == "generator":
        found.generator = content


def _linked_data(markup: str) -> Iterator[dict[str, object]]:
    """JSON-LD objects of the page, graphs and lists flattened."""
    if "ld+json" not in markup:
        return
    budget = LD_CHARS
    for match, _ in zip(_LD.finditer(markup), range(LD_SCRIPTS), strict=False):
        closing = _SCRIPT_END.search(markup, match.end(), match.end() + budget)
        if closing is None:
            continue
        end = closing.start()
        budget -= end - match.end()
        text = re.sub(r"^\s*(?:<!\[CDATA\[|<!--|//\s*<!\[CDATA\[)|(?://\s*)?(?:\]\]>|-->)\s*$", "", markup[match.end() : end].strip())
        try:
            data = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _objects(data, 0)


def _objects(data: object, depth: int) -> Iterator[dict[str, object]]:
    if depth > 4:
        return
    if isinstance(data, list):
        for item in data[:50]:
            yield from _objects(item, depth + 1)
    elif isinstance(data, dict):
        yield data
        yield from _objects(data.get("@graph"), depth + 1)


def _read_item(item: dict[str, object], found: Metadata) -> None:
    types = item.get("@type")
    names = {str(name).lower() for name in (types if isinstance(types, list) else [types])}
    if not names & _ARTICLE_TYPES:
        return
    found.article = found.article or "webpage" not in names
    headline, date = item.get("headline"), item.get("datePublished")
    if isinstance(headline, str) and headline.strip():
        found.headlines.append(("json-ld", _unescape(headline)))
    if isinstance(date, str) and date.strip():
        found.dates.insert(0, ("json-ld", date.strip()))
    description = item.get("description")
    if isinstance(description, str) and description.strip():
        found.descriptions.append(_unescape(description))
    section = item.get("articleSection")
    if isinstance(section, str) and section.strip():
        found.section = found.section or _unescape(section)
    _read_people(item, found)


def _read_people(item: dict[str, object], found: Metadata) -> None:
    """A Person is an author; an Organization is the source."""
    authors = item.get("author")
    for author in authors if isinstance(authors, list) else [authors]:
        name = author.get("name") if isinstance(author, dict) else author
        kind = str(author.get("@type")).lower() if isinstance(author, dict) else "person"
        if isinstance(name, str) and name.strip():
            if "organization" in kind or is_organisation(name):
                found.site = found.site or (None if _ACCOUNT.match(name.strip()) else _unescape(name))
            else:
                found.authors.insert(0, _unescape(name))
    publisher = item.get("publisher")
    name = publisher.get("name") if isinstance(publisher, dict) else None
    if isinstance(name, str) and name.strip():
        found.site = found.site or _unescape(name)


def _unescape(text: str) -> str:
    import html

    return fold(html.unescape(text))
