"""A read-only view of an analyzed text: its syllables, the gaps between them, which are capitalised."""

from __future__ import annotations

from analyzers.analyzer import AnalyzedText

UPPER = frozenset(chr(code) for code in range(0x1F00) if chr(code).isupper())
"""Capital letters of Latin script, Vietnamese ones included."""
PLAIN_GAPS = frozenset({" ", "  ", "\u00a0", "\n", "'", "’", "´", "`", " '", "' "})
"""Gaps inside a name: ``An Khê``, ``R'Lấp``."""
APOSTROPHES = frozenset("'’´`")
HYPHEN_GAPS = frozenset({"-", " - ", "–", " – ", "- ", " -", "—", " — "})
DASHES = frozenset({"-", "–", "—"})


class Window:
    """Shared by the parts of the tagger that look around a name; all positions are syllable indices."""

    __slots__ = ("count", "ends", "marked", "source", "starts")

    def __init__(self, text: AnalyzedText) -> None:
        self.source = text.text
        self.starts, self.ends, self.marked = text.starts, text.ends, text.marked
        self.count = len(text.starts)

    def gap(self, at: int) -> str:
        """Text between syllable `at` and the one before."""
        return self.source[self.ends[at - 1] : self.starts[at]]

    def capital(self, at: int) -> bool:
        """Whether syllable `at` exists and starts with a capital."""
        return 0 <= at < self.count and self.source[self.starts[at]] in UPPER

    def starts_sentence(self, at: int) -> bool:
        """Whether anything but a blank stands before the syllable: punctuation, a line break, or nothing at all."""
        return at == 0 or self.gap(at) not in PLAIN_GAPS or "\n" in self.gap(at)

    def surface(self, at: int) -> str:
        return self.source[self.starts[at] : self.ends[at]]
