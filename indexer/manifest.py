"""Manifest: which inputs an index holds, so that a second run touches only what changed.

An SQLite file beside the index, held by one run at a time. It is committed after the index: when a run is cut off between
the two, the documents of the gap are simply read again, and replace themselves.

An input *holds* the documents its records became: its own, and those whose text a record of it repeats. A document that
goes or changes its text leaves the inputs that repeated it without one, so these are due to be read again.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.errors import IndexBusyError
from indexer.errors import ManifestError
from indexer.sources import STDIN, SourceFile, fingerprint

OWN, REPEATED = 1, 2
"""How an input holds a document; the two may be added."""
_FILE = "manifest.sqlite"
_LAYOUT = 3
"""History. 1: each document has one input. 2: inputs hold documents, as their own or as repetitions. 3: hash and reading of inputs."""
_SCHEMA = """
create table inputs (
  path text primary key, size integer not null, mtime_ns integer not null, records integer not null, rejected integer not null,
  due integer not null default 0, reading text not null default '', sha256 blob
) strict;
create table documents (doc_id text primary key, digest blob not null, text_digest blob not null) strict;
create index documents_by_text on documents (text_digest);
create table holdings (input text not null, doc_id text not null, how integer not null, primary key (input, doc_id)) strict, without rowid;
create index holdings_by_document on holdings (doc_id);
"""
_BYTES = "bytes:"
_OF_THE_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_REMEDY = "Rebuild the index: timtin index --rebuild PATH…"


@dataclass(frozen=True, slots=True)
class Known:
    """Digests of a document that is in the index."""

    content: bytes
    text: bytes


class Manifest:
    """Open with the index's directory; changes are kept by `commit`.

    Raises IndexBusyError while another run has it open, ManifestError when the file cannot be used.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / _FILE
        try:
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise self._told(error) from error
        try:
            self._all("pragma locking_mode = exclusive")
            self._begin()
            self._prepare()
        except BaseException:
            self.close()
            raise

    def unchanged(self, source: SourceFile, reading: str = "") -> int | None:
        """Number of records of `source` when it was wholly indexed, read in the same way, and has not changed since, else None.

        A file of the same size and another time is unchanged when its bytes still have the hash they had.
        """
        sql = "select size, mtime_ns, records, sha256 from inputs where path = ? and reading = ? and not due and not rejected"
        row = self._one(sql, _key(source.path), reading)
        if not row or row[0] != source.size:
            return None
        if row[1] != source.mtime_ns:
            if row[3] is None or row[3] != fingerprint(source.path):
                return None
            self._all("update inputs set mtime_ns = ? where path = ?", source.mtime_ns, _key(source.path))
        return int(row[2])

    def reading(self, path: str) -> str:
        """How an input was read when it was read last."""
        row = self._one("select reading from inputs where path = ?", _key(path))
        return str(row[0]) if row else ""

    def known(self, doc_id: str) -> Known | None:
        """The document of that id, if it is in the index."""
        row = self._one("select digest, text_digest from documents where doc_id = ?", doc_id)
        return Known(*row) if row else None

    def same_text(self, text_digest: bytes, doc_id: str) -> str | None:
        """The id of another document with the same text."""
        row = self._one("select doc_id from documents where text_digest = ? and doc_id <> ? order by doc_id limit 1", text_digest, doc_id)
        return str(row[0]) if row else None

    def held_by(self, path: str) -> dict[str, int]:
        """Ids of the documents an input holds, and how."""
        return dict(self._all("select doc_id, how from holdings where input = ?", _key(path)))

    def owned(self, doc_id: str) -> bool:
        """Whether an input that still exists has this document as its own. A stream cannot be asked again."""
        rows = self._all("select input from holdings where doc_id = ? and how & ?", doc_id, OWN)
        return any(row[0] == STDIN or os.path.lexists(_path(row[0])) for row in rows)

    def put(self, doc_id: str, digest: bytes, text_digest: bytes) -> None:
        """Remember a document that is in the index."""
        self._all("insert or replace into documents values (?, ?, ?)", doc_id, digest, text_digest)

    def drop(self, doc_id: str) -> None:
        """Forget a document."""
        self._all("delete from documents where doc_id = ?", doc_id)
        self._all("delete from holdings where doc_id = ?", doc_id)

    def hold(self, path: str, doc_id: str, how: int) -> None:
        """Remember that an input holds a document."""
        self._all("insert or replace into holdings values (?, ?, ?)", _key(path), doc_id, how)

    def release(self, path: str, doc_ids: Iterable[str]) -> None:
        """Forget that an input holds these documents."""
        for doc_id in doc_ids:
            self._all("delete from holdings where input = ? and doc_id = ?", _key(path), doc_id)

    def start_input(self, path: str) -> None:
        """An input is about to be read; until that is finished it counts as changed."""
        if path != STDIN:
            self._all("insert or replace into inputs values (?, -1, 0, 0, 0, 0, '', null)", _key(path))

    def finish_input(self, source: SourceFile, records: int, rejected: int, reading: str = "", sha256: bytes | None = None) -> None:
        """Remember that `source`, whose bytes had that hash, was read so to its end. Whether it is due again stays as it is."""
        row = (source.size, source.mtime_ns, records, rejected, reading, sha256, _key(source.path))
        self._all("update inputs set size = ?, mtime_ns = ?, records = ?, rejected = ?, reading = ?, sha256 = ? where path = ?", *row)

    def make_due(self, doc_id: str, how: int) -> None:
        """The inputs that hold this document so have to be looked at again."""
        self._all("update inputs set due = 1 where path in (select input from holdings where doc_id = ? and how & ?)", doc_id, how)

    def due(self) -> list[str]:
        """Paths of the inputs to be looked at again."""
        return [_path(row[0]) for row in self._all("select path from inputs where due order by path")]

    def settle(self, path: str) -> None:
        """An input was looked at again."""
        self._all("update inputs set due = 0 where path = ?", _key(path))

    def forget_input(self, path: str) -> None:
        """An input is gone."""
        self._all("delete from inputs where path = ?", _key(path))

    def doubt(self, documents: int) -> None:
        """The index has so many documents: with fewer than are known here it lost some, and all inputs are due."""
        if documents < self._all("select count(*) from documents")[0][0]:
            self._all("delete from documents")
            self._all("update inputs set due = 1")

    def commit(self) -> None:
        """Keep the changes."""
        self._all("commit")
        self._begin()

    def close(self) -> None:
        """Close the file; uncommitted changes are lost."""
        self._db.close()

    def _begin(self) -> None:
        self._all("begin exclusive")

    def _prepare(self) -> None:
        """Make the tables of a new file. Raises ManifestError for one of another layout."""
        (layout,) = self._one("pragma user_version") or (0,)
        if layout == 0 and not self._all("select 1 from sqlite_master"):
            for statement in _SCHEMA.split(";"):
                self._all(statement)
            self._all(f"pragma user_version = {_LAYOUT}")
        elif layout != _LAYOUT:
            raise ManifestError(f"{self._path} was made by another version of timtin (layout {layout}, here {_LAYOUT}). {_REMEDY}")

    def _one(self, sql: str, *values: object) -> Any:
        rows = self._all(sql, *values)
        return rows[0] if rows else None

    def _all(self, sql: str, *values: object) -> list[Any]:
        try:
            return self._db.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise self._told(error) from error

    def _told(self, error: sqlite3.Error) -> Exception:
        """The error of this room that says what to do."""
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
            return IndexBusyError(f"{self._path.parent}: another process is writing to this index. Wait until it has finished.")
        if code in _OF_THE_DISK:
            return ManifestError(f"{self._path} cannot be written or read: {error}. Is there space, and may this user write there?")
        return ManifestError(f"{self._path} is damaged ({error}). {_REMEDY}")


def raise_if_busy(directory: Path) -> None:
    """Raises IndexBusyError while a run writes to the index in `directory`."""
    if (directory / _FILE).exists():
        with suppress(ManifestError), closing(Manifest(directory)):
            pass


def _key(path: str) -> str:
    """A path as the manifest names it: SQLite takes no bytes that are not UTF-8."""
    try:
        path.encode()
    except UnicodeEncodeError:
        return _BYTES + os.fsencode(path).hex()
    return path


def _path(key: str) -> str:
    return os.fsdecode(bytes.fromhex(key.removeprefix(_BYTES))) if key.startswith(_BYTES) else key
