"""Author and source of a page: labels and signatures of the text first, then the family's places, then the head."""

from __future__ import annotations

import re

from lxml import etree

from indexer.extract.clean import Cleaned
from indexer.extract.layout import Layout, ordered
from indexer.extract.lexicon import line_kind
from indexer.extract.names import clean_name, credit_line, is_name, is_organisation, signature
from indexer.extract.parse import Parsed, read
from indexer.extract.title import key, site_of

_BELOW = 9
_OTHERS = frozenset(("related", "comment", "footer", "aside", "nav", "share"))


def find_credits(parsed: Parsed, where: Layout, found: Cleaned) -> tuple[str | None, str | None]:
    """(author, source). An organisation is a source, never an author."""
    authors, sources = list(found.authors), list(found.sources)
    for one in ordered(parsed, where.family):
        for part in ("author", "source"):
            for pair in one.find(parsed.index, part):
                if _near(parsed, where, pair[1]) or pair[0].attribute:
                    for text in read(pair):
                        _sort(text, part, authors, sources)
    for text in _around(parsed, where):
        _sort(text, "", authors, sources)
    authors += _signed(parsed, where)
    people = [
        name
        for name in (*authors, *parsed.meta.authors, *_bylines(parsed, where))
        if is_name(name, labelled=True) and not is_organisation(name)
    ]
    offices = [*sources, *(name for name in parsed.meta.authors if is_organisation(name) and not name.lower().startswith("admin"))]
    return (clean_name(people[0]) if people else None), (offices[0] if offices else parsed.meta.site or site_of(parsed.meta.title))


def _near(parsed: Parsed, where: Layout, element: etree._Element) -> bool:
    start, end = parsed.span(element)
    return (
        end > start >= max(0, where.title_at - 3)
        and start <= where.last + _BELOW
        and not any(block.zone in ("related", "comment", "footer", "aside", "nav") for block in parsed.blocks[start:end])
    )


def _sort(text: str, part: str, authors: list[str], sources: list[str]) -> None:
    stated = credit_line(text)
    if stated:
        authors += [stated[0]] if stated[0] else []
        sources += [stated[1]] if stated[1] else []
    elif part == "author" and is_name(text):
        (sources if is_organisation(text) else authors).append(text)
    elif part == "source" and 2 <= len(text) <= 90 and not line_kind(text):
        (authors if is_name(text) and len(text.split()) <= 4 and not sources and ":" not in text and not authors else sources).append(text)


def _around(parsed: Parsed, where: Layout) -> list[str]:
    """Lines between headline and text, and just below the text up to the next box of other articles."""
    above = parsed.blocks[where.title_at + 1 : where.first] if where.title_at >= 0 else []
    lines = [block.text for block in above if len(block.text) <= 120 and not block.zone]
    for block in parsed.blocks[where.last + 1 : where.last + _BELOW]:
        if line_kind(block.text) in ("related", "comments") or block.zone in ("related", "comment", "footer"):
            break
        lines.append(block.text)
    return lines


def _signed(parsed: Parsed, where: Layout) -> list[str]:
    """A name set apart right below the text, outside of its box."""
    below = [block for block in parsed.blocks[where.last + 1 : where.last + 4] if block.zone not in _OTHERS and not block.link]
    names = (signature(block.text, block.align == "right", block.strong or block.slanted) for block in below)
    return [name for name in names if name and not _SECTIONS.match(name)]


_SECTIONS = re.compile(
    r"(?:(?:tin|video|ảnh|multimedia|home|chuyên)\b|(?:thời\s+sự|kinh\s+tế|xã\s+hội|văn\s+(?:hóa|hoá|nghệ|học|bản)|chính\s+(?:trị|sách|quyền)|pháp\s+luật|thể\s+thao"
    r"|giáo\s+dục|y\s+tế|du\s+lịch|đời\s+sống|quốc\s+(?:tế|phòng)|an\s+(?:ninh|toàn|sinh)|khoa\s+(?:học|giáo)|môi\s+trường|nông\s+(?:nghiệp|thôn|dân)"
    r"|công\s+(?:nghệ|nghiệp|đoàn|thương|an|dân|tác)|trang\s+(?:chủ|nhất|tin)|giới\s+(?:trẻ|thiệu)|hoạt\s+động|thông\s+(?:tin|báo|cáo)|sự\s+kiện|đô\s+thị|sức\s+khỏe)\b)",
    re.IGNORECASE,
)
"""Names of sections, which stand where names of people do and look alike (Trang chủ, Trang Nhung)."""


_BY = re.compile(r"(?:bởi|by|đăng\s+bởi)\s+([^·•|]{3,45}?)\s*(?:[·•|]|[-–]\s|$|\s(?:vào|lúc|ngày|on|at)\b|\s\d)", re.IGNORECASE)
_ENDS = re.compile(r"[\s|–-]+$")


def _bylines(parsed: Parsed, where: Layout) -> list[str]:
    """Names that stand alone between headline and text."""
    if where.title_at < 0:
        return []
    texts = [block.text for block in parsed.blocks[where.title_at + 1 : where.first] if block.zone not in _OTHERS]
    said = [match[1] for text in texts if len(text) <= 120 and (match := _BY.match(text))]
    lines = [*said, *(_ENDS.sub("", text) for text in texts if len(text) <= 45)]
    return [
        line
        for line in lines
        if 2 <= len(line.split()) <= 5 and is_name(line) and not _SECTIONS.match(line) and key(line) not in key(where.title)
    ]
