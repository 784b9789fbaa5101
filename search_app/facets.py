"""Facets as a reader ticks them: groups of native checkboxes, values of places and dates as a tree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.places import Gazetteer
from engine.labels import number_label
from engine.model import UNKNOWN, Facet, FacetCount, SearchRequest
from engine.parameters import PARAMETERS_OF_FIELDS
from engine.places import PLACE, PLACE_FIELDS, PLACE_NOW, chosen, divided, lineage, names_of, place_note

from .addresses import place_path
from .words import FACET_LEGENDS, PLACE_NAMES, value_words

SHOWN = 7
"""Values listed before “Hiện thêm”; selected ones come first, so they are always among them."""
LISTED = 64
"""Values listed at all on one level: every province there ever was; rarer values are found by searching."""
OPEN_UP_TO = 2
"""With this many top values or fewer, what lies below them is shown unfolded."""
_JOINTS = {PLACE: "/", PLACE_NOW: "/", "date": "-"}
_NEVER = SearchRequest()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the ways to name places."""

    value: str
    label: str
    hint: str
    selected: bool


@dataclass(frozen=True, slots=True)
class Row:
    """One checkbox. `full` tells the value apart without its parents; `rows` and `more` are the values below it.

    Of a place: `note` says until when it was, `within` what it is part of the search for (then it is no choice of its own),
    `partly` marks a territory that was divided, `page` is the address of the place's own page.
    """

    value: str
    label: str
    full: str
    count: str
    selected: bool
    unknown: bool = False
    open: bool = False
    note: str = ""
    within: str = ""
    partly: bool = False
    page: str | None = None
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
    names: tuple[Choice, ...] = ()

    @property
    def hint(self) -> str:
        """What the chosen names of places mean, when they are not those of the article's day."""
        return "".join(name.hint for name in self.names[1:] if name.selected)


def groups(facets: Sequence[Facet], gazetteer: Gazetteer, request: SearchRequest = _NEVER) -> tuple[Group, ...]:
    """Facets of a response as groups, in their order; one without any value is left out, but the dates keep their range.

    So does the choice of names of places, once it was made.
    """
    kept = {"date", *(PLACE_FIELDS if names_of(request) != "then" else ())}
    return tuple(_group(facet, gazetteer, request) for facet in facets if facet.counts or facet.field in kept)


def _group(facet: Facet, gazetteer: Gazetteer, request: SearchRequest) -> Group:
    joint = _JOINTS.get(facet.field)
    counts = sorted(facet.counts, key=lambda count: count.value, reverse=True) if facet.field == "date" else list(facet.counts)
    known = [count for count in counts if count.value != UNKNOWN]
    tree = _Tree(facet.field, joint, known, gazetteer, request)
    rows = [*tree.rows(), *(_row(facet.field, count, gazetteer) for count in counts if count.value == UNKNOWN)]
    selected = len(chosen(request, facet.field)) or sum(count.selected for count in counts)
    shown, more = _split(rows)
    truncated = facet.truncated or len(rows) > len(shown) + len(more)
    names = _choices(request) if facet.field in PLACE_FIELDS else ()
    return Group(facet.field, PARAMETERS_OF_FIELDS[facet.field], FACET_LEGENDS[facet.field], shown, more, selected, truncated, names)


def _choices(request: SearchRequest) -> tuple[Choice, ...]:
    return tuple(Choice(value, label, hint, names == names_of(request)) for names, (value, label, hint) in PLACE_NAMES.items())


def _split(rows: Sequence[Row]) -> tuple[tuple[Row, ...], tuple[Row, ...]]:
    """What is shown at once and what behind “Hiện thêm”; a single value is not hidden, the unknown bucket never."""
    known = [row for row in rows if not row.unknown]
    unknown = tuple(row for row in rows if row.unknown)
    cut = SHOWN if len(known) > SHOWN + 1 else len(known)
    cut = max(cut, sum(row.selected for row in known))
    return (*known[:cut], *unknown), tuple(known[cut : max(cut, LISTED)])


class _Place(NamedTuple):
    """What a row says of a place; see Row."""

    note: str = ""
    within: str = ""
    partly: bool = False
    page: str | None = None


_NO_PLACE = _Place()


class _Tree:
    """Values of one facet arranged below their parents."""

    def __init__(self, field: str, joint: str | None, counts: Sequence[FacetCount], gazetteer: Gazetteer, request: SearchRequest) -> None:
        self._field = field
        self._gazetteer = gazetteer
        self._brought = _brought(request, gazetteer) if field == PLACE else {}
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
            counts = sorted(counts, key=lambda count: (not self._holds_selection(count), count.value in self._brought, -count.count))
        return [self._row(count, top=parent is None, unfold=unfold) for count in counts]

    def _row(self, count: FacetCount, *, top: bool, unfold: bool) -> Row:
        below = self._rows(count.value, unfold=False)
        shown, more = _split(below)
        opened = unfold or any(self._holds_selection(child) for child in self._below.get(count.value, ())) or count.selected
        return _row(self._field, count, self._gazetteer, self._place(count.value), alone=top, opened=opened, rows=shown, more=more)

    def _place(self, value: str) -> _Place:
        if self._field == PLACE_NOW:
            return _Place(partly=divided(value, self._gazetteer), page=place_path(value))
        if self._field != PLACE:
            return _NO_PLACE
        within, whole = self._brought.get(value, ("", True))
        return _Place(place_note(value, self._gazetteer), within, not whole, place_path(value))

    def _holds_selection(self, count: FacetCount) -> bool:
        return count.selected or any(self._holds_selection(child) for child in self._below.get(count.value, ()))


def _brought(request: SearchRequest, gazetteer: Gazetteer) -> dict[str, tuple[str, bool]]:
    """Places that are selected with others: path -> what it is part of the search for, and whether wholly."""
    if names_of(request) != "lineage":
        return {}
    picked = chosen(request, PLACE)
    return {
        old.path: (value_words(PLACE, path, gazetteer), old.whole)
        for path in picked
        for old in lineage(path, gazetteer)
        if old.path not in picked
    }


def _row(
    field: str,
    count: FacetCount,
    gazetteer: Gazetteer,
    place: _Place = _NO_PLACE,
    *,
    alone: bool = True,
    opened: bool = False,
    rows: tuple[Row, ...] = (),
    more: tuple[Row, ...] = (),
) -> Row:
    full = count.label if count.value == UNKNOWN else value_words(field, count.value, gazetteer)
    label = full if alone else _short(field, count)
    unknown = count.value == UNKNOWN
    return Row(count.value, label, full, number_label(count.count), count.selected, unknown, opened, *place, rows=rows, more=more)


def _short(field: str, count: FacetCount) -> str:
    """Label below a parent that already says the rest: ``tháng 6`` below ``năm 2023``."""
    return count.label.partition("/")[0] if field == "date" else count.label
