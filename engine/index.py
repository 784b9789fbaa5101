"""An index on disk: one engine's files, and beside them what they were built with.

Layout of the directory::

    timtin.json      engine, schema version, analyzer fingerprint, when it was made
    engine/          the engine's own files
    checksums.json   what they must be (`engine.integrity`), for an engine that is embedded
    write.lock       held by the one writer

Opening an index that was built otherwise, or that is damaged, says so and names the command that rebuilds it.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from time import time

from analyzers.article import ArticleAnalyzer
from engine import integrity
from engine.errors import (
    EngineError,
    IndexDamagedError,
    IndexMismatchError,
    IndexMissingError,
    IndexUnreadableError,
    UnknownEngineError,
)
from engine.model import AnalyzedDocument, Document
from engine.options import EngineOptions
from engine.port import Backend, BackendFactory, Replaceable, Replaced, Snapshot, Writer
from engine.schema import SCHEMA_VERSION
from engine.sealing import SealingWriter

ENGINES = ("tantivy", "whoosh", "opensearch", "memory")
DEFAULT_ENGINE = "tantivy"
NO_OPTIONS = EngineOptions()
EMBEDDED = frozenset({"tantivy", "whoosh", "memory"})
_META = "timtin.json"
_UNFINISHED = "creating"
"""There while an index is being made: what a cut then leaves is ours to remove."""
ENGINE_FILES = "engine"
_MINUTE = 60
REMOTE_FILE = "remote.json"
"""Beside an index that is kept on a server."""
_REBUILD = "timtin index --rebuild PATH…"


@dataclass(frozen=True, slots=True)
class IndexMeta:
    """What an index was built with."""

    engine: str
    fingerprint: str
    schema: int = SCHEMA_VERSION
    created: str = field(default_factory=lambda: datetime.now(UTC).isoformat(timespec="seconds"))


class Index:
    """An open index: snapshots to read, one writer to change it."""

    def __init__(self, directory: Path, meta: IndexMeta, analyzer: ArticleAnalyzer, backend: Backend) -> None:
        self.directory = directory
        self.meta = meta
        self.analyzer = analyzer
        self._backend = backend

    @classmethod
    def create(cls, directory: Path, analyzer: ArticleAnalyzer, engine: str = DEFAULT_ENGINE, options: EngineOptions = NO_OPTIONS) -> Index:
        """Make an empty index. Raises IndexMismatchError when `directory` holds something else."""
        factory = _factory(engine)
        _clear_unfinished(directory)
        if directory.exists() and any(directory.iterdir()):
            raise IndexMismatchError(f"{directory} is not empty and is no index of timtin. Name another directory with --index.")
        directory.mkdir(parents=True, exist_ok=True)
        (directory / _UNFINISHED).touch()
        (directory / ENGINE_FILES).mkdir()
        backend = factory(directory / ENGINE_FILES, create=True, options=options, fingerprint=analyzer.fingerprint)
        meta = IndexMeta(engine, analyzer.fingerprint)
        if engine in EMBEDDED:
            integrity.seal(directory, directory / ENGINE_FILES)
        _write_meta(directory / _META, meta)
        (directory / _UNFINISHED).unlink()
        return cls(directory, meta, analyzer, backend)

    @classmethod
    def open(cls, directory: Path, analyzer: ArticleAnalyzer, engine: str | None = None, options: EngineOptions = NO_OPTIONS) -> Index:
        """Open the index in `directory`.

        Raises IndexMissingError, IndexMismatchError (other engine, schema or analyzer) or IndexDamagedError.
        """
        meta = read_meta(directory)
        _check_engine(directory, meta, engine)
        files = directory / ENGINE_FILES
        if meta.engine in EMBEDDED:
            _check_version(directory, meta, analyzer)
            integrity.verify(directory, files)
        backend = _factory(meta.engine)(files, create=False, options=options, fingerprint=analyzer.fingerprint)
        # An index on servers is of the version they say, which was checked there: another machine may have built it anew.
        return cls(directory, replace(meta, fingerprint=analyzer.fingerprint, schema=SCHEMA_VERSION), analyzer, backend)

    @classmethod
    def open_or_create(
        cls, directory: Path, analyzer: ArticleAnalyzer, engine: str | None = None, options: EngineOptions = NO_OPTIONS
    ) -> Index:
        """Open the index, or make it when there is none yet."""
        if (directory / _META).exists():
            return cls.open(directory, analyzer, engine, options)
        return cls.create(directory, analyzer, engine or DEFAULT_ENGINE, options)

    @classmethod
    def open_outdated(cls, directory: Path, analyzer: ArticleAnalyzer, options: EngineOptions = NO_OPTIONS) -> Index:
        """Open an index to read its stored documents: another schema or analyzer is no error. For `reindex`."""
        meta = read_meta(directory)
        return cls(
            directory, meta, analyzer, _factory(meta.engine)(directory / ENGINE_FILES, create=False, options=options, fingerprint=None)
        )

    def reindex(self, analyzed: Callable[[Document], AnalyzedDocument]) -> Replaced:
        """Analyse every stored document anew into an index that then takes the place of this one.

        Readers are answered from the old one until then. Raises EngineError for an engine that cannot.
        """
        if not isinstance(self._backend, Replaceable):
            raise EngineError(f"The engine {self.meta.engine!r} is built anew from the articles themselves: {_REBUILD}")
        documents = (analyzed(stored.document) for stored in self._backend.documents())
        replaced = self._backend.replace_all(documents, self.analyzer.fingerprint)
        self.meta = IndexMeta(self.meta.engine, self.analyzer.fingerprint)
        _write_meta(self.directory / _META, self.meta)
        return replaced

    def snapshot(self) -> Snapshot:
        """The newest commit."""
        return self._backend.snapshot()

    def writer(self) -> Writer:
        """The only writer; leaving its block commits. Raises IndexBusyError when another one is open."""
        if self.meta.engine in EMBEDDED:
            return SealingWriter(self.directory, self.directory / ENGINE_FILES, self._backend.writer())
        return self._backend.writer()

    def generation(self) -> int:
        """A number of this process that changes with every commit, whichever process made it (it may change without one)."""
        looks = self._looks() if self.meta.engine in EMBEDDED else None
        return int(time() // _MINUTE) if looks is None else hash(looks)  # kept by servers: any minute may bring a commit

    def edition(self) -> str | None:
        """A text that changes with every commit and build, the same for every process here; None where only servers know of commits."""
        looks = self._looks() if self.meta.engine in EMBEDDED else None
        return None if looks is None else repr((self.meta, sorted(looks)))

    def _looks(self) -> frozenset[tuple[str, int, int, int]] | None:
        """Name, inode, bytes and time of the engine's files; None when it has none here."""
        files = self.directory / ENGINE_FILES
        if not files.is_dir():
            return None
        looks = set()
        for entry in os.scandir(files):
            with suppress(FileNotFoundError):  # a merge may have removed it
                look = entry.stat()
                looks.add((entry.name, look.st_ino, look.st_size, look.st_mtime_ns))
        return frozenset(looks)

    def bytes(self) -> int:
        """Size on disk, in bytes."""
        return sum(path.stat().st_size for path in self.directory.rglob("*") if path.is_file())


