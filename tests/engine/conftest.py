"""Archives of the contract suite: a small one made anew for each test, the seeds once a class, and the oracle over the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from cli.evaluation.run import unmarked
from engine.model import AnalyzedDocument
from engine.search import Searcher
from tests.support import ids, make, searcher_over

BOUNDED = (
    make("a", "Thu ngân sách thị xã An Khê", "Thị xã An Khê thu ngân sách đạt 52,15 tỷ đồng.", date="2023-06-30", source="Báo A"),
    make("b", "Họp dân phố", "Phường họp bàn về ngân sách và hòa giải.", date="2024-02", source="Báo A"),
    make("c", "Hoa nở", "Hoa cúc nở vàng, hoà cùng mùa xuân.", date="2024", source="Báo B"),
    make("d", "Không ngày", "Một bài không có ngày, nói về ngân sách."),
    make("e", "Đường mới", "Con đường liên xã dài 12 km.", date="2022-12-31", source="Báo B"),
)

QUERIES = (
    "thu ngân sách", "thu ngan sach an khe", "nông thôn mới", "bảo hiểm y tế", "bao hiem y te", "hội nghị", "UBND", "trường học",
    "lũ lụt", "Gia Lai", "đường giao thông", "6 tháng đầu năm 2023", "tỷ đồng", "đảng viên", '"nông thôn mới"', '"thu ngân sách"~3',
    "ngân sách | bảo hiểm", "(lũ | hạn) nông dân", "học*", "tiêu_đề:An Khê", "hội nghị -Bắc Kạn", "", "15/2024/QĐ-UBND", "10.040",
    "thu ngân sách tháng 6/2023", "đak lak", "K'Bang họp",
)  # fmt: skip
TOPS = 200
"""Queries whose first ten are compared."""


@pytest.fixture
def small(request: pytest.FixtureRequest, tmp_path: Path, analyzer: ArticleAnalyzer) -> Searcher:
    """The documents of BOUNDED, in the engine of the test's class."""
    return searcher_over(tmp_path / "index", analyzer, BOUNDED, request.cls.engine)


@pytest.fixture(scope="class")
def archive(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    analyzer: ArticleAnalyzer,
    seeds: tuple[AnalyzedDocument, ...],
) -> Searcher:
    """The articles of seeds/, in the engine of the test's class."""
    return searcher_over(tmp_path_factory.mktemp(request.cls.engine) / "index", analyzer, seeds, request.cls.engine)


@pytest.fixture(scope="session")
def oracle(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]) -> Searcher:
    """The same articles in memory."""
    return searcher_over(tmp_path_factory.mktemp("oracle") / "index", analyzer, seeds, "memory")


def _ranked_queries(seeds: tuple[AnalyzedDocument, ...]) -> list[str]:
    """TOPS queries: those of QUERIES, and the seeds' titles, terms and leads as users would type them."""
    found = dict.fromkeys(QUERIES)
    for made in zip(*(_asked(analyzed, number) for number, analyzed in enumerate(seeds)), strict=True):
        found.update(dict.fromkeys(made))
    return [*found][:TOPS]


def _asked(analyzed: AnalyzedDocument, number: int) -> tuple[str, ...]:
    """Ways to ask for one article: its title without marks, what its lead begins with as a question, a phrase, two terms, a field."""
    document = analyzed.document
    words = document.title.split()
    terms = [term.label for term in analyzed.terms] or words
    at = number % max(1, len(words) - 3)
    return (
        unmarked(document.title),
        " ".join(words[at : at + 4]),
        f'"{" ".join(words[:2])}" {terms[0]}',
        f"Vì sao {' '.join((document.lead or document.body).split()[:8])}?",
        f"tiêu_đề:{words[-1]} | {terms[-1]}",
    )


@pytest.fixture(scope="session")
def oracle_tops(oracle: Searcher, seeds: tuple[AnalyzedDocument, ...]) -> dict[str, frozenset[str]]:
    """The oracle's first ten for each of TOPS queries."""
    return {q: frozenset(ids(oracle, q, limit=10, facets=(), snippets=0)) for q in _ranked_queries(seeds)}
