"""Where the article is on a page that no family rule knows: the narrowest element that holds most of the prose."""

from __future__ import annotations

from collections.abc import Sequence

from indexer.extract.blocks import Block, Outline
from indexer.extract.lexicon import ends_sentence, line_kind

SHARE = 0.6
"""Part of a box's prose that one box inside must hold for the article to be there (tuned on the imitated pages)."""
OUTSIDE = frozenset(("comment", "related", "nav", "footer", "share", "counter", "aside"))
"""Zones whose text is never the article's."""
_TEXT = 250
"""Code points from which text in a box called comments or footer may be the article: an office's address has fewer."""
_HEADLINES = {"h1": 15, "h2": 25, "h3": 25, "h4": 25}
"""Tags of headlines, and code points from which one is believed in a box with another name."""
_PARAGRAPHS = frozenset(("p", "h1", "h2", "h3", "h4", "h5", "li", "blockquote", "dd", "time"))


def prose(block: Block) -> int:
    """Code points of running text in a block: 0 for links, boilerplate, short lines and lines outside the article's zone."""
    size = len(block.text)
    if block.zone in OUTSIDE or block.linked or size < 35:
        return 0
    if size < 100 and not ends_sentence(block.text):
        return 0
    return 0 if size < 200 and line_kind(block.text) else size


def unzone(blocks: Sequence[Block]) -> None:
    """Forget box names when they would hide the text: a page whose only prose stands in ``class="sidebar-left"``.

    So too of the box around a headline: ``sidebar-1`` is a paper's main column.
    """
    _unzone_headlines(blocks)
    inside = sum(prose(block) for block in blocks)
    hidden: dict[str, int] = {}
    for block in blocks:
        if (
            block.zone in OUTSIDE
            and (not inside or block.zone not in ("comment", "footer"))
            and not block.linked
            and len(block.text) >= 100
            and ends_sentence(block.text)
        ):
            hidden[block.zone] = hidden.get(block.zone, 0) + len(block.text)
    wrong = {zone for zone, size in hidden.items() if inside < 0.3 * size and (size >= _TEXT or zone not in ("comment", "footer"))}
    for block in blocks if wrong else ():
        if block.zone in wrong:
            block.zone = ""


def _unzone_headlines(blocks: Sequence[Block]) -> None:
    """A box that holds a headline and prose below it is no side box, whatever its name."""
    for number, block in enumerate(blocks):
        zone, tag = block.zone, block.tag
        if tag not in _HEADLINES or zone not in OUTSIDE - {"comment", "footer"} or block.linked or len(block.text) < _HEADLINES[tag]:
            continue
        start, end = number, number
        while start and blocks[start - 1].zone in (zone, "caption"):
            start -= 1
        while end < len(blocks) and blocks[end].zone in (zone, "caption"):
            end += 1
        told = [len(below.text) for below in blocks[number:end] if ends_sentence(below.text) and not below.linked and len(below.text) >= 60]
        if told and (tag == "h1" or sum(told) >= _TEXT):
            for inside in blocks[start:end]:
                inside.zone = "" if inside.zone == zone else inside.zone


def main_span(outline: Outline) -> tuple[int, int]:
    """Blocks ``[start, end)`` of the element that holds the article; (0, 0) when the page has no prose."""
    totals, lines = [0] * len(outline.elements), [0] * len(outline.elements)
    for block in outline.blocks:
        totals[block.owner] += prose(block)
        lines[block.owner] += 1
    for index in range(len(totals) - 1, 0, -1):
        parent = outline.parents[index]
        if parent >= 0:
            totals[parent] += totals[index]
            lines[parent] += lines[index]
    if not totals or not totals[0]:
        return 0, 0
    return _blocks_of(outline, _narrow(outline, totals, lines))


def _narrow(outline: Outline, totals: Sequence[int], lines: Sequence[int]) -> int:
    """Step from the root into the child with most of the prose as long as there is one, stopping before single paragraphs."""
    children: dict[int, list[int]] = {}
    for index, parent in enumerate(outline.parents):
        children.setdefault(parent, []).append(index)
    current = 0
    while True:
        best = max(children.get(current, ()), key=totals.__getitem__, default=None)
        if best is None or totals[best] < SHARE * totals[current] or outline.elements[best].tag in _PARAGRAPHS:
            return current
        if lines[best] == 1 and lines[current] > 1:
            return current
        current = best


def _blocks_of(outline: Outline, index: int) -> tuple[int, int]:
    """Range of blocks inside an element: elements are in document order, so its subtree is one run of indices."""
    end = index + 1
    while end < len(outline.parents) and outline.parents[end] >= index:
        end += 1
    inside = [number for number, block in enumerate(outline.blocks) if index <= block.owner < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
