"""The headline: what page and head agree on, else the most trustworthy of what they say. Never the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.dates.line import date_line
from indexer.extract.blocks import Block
from indexer.extract.lexicon import ends_sentence, line_kind
from indexer.extract.metadata import Metadata
from indexer.extract.names import UPPER

SHORTEST, LONGEST = 10, 300
_PLACE = r"(?:tỉnh|thành\s+phố|tp\.?|huyện|quận|thị\s+xã|xã|phường|thị\s+trấn|đặc\s+khu)"
_NAMES = rf"(?-i:[{UPPER}]\S*)(?:\s+(?-i:[{UPPER}]\S*)){{0,3}}"
_OFFICE = (
    r"nông\s+nghiệp|thông\s+tin|giáo\s+dục|y\s+tế|nội\s+vụ|tài\s+chính|công\s+thương|xây\s+dựng|giao\s+thông|tư\s+pháp"
    r"|văn\s+hóa|du\s+lịch|khoa\s+học"
)
_SITE = re.compile(
    rf"^(?:trang\s+(?:chủ|thông\s+tin|tin\b|tttđt|web|ttđt)|cổng\s+(?:thông\s+tin|tttđt|ttđt|tt\b|chính\s+phủ)|website|đài\s+(?:phát\s+thanh|tt|ptth|truyền)"
    rf"|(?:báo(?:\s+điện\s+tử)?|bản\s+tin|tạp\s+chí|đài)\s+{_NAMES}(?:\s+(?:điện\s+tử|online))?$"
    r"|(?:xem\s+)?chi\s+tiết(?:\s+(?:tin|bài|bài\s+viết|tin\s+tức|tin\s+bài|nội\s+dung))?(?:\s*[-–|].{0,60})?$|(?:bài\s+viết|tin\s+bài|nội\s+dung)$"
    r"|tin\s+tức(?:\s*[-–&]?\s*sự\s+kiện)?$|xem\s+tin|tin\s+chi\s+tiết|home$|untitled|default|index$|chuyên\s+mục\b.{0,40}$"
    rf"|(?:ủy\s+ban\s+nhân\s+dân|ubnd|hđnd)\s+(?:{_PLACE}\s+)?{_NAMES}$|{_PLACE}\s+{_NAMES}$"
    rf"|cổng\s+dịch\s+vụ\s+công(?:\s+(?:quốc\s+gia|trực\s+tuyến))*(?:\s+{_PLACE})?(?:\s+{_NAMES})?$"
    rf"|(?:sở|phòng)\s+(?:{_OFFICE})(?:\s+(?:và|&)\s+\S+(?:\s+\S+){{0,2}})?(?:\s+{_PLACE}\s+{_NAMES})?$)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s*[|»]\s*|\s+[>:·•]{1,2}\s+|\s+[-–—]\s+|\s*>\s+")
_KIND = re.compile(r"^\s*[\[(][^\])]{2,20}[\])]\s*[:|–-]?\s*")
"""What kind of piece it is, before a title that the page shows without: ``[Emagazine] …``."""
_BRAND = re.compile(
    r"^\S+\.(?:vn|com|net|org)\b|\b(?:online|news|điện tử|TV|tv)$|(?-i:^[A-Z][a-z]+[A-Z]\w*$)|^(?:báo|đài|tạp chí)\s", re.IGNORECASE
)


def is_site_name(text: str) -> bool:
    """Whether a title names the site or a section and not an article."""
    return bool(_SITE.match(text))


def key(text: str) -> str:
    """Form in which two titles are compared: case, punctuation and spaces do not count."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def unglued(title: str) -> str:
    """A headline without the date that a template glued to its end."""
    if not any(char.isdigit() for char in title[-12:]):
        return title
    line = date_line(title)
    if line is not None and line.strength >= 2 and line.mention.start > 20:
        return title[: line.mention.start].rstrip(" -–|,(")
    return title


def choose(meta: Metadata, family: Sequence[str], headings: Sequence[tuple[Block, bool]]) -> tuple[str, str]:
    """(title, rule). `family`: what its selectors found; `headings`: (block, whether its class says headline) before the text, in order."""
    title, rule = _choose(meta, family, headings)
    return unglued(title), rule


def _choose(meta: Metadata, family: Sequence[str], headings: Sequence[tuple[Block, bool]]) -> tuple[str, str]:
    stated = [(rule, text) for rule, text in (*meta.headlines, ("title", meta.title)) if text]
    for rule, text in stated:
        for block, _ in reversed(headings):
            if (len(block.text) >= SHORTEST or key(text) == key(block.text)) and agrees(text, block.text) and not is_site_name(block.text):
                return block.text, f"{rule}+heading"
    for text in family:
        if _fits(text):
            return text, "family"
    for rule, text in stated:
        cut = cut_site(text, meta.site) if rule != "json-ld" else text
        if rule != "title" and _fits(cut):
            return cut, rule
    heading = _best_heading(headings)
    if heading is not None:
        return heading.text, f"heading:{heading.tag}"
    cut = cut_site(meta.title, meta.site)
    return (cut, "title") if _fits(cut) else _short(headings, cut)


