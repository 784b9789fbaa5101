"""Damage is found before an answer is given: a checksum for every file of an embedded engine.

Beside the engine's files stand::

    checksums.json   name, size and CRC-32 of every file when the last writer finished; its first line is the checksum of the rest
    writing          there while a writer is at work, or was when it was cut off
    verified.json    what the files looked like (size, times, inode) when their contents were last found right; only saves time

A file whose look has not changed since it was read whole is not read again, unless asked (``timtin check``). While `writing` is there,
the engine may replace files at any moment (tantivy merges in the background), so a file must then either be listed and right, or carry
the engine's own checksum. Killing a writer leaves just that state, and the next one that finishes puts everything in order.
"""

from __future__ import annotations

import json
import os
import zlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from engine.errors import IndexDamagedError
from engine.footer import segment_files, written_crc, wrong_footer

LIST, MARK, SEEN = "checksums.json", "writing", "verified.json"
_CHUNK = 1 << 20
_RACES = 20
"""How often a reader looks again when a writer starts or finishes while it looks."""
_REBUILD = "Rebuild the index: timtin index --rebuild PATH…"

Look = list[int]
"""Size, modification and change time in ns, inode."""


@dataclass(frozen=True, slots=True)
class Checksums:
    """What `checksums.json` says: file name -> (size, CRC-32)."""

    files: dict[str, tuple[int, int]]


def begin(directory: Path) -> None:
    """A writer starts."""
    with (directory / MARK).open("wb") as handle:
        os.fsync(handle.fileno())
    sync_directory(directory)


def seal(directory: Path, engine: Path) -> None:
    """A writer has finished: list what there is now, durably, then say that nobody writes.

    Files known from before are not read again, and those of tantivy not at all: their checksums were reckoned while they were written.
    """
    known, seen = _listed(directory) or Checksums({}), _seen(directory)
    footed = {path.name for path in segment_files(engine)}
    listed: dict[str, tuple[int, int]] = {}
    looks: dict[str, Look] = {}
    for path in _files(engine):
        look = _look(path)
        unchanged = path.name in known.files and seen.get(path.name) == look
        crc = written_crc(path) if path.name in footed and not unchanged else None
        listed[path.name] = known.files[path.name] if unchanged else (look[0], _crc(path) if crc is None else crc)
        if unchanged or crc is None:  # what nobody has read is read once, at the next opening
            looks[path.name] = look
    sync_directory(engine)
    body = json.dumps({name: list(each) for name, each in sorted(listed.items())}, indent=0)
    write_durably(directory / LIST, f"{zlib.crc32(body.encode()):08x}\n{body}")
    _remember(directory, looks)
    (directory / MARK).unlink(missing_ok=True)
    sync_directory(directory)


def verify(directory: Path, engine: Path, *, whole: bool = False) -> None:
    """Raise IndexDamagedError naming the first wrong file. `whole`: read every file, changed since the last time or not."""
    for _ in range(_RACES):
        before = _state(directory)
        problem = _problem(directory, engine, whole)
        if problem is None:
            return
        if _state(directory) == before:
            raise IndexDamagedError(f"{problem}. {_REBUILD}")
    raise IndexDamagedError(f"{directory}: writers came and went so fast that the index could not be verified. Try again.")


def problems(directory: Path, engine: Path) -> list[str]:
    """Every wrong file of an index, read whole; empty when all is well."""
    listed = _listed(directory)
    writing = (directory / MARK).exists()
    if listed is None:
        return [f"{directory / LIST} is missing or damaged"] if not writing else []
    found = []
    for name, wanted in listed.files.items():
        path = engine / name
        try:
            if (path.stat().st_size, _crc(path)) != wanted and not (writing and not _is_segment(name)):
                found.append(f"{path} is damaged: it is not what was written")
        except OSError as error:
            if not writing:
                found.append(f"{path} cannot be read ({error.strerror or error})")
    if writing:
        found += [
            f"{path} is damaged: {wrong}"
            for path in segment_files(engine)
            if path.name not in listed.files and (wrong := wrong_footer(path))
        ]
    return found


