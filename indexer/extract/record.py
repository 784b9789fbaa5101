"""One object of NDJSON, JSON or CSV: fields somebody already separated. Plain text takes no extraction and little time."""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from analyzers.dates import DateClues, PartialDate, given_date, published
from analyzers.dates.given import OLDEST
from indexer.extract.blocks import fold
from indexer.extract.clean import Cleaned, clean
from indexer.extract.doubt import doubtful
from indexer.extract.headline import headline
from indexer.extract.markup import markup_of, unescaped, unescaped_markup, unmarked, unmarked_text
from indexer.extract.title import key
from indexer.model import Article, Rejected

_TEXTS = frozenset(("title", "lead", "summary", "html", "source", "category", "author", "url", "description"))
_DATES = frozenset(("published", "date"))
_GIVEN = ("body:given", "published:field")


def record(fields: Mapping[str, object], path: str, *, crawled: date | None = None) -> Article | Rejected:
    """Article of one record. Wrong types are rejected with a reason that names key and value.

    Only the given date field is read here; without one the dateline rules are tried.
    """
    wrong = _wrong(fields)
    if wrong is not None:
        return Rejected(path, wrong)
    if fields.get("verbatim") is True and fields.get("title"):
        return _verbatim(fields, path)
    fields = unmarked(fields)
    text = fields.get("text") or fields.get("body")
    if not text and fields.get("html"):
        return _of_html(fields, path, crawled)
    if not isinstance(text, str) or "<" in text or "&" in text:  # of most records none is
        if text and (markup := markup_of(text)):
            return _of_html({**fields, "html": markup}, path, crawled)
        if text:
            text = unescaped(text) if isinstance(text, str) else [unescaped(part) for part in text] if isinstance(text, list) else text
            fields = {**fields, "text" if fields.get("text") else "body": text}
    if doubtful(str(fields.get("title") or "")) or (isinstance(text, str) and doubtful(text)) or isinstance(text, list):
        fields, rules = restored(fields)
        text = fields.get("text") or fields.get("body")
        made = _made(fields, path, _paragraphs(text) if text else (), crawled)
        return replace(made, rules=(*rules, *made.rules)) if rules and isinstance(made, Article) else made
    if isinstance(text, str) and (sound := _sound_paragraphs(text)) is not None:
        return _made(fields, path, sound, crawled, sound=True)
    return _made(fields, path, _paragraphs(text) if text else (), crawled)


def _verbatim(fields: Mapping[str, object], path: str) -> Article | Rejected:
    """Article of a record that says it is one already, as an export does: nothing in it is read anew, put right or left out."""
    get = fields.get
    text = get("text") or get("body") or ()
    body = tuple(
        line for part in (text if isinstance(text, list) else [text] if isinstance(text, str) else ()) for line in part.split("\n")
    )
    lead, value = str(get("lead") or ""), get("published")
    if not lead and not any(body):
        return Rejected(path, _without_text(str(get("title")), is_page=False))
    when = _day(value) if value else None
    return Article(
        title=str(get("title")),
        lead=lead,
        body=body,
        url=str(get("url") or "") or None,
        source=_label(get("source")) or None,
        author=_label(get("author")) or None,
        category=_label(get("category")) or None,
        published=when,
        rules=("body:verbatim", f"published:{when.rule if when else 'none'}"),
    )


def restored(fields: Mapping[str, object]) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """The fields without an encoding from before Unicode, and the rule that fired."""
    from indexer.extract.legacy import restore_fields  # what reads old encodings and trees is not needed for plain records

    return restore_fields(fields)


def _of_html(fields: Mapping[str, object], path: str, crawled: date | None) -> Article | Rejected:
    """Article of a record whose text is HTML."""
    from indexer.extract.decode import repair
    from indexer.extract.html import fragment_blocks

    markup, mended = repair(unescaped_markup(str(fields["html"])))
    blocks, legacy = fragment_blocks(markup)
    legacy = (*mended, *legacy)
    fields, named = restored({**fields, "text": unmarked_text(markup)} if legacy else fields)  # a headline alone is too little evidence
    found = clean(blocks, str(fields.get("title") or ""))
    return article(fields, path, found, (*dict.fromkeys((*legacy, *named)), "body:html"), crawled)


def article(
    fields: Mapping[str, object], path: str, found: Cleaned, rules: Sequence[str], crawled: date | None, encoding: str = "utf-8"
) -> Article | Rejected:
    """Article of separate fields and a cleaned body (front matter, `html` records)."""
    wrong = _wrong(fields)
    if wrong is not None:
        return Rejected(path, wrong)
    made = _made(fields, path, tuple(found.body), crawled, found)
    if isinstance(made, Rejected):
        return made
    author, source = made.author or next(iter(found.authors), None), made.source or next(iter(found.sources), None)
    return replace(made, captions=tuple(found.captions), author=author, source=source, encoding=encoding, rules=(*rules, *made.rules))


def _wrong(fields: Mapping[str, object]) -> str | None:
    """What is of the wrong type, for a person; None when nothing is."""
    for name, value in fields.items():
        if value is None or isinstance(value, str):
            continue
        if name in _TEXTS or name in ("text", "body"):
            if name in _TEXTS or not (isinstance(value, list) and all(isinstance(part, str) for part in value)):
                return f"{name} is {type(value).__name__}, not text: {value!r}"[:200]
        elif name == "id" and not isinstance(value, int):
            return f"id is {type(value).__name__}, not text: {value!r}"[:200]
        elif name in _DATES and (not isinstance(value, (int, float, date)) or isinstance(value, bool)):
            return f"{name} is {type(value).__name__}, not a date: {value!r}"[:200]
    return None


