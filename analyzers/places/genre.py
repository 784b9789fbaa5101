"""What kind of article this is, as far as it changes what its places mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property, lru_cache

import numpy as np
from numpy.typing import NDArray

from analyzers.batch import AnalyzedText
from analyzers.places import lexicon
from analyzers.syllables import SYLLABLE

_OPENING = 1200
"""Code points of each text that are read: an article shows its kind early."""
_SPORT_FLOOR = 2
"""Different sport words an article needs to be sport."""
_SHOW_FLOOR = 4
"""Different show words an article needs to be about celebrities."""


class Genre:
    """Questions about an article's words, each answered at most once and only when asked.

    `hints` are the bits of `hint_bits` that the texts show: without its bit a kind needs no look at the words.
    """

    def __init__(self, texts: Sequence[AnalyzedText], hints: int = -1) -> None:
        self._texts = texts
        self._known: list[bool | None] = [None if hints & 1 << kind else False for kind in range(len(_KINDS))]

    @cached_property
    def _opening(self) -> str:
        return " ".join([text.text[:_OPENING].lower() for text in self._texts])

    def _is(self, kind: int, floor: int) -> bool:
        """Whether the opening has so many of the words of a kind."""
        known = self._known[kind]
        if known is None:
            opening = self._opening
            for phrase in _KINDS[kind]:
                floor -= phrase in opening
                if not floor:
                    break
            known = self._known[kind] = not floor
        return known

    @property
    def police(self) -> bool:
        """Crime or accident: there people's addresses are not the scene."""
        return self._is(0, 1)

    @property
    def sport(self) -> bool:
        """Sport or lottery: there a name without type word is a team or a station."""
        return self._is(1, _SPORT_FLOOR)

    @property
    def show(self) -> bool:
        """Celebrities: there a city is where a show happened to be."""
        return self._is(2, _SHOW_FLOOR)

    @cached_property
    def committees(self) -> frozenset[str]:
        """Types of district whose party committee is named (*Thị ủy* -> *thị xã*), with or without its unit."""
        lower = " ".join(text.text.lower() for text in self._texts).replace("uỷ", "ủy")
        return frozenset(types[0] for phrase, types in lexicon.TYPE_PHRASES.items() if phrase.endswith(" ủy") and phrase in lower)


def hint_bits(surface: str) -> int:
    """What a syllable can do for the words of each kind: hold one (bits 0 to 2), begin one (3 to 5), stand second in one (6 to 8)."""
    return _hint_bits(surface.lower())


@lru_cache(1 << 14)
def _hint_bits(lower: str) -> int:
    bits = 0
    for kind, (whole, first, second) in enumerate(_PARTS):
        if whole.search(lower):
            bits |= 1 << kind
        bits |= lower.endswith(first) << kind + len(_KINDS)
        bits |= lower.startswith(second) << kind + 2 * len(_KINDS)
    return bits


def hinted(bits: NDArray[np.uint16]) -> NDArray[np.uint16]:
    """From the bits of syllables in a row to those of kinds (0 to 2) that each of them, with the next, may hold a word of."""
    pairs = (bits[:-1] >> len(_KINDS)) & (bits[1:] >> 2 * len(_KINDS))
    return (bits | np.append(pairs, _NO_BITS)) & _ALL_KINDS


_KINDS = (lexicon.CRIME_WORDS, lexicon.SPORT_WORDS, lexicon.SHOW_WORDS)
_ALL_KINDS, _NO_BITS = np.uint16((1 << len(_KINDS)) - 1), np.uint16(0)


def _parts(phrases: Iterable[str]) -> tuple[re.Pattern[str], tuple[str, ...], tuple[str, ...]]:
    """The words of one syllable; of the others the first and the second syllables."""
    words = [SYLLABLE.findall(phrase) for phrase in sorted(phrases)]
    several = [word for word in words if len(word) > 1]
    return (
        re.compile("|".join(re.escape(word[0]) for word in words if len(word) == 1) or r"(?!)"),
        tuple({word[0]: None for word in several}),
        tuple({word[1]: None for word in several}),
    )


_PARTS = [*map(_parts, _KINDS)]
