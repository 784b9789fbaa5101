"""Sources: from paths to the files to read, and from a file to its page or records.

This is the one module of the room that opens input files. Hidden files and ``README*``, ``LICENSE*``,
``CHANGELOG*`` are not inputs.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import lzma
import stat
import sys
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from indexer.errors import NoSuchInputError
from indexer.model import Page, Rejected
from indexer.records import Record, read_json, read_lines

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

__all__ = ["STDIN", "UNREADABLE", "Record", "SourceFile", "printable", "read", "source_file", "walk"]

PAGE_SUFFIXES = (".html", ".htm", ".txt", ".md")
RECORD_SUFFIXES = (".json", ".jsonl", ".ndjson")
PACKED_SUFFIXES = (".gz", ".xz")
STDIN = "-"
UNREADABLE = "unreadable"
"""`outcome` of a file that could not be read to its end: what it held before may still be true."""
MAX_PAGE_BYTES = 64 * 1024 * 1024
"""A page larger than this is rejected, not read: no article is."""
MAX_EXPANSION = 100
"""A packed file may expand to so many times its bytes. Text packs to a tenth at best; what packs better is made to fill memory."""
MIN_EXPANDED_BYTES = 16 * 1024 * 1024
"""… beyond this many bytes, which do no harm."""
_READ_BYTES = 128 * 1024
_NOT_INPUTS = ("readme", "license", "changelog")


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `size` in bytes and `mtime_ns` tell whether it changed. `path` is absolute but for ``-``."""

    path: str
    size: int = 0
    mtime_ns: int = 0

    @property
    def kind(self) -> str:
        """``page`` or ``records``."""
        return "page" if self.path.lower().endswith(PAGE_SUFFIXES) else "records"


def walk(paths: Sequence[str]) -> Iterator[SourceFile | Rejected]:
    """Yield every input below `paths`, sorted by name, so that two runs agree.

    A file or folder that several paths or links lead to is met once. A file named directly may be hidden or a README,
    but its suffix must be known. What is there and cannot be read is yielded as Rejected. Raises NoSuchInputError.
    """
    met = _Met()
    for given in paths:
        if given == STDIN:
            if met.first_time(STDIN):
                yield SourceFile(STDIN)
            continue
        path = Path(given)
        if not given or not _exists(path):
            raise NoSuchInputError(f"No such file or folder: {printable(given) or '(an empty name)'}")
        yield from _folder(path, met) if path.is_dir() else _file(path, met)


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except OSError as error:
        raise NoSuchInputError(f"{printable(str(path))}: {error.strerror}") from error


class _Met:
    """Which files and folders the walk came by, whatever name led there."""

    def __init__(self) -> None:
        self._seen: set[object] = set()

    def first_time(self, path: Path | str) -> bool:
        """Raises OSError when `path` cannot be looked at."""
        identity: object = path
        if isinstance(path, Path):
            info = path.stat()
            identity = (info.st_dev, info.st_ino) if info.st_ino else path.resolve()
        if identity in self._seen:
            return False
        self._seen.add(identity)
        return True


def _folder(top: Path, met: _Met) -> Iterator[SourceFile | Rejected]:
    """Inputs below a folder: its own files first, then its folders. Links are followed; `met` ends their loops."""
    waiting = [top]
    while waiting:
        folder = waiting.pop()
        try:
            paths = sorted(folder.iterdir()) if met.first_time(folder) else []
        except OSError as error:
            yield Rejected(printable(str(folder)), f"cannot be read: {error.strerror}", UNREADABLE)
            continue
        folders = []
        for path in paths:
            if path.name.startswith("."):
                continue
            if _is_folder(path):
                folders.append(path)
            elif _is_input(path.name):
                yield from _file(path, met)
        waiting.extend(reversed(folders))


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_input(name: str) -> bool:
    lowered = name.lower()
    return not lowered.startswith(_NOT_INPUTS) and _suffix(lowered) is not None