def read_meta(directory: Path) -> IndexMeta:
    """Read what an index was built with. Raises IndexMissingError, IndexUnreadableError or IndexDamagedError."""
    path = directory / _META
    try:
        record = json.loads(path.read_text(encoding="utf-8"))
        meta = IndexMeta(**record)
        if not (isinstance(meta.engine, str) and isinstance(meta.fingerprint, str) and isinstance(meta.schema, int)):
            raise TypeError("a value is of another type")
        return meta
    except FileNotFoundError as error:
        raise IndexMissingError(
            f"There is no index in {directory}. Make one: timtin index PATH… (or name another with --index)."
        ) from error
    except OSError as error:
        raise IndexUnreadableError(
            f"{path} cannot be read: {error.strerror}. It need not be damaged: mend that, or name another index with --index."
        ) from error
    except (ValueError, TypeError) as error:
        raise IndexDamagedError(f"{path} cannot be read ({error}). Rebuild the index: {_REBUILD}") from error


def remove(directory: Path, options: EngineOptions = NO_OPTIONS) -> None:
    """Delete an index of ours, in OpenSearch too; anything else is left alone. Raises IndexMismatchError, EngineUnavailableError."""
    if not directory.exists():
        return
    if any(directory.iterdir()) and not (directory / _META).exists():
        raise IndexMismatchError(f"{directory} holds no {_META}, so it is not deleted. Name another directory with --index.")
    if (directory / ENGINE_FILES / REMOTE_FILE).exists():
        from engine.opensearch.backend import drop  # the client is needed by this engine only

        drop(directory / ENGINE_FILES, options)
    shutil.rmtree(directory)


def _clear_unfinished(directory: Path) -> None:
    """Remove what the making of an index left that was cut off before anything was in it."""
    if not (directory / _UNFINISHED).exists():
        return
    if (directory / _META).exists():
        (directory / _UNFINISHED).unlink()
    else:
        shutil.rmtree(directory)


def _check_engine(directory: Path, meta: IndexMeta, engine: str | None) -> None:
    if engine is not None and engine != meta.engine:
        raise IndexMismatchError(
            f"{directory} was built with engine {meta.engine!r}, not {engine!r}. "
            f"Drop the setting, name another directory, or rebuild: {_REBUILD}"
        )


def _check_version(directory: Path, meta: IndexMeta, analyzer: ArticleAnalyzer) -> None:
    if meta.schema != SCHEMA_VERSION:
        age = "an older" if meta.schema < SCHEMA_VERSION else "a newer"
        raise IndexMismatchError(
            f"{directory} has schema {meta.schema}, of {age} timtin; this one reads {SCHEMA_VERSION}. Rebuild it: {_REBUILD}"
        )
    if meta.fingerprint != analyzer.fingerprint:
        raise IndexMismatchError(
            f"{directory} was built with another analyzer ({meta.fingerprint}, here {analyzer.fingerprint}): "
            f"the same words would not match. Rebuild it: {_REBUILD}"
        )


def _factory(engine: str) -> BackendFactory:
    """The engine's opener; only the engine that is used is imported."""
    if engine not in ENGINES:
        raise UnknownEngineError(f"Unknown engine {engine!r}. Engines: {', '.join(ENGINES)}.")
    try:
        module = import_module(f"engine.{engine}")
    except ModuleNotFoundError as error:
        raise EngineError(f"Engine {engine!r} needs the package {error.name!r}. Install it: pip install {error.name}") from error
    factory: BackendFactory = module.open_backend
    return factory


def _write_meta(path: Path, meta: IndexMeta) -> None:
    integrity.write_durably(path, json.dumps(asdict(meta), indent=1))
