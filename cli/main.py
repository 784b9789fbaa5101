"""The `timtin` command. Results on stdout, the rest on stderr; exit 0 found, 1 nothing found, 2 error."""

from __future__ import annotations

import functools
import io
import os
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import IO, Any, NoReturn

import click

from analyzers.abbreviations.errors import AbbreviationsError
from analyzers.places.errors import PlacesError
from analyzers.segmentation.errors import SegmentationError
from analyzers.terms.errors import TermsError
from cli import facets, house, output
from cli.asking import answered, asked, fields
from cli.counting import count_command
from cli.evaluation.errors import EvaluationError
from cli.export import export_command
from cli.fetch import fetch_command
from cli.options import (
    FILES,
    colour_option,
    evaluation_options,
    fields_option,
    filter_options,
    form_options,
    house_options,
    one_of,
    place_options,
    reading_options,
    run_options,
)
from cli.pages import add_page_commands
from cli.related import related_command
from cli.settings import SETTINGS, Settings, SettingsError, load
from cli.suggest import suggest_command
from cli.words import QueryCommand
from engine.address_search import article_at
from engine.errors import EngineError
from engine.model import FACETS
from engine.serialize import EXPLANATION, HIT_KEYS, document_json, facet_json
from engine.stats import stats
from engine.table import COLUMNS
from indexer.errors import IndexerError

EXAMPLES = """\b
Examples:
  timtin index seeds/                      index a folder of articles
  timtin fetch https://example.vn/rss      a feed or sitemap: fetch what is new, index it
  timtin search "thu ngân sách An Khê"     with or without marks
  timtin search '"nông thôn mới" -Bắc Kạn' --noi gia-lai --tu 2023
  timtin count bao lu --nguon "Bản tin Duyên Hải"
  timtin facets "hội nghị" --json
  timtin export --noi gia-lai > gia-lai.ndjson   whole articles, as timtin index reads them
  timtin index news.zip 'old/**/*.csv' --map title=tieu_de --map body=noi_dung
  curl … | timtin index -                  standard input, told by its content
  timtin serve                             the web page, on http://127.0.0.1:8000/
  timtin extract page.html                 title, text and date of a saved page, as JSON
  timtin segment < text.txt                words as pyvi finds them, many times faster
"""
ERRORS = (EngineError, IndexerError, SettingsError, SegmentationError, PlacesError, TermsError, AbbreviationsError, EvaluationError)

SETTING_NAMES = [setting.name for setting in SETTINGS]

Command = Callable[..., Any]


@click.group(
    help=f"{EXAMPLES}\nSearch Vietnamese local news on your own machine.", context_settings={"help_option_names": ["-h", "--help"]}
)
@colour_option
@click.version_option(package_name="timtin")
@click.pass_context
def timtin(context: click.Context) -> None:
    if context.color is None and os.environ.get("NO_COLOR"):
        context.color = False


def command(name: str, kind: type[click.Command] = click.Command) -> Callable[[Command], click.Command]:
    """A command that gets the settings first; its errors are told in one line and end with status 2."""

    def decorate(function: Command) -> click.Command:
        @timtin.command(name, kind, help=function.__doc__)
        @house_options
        @functools.wraps(function)
        def run(**arguments: Any) -> None:
            flags = {key: arguments.get(key) for key in SETTING_NAMES}
            for key in ("index", "engine", "segmenter"):
                arguments.pop(key)
            try:
                function(load(flags), **arguments)
            except ERRORS as error:
                _fail(str(error))
            except BrokenPipeError:  # the reader, such as head, has enough
                output.to_nowhere()
                sys.exit(0)
            except OSError as error:
                _fail(f"{error.filename}: {error.strerror}" if error.filename else str(error))

        return run

    return decorate


def _fail(message: str) -> NoReturn:
    click.echo(f"timtin: {output.safe(message)}", err=True)
    sys.exit(2)


@command("index")
@click.argument("paths", nargs=-1, required=True, type=FILES)
@click.option("--rebuild", is_flag=True, help="Delete the index first and build it anew.")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
@click.option("--verbose", "-v", is_flag=True, help="Name every duplicate and every page that is no article too.")
@run_options
@reading_options
def index_command(settings: Settings, paths: tuple[str, ...], **given: Any) -> None:
    """Index files, folders, archives and patterns such as 'news/**/*.html'; - reads standard input.

    Only what changed is indexed again. Exit status: 0 everything was taken in, 1 something was rejected
    (named in the report), 2 the run could not be done, 130 or 143 it was stopped, and the next run goes on from there.
    """
    from cli.indexing import index  # this and what reads pages take a third of a second that searching does without

    sys.exit(index(settings, paths, **given))


