"""Sources: from paths to the files to read, and from a file to its records.

This is the one module of the room that opens input files. Hidden files and ``README*``, ``LICENSE*``,
``CHANGELOG*`` are not inputs.
"""

from __future__ import annotations

import gzip
import io
import json
import lzma
import os
import stat
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, cast

from indexer.errors import NoSuchInputError
from indexer.model import Page, Rejected

PAGE_SUFFIXES = (".html", ".htm", ".txt", ".md")
RECORD_SUFFIXES = (".json", ".jsonl", ".ndjson")
PACKED_SUFFIXES = (".gz", ".xz")
STDIN = "-"
MAX_PAGE_BYTES = 64 * 1024 * 1024
"""A single page or record larger than this is rejected, not read: no article is."""
MAX_JSON_BYTES = 1024 * 1024 * 1024
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


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a JSON source; `path` is ``file#line`` (or ``#number`` in a JSON array)."""

    path: str
    fields: dict[str, Any]


def walk(paths: Sequence[str]) -> Iterator[SourceFile | Rejected]:
    """Yield every input below `paths` once, sorted by name, so that two runs agree.

    A file named directly is read whatever it is called only if its suffix is known. Raises NoSuchInputError.
    """
    seen: set[tuple[int, int]] = set()
    for given in paths:
        if given == STDIN:
            yield SourceFile(STDIN)
            continue
        path = Path(given)
        if not path.exists():
            raise NoSuchInputError(f"No such file or folder: {given}")
        if path.is_dir():
            yield from _once(_below(path), seen)
        else:
            yield from _once([_source(path)], seen)


def _once(found: Iterable[SourceFile | Rejected], seen: set[tuple[int, int]]) -> Iterator[SourceFile | Rejected]:
    """Leave out files met before under another name or path."""
    for source in found:
        if isinstance(source, SourceFile):
            info = Path(source.path).stat()
            if (info.st_dev, info.st_ino) in seen:
                continue
            seen.add((info.st_dev, info.st_ino))
        yield source


def _below(folder: Path) -> Iterator[SourceFile | Rejected]:
    for directory, folders, names in os.walk(folder, onerror=None):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if _is_input(name):
                yield _source(Path(directory) / name)


def _is_input(name: str) -> bool:
    lowered = name.lower()
    return not name.startswith(".") and not lowered.startswith(_NOT_INPUTS) and _suffix(lowered) is not None


def _suffix(lowered: str) -> str | None:
    for packed in PACKED_SUFFIXES:
        if lowered.endswith(packed):
            inner = lowered.removesuffix(packed)
            return next((suffix for suffix in RECORD_SUFFIXES if inner.endswith(suffix)), None)
    return next((suffix for suffix in PAGE_SUFFIXES + RECORD_SUFFIXES if lowered.endswith(suffix)), None)


def _source(path: Path) -> SourceFile | Rejected:
    name = printable(str(path))
    if _suffix(path.name.lower()) is None:
        known = " ".join(PAGE_SUFFIXES + RECORD_SUFFIXES)
        return Rejected(name, f"unknown kind of file; known are {known} (the last three also .gz .xz)")
    try:
        info = path.stat()
    except OSError as error:
        return Rejected(name, f"cannot be read: {error.strerror}")
    if not stat.S_ISREG(info.st_mode):
        return Rejected(name, "not a regular file")
    return SourceFile(str(path.resolve()), info.st_size, info.st_mtime_ns)


def read(source: SourceFile) -> Iterator[Page | Record | Rejected]:
    """Yield the page or records of a file. What cannot be read is yielded as Rejected; nothing is raised."""
    name = printable(source.path)
    try:
        if source.kind == "page" and source.path != STDIN:
            yield _page(source)
        else:
            yield from _records(source)
    except (OSError, EOFError, lzma.LZMAError, gzip.BadGzipFile) as error:
        yield Rejected(name, f"cannot be read: {error}")


def _page(source: SourceFile) -> Page | Rejected:
    if source.size > MAX_PAGE_BYTES:
        return Rejected(printable(source.path), f"{source.size:,} bytes; a page may have {MAX_PAGE_BYTES:,}")
    return Page(printable(source.path), Path(source.path).read_bytes())


def _records(source: SourceFile) -> Iterator[Record | Rejected]:
    with _opened(source.path) as handle:
        if source.path != STDIN and _suffix(source.path.lower()) == ".json":
            yield from _array(handle, printable(source.path))
        else:
            yield from _lines(handle, printable(source.path))


def _opened(path: str) -> IO[bytes]:
    if path == STDIN:
        return os.fdopen(os.dup(sys.stdin.fileno()), "rb")
    if path.lower().endswith(".gz"):
        return cast("IO[bytes]", gzip.open(path, "rb"))
    return cast("IO[bytes]", lzma.open(path, "rb")) if path.lower().endswith(".xz") else Path(path).open("rb")


def _lines(handle: IO[bytes], name: str) -> Iterator[Record | Rejected]:
    number = 0
    while line := handle.readline(MAX_PAGE_BYTES + 1):
        number += 1
        where = f"{name}#{number}"
        if len(line) > MAX_PAGE_BYTES:
            yield Rejected(where, f"line longer than {MAX_PAGE_BYTES:,} bytes")
            while line and not line.endswith(b"\n"):
                line = handle.readline(MAX_PAGE_BYTES)
        elif line.strip():
            yield _record(line, where)


def _array(handle: IO[bytes], name: str) -> Iterator[Record | Rejected]:
    raw = handle.read(MAX_JSON_BYTES + 1)
    if len(raw) > MAX_JSON_BYTES:
        yield Rejected(name, f"larger than {MAX_JSON_BYTES:,} bytes; write one object a line (.ndjson) instead")
        return
    try:
        value = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        if b"\n{" in raw:  # one object a line under the name .json
            yield from _lines(io.BytesIO(raw), name)
        else:
            yield Rejected(name, f"not JSON: {error}")
        return
    for number, item in enumerate(value if isinstance(value, list) else [value], start=1):
        where = f"{name}#{number}" if isinstance(value, list) else name
        yield Record(where, item) if isinstance(item, dict) else Rejected(where, f"not a JSON object but {type(item).__name__}")


def _record(line: bytes, where: str) -> Record | Rejected:
    try:
        value = json.loads(line.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        return Rejected(where, f"not JSON: {error}")
    return Record(where, value) if isinstance(value, dict) else Rejected(where, f"not a JSON object but {type(value).__name__}")


def printable(path: str) -> str:
    """A path that is safe in a report: bad bytes and control characters are shown, never sent to a terminal."""
    text = path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    return "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)
