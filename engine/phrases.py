"""Phrases and proximity, defined once for all engines.

Keys ``k1 … kn`` occur with slop `s` where they stand in this order with at most `s` other positions between
the first and the last of them. An occurrence is counted by its last position.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from math import comb

MAX_LAYOUTS = 256
"""How many ways of spreading the slop over the gaps a query may have: engines without ordered slop try each."""


def occurrences(positions: Sequence[Sequence[int]], slop: int) -> int:
    """Count occurrences, given the sorted positions of each key in one document."""
    return sum(1 for last in positions[-1] if _slack(positions, last) <= slop)


def _slack(positions: Sequence[Sequence[int]], last: int) -> float:
    """Fewest positions left between the keys when the last key stands at `last`."""
    at = last
    for places in reversed(positions[:-1]):
        before = bisect_left(places, at)
        if before == 0:
            return float("inf")
        at = places[before - 1]
    return last - at - (len(positions) - 1)


def largest_slop(keys: int, slop: int) -> int:
    """`slop`, or the largest one below it that MAX_LAYOUTS allows for that many keys."""
    while slop > 0 and layouts_count(keys, slop) > MAX_LAYOUTS:
        slop -= 1
    return slop


def layouts_count(keys: int, slop: int) -> int:
    """Number of layouts for that many keys."""
    return comb(slop + keys - 1, keys - 1)


def layouts(keys: int, slop: int) -> Iterator[tuple[int, ...]]:
    """Yield every way the keys can stand, as offsets from the first."""
    if keys == 1:
        yield (0,)
        return
    for rest in layouts(keys - 1, slop):
        used = rest[-1] - (keys - 2)
        for gap in range(slop - used + 1):
            yield (*rest, rest[-1] + 1 + gap)
