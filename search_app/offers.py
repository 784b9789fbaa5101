"""Other searches that the engine offers, as links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.model import Notice, SearchResponse
from engine.model import Offer as Found
from engine.parameters import undone

from .addresses import Addresses
from .words import count_words

_UNDO_WORDS = {"viettat": "Chỉ tìm đúng chữ đã gõ", "sua": "Tìm đúng như đã gõ"}
"""What a link that undoes a parameter's default says."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search: what it changes, the query it asks (when that changes) and how many articles it finds."""

    text: str
    query: str | None
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice, and the link that asks for it otherwise, when there is one."""

    message: str
    action: str | None = None
    href: str | None = None


def offers(found: Iterable[Found], q: str, addresses: Addresses) -> tuple[Offer, ...]:
    """Links of offers made to somebody who asked `q`."""
    return tuple(
        Offer(one.text, one.request.q if one.request.q not in ("", q) else None, count_words(one.total), addresses.results(one.request))
        for one in found
    )


def notice_lines(response: SearchResponse, addresses: Addresses) -> tuple[NoticeLine, ...]:
    """The notices of a response with their links; those about the same thing share one, behind the last."""
    every = response.notices
    return tuple(
        _line(notice, response, addresses, last=notice.undo not in {later.undo for later in every[at + 1 :]})
        for at, notice in enumerate(every)
    )


def _line(notice: Notice, response: SearchResponse, addresses: Addresses, *, last: bool) -> NoticeLine:
    if notice.undo is None or not last:
        return NoticeLine(notice.message)
    request = replace(response.request, offset=0)
    if notice.code == "corrected" and response.corrected_from is not None:
        request = replace(request, q=response.corrected_from)
    return NoticeLine(notice.message, _UNDO_WORDS[notice.undo.partition("=")[0]], addresses.results(undone(request, notice.undo)))
