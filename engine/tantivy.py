"""Back-end on tantivy, the default: a search core in Rust, embedded, on disk.

Every field gets the analyzer's tokens joined by spaces and is cut again at the spaces, which measured
14 to 56 times faster than handing over pre-tokenised values.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import tantivy
from tantivy import Order, Query

from engine import codec, tantivy_settings
from engine.errors import IndexBusyError, IndexDamagedError
from engine.matching import scores
from engine.model import AnalyzedDocument, StoredDocument
from engine.options import EngineOptions
from engine.plan import Plan, Without
from engine.port import Backend, Columns, LeftOut, Ranked, Results, Snapshot, Writer, by_frequency, settled
from engine.rerank import DEPTH, Rerank, reranked
from engine.schema import KEYWORD_FIELDS
from engine.sealing import writing
from engine.tantivy_commits import Commit, Commits
from engine.tantivy_explanation import constants_of, explained
from engine.tantivy_facets import Awaited, FacetCounting, FacetValues
from engine.tantivy_packing import LEARN_FROM, Packer, Packing, Sample
from engine.tantivy_queries import TantivyQueries, both, total_of
from engine.tantivy_ranking import Address, Dropped, by_score
from engine.tantivy_rows import CODES, SPACES, STORED, TIE, row_of, schema

WRITER_MEMORY_BYTES = 512_000_000
"""Enough for some 45,000 articles in one segment: each one more costs every search, and has a dictionary of its own."""
WRITER_THREADS = 1
"""One: with more, which document lands in which segment, and so the order of equal scores, would vary."""
_PACKED_AT_ONCE, _PACKED_BYTES = 64, 8_000_000
"""Articles that wait to be packed together, and how much they store: the longest wait for no others."""
_ORDERS = {"newest": Order.Desc, "oldest": Order.Asc}


class TantivySnapshot:
    """One searcher: tantivy keeps its segments readable for as long as it lives."""

    distant = False

    def __init__(self, schema: tantivy.Schema, commit: Commit, values: FacetValues) -> None:
        searcher, self._packing, self._dictionaries, totals = commit
        self._searcher = searcher
        self._queries = TantivyQueries(schema)
        self._query, self._keyword = self._queries.query, self._queries.keyword
        self._facets = FacetCounting(searcher, self._queries, values, totals)

    def count(self) -> int:
        return self._searcher.num_docs

    def get(self, doc_id: str) -> StoredDocument | None:
        hits = self._searcher.search(self._keyword("doc_id", doc_id), 1, count=False).hits
        return self._stored(hits[0][1]) if hits else None

    def search(self, plan: Plan, left_out: LeftOut | None = None) -> Results:
        found_out: Future[Without | None] = Future()
        counting = self._facets.start(plan, found_out)
        try:
            plan = settled(plan, left_out)
        except BaseException as error:
            found_out.set_exception(error)
            raise
        found_out.set_result(plan.without)
        total, page = self._page(plan)
        return Results(total, tuple(page), Awaited(partial(self._facets.counts, plan, counting)))

    def columns(self, plan: Plan, fields: Sequence[str]) -> Columns:
        addresses = [address for _, address in self._in_order(plan).hits]
        columns = [self._searcher.fast_field_values(field, addresses) for field in fields]
        return Columns([tuple(int(value or 0) for value in row) for row in zip(*columns, strict=True)])

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        return [self._searcher.doc_freq(field, key) for field, key in terms]

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        if prefix or exact or field not in KEYWORD_FIELDS:
            return by_frequency(self._searcher.terms_with_prefix(field, prefix, Query.all_query() if exact else None))
        known = self._dictionaries.get(field)  # asked for whole by each query that finds nothing
        if known is None:
            known = self._dictionaries[field] = by_frequency(self._searcher.terms_with_prefix(field, ""))
        return known

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        query, this = self._query(plan.query), self._keyword("doc_id", doc_id)
        hits = self._searcher.search(this, 1, count=False).hits
        constants = [node for node in constants_of(plan.query) if total_of(self._searcher.search(both(this, self._query(node)), 1))]
        return explained(json.loads(query.explain(self._searcher, hits[0][1]).to_json()), constants)

    def _page(self, plan: Plan) -> tuple[int, list[Ranked]]:
        if plan.limit == 0 and not plan.with_total:
            return 0, []
        if plan.limit == 0:
            found = self._searcher.search(self._queries.narrowed(self._queries.unscored(plan.query), plan.filters), 1)
            return total_of(found) - (len(plan.without.numbers) if plan.without else 0), []
        if plan.sort != "relevance" or not scores(plan.query):
            found = self._in_order(plan)
            return total_of(found), [Ranked(0.0, self._stored(address)) for _, address in found.hits]
        query = self._queries.narrowed(self._query(plan.query), plan.filters)
        if plan.rerank is not None and plan.offset < DEPTH:
            return self._reranked(query, plan, plan.rerank)
        total, page = by_score(self._searcher, query, Dropped(self._searcher, plan.without), plan.offset, plan.limit)
        return total, [Ranked(score, self._stored(address)) for score, address in page]

    def _in_order(self, plan: Plan) -> tantivy.SearchResult:
        """A page in the order of a number; of equal scores, where none is to be had, that of the tie-breaker."""
        query = self._queries.narrowed(self._queries.unscored(plan.wanted), plan.filters)
        by, order = (TIE, Order.Asc) if plan.sort == "relevance" else (plan.sort, _ORDERS[plan.sort])
        return self._searcher.search(query, plan.limit, offset=plan.offset, order_by_field=by, order=order)

    def _reranked(self, query: Query, plan: Plan, rerank: Rerank) -> tuple[int, list[Ranked]]:
        """A page of the order of both stages: the best DEPTH are fetched with their codes, wherever the page begins."""
        total, found = by_score(self._searcher, query, Dropped(self._searcher, plan.without), 0, max(DEPTH, plan.offset + plan.limit))
        best, rest = found[:DEPTH], found[DEPTH:]
        fetched = [self._searcher.doc(address) for _, address in best]
        texts = self._packing.texts([_bytes(row, CODES) for row in fetched])
        ties = [int(tie or 0) for tie in self._searcher.fast_field_values(TIE, [address for _, address in best])]
        placed = reranked(rerank, [score for score, _ in best], ties, texts, self.count(), self.frequencies)
        page = [
            Ranked(one.score, self._decoded(fetched[one.candidate]), one.added) for one in placed[plan.offset : plan.offset + plan.limit]
        ]
        more = rest[: max(0, plan.offset + plan.limit - len(best))]
        return total, page + [Ranked(score, self._stored(address)) for score, address in more]

    def _stored(self, address: Address) -> StoredDocument:
        return self._decoded(self._searcher.doc(address))

    def _decoded(self, row: tantivy.Document) -> StoredDocument:
        return codec.decode(self._packing.document(_bytes(row, STORED), _bytes(row, CODES)))


def _bytes(row: tantivy.Document, field: str) -> bytes:
    value = row.get_first(field)
    if not isinstance(value, bytes):
        raise IndexDamagedError("The index holds a document without its text. Rebuild it: timtin index --rebuild PATH…")
    return value


class TantivyWriter:
    """The one writer of an index; tantivy's own lock keeps a second one out."""

    def __init__(self, backend: TantivyBackend) -> None:
        self._backend = backend
        self._writer: tantivy.IndexWriter | None = None
        self._packer: Packer | None = None
        self._waiting: list[AnalyzedDocument] = []
        self._waiting_bytes = 0

    def add(self, document: AnalyzedDocument) -> None:
        _ = self._open  # outside of its block a writer raises, instead of letting documents wait for ever
        self._waiting.append(document)
        self._waiting_bytes += len(document.stored)
        if len(self._waiting) >= _PACKED_AT_ONCE or self._waiting_bytes >= _PACKED_BYTES:
            self._write()

    def delete(self, doc_id: str) -> None:
        self._write()
        with self._writing():
            self._open.delete_documents_by_term("doc_id", doc_id)

    def commit(self) -> None:
        self._write()
        with self._writing():
            self._open.commit()
        self._backend.reload()

    def _write(self) -> None:
        """Hand what waits to tantivy, in the order it came."""
        documents, self._waiting, self._waiting_bytes = self._waiting, [], 0
        with self._writing():
            packed = self._packing.pack([(codec.encode(document), document.codes) for document in documents])
            for document, (stored, codes) in zip(documents, packed, strict=True):
                row = row_of(document)
                row.add_bytes(CODES, codes)
                row.add_bytes(STORED, stored)
                self._open.delete_documents_by_term("doc_id", document.document.doc_id)
                self._open.add_document(row)

    @property
    def full(self) -> bool:
        return False  # tantivy writes its memory out by itself

    def __enter__(self) -> Self:
        self._packer = Packer(self._backend.packing, self._backend.samples())
        try:
            self._writer = self._backend.index.writer(WRITER_MEMORY_BYTES, WRITER_THREADS)
        except ValueError as error:
            raise IndexBusyError(
                f"{self._backend.directory}: another process is writing to this index. Wait until it has finished. ({error})"
            ) from error
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        writer = self._open
        try:
            if kind is not None:
                with suppress(ValueError):  # a writer that failed cannot even undo; what was not committed is gone anyway
                    writer.rollback()
                    writer.garbage_collect_files()  # a file of the undone segment may still be written to, and must not be sealed
                return
            self._write()
            with self._writing():
                writer.commit()
                writer.garbage_collect_files()
        finally:
            self._writer, self._waiting = None, []
            with suppress(ValueError) if kind is not None else self._writing():
                writer.wait_merging_threads()
            self._backend.reload()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """tantivy's errors of writing as ours."""
        with writing(self._backend.directory, ValueError):
            yield

    @property
    def _open(self) -> tantivy.IndexWriter:
        if self._writer is None:
            raise RuntimeError("a writer is used inside its with block only")
        return self._writer

    @property
    def _packing(self) -> Packer:
        if self._packer is None:
            raise RuntimeError("a writer is used inside its with block only")
        return self._packer


