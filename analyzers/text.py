"""The text everything else points into: Unicode NFC, and spans of it.

Stored text is never altered beyond NFC (Unicode Standard Annex #15); every offset in this project
counts code points of that text.
"""

from __future__ import annotations

import unicodedata
from typing import NamedTuple


class Span(NamedTuple):
    """Half-open range of code points ``[start, end)`` of an NFC text."""

    start: int
    end: int


class Token(NamedTuple):
    """One syllable of a text: ``text == source[start:end]``; ``position`` counts syllables from 0."""

    text: str
    start: int
    end: int
    position: int


def nfc(text: str) -> str:
    """Return `text` in Unicode NFC: the form that is stored and that offsets count in."""
    return text if unicodedata.is_normalized("NFC", text) else unicodedata.normalize("NFC", text)
