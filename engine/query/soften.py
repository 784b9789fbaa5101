"""When a query of plain words may be answered by articles that hold most of them.

All words are wanted as long as enough articles hold them all. A sentence or a question is rarely repeated word by word, though: in the
judged collections one answer in ten holds every word of a question, and one in eight lacks some word of a query of three words or four.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText
from engine.labels import number_label
from engine.model import Notice
from engine.query.lexer import lex
from engine.query.tree import And, Node, Or, Phrase, Word

LEAST_SYLLABLES = 4
"""Syllables from which a query may be softened. Wanting all words of short sentences loses one answer in twenty (`vietnamese_mds`: recall
.95 against 1); words are not counted, since a query typed without marks is not segmented well."""
ENOUGH = 20
"""Articles holding all words, a page full, that leave a query of up to LONG syllables as it is; a longer one then wants all but a few."""
LONG = 5
"""Syllables beyond which a query is a sentence, softened however many articles hold all of them."""
LEAST_OUTSIDE = 4
"""Syllables outside of quotation marks that make quotes part of a sentence, not an operator."""
LEAST_FRUITLESS = 3
"""Syllables from which a query may be softened that finds nothing at all."""

SOFTENED = "most-words"
"""Code of the notice that most of the words were enough."""


class Softening(NamedTuple):
    """Whether most of the words of a query may do, and those of its phrases too; `sentence`: whatever is found with all of them; `few`:
    only when nothing is. `short`: words side by side, or several times such words with OR between, that are no sentence, and not joined
    by AND."""

    words: bool
    phrases: bool
    sentence: bool
    few: bool = False
    short: bool = False


def softening(query: str, tree: Node, analyze: Callable[[str], AnalyzedText]) -> Softening:
    """How far a query may be softened: not at all when it has fewer words, or an AND that asks for all of them."""
    joined = any(lexeme.kind == "and" for lexeme in lex(query))
    if joined or not isinstance(tree, And):
        short = not joined and isinstance(tree, Or) and _is_short(tree, analyze)
        return Softening(words=False, phrases=False, sentence=False, short=short)
    plain = analyze(" ".join(child.text for child in tree.children if isinstance(child, Word)))
    quoted = analyze(" ".join(child.text for child in tree.children if isinstance(child, Phrase)))
    sentence = len(plain) + len(quoted) > LONG
    few = LEAST_FRUITLESS <= len(plain) < LEAST_SYLLABLES
    several = len(plain) >= LEAST_SYLLABLES
    return Softening(several or few, several and len(plain) >= LEAST_OUTSIDE, sentence, few, short=_is_short(tree, analyze))


def _is_short(tree: Node, analyze: Callable[[str], AnalyzedText]) -> bool:
    """Whether no words side by side make a sentence, those in brackets neither."""
    if not isinstance(tree, And | Or):
        return True
    if isinstance(tree, And):
        size = len(analyze(" ".join(child.text for child in tree.children if isinstance(child, Word | Phrase))))
        if size > LONG:
            return False
    return all(_is_short(child, analyze) for child in tree.children)


def quoted(tree: Node) -> bool:
    """Whether a query has phrases beside its words."""
    return isinstance(tree, And) and any(isinstance(child, Phrase) for child in tree.children)


def softened(whole: int, others: int = 0) -> Notice:
    """What is said when `whole` articles hold every word and others are shown too: `others` behind a divider, else among them."""
    first = f"{number_label(whole)} bài có đủ các từ" if whole else "Không bài nào có đủ các từ"
    second = f"{number_label(others)} bài có phần lớn các từ xếp sau, dưới vạch ngăn" if others else "hiện cả những bài có phần lớn các từ"
    return Notice(
        SOFTENED,
        f"{first}; {second}. Đặt cụm từ trong ngoặc kép, hoặc viết VÀ, để tìm đúng.",
        undo="sua=khong",
    )


def whole_first(whole: int, others: int) -> Notice:
    """What is said when `whole` articles hold the words of a query whole, and `others` behind a divider their syllables apart."""
    said = f"{number_label(whole)} bài có nguyên từ như câu tìm; {number_label(others)} bài có các tiếng đứng rời nhau, xếp sau vạch ngăn."
    return Notice("words-apart", said)
