"""Places of a request and of a facet: paths of slugs such as ``gia-lai/an-khe``.

A path is a name, and names outlive units: ``gia-lai/an-khe`` was a town until June 2025 and is a ward since. So a request says
which names it means (`PlaceNames`): those of the article's day, today's units, or those of the day with their predecessors.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, fields, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import Literal, NamedTuple

from analyzers.keys import bare
from analyzers.places import Gazetteer, Unit
from analyzers.places.unit import LEVELS, REFORM
from engine.model import SearchRequest

PlaceNames = Literal["then", "now", "lineage"]
"""``then``: the unit as called at the article's date. ``now``: the units that hold its territory today.
``lineage``: the name of the day, and the units that later passed into a bearer of it."""
Values = dict[str, tuple[str, ...]]
PLACE, PLACE_NOW, PLACE_OLD = "place", "place_now", "place_old"
"""Fields: the names of the day, who holds the territory today, and which of the 63 provinces of 30 June 2025 held it."""
PLACE_FIELDS = (PLACE, PLACE_NOW)
LAST_OLD_DAY = REFORM - timedelta(1)
SUGGESTED = 3
"""Names offered for an unknown one."""
LONGEST_NAME = 60
"""An unknown name longer than this is not compared with every known one."""


@dataclass(frozen=True, slots=True)
class PlacedRequest(SearchRequest):
    """A request whose places are not (only) the names of the article's day.

    With ``lineage``, `filters` and `excluded` hold the chosen places and what they bring; `brought` and `brought_out` map each chosen
    one to the latter.
    """

    names: PlaceNames = "then"
    brought: Values = field(default_factory=dict)
    brought_out: Values = field(default_factory=dict)


class Predecessor(NamedTuple):
    """A path whose unit passed into another; `whole` when all of its territory did."""

    path: str
    whole: bool


def names_of(request: SearchRequest) -> PlaceNames:
    """Which names the places of a request are."""
    if isinstance(request, PlacedRequest):
        return request.names
    return "now" if PLACE_NOW in request.filters or PLACE_NOW in request.excluded else "then"


def place_field(request: SearchRequest) -> str:
    """The index field that the places of a request are looked up in."""
    return PLACE_NOW if names_of(request) == "now" else PLACE


def meaning(request: SearchRequest, names: PlaceNames, gazetteer: Gazetteer) -> SearchRequest:
    """`request` with its places meant as `names`: its counts are of their field, and a lineage is filled in."""
    plain = {one.name: getattr(request, one.name) for one in fields(SearchRequest)}
    if names == "then":
        return SearchRequest(**plain)
    plain["facets"] = tuple(PLACE_NOW if names == "now" and name == PLACE else name for name in request.facets)
    return widened(PlacedRequest(**plain, names=names), gazetteer)


def widened(request: SearchRequest, gazetteer: Gazetteer) -> SearchRequest:
    """`request` with the predecessors of every chosen place beside it, where it asks for them. Idempotent."""
    if names_of(request) != "lineage" or not isinstance(request, PlacedRequest):
        return request
    filters, brought = _widened(request.filters, chosen(request, PLACE), gazetteer)
    excluded, brought_out = _widened(request.excluded, left_out(request, PLACE), gazetteer)
    return replace(request, filters=filters, excluded=excluded, brought=brought, brought_out=brought_out)


def _widened(values: Values, paths: tuple[str, ...], gazetteer: Gazetteer) -> tuple[Values, Values]:
    brought = {path: tuple(old.path for old in lineage(path, gazetteer)) for path in paths}
    every = _every(paths, brought)
    return ({**values, PLACE: every} if every else values), brought


def _every(paths: Iterable[str], brought: Values) -> tuple[str, ...]:
    """Paths with what each brings, the former first."""
    chosen = tuple(paths)
    return tuple(dict.fromkeys((*chosen, *(old for path in chosen for old in brought.get(path, ())))))


def chosen(request: SearchRequest, name: str) -> tuple[str, ...]:
    """The values of a filter that were chosen, without those they brought."""
    values = request.filters.get(name, ())
    return _chosen(values, request.brought) if name == PLACE and isinstance(request, PlacedRequest) else values


def left_out(request: SearchRequest, name: str) -> tuple[str, ...]:
    """The same of what is left out."""
    values = request.excluded.get(name, ())
    return _chosen(values, request.brought_out) if name == PLACE and isinstance(request, PlacedRequest) else values


def _chosen(values: tuple[str, ...], brought: Values) -> tuple[str, ...]:
    others = {old for paths in brought.values() for old in paths}
    return tuple(value for value in values if value in brought or value not in others)


def unfiltered(request: SearchRequest, path: str) -> tuple[str, ...]:
    """The place filter without `path` and what it alone brought."""
    brought = request.brought if isinstance(request, PlacedRequest) else {}
    return _every((one for one in chosen(request, PLACE) if one != path), brought)


def allowed(request: SearchRequest, path: str) -> tuple[str, ...]:
    """The places left out without `path` and what it alone brought."""
    brought = request.brought_out if isinstance(request, PlacedRequest) else {}
    return _every((one for one in left_out(request, PLACE) if one != path), brought)


@lru_cache(4096)
def lineage(path: str, gazetteer: Gazetteer) -> tuple[Predecessor, ...]:
    """Paths of the units that passed into a bearer of `path`, whatever the number of steps; not those the path covers itself.

    A unit of a higher level that was divided is left out: its path would bring all of its parts.
    """
    found: dict[str, bool] = {}
    waiting = list(gazetteer.bearers(path))
    seen = {unit.id for unit in waiting}
    while waiting:
        unit = waiting.pop()
        earlier = [version for version in gazetteer.versions(unit.unit) if version.until <= unit.since]
        for old in (*earlier, *(old for old in gazetteer.predecessors(unit.unit) if old.until < unit.until)):
            whole = len(set(old.successors)) <= 1
            if not whole and LEVELS.index(old.level) < LEVELS.index(unit.level):
                continue
            for then in {gazetteer.path(old, old.since), gazetteer.path(old)}:
                if not _covers(path, then):
                    found[then] = found.get(then, True) and whole
            if old.id not in seen:
                seen.add(old.id)
                waiting.append(old)
    return tuple(Predecessor(then, found[then]) for then in sorted(found))


def _covers(path: str, other: str) -> bool:
    return other == path or other.startswith(path + "/")


@lru_cache(4096)
def divided(path: str, gazetteer: Gazetteer) -> bool:
    """Whether articles about today's unit of this path may be about a former unit that lies in it only in part."""
    unit = unit_now(path, gazetteer)
    waiting, seen = [unit] if unit else [], set()
    while waiting:
        for old in gazetteer.predecessors(waiting.pop().unit):
            if len(gazetteer.today(old)) > 1:
                return True
            if old.unit not in seen:
                seen.add(old.unit)
                waiting.append(old)
    return False


