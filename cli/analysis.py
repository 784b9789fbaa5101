"""`timtin segment` and `timtin analyze`: what analysis sees, line by line, for pipes of any length."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from analyzers.analyzer import AnalyzedText
from analyzers.article import ArticleAnalysis, ArticleAnalyzer
from analyzers.dates import PartialDate, Period, event_date, periods, terms_of_office
from analyzers.units import units
from engine.model import Document
from engine.serialize import date_json
from indexer.analysis import home_of
from indexer.documents import document
from indexer.extract import dated, record
from indexer.model import Rejected

PLACE_KEYS = ("province", "district", "commune", "unit", "role", "path", "label")


def segment_lines(analyzer: ArticleAnalyzer, lines: Iterable[str]) -> Iterator[str]:
    """Yield each line segmented, in pyvi's format: words joined by underscores, spaces between them."""
    return analyzer.analyzer.segmenter.tokenize_many(line.rstrip("\r\n") for line in lines)


def analyze_line(analyzer: ArticleAnalyzer, text: str, *, tokens: bool, explain: bool) -> dict[str, Any]:
    """Analyse one text as the body of an article of unknown date."""
    found = analyzer.analyze("", "", text)
    return _answer(None, found, Document("", "", "", text), None, tokens, explain)


def analyze_record(analyzer: ArticleAnalyzer, line: str, number: int, *, tokens: bool, explain: bool) -> dict[str, Any] | Rejected:
    """Analyse one NDJSON object with the keys that `timtin index` accepts."""
    where = f"line {number}"
    try:
        fields = json.loads(line)
    except ValueError as error:
        return Rejected(where, f"not JSON: {error}")
    if not isinstance(fields, dict):
        return Rejected(where, f"not a JSON object but {type(fields).__name__}")
    article = record(fields, where)
    if isinstance(article, Rejected):
        return article
    article = dated(article)
    item = document(article, where, None if fields.get("id") is None else str(fields["id"]))
    on = item.published.first_day if item.published else None
    found = analyzer.analyze(item.title, item.lead, item.body, on, home_of(analyzer, item))
    return _answer(item.doc_id, found, item, article.event_date, tokens, explain)


def _answer(
    doc_id: str | None, found: ArticleAnalysis, item: Document, event: PartialDate | None, tokens: bool, explain: bool
) -> dict[str, Any]:
    text = "\n".join(part for part in (item.title, item.lead, item.body) if part)
    if event is None and doc_id is None:
        event = event_date(item.title, item.body.split("\n"), None)
    answer: dict[str, Any] = {
        "id": doc_id,
        "terms": [{"value": term.value, "label": term.label, "score": round(term.score, 3)} for term in found.terms],
        "places": [{key: getattr(place, key) for key in PLACE_KEYS} | _rule(place.rule, explain) for place in found.places],
        "mentions": [_mention(mention, found) for mention in found.mentions],
        "published": date_json(item.published),
        "event_date": date_json(event),
        "periods": [_period(period) for period in (*periods(text), *terms_of_office(text))],
    }
    if tokens:
        answer["tokens"] = {zone: _tokens(analyzed) for zone, analyzed in found.zones.items() if analyzed.text}
    return answer


def _rule(rule: str, explain: bool) -> dict[str, str]:
    return {"rule": rule} if explain else {}


def _mention(mention: Any, found: ArticleAnalysis) -> dict[str, Any]:
    zone = ("title", "lead", "body")[mention.text]
    surface = found.zones[zone].text[mention.start : mention.end]
    return {
        "zone": zone, "start": mention.start, "end": mention.end, "text": surface, "unit": mention.unit,
        "candidates": list(mention.candidates), "rule": mention.rule, "context": mention.context,
    }  # fmt: skip


def _period(period: Period) -> dict[str, Any]:
    return {"kind": period.kind, "label": period.label, "first": period.first, "last": period.last, "evidence": period.evidence}


def _tokens(analyzed: AnalyzedText) -> dict[str, Any]:
    """Syllables with spans and keys, words as ranges of syllables, and units."""
    columns = zip(analyzed.starts, analyzed.ends, analyzed.marked, analyzed.folded, strict=True)
    return {
        "syllables": [
            {"text": analyzed.text[start:end], "start": start, "end": end, "marked": marked, "folded": folded}
            for start, end, marked, folded in columns
        ],
        "words": [
            {"text": analyzed.text[analyzed.starts[first] : analyzed.ends[last - 1]], "first": first, "last": last}
            for first, last in analyzed.words
        ],
        "units": [
            {"kind": unit.kind, "text": analyzed.text[unit.start : unit.end], "start": unit.start, "end": unit.end, "keys": list(unit.keys)}
            for unit in units(analyzed.text)
        ],
    }
