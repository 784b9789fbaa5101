"""A page read without a tree: for markup that no tree parser should see. The text is all there; boxes are not known."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import date

from analyzers.dates import DateClues, event_date, published
from analyzers.text import nfc
from indexer.extract.blocks import Block, fold
from indexer.extract.clean import clean
from indexer.extract.title import cut_site
from indexer.model import Article, Page, Rejected

_HIDDEN = re.compile(r"<(script|style|noscript|template|head)\b.*?(?:</\1\s*>|\Z)", re.IGNORECASE | re.DOTALL)
_COMMENT = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_INLINE = re.compile(r"</?(?:span|b|i|u|em|strong|font|a|sub|sup|small|big|o:p|abbr|mark)\b[^>]{0,2000}>", re.IGNORECASE)
_TAG = re.compile(r"<[a-zA-Z/!?][^>]{0,20000}>")
_TITLE = re.compile(r"<title[^>]{0,200}>(.{0,1000}?)</title", re.IGNORECASE | re.DOTALL)
MAX_LINES = 16_000
"""Lines that are kept: a page with more is no article, and each costs 40 µs."""


def text_blocks(markup: str) -> list[Block]:
    """Lines of text between block tags; linear."""
    bare = _INLINE.sub("", _HIDDEN.sub("\n", _COMMENT.sub("", markup)))
    lines = (fold(html.unescape(line)) for line in _TAG.sub("\n", bare.replace("\n", " ")).split("\n"))
    return [Block(line) for line in lines if line][:MAX_LINES]


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
    return Article(
        title=title, body=tuple(found.body), captions=tuple(found.captions), url=page.url, author=found.authors[0] if found.authors else None,
        source=found.sources[0] if found.sources else None, published=when, event_date=event_date(title, found.body[:20], when), encoding=encoding, rules=(*rules, "body:plain"),
    )
