"""Dates that know how sure they are: see `model` for the value, `mention` for what is written, `published` and `event` for what it means,
`periods` for stretches of time, `told` for all that a text says of time beside its publication."""

from analyzers.dates.event import event_date
from analyzers.dates.given import given_date
from analyzers.dates.model import DatePrecision, PartialDate
from analyzers.dates.periods import Period, periods, terms_of_office
from analyzers.dates.published import DateClues, published
from analyzers.dates.told import TextDates, text_dates

__all__ = [
    "DateClues", "DatePrecision", "PartialDate", "Period", "TextDates", "event_date", "given_date", "periods", "published",
    "terms_of_office", "text_dates",
]  # fmt: skip
