"""SQLite's FTS5."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peers.model import LIMIT, Article, Found, NotRunError, Peer, words


class Fts5(Peer):
    """One virtual table."""

    settings = (
        "unicode61 remove_diacritics 2, by its documentation the value that removes all marks (they never count, but đ is not d); words "
        "quoted and joined by OR; ORDER BY rank LIMIT 10, and count(*); the command `optimize` after inserting; articles in the table."
    )

    def __init__(self) -> None:
        self._db: sqlite3.Connection

    def version(self) -> str:
        """Of SQLite, not of Python's module."""
        return sqlite3.sqlite_version

    def index(self, articles: Sequence[Article], directory: Path) -> None:
        """One transaction."""
        self._db = sqlite3.connect(directory / "articles.sqlite")
        try:
            self._db.execute('CREATE VIRTUAL TABLE a USING fts5(id UNINDEXED, title, text, tokenize = "unicode61 remove_diacritics 2")')
        except sqlite3.OperationalError as error:
            raise NotRunError(f"SQLite {sqlite3.sqlite_version} without FTS5: {error}") from error
        with self._db:
            self._db.executemany("INSERT INTO a VALUES (?, ?, ?)", ((one.doc_id, one.title, one.text) for one in articles))
            self._db.execute("INSERT INTO a(a) VALUES ('optimize')")

    def search(self, query: str) -> Found:
        """Two statements: the hits, the total."""
        asked = " OR ".join(f'"{word}"' for word in words(query))
        if not asked:
            return Found([], 0)
        rows = self._db.execute("SELECT id FROM a WHERE a MATCH ? ORDER BY rank LIMIT ?", (asked, LIMIT)).fetchall()
        (total,) = self._db.execute("SELECT count(*) FROM a WHERE a MATCH ?", (asked,)).fetchone()
        return Found([row[0] for row in rows], total)

    def close(self) -> None:
        """Close the file."""
        if hasattr(self, "_db"):
            self._db.close()
