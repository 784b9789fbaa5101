"""Searches to begin with, each of which finds something here."""

from __future__ import annotations

from collections.abc import Callable

from engine.model import SearchRequest

from .addresses import Addresses
from .excerpt import PlaceLink

EXAMPLES = (
    "thu ngân sách An Khê",
    "nong thon moi",
    '"nông thôn mới" -Bắc Kạn',
    "lũ quét HOẶC sạt lở",
    "tiêu_đề:trường học",
    '"bảo hiểm y tế"',
    "giao thông",
    "giáo dục",
)


def examples(count: Callable[[SearchRequest], int], addresses: Addresses, most: int) -> tuple[PlaceLink, ...]:
    """Of EXAMPLES the first `most` that articles hold in full."""
    found: list[PlaceLink] = []
    for q in EXAMPLES:
        if len(found) < most and count(SearchRequest(_in_full(q))):
            found.append(PlaceLink(q, addresses.results(SearchRequest(q, limit=addresses.page_size))))
    return tuple(found)


def _in_full(q: str) -> str:
    """The query that asks for all words of one that articles with most of them would answer."""
    words = q.split()
    return " VÀ ".join(words) if all(map(str.isalpha, words)) and not any(map(str.isupper, words)) else q
