"""The dateline: the words at the head of a report that say when it happened, ``(GLO)- Sáng 30-6, …``.

Forms seen: ``(QNO) - … Sáng ngày 14.9``, ``BHG - Sáng 11.12``, ``TP – Trưa ngày 12-10``, ``TTXVN- Ngày 15-9``, ``10h hôm nay 4/7``.
"""

from __future__ import annotations

import re

from analyzers.dates.context import date_role
from analyzers.dates.mention import DateMention, mentions

REACH = 400
"""Code points of a paragraph in which a dateline may stand."""

_CODE = r"(?:\([^()]{2,40}\)\s*[-–—:]*\s*|[A-ZĐ][\w.À-ỹĐđ]{1,14}(?:\s(?:Online|News|điện tử))?\s*[-–—]+\s*)?"
_LEAD_WORD = (
    r"(?>vào|trong|khoảng|lúc|hồi|từ|đúng|cũng|mới đây|hôm|rạng|sáng|trưa|chiều|tối|đêm|khuya|sớm|muộn|ngày|nay|qua|mai|vừa|theo đó"
    r"|hai|ba|các|buổi|suốt"
    r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|\d+\s*(?:giờ|h|g|ngày)\s*\d*\s*['’]?(?:\s*phút)?|\d+|phút|tức|nhằm|,|\(|-|–)"
)
# Possessive: a row of numbers must not be divided in every possible way.
_LEAD = re.compile(rf"\s*{_CODE}(?:{_LEAD_WORD}\s*+)*+$", re.IGNORECASE)
_SENTENCE = re.compile(r"[.!?…:;][\"”’)]*\s+(?=[^\Wa-zà-öø-ÿ]|[\"“(])")
_STRONG_CUE = re.compile(
    r"(?:\b(?:sáng|trưa|chiều|tối|đêm|khuya|hôm|nay|qua)\b|\d\s*(?:h|giờ)\d*['’]?)\s*(?:nay|qua|sớm|muộn)?\s*,?\s*\(?\s*(?:ngày\s+)?\(?$",
    re.IGNORECASE,
)
CODE_PREFIX = re.compile(rf"^\s*{_CODE}", re.UNICODE)


def dateline(paragraph: str) -> DateMention | None:
    """The first day with which a sentence of the paragraph opens, or that a time of day announces; None without one."""
    head = paragraph[:REACH]
    told = None
    for mention in mentions(head):
        if mention.day is None or date_role(head, mention) != "":
            continue
        if opens_sentence(head, mention):
            return mention
        if told is None and announced(mention):
            told = mention
    return told


def announced(mention: DateMention) -> bool:
    """Whether a time of day or "hôm nay" stands right before the date."""
    return bool(_STRONG_CUE.search(mention.cue))


def opens_sentence(text: str, mention: DateMention) -> bool:
    """Whether only dateline words stand between the beginning of the sentence and the date."""
    start = 0
    for match in _SENTENCE.finditer(text, 0, mention.start):
        start = match.end()
    return bool(_LEAD.match(text, start, mention.start))


def opens_paragraph(text: str, mention: DateMention) -> bool:
    """Whether only an agency's code and dateline words stand before the date."""
    return bool(_LEAD.match(text, 0, mention.start))


_LAST_WORDS = re.compile(
    r"(?:(?>rạng|sáng|trưa|chiều|tối|đêm|khuya|hôm|nay|qua|ngày|vào|lúc|hồi|khoảng|\d+\s*(?:giờ|h)\d*)[\s,(]*+)++$", re.IGNORECASE
)


def dateline_text(paragraph: str, mention: DateMention) -> str:
    """The dateline's words, verbatim, for evidence: from the beginning of the cue's last words to the end of the date."""
    start = max(0, mention.start - 60)
    match = _LAST_WORDS.search(paragraph, start, mention.start)
    return paragraph[match.start() if match else mention.start : mention.end]
