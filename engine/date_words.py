"""Dates in words: ``tuần trước``, ``6 tháng đầu năm 2023``, ``quý 2/2023``, ``từ 1/2/2023 đến 15/3/2023``, with or without marks.

What is meant depends on the day it is said, so every function is given `today`. Weeks begin on Monday. What leaves open which
days are meant (``đầu năm``, ``tháng 6`` without a year, ``gần đây``) is not read.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta, timezone
from typing import NamedTuple

from analyzers.keys import bare
from engine.model import DateRange

LONGEST = 80
"""Code points of an expression that are looked at."""
MOST_FOUND = 8
"""Expressions found in one text."""

_Y = r"(?P<y>(?:19|20)\d\d)"
_YEAR = rf"(?:{_Y}|(?P<w>nay|này|ngoái|trước|vừa qua|qua|kia))"
_D, _M = r"(?P<d>3[01]|[12]\d|0?[1-9])", r"(?P<m>1[0-2]|0?[1-9])"
_MONTHS = ["một", "hai", "ba", "tư", "năm", "sáu", "bảy", "tám", "chín", "mười", "mười một", "mười hai"]
_MW = rf"(?P<m>mười hai|mười một|{'|'.join(word for word in _MONTHS[:10] if word != 'năm')}|bốn|năm(?= năm))"
"""A month in words; of *tháng năm 2023* nobody knows whether it is one."""
_NUMBERS = ["một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười"]
_N = rf"(?P<n>\d{{1,3}}|{'|'.join(_NUMBERS)})"
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_YEARS_BACK = {"nay": 0, "ngoai": 1, "truoc": 1, "vua qua": 1, "qua": 1, "kia": 2}
_DAYS_BACK = {"nay": 0, "qua": 1, "kia": 2}
_VIETNAM = timezone(timedelta(hours=7))


class Found(NamedTuple):
    """An expression at ``text[start:end]`` and the days it means."""

    start: int
    end: int
    dates: DateRange


class _Part(NamedTuple):
    """One period of an expression: its end in the text, and its days."""

    end: int
    first: date
    last: date


def vietnam_today() -> date:
    """The day it is in Viet Nam."""
    return datetime.now(_VIETNAM).date()


def read(text: str, today: date) -> DateRange | None:
    """The days that the whole of `text` means; None when it is no date in words, or an impossible one."""
    text = text.strip()
    found = _span(text, 0, today, open_end=True) if 0 < len(text) <= LONGEST else None
    return found.dates if found and found.end == len(text) else None


def find(text: str, today: date) -> Iterator[Found]:
    """Expressions in a text, from left to right, not overlapping; those with both ends only (not ``từ 2020``)."""
    at = count = 0
    while count < MOST_FOUND and (begin := _BEGIN.search(text, at)):
        found = _span(text, begin.start(), today, open_end=False)
        if found is None or _COUNTED.match(text, found.end) or is_number(text, found.start, found.end):
            following = _WORD.match(text, begin.start())
            at = following.end() if following else begin.end()
            continue
        yield found
        at, count = found.end, count + 1


def is_number(text: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` is the number of a document and its year, no month: *thông tư 5/2017*, *quyết định số 6-2017*."""
    return _OF_YEAR.fullmatch(text, start, end) is not None and _NUMBERED.search(text[max(0, start - LONGEST) : start]) is not None


def written(dates: DateRange) -> str:
    """A range as the query language writes it, as short as it can be: ``2023``, ``2023-01..2023-06``, ``2023-06-30..``."""
    if dates.first and dates.last:
        for value in (f"{dates.first:%Y}", f"{dates.first:%Y-%m}", dates.first.isoformat()):
            if _days(value) == (dates.first, dates.last):
                return value
        for form in ("%Y", "%Y-%m"):
            first, last = dates.first.strftime(form), dates.last.strftime(form)
            if _days(first)[0] == dates.first and _days(last)[1] == dates.last:
                return f"{first}..{last}"
    return f"{dates.first.isoformat() if dates.first else ''}..{dates.last.isoformat() if dates.last else ''}"


