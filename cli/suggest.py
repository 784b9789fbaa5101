"""`timtin suggest`: what the beginning of a text may become."""

from __future__ import annotations

import sys
from dataclasses import asdict

import click

from cli import house, output
from cli.options import form_options
from cli.settings import Settings
from cli.words import typed
from engine.labels import number_label
from engine.suggest import MOST, Suggester


@click.argument("text", nargs=-1, required=True)
@click.option("--limit", type=click.IntRange(1, 100), default=MOST, help=f"Number of suggestions [{MOST}].")
@form_options
def suggest_command(settings: Settings, text: tuple[str, ...], limit: int, form: str | None) -> None:
    """Complete the beginning of a key term, place, source or title. Exit status: 0 some, 1 none, 2 error."""
    begun = typed(*text)
    found = Suggester(house.open_index(settings)).suggest(begun, limit)
    if form == "json":
        output.as_json({"format": 1, "query": begun, "suggestions": [asdict(one) for one in found]})
    elif form == "ndjson":
        for one in found:
            output.as_line(asdict(one))
    elif form == "csv":
        output.as_csv([(one.kind, one.text, one.label, one.count, one.value) for one in found], ("kind", "text", "label", "count", "value"))
    else:
        for one in found:
            value = click.style(output.safe(one.value), dim=True)
            click.echo(f"{number_label(one.count):>8}  {one.kind:<6}  {output.safe(one.label)}  {value}")
    sys.exit(0 if found else 1)
