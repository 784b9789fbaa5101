"""What a mistyped syllable may have been: every candidate that some article holds, with the kind of slip that made it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from analyzers.keyboards import readings as keyboard_readings
from analyzers.keyboards.shapes import FOLDED
from analyzers.keys import marked_key
from analyzers.syllables import SYLLABLE
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import letter_slips, marked_slips, spellings

KEYBOARD, MARKS, LETTERS, SPACE = "keyboard", "marks", "letters", "space"
"""Kinds of slip: an input method switched off, wrong marks, wrong letters, a missing space."""
APART = 0.2
"""Evidence, in documents, that two syllables which stand nowhere side by side were typed without their space."""
_LONGEST_WORD = 40
_LONGEST_SYLLABLE = 7
_WAYS = 3
"""Ways kept of cutting the beginning of a word."""

Candidate = tuple[tuple[Syllable, ...], str]


def candidates(surface: str, syllable: Syllable, known: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what a syllable typed as `surface` may have been; `known` articles hold it as typed."""
    yield from _keyed(surface)
    yield from _misspelt(syllable, lexicon)
    parts = None if known else _parted(syllable, lexicon)
    if parts:
        yield parts, SPACE


def _keyed(surface: str) -> Iterator[Candidate]:
    """What the keys of an input method would have given."""
    for reading in keyboard_readings(surface):
        keys = tuple(Syllable.of(marked_key(found)) for found in SYLLABLE.findall(reading.text))
        if keys and (reading.start, reading.end) == (0, len(surface)):
            yield keys, KEYBOARD


def _misspelt(syllable: Syllable, lexicon: Lexicon) -> Iterator[Candidate]:
    """Other marks, where some were typed, and other letters."""
    if not syllable.typed:
        lexicon.expect(folded=letter_slips(syllable.folded))
        for key in letter_slips(syllable.folded):
            if lexicon.folded(key):
                yield (Syllable(key, key, False),), LETTERS
        return
    lexicon.expect(marked=(*spellings(syllable.folded), *marked_slips(syllable.marked)))
    for key in spellings(syllable.folded):
        if key != syllable.marked and lexicon.marked(key):
            yield (Syllable(key, syllable.folded, True),), MARKS
    for key in marked_slips(syllable.marked):
        if lexicon.marked(key):
            yield (Syllable.of(key),), LETTERS


class _Cut(NamedTuple):
    """A way of cutting the beginning of a word: the fewer syllables the better, then the better known its rarest pair."""

    size: int
    rarest: float
    parts: tuple[Syllable, ...]

    @property
    def order(self) -> tuple[int, float]:
        return self.size, -self.rarest

    def then(self, part: Syllable, lexicon: Lexicon) -> _Cut:
        pair = max(lexicon.together(self.parts[-1], part), APART) if self.parts else float("inf")
        return _Cut(self.size + 1, min(self.rarest, pair), (*self.parts, part))


def _parted(syllable: Syllable, lexicon: Lexicon) -> tuple[Syllable, ...] | None:
    """The syllables a word without its spaces is made of: as few as can be, that articles hold, at best side by side."""
    word = syllable.marked
    if len(word) != len(syllable.folded) or len(word) > _LONGEST_WORD:
        return None
    best: list[list[_Cut]] = [[_Cut(0, float("inf"), ())]]
    for end in range(1, len(word) + 1):
        cuts: dict[str, _Cut] = {}
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            part = Syllable.of(marked_key(word[start:end]))
            if not best[start] or part.folded not in FOLDED or not lexicon.count(part):
                continue
            ways = [cut.then(part, lexicon) for cut in best[start]]
            known = cuts.get(part.marked)
            cuts[part.marked] = min([*ways, *([known] if known else [])], key=lambda cut: cut.order)
        best.append(sorted(cuts.values(), key=lambda cut: cut.order)[:_WAYS])
    whole = [cut.parts for cut in best[-1] if cut.size > 1]
    return whole[0] if whole else None
