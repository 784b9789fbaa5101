"""Syntax tree of a query: frozen values that print themselves as the query language.

``str(tree)`` parses back to the same tree.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Everything:
    """The empty query: every document."""

    def __str__(self) -> str:
        return ""


@dataclass(frozen=True, slots=True)
class Word:
    """A run of letters and digits as typed; it may hold several syllables (``15/2024/QĐ-UBND``)."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in this order, at most `slop` other syllables moved between them."""

    text: str
    slop: int = 0

    def __str__(self) -> str:
        return f'"{self.text}"' + (f"~{self.slop}" if self.slop else "")


@dataclass(frozen=True, slots=True)
class Prefix:
    """A syllable that begins like `text`."""

    text: str

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
    """`child` looked for in one field only; `name` is the canonical English field name."""

    name: str
    child: Node

    def __str__(self) -> str:
        return f"{self.name}:{_atom(self.child)}"


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


def _atom(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Everything | Not) else str(node)


def _inside_and(node: Node) -> str:
    return f"({node})" if isinstance(node, And | Or | Everything) else str(node)
