"""Units by the spellings of their names: the look-up tables behind the tagger and the search box."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property

from analyzers.keys import has_marks
from analyzers.places.spelling import folded_name, folded_syllable, is_foreign, joined_forms, name_key, same_letters
from analyzers.places.unit import LEVELS, Level, Unit
from analyzers.syllables import SYLLABLE

SAIGON = "sài gòn"
PLAIN_PROVINCES = frozenset({"hn"})
"""Source spellings too short to be trusted in running text."""

_NEAR = 0.6
"""Likeness from which a name is offered for another: 1 less the share of letters to change."""
_ALIKE = 8
"""Times as many names are looked at as are wanted: many short names differ from what was typed by one letter."""


class NameIndex:
    """``rows[key]`` are the versions bearing a name, ``levels[key]`` their levels.

    ``lengths[first]`` are the name lengths (syllables, longest first) to try.
    """

    def __init__(self, units: Iterable[Unit], common: Mapping[str, int]) -> None:
        by_name: dict[str, list[Unit]] = {}
        for unit in units:
            for spelling in dict.fromkeys((unit.name, *unit.spellings)):
                by_name.setdefault(spelling, []).append(unit)
        self.rows: dict[str, tuple[Unit, ...]] = {}
        for spelling, bearers in by_name.items():
            key = name_key(spelling)
            if key in PLAIN_PROVINCES:
                continue
            for form in (key, *joined_forms(key)):
                known = self.rows.get(form, ())
                self.rows[form] = known + tuple(unit for unit in bearers if unit not in known) if known else tuple(bearers)
        self.lengths = _lengths(self.rows)
        self.singles = frozenset(key for key in self.rows if " " not in key and not key.isdigit())
        self.levels = _levels(self.rows)
        self.provinces = frozenset(key for key, levels in self.levels.items() if "province" in levels)
        self.province_firsts = frozenset(key.split(" ")[0] for key in self.provinces)
        self.hyphened = frozenset(name_key(spelling) for spelling in by_name if "-" in spelling)
        self.common: dict[str, int] = {name_key(name): count for name, count in common.items()}

    @cached_property
    def folded(self) -> dict[str, tuple[str, ...]]:
        """Name keys by their unmarked form."""
        found: dict[str, list[str]] = {}
        for key in self.rows:
            found.setdefault(folded_name(key), []).append(key)
        return {form: tuple(keys) for form, keys in found.items()}

    @cached_property
    def folded_lengths(self) -> dict[str, tuple[int, ...]]:
        """Like `lengths`, for unmarked first syllables."""
        return _lengths(self.folded)

    @cached_property
    def letters(self) -> dict[str, tuple[str, ...]]:
        """Keys of names with a syllable that is none of Vietnamese, by their letters alone: *KBang* and *K'Bang*, *Ea Kar* and *EaKar*."""
        found: dict[str, list[str]] = {}
        for key in self.rows:
            parts = key.split(" ")
            if any(map(is_foreign, parts)):
                found.setdefault(same_letters(map(folded_syllable, parts)), []).append(key)
        return {letters: tuple(keys) for letters, keys in found.items()}

    def get(self, name: str) -> tuple[Unit, ...]:
        """Versions bearing `name`: marks that were typed count, a name typed without any matches every marking."""
        key = name_key(name)
        if any(has_marks(syllable) for syllable in SYLLABLE.findall(name)):
            return self.rows.get(key, ())
        keys = self.folded.get(folded_name(key), ())
        return tuple(dict.fromkeys(unit for found in keys for unit in self.rows[found]))

    def nearest(self, name: str, count: int) -> tuple[str, ...]:
        """Official names spelled most like `name`; of those equally like it, of the largest units first."""
        from rapidfuzz import process  # twenty milliseconds that those who misspell nothing do without
        from rapidfuzz.distance import OSA  # letters that changed places are one mistake: "Gia Lia" is nearer to Gia Lai than to Gia Lâm

        folded, alike = folded_name(name_key(name)), OSA.normalized_similarity
        close = process.extract(folded, self.folded.keys(), scorer=alike, score_cutoff=_NEAR, limit=count * _ALIKE)
        found = [(score, self.rows[self.folded[form][0]]) for form, score, _ in close]
        found.sort(key=lambda one: (-one[0], min(LEVELS.index(unit.level) for unit in one[1])))
        return tuple(dict.fromkeys(units[0].name for _, units in found))[:count]


def _levels(rows: Mapping[str, Iterable[Unit]]) -> dict[str, frozenset[Level]]:
    shared: dict[frozenset[Level], frozenset[Level]] = {}
    found: dict[str, frozenset[Level]] = {}
    for key, bearers in rows.items():
        levels = frozenset([unit.level for unit in bearers])
        found[key] = shared.setdefault(levels, levels)
    return found


def _lengths(keys: Iterable[str]) -> dict[str, tuple[int, ...]]:
    found: dict[str, set[int]] = {}
    for key in keys:
        parts = key.split(" ")
        found.setdefault(parts[0], set()).add(len(parts))
    return {first: tuple(sorted(lengths, reverse=True)) for first, lengths in found.items()}
