"""A new version beside the one in use: searches are answered all the time, and whatever cuts it off is made good by the next run."""

from __future__ import annotations

import json
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import EngineError, IndexBusyError, IndexMismatchError
from engine.index import Index
from engine.model import AnalyzedDocument, SearchRequest
from engine.opensearch.remote import Remote, read
from engine.options import EngineOptions
from engine.port import Replaced
from engine.schema import SCHEMA_VERSION
from engine.search import Searcher
from indexer.analysis import analyze_document
from indexer.clusters import FILE as CLUSTERS
from indexer.reindex import reindex
from indexer.run import index_paths
from tests.engine.conftest import BOUNDED
from tests.opensearch_proxy import Exchange, Proxy, no_fault
from tests.opensearch_server import Cluster
from tests.process import PATIENCE, environment
from tests.support import ids, make, opensearch_options, searcher_over

NUMBER = 60


@pytest.fixture
def proxy(opensearch: Cluster) -> Iterator[Proxy]:
    with Proxy(opensearch.url) as started:
        yield started


@pytest.fixture
def options(proxy: Proxy) -> EngineOptions:
    return opensearch_options(opensearch_urls=(proxy.url,))


@pytest.fixture
def searcher(tmp_path: Path, analyzer: ArticleAnalyzer, options: EngineOptions, monkeypatch: pytest.MonkeyPatch) -> Searcher:
    monkeypatch.setattr("engine.opensearch.backend.SNAPSHOT_SECONDS", 0.0)
    texts = [make(f"d{number:02}", "Tin địa phương", f"Câu {number}.") for number in range(NUMBER)]
    return searcher_over(tmp_path / "i", analyzer, texts, "opensearch", options)


def versions(remote: Remote) -> tuple[list[str], list[str]]:
    """(what the alias points to, all there are), without the alias's name."""
    names = (remote.client.indices.get_alias(name=remote.alias), remote.client.indices.get(index=f"{remote.alias}-*"))
    return tuple(sorted(name.removeprefix(f"{remote.alias}-") for name in found) for found in names)  # type: ignore[return-value]  # two of them


class Rivals:
    """Tries something with each answer of the server, until that succeeds or fails otherwise than by being turned away."""

    def __init__(self, attempt: Callable[[], object]) -> None:
        self._attempt = attempt
        self.outcomes: list[str] = []
        self.last: Exchange

    def __call__(self, exchange: Exchange) -> None:
        if {*self.outcomes} - {"busy"}:
            return
        self.last = exchange
        try:
            self._attempt()
        except IndexBusyError:
            self.outcomes.append("busy")
        except Exception as error:  # noqa: BLE001  # whatever it is, the test tells it
            self.outcomes.append(repr(error))
        else:
            self.outcomes.append("done")


def remote_of(searcher: Searcher, options: EngineOptions) -> Remote:
    return read(searcher.index.directory / "engine", options)


def write_copies(path: Path, *names: str) -> str:
    """Write reports of these ids that are near-duplicates, one a line; the file's path."""
    text = " ".join(f"Xã thứ {number} họp bàn việc làm đường liên thôn số {number * 7}." for number in range(15))
    rows = ({"id": name, "title": f"Tin {name}", "body": f"{text} Tin của {name}.", "source": f"Báo {name}"} for name in names)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows))
    return str(path)


def total(searcher: Searcher) -> int:
    return searcher.search(SearchRequest("tin")).total


def test_searches_are_answered_all_the_time(searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions) -> None:
    totals: list[int] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            totals.append(total(searcher))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        assert reindex(searcher.index.directory, analyzer, options) == Replaced(NUMBER, {})
        answered = len(totals)
        while asking.is_alive() and len(totals) < answered + 3:  # those that follow were asked for when the old version was gone
            time.sleep(0.01)
    finally:
        done.set()
        asking.join()
    assert set(totals) == {NUMBER}
    assert versions(remote_of(searcher, options)) == (["v2"], ["v2"])
    assert len(ids(Searcher(Index.open(searcher.index.directory, analyzer)), "tin", limit=100)) == NUMBER


