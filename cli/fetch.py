"""``timtin fetch``: feeds, sitemaps and lists of addresses -> WARC files -> the index."""

from __future__ import annotations

import datetime
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

from cli import house, output
from cli.options import FILES
from cli.settings import Settings, SettingsError
from engine.dates import parse_partial
from engine.errors import RequestError

if TYPE_CHECKING:
    from indexer.fetch.report import FetchReport, Row
    from indexer.fetch.run import Given
    from indexer.report import IndexReport

STDIN = "-"
_NAMED_REASONS = 12


@click.argument("sources", nargs=-1, required=True, metavar="ADDRESS|FILE|-…", type=FILES)
@click.option("--since", metavar="DATE", help="Leave out pages that their feed or sitemap dates earlier: 2023, 2023-06 or 2023-06-30.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Ask for N pages at most; the rest is left for the next run.")
@click.option("--dry-run", is_flag=True, help="Read lists and robots.txt, say what would be fetched and what not; keep nothing.")
@click.option("--refresh", is_flag=True, help="Ask again, if changed, for pages that earlier runs are done with.")
@click.option("--no-index", is_flag=True, help="Keep the WARC files and leave the index as it is.")
@click.option("--allow-host", multiple=True, metavar="HOST[:PORT]", help="Ask this host though its address is not public, as for a test.")
@click.option("--fetch-folder", metavar="DIR", help="Folder of fetched pages [var/fetch].")
@click.option("--fetch-delay", metavar="SECONDS", help="Seconds between two requests to one host [2].")
@click.option("--report", "report_file", type=click.Path(dir_okay=False), metavar="FILE", help="Write the report there as JSON.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--verbose", "-v", is_flag=True, help="Name every address with what became of it.")
def fetch_command(settings: Settings, sources: tuple[str, ...], **given: Any) -> None:
    """Fetch pages politely and index them.

    An ADDRESS is a feed, a sitemap or a page; a FILE, or - for standard input, holds addresses, one a line. What earlier runs
    fetched is not fetched again, so a run that was cut off is simply started again. Exit status: 0 all went well, 1 some
    address failed or was refused (named in the report), 2 the run could not be done, 130 it was interrupted.
    """
    from indexer.fetch.setup import open_fetcher

    since = _since(given["since"])
    addresses = list(_given(sources))
    try:
        fetcher = open_fetcher(contact=settings.fetch_contact, delay=settings.fetch_delay, allowed=given["allow_host"])
    except ValueError as error:
        raise SettingsError(f"--allow-host {error}") from error
    from indexer.fetch.run import Options

    options = Options(since, given["limit"], given["dry_run"], given["refresh"])
    index = None if given["dry_run"] or given["no_index"] else house.open_or_create_index(settings)
    with _terminated_as_interrupted():
        report = _run(settings, fetcher, addresses, options)
        indexed = None
        if index is not None and not report.is_interrupted and not report.error:
            try:
                indexed = _index(index, settings)
            except BaseException:  # such as an index somebody else writes to: what was fetched is told first
                _tell(report, None, settings, **given)
                raise
    _tell(report, indexed, settings, **given)
    sys.exit(130 if report.is_interrupted else 2 if report.error else 1 if report.has_trouble else 0)


def _since(text: str | None) -> datetime.date | None:
    try:
        return parse_partial(text).first_day if text else None
    except RequestError as error:
        raise SettingsError(f"--since: {text!r} is not a date. Write 2023, 2023-06 or 2023-06-30.") from error


def _given(sources: tuple[str, ...]) -> Iterator[Given]:
    """Addresses of the command line, and of the lists it names."""
    from indexer.fetch.lists import read_addresses
    from indexer.fetch.run import Given

    for source in sources:
        if source == STDIN:
            yield from (Given(address, "standard input") for address in read_addresses(sys.stdin.buffer))
        elif "://" in source:
            yield Given(source, "the command line", is_source=True)
        elif not (source and Path(source).is_file()):
            raise SettingsError(
                f"No such file: {source or '(an empty name)'}. Give the address of a feed, sitemap or page, with http:// or https://, "
                "a file of addresses, or - for standard input."
            )
        else:
            with Path(source).open("rb") as lines:
                yield from (Given(address, source) for address in read_addresses(lines))


