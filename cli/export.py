"""`timtin export`: whole articles, as many as match, in a form that `timtin index` reads again."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import chain
from typing import Any

import click

from cli import house, output
from cli.asking import asked, fields
from cli.options import fields_option, filter_options
from cli.settings import Settings
from engine.labels import place_words
from engine.model import SearchRequest, StoredDocument
from engine.search import Searcher
from engine.serialize import document_json

FIELDS = (
    "id", "title", "lead", "body", "url", "source", "author", "category", "published", "verbatim",
    "event_date", "periods", "terms_of_office", "places", "terms", "cluster",
)  # fmt: skip
"""The first ten are what `timtin index` reads, the tenth that it is to read the others as they are. What analysis found follows, and is
then found anew."""
_COLUMNS = (*FIELDS[:9], "places", "terms")
"""Of a table when nothing else is asked for."""


@click.argument("query", nargs=-1)
@filter_options
@click.option("--csv", "as_csv", is_flag=True, help="Print CSV, lists parted by semicolons, instead of NDJSON.")
@fields_option
def export_command(settings: Settings, query: tuple[str, ...], as_csv: bool, names: str | None, **given: Any) -> None:
    """Print all articles that match, whole, one a line, the oldest first: without a query, everything. `timtin index -` reads it again.

    All words of a query must match; near-duplicates are printed too. Exit status: 0 some, 1 none, 2 error.
    """
    chosen = fields(names, FIELDS, _COLUMNS if as_csv else FIELDS)
    found = house.searcher(settings)
    request, notices = asked(settings, found, query, given)
    more, every = found.every(request)
    for notice in (*notices, *more):
        click.echo(f"timtin: {output.safe(notice.message)}", err=True)
    first = next(every, None)
    if first is None:
        _tell_of_others(found, request)
    articles = chain([first] if first else [], every)
    if as_csv:
        output.as_csv(([_cell(stored, name) for name in chosen] for stored in articles), chosen)
    else:
        for stored in articles:
            output.as_line(_record(stored, chosen))
    sys.exit(0 if first else 1)


def _tell_of_others(found: Searcher, request: SearchRequest) -> None:
    """Say on stderr what a search finds where an export finds nothing: it takes most of the words for enough, or reads others."""
    response = found.search(replace(request, limit=0, facets=()))
    if response.shown_total:
        what = f"{response.shown_total:,} hold most of them" if response.total else f"{response.shown_total:,} match in other ways"
        how = "write fewer words, or OR between them; `timtin search --ndjson` prints what a search finds"
        click.echo(f"timtin: no article holds all words, and only such are exported; {what}: {how}.", err=True)
    output.offers(response.offers)


def _record(stored: StoredDocument, names: Sequence[str]) -> dict[str, Any]:
    """These fields of an article; a date as far as it is known, ``2023-06``."""
    published, event = stored.document.published, stored.dates.event
    values = document_json(stored) | {
        "id": stored.document.doc_id,
        "published": published.date if published else None,
        "event_date": event.date if event else None,
        "verbatim": True,
        "cluster": str(stored.cluster) if stored.cluster else None,
    }
    return {name: values[name] for name in names}


def _cell(stored: StoredDocument, name: str) -> object:
    """A field as one cell of a table: of lists what a reader calls them."""
    if name == "places":
        return "; ".join(place_words(place) for place in stored.places if place.role != "mentioned")
    if name == "terms":
        return "; ".join(term.label for term in stored.terms)
    value = _record(stored, (name,))[name]
    if name in ("periods", "terms_of_office"):
        return "; ".join(one["label"] for one in value)
    return " ".join(value) if name == "body" else value
