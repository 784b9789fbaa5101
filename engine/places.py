"""Places of a request and of a facet: paths of slugs such as ``gia-lai/an-khe``.

A path is a name, and names outlive units: ``gia-lai/an-khe`` was a town until June 2025 and is a ward since.
"""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from analyzers.keys import folded_key
from analyzers.places import Gazetteer, Unit, UnknownUnitError

_DAYS = (date(2008, 9, 1), date(2017, 6, 1), date(2023, 6, 1), date(2025, 6, 30), date(2025, 7, 1), date(9999, 1, 1))
"""Days on which the map is looked at: before and after each wave of mergers, and now."""


def units_at(path: str, gazetteer: Gazetteer) -> tuple[Unit, ...]:
    """The units that have borne this path, oldest first; none when it never was one."""
    found: dict[str, Unit] = {}
    for day in _DAYS:
        try:
            unit = gazetteer.at_path(path, day)
        except UnknownUnitError:
            continue
        found[unit.unit] = unit
    return tuple(found.values())


@lru_cache(4096)
def place_label(path: str, gazetteer: Gazetteer) -> str | None:
    """``tỉnh Gia Lai``; both names where a unit of another kind took the name over: ``thị xã An Khê / phường An Khê``."""
    labels = dict.fromkeys(unit.label for unit in units_at(path, gazetteer))
    return " / ".join(labels) or None


def place_slug(name: str) -> str:
    """``Gia Lai/An Khê`` -> ``gia-lai/an-khe``; a slug stays as it is."""
    return "/".join("-".join(folded_key(word) for word in part.replace("-", " ").split()) for part in name.split("/"))


def paths_named(name: str, gazetteer: Gazetteer) -> list[str]:
    """Paths of all units that have borne `name`, in any spelling, with or without marks."""
    return sorted({gazetteer.path(unit, unit.valid_from) for unit in gazetteer.named(name)})
