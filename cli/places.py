"""`timtin places`: which units a text names, which of them it is about, and why."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

import click

from analyzers.article import ArticleAnalysis, ArticleAnalyzer
from analyzers.places import Home, Mention, Place
from cli import output
from cli.words import typed
from engine.dates import parse_partial
from engine.model import Document
from indexer.homes import home_of

MENTION_RULES = {
    "typed": "its type word, and the only unit of that type and name on the day",
    "address": "the units that follow in the same address",
    "province": "the name of a province",
    "article": "other units that the text names",
    "home": "the unit its source reports from",
    "committee": "a party committee (Thị ủy, Thành ủy, Huyện ủy) of that kind of district",
    "unique": "the only unit of that name on the day",
    "repeated": "settled where the text names it elsewhere",
    "ambiguous": "several units bear the name; nothing in the text decides",
    "contradicted": "the address names a province in which no unit bore the name",
    "era": "another unit before July 2025 than since, and the text has no date",
    "unknown": "no unit bears the name",
}
PLACE_RULES = {
    "title": "named in the title",
    "lead": "named in the lead",
    "early": "named in the first paragraphs",
    "body": "named in the body",
    "home": "a name of several places, settled by where the source reports from",
    "source": "where the source reports from; the text speaks of its unit without naming it",
    "mentioned": "only mentioned",
}
ERA_RULES = {
    "date": "the date given",
    "text": "what the text says of its time",
    "both": "no date: read before and since July 2025",
}


HEADS = ("where", "text", "unit", "there as", "rule")
SHOWN = 4
"""Candidates of an open mention that the table names."""
MOST_YEAR = 9000
"""A day beyond it stands for "in force now"."""


class Context(NamedTuple):
    """What is known beside the text: the day it was written, and where its source reports from."""

    on: date | None
    home: Home | None


def print_places(analyzer: ArticleAnalyzer, text: str, form: str | None, options: Mapping[str, str | None]) -> int:
    """Print the places of `text`, or of each line of standard input for ``-``; return the exit status: 0 when there was any."""
    known = context(analyzer, options["day"], options["source"], options["url"])
    status = 1
    for number, line in enumerate(_lines(text)):
        answer = place_answer(analyzer, line, known)
        status = 0 if answer["places"] else status
        if form is None:
            click.echo("\n" if number else "", nl=False)
            table(answer)
        elif form == "json" and text != "-":
            output.as_json(answer)
        else:
            output.as_line(answer)
    return status


def _lines(text: str) -> Iterable[str]:
    if text != "-":
        return [typed(text)]
    return (line.rstrip("\r\n") for line in click.open_file("-", encoding="utf-8", errors="replace") if line.strip())


def context(analyzer: ArticleAnalyzer, day: str | None, source: str | None, url: str | None) -> Context:
    """Read the options. Raises RequestError for a date that is none."""
    on = parse_partial(day).first_day if day else None
    return Context(on, home_of(analyzer, Document("", "", url=url, source=source)))


def place_answer(analyzer: ArticleAnalyzer, text: str, known: Context) -> dict[str, Any]:
    """Mentions and resolution of one text as JSON values; spans are code points of its NFC form."""
    found = analyzer.analyze("", "", text, known.on, known.home.path if known.home else None)
    return {
        "text": found.body.text,
        "places": [_place(place) for place in found.places],
        "mentions": [_mention(analyzer, found, mention) for mention in found.mentions],
        "era": era_json(found),
        "home": known.home._asdict() if known.home else None,
    }


def era_json(found: ArticleAnalysis) -> dict[str, str] | None:
    """The day whose map was used, and how it was found; no day where names of any day would do."""
    if found.era is None or not found.mentions:
        return None
    today = found.era.day.year > MOST_YEAR
    return {"day": "today" if today else found.era.day.isoformat(), "rule": found.era.rule}


def _place(place: Place) -> dict[str, Any]:
    keys = ("role", "label", "path", "unit", "province", "district", "commune", "rule", "now", "old")
    return {key: getattr(place, key) for key in keys}


def _mention(analyzer: ArticleAnalyzer, found: ArticleAnalysis, mention: Mention) -> dict[str, Any]:
    gazetteer = analyzer.finder.gazetteer
    on = found.era.day if found.era else None

    def unit(identifier: str) -> dict[str, str]:
        version = gazetteer.unit(identifier, on)
        return {"unit": identifier, "label": f"{version.type} {gazetteer.full_label(version, on)}", "path": gazetteer.path(version, on)}

    return {
        "start": mention.start,
        "end": mention.end,
        "text": found.body.text[mention.start : mention.end],
        "unit": mention.unit,
        "rule": mention.rule,
        "context": mention.context,
        "candidates": [unit(identifier) for identifier in mention.candidates],
    }


def table(answer: dict[str, Any]) -> None:
    """Print an answer for a person."""
    _mentions(answer["mentions"])
    for place in answer["places"]:
        now = f"; today {', '.join(place['now'])}" if place["now"] and list(place["now"]) != [place["path"]] else ""
        reason = PLACE_RULES.get(place["rule"], place["rule"])
        click.echo(f"{place['role']}: {click.style(output.safe(place['label']), bold=True)} ({place['path']}{now}): {reason}")
    if answer["mentions"] and not any(place["role"] == "primary" for place in answer["places"]):
        click.echo("primary: none; the text does not decide")
    if answer["era"]:
        click.echo(f"map of: {answer['era']['day']} ({ERA_RULES[answer['era']['rule']]})")
    if answer["home"]:
        click.echo(f"source at home in: {answer['home']['path']} (by {answer['home']['origin']})")


def _mentions(found: Sequence[dict[str, Any]]) -> None:
    """A line a mention, with its rule; below one that is open, the units it may be."""
    if not found:
        click.echo("No place is named.")
        return
    rows = [(f"{one['start']}–{one['end']}", output.safe(one["text"]), _unit(one), one["context"], one["rule"]) for one in found]
    widths = [max(len(row[at]) for row in (HEADS, *rows)) for at in range(len(HEADS) - 1)]
    click.echo(click.style(_line(HEADS, widths), dim=True))
    for one, row in zip(found, rows, strict=True):
        click.echo(f"{_line(row, widths)}: {MENTION_RULES.get(one['rule'], '')}")
        labels = [candidate["label"] for candidate in one["candidates"]]
        if one["unit"] is None and labels:
            more = f"; and {len(labels) - SHOWN} more" if len(labels) > SHOWN else ""
            click.echo(f"  may be {'; '.join(labels[:SHOWN])}{more}")


def _unit(mention: dict[str, Any]) -> str:
    if mention["unit"] is not None:
        return str(mention["candidates"][0]["label"])
    return f"? ({len(mention['candidates'])})" if mention["candidates"] else "none"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "  ".join([*(cell.ljust(width) for cell, width in zip(cells, widths, strict=False)), cells[-1]])
