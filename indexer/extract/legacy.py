"""Text that came in a font encoding from before Unicode (TCVN3, VNI, VIQR) or twice encoded, as it was meant.

The decision is the analyzers' (`analyzers.encodings`), made over all lines of a page at once; here it is only carried out, and named.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import cast

from lxml import etree

from analyzers.encodings import repair
from indexer.extract.blocks import Block, fold
from indexer.extract.doubt import doubtful
from indexer.extract.metadata import Metadata

MAX_CHARS = 200_000
"""Code points of a page up to which it is looked at; no page in such an encoding was ever that long."""
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
"""What a tree refuses; two bytes of an old encoding may make one."""
_HEAD = etree.XPath("//title/text() | //meta/@content")
_TEXTS, _SIZE = etree.XPath("//text()"), etree.XPath("string-length()")


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


_TEXTS_OF_FIELDS = ("title", "lead", "summary", "description", "text", "body", "author", "source", "category")


def restore_fields(fields: Mapping[str, object]) -> tuple[Mapping[str, object], tuple[str, ...]]:
    """Fields of a record or of front matter as they were meant, and the rule that fired. Sound ones cost next to nothing."""
    texts = {name: value for name in _TEXTS_OF_FIELDS if isinstance(value := fields.get(name), str) and doubtful(value)}
    parts = fields.get("body") or fields.get("text")
    if isinstance(parts, list) and all(isinstance(part, str) for part in parts) and doubtful(" ".join(parts[:3])):
        texts["body" if fields.get("body") else "text"] = "\n".join(parts)
    if not texts:
        return fields, ()
    counts = [text.count("\n") + 1 for text in texts.values()]
    lines, rules = restore("\n".join(texts.values()).split("\n"))
    if not rules:
        return fields, ()
    meant, at = dict(fields), 0
    for name, count in zip(texts, counts, strict=True):
        meant[name], at = "\n".join(lines[at : at + count]), at + count
    return meant, rules


def restore_blocks(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Put the texts of blocks right, in place; the rule that fired, if one did."""
    if not doubtful(" ".join(block.text for block in blocks[:8])):
        return ()
    lines, rules = restore([block.text for block in blocks])
    for block, line in zip(blocks, lines if rules else (), strict=False):
        block.text = fold(line) or block.text
    return rules


_FIRST_TEXTS = 40


def restore_fragment(root: etree._Element) -> tuple[str, ...]:
    """Put every text of a fragment right, in place; the rule that fired, if one did. A sound one costs next to nothing."""
    return restore_tree(root, Metadata()) if doubtful(" ".join(islice(_iterated(root), _FIRST_TEXTS))) else ()


def _iterated(root: etree._Element) -> Iterator[str]:
    return (text for text in map(str, root.itertext()) if not text.isspace())


def restore_tree(root: etree._Element, meta: Metadata) -> tuple[str, ...]:
    """Put every text of a page and the statements of its head right, in place; the rule that fired, if one did."""
    if cast("float", _SIZE(root)) > MAX_CHARS:
        return ()
    nodes = [node for node in cast("list[etree._ElementUnicodeResult]", _TEXTS(root)) if not node.isspace()]
    if repair("\n".join(nodes)).encoding is None:  # in lines: without any, the last word of a paragraph would be glued to the next
        return ()
    raw = {fold(text): text.replace("\n", " ") for text in cast("list[str]", _HEAD(root))}  # folding takes ư of TCVN3 for a soft hyphen
    head = [raw.get(text, text) for text in (meta.title, *(text for _, text in meta.headlines), *meta.descriptions, *meta.authors)]
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
    line = _NOT_XML.sub(" ", line)
    parent = node.getparent()
    if parent is not None and node.is_tail:
        parent.tail = line
    elif parent is not None:
        parent.text = line
