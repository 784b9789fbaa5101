"""Facets as a reader ticks them: groups of native checkboxes, values of places and dates as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from analyzers.places import Gazetteer
from engine.labels import number_label
from engine.model import UNKNOWN, Facet, FacetCount
from engine.parameters import FACET_PARAMETERS

from .words import FACET_LEGENDS, value_words

SHOWN = 7
"""Values listed before “Hiện thêm”; selected ones come first, so they are always among them."""
LISTED = 64
"""Values listed at all on one level: every province there ever was; rarer values are found by searching."""
OPEN_UP_TO = 2
"""With this many top values or fewer, what lies below them is shown unfolded."""
_JOINTS = {"place": "/", "date": "-"}
_PARAMETERS = {facet: name for name, facet in FACET_PARAMETERS.items()}


@dataclass(frozen=True, slots=True)
class Row:
    """One checkbox. `full` tells the value apart without its parents; `rows` and `more` are the values below it."""

    value: str
    label: str
    full: str
    count: str
    selected: bool
    unknown: bool = False
    open: bool = False
    rows: tuple[Row, ...] = ()
    more: tuple[Row, ...] = ()

    @property
    def below(self) -> int:
        return len(self.rows) + len(self.more)


@dataclass(frozen=True, slots=True)
class Group:
    """One fieldset. `selected` counts its ticked boxes; `truncated` tells that rarer values are not listed."""

    field: str
    parameter: str
    legend: str
    rows: tuple[Row, ...]
    more: tuple[Row, ...]
    selected: int
    truncated: bool


def groups(facets: Sequence[Facet], gazetteer: Gazetteer) -> tuple[Group, ...]:
    """Facets of a response as groups, in their order; one without any value is left out, but the dates keep their range."""
    return tuple(_group(facet, gazetteer) for facet in facets if facet.counts or facet.field == "date")


def _group(facet: Facet, gazetteer: Gazetteer) -> Group:
    joint = _JOINTS.get(facet.field)
    counts = sorted(facet.counts, key=lambda count: count.value, reverse=True) if facet.field == "date" else list(facet.counts)
    known = [count for count in counts if count.value != UNKNOWN]
    tree = _Tree(facet.field, joint, known, gazetteer)
    rows = [*tree.rows(), *(_row(facet.field, count, gazetteer) for count in counts if count.value == UNKNOWN)]
    selected = sum(count.selected for count in counts)
    shown, more = _split(rows)
    truncated = facet.truncated or len(rows) > len(shown) + len(more)
    return Group(facet.field, _PARAMETERS[facet.field], FACET_LEGENDS[facet.field], shown, more, selected, truncated)


def _split(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What is shown at once and what behind “Hiện thêm”; a single value is not hidden, the unknown bucket never."""
    known = [row for row in rows if not row.unknown]
    unknown = tuple(row for row in rows if row.unknown)
    cut = SHOWN if len(known) > SHOWN + 1 else len(known)
    cut = max(cut, sum(row.selected for row in known))
    return (*known[:cut], *unknown), tuple(known[cut : max(cut, LISTED)])


class _Tree:
    """Values of one facet arranged below their parents."""

    def __init__(self, field: str, joint: str | None, counts: Sequence[FacetCount], gazetteer: Gazetteer) -> None:
        self._field = field
        self._gazetteer = gazetteer
        values = {count.value for count in counts}
        self._below: dict[str | None, list[FacetCount]] = {}
        for count in counts:
            parent = count.value.rpartition(joint)[0] if joint else ""
            self._below.setdefault(parent if parent in values else None, []).append(count)

    def rows(self) -> list[Row]:
        tops = self._below.get(None, [])
        return self._rows(None, unfold=len(tops) <= OPEN_UP_TO)

    def _rows(self, parent: str | None, *, unfold: bool) -> list[Row]:
        counts = self._below.get(parent, [])
        if self._field != "date":
            counts = sorted(counts, key=lambda count: (not self._holds_selection(count), -count.count))
        return [self._row(count, top=parent is None, unfold=unfold) for count in counts]

    def _row(self, count: FacetCount, *, top: bool, unfold: bool) -> Row:
        below = self._rows(count.value, unfold=False)
        shown, more = _split(below)
        opened = unfold or any(self._holds_selection(child) for child in self._below.get(count.value, ())) or count.selected
        row = _row(self._field, count, self._gazetteer, alone=top)
        return Row(row.value, row.label, row.full, row.count, row.selected, open=opened, rows=shown, more=more)

    def _holds_selection(self, count: FacetCount) -> bool:
        return count.selected or any(self._holds_selection(child) for child in self._below.get(count.value, ()))


def _row(field: str, count: FacetCount, gazetteer: Gazetteer, *, alone: bool = True) -> Row:
    full = count.label if count.value == UNKNOWN else value_words(field, count.value, gazetteer)
    label = full if alone else _short(field, count)
    return Row(count.value, label, full, number_label(count.count), count.selected, unknown=count.value == UNKNOWN)


def _short(field: str, count: FacetCount) -> str:
    """Label below a parent that already says the rest: ``tháng 6`` below ``năm 2023``."""
    return count.label.partition("/")[0] if field == "date" else count.label
