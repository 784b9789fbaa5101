"""Whether the bytes of a page are text at all: a picture called ``x.txt`` must not become an article.

Text in any encoding, Unicode or older, has hardly a control character and is mostly ASCII: Vietnamese in TCVN3, VNI, VIQR
or windows-1258 to three quarters, all-capital headlines too. UTF-16 and UTF-32 have zeros in a pattern, and are judged by their characters.
"""

from __future__ import annotations

import re
import unicodedata

from indexer.extract.decode import decode

LOOKED_AT = 65_536
"""Bytes that are judged, from the first."""
MAX_CONTROLS, STRAYS = 20, 2
"""One control character in so many is too much, unless there are no more than so few. Of random bytes one in nine is one; in text pasted
from Word they end cells and fields."""
MAX_HIGH, MAX_HIGH_WITH_CONTROLS = 0.6, 0.4
"""Share of bytes above 127 in text of one byte a letter, and where there are control characters too. Of random bytes it is a half."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HIGH = bytes(range(128, 256))
_ROOM = re.compile(rb"\0{8,}")
"""Room in a text that was never written, as a crash leaves it."""
_MAGIC = (
    (b"%PDF-", "a PDF"), (b"\x89PNG\r\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"),
    (b"PK\x03\x04", "a zip archive or office document"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"), (b"\x7fELF", "a program"), (b"MZ\x90", "a program"),
    (b"\x1f\x8b\x08", "gzip, packed"), (b"\xfd7zXZ\0", "xz, packed"), (b"\x28\xb5\x2f\xfd", "zstd, packed"),
    (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!\x1a", "a rar archive"), (b"SQLite format 3\0", "a database"), (b"OggS\0", "a sound recording"),
)  # fmt: skip
_MAGIC_WORDS = (
    (re.compile(rb"GIF8[79]a.[\0-\x08]", re.DOTALL), "a GIF picture"),
    (re.compile(rb"BZh[1-9]1AY&SY"), "bzip2, packed"),
    (re.compile(rb"ID3[\2-\4]\0"), "a sound recording"),
)
"""Kinds of file that begin as a text may; what follows tells."""
_ODD = frozenset(("Cn", "Co", "Cs"))
"""Categories of characters that text does not consist of: unassigned, private, halves."""
_BLANK = "\t\n\v\f\r\x1b\x85"


def why_no_text(raw: bytes, charset: str | None = None) -> str:
    """Why these bytes are no text, for a person; "" when they are. `charset`: what the server named."""
    head = _written(raw[:LOOKED_AT].strip(b"\0"))
    if named := _named(head):
        return f"binary data, not text: {named}"
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls > STRAYS and controls * MAX_CONTROLS > len(head) and _odd_share(raw, charset) * MAX_CONTROLS > 1:
        return "binary data, not text: full of control characters"
    high = len(head) - len(head.translate(None, _HIGH))
    most = MAX_HIGH_WITH_CONTROLS if controls else MAX_HIGH
    if high > most * len(head) and {"decode:cp1258", "decode:old font"} & set(decode(raw[:LOOKED_AT], charset).rules):
        return "binary data, or text in an encoding that is not known: save it as UTF-8"
    return ""


def _written(head: bytes) -> bytes:
    """Text in UTF-8 without the room in it; other bytes as they are."""
    if b"\0" not in head or not _ROOM.search(head):
        return head
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        if error.start < len(head) - 3:
            return head
    return _ROOM.sub(b"", head)


def _odd_share(raw: bytes, charset: str | None) -> float:
    """Share of the characters that no text consists of, read in the encoding that the bytes are in, if any."""
    found = decode(raw[:LOOKED_AT], charset)
    text = found.text if found.encoding.startswith(("utf-16", "utf-32")) else raw[:LOOKED_AT].decode("latin-1")
    text = text.strip("\0 ")
    return sum(map(_is_odd, text)) / len(text) if text else 1.0


def _is_odd(letter: str) -> bool:
    if letter.isprintable() or letter in _BLANK:
        return letter == "\ufffd"
    kind = unicodedata.category(letter)
    return kind in _ODD or (kind == "Cc" and letter < "\x80")


def _named(head: bytes) -> str:
    """What kind of file begins so."""
    found = next((name for magic, name in _MAGIC if head.startswith(magic)), "")
    return found or next((name for magic, name in _MAGIC_WORDS if magic.match(head)), "")
