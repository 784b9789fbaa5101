"""Analyse the stored documents of an index anew, without the articles they came from."""

from __future__ import annotations

from pathlib import Path

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import AnalyzedDocument, Document
from engine.options import EngineOptions
from engine.port import Replaced
from indexer.analysis import analyze_document
from indexer.clusters import FILE as CLUSTERS
from indexer.clusters import Clusters, replace_file
from indexer.homes import settle_homes
from indexer.manifest import raise_if_busy


def reindex(directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> Replaced:
    """Bring the index in `directory` to this schema and analyzer while it goes on answering.

    Clusters of near-duplicates are found anew, too, and take the place of the old ones at the end. Raises IndexBusyError.
    """
    raise_if_busy(directory)
    building = directory / f"{CLUSTERS}.new"
    building.unlink(missing_ok=True)  # of a run that was cut off
    try:
        with Clusters(building) as clusters:

            def analyzed(document: Document) -> AnalyzedDocument:
                return clusters.placed(analyze_document(analyzer, document))

            replaced = Index.open_outdated(directory, analyzer, options).reindex(analyzed)
            settle_homes(Index.open(directory, analyzer, options=options), clusters)
            clusters.commit()
        replace_file(directory / CLUSTERS, building)
    finally:
        building.unlink(missing_ok=True)
    return replaced
