"""What a page looks like to every later step: lines of text in reading order, and the elements that hold them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.extract.decode import settle

_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SPACE = re.compile(r"[ \t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
_ODD_SPACE = re.compile(r"  |[\t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")


@dataclass(slots=True, eq=False)
class Block:
    """One line or paragraph. Counts are code points of `text`.

    `owner` is the index of the nearest element in `Outline.elements`; `zone` names the kind of box it stands in
    ("" for none); `soft` says that a ``<br>`` ended it; `row` marks a table row of several cells.
    """

    text: str
    owner: int = 0
    tag: str = "p"
    link: int = 0
    bold: int = 0
    italic: int = 0
    align: str = ""
    zone: str = ""
    row: bool = False
    soft: bool = False

    @property
    def heading(self) -> bool:
        return self.tag in _HEADINGS

    @property
    def linked(self) -> bool:
        """Whether most of the text is a link."""
        return self.link * 2 > len(self.text)

    @property
    def strong(self) -> bool:
        return self.bold * 10 >= len(self.text) * 8

    @property
    def slanted(self) -> bool:
        return self.italic * 10 >= len(self.text) * 8


@dataclass(slots=True, eq=False)
class Outline:
    """Blocks of a page, and its elements in document order: `parents[i]` is the index of the enclosing one, -1 at the root.

    `spans` maps an element to the half-open range of blocks it holds; `titles` are ranges whose class or id says headline;
    `images` numbers the block that follows each picture.
    """

    blocks: list[Block] = field(default_factory=list)
    elements: list[etree._Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
    spans: dict[etree._Element, tuple[int, int]] = field(default_factory=dict)
    titles: list[tuple[int, int]] = field(default_factory=list)
    images: list[int] = field(default_factory=list)
    inputs: int = 0
    passwords: int = 0

    def ancestors(self, owner: int) -> list[int]:
        """`owner` and every element around it, innermost first."""
        chain = []
        while owner >= 0:
            chain.append(owner)
            owner = self.parents[owner]
        return chain


def fold(text: str) -> str:
    """White space of every kind to single spaces, ends trimmed, letters settled (NFC, Đ, no invisible characters)."""
    folded = _SPACE.sub(" ", text) if _ODD_SPACE.search(text) else text
    return (folded if folded.isascii() and folded.isprintable() else settle(folded)).strip()
