"""A parsed page to its outline, in one walk.

Inline tags are removed without a space (editors split words over spans), block tags and ``<br>`` end a block: text nodes
between ``<br>``, paragraphs made of ``div`` or ``h2`` and table layouts all read the same afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from indexer.extract.blocks import Block, Outline, fold

_BLOCK = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "div", "dl", "dt", "fieldset", "figcaption",
        "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "html", "legend", "li", "main", "nav", "ol", "p",
        "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "time", "tr", "ul",
    )
)  # fmt: skip
_SKIP = frozenset(
    (
        "script", "style", "noscript", "template", "iframe", "object", "embed", "applet", "svg", "math", "button", "select",
        "option", "input", "textarea", "head", "link", "meta", "ins", "label",
    )
)  # fmt: skip
_ALONE = _SKIP | {"br", "hr", "img"}
_BOLD = frozenset(("b", "strong", "h1", "h2", "h3", "h4", "h5", "h6", "th"))
_ITALIC = frozenset(("i", "em"))
_BY_TAG = {"nav": "nav", "footer": "footer", "aside": "aside", "figcaption": "caption", "caption": "caption"}
_WEAK = frozenset(("", "date", "author", "source"))
"""Zones that a zone inside of them replaces: names such as ``asset_publisher`` are given to whole pages."""
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_HIDDEN_CLASS = re.compile(r"(?:^|\s)(?:hidden|d-none|sr-only|visually-hidden|hide)(?:\s|$)")
_RIGHT = re.compile(r"text-align\s*:\s*(?:right|end)|float\s*:\s*right", re.IGNORECASE)
_CENTER = re.compile(r"text-align\s*:\s*center", re.IGNORECASE)
_RIGHT_CLASS = re.compile(
    r"(?:^|[\s_-])(?:text-right|text-end|right|author\w*|tacgia|tac-gia|signature|byline|pAuthor|PAuthor)(?:$|[\s_-])"
)
_TITLE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:\w*title|\w*tieude\w*|tieu-de|tieu_de|headline)(?:$|[\s_-])|Title(?:$|[\s_-])|lbTitle|lblTitle|TieuDe", re.IGNORECASE
)
_ANCHORS = frozenset(("a", "h1", "h2", "h3", "time", "span", "p", "font", "strong"))
"""Elements without a name that selectors may end in: their place among the blocks is kept too."""


class ZoneRules:
    """Which class and id names mean a box that is not the article, remembered by name."""

    def __init__(self, patterns: tuple[tuple[str, re.Pattern[str]], ...]) -> None:
        self._patterns = patterns
        self._known: dict[str, tuple[str, bool, bool, bool]] = {}

    def read(self, name: str) -> tuple[str, bool, bool, bool]:
        """(zone or "", set to the right, headline, hidden) of a class and id."""
        found = self._known.get(name)
        if found is None:
            zone = next((zone for zone, pattern in self._patterns if pattern.search(name)), "")
            found = zone, bool(_RIGHT_CLASS.search(name)), bool(_TITLE_CLASS.search(name)), bool(_HIDDEN_CLASS.search(name))
            if len(self._known) < 20_000:
                self._known[name] = found
        return found


def outline(root: etree._Element, zones: ZoneRules) -> Outline:
    """Blocks of the tree under `root`, in reading order. Linear in the number of nodes."""
    return _Walker(zones).walk(root)


class _Walker:
    """Depth-first with an explicit stack: Python's recursion would meet its limit on deep pages."""

    def __init__(self, zones: ZoneRules) -> None:
        self.out = Outline()
        self.zones = zones
        self.parts: list[str] = []
        self.link = self.bold = self.italic = 0
        self.in_link = self.in_bold = self.in_italic = 0
        self.owner, self.zone, self.align = -1, "", ""
        self.linked = -1

    def walk(self, root: etree._Element) -> Outline:
        stack: list[tuple[etree._Element, Iterator[etree._Element], tuple[int, str, str, int]]] = [(root, iter(root), self._enter(root))]
        while stack:
            element, children, state = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                self._leave(element, state)
                child = element
            elif self._visible(child):
                stack.append((child, iter(child), self._enter(child)))
                continue
            tail = child.tail
            if tail and stack:
                self._text(tail)
        self._flush()
        return self.out

    def _visible(self, element: etree._Element) -> bool:
        """Whether to walk into an element; counts and breaks are noted here."""
        tag = element.tag
        if tag in _ALONE or not isinstance(tag, str):
            self._note(element)
            return False
        style = element.get("style")
        if style and _HIDDEN.search(style):
            return False
        cls = element.get("class")
        return not (cls and self.zones.read(cls)[3])

    def _note(self, element: etree._Element) -> None:
        """Breaks, pictures and fields: elements that are not walked into."""
        tag = element.tag
        if tag == "br":
            self._flush(soft=True)
        elif tag == "hr":
            self._flush()
        elif tag == "img":
            self.out.images.append(len(self.out.blocks) + bool(self.parts))
        else:
            self._count_input(element)

    def _count_input(self, element: etree._Element) -> None:
        if element.tag == "textarea":
            self.out.inputs += 1
        elif element.tag == "input":
            kind = (element.get("type") or "text").lower()
            self.out.inputs += kind in ("text", "email", "tel", "password")
            self.out.passwords += kind == "password"

    def _enter(self, element: etree._Element) -> tuple[int, str, str, int]:
        """Begin an element; returns what to restore when it ends."""
        tag, block = element.tag, element.tag in _BLOCK
        if block and self.parts:
            self._flush()
        state = self.owner, self.zone, self.align, len(self.out.blocks)
        if block:
            self.out.elements.append(element)
            self.out.parents.append(self.owner)
            self.owner = len(self.out.elements) - 1
        if (
            tag in _BY_TAG
            and (self.zone in _WEAK or (self.zone == "aside" and _BY_TAG[str(tag)] == "caption"))
            and not (tag == "footer" and any(parent.tag in ("article", "main") for parent in element.iterancestors()))
        ):
            self.zone = _BY_TAG[str(tag)]
        if element.attrib:
            self._read_attributes(element)
        if tag == "a" and self.linked == len(self.parts) > 0:
            self.parts.append(" ")  # two links are two things, even where no space parts them
        if not block or tag in _BOLD:
            self.in_link += tag == "a"
            self.in_bold += tag in _BOLD
            self.in_italic += tag in _ITALIC
        text = element.text
        if text:
            self._text(text)
        return state

    def _read_attributes(self, element: etree._Element) -> None:
        style, align = element.get("style"), element.get("align")
        if align or style:
            if align == "right" or (style and _RIGHT.search(style)):
                self.align = "right"
            elif align == "center" or (style and _CENTER.search(style)):
                self.align = "center"
            elif align in ("left", "justify") or (style and "text-align" in style):
                self.align = ""
        cls, name = element.get("class"), element.get("id")
        if (cls or name) and element.tag not in ("html", "body"):
            zone, right, title, _ = self.zones.read(f"{cls or ''} {name or ''}")
            if right:
                self.align = "right"
            if zone and (self.zone in _WEAK or zone == "comment"):
                self.zone = zone
            if title:
                self.out.titles.append((len(self.out.blocks), -1))

    def _leave(self, element: etree._Element, state: tuple[int, str, str, int]) -> None:
        tag = element.tag
        block = tag in _BLOCK
        if block and self.parts:
            self._flush()
        if not block or tag in _BOLD:
            self.in_link -= tag == "a"
            self.in_bold -= tag in _BOLD
            self.in_italic -= tag in _ITALIC
        if tag == "a":
            self.linked = len(self.parts)
        self.owner, self.zone, self.align, start = state
        if element.get("class") or element.get("id") or element.get("itemprop") or element.get("data-role") or tag in _ANCHORS:
            end = len(self.out.blocks) + bool(self.parts)
            self.out.spans[element] = (start, end)
            if self.out.titles and self.out.titles[-1] == (start, -1):
                self.out.titles[-1] = (start, end)

    def _text(self, text: str) -> None:
        if text.isspace():
            if self.parts:
                self.parts.append(" ")
            return
        self.parts.append(text)
        size = len(text.strip())
        self.link += size if self.in_link else 0
        self.bold += size if self.in_bold else 0
        self.italic += size if self.in_italic else 0

    def _flush(self, soft: bool = False) -> None:
        if self.parts:
            text = fold("".join(self.parts))
            if text:
                owner = max(self.owner, 0)
                tag = str(self.out.elements[owner].tag) if self.out.elements else "div"
                self.out.blocks.append(Block(text, owner, tag, self.link, self.bold, self.italic, self.align, self.zone, soft=soft))
            self.parts.clear()
            self.linked = -1
        self.link = self.bold = self.italic = 0
