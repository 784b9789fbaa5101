"""rank-bm25 as its README uses it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from rank_bm25 import BM25Okapi

from benchmarks.peers.model import LIMIT, Article, Found, Peer


class RankBm25(Peer):
    """Everything in memory."""

    distribution = "rank-bm25"
    settings = "BM25Okapi over text.lower().split(), get_top_n. No totals, no file, no fields: title and text are one text."

    def __init__(self) -> None:
        self._ids: list[str]
        self._ranker: BM25Okapi

    def index(self, articles: Sequence[Article], directory: Path) -> None:  # noqa: ARG002  # nothing is kept on disk
        """In one go."""
        self._ids = [article.doc_id for article in articles]
        self._ranker = BM25Okapi([f"{article.title}\n{article.text}".lower().split() for article in articles])

    def search(self, query: str) -> Found:
        """Scores every article."""
        return Found(self._ranker.get_top_n(query.lower().split(), self._ids, n=LIMIT), None)
