"""Readings of a query that need Vietnamese, not grammar; each one made is a notice.

A dash leaves out the *word* that follows, and a Vietnamese word may have several syllables: in
``"nông thôn mới" -Bắc Kạn`` the user leaves out Bắc Kạn, not articles with "Bắc" that also hold "Kạn".
"""

from __future__ import annotations

from collections.abc import Callable

from analyzers.analyzer import AnalyzedText
from engine.model import Notice
from engine.query.tree import And, Node, Not, Phrase, Word

MAX_WORD_SYLLABLES = 5


def rewrite(tree: Node, analyze: Callable[[str], AnalyzedText]) -> tuple[Node, list[Notice]]:
    """Return the tree that runs and what was read into it."""
    if not isinstance(tree, And):
        return tree, []
    children: list[Node] = []
    notices: list[Notice] = []
    at = 0
    while at < len(tree.children):
        child = tree.children[at]
        size = _negated_word(tree.children, at, analyze)
        if size > 1:
            text = " ".join(_words(tree.children[at : at + size]))
            children.append(Not(Phrase(text)))
            notices.append(Notice("negated-word", f"Loại các bài có cụm “{text}”. Để chỉ loại một tiếng, đặt dấu - ở cuối câu tìm."))
            at += size
        else:
            children.append(child)
            at += 1
    return (children[0] if len(children) == 1 else And(tuple(children))), notices


def _words(children: tuple[Node, ...]) -> list[str]:
    """Texts of a negated word and the plain words after it, up to the first child that is neither."""
    words = []
    for number, child in enumerate(children):
        if number == 0 and isinstance(child, Not):
            child = child.child
        elif number == 0:
            return []
        if not isinstance(child, Word):
            break
        words.append(child.text)
    return words


def _negated_word(children: tuple[Node, ...], at: int, analyze: Callable[[str], AnalyzedText]) -> int:
    """How many children, from the negated one at `at`, make up one segmented word; 0 or 1 for no more than itself."""
    words = _words(children[at : at + MAX_WORD_SYLLABLES])
    if len(words) < 2:
        return 0
    analyzed = analyze(" ".join(words))
    length = next((last for first, last in analyzed.words if first == 0), 0)
    ends = analyzed.ends[length - 1] if length else 0
    for size in range(2, len(words) + 1):
        if len(" ".join(words[:size])) == ends:
            return size
    return 0
