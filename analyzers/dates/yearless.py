"""Periods named without their year ("6 tháng đầu năm", "quý II"): completed from the publication date where only one year fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from analyzers.dates.model import PartialDate
from analyzers.dates.periods import COUNT_WORDS, QUARTER_WORDS, Period, month_count, months_period, quarter_number, quarter_period
from analyzers.dates.sieve import stretches

LAG = 3
"""Months after the end of a period in which it is still reported on, and a year that fits no more tightly is not guessed."""
AHEAD = 1
"""Months before its beginning in which a period is spoken of as coming."""

_OTHER_YEAR = r"(?!\s*(?:/|-|,)?\s*(?:của\s+)?(?:năm\s+)?(?:\d|ngoái|trước|sau|tới|kia|đó))"
_MONTHS = re.compile(
    rf"\b(?:(?P<n>[2-9]|0[2-9]|1[01]|{COUNT_WORDS})\s+tháng|nửa)\s+(?P<w>đầu|cuối)\s+năm\b{_OTHER_YEAR}",
    re.IGNORECASE,
)
_QUARTERS = re.compile(rf"\bquý\s+(?P<q>{QUARTER_WORDS})\b{_OTHER_YEAR}(?!\s*(?:,|và)\s*(?:quý\s+)?[IVX\d])", re.IGNORECASE)
_BEFORE, _AFTER = 32, 48
"""Code points around *đầu năm* or *quý* in which the other words of a period stand, and what tells of another year."""
_LONGEST_HEAD = 5
_COMPARED = re.compile(r"(?:so\s+với|cùng\s+kỳ|bằng)\s+(?:\S+\s+)?$", re.IGNORECASE)


def yearless_periods(text: str, published: PartialDate | None) -> Iterator[Period]:
    """Every mention, in no order; none without a publication month."""
    if published is None or published.precision == "year":
        return
    for start, end in stretches(_standing(text, "năm", 1, ("đầu ", "cuối ")), _BEFORE, _AFTER):
        for match in _MONTHS.finditer(text, start, end):
            late = match["w"].lower() == "cuối"
            count = month_count(match["n"])
            year = _year(13 - count if late else 1, 12 if late else count, published)
            if year is not None and not _COMPARED.search(text[max(0, match.start() - 24) : match.start()]):
                yield months_period(count, late, year, match[0], match.start())
    for start, end in stretches(_standing(text, "quý", 2, ("",)), _BEFORE, _AFTER):
        for match in _QUARTERS.finditer(text, start, end):
            quarter = quarter_number(match["q"])
            year = _year(3 * quarter - 2, 3 * quarter, published)
            if year is not None and not _COMPARED.search(text[max(0, match.start() - 24) : match.start()]):
                yield quarter_period(quarter, year, match[0], match.start())


def _standing(text: str, word: str, rare: int, heads: Sequence[str]) -> list[tuple[int, int]]:
    """Half-open spans, in order, of one of `heads` with `word` behind it, in any case; both are given in lower case.

    Looks for the letter ``word[rare]``, few of which a text has: to lower a whole text takes longer than all that is done with it.
    """
    found = []
    for letter in (word[rare], word[rare].upper()):
        at = text.find(letter)
        while at >= 0:
            start, end = at - rare, at - rare + len(word)
            if start >= 0 and text[start:end].lower() == word:
                before = text[max(0, start - _LONGEST_HEAD) : start].replace("İ", "I").lower()  # İ is the only letter that grows
                found += [(start - len(head), end) for head in heads if before.endswith(head)]
            at = text.find(letter, at + 1)
    return sorted(found)


def _year(first: int, last: int, published: PartialDate) -> int | None:
    """The year in which months `first` to `last` are reported on from `published`; None when none fits tightly."""
    day = published.first_day
    if first - AHEAD <= day.month <= last + LAG:
        return day.year
    return day.year - 1 if day.month + 12 <= last + LAG else None
