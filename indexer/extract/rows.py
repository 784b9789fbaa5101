"""Tables of data as text, one line a row; tables that only lay out the page stay as they are."""

from __future__ import annotations

from itertools import groupby

from indexer.extract.blocks import Block, Outline

SEPARATOR = " | "
LONGEST_CELL = 120


def join_rows(outline: Outline, blocks: list[Block]) -> list[Block]:
    """Cells of one data row joined to one block. A row counts when it has two cells or more, each one short line."""
    joined: list[Block] = []
    for row, group in groupby(blocks, key=lambda block: _row_of(outline, block)):
        cells = list(group)
        if row is None or len(cells) < 2 or not _is_data(outline, cells):
            joined += cells
            continue
        first = cells[0]
        joined.append(
            Block(
                SEPARATOR.join(cell.text for cell in cells),
                first.owner,
                "tr",
                sum(cell.link for cell in cells),
                sum(cell.bold for cell in cells),
                zone=first.zone,
                row=True,
            )
        )
    return joined


def _row_of(outline: Outline, block: Block) -> int | None:
    """Index of the table row a block stands in, when it stands directly in one of its cells (or in a paragraph of one)."""
    for step, index in enumerate(outline.ancestors(block.owner)):
        tag = outline.elements[index].tag
        if tag == "tr":
            return index
        if step > 3 or tag in ("table", "ul", "ol"):
            return None
    return None


def _is_data(outline: Outline, cells: list[Block]) -> bool:
    owners = {_cell_of(outline, cell) for cell in cells}
    return len(owners) == len(cells) and all(len(cell.text) <= LONGEST_CELL and not cell.zone and not cell.linked for cell in cells)


def _cell_of(outline: Outline, block: Block) -> int:
    return next((index for index in outline.ancestors(block.owner) if outline.elements[index].tag in ("td", "th")), -1)
