"""A parsed page as a list of blocks: one entry for each run of text that a reader sees as a line or paragraph.

Inline tags are removed without a space (editors split words over spans), block tags and ``<br>`` end a block. Every
later step works on this list, so text nodes between ``<br>``, paragraphs made of ``div`` or ``h2`` and table layouts
all read the same.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from indexer.extract.decode import settle

_BLOCK = frozenset(
    "address article aside blockquote body caption center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hr legend li main nav"
    " ol p pre section summary table tbody td tfoot th thead time tr ul".split()
)
_SKIP = frozenset("script style noscript template iframe object embed applet svg math button select option input textarea head link meta ins".split())
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6"))
_ITALIC = frozenset(("i", "em"))
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:hidden|d-none|sr-only|visually-hidden|hide)(?:\s|$)")
_RIGHT = re.compile(r"text-align\s*:\s*right|float\s*:\s*right", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_RIGHT_CLASS = re.compile(r"(?:^|[\s_-])(?:text-right|text-end|right|author|tacgia|tac-gia|signature|byline|pAuthor|PAuthor)(?:$|[\s_-])")
_SPACE = re.compile(r"[ \t\r\n\f\v\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")


@dataclass(slots=True, eq=False)
class Block:
    """One line or paragraph. Counts are code points of `text`.

    `owner` is the index of the nearest block element in `Outline.elements`; `zone` names the kind of box it stands in
    ("" for none); `row` marks a table row of several cells.
    """

    text: str
    owner: int
    tag: str
    link: int = 0
    bold: int = 0
    italic: int = 0
    align: str = ""
    zone: str = ""
    row: bool = False
    hints: str = ""

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


@dataclass(slots=True, eq=False)
class Outline:
    """Blocks of a page in reading order, and the block elements that hold them: `parents[i]` is the index of the enclosing one, -1 at the root."""

    blocks: list[Block] = field(default_factory=list)
    elements: list[etree._Element] = field(default_factory=list)
    parents: list[int] = field(default_factory=list)
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
    folded = _SPACE.sub(" ", text)
    return (folded if folded.isascii() else settle(folded)).strip()


class _Walker:
    """Depth-first over the tree with an explicit stack; Python recursion would meet its limit on deep pages."""

    def __init__(self, zones: ZoneRules) -> None:
        self.outline = Outline()
        self.zones = zones
        self.parts: list[str] = []
        self.link = self.bold = self.italic = 0
        self.in_link = self.in_bold = self.in_italic = 0
        self.owner, self.zone, self.align = -1, "", ""

    def walk(self, root: etree._Element) -> Outline:
        self._enter(root)
        stack: list[tuple[etree._Element, object]] = [(root, iter(root))]
        states: list[tuple[int, str, str]] = [(-1, "", "")]
        while stack:
            element, children = stack[-1]
            child = next(children, None)  # type: ignore[call-overload]
            if child is None:
                stack.pop()
                self._leave(element)
                self.owner, self.zone, self.align = states.pop()
                if stack and element.tail:
                    self._text(element.tail)
            elif self._visible(child):
                states.append((self.owner, self.zone, self.align))
                self._enter(child)
                stack.append((child, iter(child)))
            elif child.tail:
                self._text(child.tail)
        self._flush()
        return self.outline

    def _visible(self, element: etree._Element) -> bool:
        tag = element.tag
        if not isinstance(tag, str):
            return False
        if tag == "br" or tag == "hr":
            self._flush(soft=tag == "br")
            return False
        if tag == "img":
            self.outline.images.append(self.owner)
            return False
        if tag in _SKIP:
            self._count_input(element)
            return False
        style, cls = element.get("style"), element.get("class")
        return not ((style and _HIDDEN.search(style)) or (cls and _HIDDEN_CLASS.search(cls)))

    def _count_input(self, element: etree._Element) -> None:
        if element.tag == "textarea":
            self.outline.inputs += 1
        elif element.tag == "input":
            kind = (element.get("type") or "text").lower()
            self.outline.inputs += kind in ("text", "email", "tel", "password")
            self.outline.passwords += kind == "password"

    def _enter(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCK:
            self._flush()
            self.outline.elements.append(element)
            self.outline.parents.append(self.owner)
            self.owner = len(self.outline.elements) - 1
        if element.attrib:
            self._read_attributes(element)
        if tag in ("nav", "footer", "aside") and not self.zone:
            self.zone = {"nav": "nav", "footer": "footer", "aside": "aside"}[tag]
        elif tag in ("figcaption", "caption") and self.zone in ("", "caption"):
            self.zone = "caption"
        self.in_link += tag == "a"
        self.in_bold += tag in _BOLD
        self.in_italic += tag in _ITALIC
        if element.text:
            self._text(element.text)

    def _read_attributes(self, element: etree._Element) -> None:
        style, align = element.get("style"), element.get("align")
        if align or style:
            if align == "right" or (style and _RIGHT.search(style)):
                self.align = "right"
            elif align == "center" or (style and _CENTER.search(style)):
                self.align = "center"
            elif align in ("left", "justify") or (style and "text-align" in style):
                self.align = ""
        name = f"{element.get('class') or ''} {element.get('id') or ''}".strip()
        if name and element.tag not in ("html", "body"):
            if _RIGHT_CLASS.search(name):
                self.align = "right"
            zone = self.zones.zone(name)
            if zone and (not self.zone or zone == "comment"):
                self.zone = zone

    def _leave(self, element: etree._Element) -> None:
        tag = element.tag
        if tag in _BLOCK:
            self._flush()
        self.in_link -= tag == "a"
        self.in_bold -= tag in _BOLD
        self.in_italic -= tag in _ITALIC

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        size = len(text)
        self.link += size if self.in_link else 0
        self.bold += size if self.in_bold else 0
        self.italic += size if self.in_italic else 0

    def _flush(self, soft: bool = False) -> None:
        if self.parts:
            text = fold("".join(self.parts))
            if text:
                owner = max(self.owner, 0)
                tag = str(self.outline.elements[owner].tag) if self.outline.elements else "div"
                self.outline.blocks.append(Block(text, owner, tag, self.link, self.bold, self.italic, self.align, self.zone, False, "br" if soft else ""))
            self.parts.clear()
        self.link = self.bold = self.italic = 0


class ZoneRules:
    """Which class and id names mean a box that is not the article, cached by name."""

    def __init__(self, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> None:
        self._patterns = patterns
        self._known: dict[str, str] = {}

    def zone(self, name: str) -> str:
        found = self._known.get(name)
        if found is None:
            found = next((zone for zone, pattern in self._patterns if pattern.search(name)), "")
            if len(self._known) < 20_000:
                self._known[name] = found
        return found


def outline(root: etree._Element, zones: ZoneRules) -> Outline:
    """Blocks of the tree under `root`, in reading order. Linear in the number of nodes."""
    return _Walker(zones).walk(root)
