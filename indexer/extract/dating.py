"""Which lines of a page may state its date: the family's place, after the title, just above it, labelled ones below the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from lxml import etree

from analyzers.dates import given_date
from analyzers.dates.line import LABELLED, date_line, month_line
from indexer.extract.blocks import Block, Outline
from indexer.extract.clean import Cleaned
from indexer.extract.family import Family
from indexer.extract.layout import Layout, ordered
from indexer.extract.lexicon import line_kind
from indexer.extract.parse import Parsed, read
from indexer.extract.selector import Selector

_NEVER = frozenset(("footer", "related", "nav", "counter", "comment", "aside"))
_NOW_NAME = re.compile(r"current|clock|today|\bnow\b|hien-?tai|dong-?ho|hom-?nay|ngay-?gio", re.IGNORECASE)
_CLOCK_NAME = re.compile(r"current|clock|today|now\b|hien-?tai|dong-?ho|header|top|hdr", re.IGNORECASE)
_ABOVE, _BELOW = 3, 10
"""Blocks above the title and below the text in which a date line may stand."""

_MENU = 4
"""Linked lines above a headline that are a menu: a breadcrumb has fewer."""

Line = tuple[str, str, str]


def date_lines(parsed: Parsed, where: Layout, found: Cleaned) -> list[Line]:
    """(rule, ISO day or month, evidence) of date lines, most trustworthy first."""
    blocks, title_at = parsed.blocks, where.title_at
    lines = _family(parsed, where)
    if title_at >= 0:
        between, inside = blocks[title_at + 1 : where.first], blocks[title_at : title_at + 1]
        lines += [*_read(between, 0), *_read(inside, 2), *_above_title(parsed.outline, title_at)]
    else:
        between = blocks[max(0, where.first - 5) : where.first]
        lines += _read(between, 2)
    lines += [("visible-date", iso, line) for iso, strength, line in found.dates if strength >= 2]
    below = _until_related(blocks[where.last + 1 : where.last + 1 + _BELOW])
    lines += _read([block for block in below if not block.link and not line_kind(block.text)], LABELLED)
    lines += [("visible-date", month, block.text) for block in between if block.zone not in _NEVER and (month := month_line(block.text))]
    return lines


def _family(parsed: Parsed, where: Layout) -> list[Line]:
    """What the family's date selectors find, as long as it stands with the article and is not the header's clock."""
    for one in ordered(parsed, where.family):
        lines: list[Line] = []
        for pair in one.find(parsed.index, "date"):
            if pair[0].attribute or _stands_with(parsed, where, one, pair):
                rule = "microdata" if "itemprop" in pair[0].source else "visible-date"
                lines += [line for text in read(pair) if (line := _one(text, rule, pair[0].attribute is not None))]
        if lines:
            return lines[:3]
    return []


def _stands_with(parsed: Parsed, where: Layout, family: Family, pair: tuple[Selector, etree._Element]) -> bool:
    """Whether a place that a selector found belongs to the article: hidden microdata, or between headline and the end of the text.

    Names that any page may use (``.date``) count only up to the beginning of the text: lists below have them too.
    """
    (start, end), source = parsed.span(pair[1]), pair[0].source
    if end == 0:
        return "itemprop" in source
    if start > where.last + _BELOW or any(block.zone in _NEVER for block in parsed.blocks[start:end]):
        return False
    if start >= where.title_at:
        return family.name != "common" or start < max(where.first, where.title_at + 1) or "itemprop" in source
    name = _name(pair[1])
    near = start >= where.title_at - _ABOVE and not _CLOCK_NAME.search(name)
    return near and ("pnHide" in source or parsed.blocks[start] in _above(parsed.outline, where.title_at))


def _one(text: str, rule: str, attribute: bool) -> Line | None:
    if attribute or rule == "microdata":
        day = given_date(text)
        if day is not None and len(day) == 10:
            return (rule if rule == "microdata" else "time", day, text)
    line = date_line(text)
    return (rule, line.iso, line.evidence) if line is not None else None


def _read(blocks: Sequence[Block], strength: int) -> list[Line]:
    near = [block.text for block in blocks if block.zone not in _NEVER and block.link * 10 <= len(block.text) * 9]
    lines = [line for text in near if (line := date_line(text)) is not None and line.strength >= strength]
    return [("visible-date", line.iso, line.evidence) for line in sorted(lines, key=lambda line: -line.strength)]


def _above_title(outline: Outline, title_at: int) -> list[Line]:
    """Date lines above the headline: with a clock, or in a place that is named after dates and not after the present."""
    lines = []
    for block in _above(outline, title_at):
        name = _name(outline.elements[block.owner])
        if not _NOW_NAME.search(name):
            lines += _read([block], 0 if block.zone == "date" and not _CLOCK_NAME.search(name) else 2)
    return lines


def _name(element: etree._Element) -> str:
    return f"{element.get('id') or ''} {element.get('class') or ''}"


def _above(outline: Outline, title_at: int) -> list[Block]:
    """Lines just above the headline that stand in one box with it, nearest first: the header's clock stands in another."""
    around = outline.ancestors(outline.blocks[title_at].owner)
    kept = []
    for number in range(title_at - 1, max(-1, title_at - 1 - _ABOVE), -1):
        chain = set(outline.ancestors(outline.blocks[number].owner))
        shared = next((index for index in around if index in chain), -1)
        if shared < 0 or outline.elements[shared].tag in ("body", "html", "form") or _holds_menu(outline, shared, title_at):
            break
        kept.append(outline.blocks[number])
    return kept


def _holds_menu(outline: Outline, box: int, title_at: int) -> bool:
    """Whether a box holds the page's menu above the headline: then it is the page's, clock and all."""
    links = 0
    for number in range(title_at - 1, -1, -1):
        block = outline.blocks[number]
        if block.owner < box:
            break
        links += block.linked
    return links >= _MENU


def _until_related(blocks: Sequence[Block]) -> list[Block]:
    kept: list[Block] = []
    for block in blocks:
        if line_kind(block.text) in ("related", "comments") or block.zone in ("related", "comment"):
            break
        kept.append(block)
    return kept
