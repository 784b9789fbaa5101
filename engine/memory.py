"""Back-end in memory on rank-bm25: small, obvious, slow and exact. The oracle of the contract suite.

It keeps nothing on disk beyond one JSON-lines file, so it also serves tiny collections.
"""

from __future__ import annotations

import base64
import json
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray
from rank_bm25 import BM25Okapi

from engine import codec
from engine.bm25 import K1, B, lucene_idf
from engine.codes import Texts
from engine.errors import IndexBusyError, IndexDamagedError
from engine.explanation import described
from engine.model import AnalyzedDocument, StoredDocument
from engine.newest import Mark, Newest
from engine.options import EngineOptions
from engine.phrases import occurrences
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, NumbersNode, PhraseNode, Plan, PlanNode, PrefixNode, RangeNode, TermNode
from engine.port import Backend, Columns, Counts, LeftOut, Ranked, Results, Snapshot, Writer, by_frequency, ordered_counts, settled
from engine.rerank import DEPTH, reranked
from engine.schema import NUMBER_FIELDS, TEXT_FIELDS, UNSCORED_FIELDS, numbers

_FILE = "documents.jsonl"


def _never(_: object) -> bool:
    return False


Scores = NDArray[np.float64]
Mask = NDArray[np.bool_]
Added = tuple[tuple[str, float], ...]


class LuceneBM25(BM25Okapi):  # type: ignore[misc]  # rank-bm25 ships no types
    """rank-bm25's Okapi scorer with Lucene's idf, which is never negative."""

    def __init__(self, corpus: list[list[str]]) -> None:
        self.frequency: dict[str, int] = {}
        super().__init__(corpus, k1=K1, b=B)

    def _calc_idf(self, nd: dict[str, int]) -> None:
        self.frequency = nd
        self.idf = {key: lucene_idf(self.corpus_size, count) for key, count in nd.items()}


@dataclass(frozen=True)
class _Row:
    stored: bytes
    tokens: dict[str, list[str]]
    keywords: dict[str, tuple[str, ...]]
    numbers: dict[str, int]
    codes: bytes


def _row(document: AnalyzedDocument) -> _Row:
    tokens = {name: document.fields[name].split() for name in TEXT_FIELDS}
    keywords = {"doc_id": (document.document.doc_id,), **document.facets}
    return _Row(codec.encode(document), tokens, keywords, numbers(document), document.codes)


