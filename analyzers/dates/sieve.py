"""Where a text can name a day at all: a sieve in front of the patterns of `mention`, which are slow on numbers that are no dates.

What it passes over holds no day; what it keeps may hold one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from analyzers.dates.mention import ENGLISH_MONTH

Runs = Sequence[tuple[int, int]]
"""Half-open spans of the digits of a text, in order, as `analyzers.digits.digit_runs` gives them."""

_SEPARATORS = frozenset("-–/.")
_JOINT = 3
"""Code points between two numbers of a date: a separator and a blank on each side."""
_MONTH_FOLLOWS = re.compile(r",?\s+tháng\s", re.IGNORECASE)
_ENGLISH = re.compile(ENGLISH_MONTH, re.IGNORECASE)
_LOOK_BACK = 40
_TOGETHER = 28
"""Code points between two numbers of one date, at most; " tháng mười một, năm " has 21."""
_BEFORE, _AFTER = 24, 40
"""Code points before the first and after the last number of a date in which its words stand."""


def years(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return the spans of the years from 1900 to 2099 among the numbers of `text`."""
    return [run for run in runs if run[1] - run[0] == 4 and text.startswith(("19", "20"), run[0])]


def stretches(spans: Iterable[tuple[int, int]], before: int, after: int) -> list[tuple[int, int]]:
    """Widen spans, in order, by `before` and `after`; what overlaps or touches is one."""
    found: list[tuple[int, int]] = []
    for first, last in spans:
        start = max(0, first - before)
        if found and start <= found[-1][1]:
            start = found.pop()[0]
        found.append((start, last + after))
    return found


def day_stretches(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return half-open stretches of `text`, in order: whatever names a day lies in one of them."""
    spots = {*_numeric(text, runs), *_before_month(text, runs), *_before_year(text, runs)}
    found: list[tuple[int, int]] = []
    if not spots:
        return found
    first, dated = 0, False
    for number, (start, end) in enumerate(runs):
        dated = dated or start in spots
        following = runs[number + 1][0] if number + 1 < len(runs) else len(text)
        if following - end > _TOGETHER or number + 1 == len(runs):
            if dated:
                found.append((max(0, runs[first][0] - _BEFORE), min(end + _AFTER, following)))
            first, dated = number + 1, False
    return found


def _numeric(text: str, runs: Runs) -> Iterator[int]:
    """``30-6``, ``2023-06-30``"""
    for (start, end), (next_start, next_end) in pairwise(runs):
        if next_start - end > _JOINT or next_end - next_start > 2 or end - start not in (1, 2, 4):
            continue
        if text[end:next_start].strip() in _SEPARATORS and 1 <= int(text[next_start:next_end]) <= 12:
            yield start


def _before_month(text: str, runs: Runs) -> Iterator[int]:
    """``17 tháng 9``"""
    return (start for start, end in runs if end - start <= 2 and _MONTH_FOLLOWS.match(text, end))


def _before_year(text: str, runs: Runs) -> Iterator[int]:
    """``21 Th4, 2022``, ``Tháng Tư 21, 2022``, ``18 October 2019``, ``October 18, 2019``"""
    for start, _ in years(text, runs):
        head = text[max(0, start - _LOOK_BACK) : start].rstrip()
        word = head.split()[-1:]
        if word in ([], [head]) or head[-1] in ",." or head[-1].isdecimal() or _ENGLISH.search(word[0]):
            yield start
