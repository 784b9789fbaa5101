"""What a word processor's document is to every later step: paragraphs of spans, in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from analyzers.encodings.fonts import Font

TITLE = "title"
"""`tag` of a paragraph in the style *Title*; others are those of HTML: ``h1`` … ``h6``, ``li``, ``p``."""


class Span(NamedTuple):
    """Text as it stands in the file, line breaks as ``\\n``; `font` only where it is one from before Unicode."""

    text: str
    font: Font | None = None
    bold: bool = False
    italic: bool = False


@dataclass(slots=True)
class Paragraph:
    """`row` and `cell` number the table row and cell it stands directly in, -1 outside of tables. `caption`: its style says so."""

    spans: list[Span] = field(default_factory=list)
    tag: str = "p"
    align: str = ""
    caption: bool = False
    row: int = -1
    cell: int = -1


@dataclass(slots=True)
class Properties:
    """What the file says about itself: its title, and moments in ISO 8601, "" where it does not."""

    title: str = ""
    created: str = ""
    modified: str = ""


@dataclass(slots=True)
class Written:
    """A document as written: `notes` are foot- and endnotes in the order of their references; `pictures` says that it has some.

    `foreign`: part of the text is embedded in another format, which is not read.
    """

    paragraphs: list[Paragraph] = field(default_factory=list)
    notes: list[Paragraph] = field(default_factory=list)
    properties: Properties = field(default_factory=Properties)
    pictures: bool = False
    foreign: bool = False
