"""Documents to what back-ends receive. A batch is analysed in one call, which costs less than its documents one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache
from urllib.parse import urlsplit

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer, home_of_host
from engine.model import AnalyzedDocument, Document, Term
from engine.schema import FOLDED, analyzed_document
from indexer.near import sketch


def analyze_document(analyzer: ArticleAnalyzer, item: Document) -> AnalyzedDocument:
    """Analyse a document into what back-ends receive."""
    on = item.published.first_day if item.published else None
    found = analyzer.analyze(item.title, item.lead, item.body, on, home_of(analyzer, item))
    terms = tuple(Term(*term) for term in found.terms)
    return sketched(analyzed_document(item, found.zones, found.places, terms))


def sketched(analyzed: AnalyzedDocument) -> AnalyzedDocument:
    """With the sketch of its text, by which near-duplicates are told."""
    fields = analyzed.fields
    return replace(analyzed, sketch=sketch(f"{fields['lead' + FOLDED]} {fields['body' + FOLDED]}".split()))


def analyze_documents(analyzer: ArticleAnalyzer, items: Sequence[Document]) -> list[AnalyzedDocument]:
    """The same of a batch, in its order."""
    return [analyze_document(analyzer, item) for item in items]


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
