"""When a query of plain words may be answered by articles that hold most of them.

All words are wanted as long as enough articles hold them all. A sentence or a question is rarely repeated word by word, though: in the
judged collections one answer in ten holds every word of a question, and one in eight lacks some word of a query of three words or four.
"""

from __future__ import annotations

from collections.abc import Callable

from analyzers.analyzer import AnalyzedText
from engine.model import Notice
from engine.query.lexer import lex
from engine.query.tree import And, Node, Word

LEAST_WORDS = 3
"""Segmented words from which a query may be softened; below, all are wanted."""
ENOUGH = 20
"""Articles holding all words that leave a query of up to LONG syllables as it is: a page full."""
LONG = 8
"""Syllables beyond which a query is a sentence and is softened however many articles hold all of them."""


def may_soften(query: str, tree: Node, analyze: Callable[[str], AnalyzedText]) -> bool:
    """Whether most of the words may do: several plain words, and no AND that asks for all of them."""
    if not isinstance(tree, And) or any(lexeme.kind == "and" for lexeme in lex(query)):
        return False
    plain = analyze(" ".join(child.text for child in tree.children if isinstance(child, Word)))
    joined = sum(last - first - 1 for first, last in plain.words)
    return len(plain) - joined >= LEAST_WORDS


def is_sentence(tree: Node, analyze: Callable[[str], AnalyzedText]) -> bool:
    """Whether a query is too long to want all of its words."""
    words = [child.text for child in tree.children if isinstance(child, Word)] if isinstance(tree, And) else []
    return len(analyze(" ".join(words))) > LONG


def softened(whole: int) -> Notice:
    """What is said when `whole` articles hold every word and others are shown too."""
    first = f"{whole} bài có đủ các từ" if whole else "Không bài nào có đủ các từ"
    return Notice("most-words", f"{first}; hiện cả những bài có phần lớn các từ. Đặt cụm từ trong ngoặc kép, hoặc viết VÀ, để tìm đúng.")
