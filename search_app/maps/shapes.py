"""The one reader of the maps' package data, each file at its first use."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Literal, NamedTuple

Era = Literal["34", "63"]
COMMUNES, ISLANDS, LAND = "communes.tsv", "islands.tsv", "land.txt"
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
    """A unit's outline. `label` is a point inside; `coarse` a shorter path for small maps (the same for communes).

    `islets` has a point for every island too small to draw, as a path to be stroked with round ends; none for communes.
    """

    unit: str
    label: tuple[int, int]
    box: Box
    path: str
    coarse: str
    islets: str = ""


class Island(NamedTuple):
    """An archipelago that every map of the country names, at `label`, with the province it belongs to: the name stands above that point."""

    unit: str
    name: str
    province: str
    label: tuple[int, int]


@cache
def provinces(era: Era) -> dict[str, Shape]:
    """Provinces by unit: 34 since July 2025, 63 before. Raises MapDataError naming the file and the command that rebuilds it."""
    name = f"provinces{era}.tsv"
    return {unit: Shape(unit, _pair(name, at), Box(*_numbers(name, box)), *paths) for unit, at, box, *paths in _rows(name, 6)}


@cache
def communes(province: str) -> dict[str, Shape]:
    """Today's communes of one of today's provinces; empty for any other unit."""
    return _communes().get(province, {})


@cache
def _communes() -> dict[str, dict[str, Shape]]:
    found: dict[str, dict[str, Shape]] = {}
    for unit, province, numbers, path in _rows(COMMUNES, 4):
        box = Box(*_numbers(COMMUNES, numbers))
        middle = (box.x + box.width // 2, box.y + box.height // 2)
        found.setdefault(province, {})[unit] = Shape(unit, middle, box, path, path)
    return found


@cache
def islands() -> tuple[Island, ...]:
    """Hoàng Sa and Trường Sa."""
    return tuple(Island(unit, name, province, _pair(ISLANDS, at)) for unit, name, province, at in _rows(ISLANDS, 4))


@cache
def coarse_land() -> str:
    """The country's outline, roughly."""
    return _read(LAND).strip()


@cache
def every_islet() -> str:
    """The points of all islands too small to draw, Hoàng Sa and Trường Sa among them."""
    return "".join(shape.islets for shape in provinces("34").values())


@cache
def country() -> Box:
    """The box around all provinces, islands included."""
    first, *others = (shape.box for shape in provinces("34").values())
    for other in others:
        first = first.joined(other)
    return first


def _rows(name: str, columns: int) -> list[list[str]]:
    rows = [line.split("\t") for line in _read(name).splitlines()]
    for number, row in enumerate(rows, 1):
        if len(row) != columns:
            raise MapDataError(name, f"line {number} has {len(row)} columns, not {columns}")
    return rows


def _numbers(name: str, text: str) -> list[int]:
    try:
        return [int(number) for number in text.split(" ")]
    except ValueError:
        raise MapDataError(name, f"{text[:40]!r} are no numbers") from None


def _pair(name: str, text: str) -> tuple[int, int]:
    x, y = _numbers(name, text)
    return x, y


def _read(name: str) -> str:
    try:
        return resources.files("search_app.maps").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise MapDataError(name, str(error)) from error
