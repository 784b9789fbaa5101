"""Places named in a search query, with or without marks and in any case.

Queries are short and lower-case, so capitals say nothing here; dictionary words (``hòa bình``, ``thống nhất``) and single
syllables only count behind a type word, when they name a province, or when they are no syllable of Vietnamese (*pleiku*).
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from datetime import date

from analyzers.keys import has_marks, marked_key
from analyzers.places import lexicon
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.names import NameIndex
from analyzers.places.spelling import folded_name, folded_syllable, is_foreign, same_letters, syllable_key
from analyzers.places.unit import LEVELS, Unit
from analyzers.syllables import SYLLABLE
from analyzers.text import nfc

_FOLDED_TYPES: dict[str, tuple[str, ...]] = {}
for _phrase, _types in lexicon.TYPE_PHRASES.items():
    if _phrase not in lexicon.DOTTED_TYPES and _phrase != "thành":
        _key = folded_name(_phrase)
        _FOLDED_TYPES[_key] = tuple(dict.fromkeys((*_FOLDED_TYPES.get(_key, ()), *_types)))
_MOST_PARTS = 5
"""Words that a name of the Highlands may be cut into."""
_SHORT = 3
"""Letters up to which a syllable of no Vietnamese word is more often an abbreviation than a name."""
_CONSONANTS = frozenset("bcdđghklmnpqrstvx")
_JOINED = {"tphcm": "hồ chí minh", "hcm": "hồ chí minh", "tphn": "hà nội"}


@dataclass(frozen=True, slots=True)
class QueryPlace:
    """A name in a query: `start`/`end` are code points of the NFC query (type word included).

    `units` are the versions that bear the name, one a unit, likeliest first.
    """

    start: int
    end: int
    units: tuple[Unit, ...]
    typed: bool
    word: bool = False
    """The name is also an everyday word: *hòa bình*."""

    @property
    def candidates(self) -> tuple[str, ...]:
        """Identifiers of the units."""
        return tuple(unit.unit for unit in self.units)


class QueryFinder:
    """Looks a query's words up in the gazetteer; linear in the query."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self.names: NameIndex = gazetteer.names
        self.common = {folded_name(key) for key in self.names.common}

    def find(self, query: str) -> list[QueryPlace]:
        """Names in reading order, not overlapping; the longest one at each word."""
        text = nfc(query)
        spans = [match.span() for match in SYLLABLE.finditer(text)]
        words = [syllable_key(marked_key(text[start:end])) for start, end in spans]
        apart = frozenset(at for at, (_, end) in enumerate(spans) if text[end : end + 1].isspace() and words[at] in _CONSONANTS)
        found: list[QueryPlace] = []
        at = 0
        while at < len(words):
            hit = self._typed(words, at, apart) or self._bare(words, at, apart)
            if hit is None:
                at += 1
                continue
            last, rows, typed = hit
            found.append(QueryPlace(spans[at][0], spans[last - 1][1], _ordered(rows), typed, self._is_word(words[at:last])))
            at = last
        return found

    def _typed(self, words: list[str], at: int, apart: Set[int]) -> tuple[int, tuple[Unit, ...], bool] | None:
        for length in (2, 1):
            types = _FOLDED_TYPES.get(" ".join(folded_syllable(word) for word in words[at : at + length]))
            if types is None or at + length >= len(words):
                continue
            if length == 1 and has_marks(words[at]) and words[at] not in lexicon.TYPE_PHRASES:
                continue
            for last, keys in self._matches(words, at + length, apart):
                rows = tuple(row for key in keys for row in self.names.rows[key] if row.type in types)
                if rows:
                    return last, rows, True
        return None

    def _bare(self, words: list[str], at: int, apart: Set[int]) -> tuple[int, tuple[Unit, ...], bool] | None:
        if words[at] in _JOINED:
            return at + 1, self.names.rows[_JOINED[words[at]]], False
        for last, keys in self._matches(words, at, apart):
            rows = tuple(row for key in keys for row in self.names.rows[key])
            province = any(row.level == "province" for row in rows)
            if province:
                rows = tuple(row for row in rows if row.level != "commune")
            plain = " ".join(folded_syllable(word) for word in words[at:last])
            if province or (plain not in self.common and (last - at > 1 or (len(plain) > _SHORT and is_foreign(plain)))):
                return last, rows, False
        return None

    def _is_word(self, words: list[str]) -> bool:
        return " ".join(folded_syllable(word) for word in words) in self.common

    def _matches(self, words: list[str], at: int, apart: Set[int]) -> list[tuple[int, list[str]]]:
        """Name keys that the words from `at` spell, longest first; a mark that was typed must be in the name."""
        found = []
        for length in self.names.folded_lengths.get(folded_syllable(words[at]), ()):
            last = at + length
            if last > len(words):
                continue
            plain = " ".join(folded_syllable(word) for word in words[at:last])
            keys = [key for key in self.names.folded.get(plain, ()) if _spells(words[at:last], key.split(" "))]
            if keys:
                found.append((last, keys))
        return found or self._by_letters(words, at, apart)

    def _by_letters(self, words: list[str], at: int, apart: Set[int]) -> list[tuple[int, list[str]]]:
        """Names that no key spells so, by their letters: with other spaces, apostrophes and marks (*K'Bang*, *EaKar*, *Plei Cu*).

        Part of them must be no word of Vietnamese, or a letter with an apostrophe, and what has other marks none but this, so that words
        which happen to have the letters of a name are none: *bệnh viện K bằng xe*.
        """
        found = []
        odd = False
        for last in range(at + 1, min(at + _MOST_PARTS, len(words)) + 1):
            odd = odd or is_foreign(words[last - 1]) or (words[last - 1] in _CONSONANTS and last - 1 not in apart)
            known = self.names.letters.get(same_letters(map(folded_syllable, words[at:last])), ()) if odd else ()
            keys = [key for key in known if _has_marks_of(words[at:last], key.replace(" ", ""))]
            if keys:
                found.append((last, keys))
        return found[::-1]


def _spells(words: list[str], name: list[str]) -> bool:
    return all(word == part or not has_marks(word) for word, part in zip(words, name, strict=True))


def _has_marks_of(words: list[str], name: str) -> bool:
    """Whether the marks of each word of Vietnamese are those of the name's letters there."""
    at = 0
    for word in words:
        if has_marks(word) and not is_foreign(word) and word != name[at : at + len(word)]:
            return False
        at += len(word)
    return True


def _ordered(rows: tuple[Unit, ...]) -> tuple[Unit, ...]:
    """Units once each: provinces, districts, communes; those in force today first within a level."""
    newest: dict[str, Unit] = {}
    for row in rows:
        if row.unit not in newest or newest[row.unit].until < row.until:
            newest[row.unit] = row
    ranked = sorted(newest.values(), key=lambda row: (LEVELS.index(row.level), row.until != date.max, row.unit))
    return tuple(ranked)
