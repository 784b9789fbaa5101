"""What a walk finds and what a source of records gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

STDIN = "-"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file to read; `size` in bytes and `mtime_ns` tell whether it changed. `path` is absolute but for ``-``.

    `format` is the one given for it, a key of `forms.FORMATS`; "" lets its name decide.
    """

    path: str
    size: int = 0
    mtime_ns: int = 0
    format: str = ""


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a source of records; `path` is ``file#line``, or ``file#number`` where there are no lines."""

    path: str
    fields: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Line:
    """A line that should hold a record, as it is: whoever works on it takes it apart (`lines.read_line`)."""

    path: str
    raw: bytes
