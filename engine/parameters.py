"""Parameters of a search as people and links write them, and the request they mean.

The names are the same in the address of a page (``/tim?q=…&noi=gia-lai/an-khe&sap=moi``) and on the command
line (``--noi gia-lai/an-khe``). A repeated parameter means OR; a leading ``-`` leaves the value out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

from analyzers.places import Gazetteer
from analyzers.text import nfc
from engine.dates import date_range
from engine.errors import RequestError
from engine.model import UNKNOWN, DateRange, Notice, SearchRequest, Sort
from engine.places import paths_named, place_label, place_slug

FACET_PARAMETERS = {"noi": "place", "ngay": "date", "term": "term", "nguon": "source"}
"""Parameter -> facet it filters."""
SORTS: dict[str, Sort] = {
    "": "relevance", "lien-quan": "relevance", "relevance": "relevance",
    "moi": "newest", "newest": "newest",
    "cu": "oldest", "oldest": "oldest",
}  # fmt: skip
SORT_NAMES: dict[Sort, str] = {"relevance": "lien-quan", "newest": "moi", "oldest": "cu"}
ORDER = ("q", "noi", "ngay", "term", "nguon", "tu", "den", "sap", "trang", "so")
"""Canonical order of parameters in an address."""
MAX_LIMIT = 100
MAX_VALUES = 50


class Requested(NamedTuple):
    """The request, and what could not be understood of the parameters."""

    request: SearchRequest
    notices: tuple[Notice, ...]


def request_from(parameters: Mapping[str, Sequence[str]], gazetteer: Gazetteer, page_size: int = 20) -> Requested:
    """Read parameters. What cannot be understood is left out and said, never raised."""
    notices: list[Notice] = []
    limit = _number(parameters, "so", page_size, 0, MAX_LIMIT, notices)
    page = _number(parameters, "trang", 1, 1, 1_000_000, notices)
    request = SearchRequest(
        q=nfc(_first(parameters, "q")),
        dates=_dates(parameters, notices),
        sort=_sort(parameters, notices),
        offset=(page - 1) * limit,
        limit=limit,
    )
    filters, excluded = _filters(parameters, gazetteer, notices)
    return Requested(replace(request, filters=filters, excluded=excluded), tuple(notices))


def parameters_of(request: SearchRequest, page_size: int = 20) -> list[tuple[str, str]]:
    """The canonical parameters of a request; defaults are left out. Inverse of `request_from`."""
    found: list[tuple[str, str]] = [("q", request.q)] if request.q else []
    for name, facet in FACET_PARAMETERS.items():
        found.extend((name, value) for value in request.filters.get(facet, ()))
        found.extend((name, f"-{value}") for value in request.excluded.get(facet, ()))
    found.extend(_date_parameters(request.dates))
    if request.sort != "relevance":
        found.append(("sap", SORT_NAMES[request.sort]))
    if request.limit and request.offset:
        found.append(("trang", str(request.offset // request.limit + 1)))
    if request.limit != page_size:
        found.append(("so", str(request.limit)))
    return sorted(found, key=lambda item: ORDER.index(item[0]))


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[0].strip()


def _dates(parameters: Mapping[str, Sequence[str]], notices: list[Notice]) -> DateRange:
    first, last = _first(parameters, "tu"), _first(parameters, "den")
    try:
        return date_range(first or None, last or None)
    except RequestError as error:
        notices.append(Notice("bad-date", str(error)))
        return DateRange()


def _date_parameters(dates: DateRange) -> list[tuple[str, str]]:
    found = []
    if dates.first:
        at = dates.first
        found.append(("tu", f"{at:%Y}" if (at.month, at.day) == (1, 1) else f"{at:%Y-%m}" if at.day == 1 else f"{at:%Y-%m-%d}"))
    if dates.last:
        found.append(("den", _last_day_text(dates.last.isoformat())))
    return found


def _last_day_text(day: str) -> str:
    """The shortest value whose last day is `day`."""
    for text in (day[:4], day[:7]):
        if date_range(None, text).last == date_range(None, day).last:
            return text
    return day


def _sort(parameters: Mapping[str, Sequence[str]], notices: list[Notice]) -> Sort:
    value = _first(parameters, "sap")
    if value not in SORTS:
        notices.append(Notice("bad-sort", f"Không có cách sắp xếp “{value}”. Có: lien-quan, moi, cu."))
    return SORTS.get(value, "relevance")


def _number(parameters: Mapping[str, Sequence[str]], name: str, default: int, least: int, most: int, notices: list[Notice]) -> int:
    text = _first(parameters, name)
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    notices.append(Notice("bad-number", f"“{name}={text}” không phải số từ {least} đến {most}; dùng {default}."))
    return default


def _filters(
    parameters: Mapping[str, Sequence[str]], gazetteer: Gazetteer, notices: list[Notice]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    wanted: dict[str, tuple[str, ...]] = {}
    unwanted: dict[str, tuple[str, ...]] = {}
    for name, facet in FACET_PARAMETERS.items():
        given = [nfc(value.strip()) for value in parameters.get(name) or () if value.strip()][:MAX_VALUES]
        yes = [value for value in given if not value.startswith("-")]
        no = [value[1:].strip() for value in given if value.startswith("-")]
        for values, into in ((yes, wanted), (no, unwanted)):
            read = [understood for value in values for understood in _values(facet, value, gazetteer, notices)]
            if read:
                into[facet] = tuple(dict.fromkeys(read))
    return wanted, unwanted


def _values(facet: str, value: str, gazetteer: Gazetteer, notices: list[Notice]) -> list[str]:
    if value == UNKNOWN or facet not in ("place", "date"):
        return [value] if facet != "term" else [value.casefold()]
    if facet == "date":
        return _month(value, notices)
    return _place(value, gazetteer, notices)


def _month(value: str, notices: list[Notice]) -> list[str]:
    try:
        dates = date_range(value, value)
    except RequestError as error:
        notices.append(Notice("bad-date", str(error)))
        return []
    return [(_last_day_text(dates.last.isoformat()) if dates.last else value)[:7]]


def _place(value: str, gazetteer: Gazetteer, notices: list[Notice]) -> list[str]:
    """A path, or a name as people write it; a name borne by several units means all of them, and says so."""
    slug = place_slug(value)
    if place_label(slug, gazetteer) is not None:
        return [slug]
    paths = paths_named(value, gazetteer)
    if not paths:
        notices.append(Notice("unknown-place", f"Không có nơi nào tên “{value}”; bỏ qua bộ lọc này."))
    elif len(paths) > 1:
        notices.append(Notice("ambiguous-place", f"“{value}” là tên của {len(paths)} nơi; lọc theo tất cả."))
    return paths
