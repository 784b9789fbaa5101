"""Content codings of HTTP, undone within a limit."""

from __future__ import annotations

import zlib

from indexer.fetch.model import NotFetchedError, Outcome

_PLAIN = ("", "identity")
_GZIP = ("gzip", "x-gzip")
_GZIP_WINDOW = 16 + zlib.MAX_WBITS
GZIP_MAGIC = b"\x1f\x8b"


def decoded(raw: bytes, coding: str, max_bytes: int, *, cut: bool = False) -> bytes:
    """The content of a response with that Content-Encoding. We ask for gzip or none, so nothing else is read.

    With `cut`, what is beyond `max_bytes` or missing at the end is left out silently. Raises NotFetchedError.
    """
    name = coding.strip().lower()
    if name in _PLAIN or (name in _GZIP and not raw):
        return raw
    if name not in _GZIP:
        raise NotFetchedError(Outcome.FAILED, f"content coding {name[:40]!r} was not asked for")
    if not raw.startswith(GZIP_MAGIC):
        return raw  # servers that say gzip and send the plain page
    return gunzip(raw, max_bytes, cut=cut)


def gunzip(packed: bytes, max_bytes: int, *, cut: bool = False) -> bytes:
    """What the first gzip member expands to. Raises NotFetchedError past `max_bytes`, and when it is damaged or ends early."""
    reader = zlib.decompressobj(_GZIP_WINDOW)
    try:
        unpacked = reader.decompress(packed, max_bytes + 1)
    except zlib.error as error:
        raise NotFetchedError(Outcome.FAILED, f"damaged gzip: {error}") from error
    if cut:
        return unpacked[:max_bytes]
    if len(unpacked) > max_bytes:
        raise NotFetchedError(Outcome.FAILED, f"expands to more than {max_bytes:,} bytes")
    if not reader.eof:
        raise NotFetchedError(Outcome.FAILED, "cut off: the gzip data ends early", unreachable=True)
    return unpacked
