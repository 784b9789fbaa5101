"""An HTML page or fragment to an article: guard, parse, where things are, what is boilerplate, what kind of page."""

from __future__ import annotations

from datetime import date

from analyzers.dates import DateClues, event_date, published
from indexer.extract.clean import Cleaned, clean
from indexer.extract.credit import find_credits
from indexer.extract.dating import date_lines
from indexer.extract.decode import Decoded, decode
from indexer.extract.guard import guard
from indexer.extract.layout import Layout, layout, ordered
from indexer.extract.lead import find_lead
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
    decoded: Decoded = decode(page.raw)
    guarded = guard(decoded.text)
    parsed = parse(decoded, guarded)
    if parsed is None:
        return extract_plain_html(page, guarded.text, decoded.encoding, (*decoded.rules, *guarded.rules), crawled)
    where = layout(parsed)
    outcome, reason = page_type(parsed, where, page.url or parsed.meta.url)
    if outcome != "article":
        return Rejected(page.path, reason, outcome)
    found = clean(where.body, where.title)
    rules: tuple[str, ...] = (f"body:{where.family.name if where.family else 'generic'}",)
    if where.family is None:
        found, rules = second_opinion(parsed, where, found, rules)
    lead, lead_rule = find_lead(parsed, where, found)
    outcome, reason = _complete(where, lead, found)
    if outcome != "article":
        return Rejected(page.path, reason, outcome)
    rules += (f"title:{where.title_rule}", *((f"lead:{lead_rule}",) if lead else ()))
    return _article(page, parsed, where, found, lead, rules, crawled)


def _complete(where: Layout, lead: str, found: Cleaned) -> tuple[str, str]:
    if not where.title:
        return "rejected", "no title found"
    if not found.body and len(lead) < 60:
        return "rejected", "no text found beside the title"
    return "article", ""


def _article(page: Page, parsed: Parsed, where: Layout, found: Cleaned, lead: str, rules: tuple[str, ...], crawled: date | None) -> Article:
    url = page.url or parsed.meta.url
    paragraphs = (lead, *found.body) if lead else tuple(found.body)
    when = published(DateClues(tuple(parsed.meta.dates), tuple(date_lines(parsed, where, found)), url, None, paragraphs, crawled))
    author, source = find_credits(parsed, where, found)
    return Article(
        title=where.title,
        lead=lead,
        body=tuple(found.body),
        captions=tuple(found.captions),
        url=url,
        source=source,
        author=author,
        category=_category(parsed, where),
        published=when,
        event_date=event_date(where.title, paragraphs, when),
        encoding=parsed.encoding,
        rules=(*parsed.rules, *rules, *((f"published:{when.rule}",) if when else ())),
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


def extract_fragment(markup: str, title: str = "") -> Cleaned:
    """Paragraphs of an HTML fragment (a feed's or front matter's body): everything in it is the article."""
    guarded = guard(markup)
    root = None if guarded.plain else tree(guarded.text)
    if root is None:
        return clean(text_blocks(guarded.text), title)
    found = outline(root, zone_rules())
    unzone(found.blocks)
    return clean(join_rows(found, found.blocks), title)
