"""What kind of article this is, as far as it changes what its places mean."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from analyzers.analyzer import AnalyzedText
from analyzers.places import lexicon

_OPENING = 1200
"""Code points of each text that are read: an article shows its kind early."""
_SPORT_FLOOR = 2
"""Different sport words an article needs to be sport."""
_SHOW_FLOOR = 4
"""Different show words an article needs to be about celebrities."""


class Genre:
    """Questions about an article's words, each answered at most once and only when asked."""

    def __init__(self, texts: Sequence[AnalyzedText]) -> None:
        self._texts = texts

    @cached_property
    def _opening(self) -> str:
        return " ".join(text.text[:_OPENING].lower() for text in self._texts)

    @cached_property
    def police(self) -> bool:
        """Crime or accident: there people's addresses are not the scene."""
        return any(phrase in self._opening for phrase in lexicon.CRIME_WORDS)

    @cached_property
    def sport(self) -> bool:
        """Sport or lottery: there a name without type word is a team or a station."""
        return sum(phrase in self._opening for phrase in lexicon.SPORT_WORDS) >= _SPORT_FLOOR

    @cached_property
    def show(self) -> bool:
        """Celebrities: there a city is where a show happened to be."""
        return sum(phrase in self._opening for phrase in lexicon.SHOW_WORDS) >= _SHOW_FLOOR

    @cached_property
    def committees(self) -> frozenset[str]:
        """Types of district whose party committee is named (*Thị ủy* -> *thị xã*), with or without its unit."""
        lower = " ".join(text.text.lower() for text in self._texts).replace("uỷ", "ủy")
        return frozenset(types[0] for phrase, types in lexicon.TYPE_PHRASES.items() if phrase.endswith(" ủy") and phrase in lower)
