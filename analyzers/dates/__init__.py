"""Dates that know how sure they are: see `model` for the value, `mention` for what is written, `published` and `event` for what it means,
`periods` for stretches of time."""

from analyzers.dates.event import event_date
from analyzers.dates.given import given_date
from analyzers.dates.model import DatePrecision, PartialDate
from analyzers.dates.periods import Period, periods, terms_of_office
from analyzers.dates.published import DateClues, published

__all__ = ["DateClues", "DatePrecision", "PartialDate", "Period", "event_date", "given_date", "periods", "published", "terms_of_office"]
