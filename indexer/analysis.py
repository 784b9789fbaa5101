"""Documents to what back-ends receive. A batch is analysed in one call, which costs less than its documents one by one."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.article import ArticleAnalyzer
from engine.model import AnalyzedDocument, Document
from indexer.homes import analyze_all_from, home_of


def analyze_document(analyzer: ArticleAnalyzer, item: Document) -> AnalyzedDocument:
    """Analyse a document into what back-ends receive."""
    return analyze_documents(analyzer, [item])[0]


def analyze_documents(analyzer: ArticleAnalyzer, items: Sequence[Document]) -> list[AnalyzedDocument]:
    """The same of a batch, in its order."""
    return analyze_all_from(analyzer, items, [home_of(analyzer, item) for item in items])