def _paragraphs(value: object) -> tuple[str, ...]:
    """Paragraphs of a text, one a line."""
    if isinstance(value, list):
        return tuple(line for part in value for line in _paragraphs(part))
    return tuple([line for part in str(value).split("\n") if (line := fold(part))])


SOUND = " -~\u00a1-\u00ac\u00ae-\u00cf\u00d1-\u0180\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u2010-\u2027\u20ab\u2026"
"""Characters that `fold` never changes, as a class of a regular expression: one look tells what else takes three."""
_SOUND_TEXT, _SOUND_LINE = re.compile(f"[\n{SOUND}]*").fullmatch, re.compile(f"[{SOUND}]*").fullmatch


def _sound_paragraphs(text: str) -> tuple[str, ...] | None:
    """The same of a text in which `fold` would change nothing but the spaces around its lines; None for any other."""
    if "  " in text:
        return None
    parts = text.split("\n")
    if not _SOUND_TEXT(text) and not (_is_settled(text) and all(map(str.isprintable, parts))):
        return None
    return tuple([line for part in parts if (line := part.strip())])


def _line(value: object) -> str:
    """A field of one line, folded; "" for a missing one."""
    if not value:
        return ""
    text = str(value)
    sound = "  " not in text and (_SOUND_LINE(text) or (_is_settled(text) and text.isprintable()))
    return text.strip() if sound else fold(text)


REMEMBERED_CHARS = 500
"""What is longer is no label and no day that comes again."""
_remembered_line = lru_cache(maxsize=4096)(_line)


def _label(value: object) -> str:
    """The same of a field that has few values."""
    return _remembered_line(value) if isinstance(value, str) and len(value) <= REMEMBERED_CHARS else _line(value)


def _is_settled(text: str) -> bool:
    """Whether a printable text has the letters that it should have."""
    return not any(letter in text for letter in "ÐƢƣ") and unicodedata.is_normalized("NFC", text)


def _made(
    fields: Mapping[str, object],
    path: str,
    body: tuple[str, ...],
    crawled: date | None,
    found: Cleaned | None = None,
    *,
    sound: bool = False,
) -> Article | Rejected:
    get = fields.get
    title, lead = _line(get("title")), _line(get("lead") or get("summary") or get("description"))
    if not body and (not lead or (found is not None and restates(lead, title))):
        return Rejected(path, _without_text(title, is_page=found is not None))
    if not any(any(map(str.isalpha, text)) for text in (title, lead, *body)):
        return Rejected(path, "no letter in it")
    title = title or headline(lead or body[0])
    body = _unrepeated(title, lead, body)
    address = get("url")
    url = str(address) if address else None
    when, unread = _published(fields, url, (lead, *body) if lead else body, crawled, found)
    rules = _GIVEN if when is not None and when.rule == "field" else ("body:given", f"published:{when.rule if when else 'none'}")
    return Article(
        title=title,
        lead=lead,
        body=body,
        url=url,
        source=_label(get("source")) or None,
        author=_label(get("author")) or None,
        category=_label(get("category")) or None,
        published=when,
        sound=sound,
        rules=(*rules, f"unread date {unread!r}") if unread else rules,
    )


def _without_text(title: str, *, is_page: bool) -> str:
    """Why there is no article, for a person: a page has no fields that could be filled in."""
    if not title:
        return "no title and no text"
    return "no text found beside the title" if is_page else "no text: one of text, body, html, lead is needed"


def _unrepeated(title: str, lead: str, body: tuple[str, ...]) -> tuple[str, ...]:
    """The text without headline and lead at its head, where a system stored them again: ``# Đường …`` for "Huế: Đường …"."""
    for _ in range(2):
        if not body:
            break
        first = body[0]
        if first != lead and not (_SHORTEST_REPEATED <= len(first) <= len(title) + 2 and _ends_alike(title, first)):
            break
        if len(body) == 1 and not lead:
            break  # the one line there is
        body = body[1:]
    return body


_SHORTEST_REPEATED = 20


def _ends_alike(title: str, line: str) -> bool:
    """Whether the line is the title, or the title without what stands before it (a place, a section)."""
    one, other = key(title), key(line)
    return bool(other) and (one == other or one.endswith(" " + other))


def restates(lead: str, title: str) -> bool:
    """Whether a description only says the title again: a page of nothing else has no text."""
    return len(lead) < 60 or key(lead).startswith(key(title)[:80])


def _published(
    fields: Mapping[str, object], url: str | None, paragraphs: tuple[str, ...], crawled: date | None, found: Cleaned | None
) -> tuple[PartialDate | None, str | None]:
    """The date field's day; without one that can be read, the rules for text. Also the field's value when nothing could be read from it."""
    value = fields.get("published")
    if value is None or value == "":
        value = fields.get("date")
    if value is not None and value != "":
        day = _remembered_day(value) if isinstance(value, str) and len(value) <= REMEMBERED_CHARS else _day(value)
        if day is not None:
            return day, None
    lines = tuple(("visible-date", iso, line) for iso, _, line in found.dates) if found else ()
    when = published(DateClues(lines=lines, url=url, paragraphs=paragraphs[:20], crawled=crawled))
    return when, str(value)[:80] if value else None


def _day(value: object) -> PartialDate | None:
    """Date of a field: ISO days, the common case, without the rules for everything else."""
    if isinstance(value, date):
        value = value.isoformat()
    if isinstance(value, str):
        if len(value) == 10 and value[4] == "-" and value >= f"{OLDEST}":
            try:
                return PartialDate(value, "field", value)
            except ValueError:
                pass
    elif not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    given = given_date(value)
    return PartialDate(given, "field", str(value)) if given is not None else None


_remembered_day = lru_cache(maxsize=4096)(_day)
