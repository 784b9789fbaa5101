"""`timtin extract` and `timtin doctor`: the commands that look at pages without indexing them."""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import datetime
from typing import Any

import click

from cli import house, output
from cli.options import FILES
from cli.settings import Settings

Command = Callable[..., Any]
_DAY = click.DateTime(["%Y-%m-%d"])


def add_page_commands(command: Callable[[str], Callable[[Command], click.Command]]) -> None:
    """Add them with the decorator that makes a command of a function."""
    command("extract")(extract_command)
    command("doctor")(doctor_command)


@click.argument("files", nargs=-1, required=True, metavar="FILE…", type=FILES)
@click.option("--url", metavar="URL", help="Address the page was published at.")
@click.option("--crawled", type=_DAY, metavar="DATE", help="Day the page was fetched: 2023-06-30.")
def extract_command(settings: Settings, files: tuple[str, ...], url: str | None, crawled: datetime | None) -> None:
    """Print what extraction makes of each page, one JSON object a line; nothing is indexed.

    - reads one page, or NDJSON, from standard input. Exit status: 0, or 1 when an input was rejected.
    """
    from cli.extraction import extracted  # what reads pages takes a third of a second that other commands do without

    del settings  # of the house, which is not entered
    rejected = 0
    for answer in extracted(files, url, crawled.date() if crawled else None):
        output.as_line(answer)
        rejected += answer["outcome"] == "rejected"
    sys.exit(1 if rejected else 0)


@click.argument("name", metavar="FILE|URL|DOC_ID", type=FILES)
@click.option("--url", metavar="URL", help="Address the file was published at.")
@click.option("--crawled", type=_DAY, metavar="DATE", help="Day the file was fetched: 2023-06-30.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def doctor_command(settings: Settings, name: str, url: str | None, crawled: datetime | None, as_json: bool) -> None:
    """Explain one page: every rule that fired, with the text it used. An id or an address is looked up in the index.

    Exit status: 0 an article, 1 something else or nothing, 2 error.
    """
    from cli import doctor

    if doctor.exists(name):
        report = doctor.of_file(name, house.analyzer(settings), url, crawled.date() if crawled else None)
    else:
        report = doctor.of_index(name, house.searcher(settings)) or {}
    if not report:
        click.echo(f"timtin: neither a file nor an article of the index: {output.safe(name)}", err=True)
        sys.exit(1)
    if as_json:
        output.as_json(report)
    else:
        doctor.show(report)
    sys.exit(0 if report["outcome"] == "article" else 1)
