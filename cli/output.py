"""How results are printed: for a person, as JSON, NDJSON or CSV. Results go to stdout, all else to stderr."""

from __future__ import annotations

import json
import os
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import click

from engine.explanation import lines
from engine.facets import time_label
from engine.labels import date_label, number_label
from engine.model import DateOffer, Offer, SearchResponse, Snippet, StoredDocument
from engine.parameters import parameters_of
from engine.serialize import hit_json, response_json
from engine.table import COLUMNS, hit_row, write_csv
from engine.understood import understood_as

_DIVIDERS = {"marks": "match without the marks typed", "words": "hold most of the words", "apart": "hold the syllables of a word apart"}
_LACKS = {"marks": "khi bỏ dấu", "words": "có phần lớn các từ", "apart": "có các tiếng đứng rời nhau"}
_OBEYED = (*range(0x7F, 0xA0), 0x061C, 0x200E, 0x200F, *range(0x2028, 0x202F), *range(0x2066, 0x206A), *range(0xD800, 0xE000))
"""Controls, changes of direction, line separators, and halves of characters, beyond ASCII."""
_CONTROL = dict.fromkeys((*range(0x20), *_OBEYED))
_ESCAPED = {code: f"\\u{code:04x}" for code in _OBEYED}


def safe(text: str) -> str:
    """Text for a terminal: no control or direction-changing characters from a document reach it."""
    return text.translate(_CONTROL)


