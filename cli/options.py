"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Command = Callable[..., Any]


def house_options(function: Command) -> Command:
    """Settings that every command takes."""
    for option in (
        click.option("--segmenter", "segmenter", metavar="NAME", help="Word segmenter: tables or pyvi [tables]."),
        click.option("--engine", "engine", metavar="NAME", help="Engine: tantivy, whoosh, opensearch or memory [tantivy]."),
        click.option("--index", "index", metavar="DIR", help="Directory of the index [var/index]."),
    ):
        function = option(function)
    return function


def filter_options(function: Command) -> Command:
    """The filters of a search, named as in the address of the web page."""
    for option in reversed(
        (
            click.option(
                "--noi", multiple=True, metavar="PLACE", help="Place: gia-lai/an-khe or a name. Repeat for OR; -PLACE leaves it out."
            ),
            click.option(
                "--cach",
                metavar="NAMES",
                help="Place names: khi-do (of the article's day), hien-nay (today's) or tien-than (and predecessors).",
            ),
            click.option("--tu", metavar="DATE", help="From: 2023, 2023-06 or 2023-06-30."),
            click.option("--den", metavar="DATE", help="To, inclusive."),
            click.option("--ngay", multiple=True, metavar="MONTH", help="Year or month: 2023 or 2023-06."),
            click.option("--nguon", multiple=True, metavar="SOURCE", help="Source."),
            click.option("--term", multiple=True, metavar="TERM", help="Key term."),
        )
    ):
        function = option(function)
    return function


def run_options(function: Command) -> Command:
    """How an indexing run goes."""
    for option in reversed(
        (
            click.option("--workers", metavar="N", help="Processes that take articles apart; auto: one a processor core [auto]."),
            click.option("--prune", is_flag=True, help="Remove the articles of inputs below these paths that are gone."),
            click.option("--part", metavar="K/N", help="Only part K of N, by the articles' ids, for machines that share the work."),
            click.option("--watch", is_flag=True, help="Go on: index what changes, until Ctrl-C."),
            click.option("--report", "report_file", metavar="FILE", help="Write the report to a file, as JSON."),
        )
    ):
        function = option(function)
    return function


def reading_options(function: Command) -> Command:
    """How inputs are read; `reading_of` turns their values into a Reading."""
    for option in reversed(
        (
            click.option("--format", "format_name", default="", metavar="NAME", help="Format of - and of files named themselves."),
            click.option("--map", "maps", multiple=True, metavar="FIELD=COLUMN", help="Column or JSON path of a field: title=tieu_de."),
            click.option("--set", "constants", multiple=True, metavar="FIELD=VALUE", help="The same value for every record."),
            click.option("--profile", metavar="FILE", type=click.Path(path_type=Path), help="TOML file with all of these and more."),
            click.option("--teasers", is_flag=True, help="Take entries of feeds that hold only a teaser."),
        )
    ):
        function = option(function)
    return function


def form_options(function: Command) -> Command:
    """``--json`` and its like."""
    for name in ("csv", "ndjson", "json"):
        function = click.option(f"--{name}", "form", flag_value=name, help=f"Print {name.upper()}.")(function)
    return function
