"""Clusters of near-duplicates over the whole index, found as documents come: the first of a cluster is its founder.

Founders' sketches are kept in an SQLite file beside the index. A document joins the cluster of the founder it is most like, or founds
one. Nothing is ever deleted for being a near-duplicate: the number of its cluster is all that a document gets.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import suppress
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np

from engine.codec import clustered
from engine.model import AnalyzedDocument
from engine.schema import COPIED, COPY_OF, IS_COPY
from indexer.errors import ManifestError
from indexer.near import SIMILAR, VALUES, bands, similarity

FILE = "clusters.sqlite"
IN_MEMORY = Path(":memory:")
_SCHEMA = """
create table if not exists founders (id integer primary key, cluster integer not null, sketch blob not null, doc_id text not null) strict;
create table if not exists bands (band integer not null, founder integer not null, primary key (band, founder)) strict, without rowid;
create table if not exists new_bands (band integer not null, founder integer not null, primary key (band, founder)) strict, without rowid;
"""
"""Bands are hashes, so those of a few thousand articles lie on all pages of a table: a commit would write all of it again. New ones wait
in a small table until there are enough of them to be worth that."""
MOST_NEW = 1_000_000
"""Rows that wait: about 80,000 founders, 20 MB. With a million articles in the index ten times less is written than without."""
_CACHE_KIB = 128 * 1024
_CANDIDATES = 200
"""Founders that are compared with a text. A band that more of them share is one of boilerplate: the first serve as well as any."""
_AT_ONCE = 250
"""Rows that one statement writes: a third of the time of as many statements."""
MOST_HELD = 500_000
"""Bands that are held in memory, 50 MB of them, before they are written: one by one each goes to another page of the file."""


def replace_file(old: Path, new: Path) -> None:
    """Put a closed file of clusters in the place of another."""
    with suppress(ManifestError), Clusters(old):  # undoes what a killed run left half done
        pass
    Path(f"{old}-journal").unlink(missing_ok=True)  # of a file too damaged to be opened: it would be undone into the new one
    new.replace(old)


class Clusters:
    """Open with a file's path, or in memory. Changes are kept by `commit`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        try:
            self._db = sqlite3.connect(path, isolation_level=None)
            self._db.execute(f"pragma cache_size = -{_CACHE_KIB}")
            self._db.execute("pragma synchronous = normal")
            self._db.executescript(_SCHEMA)
            self._new = int(self._db.execute("select count(*) from new_bands").fetchone()[0])
            self._last = int(self._db.execute("select coalesce(max(id), 0) from founders").fetchone()[0])
            self._db.execute("begin")
        except sqlite3.Error as error:
            raise self._told(error) from error
        self._any_written = self._last > 0
        self._held: dict[int, tuple[bytes, int, str]] = {}
        self._held_bands: dict[int, tuple[int, ...]] = {}

    def of(self, sketch: bytes, doc_id: str) -> tuple[int, bool]:
        """The cluster, a number of 63 bits, of a document with that sketch, and whether it founded it; 0 for one too short to have any."""
        if not sketch:
            return 0, True
        try:
            own = bands(sketch)
            best = max((self._compared(sketch, founder) for founder in self._candidates(own)), default=None)
            if best is not None and best[0] >= SIMILAR:
                return best[2], best[3] == doc_id
            return self._found(sketch, own, doc_id), True
        except sqlite3.Error as error:
            raise self._told(error) from error

    def placed(self, document: AnalyzedDocument) -> AnalyzedDocument:
        """The document with the number of its cluster."""
        cluster, founder = self.of(document.sketch, document.document.doc_id)
        if not cluster:
            return document
        facets = document.facets if founder else {**document.facets, COPY_OF: (str(cluster),), COPIED: (IS_COPY,)}
        return clustered(document, cluster, facets)

    def commit(self) -> None:
        """Keep the changes."""
        try:
            self._write()
            if self._new > MOST_NEW:
                self._db.execute("insert or ignore into bands select band, founder from new_bands order by band, founder")
                self._db.execute("delete from new_bands")
                self._new = 0
            self._db.execute("commit")
            self._db.execute("begin")
        except sqlite3.Error as error:
            raise self._told(error) from error

    def close(self) -> None:
        """Close the file; uncommitted changes are lost."""
        with suppress(sqlite3.Error):
            self._db.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def _candidates(self, own: Sequence[int]) -> list[int]:
        """Founders with a band of these, the oldest first."""
        written: list[int] = []
        if self._any_written:
            marks = ",".join("?" * len(own))
            one, other = (f"select founder from {table} where band in ({marks})" for table in ("bands", "new_bands"))  # noqa: S608  # two names of ours, and question marks
            found = self._db.execute(f"{one} union {other} order by founder limit {_CANDIDATES}", [*own, *own])
            written = [row[0] for row in found.fetchall()]
        held = {founder for band in own for founder in self._held_bands.get(band, ())}
        return [*written, *sorted(held)][:_CANDIDATES]

    def _compared(self, sketch: bytes, founder: int) -> tuple[float, int, int, str]:
        """(similarity, the older the larger, cluster, founder's id)."""
        known = self._held.get(founder)
        if known is None:
            known = self._db.execute("select sketch, cluster, doc_id from founders where id = ?", (founder,)).fetchone()
        values, cluster, doc_id = known
        return similarity(sketch, values), -founder, int(cluster), str(doc_id)

    def _found(self, sketch: bytes, own: Sequence[int], doc_id: str) -> int:
        # By the text alone: a run that was cut off after writing to the index comes to the same number again.
        cluster = int.from_bytes(blake2b(sketch, digest_size=8).digest()) >> 1 or 1
        self._last += 1
        self._held[self._last] = sketch[:VALUES], cluster, doc_id
        alone = (self._last,)
        for band in dict.fromkeys(own):
            others = self._held_bands.get(band)
            self._held_bands[band] = others + alone if others else alone
        if len(self._held_bands) > MOST_HELD:
            self._write()
        return cluster

    def _write(self) -> None:
        """Write what is held, in the order of the tables."""
        founders = ((number, cluster, sketch, doc_id) for number, (sketch, cluster, doc_id) in self._held.items())
        self._db.executemany("insert into founders values (?, ?, ?, ?)", founders)
        sharing = self._held_bands.values()
        bands = np.fromiter(self._held_bands, np.int64).repeat(np.fromiter(map(len, sharing), np.intp))
        rows = np.stack([bands, np.fromiter(chain.from_iterable(sharing), np.int64)], axis=1)
        rows = rows[bands.argsort(kind="stable")]  # founders of a band are in order
        for start in range(0, len(rows), _AT_ONCE):
            some = rows[start : start + _AT_ONCE]
            self._db.execute(f"insert into new_bands values {','.join(['(?, ?)'] * len(some))}", some.ravel().tolist())  # noqa: S608  # question marks
        self._new += len(rows)
        self._any_written = self._last > 0
        self._held, self._held_bands = {}, {}

    def _told(self, error: sqlite3.Error) -> ManifestError:
        return ManifestError(f"{self._path} cannot be used ({error}). Is there space? Else rebuild the index: timtin index --rebuild PATH…")
