"""One object of NDJSON, JSON or CSV: fields somebody already separated. Plain text takes no extraction and little time."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import date, datetime

from analyzers.dates import DateClues, PartialDate, event_date, given_date, published
from indexer.extract.blocks import Block, fold
from indexer.extract.clean import Cleaned, clean
from indexer.extract.decode import settle
from indexer.extract.text import headline
from indexer.extract.title import key
from indexer.model import Article, Rejected

TEXT_KEYS = ("title", "lead", "summary", "text", "body", "html", "source", "category", "author", "url", "description")
_FIELD = "field"


def record(fields: Mapping[str, object], path: str, *, crawled: date | None = None) -> Article | Rejected:
    """Article of one record. Wrong types are rejected with a reason that names key and value.

    Only the given date field is read here; without one the dateline rules are tried. `event_date` is left to `dated`.
    """
    wrong = _wrong(fields)
    if wrong is not None:
        return Rejected(path, wrong)
    text = fields.get("text") or fields.get("body")
    markup = fields.get("html")
    if text is not None:
        paragraphs = _paragraphs(text)
        return _plain(fields, path, paragraphs, crawled)
    if markup:
        from indexer.extract.html import extract_fragment

        return article(fields, path, extract_fragment(str(markup), str(fields.get("title") or "")), ("body:html",), crawled)
    return _plain(fields, path, (), crawled)


def article(fields: Mapping[str, object], path: str, found: Cleaned, rules: Sequence[str], crawled: date | None, encoding: str = "utf-8") -> Article | Rejected:
    """Article of separate fields and a cleaned body (front matter, `html` records)."""
    wrong = _wrong(fields)
    if wrong is not None:
        return Rejected(path, wrong)
    made = _plain(fields, path, tuple(found.body), crawled, found)
    if isinstance(made, Rejected):
        return made
    from dataclasses import replace

    return replace(
        made, captions=tuple(found.captions), author=made.author or (found.authors[0] if found.authors else None), encoding=encoding,
        source=made.source or (found.sources[0] if found.sources else None), rules=(*rules, *made.rules), event_date=event_date(made.title, _head(made), made.published),
    )


def dated(made: Article) -> Article:
    """The article with `event_date` filled in; apart from `record` because it reads the text."""
    from dataclasses import replace

    return replace(made, event_date=event_date(made.title, _head(made), made.published))


def _head(made: Article) -> tuple[str, ...]:
    return (made.lead, *made.body) if made.lead else made.body


def _wrong(fields: Mapping[str, object]) -> str | None:
    """What is of the wrong type, for a person; None when nothing is."""
    for name in TEXT_KEYS:
        value = fields.get(name)
        if value is not None and not isinstance(value, str) and not (name in ("text", "body") and isinstance(value, list) and all(isinstance(part, str) for part in value)):
            return f"{name} is {type(value).__name__}, not text: {value!r}"[:200]
    value = fields.get("id")
    if value is not None and not isinstance(value, (str, int)):
        return f"id is {type(value).__name__}, not text: {value!r}"[:200]
    for name in ("published", "date"):
        value = fields.get(name)
        if value is not None and (not isinstance(value, (str, int, float, date)) or isinstance(value, bool)):
            return f"{name} is {type(value).__name__}, not a date: {value!r}"[:200]
    return None


def _paragraphs(value: object) -> tuple[str, ...]:
    parts = value if isinstance(value, list) else str(value).split("\n")
    return tuple(clean_text for part in parts if (clean_text := _line(part)))


def _line(text: str) -> str:
    """One line settled; the common case (already NFC, single spaces) costs two checks."""
    text = text.strip()
    if text.isascii():
        return fold(text) if "  " in text or not text.isprintable() else text
    if not text.isprintable() or "  " in text:
        return fold(text)
    return settle(text) if "Ð" in text or "ƣ" in text else _nfc(text)


def _nfc(text: str) -> str:
    from analyzers.text import nfc

    return nfc(text)


def _plain(fields: Mapping[str, object], path: str, body: tuple[str, ...], crawled: date | None, found: Cleaned | None = None) -> Article | Rejected:
    get = fields.get
    lead = _line(str(get("lead") or get("summary") or get("description") or ""))
    title = fold(str(get("title") or ""))
    if not body and (not lead or (found is not None and restates(lead, title))):
        return Rejected(path, "no text: one of text, body, html, lead is needed" if title else "no title and no text")
    if not title:
        title = headline(lead or body[0])
    if lead and body and lead == body[0]:
        body = body[1:]
    url = get("url")
    address = str(url) if url else None
    when, unread = _published(fields, address, (lead, *body) if lead else body, crawled, found)
    rules = ("body:given", f"published:{when.rule}" if when else "published:none")
    return Article(
        title=title, lead=lead, body=body, url=address, source=_short(get("source")), author=_short(get("author")), category=_short(get("category")), published=when,
        rules=(*rules, f"unread date {unread!r}") if unread else rules,
    )


def restates(lead: str, title: str) -> bool:
    """Whether a description only says the title again: a page of nothing else has no text."""
    return len(lead) < 60 or key(lead).startswith(key(title)[:80])


def _short(value: object) -> str | None:
    return fold(str(value)) or None if value else None


def _published(
    fields: Mapping[str, object], url: str | None, paragraphs: tuple[str, ...], crawled: date | None, found: Cleaned | None
) -> tuple[PartialDate | None, str | None]:
    """The date field's day; without one that can be read, the rules for text. Also the field's value when nothing could be read from it."""
    value = next((fields[name] for name in ("published", "date") if fields.get(name) not in (None, "")), None)
    if isinstance(value, (date, datetime)):
        value = value.isoformat()
    given = None if value is None or (isinstance(value, float) and not math.isfinite(value)) else given_date(value)  # type: ignore[arg-type]
    if given is not None:
        return PartialDate(given, _FIELD, str(value)), None
    lines = tuple(("visible-date", iso, line) for iso, _, line in found.dates) if found else ()
    when = published(DateClues(lines=lines, url=url, paragraphs=paragraphs[:20], crawled=crawled))
    return when, None if value is None else str(value)[:80]


def noisy(text: str) -> Cleaned:
    """Lines of a text with boilerplate in it, cleaned as a page's would be."""
    return clean([Block(line) for raw in text.split("\n") if (line := fold(raw))])
