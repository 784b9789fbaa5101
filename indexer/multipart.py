"""Articles that a site shows in parts, saved side by side: ``tin-12.html``, ``tin-12-p2.html``, ``tin-12-p3.html``.

The first part takes the others in; each other part is no article of its own. Parts are known by their names and believed when
they bear the same headline.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
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
_WORDS = ("p", "page", "trang")
_SUFFIX = r"\.[a-z]{2,5}"
_NAME = re.compile(
    rf"(?P<stem>.+?)(?:[-_.](?:{'|'.join(_WORDS)})[-_]?(?P<number>\d{{1,2}})|[?&@_](?:{'|'.join(_WORDS)})=(?P<query>\d{{1,2}}))(?P<suffix>{_SUFFIX})?",
    re.IGNORECASE,
)
_SUFFIX_AT_END = re.compile(rf"(?<=.){_SUFFIX}\Z", re.IGNORECASE)


def joined(page: Page, article: Article) -> Article | Rejected:
    """The article with its further parts, or of what it is a part. They are looked for beside the page."""
    near = _Folder(page) if page.beside is None else _Carried(page, page.beside)
    html = page.url is not None or PurePath(near.name).suffix.lower() in (".html", ".htm", ".xhtml")
    if not html or len(page.raw) > MAX_BYTES:
        return article
    if part_number(near.name) == 1:
        return _with_parts(near, article)
    for series in series_to(near.name):
        if _takes_all(near, series):
            return Rejected(page.path, f"part {len(series)} of {series[0]}", PART)
    return article


def part_number(name: str) -> int:
    """Which part of an article a page of this name is; 1 for what is named like any other."""
    match = _NAME.fullmatch(name)
    return max(1, int(match["number"] or match["query"])) if match else 1


def series_to(name: str) -> list[tuple[str, ...]]:
    """Names of the parts of an article, from the first to a further one of this name; of each series that it may belong to."""
    match, number = _NAME.fullmatch(name), part_number(name)
    if match is None or not 1 < number <= MOST:
        return []
    firsts = dict.fromkeys((match["stem"] + (match["suffix"] or ""), match["stem"]))
    ways = [(first, way) for first in firsts if part_number(first) == 1 for way in _ways(first) if way.format(n=number) == name]
    return [(first, *(way.format(n=n) for n in range(2, number + 1))) for first, way in ways]


class _Folder:
    """The folder a page lies in."""

    def __init__(self, page: Page) -> None:
        self.page, self._path = page, Path(page.path)
        self.name, self._folder = self._path.name, str(self._path.parent)

    def has(self, name: str) -> bool:
        return os.path.isfile(os.path.join(self._folder, name))  # noqa: PTH113, PTH118  # asked for every way, where a path object costs most

    def read(self, name: str) -> bytes | None:
        path = self._path.with_name(name)
        try:
            return path.read_bytes() if path.is_file() and path.stat().st_size <= MAX_BYTES else None
        except OSError:
            return None


class _Carried:
    """What a page of an archive brought along, and itself."""

    def __init__(self, page: Page, beside: Beside) -> None:
        self.page, self.name, self._pages = page, beside.name, {**dict(beside.pages), beside.name: page.raw}

    def has(self, name: str) -> bool:
        return name in self._pages

    def read(self, name: str) -> bytes | None:
        return self._pages.get(name)


def _with_parts(near: _Folder | _Carried, article: Article) -> Article:
    """The article with the parts of every series: each is told by itself whether the first part takes it."""
    body, count, author = list(article.body), 1, article.author
    for more in _parts(near, article):
        known = {article.lead, *body}
        body += [text for text in (more.lead, *more.body) if text and text not in known]
        author, count = author or more.author, count + 1
    return article if count == 1 else replace(article, body=tuple(body), author=author, rules=(*article.rules, f"parts:{count}"))


def _parts(near: _Folder | _Carried, article: Article) -> Iterator[Article]:
    for way in _ways(near.name):
        if near.has(way.format(n=2)):
            for number in range(2, MOST + 1):
                if not _same(more := _read(near, way.format(n=number)), article):
                    break
                yield more


def _takes_all(near: _Folder | _Carried, series: tuple[str, ...]) -> bool:
    """Whether the first part of a series really takes each of the others, so that none is lost."""
    if not all(map(near.has, series)):
        return False
    first = _read(near, series[0])
    return first is not None and all(_same(_read(near, name), first) for name in series[1:])


def _ways(first: str) -> list[str]:
    """How sites, and those who save their pages, name further parts after a first one of this name; ``{n}`` stands for their number."""
    whole = first.replace("{", "{{").replace("}", "}}")
    suffix = found[0] if (found := _SUFFIX_AT_END.search(whole)) else ""
    stem = whole.removesuffix(suffix)
    counted = [f"{stem}{mark}{word}{joint}{{n}}{suffix}" for mark in "-_." for word in _WORDS for joint in ("", "-", "_")]
    ends = ((stem, suffix), (whole, suffix), (whole, ""))
    asked = [f"{name}{mark}{word}={{n}}{end}" for mark in "?&@_" for word in _WORDS for name, end in ends]
    return list(dict.fromkeys(counted + asked))


def _same(part: Article | None, article: Article) -> TypeGuard[Article]:
    """Whether both are parts of one article: one headline, perhaps with the part's number behind it."""
    if part is None:
        return False
    one, other = sorted((key(part.title), key(article.title)), key=len)
    return other.startswith(one) and len(other) - len(one) <= 12 and part.body != article.body


def _read(near: _Folder | _Carried, name: str) -> Article | None:
    """The article of a page there, read as the one it lies beside: of the same site, from the same server."""
    raw, page = near.read(name), near.page
    url = f"{page.url.partition('#')[0].rpartition('/')[0]}/{name}" if page.url else None
    found = extract(replace(page, path=name, raw=raw, url=url, kind="html", beside=None)) if raw else None
    return found if isinstance(found, Article) else None
