"""An indexing run: sources -> pages -> articles -> documents -> analysed -> engine writer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import lru_cache
from time import perf_counter
from urllib.parse import urlsplit

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer, home_of_host
from engine.index import Index
from engine.model import AnalyzedDocument, Document, Term
from engine.port import Writer
from engine.schema import analyzed_document
from indexer.documents import digest, document, text_digest
from indexer.extract import extract, record
from indexer.manifest import Manifest
from indexer.model import Article, Page, Rejected
from indexer.report import IndexReport
from indexer.sources import Record, SourceFile, read, walk

COMMIT_EVERY = 5000
"""Documents between commits: what a power cut can cost to read again."""

Progress = Callable[[int, str], None]
"""Called with the number of inputs done and the name of the one at hand."""


def analyze_document(analyzer: ArticleAnalyzer, item: Document) -> AnalyzedDocument:
    """Analyse a document into what back-ends receive."""
    on = item.published.first_day if item.published else None
    found = analyzer.analyze(item.title, item.lead, item.body, on, home_of(analyzer, item))
    terms = tuple(Term(*term) for term in found.terms)
    return analyzed_document(item, found.zones, found.places, terms)


def home_of(analyzer: ArticleAnalyzer, item: Document) -> str | None:
    """Path of the unit a document's source reports from, where its address is named after one (``daksong.daknong.gov.vn``)."""
    try:
        host = urlsplit(item.url).hostname if item.url else None
    except ValueError:
        return None
    return _home_of_host(analyzer.finder.gazetteer, host) if host else None


@lru_cache(4096)
def _home_of_host(gazetteer: Gazetteer, host: str) -> str | None:
    return home_of_host(gazetteer, host)


def index_paths(index: Index, paths: Sequence[str], *, progress: Progress | None = None) -> IndexReport:
    """Bring `index` up to date with `paths`. Raises NoSuchInputError, IndexBusyError; a damaged input is only counted."""
    started = perf_counter()
    manifest = Manifest(index.directory)
    try:
        with index.writer() as writer:
            run = _Run(index.analyzer, writer, manifest, progress)
            for source in walk(paths):
                run.source(source)
        manifest.commit()
    finally:
        manifest.close()
    run.report.seconds = perf_counter() - started
    return run.report


class _Run:
    def __init__(self, analyzer: ArticleAnalyzer, writer: Writer, manifest: Manifest, progress: Progress | None) -> None:
        self.report = IndexReport()
        self._analyzer = analyzer
        self._writer = writer
        self._manifest = manifest
        self._progress = progress
        self._pending = 0
        self._met: dict[str, bytes] = {}

    def source(self, source: SourceFile | Rejected) -> None:
        """Index one file."""
        if isinstance(source, Rejected):
            self._reject(source)
            return
        known = self._manifest.unchanged(source)
        if known is not None:
            self.report.unchanged += known
            self._tell(source.path)
            return
        self._read(source)

    def _read(self, source: SourceFile) -> None:
        before = self._manifest.of_input(source.path)
        records, rejected = 0, self.report.rejected
        found: set[str] = set()
        for item in read(source):
            records += 1
            if (doc_id := self._item(item, source)) is not None:
                found.add(doc_id)
            self._tell(item.path)
            self._commit_if_due()
        for doc_id in sorted(before - found) if source.path != "-" else ():
            self._remove(doc_id)
        if source.path != "-":
            self._manifest.put_input(source, records, self.report.rejected - rejected)

    def _item(self, item: Page | Record | Rejected, source: SourceFile) -> str | None:
        if isinstance(item, Rejected):
            self._reject(item)
            return None
        article = self._article(item)
        if isinstance(article, Rejected):
            self._reject(article)
            return None
        given = item.fields.get("id") if isinstance(item, Record) else None
        return self._document(document(article, item.path, None if given is None else str(given)), item.path, source)

    def _article(self, item: Page | Record) -> Article | Rejected:
        if isinstance(item, Page):
            return extract(item)
        return record(item.fields, item.path)

    def _document(self, item: Document, path: str, source: SourceFile) -> str:
        content, text = digest(item), text_digest(item)
        known = self._manifest.known(item.doc_id)
        if self._met.get(item.doc_id) == content:
            self.report.duplicates.append((path, item.doc_id))
            return item.doc_id
        if known is not None and known.digest == content:
            self.report.unchanged += 1
            self._met[item.doc_id] = content
            return item.doc_id
        if known is None and (twin := self._manifest.same_text(text, item.doc_id)) is not None:
            self.report.duplicates.append((path, twin))
            return item.doc_id
        self._writer.add(analyze_document(self._analyzer, item))
        self._manifest.put(item.doc_id, source.path, content, text)
        self._met[item.doc_id] = content
        self._pending += 1
        if known is None:
            self.report.added += 1
        else:
            self.report.updated += 1
        return item.doc_id

    def _remove(self, doc_id: str) -> None:
        self._writer.delete(doc_id)
        self._manifest.drop(doc_id)
        self.report.removed += 1
        self._pending += 1

    def _reject(self, rejected: Rejected) -> None:
        self.report.rejections.append(rejected)
        self._tell(rejected.path)

    def _commit_if_due(self) -> None:
        if self._pending >= COMMIT_EVERY:
            self._writer.commit()
            self._manifest.commit()
            self._pending = 0

    def _tell(self, name: str) -> None:
        if self._progress is not None:
            self._progress(self.report.inputs, name)
