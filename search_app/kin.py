"""What the gazetteer knows of the units that bore a path: their time, parents, parts, what came before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import NamedTuple

from analyzers.places import Gazetteer, Unit
from engine.places import day_label, last_day

from .addresses import place_path

MOST_KIN = 40
"""Units listed in one relation; the rest are counted."""
ENDS = {
    "renamed": "đổi tên",
    "retyped": "đổi loại đơn vị",
    "moved": "chuyển sang đơn vị khác",
    "dissolved": "giải thể, nhập vào đơn vị khác",
    "reform2025": "sắp xếp lại năm 2025",
}
IN_FORCE = date.max - timedelta(1)
"""A day on which just the units in force are in force."""


class Kin(NamedTuple):
    """A unit in a relation to another. `when` says since or until when, `partly` that only a part of a territory passed."""

    label: str
    href: str | None
    when: str = ""
    partly: bool = False


@dataclass(frozen=True, slots=True)
class Bearer:
    """One unit that bore the path: its names in order, what ended it, and its kin on its last day."""

    unit: Unit
    label: str
    years: str
    in_force: bool
    end: str
    names: tuple[str, ...]
    parents: tuple[Kin, ...]
    before: tuple[Kin, ...]
    after: tuple[Kin, ...]
    today: tuple[Kin, ...]
    children: tuple[Unit, ...]

    @property
    def partly(self) -> bool:
        """Whether some relation is of a part of a territory only."""
        return any(kin.partly for kin in (*self.before, *self.after))


def bearers(path: str, gazetteer: Gazetteer) -> tuple[Bearer, ...]:
    """The units that bore `path`, the one in force or the latest first."""
    versions = sorted(gazetteer.bearers(path), key=lambda unit: (unit.unit, unit.since))
    groups = [list(group) for _, group in groupby(versions, key=lambda unit: unit.unit)]
    groups.sort(key=lambda group: (group[-1].until, group[-1].since), reverse=True)
    return tuple(_bearer(path, group, gazetteer) for group in groups)


def _bearer(path: str, versions: list[Unit], gazetteer: Gazetteer) -> Bearer:
    first, unit = versions[0], versions[-1]
    labels = [version.label for version in versions]
    names = [f"{version.label} ({_years(version, version)})" for version in versions] if len(set(labels)) > 1 else []
    today = gazetteer.today(unit) if unit.until != date.max else ()
    return Bearer(
        unit=unit,
        label=unit.label,
        years=_years(first, unit),
        in_force=unit.until == date.max,
        end=", ".join(ENDS.get(reason, reason) for reason in unit.end.split("+") if reason),
        names=tuple(names),
        parents=tuple(Kin(above.label, place_path(gazetteer.path(above))) for above in reversed(gazetteer.parents(unit))),
        before=_listed(_before(path, first, unit, gazetteer)),
        after=_listed(_after(path, unit, gazetteer)),
        today=_listed(_kin(path, heir, gazetteer) for heir in today) if _tells_more(today, unit, gazetteer) else (),
        children=gazetteer.children(unit.unit, min(last_day(unit), IN_FORCE)),
    )


def _tells_more(today: tuple[Unit, ...], unit: Unit, gazetteer: Gazetteer) -> bool:
    """Whether today's units are others than the direct successors."""
    return {heir.unit for heir in today} != {heir.unit for heir in gazetteer.successors(unit)}


def _years(first: Unit, last: Unit) -> str:
    """``từ 1/7/2025``, ``đến 30/6/2025``, ``3/2/2009 đến 30/6/2025``; the first list is of 2004."""
    since = day_label(first.since) if first.since != date.min else ""
    until = day_label(last_day(last)) if last.until != date.max else ""
    if since and until:
        return f"{since} đến {until}"
    return f"từ {since}" if since else f"đến {until}" if until else "từ trước tháng 9/2004"


def _before(path: str, first: Unit, last: Unit, gazetteer: Gazetteer) -> Iterable[Kin]:
    earlier = [version for version in gazetteer.versions(first.unit) if version.until == first.since]
    old = [unit for unit in gazetteer.predecessors(first.unit) if unit.until < last.until or last.until == date.max]
    for unit in (*earlier, *sorted(old, key=lambda unit: (unit.until, _rank(unit)))):
        yield _kin(path, unit, gazetteer, when=f"đến {day_label(last_day(unit))}", partly=len(set(unit.successors)) > 1)


def _after(path: str, unit: Unit, gazetteer: Gazetteer) -> Iterable[Kin]:
    later = [version for version in gazetteer.versions(unit.unit) if version.since == unit.until]
    heirs = [heir for heir in gazetteer.successors(unit) if heir.unit != unit.unit]
    for heir in (*later, *heirs):
        yield _kin(path, heir, gazetteer, when=f"từ {day_label(unit.until)}", partly=len(heirs) > 1)


def _kin(path: str, unit: Unit, gazetteer: Gazetteer, when: str = "", *, partly: bool = False) -> Kin:
    other = gazetteer.path(unit)
    return Kin(full_label(unit, gazetteer), place_path(other) if other != path else None, when, partly)


def _listed(kin: Iterable[Kin]) -> tuple[Kin, ...]:
    every = tuple(dict.fromkeys(kin))
    left = len(every) - MOST_KIN
    return every if left <= 0 else (*every[:MOST_KIN], Kin(f"và {left} đơn vị khác", None))


def _rank(unit: Unit) -> tuple[int, str]:
    return "pdc".index(unit.unit[0]), unit.unit


def full_label(unit: Unit, gazetteer: Gazetteer) -> str:
    """``phường Tây Sơn (Pleiku, Gia Lai)``"""
    above = ", ".join(dict.fromkeys(part.name for part in reversed(gazetteer.parents(unit))))
    return f"{unit.label} ({above})" if above else unit.label


def homonyms(path: str, gazetteer: Gazetteer) -> tuple[Kin, ...]:
    """Other places of the same name, those in force first."""
    bearing = gazetteer.bearers(path)
    own = {unit.unit for unit in bearing} | {heir.unit for unit in bearing for heir in gazetteer.successors(unit)}
    newest: dict[str, Unit] = {}
    for unit in (unit for name in {unit.name for unit in bearing} for unit in gazetteer.named(name)):
        other = gazetteer.path(unit)
        if unit.unit not in own and other != path and (other not in newest or newest[other].until < unit.until):
            newest[other] = unit
    ranked = sorted(newest.items(), key=lambda item: (item[1].until != date.max, _rank(item[1])))
    return tuple(
        Kin(full_label(unit, gazetteer), place_path(other), "" if unit.until == date.max else f"đến {day_label(last_day(unit))}")
        for other, unit in ranked
    )
