"""Build the maps' package data: ``python -m search_app.maps.build ../shared/gazetteer``.

Reads ``provinces34.geojson``, ``provinces63.geojson`` and ``communes3321.topojson`` of that folder and writes ``data/*.tsv`` beside
this module. The same input gives the same bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from .geometry import ISLET, Ring, box, islets, on_grid, path, ring_on_grid, simplified

DATA = Path(__file__).parent / "data"
AROUND = 3000
"""Within so many cells of its middle an archipelago lies, to either side; the mainland is farther from both."""
FINE, COARSE = 9.0, 34.0
"""Tolerances in grid units: below a pixel of a map as wide as a page, and as a column."""
LAND = 45.0
"""Tolerance of the land behind a locator."""

Shapes = dict[str, list[Ring]]


def province_table(source: Path) -> str:
    """``unit, label point, box, fine path, coarse path, islets`` of each province, in order of the source."""
    features = [one for one in json.loads(source.read_text(encoding="utf-8"))["features"] if one["geometry"]["type"] != "Point"]
    shapes = {one["properties"]["unit"]: _rings(one["geometry"]) for one in features}
    fine, coarse = simplified(shapes, FINE), simplified(shapes, COARSE)
    lines = []
    for one in features:
        unit = one["properties"]["unit"]
        label = on_grid(*one["properties"]["label"])
        paths = path(fine[unit], ISLET), path(coarse[unit], ISLET), islets(shapes[unit])
        lines.append(_line(unit, _cell(label), _cell(box(shapes[unit])), *paths))
    return "".join(lines)


def land_path(source: Path) -> str:
    """The whole country, roughly, without its islets."""
    features = [one for one in json.loads(source.read_text(encoding="utf-8"))["features"] if one["geometry"]["type"] != "Point"]
    shapes = {one["properties"]["unit"]: _rings(one["geometry"]) for one in features}
    return "".join(path(rings, ISLET) for rings in simplified(shapes, LAND).values()) + "\n"


def island_table(source: Path) -> str:
    """``unit, name, province, label point`` of the archipelagos that maps of the country name; the point is above them."""
    features = json.loads(source.read_text(encoding="utf-8"))["features"]
    rings = {one["properties"]["unit"]: _rings(one["geometry"]) for one in features if one["geometry"]["type"] != "Point"}
    rows = [(one["properties"], on_grid(*one["geometry"]["coordinates"])) for one in features if one["geometry"]["type"] == "Point"]
    return "".join(_line(of["unit"], of["name"], of["province"], _cell((at[0], _top(rings[of["province"]], at)))) for of, at in rows)


def _top(rings: list[Ring], middle: tuple[int, int]) -> int:
    """The northernmost point around an archipelago's middle."""
    points = (point for ring in rings for point in ring)
    return min((y for x, y in points if max(abs(x - middle[0]), abs(y - middle[1])) < AROUND), default=middle[1])


def commune_table(source: Path) -> str:
    """``unit, province, box, path`` of each commune, in order of province and unit."""
    topology = json.loads(source.read_text(encoding="utf-8"))
    arcs = [list(_degrees(arc, topology["transform"])) for arc in topology["arcs"]]
    rows = []
    for one in topology["objects"]["all"]["geometries"]:
        unit, province = one["properties"]["unit"], one["properties"]["province"]
        rings = [ring for ring in (ring_on_grid(_joined(outline, arcs)) for outline in _outlines(one)) if ring]
        rows.append((province, unit, _line(unit, province, _cell(box(rings)), path(rings))))
    return "".join(line for _, _, line in sorted(rows))


def _rings(geometry: dict[str, Any]) -> list[Ring]:
    polygons = geometry["coordinates"] if geometry["type"] == "MultiPolygon" else [geometry["coordinates"]]
    return [ring_on_grid(ring) for polygon in polygons for ring in polygon]


def _degrees(arc: list[list[int]], transform: dict[str, list[float]]) -> Iterator[tuple[float, float]]:
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = accumulate(step[0] for step in arc), accumulate(step[1] for step in arc)
    return ((x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True))


def _outlines(geometry: dict[str, Any]) -> list[list[int]]:
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    return [ring for polygon in polygons for ring in polygon]


def _joined(numbers: list[int], arcs: list[list[tuple[float, float]]]) -> list[tuple[float, float]]:
    """The points of a ring: a negative number is an arc run backwards."""
    return [point for number in numbers for point in (arcs[number] if number >= 0 else arcs[~number][::-1])]


def _line(*cells: str) -> str:
    return "\t".join(cells) + "\n"


def _cell(numbers: tuple[int, ...]) -> str:
    return " ".join(str(number) for number in numbers)


def main(arguments: list[str]) -> int:
    if len(arguments) != 1:
        print(__doc__, file=sys.stderr)
        return 2
    source = Path(arguments[0])
    tables = {
        "provinces34.tsv": province_table(source / "provinces34.geojson"),
        "provinces63.tsv": province_table(source / "provinces63.geojson"),
        "communes.tsv": commune_table(source / "communes3321.topojson"),
        "islands.tsv": island_table(source / "provinces34.geojson"),
        "land.txt": land_path(source / "provinces34.geojson"),
    }
    DATA.mkdir(exist_ok=True)
    for name, text in tables.items():
        (DATA / name).write_text(text, encoding="utf-8", newline="\n")
        print(f"{name}: {len(text.splitlines())} lines, {len(text)} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
