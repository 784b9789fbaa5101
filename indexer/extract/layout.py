"""Where things stand on a page: the article's box, the headline, the first and the last line of the text."""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.extract.blocks import Block, Outline, fold
from indexer.extract.captions import LONGEST
from indexer.extract.family import Family
from indexer.extract.lexicon import ends_sentence, line_kind
from indexer.extract.main_content import OUTSIDE, main_span, prose, unzone
from indexer.extract.parse import Parsed, read
from indexer.extract.rows import join_rows
from indexer.extract.tabular import tabular_span
from indexer.extract.title import SHORTEST, choose, key, unglued

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
    tabular: bool = False
    """Whether the article is a table or a list, without any prose."""


def layout(parsed: Parsed) -> Layout:
    """Decide where the article is and what it is called."""
    unzone(parsed.blocks)
    _caption(parsed.outline)
    _relate(parsed.outline)
    (start, end), family = _box(parsed)
    tabular = end == 0 and (found := tabular_span(parsed)) != (0, 0)
    if tabular:
        start, end = found
    body = _kept(parsed, start, end)
    numbers = _below_headline(parsed, [number for number in range(start, end) if prose(parsed.blocks[number])])
    first, last = (numbers[0], numbers[-1]) if numbers else (start, max(start, end - 1))
    above = first if numbers or tabular else len(parsed.blocks)
    title, rule = _title(parsed, family, above)
    title_at = _title_at(parsed.blocks, title, above)
    if start < title_at < end:  # what stands in the box above its headline is the page's, not the article's
        head = {id(block) for block in parsed.blocks[start:title_at]}
        body = [block for block in body if id(block) not in head]
    return Layout(tuple(body), family, start, first, last, title, rule, title_at, tabular)


def _caption(outline: Outline) -> None:
    """Know captions by how they are set: right below a picture, centred, in italics."""
    for number in outline.images:
        block = outline.blocks[number] if number < len(outline.blocks) else None
        if block and not block.zone and not block.linked and block.align == "center" and block.slanted and len(block.text) <= LONGEST:
            block.zone = "caption"


_TEASER = 240
"""Code points of text that a box of other articles may hold for each of its links."""


def _relate(outline: Outline) -> None:
    """Know a box of other articles by its first line: the innermost that begins with it and holds a link, teasers and all."""
    for number, block in enumerate(outline.blocks):
        if block.zone or block.linked or line_kind(block.text) != "related":
            continue
        for index in outline.ancestors(block.owner):
            start, end = outline.spans.get(outline.elements[index], (0, 0))
            if start != number:
                break
            links = sum(inside.linked for inside in outline.blocks[start:end])
            if links:
                if sum(prose(inside) for inside in outline.blocks[start:end]) <= _TEASER * links:
                    for inside in outline.blocks[start:end]:
                        inside.zone = inside.zone or "related"
                break


_GREETING = 0.3
"""Part of a box's prose that may stand above its headline: a greeting, a hotline. More is an article with a heading inside."""


def _below_headline(parsed: Parsed, numbers: list[int]) -> list[int]:
    """The prose without what a page says above the headline (``Chào mừng bạn đến với …``)."""
    blocks = parsed.blocks
    hinted = {low for low, high in parsed.outline.titles if high - low == 1}
    total = sum(prose(blocks[number]) for number in numbers)
    above = 0
    for at, number in enumerate(numbers[1:], start=1):
        above += prose(blocks[numbers[at - 1]])
        if above > _GREETING * total:
            break
        between = range(numbers[at - 1] + 1, number)
        if any(_is_headline(blocks[line], line in hinted) for line in between):
            return numbers[at:]
    return numbers


def _is_headline(block: Block, hinted: bool) -> bool:
    return (
        (block.tag == "h1" or hinted) and not block.linked and len(block.text) >= SHORTEST and not block.zone and not line_kind(block.text)
    )


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


def _overflow(parsed: Parsed, end: int) -> int:
    """Where the text ends that follows a box without a break: a stray end tag closes the box in mid-article."""
    inside = [block for block in parsed.blocks[:end] if prose(block)]
    last, paragraphs, size, whole = end, 0, 0, False
    for number in range(end, len(parsed.blocks)):
        block = parsed.blocks[number]
        if block.link or block.zone not in ("", "caption") or block.heading or line_kind(block.text) or len(block.text) < 35:
            break
        if prose(block):
            last, paragraphs, size = number + 1, paragraphs + 1, size + len(block.text)
            whole = whole or (block.tag == inside[-1].tag and ends_sentence(block.text))
    return last if whole or (paragraphs >= 2 and size >= 200) else end


def _unhide(blocks: list[Block], span: tuple[int, int]) -> None:
    """A box that a family knows is the article, whatever the box around it is called."""
    inside = blocks[span[0] : span[1]]
    zones = {block.zone for block in inside} - {"caption"}
    if len(zones) == 1 and zones <= OUTSIDE - {"comment", "footer"}:
        for block in inside:
            block.zone = block.zone if block.zone == "caption" else ""


def _with_parts(parsed: Parsed, best: tuple[int, int], spans: list[tuple[int, int]]) -> tuple[int, int]:
    """Further parts of the article right behind or before the best box, nothing but short lines between."""
    start, end = best
    for span in spans:
        if span[0] >= end and _continues(parsed, end, span[0], span):
            end = span[1]
    for span in reversed(spans):
        if span[1] <= start and _continues(parsed, span[1], start, span):
            start = span[0]
    return start, _overflow(parsed, end)


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