def _problem(directory: Path, engine: Path, whole: bool) -> str | None:
    listed = _listed(directory)
    writing = (directory / MARK).exists()
    if listed is None:
        if not writing:
            return f"{directory / LIST} is missing or damaged, so the index cannot be trusted"
        listed = Checksums({})
    seen = {} if whole else _seen(directory)
    looks: dict[str, Look] = {}
    for name, wanted in listed.files.items():
        path = engine / name
        try:
            look = _look(path)
            right = look == seen.get(name) or (look[0], _crc(path)) == wanted
        except OSError as error:
            if writing:
                continue  # a merge may have removed it; the engine itself says when it needs it
            return f"{path} cannot be read ({error.strerror or error})"
        if not right and not (writing and not _is_segment(name)):
            return f"{path} is damaged: it is not what was written"
        looks[name] = look
    problem = _unlisted_problem(engine, listed.files, seen, looks) if writing else None
    if problem is None and looks != seen:
        with suppress(OSError):  # the directory may be another user's
            _remember(directory, {**_seen(directory), **looks} if writing else looks)
    return problem


def _unlisted_problem(engine: Path, listed: Iterable[str], seen: Mapping[str, Look], looks: dict[str, Look]) -> str | None:
    """Files that a commit since the last list brought: they carry tantivy's checksum, where it is tantivy's. Adds their `looks`."""
    for path in segment_files(engine):
        if path.name in listed:
            continue
        with suppress(FileNotFoundError):  # a merge may have removed it
            look = _look(path)
            if look != seen.get(path.name) and (wrong := wrong_footer(path)):
                return f"{path} is damaged: {wrong}"
            looks[path.name] = look
    return None


def _is_segment(name: str) -> bool:
    """Whether a file is written once and never changed."""
    return not name.endswith((".json", ".jsonl", ".toc"))


def _state(directory: Path) -> tuple[bool, bytes]:
    try:
        text = (directory / LIST).read_bytes()
    except OSError:
        text = b""
    return (directory / MARK).exists(), text


def _listed(directory: Path) -> Checksums | None:
    try:
        head, body = (directory / LIST).read_text(encoding="utf-8").split("\n", 1)
        if int(head, 16) != zlib.crc32(body.encode()):
            return None
        return Checksums({name: (size, crc) for name, (size, crc) in json.loads(body).items()})
    except (OSError, ValueError):
        return None


def _seen(directory: Path) -> dict[str, Look]:
    try:
        seen: dict[str, Look] = json.loads((directory / SEEN).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return seen if isinstance(seen, dict) else {}


def _remember(directory: Path, looks: dict[str, Look]) -> None:
    temporary = directory / f"{SEEN}.{os.getpid()}"
    temporary.write_text(json.dumps(looks), encoding="utf-8")
    temporary.replace(directory / SEEN)


def _files(engine: Path) -> Iterator[Path]:
    """Files that hold something; lock files do not."""
    for path in sorted(engine.iterdir()):
        if path.is_file() and not path.name.lower().endswith("lock"):
            yield path


def _look(path: Path) -> Look:
    found = path.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _crc(path: Path) -> int:
    crc = 0
    with path.open("rb") as handle:
        while chunk := handle.read(_CHUNK):
            crc = zlib.crc32(chunk, crc)
    return crc


def write_durably(path: Path, content: str | bytes) -> None:
    """The file is whole or not there, also after a power cut."""
    temporary = path.with_name(path.name + ".new")
    with temporary.open("wb") as handle:
        handle.write(content.encode("utf-8") if isinstance(content, str) else content)
        handle.flush()
        os.fsync(handle.fileno())
    temporary.replace(path)
    sync_directory(path.parent)


def sync_directory(directory: Path) -> None:
    """Make the names in a directory durable."""
    handle = os.open(directory, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
