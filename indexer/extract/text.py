"""Plain text as people copy it from news pages: no markup, counters and buttons in between, a date or a month at the head."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from analyzers.dates import DateClues, published
from analyzers.dates.dateline import is_placed, words_beside
from analyzers.dates.line import date_line
from indexer.extract.blocks import Block, fold
from indexer.extract.clean import clean
from indexer.extract.decode import decode
from indexer.extract.headline import headline
from indexer.extract.legacy import restore
from indexer.extract.lexicon import line_kind
from indexer.extract.names import credit_line
from indexer.extract.plain import article_of
from indexer.model import Article, Page, Rejected

_HEADER = re.compile(r"^\W{0,4}date\s*:?\s*((?:19|20)\d\d-\d\d(?:-\d\d)?)\b[\s:.-]*", re.IGNORECASE)
MAX_CHARS = 4_000_000


def extract_text(page: Page, crawled: date | None = None) -> Article | Rejected:
    """Article of a plain-text page; rejected when it has no text at all."""
    decoded = decode(page.raw, page.charset)
    text, header = _header(decoded.text[:MAX_CHARS])
    restored, legacy = restore([line for line in re.split(r"\r\n?|\n", text) if line and not line.isspace()])  # ư of TCVN3 is a soft hyphen
    blocks = [Block(line) for line in map(fold, restored) if line]
    section, blocks = _section(blocks)
    title, blocks, rule = first_headline(blocks)
    found = clean(blocks, title, captions="worded")
    if not found.body:
        return Rejected(page.path, "no text found" if not title else "no text found beside the title")
    if not title:
        title, rule = headline(found.body[0]), "first-sentence"
    lines = tuple(("visible-date", iso, line) for iso, _, line in found.dates)
    stated = (("header", header[0]),) if header and len(header[0]) == 10 else ()
    clues = DateClues(stated, lines, page.url, header if header and not stated else None, tuple(found.body), crawled)
    when = published(clues)
    rules = (*decoded.rules, *legacy, "body:text", f"title:{rule}", *([f"published:{when.rule}"] if when else []))
    return replace(article_of(page, title, found, when, decoded.encoding, rules), category=section)


_SECTION = re.compile(
    r"(?:điểm\s+)?tin(?:\s+(?:tức|vắn|mới|nổi\s+bật|nóng|nhanh|ngắn))+(?:\s+nhất)?|tiêu\s+điểm|nổi\s+bật|(?:theo\s+)?dòng\s+sự\s+kiện"
    r"|thời\s+sự|xã\s+hội|kinh\s+tế|chính\s+trị|văn\s+hóa|giáo\s+dục|thể\s+thao|pháp\s+luật|(?:tin\s+tức\s*[-–]\s*)?sự\s+kiện",
    re.IGNORECASE,
)


def _section(blocks: list[Block]) -> tuple[str | None, list[Block]]:
    """The label of a section that is the first line (``Tin vắn``, ``Thời sự - 12/10/2024``), and the lines below it, with its date.

    Below an article, the same words would be the heading of others.
    """
    if len(blocks) < 2:
        return None, blocks
    first = blocks[0].text
    if label := _label(first):
        return label, blocks[1:]
    found = date_line(first) if _is_date(first) else None
    if found is None or not (label := _label(f"{first[: found.mention.start]} {first[found.mention.end :]}")):
        return None, blocks
    return label, [Block(first, zone="date"), *blocks[1:]]


def _label(line: str) -> str:
    """A line without what adorns it, when it is the label of a section; "" for any other."""
    label = line.strip(" :.,-–—|*#[]()")
    return label if _SECTION.fullmatch(label) else ""


def _header(text: str) -> tuple[str, tuple[str, str] | None]:
    """Text without its ``date 2023-06`` header, and (ISO date, the header verbatim)."""
    match = _HEADER.match(text)
    return (text[match.end() :], (match[1], match[0].strip(" -:."))) if match else (text, None)


def first_headline(blocks: list[Block]) -> tuple[str, list[Block], str]:
    """(headline, other lines, rule) where one of the first lines is one: it ends without a full stop and text follows it."""
    for number, block in enumerate(blocks[:8]):
        if block.zone == "date" or line_kind(block.text) or credit_line(block.text):
            continue
        if _is_date(block.text) and not _is_dated_headline(block.text, blocks[number + 1 : number + 2]):
            continue
        if number + 1 < len(blocks) and is_headline(block.text):
            return block.text, blocks[:number] + blocks[number + 1 :], "first-line"
        return "", blocks, ""
    return "", blocks, ""


def _is_date(line: str) -> bool:
    return len(line) < 90 and date_line(line) is not None


_TOLD = re.compile(r"\b[a-zà-ỹđ]+,?\s+(?:ngày|sáng|trưa|chiều|tối|đêm)\s+(?:ngày\s+)?$")
_ISSUE = re.compile(r"\W*(?:bản\s+tin|tin|báo|số(?:\s+báo)?(?:\s+ra)?|thời\s+sự)\s+(?:ngày|sáng|trưa|chiều|tối|đêm)\b", re.IGNORECASE)


def _is_dated_headline(line: str, following: list[Block]) -> bool:
    """Whether a line with a date is the headline itself: ``Giá nông sản ngày 5/9/2023``, or what has no headline below it.

    Not the date of the page, with a clock or a label, nor that of an issue, with a place or a section beside it and the headline below.
    """
    found = date_line(line)
    if found is None or found.strength >= 2 or is_placed(line, found.mention) or words_beside(line, found.mention) < 2:
        return False
    if _TOLD.search(line[: found.mention.start]) and not _ISSUE.match(line):
        return True
    return bool(following) and not is_headline(following[0].text)


def is_headline(line: str) -> bool:
    """Whether a line reads as a headline: short, no full stop, no dateline code."""
    if not 8 <= len(line) <= 250 or (line.endswith((".", ";", ",", ":")) and not line.endswith("...")):
        return False
    return not re.match(r"\([A-ZĐ][^)]{1,20}\)\s*[-–]", line)
