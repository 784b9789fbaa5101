"""Back-end on Whoosh: pure Python, for places where no compiled wheel can be installed.

Whoosh finds and counts; ranking is Lucene's BM25 as in `engine.plan`, so that results agree with the other
engines. Whoosh keeps parts of its files as pickles: open only indexes you made yourself.
"""

from __future__ import annotations

import array
from collections.abc import Iterator, Sequence
from contextlib import suppress
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from whoosh import fields, index, query
from whoosh.analysis import IDTokenizer
from whoosh.index import EmptyIndexError, LockError
from whoosh.reading import IndexReader
from whoosh.searching import Searcher
from whoosh.writing import IndexingError

from engine import codec
from engine.codes import Texts
from engine.errors import IndexBusyError, IndexDamagedError
from engine.explanation import described
from engine.model import AnalyzedDocument, StoredDocument
from engine.options import EngineOptions
from engine.plan import AllOf, AnyOf, AtLeast, Plan, PlanNode
from engine.port import Backend, Columns, Counts, LeftOut, Ranked, Results, Snapshot, Writer, by_frequency, ordered_counts, settled
from engine.rerank import DEPTH, reranked
from engine.schema import KEYWORD_FIELDS, NUMBER_FIELDS, POSITION_FIELDS, TEXT_FIELDS, numbers, tie_breaker
from engine.whoosh_queries import LuceneBM25, whoosh_query

_STORED = "stored"
_CODES = "codes"
_MAX_NUMBER = (1 << 63) - 1
Added = tuple[tuple[str, float], ...]


def _schema() -> fields.Schema:
    schema = fields.Schema()
    for name in TEXT_FIELDS:
        schema.add(name, fields.TEXT(analyzer=IDTokenizer(), phrase=name in POSITION_FIELDS))
    for name in KEYWORD_FIELDS:
        schema.add(name, fields.ID(unique=name == "doc_id"))
    for name in (*NUMBER_FIELDS, "tie"):
        schema.add(name, fields.NUMERIC(int, bits=64, signed=True, sortable=True))
    schema.add(_STORED, fields.STORED())
    schema.add(_CODES, fields.STORED())
    return schema


class WhooshSnapshot:
    """One searcher over the segments of one commit."""

    distant = False

    def __init__(self, searcher: Searcher) -> None:
        self._searcher = searcher
        self._facet_columns: dict[str, dict[int, list[str]]] = {}

    def count(self) -> int:
        return int(self._searcher.doc_count())

    def get(self, doc_id: str) -> StoredDocument | None:
        found = self._searcher.document(doc_id=doc_id)
        return None if found is None else codec.decode(found[_STORED])

    def search(self, plan: Plan, left_out: LeftOut | None = None) -> Results:
        plan = settled(plan, left_out)
        scores = dict(self._scored(whoosh_query(plan.wanted)))
        sets = {name: self._matching(node) for name, node in plan.filters.items()}
        kept = _keep(scores, sets.values())
        ordered = sorted(kept, key=lambda doc: self._order(plan, scores, doc))
        page = self._reranked(plan, scores, ordered)[plan.offset : plan.offset + plan.limit]
        facets = {}
        for name, wanted in plan.facets.items():
            narrowed = _keep(scores, [sets[other] for other in plan.filters_for(name)])
            facets[name] = self._counts(name, narrowed, plan.facet_limit, wanted)
        hits = tuple(Ranked(score, self._stored(doc), added) for doc, score, added in page)
        return Results(len(kept), hits, facets)

    def columns(self, plan: Plan, fields: Sequence[str]) -> Columns:
        scores = dict(self._scored(whoosh_query(plan.wanted)))
        kept = _keep(scores, [self._matching(node) for node in plan.filters.values()])
        page = sorted(kept, key=lambda doc: self._order(plan, scores, doc))[plan.offset : plan.offset + plan.limit]
        return Columns([tuple(int(self._numbers[name][doc]) for name in fields) for doc in page])

    def _reranked(self, plan: Plan, scores: dict[int, float], ordered: list[int]) -> list[tuple[int, float, Added]]:
        """Documents with their scores in the order of both stages."""
        rows: list[tuple[int, float, Added]] = [(doc, scores[doc] if plan.sort == "relevance" else 0.0, ()) for doc in ordered]
        if plan.rerank is None or plan.sort != "relevance":
            return rows
        best = ordered[:DEPTH]
        ties = [self._numbers["tie"][doc] for doc in best]
        texts = Texts.of([self._searcher.stored_fields(doc)[_CODES] for doc in best])
        placed = reranked(plan.rerank, [scores[doc] for doc in best], ties, texts, self.count(), self.frequencies)
        return [(best[one.candidate], one.score, one.added) for one in placed] + rows[DEPTH:]

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        return [int(self._reader.doc_frequency(field, key)) for field, key in terms]

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        reader = self._reader
        count = (lambda key: sum(1 for _ in reader.postings(field, key).all_ids())) if exact else partial(reader.doc_frequency, field)
        return by_frequency((key.decode("utf-8"), int(count(key))) for key in reader.expand_prefix(field, prefix))

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        at = self._searcher.document_number(doc_id=doc_id)
        return self._explain(plan.query, at)

    def _explain(self, node: PlanNode, at: int) -> dict[str, Any]:
        scores = dict(self._scored(whoosh_query(node)))
        children = node.must + node.should if isinstance(node, AllOf) else node.children if isinstance(node, AnyOf | AtLeast) else ()
        details = [detail for child in children if (detail := self._explain(child, at))["value"] > 0]
        return {"value": scores.get(at, 0.0), "description": described(node), "details": details}

    def _order(self, plan: Plan, scores: dict[int, float], doc: int) -> tuple[float, int]:
        if plan.sort == "relevance":
            return (-array.array("f", [scores[doc]])[0], self._numbers["tie"][doc])
        sign = -1 if plan.sort == "newest" else 1
        return (0.0, sign * self._numbers[plan.sort][doc])

    @cached_property
    def _numbers(self) -> dict[str, Any]:
        return {name: self._reader.column_reader(name) for name in (*NUMBER_FIELDS, "tie")}

    @property
    def _reader(self) -> IndexReader:
        return self._searcher.reader()

    def _stored(self, doc: int) -> StoredDocument:
        return codec.decode(self._searcher.stored_fields(doc)[_STORED])

    def _matching(self, node: PlanNode) -> set[int]:
        return {doc for doc, _ in self._scored(whoosh_query(node))}

    def _scored(self, wanted: query.Query) -> Iterator[tuple[int, float]]:
        """Yield (document, score) of every match, in every segment."""
        for part, offset in self._searcher.leaf_searchers():
            matcher = wanted.matcher(part, context=part.context())
            while matcher.is_active():
                yield matcher.id() + offset, float(matcher.score())
                matcher.next()

    def _counts(self, facet: str, docs: list[int], limit: int, wanted: tuple[str, ...]) -> Counts:
        values = self._values(facet)
        counted: dict[str, int] = {}
        for doc in docs:
            for value in values.get(doc, ()):
                counted[value] = counted.get(value, 0) + 1
        return ordered_counts(counted.items(), limit, wanted)

    def _values(self, facet: str) -> dict[int, list[str]]:
        """Document -> its values of `facet`, read off the postings once a snapshot."""
        if facet not in self._facet_columns:
            column: dict[int, list[str]] = {}
            for value in self._reader.lexicon(facet):
                matcher = self._reader.postings(facet, value)
                for doc in matcher.all_ids():
                    column.setdefault(doc, []).append(value.decode("utf-8"))
            self._facet_columns[facet] = column
        return self._facet_columns[facet]


