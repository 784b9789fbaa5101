"""Words of several syllables in the rows of a query."""

from __future__ import annotations

from functools import cache

from analyzers.keys import folded_key, has_marks, marked_key
from analyzers.segmentation.model import load

Keys = tuple[str, ...]


def cuts_a_word(marked: Keys, first: int, last: int) -> bool:
    """Whether the syllables ``[first, last)`` of a row of keys, as typed, begin or end inside a word of two syllables."""
    return (first > 0 and _is_word(marked[first - 1 : first + 1])) or _is_word(marked[last - 1 : last + 1])


def _is_word(keys: Keys) -> bool:
    """Whether two keys make a word, or would with marks that were left out."""
    marked, bare = _known()
    return keys in marked or (keys in bare and not any(map(has_marks, keys)))


@cache
def _known() -> tuple[frozenset[Keys], frozenset[Keys]]:
    """The words of two syllables that segmentation knows, by their keys with marks and without."""
    marked = frozenset(tuple(map(marked_key, word.split())) for word in load().bigrams)
    return marked, frozenset(tuple(map(folded_key, keys)) for keys in marked)