@command("check")
def check_command(settings: Settings) -> None:
    """Read every file of the index and say what is damaged. Exit status: 0 all is well, 1 damage, 2 there is no index."""
    from engine.check import REBUILD, check

    found = check(Path(settings.index), house.analyzer(settings), house.options(settings), ("manifest.sqlite", "clusters.sqlite"))
    for problem in found.problems:
        click.echo(f"damaged: {output.safe(problem)}", err=True)
    if found.problems:
        click.echo(f"timtin: {len(found.problems)} problem(s) in {settings.index}; nothing was changed. Rebuild it: {REBUILD}", err=True)
        sys.exit(1)
    click.echo(f"timtin: {settings.index} is whole: {found.documents} articles, {found.bytes} bytes read, {found.seconds:.1f} s", err=True)


@command("reindex")
def reindex_command(settings: Settings) -> None:
    """Analyse the stored articles of an index in OpenSearch anew, while it answers. Exit status: 0 done, 1 some refused, 2 error."""
    from indexer.reindex import reindex

    replaced = reindex(Path(settings.index), house.analyzer(settings), house.options(settings))
    click.echo(f"timtin: {replaced.documents} articles analysed anew, index in {settings.index}", err=True)
    for doc_id, reason in replaced.refused.items():
        click.echo(f"rejected {output.safe(doc_id)}: refused by the engine: {output.safe(reason)}", err=True)
    sys.exit(1 if replaced.refused else 0)


@command("search", QueryCommand)
@click.argument("query", nargs=-1)
@filter_options
@click.option(
    "--sort", "--sap", default="", metavar="ORDER", help="relevance (lien-quan), newest (moi) or oldest (cu).",
    shell_complete=one_of("lien-quan", "moi", "cu"),
)  # fmt: skip
@click.option("--limit", type=click.IntRange(0, 1000), help="Number of results [20].")
@click.option("--offset", type=click.IntRange(0), default=0, help="Results to skip.")
@click.option("--explain", is_flag=True, help="Show how each score comes about.")
@form_options
@fields_option
def search_command(
    settings: Settings,
    query: tuple[str, ...],
    limit: int | None,
    offset: int,
    explain: bool,
    form: str | None,
    names: str | None,
    **given: Any,
) -> None:
    """Search. Exit status: 0 something found, 1 nothing, 2 error."""
    chosen = _chosen(names, form, explain=explain)
    found = house.searcher(settings)
    request, notices = asked(settings, found, query, given)
    request = replace(request, offset=offset, limit=settings.page_size if limit is None else limit, explain=explain)
    response = answered(found, request if form == "json" else replace(request, facets=()), notices)
    output.results(response, form or "text", chosen)
    sys.exit(0 if response.shown_total else 1)


command("count", QueryCommand)(count_command)
command("export", QueryCommand)(export_command)


def _chosen(names: str | None, form: str | None, *, explain: bool) -> tuple[str, ...]:
    """The fields of a hit that are printed. Raises SettingsError."""
    if names is not None and form not in ("ndjson", "csv"):
        raise click.UsageError("--fields goes with --ndjson or --csv.")
    known = COLUMNS if form == "csv" else (*HIT_KEYS, EXPLANATION) if explain else HIT_KEYS
    return fields(names, known, known)


@command("facets", QueryCommand)
@click.argument("query", nargs=-1)
@filter_options
@click.option("--facet", "facet", multiple=True, type=click.Choice(FACETS), help="Only this facet.")
@click.option("--limit", type=click.IntRange(1, 10000), default=20, help="Values a facet [20].")
@form_options
def facets_command(settings: Settings, query: tuple[str, ...], facet: tuple[str, ...], limit: int, form: str | None, **given: Any) -> None:
    """Count places, dates, periods, terms of office, key terms and sources of what matches. Exit status as for search."""
    found = house.searcher(settings)
    request, notices = asked(settings, found, query, given)
    response = answered(found, replace(request, limit=0, facets=facet or FACETS, facet_limit=limit), notices)
    rows = [(one.field, row.value, row.label, row.count) for one in response.facets for row in one.counts]
    if form == "json":
        output.as_json({"format": 1, "total": response.total, "facets": {one.field: facet_json(one) for one in response.facets}})
    elif form == "ndjson":
        for name, value, label, number in rows:
            output.as_json({"facet": name, "value": value, "label": label, "count": number})
    elif form == "csv":
        output.as_csv(rows, ("facet", "value", "label", "count"))
    else:
        facets.show(response.facets)
    sys.exit(0 if response.total else 1)