def to_nowhere() -> None:
    """Nothing more is wanted on stdout: what is still to be written goes nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


def said(response: SearchResponse) -> None:
    """Print what the user should know, to stderr: the query as it ran when that differs, notices, dates that could be filters."""
    ran = understood_as(response.request.q, response.understood)
    lines = [f"Đã hiểu là: {ran}"] if ran else []
    lines += [notice.message for notice in response.notices]
    for offer in response.date_offers:
        query = f" {offer.request.q}" if offer.request.q else ""
        lines.append(f"“{offer.text}” có thể là ngày đăng ({number_label(offer.total)} bài): timtin search{query} {_date_flags(offer)}")
    for line in lines:
        click.echo(f"timtin: {safe(line)}", err=True)


def _date_flags(offer: DateOffer) -> str:
    dates = offer.request.dates
    return " ".join(f"--{name} {day.isoformat()}" for name, day in (("tu", dates.first), ("den", dates.last)) if day)


def offers(found: Iterable[Offer]) -> None:
    """Print other searches worth a try, to stderr: what they change, their flags, and how many articles they find."""
    for offer in found:
        click.echo(f"timtin: {safe(offer.text)}: {safe(_arguments(offer))} ({number_label(offer.total)} bài)", err=True)


def _arguments(offer: Offer) -> str:
    """The query and flags of a search, as they would be typed in a shell."""
    pairs = parameters_of(replace(offer.request, explain=False), offer.request.limit)
    words = [value for name, value in pairs if name == "q"]
    flags = [part for name, value in pairs if name != "q" for part in (f"--{name}", value)]
    return shlex.join([*words, *flags]) or "''"


def as_json(value: Any) -> None:
    """Print one JSON document."""
    click.echo(json_text(value, 2 if sys.stdout.isatty() else None, _takes_all_letters()))


def as_line(value: Any) -> None:
    """Print one JSON object on one line."""
    click.echo(json_text(value, None, _takes_all_letters()))


def json_text(value: Any, indent: int | None = None, letters: bool = True) -> str:
    """JSON with letters as they are; what a terminal would obey, or cannot be encoded, is written as ``\\u009b``."""
    return json.dumps(value, ensure_ascii=not letters, indent=indent).translate(_ESCAPED)


def _takes_all_letters() -> bool:
    return (sys.stdout.encoding or "").lower().replace("-", "") == "utf8"


def as_ndjson(response: SearchResponse, names: Sequence[str]) -> None:
    """Print one hit a line, of it these fields."""
    for hit in response.hits:
        found = {**hit_json(hit)}
        as_line({name: found[name] for name in names if name in found})


def as_csv(rows: Iterable[Sequence[object]], columns: Sequence[str]) -> None:
    """Print comma-separated values, made safe for spreadsheets and terminals; a row as soon as it is there."""
    write_csv(sys.stdout, columns, rows)


def results(response: SearchResponse, form: str, names: Sequence[str]) -> None:
    """Print a response in the form asked for: text, json, or these fields of its hits as ndjson or csv."""
    if form == "json":
        as_json(response_json(response))
    elif form == "ndjson":
        as_ndjson(response, names)
    elif form == "csv":
        at = [COLUMNS.index(name) for name in names]
        as_csv(([row[column] for column in at] for row in map(hit_row, response.hits)), names)
    else:
        _text(response)


def _text(response: SearchResponse) -> None:
    for hit in response.hits:
        document = hit.document
        if hit.folded and (hit.rank == response.folded_from_rank or hit is response.hits[0]):
            click.echo(
                click.style(
                    f"---- {number_label(response.folded_total)} more {_DIVIDERS[response.folded_without or 'marks']} ----", dim=True
                )
            )
        click.echo(f"{hit.rank:>3}. " + marked(hit.title, bold=True))
        places = "; ".join(place.label for place in hit.stored.places if place.role == "primary")
        similar = f"+{hit.similar} similar" if hit.similar else ""
        facts = [date_label(document.published), places, document.source or "", similar, document.doc_id]
        click.echo("     " + click.style(safe(" · ".join(fact for fact in facts if fact)), dim=True))
        for snippet in hit.snippets:
            click.echo("     " + marked(snippet))
        if hit.explanation is not None:
            for line in lines(hit.explanation):
                click.echo("     " + safe(line))
    shown = f"{response.hits[0].rank}–{response.hits[-1].rank} / " if response.hits else ""
    more = f" + {number_label(response.folded_total)} {_LACKS[response.folded_without or 'marks']}" if response.folded_total else ""
    most = "" if response.whole_total is None else f" có phần lớn các từ ({number_label(response.whole_total)} có đủ)"
    click.echo(f"timtin: {shown}{number_label(response.total)} bài{most}{more}, {response.took_ms:.1f} ms", err=True)


def marked(snippet: Snippet, bold: bool = False) -> str:
    """A passage with its matches coloured; plain where colours are off."""
    parts, at = [], 0
    for start, end in snippet.ranges:
        parts.append(click.style(safe(snippet.text[at:start]), bold=bold or None))
        parts.append(click.style(safe(snippet.text[start:end]), fg="yellow", bold=True))
        at = end
    parts.append(click.style(safe(snippet.text[at:]), bold=bold or None))
    return "".join(parts)


def article(stored: StoredDocument) -> None:
    """Print one article for reading."""
    document = stored.document
    click.echo(click.style(safe(document.title), bold=True))
    published = date_label(document.published) + (f" ({document.published.rule})" if document.published else "")
    told = [time_label("period", one.value) for one in stored.dates.periods] + [
        time_label("tenure", one.value) for one in stored.dates.terms
    ]
    facts = [
        published,
        *(place.label for place in stored.places if place.role != "mentioned"),
        document.source or "",
        document.author or "",
        *told,
    ]
    click.echo(click.style(safe(" · ".join(fact for fact in facts if fact)), dim=True))
    if document.url:
        click.echo(click.style(safe(document.url), dim=True))
    for paragraph in [document.lead, *document.body.split("\n")]:
        if paragraph:
            click.echo("\n" + safe(paragraph))


def stats(found: Mapping[str, Any]) -> None:
    """Print what an index holds; both ways to count articles, and those without a source among the sources."""
    for key in ("documents", "engine", "bytes", "first", "last"):
        value = "unknown" if found[key] is None else found[key]
        if key == "documents" and found["distinct"] != value:
            value = f"{value}, or {found['distinct']} without near-duplicates, as searches and pages count"
        click.echo(f"{key + ':':<12}{value}")
    click.echo("sources:")
    rows = [(safe(name), number) for name, number in found["sources"].items()]
    for name, number in (*rows, *([("(without a source)", found["without_source"])] if found["without_source"] else [])):
        click.echo(f"  {number:>10}  {name}")
