"""How text looks in a Word document as far as that tells something: bold, italic, hidden, font, alignment, what a paragraph is.

A property stands in the run, else in its character style, the paragraph's style or what these are based on, else in the defaults.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from lxml import etree

from indexer.extract.office.model import TITLE
from indexer.extract.office.xml import child, children, get, local

_DEPTH = 20
"""Styles based on each other; Word allows eleven."""
_OFF = frozenset(("0", "false", "off", "none"))
_ON = frozenset(("1", "true", "on"))
_TOGGLES = {"b": "bold", "i": "italic", "vanish": "hidden"}
_LEFT_OUT = re.compile(r"(?:toc|index)(?: \d| heading)?|table of (?:figures|authorities)|contents \d|header|footer")
_HEADING = re.compile(r"heading ([1-6])")


@dataclass(frozen=True, slots=True)
class Look:
    """Of a run; None where it is not said. `font` is the name for letters beyond ASCII, "" for one of the theme."""

    bold: bool | None = None
    italic: bool | None = None
    hidden: bool | None = None
    font: str | None = None

    def over(self, under: Look) -> Look:
        """This look, and the one below where it says nothing."""
        return Look(
            under.bold if self.bold is None else self.bold,
            under.italic if self.italic is None else self.italic,
            under.hidden if self.hidden is None else self.hidden,
            under.font if self.font is None else self.font,
        )


@dataclass(frozen=True, slots=True)
class Style:
    """A style with what it is based on. `tag` as in `model.Paragraph`; `left_out`: a table of contents, which repeats the text."""

    look: Look = field(default_factory=Look)
    tag: str = ""
    align: str = ""
    caption: bool = False
    left_out: bool = False


def look_of(properties: etree._Element | None) -> Look:
    """The look that run properties state."""
    said: dict[str, bool] = {}
    font: str | None = None
    for one in properties if properties is not None else ():
        name = local(one)
        if name in _TOGGLES:
            said[_TOGGLES[name]] = (get(one, "val") or "1").lower() not in _OFF
        elif name == "rFonts":
            font = "" if get(one, "hAnsiTheme") or get(one, "asciiTheme") else get(one, "hAnsi") or get(one, "ascii")
    return Look(said.get("bold"), said.get("italic"), said.get("hidden"), font)


class Styles:
    """The styles of a document, by their ids; None for one without a part for them."""

    def __init__(self, root: etree._Element | None) -> None:
        self._elements = {style_id: one for one in children(root, "style") if (style_id := get(one, "styleId"))}
        self._known: dict[str, Style] = {}
        defaults = child(child(child(root, "docDefaults"), "rPrDefault"), "rPr")
        self._defaults = look_of(defaults)
        normal = (name for name, one in self._elements.items() if get(one, "type") == "paragraph" and get(one, "default") in _ON)
        self._normal = next(normal, "")

    def paragraph(self, properties: etree._Element | None) -> Style:
        """How a paragraph with these properties looks."""
        style = self._of(get(child(properties, "pStyle"), "val") or self._normal)
        return self._stated(properties, replace(style, look=style.look.over(self._defaults)))

    def run(self, properties: etree._Element | None, paragraph: Style) -> Look:
        """How a run with these properties looks in such a paragraph."""
        if properties is None:
            return paragraph.look
        named = get(child(properties, "rStyle"), "val")
        look = look_of(properties)
        return (look.over(self._of(named).look) if named else look).over(paragraph.look)

    def _of(self, name: str, depth: int = 0) -> Style:
        if name in self._known:
            return self._known[name]
        element = self._elements.get(name)
        if element is None or depth > _DEPTH:
            return Style()
        based = get(child(element, "basedOn"), "val")
        under = self._of(based, depth + 1) if based else Style()
        called = (get(child(element, "name"), "val") or name).strip().lower()
        heading = _HEADING.fullmatch(called)
        style = replace(
            under,
            look=look_of(child(element, "rPr")).over(under.look),
            tag=TITLE if called == "title" else f"h{heading[1]}" if heading else under.tag,
            caption=under.caption or called == "caption",
            left_out=under.left_out or bool(_LEFT_OUT.fullmatch(called)),
        )
        self._known[name] = style = self._stated(child(element, "pPr"), style)
        return style

    def _stated(self, properties: etree._Element | None, under: Style) -> Style:
        """The style with what paragraph properties say beside it."""
        tag, align = under.tag, under.align
        for one in properties if properties is not None else ():
            name = local(one)
            if name == "jc":
                align = {"end": "right"}.get(value := get(one, "val") or "", value)
            elif name == "outlineLvl" and tag != TITLE and (level := get(one, "val") or "").isdigit():
                tag = f"h{int(level) + 1}" if int(level) < 6 else ""
            elif name == "numPr" and (get(child(one, "numId"), "val") or "0") != "0":
                tag = {"": "li", "h1": "h2"}.get(tag, tag)  # a numbered heading is that of a section, never the document's
        return replace(under, tag=tag, align=align)
