"""Which day's map a text speaks of when nobody says when it was written."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date

from analyzers.places.scan import Found
from analyzers.places.unit import REFORM

_YEAR = re.compile(r"(?<![\d.,–-])(?<!đến )(?<!đến năm )(?<!tới năm )(?<!kỳ )(?<!đoạn )(?:19|20)\d\d(?!\d|[,.]\d|\s*[–-]\s*20\d\d)")
"""A year on its own: not a term's or a plan's (``nhiệm kỳ 2020-2025``, ``đến năm 2030``), not an amount."""
EVE = date(2025, 6, 30)
"""Last day of the old map."""
_FIRST, _LAST = 2004, 2035


def inferred_day(texts: Iterable[str], items: Sequence[Found]) -> date | None:
    """A day of the era the text itself shows, or None when it may be either side of the reform.

    Plans name future years, so the newest year only dates a text when it lies before the reform; a text that uses the abolished
    district level with a name (``huyện Phú Ninh``) and names no year since the reform is of the old era too.
    """
    years = [int(match) for text in texts for match in _YEAR.findall(text)]
    known = [year for year in years if _FIRST <= year <= _LAST]
    newest = max(known, default=0)
    if newest and newest < REFORM.year - 1:
        return date(newest, 12, 31)
    if any(row.level == "district" for item in items if item.types and item.types[0] != "thành phố" for row in item.rows[:1]):
        return EVE
    return None
