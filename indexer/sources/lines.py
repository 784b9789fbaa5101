"""One JSON object a line (``.ndjson``, ``.jsonl``): may go on for ever. What is no object is Rejected under its own line."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator
from typing import IO, Any

from indexer.model import UNREADABLE, Rejected
from indexer.sources.model import Line, Record

MAX_RECORD_BYTES = 64 * 1024 * 1024
"""A line larger than this is rejected unread: no article is."""
_SKIPPED_BYTES = 1024 * 1024
_DECODE = json.JSONDecoder().decode
_UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def read_lines(handle: IO[bytes], name: str, *head: bytes) -> Iterator[Record | Rejected]:
    """One object a line; blank lines are none. `head` are lines that were read before."""
    return (_taken_apart(item) for item in raw_lines(handle, name, *head))


def _taken_apart(item: Line | Rejected) -> Record | Rejected:
    return read_line(item.raw, item.path) if isinstance(item, Line) else item


def raw_lines(handle: IO[bytes], name: str, *head: bytes) -> Iterator[Line | Rejected]:
    """The lines that should hold one."""
    for number, line in _lines(handle, head):
        where = f"{name}#{number}"
        if number == 1 and line.startswith(_UTF_16):
            yield Rejected(name, "text in UTF-16; save it as UTF-8", UNREADABLE)
            return
        if len(line) > MAX_RECORD_BYTES:
            yield Rejected(where, f"line longer than {MAX_RECORD_BYTES:,} bytes", UNREADABLE)
        else:
            yield Line(where, line)


def read_line(line: bytes, where: str) -> Record | Rejected:
    """The object of a line. Bytes that are no text, and a last line that was cut off, are damage; else somebody wrote what is no JSON."""
    try:
        return as_record(value_of(line), where)
    except ValueError as error:
        damaged = isinstance(error, UnicodeDecodeError) or not line.endswith(b"\n")
        return Rejected(where, f"not JSON: {fault(error)}", UNREADABLE if damaged else "rejected")


def fault(error: ValueError) -> str:
    """What is wrong with a line; which one it is, its name says."""
    if not isinstance(error, json.JSONDecodeError):
        return str(error)
    ends = error.pos >= len(error.doc.rstrip())
    said = error.msg.rstrip().removesuffix(" at")
    return f"{said} {'where the line ends' if ends else f'at column {error.pos + 1}'}"


def as_record(value: object, where: str) -> Record | Rejected:
    """A JSON object as a record."""
    return Record(where, value) if isinstance(value, dict) else Rejected(where, f"not a JSON object but {type(value).__name__}")


def value_of(raw: bytes) -> Any:
    """Raises ValueError, also for what is nested too deeply to be read."""
    try:
        return _DECODE(raw.decode().removeprefix("\ufeff"))
    except RecursionError as error:
        raise ValueError("nested too deeply") from error


def _lines(handle: IO[bytes], head: tuple[bytes, ...]) -> Iterator[tuple[int, bytes]]:
    """Lines that are not blank, with their numbers. Of one that is too long only the first bytes are kept."""
    yield from ((number, line) for number, line in enumerate(head, start=1) if not line.isspace())
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
