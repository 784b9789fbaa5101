"""The sapo: the sentence or two in which the paper says what the article is about."""

from __future__ import annotations

from collections.abc import Sequence

from analyzers.dates.line import date_line
from indexer.extract.blocks import Block
from indexer.extract.captions import is_caption
from indexer.extract.clean import Cleaned
from indexer.extract.layout import Layout, ordered
from indexer.extract.lexicon import ends_sentence, line_kind
from indexer.extract.main_content import OUTSIDE, prose
from indexer.extract.names import credit_line
from indexer.extract.parse import Parsed, read
from indexer.extract.title import key

SHORTEST, LONGEST = 30, 1500


def find_lead(parsed: Parsed, where: Layout, found: Cleaned) -> tuple[str, str]:
    """(lead, rule); ("", "") without one. Taken off the body when it stands there too."""
    lead, rule = _family(parsed, where)
    if not lead:
        lead, rule = _described(parsed, found)
    if not lead:
        lead, rule = _above(parsed, where)
    if not lead:
        lead, rule = set_off(where.body, found)
    if lead:
        folded = key(lead)
        found.body[:3] = [text for text in found.body[:3] if key(text) != folded]
    return lead, rule


def _family(parsed: Parsed, where: Layout) -> tuple[str, str]:
    for one in ordered(parsed, where.family):
        for pair in one.find(parsed.index, "lead"):
            start, end = parsed.span(pair[1])
            if not pair[0].attribute and (
                start >= where.last
                or end == 0
                or start < where.title_at
                or any(block.zone in OUTSIDE for block in parsed.blocks[start:end])
            ):
                continue
            lines = [text for text in read(pair) if not line_kind(text) and date_line(text) is None and not is_caption(text)]
            text = " ".join(lines)
            if SHORTEST <= len(text) <= LONGEST and key(text) != key(where.title) and len(lines) <= 4:
                return text, f"family {one.name}"
    return "", ""


def _described(parsed: Parsed, found: Cleaned) -> tuple[str, str]:
    """The first paragraph when the head repeats it as the page's description."""
    described = [key(text) for text in parsed.meta.descriptions]
    if found.body and any(one == key(found.body[0]) for one in described):
        return found.body[0], "description"
    return "", ""


def _above(parsed: Parsed, where: Layout) -> tuple[str, str]:
    """Prose between headline and box."""
    if where.title_at < 0:
        return "", ""
    lines = [
        block.text
        for block in parsed.blocks[where.title_at + 1 : where.start]
        if prose(block)
        and not (block.heading and not ends_sentence(block.text))
        and not credit_line(block.text)
        and date_line(block.text) is None
        and key(block.text) != key(where.title)
    ]
    text = " ".join(lines)
    return (text, "above body") if lines and len(lines) <= 3 and SHORTEST <= len(text) <= LONGEST else ("", "")


def set_off(body: Sequence[Block], found: Cleaned) -> tuple[str, str]:
    """(lead, rule) where the first paragraph alone is bold or italic; ("", "") elsewhere."""
    text = [block for block in body if prose(block)]
    if len(text) < 2 or len(found.body) < 2 or found.body[0] != text[0].text or not SHORTEST <= len(text[0].text) <= 500:
        return "", ""
    first, second = text[0], text[1]
    differs = (first.strong and not second.strong) or (first.slanted and not second.slanted)
    return (first.text, "set off") if differs and not first.heading else ("", "")
