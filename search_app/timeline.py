"""The time line: bars of articles a month, or a year when the span is long, as values for an SVG.

Geometry is in per cent of the width and in pixels of the height, so the picture fits every screen and its letters
keep their size. All of it goes into attributes: the page allows no style of its own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from engine.facets import UNKNOWN_LABEL
from engine.labels import number_label
from engine.model import UNKNOWN, Facet, FacetCount

HEIGHT = 64
"""Height of the tallest bar, in pixels."""
MOST_MONTHS = 84
"""A longer span is drawn in years; a year that is selected then opens into its months."""
STRAYS_IN = 100
"""One in so many articles may be left out of the months: a few wrong dates would make one bar of a year's archive."""
_APART = 6
"""Months without articles that part strays from the rest."""
MOST_TICKS = 7
_WIDEST = 5.0
"""A bar is never wider than this, in per cent: two months side by side must still look like bars."""
_GAP = 0.18
"""Share of a bar's slot left free, so that neighbours can be told apart."""

Link = Callable[[str], str]
"""Address that a value's bar leads to."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A month or year with at least one article. `x` and `width` are per cent, `slot_x` and `slot_width` those of the clickable column."""

    value: str
    label: str
    count: int
    count_label: str
    href: str
    selected: bool
    x: str
    width: str
    y: int
    height: int
    slot_x: str
    slot_width: str


@dataclass(frozen=True, slots=True)
class Tick:
    """A label of the axis at `x` per cent; `anchor` is the SVG text anchor; `href` where the label of a year leads."""

    x: str
    label: str
    anchor: str
    href: str | None = None
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """`unit` is ``tháng`` or ``năm``; `year` the one opened into months; `notes` and `outside` say what is not drawn."""

    unit: str
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    span: str
    most: str
    year: str | None = None
    unknown: tuple[str, str] | None = None
    notes: tuple[str, ...] = ()
    outside: str | None = None
    height: int = HEIGHT

    @property
    def any_selected(self) -> bool:
        return any(bar.selected for bar in self.bars) or any(tick.selected for tick in self.ticks)


def timeline(facet: Facet | None, selected: Sequence[str], link: Link) -> Timeline | None:
    """Draw the counts of the date facet; None when no date is known."""
    counts = {count.value: count for count in facet.counts} if facet else {}
    years = sorted(value for value in counts if len(value) == 4 and value != UNKNOWN and counts[value].count)
    months = sorted(value for value in counts if len(value) == 7 and counts[value].count)
    if facet is None or not years:
        return None
    year = _opened(selected, years)
    drawn = [] if facet.truncated else _together(months, counts)
    outside = _outside(counts, years, months, drawn) if drawn else 0
    if outside and (selected or outside * STRAYS_IN > sum(counts[one].count for one in years)):
        drawn = []
    if drawn:
        periods, year = month_span(drawn[0], drawn[-1]), None
        shown_years = [one for one in years if drawn == months or drawn[0][:4] <= one <= drawn[-1][:4]]
    elif year is not None:
        periods, shown_years = [f"{year}-{month:02}" for month in range(1, 13)], [year]
    else:
        periods, shown_years = [str(number) for number in range(int(years[0]), int(years[-1]) + 1)], years
    notes = _notes(counts, shown_years, periods, truncated=facet.truncated)
    line = _draw(periods, counts, link, year, notes)
    return replace(line, outside=f"{number_label(outside)} bài có ngày cách xa, không vẽ") if drawn and outside else line


def _together(months: Sequence[str], counts: dict[str, FacetCount]) -> Sequence[str]:
    """The months with articles when they span few enough to be drawn, if need be without strays before and behind; else none."""
    numbers = [month_number(month) for month in months]
    if not months or numbers[-1] - numbers[0] < MOST_MONTHS:
        return months
    held = [0, *accumulate(counts[month].count for month in months)]
    least = held[-1] - held[-1] // STRAYS_IN
    ends = [(start, bisect_left(held, held[start] + least) - 1) for start in range(len(months)) if held[-1] - held[start] >= least]
    first, last = min(ends, key=lambda pair: numbers[pair[1]] - numbers[pair[0]])
    while first and numbers[first] - numbers[first - 1] <= _APART:
        first -= 1
    while last + 1 < len(months) and numbers[last + 1] - numbers[last] <= _APART:
        last += 1
    return months[first : last + 1] if numbers[last] - numbers[first] < MOST_MONTHS else []


def _outside(counts: dict[str, FacetCount], years: Sequence[str], months: Sequence[str], drawn: Sequence[str]) -> int:
    """How many articles are far from the months that are drawn: of other years, whatever is known of them, and of other months of these."""
    if len(drawn) == len(months):
        return 0
    first, last = drawn[0], drawn[-1]
    other_years = sum(counts[year].count for year in years if not first[:4] <= year <= last[:4])
    return other_years + sum(counts[month].count for month in months if first[:4] <= month[:4] <= last[:4] and not first <= month <= last)


