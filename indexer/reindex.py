"""Analyse the stored documents of an index anew, without the articles they came from."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.options import EngineOptions
from indexer.analysis import analyze_document
from indexer.homes import settle_homes


def reindex(directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> int:
    """Bring the index in `directory` to this schema and analyzer while it goes on answering; return the number of documents."""
    documents = Index.open_outdated(directory, analyzer, options).reindex(partial(analyze_document, analyzer))
    settle_homes(Index.open(directory, analyzer, options=options))
    return documents
