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
_SECTIONS = frozenset(("section", "div", "article"))
_SECTION = 60
"""Code points of prose from which a box beside is a section of the article."""
_SHORT_LINE = 24
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
    told = teasers(outline.blocks)
    for passed in (told, frozenset[int]()):
        totals, lines = _amounts(outline, passed)
        if totals and totals[0]:
            return _blocks_of(outline, _narrow(outline, totals, lines))
    return 0, 0


def _amounts(outline: Outline, passed: frozenset[int]) -> tuple[list[int], list[int]]:
    """Prose and lines inside each element; the prose of the blocks that are passed over does not count."""
    totals, lines = [0] * len(outline.elements), [0] * len(outline.elements)
    for number, block in enumerate(outline.blocks):
        totals[block.owner] += prose(block) if number not in passed else 0
        lines[block.owner] += 1
    for index in range(len(totals) - 1, 0, -1):
        parent = outline.parents[index]
        if parent >= 0:
            totals[parent] += totals[index]
            lines[parent] += lines[index]
    return totals, lines


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
        if (lines[best] == 1 and lines[current] > 1) or _one_of_several(outline, best, children[current], totals):
            return current
        current = best


def _one_of_several(outline: Outline, best: int, siblings: Sequence[int], totals: Sequence[int]) -> bool:
    """Whether the box beside holds text too and no link: sections of one article, made alike."""
    one = outline.elements[best]
    return one.tag in _SECTIONS and any(
        index != best
        and totals[index] >= _SECTION
        and (outline.elements[index].tag, outline.elements[index].get("class")) == (one.tag, one.get("class"))
        and not any(block.link for block in outline.blocks[slice(*_blocks_of(outline, index))])
        for index in siblings
    )


def teasers(blocks: Sequence[Block]) -> frozenset[int]:
    """Numbers of lines below a linked headline that belong to it: two such pairs or more in a row, short lines (dates) between or not."""
    lines = [number for number, block in enumerate(blocks) if block.linked or len(block.text) > _SHORT_LINE]
    pairs = {
        at
        for at in range(1, len(lines))
        if (above := blocks[lines[at - 1]]).linked and len(above.text) >= 15 and _unlinked(blocks[lines[at]])
    }
    return frozenset(lines[at] for at in pairs if at + 2 in pairs or at - 2 in pairs)


def _unlinked(block: Block) -> bool:
    return not block.linked and block.zone not in OUTSIDE


def _blocks_of(outline: Outline, index: int) -> tuple[int, int]:
    """Range of blocks inside an element: elements are in document order, so its subtree is one run of indices."""
    end = index + 1
    while end < len(outline.parents) and outline.parents[end] >= index:
        end += 1
    inside = [number for number, block in enumerate(outline.blocks) if index <= block.owner < end]
    return (inside[0], inside[-1] + 1) if inside else (0, 0)
