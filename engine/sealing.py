"""The writer of an embedded engine, alone in its directory, with checksums of what it leaves."""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from engine import integrity
from engine.errors import IndexBusyError, IndexWriteError
from engine.model import AnalyzedDocument
from engine.port import Writer

LOCK = "write.lock"


class Lock:
    """One holder at a time, also between processes; the system frees it when its holder dies."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def take(self) -> None:
        """Raises IndexBusyError at once when somebody else holds it."""
        handle = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(handle)
            raise IndexBusyError(f"{self._path.parent}: another writer is open. Wait until it has finished.") from error
        self._handle = handle

    def release(self) -> None:
        if self._handle is not None:
            os.close(self._handle)
            self._handle = None

    def __enter__(self) -> Self:
        self.take()
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        self.release()


@contextmanager
def writing(directory: Path, kind: type[Exception] = OSError) -> Iterator[None]:
    """Turn errors of the disk, and the `kind` an engine has for them, into IndexWriteError: where, why and what next."""
    try:
        yield
    except (OSError, kind) as error:
        free = shutil.disk_usage(directory).free
        raise IndexWriteError(
            f"{directory} cannot be written, with {free / 1e6:,.1f} MB free on its disk ({error}). The index is as it was at its "
            f"last commit. Make room, or give write permission, and run the same command again."
        ) from error


class SealingWriter:
    """Holds the lock while the engine's writer works, and lists its files with their checksums when it has finished."""

    def __init__(self, directory: Path, engine: Path, writer: Writer) -> None:
        self._directory, self._engine, self._writer = directory, engine, writer
        self._lock = Lock(directory / LOCK)

    def add(self, document: AnalyzedDocument) -> None:
        with writing(self._engine):
            self._writer.add(document)

    def delete(self, doc_id: str) -> None:
        with writing(self._engine):
            self._writer.delete(doc_id)

    def commit(self) -> None:
        with writing(self._engine):
            self._writer.commit()
            integrity.sync_directory(self._engine)  # tantivy renames its list of segments and leaves the directory unsynced

    @property
    def full(self) -> bool:
        return self._writer.full

    def __enter__(self) -> Self:
        self._lock.take()
        try:
            with writing(self._engine):
                integrity.begin(self._directory)
                self._writer.__enter__()
        except BaseException:
            self._lock.release()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        try:
            with writing(self._engine):
                self._writer.__exit__(kind, value, trace)
                integrity.seal(self._directory, self._engine)
        finally:
            self._lock.release()