def _keep(scores: dict[int, float], sets: Any) -> list[int]:
    every = list(sets)
    return [doc for doc in scores if all(doc in one for one in every)]


class WhooshWriter:
    """Collects changes and hands them to Whoosh when they are committed."""

    def __init__(self, backend: WhooshBackend) -> None:
        self._backend = backend
        self._writer: Any = None
        self._changes: dict[str, AnalyzedDocument | None] = {}

    def add(self, document: AnalyzedDocument) -> None:
        self._changes[document.document.doc_id] = document

    def delete(self, doc_id: str) -> None:
        self._changes[doc_id] = None

    def commit(self) -> None:
        self._finish()
        self._open()

    @property
    def full(self) -> bool:
        return False  # it takes so long for a document that a run commits by the clock

    def _finish(self) -> None:
        try:
            self._apply()
            self._writer.commit()
        except BaseException:
            self._give_up()
            raise

    def _give_up(self) -> None:
        """Drop what is half written. Whoosh keeps its lock where that fails too, as on a full disk, and nobody could write again."""
        lock = self._writer.writelock
        try:
            with suppress(OSError, IndexingError, ValueError, AttributeError, TypeError, KeyError):  # whatever a half-written writer lacks
                self._writer.cancel()
        finally:
            if lock is not None and lock.fd is not None:
                lock.release()

    def _apply(self) -> None:
        for doc_id, document in self._changes.items():
            self._writer.delete_by_term("doc_id", doc_id)
            if document is not None:
                self._writer.add_document(**_values(document))
        self._changes.clear()

    def _open(self) -> None:
        try:
            self._writer = self._backend.index.writer(limitmb=128)
        except LockError as error:
            raise IndexBusyError(
                f"{self._backend.directory}: another process is writing to this index. Wait until it has finished."
            ) from error

    def __enter__(self) -> Self:
        self._open()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        if kind is not None:
            self._changes.clear()
            self._give_up()
            return
        self._finish()


def _values(document: AnalyzedDocument) -> dict[str, Any]:
    doc_id = document.document.doc_id
    values: dict[str, Any] = {name: text.split() for name, text in document.fields.items()}
    values.update({name: list(chosen) for name, chosen in document.facets.items()})
    values.update(numbers(document))
    return {**values, "doc_id": doc_id, "tie": tie_breaker(doc_id), _STORED: codec.encode(document), _CODES: document.codes}


class WhooshBackend:
    """A Whoosh index in `directory`."""

    def __init__(self, directory: Path, *, create: bool) -> None:
        self.directory = directory
        try:
            exists = index.exists_in(str(directory))
            self.index = index.create_in(str(directory), _schema()) if create and not exists else index.open_dir(str(directory))
        except Exception as error:  # damage shows as unpickling, zlib, key and struct errors alike
            raise IndexDamagedError(
                f"{directory}: Whoosh cannot open this index ({error}). Rebuild it: timtin index --rebuild PATH…"
            ) from error

    def snapshot(self) -> Snapshot:
        try:
            return WhooshSnapshot(self.index.searcher(weighting=LuceneBM25()))
        except (EmptyIndexError, OSError) as error:  # its files went away since it was opened
            raise IndexDamagedError(
                f"{self.directory}: Whoosh cannot read this index any more ({error}). Rebuild it: timtin index --rebuild PATH…"
            ) from error

    def writer(self) -> Writer:
        return WhooshWriter(self)


def open_backend(directory: Path, *, create: bool, options: EngineOptions, fingerprint: str | None) -> Backend:  # noqa: ARG001  # an embedded engine needs neither
    """Open the Whoosh index in `directory`."""
    return WhooshBackend(directory, create=create)
