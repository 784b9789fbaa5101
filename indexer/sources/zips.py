"""Zip archives, member by member. Each member and the whole have a bound on what they may expand to."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import SpooledTemporaryFile
from typing import IO

from indexer.model import Rejected, Skipped
from indexer.sources.cut_zips import read_cut_zip
from indexer.sources.forms import DUMP
from indexer.sources.members import Member, Names, Opener, form_of_member, is_dump_member
from indexer.sources.unpack import MAX_EXPANSION, Budget, bounded
from indexer.zip_directory import directory_bytes

MAX_DIRECTORY_BYTES = 128 * 1024 * 1024
"""The directory of a zip is held in memory; this one names about a million members."""
MAX_SPOOLED_BYTES = 1024 * 1024 * 1024
"""A zip inside something else is copied to a temporary file without a name, as zips are read from their end."""
_DOCUMENT = frozenset(("[Content_Types].xml", "word/document.xml"))
"""Members that every document of Word has, and no archive of articles."""
_IN_MEMORY = 8 * 1024 * 1024
_ENCRYPTED, _UTF8 = 0x1, 0x800


def read_zip(stream: io.BufferedIOBase, name: str, parent: Budget | None, *, inside: bool) -> Iterator[Member | Rejected | Skipped]:
    """Members that are inputs; what is none is counted. Raises one of READ_ERRORS when the zip as a whole cannot be read.

    `parent` is the budget of what is around, None where nothing is packed; `inside` says that the zip is not a file by itself.
    """
    with _seekable(stream, inside=inside) as (handle, size):
        _refuse_giant_directory(handle)
        if not zipfile.is_zipfile(handle) and _begins(handle):
            yield from read_cut_zip(handle, name, parent)
            return
        with zipfile.ZipFile(handle) as archive:
            if archive.NameToInfo.keys() >= _DOCUMENT:
                yield Rejected(name, "a document of Word called .zip: call it .docx")
                return
            packed = 0
            total = Budget(lambda: min(packed, size), MAX_EXPANSION, parent)
            names, others = Names(name), 0
            for info in archive.infolist():
                member = _name(info)
                if member.endswith("/"):
                    continue
                form = form_of_member(member)
                if form is None:
                    if is_dump_member(member):
                        yield Rejected(names.path(member), DUMP)
                    else:
                        others += 1
                elif info.flag_bits & _ENCRYPTED:
                    yield Rejected(names.path(member), "encrypted; unpack it with its password first")
                else:
                    packed += info.compress_size
                    budget = Budget(lambda info=info: info.compress_size, MAX_EXPANSION, total)  # type: ignore[misc]  # mypy infers no type for a default of a lambda
                    yield Member(names.path(member), form, _opener(archive, info, budget), budget)
            if others:
                yield Skipped(name, "members that are no articles by their names", others)


def _begins(handle: IO[bytes]) -> bool:
    """Whether the front is that of a zip."""
    handle.seek(0)
    return handle.read(4) == b"PK\x03\x04"


def _opener(archive: zipfile.ZipFile, info: zipfile.ZipInfo, budget: Budget) -> Opener:
    @contextmanager
    def opened() -> Iterator[io.BufferedReader]:
        with archive.open(info) as packed, bounded(packed, budget) as stream:
            yield stream

    return opened


def _name(info: zipfile.ZipInfo) -> str:
    """Name of a member; many packers write UTF-8 without saying so."""
    if info.flag_bits & _UTF8:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("utf-8")
    except UnicodeError:
        return info.filename


@contextmanager
def _seekable(stream: io.BufferedIOBase, *, inside: bool) -> Iterator[tuple[IO[bytes], int]]:
    """The stream or a copy that can be read from its end, and its size in bytes."""
    if not inside and stream.seekable():
        size = stream.seek(0, io.SEEK_END)
        stream.seek(0)
        yield stream, size  # type: ignore[misc]  # a buffered file is one
        return
    with SpooledTemporaryFile(_IN_MEMORY) as copy:
        size = 0
        while block := stream.read(1024 * 1024):
            size += len(block)
            if size > MAX_SPOOLED_BYTES:
                raise OSError(f"a zip inside something else may have {MAX_SPOOLED_BYTES:,} bytes; unpack it first")
            copy.write(block)
        copy.seek(0)
        yield copy, size


def _refuse_giant_directory(handle: IO[bytes]) -> None:
    """Look at the size of the directory before it is held in memory. Raises OSError."""
    directory = directory_bytes(handle)
    if directory > MAX_DIRECTORY_BYTES:
        raise OSError(f"its directory has {directory:,} bytes, more than the {MAX_DIRECTORY_BYTES:,} that are read; unpack it first")
