"""An HTML page or fragment to an article: guard, parse, family rules, generic rules, second opinion."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from lxml import etree

from analyzers.dates import DateClues, PartialDate, event_date, given_date, published
from analyzers.dates.line import date_line
from indexer.extract import plain
from indexer.extract.blocks import Block, Outline, fold, outline
from indexer.extract.clean import Cleaned, clean
from indexer.extract.dating import visible_lines
from indexer.extract.decode import decode
from indexer.extract.family import Family, candidates, read
from indexer.extract.guard import guard
from indexer.extract.lexicon import line_kind, zone_rules
from indexer.extract.main_content import blocks_of, main_element, prose, unzone
from indexer.extract.metadata import Metadata, metadata
from indexer.extract.names import clean_name, credits, is_name, is_organisation
from indexer.extract.pagetype import page_type
from indexer.extract.rows import join_rows
from indexer.extract.title import choose, is_site_name, key
from indexer.model import Article, Page, Rejected

_COMMENT_TITLE = re.compile(r"\A\s*<!--\s*title:\s*(.{1,300}?)\s*-->", re.IGNORECASE)


@dataclass(slots=True)
class Parsed:
    """A page on its way: tree, blocks and what was decided so far."""

    markup: str
    root: etree._Element
    outline: Outline
    meta: Metadata
    families: tuple[Family, ...]
    rules: list[str]


def extract_html(page: Page, crawled: date | None = None) -> Article | Rejected:
    """Article of an HTML page, or what kind of page it is instead."""
    decoded = decode(page.raw)
    guarded = guard(decoded.text)
    rules = [*decoded.rules, *guarded.rules]
    root = None if guarded.plain else _tree(guarded.text)
    if root is None:
        return plain.extract_plain_html(page, guarded.text, decoded.encoding, rules, crawled)
    parsed = Parsed(guarded.text, root, outline(root, zone_rules()), metadata(guarded.text), candidates(guarded.text), rules)
    found = _article(parsed, page, crawled)
    return replace(found, encoding=decoded.encoding) if isinstance(found, Article) else found


def extract_fragment(markup: str, title: str = "") -> Cleaned:
    """Paragraphs of an HTML fragment (a feed's or front matter's body): everything in it is the article."""
    guarded = guard(markup)
    root = None if guarded.plain else _tree(guarded.text)
    if root is None:
        return clean(plain.text_blocks(guarded.text), title)
    found = outline(root, zone_rules())
    unzone(found.blocks)
    return clean(join_rows(found, found.blocks), title)


def _tree(markup: str) -> etree._Element | None:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True)
    try:
        return etree.fromstring(markup.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None


def _article(parsed: Parsed, page: Page, crawled: date | None) -> Article | Rejected:
    unzone(parsed.outline.blocks)
    body, family = _body(parsed)
    cleaned_title, title_rule = _title(parsed, body, family)
    found = clean([Block(**_copy(block)) for block in body], cleaned_title)
    lead, lead_rule = _lead(parsed, body, family, cleaned_title, found)
    lines = _lines(parsed, body, family, cleaned_title, found)
    outcome, reason = page_type(parsed.outline, body, cleaned_title, parsed.meta, page.url or parsed.meta.url, bool(lines or parsed.meta.dates))
    if outcome == "article" and not cleaned_title:
        outcome, reason = "rejected", "no title found"
    if outcome == "article" and not found.body and not lead:
        outcome, reason = "rejected", "no text found beside the title"
    if outcome != "article":
        return Rejected(page.path, reason, outcome)
    paragraphs = tuple(found.body)
    clues = DateClues(_stated(parsed, family), tuple(lines), page.url or parsed.meta.url, None, (lead, *paragraphs) if lead else paragraphs, crawled)
    when = published(clues)
    rules = [*parsed.rules, f"body:{family.name if family else 'generic'}", f"title:{title_rule}", *([f"lead:{lead_rule}"] if lead else []), *([f"published:{when.rule}"] if when else [])]
    author, source = _credits(parsed, body, family, found)
    return Article(
        title=cleaned_title, lead=lead, body=paragraphs, captions=tuple(found.captions), url=page.url or parsed.meta.url, source=source, author=author,
        category=_category(parsed, family), published=when, event_date=event_date(cleaned_title, clues.paragraphs, when), rules=tuple(rules),
    )


def _copy(block: Block) -> dict[str, object]:
    return {name: getattr(block, name) for name in Block.__slots__}


def _body(parsed: Parsed) -> tuple[list[Block], Family | None]:
    """Blocks of the article's box: a family's, when it has text; else the narrowest element with most of the prose."""
    generic = main_element(parsed.outline)
    blocks = join_rows(parsed.outline, blocks_of(parsed.outline, generic)) if generic is not None else []
    size = sum(prose(block) for block in blocks)
    for family in parsed.families:
        own = _family_body(parsed, family)
        text = sum(prose(block) for block in own)
        if own and (text >= 0.5 * size or (text >= 200 and family.name != "common")):
            return own, family
    return blocks, None


def _family_body(parsed: Parsed, family: Family) -> list[Block]:
    best: list[Block] = []
    for one in family.selectors["body"]:
        for element in one.find(parsed.root)[:20]:
            inner = outline(element, zone_rules())
            unzone(inner.blocks)
            if sum(prose(block) for block in inner.blocks) > sum(prose(block) for block in best):
                best = join_rows(inner, inner.blocks)
        if best:
            return best
    return best


def _title(parsed: Parsed, body: Sequence[Block], family: Family | None) -> tuple[str, str]:
    comment = _COMMENT_TITLE.match(parsed.markup)
    if comment:
        return fold(comment[1]), "comment"
    first = _first_prose(parsed.outline, body)
    before = parsed.outline.blocks[:first]
    headings = [block for block in before if (block.heading or block.strong or len(block.text) >= 15) and len(block.text) <= 300 and not block.linked and block.zone not in ("nav", "footer", "related")]
    own = [read(pair) for one in ([family] if family else []) for pair in one.find(parsed.root, "title")]
    own += [read(pair) for one in parsed.families if one is not family for pair in one.find(parsed.root, "title")]
    title, rule = choose(parsed.meta, own, headings)
    return _unglued(title), rule


def _unglued(title: str) -> str:
    """A headline without the date that a template glued to its end."""
    line = date_line(title)
    if line is not None and line.strength >= 2 and line.mention.start > 20:
        return title[: line.mention.start].rstrip(" -–|,(")
    return title


def _first_prose(whole: Outline, body: Sequence[Block]) -> int:
    """Number of the page block with which the text begins."""
    texts = {block.text for block in body if prose(block)}
    return next((number for number, block in enumerate(whole.blocks) if block.text in texts and not block.heading), next((n for n, block in enumerate(whole.blocks) if block.text in texts), len(whole.blocks)))


def _lead(parsed: Parsed, body: Sequence[Block], family: Family | None, title: str, found: Cleaned) -> tuple[str, str]:
    """The sapo; taken off the body when it stands there too."""
    for one in [family, *parsed.families] if family else parsed.families:
        for pair in one.find(parsed.root, "lead") if one else ():
            text = read(pair)
            if 30 <= len(text) <= 1200 and key(text) != key(title) and not line_kind(text):
                return _take(text, found), f"family {one.name}"
    described = {key(text) for text in parsed.meta.descriptions}
    if found.body and key(found.body[0]) in described:
        return _take(found.body[0], found), "description"
    titles = [number for number, block in enumerate(parsed.outline.blocks) if key(block.text) == key(title)]
    first = _first_prose(parsed.outline, body)
    start = next((number for number in reversed(titles) if number < first), None)
    inside = {block.text for block in body}
    for block in parsed.outline.blocks[start + 1 : first] if start is not None else ():
        if block.text not in inside and prose(block) and not credits(block.text) and date_line(block.text) is None:
            return _take(block.text, found), "before body"
    return "", ""


def _take(lead: str, found: Cleaned) -> str:
    folded = key(lead)
    found.body[:3] = [text for text in found.body[:3] if key(text) != folded]
    return lead


def _lines(parsed: Parsed, body: Sequence[Block], family: Family | None, title: str, found: Cleaned) -> list[tuple[str, str, str]]:
    """Visible date lines: the family's own place first, then around title and text."""
    lines: list[tuple[str, str, str]] = []
    for one in [family, *parsed.families] if family else parsed.families:
        for pair in one.find(parsed.root, "date") if one else ():
            text = read(pair)
            day = given_date(text) if pair[0].attribute else None
            line = date_line(text) if day is None and len(text) < 200 else None
            if day and len(day) == 10:
                lines.append(("microdata" if "itemprop" in pair[0].source else "time", day, text))
            elif line is not None:
                lines.append(("microdata" if "itemprop" in pair[0].source else "visible-date", line.iso, line.evidence))
        if lines:
            break
    blocks = parsed.outline.blocks
    texts = {block.text for block in body if prose(block)}
    numbers = [number for number, block in enumerate(blocks) if block.text in texts]
    if not numbers:
        return lines
    title_key = key(title)
    title_at = next((number for number in range(numbers[0], -1, -1) if number < len(blocks) and _unglued_key(blocks[number].text) == title_key), -1)
    lines += visible_lines(blocks, title_at, numbers[0] if numbers[0] > title_at else title_at + 1, numbers[-1])
    lines += [("visible-date", iso, line) for iso, strength, line in found.dates if strength >= 2]
    return lines


