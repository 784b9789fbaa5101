"""Surgery on the state of a search, and the addresses made of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from engine.model import DateRange, SearchRequest
from engine.parameters import parameters_of, request_from
from search_app import state
from search_app.addresses import Addresses, article_path

ADDRESSES = Addresses(20)
Q = "/tim?q=n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi"
FULL = SearchRequest(
    q="nông thôn mới",
    filters={"place": ("gia-lai", "bac-kan"), "date": ("2023-06",)},
    excluded={"source": ("Báo A",)},
    dates=DateRange(date(2023, 1, 1), date(2023, 6, 30)),
    sort="newest",
    offset=40,
)


@pytest.mark.parametrize(
    ("change", "address"),
    [
        (lambda r: state.on_page(r, 1), Q + "&noi=gia-lai&noi=bac-kan&ngay=2023-06&nguon=-B%C3%A1o+A&tu=2023&den=2023-06&sap=moi"),
        (lambda r: state.without_filters(r), Q + "&sap=moi"),
        (lambda r: state.asking(state.without_filters(r), ""), "/tim?sap=moi"),
        (lambda r: state.asking(SearchRequest("a"), ""), "/tim?sap=moi"),
        (lambda r: state.asking(SearchRequest("a", sort="oldest"), ""), "/tim?sap=cu"),
        (lambda r: state.sorted_by(state.without_filters(r), "relevance"), Q),
        (lambda r: state.on_page(state.without_filters(r), 4), Q + "&sap=moi&trang=4"),
    ],
)  # fmt: skip
def test_addresses_are_canonical(change: Callable[[SearchRequest], SearchRequest], address: str) -> None:
    assert ADDRESSES.results(change(FULL)) == address


@pytest.mark.parametrize(
    ("change", "filters"),
    [
        (lambda r: state.added(r, "place", "long-an"), {"place": ("gia-lai", "bac-kan", "long-an"), "date": ("2023-06",)}),
        (lambda r: state.added(r, "place", "gia-lai"), {"place": ("gia-lai", "bac-kan"), "date": ("2023-06",)}),
        (lambda r: state.removed(r, "place", "gia-lai"), {"place": ("bac-kan",), "date": ("2023-06",)}),
        (lambda r: state.removed(r, "date", "2023-06"), {"place": ("gia-lai", "bac-kan")}),
        (lambda r: state.removed(r, "term", "x"), {"place": ("gia-lai", "bac-kan"), "date": ("2023-06",)}),
        (lambda r: state.toggled(r, "date", "2023-06"), {"place": ("gia-lai", "bac-kan")}),
        (lambda r: state.toggled(r, "term", "lũ"), {"place": ("gia-lai", "bac-kan"), "date": ("2023-06",), "term": ("lũ",)}),
        (lambda r: state.only(r, "date", "2023-05"), {"place": ("gia-lai", "bac-kan"), "date": ("2023-05",)}),
        (lambda r: state.only(r, "date", "2023-06"), {"place": ("gia-lai", "bac-kan")}),
        (lambda r: state.without_facet(r, "place"), {"date": ("2023-06",)}),
        (lambda r: state.without_filters(r), {}),
    ],
)
def test_changing_filters(change: Callable[[SearchRequest], SearchRequest], filters: dict[str, tuple[str, ...]]) -> None:
    changed = change(FULL)
    assert changed.filters == filters
    assert changed.offset == 0, "a changed filter leads to the first page"
    assert changed.q == FULL.q


def test_other_changes_lead_to_the_first_page_too() -> None:
    assert state.sorted_by(FULL, "oldest").offset == 0
    assert state.asking(FULL, "lũ").offset == 0
    assert state.without_dates(FULL).dates == DateRange()
    assert state.allowed(FULL, "source", "Báo A").excluded == {}
    assert state.without_excluded(FULL).excluded == {}


def test_nothing_is_changed_in_place() -> None:
    before = parameters_of(FULL)
    state.added(FULL, "place", "x")
    state.removed(FULL, "place", "gia-lai")
    assert parameters_of(FULL) == before


def test_counting_conditions() -> None:
    assert state.filter_count(FULL) == 5
    assert state.filter_count(SearchRequest("a")) == 0
    assert state.page_of(FULL) == 3
    assert state.page_of(SearchRequest(limit=0)) == 1


@pytest.mark.parametrize(
    ("doc_id", "path"),
    [
        ("abc", "/bai/abc"),
        ("a/b", "/bai/a/b"),
        ("a//b", "/bai/a%2F%2Fb"),
        ("../b", "/bai/..%2Fb"),
        ("https://bao.example/tin?x=1#y", "/bai/https%3A%2F%2Fbao.example%2Ftin%3Fx%3D1%23y"),
        ("tin tức", "/bai/tin%20t%E1%BB%A9c"),
        ('"><b>', "/bai/%22%3E%3Cb%3E"),
        ("a.json", "/bai/a.json"),
    ],
)
def test_article_paths_survive_their_way(doc_id: str, path: str) -> None:
    assert article_path(doc_id) == path


def test_an_article_carries_its_search_and_leads_back_to_its_page() -> None:
    request = SearchRequest("lũ", limit=20, offset=20)
    assert ADDRESSES.article("x", request, 27) == "/bai/x?q=l%C5%A9&thu=27"
    assert ADDRESSES.back(request, 27) == "/tim?q=l%C5%A9&trang=2"
    assert ADDRESSES.back(request, None) == "/tim?q=l%C5%A9"


VALUES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1, max_size=12)
PARAMETERS = st.dictionaries(
    st.sampled_from(["q", "noi", "ngay", "term", "nguon", "tu", "den", "sap", "trang", "so", "la"]),
    st.lists(VALUES | st.sampled_from(["2023", "2023-06", "30/6/2023", "?", "-?", "gia-lai", "moi", "2", "--a", ""]), max_size=3),
)


@given(parameters=PARAMETERS)
def test_an_address_leads_to_itself(analyzer: ArticleAnalyzer, parameters: dict[str, list[str]]) -> None:
    """The canonical address of whatever was asked for is understood without a notice and written the same again: no redirect loops."""
    gazetteer = analyzer.finder.gazetteer
    parameters.pop("noi", None)  # names of places are looked up slowly when they are none; see test_places_in_addresses
    first = ADDRESSES.results(request_from(parameters, gazetteer).request)
    again = request_from(parse_qs(urlsplit(first).query, keep_blank_values=True), gazetteer)
    assert ADDRESSES.results(again.request) == first


@pytest.mark.parametrize("value", ["An Khê", "gia-lai/an-khe", "Gia Lai/An Khê", "?", "-gia-lai"])
def test_places_in_addresses(analyzer: ArticleAnalyzer, value: str) -> None:
    gazetteer = analyzer.finder.gazetteer
    first = ADDRESSES.results(request_from({"noi": [value]}, gazetteer).request)
    again = request_from(parse_qs(urlsplit(first).query), gazetteer)
    assert ADDRESSES.results(again.request) == first
    assert "noi=" in first
