"""Articles that are a table or a list of short lines: prices of a week, a timetable, names of those who get something."""

from __future__ import annotations

from indexer.extract.blocks import Block
from indexer.extract.lexicon import ends_sentence, line_kind
from indexer.extract.main_content import OUTSIDE
from indexer.extract.parse import Parsed
from indexer.extract.rows import join_rows
from indexer.extract.title import SHORTEST, agrees, is_site_name

FEWEST = 3
"""Rows, or items, from which they are an article."""
_LETTERS = 40
"""Letters that they hold at least: a counter of visits has fewer."""
_BETWEEN = 8
"""Short lines that may stand between the headline and the table: a date, an author, buttons."""


def tabular_span(parsed: Parsed) -> tuple[int, int]:
    """Blocks ``[start, end)`` of the rows or items right below a headline that the head confirms; (0, 0) when there are none.

    For pages without any prose: their headline is that of an article, and nothing in the rows is a link.
    """
    headline = next((number for number in range(len(parsed.blocks) - 1, -1, -1) if _is_headline(parsed, parsed.blocks[number])), -1)
    if headline < 0:
        return 0, 0
    end = start = headline + 1
    while end < len(parsed.blocks) and (_may_be_inside(parsed.blocks[end]) or _heads_rows(parsed, end)):
        end += 1
    end = _end(parsed, headline, end)
    blocks = parsed.blocks[start:end]
    rows = [block for block in join_rows(parsed.outline, blocks) if block.row or block.tag == "li"]
    letters = sum(map(str.isalpha, "".join(block.text for block in rows)))
    inside = sum(block.tag in ("td", "th", "li") for block in blocks) or len(rows)
    if len(rows) < FEWEST or letters < _LETTERS or len(blocks) > _BETWEEN + 8 * max(inside, len(rows)):
        return 0, 0
    return start, end


_PAGE = frozenset(("body", "html", "form", "table", "tbody", "tr"))
"""Elements around a whole page: what stands in one with the headline may be the page's foot."""

_GAP = 2
"""Lines that may stand between two tables of one article: what the second is about."""


def _end(parsed: Parsed, headline: int, end: int) -> int:
    """Where the article ends that goes on below `headline` up to `end` at most: with the box that holds it and the first row.

    Where that is the whole page, with the last row and the sentences right below it: the page's foot has addresses and names.
    """
    outline, blocks = parsed.outline, parsed.blocks
    rows = [number for number in range(headline + 1, end) if _in_row(parsed, blocks[number])]
    if not rows:
        return end
    around = set(outline.ancestors(blocks[headline].owner))
    box = next((index for index in outline.ancestors(blocks[rows[0]].owner) if index in around), -1)
    end = next((number for number in range(rows[0], end) if box not in outline.ancestors(blocks[number].owner)), end)
    if outline.elements[box].tag in _PAGE:
        last = rows[0] + 1
        for number in rows:
            last = number + 1 if last <= number + 1 <= min(last + 1 + _GAP, end) else last
        while last < end and ends_sentence(blocks[last].text):
            last += 1
        end = last
    return end


def _in_row(parsed: Parsed, block: Block) -> bool:
    return any(parsed.outline.elements[index].tag in ("tr", "li") for index in parsed.outline.ancestors(block.owner)[:_NESTED])


_NESTED = 4
"""Elements from a line out to the row or item it stands in: a page laid out as a table is further out."""


def _is_headline(parsed: Parsed, block: Block) -> bool:
    return (
        block.tag == "h1"
        and not block.linked
        and not block.zone
        and len(block.text) >= SHORTEST
        and not is_site_name(block.text)
        and any(agrees(stated, block.text) for stated in (parsed.meta.title, *(text for _, text in parsed.meta.headlines)) if stated)
    )


def _may_be_inside(block: Block) -> bool:
    return block.zone not in OUTSIDE and not block.link and not block.heading


def _heads_rows(parsed: Parsed, number: int) -> bool:
    """Whether a heading is that of a part of the article, not of other articles or of a counter: a row without a link follows it."""
    block, following = parsed.blocks[number], parsed.blocks[number + 1 : number + 2]
    if block.zone in OUTSIDE or block.link or line_kind(block.text):
        return False
    return any(_may_be_inside(one) and _in_row(parsed, one) for one in following)
