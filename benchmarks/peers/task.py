"""What every peer gets, and how it lies in the folder that their processes read.

This module loads nothing of timtin: its memory would count as the peers'.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from benchmarks.articles import text_of
from benchmarks.peers.model import Article

_TASK, _JUDGED = "task.json", "judged"


class Question(NamedTuple):
    """A judged query as typed and without marks, with the articles that answer it and their grades."""

    text: str
    bare: str
    grades: Mapping[str, int]


class Collection(NamedTuple):
    """A judged collection."""

    articles: list[Article]
    questions: list[Question]


class Task(NamedTuple):
    """The articles to index, the queries to time, the sentences to segment; `source` names where they come from."""

    source: str
    articles: list[Article]
    queries: list[str]
    sentences: list[str]

    def text_bytes(self) -> int:
        """UTF-8 bytes of all titles and texts."""
        return sum(len(f"{article.title}{article.text}".encode()) for article in self.articles)


def article(record: Mapping[str, Any]) -> Article:
    """The article of a record with the keys of ``timtin index``."""
    return Article(str(record["id"]), record.get("title") or "", text_of(record), record)


def write(folder: Path, task: Task, judged: Mapping[str, Collection]) -> None:
    """Lay out what the processes of peers read."""
    _dump(folder / _TASK, task)
    (folder / _JUDGED).mkdir()
    for name, collection in judged.items():
        _dump(folder / _JUDGED / f"{name}.json", collection)


def read(folder: Path) -> Task:
    """The task of `folder`."""
    rows = json.loads((folder / _TASK).read_text(encoding="utf-8"))
    return Task(**rows | {"articles": [*map(article, rows["articles"])]})


def read_collections(folder: Path) -> Iterator[tuple[str, Collection]]:
    """Name and content of each judged collection, one at a time."""
    for path in sorted((folder / _JUDGED).glob("*.json")):
        rows = json.loads(path.read_text(encoding="utf-8"))
        yield path.stem, Collection([*map(article, rows["articles"])], [Question(*each) for each in rows["questions"]])


def _dump(path: Path, rows: Task | Collection) -> None:
    records = [each.record for each in rows.articles]
    path.write_text(json.dumps(rows._asdict() | {"articles": records}, ensure_ascii=False), encoding="utf-8")
