"""Tar archives, read from front to back in little memory; links, devices and sparse members are not followed."""

from __future__ import annotations

import io
import tarfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from indexer.model import Rejected, Skipped
from indexer.sources.forms import DUMP
from indexer.sources.members import Member, Names, Opener, form_of_member, is_dump_member
from indexer.sources.unpack import Budget

MAX_HEADER_BYTES = 1024 * 1024
"""A header that goes before a member (long names, times) is held in memory."""
_LONG = (tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)


class _Info(tarfile.TarInfo):
    """Headers whose damage is an error: tarfile takes a damaged header after the first for the end of the archive."""

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> Self:
        try:
            info = super().frombuf(buf, encoding, errors)
        except tarfile.EOFHeaderError:  # type: ignore[attr-defined]  # the blocks of zeros that end an archive
            raise
        except tarfile.HeaderError as error:
            raise EOFError(f"damaged or cut short: {error}") from error
        if info.type in _LONG and info.size > MAX_HEADER_BYTES:
            raise EOFError(f"a header of {info.size:,} bytes; {MAX_HEADER_BYTES:,} are read")
        return info


def read_tar(stream: io.BufferedIOBase, name: str, budget: Budget | None) -> Iterator[Member | Rejected | Skipped]:
    """Members that are inputs, each to be read before the next is asked for; what is none is counted.

    Raises one of READ_ERRORS where the archive is damaged or cut short.
    """
    names, others, links = Names(name), 0, 0
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Info, errors="surrogateescape") as archive:
        while (info := archive.next()) is not None:
            archive.members.clear()  # type: ignore[attr-defined]  # it keeps all headers it has read
            form = form_of_member(info.name)
            if info.isdir():
                continue
            if form is None:
                if is_dump_member(info.name):
                    yield Rejected(names.path(info.name), DUMP)
                else:
                    others += 1
            elif not info.isreg() or info.issparse():
                links += 1
            else:
                yield Member(names.path(info.name), form, _opener(archive, info), budget)
    if others:
        yield Skipped(name, "members that are no articles by their names", others)
    if links:
        yield Skipped(name, "members that are links, devices or sparse", links)


def _opener(archive: tarfile.TarFile, info: tarfile.TarInfo) -> Opener:
    @contextmanager
    def opened() -> Iterator[io.BufferedIOBase]:
        stream = archive.extractfile(info)
        if stream is None:
            raise OSError("no regular member")
        with stream:
            yield stream  # type: ignore[misc]  # what tarfile gives is one

    return opened
