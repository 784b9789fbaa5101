"""What a text says of time, beside when it was published: the day of its event, the periods it reports on, terms of office."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from analyzers.dates.event import event_date
from analyzers.dates.model import PartialDate
from analyzers.dates.periods import Period, around_years, every_period, terms_of_office
from analyzers.dates.published import bounded
from analyzers.dates.sieve import Spans, day_stretches
from analyzers.dates.yearless import yearless_periods
from analyzers.digits import digit_runs

HEAD_CHARS = 800
"""Code points from the beginning within which one mention is enough: an article says first what it reports on."""
MENTIONS = 2
"""Times a period is named further down before the article counts as reporting on it."""
MOST = 8
"""Periods of one article, and terms: what names more is a table of years."""


@dataclass(frozen=True, slots=True)
class TextDates:
    """`event` is the day (month, year) of the main event; `periods` and `terms` are in order of appearance, each value once."""

    event: PartialDate | None = None
    periods: tuple[Period, ...] = ()
    terms: tuple[Period, ...] = ()


NOTHING_TOLD = TextDates()


def text_dates(title: str, paragraphs: Sequence[str], published: PartialDate | None, digits: Spans | None = None) -> TextDates:
    """Read an article; `paragraphs` begins with the lead. Positions of the periods count from the title, a line for each paragraph.

    `digits` are the `digit_runs` of these lines, where they are known.
    """
    given, paragraphs = tuple(paragraphs), tuple(bounded(paragraphs))
    text = "\n".join((title, *paragraphs))
    runs = digits if digits is not None and paragraphs == given else digit_runs(text)
    event = event_date(title, paragraphs, published, day_stretches(text, runs))
    spans = around_years(text, runs)
    return TextDates(event, _reported(text, spans, len(title), published), _once(terms_of_office(text, spans)))


def _reported(text: str, spans: Spans, title: int, published: PartialDate | None) -> tuple[Period, ...]:
    """Periods of the headline, those of the first sentences, and those the text comes back to.

    "Năm 2003" and "tháng 3/2017" beside the headline are mostly a day of the past or of the event: they count as reported on only
    when named again, and a year only when it is the one of publication or next to it.
    """
    found = sorted((*every_period(text, spans), *yearless_periods(text, published)), key=lambda period: period.start)
    times: dict[str, int] = {}
    for period in found:
        times[period.value] = times.get(period.value, 0) + 1
    return _once(
        period
        for period in found
        if period.start < title
        or (times[period.value] >= MENTIONS and _near(period, published))
        or (period.start <= title + HEAD_CHARS and period.kind not in ("year", "month"))
    )


def _near(period: Period, published: PartialDate | None) -> bool:
    return period.kind != "year" or published is None or abs(int(period.first[:4]) - published.first_day.year) <= 1


def _once(found: Iterable[Period]) -> tuple[Period, ...]:
    first: dict[str, Period] = {}
    for period in found:
        first.setdefault(period.value, period)
    return tuple(first.values())[:MOST]
