"""WARC files (ISO 28500) of what was fetched, safe against a cut at any moment.

A file is written as ``.….warc.gz.open``. Each pair of response and request is one write of whole gzip members, brought to the
disk before the page counts as fetched; the name loses its ends when the file is complete. What a killed run left is cut
back to its last whole record by the next one (`recover`).
"""

from __future__ import annotations

import datetime
import io
import os
import re
import secrets
import zlib
from pathlib import Path
from typing import BinaryIO

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from indexer.fetch.model import Response
from indexer.fetch.urls import clean_url

SUFFIX = ".warc.gz"
OPEN = ".open"
MAX_FILE_BYTES = 512 * 1024 * 1024
"""A file larger than this is closed and the next begun; well below the gigabyte that is usual, to be easy to move."""
_FRAMING = ("transfer-encoding", "content-length", "connection", "keep-alive", "trailer")
"""Headers of how the body came. It is kept without chunks, so its length is stated anew."""
_NAME = re.compile(r"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,200}")
_READ = 1024 * 1024


class WarcWriter:
    """Writes responses into files of `folder`, made when the first comes. `agent` is named in each file."""

    def __init__(self, folder: Path, agent: str, now: datetime.datetime, max_bytes: int = MAX_FILE_BYTES) -> None:
        self.files: list[Path] = []
        """Complete files."""
        self._folder = folder
        self._agent = agent
        self._run = f"timtin-{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}"
        self._max_bytes = max_bytes
        self._out: BinaryIO | None = None
        self._path = folder
        self._whole = 0
        """Bytes of whole records in the file at hand."""

    def write(self, response: Response) -> None:
        """Keep a response with its request. When this returns it is on the disk. Raises OSError."""
        if self._out is not None and self._whole >= self._max_bytes:
            self.close()
        if self._out is None:
            self._begin()
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        answer = writer.create_warc_record(
            response.url,
            "response",
            payload=io.BytesIO(response.raw),
            length=len(response.raw),
            http_headers=_http_headers(response),
            warc_headers_dict=_about(response),
        )
        url = clean_url(response.url)
        asked = [("Host", url.origin.partition("//")[2]), *response.sent]
        request = writer.create_warc_record(
            response.url,
            "request",
            http_headers=StatusAndHeaders(f"GET {url.target} HTTP/1.1", asked, is_http_request=True),
        )
        writer.write_request_response_pair(request, answer)
        self._append(buffer.getvalue())

    def _begin(self) -> None:
        name = f"{self._run}-{len(self.files):05}{SUFFIX}"
        self._path = self._folder / f".{name}{OPEN}"
        self._out = self._path.open("xb", buffering=0)
        self._whole = 0
        buffer = io.BytesIO()
        writer = WARCWriter(buffer, gzip=True, warc_version="1.1")
        info = {"software": self._agent, "format": "WARC File Format 1.1", "robots": "classic"}
        writer.write_record(writer.create_warcinfo_record(name, info))
        self._append(buffer.getvalue())

    def _append(self, members: bytes) -> None:
        assert self._out is not None
        waiting = memoryview(members)
        while waiting:
            waiting = waiting[self._out.write(waiting) :]
        os.fsync(self._out.fileno())
        self._whole += len(members)

    def close(self) -> None:
        """Complete the file at hand. What an error or Ctrl-C left half written is cut off."""
        if self._out is None:
            return
        out, self._out = self._out, None
        with out:
            out.truncate(self._whole)
            os.fsync(out.fileno())
        final = _final(self._path)
        self._path.rename(final)
        _sync_folder(self._folder)
        self.files.append(final)


def _final(path: Path) -> Path:
    return path.with_name(path.name.removeprefix(".").removesuffix(OPEN))


def _http_headers(response: Response) -> StatusAndHeaders:
    phrase = "".join(c for c in response.phrase if c.isascii() and c.isprintable())
    kept = [(name, _one_line(value)) for name, value in response.headers if _NAME.fullmatch(name) and name.lower() not in _FRAMING]
    kept.append(("Content-Length", str(len(response.raw))))
    return StatusAndHeaders(f"{response.status} {phrase}".rstrip(), kept, protocol="HTTP/1.1")


def _about(response: Response) -> dict[str, str]:
    about = {"WARC-IP-Address": response.peer}
    if not response.header("content-type"):  # kept because it begins like a page; said here, not in the server's name
        about["WARC-Identified-Payload-Type"] = "text/html"
    return about


def _one_line(value: str) -> str:
    return " ".join("".join(c if c.isprintable() else " " for c in value).split())


def recover(folder: Path) -> list[Path]:
    """Complete the files a killed run left in `folder`: each is cut back to its last whole record. Returns their names."""
    found = []
    for path in sorted(folder.glob(f".*{SUFFIX}{OPEN}")):
        with path.open("r+b") as handle:
            whole = whole_members(handle)
            handle.truncate(whole)
            os.fsync(handle.fileno())
        if whole == 0:
            path.unlink()
            continue
        final = _final(path)
        path.rename(final)
        found.append(final)
    _sync_folder(folder)
    return found


def whole_members(handle: BinaryIO) -> int:
    """Bytes of the whole gzip members a file begins with. What they hold is read in pieces, never all at once."""
    whole = position = 0
    reader = zlib.decompressobj(16 + zlib.MAX_WBITS)
    part = handle.read(_READ)
    while part:
        try:
            reader.decompress(part, _READ)
            while reader.unconsumed_tail and not reader.eof:
                reader.decompress(reader.unconsumed_tail, _READ)
        except zlib.error:
            return whole
        if reader.eof:
            position += len(part) - len(reader.unused_data)
            whole = position
            part, reader = reader.unused_data or handle.read(_READ), zlib.decompressobj(16 + zlib.MAX_WBITS)
        else:
            position += len(part)
            part = handle.read(_READ)
    return whole


def _sync_folder(folder: Path) -> None:
    """Bring new names to the disk, where folders can be opened."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
