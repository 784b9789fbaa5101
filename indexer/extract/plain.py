"""A page read without a tree: for markup that no tree parser should see. The text is all there; boxes are not known."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date
from itertools import islice

from analyzers.dates import DateClues, PartialDate, published
from analyzers.text import nfc
from indexer.extract.blocks import Block, fold
from indexer.extract.clean import Cleaned, clean
from indexer.extract.title import cut_site
from indexer.model import Article, Page, Rejected

_HIDDEN = re.compile(r"<(noscript|template|head)\b", re.IGNORECASE)
_HIDDEN_ENDS = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in ("noscript", "template", "head")}
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:]*)")
_INLINE = frozenset(("span", "b", "i", "u", "em", "strong", "font", "a", "sub", "sup", "small", "big", "o:p", "abbr", "mark"))
_TITLE = re.compile(r"<title[^>]{0,200}>([^<]{0,1000})</title", re.IGNORECASE)
MAX_LINES = 12_000
"""Lines that are kept: a page with more is no article, and each costs 40 µs."""


MAX_PIECES = 600_000
"""Pieces between angle brackets that are looked at: bounds the work on pages of nothing but tags."""


def text_blocks(markup: str) -> list[Block]:
    """Lines of text between block tags; linear in the markup whatever is in it."""
    pieces = _shown(markup).replace("\n", " ").split("<", MAX_PIECES)
    parts = [pieces[0]]
    for piece in pieces[1:]:
        name = _NAME.match(piece)
        end = piece.find(">")
        if name is None and not piece.startswith(("!", "?")):
            parts.append("<" + piece)
        elif end >= 0:
            parts += ["" if name and name[1].lower() in _INLINE else "\n", piece[end + 1 :]]
    lines = (fold(html.unescape(line)) for line in "".join(parts).split("\n") if line and not line.isspace())
    return [Block(line) for line in islice((line for line in lines if line), MAX_LINES)]


def _shown(markup: str) -> str:
    """Markup without the elements that are never shown; one that does not end hides nothing."""
    parts, position, endless = [], 0, set()
    for match in _HIDDEN.finditer(markup):
        name = match[1].lower()
        if match.start() < position or name in endless:
            continue
        end = _HIDDEN_ENDS[name].search(markup, match.end())
        if end is None:
            endless.add(name)
        else:
            parts.append(markup[position : match.start()])
            position = end.end()
    return "\n".join([*parts, markup[position:]])


def extract_plain_html(page: Page, markup: str, encoding: str, rules: Sequence[str], crawled: date | None) -> Article | Rejected:
    """Article of a page whose markup was refused; marked ``body:plain``."""
    blocks = text_blocks(markup)
    stated = _TITLE.search(markup)
    title = cut_site(fold(nfc(html.unescape(stated[1])))) if stated else ""
    title = title or (blocks[0].text[:200] if blocks else "")
    found = clean(blocks, title)
    if not title or not found.body:
        return Rejected(page.path, "no text found")
    when = published(DateClues(url=page.url, paragraphs=tuple(found.body[:20]), crawled=crawled))
    return article_of(page, title, found, when, encoding, (*rules, "body:plain"))


def article_of(page: Page, title: str, found: Cleaned, when: PartialDate | None, encoding: str, rules: tuple[str, ...]) -> Article:
    """The article of cleaned lines, where nothing but the lines is known."""
    return Article(
        title=title,
        body=tuple(found.body),
        captions=tuple(found.captions),
        url=page.url,
        source=found.sources[0] if found.sources else None,
        author=found.authors[0] if found.authors else None,
        published=when,
        encoding=encoding,
        rules=rules,
    )
