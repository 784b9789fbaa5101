"""Ranking is at least as good as it was: floors on judged queries, which are only ever raised.

The small set over ``seeds/`` runs everywhere. Where judged collections lie beside the project they are measured too, in part.
A floor may lie at most RATCHET below what is reached: whoever improves ranking raises it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from cli.evaluation.baselines import baseline
from cli.evaluation.collection import read_judgements, read_queries
from cli.evaluation.measures import measure
from cli.evaluation.run import documents, unmarked
from cli.options import BASELINES
from engine.model import AnalyzedDocument, SearchRequest
from engine.search import Searcher
from indexer.analysis import analyze_documents
from tests.quality.judged import Judged, judged, seed_documents
from tests.support import ROOT, searcher_over

FINGERPRINT = "6665fbd098305609"
"""Of the queries and judgements: figures of another set are not comparable."""
SEED_FLOORS = {False: 0.98, True: 0.98}
"""nDCG@10 of queries as typed, and without marks."""
RATCHET = 0.02
SHARED = ROOT.parent / "shared" / "eval"
COLLECTIONS = {
    "vietnamese_mds": ("c983e8ed9813d948", {False: 0.982, True: 0.978}),
    "vims": ("57831223ce653580", {False: 0.978, True: 0.977}),
    "vinewsqa": ("7f6775d125efae4b", {False: 0.922, True: 0.909}),
}
"""Judged collection -> its fingerprint, and the floors."""
MOST_QUERIES = 600
"""Queries of a collection that are asked, spread evenly."""
BEST_BASELINE = "syllables+pairs"
"""The simple ranker that comes nearest on these collections, by ``timtin eval --baseline``."""


def articles(analyzer: ArticleAnalyzer) -> list[AnalyzedDocument]:
    """The seeds as back-ends receive them."""
    return analyze_documents(analyzer, seed_documents())


def fingerprint(rows: Judged) -> str:
    """Changes with any query or judgement."""
    return hashlib.blake2b(repr(sorted(rows.items())).encode(), digest_size=8).hexdigest()


def figures(searcher: Searcher, rows: Judged, strip: bool) -> float:
    """NDCG@10 through the search that users get."""
    found = {}
    for query in rows:
        request = SearchRequest(unmarked(query) if strip else query, limit=10, facets=(), snippets=0)
        found[query] = [hit.document.doc_id for hit in searcher.search(request).hits]
    return measure(found, rows)["ndcg@10"]


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    return searcher_over(tmp_path_factory.mktemp("quality") / "index", analyzer, articles(analyzer))


def test_the_judged_set_is_the_one_the_floors_were_taken_on() -> None:
    assert fingerprint(judged()) == FINGERPRINT


@pytest.mark.parametrize("strip", [False, True], ids=["marked", "unmarked"])
def test_ranking_over_the_seeds_keeps_its_floor_and_beats_the_baselines(seeds: Searcher, analyzer: ArticleAnalyzer, strip: bool) -> None:
    rows = judged()
    reached = figures(seeds, rows, strip)
    assert reached >= SEED_FLOORS[strip]
    assert reached <= SEED_FLOORS[strip] + RATCHET, "better than its floor: raise SEED_FLOORS"
    for name in BASELINES:
        simple = baseline(name, seed_documents(), analyzer.analyzer)
        found = {query: [doc_id for doc_id, _ in simple.search(unmarked(query) if strip else query, 10)] for query in rows}
        assert reached >= measure(found, rows)["ndcg@10"], name


@pytest.mark.parametrize("name", COLLECTIONS)
def test_ranking_over_judged_collections_keeps_its_floors_and_beats_the_best_baseline(
    tmp_path: Path, analyzer: ArticleAnalyzer, name: str
) -> None:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip("the judged collections are not beside the project")
    queries, judgements = read_queries(folder / "queries.jsonl"), read_judgements(folder / "qrels.tsv")
    texts = [*documents([folder / "corpus.jsonl"])]
    searcher = searcher_over(tmp_path / "index", analyzer, analyze_documents(analyzer, texts))
    simple = baseline(BEST_BASELINE, texts, analyzer.analyzer)
    rows = {query.text: judgements[query.query_id] for query in queries[:: 1 + len(queries) // MOST_QUERIES]}
    known, floors = COLLECTIONS[name]
    assert fingerprint(rows) == known, "another set than the floors were taken on"
    for strip, floor in floors.items():
        found = {query: [doc_id for doc_id, _ in simple.search(unmarked(query) if strip else query, 10)] for query in rows}
        reached = figures(searcher, rows, strip)
        assert reached >= max(floor, measure(found, rows)["ndcg@10"])
        assert reached <= floor + RATCHET, "better than its floor: raise it in COLLECTIONS"
