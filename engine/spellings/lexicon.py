"""What the articles of one snapshot attest, read off the engine's own dictionaries.

Nothing is kept beside the index: a commit that adds, replaces or deletes articles has changed the table by itself, in every engine, and a
look-up takes about a microsecond. Counts of syllables are those of the zone that has most; all may count articles that were replaced until
the engine has tidied up, so they are evidence; what a reader is shown is counted by a search.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from analyzers.keys import folded_key, has_marks
from engine.port import Snapshot
from engine.schema import FOLDED, PAIR_JOINT, PAIRS, READ_AS, READINGS, ZONES
from engine.spellings.variants import spellings

_OTHERWISE = 1.05
"""Neighbours are also spelt otherwise when so many times as many articles have them side by side with any marks. To heed the marks of
all takes half as long again."""
_SELDOM = 0.1
"""The part of the readings up to which one is a slip."""
_FOLDED_ZONES = tuple(zone + FOLDED for zone in ZONES)


class Syllable(NamedTuple):
    """A syllable of a query: its two keys, and whether its marks were typed and must agree."""

    marked: str
    folded: str
    typed: bool

    @classmethod
    def of(cls, marked: str) -> Syllable:
        return cls(marked, folded_key(marked), has_marks(marked))

    def agrees(self, marked: str) -> bool:
        """Whether an attested spelling may be what was typed."""
        return not self.typed or marked == self.marked


class Lexicon:
    """Attested syllables and pairs of one snapshot; what was looked up is remembered for the life of the object, one query long."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._counts: dict[tuple[str, str], int] = {}
        self._readings: dict[tuple[str, str], dict[tuple[str, str], int]] = {}

    def count(self, syllable: Syllable) -> int:
        """Documents that hold the syllable, as typed."""
        return self.marked(syllable.marked) if syllable.typed else self.folded(syllable.folded)

    def expect(self, marked: Iterable[str] = (), folded: Iterable[str] = (), pairs: Iterable[tuple[str, str]] = ()) -> None:
        """Look up together what will be asked for, where each look-up travels; elsewhere there is nothing to gain."""
        if not self._snapshot.distant:
            return
        wanted = [(zone, key) for key in marked for zone in ZONES]
        wanted += [(zone + FOLDED, key) for key in folded for zone in ZONES]
        wanted += [(PAIRS, left + PAIR_JOINT + right) for left, right in pairs]
        self._fetch(dict.fromkeys(wanted))

    def marked(self, key: str) -> int:
        """Documents that hold exactly this spelling."""
        return self._most([(zone, key) for zone in ZONES])

    def folded(self, key: str) -> int:
        """Documents that hold the key with any marks."""
        return self._most([(zone, key) for zone in _FOLDED_ZONES])

    def pair(self, left: str, right: str) -> int:
        """Documents where two folded keys stand side by side."""
        return self._count(PAIRS, left + PAIR_JOINT + right)

    def readings(self, left: str, right: str) -> dict[tuple[str, str], int]:
        """How two folded keys are spelt where they stand side by side in a title, a lead or inside a word, most frequent first."""
        known = self._readings.get((left, right))
        if known is None:
            head = f"{left}{PAIR_JOINT}{right}{READ_AS}"
            known = {}
            for key, count in self._snapshot.keys(READINGS, head).items():
                first, _, second = key[len(head) :].partition(PAIR_JOINT)
                known[first, second] = count
            self._readings[left, right] = known
        return known

    def spellings(self, folded: str) -> dict[str, int]:
        """Attested spellings of a folded key, most frequent first."""
        allowed = spellings(folded)
        self._fetch([("body", key) for key in allowed])
        found = {key: count for key in allowed if (count := self._counts["body", key])}
        if not found:  # a title or lead may stand without a body
            found = {key: count for key in allowed if (count := self.marked(key))}
        return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))

    def share(self, syllable: Syllable) -> float:
        """The part of the documents with the folded key that spell it as typed; 1 for a syllable typed without marks."""
        if not syllable.typed:
            return 1.0
        every = self.folded(syllable.folded)
        return min(self.marked(syllable.marked) / every, 1.0) if every else 0.0

    def together(self, left: Syllable, right: Syllable) -> float:
        """Estimated number of documents where the two stand side by side as typed.

        The number without marks is exact; the part of it that has these marks is that of the places where spelling is recorded.
        """
        every = self.pair(left.folded, right.folded)
        if not every or not (left.typed or right.typed):
            return float(every)
        recorded = self.readings(left.folded, right.folded)
        agreeing = sum(count for (first, second), count in recorded.items() if left.agrees(first) and right.agrees(second))
        if agreeing:
            return every * agreeing / sum(recorded.values())
        return every * self.share(left) * self.share(right) / (1 + sum(recorded.values()))

    def also_otherwise(self, left: Syllable, right: Syllable) -> bool:
        """Whether documents that have the two side by side spell them just as typed, bare ones too, and others among them do not.

        What next to none spells so was typed for another: *Quảng Ngai*.
        """
        recorded = self.readings(left.folded, right.folded)
        same = recorded.get((left.marked, right.marked), 0)
        agreeing = sum(count for (first, second), count in recorded.items() if left.agrees(first) and right.agrees(second))
        return same > _SELDOM * agreeing and self.pair(left.folded, right.folded) > _OTHERWISE * same

    def _fetch(self, terms: Iterable[tuple[str, str]]) -> None:
        """Look up what is not known yet, in one go."""
        wanted = [term for term in terms if term not in self._counts]
        if wanted:
            self._counts.update(zip(wanted, self._snapshot.frequencies(wanted), strict=True))

    def _most(self, terms: list[tuple[str, str]]) -> int:
        """The highest of the frequencies of `terms`."""
        self._fetch(terms)
        return max(map(self._counts.__getitem__, terms))

    def _count(self, field: str, key: str) -> int:
        known = self._counts.get((field, key))
        if known is None:
            known = self._counts[field, key] = self._snapshot.frequencies(((field, key),))[0]
        return known