def _opened(selected: Sequence[str], years: Sequence[str]) -> str | None:
    """The one year that everything selected lies in."""
    chosen = {value[:4] for value in selected if value != UNKNOWN}
    only = chosen.pop() if len(chosen) == 1 else None
    return only if only in years else None


def _draw(periods: Sequence[str], counts: dict[str, FacetCount], link: Link, year: str | None, notes: tuple[str, ...]) -> Timeline:
    most = max((counts[period].count for period in periods if period in counts), default=0)
    bars = tuple(
        _bar(counts[period], number, len(periods), most, link(period), selected=_chosen(period, counts))
        for number, period in enumerate(periods)
        if period in counts and (counts[period].count or counts[period].selected)
    )
    unknown = counts.get(UNKNOWN)
    return Timeline(
        unit="tháng" if len(periods[0]) == 7 else "năm",
        bars=bars,
        ticks=tuple(_linked(tick, counts, link) for tick in ticks(periods)),
        span=_span(periods),
        most=number_label(most),
        year=year,
        unknown=(f"{number_label(unknown.count)} bài {UNKNOWN_LABEL.lower()} ngày", link(UNKNOWN)) if unknown and unknown.count else None,
        notes=notes,
    )


def _chosen(period: str, counts: dict[str, FacetCount]) -> bool:
    """A month is chosen by itself or with its year."""
    return any(counts[value].selected for value in {period, period[:4]} if value in counts)


def _bar(count: FacetCount, number: int, slots: int, most: int, href: str, *, selected: bool) -> Bar:
    slot = 100 / slots
    width = min(slot * (1 - _GAP), _WIDEST)
    height = max(3, round(HEIGHT * count.count / most)) if count.count else 1
    return Bar(
        value=count.value,
        label=count.label,
        count=count.count,
        count_label=f"{number_label(count.count)} bài",
        href=href,
        selected=selected,
        x=_percent(slot * (number + 0.5) - width / 2),
        width=_percent(width),
        y=HEIGHT - height,
        height=height,
        slot_x=_percent(slot * number),
        slot_width=_percent(slot),
    )


def _linked(tick: Tick, counts: dict[str, FacetCount], link: Link) -> Tick:
    """The label of a year with articles leads to that year: a target for fingers that a month's bar is too thin for."""
    year = counts.get(tick.label)
    return tick if year is None else replace(tick, href=link(tick.label), selected=year.selected)


def ticks(periods: Sequence[str]) -> tuple[Tick, ...]:
    """Labels below the first month of each year, or evenly spread where that would be too few or too many."""
    if len(periods[0]) == 4 or len(periods) <= 14:
        marks = list(range(len(periods)))
    else:
        marks = [number for number, period in enumerate(periods) if period.endswith("-01")]
    step = -(-len(marks) // MOST_TICKS)
    slot = 100 / len(periods)
    return tuple(_tick(periods[number], slot, number, len(periods)) for number in marks[::step])


def _tick(period: str, slot: float, number: int, slots: int) -> Tick:
    year, _, month = period.partition("-")
    label = year if not month or slots > 14 else f"{int(month)}/{year}"
    if slots > 14 and month:
        return Tick(_percent(slot * number), label, "end" if number > 0.92 * slots else "start")
    return Tick(_percent(slot * (number + 0.5)), label, "middle")


def month_span(first: str, last: str) -> list[str]:
    """Every month from `first` to `last`, both inclusive."""
    return [f"{number // 12}-{number % 12 + 1:02}" for number in range(month_number(first), month_number(last) + 1)]


def month_number(month: str) -> int:
    """Months since year 0, for arithmetic."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _span(periods: Sequence[str]) -> str:
    first, last = (period if len(period) == 4 else f"{int(period[5:])}/{period[:4]}" for period in (periods[0], periods[-1]))
    return first if first == last else f"{first} đến {last}"


def _notes(counts: dict[str, FacetCount], years: Sequence[str], periods: Sequence[str], *, truncated: bool) -> tuple[str, ...]:
    """What the bars leave out: articles of which only the year is known, and months that were not counted."""
    if len(periods[0]) == 4:
        return ()
    if truncated:
        return ("Một số tháng rất ít bài không được vẽ.",)
    known = sum(count.count for value, count in counts.items() if len(value) == 7 and value[:4] in years)
    vague = sum(counts[year].count for year in years) - known
    return (f"{number_label(vague)} bài chỉ biết năm, không vẽ theo tháng.",) if vague > 0 else ()


def _percent(value: float) -> str:
    return f"{value:.3f}%"
