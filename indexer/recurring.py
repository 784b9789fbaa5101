"""Lines that recur on the pages of one site are the site's, not the articles'.

Learnt from a sample of the folder a page lies in, when the first page of that folder is read: forty pages whose names have the
smallest digests, so neither the order of the run nor who reads the page matters, and the same files always teach the same. What is
kept in memory is bounded: the lines of the last `FOLDERS` folders. Of archives it is learnt ahead (`indexer.beside`).
"""

from __future__ import annotations

import heapq
import os
import re
from collections import OrderedDict, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

from indexer.extract.decode import decode
from indexer.extract.guard import strip_silent
from indexer.extract.metadata import metadata
from indexer.extract.plain import text_blocks
from indexer.model import Article, Page

SAMPLE = 40
LEAST_PAGES = 20
"""Pages with titles of their own that a site must have in the sample before anything is learnt."""
SHARE = 0.3
"""Part of them on which a line must stand. With 20 pages that is six: a series has no line on so many."""
LEAST_LEFT = 0.5
"""Part of an article that must stay: copies of one article share everything, and are left alone."""
LONGEST = 300
SHORT = 50
"""Code points of a line up to which its numbers may differ."""
FOLDERS = 64
LEARNT_BYTES = 1_000_000
_SUFFIXES = (".html", ".htm", ".xhtml", ".shtml")
_DIGITS = re.compile(r"\d+")

Lines = dict[str, frozenset[str]]
"""Host ("" for unknown) -> keys of the lines that recur on its pages."""


class Recurring:
    """Remembers what recurs in folders. Not for use by several threads at once."""

    def __init__(self) -> None:
        self._known: OrderedDict[str, Lines] = OrderedDict()

    def strip(self, page: Page, article: Article) -> tuple[Article, tuple[str, ...]]:
        """The article without lines that recur in its page's folder, and those lines; ``recurring:2`` in its rules says how many."""
        known = self._known_of(page)
        if not known:
            return article, ()
        lines = known.get(host_of(article.url), frozenset())
        kept = tuple(text for text in article.body if line_key(text) not in lines)
        dropped = tuple(text for text in article.body if line_key(text) in lines)
        if not dropped or sum(map(len, kept)) < LEAST_LEFT * sum(map(len, article.body)):
            return article, ()
        return replace(article, body=kept, rules=(*article.rules, f"recurring:{len(dropped)}")), dropped

    def _known_of(self, page: Page) -> Mapping[str, frozenset[str]]:
        if page.beside is not None:
            return page.beside.lines
        return self._of(str(Path(page.path).parent)) if page.path.lower().endswith(_SUFFIXES) else {}

    def _of(self, folder: str) -> Lines:
        if folder not in self._known:
            self._known[folder] = learn(_sampled(folder))
            if len(self._known) > FOLDERS:
                self._known.popitem(last=False)
        self._known.move_to_end(folder)
        return self._known[folder]


class Seen(NamedTuple):
    """A page of the sample: its host, what its head calls it, and all its lines, boilerplate and text alike."""

    host: str
    title: str
    lines: tuple[str, ...]


def learn(pages: Iterable[Seen]) -> Lines:
    """Which lines recur on the pages of each host. Copies of a page count as one."""
    titles: dict[str, set[str]] = defaultdict(set)
    seen: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for host, title, lines in pages:
        titles[host].add(title)
        for text in lines:
            if len(text) <= LONGEST:
                seen[host][line_key(text)].add(title)
    return {
        host: frozenset(key for key, on in lines.items() if len(on) >= SHARE * len(titles[host]))
        for host, lines in seen.items()
        if len(titles[host]) >= LEAST_PAGES
    }


def line_key(text: str) -> str:
    """How lines are compared. In short ones numbers do not matter: they are counters; in sentences they are the news."""
    folded = " ".join(text.casefold().split())
    return _DIGITS.sub("0", folded) if len(folded) <= SHORT else folded


def host_of(url: str | None) -> str:
    """Host of an address, "" for none."""
    try:
        return (urlsplit(url).hostname or "") if url else ""
    except ValueError:
        return ""


def _sampled(folder: str) -> Iterator[Seen]:
    """Pages of the sample, read without a tree: a hundredth of a second each. A folder that cannot be read teaches nothing."""
    try:
        with os.scandir(folder) as entries:
            names = (entry.name for entry in entries if entry.name.lower().endswith(_SUFFIXES) and not entry.name.startswith("."))
            chosen = heapq.nsmallest(SAMPLE, names, key=name_digest)
    except OSError:
        return
    for name in chosen if len(chosen) >= LEAST_PAGES else ():
        try:
            raw = Path(folder, name).read_bytes()
        except OSError:
            continue
        if len(raw) <= LEARNT_BYTES:
            yield seen(raw)


def seen(raw: bytes, url: str | None = None) -> Seen:
    """What is learnt from a page, read without a tree. `url` is its address where the page need not be asked."""
    markup = decode(raw).text
    head = metadata(markup)
    return Seen(host_of(url or head.url), line_key(head.title), tuple(block.text for block in text_blocks(strip_silent(markup)[0])))


def name_digest(name: str) -> bytes:
    """What decides who is in a sample."""
    return blake2b(os.fsencode(name), digest_size=8).digest()
