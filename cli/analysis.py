"""`timtin segment` and `timtin analyze`: what analysis sees, line by line, for pipes of any length."""

from __future__ import annotations

import io
import json
from collections.abc import Iterable, Iterator
from typing import IO, Any, cast

import click

from analyzers.analyzer import AnalyzedText
from analyzers.article import ArticleAnalysis, ArticleAnalyzer
from analyzers.dates import text_dates
from analyzers.places import Home, Place
from analyzers.terms.explain import Verdict
from analyzers.terms.explain import explain as term_verdicts
from analyzers.units import units
from cli import output
from cli.places import era_json
from cli.settings import SettingsError
from engine.model import Document
from engine.serialize import date_json, period_json
from indexer.documents import document
from indexer.extract import record
from indexer.extract.binary import why_no_text
from indexer.extract.decode import MARKS
from indexer.homes import home_of
from indexer.model import Rejected
from indexer.sources.encodings import encoding_of
from indexer.sources.files import with_head
from indexer.sources.lines import fault

PLACE_KEYS = ("province", "district", "commune", "unit", "role", "path", "label")


_LOOKED_AT = 65_536
"""Bytes from the first that tell what a stream is; of a pipe those that are there already."""


def text_of(source: IO[bytes], errors: str) -> Iterable[str]:
    """Lines as they come, of UTF-8 or what a byte order mark or zeros tell is UTF-16 or UTF-32; `errors` as Python's codecs name them.

    Raises SettingsError for bytes that are no text.
    """
    stream = cast("io.BufferedIOBase", source)
    head = stream.read1(_LOOKED_AT)
    while 0 < len(head) < 4 and any(mark.startswith(head) for mark, _ in MARKS) and (more := stream.read1(_LOOKED_AT)):
        head += more
    encoding = encoding_of(head)
    wide = encoding.startswith(("utf-16", "utf-32"))
    if head.strip(b"\0") and (why := why_no_text(head)):
        raise SettingsError(f"{_named(source)}: {why}")
    return io.TextIOWrapper(with_head(head, stream), encoding if wide else "utf-8-sig", "replace" if wide else errors)


def _named(source: IO[bytes]) -> str:
    name = str(getattr(source, "name", "-"))
    return "standard input" if name in ("-", "<stdin>", "0") else name


def segment_lines(analyzer: ArticleAnalyzer, lines: Iterable[str]) -> Iterator[str]:
    """Yield each line segmented, in pyvi's format: words joined by underscores, spaces between them."""
    return analyzer.analyzer.segmenter.tokenize_many(line.rstrip("\r\n") for line in lines)


def print_analyses(analyzer: ArticleAnalyzer, lines: Iterable[str], *, ndjson: bool, tokens: bool, explain: bool) -> int:
    """Print the analysis of each line, a text or with `ndjson` a document; return how many documents were rejected."""
    rejected = 0
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if not ndjson:
            output.as_line(analyze_line(analyzer, line.rstrip("\r\n"), tokens=tokens, explain=explain))
            continue
        found = analyze_record(analyzer, line, number, tokens=tokens, explain=explain)
        if isinstance(found, Rejected):
            rejected += 1
            click.echo(f"rejected {found.path}: {output.safe(found.reason)}", err=True)
        else:
            output.as_line(found)
    return rejected


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
        return Rejected(where, f"not JSON: {fault(error)}")
    if not isinstance(fields, dict):
        return Rejected(where, f"not a JSON object but {type(fields).__name__}")
    article = record(fields, where)
    if isinstance(article, Rejected):
        return article
    item = document(article, where, None if fields.get("id") is None else str(fields["id"]))
    on = item.published.first_day if item.published else None
    home = home_of(analyzer, item)
    found = analyzer.analyze(item.title, item.lead, item.body, on, home.path if home else None)
    return _answer(item.doc_id, found, item, home, tokens, explain)


def _answer(doc_id: str | None, found: ArticleAnalysis, item: Document, home: Home | None, tokens: bool, explain: bool) -> dict[str, Any]:
    dates = text_dates(item.title, [part for part in (item.lead, *item.body.split("\n")) if part], item.published)
    answer: dict[str, Any] = {
        "id": doc_id,
        "terms": _terms(found, explain),
        "places": [{key: getattr(place, key) for key in PLACE_KEYS} | _rule(place.rule, explain) for place in _about(found)],
        "mentions": [_mention(mention, found) for mention in found.mentions],
        "published": date_json(item.published),
        "event_date": date_json(dates.event),
        "periods": [period_json(period) | {"rule": f"period:{period.kind}"} for period in (*dates.periods, *dates.terms)],
    }
    if explain:
        answer |= {"era": era_json(found), "home": home._asdict() if home else None}
    if tokens:
        answer["tokens"] = {zone: _tokens(analyzed) for zone, analyzed in found.zones.items() if analyzed.text}
    return answer


def _terms(found: ArticleAnalysis, explain: bool) -> list[dict[str, Any]]:
    """Key terms; explained, with what each was counted from: occurrences by zone, weighted evidence, rarity, and its entry's worth."""
    terms = [{"value": term.value, "label": term.label, "score": round(term.score, 3)} for term in found.terms]
    if not explain:
        return terms
    verdicts = {verdict.value: verdict for verdict in term_verdicts((found.title, found.lead, found.body))}
    return [term | _verdict(verdicts[str(term["value"])]) if term["value"] in verdicts else term for term in terms]


def _verdict(verdict: Verdict) -> dict[str, Any]:
    counts = {name: getattr(verdict, name) for name in ("title", "lead", "body", "evidence", "termhood")}
    return {"rule": "table" if verdict.known else "repeated word", "idf": round(verdict.idf, 3), **counts}


def _rule(rule: str, explain: bool) -> dict[str, str]:
    return {"rule": rule} if explain else {}


def _about(found: ArticleAnalysis) -> list[Place]:
    """Places the article is about; one it merely mentions is among its mentions."""
    return [place for place in found.places if place.role != "mentioned"]


def _mention(mention: Any, found: ArticleAnalysis) -> dict[str, Any]:
    zone = ("title", "lead", "body")[mention.text]
    surface = found.zones[zone].text[mention.start : mention.end]
    return {
        "zone": zone, "start": mention.start, "end": mention.end, "text": surface, "unit": mention.unit,
        "candidates": list(mention.candidates), "rule": mention.rule, "context": mention.context,
    }  # fmt: skip


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
