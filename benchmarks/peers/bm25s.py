"""bm25s as its quick start uses it."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

import bm25s

from benchmarks.peers.model import LIMIT, Article, Found, Peer


class Bm25s(Peer):
    """With the highly recommended extras, among them numba."""

    distribution = "bm25s"
    settings = (
        f"bm25s[core] with backend=numba ({version('numba')}); bm25s.tokenize without stop words and stemmer, which are for other "
        "languages; index and articles saved to disk. No totals, no updates, no fields: title and text are one text."
    )

    def __init__(self) -> None:
        self._ids: list[str]
        self._retriever = bm25s.BM25(backend="numba")

    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """In one go."""
        self._ids = [article.doc_id for article in articles]
        texts = [f"{article.title}\n{article.text}" for article in articles]
        self._retriever.index(bm25s.tokenize(texts, stopwords=None, show_progress=False), show_progress=False)
        self._retriever.save(directory, corpus=texts, show_progress=False)

    def search(self, query: str) -> Found:
        """Articles of score 0 match nothing."""
        tokens = bm25s.tokenize(query, stopwords=None, show_progress=False)
        if not tokens.vocab:
            return Found([], None)
        places, scores = self._retriever.retrieve(tokens, k=min(LIMIT, len(self._ids)), show_progress=False)
        return Found([self._ids[place] for place, score in zip(places[0], scores[0], strict=True) if score > 0], None)
