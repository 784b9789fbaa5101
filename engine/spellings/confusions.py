"""Syllables that writers of Vietnamese take for one another, because they hear no difference: pure rules, no index.

*s* and *x*, *tr* and *ch*, *d*, *gi* and *r*, *l* and *n* at the beginning; *n* and *ng*, *t* and *c*, *nh* and *n*, *ch* and *t* at the
end; the tones *hỏi* and *ngã*. One of these is another at a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from analyzers.encodings.syllable import BARE, allows, split_tone, with_tone
from analyzers.keyboards.shapes import FOLDED
from analyzers.keys import folded_key, has_marks, marked_key

_BEGINNINGS = (("tr", "ch"), ("gi", "d"), ("gi", "r"), ("d", "r"), ("s", "x"), ("l", "n"), ("gi", "v"), ("d", "v"))
_ENDS = (("ng", "n"), ("nh", "n"), ("ch", "t"), ("c", "t"))
_ASK, _FALL = 3, 4
_TONES = {_ASK: _FALL, _FALL: _ASK}


@lru_cache(4096)
def confused_with(key: str) -> tuple[str, ...]:
    """The keys that a marked key, or one without marks, is taken for; well-formed syllables, itself not among them."""
    bare, tone = split_tone(key)
    if tone is None:
        return ()
    near = {with_tone(word, tone): None for word in _letters(bare) if word in BARE and allows(word, tone)}
    if tone in _TONES and allows(bare, _TONES[tone]):
        near[with_tone(bare, _TONES[tone])] = None
    return tuple(dict.fromkeys(found for word in near if (found := marked_key(word)) != key))


@lru_cache(4096)
def confused_without_marks(folded: str) -> tuple[str, ...]:
    """The same for a syllable typed without marks, which may have any."""
    if has_marks(folded):
        return ()
    return tuple(dict.fromkeys(folded_key(word) for word in _letters(folded) if word in FOLDED and word != folded))


def _letters(word: str) -> Iterator[str]:
    """What a toneless syllable is with another beginning, or another end; many are no syllables."""
    for pair in _BEGINNINGS:
        for typed, meant in (pair, pair[::-1]):
            if word.startswith(typed):
                yield meant + word[len(typed) :]
    for pair in _ENDS:
        for typed, meant in (pair, pair[::-1]):
            if word.endswith(typed):
                yield word[: -len(typed)] + meant
