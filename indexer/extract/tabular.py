"""Articles that are a table or a list of short lines: prices of a week, a timetable, names of those who get something."""

from __future__ import annotations

from indexer.extract.blocks import Block
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
    while end < len(parsed.blocks) and _may_be_inside(parsed.blocks[end]):
        end += 1
    blocks = parsed.blocks[start:end]
    rows = [block for block in join_rows(parsed.outline, blocks) if block.row or block.tag == "li"]
    letters = sum(map(str.isalpha, "".join(block.text for block in rows)))
    inside = sum(block.tag in ("td", "th", "li") for block in blocks) or len(rows)
    if len(rows) < FEWEST or letters < _LETTERS or len(blocks) > _BETWEEN + 8 * max(inside, len(rows)):
        return 0, 0
    return start, end


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
