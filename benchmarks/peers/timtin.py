"""This project, through the pipeline and the search that users get."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from benchmarks.peers.model import LIMIT, Article, Found, Peer
from cli.evaluation.run import documents
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from indexer.analysis import analyze_documents
from indexer.run import index_paths


class Timtin(Peer):
    """Analysis, places, dates, key terms, facets and duplicates included."""

    distribution = "timtin"
    settings = (
        "index_paths over NDJSON without worker processes: reading, duplicates, words, places, dates, key terms and facets included; "
        "default settings. Searches are those of the page (spelling, softening, both stages of ranking) but for facet counts and snippets."
    )

    def __init__(self) -> None:
        self._analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
        self._searcher: Searcher
        self._copies = False

    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """Write them as NDJSON and index that, as ``timtin index`` does."""
        source = _written(articles, directory)
        index = Index.create(directory / "index", self._analyzer)
        index_paths(index, [str(source)])
        source.unlink()
        self._searcher = Searcher(index)

    def index_judged(self, articles: Sequence[Article], directory: Path) -> None:
        """Past the search for duplicates, which are then all listed, as ``timtin eval`` does."""
        self._copies = True
        index = Index.create(directory / "index", self._analyzer)
        read = [*documents([_written(articles, directory)])]
        with index.writer() as writer:
            for analyzed in analyze_documents(self._analyzer, read):
                writer.add(analyzed)
        self._searcher = Searcher(index)

    def search(self, query: str) -> Found:
        """The first page and the total."""
        response = self._searcher.search(SearchRequest(query, limit=LIMIT, facets=(), snippets=0, copies=self._copies))
        return Found([hit.document.doc_id for hit in response.hits], response.total)


def _written(articles: Sequence[Article], directory: Path) -> Path:
    source = directory / "articles.ndjson"
    source.write_text("".join(json.dumps(dict(article.record), ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")
    return source
