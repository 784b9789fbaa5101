"""Whoosh as its documentation advises for batches and for accents, and the obvious pipeline: pyvi in front of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pyvi import ViTokenizer
from whoosh.analysis import CharsetFilter, StandardAnalyzer
from whoosh.fields import ID, TEXT, Schema
from whoosh.filedb.filestore import FileStorage
from whoosh.qparser import MultifieldParser, OrGroup
from whoosh.support.charset import accent_map

from benchmarks.peers.model import LIMIT, Article, Found, Peer, words

WRITER_MB = 256


class Whoosh(Peer):
    """Marks folded, more memory for the writer."""

    distribution = "whoosh-reloaded"
    settings = (
        "StandardAnalyzer(stoplist=None) | CharsetFilter(accent_map), as under “character folding”: marks never count; "
        "writer(limitmb=256), as under “batch indexing”; MultifieldParser(title, text) with OrGroup, BM25F; title and text stored."
    )

    def __init__(self) -> None:
        self._searcher: Any
        self._parser: Any

    def analyzer(self) -> Any:
        """What makes words of text."""
        return StandardAnalyzer(stoplist=None) | CharsetFilter(accent_map)

    def text(self, raw: str) -> str:
        """Text before the analyzer sees it, of articles and queries."""
        return raw

    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """One commit."""
        analyzer = self.analyzer()
        schema = Schema(id=ID(stored=True, unique=True), title=TEXT(analyzer, stored=True), text=TEXT(analyzer, stored=True))
        index = FileStorage(str(directory)).create_index(schema)
        with index.writer(limitmb=WRITER_MB) as writer:
            for article in articles:
                writer.add_document(id=article.doc_id, title=self.text(article.title), text=self.text(article.text))
        self._searcher = index.searcher()
        self._parser = MultifieldParser(["title", "text"], schema, group=OrGroup)

    def search(self, query: str) -> Found:
        """The length of results is exact, and counted when asked for."""
        results = self._searcher.search(self._parser.parse(" ".join(words(self.text(query)))), limit=LIMIT)
        return Found([hit["id"] for hit in results], len(results))


class PyviWhoosh(Whoosh):
    """Words found by pyvi, then Whoosh as it comes."""

    settings = "ViTokenizer.tokenize over articles and queries, then StandardAnalyzer(stoplist=None); the rest as Whoosh."

    def analyzer(self) -> Any:
        """Keeps the underscores within words."""
        return StandardAnalyzer(stoplist=None)

    def text(self, raw: str) -> str:
        """With underscores within words."""
        return str(ViTokenizer.tokenize(raw))
