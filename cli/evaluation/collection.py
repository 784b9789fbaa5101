"""Judged collections on disk: documents, queries and judgements.

* documents: JSON lines with ``id``, ``title`` and ``text`` (any key `timtin index` reads),
* queries: JSON lines with ``id`` and ``text``,
* judgements (qrels): ``query<TAB>0<TAB>document<TAB>grade``, as TREC writes them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cli.evaluation.errors import EvaluationError
from engine.model import Document
from indexer.documents import clean, clean_line, document
from indexer.errors import IndexerError
from indexer.extract import record
from indexer.model import Rejected
from indexer.sources import Record, read, source_file

Judgements = dict[str, dict[str, int]]
"""Query -> document -> grade; larger is more relevant, 0 is not relevant."""


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query as a user typed it."""

    query_id: str
    text: str


def read_documents(path: Path) -> Iterator[Document]:
    """Yield every document of a file, repeated texts too: each id may be judged.

    A record the indexer would reject, one with a title and no text for example, is kept with what it has.
    """
    for item in _records(path):
        doc_id = _text(item, "id")
        made = record(item.fields, item.path)
        yield _bare(item, doc_id) if isinstance(made, Rejected) else document(made, item.path, doc_id)


def read_queries(path: Path) -> list[JudgedQuery]:
    """Read the queries in the order of the file. Raises EvaluationError on two of one id."""
    queries: dict[str, JudgedQuery] = {}
    for item in _records(path):
        query = JudgedQuery(_text(item, "id"), _text(item, "text"))
        if query.query_id in queries:
            raise EvaluationError(f"{item.path}: a second query with id {query.query_id!r}.")
        queries[query.query_id] = query
    if not queries:
        raise EvaluationError(f"{path}: no query. One JSON object a line is expected: id, text.")
    return [*queries.values()]


def read_judgements(path: Path) -> Judgements:
    """Read ``query 0 document grade`` lines, parted by tabs or spaces."""
    judged: Judgements = {}
    for number, line in enumerate(_lines(path), start=1):
        cells = line.split("\t") if "\t" in line else line.split()
        if not line.strip():
            continue
        try:
            query_id, _, doc_id, grade = (cell.strip() for cell in cells)
            judged.setdefault(query_id, {})[doc_id] = int(grade)
        except ValueError as error:
            raise EvaluationError(f"{path}#{number}: {line[:80]!r} is not query<TAB>0<TAB>document<TAB>grade.") from error
    if not judged:
        raise EvaluationError(f"{path}: no judgement. Lines of query<TAB>0<TAB>document<TAB>grade are expected.")
    return judged


def judged_only(queries: Sequence[JudgedQuery], judgements: Mapping[str, Mapping[str, int]], path: Path) -> list[JudgedQuery]:
    """The queries that can be measured. Raises EvaluationError when the two files share no query."""
    kept = [query for query in queries if query.query_id in judgements]
    if not kept:
        raise EvaluationError(
            f"{path}: none of the {len(queries)} queries is judged; are query ids those of the first column of the qrels?"
        )
    return kept


def _bare(item: Record, doc_id: str) -> Document:
    """A document of whatever text a record has."""
    parts = [str(value) for name in ("lead", "summary", "text", "body") if isinstance(value := item.fields.get(name), str)]
    return Document(doc_id, clean_line(str(item.fields.get("title") or "")), body=clean("\n".join(parts)))


def _records(path: Path) -> Iterator[Record]:
    try:
        source = source_file(path)
        items: Any = [source] if isinstance(source, Rejected) else read(source)
        for item in items:
            if not isinstance(item, Record):
                reason = item.reason if isinstance(item, Rejected) else "not JSON lines"
                raise EvaluationError(f"{item.path}: {reason}. One JSON object a line is expected (.jsonl, also .gz, .xz).")
            yield item
    except (IndexerError, OSError) as error:
        raise EvaluationError(f"{path}: cannot be read: {error}") from error


def _text(item: Record, key: str) -> str:
    value = item.fields.get(key)
    if not isinstance(value, str | int) or isinstance(value, bool) or not str(value).strip():
        raise EvaluationError(f"{item.path}: {key} is {value!r}; a text is expected.")
    return clean_line(str(value)) if key == "id" else str(value)


def _lines(path: Path) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, ValueError) as error:
        raise EvaluationError(f"{path}: cannot be read: {error}") from error
