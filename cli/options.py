"""Options that several commands share."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

BASELINES = ("whitespace", "words", "folding", "syllables", "syllables+pairs")
"""Rankers of `cli.evaluation.baselines`; named here so that other commands need not import them."""

Command = Callable[..., Any]
FILES = click.Path(readable=False, allow_dash=True)
"""What is or may be a file, for shells that complete it; whether it is there, and can be read, is told elsewhere."""


def one_of(*words: str) -> Callable[[click.Context, click.Parameter, str], list[str]]:
    """Completion of a value that shells offer these words for."""

    def offered(context: click.Context, parameter: click.Parameter, begun: str) -> list[str]:  # noqa: ARG001  # click's interface
        return [word for word in words if word.startswith(begun)]

    return offered


_EITHER = one_of("co", "khong")


def _colour(context: click.Context, _: click.Parameter, value: str | None) -> None:
    """Colours for all that is printed from here on; what is said behind the command counts more than what is said before it."""
    if value is not None:
        context.color = {"auto": False if os.environ.get("NO_COLOR") else None, "always": True, "never": False}[value]


colour_option = click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    callback=_colour,
    expose_value=False,
    is_eager=True,
    help="Colour in the output [auto]; NO_COLOR is respected.",
)
"""Understood before a command and behind it."""


def house_options(function: Command) -> Command:
    """Settings that every command takes."""
    for option in (
        click.option(
            "--segmenter",
            "segmenter",
            metavar="NAME",
            help="Word segmenter: tables or pyvi [tables].",
            shell_complete=one_of("tables", "pyvi"),
        ),
        click.option(
            "--engine",
            "engine",
            metavar="NAME",
            help="Engine: tantivy, whoosh, opensearch or memory [tantivy].",
            shell_complete=one_of("tantivy", "whoosh", "opensearch", "memory"),
        ),
        click.option("--index", "index", metavar="DIR", type=FILES, help="Directory of the index [var/index]."),
        colour_option,
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
                shell_complete=one_of("khi-do", "hien-nay", "tien-than"),
                help="Place names: khi-do (of the article's day), hien-nay (today's) or tien-than (and predecessors).",
            ),
            click.option("--tinhcu", multiple=True, metavar="PROVINCE", help="One of the 63 provinces of before July 2025: long-an."),
            click.option("--tu", metavar="DATE", help="From: 2023, 2023-06, 2023-06-30 or in words: tháng 6/2023, hôm qua."),
            click.option("--den", metavar="DATE", help="To, inclusive."),
            click.option("--ngay", multiple=True, metavar="MONTH", help="Year or month: 2023 or 2023-06."),
            click.option("--ky", multiple=True, metavar="PERIOD", help="Period reported on: 6 tháng đầu năm 2023, quý I/2024, năm 2023."),
            click.option("--nhiem_ky", "--nhiem-ky", "nhiem_ky", multiple=True, metavar="YEARS", help="Term of office: 2020-2025."),
            click.option("--nguon", multiple=True, metavar="SOURCE", help="Source."),
            click.option("--term", multiple=True, metavar="TERM", help="Key term."),
            click.option(
                "--gan_day",
                "--gan-day",
                "--fresh",
                "gan_day",
                metavar="CO|KHONG",
                shell_complete=_EITHER,
                help="Rank newer articles a little higher [khong].",
            ),
            click.option(
                "--viettat",
                "--abbreviations",
                "viettat",
                metavar="CO|KHONG",
                shell_complete=_EITHER,
                help="Look for abbreviations and full forms by either [co].",
            ),
            click.option(
                "--gop", "--together", "gop", metavar="CO|KHONG", shell_complete=_EITHER, help="Show near-duplicates as one article [co]."
            ),
            click.option("--cum", "--cluster", "cum", metavar="NUMBER", help="Near-duplicates of one cluster, as JSON numbers it."),
            click.option(
                "--sua",
                "--correct",
                "sua",
                metavar="CO|KHONG",
                shell_complete=_EITHER,
                help="Run a query that finds nothing as it was probably meant [co].",
            ),
        )
    ):
        function = option(function)
    return function


fields_option = click.option("--fields", "names", metavar="NAME,NAME…", help="Only these fields, in this order.")
"""Of lines of JSON and columns of CSV; `cli.asking.fields` reads its value."""


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


def place_options(function: Command) -> Command:
    """What is known beside a text, and how its places are printed."""
    function = _forms(function, ndjson="Print one JSON object a text.", json="Print JSON; one object a line when lines are read.")
    for option in reversed(
        (
            click.option("--date", "day", metavar="DATE", help="When it was written: 2023, 2023-06 or 2023-06-30."),
            click.option("--source", metavar="NAME", help="Its source; see the setting homes."),
            click.option("--url", metavar="URL", help="Its address; a host may be named after a unit."),
        )
    ):
        function = option(function)
    return function


def _forms(function: Command, **helps: str) -> Command:
    """Flags for the parameter ``form``, one for each of `helps`."""

    @functools.wraps(function)
    def run(*args: Any, **given: Any) -> Any:
        chosen = [name for name in helps if given.pop(f"as_{name}")]
        if len(chosen) > 1:
            both = " and ".join(f"--{name}" for name in chosen[:2])
            raise click.UsageError(f"{both} exclude each other: results are printed in one form. Leave one of them out.")
        return function(*args, form=chosen[0] if chosen else None, **given)

    wrapped: Command = run
    for name, text in reversed(helps.items()):
        wrapped = click.option(f"--{name}", f"as_{name}", is_flag=True, help=text)(wrapped)
    return wrapped


def form_options(function: Command) -> Command:
    """``--json`` and its like; two of them are refused, for neither is what was asked for."""
    return _forms(function, json="Print JSON.", ndjson="Print NDJSON.", csv="Print CSV.")


def evaluation_options(function: Command) -> Command:
    """The files of a judged collection and what is done to its queries."""
    file = click.Path(exists=True, dir_okay=False, path_type=Path)
    for option in reversed(
        (
            click.option("--corpus", required=True, type=file, help="Documents: JSON lines with id, title, text."),
            click.option("--queries", required=True, type=file, help="Queries: JSON lines with id, text."),
            click.option("--qrels", required=True, type=file, help="Judgements: query, 0, document, grade, parted by tabs."),
            click.option("--distractors", multiple=True, type=file, help="More documents to find the judged ones among. Repeatable."),
            click.option("--strip-marks", is_flag=True, help="Ask the queries without marks."),
            click.option("--typos", type=int, metavar="SEED", help="Ask the queries with one typing slip each, the same for one seed."),
            click.option("--baseline", type=click.Choice(BASELINES), help="Measure a simple ranker instead of the engine."),
            click.option("--run", type=click.Path(dir_okay=False, path_type=Path), help="Write the rankings here, as a TREC run."),
            click.option("--json", "as_json", is_flag=True, help="Print JSON."),
        )
    ):
        function = option(function)
    return function
