"""A .docx to paragraphs: as a reader sees the document with all changes accepted, without headers, footers and comments."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

from analyzers.encodings.fonts import font_of
from indexer.extract.office.model import Paragraph, Properties, Span, Written
from indexer.extract.office.package import OfficeError, Package
from indexer.extract.office.word_styles import Look, Style, Styles
from indexer.extract.office.xml import child, children, get, local

_GONE = frozenset(("del", "moveFrom", "instrText", "delText", "delInstrText", "rPr", "pPr", "sdtPr", "sdtEndPr", "customXmlPr", "rt"))
"""Elements whose text is not shown: deleted, moved away, instructions of fields, readings above characters."""
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_PICTURES = frozenset(("blip", "imagedata"))
_PICTURES_OF_LETTERS = ("wingdings", "webdings", "marlett")
_OTHERS = {"workbook": "a spreadsheet; save it as .csv", "presentation": "a presentation; save its text as .docx"}


def read_word(package: Package, main: str) -> Written:
    """The document whose main part is `main`. Raises OfficeError."""
    root = package.tree(main)
    kind = local(root) if root is not None else ""
    if root is None or kind != "document":
        raise OfficeError(f"not a document of Word but {_OTHERS.get(kind, 'something else')}", damaged=False)
    parts = package.related(main)
    styles = Styles(package.tree(parts["styles"]) if "styles" in parts else None)
    reader = _Reader(styles)
    written = Written(list(reader.blocks(child(root, "body"))), properties=_properties(package))
    notes = {kind: _notes(package, parts, kind) for kind in ("footnote", "endnote")}
    for kind, number in reader.noted:
        written.notes += _Reader(styles).blocks(notes[kind].get(number))
    written.pictures, written.foreign = reader.pictures, reader.foreign
    return written


def _notes(package: Package, parts: dict[str, str], kind: str) -> dict[str, etree._Element]:
    root = package.tree(parts[f"{kind}s"]) if f"{kind}s" in parts else None
    return {number: one for one in children(root, kind) if (number := get(one, "id")) and get(one, "type") in (None, "normal")}


def _properties(package: Package) -> Properties:
    """Core properties; a damaged part of them is no reason to refuse the text."""
    found = Properties()
    try:
        root = package.tree(package.related("").get("core-properties", "docProps/core.xml"))
    except OfficeError:
        return found
    for one in root if root is not None else ():
        name, value = local(one), (one.text or "").strip()
        if name in ("title", "created", "modified"):
            setattr(found, name, value)
    return found


class _Reader:
    """Reads one story: the body, or a note. `noted` are the references to notes it came by."""

    def __init__(self, styles: Styles) -> None:
        self._styles = styles
        self._rows = 0
        self._boxes: list[etree._Element] = []
        self._carried: list[Span] = []
        self.noted: list[tuple[str, str]] = []
        self.pictures = self.foreign = False

    def blocks(self, container: etree._Element | None, row: int = -1, cell: int = -1) -> Iterator[Paragraph]:
        """Paragraphs of a body, a cell, a box or a note, in order; what stands in boxes follows the paragraph they are anchored in."""
        for one in container if container is not None else ():
            name = local(one)
            if name == "p":
                yield from self._paragraph(one, row, cell)
            elif name == "tbl":
                yield from self._table(one)
            elif name == "AlternateContent":
                yield from self.blocks(_chosen(one), row, cell)
            elif name == "altChunk":
                self.foreign = True
            elif name not in _GONE:
                yield from self.blocks(one, row, cell)
        if self._carried:
            carried, self._carried = self._carried, []
            yield Paragraph(carried, row=row, cell=cell)

    def _table(self, table: etree._Element) -> Iterator[Paragraph]:
        for one in _inside(table, "tr"):
            properties = child(one, "trPr")
            if child(properties, "del") is not None or _says(properties, "hidden"):
                continue
            self._rows += 1
            row = self._rows
            for number, each in enumerate(_inside(one, "tc")):
                if child(child(each, "tcPr"), "cellDel") is None:
                    yield from self.blocks(each, row, number)

    def _paragraph(self, element: etree._Element, row: int, cell: int) -> Iterator[Paragraph]:
        properties = child(element, "pPr")
        style = self._styles.paragraph(properties)
        found = Paragraph(self._carried, style.tag or "p", style.align, style.caption, row, cell)
        self._carried, boxes, self._boxes = [], self._boxes, []
        self._inline(element, style, found.spans)
        anchored, self._boxes = self._boxes, boxes
        goes_on = _goes_on(properties)
        if not goes_on and not style.left_out:
            yield found
        for box in anchored:
            yield from self.blocks(box)
        self._carried = found.spans if goes_on else []

    def _inline(self, element: etree._Element, style: Style, spans: list[Span]) -> None:
        for one in element:
            name = local(one)
            if name == "r":
                self._run(one, style, spans)
            elif name == "AlternateContent":
                self._inline(_chosen(one), style, spans)
            elif name == "txbxContent":
                self._boxes.append(one)
            elif name == "textpath" and (lettering := get(one, "string")):
                spans.append(Span(lettering))
            elif name not in _GONE:
                self._inline(one, style, spans)

    def _run(self, element: etree._Element, style: Style, spans: list[Span]) -> None:
        properties = element[0] if len(element) and local(element[0]) == "rPr" else None
        look = self._styles.run(properties, style)
        if look.hidden:
            return
        text = "".join([self._text(one, look, style, spans) for one in element])
        if text and not (look.font and look.font.lower().startswith(_PICTURES_OF_LETTERS)):
            spans.append(Span(text, font_of(look.font) if look.font else None, bool(look.bold), bool(look.italic)))

    def _text(self, one: etree._Element, look: Look, style: Style, spans: list[Span]) -> str:
        """What a part of a run says; what holds runs of its own puts them into `spans`."""
        name = local(one)
        if name == "t":
            return one.text or ""
        if name in _SIGNS:
            return _SIGNS[name]
        if name == "softHyphen":
            return "\u00ad" if look.font and font_of(look.font) else ""  # which is ư in the .Vn fonts
        if name == "sym":
            return _symbol(one)
        if name in ("footnoteReference", "endnoteReference"):
            self.noted.append((name.removesuffix("Reference"), get(one, "id") or ""))
        elif name not in _GONE:
            self.pictures = self.pictures or any(local(part) in _PICTURES for part in one.iter())
            self._inline(_chosen(one) if name == "AlternateContent" else one, style, spans)
        return ""


def _chosen(alternatives: etree._Element) -> etree._Element:
    """The one branch of alternatives that is read: text boxes stand in both, once for new and once for old programs."""
    found = [one for name in ("Choice", "Fallback") for one in children(alternatives, name) if len(one)]
    return found[0] if found else alternatives


def _inside(element: etree._Element, name: str) -> Iterator[etree._Element]:
    """Rows of a table or cells of a row, also those that controls or changes are wrapped around; not those of tables inside."""
    for one in element:
        found = local(one)
        if found == name:
            yield one
        elif found in ("sdt", "sdtContent", "ins", "moveTo", "customXml"):
            yield from _inside(one, name)


def _says(properties: etree._Element | None, name: str) -> bool:
    one = child(properties, name)
    return one is not None and (get(one, "val") or "1").lower() not in ("0", "false", "off")


def _goes_on(properties: etree._Element | None) -> bool:
    """Whether the next paragraph continues this one: its mark was deleted or is hidden with the next, or it is a large first letter."""
    mark = child(properties, "rPr")
    dropped = child(mark, "del") is not None or child(mark, "moveFrom") is not None
    return dropped or _says(mark, "specVanish") or get(child(properties, "framePr"), "dropCap") in ("drop", "margin")


def _symbol(element: etree._Element) -> str:
    """A letter of an old font that was put in as a symbol; other symbols are pictures."""
    font, code = font_of(get(element, "font") or ""), get(element, "char") or ""
    try:
        return chr(int(code, 16) & 0xFF) if font else " "
    except ValueError:
        return ""
