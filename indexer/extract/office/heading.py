"""The title of a document: its style says it, or its place among the first lines, or at last what the file says about itself."""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.extract.blocks import Block, fold
from indexer.extract.legacy import restore
from indexer.extract.lexicon import ends_sentence, line_kind
from indexer.extract.main_content import prose
from indexer.extract.names import credit_line
from indexer.extract.office.letterhead import is_kind, is_label, is_letterhead, subject_of
from indexer.extract.office.model import TITLE
from indexer.extract.text import first_headline, is_headline
from indexer.extract.title import LONGEST, SHORTEST, is_site_name

HEAD_LINES = 15
"""Lines from the top among which a title stands."""
_SUBJECT_LINES = 3
_ABOVE = 3
"""Short lines that may stand above a heading that is the title: the kind of piece, the section."""
_SECTION = re.compile(
    r"(?:[IVXLC]{1,5}|\d{1,2}(?:\.\d{1,2})*|[A-ZĐ])\s*[.)/]|(?:phần|chương|mục|điều)\s+(?:thứ\s+)?\S{1,6}\b", re.IGNORECASE
)
"""A heading with its number, typed: that of a section."""
_JUNK = re.compile(
    r"microsoft\s+(?:office\s+)?word|(?:new\s+)?(?:microsoft\s+word\s+)?doc(?:ument)?\W?\d*|untitled|title|tài\s+liệu\W?\d*|văn\s+bản\W?\d*|template"
    r"|.*\.(?:docx?|docm|dotx?|odt|rtf|pdf|html?|txt)|(?:powerpoint|slide)\b.*",
    re.IGNORECASE,
)
_OF_A_PROGRAM = re.compile(r"microsoft\s+(?:office\s+)?word\s*[-–]\s*", re.IGNORECASE)


def choose(blocks: Sequence[Block], stated: str) -> tuple[str, list[Block], str]:
    """(title, other lines, rule); "" where nothing is one. `stated`: the title among the file's properties."""
    for find in (_styled, _lettered, _first):
        title, rest, rule = find(blocks)
        if title:
            return title, rest, rule
    title = stated_title(stated)
    return title, list(blocks), "properties" if title else ""


def _beside(block: Block) -> bool:
    """Whether a line at the top is none that a title may be: head of a letter, label, credit, counter, an office's name."""
    text = block.text
    if is_letterhead(text) or is_label(text) or credit_line(text) is not None or line_kind(text):
        return True
    return bool(subject_of(text))


def _is_office(blocks: Sequence[Block]) -> bool:
    """Whether a line in capitals is the name of an office, which has the headline below it and no text."""
    return len(blocks) == 2 and blocks[0].text.isupper() and is_site_name(blocks[0].text) and not prose(blocks[1])


def _styled(blocks: Sequence[Block]) -> tuple[str, list[Block], str]:
    """By the style *Title*, whose lines are joined; else by the first heading, when it is the only one of its level or on top."""
    at = next((number for number, block in enumerate(blocks[:HEAD_LINES]) if block.tag == TITLE and not _beside(block)), -1)
    if at >= 0:
        end = at + 1
        while end < len(blocks) and blocks[end].tag == TITLE and not _beside(blocks[end]):
            end += 1
        title = " ".join(block.text for block in blocks[at:end])
        if SHORTEST <= len(title) <= LONGEST:
            return title, [*blocks[:at], *blocks[end:]], "style"
    heading = [number for number, block in enumerate(blocks) if block.tag == "h1"]
    if not heading or heading[0] >= HEAD_LINES:
        return "", list(blocks), ""
    at = heading[0]
    above = [block for block in blocks[:at] if not _beside(block)]
    text = blocks[at].text
    if not SHORTEST <= len(text) <= LONGEST or _beside(blocks[at]) or _SECTION.match(text):
        return "", list(blocks), ""
    if above and (len(heading) > 1 or len(above) > _ABOVE or any(map(prose, above))):
        return "", list(blocks), ""
    return text, [*blocks[:at], *blocks[at + 1 :]], "heading:h1"


def _lettered(blocks: Sequence[Block]) -> tuple[str, list[Block], str]:
    """Of an official letter: its kind and what it is about, else the line that says what it is about."""
    ends = [number for number, block in enumerate(blocks[:HEAD_LINES]) if is_letterhead(block.text)]
    start = ends[-1] + 1 if ends else 0
    for number in range(start, min(len(blocks), start + 5)):
        if is_kind(blocks[number].text):
            end = number + 1
            while end < min(len(blocks), number + 1 + _SUBJECT_LINES) and _is_subject(blocks[end]):
                end += 1
            title = " ".join(block.text for block in blocks[number:end])
            if end > number + 1 and len(title) <= LONGEST:
                return title, [*blocks[:number], *blocks[end:]], "letter"
    for number, block in enumerate(blocks[: start + 5] if ends else ()):
        subject = subject_of(block.text)
        if SHORTEST <= len(subject) <= LONGEST:
            return subject[0].upper() + subject[1:], [*blocks[:number], *blocks[number + 1 :]], "letter"
    return "", list(blocks), ""


def _is_subject(block: Block) -> bool:
    """Whether a line below the kind of a letter belongs to its title: set in the middle or bold, and no sentence."""
    return (block.strong or block.align == "center") and not ends_sentence(block.text) and not _SECTION.match(block.text) and not block.row


def _first(blocks: Sequence[Block]) -> tuple[str, list[Block], str]:
    """By being the first line that reads as a headline, below the head of a letter."""
    ends = [number for number, block in enumerate(blocks[:HEAD_LINES]) if is_letterhead(block.text)]
    start = ends[-1] + 1 if ends else 0
    while start < len(blocks) and (_beside(blocks[start]) or _is_office(blocks[start : start + 2])):
        start += 1
    if start < len(blocks) and blocks[start].row:
        return "", list(blocks), ""
    title, rest, rule = first_headline(list(blocks[start:]))
    return title, [*blocks[:start], *rest], rule


def stated_title(stated: str) -> str:
    """The title among a file's properties, "" when it is a program's or a template's: ``Microsoft Word - abc.doc``, ``Document1``."""
    lines, _ = restore([" ".join(_OF_A_PROGRAM.sub("", stated).split())])
    title = fold(lines[0])
    if not SHORTEST <= len(title) <= LONGEST or " " not in title or _JUNK.fullmatch(title) or is_site_name(title):
        return ""
    return title if is_headline(title) and not is_letterhead(title) and not is_kind(title) else ""
