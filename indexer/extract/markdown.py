"""Markdown with front matter (YAML, or JSON as some portals' CMS writes it), body in Markdown or HTML."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import yaml

from indexer.extract.blocks import Block, fold
from indexer.extract.clean import clean
from indexer.extract.decode import decode
from indexer.extract.html import fragment_blocks
from indexer.extract.legacy import restore_fields
from indexer.extract.markup import unmarked_text
from indexer.extract.record import article
from indexer.model import Article, Page, Rejected

_FRONT = re.compile(r"\A\s*---[ \t]*(?P<kind>json|yaml)?[ \t]*\r?\n(?P<front>.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.DOTALL)
MAX_FRONT_CHARS = 200_000
_HTML = re.compile(r"<(?:p|div|table|ul|h[1-6]|span|br|section|article|figure|center|font)\b[^>]*>", re.IGNORECASE)


def extract_markdown(page: Page, crawled: date | None = None) -> Article | Rejected:
    """Article of a Markdown page; rejected when front matter is not a mapping or there is no text."""
    decoded = decode(page.raw, page.charset)
    try:
        front, body = front_matter(decoded.text)
    except ValueError as error:
        return Rejected(page.path, str(error))
    is_html = _HTML.search(body) is not None
    given = {name: value for name, value in front.items() if value not in ("", None)}
    # A headline alone is too little evidence of an old encoding, and Markdown's marks are letters in one of them.
    fields, named = restore_fields({**given, "text": unmarked_text(body) if is_html else body})
    if not is_html:
        body = str(fields["text"])
    title = fields.get("title")
    if title is None:
        title, body = _first_heading(body)
    blocks, legacy = fragment_blocks(body) if is_html else (markdown_blocks(body), ())
    fields = {**fields, "title": title}
    found = clean(blocks, str(title))
    rules = (*decoded.rules, *dict.fromkeys((*legacy, *named)), "body:markdown")
    return article({"url": page.url, **fields}, page.path, found, rules, crawled, decoded.encoding)


def front_matter(text: str) -> tuple[Mapping[str, object], str]:
    """(mapping, body). Raises ValueError naming what is wrong; a page without front matter gives an empty mapping."""
    match = _FRONT.match(text[: MAX_FRONT_CHARS + 100])
    if match is None:
        return {}, text
    front = match["front"]
    try:
        data = json.loads(front) if match["kind"] == "json" or front.lstrip().startswith("{") else _yaml(front)
    except (ValueError, yaml.YAMLError, RecursionError) as error:
        raise ValueError(f"front matter cannot be read: {str(error).splitlines()[0]}") from error
    if data is None:
        data = {}
    if not isinstance(data, dict):
        raise ValueError(f"front matter is {type(data).__name__}, not a mapping of keys to values")
    return {str(name).lower(): value for name, value in data.items()}, text[match.end() :]


def _yaml(front: str) -> object:
    """YAML by the safe loader; aliases are refused: a few lines of them can stand for gigabytes."""
    if re.search(r"(?m)^[^#\"']*[:\-]\s+[&*]\w", front):
        raise ValueError("aliases are not allowed")
    return yaml.safe_load(front)


def _first_heading(body: str) -> tuple[str | None, str]:
    match = re.match(r"\s*#\s+(.+?)\s*#*\s*(?:\n|\Z)", body)
    return (fold(strip_inline(match[1])), body[match.end() :]) if match else (None, body)


MAX_INLINE, MAX_MARKS = 20_000, 400
"""Code points and marks of a paragraph up to which inline Markdown is read: pairs are looked for from every mark."""
_LINK = re.compile(r"!?\[([^\[\]]{0,500})\]\((?:[^()\s]{0,1000}|<[^<>]{0,1000}>)(?:\s+\"[^\"]{0,300}\")?\)")
_EMPHASIS = re.compile(r"(?<![\w*])(\*{1,3}|_{1,3})(?=\S)(.{1,1000}?)(?<=\S)\1(?![\w*])")
_CODE = re.compile(r"`([^`]{1,1000})`")
_MARK = re.compile(r"^(?:#{1,6}\s+|>\s?)+")
_ITEM = re.compile(r"^\s*(?:[-*+]|\d{1,3}[.)])\s+")
_RULE = re.compile(r"^\s*(?:[-*_]\s*){3,}$|^\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_IMAGE_ONLY = re.compile(r"^\s*!\[([^\[\]]{0,500})\]\([^()]{0,1000}\)\s*$")


def strip_inline(text: str) -> str:
    """Markdown's inline marks taken off; the words of links stay. Paragraphs beyond MAX_INLINE are left as they are."""
    if len(text) > MAX_INLINE or text.count("*") + text.count("_") > MAX_MARKS:
        return text
    text = _LINK.sub(r"\1", text)
    for _ in range(2):
        text = _EMPHASIS.sub(r"\2", text)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!>-])", r"\1", _CODE.sub(r"\1", text))


def markdown_blocks(body: str) -> list[Block]:
    """Paragraphs, headings, list items and table rows as blocks; lines of one paragraph are joined."""
    blocks: list[Block] = []
    lines: list[str] = []

    def flush() -> None:
        text = fold(strip_inline(" ".join(lines)))
        if text:
            blocks.append(Block(text))
        lines.clear()

    for line in body.splitlines():
        image = _IMAGE_ONLY.match(line)
        if not line.strip() or _RULE.match(line) or image:
            flush()
            if image and fold(image[1]):
                blocks.append(Block(fold(image[1]), zone="caption"))
        elif line.lstrip().startswith("|"):
            flush()
            cells = [fold(strip_inline(cell)) for cell in line.strip().strip("|").split("|")]
            blocks.append(Block(" | ".join(cells), tag="tr", row=True))
        elif _MARK.match(line) or _ITEM.match(line):
            if _MARK.match(line) and not line.lstrip().startswith(">"):
                flush()
                blocks.append(Block(fold(strip_inline(_MARK.sub("", line))), tag="h2"))
            elif _ITEM.match(line):
                flush()
                lines.append(_ITEM.sub("", line))
            else:
                lines.append(_MARK.sub("", line))
        else:
            lines.append(line)
    flush()
    return blocks
