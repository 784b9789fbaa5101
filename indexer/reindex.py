"""Analyse the stored documents of an index anew, without the articles they came from."""

from __future__ import annotations

from pathlib import Path

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import AnalyzedDocument, Document
from engine.options import EngineOptions
from engine.port import Replaced
from indexer.analysis import analyze_document
from indexer.clusters import IN_MEMORY, Clusters
from indexer.homes import settle_homes


def reindex(directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> Replaced:
    """Bring the index in `directory` to this schema and analyzer while it goes on answering."""
    with Clusters(IN_MEMORY) as clusters:

        def analyzed(document: Document) -> AnalyzedDocument:
            return clusters.placed(analyze_document(analyzer, document))

        replaced = Index.open_outdated(directory, analyzer, options).reindex(analyzed)
        settle_homes(Index.open(directory, analyzer, options=options), clusters)
    return replaced
