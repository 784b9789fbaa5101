"""What is said of a query, kept short: a pasted page must not bring a hundred notices."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from engine.model import Notice

MAX_SAME = 3
"""Notices of one kind; the others are counted."""


def few_of_each(notices: Iterable[Notice]) -> tuple[Notice, ...]:
    """At most MAX_SAME of each kind, in their order, none twice; the last of them tells how many more there are. Idempotent."""
    every = tuple(dict.fromkeys(notices))
    counts = Counter(notice.code for notice in every)
    seen: Counter[str] = Counter()
    kept = []
    for notice in every:
        seen[notice.code] += 1
        left = counts[notice.code] - MAX_SAME
        if seen[notice.code] == MAX_SAME and left > 0:
            kept.append(Notice(notice.code, f"{notice.message} (Và {left} chỗ nữa như thế.)", notice.position, notice.undo))
        elif seen[notice.code] <= MAX_SAME:
            kept.append(notice)
    return tuple(kept)
