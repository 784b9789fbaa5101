"""Where a place lies: its shape on the country, and its parts or itself within today's province."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from analyzers.places import Gazetteer, Unit

from . import maps
from .addresses import place_path
from .choropleth import MARGIN, Area, Step, class_breaks, legend, shade
from .kin import Bearer
from .maps import Box, Island, Shape
from .words import count_words

_FAR = 0.45
"""A commune without which the province's box shrinks to less than this share is drawn apart: Hoàng Sa, Trường Sa …"""


class Figure(NamedTuple):
    """One small map: `here` is filled, `was` outlined; `ground` is the land around."""

    title: str
    view: str
    ground: str
    here: str
    was: str = ""
    islets: str = ""
    islets_here: str = ""
    islands: tuple[Island, ...] = ()


class Inset(NamedTuple):
    """A part of a province's map drawn apart because it lies far away."""

    label: str
    view: str
    areas: tuple[Area, ...]


@dataclass(frozen=True, slots=True)
class PartsMap:
    """A province's communes, shaded by articles, each leading to its page."""

    title: str
    view: str
    areas: tuple[Area, ...]
    insets: tuple[Inset, ...]
    legend: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Locator:
    """The maps of a place's page."""

    country: Figure
    province: Figure | None
    caption: str


class _Outline(NamedTuple):
    path: str
    box: Box
    islets: str = ""


def locator(bearers: Sequence[Bearer], gazetteer: Gazetteer) -> Locator | None:
    """Draw the first of `bearers`, the others of other extent as outlines; None when nothing is known of where it lay."""
    unit = bearers[0].unit
    here = _outline(unit, gazetteer)
    home = _home(unit, gazetteer)
    if here is None or home is None:
        return None
    others = [(bearer, outline) for bearer in bearers[1:] if (outline := _outline(bearer.unit, gazetteer)) and outline.path != here.path]
    was = "".join(outline.path for _, outline in others)
    province = unit.level == "province"
    shown = here if province else _province(home)
    country = Figure(
        title=f"{unit.label if province else gazetteer.unit(home).label} trên bản đồ Việt Nam",
        view=maps.country().grown(MARGIN).view,
        ground=maps.coarse_land(),
        here=shown.path,
        was=was if province else "",
        islets=maps.every_islet(),
        islets_here=shown.islets,
        islands=maps.islands(),
    )
    return Locator(country, None if province else _within(unit, home, here, was, gazetteer), _caption(bearers, others, gazetteer))


def _within(unit: Unit, home: str, here: _Outline, was: str, gazetteer: Gazetteer) -> Figure:
    main, far = _apart(home)
    inside = _touches(main, here.box)
    view = main if inside or not far else here.box
    return Figure(
        title=f"{unit.label} trong {gazetteer.unit(home).label} hiện nay",
        view=view.grown(max(view.width, view.height) // 30).view,
        ground=_province(home).path if inside else "",
        here=here.path,
        was=was,
        islets=_province(home).islets if inside else "",
    )


def _caption(bearers: Sequence[Bearer], others: Sequence[tuple[Bearer, _Outline]], gazetteer: Gazetteer) -> str:
    unit = bearers[0].unit
    parts = [f"nét đứt: {bearer.label} {bearer.years}" for bearer, _ in others]
    if not bearers[0].in_force and _shape(unit) is None and unit.unit not in maps.provinces("63"):
        parts.insert(0, f"vẽ theo {len(gazetteer.today(unit))} đơn vị hiện nay giữ địa bàn ấy")
    return "; ".join(parts)


def _outline(unit: Unit, gazetteer: Gazetteer) -> _Outline | None:
    """The shape of a unit: its own, else that of today's units which hold its territory."""
    shape = maps.provinces("34").get(unit.unit) or maps.provinces("63").get(unit.unit)
    if shape:
        return _Outline(shape.path, shape.box, shape.islets)
    shapes = [shape for heir in gazetteer.today(unit) if (shape := _shape(heir))]
    if not shapes:
        return None
    return _Outline(
        "".join(shape.path for shape in shapes), _joined(shape.box for shape in shapes), "".join(shape.islets for shape in shapes)
    )


def _shape(unit: Unit) -> Shape | None:
    return maps.provinces("34").get(unit.unit) or maps.communes(unit.parent or "").get(unit.unit)


def _home(unit: Unit, gazetteer: Gazetteer) -> str | None:
    """Today's province of a unit."""
    heirs = gazetteer.today(unit)
    return (heirs[0].parent or heirs[0].unit) if heirs else None


def _province(unit: str) -> _Outline:
    shape = maps.provinces("34")[unit]
    return _Outline(shape.path, shape.box, shape.islets)


# --- the communes of a province ---


def parts_map(unit: Unit, counts: dict[str, int], gazetteer: Gazetteer) -> PartsMap | None:
    """Today's communes of a province, shaded by `counts` of their paths; None for a unit that has no map."""
    shapes = maps.communes(unit.unit)
    if not shapes:
        return None
    rows = [(shape, gazetteer.unit(shape.unit)) for shape in shapes.values()]
    breaks = class_breaks(counts.get(gazetteer.path(commune), 0) for _, commune in rows)
    areas = {shape.unit: _area(shape, commune, counts, breaks, gazetteer) for shape, commune in rows}
    main, far = _apart(unit.unit)
    return PartsMap(
        title=f"Các xã, phường của {unit.label}, tô theo số bài",
        view=main.grown(max(main.width, main.height) // 50).view,
        areas=tuple(area for key, area in areas.items() if key not in far),
        insets=tuple(Inset(areas[key].label, _inset_view(shapes[key].box), (areas[key],)) for key in sorted(far)),
        legend=legend(breaks),
    )


def _area(shape: Shape, commune: Unit, counts: dict[str, int], breaks: Sequence[int], gazetteer: Gazetteer) -> Area:
    path = gazetteer.path(commune)
    count = counts.get(path, 0)
    page = place_path(path)
    return Area(commune.label, count, count_words(count), shade(count, breaks), shape.path, "", page, page, selected=False)


def _inset_view(box: Box) -> str:
    return box.grown(max(box.width, box.height) // 12).view


@lru_cache(64)
def _apart(province: str) -> tuple[Box, frozenset[str]]:
    """The box of a province without the communes that lie far out, and these."""
    boxes = {shape.unit: shape.box for shape in maps.communes(province).values()}
    far: set[str] = set()
    while len(boxes) > 1:
        least = {unit: _size(_joined(box for other, box in boxes.items() if other != unit)) for unit in _outermost(boxes)}
        unit = min(least, key=lambda one: (least[one], one))
        if least[unit] >= _FAR * _size(_joined(boxes.values())):
            break
        far.add(unit)
        del boxes[unit]
    return _joined(boxes.values()), frozenset(far)


def _outermost(boxes: dict[str, Box]) -> set[str]:
    """Those that reach furthest in each direction: only without them the box around all is smaller."""
    return {
        min(boxes, key=lambda unit: boxes[unit].x),
        min(boxes, key=lambda unit: boxes[unit].y),
        max(boxes, key=lambda unit: boxes[unit].x + boxes[unit].width),
        max(boxes, key=lambda unit: boxes[unit].y + boxes[unit].height),
    }


def _size(box: Box) -> int:
    return box.width * box.height


def _joined(boxes: Iterable[Box]) -> Box:
    first, *others = boxes
    for box in others:
        first = first.joined(box)
    return first


def _touches(one: Box, other: Box) -> bool:
    apart = other.x > one.x + one.width or other.x + other.width < one.x or other.y > one.y + one.height or other.y + other.height < one.y
    return not apart
