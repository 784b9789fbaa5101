"""A date as far as it is known, and which rule found it."""

from __future__ import annotations

import calendar
import datetime
from dataclasses import dataclass
from typing import Literal

DatePrecision = Literal["day", "month", "year"]
_PRECISIONS: dict[int, DatePrecision] = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of known precision.

    `date` is ISO 8601, cut to what is known: ``2023-06-30``, ``2024-02`` or ``2023``.
    `rule` names how it was found; `evidence` is the text that shows it, verbatim.
    Raises ValueError for anything that is not such a date.
    """

    date: str
    rule: str
    evidence: str = ""

    def __post_init__(self) -> None:
        if len(self.date) not in _PRECISIONS:
            raise ValueError(f"not a date of the form YYYY, YYYY-MM or YYYY-MM-DD: {self.date!r}")
        if len(self.date) == 10 and self.date[4] == self.date[7] == "-":
            datetime.date.fromisoformat(self.date)  # raises ValueError for 2023-02-30; every record of a large file comes through here
        else:
            _ = self.first_day  # raises ValueError for 2023-13

    @property
    def precision(self) -> DatePrecision:
        return _PRECISIONS[len(self.date)]

    @property
    def first_day(self) -> datetime.date:
        """First day the date can mean."""
        parts = [int(part) for part in self.date.split("-")]
        return datetime.date(*[*parts, 1, 1][:3])

    @property
    def last_day(self) -> datetime.date:
        """Last day the date can mean, inclusive."""
        first = self.first_day
        if self.precision == "day":
            return first
        if self.precision == "year":
            return datetime.date(first.year, 12, 31)
        return datetime.date(first.year, first.month, calendar.monthrange(first.year, first.month)[1])

    @property
    def ancestors(self) -> tuple[str, ...]:
        """Year, month and day values this date counts under: ``("2023", "2023-06", "2023-06-30")``."""
        return tuple(self.date[:n] for n in (4, 7, 10) if n <= len(self.date))
