"""Names of places that news spells in several ways: *Cư M'gar*, *Cư Mgar*, *Cư M gar*; *Chư Păh*, *Chư Pah*; *Bắc Kạn*, *Bắc Cạn*.

The gazetteer knows the spellings. Those of one name are told from its other names (*Sài Gòn*) by their letters, which are the same but for
spaces, marks, *c* or *k*, *i* or *y*, or nearly the same (*Buôn Ma Thuột*, *Ban Mê Thuột*). Of a name of the Highlands, whose syllables
are none of Vietnamese, writers put the marks as they like; it is looked for with any, unless other words have its letters too (*A Tiêng*:
*à, tiếng*). A *k* at the end is written *c* as well (*Đắk Lắk*, *Đắc Lắc*). What keys make equal (*Pắc*, *Pắk*) needs no care here.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from analyzers.encodings.syllable import is_syllable, split_tone, with_tone
from analyzers.keyboards.shapes import FOLDED
from analyzers.keys import folded_key, has_marks, marked_key
from analyzers.places import QueryPlace, load
from analyzers.places.query import QueryFinder
from analyzers.places.spelling import JOINABLE, same_letters, syllable_key
from analyzers.syllables import SYLLABLE
from engine.query.words import cuts_a_word

MOST = 6
"""Other spellings of one name that are looked for."""
_LONGEST = 64
"""Syllables of a row that is looked through for names."""
_LONGEST_NAME = 8
"""Syllables of a name, with its type word."""
_SECOND_CAPITAL = re.compile(r"(?<=\b[^\W\d_a-zđ])(?=[A-ZĐ][a-zđ])")
_LETTER_APART = re.compile(r"(?<=\b[bcdđghklmnpqrstvx]) ")
_ACUTE = 1
_AKIN = 75
"""Likeness (0 to 100, rapidfuzz's ratio of the letters) of two spellings of one name; of two names of a unit that are not the same it is
under 60, but for one that goes on where the other ends (*Hưng Yên*, *Hưng Yên Nam*)."""

Keys = tuple[str, ...]


class Writing(NamedTuple):
    """Another spelling of a name: keys with exactly these marks, or `loose` ones with any."""

    keys: Keys
    loose: bool


class Spelt(NamedTuple):
    """A name at the syllables ``[first, last)`` of a row, and its other spellings."""

    first: int
    last: int
    name: str
    typed: Writing
    others: tuple[Writing, ...]

    def overlaps(self, first: int, last: int) -> bool:
        """Whether some of the syllables ``[first, last)`` are its own."""
        return first < self.last and self.first < last

    @property
    def is_told_by_marks(self) -> bool:
        """Whether other words have its letters, so that its pairs, which have no marks, tell little: *Bắc Cạn*, *K'Bang* (*K. bằng*)."""
        return not self.typed.loose and any(len(key) == 1 or has_marks(key) for key in self.typed.keys)

    @property
    def told(self) -> bool:
        """Whether a reader is told: not of a space alone (*Kontum*), which is no other spelling to anybody."""
        size = len(self.typed.keys)
        return any(len(one.keys) == size or any(len(key) == 1 for key in (*one.keys, *self.typed.keys)) for one in self.others)


def spelt_otherwise(marked: Sequence[str]) -> tuple[Spelt, ...]:
    """Names in a row of marked keys that have other spellings, in their order."""
    return _spelt_otherwise(tuple(marked)) if 0 < len(marked) <= _LONGEST else ()


def names_in(meant: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Spans of the names of places in a row of keys that have the marks that were meant: *la gi* is no *La Gi* where *là gì* was meant."""
    return _names_in(tuple(meant)) if 0 < len(meant) <= _LONGEST else ()


def spans_of_names(marked: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Spans of the names of places in a row of keys as typed, without their type words; marks that were left out may be any.

    None that cuts a word (*Hội An* in "lễ hội an giang"), but for names of provinces.
    """
    return _spans_of_names(tuple(marked)) if 0 < len(marked) <= _LONGEST else ()


@lru_cache(2048)
def _spans_of_names(marked: Keys) -> tuple[tuple[int, int], ...]:
    found = []
    for place, first, last in _places(marked):
        letters = {_letters(_keys(name)) for unit in place.units for name in (unit.name, *unit.spellings)}
        begin = next((at for at in range(first, last) if _letters(marked[at:last]) in letters), first)
        if any(unit.level == "province" for unit in place.units) or not cuts_a_word(marked, begin, last):
            found.append((begin, last))
    return tuple(found)


def name_first(marked: Sequence[str]) -> int:
    """Of how many syllables the name of a place is with which a row of marked keys begins, its type word included; 0 where it does not."""
    return next((last for _, first, last in _places(tuple(marked[:_LONGEST_NAME])) if first == 0), 0)


@lru_cache(2048)
def _names_in(meant: Keys) -> tuple[tuple[int, int], ...]:
    found = []
    for place, first, last in _places(meant):
        names = dict.fromkeys(name for unit in place.units for name in (unit.name, *unit.spellings))
        begin = next((at for at in range(first, last) if any(_is_name(meant[at:last], name) for name in names)), last)
        if begin < last:
            found.append((begin, last))
    return tuple(found)


def _is_name(meant: Keys, name: str) -> bool:
    """Whether the keys spell a name; those of a foreign one by their letters, unless they have the marks of other words."""
    if _letters(meant) != _letters(_keys(name)):
        return False
    foreign = _is_foreign(_keys(name))
    return any(meant == form.keys or form.loose for form in _forms(name, foreign)) or (foreign and not any(map(has_marks, meant)))


def _places(marked: Keys) -> Iterator[tuple[QueryPlace, int, int]]:
    """Places named in a row of keys, each with the range of its syllables; not what is an everyday word too."""
    text = " ".join(marked)
    spaces = [at for at, char in enumerate(text) if char == " "]
    for place in _finder().find(_LETTER_APART.sub("'", text)):
        first = bisect_left(spaces, place.start)
        if place.typed or not place.word:
            yield place, first, bisect_left(spaces, place.end) + 1


def _is_foreign(name: Keys) -> bool:
    return any(not is_syllable(key) for key in name if len(key) > 1 and not key.isdigit())


def _is_ordinary(keys: Keys) -> bool:
    """Whether words of Vietnamese have these letters, so that they tell a name only with its marks."""
    return all(len(key) == 1 or key.isdigit() or folded_key(key) in FOLDED for key in keys)


@lru_cache(2048)
def _spelt_otherwise(marked: Keys) -> tuple[Spelt, ...]:
    found = (_spelt(place, marked, first, last) for place, first, last in _places(marked))
    return tuple(spelt for spelt in found if spelt)


@cache
def _finder() -> QueryFinder:
    return QueryFinder(load())


def _spelt(place: QueryPlace, marked: Keys, first: int, last: int) -> Spelt | None:
    """The name without its type word, with its other spellings; None where it has none."""
    names = dict.fromkeys(name for unit in place.units for name in (unit.name, *unit.spellings))
    while first < last:
        typed = marked[first:last]
        same = [name for name in names if _letters(_keys(name)) == _letters(typed)]
        if same:
            same += [name for name in names if name not in same and _is_akin(name, same[0])]
            foreign = any(_is_foreign(_keys(name)) for name in same)
            written = dict.fromkeys(form for name in same for form in _forms(name, foreign))
            others = tuple(form for form in written if not _matches(typed, form))[:MOST]
            return Spelt(first, last, same[0], Writing(typed, not _is_ordinary(typed)), others) if others else None
        first += 1
    return None


def _is_akin(name: str, other: str) -> bool:
    from rapidfuzz import fuzz  # twenty milliseconds, and few units have several names

    one, two = sorted((_letters(_keys(name)), _letters(_keys(other))), key=len)
    return not two.startswith(one) and fuzz.ratio(one, two) >= _AKIN


def _forms(name: str, foreign: bool) -> Iterator[Writing]:
    """How a name may stand in a text: a letter before an apostrophe apart or not; a foreign one with any marks, or with none."""
    plain, in_c = _keys(name), _keys(_ending_in_c(name))
    for keys in dict.fromkeys((plain, _joined(plain), in_c, _joined(in_c), _run_together(plain) if foreign else plain)):
        bare = tuple(map(folded_key, keys))
        loose = foreign and not _is_ordinary(keys)
        if not loose:
            yield Writing(keys, loose=False)
        if foreign:
            yield Writing(bare, loose)


def _ending_in_c(name: str) -> str:
    """*Đắk*, *Đăk* as *Đắc*: with the tone that Vietnamese wants there."""
    return SYLLABLE.sub(lambda found: _in_c(found.group()), name)


def _in_c(syllable: str) -> str:
    bare, tone = split_tone(syllable)
    if tone is None or not bare.endswith("ăk"):
        return syllable
    return with_tone(bare[:-1] + "c", tone or _ACUTE)


def _joined(keys: Keys) -> Keys:
    found: list[str] = []
    for key in keys:
        if found and len(found[-1]) == 1 and found[-1].isalpha() and folded_key(found[-1]) not in "aiouy":
            found[-1] += key
        else:
            found.append(key)
    return tuple(found)


def _run_together(keys: Keys) -> Keys:
    """*Ea Kar* as *EaKar*."""
    return (keys[0] + keys[1], *keys[2:]) if len(keys) > 1 < len(keys[1]) and syllable_key(keys[0]) in JOINABLE else keys


def _matches(typed: Keys, form: Writing) -> bool:
    """Whether what is typed finds this spelling anyway: syllables without marks match any."""
    return len(typed) == len(form.keys) and all(
        one == other or (not has_marks(one) and folded_key(other) == one) for one, other in zip(typed, form.keys, strict=True)
    )


def _keys(name: str) -> Keys:
    """Keys of an official name; a second capital stands for an apostrophe, which most writers put: *KBang*, *K'Bang*."""
    return tuple(map(marked_key, SYLLABLE.findall(_SECOND_CAPITAL.sub("'", name))))


def _letters(keys: Keys) -> str:
    return same_letters(map(folded_key, keys))
