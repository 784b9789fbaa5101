"""Bound syllables: those that hardly ever are a word by themselves.

Most syllables of Vietnamese mean something, but not all can stand alone (*tiếng độc lập* and *không độc lập*: Nguyễn Tài Cẩn, *Ngữ pháp
tiếng Việt*, 1975). Where *ngân* stands it belongs to a word, *ngân sách* or *ngân hàng*; *cháy* and *chợ* are words each, also where
the two make one. An article with *ngân* here and *sách* there therefore holds no *ngân sách*; one with *cháy* and *chợ* may well tell of
a market on fire.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

DATA = Path(__file__).parent / "data" / "bound.txt"


def is_bound(marked: str) -> bool:
    """Whether the syllable with this marked key is bound. What is too rare to be known is not."""
    return marked in _known()


@cache
def _known() -> frozenset[str]:
    return frozenset(DATA.read_text(encoding="utf-8").split())