def test_no_more_than_a_little_is_held_in_memory(
    searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was read goes out before more is read."""
    monkeypatch.setattr("engine.opensearch.writer._HELD_CHARS", 1_000)
    monkeypatch.setattr("engine.opensearch.snapshot._READ_AT_ONCE", 10)
    before = len(proxy.exchanges)
    reindex(searcher.index.directory, analyzer, options)
    read_sizes, held, most = [], 0, 0
    for exchange in proxy.exchanges[before:]:
        if "_search" in exchange.path and b'"match_all"' in exchange.body and json.loads(exchange.body).get("sort") == ["doc_id"]:
            read_sizes.append(len(json.loads(exchange.answer)["hits"]["hits"]))
            held += read_sizes[-1]
        elif exchange.is_bulk:
            held -= exchange.body.count(b'"_id"')
        most = max(most, held)
    assert read_sizes == [10] * 6 + [0]
    assert most < 20
    assert total(searcher) == NUMBER


def test_a_failure_leaves_the_old_version_alone(searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions) -> None:
    def fails(document: object) -> AnalyzedDocument:
        raise KeyError("power cut")

    with pytest.raises(KeyError):
        Index.open_outdated(searcher.index.directory, analyzer, options).reindex(fails)
    assert total(Searcher(Index.open(searcher.index.directory, analyzer))) == NUMBER
    assert versions(remote_of(searcher, options)) == (["v1"], ["v1"])


def is_write(exchange: Exchange) -> bool:
    """The new version is made and not filled."""
    return exchange.is_bulk


def is_delete(exchange: Exchange) -> bool:
    """The alias has moved already."""
    return exchange.method == "DELETE" and exchange.path.endswith("-v1")


@pytest.mark.parametrize(("held", "left", "then"), [(is_write, (["v1"], ["v1", "v2"]), "v3"), (is_delete, (["v2"], ["v1", "v2"]), "v3")])
def test_a_killed_reindexing_leaves_one_version_in_use_and_the_next_clears_up(
    searcher: Searcher,
    analyzer: ArticleAnalyzer,
    options: EngineOptions,
    proxy: Proxy,
    held: Callable[[Exchange], bool],
    left: tuple[list[str], list[str]],
    then: str,
) -> None:
    reached, go_on = threading.Event(), threading.Event()

    def hold(exchange: Exchange) -> None:
        if held(exchange):
            reached.set()
            go_on.wait(PATIENCE)

    proxy.before = hold
    command = [sys.executable, "-m", "cli", "reindex", "--index", str(searcher.index.directory)]
    with subprocess.Popen(command, env=environment(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:
        assert reached.wait(PATIENCE)
        running.kill()
        running.wait()
        proxy.before = lambda exchange: (503, b"{}") if exchange.method in ("PUT", "DELETE") or exchange.is_bulk else None
        assert total(searcher) == NUMBER
        go_on.set()
    proxy.before = no_fault
    assert versions(remote_of(searcher, options)) == left
    assert total(searcher) == NUMBER
    assert reindex(searcher.index.directory, analyzer, options) == Replaced(NUMBER, {})
    assert versions(remote_of(searcher, options)) == ([then], [then])
    assert total(Searcher(Index.open(searcher.index.directory, analyzer))) == NUMBER
    assert not list(searcher.index.directory.glob("*.new"))


def test_indices_of_others_with_names_alike_are_left_alone(searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions) -> None:
    remote = remote_of(searcher, options)
    for name in ("v1-backup", "v7"):
        remote.client.indices.create(index=f"{remote.alias}-{name}")
    remote.client.indices.put_alias(index=f"{remote.alias}-v7", name=f"{remote.alias}-kept")
    reindex(searcher.index.directory, analyzer, options)
    assert versions(remote) == (["v2"], ["v1-backup", "v2", "v7"])


def test_not_while_another_run_writes(searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions) -> None:
    with searcher.index.writer(), pytest.raises(IndexBusyError):
        reindex(searcher.index.directory, analyzer, options)
    assert versions(remote_of(searcher, options)) == (["v1"], ["v1"])


def test_a_second_build_is_turned_away_at_any_moment_of_the_first(
    searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, opensearch: Cluster
) -> None:
    directory, direct = searcher.index.directory, replace(options, opensearch_urls=(opensearch.url,))

    def build(through: EngineOptions, begun: Callable[[], None] = lambda: None) -> Replaced:
        index = Index.open_outdated(directory, analyzer, through)
        begun()
        return index.reindex(lambda document: analyze_document(analyzer, document))

    tried = Rivals(lambda: build(direct))
    assert build(options, lambda: setattr(proxy, "after", tried)) == Replaced(NUMBER, {})
    proxy.after = no_fault
    assert set(tried.outcomes) == {"busy"}
    assert versions(remote_of(searcher, options)) == (["v2"], ["v2"])
    assert total(searcher) == NUMBER


def test_a_second_run_is_turned_away_to_the_end_of_the_first(
    tmp_path: Path, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, opensearch: Cluster
) -> None:
    """Also when the first has done with the server's new version and settles the rest: the clusters it found are kept."""
    index = Index.create(tmp_path / "i", analyzer, "opensearch", options)
    index_paths(index, [write_copies(tmp_path / "a.ndjson", "z", "b")])
    direct = replace(options, opensearch_urls=(opensearch.url,))
    tried = Rivals(lambda: reindex(index.directory, analyzer, direct))
    proxy.after = lambda exchange: tried(exchange) if tried.outcomes or exchange.is_bulk else None
    reindex(index.directory, analyzer, options)
    proxy.after = no_fault
    assert set(tried.outcomes) == {"busy"}
    assert tried.last.path.endswith("_search?search_type=dfs_query_then_fetch")
    with closing(sqlite3.connect(index.directory / CLUSTERS)) as clusters:
        assert clusters.execute("select count(*) from founders").fetchone() == (1,)
    assert not list(index.directory.glob("*.new"))


@pytest.mark.parametrize("moment", ["before it is filled", "when it is full"])
def test_a_version_that_was_deleted_while_it_was_built_is_never_used(
    searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, opensearch: Cluster, moment: str
) -> None:
    """A server makes up an index when one that is not there is written to; it has no mapping of ours."""
    remote = read(searcher.index.directory / "engine", replace(options, opensearch_urls=(opensearch.url,)))

    def delete(_: Exchange) -> None:
        remote.client.indices.delete(index=f"{remote.alias}-v2")

    if moment == "before it is filled":
        proxy.before = lambda exchange: delete(exchange) if exchange.is_bulk else None
    else:
        proxy.after = lambda exchange: delete(exchange) if exchange.path.endswith("-v2/_refresh") else None
    with pytest.raises(EngineError, match=r"-v2 was deleted while.*-v1 stays in use.*Run it again"):
        reindex(searcher.index.directory, analyzer, options)
    proxy.before = proxy.after = no_fault
    assert versions(remote) == (["v1"], ["v1"])
    assert total(searcher) == NUMBER


def test_of_two_machines_that_build_at_once_the_later_one_does_and_the_other_is_told(
    tmp_path: Path, searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, opensearch: Cluster
) -> None:
    """They build under different names, so that neither finds its documents in the other's version."""
    direct = replace(options, opensearch_urls=(opensearch.url,))
    Index.create(tmp_path / "there", analyzer, "opensearch", direct)
    there = Rivals(lambda: reindex(tmp_path / "there", analyzer, direct))
    proxy.before = lambda exchange: there(exchange) if exchange.is_bulk else None
    with pytest.raises(EngineError, match=r"-v2 was deleted while it was built.*another machine building one"):
        reindex(searcher.index.directory, analyzer, options)
    proxy.before = no_fault
    assert there.outcomes == ["done"]
    assert versions(remote_of(searcher, direct)) == (["v3"], ["v3"])
    assert total(searcher) == NUMBER


def test_a_version_that_another_machine_changed_over_to_meanwhile_stays(
    searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, proxy: Proxy, opensearch: Cluster
) -> None:
    remote = read(searcher.index.directory / "engine", replace(options, opensearch_urls=(opensearch.url,)))
    alias = remote.alias

    def move(_: Exchange) -> None:
        remote.client.indices.clone(index=f"{alias}-v1", target=f"{alias}-v9")
        moves = [{"remove": {"index": f"{alias}-v1", "alias": alias}}, {"add": {"index": f"{alias}-v9", "alias": alias}}]
        remote.client.indices.update_aliases(body={"actions": moves})

    remote.client.indices.put_settings(index=f"{alias}-v1", body={"index.blocks.write": True})
    proxy.after = lambda exchange: move(exchange) if exchange.path.endswith("-v2/_count") else None
    with pytest.raises(EngineError, match=r"another machine made .*-v9 the version in use in place of .*-v1"):
        reindex(searcher.index.directory, analyzer, options)
    proxy.after = no_fault
    assert versions(remote) == (["v9"], ["v1", "v9"])
    assert total(searcher) == NUMBER


def test_a_machine_that_joined_goes_on_with_the_version_another_built(
    tmp_path: Path, analyzer: ArticleAnalyzer, options: EngineOptions
) -> None:
    """What the directory of an index says of its version is not asked: the servers say it."""
    there = searcher_over(tmp_path / "there", analyzer, BOUNDED, "opensearch", options)
    meta = tmp_path / "there" / "timtin.json"
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"schema": SCHEMA_VERSION - 1, "fingerprint": "older"}))
    reindex(tmp_path / "there", analyzer, options)
    meta.write_text(json.dumps(json.loads(meta.read_text()) | {"schema": SCHEMA_VERSION - 1, "fingerprint": "older"}))
    again = Index.open(tmp_path / "there", analyzer, options=options)
    assert again.meta == replace(again.meta, schema=SCHEMA_VERSION, fingerprint=analyzer.fingerprint)
    assert ids(Searcher(again), "an khê") == ids(there, "an khê") == ["a"]


