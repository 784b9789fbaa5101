"""Pages of archives come with what lies beside them there: a worker can look into a page's folder, but not into an archive.

An archive is read once ahead for that, up to `SURVEYED_BYTES` of pages; where further parts of articles are among them, their first
parts are looked for in a second reading. A first part brings along the others, each other one those before it. Members lie in the
folders of their archive, pages of a web archive at their addresses.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from itertools import islice
from typing import Literal, overload

from indexer.extract.dispatch import OFFICE, kind_of
from indexer.model import Beside, Page
from indexer.multipart import MAX_BYTES, part_number, series_to
from indexer.recurring import LEARNT_BYTES, LEAST_PAGES, SAMPLE, Lines, Seen, host_of, learn, name_digest, seen
from indexer.sources import STDIN, Item, Line, Reading, SourceFile, holds_pages, read

SURVEYED_BYTES = 256 * 1024 * 1024
"""Bytes of pages that are looked at ahead, and so the most that is held: far more than samples of a few sites need."""
SURVEYED_ITEMS = 20_000
GROUPS = 64
"""Folders, or sites, that are learnt from: the first that are met."""

Place = tuple[str, str]
"""Where a page lies (folder of an archive, address up to its last slash), and its name there."""


@overload
def read_with_neighbours(source: SourceFile, reading: Reading, *, later: Literal[False] = ...) -> Iterator[Item]: ...


@overload
def read_with_neighbours(source: SourceFile, reading: Reading, *, later: bool) -> Iterator[Item | Line]: ...


def read_with_neighbours(source: SourceFile, reading: Reading, *, later: bool = False) -> Iterator[Item | Line]:
    """The items of a source, as `read` gives them; pages of archives with what lies beside them. Streams cannot be read ahead."""
    if source.path == STDIN or not holds_pages(source):
        yield from read(source, reading, later=later)
        return
    survey = _Survey(lambda: _pages(read(source, reading)))
    for item in read(source, reading, later=later):
        yield survey.furnished(item) if isinstance(item, Page) else item


class _Survey:
    """What is known of an archive before its pages are taken apart."""

    def __init__(self, pages: Callable[[], Iterator[Page]]) -> None:
        samples: dict[str, _Sample] = {}
        parts: dict[Place, bytes] = {}
        names: set[Place] = set()
        for page in pages():
            place = _place(page)
            names.add(place)
            if part_number(place[1]) > 1 and len(page.raw) <= MAX_BYTES:
                parts[place] = page.raw
            if _group(page) in samples or len(samples) < GROUPS:
                samples.setdefault(_group(page), _Sample()).take(page)
        self._lines = {group: sample.lines() for group, sample in samples.items()}
        self._beside: dict[Place, dict[str, None]] = {}
        firsts: set[Place] = set()
        for folder, name in parts:
            for series in series_to(name):
                if (folder, series[0]) in names and all((folder, further) in parts for further in series[1:]):
                    firsts.add((folder, series[0]))
                    self._beside.setdefault((folder, series[0]), {})[name] = None
                    self._beside.setdefault((folder, name), {}).update(dict.fromkeys(series[:-1]))
        self._pages = {(folder, name): parts[folder, name] for folder, name in self._beside if (folder, name) in parts}
        if firsts:
            self._pages |= {_place(page): page.raw for page in pages() if _place(page) in firsts and len(page.raw) <= MAX_BYTES}

    def furnished(self, page: Page) -> Page:
        """The page with what lies beside it."""
        folder, name = _place(page)
        near = [(other, self._pages[folder, other]) for other in self._beside.get((folder, name), ()) if (folder, other) in self._pages]
        return replace(page, beside=Beside(name, tuple(near), self._lines.get(_group(page), {})))


class _Sample:
    """The pages of a group whose names have the smallest digests, so that their order does not matter."""

    def __init__(self) -> None:
        self._kept: list[tuple[int, str, Page]] = []

    def take(self, page: Page) -> None:
        if len(page.raw) > LEARNT_BYTES or kind_of(page) == OFFICE:
            return
        name = page.url or page.path
        entry = (-int.from_bytes(name_digest(name)), page.path, page)
        (heapq.heappush if len(self._kept) < SAMPLE else heapq.heappushpop)(self._kept, entry)

    def lines(self) -> Lines:
        if len(self._kept) < LEAST_PAGES:
            return {}
        return learn(one for _, _, page in self._kept if (one := _seen(page)) is not None)


def _seen(page: Page) -> Seen | None:
    """What is learnt from a page. It is read in the main process, where nothing may end the run."""
    try:
        return seen(page.raw, page.url)
    except Exception:  # noqa: BLE001  # one page of a million must not end the run
        return None


def _pages(items: Iterator[Item]) -> Iterator[Page]:
    """The pages among the items, as far as they are looked at ahead."""
    left = SURVEYED_BYTES
    with closing(items):  # type: ignore[type-var]  # `read` is a generator
        for item in islice(items, SURVEYED_ITEMS):
            if isinstance(item, Page):
                left -= len(item.raw)
                if left < 0:
                    return
                yield item


def _place(page: Page) -> Place:
    folder, _, name = (page.url.partition("#")[0] if page.url else page.path).rpartition("/")
    return folder, name


def _group(page: Page) -> str:
    """Pages that are learnt from together: those of a folder, or of a site."""
    return host_of(page.url) if page.url else _place(page)[0]
