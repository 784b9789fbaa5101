"""Three nodes of OpenSearch, one of which is killed: nothing is lost, answers go on or say what they lack."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import EngineUnavailableError
from engine.index import Index
from engine.model import SearchRequest, SearchResponse
from engine.opensearch.remote import read
from engine.search import Searcher
from engine.stats import stats
from indexer.analysis import analyze_document
from indexer.run import index_paths
from search_app import create_app
from tests.opensearch_server import Cluster, UnavailableError
from tests.process import PATIENCE
from tests.support import make, opensearch_options, searcher_over

DOCUMENTS = 600


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """Three nodes with small heaps."""
    try:
        started = Cluster(nodes=3, heap_mb=256)
    except UnavailableError as error:
        pytest.skip(str(error))
    with started:
        yield started


@pytest.fixture(autouse=True)
def _fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.opensearch.backend.SNAPSHOT_SECONDS", 0.05)


def whole(searcher: Searcher, q: str) -> SearchResponse:
    """The answer once no part of it is missing: each node learns by itself that a part is there again."""
    until = time.monotonic() + PATIENCE
    while (response := searcher.search(SearchRequest(q))).timed_out and time.monotonic() < until:
        time.sleep(0.2)
    return response


def test_a_node_killed_while_indexing_and_searching_loses_nothing(cluster: Cluster, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    options = opensearch_options(opensearch_urls=tuple(cluster.urls), opensearch_shards=3, opensearch_replicas=1)
    index = Index.create(tmp_path / "i", analyzer, "opensearch", options)
    cluster.wait(3, "green")
    texts = [make(f"d{i}", f"Tin số {i}", "Huyện họp bàn về đường liên xã.") for i in range(DOCUMENTS)]
    analyzed = [analyze_document(analyzer, text) for text in texts]
    with index.writer() as writer:
        for document in analyzed[:100]:
            writer.add(document)
    searcher = Searcher(index)
    answers: list[SearchResponse] = []
    done = threading.Event()

    def ask() -> None:
        while not done.is_set():
            answers.append(searcher.search(SearchRequest("đường liên xã", limit=5)))

    asking = threading.Thread(target=ask)
    asking.start()
    try:
        with index.writer() as writer:
            for start in range(100, DOCUMENTS, 50):
                for document in analyzed[start : start + 50]:
                    writer.add(document)
                if start == 250:
                    cluster.nodes[2].stop(signal.SIGKILL)
                writer.commit()
        until = time.monotonic() + PATIENCE
        while (not answers or answers[-1].timed_out or answers[-1].total < DOCUMENTS) and asking.is_alive() and time.monotonic() < until:
            time.sleep(0.1)
    finally:
        done.set()
        asking.join()

    assert all(answer.total >= 100 or answer.timed_out for answer in answers)
    assert answers[-1].total == DOCUMENTS
    assert not answers[-1].timed_out
    assert searcher.index.snapshot().count() == DOCUMENTS

    cluster.restart(cluster.nodes[2])
    cluster.wait(3, "green")
    response = whole(searcher, "đường liên xã")
    assert (response.total, response.timed_out) == (DOCUMENTS, False)


def test_a_part_without_a_copy_is_said_to_be_missing_until_its_node_is_back(
    cluster: Cluster, tmp_path: Path, analyzer: ArticleAnalyzer
) -> None:
    """Totals are of the part that is there and say so; what cannot be known in part is an error; nothing is taken to be gone."""
    options = opensearch_options(opensearch_urls=tuple(cluster.urls), opensearch_shards=3, opensearch_replicas=0)
    path = tmp_path / "a.ndjson"
    path.write_text("".join(f'{{"id": "d{i}", "title": "Tin {i}", "body": "Huyện họp về đường số {i}."}}\n' for i in range(60)))
    index = Index.create(tmp_path / "i", analyzer, "opensearch", options)
    index_paths(index, [str(path)])
    cluster.wait(3, "green")
    searcher = Searcher(index)
    assert searcher.search(SearchRequest("đường")).total == 60
    remote = read(tmp_path / "i" / "engine", options)
    shards = remote.client.cat.shards(index=f"{remote.alias}-v1", format="json")
    lost = next(node for node in cluster.nodes[1:] if node.name == next(one["node"] for one in shards if one["node"] != "n0"))
    missing = sum(int(one["docs"]) for one in shards if one["node"] == lost.name)
    lost.stop(signal.SIGKILL)
    time.sleep(0.1)  # then the snapshot that was shared is none any more

    response = searcher.search(SearchRequest("đường", limit=60))
    assert (response.total, response.timed_out) == (60 - missing, True)
    assert "timed-out" in {notice.code for notice in response.notices}
    there = {hit.document.doc_id for hit in response.hits}
    gone = next(f"d{i}" for i in range(60) if f"d{i}" not in there)
    with pytest.raises(EngineUnavailableError, match=r"does not answer.*nodes are back"):
        searcher.get(gone)
    assert searcher.get(next(iter(there))) is not None
    with pytest.raises(EngineUnavailableError, match=r"does not answer.*nodes are back"):
        stats(searcher)
    assert "chưa trả lời kịp" in create_app(searcher).test_client().get("/").text

    cluster.restart(lost)
    cluster.wait(3, "green")
    response = whole(searcher, "đường")
    assert (response.total, response.timed_out) == (60, False)
    assert searcher.get(gone) is not None


def test_deep_pages_walk_on_over_several_shards(
    cluster: Cluster, tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.opensearch.snapshot._WINDOW", 7)
    options = opensearch_options(opensearch_urls=tuple(cluster.urls), opensearch_shards=3, opensearch_replicas=0)
    texts = [make(f"d{i}", "Tin giống nhau" if i % 3 else "Tin khác", "Cùng một câu.") for i in range(40)]
    searcher = searcher_over(tmp_path / "i", analyzer, texts, "opensearch", options)
    pages = [searcher.search(SearchRequest("tin", limit=9, offset=at, sort="newest")).hits for at in range(0, 45, 9)]
    found = [hit.document.doc_id for page in pages for hit in page]
    assert len(found) == len(set(found)) == 40