class MemorySnapshot:
    """Rows of one commit; scorers are built when a query first needs them."""

    distant = False

    def __init__(self, rows: dict[str, _Row]) -> None:
        self._rows = list(rows.values())
        self._index = {doc_id: i for i, doc_id in enumerate(rows)}
        self._vocabularies: dict[str, Counter[str]] = {}

    def count(self) -> int:
        return len(self._rows)

    def get(self, doc_id: str) -> StoredDocument | None:
        at = self._index.get(doc_id)
        return None if at is None else codec.decode(self._rows[at].stored)

    def search(self, plan: Plan, left_out: LeftOut | None = None) -> Results:
        plan = settled(plan, left_out)
        scores, matching = self._run(plan.wanted)
        kept = matching & self._filtered(plan.filters)
        found = [int(i) for i in np.flatnonzero(kept)]
        found.sort(key=self._order(plan, scores))
        page = self._reranked(plan, scores, found)[plan.offset : plan.offset + plan.limit]
        ranked = tuple(Ranked(score, codec.decode(self._rows[i].stored), added) for i, score, added in page)
        facets = {name: self._counts(name, wanted, plan, matching) for name, wanted in plan.facets.items()}
        return Results(len(found), ranked, facets)

    def columns(self, plan: Plan, fields: Sequence[str]) -> Columns:
        scores, matching = self._run(plan.wanted)
        found = [int(i) for i in np.flatnonzero(matching & self._filtered(plan.filters))]
        found.sort(key=self._order(plan, scores))
        return Columns([tuple(self._rows[i].numbers[name] for name in fields) for i in found[plan.offset : plan.offset + plan.limit]])

    def _reranked(self, plan: Plan, scores: Scores, found: list[int]) -> list[tuple[int, float, Added]]:
        """Rows with their scores in the order of both stages."""
        rows: list[tuple[int, float, Added]] = [(i, float(scores[i]), ()) for i in found]
        if plan.rerank is None or plan.sort != "relevance":
            return rows
        best = found[:DEPTH]
        ties, texts = [self._tie(i) for i in best], Texts.of([self._rows[i].codes for i in best])
        placed = reranked(plan.rerank, [scores[i] for i in best], ties, texts, self.count(), self.frequencies)
        return [(best[one.candidate], one.score, one.added) for one in placed] + rows[DEPTH:]

    def _tie(self, i: int) -> int:
        return self._rows[i].numbers["newest"] & ((1 << 40) - 1)

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        return [self._vocabulary(field).get(key, 0) for field, key in terms]

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        del exact  # rows that were replaced are gone
        return by_frequency((key, count) for key, count in self._vocabulary(field).items() if key.startswith(prefix))

    def _vocabulary(self, field: str) -> dict[str, int]:
        """Key -> number of rows that hold it, counted at first use."""
        if field not in self._vocabularies:
            counted: Counter[str] = Counter()
            for row in self._rows:
                counted.update(set(row.tokens[field] if field in TEXT_FIELDS else row.keywords[field]))
            self._vocabularies[field] = counted
        return self._vocabularies[field]

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        return self._explain(plan.query, self._index[doc_id])

    def _explain(self, node: PlanNode, at: int) -> dict[str, Any]:
        scores, matching = self._run(node)
        details = []
        if isinstance(node, AllOf | AnyOf | AtLeast):
            children = node.must + node.should if isinstance(node, AllOf) else node.children
            details = [self._explain(child, at) for child in children if self._run(child)[1][at]]
        return {"value": float(scores[at]) if matching[at] else 0.0, "description": described(node), "details": details}

    def _order(self, plan: Plan, scores: Scores) -> Callable[[int], Any]:
        if plan.sort == "relevance":
            return lambda i: (-np.float32(scores[i]), self._tie(i))
        name = plan.sort
        sign = -1 if name == "newest" else 1
        return lambda i: sign * self._rows[i].numbers[name]

    def _counts(self, facet: str, wanted: tuple[str, ...], plan: Plan, matching: Mask) -> Counts:
        counted: dict[str, int] = {}
        for i in np.flatnonzero(matching & self._filtered(plan.filters_for(facet))):
            for value in self._rows[int(i)].keywords[facet]:
                counted[value] = counted.get(value, 0) + 1
        return ordered_counts(counted.items(), plan.facet_limit, wanted)

    def _filtered(self, filters: dict[str, PlanNode]) -> Mask:
        kept = np.ones(len(self._rows), dtype=bool)
        for node in filters.values():
            kept &= self._run(node)[1]
        return kept

    def _run(self, node: PlanNode) -> tuple[Scores, Mask]:
        """Score and match of every row."""
        match node:
            case TermNode(field, text, weight):
                return self._term(field, text, weight)
            case PhraseNode(field, keys, slop, weight):
                return self._phrase(field, keys, slop, weight)
            case PrefixNode(field, text):
                return self._where(lambda row: any(key.startswith(text) for key in row.tokens[field]))
            case RangeNode(field, low, high):
                return self._where(lambda row: (low or 0) <= row.numbers[field] <= (high if high is not None else 1 << 64))
            case NumbersNode(field, among):
                return self._where(lambda row: row.numbers[field] in among)
            case ConstantNode(child, score):
                where = self._run(child)[1]
                return np.where(where, score, 0.0), where
            case AnyOf(children):
                return self._sum(children, np.zeros(len(self._rows), dtype=bool))
            case AtLeast(children, count):
                scores, _ = self._sum(children, np.zeros(len(self._rows), dtype=bool))
                held = sum((self._run(child)[1].astype(int) for child in children), np.zeros(len(self._rows), dtype=int))
                return scores, held >= count
            case AllOf(must, should, must_not):
                return self._all(must, should, must_not)

    def _all(self, must: tuple[PlanNode, ...], should: tuple[PlanNode, ...], must_not: tuple[PlanNode, ...]) -> tuple[Scores, Mask]:
        scores, _ = self._sum(must + should, np.zeros(len(self._rows), dtype=bool))
        matching = np.ones(len(self._rows), dtype=bool)
        for node in must:
            matching &= self._run(node)[1]
        for node in must_not:
            matching &= ~self._run(node)[1]
        return scores, matching

    def _sum(self, nodes: tuple[PlanNode, ...], matching: Mask) -> tuple[Scores, Mask]:
        scores = np.zeros(len(self._rows))
        for node in nodes:
            part, where = self._run(node)
            scores += np.where(where, part, 0.0)
            matching = matching | where
        return scores, matching

    def _where(self, test: Callable[[_Row], bool]) -> tuple[Scores, Mask]:
        return np.zeros(len(self._rows)), np.array([test(row) for row in self._rows], dtype=bool)

    def _term(self, field: str, text: str, weight: float) -> tuple[Scores, Mask]:
        if field not in TEXT_FIELDS:
            return self._where(lambda row: text in row.keywords[field])
        scorer = self._scorers.get(field)
        if scorer is None:
            return self._where(_never)
        scores = np.asarray(scorer.get_scores([text]), dtype=float)
        return scores * weight, scores > 0

    def _phrase(self, field: str, keys: tuple[str, ...], slop: int, weight: float) -> tuple[Scores, Mask]:
        scorer = self._scorers.get(field)
        if scorer is None:
            return self._where(_never)
        frequency = np.array([phrase_frequency(row.tokens[field], keys, slop) for row in self._rows], dtype=float)
        idf = sum(lucene_idf(scorer.corpus_size, scorer.frequency.get(key, 0)) for key in keys)
        length = 1 - B + B * np.array(scorer.doc_len) / scorer.avgdl
        return weight * idf * frequency * (K1 + 1) / (frequency + K1 * length), frequency > 0

    @cached_property
    def _scorers(self) -> dict[str, LuceneBM25]:
        """A scorer for each field that holds any token at all."""
        corpora = {name: [row.tokens[name] for row in self._rows] for name in TEXT_FIELDS if name not in UNSCORED_FIELDS}
        return {name: LuceneBM25(corpus) for name, corpus in corpora.items() if any(corpus)}


