"""Tokenizer: where the syllables (*tiếng*) of a text are.

Vietnamese writes a space between syllables, so a token is a run of letters and digits, with combining
marks that NFC could not compose and invisible characters inside the run counted as part of it.
"""

from __future__ import annotations

import re

from analyzers.keys import INVISIBLE

_INSIDE = f"\u0300-\u036f{INVISIBLE}"
SYLLABLE = re.compile(rf"[^\W_]+(?:[{_INSIDE}]+[^\W_]*)*")
"""Linear: each character is looked at once, no alternative overlaps another."""


def spans(text: str) -> list[tuple[int, int]]:
    """Return the half-open code-point spans of the syllables of `text`, in order."""
    return [match.span() for match in SYLLABLE.finditer(text)]
