"""Runs of equal scores in a ranking."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any


def start_of_group(hits: Sequence[tuple[float, Any]], at: int) -> int:
    if at >= len(hits):
        return len(hits)
    while at > 0 and hits[at - 1][0] == hits[at][0]:
        at -= 1
    return at


def end_of_group(hits: Sequence[tuple[float, Any]], at: int) -> int:
    at = min(at, len(hits))
    while 0 < at < len(hits) and hits[at][0] == hits[at - 1][0]:
        at += 1
    return at
