"""The result page: from a response to the values its template prints."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import NamedTuple

from analyzers.places import PlaceFinder
from engine.dates import BadDate
from engine.model import Facet, SearchRequest, SearchResponse, Sort
from engine.model import Offer as OtherSearch
from engine.parameters import FACET_PARAMETERS, SORT_NAMES, parameters_of
from engine.places import PLACE, PLACE_NOW, PLACE_OLD, names_of
from engine.understood import understood_as

from . import state
from .addresses import MAP, Addresses, with_query
from .chips import Chip, chips
from .choropleth import CountryMap, country_map, era_of
from .examples import examples
from .excerpt import PlaceLink, Result, result
from .facets import Group, groups
from .named import NamedPlace, named_places
from .offers import NoticeLine, Offer, notice_lines, offers
from .paging import Paging, paging
from .timeline import Timeline, timeline
from .words import count_words, found_words

_SORTS: tuple[tuple[Sort, bool, str], ...] = (
    ("relevance", False, "Liên quan"),
    ("relevance", True, "Ưu tiên mới"),
    ("newest", False, "Mới nhất"),
    ("oldest", False, "Cũ nhất"),
)
"""Order, whether newer articles rank a little higher in it, and what a reader calls it."""
FRESH_HINT = (
    "Vẫn xếp theo độ liên quan, nhưng bài càng gần ngày đăng mới nhất trong các bài tìm thấy (cách một tuần, một tháng, ba tháng, "
    "một năm, ba năm) càng được cộng thêm điểm; bài không rõ ngày thì không."
)
"""What *Ưu tiên mới* does."""
MOST_EXAMPLES = 3
"""Searches that one finding nothing leads on to."""
MOST_CHIPS = 10
"""Conditions in the sentence; the rest unfold behind it."""
MOST_REPEATED = 1000
"""Characters of a search's address up to which map and time line are drawn: each province and month links to the search twice, and a
pasted paragraph of 1,500 letters made a page of 1 MB so. What they filter by can be ticked all the same."""
_FORM_FIELDS = ("q", "tu", "den", "cach", *(name for name in FACET_PARAMETERS if name != "tinhcu"))
"""Parameters that the form has visible inputs for; one of the 63 provinces is chosen on the map."""


DIVIDERS = {"marks": "Khớp khi bỏ dấu", "words": "Có phần lớn các từ", "apart": "Các tiếng đứng rời nhau"}
"""What stands over the articles that lack something of the query."""


@dataclass(frozen=True, slots=True)
class SortLink:
    """An order of results."""

    label: str
    href: str
    current: bool
    hint: str = ""


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The state of the form: what is typed, and hidden pairs that keep the rest."""

    q: str
    first: str
    last: str
    hidden: tuple[tuple[str, str], ...]
    faults: tuple[tuple[str, str], ...] = ()
    """Why the dates that stand in it are none: parameter, reason."""


class DatedLink(NamedTuple):
    """A date named in the query, the days it means, and the search narrowed to them."""

    text: str
    label: str
    articles: str
    href: str


@dataclass(frozen=True, slots=True)
class ResultsPage:
    """Everything the result page shows."""

    form: SearchForm
    total: int
    count: str
    beside_count: str
    folded_count: str
    folded_heading: str
    dated: tuple[DatedLink, ...]
    understood: str | None
    notices: tuple[NoticeLine, ...]
    named: tuple[NamedPlace, ...]
    chips: tuple[Chip, ...]
    more_chips: tuple[Chip, ...]
    clear: str
    sorts: tuple[SortLink, ...]
    filters: int
    groups: tuple[Group, ...]
    map: CountryMap | None
    map_page: str
    """Where the map is, when it is not drawn here for the length of its links."""
    timeline: Timeline | None
    every_date: str
    results: tuple[Result, ...]
    folded: tuple[Result, ...]
    paging: Paging
    offers: tuple[Offer, ...]
    ways_on: tuple[PlaceLink, ...]
    """Where to go from a search that finds nothing, and that no other one helps."""
    data: dict[str, str]

    @property
    def heading(self) -> str:
        return f"Tìm “{self.form.q}”" if self.form.q else "Mọi bài trong kho"


