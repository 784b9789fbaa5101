"""A date somebody stated in a field: ISO 8601, day first, RFC 2822, seconds or milliseconds since 1970, or a written date.

Moments with a time zone are turned into Viet Nam's day (UTC+7, no daylight saving since 1975); moments without one are
taken as local.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone
from email.utils import parsedate_to_datetime

from analyzers.dates.mention import mentions

VIETNAM = timezone(timedelta(hours=7))
OLDEST = 1990
"""First year a stated date is believed: Vietnamese news went on line in 1997; CMS defaults are 0001, 1900 and 1970."""
NEWEST = 2060
"""Last year believed: beyond are typing errors and the defaults of databases (2099, 9999)."""

_ISO_DAY = re.compile(
    r"\s*((?:19|20)\d\d-\d\d-\d\d)\s*(?:$|[T ](\d\d):?(\d\d)?(?::?\d\d)?(?:[.,]\d+)?\s*(Z|[+-]\d\d(?::?\d\d)?)?)", re.IGNORECASE
)
_COMPACT = re.compile(r"((?:19|20)\d\d)(\d\d)(\d\d)(?:T?\d{4,6}Z?)?")
_PARTIAL = re.compile(r"(?:19|20)\d\d(?:-\d\d)?")
_RFC2822 = re.compile(r"(?:[A-Za-z]{3},\s*)?\d{1,2} [A-Za-z]{3} \d{4} \d\d:\d\d")
_TICKS = re.compile(r"\\?/Date\((\d{9,14})(?:[+-]\d{4})?\)\\?/")
"""How ASP.NET writes a moment in JSON: milliseconds since 1970."""
_JAVA = re.compile(r"[A-Z][a-z]{2} ([A-Z][a-z]{2}) (\d{1,2}) \d\d:\d\d:\d\d (?:ICT|[A-Z]{3}[+-]07:?00) ((?:19|20)\d\d)")
"""How Java writes a moment in Viet Nam's time: ``Sat Oct 12 08:00:00 ICT 2024``."""
_MONTH_FIRST = re.compile(r"(\d{1,2})/(\d{1,2})/((?:19|20)\d\d)")


def given_date(value: str | float) -> str | None:
    """ISO date (``YYYY-MM-DD``, or shorter when only that is stated) of a field's value; None when it is not a date from OLDEST on."""
    if isinstance(value, int) and 19_000_000 < value < 21_000_000:
        value = str(value)
    found = _epoch_day(value) if isinstance(value, (int, float)) else _text_day(value)
    return found if found is not None and OLDEST <= int(found[:4]) <= NEWEST and _is_date(found) else None


def _text_day(value: str) -> str | None:
    match = _ISO_DAY.match(value)
    if match:
        return match[1] if not match[4] else _local_day(match)
    text = value.strip()
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return _epoch_day(int(text))
    if ticks := _TICKS.fullmatch(text):
        return _epoch_day(int(ticks[1]))
    if java := _JAVA.fullmatch(text):
        return _written_day(f"{java[2]} {java[1]} {java[3]}")
    if _PARTIAL.fullmatch(text):
        return text
    compact = _COMPACT.fullmatch(text)
    if compact:
        return "-".join(compact.groups())
    if _RFC2822.match(text):
        return _rfc_day(text)
    return _written_day(text)


def _local_day(match: re.Match[str]) -> str | None:
    """Viet Nam's day of an ISO moment that states its zone."""
    zone = match[4].upper().replace(":", "")
    if int(match[2]) > 23 or int(match[3] or 0) > 59:
        return match[1]  # no time of day: what is written of the day still holds
    offset = timedelta() if zone == "Z" else timedelta(hours=int(zone[1:3]), minutes=int(zone[3:5] or 0)) * (-1 if zone[0] == "-" else 1)
    try:
        moment = datetime.fromisoformat(match[1]) + timedelta(hours=int(match[2]), minutes=int(match[3] or 0)) - offset
        return (moment + timedelta(hours=7)).date().isoformat()
    except (ValueError, OverflowError):
        return None


def _epoch_day(value: float) -> str | None:
    seconds = value / 1000 if abs(value) >= 1e11 else value
    if not 0 < seconds < 4.2e9:
        return None
    return datetime.fromtimestamp(seconds, UTC).astimezone(VIETNAM).date().isoformat()


def _rfc_day(text: str) -> str | None:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError, OverflowError):
        return None
    return (moment.astimezone(VIETNAM) if moment.tzinfo else moment).date().isoformat()


def _written_day(text: str) -> str | None:
    """The one date written in a short text; month first only where day first is impossible."""
    found = {mention.iso for mention in mentions(text[:200]) if mention.iso}
    if len(found) == 1:
        return found.pop()
    match = _MONTH_FIRST.match(text)
    if match and not found and int(match[2]) > 12:
        return f"{match[3]}-{int(match[1]):02d}-{int(match[2]):02d}"
    return None


def _is_date(iso: str) -> bool:
    parts = [int(part) for part in iso.split("-")]
    try:
        date(*[*parts, 1, 1][:3])
    except ValueError:
        return False
    return True
