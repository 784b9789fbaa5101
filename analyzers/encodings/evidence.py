"""Language evidence: does a conversion turn broken words into Vietnamese syllables, and does it break sound ones?

Text is compared chunk by chunk (between spaces). No table of letter frequencies is needed: Vietnamese text marks most of its syllables, and
a wrong conversion almost never yields a well-formed one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

from analyzers.encodings.model import Encoding
from analyzers.encodings.syllable import is_syllable

STRANGE = "\u0080-\u009f\u00a1-\u00bfÄÅÆÇËÎÏÐÑÖ×ØÛÜÞßäåæçëîïðñöøûüþÿ÷\u0300-\u036f^`~&"
"""Characters that Vietnamese text in Unicode hardly uses, and that every wrong reading is full of."""

_STRANGE = re.compile(rf"[{STRANGE[:-1]}]|&#?\w+;")
# Strange characters that a decoded text may well have around its words, and that are no second half of a Vietnamese letter in UTF-8.
_EDGES = "«»°·®"
_WORD = re.compile(r"[^\W_]+")
_VOWEL = re.compile("[aeiouyà-ãè-êì-íò-õù-ýăĩũơưạ-ỹ]", re.IGNORECASE)


class Soundness(IntEnum):
    """Of a chunk of text, as Vietnamese in Unicode."""

    BROKEN = 0
    PLAIN = 1
    """Nothing to judge: unmarked words, numbers, abbreviations such as HĐND."""
    SOUND = 2
    """Marked Vietnamese syllables, all well-formed."""


@lru_cache(1 << 15)
def soundness(chunk: str) -> Soundness:
    """Judge one chunk without spaces."""
    if chunk.isascii():
        return Soundness.PLAIN
    if _STRANGE.search(chunk):
        return Soundness.BROKEN
    verdict = Soundness.PLAIN
    for word in _WORD.findall(chunk):
        if word.isascii():
            continue
        if is_syllable(word):
            verdict = Soundness.SOUND
        elif _VOWEL.search(word):
            return Soundness.BROKEN
    return verdict


class Evidence(NamedTuple):
    """Chunks of a text, counted by what a conversion does to them."""

    gained: frozenset[str] = frozenset()
    """Different chunks that were not Vietnamese and become sound."""
    gains: int = 0
    """How often those occur."""
    harmed: int = 0
    """Changed although sound as they were."""
    failed: int = 0
    """Changed into something broken."""
    native: int = 0
    """Unchanged, sound, and holding letters the encoding does not have: proof that this was never encoded."""
    decisive: int = 0
    """Gains beyond chance; see `Encoding.decisive`."""
    words: int = 0
    """Chunks with a letter in them."""

    @property
    def changed(self) -> int:
        """Changed chunks that tell something."""
        return self.gains + self.harmed + self.failed

    @property
    def balance(self) -> int:
        """Above 0 when the conversion helps more than it hurts."""
        return self.gains - self.failed - self.harmed - 2 * self.native


def weigh(before: str, after: str, encoding: Encoding) -> Evidence:
    """Compare a line before and after `encoding` was undone."""
    gained: set[str] = set()
    gains = harmed = failed = native = decisive = words = 0
    for old, new in zip(before.split(" "), after.split(" "), strict=False):
        words += any(map(str.isalpha, old))
        if old == new:
            native += not old.isascii() and _last_letter(old) > encoding.highest and soundness(old) is Soundness.SOUND
        elif encoding.telling is None or encoding.telling.search(old):
            now = soundness(new.strip(_EDGES))
            if soundness(old) is Soundness.SOUND and not encoding.by_sequence:
                harmed += 1
            elif now is Soundness.SOUND:
                gains += 1
                gained.add(new)
                decisive += encoding.decisive is not None and encoding.decisive.search(old) is not None
            elif now is Soundness.BROKEN:
                failed += 1
    return Evidence(frozenset(gained), gains, harmed, failed, native, decisive, words)


def _last_letter(chunk: str) -> str:
    """Return the letter with the highest code point: curly quotes are in every encoding."""
    return max(filter(str.isalpha, chunk), default="")


def pooled(parts: Iterable[Evidence]) -> Evidence:
    """The evidence of several lines together."""
    found = list(parts)
    gained = frozenset[str]().union(*(part.gained for part in found))
    counts = [sum(column) for column in zip(*(part[1:] for part in found), strict=True)] or [0] * 6
    return Evidence(gained, *counts)
