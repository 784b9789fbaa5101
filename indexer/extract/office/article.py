"""A document of a word processor to an article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from analyzers.dates import DateClues, published
from analyzers.dates.line import date_line
from indexer.extract.blocks import Block, fold
from indexer.extract.clean import Cleaned, clean
from indexer.extract.headline import headline
from indexer.extract.lead import set_off
from indexer.extract.legacy import restore
from indexer.extract.office.heading import HEAD_LINES, choose
from indexer.extract.office.letterhead import is_motto, is_place_and_day
from indexer.extract.office.lines import blocks_of, in_unicode
from indexer.extract.office.model import Written
from indexer.extract.office.opendocument import read_opendocument
from indexer.extract.office.package import OfficeError, Package
from indexer.extract.office.word import read_word
from indexer.extract.plain import article_of
from indexer.extract.title import key
from indexer.model import UNREADABLE, Article, Page, Rejected

_TEMPLATES = frozenset(("2013-12-23T23:15:00Z",))
"""Moments that libraries leave in what they write: the template of python-docx was made then."""


@dataclass(frozen=True, slots=True)
class OfficeReading:
    """A document with all that was found out about it."""

    title: str
    found: Cleaned
    lead: str = ""
    saved: tuple[str, ...] = ()
    rules: tuple[str, ...] = field(default=())

    def clues(self, page: Page, crawled: date | None) -> DateClues:
        """What the document offers as its date."""
        lines = tuple(("visible-date", iso, line) for iso, _, line in self.found.dates)
        paragraphs = (self.lead, *self.found.body) if self.lead else tuple(self.found.body)
        return DateClues((), lines, page.url, None, paragraphs, crawled, self.saved)


def extract_office(page: Page, crawled: date | None = None) -> Article | Rejected:
    """Article of a .docx or .odt; rejected with what to do when it cannot be read, never an exception."""
    reading = read_office(page)
    if isinstance(reading, Rejected):
        return reading
    when = published(reading.clues(page, crawled))
    rules = (*reading.rules, *((f"published:{when.rule}",) if when else ()))
    return replace(article_of(page, reading.title, reading.found, when, "utf-8", rules), lead=reading.lead)


def read_office(page: Page) -> OfficeReading | Rejected:
    """What of a document is title, lead and text."""
    try:
        kind, written = _written(Package(page.raw))
    except OfficeError as error:
        return Rejected(page.path, str(error), UNREADABLE if error.damaged else "rejected")
    legacy = in_unicode([*written.paragraphs, *written.notes])
    blocks, notes = blocks_of(written.paragraphs), blocks_of(written.notes)
    legacy += _settle([*blocks, *notes])
    blocks, notes = ([block for block in each if block.text] for each in (blocks, notes))
    mottos = [block.text for block in blocks if is_motto(block.text)]
    title, rest, rule = choose([block for block in blocks if not is_motto(block.text)], written.properties.title)
    rest, day = _dated(rest)
    found = clean(rest, title, captions="worded" if written.pictures else "credited")
    found.dates[:0] = day
    found.dropped[:0] = [(text, "head of an official letter") for text in mottos]
    if not found.body:
        return Rejected(page.path, _without_text(written, title))
    if not title:
        title, rule = headline(found.body[0]), "first-sentence"
    lead, lead_rule = set_off(rest, found)
    if lead:
        found.body[:3] = [text for text in found.body[:3] if key(text) != key(lead)]
    found.body += [block.text for block in notes]
    rules = (f"body:{kind}", *dict.fromkeys(legacy), f"title:{rule}", *((f"lead:{lead_rule}",) if lead else ()))
    saved = tuple(moment for moment in (written.properties.created, written.properties.modified) if moment and moment not in _TEMPLATES)
    return OfficeReading(title, found, lead, saved, rules)


def _dated(blocks: Sequence[Block]) -> tuple[list[Block], list[tuple[str, int, str]]]:
    """The lines without where and when a letter was written, which stands in its head, and that day as `Cleaned.dates` has them."""
    for number, block in enumerate(blocks[:HEAD_LINES]):
        if is_place_and_day(block.text) and (line := date_line(block.text)) is not None:
            return [*blocks[:number], *blocks[number + 1 :]], [(line.iso, line.strength, line.evidence)]
    return list(blocks), []


def _written(package: Package) -> tuple[str, Written]:
    """What kind of document it is, by its parts, and what stands in it. Raises OfficeError."""
    if package.has("content.xml"):
        return "odt", read_opendocument(package)
    main = package.related("").get("officeDocument", "word/document.xml")
    if not package.has(main):
        raise OfficeError("a zip, but no document of a word processor: if it is an archive of articles, call it .zip", damaged=False)
    return "docx", read_word(package, main)


def _settle(blocks: Sequence[Block]) -> tuple[str, ...]:
    """Put right, in place, what is in an old encoding though its font does not say so, and settle all letters; the rule that fired.

    In this order: in TCVN3 a character that is never seen is the letter ư.
    """
    lines, rules = restore([block.text for block in blocks])
    for block, line in zip(blocks, lines, strict=True):
        block.text = fold(line)
    return rules


def _without_text(written: Written, title: str) -> str:
    if written.foreign:
        return "its text is embedded in another format: open it in Word and save it as .docx again"
    if title:
        return "no text found beside the title"
    return "no text in it, only pictures: it may be a scan" if written.pictures else "no text found"
