"""Parameters of a search as people and links write them, and the request they mean.

The names are the same in the address of a page (``/tim?q=…&noi=gia-lai/an-khe&sap=moi``) and on the command
line (``--noi gia-lai/an-khe``). A repeated parameter means OR; a leading ``-`` leaves the value out. ``cach`` says which
names the places are: ``khi-do`` (of the article's day), ``hien-nay`` (today's units) or ``tien-than`` (with predecessors).
``viettat=khong`` looks for abbreviations and names of places as typed only, ``sua=khong`` never runs a query otherwise than
typed; ``gan_day=co`` ranks newer articles a little higher; ``explain=1`` tells how each score comes about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple, TypeVar

from analyzers.dates.periods import read_period, read_term
from analyzers.places import Gazetteer
from analyzers.text import nfc
from engine.dates import date_range, ends, parse_month
from engine.errors import RequestError
from engine.model import UNKNOWN, DateRange, Notice, SearchRequest, Sort
from engine.place_values import LEFT_OUT, PlaceValues, shown
from engine.places import PLACE, PLACE_NOW, PLACE_OLD, PlaceNames, chosen, left_out, meaning, names_of

FACET_PARAMETERS = {
    "noi": "place",
    "tinhcu": "place_old",
    "ngay": "date",
    "ky": "period",
    "nhiem_ky": "tenure",
    "term": "term",
    "nguon": "source",
}
"""Parameter -> facet it filters."""
PARAMETERS_OF_FIELDS = {PLACE_NOW: "noi", **{facet: name for name, facet in FACET_PARAMETERS.items()}}
"""Index field -> parameter that filters it."""
SORTS: dict[str, Sort] = {
    "": "relevance", "lien-quan": "relevance", "relevance": "relevance",
    "moi": "newest", "newest": "newest",
    "cu": "oldest", "oldest": "oldest",
}  # fmt: skip
SORT_NAMES: dict[Sort, str] = {"relevance": "lien-quan", "newest": "moi", "oldest": "cu"}
PLACE_NAMES: dict[str, PlaceNames] = {"": "then", "khi-do": "then", "hien-nay": "now", "tien-than": "lineage"}
"""Values of ``cach``."""
PLACE_NAMES_NAMES: dict[PlaceNames, str] = {"then": "khi-do", "now": "hien-nay", "lineage": "tien-than"}
ABBREVIATIONS, CORRECTIONS, TOGETHER, CLUSTER, FRESH, EXPLAIN = "viettat", "sua", "gop", "cum", "gan_day", "explain"
SINGLE_PARAMETERS = ("tu", "den", "cach", "sap", ABBREVIATIONS, CORRECTIONS, TOGETHER, CLUSTER, FRESH)
"""Those of a search that have one value."""
YES_OR_NO = {"co": True, "khong": False}
"""Values of ``viettat``, ``sua``, ``gop`` and ``gan_day``."""
EXPLAIN_VALUES = {"1": True, "0": False}
_FILTERS = ("noi", "cach", "tinhcu", "ngay", "ky", "nhiem_ky", "term", "nguon", "tu", "den")
ORDER = ("q", *_FILTERS, "sap", FRESH, ABBREVIATIONS, CORRECTIONS, TOGETHER, CLUSTER, "trang", "so", EXPLAIN)
"""Canonical order of parameters in an address."""
MAX_LIMIT = 100
MAX_VALUES = 500
"""Of one filter: as many as are written, and as many as the names among them stand for, for addresses are written with the latter."""
MAX_PAGE = 1_000_000
MAX_CLUSTER = (1 << 63) - 1
_FAULTS = ("bad-", "unknown-", "too-many-")
"""What the codes of notices begin with that say a parameter was not used as it was given."""
_Value = TypeVar("_Value")
_OUTCOME = re.compile(rf"\.{re.escape(LEFT_OUT)}$|; (?:chỉ )?dùng \d[^“”;]*$")
"""What such a notice ends with: how a page goes on."""


class Requested(NamedTuple):
    """The request, and what could not be understood of the parameters."""

    request: SearchRequest
    notices: tuple[Notice, ...]

    @property
    def faults(self) -> tuple[Notice, ...]:
        """Those about a parameter that was left out, whole or in part, or replaced: a page goes on and says so, a program is refused."""
        return tuple(replace(one, message=_OUTCOME.sub(".", one.message)) for one in self.notices if one.code.startswith(_FAULTS))


def request_from(parameters: Mapping[str, Sequence[str]], gazetteer: Gazetteer, page_size: int = 20) -> Requested:
    """Read parameters. What cannot be understood is left out and said, never raised."""
    notices: list[Notice] = []
    limit = _number(parameters, "so", page_size, 0, most_results(page_size), notices)
    page = _number(parameters, "trang", 1, 1, MAX_PAGE, notices)
    sort = _sort(parameters, notices)
    dates, unread = ends(shown(_first(parameters, "tu")), shown(_first(parameters, "den")))
    notices += [Notice("bad-date", why) for why in dict.fromkeys(one.why for one in unread.values())]
    request = SearchRequest(
        q=nfc(_first(parameters, "q")),
        dates=dates,
        sort=sort,
        offset=(page - 1) * limit,
        limit=limit,
        abbreviations=_yes(parameters, ABBREVIATIONS, notices),
        corrections=_yes(parameters, CORRECTIONS, notices),
        copies=not _yes(parameters, TOGETHER, notices),
        cluster=_cluster(parameters, notices),
        fresh=_yes(parameters, FRESH, notices, default=False) and sort == "relevance",
        explain=_explain(parameters, notices),
    )
    names = _names(parameters, notices)
    filters, excluded = _filters(parameters, PlaceValues(gazetteer, names, notices), notices)
    return Requested(meaning(replace(request, filters=filters, excluded=excluded), names, gazetteer), tuple(notices))


def most_results(page_size: int) -> int:
    """The most that ``so`` may be where a page has `page_size` results without it."""
    return max(MAX_LIMIT, page_size)


def parameters_of(request: SearchRequest, page_size: int = 20) -> list[tuple[str, str]]:
    """The canonical parameters of a request; defaults are left out. Inverse of `request_from`."""
    found: list[tuple[str, str]] = [("q", request.q)] if request.q else []
    for facet, name in PARAMETERS_OF_FIELDS.items():
        found.extend((name, value) for value in chosen(request, facet))
        found.extend((name, f"-{value}") for value in left_out(request, facet))
    if names_of(request) != "then":
        found.append(("cach", PLACE_NAMES_NAMES[names_of(request)]))
    found.extend(_date_parameters(request.dates))
    if request.sort != "relevance":
        found.append(("sap", SORT_NAMES[request.sort]))
    if request.fresh and request.sort == "relevance":
        found.append((FRESH, "co"))
    choices = ((ABBREVIATIONS, request.abbreviations), (CORRECTIONS, request.corrections), (TOGETHER, not request.copies))
    found.extend((name, "khong") for name, yes in choices if not yes)
    if request.cluster:
        found.append((CLUSTER, str(request.cluster)))
    if request.limit and request.offset:
        found.append(("trang", str(request.offset // request.limit + 1)))
    if request.limit != page_size:
        found.append(("so", str(request.limit)))
    if request.explain:
        found.append((EXPLAIN, "1"))
    return sorted(found, key=lambda item: ORDER.index(item[0]))


def undone(request: SearchRequest, undo: str) -> SearchRequest:
    """`request` with the parameter that a notice names as its undoing."""
    name = undo.partition("=")[0]
    return replace(request, abbreviations=False) if name == ABBREVIATIONS else replace(request, corrections=False)


def _first(parameters: Mapping[str, Sequence[str]], name: str) -> str:
    values = parameters.get(name) or ("",)
    return values[0].strip()


def _date_parameters(dates: DateRange) -> list[tuple[str, str]]:
    found = []
    if dates.first:
        at = dates.first
        length = 4 if (at.month, at.day) == (1, 1) else 7 if at.day == 1 else 10
        found.append(("tu", at.isoformat()[:length]))
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
        notices.append(Notice("bad-sort", f"Không có cách sắp xếp “{shown(value)}”. Có: lien-quan, moi, cu."))
    return SORTS.get(value, "relevance")


def _yes(parameters: Mapping[str, Sequence[str]], name: str, notices: list[Notice], *, default: bool = True) -> bool:
    value = _first(parameters, name)
    if value and value not in YES_OR_NO:
        notices.append(Notice("bad-choice", f"“{name}={shown(value)}” không có nghĩa. Có: co, khong."))
    return YES_OR_NO.get(value, default)


def _explain(parameters: Mapping[str, Sequence[str]], notices: list[Notice]) -> bool:
    value = _first(parameters, EXPLAIN)
    if value and value not in EXPLAIN_VALUES:
        notices.append(Notice("bad-choice", f"“{EXPLAIN}={shown(value)}” không có nghĩa. Có: {', '.join(EXPLAIN_VALUES)}."))
    return EXPLAIN_VALUES.get(value, False)


def _cluster(parameters: Mapping[str, Sequence[str]], notices: list[Notice]) -> int:
    text = _first(parameters, CLUSTER)
    digits = text.lstrip("0") or "0"
    if not text or (text.isascii() and text.isdigit() and len(digits) <= len(str(MAX_CLUSTER)) and int(digits) <= MAX_CLUSTER):
        return int(digits)
    notices.append(Notice("bad-number", f"“{CLUSTER}={shown(text)}” không phải số của một nhóm bài trùng.{LEFT_OUT}"))
    return 0


def _number(parameters: Mapping[str, Sequence[str]], name: str, default: int, least: int, most: int, notices: list[Notice]) -> int:
    text = _first(parameters, name)
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) <= 9 and least <= int(text) <= most:
        return int(text)
    used = most if text.isascii() and text.isdigit() and int(text[:10]) > most else default
    notices.append(Notice("bad-number", f"“{name}={shown(text)}” không phải số từ {least} đến {most}; dùng {used}."))
    return used


def _names(parameters: Mapping[str, Sequence[str]], notices: list[Notice]) -> PlaceNames:
    value = _first(parameters, "cach")
    if value not in PLACE_NAMES:
        notices.append(Notice("bad-names", f"Không có cách gọi tên nơi “{shown(value)}”. Có: khi-do, hien-nay, tien-than."))
    return PLACE_NAMES.get(value, "then")


def _filters(
    parameters: Mapping[str, Sequence[str]], places: PlaceValues, notices: list[Notice]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    wanted: dict[str, tuple[str, ...]] = {}
    unwanted: dict[str, tuple[str, ...]] = {}
    for name, facet in FACET_PARAMETERS.items():
        given = _bounded(name, [nfc(value.strip()) for value in parameters.get(name) or () if value.strip()], notices)
        pairs = [(value.startswith("-"), value.removeprefix("-").strip()) for value in given]
        read = dict.fromkeys((no, understood) for no, value in pairs for understood in _values(facet, value, places, notices))
        for no, understood in _bounded(name, list(read), notices, " (tên của nhiều nơi tính từng nơi)"):
            into = unwanted if no else wanted
            into[facet] = (*into.get(facet, ()), understood)
    if places.names == "now":
        for into in (wanted, unwanted):
            _move_to_today(into)
    return wanted, unwanted


def _bounded(name: str, given: list[_Value], notices: list[Notice], counted: str = "") -> list[_Value]:
    """The first MAX_VALUES; the rest is not left out silently. `counted` says how they are."""
    if len(given) > MAX_VALUES:
        many = f"Bộ lọc “{name}” có {len(given)} giá trị{counted}, nhiều nhất là {MAX_VALUES}"
        more = len(given) - MAX_VALUES
        notices.append(Notice("too-many-values", f"{many}; chỉ dùng {MAX_VALUES} giá trị đầu, bỏ {more} sau."))
    return given[:MAX_VALUES]


def _move_to_today(values: dict[str, tuple[str, ...]]) -> None:
    """Places are looked up among today's."""
    if paths := values.pop(PLACE, ()):
        values[PLACE_NOW] = paths


