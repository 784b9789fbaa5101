"""The period a text reports on (``6 tháng đầu năm 2023``, ``quý I/2024``, ``giai đoạn 2022-2025``) and terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from analyzers.dates.sieve import Spans, stretches, years
from analyzers.digits import digit_runs

PeriodKind = Literal["months", "quarter", "half", "year", "month", "years", "term"]


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of whole months. `first` and `last` are ISO months ``YYYY-MM``, inclusive; `label` is how it is shown.

    `evidence` is the text verbatim and stands at code point `start`.
    """

    kind: PeriodKind
    label: str
    first: str
    last: str
    evidence: str
    start: int

    @property
    def value(self) -> str:
        """The stretch itself, the same however it is worded: ``2023-01..2023-06``, ``2023-06``, ``2023``, ``2022..2025``."""
        if self.first[5:] == "01" and self.last[5:] == "12":
            first, last = self.first[:4], self.last[:4]
        else:
            first, last = self.first, self.last
        return first if first == last else f"{first}..{last}"


_VALUE = re.compile(r"((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?(?:\.\.((?:19|20)\d\d)(?:-(0[1-9]|1[0-2]))?)?")
_YEARS = re.compile(r"((?:19|20)\d\d)\s*(?:\.\.|[-–—/]|đến|den)\s*((?:19|20)\d\d)")


def period_label(value: str) -> str:
    """How a period's value is shown: ``6 tháng đầu năm 2023``, ``quý I/2024``, ``giai đoạn 2022–2025``."""
    first, _, last = value.partition("..")
    year, _, month = first.partition("-")
    if not last:
        return f"tháng {int(month)}/{year}" if month else f"năm {year}"
    end_year, _, end = last.partition("-")
    if not month and not end:
        return f"giai đoạn {first}–{last}"
    return _months_label(year, int(month), int(end)) if year == end_year and month and end else f"từ {first} đến {last}"


def _months_label(year: str, first: int, last: int) -> str:
    count = last - first + 1
    if count == 3 and last % 3 == 0:
        return f"quý {'I' * (last // 3) if last < 12 else 'IV'}/{year}"
    return f"{count} tháng {'đầu' if first == 1 else 'cuối'} năm {year}" if 1 in (first, last - 11) else f"tháng {first}–{last}/{year}"


def term_label(value: str) -> str:
    """``nhiệm kỳ 2020–2025``"""
    return f"nhiệm kỳ {value.replace('..', '–')}"


def read_period(text: str) -> str | None:
    """The value of a period as a person or a link writes it: the value itself, or its words; None when it is none, or several."""
    text = text.strip()
    if _is_value(text):
        return text
    values = {period.value for period in every_period(text)} or {period.value for period in every_period(f"giai đoạn {text}")}
    return values.pop() if len(values) == 1 else None


def read_term(text: str) -> str | None:
    """The same of a term of office: ``2020..2025``, ``2020-2025``, ``nhiệm kỳ 2020–2025``."""
    match = _YEARS.search(text)
    return f"{match[1]}..{match[2]}" if match and 0 < int(match[2]) - int(match[1]) <= _LONGEST_YEARS else None


def _is_value(text: str) -> bool:
    match = _VALUE.fullmatch(text)
    if match is None:
        return False
    year, month, end_year, end = match.groups()
    if end_year is None:
        return True
    return bool(month) == bool(end) and (year, month or "") < (end_year, end or "")


