"""What waits in memory for a server is little, however much a run or a reindexing has to write."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from indexer.analysis import analyze_document
from indexer.clusters import IN_MEMORY, Clusters
from indexer.homes import LEARNT, settle_homes
from indexer.run import index_paths
from tests.opensearch_proxy import Proxy
from tests.opensearch_server import Cluster
from tests.support import make, opensearch_options

SOURCE = "Bản tin Thuận Hạnh"


@pytest.fixture
def proxy(opensearch: Cluster) -> Iterator[Proxy]:
    with Proxy(opensearch.url) as started:
        yield started


@pytest.fixture
def index(tmp_path: Path, analyzer: ArticleAnalyzer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> Index:
    """One whose writer asks for a commit after a few short articles."""
    monkeypatch.setattr("engine.opensearch.writer._HELD_CHARS", 5_000)
    return Index.create(tmp_path / "index", analyzer, "opensearch", opensearch_options(opensearch_urls=(proxy.url,)))


def sent(proxy: Proxy) -> list[int]:
    """Documents of each request that wrote."""
    return [one.body.count(b'"_id"') for one in proxy.bulks]


def test_a_run_commits_once_its_writer_holds_much(index: Index, tmp_path: Path, proxy: Proxy, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.batches.BATCH_ITEMS", 8)
    path = tmp_path / "a.ndjson"
    path.write_text("".join(json.dumps({"id": f"d{n}", "title": f"Tin {n}", "body": f"Xã {n} họp."}) + "\n" for n in range(100)))
    report = index_paths(index, [str(path)])
    assert report.added == index.snapshot().count() == sum(sent(proxy)) == 100
    assert max(sent(proxy)) <= 40


def test_homes_are_settled_a_little_at_a_time(
    index: Index, analyzer: ArticleAnalyzer, proxy: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As after a reindexing, when the homes of all sources are learnt at once."""
    monkeypatch.setattr("indexer.homes.BATCH", 200)
    with index.writer() as writer:
        for n in range(10):
            text = f"Sáng {n + 1}-2, huyện Đắk Song, tỉnh Đắk Nông họp lần thứ {n}."
            writer.add(analyze_document(analyzer, make(f"k{n}", f"Tin số {n}", text, source=SOURCE)))
        for n in range(30):
            writer.add(analyze_document(analyzer, make(f"s{n}", "Tập huấn", f"UBND huyện tập huấn cho {n} cán bộ.", source=SOURCE)))
    before = len(proxy.bulks)
    with Clusters(IN_MEMORY) as clusters:
        assert settle_homes(index, clusters) == 30
        assert settle_homes(index, clusters) == 0
    assert sum(sent(proxy)[before:]) == 30
    assert len(proxy.bulks) - before >= 3
    for n in range(30):
        stored = index.snapshot().get(f"s{n}")
        assert stored is not None
        assert stored.home is not None
        assert stored.home.origin == LEARNT


def test_a_full_writer_still_sends_nothing_before_it_is_told(index: Index, analyzer: ArticleAnalyzer, proxy: Proxy) -> None:
    """The commit is the caller's to make: an exception discards all since the last."""

    def interrupted() -> None:
        with index.writer() as writer:
            assert not writer.full
            for n in range(30):
                writer.add(analyze_document(analyzer, make(f"d{n}", f"Tin {n}", "Xã họp bàn việc làm đường. " * 10)))
            assert writer.full
            writer.commit()
            assert not writer.full
            for n in range(30):
                writer.add(analyze_document(analyzer, make(f"e{n}", f"Tin {n}", "Xã họp bàn việc làm đường. " * 10)))
            raise KeyError("power cut")

    with pytest.raises(KeyError):
        interrupted()
    assert sum(sent(proxy)) == 30
    assert index.snapshot().count() == 30
