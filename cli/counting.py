"""`timtin count`: how many articles match, of one query or of a file of them."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from textwrap import shorten
from typing import Any

import click

from cli import house, output
from cli.asking import answered, asked
from cli.options import filter_options
from cli.settings import Settings, SettingsError
from engine.model import SearchRequest
from engine.search import Searcher

_LONGEST = 64_000
"""Bytes of a line: a longer one is no query."""
_NAMED = 60
"""Characters of a query that a notice names it by."""


@click.argument("query", nargs=-1)
@click.option("--batch", is_flag=True, help="Read queries from standard input, one a line; print the number, a tab and the query.")
@filter_options
def count_command(settings: Settings, query: tuple[str, ...], batch: bool, **given: Any) -> None:
    """Print how many articles match; where most of the words were enough, stderr says so. Exit status: 0 some, 1 none, 2 error."""
    if batch and query:
        raise click.UsageError("--batch reads its queries from standard input. Leave out those on the command line.")
    found = house.searcher(settings)
    if batch:
        sys.exit(0 if _counted_all(settings, found, given) else 1)
    request, notices = asked(settings, found, query, given)
    total = answered(found, _counting(request), notices).total
    click.echo(total)
    sys.exit(0 if total else 1)


def _counted_all(settings: Settings, found: Searcher, given: dict[str, Any]) -> int:
    """Print the number for each query on standard input, in its order; the sum of all."""
    every = 0
    for number, query in enumerate(_lines(), start=1):
        request, notices = asked(settings, found, (query,), given)
        response = found.search(_counting(request))
        for message in dict.fromkeys(notice.message for notice in (*notices, *response.notices)):
            click.echo(f"timtin: line {number}, {shorten(query, _NAMED)}: {output.safe(message)}", err=True)
        click.echo(f"{response.total}\t{query}")
        every += response.total
    return every


def _counting(request: SearchRequest) -> SearchRequest:
    return replace(request, limit=0, facets=(), sort="relevance")


def _lines() -> Iterator[str]:
    """The queries on standard input; what is not UTF-8 in one becomes the character that says so."""
    if sys.stdin is None:
        raise SettingsError("--batch reads its queries from standard input, which is closed.")
    lines = sys.stdin.buffer
    while line := lines.readline(_LONGEST):
        if len(line) == _LONGEST and not line.endswith(b"\n"):
            raise SettingsError(f"--batch: a line of standard input is longer than {_LONGEST} bytes: {shorten(_plain(line), _NAMED)}")
        yield _plain(line)


def _plain(line: bytes) -> str:
    return output.safe(" ".join(line.decode("utf-8", "replace").removeprefix("\ufeff").split()))
