"""Text whose font is known: the .Vn fonts show TCVN3 as Vietnamese, the VNI fonts VNI-Windows, so their names tell how a text was typed.

A name alone does not decide: text in Unicode stays readable in a .Vn font, because the writer's program puts another in its place. What
would break more sound syllables than it mends is left as it is, first judged over all texts of a document, then each by itself. Where
language has nothing to say (*hé* is a word, and TCVN3 for *hộ*) the font does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from analyzers.encodings.evidence import Soundness, soundness
from analyzers.encodings.model import Encoding
from analyzers.encodings.tcvn3 import TCVN3
from analyzers.encodings.vni import VNI

_TCVN3_NAME = re.compile(r"\.vn\w", re.IGNORECASE)
_VNI_NAME = re.compile(r"vni(?:[-_ ]|\b)", re.IGNORECASE)
_EDGES = "«»°·®"
_PAGE_1258 = str.maketrans(
    {"Ă": "Ã", "ă": "ã", "Đ": "Ð", "đ": "ð", "Ơ": "Õ", "ơ": "õ", "Ư": "Ý", "ư": "ý", "₫": "þ"}
    | {"\u0300": "Ì", "\u0309": "Ò", "\u0303": "Þ", "\u0301": "ì", "\u0323": "ò"}
)
"""Letters that stand for the same bytes where windows-1258 was the code page of the machine, as on Vietnamese ones."""
_SYMBOLS = {0xF000 + code: code for code in range(0x20, 0x100)}
"""The private characters that fonts of symbols are addressed by."""


class Font(NamedTuple):
    """How text in a font was typed. `capitals`: its small letters look like capitals (.VnTimeH)."""

    encoding: Encoding
    capitals: bool = False


@lru_cache(maxsize=256)
def font_of(name: str) -> Font | None:
    """The font of this name (``.VnTime``, ``VNI-Times``); None for one that shows Unicode."""
    if _TCVN3_NAME.match(name):
        return Font(TCVN3, capitals=name.endswith(("H", "h")))
    return Font(VNI) if _VNI_NAME.match(name) else None


class _Reading(NamedTuple):
    text: str
    mended: int
    broken: int
    """Syllables that become Vietnamese, and those that were and no longer are."""


def read_in_fonts(texts: Sequence[tuple[str, Font]]) -> tuple[list[str], tuple[str, ...]]:
    """The texts of one document, each with its font, as they were meant; and the names of the encodings that were undone."""
    readings = [_read(text, font) for text, font in texts]
    balance: dict[str, int] = {}
    for (_, font), reading in zip(texts, readings, strict=True):
        if reading is not None:
            name = font.encoding.name
            balance[name] = balance.get(name, 0) + reading.mended - reading.broken
    meant, undone = [], {}
    for (text, font), reading in zip(texts, readings, strict=True):
        if reading is not None and reading.mended - reading.broken >= (0 if balance[font.encoding.name] >= 0 else 1):
            meant.append(reading.text.upper() if font.capitals else reading.text)
            undone[font.encoding.name] = True
        else:
            meant.append(text)
    return meant, tuple(undone)


def _read(text: str, font: Font) -> _Reading | None:
    """A text with the encoding of its font undone; None where there is nothing to undo, or letters that no such font has."""
    encoding = font.encoding
    typed = text.translate(_SYMBOLS)
    if any(letter > encoding.highest and letter.isalpha() for letter in typed) or not _is_page(typed):
        typed = typed.translate(_PAGE_1258)
        if any(letter > encoding.highest and letter.isalpha() for letter in typed) or not _is_page(typed):
            return None
    if typed.isascii() and not (font.capitals and typed != typed.upper()):
        return None
    decoded = encoding.decode(typed)
    if encoding.mend is not None and decoded != typed:
        decoded = encoding.mend(decoded)
    mended = broken = 0
    for old, new in zip(text.split(), decoded.split(), strict=False):
        if old != new:
            was, now = soundness(old.strip(_EDGES)), soundness(new.strip(_EDGES))
            mended += now is Soundness.SOUND and was is not Soundness.SOUND
            broken += now is Soundness.BROKEN and was is Soundness.SOUND
    return _Reading(decoded, mended, broken)


def _is_page(text: str) -> bool:
    """Whether there is no combining mark in a text: single bytes have none."""
    return not any("\u0300" <= letter <= "\u036f" for letter in text)
