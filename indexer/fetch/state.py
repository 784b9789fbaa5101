"""What earlier runs did, in an SQLite file beside the WARC files: which pages are done, what lists said, who asked to wait.

Every page is committed after its record is on the disk, so after a cut at most one page is fetched twice and none is lost.
One run at a time holds it.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from indexer.errors import FetchError
from indexer.fetch.model import Entry, Outcome, Response, Validators

FILE = ".fetch.sqlite"
"""Hidden, as are WARC files that are not complete: what indexes the folder leaves them alone."""
MAX_TRIES = 5
"""Times an address may fail before it is left alone …"""
TRY_SECONDS = 12 * 3600.0
"""… counted at most twice a day, so that a bad afternoon of a site costs one of them."""
_LAYOUT = 1
_GONE = (404, 410)
_DONE = (Outcome.FETCHED, Outcome.UNCHANGED, Outcome.NOT_HTML, Outcome.KNOWN)
_SCHEMA = """
create table pages (
  url text primary key, outcome text not null, reason text not null, status integer, at real not null, tries integer not null,
  final text not null, etag text not null, last_modified text not null
) strict;
create table lists (url text primary key, kind text not null, final text not null, etag text not null, last_modified text not null) strict;
create table entries (list text not null, position integer not null, url text not null, dated text, is_list integer not null,
  primary key (list, position)) strict, without rowid;
