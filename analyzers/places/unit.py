"""One version of an administrative unit: what it was called, and where it belonged, between two dates."""

from __future__ import annotations

from datetime import date
from typing import Literal, NamedTuple

Level = Literal["province", "district", "commune"]
LEVELS: tuple[Level, ...] = ("province", "district", "commune")
_LEVEL_OF: dict[str, Level] = {"p": "province", "d": "district", "c": "commune"}

REFORM = date(2025, 7, 1)
"""The day 63 provinces became 34 and the district level ended."""


def level_of(unit: str) -> Level:
    """The level that an identifier names. Raises KeyError for what is none."""
    return _LEVEL_OF[unit[:1]]


class Unit(NamedTuple):
    """A unit between `since` (inclusive) and `until` (exclusive).

    `unit` is the identifier that all versions share: letter of the `level` (`level_of`), statistics-office code, ``:o`` before and ``:n``
    since the reform of July 2025 (codes were re-used, so the bare code identifies nothing).
    `since` is ``date.min`` for units of the first list (2004-08-31), `until` is ``date.max`` while in force.
    `end` says why the version ended: ``renamed``, ``retyped``, ``moved`` (joined by ``+``), ``dissolved``, ``reform2025``.
    `successors` are identifiers; `heirs` overrides the walk to today's units where that walk would be too wide.
    `lat`/`lon` are WGS 84 degrees (averages of successors before the reform), None when unknown.
    """

    unit: str
    level: Level
    since: date
    until: date
    end: str
    type: str
    name: str
    parent: str | None
    successors: tuple[str, ...]
    heirs: tuple[str, ...]
    lat: float | None
    lon: float | None
    spellings: tuple[str, ...]

    @property
    def id(self) -> str:
        """Identifier of this version: ``d623:o@start``, ``p75:n@2026-04-30``."""
        return f"{self.unit}@{'start' if self.since == date.min else self.since.isoformat()}"

    @property
    def code(self) -> str:
        """Code of the statistics office; unique only together with the era."""
        return self.unit[1:].partition(":")[0]

    @property
    def label(self) -> str:
        """Name with its type word: ``thị xã An Khê``."""
        return f"{self.type} {self.name}"

    @property
    def valid_from(self) -> date | None:
        return None if self.since == date.min else self.since

    @property
    def valid_to(self) -> date | None:
        return None if self.until == date.max else self.until

    def covers(self, on: date) -> bool:
        """Tell whether this version was in force on that day."""
        return self.since <= on < self.until
