"""Where a text can name a day at all: a sieve in front of the patterns of `mention`, which are slow on numbers that are no dates.

What it passes over holds no day; what it keeps may hold one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.dates.mention import ENGLISH_MONTH

Spans = Sequence[tuple[int, int]]
"""Half-open, in order. `runs` are those of the digits of a text, from `analyzers.digits.digit_runs`."""

_CENTURIES = ("19", "20")
_SEPARATORS = frozenset("-–/.")
_JOINT = 3
"""Code points between two numbers of a date: a separator and a blank on each side."""
_MONTH_FOLLOWS = re.compile(r",?\s+tháng\s", re.IGNORECASE)
"""``17 tháng 9``"""
_ENGLISH = re.compile(ENGLISH_MONTH, re.IGNORECASE)
_LOOK_BACK = 40
_TOGETHER = 28
"""Code points between two numbers of one date, at most; " tháng mười một, năm " has 21."""
_BEFORE, _AFTER = 24, 40
"""Code points before the first and after the last number of a date in which its words stand."""


def years(text: str, runs: Spans) -> list[tuple[int, int]]:
    """Return the spans of the years from 1900 to 2099 among the numbers of `text`."""
    return [run for run in runs if run[1] - run[0] == 4 and text.startswith(_CENTURIES, run[0])]


def stretches(spans: Spans, before: int, after: int) -> list[tuple[int, int]]:
    """Widen spans, in order, by `before` and `after`; what overlaps or touches is one."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        start = max(0, first - before)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, last + after))
    return found


def day_stretches(text: str, runs: Spans) -> list[tuple[int, int]]:
    """Return half-open stretches of `text`, in order: whatever names a day lies in one of them."""
    found: list[tuple[int, int]] = []
    first, dated, last = 0, False, len(runs) - 1
    for number, (start, end) in enumerate(runs):
        following, stop = runs[number + 1] if number < last else (len(text), 0)
        size = end - start
        if not dated:
            dated = (
                (following - end <= _JOINT and stop - following in (1, 2) and size in (1, 2, 4) and _numeric(text, end, following, stop))
                or (size <= 2 and _MONTH_FOLLOWS.match(text, end) is not None)
                or (size == 4 and text.startswith(_CENTURIES, start) and _before_year(text, start))
            )
        if following - end > _TOGETHER or number == last:
            if dated:
                found.append((max(0, runs[first][0] - _BEFORE), min(end + _AFTER, following)))
            first, dated = number + 1, False
    return found


def _numeric(text: str, end: int, following: int, stop: int) -> bool:
    """``30-6``, ``2023-06-30``"""
    return text[end:following].strip() in _SEPARATORS and 1 <= int(text[following:stop]) <= 12


def _before_year(text: str, start: int) -> bool:
    """``21 Th4, 2022``, ``Tháng Tư 21, 2022``, ``18 October 2019``, ``October 18, 2019``"""
    head = text[max(0, start - _LOOK_BACK) : start].rstrip()
    word = head.split()[-1:]
    return word in ([], [head]) or head[-1] in ",." or head[-1].isdecimal() or _ENGLISH.search(word[0]) is not None
