"""Dates of a request: ``2023``, ``2023-06``, ``2023-06-30``, and ranges of them, inclusive for people."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from analyzers.dates import PartialDate
from analyzers.text import nfc
from engine.date_words import read, vietnam_today, written
from engine.errors import RequestError
from engine.model import DateRange

_ISO = re.compile(r"\d{4}(-\d{1,2}){0,2}")
_VIETNAMESE = re.compile(r"(?:(\d{1,2})[/.-])?(\d{1,2})[/.-](\d{4})")

PATTERN = rf"^\s*({_ISO.pattern}|{_VIETNAMESE.pattern})\s*$"
"""What dates of a request look like, for programs; that there is such a day is not in it."""


def parse_partial(value: str) -> PartialDate:
    """Read a date of a request, also as people write it: ``30/6/2023``, ``6/2023``. Raises RequestError."""
    text = value.strip()
    try:
        if _ISO.fullmatch(text):
            year, *rest = text.split("-")
            return PartialDate("-".join([year, *(part.zfill(2) for part in rest)]), "request")
        if match := _VIETNAMESE.fullmatch(text):
            day, month, year = match.groups()
            return PartialDate("-".join([year, month.zfill(2), *([day.zfill(2)] if day else [])]), "request")
    except ValueError:
        pass
    raise RequestError(f"Không hiểu ngày “{value}”. Viết 2023, 2023-06, 2023-06-30 hoặc 30/6/2023.")


def parse_range(value: str) -> DateRange:
    """Read ``2023``, ``2023-01..2023-06``, ``..2023`` or ``2023..``. Raises RequestError."""
    first, dots, last = value.partition("..")
    if not dots:
        last = first
    return date_range(first or None, last or None)


def date_range(first: str | None, last: str | None) -> DateRange:
    """Range from the first day of `first` to the last day of `last`. Raises RequestError, also when it is empty."""
    start = parse_partial(first).first_day if first else None
    end = parse_partial(last).last_day if last else None
    if start and end and start > end:
        raise RequestError(f"Khoảng ngày trống: từ {first} lại sau đến {last}.")
    return DateRange(start, end)


class BadDate(NamedTuple):
    """A date as it was typed, and why it is none."""

    text: str
    why: str


def ends(first: str, last: str, today: date | None = None) -> tuple[DateRange, dict[str, BadDate]]:
    """The days from `first` to `last`, and by parameter (``tu``, ``den``) what cannot be read: that end is open, the other stays.

    Dates in words are read too: of ``quý 2/2023`` the first or the last day, of ``hôm qua`` the day before `today` (in Viet Nam).
    """
    given = {name: text for name, text in (("tu", first), ("den", last)) if text}
    days: dict[str, date] = {}
    bad: dict[str, BadDate] = {}
    for name, text in given.items():
        try:
            days[name] = _end(name, text, today or vietnam_today())
        except RequestError as error:
            bad[name] = BadDate(text, str(error))
    if len(days) == 2 and days["tu"] > days["den"]:
        why = f"Khoảng ngày trống: từ {first} lại sau đến {last}."
        return DateRange(), {name: BadDate(text, why) for name, text in given.items()}
    return DateRange(days.get("tu"), days.get("den")), bad


def _end(name: str, text: str, today: date) -> date:
    """The day with which a range begins (``tu``) or ends (``den``). Raises RequestError."""
    try:
        found = parse_partial(text)
    except RequestError:
        words = read(nfc(text), today) or DateRange()
        day = words.first if name == "tu" else words.last
        if day is None:
            raise
        return day
    return found.first_day if name == "tu" else found.last_day


def parse_month(value: str, today: date | None = None) -> PartialDate:
    """Read a year, a month or a day, also in words that mean one: ``tháng 6/2023``, ``năm ngoái``. Raises RequestError."""
    try:
        return parse_partial(value)
    except RequestError:
        words = read(nfc(value), today or vietnam_today())
        text = written(words) if words is not None else ""
        if not _ISO.fullmatch(text):
            raise
        return parse_partial(text)
