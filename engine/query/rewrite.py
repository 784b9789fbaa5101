"""Readings of a query that need Vietnamese, not grammar; each one made is a notice.

A dash leaves out the *word* that follows, and a Vietnamese word may have several syllables: in
``"nông thôn mới" -Bắc Kạn`` the user leaves out Bắc Kạn, not articles with "Bắc" that also hold "Kạn". So with the names of places.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from analyzers.analyzer import AnalyzedText
from engine.date_words import vietnam_today
from engine.model import Notice
from engine.query.names import name_first
from engine.query.tree import And, InField, Node, Not, Or, Phrase, Word
from engine.query.values import with_values

MAX_WORD_SYLLABLES = 5


def rewrite(tree: Node, analyze: Callable[[str], AnalyzedText], today: date | None = None) -> tuple[Node, list[Notice]]:
    """Return the tree that runs and what was read into it. `today` is the day that words such as *tuần trước* count from."""
    tree, notices = with_values(tree, today or vietnam_today())
    return _with_negated_words(tree, analyze, notices), notices


def _with_negated_words(tree: Node, analyze: Callable[[str], AnalyzedText], notices: list[Notice]) -> Node:
    match tree:
        case Or(children):
            return Or(tuple(_with_negated_words(child, analyze, notices) for child in children))
        case And(children):
            return _in_row(tuple(_with_negated_words(child, analyze, notices) for child in children), analyze, notices)
        case InField(name, child, typed, start) if isinstance(child, And | Or) and name in ("title", "lead"):
            return InField(name, _with_negated_words(child, analyze, notices), typed, start)
        case _:
            return tree


def _in_row(children: tuple[Node, ...], analyze: Callable[[str], AnalyzedText], notices: list[Notice]) -> Node:
    found: list[Node] = []
    at = 0
    while at < len(children):
        size = _negated_word(children, at, analyze)
        if size > 1:
            words = _words(children[at : at + size])
            text, start = " ".join(word.text for word in words), words[0].start
            found.append(Not(Phrase(text, 0, start)))
            message = f"Loại các bài có cụm “{text}”. Để chỉ loại một tiếng, đặt dấu - ở cuối câu tìm."
            notices.append(Notice("negated-word", message, start if start >= 0 else None))
        else:
            found.append(children[at])
        at += max(size, 1)
    return found[0] if len(found) == 1 else And(tuple(found))


def _words(children: tuple[Node, ...]) -> list[Word]:
    """A negated word and the plain words after it, up to the first child that is neither."""
    words = []
    for number, child in enumerate(children):
        if number == 0 and isinstance(child, Not):
            child = child.child
        elif number == 0:
            return []
        if not isinstance(child, Word):
            break
        words.append(child)
    return words


def _negated_word(children: tuple[Node, ...], at: int, analyze: Callable[[str], AnalyzedText]) -> int:
    """How many children, from the negated one at `at`, make up one segmented word, or the name of a place; 0 or 1: no more than itself."""
    words = [word.text for word in _words(children[at : at + MAX_WORD_SYLLABLES])]
    if len(words) < 2:
        return 0
    analyzed = analyze(" ".join(words))
    length = max(next((last for first, last in analyzed.words if first == 0), 0), name_first(analyzed.marked))
    ends = analyzed.ends[length - 1] if length else 0
    for size in range(2, len(words) + 1):
        if len(" ".join(words[:size])) == ends:
            return size
    return 0