create table hosts (host text primary key, not_before real not null) strict;
"""
_ETAG = re.compile(r'(?:W/)?"[\x21\x23-\x7e]{0,500}"')


@dataclass(frozen=True, slots=True)
class Done:
    """What was known of a page when it was last asked for. `at` is in seconds since 1970."""

    outcome: Outcome
    reason: str
    status: int | None
    at: float
    tries: int
    validators: Validators

    @property
    def is_settled(self) -> bool:
        """Whether a later run has nothing to do with it."""
        return self.outcome in _DONE or self.status in _GONE or self.tries >= MAX_TRIES


@dataclass(frozen=True, slots=True)
class KnownList:
    """A feed or sitemap as it was last read."""

    kind: str
    validators: Validators
    entries: tuple[Entry, ...]
    lists: tuple[str, ...]


class State:
    """Open with the folder, or None to remember nothing. Raises FetchError."""

    def __init__(self, folder: Path | None) -> None:
        self._path = folder / FILE if folder else None
        try:
            self._db = sqlite3.connect(self._path or ":memory:", timeout=0, isolation_level=None)
            self._db.execute("pragma locking_mode = exclusive")
            self._prepare()
        except sqlite3.Error as error:
            with suppress(AttributeError, sqlite3.Error):
                self._db.close()
            raise self._told(error) from error

    def _prepare(self) -> None:
        self._db.execute("begin exclusive")
        layout = self._db.execute("pragma user_version").fetchone()[0]
        if layout == 0:
            for statement in _SCHEMA.split(";"):
                self._db.execute(statement)
            self._db.execute(f"pragma user_version = {_LAYOUT}")
        self._db.execute("commit")
        if layout not in (0, _LAYOUT):
            raise sqlite3.DatabaseError(f"layout {layout}, not {_LAYOUT}")

    def _told(self, error: sqlite3.Error) -> FetchError:
        if getattr(error, "sqlite_errorcode", 0) & 0xFF == sqlite3.SQLITE_BUSY:
            return FetchError(f"Another `timtin fetch` is at work in {self._path.parent if self._path else ''}. Wait for its end.")
        return FetchError(f"{self._path} cannot be used: {error}. Move it away; pages will then be fetched again.")

    def page(self, url: str) -> Done | None:
        """What is known of a page."""
        row = self._one("select outcome, reason, status, at, tries, final, etag, last_modified from pages where url = ?", url)
        if row is None:
            return None
        return Done(Outcome(row[0]), row[1], row[2], row[3], row[4], Validators(row[5], row[6], row[7]))

    def list(self, url: str) -> KnownList | None:
        """What a feed or sitemap said when it was last read."""
        row = self._one("select kind, final, etag, last_modified from lists where url = ?", url)
        if row is None:
            return None
        entries = self._db.execute("select url, dated, is_list from entries where list = ? order by position", (url,)).fetchall()
        return KnownList(
            row[0],
            Validators(row[1], row[2], row[3]),
            tuple(Entry(one, dated) for one, dated, is_list in entries if not is_list),
            tuple(one for one, _, is_list in entries if is_list),
        )

    def set_page(self, url: str, outcome: Outcome, reason: str, status: int | None, at: float, response: Response | None = None) -> None:
        """Remember what became of a page; `response` when it was fetched."""
        known = self.page(url)
        tries = 0
        if outcome is Outcome.FAILED:
            tries, at = self._tries(known, at)
        if response is not None and response.status == 200:
            kept = validators_of(response)
        else:
            kept = known.validators if known else Validators(url)
        row = (url, str(outcome), reason, status, at, tries, kept.url, kept.etag, kept.last_modified)
        with self._transaction():
            self._db.execute("replace into pages values (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    @staticmethod
    def _tries(known: Done | None, at: float) -> tuple[int, float]:
        """How often a page has failed now, and when that was last counted."""
        if known is None or known.outcome is not Outcome.FAILED:
            return 1, at
        return (known.tries + 1, at) if at - known.at >= TRY_SECONDS else (known.tries, known.at)

    def set_list(self, url: str, kind: str, response: Response, entries: Iterable[Entry], lists: Iterable[str]) -> None:
        """Remember what a list said, together with the validators: when it says "not changed" later, this is what it means."""
        kept = validators_of(response)
        rows = [(one.url, one.dated, 0) for one in entries] + [(one, None, 1) for one in lists]
        with self._transaction():
            self._db.execute("replace into lists values (?, ?, ?, ?, ?)", (url, kind, kept.url, kept.etag, kept.last_modified))
            self._db.execute("delete from entries where list = ?", (url,))
            self._db.executemany("insert into entries values (?, ?, ?, ?, ?)", [(url, at, *row) for at, row in enumerate(rows)])

    def still_due(self, entry: Entry) -> bool:
        """Whether a page that its list no longer names is still to be fetched: it was not reached, or failed, in earlier runs."""
        known = self.page(entry.url)
        return known is None or (known.outcome is Outcome.FAILED and not known.is_settled)

    def waits(self, now: float) -> dict[str, float]:
        """Hosts that asked to be left alone, with the seconds left."""
        rows = self._db.execute("select host, not_before from hosts where not_before > ?", (now,)).fetchall()
        return {host: until - now for host, until in rows}

    def set_waits(self, waits: Mapping[str, float], now: float) -> None:
        """Remember hosts that asked for a long wait, in seconds from `now`."""
        with self._transaction():
            self._db.execute("delete from hosts where not_before <= ?", (now,))
            self._db.executemany("replace into hosts values (?, ?)", [(host, now + seconds) for host, seconds in waits.items()])

    def _one(self, query: str, *values: Any) -> Any:
        return self._db.execute(query, values).fetchone()

    def _transaction(self) -> _Transaction:
        return _Transaction(self._db)

    def close(self) -> None:
        """Release the file."""
        self._db.close()


class _Transaction:
    """All of it or nothing, also when Ctrl-C comes in between."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db

    def __enter__(self) -> Self:
        self._db.execute("begin")
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self._db.execute("commit" if kind is None else "rollback")


def validators_of(response: Response) -> Validators:
    """ETag and Last-Modified of a response, where they are what the standard says: they are sent back later."""
    etag, modified = response.header("etag").strip(), response.header("last-modified").strip()[:64]
    if not _ETAG.fullmatch(etag):
        etag = ""
    try:
        parsedate_to_datetime(modified)
    except (ValueError, TypeError, OverflowError, IndexError):
        modified = ""
    if len(modified) > 40 or not (modified.isascii() and modified.isprintable()):
        modified = ""
    return Validators(response.url, etag, modified)
