"""Documents that are analysed together come out as what their texts tell one by one."""

from __future__ import annotations

import unicodedata

from analyzers.article import ArticleAnalyzer
from analyzers.dates import text_dates
from analyzers.units import units
from engine.model import Document
from indexer.analysis import analyze_documents
from tests.support import make

BODY = "Sáng 30-6-2023, xã họp.\nQuý I/2023 xã thu 10.040 triệu đồng, nhiệm kỳ 2020-2025."


def documents() -> list[Document]:
    """With and without lead and text, with lines that are empty, a text that is not in NFC, and a long one."""
    return [
        make("1", "Quý II/2023", BODY, lead="Năm 2023 có 12 xã", date="2023-07-01"),
        make("2", "Xã 2 họp", BODY, date="2023-07-01"),
        make("3", "Tin 3", "", lead="Ngày 1-7, xã họp", date="2023-07-01"),
        make("4", "Tin 4", ""),
        make("5", "Năm 2023", f"\n\n{BODY}\n\n{BODY}\n", lead="Ngày 1-7", date="2023-07-01"),
        make("6", "Xã họp 6", unicodedata.normalize("NFD", BODY), date="2023-07-01"),
        make("7", "7", "Bà con thi đua sản xuất. " * 1_500 + BODY, date="2023-07-01"),
    ]


def test_dates_and_units_are_those_of_each_text(analyzer: ArticleAnalyzer) -> None:
    for item, found in zip(documents(), analyze_documents(analyzer, documents()), strict=True):
        paragraphs = [part for part in (item.lead, *item.body.split("\n")) if part]
        assert found.dates == text_dates(item.title, paragraphs, item.published)
        texts = (item.title, item.lead, item.body)
        assert found.fields["units"] == " ".join(key for text in texts for unit in units(text) for key in unit.keys)
