"""From counted values to the facets a reader sees: labels, selection and order."""

from __future__ import annotations

from functools import lru_cache, partial

from analyzers.dates.periods import period_label, read_period, read_term
from analyzers.dates.periods import term_label as tenure_label
from analyzers.places import Gazetteer
from analyzers.terms import term_label
from engine.memo import Memo
from engine.model import UNKNOWN, Facet, FacetCount
from engine.places import PLACE, PLACE_NOW, PLACE_OLD, now_label, old_label, place_label
from engine.port import Counts

UNKNOWN_LABEL = "Không rõ"


def labelled(field: str, counts: Counts, selected: tuple[str, ...], gazetteer: Gazetteer) -> Facet:
    """Order: selected first, then count, then value; a selected value stays visible at 0."""
    labels = _labels(field, gazetteer)
    rows = [*map(FacetCount, counts.values, map(labels.__getitem__, counts.values), counts.values.values())]
    if selected:
        for row in rows:
            row.selected = row.value in selected
        rows.sort(key=lambda row: (not row.selected, -row.count, row.value))
    return Facet(field, tuple(rows), counts.truncated)


def time_label(field: str, value: str) -> str:
    """A period (``2023-01..2023-06``) or a term of office (``2020..2025``) in words; what is none stays as it is."""
    read = read_term if field == "tenure" else read_period
    if read(value) != value:
        return value
    return tenure_label(value) if field == "tenure" else period_label(value)


@lru_cache
def _labels(field: str, gazetteer: Gazetteer) -> Memo[str, str]:
    """The labels of one facet."""
    return Memo(partial(facet_label, field, gazetteer=gazetteer), 1 << 15)


def facet_label(field: str, value: str, gazetteer: Gazetteer) -> str:
    """What a reader is shown for a facet value."""
    if value == UNKNOWN:
        return UNKNOWN_LABEL
    if field == "term":
        return term_label(value)
    if field == "date":
        year, _, month = value.partition("-")
        return f"tháng {int(month)}/{year}" if month.isdigit() else f"năm {year}"
    if field in ("period", "tenure"):
        return time_label(field, value)
    if field == PLACE_NOW:
        return now_label(value, gazetteer) or value
    if field == PLACE_OLD:
        return old_label(value, gazetteer) or value
    if field in (PLACE, "mention"):
        return place_label(value, gazetteer) or value
    return value
