"""Manifest: which inputs an index holds, so that a second run touches only what changed.

An SQLite file beside the index. It is committed after the index: when a run is cut off between the two, the
documents of the gap are simply read again, and replace themselves.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ManifestError
from indexer.sources import SourceFile

_FILE = "manifest.sqlite"
_SCHEMA = """
create table if not exists inputs (
  path text primary key, size integer not null, mtime_ns integer not null, records integer not null, rejected integer not null
) strict;
create table if not exists documents (
  doc_id text primary key, input text not null, digest blob not null, text_digest blob not null
) strict;
create index if not exists documents_by_text on documents (text_digest);
create index if not exists documents_by_input on documents (input);
"""


@dataclass(frozen=True, slots=True)
class Known:
    """What the manifest holds of a document."""

    doc_id: str
    input: str
    digest: bytes


class Manifest:
    """Open with the index's directory; changes are kept by `commit`. Raises ManifestError when the file is damaged."""

    def __init__(self, directory: Path) -> None:
        self._path = directory / _FILE
        try:
            self._db = sqlite3.connect(self._path)
            self._db.executescript(_SCHEMA)
        except sqlite3.DatabaseError as error:
            raise ManifestError(f"{self._path} cannot be read ({error}). Rebuild the index: timtin index --rebuild PATH…") from error

    def unchanged(self, source: SourceFile) -> int | None:
        """Number of records of `source` when it was wholly indexed and has not changed since, else None."""
        row = self._db.execute("select size, mtime_ns, records, rejected from inputs where path = ?", (source.path,)).fetchone()
        if row is None or (row[0], row[1]) != (source.size, source.mtime_ns) or row[3]:
            return None
        return int(row[2])

    def known(self, doc_id: str) -> Known | None:
        """The document of that id, if it was indexed."""
        row = self._db.execute("select doc_id, input, digest from documents where doc_id = ?", (doc_id,)).fetchone()
        return Known(*row) if row else None

    def same_text(self, text_digest: bytes, doc_id: str) -> str | None:
        """The id of another document with the same text."""
        row = self._db.execute(
            "select doc_id from documents where text_digest = ? and doc_id <> ? order by doc_id limit 1", (text_digest, doc_id)
        ).fetchone()
        return str(row[0]) if row else None

    def of_input(self, path: str) -> set[str]:
        """Ids of the documents that came from `path`."""
        return {str(row[0]) for row in self._db.execute("select doc_id from documents where input = ?", (path,))}

    def put(self, doc_id: str, path: str, digest: bytes, text_digest: bytes) -> None:
        """Remember a document."""
        self._db.execute("insert or replace into documents values (?, ?, ?, ?)", (doc_id, path, digest, text_digest))

    def drop(self, doc_id: str) -> None:
        """Forget a document."""
        self._db.execute("delete from documents where doc_id = ?", (doc_id,))

    def put_input(self, source: SourceFile, records: int, rejected: int) -> None:
        """Remember that `source` was read to its end."""
        row = (source.path, source.size, source.mtime_ns, records, rejected)
        self._db.execute("insert or replace into inputs values (?, ?, ?, ?, ?)", row)

    def commit(self) -> None:
        """Keep the changes."""
        self._db.commit()

    def rollback(self) -> None:
        """Drop the changes since the last commit."""
        self._db.rollback()

    def close(self) -> None:
        """Close the file; uncommitted changes are lost."""
        self._db.close()
