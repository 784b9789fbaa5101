"""The writings of all rows, found by their folded keys."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

from analyzers.abbreviations.model import Expansion
from analyzers.abbreviations.writings import Keys, Writing, writings


class Index:
    """Built from rows on first use; look-ups do not change it."""

    def __init__(self, rows: Sequence[Expansion]) -> None:
        self.rows = tuple(rows)

    def at(self, folded: Keys) -> Sequence[Writing]:
        """All writings with these folded keys."""
        return self._by_keys.get(folded, ())

    def longest(self, folded: str) -> int:
        """Syllables of the longest writing that begins with this folded key; 0 if none does."""
        return self._longest.get(folded, 0)

    def ways(self, row: int) -> Sequence[Writing]:
        """All writings of row number `row`: full, abbreviated, mixed."""
        return self._ways[row]

    @cached_property
    def _ways(self) -> list[list[Writing]]:
        return writings(self.rows)

    @cached_property
    def _by_keys(self) -> dict[Keys, list[Writing]]:
        index: dict[Keys, list[Writing]] = {}
        for ways in self._ways:
            for writing in ways:
                index.setdefault(writing.folded, []).append(writing)
        return index

    @cached_property
    def _longest(self) -> dict[str, int]:
        longest: dict[str, int] = {}
        for keys in self._by_keys:
            longest[keys[0]] = max(longest.get(keys[0], 0), len(keys))
        return longest