@contextmanager
def _terminated_as_interrupted() -> Iterator[None]:
    """SIGTERM ends a fetch as Ctrl-C does: with everything kept."""

    def interrupt(*_: object) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def _run(settings: Settings, fetcher: Any, addresses: list[Given], options: Any) -> FetchReport:
    from cli.progress import Progress
    from indexer.fetch.run import Run
    from indexer.fetch.setup import user_agent
    from indexer.fetch.state import FILE, State
    from indexer.fetch.warc import WarcWriter, recover

    folder = Path(settings.fetch_folder)
    if not options.is_dry:
        folder.mkdir(parents=True, exist_ok=True)
    remembers = not options.is_dry or (folder / FILE).exists()
    with closing(State(folder if remembers else None)) as state, Progress("Fetching") as progress:
        recovered = [] if options.is_dry else recover(folder)
        now = datetime.datetime.now(datetime.UTC)
        warc = None if options.is_dry else WarcWriter(folder, user_agent(settings.fetch_contact), now)
        report = Run(fetcher, state, warc, options, progress=progress.update).fetch(addresses)
        report.recovered = [str(path) for path in recovered]
        return report


def _index(index: Any, settings: Settings) -> IndexReport:
    from cli.progress import Progress
    from indexer.run import Options, index_paths

    with Progress("Indexing") as progress:
        return index_paths(index, [settings.fetch_folder], Options(workers=house.workers(settings)), progress=progress.update)


def _tell(report: FetchReport, indexed: IndexReport | None, settings: Settings, **given: Any) -> None:
    """The report: what went wrong by name, numbers and reasons, and JSON where it is asked for."""
    from indexer.fetch.report import TROUBLE

    whole = {"fetch": report.as_dict(), "index": indexed.as_dict() if indexed else None}
    if given["report_file"]:
        Path(given["report_file"]).write_text(json.dumps(whole, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    if given["as_json"]:
        output.as_json(whole)
    elif report.is_dry:
        for row in report.rows.values():
            click.echo(_line(row))
    if given["verbose"] or not report.is_dry:
        for row in report.rows.values():
            if given["verbose"] or row.outcome in TROUBLE:
                click.echo(_line(row), err=True)
    if given["as_json"]:
        return
    _summary(report, settings)
    if indexed:
        counts = ", ".join(f"{number} {name}" for name, number in indexed.counts().items())
        click.echo(f"timtin: {indexed.inputs} inputs indexed: {counts}; index in {settings.index}", err=True)
    if report.error:
        click.echo(f"timtin: {report.error}. What came before is kept; the same command goes on from there.", err=True)
    if report.is_interrupted:
        click.echo("timtin: interrupted. What was fetched is kept; the same command goes on from there.", err=True)


def _summary(report: FetchReport, settings: Settings) -> None:
    for path in report.recovered:
        click.echo(f"timtin: {output.safe(path)} was left open by a run that was cut off; its whole records are kept", err=True)
    reasons = report.reasons
    for outcome, reason, count in reasons[:_NAMED_REASONS]:
        click.echo(f"{count:>8,}  {outcome}: {output.safe(reason)}", err=True)
    if len(reasons) > _NAMED_REASONS:
        click.echo(f"          … and {len(reasons) - _NAMED_REASONS} more reasons; --report FILE holds all", err=True)
    counts = ", ".join(f"{count:,} {outcome}" for outcome, count in report.counts.items()) or "none"
    size = f"{report.bytes / 1024:,.0f} kB in {report.requests:,} requests, {report.seconds:.1f} s"
    kept = "nothing kept" if report.is_dry else f"pages in {settings.fetch_folder}"
    click.echo(f"timtin: {len(report.rows):,} addresses: {counts}; {size}, {kept}", err=True)


def _line(row: Row) -> str:
    reason = f": {output.safe(row.reason)}" if row.reason else ""
    return f"{row.outcome} {output.safe(row.url)}{reason}"
