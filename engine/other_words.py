"""Matches by accident: a syllable of the query that is part of another word, in an article that has the query's own word.

``ngân sách`` finds *danh sách* and *giải ngân* too. Where an article says *ngân sách* besides, those say nothing about why it was
found, and are not marked; where it does not, they are all there is to show. Of a word that was looked for whole, no part is marked
by itself where the article has the word: not the *quan* of *cơ quan* beside *Hải quan*; of the name of a place none at all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from analyzers.keys import folded_key
from analyzers.segmentation.model import load
from analyzers.syllables import SYLLABLE

Range = tuple[int, int]
_LONGEST = 12
"""Code points in which the syllable beside stands, *nghiêng* with blanks and signs."""
APART = "\n" * 9
"""Between two texts that are looked at as one: more than the keys of a phrase may have between them."""
_LETTER = re.compile(r"[^\W_]")
_BEFORE, _BEHIND = "(\"'“‘[", ".,;:!?)\"'”’]…"


def side_by_side(text: str, ranges: Sequence[Range], following: frozenset[tuple[str, str]]) -> Iterator[tuple[int, tuple[str, str]]]:
    """Indices of matches with the next one beside them as in the query, and the folded keys of both."""
    for i, ((start, end), (after, stop)) in enumerate(pairwise(ranges)):
        if _nothing_between(text, end, after):
            pair = _syllables(text[start:end])[-1], _syllables(text[after:stop])[0]
            if pair in following:
                yield i, pair


def _syllables(surface: str) -> list[str]:
    """Folded keys of what matches: of one syllable, or of several that stand as a phrase."""
    return [folded_key(surface)] if surface.isalnum() else [folded_key(one) for one in SYLLABLE.findall(surface)]


def _nothing_between(text: str, end: int, after: int) -> bool:
    """Whether no other syllable stands between two, the first of which ends at `end`, and both are of one text."""
    return end < after and _LETTER.search(text, end, after) is None and text.find(APART, end, after) < 0


def paired(texts: Iterable[tuple[str, Sequence[Range]]], following: frozenset[tuple[str, str]]) -> frozenset[str]:
    """Folded keys of the syllables that stand side by side in texts, with these matches, as they do in the query."""
    if not following:
        return frozenset()
    every = {key for pair in following for key in pair}
    found: set[str] = set()
    for text, ranges in texts:
        for _, pair in side_by_side(text, ranges, following):
            found.update(pair)
            if len(found) == len(every):
                return frozenset(found)
    return frozenset(found)


class Whole(NamedTuple):
    """Folded keys of syllables that were only looked for within a word, or within a name."""

    of_words: frozenset[str]
    of_names: frozenset[str]


def without_accidents(
    text: str, ranges: Sequence[Range], paired: frozenset[str], whole: Whole, following: frozenset[tuple[str, str]]
) -> list[Range]:
    """The matches but for those that stand alone in another word, of syllables that the article pairs as the query does (`paired`).

    Of those that were looked for as parts of something `whole`, only what stands beside what it does in the query (`following`).
    """
    known, kept, last = _words(), [], -2
    parts = whole.of_names | (whole.of_words & paired)
    together = {at for i, _ in side_by_side(text, ranges, following) for at in (i, i + 1)}
    for at, ((start, end), (after, _)) in enumerate(pairwise((*ranges, (-1, -1)))):
        alone = start != last + 1 and after != end + 1
        key = folded_key(text[start:end])
        if at in together or not (key in parts or (alone and key in paired and _in_other_word(text, start, end, known))):
            kept.append((start, end))
        last = end
    return kept


def _in_other_word(text: str, start: int, end: int, known: frozenset[str]) -> bool:
    """Whether a syllable makes a known word, or a name, with the one before or behind it."""
    name = text[start].isupper() and text[start:end].istitle()
    if text[start - 1 : start] == " ":
        begin = max(0, start - _LONGEST)
        first = max(text.rfind(" ", begin, start - 1) + 1, begin)
        if text[first:end].lstrip(_BEFORE).lower() in known or (name and text[first:start].lstrip(_BEFORE).istitle()):
            return True
    if text[end : end + 1] != " ":
        return False
    last = text.find(" ", end + 1, end + _LONGEST)
    last = last if last >= 0 else end + _LONGEST
    return text[start:last].rstrip(_BEHIND).lower() in known or (name and text[end + 1 : last].rstrip(_BEHIND).istitle())


@cache
def _words() -> frozenset[str]:
    """Two syllables that make a word, or a part of one of three, as segmentation knows them; in small letters."""
    model = load()
    parts = (part for first, second, third in map(str.split, model.trigrams) for part in (f"{first} {second}", f"{second} {third}"))
    return frozenset((*model.bigrams, *parts))
