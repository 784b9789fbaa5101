"""Names of the gazetteer at one place of a text: how far they reach, and whether the text writes them as names."""

from __future__ import annotations

from analyzers.analyzer import AnalyzedText
from analyzers.places import lexicon
from analyzers.places.names import NameIndex
from analyzers.places.spelling import syllable_key
from analyzers.places.unit import Level
from analyzers.places.window import APOSTROPHES, HYPHEN_GAPS, PLAIN_GAPS, Window

TYPE_FIRST = frozenset(phrase.split(" ")[0] for phrase in lexicon.TYPE_PHRASES) | frozenset(lexicon.JOINED_TYPES)
"""Syllables a type phrase may begin with."""
RUN = 5
"""Syllables a proper name is followed back (or forth) at most."""


class Lookup(Window):
    """Looks names up at a syllable of one text."""

    __slots__ = ("lengths", "names")

    def __init__(self, names: NameIndex, text: AnalyzedText) -> None:
        super().__init__(text)
        self.names = names
        self.lengths = names.lengths

    def bare_name(self, at: int, first: str, levels: frozenset[Level] | None) -> tuple[str, int]:
        """Longest known name, every syllable capitalised, and where it ends; ``("", at)`` when there is none."""
        for length in self.lengths.get(first, ()):
            last = at + length
            if last > self.count or not self._written(last - 1):
                continue
            key = first if length == 1 else " ".join([syllable_key(part) for part in self.marked[at:last]])
            known = self.names.levels.get(key)
            if known is None or not self._contiguous(at, last, key) or (length > 2 and not self._all_capital(at + 1, last - 1)):
                continue
            if levels is None or not levels.isdisjoint(known):
                return key, last
        return "", at

    def typed_name(self, at: int, levels: frozenset[Level]) -> tuple[str, int]:
        """Longest known name of these levels; a careless small letter (``xã Thuận hà``) passes if no better name is there."""
        if not (self.capital(at) or (at < self.count and self.marked[at].isdigit())):
            return "", at
        careless = ("", at)
        first = syllable_key(self.marked[at])
        for length in self.lengths.get(first, ()):
            last = at + length
            if last > self.count:
                continue
            key = " ".join([syllable_key(part) for part in self.marked[at:last]])
            known = self.names.levels.get(key)
            if known is None or levels.isdisjoint(known) or not self._contiguous(at, last, key):
                continue
            if length == 1:
                return (key, last) if not careless[0] else careless
            if self._written(last - 1) or self.marked[last - 1].isdigit():
                return key, last
            careless = (key, last) if length == 2 else careless
        return careless

    def _all_capital(self, first: int, last: int) -> bool:
        return all(self._written(i) for i in range(first, last))

    def _written(self, at: int) -> bool:
        """Whether the syllable is written as part of a name: with a capital, or behind an apostrophe (``Cư M'gar``)."""
        return self.capital(at) or self.source[self.ends[at - 1]] in APOSTROPHES

    def _contiguous(self, at: int, last: int, key: str) -> bool:
        """Whether only blanks (or apostrophes; in names written so, hyphens) lie between the syllables."""
        for i in range(at + 1, last):
            gap = self.source[self.ends[i - 1] : self.starts[i]]
            if gap not in PLAIN_GAPS and not (gap in HYPHEN_GAPS and key in self.names.hyphened):
                return False
        return True

    # --- longer proper names ---

    def continues(self, at: int) -> bool:
        """Whether the capitalised syllable before makes this one part of a longer proper name: adjacent, and no acronym."""
        if self.starts[at] - self.ends[at - 1] != 1 or self.gap(at) != " ":
            return False
        before = self.surface(at - 1)
        return not (len(before) > 1 and before.isupper() and not self.shouted(at))

    def run_of_thing(self, at: int) -> bool:
        """Whether the capitalised run begins with a noun for a thing: ``Đền Trần Nam Định``."""
        first = at
        while first and at - first < RUN and self.gap(first) == " " and self.capital(first - 1):
            first -= 1
        return self.marked[first] in lexicon.SCENE_NOUNS or " ".join(self.marked[first : first + 2]) in lexicon.BODY_PHRASES

    def shouted(self, at: int) -> bool:
        surface = self.surface(at)
        return len(surface) > 1 and surface.isupper()

    def longer(self, last: int, people_pass: bool = False) -> bool:
        """Whether a capitalised syllable follows directly, so that the proper name is longer than what was matched."""
        if last >= self.count or self.gap(last) != " " or not self.capital(last):
            return False
        if people_pass and self.marked[last] in lexicon.PEOPLE:
            return False
        return not (self.shouted(last) or self.marked[last] in TYPE_FIRST)