# --- names ---


@lru_cache(4096)
def place_label(path: str, gazetteer: Gazetteer) -> str | None:
    """``tỉnh Gia Lai``; both names where a unit of another kind took the name over: ``thị xã An Khê / phường An Khê``."""
    labels = dict.fromkeys(unit.label for unit in gazetteer.bearers(path))
    return " / ".join(labels) or None


@lru_cache(4096)
def now_label(path: str, gazetteer: Gazetteer) -> str | None:
    """``phường An Khê``: the unit that bears the path today."""
    unit = unit_now(path, gazetteer)
    return unit.label if unit else None


@lru_cache(256)
def old_label(path: str, gazetteer: Gazetteer) -> str | None:
    """``tỉnh Long An``: one of the 63 provinces of 30 June 2025, None for any other path."""
    units = [unit for unit in gazetteer.bearers(path) if unit.level == "province" and unit.covers(LAST_OLD_DAY)]
    return units[0].label if units else None


def unit_now(path: str, gazetteer: Gazetteer) -> Unit | None:
    """The unit in force that bears the path."""
    return next((unit for unit in gazetteer.bearers(path) if unit.until == date.max), None)


@lru_cache(4096)
def place_note(path: str, gazetteer: Gazetteer) -> str:
    """Until when there were units that bore the path: ``đến 30/6/2025``, ``thị xã đến 30/6/2025``; empty for one in force."""
    last: dict[str, Unit] = {}
    for unit in gazetteer.bearers(path):
        if unit.label not in last or last[unit.label].until < unit.until:
            last[unit.label] = unit
    ended = [unit for unit in last.values() if unit.until != date.max]
    if len(last) == 1:
        return "".join(f"đến {day_label(last_day(unit))}" for unit in ended)
    return ", ".join(f"{unit.type} đến {day_label(last_day(unit))}" for unit in ended)


def last_day(unit: Unit) -> date:
    """The last day of a version that ended."""
    return unit.until - timedelta(1)


def day_label(day: date) -> str:
    """``30/6/2025``"""
    return f"{day.day}/{day.month}/{day.year}"


def place_slug(name: str) -> str:
    """``Gia Lai/An Khê`` -> ``gia-lai/an-khe``; a slug stays as it is."""
    return "/".join("-".join(bare(word) for word in part.replace("-", " ").split()) for part in name.split("/"))


def paths_named(name: str, gazetteer: Gazetteer) -> list[str]:
    """Paths of all units that have borne `name`, in any spelling, with or without marks, also behind its type (``tỉnh Gia Lai``)."""
    units = gazetteer.named(name) or _named_with_type(name, gazetteer)
    return sorted({gazetteer.path(unit, unit.valid_from) for unit in units})


def _named_with_type(name: str, gazetteer: Gazetteer) -> list[Unit]:
    words = name.split()
    for length in (1, 2):
        kind = " ".join(map(bare, words[:length]))
        found = gazetteer.named(" ".join(words[length:])) if len(words) > length else ()
        if typed := [unit for unit in found if " ".join(map(bare, unit.type.split())) == kind]:
            return typed
    return []


def paths_today(paths: Iterable[str], gazetteer: Gazetteer) -> list[str]:
    """Today's paths for paths of any time: the path itself while a unit bears it, else those that hold its territory."""
    found: dict[str, None] = {}
    for path in paths:
        heirs = [path] if unit_now(path, gazetteer) else [now for unit in gazetteer.bearers(path) for now in gazetteer.paths_now(unit)]
        found.update(dict.fromkeys(heirs))
    return list(found)


def suggestions(name: str, gazetteer: Gazetteer, count: int = SUGGESTED) -> list[str]:
    """Names spelled most like an unknown name or the last part of an unknown path."""
    if len(name) > LONGEST_NAME:
        return []
    return list(gazetteer.nearest(name.rpartition("/")[2].replace("-", " "), count))