def _suffix(lowered: str) -> str | None:
    for packed in PACKED_SUFFIXES:
        if lowered.endswith(packed):
            inner = lowered.removesuffix(packed)
            return next((suffix for suffix in RECORD_SUFFIXES if inner.endswith(suffix)), None)
    return next((suffix for suffix in PAGE_SUFFIXES + RECORD_SUFFIXES if lowered.endswith(suffix)), None)


def _file(path: Path, met: _Met) -> Iterator[SourceFile | Rejected]:
    found = source_file(path)
    if isinstance(found, Rejected):
        yield found
        return
    with contextlib.suppress(OSError):  # gone since the line above: reading it says so
        if not met.first_time(path):
            return
    yield found


def source_file(path: Path) -> SourceFile | Rejected:
    """The file as it is now, or why it is no input."""
    name = printable(str(path))
    if _suffix(path.name.lower()) is None:
        known = " ".join(PAGE_SUFFIXES + RECORD_SUFFIXES)
        return Rejected(name, f"unknown kind of file; known are {known} (the last three also .gz .xz)")
    try:
        info = path.stat()
    except OSError as error:
        return Rejected(name, f"cannot be read: {error.strerror}", UNREADABLE)
    if not stat.S_ISREG(info.st_mode):
        return Rejected(name, "not a regular file")
    return SourceFile(str(path.parent.resolve() / path.name), info.st_size, info.st_mtime_ns)


def read(source: SourceFile) -> Iterator[Page | Record | Rejected]:
    """Yield the page or records of a file. What cannot be read is yielded as Rejected; nothing is raised."""
    name = printable(source.path)
    try:
        if source.kind == "page" and source.path != STDIN:
            yield _page(source, name)
        else:
            yield from _records(source, name)
    except (OSError, EOFError, lzma.LZMAError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        yield Rejected(name, f"cannot be read: {reason}", UNREADABLE)


def _page(source: SourceFile, name: str) -> Page | Rejected:
    if source.size > MAX_PAGE_BYTES:
        return Rejected(name, f"{source.size:,} bytes; a page may have {MAX_PAGE_BYTES:,}")
    with Path(source.path).open("rb") as handle:
        return Page(name, handle.read(MAX_PAGE_BYTES))


def _records(source: SourceFile, name: str) -> Iterator[Record | Rejected]:
    if source.path == STDIN:
        yield from read_lines(sys.stdin.buffer, name)
        return
    empty = True
    with _opened(source.path) as handle:
        reader = read_json if _suffix(source.path.lower()) == ".json" else read_lines
        for item in reader(handle, name):
            empty = False
            yield item
    if empty:
        yield Rejected(name, "no record in it")


@contextlib.contextmanager
def _opened(path: str) -> Iterator[io.BufferedReader[Any]]:
    lowered = path.lower()
    with Path(path).open("rb") as handle:
        if not lowered.endswith(PACKED_SUFFIXES):
            yield handle
            return
        unpack = gzip.open if lowered.endswith(".gz") else lzma.open
        with unpack(handle) as stream, io.BufferedReader(_Bounded(handle, stream), _READ_BYTES) as unpacked:
            yield unpacked


class _Bounded(io.RawIOBase):
    """What a packed file expands to, as long as that stays in proportion: a few kilobytes can hold gigabytes of nothing."""

    def __init__(self, packed: IO[bytes], stream: gzip.GzipFile | lzma.LZMAFile) -> None:
        self._packed = packed
        self._stream = stream
        self._expanded = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        part = self._stream.read(len(view))
        view[: len(part)] = part
        self._expanded += len(part)
        if self._expanded > max(MIN_EXPANDED_BYTES, MAX_EXPANSION * self._packed.tell()):
            raise EOFError(f"expands to more than {MAX_EXPANSION} times its size; stopped after {self._expanded:,} bytes")
        return len(part)


def printable(path: str) -> str:
    """A path that is safe in a report: bad bytes and control characters are shown, never sent to a terminal."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
