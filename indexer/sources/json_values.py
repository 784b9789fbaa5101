"""A ``.json`` source: objects one a line, an array of any length, one object, or an object with the list of articles inside it."""

from __future__ import annotations

import codecs
import json
from collections.abc import Iterator, Mapping
from io import BufferedReader, BytesIO
from typing import Any

from indexer.model import UNREADABLE, Rejected
from indexer.sources import lines
from indexer.sources.lines import as_record, read_line, read_lines, value_of
from indexer.sources.mapping import looked_up
from indexer.sources.model import Record
from indexer.sources.reading import PLAIN, Reading
from indexer.sources.vietnamese import says_text

_TEXTS = ("title", "text", "body", "html", "lead", "summary")
_LIST_DEPTH = 3
"""Objects within objects that are looked into for the list of articles."""
_BLOCK_BYTES = 1024 * 1024
_SPACE = " \t\r\n"


def read_json(handle: BufferedReader, name: str, reading: Reading = PLAIN) -> Iterator[Record | Rejected]:
    """Records of a JSON source. An array is read item by item; an object is held whole, so it has a limit."""
    limit = lines.MAX_RECORD_BYTES + 1
    if _opens_array(handle.peek(1)):  # its first line may be all of it
        yield from _read_array(b"", handle, name)
        return
    head = [handle.readline(limit)]
    while head[-1] and head[-1].isspace():
        head.append(handle.readline(limit))
    first = head[-1]
    if _opens_array(first):
        yield from _read_array(first, handle, name)
        return
    if first.endswith(b"\n") and handle.peek(1) and isinstance(read_line(first, name), Record):
        yield from read_lines(handle, name, *head)
        return
    raw = first + handle.read(limit - len(first))
    if b"\n{" in raw[:_BLOCK_BYTES] and (len(raw) >= limit or not _is_json(raw)):  # one object a line, the first of them damaged
        broken, _, rest = raw.partition(b"\n")
        yield from read_lines(_After(rest, handle), name, *head[:-1], broken + b"\n")
    elif len(raw) >= limit:
        yield Rejected(name, f"larger than {limit - 1:,} bytes; write one object a line (.ndjson) instead")
    else:
        yield from _read_value(raw, name, reading, len(head))


def _opens_array(head: bytes) -> bool:
    return head.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"[")


def _is_json(raw: bytes) -> bool:
    try:
        value_of(raw)
    except ValueError:
        return False
    return True


class _After(BytesIO):
    """Lines of bytes that were read already, then those of the stream."""

    def __init__(self, head: bytes, rest: BufferedReader) -> None:
        super().__init__(head)
        self._rest = rest

    def readline(self, size: int | None = -1, /) -> bytes:
        size = -1 if size is None else size
        line = super().readline(size)
        whole = line.endswith(b"\n") or (0 <= size <= len(line))
        return line if whole else line + self._rest.readline(size - len(line) if size >= 0 else -1)


def _read_value(raw: bytes, name: str, reading: Reading, first: int) -> Iterator[Record | Rejected]:
    """Records of one value, which begins in line `first` of its file."""
    try:
        value = value_of(raw)
    except json.JSONDecodeError as error:
        at = f"line {error.lineno + first - 1}, column {error.colno}"
        yield Rejected(name, f"not JSON: {error.msg.rstrip()} at {at}", UNREADABLE)
        return
    except ValueError as error:
        yield Rejected(name, f"not JSON: {error}", UNREADABLE)
        return
    items = _items(value, name, reading) if isinstance(value, dict) else None
    if isinstance(items, list):
        yield from (as_record(item, f"{name}#{number}") for number, item in enumerate(items, start=1))
    else:
        yield items or as_record(value, name)


