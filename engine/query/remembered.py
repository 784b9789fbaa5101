"""Readings of a query that one search asks for several times."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import TypeVar

QUERIES, LONGEST = 2048, 100
"""Queries that are remembered, and their code points: longer ones are rare, and would take much memory."""
T = TypeVar("T")


def remembered(read: Callable[[str], T]) -> Callable[[str], T]:
    """`read`, which must give what nobody changes, with its last results kept."""
    known = lru_cache(QUERIES)(read)

    @wraps(read)
    def reading(text: str) -> T:
        return known(text) if len(text) <= LONGEST else read(text)

    return reading
