"""Which syllables of a query look mistyped, and what they may have been: a noisy channel (Kernighan, Church and Gale 1990).

What was typed and what may have been meant are compared by how often each stands beside its neighbours in the articles, times how
likely the slip is. A syllable that stands beside one of its neighbours somewhere, as typed, is left alone: a valid reading is never an error.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzers.keyboards import readings as keyboard_readings
from analyzers.keyboards.shapes import FOLDED
from analyzers.keys import has_marks, marked_key
from analyzers.syllables import SYLLABLE
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import letter_slips, marked_slips, spellings

KEYBOARD, MARKS, LETTERS, SPACE = "keyboard", "marks", "letters", "space"
"""Kinds of slip: an input method switched off, wrong or missing marks, wrong letters, a missing space."""
_LIKELY = {KEYBOARD: 0.5, SPACE: 0.1, MARKS: 0.05, LETTERS: 0.01}
"""How likely each slip is beside a syllable typed as meant; only the order of size matters."""
_EASY = 3.0
"""Two letters swapped, or one typed twice, is so much likelier than another letter."""
_LETTER_WEIGHS = 0.05
"""A syllable of one letter beside a missing space (``nàoo`` as *nào o*) is so much less likely than another."""
_AT_HOME = 3.0
"""Documents where a syllable stands beside a neighbour that make it one typed as meant."""
_KNOWN_WEIGHS, _UNKNOWN_WEIGHS = 0.5, 0.01
"""Evidence, in documents, for a syllable that stands nowhere beside its neighbours: when some article holds it, and when none does."""
_APART = 0.2
"""Evidence, in documents, that two syllables which stand nowhere side by side were typed without their space."""
MOST = 4
"""Alternatives of one syllable."""
LEAST_WEIGHT = 0.3
"""Alternatives less likely than this are none."""


class Alternative(NamedTuple):
    """`text` is what may have been meant: a marked key, or several parted by spaces; `weight` its probability, from 0 to 1."""

    text: str
    weight: float
    kind: str


class Correction(NamedTuple):
    """The syllable at `position` of the query looks mistyped; `alternatives` have the likeliest first. `known`: some article holds it as typed."""

    position: int
    alternatives: tuple[Alternative, ...]
    known: bool


def corrections(surfaces: Sequence[str], syllables: Sequence[Syllable], lexicon: Lexicon) -> list[Correction]:
    """Corrections of a row of syllables; none for those that stand well beside their neighbours."""
    found = []
    for at in range(len(syllables)):
        before = syllables[at - 1] if at else None
        after = syllables[at + 1] if at + 1 < len(syllables) else None
        corrected = _correction(at, surfaces[at], syllables[at], (before, after), lexicon)
        if corrected is not None:
            found.append(corrected)
    return found


Neighbours = tuple[Syllable | None, Syllable | None]


def _correction(at: int, surface: str, syllable: Syllable, neighbours: Neighbours, lexicon: Lexicon) -> Correction | None:
    if not any(map(str.isalpha, syllable.folded)):
        return None
    known = lexicon.count(syllable)
    support = _support((syllable,), neighbours, lexicon)
    if known and (support >= _AT_HOME or neighbours == (None, None)):
        return None
    found: dict[str, tuple[float, str]] = {}
    for keys, kind in _candidates(surface, syllable, known, lexicon):
        evidence = _support(keys, neighbours, lexicon)
        if kind == KEYBOARD:
            evidence = max(evidence, *(min(lexicon.count(key), 1) for key in keys))
        if neighbours == (None, None) and len(keys) == 1:
            evidence = float(lexicon.count(keys[0]))
        text = " ".join(key.marked for key in keys)
        evidence *= _likelihood(syllable, keys, kind)
        if evidence > found.get(text, (0.0, ""))[0]:
            found[text] = (evidence, kind)
    typed = support + (_KNOWN_WEIGHS if known else _UNKNOWN_WEIGHS)
    every = typed + sum(evidence for evidence, _ in found.values())
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MOST]
    kept = tuple(Alternative(text, round(evidence / every, 3), kind) for text, (evidence, kind) in ranked if evidence / every >= LEAST_WEIGHT / 3)
    return Correction(at, kept, bool(known)) if kept and sum(one.weight for one in kept) >= LEAST_WEIGHT else None


def _likelihood(typed: Syllable, keys: Sequence[Syllable], kind: str) -> float:
    """How likely a slip made `typed` of `keys`."""
    likely = _LIKELY[kind]
    if kind == SPACE and any(len(key.folded) == 1 for key in keys):
        return likely * _LETTER_WEIGHS
    meant = keys[0].folded
    if kind == LETTERS and (sorted(meant) == sorted(typed.folded) or _one_twice(typed.folded, meant)):
        return likely * _EASY
    return likely


def _one_twice(typed: str, meant: str) -> bool:
    return len(typed) == len(meant) + 1 and any(typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed)))


def _support(keys: Sequence[Syllable], neighbours: Neighbours, lexicon: Lexicon) -> float:
    """Documents where `keys` stand beside a neighbour, and, when there are several, beside each other."""
    before, after = neighbours
    beside = (lexicon.together(before, keys[0]) if before else 0.0) + (lexicon.together(keys[-1], after) if after else 0.0)
    if len(keys) == 1:
        return beside
    return beside + min(max(lexicon.together(left, right), _APART) for left, right in pairwise(keys))


def _candidates(surface: str, syllable: Syllable, known: int, lexicon: Lexicon) -> Iterator[tuple[tuple[Syllable, ...], str]]:
    """What a syllable may have been, each with the kind of slip."""
    for reading in keyboard_readings(surface):
        if reading.start == 0 and reading.end == len(surface):
            keys = tuple(Syllable.of(marked_key(found)) for found in SYLLABLE.findall(reading.text))
            if keys:
                yield keys, KEYBOARD
    if syllable.typed:
        for key in spellings(syllable.folded):
            if key != syllable.marked and has_marks(key) and lexicon.marked(key):
                yield (Syllable(key, syllable.folded, True),), MARKS
        for key in marked_slips(syllable.marked):
            if lexicon.marked(key):
                yield (Syllable.of(key),), LETTERS
    else:
        for key in letter_slips(syllable.folded):
            if lexicon.folded(key):
                yield (Syllable(key, key, False),), LETTERS
    if not known:
        parts = _parted(syllable, lexicon)
        if parts:
            yield parts, SPACE


def _parted(syllable: Syllable, lexicon: Lexicon) -> tuple[Syllable, ...] | None:
    """The syllables a word without its spaces is made of: as few as can be, that articles hold, at best side by side.

    ``best[at]`` holds, for the first `at` letters, the fewest syllables and the largest smallest pair of them.
    """
    word = syllable.marked
    if len(word) != len(syllable.folded) or len(word) > _LONGEST_PARTED:
        return None
    best: dict[int, list[tuple[int, float, tuple[Syllable, ...]]]] = {0: [(0, 0.0, ())]}
    for end in range(1, len(word) + 1):
        here: dict[str, tuple[int, float, tuple[Syllable, ...]]] = {}
        for start in range(max(0, end - _LONGEST_SYLLABLE), end):
            if not best.get(start):
                continue
            part = Syllable.of(marked_key(word[start:end]))
            if part.folded not in FOLDED or not lexicon.count(part):
                continue
            for count, weakest, parts in best[start]:
                pair = max(lexicon.together(parts[-1], part), _APART) if parts else float("inf")
                step = (count + 1, -min(pair, -weakest if parts[1:] else pair), (*parts, part))
                if part.marked not in here or step[:2] < here[part.marked][:2]:
                    here[part.marked] = step
        best[end] = sorted(here.values(), key=lambda step: step[:2])[:3]
    found = [step for step in best[len(word)] if step[0] > 1]
    return found[0][2] if found else None


_LONGEST_PARTED = 40
_LONGEST_SYLLABLE = 7
