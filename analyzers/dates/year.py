"""The year of a day and month that were written without one. Agreement of all witnesses, or nothing.

Which witnesses are asked was measured on 35,425 articles of 2017 with known days, their dates hidden: half-years, quarters and
months summed up name the right year in 90 % of cases (62 of 69), a full date at most a week before the day in 95 % (517 of 542), a
closing day ("tính đến ngày …") in 88 % (46 of 52); months named in passing in 49 %, full dates further off in 39 % to 73 %, so these
are not asked. `python -m benchmarks.extraction` measures what the rules give together.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cached_property

from analyzers.dates.context import date_role
from analyzers.dates.mention import mentions
from analyzers.dates.periods import Period, periods

REPORT_LAG = 2
"""Months after the end of a period in which it is summed up: 6 tháng đầu năm is reported June to August."""
_YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d%])(?!\.\d)")
_PLANS = re.compile(
    r"(?:đến|tới|tầm\s+nhìn|vào|cuối|hết)\s+(?:cuối\s+)?năm\s*$|[-–]\s*$|nhiệm\s+kỳ(?:\s+\S+){0,3}\s*$|giai\s+đoạn\s+\S*\s*$", re.IGNORECASE
)


def year_from_text(texts: Iterable[str], day: int, month: int) -> tuple[int, str] | None:
    """Year that periods and full dates of `texts` give to ``day/month``, and the words that show it; None without agreement."""
    return Witnesses(texts).year(day, month)


class Witnesses:
    """What texts tell of their year: read once, however many days are asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._known: dict[tuple[int, int], tuple[int, str] | None] = {}

    def year(self, day: int, month: int) -> tuple[int, str] | None:
        """The year of ``day/month`` and the words that show it; None without agreement."""
        if (day, month) not in self._known:
            self._known[day, month] = self._agreed(day, month)
        return self._known[day, month]

    def _agreed(self, day: int, month: int) -> tuple[int, str] | None:
        votes: dict[int, str] = {}
        for period in self._periods:
            if _sums_up(period, month):
                votes.setdefault(int(period.last[:4]), period.evidence)
        for known, most, evidence in () if votes else self._dates:
            for year in (known.year, known.year + 1):
                candidate = make_date(year, month, day) if year == self._latest else None
                if candidate and timedelta() <= candidate - known <= most:
                    votes.setdefault(year, evidence)
        if len(votes) != 1:
            return None
        year, evidence = next(iter(votes.items()))
        return (year, evidence) if make_date(year, month, day) else None

    @cached_property
    def _periods(self) -> list[Period]:
        return [period for text in self._texts for period in periods(text) if period.kind in ("half", "months", "quarter")]

    @cached_property
    def _dates(self) -> list[tuple[date, timedelta, str]]:
        return [found for text in self._texts for found in _full_dates(text)]

    @cached_property
    def _latest(self) -> int | None:
        return latest_year(self._texts)


def latest_year(texts: Iterable[str]) -> int | None:
    """Latest year that the texts name outside of plans and terms ("đến năm 2030", "2020-2025"); None when they name none."""
    years = [
        int(match[0])
        for text in texts
        for match in _YEARS.finditer(text)
        if not _PLANS.search(text[max(0, match.start() - 24) : match.start()])
    ]
    return max(years, default=None)


def _sums_up(period: Period, month: int) -> bool:
    """Whether an event in `month` of the period's own year fits a text about it: in its last month, soon after, or planning it."""
    first, last = int(period.first[5:]), int(period.last[5:])
    if last == 12 and period.kind != "quarter":
        return first - 1 <= month <= 12
    return last <= month <= last + REPORT_LAG


def _full_dates(text: str) -> Iterator[tuple[date, timedelta, str]]:
    """Full dates, how long after them a day of the same year may lie, and the words.

    That is up to a week, or a month when figures are closed by them ("tính đến ngày 20-6-2023").
    """
    for mention in mentions(text):
        if mention.year is None or mention.day is None:
            continue
        role = date_role(text, mention)
        if role in ("", "deadline"):
            yield date(mention.year, mention.month, mention.day), timedelta(31 if role else 7), text[mention.start : mention.end]


def nearest_year(day: int, month: int, known: date) -> int | None:
    """The year that puts the day closest to `known`, within half a year; None for 29 February out of season."""
    near = [candidate for year in (known.year - 1, known.year, known.year + 1) if (candidate := make_date(year, month, day))]
    best = min(near, key=lambda candidate: abs(candidate - known), default=None)
    return best.year if best is not None and abs(best - known) <= timedelta(184) else None


def make_date(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None
