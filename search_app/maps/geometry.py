"""From rings of degrees to short SVG paths: one grid for everything, borders simplified the same on both sides."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from math import cos, hypot, radians

Point = tuple[int, int]
Ring = list[Point]

WEST, NORTH = 102.0, 23.5
"""The grid's origin, in degrees."""
UNITS = 1000
"""Grid units in a degree of latitude: one is some 110 metres."""
_SHRINK = cos(radians(16))
"""Width of a degree of longitude in the middle of the country, in degrees of latitude."""
ISLET = 120
"""An island narrower than this is a point on a map of the country."""
_CELL = 90
"""Of several such islands in one cell of the grid one is drawn."""


def on_grid(lon: float, lat: float) -> Point:
    """A place on the grid: x to the east, y to the south."""
    return round((lon - WEST) * _SHRINK * UNITS), round((NORTH - lat) * UNITS)


def ring_on_grid(points: Iterable[Sequence[float]]) -> Ring:
    """A closed ring on the grid, its last point not repeated, no two neighbours equal."""
    ring: Ring = []
    for lon, lat in points:
        point = on_grid(lon, lat)
        if not ring or ring[-1] != point:
            ring.append(point)
    while len(ring) > 1 and ring[0] == ring[-1]:
        ring.pop()
    return ring


def simplified(shapes: dict[str, list[Ring]], tolerance: float) -> dict[str, list[Ring]]:
    """Rings with fewer points, none further than `tolerance` off. A border of two shapes comes out the same in both."""
    beside: dict[Point, set[Point]] = {}
    for rings in shapes.values():
        for ring in rings:
            for one, two in zip(ring, [*ring[1:], ring[0]], strict=True):
                beside.setdefault(one, set()).add(two)
                beside.setdefault(two, set()).add(one)
    fixed = {point for point, others in beside.items() if len(others) != 2}
    return {name: [_simplified(ring, fixed, tolerance) for ring in rings] for name, rings in shapes.items()}


def _simplified(ring: Ring, fixed: set[Point], tolerance: float) -> Ring:
    if len(ring) < 4:
        return ring
    ends = [number for number, point in enumerate(ring) if point in fixed]
    if len(ends) < 2:
        start = ends[0] if ends else ring.index(min(ring))
        far = max(range(len(ring)), key=lambda number: (_distance(ring[number], ring[start]), ring[number]))
        ends = sorted({start, far})
    turned = ring[ends[0] :] + ring[: ends[0]]
    at = [end - ends[0] for end in ends] + [len(ring)]
    closed = [*turned, turned[0]]
    found: Ring = []
    for first, last in pairwise(at):
        found += _line(closed[first : last + 1], tolerance)[:-1]
    return found


def _line(points: Ring, tolerance: float) -> Ring:
    """Douglas and Peucker's simplification, the same in both directions."""
    if points[0] > points[-1]:
        return _line(points[::-1], tolerance)[::-1]
    keep = {0, len(points) - 1}
    waiting = [(0, len(points) - 1)]
    while waiting:
        first, last = waiting.pop()
        offs = [(_off(points[number], points[first], points[last]), number) for number in range(first + 1, last)]
        if offs and max(offs)[0] > tolerance:
            middle = max(offs)[1]
            keep.add(middle)
            waiting += [(first, middle), (middle, last)]
    return [points[number] for number in sorted(keep)]


def _off(point: Point, one: Point, two: Point) -> float:
    """Distance of a point from a stretch."""
    length = _distance(one, two)
    if not length:
        return _distance(point, one)
    dx, dy = two[0] - one[0], two[1] - one[1]
    along = ((point[0] - one[0]) * dx + (point[1] - one[1]) * dy) / length**2
    if not 0 <= along <= 1:
        return min(_distance(point, one), _distance(point, two))
    return abs((point[0] - one[0]) * dy - (point[1] - one[1]) * dx) / length


def _distance(one: Point, two: Point) -> float:
    return hypot(one[0] - two[0], one[1] - two[1])


def box(rings: Iterable[Ring]) -> tuple[int, int, int, int]:
    """Least x and y, width and height."""
    points = [point for ring in rings for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs) - min(xs), max(ys) - min(ys)


def path(rings: Iterable[Ring], islet: int = 0) -> str:
    """SVG path data of rings in relative steps, without those narrower than `islet`."""
    return "".join(_piece(ring) for ring in rings if len(ring) > 2 and not _is_islet(ring, islet))


def islets(rings: Iterable[Ring], islet: int = ISLET) -> str:
    """SVG path data of one point for each ring narrower than `islet`, not too many side by side."""
    cells: dict[Point, Point] = {}
    for ring in rings:
        if _is_islet(ring, islet):
            x, y, width, height = box([ring])
            at = (x + width // 2, y + height // 2)
            cells.setdefault((at[0] // _CELL, at[1] // _CELL), at)
    return "".join(f"M{x} {y}h0" for x, y in cells.values())


def _is_islet(ring: Ring, islet: int) -> bool:
    _, _, width, height = box([ring])
    return max(width, height) < islet


def _piece(ring: Ring) -> str:
    steps = [f"M{ring[0][0]} {ring[0][1]}l"]
    for one, two in pairwise(ring):
        for number in (two[0] - one[0], two[1] - one[1]):
            steps.append(f"{number}" if number < 0 or steps[-1].endswith("l") else f" {number}")
    return "".join(steps) + "z"
