"""Documents of word processors that tests write themselves, part by part."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from html import escape
from io import BytesIO

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_NAMESPACES = (
    f'xmlns:w="{W}" xmlns:r="{_R}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
_ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
    for name, uri in {
        "office": "office", "text": "text", "table": "table", "style": "style", "draw": "drawing", "meta": "meta",
        "fo": "xsl-fo-compatible", "svg": "svg-compatible",
    }.items()
)  # fmt: skip
STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="Binhthng"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Tiu"><w:name w:val="Title"/><w:basedOn w:val="Binhthng"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="u1"><w:name w:val="heading 1"/><w:basedOn w:val="Binhthng"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="u2"><w:name w:val="heading 2"/><w:basedOn w:val="Binhthng"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Mclc1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Chuthich"><w:name w:val="caption"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="Cu"><w:name w:val="Cu"/>'
    '<w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr></w:style>'
    '<w:style w:type="character" w:styleId="An"><w:name w:val="An"/><w:rPr><w:vanish/></w:rPr></w:style>'
)
"""Styles of a Word that speaks Vietnamese: their ids are translated, the names of built-in ones are not."""


def run(text: str, font: str = "", *, bold: bool = False, italic: bool = False, properties: str = "") -> str:
    """A run; `properties` are further ones in XML."""
    fonts = f'<w:rFonts w:ascii="{font}" w:hAnsi="{font}"/>' if font else ""
    inside = f"{fonts}{'<w:b/>' if bold else ''}{'<w:i/>' if italic else ''}{properties}"
    return f'<w:r>{f"<w:rPr>{inside}</w:rPr>" if inside else ""}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def p(content: str, style: str = "", *, align: str = "", properties: str = "") -> str:
    """A paragraph of runs, or of plain text."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    aligned = f'<w:jc w:val="{align}"/>' if align else ""
    inside = f"{named}{properties}{aligned}"
    return f"<w:p>{f'<w:pPr>{inside}</w:pPr>' if inside else ''}{content if content.startswith('<') else run(content)}</w:p>"


def table(*rows: tuple[str, ...]) -> str:
    """A table; cells are paragraphs in XML, or plain text."""
    cells = ("".join(f"<w:tc>{cell if cell.startswith('<') else p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def part(name: str, content: str) -> str:
    """A part of WordprocessingML with this root."""
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{name} {_NAMESPACES}>{content}</w:{name}>'


def docx(
    body: str,
    *,
    title: str = "",
    created: str = "",
    modified: str = "",
    styles: str = STYLES,
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """A .docx of this body; `parts` are added to its parts or take their place."""
    kinds = {"styles": "styles.xml", "footnotes": "footnotes.xml", "endnotes": "endnotes.xml"}
    core = (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/">'
        f"<dc:title>{escape(title)}</dc:title><dcterms:created>{created}</dcterms:created><dcterms:modified>{modified}</dcterms:modified>"
        "</cp:coreProperties>"
    )
    found: dict[str, str | bytes] = {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": related({"officeDocument": "word/document.xml", "core-properties": "docProps/core.xml"}),
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/styles.xml": part("styles", styles),
        "word/_rels/document.xml.rels": related(kinds),
        "docProps/core.xml": core,
    }
    return packed({**found, **(parts or {})})


def related(targets: Mapping[str, str]) -> str:
    """Relationships: last word of the type -> target."""
    inside = "".join(f'<Relationship Id="{kind}" Type="{_R}/{kind}" Target="{target}"/>' for kind, target in targets.items())
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{inside}</Relationships>'


def odt(body: str, *, styles: str = "", fonts: str = "", meta: str = "", parts: Mapping[str, str | bytes] | None = None) -> bytes:
    """An .odt of this body; `styles` are its automatic ones."""
    found: dict[str, str | bytes] = {
        "mimetype": "application/vnd.oasis.opendocument.text",
        "content.xml": f"<office:document-content {_ODF}><office:font-face-decls>{fonts}</office:font-face-decls>"
        f"<office:automatic-styles>{styles}</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "meta.xml": f'<office:document-meta xmlns:dc="http://purl.org/dc/elements/1.1/" {_ODF}><office:meta>{meta}</office:meta>'
        "</office:document-meta>",
    }
    return packed({**found, **(parts or {})})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A zip of these parts, always the same."""
    buffer = BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return buffer.getvalue()
