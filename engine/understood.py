"""Whether a query ran otherwise than it was typed, which is then said: “Đã hiểu là: …”."""

from __future__ import annotations

import re

from engine.query.lexer import BARS, CLOSING, COLONS, OPENING, QUOTES, STARS

_SAME = ((QUOTES, '"'), (BARS, "|"), (OPENING, "("), (CLOSING, ")"), (COLONS, ":"), (STARS, "*"))
_USUAL = str.maketrans({char: usual for chars, usual in _SAME for char in chars})
_OR = re.compile(r"\s*\|\s*|\s+(?:OR|HOẶC|HOAC)\s+")
_AND = re.compile(r"\s+(?:AND|VÀ)\s+|\s+")


def understood_as(typed: str, ran: str) -> str | None:
    """The query that ran, when it says something else than `typed`; other writings of the same operators do not count."""
    return ran if _usual(typed) != _usual(ran) else None


def _usual(query: str) -> str:
    return _AND.sub(" ", _OR.sub(" | ", query.translate(_USUAL).strip()))