def phrase_frequency(tokens: list[str], keys: tuple[str, ...], slop: int) -> int:
    """How often `keys` occur in `tokens`, as `engine.phrases` defines it."""
    return occurrences([[at for at, token in enumerate(tokens) if token == key] for key in keys], slop)


class MemoryWriter:
    """Changes a copy of the rows; committing swaps it in and writes the file."""

    def __init__(self, backend: MemoryBackend) -> None:
        self._backend = backend
        self._rows = dict(backend.rows)

    def add(self, document: AnalyzedDocument) -> None:
        self._rows.pop(document.document.doc_id, None)
        self._rows[document.document.doc_id] = _row(document)

    def delete(self, doc_id: str) -> None:
        self._rows.pop(doc_id, None)

    def commit(self) -> None:
        self._backend.replace(dict(self._rows))

    @property
    def full(self) -> bool:
        return False  # all of it stays in memory

    def __enter__(self) -> Self:
        self._backend.lock()
        self._rows = dict(self._backend.rows)
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        try:
            if kind is None:
                self.commit()
        finally:
            self._backend.unlock()


class MemoryBackend:
    """All rows in one dictionary, saved as JSON lines."""

    rows: dict[str, _Row]

    def __init__(self, directory: Path, *, create: bool) -> None:
        self._path = directory / _FILE
        self._locked = False
        self._newest = Newest(self._path)
        if create and not self._path.exists():
            self.replace({})
        else:
            self._read()

    def snapshot(self) -> Snapshot:
        if self._newest.changed():
            self._read()
        return self._snapshot

    def writer(self) -> Writer:
        return MemoryWriter(self)

    def lock(self) -> None:
        if self._locked:
            raise IndexBusyError(f"{self._path.parent}: another writer is open. Wait until it has finished.")
        self._locked = True
        if self._newest.changed():
            self._read()

    def unlock(self) -> None:
        self._locked = False

    def replace(self, rows: dict[str, _Row]) -> None:
        temporary = self._path.with_suffix(".new")
        temporary.write_text("".join(json.dumps(_plain(row), ensure_ascii=False) + "\n" for row in rows.values()), encoding="utf-8")
        temporary.replace(self._path)
        self._show(rows, self._newest.mark())

    def _read(self) -> None:
        mark = self._newest.mark()
        self._show(self._load(), mark)

    def _show(self, rows: dict[str, _Row], mark: Mark | None) -> None:
        self.rows, self._snapshot = rows, MemorySnapshot(rows)
        self._newest.read(mark)

    def _load(self) -> dict[str, _Row]:
        try:
            rows = [_from_plain(json.loads(line)) for line in self._path.read_text(encoding="utf-8").splitlines()]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise IndexDamagedError(f"{self._path} cannot be read ({error}). Rebuild it: timtin index --rebuild PATH…") from error
        return {row.keywords["doc_id"][0]: row for row in rows}


def _plain(row: _Row) -> dict[str, Any]:
    tokens = {name: " ".join(keys) for name, keys in row.tokens.items()}
    codes = base64.b64encode(row.codes).decode("ascii")
    return {"stored": row.stored.decode("utf-8"), "tokens": tokens, "keywords": row.keywords, "numbers": row.numbers, "codes": codes}


def _from_plain(record: dict[str, Any]) -> _Row:
    tokens = {name: record["tokens"][name].split() for name in TEXT_FIELDS}
    keywords = {name: tuple(values) for name, values in record["keywords"].items()}
    numbers_ = {name: record["numbers"][name] for name in NUMBER_FIELDS}
    return _Row(record["stored"].encode("utf-8"), tokens, keywords, numbers_, base64.b64decode(record["codes"]))


def open_backend(directory: Path, *, create: bool, options: EngineOptions, fingerprint: str | None) -> Backend:  # noqa: ARG001  # an embedded engine needs neither
    """Open the memory back-end kept in `directory`."""
    return MemoryBackend(directory, create=create)


__all__ = ["LuceneBM25", "MemoryBackend", "MemorySnapshot", "open_backend", "phrase_frequency"]