def test_a_version_of_a_newer_timtin_is_never_built_down(
    searcher: Searcher, analyzer: ArticleAnalyzer, options: EngineOptions, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.opensearch.backend.SCHEMA_VERSION", SCHEMA_VERSION - 1)
    for attempt in (Index.open, Index.open_outdated):
        with pytest.raises(IndexMismatchError, match=r"newer timtin.*Upgrade"):
            attempt(searcher.index.directory, analyzer, options=options)


def test_clusters_are_found_anew_and_later_articles_join_them(tmp_path: Path, analyzer: ArticleAnalyzer, options: EngineOptions) -> None:
    path = write_copies(tmp_path / "a.ndjson", "z", "b")
    index = Index.create(tmp_path / "i", analyzer, "opensearch", options)
    index_paths(index, [path])
    (tmp_path / "i" / CLUSTERS).write_bytes(b"")  # as of another analyzer, whose sketches compare with nothing
    reindex(tmp_path / "i", analyzer, options)
    write_copies(tmp_path / "a.ndjson", "z", "b", "c")
    index = Index.open(tmp_path / "i", analyzer, options=options)
    index_paths(index, [path])
    response = Searcher(index).search(SearchRequest("làm đường"))
    assert (response.total, response.hits[0].similar) == (1, 2)
