"""Manifest: which inputs an index holds, so that a second run touches only what changed.

An SQLite file beside the index, held by one run at a time. It is committed after the index: when a run is cut off between
the two, the documents of the gap are simply read again, and replace themselves.

An input *holds* the documents its records became: its own, and those whose text a record of it repeats. A document that
goes or changes its text leaves the inputs that repeated it without one, so these are due to be read again. Runs are numbered:
what an input held in an earlier run and not in this one is gone from it, however large it is.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from engine.errors import IndexBusyError
from indexer.errors import ManifestError
from indexer.sources import STDIN, SourceFile, fingerprint

OWN, REPEATED = 1, 2
"""How an input holds a document; the two may be added."""
_FILE = "manifest.sqlite"
_LAYOUT = 5
"""History. 1: each document has one input. 2: inputs hold documents, as their own or as repetitions. 3: hash and reading of
inputs; runs are numbered; inputs know the pages that were no articles. 4: documents the engine refused. 5: shorter digests."""
_SCHEMA = """
create table state (run integer not null) strict;
insert into state values (0);
create table inputs (
  id integer primary key, path text not null unique, size integer not null, mtime_ns integer not null, records integer not null,
  rejected integer not null, others text not null, reading text not null, sha256 blob, part text not null,
  run integer not null, skipped integer not null, due integer not null
) strict;
create table documents (
  doc_id text primary key, digest blob not null, text_digest blob not null, run integer not null
) strict, without rowid;
create index documents_by_text on documents (text_digest);
create table holdings (
  input integer not null, doc_id text not null, how integer not null, was integer not null, run integer not null,
  primary key (input, doc_id)
) strict, without rowid;
create index holdings_by_document on holdings (doc_id);
create index inputs_due on inputs (path) where due;
create table refusals (doc_id text primary key, digest blob not null, reason text not null) strict, without rowid;
"""
_BEFORE = -1
"""`due` of an input that was due before this run; else it is the number of the run that made it due, and 0 when it is not."""
_CACHE_KIB = 64 * 1024
_BYTES = "bytes:"
_OF_THE_DISK = (sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM)
_REMEDY = "Rebuild the index: timtin index --rebuild PATH…"


class Known(NamedTuple):
    """Digests of a document that is in the index; `met`: an input of this run had it already."""

    content: bytes
    text: bytes
    met: bool


@dataclass(frozen=True, slots=True)
class Contents:
    """What an input was found to hold: records that are or repeat documents, and how many were something else, by outcome."""

    records: int
    others: Mapping[str, int]


class Manifest:
    """Open with the index's directory; changes are kept by `commit`. Each opening for writing is a run.

    Raises IndexBusyError while another run has it open, ManifestError when the file cannot be used.
    """

    def __init__(self, directory: Path) -> None:
        self._path = directory / _FILE
        self._ids: tuple[str, int] = ("", 0)
        try:
            self._db = sqlite3.connect(self._path, timeout=0, isolation_level=None)
        except sqlite3.Error as error:
            raise self._told(error) from error
        try:
            self._all("pragma locking_mode = exclusive")
            self._all(f"pragma cache_size = -{_CACHE_KIB}")
            self._begin()
            self._prepare()
            self._run = int(self._one("update state set run = run + 1 returning run")[0])
        except BaseException:
            self.close()
            raise

    def unchanged(self, source: SourceFile, reading: str = "", part: str = "") -> Contents | None:
        """What `source` holds when it was wholly indexed, read in the same way, and has not changed since, else None.

        A file of the same size and another time is unchanged when its bytes still have the hash they had. That a document of this
        run made it due again is for the end of the run: it does not show here.
        """
        sql = (
            "select size, mtime_ns, records, others, sha256 from inputs"
            " where path = ? and reading = ? and part = ? and due in (0, ?) and not rejected"
        )
        row = self._one(sql, _key(source.path), reading, part, self._run)
        if not row or row[0] != source.size:
            return None
        if row[1] != source.mtime_ns:
            if row[4] is None or row[4] != fingerprint(source.path):
                return None
            self._all("update inputs set mtime_ns = ? where path = ?", source.mtime_ns, _key(source.path))
        return Contents(row[2], json.loads(row[3]))

    def reading(self, path: str) -> str:
        """How an input was read when it was read last."""
        row = self._one("select reading from inputs where path = ?", _key(path))
        return str(row[0]) if row else ""

    def known(self, doc_id: str) -> Known | None:
        """The document of that id, if it is in the index."""
        row = self._one("select digest, text_digest, run from documents where doc_id = ?", doc_id)
        return Known(row[0], row[1], row[2] == self._run) if row else None

    def meet(self, doc_id: str) -> None:
        """An input of this run has the document as it is."""
        self._all("update documents set run = ? where doc_id = ?", self._run, doc_id)

    def same_text(self, text_digest: bytes, doc_id: str) -> str | None:
        """The id of another document with the same text."""
        row = self._one("select doc_id from documents where text_digest = ? and doc_id <> ? order by doc_id limit 1", text_digest, doc_id)
        return str(row[0]) if row else None

    def held_by(self, path: str) -> dict[str, int]:
        """Ids of the documents an input holds, and how."""
        return dict(self._all("select doc_id, how from holdings where input = ?", self._id(path)))

    def lost_by(self, path: str) -> Iterator[str]:
        """Ids of the documents that were an input's own before this run and are so no longer, in their order."""
        sql = (
            "select doc_id from holdings where input = ? and doc_id > ?"
            " and ((run <> ? and how & ?) or (run = ? and was & ? and not how & ?)) order by doc_id limit 1000"
        )
        last = ""
        while rows := self._all(sql, self._id(path), last, self._run, OWN, self._run, OWN, OWN):
            yield from (row[0] for row in rows)
            last = rows[-1][0]

    def owned(self, doc_id: str, but: str = "") -> bool:
        """Whether an input that still exists, `but` that one, has this document as its own. A stream cannot be asked again."""
        sql = "select path from holdings join inputs on inputs.id = input where doc_id = ? and how & ? and input <> ?"
        return any(row[0] == STDIN or os.path.lexists(_path(row[0])) for row in self._all(sql, doc_id, OWN, self._id(but)))

    def holders(self, doc_id: str, how: int = OWN | REPEATED) -> list[str]:
        """Paths of the inputs that hold a document so."""
        sql = "select path from holdings join inputs on inputs.id = input where doc_id = ? and how & ? order by path"
        return [_path(row[0]) for row in self._all(sql, doc_id, how)]

    def put(self, doc_id: str, digest: bytes, text_digest: bytes) -> None:
        """Remember a document that is in the index."""
        self._all("insert or replace into documents values (?, ?, ?, ?)", doc_id, digest, text_digest, self._run)

    def refuse(self, doc_id: str, digest: bytes, reason: str) -> None:
        """Remember that the engine does not take this document as it is."""
        self._all("insert or replace into refusals values (?, ?, ?)", doc_id, digest, reason)

    def refusal(self, doc_id: str, digest: bytes) -> str | None:
        """Why the engine does not take the document as it is, if it was tried; one that has changed may be tried again."""
        row = self._one("select reason from refusals where doc_id = ? and digest = ?", doc_id, digest)
        return str(row[0]) if row else None

    def drop(self, doc_id: str) -> None:
        """Forget a document."""
        self._all("delete from documents where doc_id = ?", doc_id)
        self._all("delete from holdings where doc_id = ?", doc_id)

    def hold(self, path: str, doc_id: str, how: int) -> None:
        """Remember that an input holds a document so: besides how it does by what this run said before, instead of how it did earlier."""
        self._all(
            "insert into holdings values (?1, ?2, ?3, 0, ?4) on conflict do update set"
            " was = case run when ?4 then was else how end, how = case run when ?4 then how | ?3 else ?3 end, run = ?4",
            self._id(path), doc_id, how, self._run,
        )  # fmt: skip

    def keep(self, path: str, doc_id: str, how: int) -> None:
        """Remember that an input holds a document so, besides how it does already."""
        self._all(
            "insert into holdings values (?1, ?2, ?3, 0, ?4) on conflict do update set how = how | ?3",
            self._id(path), doc_id, how, self._run,
        )  # fmt: skip

    def release(self, path: str) -> None:
        """Forget what an input held before this run and holds no longer."""
        self._all("delete from holdings where input = ? and run <> ?", self._id(path), self._run)

    def start_input(self, path: str, part: str = "") -> None:
        """An input is about to be read; until that is finished it counts as changed."""
        self._all(
            "insert into inputs values (null, ?1, -1, 0, 0, 0, '{}', '', null, ?2, ?3, 0, 0) on conflict do update set"
            " size = -1, part = ?2, run = ?3, skipped = 0, due = 0",
            _key(path), part, self._run,
        )  # fmt: skip

    def skip_input(self, path: str) -> None:
        """An input was found unchanged."""
        self._all("update inputs set run = ?, skipped = 1 where path = ?", self._run, _key(path))

    def finish_input(self, source: SourceFile, contents: Contents, rejected: int, reading: str = "", sha256: bytes | None = None) -> None:
        """Remember that `source`, whose bytes had that hash, was read so to its end. Whether it is due again stays as it is."""
        self._all(
            "update inputs set size = ?, mtime_ns = ?, records = ?, others = ?, rejected = ?, reading = ?, sha256 = ? where path = ?",
            source.size, source.mtime_ns, contents.records, json.dumps(contents.others), rejected, reading, sha256, _key(source.path),
        )  # fmt: skip

    def spoil_input(self, path: str) -> None:
        """A record of this input was rejected after all, so it counts as changed."""
        self._all("update inputs set size = -1, rejected = rejected + 1 where path = ?", _key(path))

    def make_due(self, doc_id: str, how: int) -> None:
        """The inputs that hold this document so have to be looked at again."""
        self._all(
            "update inputs set due = ? where due = 0 and id in (select input from holdings where doc_id = ? and how & ?)",
            self._run, doc_id, how,
        )  # fmt: skip

    def due(self) -> list[str]:
        """Paths of the inputs to be looked at again."""
        return [_path(row[0]) for row in self._all("select path from inputs where due and path <> ? order by path", STDIN)]

    def visited(self, path: str) -> str:
        """``read`` or ``skipped`` as unchanged when this run came by the input, else empty."""
        row = self._one("select skipped from inputs where path = ? and run = ?", _key(path), self._run)
        return "" if row is None else "skipped" if row[0] else "read"

    def unvisited(self, root: str) -> Iterator[str]:
        """Paths of the inputs at or below `root` that this run did not come by. Costs what lies below it, not what is known."""
        sql = "select path from inputs where run <> ? and path > ? and path >= ? and path < ? order by path limit 1000"
        for first, end in _ranges(root):
            last = ""
            while rows := self._all(sql, self._run, last, first, end):
                yield from (_path(row[0]) for row in rows)
                last = rows[-1][0]

    def settle(self, path: str) -> None:
        """An input was looked at again."""
        self._all("update inputs set due = 0 where path = ?", _key(path))

    def forget_input(self, path: str) -> None:
        """An input is gone."""
        self._all("delete from holdings where input = ?", self._id(path))
        self._all("delete from inputs where path = ?", _key(path))
        self._ids = ("", 0)

    def doubt(self, documents: int) -> None:
        """The index has so many documents: with fewer than are known here it lost some, and all inputs are due."""
        if documents < self._all("select count(*) from documents")[0][0]:
            self._all("delete from documents")
            self._all("update inputs set due = ?", _BEFORE)

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

    def _id(self, path: str) -> int:
        """Number of an input; holdings name it by that. 0 for one that is not known."""
        if self._ids[0] != path:
            row = self._one("select id from inputs where path = ?", _key(path))
            if row is None:
                return 0
            self._ids = (path, int(row[0]))
        return self._ids[1]

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


def _ranges(root: str) -> Iterator[tuple[str, str]]:
    """Keys of paths at or below `root`, each range with its first key and the one after its last."""
    key, below = _key(root), _key(root.rstrip("/") + "/")
    yield key, key + "\0"
    yield below, below[:-1] + chr(ord("/") + 1) if not below.startswith(_BYTES) else below + "g"
    if not below.startswith(_BYTES):  # names below it that are no UTF-8
        yield (packed := _BYTES + os.fsencode(root.rstrip("/") + "/").hex()), packed + "g"


def _path(key: str) -> str:
    return os.fsdecode(bytes.fromhex(key.removeprefix(_BYTES))) if key.startswith(_BYTES) else key