def _days(value: str) -> tuple[date, date]:
    year, month, day = [*(int(part) for part in value.split("-")), 0, 0][:3]
    if day:
        return date(year, month, day), date(year, month, day)
    return _months(year, month, month) if month else _months(year, 1, 12)


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    return date(year, first, 1), date(year, last, calendar.monthrange(year, last)[1])


# --- grammar ---


def _pattern(marked: str) -> re.Pattern[str]:
    """A pattern written with marks that takes each letter with its mark or without."""
    loose = "".join(f"[{char}{bare(char)}]" if char.isalpha() and not char.isascii() else char for char in marked)
    return re.compile(loose.replace(" ?", r"\s*").replace(" ", r"\s+"), re.IGNORECASE)


_BEGIN = re.compile(r"(?<![\w/.,\-–])\w")
_WORD = re.compile(r"\w+")
_AFTER = re.compile(r"(?![\w%])(?![/.,\-–]\w)")
_COUNTED = _pattern(r" (?:tỷ|tỉ|triệu|nghìn|ngàn|ha|km|m2|kg|tấn|tạ|mét|người|hộ|lượt|con|cây|căn|suất|đồng|usd|học sinh|ca|chiếc|tuổi)\b")
"""What makes a number of four digits a number and no year."""
_OF_YEAR = re.compile(r"\d{1,2}\s*[/-]\s*\d{4}")
_NUMBERED = _pattern(
    r"\b(?:nghị định|thông tư(?: liên tịch)?|quyết định|nghị quyết|chỉ thị|công văn|công điện|pháp lệnh|luật)(?: số)? ?$|\bsố:? ?$"
)
"""Behind what a number is a document's."""
_FROM = _pattern(r"(?:kể )?từ (?:sau )?(?=\S)")
_TO = _pattern(r" (?:đến|tới)(?: hết| cuối)? | ?(?:\.\.|…|[-–—]) ?")
_TO_NOW = _pattern(r" (?:đến|tới) (?:nay|hôm nay|bây giờ)| trở (?:lại đây|đi)")
_UNTIL = _pattern(r"(?:đến|tới)(?: hết)? (?=\S)")
_BEFORE, _AFTERWARDS = _pattern(r"trước (?=\S)"), _pattern(r"sau (?=\S)")
_DAY_ONLY = _pattern(rf"(?:ngày )?{_D}(?:[/.-]{_M}| tháng {_M.replace('<m>', '<m2>')})?")
_MONTH_ONLY = _pattern(rf"tháng {_M}")


def _span(text: str, at: int, today: date, *, open_end: bool) -> Found | None:
    """The longest expression at a position; with `open_end` also those with one end only."""
    lead = _FROM.match(text, at)
    if lead or not open_end:
        found = _range(text, at, lead.end() if lead else at, today, open_end=open_end)
        if found is not None or lead:
            return found
    for pattern, meaning in _ONE_ENDED if open_end else ():
        if (lead := pattern.match(text, at)) and (part := _part(text, lead.end(), today)):
            return Found(at, part.end, meaning(part))
    return _range(text, at, at, today, open_end=False)


def _range(text: str, start: int, at: int, today: date, *, open_end: bool) -> Found | None:
    """``P``, ``P đến Q``, and behind a *từ* also ``P`` alone and ``P đến nay``."""
    first = _part(text, at, today)
    if first is not None:
        if now := _TO_NOW.match(text, first.end):
            return Found(start, now.end(), DateRange(first.first, today)) if start < at and first.first <= today else None
        to = _TO.match(text, first.end)
        last = _part(text, to.end(), today) if to else None
        if last is not None and first.first <= last.last:
            return Found(start, last.end, DateRange(first.first, last.last))
        if start == at:
            return Found(start, first.end, DateRange(first.first, first.last))
        return Found(start, first.end, DateRange(first.first, None)) if open_end else None
    return _completed(text, start, at, today)


