"""A page's bytes to everything the rules look at: markup, tree, outline, statements of the head, possible families."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree

from indexer.extract.blocks import Block, Outline, fold
from indexer.extract.decode import Decoded
from indexer.extract.family import Family, candidates
from indexer.extract.guard import Guarded
from indexer.extract.legacy import restore_tree
from indexer.extract.lexicon import zone_rules
from indexer.extract.metadata import Metadata, metadata
from indexer.extract.outline import outline
from indexer.extract.selector import PageIndex, Selector

MARKS = 1_000_000
"""Code points of markup in which the marks of families are looked for."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """A page with a tree.

    `markup` is as decoded, scripts and comments included; `outline` covers the whole page; `families` are those whose marks stand on it.
    """

    markup: str
    index: PageIndex
    outline: Outline
    meta: Metadata
    families: tuple[Family, ...]
    encoding: str
    rules: tuple[str, ...]

    @property
    def blocks(self) -> list[Block]:
        return self.outline.blocks

    def span(self, element: etree._Element) -> tuple[int, int]:
        """Blocks ``[start, end)`` that an element holds; (0, 0) for one that is hidden or has no text."""
        return self.outline.spans.get(element, (0, 0))


def parse(decoded: Decoded, guarded: Guarded) -> Parsed | None:
    """None when the markup is refused by the guard or the parser: read it as plain text then."""
    root = None if guarded.plain else tree(guarded.text)
    if root is None:
        return None
    index, meta = PageIndex(root), metadata(decoded.text)
    rules = (*decoded.rules, *guarded.rules, *restore_tree(root, meta))
    families = candidates(index, meta.generator, decoded.text[:MARKS])
    return Parsed(decoded.text, index, outline(root, zone_rules()), meta, families, decoded.encoding, rules)


def tree(markup: str) -> etree._Element | None:
    """Root element, or None when libxml2 finds nothing. Never touches the network."""
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def read(found: tuple[Selector, etree._Element]) -> list[str]:
    """Lines of what a selector found: its attribute, or its text split where blocks end."""
    one, element = found
    if one.attribute:
        value = fold(element.get(one.attribute) or "")
        return [value] if value else []
    return [block.text for block in outline(element, zone_rules()).blocks]
