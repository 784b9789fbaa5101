"""Articles that a site shows in parts, saved side by side: ``tin-12.html``, ``tin-12-p2.html``, ``tin-12-p3.html``.

The first part takes the others in; each other part is no article of its own. Parts are known by their names and believed when
they bear the same headline.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TypeGuard

from indexer.extract import extract
from indexer.extract.title import key
from indexer.model import Article, Page, Rejected

MOST = 20
"""Parts of one article; the longest series seen has 7."""
MAX_BYTES = 2_000_000
PART = "part"
"""Outcome of a page that was taken into another."""
_NAME = re.compile(
    r"(?P<stem>.+?)(?:[-_.](?:page|trang|p)[-_]?(?P<number>\d{1,2})|[?&@_](?:page|trang|p)=(?P<query>\d{1,2}))(?P<suffix>\.x?html?)?",
    re.IGNORECASE,
)
_WAYS = ("{stem}-p{n}{suffix}", "{stem}_p{n}{suffix}", "{stem}-page-{n}{suffix}", "{stem}-page{n}{suffix}", "{stem}-trang-{n}{suffix}",
         "{stem}-trang{n}{suffix}", "{stem}@page={n}{suffix}", "{stem}{suffix}@page={n}{suffix}", "{stem}_page={n}{suffix}")  # fmt: skip


def joined(page: Page, article: Article) -> Article | Rejected:
    """The article with its further parts, or of what it is a part. Pages that do not lie in a folder are left alone."""
    path = Path(page.path)
    if path.suffix.lower() not in (".html", ".htm", ".xhtml"):
        return article
    first = _first(path)
    if first is not None and _same(_read(first), article):
        return Rejected(page.path, f"part {_number(path)} of {first.name}", PART)
    return _with_parts(path, article) if first is None else article


def _number(path: Path) -> int:
    match = _NAME.fullmatch(path.name)
    return int(match["number"] or match["query"]) if match else 1


def _first(path: Path) -> Path | None:
    """The first part beside a page that is named as a later one."""
    match = _NAME.fullmatch(path.name)
    if match is None or _number(path) < 2:
        return None
    stem, suffix = match["stem"], match["suffix"] or ""
    return next((one for name in (stem + suffix, stem) if (one := path.with_name(name)).suffix and one.is_file()), None)


def _with_parts(path: Path, article: Article) -> Article:
    way = next((way for way in _WAYS if _part(path, way, 2).is_file()), None)
    body, count, author = list(article.body), 1, article.author
    while way is not None and count < MOST and _same(more := _read(_part(path, way, count + 1)), article):
        known = {article.lead, *body}
        body += [text for text in (more.lead, *more.body) if text and text not in known]
        author, count = author or more.author, count + 1
    return article if count == 1 else replace(article, body=tuple(body), author=author, rules=(*article.rules, f"parts:{count}"))


def _part(path: Path, way: str, number: int) -> Path:
    return path.with_name(way.format(stem=path.stem, n=number, suffix=path.suffix))


def _same(part: Article | None, article: Article) -> TypeGuard[Article]:
    """Whether both are parts of one article: one headline, perhaps with the part's number behind it."""
    if part is None:
        return False
    one, other = sorted((key(part.title), key(article.title)), key=len)
    return other.startswith(one) and len(other) - len(one) <= 12 and part.body != article.body


def _read(path: Path) -> Article | None:
    try:
        raw = path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else b""
    except OSError:
        return None
    found = extract(Page(str(path), raw))
    return found if isinstance(found, Article) else None
