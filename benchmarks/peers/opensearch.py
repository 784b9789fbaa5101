"""OpenSearch on one node of this machine, analysing text itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from opensearchpy import OpenSearch as Client
from opensearchpy.helpers import bulk

from benchmarks.peers.model import LIMIT, Article, Found, NotRunError, Peer
from cli.evaluation.run import unmarked
from tests.opensearch_server import VERSION, Cluster, UnavailableError

HEAP_MB = 512
INDEX = "peers"
TYPED, FOLDED = ["title", "text"], ["title_folded", "text_folded"]
BODY = {
    "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
    "mappings": {
        "_source": {"excludes": FOLDED},
        "properties": {name: {"type": "text", "analyzer": "standard"} for name in (*TYPED, *FOLDED)},
    },
}


class OpenSearch(Peer):
    """The server of the tests; its memory and CPU time count."""

    settings = (
        f"one node with {HEAP_MB} MB of heap, one shard, no replica; bulk requests with refresh_interval -1, then a refresh, as under "
        "“tuning for indexing speed”; analyzer `standard` (analysis-icu is no Maven artefact); title and text also without marks in fields "
        "of their own, and most_fields over all: what `asciifolding` in sub-fields gives, a filter that the Maven distribution leaves out. "
        "p50 and p99 are by the wall clock, the request included."
    )

    def __init__(self) -> None:
        try:
            self._cluster = Cluster(1, HEAP_MB)
        except UnavailableError as error:
            raise NotRunError(str(error)) from error
        self._client = Client(self._cluster.urls, timeout=60)

    def version(self) -> str:
        """Of the server."""
        return VERSION

    def clock(self) -> float:
        """By the wall: the server works in another process."""
        return perf_counter()

    def index(self, articles: Sequence[Article], directory: Path) -> None:  # noqa: ARG002  # the server keeps its own
        """Anew: the index of an earlier call goes."""
        self._client.indices.delete(index=INDEX, ignore_unavailable=True)
        self._client.indices.create(index=INDEX, body=BODY)
        bulk(self._client, _actions(articles), chunk_size=500)
        self._client.indices.refresh(index=INDEX)

    def search(self, query: str) -> Found:
        """Ids and the exact total."""
        should = [_most_fields(query, TYPED), _most_fields(unmarked(query), FOLDED)]
        body = {"query": {"bool": {"should": should}}, "size": LIMIT, "_source": False, "track_total_hits": True}
        answer = self._client.search(index=INDEX, body=body)
        return Found([hit["_id"] for hit in answer["hits"]["hits"]], answer["hits"]["total"]["value"])

    def size(self, directory: Path) -> int | None:  # noqa: ARG002  # its index is on the server, not in a directory
        """As the server counts it, after writing everything out."""
        self._client.indices.flush(index=INDEX)
        stats: dict[str, Any] = self._client.indices.stats(index=INDEX, metric="store")
        return int(stats["_all"]["primaries"]["store"]["size_in_bytes"])

    def processes(self) -> list[int]:
        """This one and the server."""
        return [*super().processes(), *(node.process.pid for node in self._cluster.nodes if node.process)]

    def close(self) -> None:
        """Stop the server."""
        self._cluster.stop()


def _actions(articles: Sequence[Article]) -> Iterator[dict[str, Any]]:
    for article in articles:
        values = (article.title, article.text, unmarked(article.title), unmarked(article.text))
        yield {"_index": INDEX, "_id": article.doc_id, **dict(zip((*TYPED, *FOLDED), values, strict=True))}


def _most_fields(query: str, fields: Sequence[str]) -> dict[str, Any]:
    return {"multi_match": {"query": query, "type": "most_fields", "fields": fields}}
