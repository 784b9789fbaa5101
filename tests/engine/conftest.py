"""Archives of the contract suite: a small one made anew for each test, the seeds once a class, and the oracle over the same."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.model import AnalyzedDocument
from engine.search import Searcher
from tests.support import make, searcher_over

BOUNDED = (
    make("a", "Thu ngân sách thị xã An Khê", "Thị xã An Khê thu ngân sách đạt 52,15 tỷ đồng.", date="2023-06-30", source="Báo A"),
    make("b", "Họp dân phố", "Phường họp bàn về ngân sách và hòa giải.", date="2024-02", source="Báo A"),
    make("c", "Hoa nở", "Hoa cúc nở vàng, hoà cùng mùa xuân.", date="2024", source="Báo B"),
    make("d", "Không ngày", "Một bài không có ngày, nói về ngân sách."),
    make("e", "Đường mới", "Con đường liên xã dài 12 km.", date="2022-12-31", source="Báo B"),
)


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
