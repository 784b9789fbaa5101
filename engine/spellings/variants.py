"""How one syllable may have been meant: pure rules of Vietnamese spelling, no index.

Two kinds of slip are undone: marks (every spelling that has the same folded key) and letters (one letter too many, missing, wrong, or two
swapped: Damerau's four, which make up most of all typing errors).
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import pairwise

from analyzers.encodings.syllable import BARE, allows, is_syllable, split_tone, with_tone
from analyzers.keyboards.shapes import plain
from analyzers.keys import folded_key, marked_key

_LETTERS = "abcdeghiklmnopqrstuvxyfjwz"
_MARKED_LETTERS = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
_TONES = 6
_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_NEIGHBOURS = {pair for row in _ROWS for left, right in pairwise(row) for pair in ((left, right), (right, left))}
LONGEST = 14
"""A syllable of news has at most seven letters; for what is longer than two of them, letters are not exchanged."""


@cache
def _toneless() -> dict[str, tuple[str, ...]]:
    """Folded key -> the toneless syllables that have it."""
    found: dict[str, list[str]] = {}
    for bare in sorted(BARE):
        found.setdefault(folded_key(plain(bare)), []).append(bare)
    return {key: tuple(bares) for key, bares in found.items()}


@lru_cache(4096)
def spellings(folded: str) -> tuple[str, ...]:
    """Every marked key that Vietnamese spelling allows for a folded one, itself included: ``ba`` -> ba, bà, bá …, bã, bạ."""
    found = dict.fromkeys([folded])
    for bare in _toneless().get(folded, ()):
        found.update(dict.fromkeys(marked_key(with_tone(bare, tone)) for tone in range(_TONES) if allows(bare, tone)))
    return tuple(found)


def letter_slips(folded: str) -> Iterator[str]:
    """What an unmarked key may be with one letter slip undone, without repeats; most are no syllables."""
    return iter(dict.fromkeys(word for word in _edits(folded, _LETTERS) if word != folded)) if len(folded) <= LONGEST else iter(())


@lru_cache(4096)
def marked_slips(marked: str) -> tuple[str, ...]:
    """The same for a key with marks: well-formed syllables one letter away, the tone kept."""
    if len(marked) > LONGEST:
        return ()
    bare, tone = split_tone(marked)
    if tone is None:  # a letter with its tone was typed twice: thểể
        near = dict.fromkeys(word for word in _edits(marked, "") if is_syllable(word))
    else:
        near = {with_tone(word, tone): None for word in _edits(bare, _MARKED_LETTERS) if word in BARE and allows(word, tone)}
    return tuple(key for word in near if (key := marked_key(word)) != marked)


def beside_on_the_keyboard(typed: str, meant: str) -> bool:
    """Whether two unmarked keys differ in one letter, typed with the key beside the one that was meant."""
    other = [both for both in zip(typed, meant, strict=False) if both[0] != both[1]]
    return len(typed) == len(meant) and len(other) == 1 and other[0] in _NEIGHBOURS


def _edits(word: str, letters: str) -> Iterator[str]:
    for at in range(len(word) + 1):
        head, tail = word[:at], word[at:]
        if tail:
            yield head + tail[1:]
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]
        for letter in letters:
            yield head + letter + tail
            if tail:
                yield head + letter + tail[1:]
