"""The line under a headline that says when it was published: ``Thứ năm - 24/06/2021 15:51 1.320 0``.

A line is one when a full date stands with a clock, a weekday or a label, or nearly alone. Licence lines never are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzers.dates.context import is_licence_line
from analyzers.dates.given import OLDEST
from analyzers.dates.mention import DateMention, is_number, mentions
from analyzers.dates.year import make_date

_LABEL = re.compile(
    r"ngày\s+(?:đăng|cập\s+nhật|xuất\s+bản|tạo|viết|gửi|phát\s+hành|post)|đăng\s+(?:ngày|lúc|tải)|cập\s+nhật|xuất\s+bản|thời\s+gian\s+đăng"
    r"|posted|publish\w*|submitted|updated|date\b|(?:được\s+)?(?:đăng|viết)\s*:",
    re.IGNORECASE,
)
_OTHERWISE = re.compile(
    r"(?:\bban\s+hành|\bBH|hiệu\s+lực|\bký|\bsinh|\bhọp|diễn\s+ra(?:\s+sự\s+kiện)?|(?:khai|bế)\s+mạc|tổ\s+chức|kết\s+thúc|bắt\s+đầu|khởi\s+công|thời\s+hạn"
    r"|\bhạn(?:\s+(?:chót|cuối|nộp(?:\s+hồ\s+sơ)?|đăng\s+ký))?|(?:mở|đóng)\s+thầu|khởi\s+hành|thành\s+lập|\btừ|\bđến(?:\s+hết)?)"
    r"\s*(?:từ\s+)?(?:ngày\s*)?:?\s*(?:ngày\s+)?$",
    re.IGNORECASE,
)
"""Labels of other days than the one of publication: a document's, an event's, a term's, a person's."""
_POSTED = re.compile(r"đăng|xuất\s+bản|phát\s+hành|post|publish|submitted|tạo|viết", re.IGNORECASE)
_MONTH_FIRST = re.compile(r"(?<![\d/])(0?[1-9]|1[0-2])/(1[3-9]|2\d|3[01])/((?:19|20)\d\d)(?!\d)")
_CLOCK = r"\d{1,2}\s?(?::|h|g|giờ)\s?\d{2}(?::\d{2})?['’]?\s?(?:[AP]M|SA|CH)?"
_CLOCK_NEAR = re.compile(rf"^\s*[-–|,•·]?\s*(?:lúc\s+)?{_CLOCK}|^\s*(?:lúc)\s+\d{{1,2}}", re.IGNORECASE)
_CLOCK_BEFORE = re.compile(
    rf"(?:^|[^\d]){_CLOCK}\s*[-–|,•·]*\s*(?:ngày\s+|(?:thứ\s+\w+|chủ\s+nhật|[ht]?ứ\s+\w+)\s*[-–,|]*\s*(?:ngày\s+)?)?$", re.IGNORECASE
)
_WEEKDAY = re.compile(
    r"\bt?h?ứ\s+(?:hai|ba|tư|năm|sáu|bảy|[2-7])\b|chủ\s+nhật|\bCN\b|monday|tuesday|wednesday|thursday|friday|saturday|sunday", re.IGNORECASE
)
_REST = re.compile(
    rf"{_CLOCK}|GMT\s?[+-]\d+|UTC\s?[+-]\d+|lượt\s+(?:xem|đọc)|lần\s+đọc|đã\s+xem|view\s+count|views?|bình\s+luận|comments?|tác\s+giả|submitted\s+by|lúc|ngày"
    r"|[\d.,:;|()\[\]/\-–—•·>»]+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST_REST = 28
"""Letters that may stand beside a bare date: a section or an author's name, not a sentence."""
LABELLED = 3
"""Strength from which a line says itself that it is about publication."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """A publication date as a visible line states it.

    `strength`: 4 labelled as posted, 3 as updated, 2 with a clock, 1 with a weekday, 0 bare.
    """

    mention: DateMention
    strength: int
    evidence: str

    @property
    def iso(self) -> str:
        return self.mention.iso or ""


def date_line(line: str) -> DateLine | None:
    """Read a short line as a publication date; None when it is prose, a licence, a list entry or has no full date."""
    if len(line) > 400 or not _YEAR.search(line) or is_licence_line(line):
        return None
    best: DateLine | None = None
    for mention in [*mentions(line), *_month_first(line)]:
        if mention.year is None or mention.day is None or mention.year < OLDEST or _OTHERWISE.search(line[: mention.start]):
            continue
        found = _judge(line, mention)
        if found is not None and (best is None or found.strength > best.strength):
            best = found
    return best


def _month_first(line: str) -> list[DateMention]:
    """A date that can only be month first, as SharePoint in English prints it: ``6/22/2023 2:27 PM``."""
    match = _MONTH_FIRST.search(line)
    if match is None or make_date(int(match[3]), int(match[1]), int(match[2])) is None:
        return []
    return [DateMention(match.start(), match.end(), int(match[3]), int(match[1]), int(match[2]), line[: match.start()])]


def _labelled(before: str) -> int:
    """4 when the nearest label says posted, 3 when it says updated."""
    last = [match[0] for match in _LABEL.finditer(before)][-1]
    return 4 if _POSTED.search(last) else 3


def _judge(line: str, mention: DateMention) -> DateLine | None:
    before, after = line[: mention.start], line[mention.end :]
    rest = _WEEKDAY.sub(" ", _LABEL.sub(" ", f"{before} \n {after}"))
    letters = sum(char.isalpha() for char in _REST.sub(" ", rest))
    clock = bool(_CLOCK_NEAR.search(after) or _CLOCK_BEFORE.search(before))
    labelled = bool(_LABEL.search(before[-60:]) and letters <= 2 * _LONGEST_REST)
    if not (labelled or clock or letters <= _LONGEST_REST):
        return None
    if (
        not labelled
        and letters > _LONGEST_REST
        and not (len(after) <= 40 and _glued(before) if before.strip() else clock and len(after) <= 120)
    ):
        return None
    strength = _labelled(before) if labelled else 2 if clock else 1 if _WEEKDAY.search(before) else 0
    return DateLine(mention, strength, line.strip())


def _glued(before: str) -> bool:
    """Whether a date with a clock is glued to a headline (IBM WCM): no space, or the line simply ends with it."""
    return not re.search(r"\b(?:ngày|sáng|chiều|tối|trưa|đến|từ|hồi|lúc)\s*$", before, re.IGNORECASE)


_MONTH_ONLY = re.compile(
    r"\btháng\s+(0?[1-9]|1[0-2])\s*(?:/|-|năm)\s*((?:19|20)\d\d)(?![\d/])|(?<![\d/])(0?[1-9]|1[0-2])/((?:19|20)\d\d)(?![\d/])",
    re.IGNORECASE,
)


def month_line(line: str) -> str | None:
    """ISO month of a short line that states a month and no day (``Số tháng 11/2025``, ``Bản tin tháng 6 năm 2023``); None otherwise."""
    match = _MONTH_ONLY.search(line) if len(line) <= 80 and not is_licence_line(line) else None
    if match is None or any(mention.day for mention in mentions(line)):
        return None
    if match[3] and is_number(line[: match.start()]):
        return None
    rest = _REST.sub(" ", line[: match.start()] + " " + line[match.end() :])
    if sum(char.isalpha() for char in rest) > _LONGEST_REST:
        return None
    month, year = (match[1], match[2]) if match[1] else (match[3], match[4])
    return f"{year}-{int(month):02d}" if int(year) >= OLDEST else None
