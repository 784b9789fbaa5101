"""Where the article is on a page that no family rule knows: the narrowest element that holds most of the prose."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.extract.blocks import Block, Outline
from indexer.extract.lexicon import ends_sentence, line_kind

SHARE = 0.6
"""Part of a box's prose that one box inside must hold for the article to be there (tuned on the imitated pages)."""
_OUT = frozenset(("comment", "related", "nav", "footer", "share", "counter", "aside"))
_SOFT = frozenset(("related", "share", "counter", "aside", "date", "author", "source", "caption", "nav"))


def prose(block: Block) -> int:
    """Code points of running text in a block: 0 for links, boilerplate, short lines and lines outside the article's zone."""
    size = len(block.text)
    if block.zone in _OUT or block.linked or size < 35:
        return 0
    if size < 100 and not ends_sentence(block.text):
        return 0
    return 0 if size < 200 and line_kind(block.text) else size


def unzone(blocks: Sequence[Block]) -> None:
    """Forget box names when they would hide the text: a page whose only prose stands in `class="sidebar-left"`."""
    inside = sum(prose(block) for block in blocks)
    hidden = [block for block in blocks if block.zone in _SOFT and not block.linked and len(block.text) >= 100 and ends_sentence(block.text)]
    if hidden and inside < 0.3 * sum(len(block.text) for block in hidden):
        zones = {block.zone for block in hidden}
        for block in blocks:
            if block.zone in zones:
                block.zone = ""


def main_element(outline: Outline) -> int | None:
    """Index of the element that holds the article; None when the page has no prose."""
    totals = [0] * len(outline.elements)
    for block in outline.blocks:
        totals[block.owner] += prose(block)
    children: dict[int, list[int]] = {}
    for index in range(len(totals) - 1, -1, -1):
        parent = outline.parents[index]
        children.setdefault(parent, []).append(index)
        if parent >= 0:
            totals[parent] += totals[index]
    roots = children.get(-1, [])
    current = max(roots, key=lambda index: totals[index], default=None)
    if current is None or totals[current] == 0:
        return None
    while True:
        best = max(children.get(current, ()), key=lambda index: totals[index], default=None)
        if best is None or totals[best] < SHARE * totals[current] or _is_paragraph(outline, best):
            return current
        current = best


def _is_paragraph(outline: Outline, index: int) -> bool:
    """Whether an element is one paragraph and not a box of them."""
    return outline.elements[index].tag in ("p", "h1", "h2", "h3", "h4", "li", "blockquote") or (
        sum(1 for block in outline.blocks if block.owner == index) == 1 and not any(parent == index for parent in outline.parents[index + 1 : index + 2])
    )


def end_of(outline: Outline, index: int) -> int:
    """First element index after the subtree of `index`: elements are in document order."""
    inside = {index}
    position = index + 1
    while position < len(outline.parents) and outline.parents[position] in inside:
        inside.add(position)
        position += 1
    return position


def blocks_of(outline: Outline, index: int) -> list[Block]:
    """Blocks that stand inside an element."""
    end = end_of(outline, index)
    return [block for block in outline.blocks if index <= block.owner < end]
