"""Words of several syllables in the rows of a query.

*Ngân sách* is not *giải ngân* here and *danh sách* there, and *bản đồ* typed without marks is not *ban* here and *đô* there: in a
short query that would swell totals, facets and months. So words are looked for whole there, those that cannot be told of with their
syllables apart: one of which is bound (`analyzers.bound`). In a sentence words only rank: to want them whole there costs nDCG
(`vims` .9826 to .9781 with marks).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache
from itertools import pairwise

from analyzers.bound import is_bound
from analyzers.keys import folded_key, has_marks, marked_key
from analyzers.segmentation.model import load
from engine.spellings.variants import spellings

_CLEARLY = 3
"""Of two words that share a syllable, as in *thu ngân sách*, one is clearly meant when so many times as many articles hold it."""
Keys = tuple[str, ...]
Span = tuple[int, int]
Unit = tuple[Span, ...]
"""Ranges of syllables, one of which is looked for whole."""


def words_in(meant: Sequence[str], articles: Callable[[str, str], int]) -> tuple[Unit, ...]:
    """The words of two syllables that are looked for whole in a row, given as the marked keys that were meant.

    Of words that share a syllable any may be meant where none clearly is. `articles`: how many hold two folded keys side by side.
    """
    known, _ = _known()
    found = {at: both for at, both in enumerate(pairwise(meant)) if both in known}
    kept = {at for at in found if at - 1 not in found and at + 1 not in found}
    if len(kept) < len(found):
        counts = {at: articles(*map(folded_key, both)) for at, both in found.items()}
        rivals = {at: max(counts.get(at - 1, 0), counts.get(at + 1, 0)) for at in found if at not in kept}
        kept |= {at for at, most in rivals.items() if counts[at] and counts[at] >= _CLEARLY * most}
    bound = {at for at, both in found.items() if any(map(is_bound, both))}
    units = [[at] for at in kept]
    for at in found:
        if not {at - 1, at, at + 1} & kept:
            if units and units[-1][-1] == at - 1:
                units[-1].append(at)
            else:
                units.append([at])
    return tuple(tuple((at, at + 2) for at in unit) for unit in sorted(units) if bound.issuperset(unit))


def completed(marked: Keys) -> Keys:
    """A row of keys as typed with the marks that were left out of one half of a word with a bound syllable: ``ngân sach``."""
    keys = [*marked]
    for at, both in enumerate(pairwise(marked)):
        word = _half_marked(*both)
        if word is None:
            continue
        bare = at if both[0] != word[0] else at + 1
        if not any(pair in _known()[0] for pair in pairwise(marked[max(bare - 1, 0) : bare + 2])):
            keys[bare] = word[bare - at]
    return tuple(keys)


def cuts_a_word(marked: Keys, first: int, last: int) -> bool:
    """Whether the syllables ``[first, last)`` of a row of keys, as typed, begin or end inside a word of two syllables."""
    return (first > 0 and is_word(marked[first - 1 : first + 1])) or is_word(marked[last - 1 : last + 1])


def is_word(keys: Keys) -> bool:
    """Whether two keys make a word, or would with marks that were left out."""
    marked, bare = _known()
    return keys in marked or (keys in bare and not any(map(has_marks, keys)))


@cache
def _known() -> tuple[frozenset[Keys], frozenset[Keys]]:
    """The words of two syllables that segmentation knows, by their keys with marks and without."""
    marked = frozenset(tuple(map(marked_key, word.split())) for word in load().bigrams)
    return marked, frozenset(tuple(map(folded_key, keys)) for keys in marked)


def _half_marked(left: str, right: str) -> Keys | None:
    """The word with a bound syllable that two keys are of which one lacks its marks; None when there are several, or they are a word."""
    if has_marks(left) == has_marks(right) or (left, right) in _known()[0]:
        return None
    rows = ((left, key) for key in spellings(right)) if has_marks(left) else ((key, right) for key in spellings(left))
    words = [row for row in rows if row in _known()[0] and all(map(has_marks, row)) and any(map(is_bound, row))]
    return words[0] if len(words) == 1 else None
