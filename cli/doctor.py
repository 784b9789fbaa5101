"""`timtin doctor`: why one page, or one article of the index, came out as it did."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from analyzers.article import ArticleAnalysis, ArticleAnalyzer
from analyzers.dates import TextDates, text_dates
from cli import output
from cli.extraction import inputs
from cli.settings import SettingsError
from engine.address_search import article_at
from engine.model import Document, StoredDocument
from engine.search import Searcher
from engine.serialize import date_json, period_json
from indexer.documents import document
from indexer.extract import record
from indexer.extract.explain import DateSeen, Explanation, explain
from indexer.homes import home_of
from indexer.model import Article, Page, Rejected
from indexer.multipart import joined
from indexer.recurring import Recurring
from indexer.sources import Record

LINES_SHOWN = 40


def of_file(path: str, analyzer: ArticleAnalyzer, url: str | None, crawled: date | None) -> dict[str, Any]:
    """Everything about the first page or record of a file."""
    item = next(inputs(path, neighbours=True), None)
    if item is None or isinstance(item, Rejected):
        raise SettingsError(f"{path}: {item.reason if item else 'no page in it'}")
    told = explain(replace(item, url=url or item.url), crawled) if isinstance(item, Page) else _of_record(item, crawled)
    report: dict[str, Any] = {
        "path": item.path,
        "outcome": "article" if isinstance(told.found, Article) else told.found.outcome,
        "reason": told.found.reason if isinstance(told.found, Rejected) else None,
        "rules": list(told.rules),
        "box": told.box or None,
        "left_out": [asdict(line) for line in told.lines],
        "dates": [asdict(one) for one in told.dates],
    }
    if isinstance(told.found, Rejected):
        return report
    article, recurring = Recurring().strip(item, told.found) if isinstance(item, Page) else (told.found, ())
    report["left_out"] += [{"text": text, "why": "recurs on this site's pages in the folder"} for text in recurring]
    whole = joined(item, article) if isinstance(item, Page) else article
    if isinstance(whole, Rejected):
        return report | {"outcome": whole.outcome, "reason": whole.reason}
    report["rules"] = list(whole.rules)
    made = document(whole, item.path)
    return {**report, **_article(made), **_analysis(made, analyzer)}


def _of_record(item: Record, crawled: date | None) -> Explanation:
    found = record(item.fields, item.path, crawled=crawled)
    if isinstance(found, Rejected):
        return Explanation(found, ())
    when = found.published
    return Explanation(found, found.rules, dates=(DateSeen(when.date, when.rule, when.evidence, "taken"),) if when else ())


def of_index(name: str, searcher: Searcher) -> dict[str, Any] | None:
    """What the index holds of an article, by its id or its address; None when it has none."""
    stored = searcher.get(name) or article_at(searcher, name)
    if stored is None:
        return None
    item = stored.document
    return {"doc_id": item.doc_id, "outcome": "article", "reason": None, "rules": list(item.rules), **_article(item), **_stored(stored)}


def _article(item: Document) -> dict[str, Any]:
    return {
        "encoding": item.encoding, "title": item.title, "lead": item.lead, "paragraphs": item.body.count("\n") + bool(item.body),
        "author": item.author, "source": item.source, "category": item.category, "url": item.url, "published": date_json(item.published),
    }  # fmt: skip


def _analysis(item: Document, analyzer: ArticleAnalyzer) -> dict[str, Any]:
    on = item.published.first_day if item.published else None
    home = home_of(analyzer, item)
    found: ArticleAnalysis = analyzer.analyze(item.title, item.lead, item.body, on, home.path if home else None)
    dates = text_dates(item.title, [part for part in (item.lead, *item.body.split("\n")) if part], item.published)
    places = [{"path": place.path, "label": place.label, "role": place.role, "rule": place.rule} for place in found.places]
    return {**_times(dates), "places": places, "terms": [{"label": term.label, "score": round(term.score, 3)} for term in found.terms]}


def _stored(stored: StoredDocument) -> dict[str, Any]:
    places = [{"path": place.path, "label": place.label, "role": place.role, "rule": place.rule} for place in stored.places]
    return {**_times(stored.dates), "places": places, "terms": [{"label": term.label, "score": term.score} for term in stored.terms]}


def _times(dates: TextDates) -> dict[str, Any]:
    return {
        "event_date": date_json(dates.event),
        "periods": [period_json(period) for period in dates.periods],
        "terms_of_office": [period_json(term) for term in dates.terms],
    }


def show(report: dict[str, Any]) -> None:
    """Print a report for reading."""
    _head(str(report.get("path") or report.get("doc_id")))
    _fact("outcome", report["outcome"] + (f": {report['reason']}" if report["reason"] else ""))
    _fact("rules", ", ".join(report["rules"]) or "none")
    _fact("encoding", report.get("encoding"))
    _fact("box", report.get("box"))
    for key in ("title", "lead", "author", "source", "category", "url"):
        _fact(key, report.get(key))
    if "paragraphs" in report:
        _fact("text", f"{report['paragraphs']} paragraphs")
    _date("published", report.get("published"))
    _date("event", report.get("event_date"))
    for key in ("periods", "terms_of_office"):
        _fact(key.replace("_", " "), "; ".join(f"{one['label']} (“{one['evidence']}”)" for one in report.get(key, ())))
    _places_and_terms(report)
    _dates(report.get("dates", ()))
    _lines(report.get("left_out", ()))


def _places_and_terms(report: dict[str, Any]) -> None:
    if report.get("places"):
        _head("places")
        for place in report["places"]:
            _row(place["label"], f"{place['path']}; {place['role']}, rule {place['rule']}")
    _fact("key terms", ", ".join(f"{term['label']} {term['score']:.2f}" for term in report.get("terms", ())))


def _dates(dates: list[dict[str, str]]) -> None:
    if dates:
        _head("dates on the page")
    for one in dates:
        _row(f"{one['date']:<10} {one['verdict']}", f"{one['rule'] + ': ' if one['rule'] else ''}“{one['evidence']}”")


def _lines(lines: list[dict[str, str]]) -> None:
    if lines:
        _head("lines left out")
    for line in lines[:LINES_SHOWN]:
        text = line["text"]
        _row(text if len(text) <= 90 else text[:89] + "…", line["why"])
    if len(lines) > LINES_SHOWN:
        click.echo(f"  … and {len(lines) - LINES_SHOWN} more (--json lists all)")


def _head(text: str) -> None:
    click.echo(click.style(output.safe(text), bold=True))


def _fact(name: str, value: str | None) -> None:
    if value:
        click.echo(f"  {name:<16}{output.safe(str(value))}")


def _date(name: str, value: dict[str, Any] | None) -> None:
    _fact(name, f"{value['date']} ({value['precision']}), rule {value['rule']}: “{value['evidence']}”" if value else "unknown")


def _row(text: str, why: str) -> None:
    click.echo(f"  {output.safe(text)}\n      {click.style(output.safe(why), dim=True)}")


def exists(name: str) -> bool:
    """Whether a name is a file here."""
    try:
        return name == "-" or Path(name).exists()
    except (OSError, ValueError):
        return False
