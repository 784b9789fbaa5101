"""Articles that a site shows in parts, saved side by side: ``tin-12.html``, ``tin-12-p2.html``, ``tin-12-p3.html``.

The first part takes the others in; each other part is no article of its own. Parts are known by their names and believed when
they bear the same headline.
"""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path, PurePath
from typing import TypeGuard

from indexer.extract import extract
from indexer.extract.title import key
from indexer.model import Article, Beside, Page, Rejected

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
    """The article with its further parts, or of what it is a part. They are looked for beside the page."""
    near = _Folder(Path(page.path)) if page.beside is None else _Carried(page.beside)
    if page.url is None and PurePath(near.name).suffix.lower() not in (".html", ".htm", ".xhtml"):
        return article
    number = part_number(near.name)
    first = next((name for name in first_names(near.name) if near.has(name)), None) if number > 1 else None
    if first is not None and _same(_read(near, first), article):
        return Rejected(page.path, f"part {number} of {first}", PART)
    return _with_parts(near, article) if first is None else article


def part_number(name: str) -> int:
    """Which part of an article a page of this name is; 1 for what is named like any other."""
    match = _NAME.fullmatch(name)
    return int(match["number"] or match["query"]) if match else 1


def first_names(name: str) -> tuple[str, ...]:
    """Names that the first part of an article may have beside a further one of this name."""
    match = _NAME.fullmatch(name)
    if match is None:
        return ()
    stem, suffix = match["stem"], match["suffix"] or ""
    return (stem + suffix, stem) if suffix else (stem,)


class _Folder:
    """The folder a page lies in."""

    def __init__(self, path: Path) -> None:
        self.name, self._path = path.name, path

    def has(self, name: str) -> bool:
        return self._path.with_name(name).is_file()

    def read(self, name: str) -> bytes | None:
        path = self._path.with_name(name)
        try:
            return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
        except OSError:
            return None


class _Carried:
    """What a page of an archive brought along."""

    def __init__(self, beside: Beside) -> None:
        self.name, self._pages = beside.name, dict(beside.pages)

    def has(self, name: str) -> bool:
        return name in self._pages

    def read(self, name: str) -> bytes | None:
        return self._pages.get(name)


def _with_parts(near: _Folder | _Carried, article: Article) -> Article:
    way = next((way for way in _WAYS if near.has(_further(near.name, way, 2))), None)
    body, count, author = list(article.body), 1, article.author
    while way is not None and count < MOST and _same(more := _read(near, _further(near.name, way, count + 1)), article):
        known = {article.lead, *body}
        body += [text for text in (more.lead, *more.body) if text and text not in known]
        author, count = author or more.author, count + 1
    return article if count == 1 else replace(article, body=tuple(body), author=author, rules=(*article.rules, f"parts:{count}"))


def _further(name: str, way: str, number: int) -> str:
    path = PurePath(name)
    return way.format(stem=path.stem, n=number, suffix=path.suffix)


def _same(part: Article | None, article: Article) -> TypeGuard[Article]:
    """Whether both are parts of one article: one headline, perhaps with the part's number behind it."""
    if part is None:
        return False
    one, other = sorted((key(part.title), key(article.title)), key=len)
    return other.startswith(one) and len(other) - len(one) <= 12 and part.body != article.body


def _read(near: _Folder | _Carried, name: str) -> Article | None:
    raw = near.read(name)
    found = extract(Page(name, raw, kind="html")) if raw else None
    return found if isinstance(found, Article) else None