def _items(value: Mapping[str, Any], name: str, reading: Reading) -> list[Any] | Rejected | None:
    """The list of articles inside an object; None when the object is an article itself."""
    if reading.records:
        found = looked_up(value, reading.records)
        if isinstance(found, list):
            return found
        others = ", ".join(path for path, _ in _lists(value, _LIST_DEPTH)) or "none"
        return Rejected(name, f"records = {reading.records!r}: there is no list at that path; lists in it: {others}")
    wanted = [*_TEXTS, *(path for _, paths in reading.fields.paths for path in paths)]
    if any(looked_up(value, path) is not None for path in wanted) or says_text(value):
        return None
    lists = _lists(value, _LIST_DEPTH)
    if len(lists) > 1:
        return Rejected(name, f"several lists in it: {', '.join(path for path, _ in lists)}. Choose one: records = … in a --profile")
    return lists[0][1] if lists else None


def _lists(value: Mapping[str, Any], depth: int, at: str = "") -> list[tuple[str, list[Any]]]:
    """Lists of objects inside an object, with their dotted paths."""
    found: list[tuple[str, list[Any]]] = []
    for key, inner in value.items():
        path = f"{at}.{key}" if at else str(key)
        if isinstance(inner, list) and inner and isinstance(inner[0], dict):
            found.append((path, inner))
        elif isinstance(inner, dict) and depth > 1:
            found += _lists(inner, depth - 1, path)
    return found


def _read_array(first: bytes, handle: BufferedReader, name: str) -> Iterator[Record | Rejected]:
    number = 0
    try:
        for number, item in enumerate(_array(first, handle), start=1):
            yield as_record(item, f"{name}#{number}")
    except ValueError as error:
        after = f" after item {number}" if number else ""
        yield Rejected(name, f"not JSON{after}: {error}", UNREADABLE)


def _array(first: bytes, handle: BufferedReader) -> Iterator[object]:
    """Items of the array a stream consists of. Raises ValueError where it is damaged, nested too deeply, or an item is too long."""
    text = _Text(first, handle)
    text.take("[")
    if text.next() == "]":
        text.take("]")
    else:
        while True:
            yield text.value()
            if text.next() == "]":
                text.take("]")
                break
            text.take(",")
    if text.next():
        raise ValueError("Extra data after the array")


class _Text:
    """Characters of a stream; only what is being looked at is held."""

    def __init__(self, first: bytes, handle: BufferedReader) -> None:
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._handle, self._at, self._ended = handle, 0, False
        self._text = self._decoder.decode(first)
        self._scan = json.JSONDecoder().raw_decode

    def next(self) -> str:
        """The next character that is no white space, "" at the end."""
        while True:
            while self._at < len(self._text):
                if self._text[self._at] not in _SPACE:
                    return self._text[self._at]
                self._at += 1
            if self._ended:
                return ""
            self._more()

    def take(self, wanted: str) -> None:
        """Go past the next character, which must be `wanted`."""
        if (got := self.next()) != wanted:
            raise ValueError(f"Expecting {wanted!r}, not {got!r}" if got else f"ends where {wanted!r} is expected")
        self._at += 1

    def value(self) -> object:
        """The next value. What does not parse is tried again with twice as much text, until there is no more."""
        self.next()
        while True:
            try:
                value, end = self._scan(self._text, self._at)
            except json.JSONDecodeError as error:
                if self._ended:
                    raise ValueError(error.msg) from error
            except RecursionError as error:
                raise ValueError("nested too deeply") from error
            else:
                if end < len(self._text) or self._ended:
                    self._at = end
                    return value
            if len(self._text) - self._at > lines.MAX_RECORD_BYTES:
                raise ValueError(f"an item is longer than {lines.MAX_RECORD_BYTES:,} characters, or not JSON")
            self._more()

    def _more(self) -> None:
        kept = self._text[self._at :]
        raw = self._handle.read(max(_BLOCK_BYTES, len(kept)))
        self._ended = not raw
        self._text, self._at = kept + self._decoder.decode(raw, final=not raw), 0
