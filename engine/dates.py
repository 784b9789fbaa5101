"""Dates of a request: ``2023``, ``2023-06``, ``2023-06-30``, and ranges of them, inclusive for people."""

from __future__ import annotations

import re
from typing import NamedTuple

from analyzers.dates import PartialDate
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


def ends(first: str, last: str) -> tuple[DateRange, dict[str, BadDate]]:
    """The days from `first` to `last`, and by parameter (``tu``, ``den``) what cannot be read: that end is open, the other stays."""
    given = {name: text for name, text in (("tu", first), ("den", last)) if text}
    bad: dict[str, BadDate] = {}
    for name, text in given.items():
        try:
            parse_partial(text)
        except RequestError as error:
            bad[name] = BadDate(text, str(error))
    try:
        return date_range(*(given.get(name) if name not in bad else None for name in ("tu", "den"))), bad
    except RequestError as error:
        return DateRange(), {name: BadDate(text, str(error)) for name, text in given.items()}
