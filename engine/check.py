"""Is an index whole? Everything that can be known without changing it."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from analyzers.article import ArticleAnalyzer
from engine import integrity
from engine.errors import EngineError
from engine.index import EMBEDDED, ENGINE_FILES, Index, read_meta
from engine.model import SearchRequest
from engine.options import EngineOptions
from engine.search import Searcher

REBUILD = "timtin index --rebuild PATH…"


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found. `problems` each name a file or part and what is wrong; `bytes` read in `seconds`."""

    problems: Sequence[str]
    documents: int = 0
    bytes: int = 0
    seconds: float = 0.0


def check(directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions, databases: Sequence[str] = ()) -> Checked:
    """Read every file of the index, then open it and count. `databases`: names of SQLite files beside it. Raises IndexMissingError."""
    started = perf_counter()
    problems: list[str] = []
    size = 0
    meta = read_meta(directory)
    if meta.engine in EMBEDDED:
        files = directory / ENGINE_FILES
        problems += integrity.problems(directory, files)
        size = sum(path.stat().st_size for path in files.iterdir() if path.is_file())
    for name in databases:
        problems += _database_problems(directory / name)
    documents = 0
    if not problems:
        try:
            documents = _counted(Searcher(Index.open(directory, analyzer, None, options)))
        except EngineError as error:
            problems.append(str(error))
    return Checked(problems, documents, size, perf_counter() - started)


def _counted(searcher: Searcher) -> int:
    """Open and count: what the files hold is known to be what was written. Raises EngineError."""
    total = searcher.count(SearchRequest(copies=True))
    held = searcher.index.snapshot().count()
    if total != held:
        raise EngineError(f"{searcher.index.directory}: {held} documents, of which a search for all finds {total}")
    return total


def _database_problems(path: Path) -> list[str]:
    if not path.exists():
        return []
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
            rows = database.execute("pragma integrity_check").fetchall()
    except sqlite3.Error as error:
        return [f"{path} cannot be read ({error})"]
    return [f"{path}: {row[0]}" for row in rows if row[0] != "ok"]
