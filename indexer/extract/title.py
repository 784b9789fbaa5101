"""The headline: what page and head agree on, else the most trustworthy of what they say. Never the site's name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.blocks import Block
from indexer.extract.lexicon import line_kind
from indexer.extract.metadata import Metadata

SHORTEST, LONGEST = 12, 300
_SITE = re.compile(
    r"^(?:trang\s+(?:chủ|thông\s+tin|tin|tttđt)|cổng\s+(?:thông\s+tin|tttđt|ttđt)|báo\s+(?:điện\s+tử\s+)?[\w\s]{2,30}(?:điện\s+tử|online)?$|website|trang\s+web|chi\s+tiết(?:\s+(?:tin|bài|bài\s+viết|tin\s+tức))?\b.{0,40}$|tin\s+tức(?:\s*[-–&]\s*sự\s+kiện)?$"
    r"|xem\s+tin|tin\s+chi\s+tiết|đài\s+phát\s+thanh|ủy\s+ban\s+nhân\s+dân\s+\S+\s+\S+(?:\s+\S+)?(?:\s+\S+)?$|ubnd\s+(?:huyện|tỉnh|xã|phường|thành\s+phố|thị\s+xã)(?:\s+\S+){1,3}$|home$|untitled|default)",
    re.IGNORECASE,
)
_CUT = re.compile(r"\s+[|»>:]{1,2}\s+|\s*\|\s*|\s+[-–—]\s+|\s+::\s+|\s*>\s+")


def is_site_name(text: str) -> bool:
    """Whether a title names the site or a section and not an article."""
    return bool(_SITE.match(text))


def key(text: str) -> str:
    """Form in which two titles are compared: case, punctuation at the ends and spaces do not count."""
    return re.sub(r"[\W_]+", " ", text.casefold()).strip()


def choose(meta: Metadata, family: Sequence[str], headings: Sequence[Block], first_text: str = "") -> tuple[str, str]:
    """(title, rule). `family`: what its selectors found; `headings`: blocks before the text that may be the headline, nearest last."""
    stated = [(rule, text) for rule, text in (*meta.headlines, ("title", meta.title)) if text]
    for rule, text in stated:
        for block in headings:
            if len(block.text) >= SHORTEST and _agree(text, block.text) and not is_site_name(block.text):
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
    if _fits(cut) and len(cut) >= 15:
        return cut, "title"
    return "", ""


def _fits(text: str) -> bool:
    return SHORTEST <= len(text) <= LONGEST and not is_site_name(text) and not line_kind(text)


def _agree(stated: str, heading: str) -> bool:
    """Whether a heading is the stated title, or its part before the site's name."""
    one, other = key(stated), key(heading)
    return one == other or (len(other) >= SHORTEST and one.startswith(other + " "))


def _best_heading(headings: Sequence[Block]) -> Block | None:
    fitting = [block for block in headings if _fits(block.text)]
    for tags in (("h1",), ("h2", "h3"), ()):
        for block in reversed(fitting):
            if (block.tag in tags if tags else (block.strong or block.hints == "title")) and not block.zone:
                return block
    return fitting[-1] if fitting and not fitting[-1].zone else None


def cut_site(title: str, site: str | None = None) -> str:
    """A page title without the site's name: the longest part that is not one."""
    if site and title.casefold().endswith(site.casefold()):
        title = title[: -len(site)].rstrip(" |-–—»>:")
    parts = [part for part in _CUT.split(title) if part]
    if len(parts) < 2:
        return title
    if any(is_site_name(part) for part in parts) or "|" in title or "»" in title:
        named = [part for part in parts if not is_site_name(part)]
        return max(named, key=len, default="")
    return title if len(parts[0]) < SHORTEST or len(parts[-1]) > 40 else title[: title.rfind(parts[-1])].rstrip(" |-–—»>:")
