"""windows-1258 bytes read as windows-1252 ("Viêòt Nam, nýõìc").

Standard: Microsoft code page 1258. Five bytes are combining tones that follow their vowel, nine more are ă ơ ư đ, small and capital,
and ₫; the rest is windows-1252. Read with the right table it is base letters with combining tones, and NFC is all the repair it
needs; read as 1252 the tones show as ``Ì Ò Þ ì ò``. Writers used the combining tone (Microsoft's keyboard) or, for à á é and some
more, the ready letter: both are read.
"""

from __future__ import annotations

import re
import unicodedata

from analyzers.encodings.model import Encoding
from analyzers.encodings.syllable import TONES, VOWELS
from analyzers.text import nfc

_TONE = {"Ì": "\u0300", "Ò": "\u0309", "Þ": "\u0303", "ì": "\u0301", "ò": "\u0323"}
_SINGLE = {"Ã": "Ă", "ã": "ă", "Õ": "Ơ", "õ": "ơ", "Ý": "Ư", "ý": "ư", "Ð": "Đ", "ð": "đ", "þ": "₫"}
_READING = str.maketrans(_SINGLE | _TONE)
_ENCODED = re.compile("[aeiouyâêôãõýAEIOUYÂÊÔÃÕÝ][ÌÒÞìò]|[ÃãÕõÝýÐðþ]")
_SIGN = {mark: sign for sign, mark in _TONE.items()} | {letter: sign for sign, letter in _SINGLE.items()}
_TONED = {unicodedata.normalize("NFC", vowel + mark) for vowel in VOWELS + VOWELS.upper() for mark in TONES if mark}
_WRITTEN = re.compile(f"[{''.join(sorted(_TONED))}]")
_LOST = frozenset("ÞðÐþ")
_HINT = re.compile("[ðÞÐ][A-Za-zâêôãõýýÂÊÔÃÕÝ]|[A-Za-zâêôãõý]Þ|[aeâêô][ìò]|[ýÝ]õ")


def decode(text: str) -> str:
    """Letters for signs, composed."""
    return unicodedata.normalize("NFC", _ENCODED.sub(lambda found: found[0].translate(_READING), text))


def combining(text: str) -> str:
    """`text` as the right table decodes it: shaped letters, each tone a combining mark behind its vowel."""
    return _WRITTEN.sub(lambda letter: _tone_apart(letter[0]), text)


def _tone_apart(letter: str) -> str:
    parts = unicodedata.normalize("NFD", letter)
    tones = "".join(mark for mark in parts if mark in _SIGN)
    return nfc("".join(mark for mark in parts if mark not in _SIGN)) + tones


def encode(text: str) -> str:
    """Signs for letters; ``?`` for the Icelandic letters whose places are taken."""
    shaped = combining(representable(text))
    return "".join(_SIGN.get(character, character) for character in shaped)


def representable(text: str) -> str:
    """What survives `encode`: everything but ``Þ þ Ð ð``."""
    return "".join("?" if character in _LOST else character for character in text)


WINDOWS_1258 = Encoding(
    "windows-1258",
    "Microsoft code page 1258",
    frozenset("ðÞÐþ"),
    _HINT,
    decode,
    encode,
    representable,
    decisive=re.compile("[âêôÂÊÔ][ÌÒÞìò]|[ýÝ]õ[ÌÒÞìò]"),
)
