"""Searches to begin with: each leads to articles that are about it."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup

from analyzers.article import ArticleAnalyzer
from search_app.app import create_app
from search_app.examples import EXAMPLES
from tests.support import make, searcher_over


def offered(folder: Path, analyzer: ArticleAnalyzer, *texts: str) -> list[str]:
    """Examples on the start page of an archive of these texts."""
    items = [make(f"d{number}", f"Tin số {number}", text) for number, text in enumerate(texts)]
    client = create_app(searcher_over(folder / "index", analyzer, items)).test_client()
    soup = BeautifulSoup(client.get("/").text, "html.parser")
    return [link.get_text() for link in soup.select(".examples a")]


def test_an_example_is_offered_where_articles_hold_all_of_it(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    assert offered(tmp_path, analyzer, "Thị xã An Khê thu ngân sách vượt dự toán.", "Giao thông thông suốt.") == [
        "thu ngân sách An Khê",
        "giao thông",
    ]


def test_none_is_offered_for_most_of_its_words(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """The first thing that somebody new clicks is not “no article holds all words”."""
    assert "thu ngân sách An Khê" in EXAMPLES
    assert offered(tmp_path, analyzer, "Huyện Ia Grai thu ngân sách đạt 52 % dự toán.", "Xã Ia Tô mở hội.") == []
