"""The second part of a ranking: when few articles match with the marks as typed, those that match without them follow.

The first part stays what was asked for, its total too. The second holds what matches the same query typed without marks and is
not in the first, so the two never overlap and pages run on from one into the other. Both are plain plans: every engine runs them.
"""

from __future__ import annotations

from dataclasses import replace

from analyzers.keys import folded_key, has_marks
from analyzers.syllables import SYLLABLE
from engine.labels import number_label
from engine.model import Notice
from engine.plan import AllOf, Plan
from engine.query.parser import TEXT_FIELDS
from engine.query.tree import And, InField, Node, Or, Phrase, Prefix, Word

FEW = 5
"""With fewer articles than this, what matches without marks, or with the syllables of words apart, is shown too."""


def without_marks(tree: Node) -> Node | None:
    """The wanted words of a query without marks; None when none of them has any. What is left out keeps its marks."""
    bare = _bare(tree)
    return bare if bare != tree else None


def second_part(first: Plan, loose: Plan, first_total: int) -> Plan:
    """The plan of what `loose` finds and `first` does not, from where a page of the first part ends."""
    left = max(0, first.offset + first.limit - max(first_total, first.offset))
    query = AllOf(must=(loose.query,), must_not=(first.query,))
    return replace(loose, query=query, facets={}, offset=max(0, first.offset - first_total), limit=left)


def said(first_total: int, second_total: int) -> Notice:
    """What the reader is told."""
    others = number_label(second_total)
    if first_total:
        message = f"Chỉ {first_total} bài viết đúng dấu như câu tìm; {others} bài khớp khi bỏ dấu xếp sau, dưới vạch ngăn."
    else:
        message = f"Không bài nào viết đúng dấu như câu tìm; dưới đây là {others} bài khớp khi bỏ dấu."
    return Notice("without-marks", message)


def _bare(node: Node) -> Node:
    match node:
        case And(children):
            return And(tuple(map(_bare, children)))
        case Or(children):
            return Or(tuple(map(_bare, children)))
        case InField(name, child, written, start) if name in TEXT_FIELDS:
            return InField(name, _bare(child), written, start)
        case Word(text, start):
            return Word(_without(text), start)
        case Phrase(text, slop, start):
            return Phrase(_without(text), slop, start)
        case Prefix(text, start):
            return Prefix(_without(text), start)
        case _:
            return node


def _without(text: str) -> str:
    return SYLLABLE.sub(lambda found: folded_key(found[0]) if has_marks(found[0]) else found[0], text)
