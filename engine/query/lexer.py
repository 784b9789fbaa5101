"""Lexer: a query's text to tokens with their positions.

One pass over the characters; every character belongs to at most one token, so the work is linear.
"""

from __future__ import annotations

import re
from typing import NamedTuple

QUOTES = '"“”„‟«»＂'
DASHES = "-−–—"
_SLOP = re.compile(r"~(\d+)")
MAX_SLOP = 999
_WORD_END = re.compile(rf"[\s()|{QUOTES}]")


class Lexeme(NamedTuple):
    """`kind` is one of word, phrase, prefix, field, not, or, and, open, close; `start` a code point of the query."""

    kind: str
    text: str
    start: int
    slop: int = 0
    closed: bool = True


def lex(query: str) -> list[Lexeme]:
    """Cut `query` into lexemes. Never fails: what has no meaning becomes part of a word."""
    found: list[Lexeme] = []
    at = 0
    while at < len(query):
        char = query[at]
        if char.isspace():
            at += 1
        elif char in "()":
            found.append(Lexeme("open" if char == "(" else "close", char, at))
            at += 1
        elif char == "|":
            found.append(Lexeme("or", char, at))
            at += 1
        elif char in QUOTES:
            lexeme, at = _phrase(query, at)
            found.append(lexeme)
        elif char in DASHES and _starts_negation(query, at, bool(found) and found[-1].kind == "field"):
            found.append(Lexeme("not", char, at))
            at += 1
        else:
            lexeme, at = _word(query, at)
            found.append(lexeme)
    return found


def _starts_negation(query: str, at: int, after_field: bool) -> bool:
    """A dash negates at the start of a term when something follows directly; ``kinh tế - xã hội`` has a plain dash."""
    before = at == 0 or (after_field and query[at - 1] == ":") or query[at - 1].isspace() or query[at - 1] in "(|"
    after = at + 1 < len(query) and not query[at + 1].isspace() and query[at + 1] not in ")|" + DASHES
    return before and after


def _phrase(query: str, start: int) -> tuple[Lexeme, int]:
    end = start + 1
    while end < len(query) and query[end] not in QUOTES:
        end += 1
    text, closed = query[start + 1 : end], end < len(query)
    end = min(end + 1, len(query))
    slop = _SLOP.match(query, end)
    if slop:
        return Lexeme("phrase", text, start, min(int(slop[1][:6]), MAX_SLOP), closed), slop.end()
    return Lexeme("phrase", text, start, 0, closed), end


def _word(query: str, start: int) -> tuple[Lexeme, int]:
    stop = _WORD_END.search(query, start)
    end = stop.start() if stop else len(query)
    colon = query.find(":", start, end)
    if colon > start and (name := field_name(query[start:colon])):
        return Lexeme("field", name, start), colon + 1
    text = query[start:end]
    if text in ("OR", "HOẶC"):
        return Lexeme("or", text, start), end
    if text in ("AND", "VÀ"):
        return Lexeme("and", text, start), end
    if len(text) > 1 and text.endswith("*") and text[-2].isalnum():
        return Lexeme("prefix", text[:-1], start), end
    return Lexeme("word", text, start), end


_FIELD_NAMES = {
    "title": ("title", "tiêu_đề", "tieu_de", "tiêuđề", "tít"),
    "lead": ("lead", "sapo", "tóm_tắt", "tom_tat"),
    "in": ("in", "ở", "noi", "nơi"),
    "source": ("source", "nguồn", "nguon"),
    "date": ("date", "ngày", "ngay"),
    "before": ("before", "trước", "truoc"),
    "after": ("after", "sau"),
    "term": ("term", "từ_khóa", "tu_khoa"),
}
FIELD_OF_NAME = {name: field for field, names in _FIELD_NAMES.items() for name in names}


def field_name(typed: str) -> str | None:
    """Canonical field for a name as typed, in Vietnamese or English; None when there is no such field."""
    return FIELD_OF_NAME.get(typed.casefold())
