"""An HTML page or fragment to an article: guard, parse, where things are, what is boilerplate, what kind of page."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from analyzers.dates import DateClues, published
from indexer.extract.blocks import Block
from indexer.extract.clean import Cleaned, clean
from indexer.extract.credit import find_credits
from indexer.extract.dating import date_lines
from indexer.extract.decode import Decoded, decode
from indexer.extract.guard import guard
from indexer.extract.headline import headline
from indexer.extract.layout import Layout, layout, ordered
from indexer.extract.lead import find_lead
from indexer.extract.legacy import restore_blocks, restore_fragment
from indexer.extract.lexicon import zone_rules
from indexer.extract.main_content import unzone
from indexer.extract.outline import outline
from indexer.extract.pagetype import page_type
from indexer.extract.parse import Parsed, parse, read, tree
from indexer.extract.plain import extract_plain_html, text_blocks
from indexer.extract.rows import join_rows
from indexer.extract.second import second_opinion
from indexer.extract.title import is_site_name
from indexer.model import Article, Page, Rejected


def extract_html(page: Page, crawled: date | None = None) -> Article | Rejected:
    """Article of an HTML page, or what kind of page it is instead."""
    decoded: Decoded = decode(page.raw, page.charset)
    guarded = guard(decoded.text)
    parsed = parse(decoded, guarded)
    if parsed is None:
        return extract_plain_html(page, guarded.text, decoded.encoding, (*decoded.rules, *guarded.rules), crawled)
    reading = read_page(page, parsed)
    return _article(page, reading, crawled) if reading.outcome == "article" else Rejected(page.path, reading.reason, reading.outcome)


@dataclass(frozen=True, slots=True)
class Reading:
    """A page with all that was found out about it; `found` is empty where the outcome was plain before the text was looked at."""

    parsed: Parsed
    where: Layout
    outcome: str
    reason: str
    found: Cleaned
    lead: str = ""
    rules: tuple[str, ...] = ()


def read_page(page: Page, parsed: Parsed) -> Reading:
    """Where the article is, what kind of page it is, and what of it is text."""
    where = layout(parsed)
    outcome, reason = page_type(parsed, where, page.url or parsed.meta.url)
    if outcome != "article":
        return Reading(parsed, where, outcome, reason, Cleaned())
    found = clean(where.body, where.title)
    rules: tuple[str, ...] = (f"body:{where.family.name if where.family else 'generic'}",)
    if where.family is None:
        found, rules = second_opinion(parsed, where, found, rules)
    lead, lead_rule = find_lead(parsed, where, found)
    where = _titled(where, found)
    outcome, reason = _complete(where, lead, found)
    rules += (f"title:{where.title_rule}", *((f"lead:{lead_rule}",) if lead else ()))
    return Reading(parsed, where, outcome, reason, found, lead, rules)


def date_clues(page: Page, reading: Reading, crawled: date | None) -> DateClues:
    """What the page offers as its date."""
    parsed, found = reading.parsed, reading.found
    paragraphs = (reading.lead, *found.body) if reading.lead else tuple(found.body)
    lines = date_lines(parsed, reading.where, found)
    return DateClues(tuple(parsed.meta.dates), tuple(lines), page.url or parsed.meta.url, None, paragraphs, crawled)


_TELLING = 200
"""Code points of text from which a page without any title is an article, called by its first sentence."""


_SENTENCE = 25
"""Code points of the first line that can be a sentence: above it may stand what a portal calls the frame, ``Content``."""


def _titled(where: Layout, found: Cleaned) -> Layout:
    if where.title or sum(map(len, found.body)) < _TELLING:
        return where
    first = next((text for text in found.body if len(text) >= _SENTENCE), found.body[0])
    return replace(where, title=headline(first), title_rule="first-sentence")


def _complete(where: Layout, lead: str, found: Cleaned) -> tuple[str, str]:
    if not where.title:
        return "rejected", "no title found"
    if not found.body and len(lead) < 60:
        return "rejected", "no text found beside the title"
    return "article", ""


def _article(page: Page, reading: Reading, crawled: date | None) -> Article:
    parsed, where, found = reading.parsed, reading.where, reading.found
    when = published(date_clues(page, reading, crawled))
    author, source = find_credits(parsed, where, found)
    return Article(
        title=where.title,
        lead=reading.lead,
        body=tuple(found.body),
        captions=tuple(found.captions),
        url=page.url or parsed.meta.url,
        source=source,
        author=author,
        category=_category(parsed, where),
        published=when,
        encoding=parsed.encoding,
        rules=(*parsed.rules, *reading.rules, *((f"published:{when.rule}",) if when else ())),
    )


def _category(parsed: Parsed, where: Layout) -> str | None:
    if parsed.meta.section:
        return parsed.meta.section
    for one in ordered(parsed, where.family):
        for pair in one.find(parsed.index, "category"):
            text = " ".join(read(pair))
            if 2 <= len(text) <= 60 and not is_site_name(text):
                return text
    return None


def fragment_blocks(markup: str) -> tuple[list[Block], tuple[str, ...]]:
    """Lines of an HTML fragment (a feed's or front matter's body), in which everything is the article, and the rules that fired."""
    guarded = guard(markup)
    root = None if guarded.plain else tree(guarded.text)
    if root is None:
        blocks = text_blocks(guarded.text)
        return blocks, restore_blocks(blocks)
    rules = restore_fragment(root)
    found = outline(root, zone_rules())
    unzone(found.blocks)
    return join_rows(found, found.blocks), rules
