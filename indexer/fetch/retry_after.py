"""The Retry-After header (RFC 9110, 10.2.3)."""

from __future__ import annotations

from email.utils import parsedate_to_datetime

MOST = 24 * 3600.0
"""Seconds that are honoured; more is taken for a mistake."""


def retry_after(value: str, now: float) -> float | None:
    """Seconds to wait, from a number of seconds or a date; None when there is no sense in it. `now` is in seconds since 1970."""
    text = value[:128].strip()
    if text.isascii() and text.isdigit():
        return min(float(text[:12]), MOST)
    try:
        at = parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    return min(max(at - now, 0.0), MOST)
