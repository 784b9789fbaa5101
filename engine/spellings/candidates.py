"""What a mistyped syllable may have been: every candidate that some article holds, with the kind of slip that made it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from typing import NamedTuple

from analyzers.keyboards import readings as keyboard_readings
from analyzers.keyboards.shapes import FOLDED
from analyzers.keys import folded_key, marked_key
from analyzers.syllables import SYLLABLE
from analyzers.text import nfc
from engine.spellings.confusions import confused_with, confused_without_marks
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import letter_slips, marked_slips, spellings

KEYBOARD, MARKS, LETTERS, SPACE = "keyboard", "marks", "letters", "space"
"""Kinds of slip: an input method switched off, wrong marks, wrong letters, a missing space."""
APART = 0.2
"""Evidence, in documents, that two syllables which stand nowhere side by side were typed without their space."""
_LONGEST_WORD = 40
_LONGEST_SYLLABLE = 7
_LONGEST_MIXED = 20
"""Letters of a word up to which its parts may be foreign; in a longer one the parts are Vietnamese syllables."""
_WAYS = 3
"""Ways kept of cutting the beginning of a word."""
_FOREIGN, _FOREIGN_AT, _FOREIGN_APART = 3, 2, 4
"""Least letters of a part that is no Vietnamese syllable: beside what articles hold it beside, between edges that the typed letters
themselves show, and beside any syllable with marks."""
_EDGE = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")

Candidate = tuple[tuple[Syllable, ...], str]


def candidates(surface: str, syllable: Syllable, known: int, lexicon: Lexicon) -> Iterator[Candidate]:
    """Yield what a syllable typed as `surface` may have been; `known` articles hold it as typed."""
    yield from _keyed(surface)
    yield from _misspelt(syllable, lexicon)
    parts = None if known else _parted(surface, syllable, lexicon)
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
        near = dict.fromkeys((*letter_slips(syllable.folded), *confused_without_marks(syllable.folded)))
        lexicon.expect(folded=near)
        for key in near:
            if lexicon.folded(key):
                yield (Syllable(key, key, False),), LETTERS
        return
    slips = dict.fromkeys((*marked_slips(syllable.marked), *confused_with(syllable.marked)))
    lexicon.expect(marked=(*spellings(syllable.folded), *slips))
    for key in spellings(syllable.folded):
        if key != syllable.marked and lexicon.marked(key):
            yield (Syllable(key, syllable.folded, True),), MARKS
    for key in slips:
        if folded_key(key) != syllable.folded and lexicon.marked(key):
            yield (Syllable.of(key),), LETTERS


class _Cut(NamedTuple):
    """A way of cutting the beginning of a word: the fewer syllables the better, then the fewer cuts that no edge shows, then the better
    known its rarest pair."""

    size: int
    unshown: int
    rarest: float
    parts: tuple[Syllable, ...]

    @property
    def order(self) -> tuple[int, int, float]:
        return self.size, self.unshown, -self.rarest

    def then(self, part: Syllable, shown: bool, lexicon: Lexicon) -> _Cut | None:
        """With `part` behind; None where neither an article nor an edge nor typed marks speak for the cut."""
        if not self.parts:
            return _Cut(1, 0, self.rarest, (part,))
        before = self.parts[-1]
        pair = lexicon.together(before, part)
        marked = (before.typed or part.typed) and all(one.folded in FOLDED or len(one.folded) >= _FOREIGN_APART for one in (before, part))
        if not (pair >= 1 or shown or marked):
            return None
        return _Cut(self.size + 1, self.unshown + (not shown), min(self.rarest, max(pair, APART)), (*self.parts, part))


def _parted(surface: str, syllable: Syllable, lexicon: Lexicon) -> tuple[Syllable, ...] | None:
    """What a word without its spaces is made of: as few parts as can be, that articles hold, at best side by side."""
    surface = nfc(surface)
    word = surface.lower()  # not its key, where the tone has moved as if it were one syllable: trẻem
    if not len(word) == len(surface) == len(syllable.folded) <= _LONGEST_WORD:
        return None
    edges = _edges(surface)
    parts = _possible_parts(word, syllable.folded, edges, lexicon)
    best: list[list[_Cut]] = [[_Cut(0, 0, float("inf"), ())]]
    for end in range(1, len(word) + 1):
        cuts: dict[str, _Cut] = {}
        for start, part in parts.get(end, ()):
            ways = [way for cut in best[start] if (way := cut.then(part, start in edges, lexicon))]
            known = cuts.get(part.marked)
            if ways or known:
                cuts[part.marked] = min([*ways, *([known] if known else [])], key=lambda cut: cut.order)
        best.append(sorted(cuts.values(), key=lambda cut: cut.order)[:_WAYS])
    whole = [cut.parts for cut in best[-1] if cut.size > 1]
    return whole[0] if whole else None


def _possible_parts(word: str, folded: str, edges: Set[int], lexicon: Lexicon) -> dict[int, list[tuple[int, Syllable]]]:
    """Parts of a word that articles hold, by where they end, each with where it starts."""
    ends = {0, len(word), *edges}
    mixed = len(word) <= _LONGEST_MIXED
    longest = len(word) if mixed else _LONGEST_SYLLABLE
    spans = (
        (start, end)
        for end in range(1, len(word) + 1)
        for start in range(max(0, end - longest), end)
        if end - start < len(word) and _may_stand(folded[start:end], _least(mixed, start in ends and end in ends))
    )
    allowed = [(start, end, Syllable.of(marked_key(word[start:end]))) for start, end in spans]
    lexicon.expect(marked=[part.marked for *_, part in allowed], folded=[part.folded for *_, part in allowed])
    found: dict[int, list[tuple[int, Syllable]]] = {}
    for start, end, part in allowed:
        if lexicon.count(part):
            found.setdefault(end, []).append((start, part))
    return found


def _least(mixed: bool, edges: bool) -> int:
    """Letters from which a part may be foreign."""
    if not mixed:
        return _LONGEST_WORD
    return _FOREIGN_AT if edges else _FOREIGN


def _may_stand(folded: str, foreign: int) -> bool:
    """Whether a part may be a word by itself: a Vietnamese syllable, or a foreign word of so many letters."""
    return len(folded) >= foreign or (folded in FOLDED and len(folded) <= _LONGEST_SYLLABLE)


def _edges(surface: str) -> frozenset[int]:
    """Where the letters themselves show an edge: ``Sony|Xperia``, ``trợ|HTTPS``, ``DN|tiếp``, ``Note|3``."""
    found = {match.start() for match in _EDGE.finditer(surface)}
    for at in range(1, len(surface)):
        before, here = surface[at - 1], surface[at]
        acronym = at > 1 and surface[at - 2].isupper() and before.isupper() and here.islower()
        if (before.islower() and here.isupper()) or acronym:
            found.add(at)
    return frozenset(found)
