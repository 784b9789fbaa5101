"""Lists of addresses that a person wrote: one a line, blank lines and lines that begin with # left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

MAX_LINE_BYTES = 16 * 1024
"""What is longer is no address; it is passed on cut, and refused there by its length."""


def read_addresses(lines: IO[bytes]) -> Iterator[str]:
    """Yield the addresses of a list in UTF-8. Nothing is judged here."""
    while raw := lines.readline(MAX_LINE_BYTES):
        line = raw.decode("utf-8-sig", "replace").strip()
        if line and not line.startswith("#"):
            yield line
