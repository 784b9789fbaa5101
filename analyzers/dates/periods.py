"""The period a text reports on (``6 tháng đầu năm 2023``, ``quý I/2024``, ``giai đoạn 2022-2025``) and terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

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


_NUMBER = {"hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười một": 11}
_QUARTER = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4, "một": 1, "hai": 2, "ba": 3, "bốn": 4, "tư": 4}
_Y = r"(?P<y>(?:19|20)\d\d)"
_MONTHS = re.compile(
    rf"\b(?P<n>0?[1-9]|1[01]|hai|ba|bốn|năm|sáu|bảy|tám|chín|mười(?:\s+một)?)\s+tháng\s*,?\s*(?P<w>đầu|cuối|còn\s+lại)?\s*(?:của\s+)?năm\s+{_Y}(?!\d)",
    re.IGNORECASE,
)
_QUARTERS = re.compile(
    rf"\bquý\s+(?P<q>IV|I{{1,3}}|[1-4]|một|hai|ba|bốn|tư)\s*(?:/|-|,|năm|\s+năm)?\s*(?:năm\s+)?{_Y}(?!\d)", re.IGNORECASE
)
_MONTH = re.compile(rf"(?<!ngày\s)(?<![\d/.-])\btháng\s+(?P<m>0?[1-9]|1[0-2])\s*(?:/|-|năm)\s*{_Y}(?![\d/])", re.IGNORECASE)
_SPAN = re.compile(
    rf"\b(?P<w>giai\s+đoạn|thời\s+kỳ|các\s+năm|từ\s+năm)\s+(?:\w+\s+){{0,3}}?{_Y}\s*(?:[-–—]|đến(?:\s+năm)?)\s*(?P<z>(?:19|20)\d\d)(?!\d)",
    re.IGNORECASE,
)
_TERM = re.compile(
    rf"\bnhiệm\s+kỳ\s*(?:khóa\s+\w+\s*,?\s*)?(?:năm\s+)?\(?{_Y}\s*(?:[-–—/]|đến)\s*(?P<z>(?:19|20)\d\d)(?!\d)", re.IGNORECASE
)
_YEAR = re.compile(rf"\bnăm\s+{_Y}(?!\d)(?!\s*[-–]\s*\d{{4}})", re.IGNORECASE)
_NOT_REPORTED = re.compile(
    r"(?:so\s+với|cùng\s+kỳ|từ|đến|trước|sau|tới|cuối|đầu|giữa|sinh|khóa|kỳ|hạn|tháng\s+\d+|tháng\s+\w+|ngày\s+\S+|quý\s+\w+|luật\s+\S+(?:\s+\S+){0,5}|nghị\s+quyết)\s*$",
    re.IGNORECASE,
)


def periods(text: str) -> tuple[Period, ...]:
    """Periods named in `text`, each label once, in order. Whole years only where the text reports on them."""
    found = [*_months(text), *_quarters(text), *_month(text), *_spans(text), *_years(text)]
    return _once(sorted(found, key=lambda period: period.start))


def terms_of_office(text: str) -> tuple[Period, ...]:
    """Terms named in `text` ("nhiệm kỳ 2020-2025"), each once, in order; `first` and `last` are the years' first and last month."""
    return _once([_years_period("term", "nhiệm kỳ", match) for match in _TERM.finditer(text) if _plausible(match)])


def _once(found: list[Period]) -> tuple[Period, ...]:
    seen: dict[str, Period] = {}
    for period in found:
        seen.setdefault(period.label, period)
    return tuple(seen.values())


def _months(text: str) -> Iterator[Period]:
    for match in _MONTHS.finditer(text):
        word = " ".join(match["n"].lower().split())
        count = int(word) if word.isdigit() else _NUMBER[word]
        end = match["w"] is not None and not match["w"].lower().startswith("đầu")
        first, last = (13 - count, 12) if end else (1, count)
        label = f"{count} tháng {'cuối' if end else 'đầu'} năm {match['y']}"
        yield Period(
            "half" if count == 6 else "months", label, f"{match['y']}-{first:02d}", f"{match['y']}-{last:02d}", match[0], match.start()
        )


def _quarters(text: str) -> Iterator[Period]:
    for match in _QUARTERS.finditer(text):
        quarter = _QUARTER[match["q"].lower()]
        label = f"quý {'I' * quarter if quarter < 4 else 'IV'}/{match['y']}"
        yield Period("quarter", label, f"{match['y']}-{3 * quarter - 2:02d}", f"{match['y']}-{3 * quarter:02d}", match[0], match.start())


def _month(text: str) -> Iterator[Period]:
    for match in _MONTH.finditer(text):
        if re.search(r"ngày\s+\d{1,2}\s*$", text[max(0, match.start() - 10) : match.start()], re.IGNORECASE):
            continue
        month = f"{match['y']}-{int(match['m']):02d}"
        yield Period("month", f"tháng {int(match['m'])}/{match['y']}", month, month, match[0], match.start())


def _spans(text: str) -> Iterator[Period]:
    for match in _SPAN.finditer(text):
        if _plausible(match):
            yield _years_period("years", "giai đoạn", match)


def _years_period(kind: PeriodKind, word: str, match: re.Match[str]) -> Period:
    return Period(kind, f"{word} {match['y']}–{match['z']}", f"{match['y']}-01", f"{match['z']}-12", match[0], match.start())


def _plausible(match: re.Match[str]) -> bool:
    return 0 < int(match["z"]) - int(match["y"]) <= 30


def _years(text: str) -> Iterator[Period]:
    """Years the text reports on: not those it compares with, counts from, or cites."""
    for match in _YEAR.finditer(text):
        if not _NOT_REPORTED.search(text[max(0, match.start() - 40) : match.start()]):
            yield Period("year", f"năm {match['y']}", f"{match['y']}-01", f"{match['y']}-12", match[0], match.start())
