"""Packed bytes as a stream, as long as what they expand to stays in proportion: a few kilobytes can hold gigabytes of nothing."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import zipfile
import zlib
from collections.abc import Callable
from tarfile import TarError
from typing import TYPE_CHECKING, Protocol

import zstandard

from indexer.sources.files import READ_BYTES

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

MAX_EXPANSION = 100
"""A packed file may expand to so many times its bytes. A text alone packs to a tenth at best; what packs better is made to fill memory."""
MAX_ARCHIVE_EXPANSION = 500
"""The same of a packed tar: pages of one site share their markup, and 485 of them were seen to pack 130 to 1."""
MIN_EXPANDED_BYTES = 64 * 1024 * 1024
"""… beyond this many bytes, which do no harm."""
MAX_WINDOW_BYTES = 256 * 1024 * 1024
"""Memory an .xz or .zst may ask for; their highest ordinary levels need 65 and 8 MB, ``zstd --long`` 128."""
_CHUNK_BYTES = 2048
"""Packed bytes taken in at once where the output of one step has no limit: four bytes of .zst can be 128 kB."""


class ExpansionError(EOFError):
    """More was expanded than `budget` allows."""

    def __init__(self, budget: Budget, expanded: int) -> None:
        super().__init__(
            f"expands to more than {budget.ratio} times its size; stopped after {expanded:,} bytes. Unpack it first if that is right"
        )
        self.budget = budget


class Budget:
    """How much may come out for what went in; `parent` is that of the archive around."""

    def __init__(self, consumed: Callable[[], int], ratio: int, parent: Budget | None = None) -> None:
        self.ratio = ratio
        self._consumed, self._parent, self._expanded = consumed, parent, 0

    def spend(self, count: int) -> None:
        """So many bytes came out. Raises ExpansionError."""
        self._expanded += count
        if self._expanded > MIN_EXPANDED_BYTES and self._expanded > self.ratio * self._consumed():
            raise ExpansionError(self, self._expanded)
        if self._parent is not None:
            self._parent.spend(count)


class Readable(Protocol):
    """Anything that gives bytes."""

    def read(self, size: int = ..., /) -> bytes: ...


READ_ERRORS = (
    OSError, EOFError, lzma.LZMAError, zlib.error, zstandard.ZstdError, zipfile.BadZipFile, TarError, NotImplementedError, ValueError,
)  # fmt: skip
"""What the readers of the standard library and zstandard raise for bytes that are damaged."""


def reason(error: BaseException) -> str:
    """What went wrong, for a person."""
    return error.strerror if isinstance(error, OSError) and error.strerror else str(error) or type(error).__name__


def unpacked(stream: io.BufferedIOBase, packing: str, budget: Budget) -> io.BufferedReader:
    """The stream that `packing` (a value of `forms.PACKINGS`) packed. Reading raises one of READ_ERRORS."""
    return io.BufferedReader(_Bounded(_OPENERS[packing](stream), budget), READ_BYTES)


def bounded(stream: Readable, budget: Budget) -> io.BufferedReader:
    """A stream that is expanded by somebody else."""
    return io.BufferedReader(_Bounded(stream, budget), READ_BYTES)


class _Bounded(io.RawIOBase):
    def __init__(self, stream: Readable, budget: Budget) -> None:
        self._stream, self._budget = stream, budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer, /) -> int:
        view = memoryview(buffer)
        part = self._stream.read(len(view))
        view[: len(part)] = part
        self._budget.spend(len(part))
        return len(part)


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...

    @property
    def unused_data(self) -> bytes: ...

    def decompress(self, data: bytes, /) -> bytes: ...


class _Frames:
    """Packed frames one after another, taken in by small steps; an end inside a frame is an error."""

    def __init__(self, packed: Readable, new: Callable[[], _Decompressor]) -> None:
        self._packed, self._new = packed, new
        self._frame = new()
        self._out = memoryview(b"")

    def read(self, size: int = -1, /) -> bytes:
        while not self._out:
            data = self._packed.read(_CHUNK_BYTES)
            if self._frame.eof:
                data = (self._frame.unused_data + data).lstrip(b"\0")
                if not data:
                    return b""
                self._frame = self._new()
            elif not data:
                raise EOFError("Compressed file ended before the end-of-stream marker was reached")
            self._out = memoryview(self._frame.decompress(data))
        part, self._out = self._out[:size], self._out[size:]
        return bytes(part)


def _xz(stream: Readable) -> Readable:
    return _Frames(stream, lambda: lzma.LZMADecompressor(memlimit=MAX_WINDOW_BYTES))


def _zst(stream: Readable) -> Readable:
    context = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    return _Frames(stream, lambda: context.decompressobj())


_OPENERS: dict[str, Callable[[io.BufferedIOBase], Readable]] = {
    "gz": lambda stream: gzip.GzipFile(fileobj=stream),
    "bz2": lambda stream: bz2.BZ2File(stream),
    "xz": _xz,
    "zst": _zst,
}
