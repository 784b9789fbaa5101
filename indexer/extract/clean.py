"""From the lines of an article's box to its paragraphs: boilerplate out, captions apart, credits read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from analyzers.dates.dateline import is_placed, is_report
from analyzers.dates.line import LABELLED, date_line
from indexer.extract.blocks import Block
from indexer.extract.captions import is_caption, is_credited
from indexer.extract.lexicon import ends_sentence, is_related_line, line_kind
from indexer.extract.main_content import OUTSIDE, teasers
from indexer.extract.names import credit_line, is_name, signature

Captions = Literal["", "credited", "worded"]
_SHORT_DATE_LINE = 90
_LITTLE = 300
"""Code points of text below which a line is not taken for a caption by its words alone."""
_PROSE = 25
"""Code points from which an unlinked line that ends like a sentence is prose again after a box of other articles."""


@dataclass(slots=True)
class Cleaned:
    """What the lines of an article's box held. `dates` are visible date lines: (ISO day, strength, the line)."""

    body: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)
    dates: list[tuple[str, int, str]] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)
    """(line, why) of what is not the article: its box, the lexicon, a link, a list of other articles, comments."""


def clean(blocks: Sequence[Block], title: str = "", captions: Captions = "credited") -> Cleaned:
    """Sort the lines of an article in reading order; linear.

    `captions`: which lines are captions beside those that stand in a caption's box: those that name their photographer
    ("credited"), or also those that only read like one ("worded", for plain text). Where little else is there, none is.
    """
    found = _sorted(blocks, title, captions)
    if found.captions and sum(map(len, found.body)) < _LITTLE:
        found = _sorted(blocks, title, "")
    _photo_essay(found)
    return found


def _sorted(blocks: Sequence[Block], title: str, captions: Captions) -> Cleaned:
    found = Cleaned()
    kept: list[Block] = []
    skipping, told = False, teasers(blocks)
    for number, block in enumerate(blocks):
        if _dates(block, found, begun=bool(kept)):
            continue
        kind = _kind(block, number, len(blocks))
        if kind == "comments":
            found.dropped.append((block.text, "comments, with all below"))
            break
        skipping = skipping or kind == "related"
        if skipping and not kind and (number in told or not _resumes(block)):
            kind = "" if _signs(block) else "in a list of other articles"
        else:
            skipping = skipping and bool(kind)
        if kind:
            found.dropped.append((block.text, kind))
        elif not _aside(block, found, title, captions):
            kept.append(replace(block))
    _sign(kept, found)
    found.body = [block.text for block in _joined(kept)]
    return found


def _signs(block: Block) -> bool:
    """Whether a line in a box of other articles is the signature of this one, set below the box."""
    return block.link == 0 and signature(block.text, block.align == "right", block.strong) is not None


def _dates(block: Block, found: Cleaned, begun: bool) -> bool:
    """Whether the line is a publication date line, noted; never one in a box of other articles.

    Once the text has `begun` only a labelled line is one: "8 giờ 00 ngày 25/6/2023" may be an announcement's own hour.
    A short report with its dateline ("Gia Lai, ngày 12/10/2024 - Mưa lớn.", "Sáng 12/10/2024, xã Ia Tô họp dân.") is text; the dateline
    alone on its line is a date line.
    """
    if len(block.text) > _SHORT_DATE_LINE or block.zone in OUTSIDE or block.linked:
        return False
    line = date_line(block.text)
    if line is None or (begun and line.strength < LABELLED):
        return False
    placed = line.strength < 2 and is_placed(block.text, line.mention)
    if line.strength < 2 and block.zone != "date" and is_report(block.text, line.mention):
        return False
    if placed and any(map(str.isalnum, block.text[line.mention.end :])):
        return False
    if placed or line.strength >= 2 or block.zone == "date":
        found.dates.append((line.iso, line.strength, line.evidence))
    return True


def _kind(block: Block, number: int, total: int) -> str:
    """Why a line is dropped; "" when it is not."""
    if block.zone in OUTSIDE:
        return f"box {block.zone}"
    kind = line_kind(block.text) if not block.row else ""
    if kind == "comments":
        return kind if number * 3 > total and not block.text.endswith(":") else ""
    if kind:
        return kind
    if is_related_line(block.text):
        return "names another article"
    if block.link * 10 > len(block.text) * 7 and not ends_sentence(block.text):
        return "link"
    return ""


def _resumes(block: Block) -> bool:
    return (
        not block.linked
        and len(block.text) >= _PROSE
        and block.text.endswith((".", "!", "?", "…", "”", '"', ":", ";", "./."))
        and block.tag != "li"
    )


def _aside(block: Block, found: Cleaned, title: str, captions: Captions) -> bool:
    """Whether the line is something beside the text (date, credit, caption, the title again), noted where it belongs."""
    text = block.text
    if title and text.casefold().strip(" .") == title.casefold().strip(" ."):
        return True
    if block.zone == "author" and is_name(text):
        found.authors.append(text)
        return True
    if len(text) <= 160 and (stated := credit_line(text)) is not None:
        author, source = stated
        found.authors += [author] if author else []
        found.sources += [source] if source else []
        return True
    if block.zone == "caption" or (captions and (is_caption(text) if captions == "worded" else is_credited(text))):
        found.captions.append(text)
        return True
    return False


def _sign(kept: list[Block], found: Cleaned) -> None:
    """Take signatures off the end: the author's name alone on a line."""
    for _ in range(3):
        if not kept:
            return
        block = kept[-1]
        name = signature(block.text, block.align == "right", block.strong or block.slanted)
        if name is None or (len(kept) == 1 and block.align != "right"):
            return
        found.authors.append(name)
        kept.pop()


_LONGEST_JOINED = 2000
"""Code points up to which a paragraph is put together: bounds the work on pages of fragments."""


def _joined(blocks: Sequence[Block]) -> list[Block]:
    """Lines that a picture or a hard break cut in mid-sentence, put together again."""
    joined: list[Block] = []
    for block in blocks:
        last = joined[-1] if joined else None
        if (
            last is not None
            and not last.row
            and not block.row
            and not ends_sentence(last.text)
            and block.text[0].islower()
            and 20 < len(last.text) < _LONGEST_JOINED
            and block.tag != "li"
        ):
            last.text = f"{last.text} {block.text}"
        else:
            joined.append(block)
    return joined


def _photo_essay(found: Cleaned) -> None:
    """Where the captions are the text (a photo essay), they are the body too."""
    long = [caption for caption in found.captions if len(caption) >= 60]
    if len(long) >= 3 and sum(map(len, long)) > sum(map(len, found.body)):
        found.body += long
