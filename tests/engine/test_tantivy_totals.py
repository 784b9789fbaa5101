"""Counts of facets are the same whichever documents they are counted on: those that match, or the others."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import tantivy
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from engine import tantivy_facets
from engine.index import ENGINE_FILES
from engine.model import FACETS, AnalyzedDocument, SearchRequest
from engine.plan import AllOf, Plan
from engine.query import build_plan, parse
from engine.schema import Weights
from engine.search import Searcher
from engine.tantivy_totals import bounds, remaining
from tests.engine.conftest import QUERIES
from tests.engine.faults import numbered
from tests.support import searcher_over

FILTERS = ({}, {"place": ("gia-lai",)}, {"date": ("2023",), "term": ("nong-thon-moi", "hoi-nghi")})
NEVER, ALWAYS = 2.0, -1.0


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]) -> Searcher:
    """The seeds as they were written."""
    return searcher_over(tmp_path_factory.mktemp("whole") / "index", analyzer, seeds, "tantivy")


def opened(searcher: Searcher) -> tantivy.Searcher:
    return tantivy.Index.open(str(searcher.index.directory / ENGINE_FILES)).searcher()


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]) -> Searcher:
    """The seeds, of which every fifth was replaced and every seventh deleted later."""
    searcher = searcher_over(tmp_path_factory.mktemp("totals") / "index", analyzer, seeds, "tantivy")
    with searcher.index.writer() as writer:
        for document in seeds[::5]:
            writer.add(document)
        for document in seeds[::7]:
            writer.delete(document.document.doc_id)
    return searcher


@pytest.mark.parametrize("q", ["", *QUERIES[:6], "-hội", "xã -phường"])
def test_counts_do_not_depend_on_how_they_are_counted(changed: Searcher, monkeypatch: pytest.MonkeyPatch, q: str) -> None:
    for filters in FILTERS:
        asked = SearchRequest(q, filters=dict(filters), facets=(*FACETS, "place_now"))
        found = set()
        for most, many in ((NEVER, 1 << 40), (NEVER, 0), (ALWAYS, 1 << 40), (tantivy_facets._MOST, tantivy_facets._MANY)):
            monkeypatch.setattr(tantivy_facets, "_MOST", most)
            monkeypatch.setattr(tantivy_facets, "_MANY", many)
            response = changed.search(asked)
            found.add((response.total, repr(response.facets)))
            monkeypatch.undo()
        assert len(found) == 1


@pytest.mark.parametrize("q", QUERIES)
def test_as_many_match_as_the_frequencies_of_keys_allow(whole: Searcher, q: str) -> None:
    """Of documents of which none was replaced: a frequency counts these too."""
    node = build_plan(parse(q).tree, whole.index.analyzer.analyzer.analyze, Weights()).query
    low, high = bounds(opened(whole), node)
    assert low <= whole.index.snapshot().search(Plan(node, limit=0)).total <= high


def test_what_must_not_occur_lowers_both_bounds(whole: Searcher) -> None:
    searcher = opened(whole)
    assert bounds(searcher, AllOf()) == (searcher.num_docs, searcher.num_docs)
    assert bounds(searcher, AllOf(must_not=(AllOf(),))) == (0, 0)


def test_more_values_than_tantivy_hands_up_are_counted(
    tmp_path: Path, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...]
) -> None:
    """It refuses 65,000 and more; so many sources are in no archive, but an answer there must be."""
    many = [
        replace(numbered(seeds[0], f"d{row}"), facets={**seeds[0].facets, "source": tuple(f"Báo {row} {i}" for i in range(1000))})
        for row in range(67)
    ]
    searcher = searcher_over(tmp_path / "index", analyzer, many, "tantivy")
    for q in ("", "xã", "xã -tuyết"):
        response = searcher.search(SearchRequest(q, facets=FACETS))
        sources = next(facet for facet in response.facets if facet.field == "source")
        assert (response.total, len(sources.counts), {row.count for row in sources.counts}, sources.truncated) == (67, 200, {1}, True)
        places = next(facet for facet in response.facets if facet.field == "place")
        assert {row.count for row in places.counts} == {67}


@given(st.dictionaries(st.integers(0, 40), st.tuples(st.integers(0, 9), st.integers(0, 9)).map(sorted)), st.integers(1, 50))
def test_what_remains_are_the_most_frequent_of_all_that_remain(counted: dict[int, list[int]], size: int) -> None:
    totals = sorted(((number, total) for number, (_, total) in counted.items()), key=lambda one: -one[1])
    answer = remaining(totals, {number: gone for number, (gone, _) in counted.items() if gone}, size)
    left = {number: total - gone for number, (gone, total) in counted.items()}
    buckets = {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}
    best = sorted(left.values(), reverse=True)[:size]
    assert [*buckets.values()] == [count for count in best if count]
    assert all(left[number] == count for number, count in buckets.items())
    assert answer["sum_other_doc_count"] == sum(left.values()) - sum(buckets.values())
