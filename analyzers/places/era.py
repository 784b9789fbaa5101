"""Which day's map a text speaks of when nobody says when it was written."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from copy import copy
from datetime import date

from analyzers.places.found import Found
from analyzers.places.unit import REFORM

_YEAR = re.compile(r"(?<![\d.,–-])(?<!đến )(?<!đến năm )(?<!tới năm )(?<!kỳ )(?<!đoạn )(?:19|20)\d\d(?!\d|[,.]\d|\s*[–-]\s*20\d\d)")
"""A year on its own: not a term's or a plan's (``nhiệm kỳ 2020-2025``, ``đến năm 2030``), not an amount."""
EVE = date(2025, 6, 30)
"""Last day of the old map."""
TODAY = date(9999, 12, 30)
"""A day on which every unit in force is still in force."""
_FIRST, _LAST = 2004, 2035
Resolve = Callable[[Sequence[Found], date], list[Found]]


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


def resolve_undated(items: Sequence[Found], resolve: Resolve) -> tuple[list[Found], date]:
    """Resolve on both sides of the reform and keep the side that explains more of the names.

    When both explain as many, provinces are read as today's, and finer names that mean different units then and today stay open.
    """
    today = resolve([copy(item) for item in items], TODAY)
    then = resolve([copy(item) for item in items], EVE)
    gain = _explained(today, TODAY) - _explained(then, EVE)
    if gain:
        return (today, TODAY) if gain > 0 else (then, EVE)
    other = {(item.text, item.first): item for item in then}
    for item in today:
        rival = other.get((item.text, item.first))
        if rival is not None and rival.chosen != item.chosen and not _same_province(item, rival):
            item.candidates = tuple(dict.fromkeys((*item.candidates, *rival.candidates)))
            item.chosen, item.rule = None, "era"
    return today, TODAY


def _explained(items: Iterable[Found], day: date) -> int:
    """Names that were in force that day under the type or address the text gives them."""
    return sum(item.chosen is not None and item.chosen.covers(day) and bool(item.types or item.above) and not item.loose for item in items)


def _same_province(item: Found, rival: Found) -> bool:
    if item.chosen is None or rival.chosen is None:
        return False
    return item.chosen.level == rival.chosen.level == "province" and item.chosen.name == rival.chosen.name
