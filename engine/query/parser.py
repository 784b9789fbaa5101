"""Parser: lexemes to a tree. It never raises on a user's text; every oddity becomes a notice.

Grammar (lowest binding first)::

    query  = either
    either = all { ("|" | OR | HOẶC) all }
    all    = one { [AND | VÀ] one }
    one    = "-" one | field ":" one | "(" either ")" | phrase | prefix | word
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from analyzers.text import nfc
from engine.model import Notice
from engine.query.lexer import Lexeme, lex
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word

MAX_CHARS = 2000
"""Longer queries are cut, and said so; a pasted paragraph is about half of this."""
MAX_LEXEMES = 256
MAX_DEPTH = 8


class ParsedQuery(NamedTuple):
    """The tree that runs, and what the user should know about it."""

    tree: Node
    notices: tuple[Notice, ...]

    def __str__(self) -> str:
        return str(self.tree)


def parse(query: str) -> ParsedQuery:
    """Parse any text. The result always runs."""
    notices: list[Notice] = []
    query = nfc(query)
    if len(query) > MAX_CHARS:
        notices.append(Notice("query-cut", f"Câu tìm dài {len(query)} ký tự; chỉ dùng {MAX_CHARS} ký tự đầu.", MAX_CHARS))
        query = query[:MAX_CHARS]
    lexemes = lex(query)
    if len(lexemes) > MAX_LEXEMES:
        notices.append(Notice("query-cut", f"Câu tìm có {len(lexemes)} từ; chỉ dùng {MAX_LEXEMES} từ đầu.", lexemes[MAX_LEXEMES].start))
        lexemes = lexemes[:MAX_LEXEMES]
    state = _State(lexemes, notices)
    nodes = []
    while state.peek() is not None:
        nodes.append(_either(state, 0))
        if (stray := state.peek()) is not None:
            state.say("stray-parenthesis", "Bỏ qua dấu ngoặc đóng thừa.", stray)
            state.next()
    tree = _all_of(nodes)
    if isinstance(tree, Everything) and query.strip() and not notices:
        notices.append(Notice("nothing-to-find", f"Không có từ nào để tìm trong “{query.strip()[:80]}”; hiện mọi bài.", 0))
    return ParsedQuery(tree, tuple(notices))


@dataclass(slots=True)
class _State:
    lexemes: list[Lexeme]
    notices: list[Notice]
    at: int = field(default=0)

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def say(self, code: str, message: str, lexeme: Lexeme) -> None:
        self.notices.append(Notice(code, message, lexeme.start))


def _either(state: _State, depth: int) -> Node:
    options = [_all(state, depth)]
    while (lexeme := state.peek()) is not None and lexeme.kind == "or":
        state.next()
        options.append(_all(state, depth))
    wanted: list[Node] = []
    for option in options:
        wanted.extend(option.children if isinstance(option, Or) else [] if isinstance(option, Everything) else [option])
    if len(options) > 1 and len(wanted) < 2:
        state.notices.append(Notice("lonely-or", "Bỏ qua HOẶC vì thiếu một vế."))
    return wanted[0] if len(wanted) == 1 else Or(tuple(wanted)) if wanted else Everything()


def _all(state: _State, depth: int) -> Node:
    nodes = []
    while (lexeme := state.peek()) is not None and lexeme.kind not in ("or", "close"):
        if lexeme.kind == "and":
            state.next()
            continue
        nodes.append(_one(state, depth))
    return _all_of(nodes)


def _all_of(nodes: list[Node]) -> Node:
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, And) else [] if isinstance(node, Everything) else [node])
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else Everything()


def _one(state: _State, depth: int) -> Node:
    lexeme = state.next()
    if lexeme.kind == "not":
        child = _operand(state, depth)
        if isinstance(child, Not):
            return child.child
        return child if isinstance(child, Everything) else Not(child)
    if lexeme.kind == "field":
        return _in_field(state, lexeme, depth)
    if lexeme.kind == "open":
        return _group(state, lexeme, depth)
    if lexeme.kind == "phrase":
        return _phrase(state, lexeme)
    if lexeme.kind == "prefix":
        return Prefix(lexeme.text)
    return _word(lexeme)


def _operand(state: _State, depth: int) -> Node:
    following = state.peek()
    if following is None or following.kind in ("or", "and", "close"):
        return Everything()
    if depth >= MAX_DEPTH * 4:
        state.say("too-deep", "Bỏ qua phần lồng quá sâu.", following)
        state.at = len(state.lexemes)
        return Everything()
    return _one(state, depth + 1)


def _in_field(state: _State, lexeme: Lexeme, depth: int) -> Node:
    child = _operand(state, depth)
    if isinstance(child, Everything):
        state.say("empty-field", f"“{lexeme.text}:” không có giá trị nên được bỏ qua.", lexeme)
        return child
    if isinstance(child, InField):
        state.say("nested-field", f"Bỏ qua “{lexeme.text}:” vì đã có “{child.name}:”.", lexeme)
        return child
    if isinstance(child, Not):
        return Not(InField(lexeme.text, child.child))
    return InField(lexeme.text, child)


def _group(state: _State, lexeme: Lexeme, depth: int) -> Node:
    if depth >= MAX_DEPTH:
        state.say("too-deep", f"Ngoặc lồng quá {MAX_DEPTH} tầng; bỏ ngoặc này.", lexeme)
        return Everything()
    node = _either(state, depth + 1)
    closing = state.peek()
    if closing is None:
        state.say("unclosed-parenthesis", "Thiếu dấu ngoặc đóng; coi như đóng ở cuối.", lexeme)
    else:
        state.next()
    return node


def _phrase(state: _State, lexeme: Lexeme) -> Node:
    if not lexeme.closed:
        state.say("unclosed-quote", "Thiếu dấu nháy đóng; coi như đóng ở cuối.", lexeme)
    text = " ".join(lexeme.text.split())
    return Phrase(text, lexeme.slop) if any(c.isalnum() for c in text) else Everything()


def _word(lexeme: Lexeme) -> Node:
    if any(c.isalnum() for c in lexeme.text):
        return Word(lexeme.text)
    return Everything()
