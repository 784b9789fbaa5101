"""Where things stand on a page: the article's box, the headline, the first and the last line of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.blocks import Block, fold
from indexer.extract.family import Family
from indexer.extract.lexicon import line_kind
from indexer.extract.main_content import OUTSIDE, main_span, prose, unzone
from indexer.extract.parse import Parsed, read
from indexer.extract.rows import join_rows
from indexer.extract.title import choose, key, unglued

_COMMENT_TITLE = re.compile(r"\A\s*<!--\s*title:\s*(.{1,300}?)\s*-->", re.IGNORECASE)
_FAMILY_TEXT = 120
"""Code points of prose that make a family's box believable where the generic rules find more elsewhere."""


@dataclass(frozen=True, slots=True)
class Layout:
    """`body`: the box's blocks, table rows joined. `start`: block number where the box begins; `first` and `last`: of its prose.

    `title_at` is the block number of the headline, -1 when it stands only in the head.
    """

    body: tuple[Block, ...]
    family: Family | None
    start: int
    first: int
    last: int
    title: str
    title_rule: str
    title_at: int


def layout(parsed: Parsed) -> Layout:
    """Decide where the article is and what it is called."""
    unzone(parsed.blocks)
    (start, end), family = _box(parsed)
    body = _kept(parsed, start, end)
    numbers = [number for number in range(start, end) if prose(parsed.blocks[number])]
    first, last = (numbers[0], numbers[-1]) if numbers else (start, max(start, end - 1))
    above = first if numbers else len(parsed.blocks)
    title, rule = _title(parsed, family, above)
    return Layout(tuple(body), family, start, first, last, title, rule, _title_at(parsed.blocks, title, above))


def _box(parsed: Parsed) -> tuple[tuple[int, int], Family | None]:
    """The family's box when it has text, else the narrowest element with most of the prose."""
    generic = main_span(parsed.outline)
    size = _prose(parsed, generic)
    for family in parsed.families:
        span = _family_box(parsed, family)
        text = _prose(parsed, span)
        if text and (text >= 0.5 * size or (text >= _FAMILY_TEXT and family.name != "common")):
            return span, family
    return generic, None


def _family_box(parsed: Parsed, family: Family) -> tuple[int, int]:
    """Blocks of the first body selector that finds text; neighbours found by the same selector are parts of one article."""
    for one in family.selectors["body"]:
        spans = sorted({parsed.span(element) for element in one.find(parsed.index)[:40]})
        for span in spans:
            _unhide(parsed.blocks, span)
        best = max(spans, key=lambda span: _prose(parsed, span), default=(0, 0))
        if _prose(parsed, best):
            return _with_parts(parsed, best, spans)
    return 0, 0


def _unhide(blocks: list[Block], span: tuple[int, int]) -> None:
    """A box that a family knows is the article, whatever the box around it is called."""
    inside = blocks[span[0] : span[1]]
    zones = {block.zone for block in inside}
    if len(zones) == 1 and zones <= OUTSIDE - {"comment", "footer"}:
        for block in inside:
            block.zone = ""


def _with_parts(parsed: Parsed, best: tuple[int, int], spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Further parts of the article right behind or before the best box, nothing but short lines between."""
    start, end = best
    for span in spans:
        if span[0] >= end and _continues(parsed, end, span[0], span):
            end = span[1]
    for span in reversed(spans):
        if span[1] <= start and _continues(parsed, span[1], start, span):
            start = span[0]
    return start, end


def _continues(parsed: Parsed, end: int, start: int, part: tuple[int, int]) -> bool:
    """Whether nothing but short unlinked lines parts two boxes and the part has text."""
    gap = parsed.blocks[end:start]
    return len(gap) <= 2 and not any(block.linked or line_kind(block.text) for block in gap) and _prose(parsed, part) >= 200


def _prose(parsed: Parsed, span: tuple[int, int]) -> int:
    return sum(prose(block) for block in parsed.blocks[span[0] : span[1]])


def _kept(parsed: Parsed, start: int, end: int) -> list[Block]:
    """Blocks of the box without the boxes that families name as foreign, table rows joined."""
    dropped: set[int] = set()
    for one in parsed.families:
        for _, element in one.find(parsed.index, "drop"):
            low, high = parsed.span(element)
            if start <= low and high - low < end - start:
                dropped.update(range(low, high))
    return join_rows(parsed.outline, [block for number, block in enumerate(parsed.blocks[start:end], start) if number not in dropped])


def _title(parsed: Parsed, family: Family | None, first: int) -> tuple[str, str]:
    comment = _COMMENT_TITLE.match(parsed.markup)
    if comment:
        return fold(comment[1]), "comment"
    own = []
    for one in ordered(parsed, family):
        for pair in one.find(parsed.index, "title"):
            span = parsed.span(pair[1])
            if span[0] <= first and not any(
                block.zone in ("nav", "footer", "related", "aside") for block in parsed.blocks[span[0] : span[1]]
            ):
                own += read(pair)[:1]
    hinted = {number for low, high in parsed.outline.titles if 0 < high - low <= 2 for number in range(low, high)}
    headings = [
        (block, number in hinted)
        for number, block in enumerate(parsed.blocks[:first])
        if len(block.text) <= 300
        and block.zone not in ("nav", "footer", "related", "aside", "counter")
        and not (block.linked and not block.heading)
    ]
    return choose(parsed.meta, own, headings)


def ordered(parsed: Parsed, family: Family | None) -> list[Family]:
    """Families to ask, the page's own first."""
    return [*([family] if family else []), *(one for one in parsed.families if one is not family)]


def _title_at(blocks: list[Block], title: str, first: int) -> int:
    wanted = key(title)
    return (
        next((number for number in range(min(first, len(blocks) - 1), -1, -1) if key(unglued(blocks[number].text)) == wanted), -1)
        if wanted
        else -1
    )
