"""Syntax tree of a query: frozen values that print themselves as the query language.

``str(tree)`` parses back to the same tree. Where something was typed, and in which of its writings, is kept beside the
tree for messages: `start` (a code point of the query, -1 when not typed) and `written` take no part in comparisons.
"""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every document."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits as typed; it may hold several syllables (``15/2024/QĐ-UBND``)."""

    text: str
    start: int = field(default=-1, compare=False, repr=False)

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, at most `slop` other syllables moved between them."""

    text: str
    slop: int = 0
    start: int = field(default=-1, compare=False, repr=False)

    def __str__(self) -> str:
        return f'"{self.text}"' + (f"~{self.slop}" if self.slop else "")


@dataclass(frozen=True, slots=True)
class Prefix:
    """A syllable that begins like `text`."""

    text: str
    start: int = field(default=-1, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.text}*"


@dataclass(frozen=True, slots=True)
class Not:
    """What must not occur."""

    child: Node

    def __str__(self) -> str:
        return f"-{_atom(self.child)}"


@dataclass(frozen=True, slots=True)
class InField:
    """`child` looked for in one field only; `name` is the canonical English field name, `written` the one that was typed."""

    name: str
    child: Node
    written: str = field(default="", compare=False, repr=False)
    start: int = field(default=-1, compare=False, repr=False)

    def __str__(self) -> str:
        return f"{self.written or self.name}:{_atom(self.child)}"


@dataclass(frozen=True, slots=True)
class And:
    """All of the children."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " ".join(_inside_and(child) for child in self.children)


@dataclass(frozen=True, slots=True)
class Or:
    """Any of the children."""

    children: tuple[Node, ...]

    def __str__(self) -> str:
        return " | ".join(f"({child})" if isinstance(child, Or) else str(child) for child in self.children)


Node = Everything | Word | Phrase | Prefix | Not | InField | And | Or


def all_of(nodes: list[Node]) -> Node:
    """The nodes joined by AND, flat."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, And) else [] if isinstance(node, Everything) else [node])
    return flat[0] if len(flat) == 1 else And(tuple(flat)) if flat else Everything()


def any_of(nodes: list[Node]) -> Node:
    """The nodes joined by OR, flat."""
    flat: list[Node] = []
    for node in nodes:
        flat.extend(node.children if isinstance(node, Or) else [] if isinstance(node, Everything) else [node])
    return flat[0] if len(flat) == 1 else Or(tuple(flat)) if flat else Everything()


def negated(node: Node) -> Node:
    """The opposite; two negations are none."""
    if isinstance(node, Not):
        return node.child
    return node if isinstance(node, Everything) else Not(node)


def _atom(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Everything | Not) else str(node)


def _inside_and(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Everything) else str(node)
