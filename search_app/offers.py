"""Other searches that the engine offers, as links."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from engine.model import Notice, SearchResponse
from engine.model import Offer as Found
from engine.parameters import undone
from engine.query.soften import SOFTENED

from .addresses import Addresses
from .words import count_words

_UNDO_WORDS = {"abbreviation": "Không đổi viết tắt", "corrected": "Tìm đúng như đã gõ", SOFTENED: "Chỉ bài có đủ các từ"}
"""What the link that undoes what a notice tells says: no two of them alike, for they may stand together."""
_QUIET = ("abbreviation", SOFTENED, "without-marks")
"""Notices of usual searches, which tell what else was looked for; all others tell of something that went otherwise than asked."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search: what it changes, the query it asks (when that changes) and how many articles it finds."""

    text: str
    query: str | None
    count: str
    href: str


@dataclass(frozen=True, slots=True)
class NoticeLine:
    """A notice, and the link that asks for it otherwise, when there is one; a `quiet` one warns of nothing."""

    message: str
    quiet: bool = False
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
        _line(notice, response, addresses, last=notice.code not in {later.code for later in every[at + 1 :]})
        for at, notice in enumerate(every)
    )


def _line(notice: Notice, response: SearchResponse, addresses: Addresses, *, last: bool) -> NoticeLine:
    message, quiet = _message(notice, response), notice.code in _QUIET
    fruitless = notice.code == SOFTENED and response.whole_total == 0
    if notice.undo is None or not last or fruitless:
        return NoticeLine(message, quiet)
    request = replace(response.request, offset=0)
    if notice.code == "corrected" and response.corrected_from is not None:
        request = replace(request, q=response.corrected_from)
    action = _UNDO_WORDS.get(notice.code, _UNDO_WORDS["corrected"])
    return NoticeLine(message, quiet, action, addresses.results(undone(request, notice.undo)))


def _message(notice: Notice, response: SearchResponse) -> str:
    """What a notice says on a page, where the counts already stand above it in large letters."""
    if notice.code != SOFTENED:
        return notice.message
    if response.whole_total == 0:
        return "Đây là những bài có phần lớn các từ. Đặt cụm từ trong ngoặc kép để tìm đúng cụm ấy."
    if response.whole_total is None:
        return "Bài có phần lớn các từ xếp sau, dưới vạch ngăn."
    return "Hiện cả những bài chỉ có phần lớn các từ."
