"""Records: the objects of a JSON source, read one at a time within a bound.

One object a line (``.ndjson``, ``.jsonl``, standard input) may go on for ever; a ``.json`` file that is one array or one
object is held whole, so it has a limit. What is no object is yielded as Rejected under its own line or number.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from dataclasses import dataclass
from io import BufferedReader, BytesIO
from typing import IO, Any

from indexer.model import Rejected

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A line larger than this is rejected unread, and so is a ``.json`` file that is not made of lines: no article is."""
_SKIPPED_BYTES = 1024 * 1024
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


@dataclass(frozen=True, slots=True)
class Record:
    """One object of a JSON source; `path` is ``file#line`` (or ``#number`` in a JSON array)."""

    path: str
    fields: dict[str, Any]


def read_lines(handle: IO[bytes], name: str, *head: bytes) -> Iterator[Record | Rejected]:
    """One object a line; blank lines are none. `head` are lines that were read before."""
    for number, line in _lines(handle, head):
        where = f"{name}#{number}"
        if number == 1 and line.startswith(_UTF_16):
            yield Rejected(name, "text in UTF-16; save it as UTF-8")
            return
        if len(line) > MAX_RECORD_BYTES:
            yield Rejected(where, f"line longer than {MAX_RECORD_BYTES:,} bytes")
        else:
            yield _read(line, where)


def read_json(handle: BufferedReader[Any], name: str) -> Iterator[Record | Rejected]:
    """A ``.json`` file: an array of objects, one object, or one object a line."""
    first = handle.readline(MAX_RECORD_BYTES + 1)
    if first.endswith(b"\n") and handle.peek(1) and isinstance(_read(first, name), Record):
        yield from read_lines(handle, name, first)
        return
    raw = first + handle.read(MAX_RECORD_BYTES + 1 - len(first))
    if len(raw) > MAX_RECORD_BYTES:
        yield Rejected(name, f"larger than {MAX_RECORD_BYTES:,} bytes; write one object a line (.ndjson) instead")
        return
    try:
        value = _value(raw)
    except ValueError as error:
        if b"\n{" in raw:  # one object a line, the first of them damaged
            yield from read_lines(BytesIO(raw), name)
        else:
            yield Rejected(name, f"not JSON: {error}")
        return
    if isinstance(value, list):
        yield from (_object(item, f"{name}#{number}") for number, item in enumerate(value, start=1))
    else:
        yield _object(value, name)


def _lines(handle: IO[bytes], head: tuple[bytes, ...]) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers. Of one that is too long only the first bytes are kept."""
    yield from enumerate(head, start=1)
    number, limit = len(head), MAX_RECORD_BYTES + 1
    while line := handle.readline(limit):
        number += 1
        if line.isspace():
            continue
        yield number, line
        if len(line) >= limit:
            _skip_line(handle, line)


def _skip_line(handle: IO[bytes], part: bytes) -> None:
    while part and not part.endswith(b"\n"):
        part = handle.readline(_SKIPPED_BYTES)


def _read(line: bytes, where: str) -> Record | Rejected:
    try:
        return _object(_value(line), where)
    except ValueError as error:
        return Rejected(where, f"not JSON: {error}")


def _object(value: object, where: str) -> Record | Rejected:
    return Record(where, value) if isinstance(value, dict) else Rejected(where, f"not a JSON object but {type(value).__name__}")


def _value(raw: bytes) -> Any:
    """Raises ValueError, also for what is nested too deeply to be read."""
    try:
        return json.loads(raw.decode("utf-8-sig"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error
