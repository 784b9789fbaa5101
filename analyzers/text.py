"""The text everything else points into: Unicode NFC, and spans of it.

Stored text is never altered beyond NFC (Unicode Standard Annex #15); every offset in this project
counts code points of that text.
"""

from __future__ import annotations

from typing import NamedTuple

from analyzers.segmentation.normal import nfc

__all__ = ["Span", "Token", "nfc"]


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
