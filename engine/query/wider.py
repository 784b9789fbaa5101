"""Wider readings of a tree: any word instead of all, words instead of phrases, without marks, without a condition. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from analyzers.keys import folded_key
from analyzers.syllables import SYLLABLE
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word

_TEXT_FIELDS = ("title", "lead")

Change = Callable[[Node], Node]


def without_a_condition(tree: Node) -> Iterator[tuple[InField | Not, Node]]:
    """Each condition among the parts of the query, on a field (place, source, date …) or of what must not occur, and what stays."""
    children = tree.children if isinstance(tree, And) else (tree,)
    for at, child in enumerate(children):
        if isinstance(child, Not) or (isinstance(child, InField) and child.name not in _TEXT_FIELDS):
            kept = (*children[:at], *children[at + 1 :])
            yield child, And(kept) if len(kept) > 1 else kept[0] if kept else Everything()


def any_word(tree: Node) -> Node:
    """Any of the words instead of all; what must not occur stays so."""
    if not isinstance(tree, And):
        return tree
    wanted = [part for part in tree.children if not isinstance(part, Not)]
    unwanted = [part for part in tree.children if isinstance(part, Not)]
    if len(wanted) < 2:
        return tree
    either = Or(tuple(option for part in wanted for option in (part.children if isinstance(part, Or) else (part,))))
    return And((either, *unwanted)) if unwanted else either


def without_marks(tree: Node) -> Node:
    """The same words without marks, which then match with any."""
    return _changed(tree, _bare)


def loose(tree: Node) -> Node:
    """The words of each phrase anywhere in the article."""
    return _flat(_changed(tree, _words))


def _bare(leaf: Node) -> Node:
    match leaf:
        case Word(text):
            return Word(_folded(text))
        case Prefix(text):
            return Prefix(_folded(text))
        case Phrase(text, slop):
            return Phrase(_folded(text), slop)
        case _:
            return leaf


def _words(leaf: Node) -> Node:
    if not isinstance(leaf, Phrase):
        return leaf
    words = tuple(Word(found) for found in SYLLABLE.findall(leaf.text))
    return And(words) if len(words) > 1 else leaf


def _changed(tree: Node, change: Change) -> Node:
    """`tree` with its wanted words and phrases changed; values of filters and what must not occur stay as they are."""
    match tree:
        case And(children):
            return And(tuple(_changed(child, change) for child in children))
        case Or(children):
            return Or(tuple(_changed(child, change) for child in children))
        case InField(name, child) if name in _TEXT_FIELDS:
            return InField(name, _changed(child, change))
        case InField() | Not():
            return tree
        case _:
            return change(tree)


def _flat(tree: Node) -> Node:
    """Without an AND directly inside an AND."""
    if not isinstance(tree, And):
        return tree
    return And(tuple(part for child in tree.children for part in (child.children if isinstance(child, And) else (child,))))


def _folded(text: str) -> str:
    return SYLLABLE.sub(lambda found: folded_key(found.group()), text)
