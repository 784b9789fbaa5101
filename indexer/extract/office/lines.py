"""Paragraphs to blocks: fonts from before Unicode undone, line breaks cut, rows of a table joined as those of pages are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from operator import attrgetter

from analyzers.encodings.fonts import read_in_fonts
from indexer.extract.blocks import Block, fold
from indexer.extract.office.letterhead import is_letterhead
from indexer.extract.office.model import Paragraph, Span
from indexer.extract.rows import LONGEST_CELL, SEPARATOR

_BOLD, _ITALIC, _MOST = attrgetter("bold"), attrgetter("italic"), 0.8


def in_unicode(paragraphs: Sequence[Paragraph]) -> tuple[str, ...]:
    """Put the texts of old fonts right, in place; the rules that fired. Neighbouring spans of a font are read as one: a letter of VNI
    may be cut between them.
    """
    joined = [list(_runs(paragraph.spans)) for paragraph in paragraphs]
    typed = [(span.text, span.font) for spans in joined for span in spans if span.font is not None]
    if not typed:
        return ()
    meant, undone = read_in_fonts(typed)
    texts = iter(meant)
    for paragraph, spans in zip(paragraphs, joined, strict=True):
        paragraph.spans = [span._replace(text=next(texts)) if span.font is not None else span for span in spans]
    return tuple(f"legacy:{name}" for name in undone)


def _runs(spans: Iterable[Span]) -> Iterator[Span]:
    """The spans, those of one old font joined; a joined one is bold or italic when most of its letters are."""
    for font, group in groupby(spans, key=attrgetter("font")):
        parts = list(group)
        if font is None:
            yield from parts
        else:
            text = "".join(part.text for part in parts)
            yield Span(text, font, _share(parts, _BOLD) >= _MOST, _share(parts, _ITALIC) >= _MOST)


def blocks_of(paragraphs: Iterable[Paragraph]) -> list[Block]:
    """The lines of paragraphs, in order, their spaces single ones; empty ones are left out."""
    found: list[Block] = []
    for row, group in groupby(paragraphs, key=attrgetter("row")):
        if row < 0:
            found += (line for paragraph in group for line in _lines(paragraph))
        else:
            found += _row(list(group))
    return found


def _row(paragraphs: Sequence[Paragraph]) -> list[Block]:
    """Cells of one data row joined to one block, each being one short line; else their lines, as of the head of an official letter."""
    found = ([line for one in group for line in _lines(one)] for _, group in groupby(paragraphs, key=attrgetter("cell")))
    cells = [lines for lines in found if lines]
    if len(cells) < 2 or any(len(lines) > 1 or len(lines[0].text) > LONGEST_CELL or is_letterhead(fold(lines[0].text)) for lines in cells):
        return [line for lines in cells for line in lines]
    text = SEPARATOR.join(lines[0].text for lines in cells)
    return [Block(text, tag="tr", bold=sum(lines[0].bold for lines in cells), row=True)]


def _lines(paragraph: Paragraph) -> Iterator[Block]:
    """A paragraph at its line breaks; a headline stays one line."""
    heading = paragraph.tag not in ("p", "li")
    lines: list[list[Span]] = [[]]
    for span in paragraph.spans:
        if "\n" not in span.text:
            lines[-1].append(span)
            continue
        first, *rest = [span.text.replace("\n", " ")] if heading else span.text.split("\n")
        lines[-1].append(span._replace(text=first))
        lines += [[span._replace(text=part)] for part in rest]
    for number, spans in enumerate(lines, start=1):
        text = " ".join("".join(span.text for span in spans).split())
        if text:
            yield Block(
                text,
                tag=paragraph.tag,
                bold=round(_share(spans, _BOLD) * len(text)),
                italic=round(_share(spans, _ITALIC) * len(text)),
                align=paragraph.align,
                zone="caption" if paragraph.caption else "",
                soft=number < len(lines),
            )


def _share(spans: Iterable[Span], flag: Callable[[Span], bool]) -> float:
    """Part of the letters that are set so."""
    letters = [(len(span.text.strip()), flag(span)) for span in spans]
    total = sum(count for count, _ in letters)
    return sum(count for count, is_set in letters if is_set) / total if total else 0.0
