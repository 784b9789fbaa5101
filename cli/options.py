"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

BASELINES = ("whitespace", "words", "folding", "syllables", "syllables+pairs")
"""Rankers of `cli.evaluation.baselines`; named here so that other commands need not import them."""

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


def form_options(function: Command) -> Command:
    """``--json`` and its like."""
    for name in ("csv", "ndjson", "json"):
        function = click.option(f"--{name}", "form", flag_value=name, help=f"Print {name.upper()}.")(function)
    return function


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
