"""Documents to what back-ends receive. A batch is analysed in one call, which costs less than its documents one by one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from analyzers.article import ArticleAnalyzer, ArticleText
from analyzers.places import Gazetteer, home_of_host
from engine.model import AnalyzedDocument, Document, Term
from engine.schema import analyzed_document


def analyze_document(analyzer: ArticleAnalyzer, item: Document) -> AnalyzedDocument:
    """Analyse a document into what back-ends receive."""
    return analyze_documents(analyzer, [item])[0]


def analyze_documents(analyzer: ArticleAnalyzer, items: Sequence[Document]) -> list[AnalyzedDocument]:
    """The same of a batch, in its order."""
    articles = (
        ArticleText(item.title, item.lead, item.body, item.published.first_day if item.published else None, home_of(analyzer, item))
        for item in items
    )
    return [
        analyzed_document(item, found.zones, found.places, tuple(Term(*term) for term in found.terms))
        for item, found in zip(items, analyzer.analyze_many(articles), strict=True)
    ]


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