def _completed(text: str, start: int, at: int, today: date) -> Found | None:
    """``từ 1/2 đến 15/3/2023``, ``tháng 1 đến tháng 6/2023``: the first end takes what it lacks from the second."""
    for pattern in (_DAY_ONLY, _MONTH_ONLY):
        one = pattern.match(text, at)
        to = _TO.match(text, one.end()) if one else None
        last = _part(text, to.end(), today) if to else None
        if one is None or last is None:
            continue
        given = one.groupdict()
        month = int(given["m"] or given.get("m2") or last.last.month)
        first = _day(last.last.year, month, int(given.get("d") or 1))
        if first is not None and first <= last.first:
            return Found(start, last.end, DateRange(first, last.last))
    return None


def _part(text: str, at: int, today: date) -> _Part | None:
    """The longest single period at a position."""
    best: _Part | None = None
    for pattern, meaning in _PERIODS:
        match = pattern.match(text, at)
        if match and _AFTER.match(text, match.end()) and (best is None or match.end() > best.end):
            days = _within_calendar(meaning, match, today)
            if days is not None:
                best = _Part(match.end(), *days)
    return best


_Days = tuple[date, date] | None


def _within_calendar(meaning: Callable[[re.Match[str], date], _Days], match: re.Match[str], today: date) -> _Days:
    try:
        return meaning(match, today)
    except ValueError:  # before the year 1
        return None


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _one_day(match: re.Match[str], _: date) -> _Days:
    found = _day(int(match["y"]), _month_of(match["m"]), int(match["d"]))
    return (found, found) if found else None


def _month(match: re.Match[str], today: date) -> _Days:
    month = _month_of(match["m"])
    return _months(_year(match, today), month, month)


def _month_of(word: str) -> int:
    """``6``, ``sáu``, ``sau`` → 6."""
    if word.isdigit():
        return int(word)
    return 4 if bare(word) == "bon" else 1 + [_word(name) for name in _MONTHS].index(_word(word))


def _year(match: re.Match[str], today: date) -> int:
    given = match.groupdict()
    return int(given["y"]) if given["y"] else today.year - _YEARS_BACK[_word(given.get("w"))]


def _word(text: str | None) -> str:
    return " ".join(bare(part) for part in (text or "").split())


def _whole_year(match: re.Match[str], today: date) -> _Days:
    return _months(_year(match, today), 1, 12)


def _quarter(match: re.Match[str], today: date) -> _Days:
    number = _QUARTERS.get(match["q"].lower()) or next(n for word, n in _QUARTERS.items() if bare(word) == bare(match["q"]))
    return _months(_year(match, today), 3 * number - 2, 3 * number)


def _part_of_year(match: re.Match[str], today: date) -> _Days:
    given = match.groupdict()
    count = 6 if given.get("n") is None else _number(match["n"])
    if not 1 <= count <= 11:
        return None
    first, last = (1, count) if bare(match["e"]) == "dau" else (13 - count, 12)
    return _months(_year(match, today), first, last)


def _number(word: str) -> int:
    return int(word) if word.isdigit() else 1 + [bare(one) for one in _NUMBERS].index(bare(word))


def _years(match: re.Match[str], _: date) -> _Days:
    first, last = int(match["y"]), int(match["z"])
    return (date(first, 1, 1), date(last, 12, 31)) if first < last <= first + 30 else None


def _days_back(match: re.Match[str], today: date) -> _Days:
    found = _shifted(today, -_DAYS_BACK[bare(match["b"])])
    return found, found


