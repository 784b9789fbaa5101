"""The opensearch engine keeps the contract, on a real server; and what only a server can do."""

from __future__ import annotations

from pathlib import Path
from time import time

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import EngineError, EngineUnavailableError, IndexMismatchError, IndexMissingError
from engine.index import Index, remove
from engine.model import AnalyzedDocument, SearchRequest
from engine.opensearch.mapping import token, tokens
from engine.opensearch.remote import read
from engine.options import EngineOptions
from engine.schema import SCHEMA_VERSION
from engine.search import Searcher
from engine.suggest import Suggester
from indexer.analysis import analyze_document
from tests.engine.conftest import BOUNDED
from tests.engine.contract import Contract
from tests.support import ids, make, opensearch_options, searcher_over

pytestmark = pytest.mark.usefixtures("opensearch")


class TestOpenSearch(Contract):
    engine = "opensearch"


def test_several_shards_give_the_totals_facets_and_first_ten_of_the_oracle(
    tmp_path: Path, analyzer: ArticleAnalyzer, seeds: tuple[AnalyzedDocument, ...], oracle: Searcher
) -> None:
    spread = searcher_over(tmp_path / "i", analyzer, seeds, "opensearch", opensearch_options(opensearch_shards=5))
    shared = wanted = 0
    for q in ("thu ngân sách", "nong thon moi", "hội nghị", "lũ lụt", "học*", ""):
        for limit in (3, 200):
            request = SearchRequest(q, limit=10, facet_limit=limit)
            got, want = spread.search(request), oracle.search(request)
            assert (got.total, got.facets) == (want.total, want.facets), q
        top = {hit.document.doc_id for hit in want.hits}
        shared += len(top & {hit.document.doc_id for hit in got.hits})
        wanted += len(top)
    assert shared >= 0.9 * wanted


def test_paging_goes_on_beyond_the_servers_window(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = [make(f"d{i}", "Tin giống nhau" if i % 3 else "Tin khác", "Cùng một câu.") for i in range(40)]
    searcher = searcher_over(tmp_path / "i", analyzer, texts, "opensearch")
    for sort in ("relevance", "newest"):
        whole = ids(searcher, "tin", limit=40, sort=sort)
        with monkeypatch.context() as patch:
            patch.setattr("engine.opensearch.snapshot._WINDOW", 7)
            assert [doc_id for at in range(0, 40, 10) for doc_id in ids(searcher, "tin", limit=10, offset=at, sort=sort)] == whole
            assert ids(searcher, "tin", limit=10, offset=100, sort=sort) == []


def test_a_key_too_long_for_the_server_keeps_the_positions_after_it(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    long = "x" * 300
    searcher = searcher_over(tmp_path / "i", analyzer, [make("d", "Tin", f"Mã {long} cuối dòng.")], "opensearch")
    assert ids(searcher, f'"mã {long} cuối"') == ["d"]
    assert ids(searcher, f'"mã {long}y cuối"') == []
    assert tokens("") != ""
    assert tokens(f"a {long} b").split(" ") == ["a", token(long), "b"]


def test_ids_longer_than_the_server_takes_are_kept_whole(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    doc_id = "bài/" + "ô" * 700
    searcher = searcher_over(tmp_path / "i", analyzer, [make(doc_id, "Tin dài")], "opensearch")
    assert ids(searcher, "tin") == [doc_id]
    stored = searcher.get(doc_id)
    assert stored is not None
    assert stored.document.doc_id == doc_id


def test_two_machines_write_to_one_index(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    options = opensearch_options()
    here, there = (Index.create(tmp_path / name, analyzer, "opensearch", options) for name in ("here", "there"))
    with here.writer() as mine, there.writer() as theirs:
        mine.add(analyze_document(analyzer, make("a", "Tin một")))
        theirs.add(analyze_document(analyzer, make("b", "Tin hai")))
    assert set(ids(Searcher(here), "tin")) == {"a", "b"}


def test_names_to_complete_follow_what_another_machine_writes(
    tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No file of this machine tells of that."""
    searcher = searcher_over(tmp_path / "i", analyzer, [make("a", "Tin", "Tin.", source="Báo Cũ")], "opensearch")
    suggester = Suggester(searcher.index)
    assert [one.value for one in suggester.suggest("báo") if one.kind == "source"] == ["Báo Cũ"]
    with searcher.index.writer() as writer:
        writer.add(analyze_document(analyzer, make("a", "Tin", "Tin.", source="Báo Mới")))
    later = time() + 60
    monkeypatch.setattr("engine.index.time", lambda: later)
    suggester.suggest("báo")
    assert suggester._making is not None
    suggester._making.join()
    assert [one.value for one in suggester.suggest("báo") if one.kind == "source"] == ["Báo Mới"]


def test_what_a_server_holds_must_fit_this_analyzer(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    options = opensearch_options()
    Index.create(tmp_path / "i", analyzer, "opensearch", options)
    monkeypatch.setattr("engine.opensearch.backend.SCHEMA_VERSION", SCHEMA_VERSION + 1)
    with pytest.raises(IndexMismatchError, match="timtin reindex"):
        Index.open(tmp_path / "i", analyzer)


def test_removing_an_index_removes_it_from_the_server(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    options = opensearch_options()
    Index.create(tmp_path / "i", analyzer, "opensearch", options)
    remote = read(tmp_path / "i" / "engine", options)
    remove(tmp_path / "i", options)
    assert not remote.client.indices.exists(index=f"{remote.alias}-v1")
    remove(tmp_path / "i", options)


def test_an_index_that_is_gone_from_the_server_says_so(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    options = opensearch_options()
    searcher = searcher_over(tmp_path / "i", analyzer, BOUNDED, "opensearch", options)
    remote = read(tmp_path / "i" / "engine", options)
    remote.client.indices.delete(index=f"{remote.alias}-v1")
    with pytest.raises(IndexMissingError, match=f"{remote.alias}.*timtin index --rebuild"):
        searcher.search(SearchRequest("tin"))


def test_a_server_that_is_not_there_is_named(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    nowhere = EngineOptions(opensearch_urls=("http://127.0.0.1:9",))
    with pytest.raises(EngineUnavailableError, match=r"127\.0\.0\.1:9.*opensearch_urls"):
        Index.create(tmp_path / "i", analyzer, "opensearch", nowhere)
    with pytest.raises(EngineError, match="opensearch_urls"):
        Index.create(tmp_path / "j", analyzer, "opensearch", EngineOptions())
