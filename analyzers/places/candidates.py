"""Which units a found name may mean on the article's day, before anything in the article narrows them down."""

from __future__ import annotations

from collections.abc import Container, Iterable
from datetime import date

from analyzers.places.found import Found
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.unit import Unit


class Candidates:
    """Looks names up as of one day."""

    def __init__(self, gazetteer: Gazetteer, on: date) -> None:
        self.gazetteer = gazetteer
        self.on = on

    def of(self, item: Found) -> tuple[Unit, ...]:
        """Units that bear the name that day, of the type where one is written; else those of the nearest day."""
        active = self._active(item.rows)
        if item.types:
            exact = tuple([row for row in active if row.type in item.types])
            return exact or self._nearest(row for row in item.rows if row.type in item.types) or active or self._nearest(item.rows)
        if item.key in self.gazetteer.names.provinces and not any(row.level == "province" for row in active):
            # A province of another day outweighs the ward that has its name now: "Bình Dương" of 2026 is the former province.
            active = self._nearest(row for row in item.rows if row.level == "province" and row.since <= self.on) or active
        return active or self._nearest(item.rows)

    def wider(self, item: Found) -> tuple[Unit, ...]:
        """Units of other days and types too; used only where an address or the article points at one of them."""
        past = self._nearest(row for row in item.rows if row.type in item.types)
        return _unique((*past, *self._active(item.rows), *self._nearest(item.rows)))

    def under(self, unit: Unit, above: Container[str]) -> bool:
        """Whether the unit lay inside one of these on the article's day."""
        return any(part.unit in above for part in self.gazetteer.parents(unit, self.on))

    def once_under(self, unit: Unit, above: frozenset[str]) -> bool:
        """Whether the unit, or one that passed into it, ever lay inside one of these: careless or outdated addresses."""
        return not above.isdisjoint(self.gazetteer.region(unit.unit))

    def line(self, unit: Unit) -> tuple[Unit, ...]:
        """The unit and its parents, province first."""
        return (*self.gazetteer.parents(unit, self.on), unit)

    def _active(self, rows: tuple[Unit, ...]) -> tuple[Unit, ...]:
        on = self.on
        return tuple([row for row in rows if row.since <= on < row.until])

    def _nearest(self, rows: Iterable[Unit]) -> tuple[Unit, ...]:
        """Of each unit the version nearest in time; units of the past before those of the future."""
        found: dict[str, Unit] = {}
        for row in rows:
            known = found.get(row.unit)
            if known is None or self._distance(row) < self._distance(known):
                found[row.unit] = row
        past = tuple(row for row in found.values() if row.since <= self.on)
        return past or tuple(found.values())

    def _distance(self, row: Unit) -> int:
        return max((row.since - self.on).days, (self.on - row.until).days, 0)


def _unique(units: Iterable[Unit]) -> tuple[Unit, ...]:
    """The first version of each unit."""
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.unit, unit)
    return tuple(found.values())
