"""Dates as Vietnamese newspapers write them, day first: where they stand in a text and what they say.

Read: ``30-6``, ``30/6/2023``, ``14.9``, ``ngày 17 tháng 9 năm 2023``, ``22 Tháng Sáu, 2023``, ``2023-06-30``,
``ngày 25 và 26/02``, ``18 October 2019``,
``21 Th4, 2022`` and ``Tháng Tư 21, 2022`` (WordPress). A day and month without a year counts only after a word that announces
a day (``ngày``, ``sáng`` …): ``9/14 tiêu chí`` and ``đến 3.6 triệu`` are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from typing import NamedTuple

EARLIEST_YEAR = 1900
LATEST_YEAR = 2100


class DateMention(NamedTuple):
    """A date written at ``text[start:end]``; `year` and `day` are None when not written. `cue` is the text just before it."""

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    cue: str

    @property
    def iso(self) -> str | None:
        """ISO 8601 cut to what is written, or None without a year."""
        if self.year is None:
            return None
        return f"{self.year:04d}-{self.month:02d}" + (f"-{self.day:02d}" if self.day else "")


_MONTH_WORDS = {
    "một": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
    "mười một": 11,
    "mười hai": 12,
}
_ENGLISH = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december")
_ENGLISH_MONTHS = {name: n for n, name in enumerate(_ENGLISH, 1)} | {name[:3]: n for n, name in enumerate(_ENGLISH, 1)}
_MONTH = r"(?:\d{1,2}|mười\s+một|mười\s+hai|mười|một|hai|ba|tư|bốn|năm(?!\s+\d)|sáu|bảy|bẩy|tám|chín)"
ENGLISH_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*"
_MORE_DAYS = r"(?:\s?(?:,|và|đến(?:\s+ngày)?|-|–|—)\s?(?:ngày\s+)?\d{1,2}(?!\d)){0,31}"
"""Bounded: a row of numbers is looked through from each of them."""

DATE = re.compile(
    r"(?:(?<![\d/:])(?=\d)(?:"
    r"(?P<iy>(?:19|20)\d\d)[-/](?P<im>\d{1,2})[-/](?P<id>\d{1,2})(?!\d)"
    rf"|(?P<d>\d{{1,2}}){_MORE_DAYS}\s?(?P<s>[-–/.])\s?(?P<m>\d{{1,2}})(?:\s?(?P=s)\s?(?P<y>(?:19|20)\d\d))?(?!\d)"
    rf"|(?P<ld>\d{{1,2}}){_MORE_DAYS},?\s+tháng\s+(?P<lm>{_MONTH})(?!\d)(?:\s*(?:,|/|-|năm|,\s*năm)?\s*(?P<ly>(?:19|20)\d\d)(?!\d))?"
    rf"|(?P<ed>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<em>{ENGLISH_MONTH})\.?,?\s+(?P<ey>(?:19|20)\d\d)(?!\d)"
    rf"|(?P<td>\d{{1,2}})\s+th\.?(?P<tm>\d{{1,2}}),?\s+(?P<ty>(?:19|20)\d\d)(?!\d)"
    r")"
    rf"|\b(?:th\.?(?=\d)|tháng\s+)(?P<wm>{_MONTH})\s+(?P<wd>\d{{1,2}}),\s*(?P<wy>(?:19|20)\d\d)(?!\d)"
    rf"|\btháng\s+(?P<mm>{_MONTH})(?!\d)\s*(?:/|-|,|năm|,\s*năm)\s*(?P<my>(?:19|20)\d\d)(?![\d/])"
    rf"|(?<![\d/.])(?P<sm>0?[1-9]|1[0-2])/(?P<sy>(?:19|20)\d\d)(?![\d/])"
    rf"|\b(?P<fm>{ENGLISH_MONTH})\.?\s+(?P<fd>\d{{1,2}}),?\s+(?P<fy>(?:19|20)\d\d)(?!\d))",
    re.IGNORECASE,
)
_BEGINS = re.compile(r"[\dTtJjFfMmAaSsſOoNnDd](?:(?<=\d)\d*|(?<!\w.)[HhAaUuEePpCcOo])")
"""Where a date can begin: at the first digit of a number, or at a word with the first two letters of *tháng* or of an English month."""
_CUE_CHARS = 32
_DAY_CUE = re.compile(
    r"(?:\b(?:ngày|sáng|trưa|chiều|tối|đêm|khuya|nay|qua|mai|kia|hôm|tính đến|đến|lúc|hồi|cùng|mùng|mồng)"
    r"|thứ\s+(?:hai|ba|tư|năm|sáu|bảy|\d)|chủ nhật|\bCN)\s*,?\s*\(?\s*(?:tức\s+|nhằm\s+)?$",
    re.IGNORECASE,
)
_FIRM_CUE = re.compile(r"\b(?:ngày|sáng|trưa|chiều|tối|đêm|nay|qua|mai)\s*,?\s*\(?\s*(?:tức\s+)?$", re.IGNORECASE)
_LAST_NUMBER = re.compile(r"\d{1,2}(?=\D*\Z)")
_NUMBERED = re.compile(
    r"(?:\b(?:thứ|t|lần|số|k[ỳì]|khóa|khoá|đợt|bài|phần|tập|quý|tuần|vòng|giờ|phút|điều|khoản|quận|phường)\s*|\d\s?[hg]\s?)$", re.IGNORECASE
)
"""What goes before a number that is no day, though a date follows it: ``Thứ 3, 9/11``, ``15h30, 9/11``, ``Quận 1, 9/11``."""
_NO_MONTH = re.compile(
    r"\b(?:(?:qu[ýí]|tuần|vòng|đợt|lần(?:\s+thứ)?|thứ|học\s+k[ỳì]|k[ỳì]\s+họp|khóa|khoá|lớp|tập|điều|t[ỷỉ]\s+(?:lệ|số)"
    r"|thông\s+tư(?:\s+liên\s+tịch)?|nghị\s+(?:quyết|định)|quyết\s+định|chỉ\s+thị|công\s+văn|công\s+điện|luật|pháp\s+lệnh)(?:\s+số)?"
    r"|(?:kế\s+hoạch|thông\s+báo|hướng\s+dẫn|báo\s+cáo|tờ\s+trình|kết\s+luận|văn\s+bản)\s+số)\s*:?\s*$",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\s*(?:%|‰|°|(?:tỷ|tỉ|triệu|nghìn|ngàn|ha|km|kg|tấn|tạ|mét|m|độ|lần|người|hộ|xã|huyện|tiêu chí|chỉ tiêu|điểm|giờ|phút|ngày"
    r"|tháng|năm|tuổi|cm|mm|lít|USD|đồng|trường hợp|ca)\b)",
    re.IGNORECASE,
)


def mentions(text: str) -> Iterator[DateMention]:
    """Every valid date in `text`, in order. Linear in the length of the text; never raises."""
    return mentions_in(text, _around_digits(text))


def mentions_in(text: str, stretches: Iterable[tuple[int, int]]) -> Iterator[DateMention]:
    """The same of half-open stretches of the text, in order."""
    for start, end in stretches:
        for match in date_matches(text, start, end):
            found = _read(match, text)
            if found is not None:
                yield found


def date_matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """What ``DATE.finditer`` finds there, in half of its time: the pattern is tried only where a date can begin."""
    for begins in _BEGINS.finditer(text, start, end):
        match = DATE.match(text, begins.start(), end) if begins.start() >= start else None
        if match is not None:
            start = match.end()
            yield match


_DIGITS = re.compile(r"\d+")
_BEFORE, _AFTER = 24, 40
"""Code points around digits in which the words of a date stand; every date has a digit, and most of a text has none near."""


def _around_digits(text: str) -> Iterator[tuple[int, int]]:
    """Half-open stretches of the text around its digits; what overlaps is one."""
    start = end = -1
    for match in _DIGITS.finditer(text):
        if match.start() - _BEFORE > end:
            if end >= 0:
                yield start, end
            start = max(0, match.start() - _BEFORE)
        end = match.end() + _AFTER
    if end >= 0:
        yield start, end


def _read(match: re.Match[str], text: str) -> DateMention | None:
    start, end = match.span()
    cue = text[max(0, start - _CUE_CHARS) : start]
    year, month, day = _fields(match)
    last = _last_of_several(match)
    if last is not None and month is not None and (_NUMBERED.search(cue) or not _is_day(year, month, day or 0)):
        start, day = last
        cue = text[max(0, start - _CUE_CHARS) : start]
    if month is None or not 1 <= month <= 12 or (day is None and year is None):
        return None
    if day is not None and not _is_day(year, month, day):
        return None
    if match["d"] and year is None and not _announced(cue, match["s"], text, end):
        return None
    if match["sm"] and is_number(cue):
        return None
    if match["ld"] and year is None and match["lm"].isdigit() is False and match["lm"].lower() not in _MONTH_WORDS:
        return None
    return DateMention(start, end, year, month, day, cue)


def is_number(before: str) -> bool:
    """Whether what stands before ``4/2024`` makes it the number of something and no month: ``quý 4/2024``, ``Thông tư 5/2017``."""
    return _NO_MONTH.search(before) is not None


def _last_of_several(match: re.Match[str]) -> tuple[int, int] | None:
    """Where the last of several days stands, and that day (``8, 9/11``); None where there is one."""
    first, end = ("d", "s") if match["d"] else ("ld", "lm")
    if not match[first]:
        return None
    found = _LAST_NUMBER.search(match.string, match.end(first), match.start(end))
    return (found.start(), int(found[0])) if found else None


def _fields(match: re.Match[str]) -> tuple[int | None, int | None, int | None]:
    """Year, month and day of whichever form matched."""
    for y, m, d in (
        ("iy", "im", "id"),
        ("y", "m", "d"),
        ("ly", "lm", "ld"),
        ("ey", "em", "ed"),
        ("fy", "fm", "fd"),
        ("ty", "tm", "td"),
        ("wy", "wm", "wd"),
        ("my", "mm", ""),
        ("sy", "sm", ""),
    ):
        if match[m]:
            year = int(match[y]) if match[y] else None
            return year, month_number(match[m]), int(match[d]) if d else None
    return None, None, None


def month_number(word: str) -> int | None:
    """``6``, ``sáu``, ``June`` → 6; None for anything else."""
    folded = " ".join(word.lower().split())
    if folded.isdigit():
        return int(folded)
    return _MONTH_WORDS.get(folded) or _ENGLISH_MONTHS.get(folded) or _ENGLISH_MONTHS.get(folded[:3])


def _is_day(year: int | None, month: int, day: int) -> bool:
    """Whether the calendar has this day; without a year, 29 February counts."""
    try:
        date(year if year is not None else 2024, month, day)
    except ValueError:
        return False
    return True


def _announced(cue: str, separator: str, text: str, end: int) -> bool:
    """Whether words around say that ``d-m`` without a year is a day and not a number, a range or a score."""
    if _UNIT.match(text, end) or text[end : end + 1] == "%":
        return False
    if text[end : end + 1] in "-/.," and text[end + 1 : end + 2].isdigit():
        return False
    return bool((_FIRM_CUE if separator == "." else _DAY_CUE).search(cue))