def _unglued_key(text: str) -> str:
    return key(_unglued(text))


def _stated(parsed: Parsed, family: Family | None) -> tuple[tuple[str, str], ...]:
    return tuple(parsed.meta.dates)


def _credits(parsed: Parsed, body: Sequence[Block], family: Family | None, found: Cleaned) -> tuple[str | None, str | None]:
    """(author, source): labels and signatures in the text, then the family's places, then the head."""
    authors, sources = list(found.authors), list(found.sources)
    for one in ([family] if family else []) + [one for one in parsed.families if one is not family]:
        for part, names in (("author", authors), ("source", sources)):
            for pair in one.find(parsed.root, part):
                text = read(pair)
                stated = credits(text)
                if stated:
                    authors += [stated[0]] if stated[0] else []
                    sources += [stated[1]] if stated[1] else []
                elif part == "source" and 2 <= len(text) <= 90 or part == "author" and is_name(text):
                    names.append(text)
    for block in _after(parsed.outline, body):
        stated = credits(block.text)
        if stated:
            authors += [stated[0]] if stated[0] else []
            sources += [stated[1]] if stated[1] else []
    people = [name for name in (*authors, *parsed.meta.authors) if not is_organisation(name) and is_name(name, labelled=True)]
    places = [*sources, *(name for name in parsed.meta.authors if is_organisation(name) and not name.lower().startswith("admin"))]
    return (clean_name(people[0]) if people else None), (places[0] if places else parsed.meta.site)


def _after(whole: Outline, body: Sequence[Block]) -> list[Block]:
    """Blocks just below the text, up to the next box of other articles."""
    texts = {block.text for block in body if prose(block)}
    last = max((number for number, block in enumerate(whole.blocks) if block.text in texts), default=-1)
    kept: list[Block] = []
    for block in whole.blocks[last + 1 : last + 9] if last >= 0 else ():
        if line_kind(block.text) in ("related", "comments") or block.zone in ("related", "comment", "footer"):
            break
        kept.append(block)
    return kept


def _category(parsed: Parsed, family: Family | None) -> str | None:
    if parsed.meta.section:
        return parsed.meta.section
    for one in parsed.families:
        for pair in one.find(parsed.root, "category"):
            text = read(pair)
            if 2 <= len(text) <= 60 and not is_site_name(text):
                return text
    return None
