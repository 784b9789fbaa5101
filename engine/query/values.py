"""Values of fields that need Vietnamese: dates in words, and values of several words without quotes.

``ngày:"tuần trước"`` becomes ``ngày:2025-01-06..2025-01-12``, so that the query that ran shows the days it meant; in
``ở:An Khê lũ lụt`` the place is *An Khê*.
"""

from __future__ import annotations

from datetime import date

from analyzers.places import load
from engine.date_words import read, written
from engine.dates import parse_range
from engine.errors import RequestError
from engine.model import DateRange, Notice
from engine.places import paths_named, place_label, place_slug
from engine.query.tree import And, InField, Node, Not, Or, Phrase, Word, all_of

MOST_WORDS = 8
"""Words of a value that is not in quotes."""
_DATES = ("date", "before", "after")


def with_values(tree: Node, today: date) -> tuple[Node, list[Notice]]:
    """The tree with its values understood, and what was read into it."""
    notices: list[Notice] = []
    return _changed(tree, today, notices), notices


def _changed(tree: Node, today: date, notices: list[Notice]) -> Node:
    match tree:
        case And(children):
            return all_of([_changed(child, today, notices) for child in _joined(children, today, notices)])
        case Or(children):
            return Or(tuple(_changed(child, today, notices) for child in children))
        case Not(child):
            return Not(_changed(child, today, notices))
        case InField(name, child, typed, start):
            inner = _in_days(child, today) if name in _DATES else _changed(child, today, notices)
            return InField(name, inner, typed, start)
        case _:
            return tree


def _joined(children: tuple[Node, ...], today: date, notices: list[Notice]) -> list[Node]:
    """Children with the plain words behind a place or date taken into its value, where they are part of it."""
    found: list[Node] = []
    at = 0
    while at < len(children):
        child = children[at]
        base = child.child if isinstance(child, Not) else child
        size = _value_words(base, children[at + 1 : at + MOST_WORDS], today)
        if size and isinstance(base, InField) and isinstance(base.child, Word):
            text = " ".join([base.child.text, *(str(word) for word in children[at + 1 : at + 1 + size])])
            joined = InField(base.name, Phrase(text, 0, base.child.start), base.written, base.start)
            notices.append(Notice("joined-value", f"“{base.written}:” hiểu là “{text}”.", max(base.start, 0)))
            child = Not(joined) if isinstance(child, Not) else joined
        found.append(child)
        at += 1 + size
    return found


def _value_words(node: Node, following: tuple[Node, ...], today: date) -> int:
    """How many of the words behind ``name:word`` belong to its value: of the readings that are known, the longest."""
    if not isinstance(node, InField) or not isinstance(node.child, Word) or node.name not in ("in", *_DATES):
        return 0
    words = [node.child.text]
    longest = 0
    for size, word in enumerate(following, start=1):
        if not isinstance(word, Word):
            break
        words.append(word.text)
        if _known(node.name, " ".join(words), today):
            longest = size
    return longest


def _known(name: str, text: str, today: date) -> bool:
    if name == "in":
        return bool(place_label(place_slug(text), load()) or paths_named(text, load()))
    return read(text, today) is not None


def _in_days(node: Node, today: date) -> Node:
    """A value with dates in words replaced by the days they mean."""
    match node:
        case Or(children):
            return Or(tuple(_in_days(child, today) for child in children))
        case And(children) if not all(isinstance(child, Word) for child in children):
            return And(tuple(_in_days(child, today) for child in children))
        case Not(child):
            return Not(_in_days(child, today))
        case Word(text, start) | Phrase(text, _, start):
            days = _days(text, today)
            return Word(written(days), start) if days else node
        case And(children):
            days = _days(" ".join(str(child) for child in children), today)
            return Word(written(days), _start(children[0])) if days else node
        case _:
            return node


def _start(node: Node) -> int:
    return node.start if isinstance(node, Word) else -1


def _days(text: str, today: date) -> DateRange | None:
    """The days of a value in words; None for one that is a date of the query language already, or none at all."""
    try:
        parse_range(text)
    except RequestError:
        return read(text, today)
    return None
