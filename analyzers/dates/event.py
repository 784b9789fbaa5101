"""The day the headline's event happened, with its year completed from the publication date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from analyzers.dates.context import date_role
from analyzers.dates.dateline import REACH, dateline, dateline_text
from analyzers.dates.mention import DateMention, mentions
from analyzers.dates.model import PartialDate
from analyzers.dates.year import make_date, nearest_year, year_from_text

EVENT_PARAGRAPHS = 3


def event_date(title: str, paragraphs: Sequence[str], published: PartialDate | None) -> PartialDate | None:
    """Day of the main event, or None when the text gives none. `paragraphs` begins with the lead."""
    for rule, text, mention in _mentions(title, paragraphs):
        found = _complete(mention, paragraphs, published)
        if found is not None:
            return PartialDate(found, rule, dateline_text(text, mention))
    return None


def _mentions(title: str, paragraphs: Sequence[str]) -> Iterator[tuple[str, str, DateMention]]:
    for paragraph in paragraphs[:EVENT_PARAGRAPHS]:
        opening = dateline(paragraph)
        if opening is not None:
            yield "dateline", paragraph, opening
    for paragraph in (title, *paragraphs[:EVENT_PARAGRAPHS]):
        for mention in mentions(paragraph[: 2 * REACH]):
            if mention.day is not None and date_role(paragraph, mention) in ("", "future"):
                yield "text", paragraph, mention


def _complete(mention: DateMention, paragraphs: Sequence[str], published: PartialDate | None) -> str | None:
    """ISO day of the mention, its year from the publication date or the text."""
    day = mention.day or 0
    if mention.year is not None:
        known = make_date(mention.year, mention.month, day)
        if published is not None and known is not None and abs(known - published.first_day) > timedelta(400):
            return None
        return mention.iso
    if published is not None:
        year = nearest_year(day, mention.month, published.last_day if published.precision != "year" else published.first_day)
    else:
        inferred = year_from_text(paragraphs, day, mention.month)
        year = inferred[0] if inferred else None
    found = make_date(year, mention.month, day) if year else None
    return found.isoformat() if found else None