def _values(facet: str, value: str, places: PlaceValues, notices: list[Notice]) -> list[str]:
    if value == UNKNOWN or facet == "source":
        return [value]
    match facet:
        case "date":
            return _month(value, notices)
        case "period":
            return _stretch(read_period(value), "bad-period", _NO_PERIOD.format(shown(value)), notices)
        case "tenure":
            return _stretch(read_term(value), "bad-tenure", _NO_TENURE.format(shown(value)), notices)
        case "term":
            return [value.casefold()]
    return places.read_old(value) if facet == PLACE_OLD else places.read(value)


_NO_PERIOD = "Không hiểu kỳ “{}”. Viết 6 tháng đầu năm 2023, quý I/2024, năm 2023, giai đoạn 2022–2025 hoặc 2023-01..2023-06."
_NO_TENURE = "Không hiểu nhiệm kỳ “{}”. Viết 2020–2025."


def _stretch(value: str | None, code: str, message: str, notices: list[Notice]) -> list[str]:
    """A period or a term of office as typed."""
    if value is None:
        notices.append(Notice(code, message))
        return []
    return [value]


def _month(value: str, notices: list[Notice]) -> list[str]:
    """A year or a month as typed; a day is no value of the facet."""
    try:
        found = parse_month(shown(value))
    except RequestError as error:
        notices.append(Notice("bad-date", str(error)))
        return []
    if found.precision == "day":
        notices.append(Notice("bad-date", f"Lọc theo ngày “{value}”: ô này chỉ nhận năm hoặc tháng; dùng từ ngày … đến ngày …."))
        return []
    return [found.date]
