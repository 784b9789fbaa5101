"""Encoding of a table's text, from its first bytes."""

from __future__ import annotations

import codecs

from indexer.extract.decode import decode

_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF32_LE, "utf-32"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))


def encoding_of(head: bytes) -> str:
    """Python's name of the encoding: the byte order mark's, else UTF-8 if it is that, else UTF-16 by its zeros, else as pages are read."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    zeros = head[1::2].count(0), head[::2].count(0)
    if len(head) >= 8 and max(zeros) * 5 > len(head):
        return "utf-16-le" if zeros[0] > zeros[1] else "utf-16-be"
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # the head may end within a character
    except UnicodeDecodeError:
        return decode(head).encoding
    return "utf-8"
