"""The directory of a zip, looked at before anything holds it in memory: a few bytes may name a million members."""

from __future__ import annotations

import io
from typing import IO

_END_BYTES = 22 + 65_535


def directory_bytes(handle: IO[bytes]) -> int:
    """Bytes of the directory that a zip says it has; 0 where it cannot be found. The position in `handle` goes back to the front."""
    size = handle.seek(0, io.SEEK_END)
    handle.seek(max(0, size - _END_BYTES - 20))
    tail = handle.read()
    handle.seek(0)
    at = tail.rfind(b"PK\x05\x06")
    if at < 0:
        return 0
    directory = int.from_bytes(tail[at + 12 : at + 16], "little")
    if directory == 0xFFFFFFFF:  # the size stands in the record of zip64, which the 20 bytes before this one locate
        record = int.from_bytes(tail[at - 12 : at - 4], "little")
        if at < 20 or record > size:
            return 0
        handle.seek(record + 40)
        directory = int.from_bytes(handle.read(8), "little")
        handle.seek(0)
    return directory
