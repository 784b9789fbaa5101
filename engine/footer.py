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

MAGIC = 1337
_TAIL = struct.Struct("<II")
_CHUNK = 1 << 20


def wrong_footer(path: Path) -> str | None:
    """What is wrong with a file of a segment, or None. A file that is gone is not wrong: a merge may have removed it."""
    try:
        with path.open("rb") as handle:
            size = handle.seek(0, 2)
            if size < _TAIL.size:
                return "it is cut short"
            handle.seek(size - _TAIL.size)
            length, magic = _TAIL.unpack(handle.read())
            if magic != MAGIC or length > size - _TAIL.size:
                return "its end is not that of a tantivy file"
            content = size - _TAIL.size - length
            handle.seek(content)
            try:
                wanted = int(json.loads(handle.read(length))["crc"])
            except (ValueError, KeyError, TypeError):
                return "its checksum cannot be read"
            handle.seek(0)
            crc, left = 0, content
            while left and (chunk := handle.read(min(_CHUNK, left))):
                crc, left = zlib.crc32(chunk, crc), left - len(chunk)
    except FileNotFoundError:
        return None
    except OSError as error:
        return f"it cannot be read ({error.strerror or error})"
    return None if (crc, left) == (wanted, 0) else "it is not what was written"


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
