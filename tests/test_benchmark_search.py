"""The benchmark of searching: every stage it names is one that a search goes through."""

from __future__ import annotations

from pathlib import Path

from analyzers.article import ArticleAnalyzer
from benchmarks.stages import Stages, table
from engine.model import AnalyzedDocument, SearchRequest
from tests.support import searcher_over


def test_the_stages_of_a_search_are_timed_and_put_back(
    tmp_path: Path, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]
) -> None:
    searcher = searcher_over(tmp_path / "i", analyzer, seeds)
    before = searcher.search
    with Stages() as stages:
        assert searcher.search(SearchRequest("thu ngân sách", facets=("place", "date"))).total
        spent = stages.take()
    assert {"query: parse", "query: plan", "first stage", "second stage", "fetch of candidates", "decoding", "highlights"} <= set(spent)
    assert all(seconds >= 0 for seconds in spent.values())
    assert searcher.search == before
    assert "second stage" in table([spent], lambda times, share: times[0])
