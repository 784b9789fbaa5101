"""Builders that tests share."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

from analyzers.article import ArticleAnalyzer
from analyzers.dates import PartialDate
from engine.index import Index
from engine.model import AnalyzedDocument, Document
from engine.options import EngineOptions
from engine.search import Searcher
from indexer.analysis import analyze_document
from indexer.documents import document
from indexer.extract import extract, record
from indexer.model import Article, Rejected, Skipped
from indexer.sources import Record, SourceFile, read, walk

ROOT = Path(__file__).resolve().parent.parent
SEEDS = ROOT / "seeds"


def seed_articles() -> dict[str, Article]:
    """Every article of seeds/, extracted, by its path below the project (``seeds/ndjson/x.ndjson#3`` for records)."""
    found: dict[str, Article] = {}
    for source in walk([str(SEEDS)]):
        assert isinstance(source, SourceFile), source
        for item in read(source):
            assert not isinstance(item, Rejected | Skipped), item
            article = record(item.fields, item.path) if isinstance(item, Record) else extract(item)
            assert not isinstance(article, Rejected), article
            found[str(Path(item.path).relative_to(ROOT))] = article
    return found


def seed_documents(analyzer: ArticleAnalyzer) -> tuple[AnalyzedDocument, ...]:
    """The same, as back-ends receive them."""
    return tuple(analyze_document(analyzer, document(article, path)) for path, article in seed_articles().items())


def make(doc_id: str, title: str = "", body: str = "", *, lead: str = "", date: str | None = None, source: str | None = None) -> Document:
    """A document in one line."""
    return Document(doc_id, title, lead, body, source=source, published=PartialDate(date, "given") if date else None)


def searcher_over(
    directory: Path,
    analyzer: ArticleAnalyzer,
    documents: Iterable[Document | AnalyzedDocument],
    engine: str = "tantivy",
    options: EngineOptions | None = None,
) -> Searcher:
    """A searcher over a new index of these documents; in OpenSearch, in the cluster the tests have started."""
    index = Index.create(directory, analyzer, engine, options or opensearch_options())
    with index.writer() as writer:
        for item in documents:
            writer.add(item if isinstance(item, AnalyzedDocument) else analyze_document(analyzer, item))
    return Searcher(index)


CLUSTER: list[str] = []
"""Addresses of the OpenSearch that a fixture has started."""
BUDGET_MS = 50_000
"""Milliseconds a search of the tests may take there: a busy machine that answers late is no fault of the index."""


def opensearch_options(**others: Any) -> EngineOptions:
    """Options of an index of its own, without replicas."""
    alias = f"t{uuid4().hex[:12]}"
    usual = {"opensearch_urls": tuple(CLUSTER), "opensearch_alias": alias, "opensearch_replicas": 0, "search_budget_ms": BUDGET_MS}
    return EngineOptions(**{**usual, **others})


def ids(searcher: Searcher, q: str, **request: Any) -> list[str]:
    """Ids of the hits of a query."""
    from engine.model import SearchRequest

    return [hit.document.doc_id for hit in searcher.search(SearchRequest(q=q, **request)).hits]
