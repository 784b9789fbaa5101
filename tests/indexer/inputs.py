"""Inputs that tests of the sources write, and what reading them gives in short."""

from __future__ import annotations

import io
import itertools
import os
import tarfile
import zipfile
from collections.abc import Mapping
from pathlib import Path

from indexer.model import Page, Rejected, Skipped
from indexer.sources import PLAIN, Reading, Record, SourceFile, read, walk

PAGE = b"<html><title>Tin</title><p>Trang.</p></html>"
_CLOCK = itertools.count(1_600_000_000)
ONE = '{"id": "a", "title": "M\u1ed9t", "text": "B\u00e0i m\u1ed9t."}'


def items(path: Path, reading: Reading = PLAIN) -> list[Page | Record | Rejected | Skipped]:
    """What reading the one file at `path` gives."""
    (source,) = walk([str(path)], reading)
    assert isinstance(source, SourceFile), source
    return list(read(source, reading))


def outline(path: Path, reading: Reading = PLAIN) -> list[str]:
    """Items in short, their paths without that of the file: ``page``, a record's id, a rejection's reason, ``count × reason``."""
    found = []
    for item in items(path, reading):
        where = item.path.removeprefix(str(path.resolve()))
        if isinstance(item, Record):
            found.append(f"{where} {item.fields.get('id')}")
        elif isinstance(item, Skipped):
            found.append(f"{where} {item.count} × {item.reason}")
        else:
            found.append(f"{where} {'page' if isinstance(item, Page) else item.reason}")
    return found


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these members."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes | str], mode: str = "w") -> bytes:
    """A tar of these members; `mode` as tarfile has it (``w:gz``)."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]  # tarfile names its modes one by one
        for name, content in members.items():
            raw = content.encode() if isinstance(content, str) else content
            info = tarfile.TarInfo(name)
            info.size = len(raw)
            archive.addfile(info, io.BytesIO(raw))
    return buffer.getvalue()


def write(path: Path, content: str | bytes) -> Path:
    """Write a file with a time of its own, as files written in one moment may have the same size and time."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    now = next(_CLOCK)
    os.utime(path, (now, now))
    return path
