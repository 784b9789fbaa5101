"""The gazetteer: every province, district and commune of Viet Nam since 2004, on a time axis.

Everything is asked *as of a day*, because names moved: ``gia-lai/an-khe`` of 2023 is a town, of 2026 a ward.
A pure object over package data; see `store.load` for the shared instance.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from analyzers.places.errors import UnknownUnitError
from analyzers.places.names import NameIndex
from analyzers.places.spelling import name_key, slug
from analyzers.places.unit import Level, Unit

REMEMBERED = 1 << 16
"""Answers that are remembered of each question that is asked with a day: those of an archive of many years have no end."""

Key = TypeVar("Key")
Value = TypeVar("Value")


class Gazetteer:
    """Units by identifier, name, path and kinship. Later rows with the same version replace earlier ones."""

    def __init__(self, units: Iterable[Unit], common: Mapping[str, int] | None = None) -> None:
        rows = {(unit.unit, unit.since): unit for unit in units}
        self._versions: dict[str, list[Unit]] = {}
        for unit in rows.values():
            self._versions.setdefault(unit.unit, []).append(unit)
        for versions in self._versions.values():
            versions.sort(key=lambda unit: unit.since)
        self._common = dict(common or {})
        self._paths: dict[str, tuple[Unit, ...]] = {}
        self._segments: dict[tuple[str, date], str] = {}
        self._by_slug: dict[str | None, dict[str, list[Unit]]] = {}
        self._lines: dict[tuple[str, date, date], tuple[Unit, ...]] = {}
        self._regions: dict[str, frozenset[str]] = {}
        self._heirs: dict[tuple[str, date], tuple[Unit, ...]] = {}
        self._now: dict[tuple[str, date], tuple[str, ...]] = {}
        self._provinces: dict[tuple[str, date, date], tuple[str, ...]] = {}

    @cached_property
    def names(self) -> NameIndex:
        """Units by any spelling of their name; built at first use."""
        return NameIndex((unit for versions in self._versions.values() for unit in versions), self._common)

    # --- one unit ---

    def versions(self, unit: str) -> tuple[Unit, ...]:
        """All versions of a unit, oldest first. Raises UnknownUnitError."""
        try:
            return tuple(self._versions[unit])
        except KeyError:
            raise UnknownUnitError(unit) from None

    def unit(self, unit: str, on: date | None = None) -> Unit:
        """The version in force on that day, else the nearest in time; without a day the newest. Raises UnknownUnitError."""
        versions = self._versions.get(unit)
        if not versions:
            raise UnknownUnitError(unit)
        if on is None or len(versions) == 1:
            return versions[-1]
        return min(versions, key=lambda version: _gap(version, on))

    def named(self, name: str, on: date | None = None, level: Level | None = None) -> tuple[Unit, ...]:
        """Versions bearing this name, in any spelling, with or without marks; `on` keeps those in force that day."""
        found = self.names.get(name)
        return tuple(unit for unit in found if (on is None or unit.covers(on)) and (level is None or unit.level == level))

    def nearest(self, name: str, count: int = 3) -> tuple[str, ...]:
        """Names of units spelled most like `name`, for "did you mean"."""
        return self.names.nearest(name, count)

    def at(self, on: date, level: Level | None = None) -> tuple[Unit, ...]:
        """All units in force on that day, in order of their identifiers."""
        return tuple(
            version
            for unit in sorted(self._versions)
            for version in self._versions[unit]
            if version.covers(on) and (level is None or version.level == level)
        )

    # --- up and down ---

    def parent(self, unit: Unit, on: date | None = None) -> Unit | None:
        """The unit this one belonged to, as it was on `on` (moved into the version's own life)."""
        return self.unit(unit.parent, _within(unit, on)) if unit.parent else None

    def parents(self, unit: Unit, on: date | None = None) -> tuple[Unit, ...]:
        """Province first, then district; empty for a province."""
        if unit.parent is None:
            return ()
        day = on if on is not None and unit.since <= on < unit.until else _within(unit, on)
        known = self._lines.get((unit.unit, unit.since, day))
        if known is None:
            above = self.unit(unit.parent, day)
            known = (*self.parents(above, day), above)
            _remember(self._lines, (unit.unit, unit.since, day), known)
        return known

    def region(self, unit: str) -> frozenset[str]:
        """Identifiers of every unit this one, or a unit that passed into it, ever lay in: how a careless address may name it."""
        known = self._regions.get(unit)
        if known is None:
            versions = (*self.versions(unit), *self.predecessors(unit))
            known = self._regions[unit] = frozenset(part.unit for version in versions for part in self.parents(version)) - {unit}
        return known

    def children(self, unit: str, on: date) -> tuple[Unit, ...]:
        """Direct parts of a unit on that day, in order of their identifiers."""
        return tuple(child for child in self._children.get(unit, ()) if child.covers(on))

    @cached_property
    def _children(self) -> dict[str | None, list[Unit]]:
        children: dict[str | None, list[Unit]] = {}
        for unit in sorted(self._versions):
            for version in self._versions[unit]:
                children.setdefault(version.parent, []).append(version)
        return children

    # --- then and later ---

    def successors(self, unit: Unit) -> tuple[Unit, ...]:
        """The versions that took this one's place on the day it ended; empty while in force."""
        return tuple(self.unit(heir, unit.until) for heir in unit.successors if heir in self._versions)

    def predecessors(self, unit: str) -> tuple[Unit, ...]:
        """Versions of *other* units that passed into this one."""
        return tuple(old for old in self._predecessors.get(unit, ()) if old.unit != unit)

    @cached_property
    def _predecessors(self) -> dict[str, list[Unit]]:
        found: dict[str, list[Unit]] = {}
        for unit in sorted(self._versions):
            for version in self._versions[unit]:
                for heir in version.successors:
                    found.setdefault(heir, []).append(version)
        return found

    def today(self, unit: Unit) -> tuple[Unit, ...]:
        """The units in force now that hold this one's territory, found by following successors."""
        known = self._heirs.get((unit.unit, unit.since))
        if known is None:
            found: dict[str, Unit] = {}
            self._follow(unit, found, set())
            known = self._heirs[unit.unit, unit.since] = tuple(found[key] for key in sorted(found))
        return known

    def paths_now(self, unit: Unit) -> tuple[str, ...]:
        """Paths of `today`'s units, sorted."""
        key = (unit.unit, unit.since)
        if key not in self._now:
            self._now[key] = tuple(sorted({self.path(heir) for heir in self.today(unit)}))
        return self._now[key]

    def provinces_on(self, unit: Unit, day: date) -> tuple[str, ...]:
        """Paths of the provinces that held this version's territory on that day, sorted; follows successors or predecessors to it.

        One for every unit but the merged provinces of 2025: no commune of today spans two of the former ones.
        """
        key = (unit.unit, unit.since, day)
        if key not in self._provinces:
            found: set[str] = set()
            self._reach(unit, day, found, set())
            if not found and unit.parent:  # some early wards have no successor in the lists
                self._reach(self.parents(unit)[0], day, found, set())
            _remember(self._provinces, key, tuple(sorted(found)))
        return self._provinces[key]

    def _reach(self, unit: Unit, day: date, found: set[str], seen: set[str]) -> None:
        if unit.id in seen:
            return
        seen.add(unit.id)
        if unit.covers(day):
            found.add(self.segment((*self.parents(unit, day), unit)[0]))
            return
        if unit.until <= day:
            others = list(self.successors(unit))
        else:
            others = [*(version for version in self._versions[unit.unit] if version.until == unit.since), *self.predecessors(unit.unit)]
        for other in others:
            self._reach(other, day, found, seen)

    def _follow(self, unit: Unit, found: dict[str, Unit], seen: set[str]) -> None:
        if unit.id in seen:
            return
        seen.add(unit.id)
        if unit.until == date.max:
            found[unit.unit] = unit
            return
        for heir in unit.heirs or unit.successors:
            if heir in self._versions:
                self._follow(self.unit(heir, None if unit.heirs else unit.until), found, seen)

    def namesakes(self, unit: Unit) -> tuple[Unit, ...]:
        """Today's units that hold part of this one's territory and still bear its name."""
        key = name_key(unit.name)
        return tuple(heir for heir in self.today(unit) if heir.unit != unit.unit and name_key(heir.name) == key)

    # --- paths and labels ---

    def segment(self, unit: Unit) -> str:
        """Last part of the unit's path: its name's slug, made unique among siblings of the same time.

        Siblings that share a slug all get their type in front (``thi-tran-long-ho``, ``xa-long-ho``); siblings that share
        type and slug as well (``xã Minh Quán``, ``xã Minh Quân``) get their code behind (``xa-minh-quan-04516``).
        """
        known = self._segments.get((unit.unit, unit.since))
        if known is None:
            known = self._segments[unit.unit, unit.since] = self._segment(unit)
        return known

    def _segment(self, unit: Unit) -> str:
        own = slug(unit.name)
        rivals = [
            other
            for other in self._siblings(unit.parent).get(own, ())
            if other.unit != unit.unit and other.since < unit.until and unit.since < other.until
        ]
        if not rivals:
            return own
        typed = f"{slug(unit.type)}-{own}"
        return f"{typed}-{unit.code}" if any(other.type == unit.type for other in rivals) else typed

    def _siblings(self, parent: str | None) -> dict[str, list[Unit]]:
        """Every version of every part of a unit, by the slug of its name."""
        known = self._by_slug.get(parent)
        if known is None:
            known = self._by_slug[parent] = {}
            for child in self._children.get(parent, ()):
                known.setdefault(slug(child.name), []).append(child)
        return known

    def path(self, unit: Unit, on: date | None = None) -> str:
        """Slugs from the province down, as named on that day: ``gia-lai/an-khe/tay-son``."""
        return "/".join(self.segment(part) for part in (*self.parents(unit, on), unit))

    def at_path(self, path: str, on: date) -> Unit:
        """The unit that had this path on that day. Raises UnknownUnitError (see `nearest` for names to suggest)."""
        for unit in self.bearers(path):
            if unit.covers(on):
                return unit
        raise UnknownUnitError(path)

    def bearers(self, path: str) -> tuple[Unit, ...]:
        """Every version of every unit that has had this path, oldest first; empty when it never was one."""
        return self._bearers(path.strip("/"))

    def _bearers(self, path: str) -> tuple[Unit, ...]:
        known = self._paths.get(path)
        if known is None:
            above, _, last = path.rpartition("/")
            parents = self._bearers(above) if above else None
            homes = {None} if parents is None else {unit.unit for unit in parents}
            children = [child for home in homes for child in self._children.get(home, ())]
            found = [child for child in children if self.segment(child) == last and (parents is None or _overlaps(child, parents))]
            known = tuple(sorted(found, key=lambda unit: (unit.since, unit.unit)))
            if known:  # paths come from URLs: unknown ones must not pile up
                self._paths[path] = known
        return known

    def full_label(self, unit: Unit, on: date | None = None) -> str:
        """Name that tells homonyms apart: ``Tân Thành (Bắc Quang, Hà Giang)``; with its type where siblings share the name."""
        above = ", ".join(part.name for part in reversed(self.parents(unit, on)))
        name = unit.name if self.segment(unit) == slug(unit.name) else unit.label
        return f"{name} ({above})" if above else name


def _remember(table: dict[Key, Value], key: Key, value: Value) -> None:
    if len(table) >= REMEMBERED:
        table.clear()
    table[key] = value


def _overlaps(child: Unit, parents: Iterable[Unit]) -> bool:
    return any(child.parent == unit.unit and child.since < unit.until and unit.since < child.until for unit in parents)


def _gap(version: Unit, on: date) -> timedelta:
    """How far a day lies outside a version's life; zero inside. A tie goes to the earlier version."""
    if on < version.since:
        return version.since - on
    return max(on - version.until + timedelta(1), timedelta())


def _within(unit: Unit, on: date | None) -> date:
    """The day of the unit's life nearest to `on`; its last day when `on` is None."""
    last = unit.until if unit.until == date.max else unit.until - timedelta(1)
    return last if on is None else min(max(on, unit.since), last)
