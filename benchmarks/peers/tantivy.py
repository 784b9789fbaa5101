"""tantivy as its tutorial uses it, without anything of ours."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import tantivy

from benchmarks.peers.model import LIMIT, Article, Found, Peer

FIELDS = ["title", "text"]


class Tantivy(Peer):
    """Schema, writer and query parser of the tutorial."""

    distribution = "tantivy"
    settings = (
        "tokenizer `default` (punctuation and white space, lower case), title and text stored, one writing thread, "
        "parse_query_lenient over both fields (any of the words), count=True."
    )
    tokenizer = "default"

    def __init__(self) -> None:
        self._index: tantivy.Index

    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """One commit."""
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw")
        for field in FIELDS:
            builder.add_text_field(field, stored=True, tokenizer_name=self.tokenizer)
        self._index = tantivy.Index(builder.build(), path=str(directory))
        self.register(self._index)
        with self._index.writer(num_threads=1) as writer:
            for article in articles:
                writer.add_document(tantivy.Document(id=article.doc_id, title=article.title, text=article.text))
        self._index.reload()

    def register(self, index: tantivy.Index) -> None:
        """Make `tokenizer` known to the index; the default one is."""

    def search(self, query: str) -> Found:
        """Ids are fetched from the stored documents."""
        parsed, _ = self._index.parse_query_lenient(query, FIELDS)
        searcher = self._index.searcher()
        found = searcher.search(parsed, LIMIT, count=True)
        total: int = found.count  # type: ignore[attr-defined]  # its stubs leave it out
        return Found([str(searcher.doc(address)["id"][0]) for _, address in found.hits], total)


class FoldedTantivy(Tantivy):
    """The same with the documented filter against marks."""

    settings = "as tantivy, with a tokenizer of Tokenizer.simple, Filter.lowercase and Filter.ascii_fold: marks never count."
    tokenizer = "folded"

    def register(self, index: tantivy.Index) -> None:
        """A custom analyzer, as the tutorial registers one."""
        builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
        index.register_tokenizer(self.tokenizer, builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.ascii_fold()).build())
