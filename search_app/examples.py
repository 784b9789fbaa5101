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
    """Of EXAMPLES the first `most` that find something."""
    found: list[PlaceLink] = []
    for q in EXAMPLES:
        request = SearchRequest(q, limit=addresses.page_size)
        if len(found) < most and count(request):
            found.append(PlaceLink(q, addresses.results(request)))
    return tuple(found)
