"""Files opened so that nothing waits: what is no regular file (any more) is an error, not a pause."""

from __future__ import annotations

import hashlib
import io
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

READ_BYTES = 128 * 1024
State = tuple[int, int]
"""Size in bytes and time of change in nanoseconds."""


@contextmanager
def opened(path: str) -> Iterator[io.BufferedReader[io.FileIO]]:
    """A regular file, for reading. Raises OSError, also for a file that has become something else since the walk."""
    number = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NONBLOCK", 0))
    with io.BufferedReader(io.FileIO(number), READ_BYTES) as handle:
        if not stat.S_ISREG(os.fstat(number).st_mode):
            raise OSError("not a regular file any more")
        yield handle


def state(handle: io.BufferedReader[Any]) -> State:
    """State of an open file; it differs after somebody wrote to it."""
    info = os.fstat(handle.fileno())
    return info.st_size, info.st_mtime_ns


def fingerprint(path: str) -> bytes | None:
    """SHA-256 of a file's bytes, read in blocks; None when it cannot be read."""
    try:
        with opened(path) as handle:
            return hashlib.file_digest(handle, "sha256").digest()
    except OSError:
        return None


def with_head(head: bytes, rest: io.BufferedIOBase) -> io.BufferedReader:
    """A stream whose first bytes were read already."""
    return io.BufferedReader(_Again(head, rest), READ_BYTES)


class _Again(io.RawIOBase):
    """Counts what it gives, so that `tell` works where there is no seeking."""

    def __init__(self, head: bytes, rest: io.BufferedIOBase) -> None:
        self._head, self._rest, self._given = memoryview(head), rest, 0

    def readable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._given

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        part = self._head[: len(view)] if self._head else self._rest.read1(len(view))
        view[: len(part)] = part
        self._head = self._head[len(part) :]
        self._given += len(part)
        return len(part)
