"""Records: the objects of a JSON source, read one at a time within a bound.

One object a line (``.ndjson``, ``.jsonl``, standard input) may go on for ever; a ``.json`` file that is one array or one
object is held whole, so it has a limit. What is not an object is yielded as Rejected under its own line or number.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import IO, Any

from indexer.model import Rejected

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A line, or a ``.json`` file that is no sequence of lines, larger than this is rejected unread: no article is."""
_SKIPPED_BYTES = 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a JSON source; `path` is ``file#line`` (or ``#number`` in a JSON array)."""

    path: str
    fields: dict[str, Any]


def read_lines(handle: IO[bytes], name: str, first: bytes = b"") -> Iterator[Record | Rejected]:
    """One object a line; blank lines are none. `first` is the first line where it was read already."""
    number = 0
    while line := first or handle.readline(MAX_RECORD_BYTES + 1):
        first = b""
        number += 1
        where = f"{name}#{number}"
        if number == 1 and line.startswith(_UTF_16):
            yield Rejected(name, "text in UTF-16; save it as UTF-8")
            return
        if len(line) > MAX_RECORD_BYTES:
            yield Rejected(where, f"line longer than {MAX_RECORD_BYTES:,} bytes")
            while line and not line.endswith(b"\n"):
                line = handle.readline(_SKIPPED_BYTES)
        elif line.strip():
            yield _record(line, where)


def read_json(handle: IO[bytes], name: str) -> Iterator[Record | Rejected]:
    """A ``.json`` file: an array of objects, one object, or one object a line."""
    first = handle.readline(MAX_RECORD_BYTES + 1)
    if first.endswith(b"\n") and isinstance(_value(first), dict):
        second = handle.readline(MAX_RECORD_BYTES + 1)
        if second:
            yield _record(first, f"{name}#1")
            yield from _renumbered(handle, name, second)
            return
    raw = first + handle.read(MAX_RECORD_BYTES + 1 - len(first))
    if len(raw) > MAX_RECORD_BYTES:
        yield Rejected(name, f"larger than {MAX_RECORD_BYTES:,} bytes; write one object a line (.ndjson) instead")
        return
    value = _value(raw)
    if isinstance(value, ValueError | RecursionError) and b"\n{" in raw:  # one object a line, the first one damaged
        yield from read_lines(BytesIO(raw), name)
    elif isinstance(value, list):
        for number, item in enumerate(value, start=1):
            yield _object(item, f"{name}#{number}")
    else:
        yield _object(value, name)