def _short(headings: Sequence[tuple[Block, bool]], title: str) -> tuple[str, str]:
    """Two words, too short to be trusted beside anything else (``Tin buồn``): the nearest h1, or `<title>`. One is a frame: ``Content``."""
    for block, _ in reversed(headings):
        if block.tag == "h1" and not block.linked and _are_words(block.text):
            return block.text, "heading:h1"
    return (title, "title") if _are_words(title) and not _BRAND.search(title) else ("", "")


def _are_words(text: str) -> bool:
    return 4 <= len(text) < SHORTEST and " " in text and not is_site_name(text) and not line_kind(text)


def _fits(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and not is_site_name(text) and not line_kind(text)


def agrees(stated: str, heading: str) -> bool:
    """Whether a heading is the stated title, or its part before the site's and the section's names (or behind them)."""
    one, other = key(stated), key(heading)
    if one == other or key(_KIND.sub("", stated)) == other:
        return True
    if len(other) < SHORTEST or " " not in other:
        return False
    starts = one.startswith(other + " ") and any(key(stated[: match.start()]) == other for match in _CUT.finditer(stated))
    return starts or (one.endswith(" " + other) and key(cut_site(stated)) == other)


def _best_heading(headings: Sequence[tuple[Block, bool]]) -> Block | None:
    """The most likely headline among the lines above the text: h1, then h2 and h3, then by class, then bold; the nearest of each."""
    fitting = [(block, hinted) for block, hinted in headings if _fits(block.text)]
    calm = [pair for pair in fitting if not (len(pair[0].text) > 120 and ends_sentence(pair[0].text))]
    for pairs in (calm, fitting):
        ranked = [(_rank(block, hinted), number) for number, (block, hinted) in enumerate(pairs)]
        best = max(ranked, default=(0, 0))
        if best[0]:
            return pairs[best[1]][0]
    return next((block for block, _ in reversed(calm) if _reads_as_headline(unglued(block.text))), None)


def _rank(block: Block, hinted: bool) -> int:
    """How plainly a line is marked as a headline; 0 for not at all."""
    if block.tag == "h1":
        return 2 if block.linked else 4
    if len(block.text) < 15 or (len(block.text) > 60 and block.text.endswith(".")):
        return 0
    if hinted:
        return 3
    return 2 if block.tag in ("h2", "h3") else int(block.strong and not ends_sentence(block.text))


def _reads_as_headline(text: str) -> bool:
    """Whether an unmarked line can be a headline: four words or more, no sentence, no date, no path of sections."""
    return (
        len(text) >= 20
        and len(text.split()) >= 4
        and not ends_sentence(text)
        and date_line(text) is None
        and not any(mark in text for mark in "»›|©@")
    )


def cut_site(title: str, site: str | None = None) -> str:
    """A page title without the site's name; "" when nothing else is in it."""
    if site and title.casefold().endswith(site.casefold()) and len(title) > len(site):
        title = title[: -len(site)].rstrip(" |-–—»>:·")
    parts = [part for part in _CUT.split(title) if part]
    if len(parts) < 2:
        return "" if is_site_name(title) else title
    named = [part for part in parts if not is_site_name(part)]
    if len(named) < len(parts) or any(mark in title for mark in "|»"):
        return _rejoined(title, named)
    return title[: title.rfind(parts[-1])].rstrip(" |-–—»>:·") if len(parts[0]) >= SHORTEST and _BRAND.search(parts[-1]) else title


def _rejoined(title: str, parts: Sequence[str]) -> str:
    """The longest part; with the part before it when both are one headline ("A - B | Báo X")."""
    longest = max(parts, key=len, default="")
    start = title.find(parts[0]) if parts else -1
    span = title[start : title.find(longest) + len(longest)] if start >= 0 else longest
    return span if start >= 0 and not any(mark in span for mark in "|»>") and len(parts) > 1 and parts[0] != longest else longest


def site_of(title: str) -> str | None:
    """The site's name in a page title, when one part of it is plainly one."""
    names = [
        part
        for part in _CUT.split(title)
        if re.match(r"(?:cổng|trang|báo|bản\s+tin|đài|tạp\s+chí|website|ubnd|ủy\s+ban|sở)\s+\S", part, re.IGNORECASE)
    ]
    return names[-1] if names and len(names[-1]) <= 90 else None