class TantivyBackend:
    """A tantivy index in `directory`."""

    def __init__(self, directory: Path, *, create: bool) -> None:
        self.directory = directory
        self._schema = schema()
        self._values = FacetValues()
        try:
            if create:
                tantivy_settings.create(directory, self._schema)
            self.index = tantivy.Index(self._schema, str(directory), reuse=True) if create else tantivy.Index.open(str(directory))
        except ValueError as error:
            raise IndexDamagedError(
                f"{directory}: tantivy cannot open this index ({error}). Rebuild it: timtin index --rebuild PATH…"
            ) from error
        self.index.register_tokenizer(SPACES, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
        self._commits = Commits(directory, self.index)

    def snapshot(self) -> Snapshot:
        return TantivySnapshot(self._schema, self._commits.newest(), self._values)

    @property
    def packing(self) -> Packing:
        """What the values of the newest commit are packed with."""
        return self._commits.newest().packing

    def samples(self) -> Iterator[Sample]:
        """Documents of the newest commit and their codes: as many as a dictionary is learnt from, or all."""
        searcher, packing, *_ = self._commits.newest()
        for _, address in searcher.search(Query.all_query(), LEARN_FROM, count=False).hits:
            row = searcher.doc(address)
            stored, codes = _bytes(row, STORED), _bytes(row, CODES)
            yield packing.document(stored, codes), packing.codes(codes)

    def writer(self) -> Writer:
        return TantivyWriter(self)

    def reload(self) -> None:
        """Let the next snapshot show the newest commit."""
        self._commits.reload()


def open_backend(directory: Path, *, create: bool, options: EngineOptions, fingerprint: str | None) -> Backend:  # noqa: ARG001  # an embedded engine needs neither
    """Open the tantivy index in `directory`."""
    return TantivyBackend(directory, create=create)
