"""TCVN3, also called ABC: the single-byte encoding of the .Vn fonts, as it looks when its bytes are read as windows-1252 or Latin-1.

Standard: TCVN 5712:1993, set VN3. Its bytes from A1 to FE are the same characters in both readings ("B¸o c¸o tµi chÝnh"); below, the
letters stand at those characters.

What is lost, and stays lost: VN3 has the seven capitals Ă Â Đ Ê Ô Ơ Ư and no capital with a tone; writers set "TỈNH" in a font whose
small letters look like capitals (.VnTimeH), so its text is "TØNH", or small throughout. `analyzers.encodings.capitals` brings
back those that the letters around them decide. ``ư`` is byte AD, the soft hyphen, which cleaners drop: after that only ``ươ`` before a coda
can be known again. Latin-1 characters whose places VN3 took (``« ½ × ö``) cannot be written in it.
"""

from __future__ import annotations

import re

from analyzers.encodings.capitals import raise_capitals
from analyzers.encodings.model import Encoding
from analyzers.encodings.syllable import split_tone

_ROWS = {
    0xA1: "ĂÂÊÔƠƯĐăâêôơưđ",
    0xB5: "àảãáạ",
    0xBB: "ằẳẵắ",
    0xC6: "ặầẩẫấậè",
    0xCE: "ẻẽéẹềểễếệìỉ",
    0xDC: "ĩíịò",
    0xE1: "ỏõóọồổỗốộờởỡớợù",
    0xF1: "ủũúụừửữứựỳỷỹýỵ",
}
_LETTER = {chr(first + at): letter for first, row in _ROWS.items() for at, letter in enumerate(row)}
_SIGN = {letter: sign for sign, letter in _LETTER.items()}
_SIGNS = "".join(_LETTER)
_ENCODED = re.compile(f"[{_SIGNS}]")
_WRITTEN = re.compile(f"[{''.join(_SIGN)}Ạ-Ỹ{''.join(letter.upper() for letter in _SIGN)}{_SIGNS}]")
# Signs that are no Vietnamese letters in Unicode, touching a letter.
_OWN = "".join(sorted(set(_SIGNS) - set(_SIGN)))
_HINT = re.compile(f"[A-Za-z][{_OWN}]|[{_OWN}][A-Za-z]")
_BULLET = re.compile("(?<=[A-Za-z])•(?![A-Z0-9])")
_LOST_HORN = re.compile("(?<![ưƯuU])([ơờởỡớợ])(?=ng|c|u)")


def decode(text: str) -> str:
    """Letters for signs; then the capitals that can be known."""
    return raise_capitals(_ENCODED.sub(lambda sign: _LETTER[sign[0]], text))


def _sign(letter: str) -> str:
    """The sign of one letter; a toned capital has that of its small letter, and what the set has no place for becomes ``?``."""
    return _SIGN.get(letter) or _SIGN.get(letter.lower()) or "?"


def encode(text: str) -> str:
    """Signs for letters."""
    return _WRITTEN.sub(lambda letter: _sign(letter[0]), text)


def lower_toned(text: str) -> str:
    """Make every toned capital small: the part of a text's case that TCVN3 keeps."""
    return _WRITTEN.sub(lambda letter: letter[0].lower() if split_tone(letter[0])[1] else letter[0], text)


def representable(text: str) -> str:
    """What survives: capitals with a tone only where the letters around them tell."""
    return raise_capitals(_ENCODED.sub(lambda sign: _LETTER[sign[0]], encode(text)))


def mend(line: str) -> str:
    """Give ``ươ`` back its lost ``ư`` (no other rime ends in ơng, ơc, ơu), and ã its sign where a bullet took its place (``x•`` for xã)."""
    line = _BULLET.sub("ã", line)
    return line if "ư" in line else _LOST_HORN.sub(r"ư\1", line)


TCVN3 = Encoding("tcvn3", "TCVN 5712:1993 VN3", frozenset(_OWN), _HINT, decode, encode, representable, mend=mend)
