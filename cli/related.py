"""`timtin related`: articles about the same matter as one."""

from __future__ import annotations

import sys

import click

from cli import house, output
from cli.options import form_options
from cli.settings import Settings
from engine.labels import date_label
from engine.related import CANDIDATES, Related, RelatedDocument
from engine.search import MOST_RELATED
from engine.serialize import related_document_json, related_json

COLUMNS = ("doc_id", "score", "same_event", "published", "title", "source", "places", "terms", "url")


@click.argument("doc_id")
@click.option(
    "--limit", type=click.IntRange(1, CANDIDATES), default=None, help=f"Number of articles [those that stand out, {MOST_RELATED} at most]."
)
@form_options
def related_command(settings: Settings, doc_id: str, limit: int | None, form: str | None) -> None:
    """Print articles about the same matter; those about the same event are marked. Exit status: 0 some, 1 none, 2 error."""
    found = house.searcher(settings).related(doc_id, limit)
    if found is None:
        click.echo(f"timtin: no article {output.safe(doc_id)!r}. Ids are shown by: timtin search … --ndjson", err=True)
        sys.exit(1)
    if found.timed_out:
        click.echo("timtin: a part of the index did not answer in time; there may be other articles", err=True)
    if form == "json":
        output.as_json(related_json(found))
    elif form == "ndjson":
        for one in found.documents:
            output.as_line(related_document_json(one))
    elif form == "csv":
        output.as_csv(map(_row, found.documents), COLUMNS)
    else:
        _text(found)
    sys.exit(0 if found.documents else 1)


def _row(one: RelatedDocument) -> list[object]:
    document = one.stored.document
    published = document.published.date if document.published else ""
    places, terms = "; ".join(one.places), "; ".join(one.terms)
    event = "yes" if one.same_event else ""
    score = round(one.score, 4)
    return [document.doc_id, score, event, published, document.title, document.source or "", places, terms, document.url or ""]


def _text(found: Related) -> None:
    click.echo(f"timtin: related to {output.safe(found.stored.document.title)}", err=True)
    for number, one in enumerate(found.documents, start=1):
        document = one.stored.document
        event = click.style("  [same event]", fg="yellow") if one.same_event else ""
        click.echo(f"{number:>3}. " + click.style(output.safe(document.title), bold=True) + event)
        similar = f"+{one.similar} similar" if one.similar else ""
        facts = [date_label(document.published), document.source or "", similar, document.doc_id]
        click.echo("     " + click.style(output.safe(" · ".join(fact for fact in facts if fact)), dim=True))
        if why := ", ".join((*one.places, *one.terms)):
            click.echo(f"     both about: {output.safe(why)}")