_LONGEST_YEARS = 30
_NUMBER = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
COUNT_WORDS = r"hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+một)?"
"""Numbers of months in words, as a pattern; `month_count` reads them. The numbers of quarters: `QUARTER_WORDS`, `quarter_number`."""
QUARTER_WORDS = "IV|I{1,3}|[1-4]|một|hai|ba|bốn|tư"
_Y = r"(?P<y>(?:19|20)\d\d)"
_MONTHS = re.compile(
    rf"\b(?:(?P<n>0?[1-9]|1[01]|{COUNT_WORDS})\s+tháng|nửa)\s*,?\s*(?P<w>đầu|cuối|còn\s+lại)?\s*(?:của\s+)?năm\s+{_Y}(?!\d)",
    re.IGNORECASE,
)
_QUARTERS = re.compile(rf"\bquý\s+(?P<q>{QUARTER_WORDS})\s*(?:/|-|,|năm|\s+năm)?\s*(?:năm\s+)?{_Y}(?!\d)", re.IGNORECASE)
_MONTH = re.compile(rf"(?<!ngày\s)(?<![\d/.-])\btháng\s+(?P<m>0?[1-9]|1[0-2])\s*(?:/|-|năm)\s*{_Y}(?![\d/])", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b(?P<w>giai\s+đoạn|thời\s+kỳ|các\s+năm|từ\s+năm)\s+(?:\w+\s+){{0,3}}?{_Y}\s*(?:[-–—]|đến(?:\s+năm)?)\s*(?P<z>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_TERM = re.compile(
    rf"\bnhiệm\s+k[ỳì]\s*(?:khóa\s+\w+\s*,?\s*)?(?:năm\s+)?\(?{_Y}\s*(?:[-–—/]|đến)\s*(?P<z>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(rf"\bnăm\s+{_Y}(?!\d)(?!\s*[-–]\s*\d{{4}})", re.IGNORECASE)
_NOT_REPORTED = re.compile(
    r"(?:so\s+với|cùng\s+kỳ|từ|đến|trước|sau|tới|cuối|đầu|giữa|nửa|sinh|khóa|kỳ|hạn|tháng\s+\d+|tháng\s+\w+|ngày\s+\S+|quý\s+\w+|luật\s+\S+(?:\s+\S+){0,5}|nghị\s+quyết)\s*$",
    re.IGNORECASE,
)


def periods(text: str) -> tuple[Period, ...]:
    """Periods named in `text`, each label once, in order. Whole years only where the text reports on them."""
    return _once(every_period(text))


def every_period(text: str, spans: Spans | None = None) -> list[Period]:
    """The same with every mention, in order. `spans` are those `around_years`, where they are known."""
    return sorted(_every(text, around_years(text) if spans is None else spans), key=lambda period: period.start)


def _every(text: str, spans: Spans) -> Iterator[Period]:
    for start, end in spans:
        words = text[start:end].lower()
        for needed, rule in _RULES:
            for word in needed:
                if word in words:
                    yield from rule(text, start, end)
                    break


_BEFORE, _AFTER = 64, 24
"""Code points around a year in which a period's words stand: the rules look nowhere else, which takes a fifth of the time."""


def around_years(text: str, runs: Spans | None = None) -> list[tuple[int, int]]:
    """Half-open stretches of the text around its years; what overlaps is one. `runs` are its `digit_runs`, where they are known."""
    return stretches(years(text, digit_runs(text) if runs is None else runs), _BEFORE, _AFTER)


def terms_of_office(text: str, spans: Spans | None = None) -> tuple[Period, ...]:
    """Terms named in `text` ("nhiệm kỳ 2020-2025"), each once, in order; `first` and `last` are the years' first and last month."""
    if spans is None:
        spans = around_years(text)
    if not spans:
        return ()
    if "kỳ" not in text and "kì" not in text and "KỲ" not in text:
        return ()
    matches = (match for start, end in spans for match in _TERM.finditer(text, start, end))
    return _once(_years_period("term", "nhiệm kỳ", match) for match in matches if _plausible(match))


def _once(found: Iterable[Period]) -> tuple[Period, ...]:
    seen: dict[str, Period] = {}
    for period in found:
        seen.setdefault(period.label, period)
    return tuple(seen.values())


def _months(text: str, begin: int, end: int) -> Iterator[Period]:
    for match in _MONTHS.finditer(text, begin, end):
        late = match["w"] is not None and not match["w"].lower().startswith("đầu")
        yield months_period(month_count(match["n"]), late, int(match["y"]), match[0], match.start())


def month_count(word: str | None) -> int:
    """``6``, ``sáu``, and None for *nửa năm* → 6."""
    if word is None:
        return 6
    folded = " ".join(word.lower().split())
    return int(folded) if folded.isdigit() else _NUMBER[folded]


def months_period(count: int, late: bool, year: int, evidence: str, start: int) -> Period:
    """The first (or, with `late`, last) `count` months of a year."""
    first, last = (13 - count, 12) if late else (1, count)
    label = f"{count} tháng {'cuối' if late else 'đầu'} năm {year}"
    return Period("half" if count == 6 else "months", label, f"{year}-{first:02d}", f"{year}-{last:02d}", evidence, start)


def _quarters(text: str, begin: int, end: int) -> Iterator[Period]:
    for match in _QUARTERS.finditer(text, begin, end):
        yield quarter_period(quarter_number(match["q"]), int(match["y"]), match[0], match.start())


def quarter_number(word: str) -> int:
    """``IV``, ``4``, ``tư`` → 4."""
    return _QUARTER[word.lower()]


def quarter_period(quarter: int, year: int, evidence: str, start: int) -> Period:
    """A quarter of a year."""
    label = f"quý {'I' * quarter if quarter < 4 else 'IV'}/{year}"
    return Period("quarter", label, f"{year}-{3 * quarter - 2:02d}", f"{year}-{3 * quarter:02d}", evidence, start)


def _month(text: str, begin: int, end: int) -> Iterator[Period]:
    for match in _MONTH.finditer(text, begin, end):
        if re.search(r"ngày\s+\d{1,2}\s*$", text[max(0, match.start() - 10) : match.start()], re.IGNORECASE):
            continue
        month = f"{match['y']}-{int(match['m']):02d}"
        yield Period("month", f"tháng {int(match['m'])}/{match['y']}", month, month, match[0], match.start())


def _spans(text: str, begin: int, end: int) -> Iterator[Period]:
    for match in _SPAN.finditer(text, begin, end):
        if _plausible(match):
            yield _years_period("years", "giai đoạn", match)


def _years_period(kind: PeriodKind, word: str, match: re.Match[str]) -> Period:
    return Period(kind, f"{word} {match['y']}–{match['z']}", f"{match['y']}-01", f"{match['z']}-12", match[0], match.start())


def _plausible(match: re.Match[str]) -> bool:
    return 0 < int(match["z"]) - int(match["y"]) <= _LONGEST_YEARS


def _years(text: str, begin: int, end: int) -> Iterator[Period]:
    """Years the text reports on: not those it compares with, counts from, or cites."""
    for match in _YEAR.finditer(text, begin, end):
        if not _NOT_REPORTED.search(text[max(0, match.start() - 40) : match.start()]):
            yield Period("year", f"năm {match['y']}", f"{match['y']}-01", f"{match['y']}-12", match[0], match.start())


_RULES = (
    (("tháng", "nửa"), _months),
    (("quý",), _quarters),
    (("tháng",), _month),
    (("đoạn", "kỳ", "các", "từ"), _spans),
    (("năm",), _years),
)
"""The rules, each with words of which one stands in whatever it finds."""
