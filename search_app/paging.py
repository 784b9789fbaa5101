"""Pages of a ranking: the numbers a reader can go to."""

from __future__ import annotations

from dataclasses import dataclass

from engine.model import SearchRequest
from engine.search import MAX_DEPTH

from . import state
from .addresses import Addresses

_AROUND = 2
"""Pages shown on either side of the current one."""


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page number; `href` is None for the current page, `number` None for a gap."""

    number: int | None
    href: str | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class Paging:
    """Links of a result page; `previous` and `next` are None at the ends."""

    page: int
    last: int
    links: tuple[PageLink, ...]
    previous: str | None
    next: str | None


def paging(request: SearchRequest, total: int, addresses: Addresses) -> Paging:
    """Pages of `total` hits, as far down as a ranking is paged."""
    last = last_page(total, request.limit)
    page = state.page_of(request)

    def href(number: int) -> str:
        return addresses.results(state.on_page(request, number))

    links = tuple(PageLink(number, None if number in (None, page) else href(number), number == page) for number in page_numbers(page, last))
    return Paging(page, last, links, href(min(page - 1, last)) if page > 1 else None, href(page + 1) if page < last else None)


def last_page(total: int, limit: int) -> int:
    """Number of the last page, at least 1."""
    return max(1, -(-min(total, MAX_DEPTH) // limit)) if limit else 1


def page_numbers(page: int, last: int) -> list[int | None]:
    """First, last and those around `page`; None where some are left out."""
    wanted = sorted({1, last, *range(max(1, page - _AROUND), min(last, page + _AROUND) + 1)})
    found: list[int | None] = []
    for number in wanted:
        previous = found[-1] if found else None
        if previous is not None and number - previous == 2:
            found.append(number - 1)
        elif previous is not None and number - previous > 2:
            found.append(None)
        found.append(number)
    return found