def results_page(
    response: SearchResponse, addresses: Addresses, finder: PlaceFinder, count: Callable[[SearchRequest], int], era: str = ""
) -> ResultsPage:
    """Present `response`; `count` answers how many articles another request would find, `era` is the map that was asked for."""
    request, gazetteer = response.request, finder.gazetteer
    found, beside = found_words(response)
    conditions = chips(request, gazetteer, addresses)
    long = len(addresses.results(request)) > MOST_REPEATED
    elsewhere = with_query(MAP, addresses.pairs(request)) if long and not era else ""
    return ResultsPage(
        form=search_form(request, addresses),
        total=response.shown_total,
        count=found,
        beside_count=beside,
        folded_count=count_words(response.folded_total),
        folded_heading=DIVIDERS[response.folded_without or "marks"],
        dated=tuple(DatedLink(one.text, one.label, count_words(one.total), addresses.results(one.request)) for one in response.date_offers),
        understood=understood(response),
        notices=notice_lines(response, addresses),
        named=named_places(response, finder, count, addresses) if response.total else (),
        chips=conditions[:MOST_CHIPS],
        more_chips=conditions[MOST_CHIPS:],
        clear=addresses.results(state.asking(state.without_filters(request), "")),
        sorts=_sorts(request, addresses),
        filters=state.filter_count(request),
        groups=groups(_listed(response), gazetteer, request),
        map=None if elsewhere else country_map(response, era_of(response, era), gazetteer, addresses, asked=bool(era), coarse=True),
        map_page=elsewhere,
        timeline=None if long else _timeline(response, addresses),
        every_date=addresses.results(state.without_facet(request, "date")),
        results=tuple(result(hit, request, addresses) for hit in response.hits if not hit.folded),
        folded=tuple(result(hit, request, addresses) for hit in response.hits if hit.folded),
        paging=paging(request, response.shown_total, addresses),
        offers=offers(_worth_showing(response), request.q, addresses),
        ways_on=_ways_on(addresses, count) if not response.shown_total and not response.offers else (),
        data={suffix: addresses.results(state.on_page(request, 1), f".{suffix}") for suffix in ("json", "csv", "atom")},
    )


def _ways_on(addresses: Addresses, count: Callable[[SearchRequest], int]) -> tuple[PlaceLink, ...]:
    newest = addresses.results(state.browsing(SearchRequest(limit=addresses.page_size)))
    return (PlaceLink("Trang chủ", "/"), PlaceLink("Bài mới nhất", newest), *examples(count, addresses, MOST_EXAMPLES))


def _worth_showing(response: SearchResponse) -> tuple[OtherSearch, ...]:
    """The offers; above matches without marks only other spellings, for the list is wide already."""
    return response.offers if not response.folded_total else tuple(offer for offer in response.offers if offer.kind == "spelling")


def _listed(response: SearchResponse) -> tuple[Facet, ...]:
    """The facets with boxes: places as the request names them, not those counted for the map."""
    others = (PLACE if names_of(response.request) == "now" else PLACE_NOW, PLACE_OLD)
    return tuple(facet for facet in response.facets if facet.field not in others)


def _sorts(request: SearchRequest, addresses: Addresses) -> tuple[SortLink, ...]:
    """The orders there are; without a query relevance is none."""
    offered = [one for one in _SORTS if request.q.strip() or one[0] != "relevance"]
    return tuple(
        SortLink(
            label,
            addresses.results(state.sorted_by(request, sort, fresh=fresh)),
            (sort, fresh) == (request.sort, request.fresh),
            FRESH_HINT if fresh else "",
        )
        for sort, fresh, label in offered
    )


def search_form(request: SearchRequest, addresses: Addresses) -> SearchForm:
    """What the form holds: selected facet values are its checkboxes, values left out and the order are hidden."""
    pairs = parameters_of(state.on_page(request, 1), addresses.page_size)
    values = dict(pairs)
    usual = () if request.q.strip() else (("sap", SORT_NAMES["newest"]),)  # a query typed next is ranked by relevance
    hidden = tuple(pair for pair in pairs if pair not in usual and (pair[0] not in _FORM_FIELDS or _left_out(*pair)))
    return SearchForm(request.q, values.get("tu", ""), values.get("den", ""), hidden)


def with_bad_dates(form: SearchForm, bad: Mapping[str, BadDate]) -> SearchForm:
    """The form with the dates that could not be read, as they were typed."""
    if not bad:
        return form
    first, last = (bad[name].text if name in bad else usual for name, usual in (("tu", form.first), ("den", form.last)))
    return replace(form, first=first, last=last, faults=tuple((name, one.why) for name, one in bad.items()))


def _left_out(name: str, value: str) -> bool:
    return name in FACET_PARAMETERS and value.startswith("-")


def query_form(q: str = "") -> SearchForm:
    """The form of a page that shows no filters: the query alone."""
    return SearchForm(q, "", "", ())


def understood(response: SearchResponse) -> str | None:
    """The query as it ran, when that differs from what was typed."""
    return understood_as(response.request.q, response.understood)


def facet_named(response: SearchResponse, field: str) -> Facet | None:
    """One facet of a response."""
    return next((facet for facet in response.facets if facet.field == field), None)


def _timeline(response: SearchResponse, addresses: Addresses) -> Timeline | None:
    request = response.request
    selected = request.filters.get("date", ())
    return timeline(facet_named(response, "date"), selected, lambda value: addresses.results(state.only(request, "date", value)))
