"""Words of several syllables in a query: they are looked for whole.

*Ngân sách* is not *giải ngân* here and *danh sách* there. An article with both is found for a longer query all the same, where most of the
words are enough; in a short one it would only swell totals, facets and months.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache, lru_cache

from analyzers.keys import folded_key, has_marks, marked_key
from analyzers.segmentation.model import load

LONGEST = 5
"""Syllables of a row up to which its words are looked for whole. In a sentence they only rank: there that costs nDCG (`vims` .9826 to .9781
with marks)."""
Keys = tuple[str, ...]
Span = tuple[int, int]


def words_in(marked: Sequence[str], names: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Ranges of the syllables of a short row of keys, as typed, that make a word of two, or would with marks that were left out.

    None inside of `names`, none that overlap.
    """
    return _words_in(tuple(marked), tuple(names)) if 1 < len(marked) <= LONGEST else ()


@lru_cache(2048)
def _words_in(marked: Keys, names: tuple[Span, ...]) -> tuple[Span, ...]:
    taken = {at for first, last in names for at in range(first - 1, last)}
    known = [at for at in range(len(marked) - 1) if at not in taken and _is_word(marked[at : at + 2])]
    # Of two that overlap, as in "học sinh học", either may be meant.
    return tuple((at, at + 2) for at in known if at - 1 not in known and at + 1 not in known)


def _is_word(keys: Keys) -> bool:
    marked, bare = _known()
    return keys in marked or (keys in bare and not any(map(has_marks, keys)))


@cache
def _known() -> tuple[frozenset[Keys], frozenset[Keys]]:
    """The words of two syllables that segmentation knows, by their keys with marks and without."""
    marked = frozenset(tuple(map(marked_key, word.split())) for word in load().bigrams)
    return marked, frozenset(tuple(map(folded_key, keys)) for keys in marked)
