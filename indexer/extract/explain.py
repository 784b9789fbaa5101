"""What extraction did with one page, step by step, from the same readings that make the article: nothing is judged anew here."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from analyzers.dates import DateClues
from analyzers.dates.context import date_role, is_licence_line
from analyzers.dates.mention import DateMention, mentions
from analyzers.dates.published import candidates
from indexer.extract.blocks import Block
from indexer.extract.clean import Cleaned
from indexer.extract.decode import decode
from indexer.extract.dispatch import OFFICE, extract, kind_of
from indexer.extract.guard import guard
from indexer.extract.html import Reading, date_clues, read_page
from indexer.extract.layout import Layout
from indexer.extract.lexicon import line_kind, line_rule
from indexer.extract.parse import parse
from indexer.model import Article, Page, Rejected

MAX_DATES = 60
ROLES = {
    "licence": "the licence's", "legal": "of a document that is cited", "lunar": "of the lunar calendar",
    "life": "of a birth, a death or a founding",
    "range": "an end of a range", "future": "announced for later", "deadline": "a deadline",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page that is not in the text, and why."""

    text: str
    why: str


@dataclass(frozen=True, slots=True)
class DateSeen:
    """A date on the page: as it is written or stated, what it would be, the rule that offers it ("" for none), and what became of it."""

    date: str
    rule: str
    evidence: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """`rules` in the order they fired; `box` says where the text was looked for; `lines` are those left out of it."""

    found: Article | Rejected
    rules: tuple[str, ...]
    box: str = ""
    lines: tuple[Line, ...] = ()
    dates: tuple[DateSeen, ...] = ()


def explain(page: Page, crawled: date | None = None) -> Explanation:
    """Read a page as `extract` does, and tell."""
    found = extract(page, crawled=crawled)
    if kind_of(page) == OFFICE:
        return _of_office(page, found, crawled)
    reading = _reading(page)
    if reading is None:
        rules = found.rules if isinstance(found, Article) else ()
        return Explanation(found, rules, dates=tuple(_of_text(found)) if isinstance(found, Article) else ())
    rules = found.rules if isinstance(found, Article) else (*reading.parsed.rules, *reading.rules)
    dates = (*_candidates(date_clues(page, reading, crawled or page.crawled), found), *_elsewhere(reading))
    return Explanation(found, rules, _box(reading.where, len(reading.parsed.blocks)), tuple(_lines(reading)), _distinct(dates))


def _of_office(page: Page, found: Article | Rejected, crawled: date | None) -> Explanation:
    """The same of a document of a word processor."""
    from indexer.extract.office import read_office  # most pages are none

    reading = read_office(page)
    if isinstance(reading, Rejected):
        return Explanation(found, ())
    dates = [*_candidates(reading.clues(page, crawled or page.crawled), found)]
    dates += _of_text(found) if isinstance(found, Article) else ()
    return Explanation(found, reading.rules, lines=tuple(_left_out(reading.found)), dates=_distinct(dates))


def _reading(page: Page) -> Reading | None:
    if not page.raw.strip() or kind_of(page) != "html":
        return None
    decoded = decode(page.raw, page.charset)
    parsed = parse(decoded, guard(decoded.text))
    return None if parsed is None else read_page(page, parsed)


def _box(where: Layout, total: int) -> str:
    by = f"family {where.family.name}" if where.family else "no family; the narrowest element with most of the prose"
    return f"{len(where.body)} of the page's {total} lines, by {by}"


def _lines(reading: Reading) -> Iterator[Line]:
    """Lines of the box that are not text, then captions, then what stands outside of it in a box with a name."""
    yield from _left_out(reading.found)
    inside = {id(block) for block in reading.where.body}
    for block in reading.parsed.blocks:
        if id(block) not in inside and block.text != reading.where.title and block.text not in reading.lead:
            yield Line(block.text, _outside(block))


def _left_out(found: Cleaned) -> Iterator[Line]:
    """Lines of the article's box that are not text, then captions."""
    for text, why in found.dropped:
        yield Line(text, _reason(text, why))
    for text in found.captions:
        yield Line(text, "caption")


def _reason(text: str, why: str) -> str:
    rule = line_rule(text) if why in ("noise", "related") else ""
    return f"lexicon, {rule}" if rule else why


def _outside(block: Block) -> str:
    rule = line_rule(block.text)
    place = f"outside, in a box named as {block.zone}" if block.zone else "outside of the article's box"
    return f"{place}; lexicon, {rule}" if rule else place


def _candidates(clues: DateClues, found: Article | Rejected) -> Iterator[DateSeen]:
    """What the rules offer, most trusted first; the first day that can be is taken."""
    taken = found.published if isinstance(found, Article) else None
    for one, refused in candidates(clues):
        if refused:
            verdict = f"refused: {refused}"
        elif one == taken:
            verdict = "taken"
        else:
            verdict = (
                "not needed: only known to the " + one.precision if one.precision != "day" else "not needed: a rule before it gave a day"
            )
        yield DateSeen(one.date, one.rule, one.evidence, verdict)


def _elsewhere(reading: Reading) -> Iterator[DateSeen]:
    """Dates that no rule offers, and what they are."""
    where, text = reading.where, _text(reading.found, reading.lead)
    for number, block in enumerate(reading.parsed.blocks):
        for mention in mentions(block.text[:2000]):
            yield DateSeen(_written(mention), "", _around(block.text, mention), f"refused: {_why(block, mention, number, where, text)}")


def _why(block: Block, mention: DateMention, number: int, where: Layout, text: str) -> str:
    if is_licence_line(block.text) and len(block.text) < 400:
        return "a line about the licence or the copyright"
    if block.zone in ("footer", "related", "nav", "counter", "comment", "aside"):
        return f"in a box named as {block.zone}"
    if block.linked or line_kind(block.text):
        return "in a link, a counter or a heading of other articles"
    if number > where.last:
        return "below the text"
    if block.text not in text:
        return "above the text, and not a line that dates the article"
    role = date_role(block.text, mention)
    return f"in the text, {ROLES[role]}" if role else "in the text, and not at its head"


def _of_text(found: Article) -> Iterator[DateSeen]:
    """Dates of a page without boxes: the one taken, and those in its text."""
    if found.published is not None:
        yield DateSeen(found.published.date, found.published.rule, found.published.evidence, "taken")
    for paragraph in (found.lead, *found.body):
        for mention in mentions(paragraph[:2000]):
            role = date_role(paragraph, mention)
            yield DateSeen(_written(mention), "", _around(paragraph, mention), f"in the text, {ROLES[role]}" if role else "in the text")


def _text(found: Cleaned, lead: str) -> str:
    return "\n".join((lead, *found.body))


def _written(mention: DateMention) -> str:
    return mention.iso or f"{mention.day or '?'}/{mention.month}"


def _around(text: str, mention: DateMention) -> str:
    return text[max(0, mention.start - 30) : mention.end + 12].strip()


def _distinct(dates: Sequence[DateSeen]) -> tuple[DateSeen, ...]:
    """Each evidence once: what a rule offered is not told again as found elsewhere."""
    seen: dict[tuple[str, str], DateSeen] = {}
    offered = [one.evidence for one in dates if one.rule]
    for one in dates:
        if one.rule or not any(one.evidence in evidence or evidence in one.evidence for evidence in offered):
            seen.setdefault((one.date, one.evidence), one)
    return tuple(seen.values())[:MAX_DATES]
