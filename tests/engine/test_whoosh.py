"""The whoosh engine keeps the contract."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import IndexDamagedError
from engine.index import ENGINE_FILES
from engine.model import SearchRequest
from tests.engine.contract import Contract
from tests.support import make, searcher_over


class TestWhoosh(Contract):
    engine = "whoosh"


def test_files_that_went_away_under_a_reader_are_an_error_that_names_them(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    searcher = searcher_over(tmp_path / "i", analyzer, [make("a", "Xã họp")], "whoosh")
    assert searcher.search(SearchRequest("xã")).total == 1
    shutil.rmtree(tmp_path / "i" / ENGINE_FILES)
    with pytest.raises(IndexDamagedError, match=ENGINE_FILES):
        searcher.search(SearchRequest("xã"))
