"""Where a text can name a day at all: a sieve in front of the patterns of `mention`, which are slow on numbers that are no dates.

What it passes over holds no day; what it keeps may hold one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
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


def years(text: str, runs: Runs) -> list[tuple[int, int]]:
    """Return the spans of the years from 1900 to 2099 among the numbers of `text`."""
    return [run for run in runs if run[1] - run[0] == 4 and text.startswith(("19", "20"), run[0])]


def day_spots(text: str, runs: Runs) -> list[int]:
    """Return positions in increasing order: a line that names a day has at least one."""
    return sorted((*_numeric(text, runs), *_before_month(text, runs), *_before_year(text, runs)))


def _numeric(text: str, runs: Runs) -> Iterator[int]:
    """``30-6``, ``2023-06-30``"""
    for (start, end), (next_start, next_end) in pairwise(runs):
        if next_start - end <= _JOINT and next_end - next_start <= 2 and end - start in (1, 2, 4) and text[end:next_start].strip() in _SEPARATORS:
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
