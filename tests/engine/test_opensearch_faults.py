"""What servers do on a bad day, on a real one behind a proxy: refuse documents, be busy, cut connections, answer in part."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.request import Request, urlopen

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import DocumentsRefusedError, EngineError, EngineUnavailableError
from engine.index import Index
from engine.model import Document, SearchRequest
from engine.plan import AllOf, Plan
from engine.search import Searcher
from indexer.analysis import analyze_document
from indexer.run import index_paths
from search_app import create_app
from tests.opensearch_proxy import Cut, Exchange, Proxy, make_certificates, no_fault
from tests.opensearch_server import Cluster
from tests.process import PATIENCE
from tests.support import BUDGET_MS, ids, make, opensearch_options, searcher_over

LONG = "Báo " + "x" * 40_000
"""Lucene takes no key of more than 32,766 bytes."""

JSON = {"Content-Type": "application/json"}

pytestmark = pytest.mark.usefixtures("hurried")


@pytest.fixture
def hurried(monkeypatch: pytest.MonkeyPatch) -> None:
    """Tries follow each other at once."""
    monkeypatch.setattr("engine.opensearch.writer._FIRST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr("engine.opensearch.writer._LONGEST_PAUSE_SECONDS", 0.001)
    monkeypatch.setattr("engine.opensearch.backend.SNAPSHOT_SECONDS", 0.0)


Written = Callable[..., Searcher]


@pytest.fixture
def through(tmp_path: Path, analyzer: ArticleAnalyzer) -> Written:
    """Write documents of these ids through a proxy into an index of its own; the searcher over it."""

    def write(proxy: Proxy, *doc_ids: str) -> Searcher:
        options = opensearch_options(opensearch_urls=(proxy.url,))
        texts = [make(doc_id, f"Tin {doc_id}", "Huyện họp.") for doc_id in doc_ids]
        return searcher_over(tmp_path / "i", analyzer, texts, "opensearch", options)

    return write


def add(searcher: Searcher, *documents: Document) -> None:
    with searcher.index.writer() as writer:
        for document in documents:
            writer.add(analyze_document(searcher.index.analyzer, document))


def test_documents_refused_for_good_are_named_and_the_rest_is_there(through: Written, opensearch: Cluster) -> None:
    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        with pytest.raises(DocumentsRefusedError, match="immense term") as refused:
            add(searcher, make("b", "Tin b"), make("bad", "Tin hỏng", source=LONG), make("c", "Tin c"))
        assert list(refused.value.reasons) == ["bad"]
        assert set(ids(searcher, "tin")) == {"a", "b", "c"}
        assert len(proxy.bulks) == 2  # no second try


def test_what_a_busy_server_turns_away_is_sent_again_and_counted_once(through: Written, opensearch: Cluster) -> None:
    def busy(exchange: Exchange) -> tuple[int, bytes] | None:
        if exchange.is_bulk and len(proxy.bulks) <= 2:
            return 429, b'{"error":{"type":"circuit_breaking_exception","reason":"Data too large"},"status":429}'
        return None

    def turned_away(exchange: Exchange) -> tuple[int, bytes] | None:
        """The third time, one document is said to be turned away, though it was taken: sending it again changes nothing."""
        if not exchange.is_bulk or len(proxy.bulks) != 3:
            return None
        answer = json.loads(exchange.answer)
        answer["errors"] = True
        answer["items"][1]["index"].update(status=429, error={"type": "rejected_execution_exception", "reason": "queue is full"})
        return 200, json.dumps(answer).encode()

    with Proxy(opensearch.url, busy, turned_away) as proxy:
        searcher = through(proxy, "a", "b", "c")
        assert set(ids(searcher, "tin")) == {"a", "b", "c"}
        assert searcher.index.snapshot().count() == 3
        assert [one.body.count(b'"_id"') for one in proxy.bulks] == [3, 3, 3, 1]


def test_a_server_that_stays_busy_ends_the_run_with_its_reason_and_loses_nothing(through: Written, opensearch: Cluster) -> None:
    def full(exchange: Exchange) -> tuple[int, bytes] | None:
        if not exchange.is_bulk:
            return None
        return 429, b'{"error":{"type":"cluster_block_exception","reason":"disk usage exceeded flood-stage watermark"},"status":429}'

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        proxy.before = full
        with pytest.raises(EngineUnavailableError, match=r"2 document.*8 tries.*flood-stage.*run the same command"):
            add(searcher, make("b", "Tin b"), make("c", "Tin c"))
        assert ids(searcher, "tin") == ["a"]
        proxy.before = lambda _: None
        add(searcher, make("b", "Tin b"), make("c", "Tin c"))
        assert set(ids(searcher, "tin")) == {"a", "b", "c"}


def test_a_request_refused_as_a_whole_costs_only_the_document_it_was_refused_for(through: Written, opensearch: Cluster) -> None:
    def malformed(exchange: Exchange) -> tuple[int, bytes] | None:
        if exchange.is_bulk and b"Tin poison" in exchange.body:
            return 400, b'{"error":{"type":"illegal_argument_exception","reason":"Malformed content"},"status":400}'
        return None

    with Proxy(opensearch.url, malformed) as proxy:
        searcher = through(proxy, "a")
        with pytest.raises(DocumentsRefusedError, match="Malformed") as refused:
            add(searcher, *(make(doc_id, f"Tin {doc_id}") for doc_id in ("b", "poison", "c")))
        assert list(refused.value.reasons) == ["poison"]
        assert set(ids(searcher, "tin")) == {"a", "b", "c"}


@pytest.mark.parametrize("status", [401, 403])
def test_a_user_who_may_not_write_is_an_error_of_the_run(through: Written, opensearch: Cluster, status: int) -> None:
    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        proxy.before = lambda exchange: (status, b'{"error":"no permission"}') if exchange.is_bulk else None
        with pytest.raises(EngineUnavailableError, match=f"{status}.*opensearch_user"):
            add(searcher, make("b", "Tin b"))


def test_a_block_on_the_index_is_an_error_of_the_run(through: Written, opensearch: Cluster) -> None:
    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        alias = searcher.index.snapshot()._remote  # type: ignore[attr-defined]  # of this engine alone
        alias.client.indices.put_settings(index=alias.alias, body={"index.blocks.write": True})
        with pytest.raises(EngineError, match=r"403.*may this user write"):
            add(searcher, make("b", "Tin b"))


def test_an_alias_that_is_gone_is_not_replaced_by_an_index_the_server_makes_up(through: Written, opensearch: Cluster) -> None:
    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        remote = searcher.index.snapshot()._remote  # type: ignore[attr-defined]  # of this engine alone
        remote.client.indices.delete(index=f"{remote.alias}-v1")
        with pytest.raises(EngineError, match=r"404.*Does the index still exist"):
            add(searcher, make("b", "Tin b"))
        assert not remote.client.indices.exists(index=remote.alias)


def test_connections_cut_without_an_answer_are_made_anew(through: Written, opensearch: Cluster) -> None:
    def cut(exchange: Exchange) -> tuple[int, bytes] | None:
        """Every other answer is lost on its way, of writes and of searches."""
        if exchange.number % 2 and (exchange.is_bulk or "_search" in exchange.path):
            raise Cut
        return None

    with Proxy(opensearch.url, after=cut) as proxy:
        searcher = through(proxy, "a", "b", "c")
        assert set(ids(searcher, "tin")) == {"a", "b", "c"}
        assert searcher.index.snapshot().count() == 3


def test_a_search_that_ran_out_of_time_says_so(through: Written, opensearch: Cluster) -> None:
    def late(exchange: Exchange) -> tuple[int, bytes] | None:
        if "_search" not in exchange.path or b'"timeout"' not in exchange.body:
            return None
        return 200, exchange.answer.replace(b'"timed_out":false', b'"timed_out":true')

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a")
        assert not searcher.search(SearchRequest("tin")).timed_out
        proxy.after = late
        response = searcher.search(SearchRequest("tin"))
        assert response.timed_out
        assert "timed-out" in {notice.code for notice in response.notices}
        searches = [json.loads(one.body) for one in proxy.exchanges if "_search" in one.path and b'"timeout"' in one.body]
        assert {one["timeout"] for one in searches} == {f"{BUDGET_MS}ms"}


@pytest.mark.parametrize("request_", [SearchRequest("tín", corrections=False), SearchRequest("huyện họp tin lũ")], ids=["marks", "words"])
def test_a_second_part_that_ran_out_of_time_says_so_though_it_found_nothing(
    through: Written, opensearch: Cluster, request_: SearchRequest
) -> None:
    def late(exchange: Exchange) -> tuple[int, bytes] | None:
        if b'"must_not"' not in exchange.body or b'"timeout"' not in exchange.body:
            return None
        answer = json.loads(exchange.answer)
        answer |= {"timed_out": True, "hits": {**answer["hits"], "total": {"value": 0, "relation": "eq"}, "hits": []}}
        return 200, json.dumps(answer).encode()

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a", "b", "lũ")
        assert searcher.search(request_).folded_total
        proxy.after = late
        response = searcher.search(request_)
        assert (response.folded_total, response.timed_out) == (0, True)
        assert [notice.code for notice in response.notices].count("timed-out") == 1


@pytest.mark.parametrize(("q", "part"), [("nguồn:bao", b'"keys"'), ("tin a", b'"filters"')])
def test_keys_that_could_not_all_be_looked_up_are_said_to_be_partial(through: Written, opensearch: Cluster, q: str, part: bytes) -> None:
    """What a query means, and how it ranks, may hang on the part that did not answer."""

    def half(exchange: Exchange) -> tuple[int, bytes] | None:
        if "search_type" not in exchange.path or part not in exchange.body or b'"post_filter"' in exchange.body:
            return None
        return 200, exchange.answer.replace(b'"skipped":0,"failed":0', b'"skipped":0,"failed":1')

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a", "b")
        assert not searcher.search(SearchRequest(q)).timed_out
        proxy.after = half
        response = searcher.search(SearchRequest(q))
        assert response.timed_out
        assert "timed-out" in {notice.code for notice in response.notices}


def test_related_articles_of_which_some_may_be_missing_say_so(through: Written, opensearch: Cluster) -> None:
    def late(exchange: Exchange) -> tuple[int, bytes] | None:
        if b'"timeout"' not in exchange.body:
            return None
        return 200, exchange.answer.replace(b'"timed_out":false', b'"timed_out":true')

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a", "b")
        client = create_app(searcher).test_client()
        assert client.get("/lien-quan/a.json").get_json()["timed_out"] is False
        assert "chưa trả lời kịp" not in client.get("/bai/a").text
        proxy.after = late
        assert client.get("/lien-quan/a.json").get_json()["timed_out"] is True
        assert "chưa trả lời kịp" in client.get("/bai/a").text


@pytest.mark.parametrize("part", ["counts", "numbers"])
@pytest.mark.parametrize("page", [{"limit": 5}, {"limit": 0, "facets": ()}])
def test_copies_that_could_not_all_be_counted_are_said_to_be_partial(
    tmp_path: Path, analyzer: ArticleAnalyzer, opensearch: Cluster, part: str, page: dict[str, Any]
) -> None:
    """The first report does not match, so the total hangs on what is known of its copies."""
    text = " ".join(f"Xã thứ {number} họp bàn việc làm đường liên thôn số {number * 7}." for number in range(15))
    path = tmp_path / "a.ndjson"
    rows = ({"id": name, "title": "Họp", "body": f"{text} {end}"} for name, end in (("a", ""), ("b", "Báo bạn."), ("c", "Báo bạn đưa.")))
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))

    def half(exchange: Exchange) -> tuple[int, bytes] | None:
        body = json.loads(exchange.body) if "_search" in exchange.path and exchange.body else {}
        if not ("copy_of" in body.get("aggs", {}) if part == "counts" else "docvalue_fields" in body):
            return None
        answer = json.loads(exchange.answer)
        answer["_shards"]["failed"] = 1
        answer["hits"]["hits"] = []
        return 200, json.dumps(answer).encode()

    with Proxy(opensearch.url) as proxy:
        index = Index.create(tmp_path / "i", analyzer, "opensearch", opensearch_options(opensearch_urls=(proxy.url,)))
        index_paths(index, [str(path)])
        request = SearchRequest('"báo bạn"', **page)
        whole = Searcher(index).search(request)
        assert (whole.total, whole.timed_out) == (1, False)
        proxy.after = half
        response = Searcher(index).search(request)
        assert response.timed_out
        assert "timed-out" in {notice.code for notice in response.notices}


def points(proxy: Proxy) -> tuple[list[str], list[str]]:
    """Points in time that were taken, and those that were closed."""
    asked = [one for one in proxy.exchanges if "/_search/point_in_time" in one.path]
    taken = [str(json.loads(one.answer)["pit_id"]) for one in asked if one.method == "POST"]
    return taken, [pit for one in asked if one.method == "DELETE" for pit in json.loads(one.body)["pit_id"]]


def test_a_point_in_time_that_cannot_wholly_be_read_is_taken_anew_once_and_the_old_one_closed(
    through: Written, opensearch: Cluster
) -> None:
    together = threading.Barrier(4, timeout=PATIENCE)

    def half(exchange: Exchange) -> tuple[int, bytes] | None:
        if "search_type" not in exchange.path:
            return None
        if snapshot_of in exchange.body:
            together.wait()
        return 200, exchange.answer.replace(b'"skipped":0,"failed":0', b'"skipped":0,"failed":1')

    with Proxy(opensearch.url) as proxy:
        snapshot = through(proxy, "a", "b").index.snapshot()
        (*_, first), _ = points(proxy)
        snapshot_of = first.encode()
        proxy.after = half
        with ThreadPoolExecutor(4) as threads:
            results = [*threads.map(lambda _: snapshot.search(Plan(AllOf(), limit=5)), range(12))]
        assert {(one.total, one.timed_out) for one in results} == {(2, True)}
        taken, closed = points(proxy)
        assert len(taken) == taken.index(first) + 2
        assert closed == [first]
        proxy.after = no_fault
        assert not snapshot.search(Plan(AllOf(), limit=5)).timed_out


def test_a_point_in_time_the_server_has_lost_is_taken_anew_by_one_of_many(through: Written, opensearch: Cluster) -> None:
    together = threading.Barrier(4, timeout=PATIENCE)

    def wait(exchange: Exchange) -> None:
        if snapshot_of in exchange.body:
            together.wait()

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a", "b")
        snapshot = searcher.index.snapshot()
        for _ in range(2):  # one that took its place may be lost again
            (*_, lost), _ = before = points(proxy)
            snapshot_of = lost.encode()
            body = json.dumps({"pit_id": [lost]}).encode()
            urlopen(Request(f"{opensearch.url}/_search/point_in_time", body, JSON, method="DELETE")).close()
            proxy.before = wait
            with ThreadPoolExecutor(4) as threads:
                results = [*threads.map(lambda _: snapshot.search(Plan(AllOf(), limit=5)), range(4))]
            assert {(one.total, one.timed_out) for one in results} == {(2, False)}
            taken, closed = points(proxy)
            assert len(taken) == len(before[0]) + 1
            assert not closed


def test_a_server_that_hangs_is_given_up_for_another(tmp_path: Path, analyzer: ArticleAnalyzer, opensearch: Cluster) -> None:
    def hangs(exchange: Exchange) -> tuple[int, bytes] | None:
        if "_search" in exchange.path:
            raise Cut
        return None

    with Proxy(opensearch.url) as first, Proxy(opensearch.url) as second:
        options = opensearch_options(opensearch_urls=(first.url, second.url))
        searcher = searcher_over(tmp_path / "i", analyzer, [make("a", "Tin a")], "opensearch", options)
        first.before = hangs
        assert all(ids(searcher, "tin") == ["a"] for _ in range(4))
        assert [one for one in second.exchanges if "_search" in one.path]


def test_a_reindexing_that_cannot_read_a_part_of_the_old_version_leaves_it_in_use(
    tmp_path: Path, through: Written, analyzer: ArticleAnalyzer, opensearch: Cluster
) -> None:
    def half(exchange: Exchange) -> tuple[int, bytes] | None:
        if "_search" not in exchange.path:
            return None
        return 200, exchange.answer.replace(b'"skipped":0,"failed":0', b'"skipped":0,"failed":1')

    with Proxy(opensearch.url) as proxy:
        searcher = through(proxy, "a", "b")
        proxy.after = half
        index = Index.open_outdated(tmp_path / "i", analyzer, opensearch_options(opensearch_urls=(proxy.url,)))
        with pytest.raises(EngineUnavailableError, match="does not answer"):
            index.reindex(lambda document: analyze_document(analyzer, document))
        with pytest.raises(EngineUnavailableError, match="does not answer"):
            searcher.get("missing")
        proxy.after = lambda _: None
        remote = searcher.index.snapshot()._remote  # type: ignore[attr-defined]  # of this engine alone
        assert list(remote.client.indices.get(index=f"{remote.alias}-*")) == [f"{remote.alias}-v1"]
        assert set(ids(searcher, "tin")) == {"a", "b"}


def test_tls_with_an_authority_of_ones_own_and_a_password(tmp_path: Path, analyzer: ArticleAnalyzer, opensearch: Cluster) -> None:
    authority, pair = make_certificates(tmp_path)
    with Proxy(opensearch.url, certificate=pair, user="timtin", password="mật khẩu") as proxy:
        known = {"opensearch_urls": (proxy.url,), "opensearch_ca_file": str(authority), "opensearch_user": "timtin"}
        options = opensearch_options(**known, opensearch_password="mật khẩu")
        searcher = searcher_over(tmp_path / "i", analyzer, [make("a", "Tin a")], "opensearch", options)
        assert ids(searcher, "tin") == ["a"]
        assert "mật khẩu" not in (tmp_path / "i" / "engine" / "remote.json").read_text()
        with pytest.raises(EngineUnavailableError, match=r"refused the user timtin \(401\).*TIMTIN_OPENSEARCH_PASSWORD"):
            Index.create(tmp_path / "j", analyzer, "opensearch", opensearch_options(**known, opensearch_password="sai"))
        with pytest.raises(EngineUnavailableError, match="opensearch_ca_file"):
            Index.create(tmp_path / "k", analyzer, "opensearch", opensearch_options(opensearch_urls=(proxy.url,)))


def test_a_file_of_certificates_that_is_not_there_is_named(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    options = opensearch_options(opensearch_urls=("https://127.0.0.1:9",), opensearch_ca_file=str(tmp_path / "none.pem"))
    with pytest.raises(EngineError, match=r"none\.pem.*opensearch_ca_file"):
        Index.create(tmp_path / "i", analyzer, "opensearch", options)
