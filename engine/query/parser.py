"""Parser: lexemes to a tree. It never raises on a user's text; every oddity becomes a notice with its position.

Grammar (lowest binding first)::

    query  = either
    either = all { ("|" | OR | HOẶC) all }
    all    = one { [AND | VÀ] one }
    one    = { "-" | NOT | field ":" } ( "(" either ")" | phrase | prefix | word )
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from analyzers.text import nfc
from engine.model import UNKNOWN, Notice
from engine.query.brackets import balanced
from engine.query.lexer import Lexeme, lex
from engine.query.notices import few_of_each
from engine.query.remembered import remembered
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word, all_of, any_of, negated

MAX_CHARS = 2000
"""Longer queries are cut, and said so; a pasted paragraph is about half of this."""
MAX_LEXEMES = 256
MAX_PREFIXES = 16
MAX_NEAR = 8
"""Prefixes and proximities of one query: each makes an engine look through its dictionary, or try every spread of the words."""
_READ = 4 * MAX_CHARS
"""Characters that are normalised at all: decomposed letters take up to four."""
TEXT_FIELDS = ("title", "lead")
"""Fields that are searched for words; the others hold values."""
MAY_BE_UNKNOWN = ("in", "source", "date")
"""Fields that ask for articles without a value by ``?``."""

_ODD = {
    "stray-dash": "Dấu - ở đây không có nghĩa loại trừ; muốn loại một từ, đặt dấu cách trước dấu - và viết từ liền sau nó.",
    "stray-quote": "Dấu nháy đơn ở đây không mở cụm từ nào nên được bỏ qua.",
    "stray-star": "Dấu * chỉ có nghĩa ở cuối một tiếng (nông*); ở đây nó được bỏ qua.",
    "spaced-field": "Tên trường không viết cách: tiêu_đề:cháy, tóm_tắt:họp, từ_khóa:nông; ở đây các tiếng đó được tìm như từ thường.",
    "bad-proximity": 'Sau ~ phải là một số, ví dụ "thu ngân sách"~5; tìm như cụm từ thường.',
}


class ParsedQuery(NamedTuple):
    """The tree that runs, and what the user should know about it."""

    tree: Node
    notices: tuple[Notice, ...]

    def __str__(self) -> str:
        return str(self.tree)


@remembered
def parse(query: str) -> ParsedQuery:
    """Parse any text. The result always runs. Positions of notices are code points of the query in NFC."""
    state = _State()
    text = _cut_text(query, state)
    lexemes = _cut_lexemes(lex(text), state)
    state.lexemes = balanced(_affordable(_without_odd(lexemes, state), state), state.say)
    tree = _either(state)
    if isinstance(tree, Everything) and text.strip():
        state.notices.append(Notice("nothing-to-find", f"Không có từ nào để tìm trong “{text.strip()[:80]}”; hiện mọi bài.", 0))
    return ParsedQuery(tree, few_of_each(sorted(state.notices, key=lambda one: one.position or 0)))


@dataclass(slots=True)
class _State:
    lexemes: list[Lexeme] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)
    at: int = field(default=0)

    def peek(self) -> Lexeme | None:
        return self.lexemes[self.at] if self.at < len(self.lexemes) else None

    def next(self) -> Lexeme:
        self.at += 1
        return self.lexemes[self.at - 1]

    def skip(self, kind: str) -> None:
        while (lexeme := self.peek()) is not None and lexeme.kind == kind:
            self.next()

    def ends(self, *kinds: str) -> bool:
        """Whether nothing follows, or one of `kinds`."""
        return (lexeme := self.peek()) is None or lexeme.kind in kinds

    def in_field(self, *names: str) -> bool:
        """Whether what was taken last stands right behind one of these fields."""
        before = self.lexemes[self.at - 2] if self.at > 1 else None
        return before is not None and before.kind == "field" and before.text in names

    def say(self, code: str, message: str, lexeme: Lexeme) -> None:
        self.notices.append(Notice(code, message, lexeme.start))


def _cut_text(query: str, state: _State) -> str:
    text = nfc(query[:_READ])
    if len(query) <= _READ and len(text) <= MAX_CHARS:
        return text
    size = len(query) if len(query) > _READ else len(text)
    state.notices.append(Notice("query-cut", f"Câu tìm dài {size} ký tự; chỉ dùng {MAX_CHARS} ký tự đầu.", min(len(text), MAX_CHARS)))
    return text[:MAX_CHARS]


def _cut_lexemes(lexemes: Sequence[Lexeme], state: _State) -> Sequence[Lexeme]:
    if len(lexemes) <= MAX_LEXEMES:
        return lexemes
    state.say("query-cut", f"Câu tìm có {len(lexemes)} từ; chỉ dùng {MAX_LEXEMES} từ đầu.", lexemes[MAX_LEXEMES])
    return lexemes[:MAX_LEXEMES]


def _without_odd(lexemes: Sequence[Lexeme], state: _State) -> list[Lexeme]:
    for lexeme in lexemes:
        if lexeme.kind == "odd":
            state.say(lexeme.text, _ODD[lexeme.text], lexeme)
    return [lexeme for lexeme in lexemes if lexeme.kind != "odd"]


def _affordable(lexemes: list[Lexeme], state: _State) -> list[Lexeme]:
    """Lexemes with the costly ones beyond the limits made plain: a prefix becomes a word, a proximity a phrase."""
    kept: list[Lexeme] = []
    prefixes = near = 0
    for lexeme in lexemes:
        prefixes += lexeme.kind == "prefix"
        near += lexeme.slop > 0
        if lexeme.kind == "prefix" and prefixes > MAX_PREFIXES:
            state.say("prefix-limit", f"Chỉ dùng {MAX_PREFIXES} dấu * đầu tiên; “{lexeme.text}” được tìm như một từ.", lexeme)
            lexeme = lexeme._replace(kind="word")
        elif lexeme.slop and near > MAX_NEAR:
            state.say("proximity-limit", f"Chỉ dùng {MAX_NEAR} dấu ~ đầu tiên; cụm này được tìm đúng từng tiếng liền nhau.", lexeme)
            lexeme = lexeme._replace(slop=0)
        kept.append(lexeme)
    return kept


def _either(state: _State) -> Node:
    options = [_all(state)]
    while (lexeme := state.peek()) is not None and lexeme.kind == "or":
        state.skip("or")
        options.append(_all(state))
        if isinstance(options[-1], Everything) or isinstance(options[-2], Everything):
            state.say("lonely-or", f"Bỏ qua “{lexeme.text}” vì thiếu một vế.", lexeme)
    return any_of(options)


def _all(state: _State) -> Node:
    nodes: list[Node] = []
    while not state.ends("or", "close"):
        if (lexeme := state.peek()) is not None and lexeme.kind == "and":
            state.skip("and")
            if not nodes or state.ends("or", "close"):
                state.say("lonely-and", f"Bỏ qua “{lexeme.text}” vì thiếu một vế.", lexeme)
            continue
        nodes.append(_one(state))
    return all_of(nodes)


def _one(state: _State) -> Node:
    """A term with the negations and fields before it. They are a loop, not a recursion: a query may hold hundreds."""
    before: list[Lexeme] = []
    while (lexeme := state.peek()) is not None and lexeme.kind in ("not", "field"):
        before.append(state.next())
    node = Everything() if state.ends("or", "and", "close") else _term(state)
    for lexeme in reversed(before):
        if lexeme.kind == "field":
            node = _in_field(state, lexeme, node)
        elif isinstance(node, Everything):
            state.say("empty-negation", f"“{lexeme.text}” không có gì để loại nên được bỏ qua.", lexeme)
        else:
            node = negated(node)
    return node


def _term(state: _State) -> Node:
    lexeme = state.next()
    if lexeme.kind == "open":
        node = _either(state)
        state.next()  # the closing one, which is there: brackets are balanced
        if isinstance(node, Everything):
            state.say("empty-group", "Bỏ qua cặp ngoặc không có từ nào.", lexeme)
        return node
    if lexeme.kind == "phrase":
        return _phrase(state, lexeme)
    if lexeme.kind == "prefix":
        return Prefix(lexeme.text, lexeme.start)
    unknown = lexeme.text == UNKNOWN and state.in_field(*MAY_BE_UNKNOWN)
    return Word(lexeme.text, lexeme.start) if unknown or any(map(str.isalnum, lexeme.text)) else Everything()


def _phrase(state: _State, lexeme: Lexeme) -> Node:
    if not lexeme.closed:
        state.say("unclosed-quote", "Thiếu dấu nháy đóng; coi như đóng ở cuối.", lexeme)
    text = " ".join(lexeme.text.split())
    if any(map(str.isalnum, text)):
        return Phrase(text, lexeme.slop, lexeme.start)
    if lexeme.closed:
        state.say("empty-phrase", "Bỏ qua cặp dấu nháy không có từ nào.", lexeme)
    return Everything()


def _in_field(state: _State, lexeme: Lexeme, child: Node) -> Node:
    if isinstance(child, Everything):
        state.say("empty-field", f"“{lexeme.written}:” không có giá trị nên được bỏ qua.", lexeme)
        return child
    if isinstance(child, InField):
        state.say("nested-field", f"Bỏ qua “{lexeme.written}:” vì đã có “{child.written}:”.", lexeme)
        return child
    if isinstance(child, Not):
        return negated(_in_field(state, lexeme, child.child))
    if lexeme.text not in TEXT_FIELDS:
        child = _plain(child, lexeme, state)
    return InField(lexeme.text, child, lexeme.written, lexeme.start)


def _plain(node: Node, lexeme: Lexeme, state: _State) -> Node:
    """A value without fields inside it."""
    match node:
        case InField():
            state.say("nested-field", f"Bỏ qua “{node.written}:” ở trong “{lexeme.written}:”.", lexeme._replace(start=node.start))
            return _plain(node.child, lexeme, state)
        case And(children):
            return all_of([_plain(child, lexeme, state) for child in children])
        case Or(children):
            return any_of([_plain(child, lexeme, state) for child in children])
        case Not(child):
            return negated(_plain(child, lexeme, state))
        case _:
            return node
