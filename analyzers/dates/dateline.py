"""The dateline: the words at the head of a report that say when it happened, ``(GLO)- Sáng 30-6, …``.

Forms seen: ``(QNO) - … Sáng ngày 14.9``, ``BHG - Sáng 11.12``, ``TP – Trưa ngày 12-10``, ``TTXVN- Ngày 15-9``, ``10h hôm nay 4/7``.
With the place it was written at: ``Gia Lai, ngày 12/10/2024 - …``, ``Hà Nội (TTXVN) 12/10/2024: …``, ``(Huế, 12/10/2024) …``,
``Gia Lai - Sáng 30-6, …``.
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

_UPPER = "A-ZÀ-ÖØ-ÝĂĐĨŨƠƯ" + "".join(map(chr, range(0x1EA0, 0x1EFA, 2)))
_NO_PLACE = r"(?!(?:Từ|Đến|Tới|Trước|Sau|Hạn|Hết|Tính|Kể|Trong|Vào|Ngày|Sinh|Mất|Số|Kỳ)\b)"
# Possessive, and of few and short syllables: a row of capitals is looked through once.
_NAME = rf"{_NO_PLACE}[{_UPPER}][\w.'’]{{0,14}}+(?:[ -][{_UPPER}][\w.'’]{{0,14}}+){{0,4}}+"
_UNIT = r"(?i:tỉnh|thành\s+phố|tp\.?|thị\s+xã|tx\.?|huyện|quận|thị\s+trấn|tt\.?|xã|phường|đặc\s+khu|đảo|thôn|làng|buôn)\s*+"
_PLACE = rf"(?:{_UNIT}(?:\d{{1,2}}(?!\d)|{_NAME})|{_NAME})"
_AGENCY = r"\([^()\d]{2,40}\)"
_PLACES = (
    rf"\s*(?:{_AGENCY}\s*[-–—:]*\s*|[{_UPPER}][\w.]{{1,14}}\s*[-–—]+\s*)?"
    rf"(?P<bracket>[(\[])?{_PLACE}(?:\s*[,–—-]\s*{_PLACE}){{0,2}}(?:\s*{_AGENCY})?"
)
_PLACED = re.compile(rf"{_PLACES}[\s,.;|(–—-]*+(?i:(?:rạng\s+)?(?:sáng|trưa|chiều|tối|đêm)\s+)?(?i:ngày\s+)?\Z")
"""What stands before the date of a dateline with its place."""
_CLOSED = re.compile(rf"\s*[)\]]?\s*(?:{_AGENCY}\s*)?(?:[:–—-](?!\s*(?i:ngày\s+)?\d{{1,2}}\s*[./-]\s*\d)|\.(?!\w)|\Z)")
"""What ends a dateline and goes on with the report; a comma or a word goes on with the sentence, and a second date is the end of a span."""
_BRACKET_CLOSED = re.compile(r"\s*[)\]]")
_PLACE_AS_CODE = re.compile(rf"{_PLACES}\s*[–—-]+\s*(?=[{_UPPER}])")


_TIME_OF_DAY = re.compile(r"\W*(?:rạng\s+sáng|sáng|trưa|chiều|tối|đêm|khuya)\b", re.IGNORECASE)
_FULL_STOP = re.compile(r"[^\W\d_][.!?…][\"”’)]*\Z")
_DATE_WORD = frozenset(["ngày", "lúc", "hôm", "nay", "qua", "thứ", "hai", "ba", "tư", "năm", "sáu", "bảy", "chủ", "nhật", "tháng"])
_REPORT_WORDS = 3


def is_report(line: str, mention: DateMention) -> bool:
    """Whether a short line with a date is a report: three words beside the date, and it ends as a sentence or opens with a time of day.

    Where the sentence ends with the date, the three are no names: ``Lễ truy điệu lúc 8 giờ ngày 5/4/2024.``
    """
    words = _words(line, mention)
    if len(words) < _REPORT_WORDS:
        return False
    if _TIME_OF_DAY.match(line) or _FULL_STOP.search(line):
        return True
    return line.endswith(".") and sum(word[0].islower() for word in words) >= _REPORT_WORDS


def words_beside(line: str, mention: DateMention) -> int:
    """How many words a line has beside a date and what announces one."""
    return len(_words(line, mention))


def _words(line: str, mention: DateMention) -> list[str]:
    words = re.findall(r"[^\W\d_]+", f"{line[: mention.start]} {line[mention.end :]}")
    return [word for word in words if word.casefold() not in _DATE_WORD]


def dateline(paragraph: str) -> DateMention | None:
    """The first day with which a sentence of the paragraph opens, or that a time of day announces; None without one."""
    head = paragraph[:REACH]
    told = None
    for mention in mentions(head):
        if mention.day is None or date_role(head, mention) != "":
            continue
        if opens_sentence(head, mention) or opens_paragraph(head, mention) or is_placed(head, mention):
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
    """Whether only the code of an agency, or a place and a dash, and dateline words stand before the date."""
    if _LEAD.match(text, 0, mention.start):
        return True
    place = _PLACE_AS_CODE.match(text, 0, mention.start)
    return place is not None and bool(_LEAD.match(text, place.end(), mention.start))


def is_placed(text: str, mention: DateMention) -> bool:
    """Whether the text opens with a place and this full date, cut off from what it reports: ``Gia Lai, ngày 12/10/2024 - …``."""
    head = _PLACED.match(text[: mention.start]) if mention.year and mention.day else None
    if head is None:
        return False
    return bool(_CLOSED.match(text, mention.end) or (head["bracket"] and _BRACKET_CLOSED.match(text, mention.end)))


_LAST_WORDS = re.compile(
    r"(?:(?>rạng|sáng|trưa|chiều|tối|đêm|khuya|hôm|nay|qua|ngày|vào|lúc|hồi|khoảng|\d+\s*(?:giờ|h)\d*)[\s,(]*+)++$", re.IGNORECASE
)


def dateline_text(paragraph: str, mention: DateMention) -> str:
    """The dateline's words, verbatim, for evidence: from the beginning of the cue's last words to the end of the date."""
    start = max(0, mention.start - 60)
    match = _LAST_WORDS.search(paragraph, start, mention.start)
    return paragraph[match.start() if match else mention.start : mention.end]
