"""What a peer is: something that takes articles in and answers queries, or something that finds words."""

from __future__ import annotations

import os
import re
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from importlib import import_module
from importlib.metadata import version
from pathlib import Path
from time import process_time
from typing import Any, ClassVar, NamedTuple

LIMIT = 10
"""Hits that a search asks for."""


class Article(NamedTuple):
    """An article to index. `text` is all that follows the title; `record` holds the fields as ``timtin index`` reads them."""

    doc_id: str
    title: str
    text: str
    record: Mapping[str, Any]


class Found(NamedTuple):
    """What a search found: ids, best first; `total` is None where the peer counts no matches."""

    ids: list[str]
    total: int | None


class NotRunError(Exception):
    """A peer cannot be run here; the message says why."""


class Peer(ABC):
    """A search engine. `settings` says how it is set up and why, for readers of the table."""

    settings: ClassVar[str]
    distribution: ClassVar[str]
    """The package whose version is shown."""

    def version(self) -> str:
        """The version that was measured."""
        return version(self.distribution)

    def clock(self) -> float:
        """Seconds, to time single searches by: CPU time, where this process does the work."""
        return process_time()

    @abstractmethod
    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """Make the articles searchable, and keep them in the empty `directory` if the peer can."""

    def index_judged(self, articles: Sequence[Article], directory: Path) -> None:
        """The same for a judged collection, where articles with the same text are all judged."""
        self.index(articles, directory)

    @abstractmethod
    def search(self, query: str) -> Found:
        """The best LIMIT articles for what a user typed, and how many there are."""

    def size(self, directory: Path) -> int | None:
        """Bytes that the index takes on disk; None where the peer keeps none."""
        return sum(path.stat().st_size for path in directory.rglob("*") if path.is_file()) or None

    def processes(self) -> list[int]:
        """Ids of the processes that do the work."""
        return [os.getpid()]

    def close(self) -> None:  # noqa: B027  # most have nothing to end
        """End what was started."""


class SegmenterPeer(ABC):
    """A word segmenter."""

    settings: ClassVar[str]
    distribution: ClassVar[str]

    def version(self) -> str:
        """The version that was measured."""
        return version(self.distribution)

    @abstractmethod
    def segment(self, sentences: Sequence[str]) -> list[str]:
        """Each sentence with a space between words and ``_`` inside them."""


OURS = "timtin"
PEERS = {
    OURS: "timtin:Timtin",
    "tantivy": "tantivy:Tantivy",
    "tantivy, folded": "tantivy:FoldedTantivy",
    "Whoosh": "whoosh:Whoosh",
    "pyvi + Whoosh": "whoosh:PyviWhoosh",
    "SQLite FTS5": "fts5:Fts5",
    "bm25s": "bm25s:Bm25s",
    "rank-bm25": "rank_bm25:RankBm25",
    "OpenSearch": "opensearch:OpenSearch",
}
"""Name -> where its class is, below this package; imported only in the process that measures it."""
SEGMENTERS = {OURS: "segmenters:Ours", "pyvi": "segmenters:Pyvi", "underthesea": "segmenters:Underthesea"}


def load(name: str, peers: Mapping[str, str] = PEERS) -> Any:
    """The peer of that name, ready to work. Raises NotRunError when what it needs is not here."""
    module, _, class_name = peers[name].partition(":")
    try:
        return getattr(import_module(f"benchmarks.peers.{module}"), class_name)()
    except ImportError as error:
        raise NotRunError(f"{error}; `make bench` installs requirements/bench.lock") from error


def words(query: str) -> list[str]:
    """The words of what a user typed, for query languages in which its marks would be operators."""
    return re.findall(r"\w+", query)
