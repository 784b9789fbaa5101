"""Whether the bytes of a page are text at all: a picture called ``x.txt`` must not become an article.

Text in any encoding, Unicode or older, has hardly a control character and is mostly ASCII: Vietnamese in TCVN3, VNI, VIQR
or windows-1258 to three quarters, all-capital headlines too. UTF-16 and UTF-32 have zeros in a pattern, and are judged by their characters.
"""

from __future__ import annotations

import unicodedata

from indexer.extract.decode import decode

LOOKED_AT = 65_536
"""Bytes that are judged, from the first."""
MAX_CONTROLS = 20
"""One control character in so many is too much. Of random bytes one in nine is one; in text pasted from Word they end cells and fields."""
MAX_HIGH, MAX_HIGH_WITH_CONTROLS = 0.6, 0.4
"""Share of bytes above 127 in text of one byte a letter, and where there are control characters too. Of random bytes it is a half."""
_CONTROLS = bytes(code for code in range(32) if code not in b"\t\n\v\f\r\x1b") + b"\x7f"
_HIGH = bytes(range(128, 256))
_MAGIC = (
    (b"%PDF-", "a PDF"), (b"\x89PNG\r\n", "a PNG picture"), (b"\xff\xd8\xff", "a JPEG picture"), (b"GIF8", "a GIF picture"),
    (b"PK\x03\x04", "a zip archive or office document"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old office document"),
    (b"\x7fELF", "a program"), (b"MZ\x90", "a program"), (b"\x1f\x8b\x08", "gzip, packed"), (b"BZh", "bzip2, packed"),
    (b"\xfd7zXZ\0", "xz, packed"), (b"\x28\xb5\x2f\xfd", "zstd, packed"), (b"7z\xbc\xaf", "a 7z archive"), (b"Rar!\x1a", "a rar archive"),
    (b"SQLite format 3\0", "a database"), (b"ID3", "a sound recording"), (b"OggS", "a sound recording"),
)  # fmt: skip
_ODD = frozenset(("Cn", "Co", "Cs"))
"""Categories of characters that text does not consist of: unassigned, private, halves."""
_BLANK = "\t\n\v\f\r\x1b\x85"


def why_no_text(raw: bytes, charset: str | None = None) -> str:
    """Why these bytes are no text, for a person; "" when they are. `charset`: what the server named."""
    head = raw[:LOOKED_AT].strip(b"\0")
    controls = len(head) - len(head.translate(None, _CONTROLS))
    if controls * MAX_CONTROLS > len(head):
        if _odd_share(raw, charset) * MAX_CONTROLS > 1:
            return f"binary data, not text: {_named(head) or 'full of control characters'}"
    elif controls and (named := _named(head)):
        return f"binary data, not text: {named}"
    high = len(head) - len(head.translate(None, _HIGH))
    most = MAX_HIGH_WITH_CONTROLS if controls else MAX_HIGH
    if high > most * len(head) and {"decode:cp1258", "decode:old font"} & set(decode(raw[:LOOKED_AT], charset).rules):
        return f"binary data, or text in an encoding that is not known: {_named(head) or 'save it as UTF-8'}"
    return ""


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
    return next((name for magic, name in _MAGIC if head.startswith(magic)), "")
