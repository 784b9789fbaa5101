"""Three nodes of OpenSearch, one of which is killed: nothing is lost, answers go on."""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import SearchRequest, SearchResponse
from engine.search import Searcher
from indexer.analysis import analyze_document
from tests.opensearch_server import Cluster, UnavailableError
from tests.support import make, opensearch_options

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


def test_a_node_killed_while_indexing_and_searching_loses_nothing(
    cluster: Cluster, tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.opensearch.backend.SNAPSHOT_SECONDS", 0.05)
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
        time.sleep(0.5)
    finally:
        done.set()
        asking.join()

    assert all(answer.total >= 100 or answer.timed_out for answer in answers)
    assert answers[-1].total == DOCUMENTS
    assert not answers[-1].timed_out
    assert searcher.index.snapshot().count() == DOCUMENTS

    cluster.restart(cluster.nodes[2])
    cluster.wait(3, "green")
    time.sleep(0.1)
    assert searcher.search(SearchRequest("đường liên xã")).total == DOCUMENTS
