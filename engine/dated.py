"""Dates that a query names among its words, offered as filters: never applied unasked, each with the count it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

from engine.date_words import Found, find, written
from engine.dates import parse_partial
from engine.labels import date_label
from engine.model import DateOffer, DateRange, SearchRequest, SearchResponse
from engine.query import parse
from engine.query.tree import And, InField, Node, Not, Or, Word, all_of

MOST_OFFERS = 2
MOST_TRIED = 3
"""Searches that are counted for them."""


def date_offers(response: SearchResponse, today: date, count: Callable[[SearchRequest], int]) -> tuple[DateOffer, ...]:
    """Offers for the dates among the plain words of a query; none when the search is already filtered by date."""
    request = response.request
    tree = parse(request.q).tree
    filtered = not request.limit or request.dates != DateRange() or request.filters.get("date") or request.excluded.get("date")
    if filtered or _has_dates(tree):
        return ()
    offers: list[DateOffer] = []
    tried: list[DateRange] = []
    for words, dates, rest in _named(tree, today):
        if dates in tried or len(tried) == MOST_TRIED or len(offers) == MOST_OFFERS:
            continue
        tried.append(dates)
        narrowed = replace(request, q=str(rest), dates=dates, offset=0, sort=request.sort if str(rest) else "newest")
        total = count(narrowed)
        if total:
            offers.append(DateOffer(words, days_label(dates), narrowed, total))
    return tuple(offers)


def days_label(dates: DateRange) -> str:
    """``năm 2023``, ``tháng 1/2023 – tháng 6/2023``, ``6/1/2025 – 12/1/2025``"""
    first, dots, last = written(dates).partition("..")
    labels = [date_label(parse_partial(value)) for value in (first, last) if value]
    if dots and len(labels) == 1:
        return f"từ {labels[0]}" if first else f"đến {labels[0]}"
    return " – ".join(labels)


def _has_dates(tree: Node) -> bool:
    match tree:
        case And(children) | Or(children):
            return any(map(_has_dates, children))
        case Not(child):
            return _has_dates(child)
        case InField(name):
            return name in ("date", "before", "after")
        case _:
            return False


def _named(tree: Node, today: date) -> Iterator[tuple[str, DateRange, Node]]:
    """Each expression: its words, its days, and the query without it."""
    children = tree.children if isinstance(tree, And) else (tree,)
    at = 0
    while at < len(children):
        words = _words_from(children, at)
        for found, first, last in _whole_words(words, today):
            rest = all_of([*children[: at + first], *children[at + last :]])
            yield " ".join(words)[found.start : found.end], found.dates, rest
        at += max(len(words), 1)


def _words_from(children: tuple[Node, ...], at: int) -> list[str]:
    words = []
    for child in children[at:]:
        if not isinstance(child, Word):
            break
        words.append(child.text)
    return words


def _whole_words(words: list[str], today: date) -> Iterator[tuple[Found, int, int]]:
    """Expressions that cut no word, with the range of words they take."""
    starts, ends, end = [], [], -1
    for word in words:
        starts.append(end + 1)
        end += 1 + len(word)
        ends.append(end)
    for found in find(" ".join(words), today):
        if found.start in starts and found.end in ends:
            yield found, starts.index(found.start), ends.index(found.end) + 1
