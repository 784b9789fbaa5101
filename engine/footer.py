"""The footer with which tantivy ends each file of a segment: ``{"version": …, "crc": …}``, its length, and a magic number.

Layout as in tantivy's ``directory/footer.rs``: JSON, 32-bit length of the JSON, 32-bit magic, little endian. tantivy writes it and
checks it only when asked.
"""

from __future__ import annotations

import json
import struct
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

MAGIC = 1337
_TAIL = struct.Struct("<II")
_CHUNK = 1 << 20


class Footer(NamedTuple):
    """`content`: bytes before it. `crc`: what their CRC-32 must be. `raw`: the footer itself, to the end of the file."""

    content: int
    crc: int
    raw: bytes

    @property
    def crc_of_file(self) -> int:
        """CRC-32 of the whole file, if its content is what was written."""
        return zlib.crc32(self.raw, self.crc)


def wrong_footer(path: Path) -> str | None:
    """What is wrong with a file of a segment, or None. A file that is gone is not wrong: a merge may have removed it."""
    try:
        with path.open("rb") as handle:
            footer = _footer(handle)
            if isinstance(footer, str):
                return footer
            handle.seek(0)
            crc, left = 0, footer.content
            while left and (chunk := handle.read(min(_CHUNK, left))):
                crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    return None if (crc, left) == (footer.crc, 0) else "it is not what was written"


def written_crc(path: Path) -> int | None:
    """CRC-32 that a file of tantivy must have, from its footer: it was reckoned while the file was written. None for any other file."""
    with path.open("rb") as handle:
        footer = _footer(handle)
    return None if isinstance(footer, str) else footer.crc_of_file


def _footer(handle: BinaryIO) -> Footer | str:
    """The footer of an open file, or what is wrong with it."""
    size = handle.seek(0, 2)
    if size < _TAIL.size:
        return "it is cut short"
    handle.seek(size - _TAIL.size)
    length, magic = _TAIL.unpack(handle.read(_TAIL.size))
    if magic != MAGIC or length > size - _TAIL.size:
        return "its end is not that of a tantivy file"
    content = size - _TAIL.size - length
    handle.seek(content)
    raw = handle.read()
    try:
        return Footer(content, int(json.loads(raw[:length])["crc"]), raw)
    except (ValueError, KeyError, TypeError):
        return "its checksum cannot be read"


def segment_files(engine: Path) -> Iterator[Path]:
    """Files of the segments that tantivy's ``meta.json`` names; nothing where there is none."""
    try:
        segments = json.loads((engine / "meta.json").read_text(encoding="utf-8"))["segments"]
        names = {str(segment["segment_id"]).replace("-", "") for segment in segments}
    except (OSError, ValueError, KeyError, TypeError):
        return
    for path in sorted(engine.iterdir()):
        if path.name.split(".", 1)[0] in names:
            yield path