def _unit(match: re.Match[str], today: date) -> _Days:
    """This or the last week, month or quarter."""
    back = 0 if bare(match["b"]) == "nay" else 1
    unit = bare(match["u"])
    if unit == "tuan":
        monday = _shifted(today, -today.weekday() - 7 * back)
        return monday, _shifted(monday, 6)
    size = 1 if unit == "thang" else 3
    months = today.year * 12 + (today.month - 1) // size * size - size * back
    year, month = divmod(months, 12)
    return _months(year, month + 1, month + size)


def _last_few(match: re.Match[str], today: date) -> _Days:
    """``7 ngày qua``: that many days up to and with today; weeks of 7 days; months and years up to the same day."""
    count = _number(match["n"])
    unit = bare(match["u"])
    if count == 0:
        return None
    if unit in ("ngay", "tuan"):
        return _shifted(today, 1 - count * (1 if unit == "ngay" else 7)), today
    months = today.year * 12 + today.month - 1 - count * (1 if unit == "thang" else 12)
    year, month = divmod(months, 12)
    if year < 1:
        return None
    day = min(today.day, calendar.monthrange(year, month + 1)[1])
    return _shifted(date(year, month + 1, day), 1), today


def _shifted(day: date, days: int) -> date:
    """`day` moved; the calendar's own ends where it would leave them."""
    return date.fromordinal(min(max(day.toordinal() + days, 1), date.max.toordinal()))


_ONE_ENDED: tuple[tuple[re.Pattern[str], Callable[[_Part], DateRange]], ...] = (
    (_UNTIL, lambda part: DateRange(None, part.last)),
    (_BEFORE, lambda part: DateRange(None, _shifted(part.first, -1))),
    (_AFTERWARDS, lambda part: DateRange(_shifted(part.last, 1), None)),
)
_MEANINGS: tuple[tuple[str, Callable[[re.Match[str], date], _Days]], ...] = (
    (rf"(?:ngày )?{_D}[/.-]{_M}[/.-]{_Y}", _one_day),
    (rf"(?:ngày )?{_D} tháng {_M} ?(?:năm|/|,)? ?{_Y}", _one_day),
    (rf"{_Y}[-/]{_M}[-/]{_D}", _one_day),
    (rf"(?:tháng )?{_M} ?[/-] ?{_Y}", _month),
    (rf"tháng {_M} ?,? ?(?:năm )?{_Y}", _month),
    (rf"tháng {_M} năm {_YEAR}", _month),
    (rf"tháng {_MW} ?,? ?(?:năm )?{_Y}", _month),
    (rf"tháng {_MW} năm {_YEAR}", _month),
    (rf"(?:ngày )?{_D} tháng {_MW} ?(?:năm|,)? ?{_Y}", _one_day),
    (rf"{_Y}-{_M}", _month),
    (rf"qu(?:ý|í) (?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư) ?(?:[/,-] ?)?(?:năm )?{_Y}", _quarter),
    (rf"qu(?:ý|í) (?P<q>iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư) năm {_YEAR}", _quarter),
    (rf"{_N} tháng (?P<e>đầu|cuối)(?: của)? năm {_YEAR}", _part_of_year),
    (rf"nửa (?P<e>đầu|cuối)(?: của)? năm {_YEAR}", _part_of_year),
    (rf"(?:năm )?{_Y}", _whole_year),
    (rf"năm {_YEAR}", _whole_year),
    (rf"(?:giai đoạn |các năm |năm |nhiệm kỳ )?{_Y} ?[-–—] ?(?P<z>(?:19|20)\d\d)", _years),
    (r"hôm (?P<b>nay|qua|kia)", _days_back),
    (r"(?P<u>tuần|tháng|quý) (?P<b>này|nay|trước|vừa qua|vừa rồi|qua|rồi)", _unit),
    (rf"{_N} (?P<u>ngày|tuần|tháng|năm) (?:vừa qua|qua|gần đây nhất|gần đây|gần nhất|vừa rồi|trở lại đây)", _last_few),
)
_PERIODS = tuple((_pattern(source), meaning) for source, meaning in _MEANINGS)
