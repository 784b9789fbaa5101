"""Analyse the stored documents of an index anew, without the articles they came from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import AnalyzedDocument, Document
from engine.options import EngineOptions
from engine.port import Replaced
from engine.sealing import LOCK, Lock
from indexer.analysis import analyze_document
from indexer.clusters import FILE as CLUSTERS
from indexer.clusters import Clusters, replace_file
from indexer.errors import ManifestError
from indexer.homes import settle_homes
from indexer.manifest import OWN, REPEATED, Manifest


def reindex(directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> Replaced:
    """Bring the index in `directory` to this schema and analyzer while it goes on answering.

    Clusters of near-duplicates are found anew, too, and take the place of the old ones at the end. Articles that the engine refuses
    are no longer in the index; the next run looks again into the inputs they came from. Raises IndexBusyError.
    """
    index = Index.open_outdated(directory, analyzer, options)
    building = directory / f"{CLUSTERS}.new"
    with Lock(directory / LOCK), _held(directory) as manifest:
        building.unlink(missing_ok=True)  # of a run that was cut off
        try:
            with Clusters(building) as clusters:

                def analyzed(document: Document) -> AnalyzedDocument:
                    return clusters.placed(analyze_document(analyzer, document))

                replaced = index.reindex(analyzed)
                if manifest is not None:
                    _withdraw(manifest, replaced.refused)
                settle_homes(Index.open(directory, analyzer, options=options), clusters)
                clusters.commit()
            replace_file(directory / CLUSTERS, building)
        finally:
            building.unlink(missing_ok=True)
    return replaced


@contextmanager
def _held(directory: Path) -> Iterator[Manifest | None]:
    """The manifest, which keeps runs out while it is open; None when it cannot be used: then no run can begin either."""
    try:
        manifest = Manifest(directory)
    except ManifestError:
        yield None
        return
    with closing(manifest):
        yield manifest


def _withdraw(manifest: Manifest, refused: Iterable[str]) -> None:
    """The index no longer holds these. What was refused is the stored text: as its source has it now, it is tried once again."""
    for doc_id in refused:
        manifest.make_due(doc_id, OWN | REPEATED)
        manifest.drop(doc_id)
    manifest.commit()