@command("show")
@click.argument("doc_id")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def show_command(settings: Settings, doc_id: str, as_json: bool) -> None:
    """Print one article, by its id or its address. Exit status: 0 found, 1 there is none, 2 error."""
    found = house.searcher(settings)
    stored = found.get(doc_id) or article_at(found, doc_id)
    if stored is None:
        click.echo(f"timtin: no article {output.safe(doc_id)!r}. Ids are shown by: timtin search … --ndjson", err=True)
        sys.exit(1)
    if as_json:
        output.as_json(document_json(stored))
        return
    output.article(stored)


@command("stats")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def stats_command(settings: Settings, as_json: bool) -> None:
    """Print what the index holds."""
    found = stats(house.searcher(settings))
    if as_json:
        output.as_json(found)
        return
    output.stats(found)


@command("serve")
@click.option("--host", metavar="ADDRESS", help="Address to listen on [127.0.0.1].")
@click.option("--port", metavar="PORT", help="Port to listen on [8000].")
def serve_command(settings: Settings, host: str | None, port: str | None) -> None:
    """Serve the web page and the JSON API."""
    del host, port  # already in the settings
    from cli.server import serve_forever

    serve_forever(house.searcher(settings), settings)


@command("segment")
@click.argument("source", default="-", metavar="[FILE|-]", type=click.File("rb"))
def segment_command(settings: Settings, source: IO[bytes]) -> None:
    """Segment lines into words, in pyvi's format: words joined by underscores. Reads standard input by default."""
    from cli.analysis import segment_lines, text_of

    for line in segment_lines(house.analyzer(settings), text_of(source, "surrogateescape")):
        click.echo(line.encode("utf-8", "surrogateescape"))


@command("analyze")
@click.argument("source", default="-", metavar="[FILE|-]", type=click.File("rb"))
@click.option("--ndjson", is_flag=True, help="Lines are documents, with the keys that index accepts; else each line is a text.")
@click.option("--tokens", is_flag=True, help="Add every token with its span and keys.")
@click.option("--explain", is_flag=True, help="Name the rule behind each place, date, period and term.")
def analyze_command(settings: Settings, source: IO[bytes], ndjson: bool, tokens: bool, explain: bool) -> None:
    """Print what analysis finds, one JSON object a line. Exit status: 0, or 1 when a document was rejected."""
    from cli.analysis import print_analyses, text_of

    lines = text_of(source, "replace")
    sys.exit(1 if print_analyses(house.analyzer(settings), lines, ndjson=ndjson, tokens=tokens, explain=explain) else 0)


@command("places")
@click.argument("text", metavar="TEXT|-")
@place_options
def places_command(settings: Settings, text: str, form: str | None, **known: str | None) -> None:
    """Show the places a text names and is about, with the rules that found them; - reads lines from standard input.

    Exit status: 0 a place was found, 1 none, 2 error.
    """
    from cli.places import print_places

    sys.exit(print_places(house.analyzer(settings), text, form, known))


command("fetch")(fetch_command)
add_page_commands(command)
command("related")(related_command)
command("suggest", QueryCommand)(suggest_command)


@command("eval")
@evaluation_options
def eval_command(settings: Settings, run: Path | None, as_json: bool, **given: Any) -> None:
    """Measure ranking on a judged collection: nDCG@10, MRR@10, recall@10 and @100.

    Indexes the documents through the real pipeline into a throw-away index (kept with --index DIR) and asks every judged
    query as a user would. Exit status: 0 measured, 2 a file cannot be used.
    """
    from cli.evaluation.command import measured

    found = measured(settings, **given)
    if run is not None:
        run.write_text("".join(f"{line}\n" for line in found.trec()), encoding="utf-8")
    if as_json:
        output.as_json(found.as_dict())
        return
    for name, value in found.as_dict().items():
        click.echo(f"{name + ':':<12}{value:.4f}" if isinstance(value, float) else f"{name + ':':<12}{value}")


def main() -> None:
    """Entry point of the `timtin` command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal that lacks a letter shows its number
    try:
        status = timtin(prog_name="timtin", standalone_mode=False)
    except click.Abort:
        click.echo("timtin: interrupted. The index is as it was at its last commit.", err=True)
        status = 130
    except click.ClickException as error:
        error.show()
        status = error.exit_code
    sys.exit(status)
