"""An .odt to paragraphs, by the rules of `word`: changes accepted, no headers, footers, comments or tables of contents."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from lxml import etree

from analyzers.encodings.fonts import Font, font_of
from indexer.extract.office.model import TITLE, Paragraph, Properties, Span, Written
from indexer.extract.office.package import OfficeError, Package
from indexer.extract.office.xml import child, children, get, local

_GONE = frozenset(
    (
        "tracked-changes", "annotation", "annotation-end", "note", "ruby-text", "table-of-content", "illustration-index", "table-index",
        "object-index", "user-index", "alphabetical-index", "bibliography", "forms", "sequence-decls", "variable-decls", "user-field-decls",
        "desc", "hidden-text",
    )
)  # fmt: skip
"""Elements whose text is not the text: deleted, beside it, or a list of what stands in it."""
_DEPTH = 20
_WIDEST = 100
"""Spaces that one element may stand for."""
_NAMES = {"title": "title", "initial-creator": "", "creation-date": "created", "date": "modified"}


@dataclass(frozen=True, slots=True)
class _Style:
    font: Font | None = None
    bold: bool = False
    italic: bool = False
    hidden: bool = False
    align: str = ""
    name: str = ""
    """The named style it is, or comes from."""


def read_opendocument(package: Package) -> Written:
    """The text document. Raises OfficeError."""
    if b"encryption-data" in (package.bytes_of("META-INF/manifest.xml") or b""):
        raise OfficeError("encrypted: save it without a password", damaged=False)
    content = package.tree("content.xml")
    body = child(child(content, "body"), "text")
    if content is None or body is None:
        raise OfficeError("not a text document of OpenDocument; save its text as .odt or .txt", damaged=False)
    reader = _Reader(_styles(package.tree("styles.xml"), content))
    written = Written(list(reader.blocks(body)), properties=_properties(package))
    for note in reader.noted:
        written.notes += _Reader(reader.styles).blocks(note)
    written.pictures = reader.pictures
    return written


def _properties(package: Package) -> Properties:
    found = Properties()
    try:
        root = package.tree("meta.xml")
    except OfficeError:
        return found
    stated = child(root, "meta")
    for one in stated if stated is not None else ():
        if name := _NAMES.get(local(one), ""):
            setattr(found, name, (one.text or "").strip())
    return found


def _styles(common: etree._Element | None, content: etree._Element) -> dict[str, _Style]:
    """Styles by name; those of the text alone come last and are based on the common ones."""
    elements: dict[str, etree._Element] = {}
    for root in (common, content):
        for group in ("styles", "automatic-styles"):
            elements |= {name: one for one in children(child(root, group), "style") if (name := get(one, "name"))}
    fonts = {
        name: (get(one, "font-family") or name).strip("'\"")
        for root in (common, content)
        for one in children(child(root, "font-face-decls"), "font-face")
        if (name := get(one, "name"))
    }
    known: dict[str, _Style] = {}

    def style(name: str, depth: int = 0) -> _Style:
        if name not in known:
            element = elements.get(name)
            if element is None or depth > _DEPTH:
                return _Style()
            parent = get(element, "parent-style-name")
            under = style(parent, depth + 1) if parent else _Style()
            above = element.getparent()
            automatic = above is not None and local(above) == "automatic-styles"
            known[name] = _stated(element, replace(under, name=under.name if automatic else name), fonts)
        return known[name]

    for name in elements:
        style(name)
    return known


def _stated(element: etree._Element, under: _Style, fonts: dict[str, str]) -> _Style:
    text, paragraph = child(element, "text-properties"), child(element, "paragraph-properties")
    family = get(text, "font-name")
    named = fonts.get(family, family) if family else (get(text, "font-family") or "").strip("'\"")
    weight, slope, display = get(text, "font-weight"), get(text, "font-style"), get(text, "display")
    return replace(
        under,
        font=font_of(named) if named else under.font,
        bold=weight in ("bold", "600", "700", "800", "900") if weight else under.bold,
        italic=slope in ("italic", "oblique") if slope else under.italic,
        hidden=display == "none" if display else under.hidden,
        align={"end": "right"}.get(align := get(paragraph, "text-align") or under.align, align),
    )


class _Reader:
    def __init__(self, styles: dict[str, _Style]) -> None:
        self.styles = styles
        self.noted: list[etree._Element] = []
        self.pictures = False
        self._rows = 0
        self._boxes: list[etree._Element] = []

    def blocks(self, container: etree._Element | None, row: int = -1, cell: int = -1, tag: str = "p") -> Iterator[Paragraph]:
        """Paragraphs of a body, a cell, a box or a note, in order."""
        for one in container if container is not None else ():
            name = local(one)
            if name in ("p", "h"):
                yield from self._paragraph(one, row, cell, tag)
            elif name in ("list-item", "list-header"):
                yield from self.blocks(one, row, cell, "li")
            elif name == "table-row":
                self._rows += 1
                number = self._rows
                for at, each in enumerate(children(one, "table-cell")):
                    yield from self.blocks(each, number, at)
            elif name == "text-box":
                yield from self.blocks(one)
            elif name not in _GONE and get(one, "display") != "none":
                self.pictures = self.pictures or name == "image"
                yield from self.blocks(one, row, cell, tag)

    def _paragraph(self, element: etree._Element, row: int, cell: int, tag: str) -> Iterator[Paragraph]:
        style = self.styles.get(get(element, "style-name") or "", _Style())
        named = style.name.replace("_20_", " ").lower()
        if local(element) == "h":
            tag = f"h{min(6, int(level))}" if (level := get(element, "outline-level") or "1").isdigit() else "h1"
            tag = "h2" if tag == "h1" and _is_numbered(element) else tag
        elif named == TITLE:
            tag = TITLE
        captioned = named in ("caption", "illustration", "figure", "drawing")
        found = Paragraph([], tag, style.align, captioned, row, cell)
        boxes, self._boxes = self._boxes, []
        self._inline(element, style, found.spans)
        anchored, self._boxes = self._boxes, boxes
        yield found
        for box in anchored:
            yield from self.blocks(box)

    def _inline(self, element: etree._Element, style: _Style, spans: list[Span]) -> None:
        self._add(element.text, style, spans)
        for one in element:
            name = local(one)
            if name == "span":
                self._inline(one, self._within(one, style), spans)
            elif name == "note":
                self.noted.append(note) if (note := child(one, "note-body")) is not None else None
            elif name in ("tab", "line-break"):
                self._add("\t" if name == "tab" else "\n", style, spans)
            elif name == "s":
                count = get(one, "c") or "1"
                self._add(" " * min(_WIDEST, int(count) if count.isdigit() else 1), style, spans)
            elif name == "text-box":
                self._boxes.append(one)
            elif name not in _GONE:
                self.pictures = self.pictures or name == "image"
                self._inline(one, style, spans)
            self._add(one.tail, style, spans)

    def _within(self, element: etree._Element, around: _Style) -> _Style:
        """A span's style states only what differs from its paragraph's."""
        inner = self.styles.get(get(element, "style-name") or "")
        if inner is None:
            return around
        return _Style(
            inner.font or around.font, inner.bold or around.bold, inner.italic or around.italic, inner.hidden or around.hidden, around.align
        )

    def _add(self, text: str | None, style: _Style, spans: list[Span]) -> None:
        if text and not style.hidden:
            spans.append(Span(text, style.font, style.bold, style.italic))


def _is_numbered(element: etree._Element) -> bool:
    """Whether a heading stands in a numbered list."""
    around = element.getparent()
    return around is not None and local(around) == "list-item"
