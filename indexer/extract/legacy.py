"""Text that came in a font encoding from before Unicode (TCVN3, VNI, VIQR) or twice encoded, as it was meant.

The decision is the analyzers' (`analyzers.encodings`), made over all lines of a page at once; here it is only carried out, and named.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from lxml import etree

from analyzers.encodings import repair
from indexer.extract.blocks import fold
from indexer.extract.metadata import Metadata

MAX_CHARS = 200_000
"""Code points of a page up to which it is looked at; no page in such an encoding was ever that long."""
_TEXTS, _ALL = etree.XPath("//text()"), etree.XPath("string()")


def restore(lines: Sequence[str]) -> tuple[list[str], tuple[str, ...]]:
    """The lines as they were meant, and the rule that fired, if one did: ``legacy:tcvn3``."""
    text = "\n".join(lines)
    if len(text) > MAX_CHARS:
        return list(lines), ()
    found = repair(text)
    meant = found.text.split("\n")
    if found.encoding is None or len(meant) != len(lines):
        return list(lines), ()
    return meant, (f"legacy:{found.encoding}",)


def restore_tree(root: etree._Element, meta: Metadata) -> tuple[str, ...]:
    """Put every text of a page and the statements of its head right, in place; the rule that fired, if one did."""
    text = str(_ALL(root))
    if len(text) > MAX_CHARS or repair(text).encoding is None:
        return ()
    nodes = [node for node in cast("list[etree._ElementUnicodeResult]", _TEXTS(root)) if not node.isspace()]
    head = [meta.title, *(text for _, text in meta.headlines), *meta.descriptions, *meta.authors]
    lines, rules = restore([*head, *(node.replace("\n", " ") for node in nodes)])
    if rules:
        _put_head(meta, [fold(line) for line in lines[: len(head)]])
        for node, line in zip(nodes, lines[len(head) :], strict=True):
            _put(node, line)
    return rules


def _put_head(meta: Metadata, lines: list[str]) -> None:
    count, texts = len(meta.headlines), len(meta.descriptions)
    meta.title = lines[0]
    meta.headlines = [(rule, line) for (rule, _), line in zip(meta.headlines, lines[1:], strict=False)]
    meta.descriptions = lines[1 + count : 1 + count + texts]
    meta.authors = lines[1 + count + texts :]


def _put(node: etree._ElementUnicodeResult, line: str) -> None:
    parent = node.getparent()
    if parent is not None and node.is_tail:
        parent.tail = line
    elif parent is not None:
        parent.text = line
