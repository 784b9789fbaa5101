"""Brackets of a query put in order, so that the parser finds every one closed and none nested too deeply."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.query.lexer import Lexeme

MAX_DEPTH = 8
"""Levels of brackets; deeper ones are left out, what they hold is kept."""


def balanced(lexemes: Iterable[Lexeme], say: Callable[[str, str, Lexeme], None]) -> list[Lexeme]:
    """Lexemes with every bracket in a pair: stray ones left out, missing ones added at the end. Linear."""
    kept: list[Lexeme] = []
    opened: list[Lexeme | None] = []
    for lexeme in lexemes:
        if lexeme.kind == "open":
            too_deep = len(opened) >= MAX_DEPTH
            opened.append(None if too_deep else lexeme)
            if too_deep:
                say("too-deep", f"Ngoặc lồng quá {MAX_DEPTH} tầng; bỏ ngoặc này, giữ những gì ở trong.", lexeme)
                continue
        elif lexeme.kind == "close":
            if not opened:
                say("stray-parenthesis", "Bỏ qua dấu ngoặc đóng thừa.", lexeme)
                continue
            if opened.pop() is None:
                continue
        kept.append(lexeme)
    for left in filter(None, opened):
        say("unclosed-parenthesis", "Thiếu dấu ngoặc đóng; coi như đóng ở cuối.", left)
        kept.append(left._replace(kind="close", text=")"))
    return kept
