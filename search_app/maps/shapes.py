"""The one reader of the maps' package data, each file at its first use."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

Era = Literal["34", "63"]
REBUILD = "python -m search_app.maps.build ../shared/gazetteer"


class MapDataError(Exception):
    """A data file of the maps is missing or damaged."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"map data {name} is damaged: {reason}; rebuild it with: {REBUILD}")


class Box(NamedTuple):
    """A rectangle of the grid, y to the south."""

    x: int
    y: int
    width: int
    height: int

    def joined(self, other: Box) -> Box:
        """The least box around both."""
        x, y = min(self.x, other.x), min(self.y, other.y)
        right, bottom = max(self.x + self.width, other.x + other.width), max(self.y + self.height, other.y + other.height)
        return Box(x, y, right - x, bottom - y)

    def grown(self, by: int) -> Box:
        """With a margin all around."""
        return Box(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    @property
    def view(self) -> str:
        """The value of a viewBox."""
        return " ".join(str(number) for number in self)


class Shape(NamedTuple):
    """A unit's outline. `label` is a point inside; `coarse` a shorter path for small maps (the same for communes)."""

    unit: str
    label: tuple[int, int]
    box: Box
    path: str
    coarse: str


@cache
def provinces(era: Era) -> dict[str, Shape]:
    """Provinces by unit: 34 since July 2025, 63 before. Raises MapDataError naming the file and the command that rebuilds it."""
    found = {}
    for unit, *numbers, fine, coarse in _cells(f"provinces{era}.tsv", 9):
        x, y, *rest = (int(number) for number in numbers)
        found[unit] = Shape(unit, (x, y), Box(*rest), fine, coarse)
    return found


@cache
def communes(province: str) -> dict[str, Shape]:
    """Today's communes of one of today's provinces; empty for any other unit."""
    return _communes().get(province, {})


@cache
def _communes() -> dict[str, dict[str, Shape]]:
    found: dict[str, dict[str, Shape]] = {}
    for unit, province, *numbers, path in _cells("communes.tsv", 7):
        box = Box(*(int(number) for number in numbers))
        middle = (box.x + box.width // 2, box.y + box.height // 2)
        found.setdefault(province, {})[unit] = Shape(unit, middle, box, path, path)
    return found


@cache
def coarse_land() -> str:
    """The country's outline, roughly, with all its islands."""
    return _read("land.txt").strip()


def _cells(name: str, columns: int) -> list[list[str]]:
    rows = [line.split("\t") for line in _read(name).splitlines()]
    for number, row in enumerate(rows, 1):
        if len(row) != columns or not all(cell.lstrip("-").isdigit() for cell in row[-columns + 1 : -2 if columns == 9 else -1] if ":" not in cell):
            raise MapDataError(name, f"line {number} is no row of {columns} columns")
    return rows


def _read(name: str) -> str:
    try:
        return resources.files("search_app.maps").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MapDataError(name, str(error)) from error
