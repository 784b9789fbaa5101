"""Zips that were cut short: their directory, which stands at the end, is missing, and members are found by their own headers."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

from indexer.model import UNREADABLE, Rejected
from indexer.sources.members import Member, Names, Opener, form_of_member
from indexer.sources.unpack import MAX_EXPANSION, Budget, bounded

_HEADER = struct.Struct("<4s5H3I2H")
_SIGNATURE = b"PK\x03\x04"
_ENCRYPTED, _SIZES_AFTER = 0x1, 0x8
_STORED, _DEFLATED = 0, 8
_SIZES = (0, 12, 16, 20, 24)
"""Bytes that may stand between a member and the next header: its checksum and sizes, with and without a mark, short or long."""
_CHUNK = 16 * 1024


def read_cut_zip(handle: IO[bytes], name: str, parent: Budget | None) -> Iterator[Member | Rejected]:
    """Members from the front up to the cut, or up to one whose end cannot be found; then that the zip is cut short."""
    names, at, read = Names(name), 0, 0
    while (found := _at(handle, at)) is not None:
        member, method, flags, packed, start = found
        form = form_of_member(member)
        data = _Data(handle, start, None if flags & _SIZES_AFTER else packed, method)
        if form is not None and not flags & _ENCRYPTED and method in (_STORED, _DEFLATED):
            read += 1
            budget = Budget(lambda data=data: data.taken, MAX_EXPANSION, parent)  # type: ignore[misc]  # mypy infers no type for a default of a lambda
            yield Member(names.path(member), form, _opener(data, budget), budget)
        elif form is not None:
            yield Rejected(names.path(member), "encrypted or packed in a way that needs the directory, which is missing", UNREADABLE)
        end = data.end()
        if end is None:
            break
        at = end
    yield Rejected(name, f"cut short: its directory is missing; {read} members were found before the cut", UNREADABLE)


def _at(handle: IO[bytes], at: int) -> tuple[str, int, int, int, int] | None:
    """Name, method, flags, packed size of the member whose header stands there, and where its bytes begin; None when there is none."""
    handle.seek(at)
    head = handle.read(max(_SIZES) + len(_SIGNATURE))
    skip = next((size for size in _SIZES if head.startswith(_SIGNATURE, size)), 0)
    handle.seek(at := at + skip)
    raw = handle.read(_HEADER.size)
    if len(raw) < _HEADER.size or not raw.startswith(_SIGNATURE):
        return None
    _, _, flags, method, _, _, _, packed, _, name_bytes, extra_bytes = _HEADER.unpack(raw)
    name = handle.read(name_bytes)
    if len(name) < name_bytes or packed == 0xFFFFFFFF:
        return None
    return name.decode("utf-8", "surrogateescape"), method, flags, packed, at + _HEADER.size + name_bytes + extra_bytes


def _opener(data: _Data, budget: Budget) -> Opener:
    @contextmanager
    def opened() -> Iterator[io.BufferedReader]:
        with bounded(data, budget) as stream:
            yield stream

    return opened


class _Data:
    """Bytes of one member, unpacked; `taken` counts the packed ones. `size` is None where only the data itself tells its end."""

    def __init__(self, handle: IO[bytes], start: int, size: int | None, method: int) -> None:
        self._handle, self._start, self._size = handle, start, size
        self._inflate = zlib.decompressobj(-zlib.MAX_WBITS) if method == _DEFLATED else None
        self.taken = 0

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes. Raises EOFError at the cut."""
        if self._inflate is None:
            return self._packed(size)
        while not self._inflate.eof:
            data = self._inflate.unconsumed_tail or self._packed(_CHUNK)
            if not data:
                raise EOFError("cut short")
            if out := self._inflate.decompress(data, size):
                return out
        return b""

    def _packed(self, size: int) -> bytes:
        left = self._size - self.taken if self._size is not None else size
        self._handle.seek(self._start + self.taken)
        data = self._handle.read(min(size, left))
        if not data and left:
            raise EOFError("cut short")
        self.taken += len(data)
        return data

    def end(self) -> int | None:
        """Where the next header begins, None where that cannot be known."""
        if self._size is not None:
            return self._start + self._size
        if self._inflate is None:
            return None
        try:
            while self.read(_CHUNK):
                pass
        except (EOFError, zlib.error):
            return None
        return self._start + self.taken - len(self._inflate.unused_data)
