"""Encoding of a table's text, from its first bytes."""

from __future__ import annotations

import codecs

from indexer.extract.decode import MARKS, decode, utf32


def encoding_of(head: bytes) -> str:
    """Python's name of the encoding: the byte order mark's, else UTF-8 if it is, else UTF-32 or UTF-16 by its zeros, else a page."""
    for mark, encoding in MARKS:
        if head.startswith(mark):
            return encoding
    if wide := utf32(head[: len(head) // 4 * 4]):
        return wide
    zeros = head[1::2].count(0), head[::2].count(0)
    if len(head) >= 8 and max(zeros) * 5 > len(head):
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the head may end within a character
    except UnicodeDecodeError:
        return decode(head).encoding
    return "utf-8"
