"""The year of a day and month that were written without one. Agreement of all witnesses, or nothing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from analyzers.dates.context import date_role
from analyzers.dates.mention import mentions
from analyzers.dates.periods import Period, periods

_REPORT_LAG = {"quarter": 2, "half": 2, "months": 2}
"""Months after the end of a period in which it is summed up: 6 tháng đầu năm is reported June to August."""


def year_from_text(texts: Iterable[str], day: int, month: int) -> tuple[int, str] | None:
    """Year that the periods and full dates of `texts` give to ``day/month``, with the words that show it; None when they disagree or are silent."""
    votes: dict[int, str] = {}
    for text in texts:
        for year, evidence in [*_period_votes(text, month), *_date_votes(text, day, month)]:
            votes.setdefault(year, evidence)
    if len(votes) != 1:
        return None
    year, evidence = next(iter(votes.items()))
    return (year, evidence) if make_date(year, month, day) else None


def _period_votes(text: str, month: int) -> Iterator[tuple[int, str]]:
    for period in periods(text):
        if period.kind in ("half", "months", "quarter", "month") and _sums_up(period, month):
            yield int(period.last[:4]), period.evidence


def _sums_up(period: Period, month: int) -> bool:
    """Whether an event in `month` of the period's own year fits a text about it: inside its last month, or soon after, or planning it."""
    first, last = int(period.first[5:]), int(period.last[5:])
    if period.kind == "month":
        return month in (first, first + 1)
    if last == 12 and period.kind != "quarter":
        return first - 1 <= month <= 12
    return last <= month <= last + _REPORT_LAG[period.kind]


def _date_votes(text: str, day: int, month: int) -> Iterator[tuple[int, str]]:
    """Full dates within two months before or one month after the day, in the same year or across New Year."""
    for mention in mentions(text):
        if mention.year is None or mention.day is None or date_role(text, mention) in ("licence", "legal", "lunar", "life", "range"):
            continue
        known = date(mention.year, mention.month, mention.day)
        for year in (mention.year - 1, mention.year, mention.year + 1):
            candidate = make_date(year, month, day)
            if candidate and timedelta(-31) <= candidate - known <= timedelta(62):
                yield year, text[mention.start : mention.end]


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
