"""Maps of the country shaded by the articles of a search: values that a template draws as SVG, each province a link that filters.

Both count by territory: the map of 34 by who holds it today, the map of 63 by which of the former provinces held it. For an article
from before the reform that is the province's name on its day; one about a merged province counts for all of its former ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from analyzers.places import Gazetteer
from analyzers.places.unit import REFORM
from engine.labels import number_label
from engine.model import UNKNOWN, Facet, SearchRequest, SearchResponse
from engine.places import PLACE, PLACE_NOW, PLACE_OLD, chosen, day_label, last_day, meaning, names_of

from . import maps, state
from .addresses import MAP, RESULTS, Addresses, place_path, with_query
from .maps import Era, Island

PARAMETER = "bando"
"""Parameter of an address that says which map is shown."""
CLASSES = 5
MARGIN = 260
"""Grid units left free around the country."""
_FIELDS: dict[Era, str] = {"34": PLACE_NOW, "63": PLACE_OLD}

Link = Callable[[SearchRequest], str]


@dataclass(frozen=True, slots=True)
class Area:
    """A province. `shade` is 0 without articles, else 1 to CLASSES; without a link there is nothing to filter."""

    label: str
    count: int
    count_label: str
    shade: int
    path: str
    islets: str
    href: str | None
    page: str
    selected: bool


class Step(NamedTuple):
    """One class of the legend: ``3–7 bài``."""

    shade: int
    label: str


class EraLink(NamedTuple):
    """The other map, or this one."""

    label: str
    href: str
    current: bool


@dataclass(frozen=True, slots=True)
class CountryMap:
    """Everything a template needs to draw it. `rows` is its table twin; `note` says what the counts do not tell."""

    era: Era
    title: str
    by: str
    view: str
    areas: tuple[Area, ...]
    rows: tuple[Area, ...]
    legend: tuple[Step, ...]
    islands: tuple[Island, ...]
    eras: tuple[EraLink, ...]
    note: str
    wider: str
    open: bool = False
    coarse: bool = False


def country_map(
    response: SearchResponse, era: Era, gazetteer: Gazetteer, addresses: Addresses, *, asked: bool = False, coarse: bool = False
) -> CountryMap | None:
    """Shade the map of `era` by the counts of `response`; None when they hold no place at all."""
    facet = next((facet for facet in response.facets if facet.field == _FIELDS[era]), None)
    if facet is None or not any(count.count and count.value != UNKNOWN for count in facet.counts):
        return None
    request = response.request
    counts = {count.value: count.count for count in facet.counts}
    totals = {one.unit: counts.get(one.path, 0) for one in _provinces(era, gazetteer)}
    breaks = class_breaks(totals.values())
    link = map_link(addresses, era)
    areas = tuple(_area(one, totals[one.unit], breaks, request, link, era, gazetteer, coarse=coarse) for one in _provinces(era, gazetteer))
    here = RESULTS if coarse else MAP
    return CountryMap(
        era=era,
        title=f"Số bài theo {era} tỉnh, thành phố {'hiện nay' if era == '34' else 'trước 1/7/2025'}",
        by="theo địa bàn hiện nay, gồm cả bài cũ" if era == "34" else "theo địa bàn của 63 tỉnh, thành trước 1/7/2025",
        view=maps.country().grown(MARGIN).view,
        areas=tuple(sorted(areas, key=lambda area: area.selected)),  # the selected are drawn last, their border above the others'
        rows=tuple(sorted((area for area in areas if area.count or area.selected), key=lambda area: -area.count)),
        legend=legend(breaks),
        islands=maps.islands(),
        eras=tuple(EraLink(f"{other} tỉnh, thành", _address(here, request, other, addresses), other == era) for other in _FIELDS),
        note=_note(facet),
        wider=_address(MAP, request, era, addresses),
        open=asked,
        coarse=coarse,
    )


def _address(page: str, request: SearchRequest, era: Era, addresses: Addresses) -> str:
    return with_query(page, [*addresses.pairs(state.on_page(request, 1)), (PARAMETER, era)])


class _Province(NamedTuple):
    unit: str
    label: str
    path: str
    fine: str
    coarse: str
    islets: str


@lru_cache(4)
def _provinces(era: Era, gazetteer: Gazetteer) -> tuple[_Province, ...]:
    """Provinces of a map with the path they had at the end of its time."""
    found = []
    for shape in maps.provinces(era).values():
        versions = gazetteer.versions(shape.unit)
        path = gazetteer.path(versions[-1])
        label = versions[-1].label
        if era == "63" and label != versions[0].label and len(versions) > 1:
            label = f"{label} ({versions[0].label} đến {day_label(last_day(versions[0]))})"
        found.append(_Province(shape.unit, label, path, shape.path, shape.coarse, shape.islets))
    return tuple(found)


def _area(
    one: _Province, count: int, breaks: Sequence[int], request: SearchRequest, link: Link, era: Era, gazetteer: Gazetteer, *, coarse: bool
) -> Area:
    name = _FIELDS[era]
    selected = one.path in chosen(request, name)
    return Area(
        label=one.label,
        count=count,
        count_label=f"{number_label(count)} bài",
        shade=shade(count, breaks),
        path=one.coarse if coarse else one.fine,
        islets=one.islets,
        href=link(_filtered(request, one.path, era, gazetteer, selected=selected)) if count or selected else None,
        page=place_path(one.path),
        selected=selected,
    )


def _filtered(request: SearchRequest, path: str, era: Era, gazetteer: Gazetteer, *, selected: bool) -> SearchRequest:
    """The search in one province and no other; anywhere when it was in that one."""
    bare = request
    for name in (PLACE, PLACE_NOW, PLACE_OLD):
        bare = state.without_facet(bare, name)
    moved = meaning(bare, "now", gazetteer) if era == "34" else bare
    return state.browsing(moved if selected else state.added(moved, _FIELDS[era], path))


def map_link(addresses: Addresses, era: Era) -> Link:
    """Addresses of result pages that show this map."""
    return lambda request: addresses.results(request, extra=((PARAMETER, era),))


def class_breaks(counts: Iterable[int]) -> tuple[int, ...]:
    """Upper ends of at most CLASSES classes, each some times the one before, the last the greatest count."""
    most = max(counts, default=0)
    if most <= CLASSES:
        return tuple(range(1, most + 1))
    return tuple(sorted({max(number, round(most ** (number / CLASSES))) for number in range(1, CLASSES + 1)}))


def shade(count: int, breaks: Sequence[int]) -> int:
    """The class of a count: 0 for none."""
    return next((number for number, most in enumerate(breaks, 1) if 0 < count <= most), 0)


def legend(breaks: Sequence[int]) -> tuple[Step, ...]:
    """The classes in words."""
    first = [1, *(most + 1 for most in breaks)]
    return tuple(
        Step(number, number_label(most) if low == most else f"{number_label(low)}–{number_label(most)}")
        for number, (low, most) in enumerate(zip(first, breaks, strict=False), 1)
    )


def _note(facet: Facet) -> str:
    unknown = next((count.count for count in facet.counts if count.value == UNKNOWN), 0)
    parts = [f"{number_label(unknown)} bài không rõ nơi, không có trên bản đồ." if unknown else ""]
    if facet.field == PLACE_OLD:
        parts.append("Bài về một tỉnh hợp nhất được tính cho mọi tỉnh cũ của nó.")
    if facet.truncated and facet.counts:
        parts.append(f"Nơi có ít hơn {number_label(facet.counts[-1].count + 1)} bài không được tô; bản đồ lớn tô đủ.")
    return " ".join(part for part in parts if part)


def era_of(response: SearchResponse, asked: str) -> Era:
    """The map asked for, else the one that fits: today's for today's names, else that of most articles' dates."""
    if asked in ("34", "63"):
        return "34" if asked == "34" else "63"
    request = response.request
    if names_of(request) == "now":
        return "34"
    if chosen(request, PLACE_OLD):
        return "63"
    if request.dates.last is not None:
        return "63" if request.dates.last < REFORM else "34"
    month = f"{REFORM:%Y-%m}"
    picked = [value for value in chosen(request, "date") if value != UNKNOWN]
    if picked:
        return "63" if all(value < month[: len(value)] for value in picked) else "34"
    dates = next((facet for facet in response.facets if facet.field == "date"), None)
    months = {count.value: count.count for count in dates.counts if len(count.value) == 7} if dates else {}
    since = sum(count for value, count in months.items() if value >= month)
    return "34" if 2 * since >= sum(months.values()) else "63"
