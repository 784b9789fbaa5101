"""Facets on a terminal: values with their numbers; the months of a year stand below it, since its articles are counted in both."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import click

from cli.output import safe
from engine.labels import number_label
from engine.model import Facet, FacetCount

_YEAR, _MONTH = len("2023"), len("2023-06")
_STEP = "  "


def show(facets: Iterable[Facet]) -> None:
    """Print facets for reading."""
    for one in facets:
        click.echo(click.style(one.field, bold=True) + (" (more exist)" if one.truncated else ""))
        for row, inside in nested(one):
            value = click.style(safe(row.value), dim=True)
            click.echo(f"  {_STEP if inside else ''}{number_label(row.count):>8}  {safe(row.label)}  {value}")


def nested(facet: Facet) -> Iterator[tuple[FacetCount, bool]]:
    """The values in their order, each month behind its year where that is listed, and whether it is such a month."""
    if facet.field != "date":
        yield from ((row, False) for row in facet.counts)
        return
    years = {row.value for row in facet.counts if len(row.value) == _YEAR}
    months = [row for row in facet.counts if len(row.value) == _MONTH and row.value[:_YEAR] in years]
    for row in facet.counts:
        if row not in months:
            yield row, False
            yield from ((month, True) for month in months if month.value[:_YEAR] == row.value)
