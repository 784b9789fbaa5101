"""Lexer: a query's text to tokens with their positions.

One pass over the characters; every character belongs to at most one token, so the work is linear. Full-width forms of the
marks mean the same as the usual ones; invisible characters between words mean nothing.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

from analyzers.keys import INVISIBLE
from engine.query.remembered import remembered

QUOTES = '"“”„‟«»＂'
SINGLE_QUOTES = "'‘’‛"
DASHES = "-‐‑‒–—−－﹣"
OPENING, CLOSING, BARS, STARS, COLONS = "(（", ")）", "|｜", "*＊", ":："
MAX_SLOP = 999
MAX_SINGLE = 200
"""Longest phrase in single quotes; an apostrophe that nothing closes must not cost a look through the whole query."""

_SLOP = re.compile(r"[~～](\d*)")
_WORD_END = re.compile(rf"[\s{OPENING}{CLOSING}{BARS}{QUOTES}]")
_SINGLE = re.compile(
    rf"[{SINGLE_QUOTES}]((?:[^{SINGLE_QUOTES}{QUOTES}]|[{SINGLE_QUOTES}](?=\w)){{1,{MAX_SINGLE}}})[{SINGLE_QUOTES}](?=[\s~～{CLOSING}{BARS}]|$)"
)
_HANOI = re.compile(rf"(?<!\w)h[aà]\s+noi[{COLONS}](?=[\s{CLOSING}{BARS}]|$)", re.IGNORECASE)
_BEFORE_NOI = 8
"""Characters before ``noi:`` that are looked through for *Ha*."""
_UNSEEN = re.compile(f"[{INVISIBLE}]+")
_DASHES = re.compile(f"[{DASHES}]+")
_OPERATORS = {"OR": "or", "HOẶC": "or", "HOAC": "or", "AND": "and", "VÀ": "and", "NOT": "not"}
_LONGEST_NAME = 16


class Lexeme(NamedTuple):
    """`kind` is one of word, phrase, prefix, field, not, or, and, open, close, odd; `start` a code point of the query.

    Of a field `text` is its canonical name and `written` the one that was typed; of what is odd, `text` is the code of its notice.
    """

    kind: str
    text: str
    start: int
    slop: int = 0
    closed: bool = True
    written: str = ""


@remembered
def lex(query: str) -> tuple[Lexeme, ...]:
    """Cut `query` into lexemes. Never fails: what has no meaning becomes part of a word, or is told as odd."""
    return tuple(_Lexer(query).run())


class _Lexer:
    def __init__(self, query: str) -> None:
        self.query = query
        self.at = 0
        self.apart = True
        """Whether a term may begin here: nothing before it, or a space, a bracket or an operator."""
        self.found: list[Lexeme] = []

    def run(self) -> list[Lexeme]:
        while self.at < len(self.query):
            char = self.query[self.at]
            if char.isspace():
                self.at, self.apart = self.at + 1, True
            elif unseen := _UNSEEN.match(self.query, self.at):
                self.at = unseen.end()
            elif char in OPENING + CLOSING + BARS:
                kind = "open" if char in OPENING else "close" if char in CLOSING else "or"
                self._add(Lexeme(kind, char, self.at), self.at + 1, apart=kind != "close")
            elif char in QUOTES:
                self._phrase()
            elif char in DASHES:
                self._dash()
            elif char in SINGLE_QUOTES:
                self._single()
            else:
                self._word()
        return self.found

    def _add(self, lexeme: Lexeme, end: int, *, apart: bool = False) -> None:
        self.found.append(lexeme)
        self.at, self.apart = end, apart

    def _odd(self, code: str, at: int | None = None) -> None:
        self.found.append(Lexeme("odd", code, self.at if at is None else at))

    def _dash(self) -> None:
        """A dash negates at the start of a term when something follows directly; ``kinh tế - xã hội`` has a plain dash."""
        found = _DASHES.match(self.query, self.at)
        end = found.end() if found else self.at + 1
        joined = end < len(self.query) and not self.query[end].isspace() and self.query[end] not in CLOSING + BARS
        if self.apart and joined and end == self.at + 1:
            self._add(Lexeme("not", self.query[self.at], self.at), end, apart=True)
            return
        if joined:
            self._odd("stray-dash")
        self.at = end

    def _phrase(self) -> None:
        start = self.at
        end = start + 1
        while end < len(self.query) and self.query[end] not in QUOTES:
            end += 1
        self._quoted(start, self.query[start + 1 : end], end < len(self.query), min(end + 1, len(self.query)))

    def _single(self) -> None:
        found = _SINGLE.match(self.query, self.at) if self.apart else None
        if found:
            self._quoted(self.at, found[1], True, found.end())
            return
        self._odd("stray-quote")
        self.at += 1

    def _quoted(self, start: int, text: str, closed: bool, end: int) -> None:
        slop = _SLOP.match(self.query, end)
        if slop and not slop[1]:
            self._odd("bad-proximity", end)
        distance = min(int(slop[1][:6]), MAX_SLOP) if slop and slop[1] else 0
        self._add(Lexeme("phrase", text, start, distance, closed), slop.end() if slop else end)

    def _is_hanoi(self, colon: int) -> bool:
        """Whether what ends here is ``Ha Noi:``, with which many headlines begin: there ``noi`` names no field. ``noi:hue`` does."""
        found = _HANOI.search(self.query, max(0, colon - len("noi") - _BEFORE_NOI), colon + 2)
        return found is not None and found.end() == colon + 1

    def _is_spaced(self, start: int, colon: int) -> bool:
        """Whether a field's name ends here that was written with a space: ``tiêu đề:``. Headlines have such words, so it stays words."""
        before = self.found[-1] if self.found else None
        if before is None or before.kind != "word" or not self.query[before.start + len(before.text) : start].isspace():
            return False
        return field_name(f"{before.text}_{self.query[start:colon]}") is not None

    def _word(self) -> None:
        start = self.at
        stop = _WORD_END.search(self.query, start)
        end = stop.start() if stop else len(self.query)
        colon = next((at for at in range(start, min(end, start + _LONGEST_NAME)) if self.query[at] in COLONS), start)
        name = field_name(self.query[start:colon]) if colon > start else None
        if name and not self._is_hanoi(colon):
            self._add(Lexeme("field", name, start, written=self.query[start:colon]), colon + 1, apart=True)
            return
        if colon > start and self._is_spaced(start, colon):
            self._odd("spaced-field", self.found[-1].start)
        text = self.query[start:end]
        operator = _OPERATORS.get(unicodedata.normalize("NFKC", text)) if len(text) <= _LONGEST_NAME else None
        if operator:
            self._add(Lexeme(operator, text, start), end, apart=True)
            return
        stars = sum(text.count(star) for star in STARS)
        if stars == 1 and len(text) > 1 and text[-1] in STARS and text[-2].isalnum():
            self._add(Lexeme("prefix", text[:-1], start), end)
            return
        if stars:
            self._odd("stray-star")
        self._add(Lexeme("word", text, start), end)


_FIELD_NAMES = {
    "title": ("title", "tiêu_đề", "tieu_de", "tiêuđề", "tieude", "tít", "tit"),
    "lead": ("lead", "sapo", "tóm_tắt", "tom_tat", "tómtắt", "tomtat"),
    "in": ("in", "ở", "o", "noi", "nơi"),
    "source": ("source", "nguồn", "nguon"),
    "date": ("date", "ngày", "ngay"),
    "before": ("before", "trước", "truoc"),
    "after": ("after", "sau"),
    "term": ("term", "từ_khóa", "từ_khoá", "tu_khoa", "từkhóa", "tukhoa"),
}
FIELD_OF_NAME = {name: field for field, names in _FIELD_NAMES.items() for name in names}


def field_name(typed: str) -> str | None:
    """Canonical field for a name as typed, in Vietnamese or English; None when there is no such field."""
    return FIELD_OF_NAME.get(unicodedata.normalize("NFKC", _UNSEEN.sub("", typed)).casefold())
