"""Facet groups, chips, offers, paging and words."""

from __future__ import annotations

from datetime import date

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.dates import PartialDate
from analyzers.places import Gazetteer, Place
from engine.model import DateRange, Facet, FacetCount, SearchRequest
from search_app.addresses import Addresses
from search_app.chips import chips
from search_app.facets import SHOWN, Group, groups
from search_app.paging import last_page, page_numbers, paging
from search_app.words import count_words, date_rule_words, place_words, value_words

ADDRESSES = Addresses(20)


@pytest.fixture(scope="session")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


def group(gazetteer: Gazetteer, field: str, counts: dict[str, int], selected: tuple[str, ...] = ()) -> Group:
    rows = tuple(FacetCount(value, f"nhãn {value}", count, value in selected) for value, count in counts.items())
    return groups((Facet(field, rows),), gazetteer)[0]


# --- facets ---


def test_places_are_a_tree(gazetteer: Gazetteer) -> None:
    found = group(gazetteer, "place", {"gia-lai": 5, "gia-lai/an-khe": 4, "gia-lai/an-khe/tay-son": 1, "bac-kan": 2, "?": 3})
    assert [row.value for row in found.rows] == ["gia-lai", "bac-kan", "?"]
    assert [row.value for row in found.rows[0].rows] == ["gia-lai/an-khe"]
    assert [row.value for row in found.rows[0].rows[0].rows] == ["gia-lai/an-khe/tay-son"]
    assert found.rows[-1].unknown


def test_a_branch_opens_on_its_selection_which_comes_first(gazetteer: Gazetteer) -> None:
    counts = {"bac-kan": 9, "long-an": 8, "gia-lai": 5, "gia-lai/an-khe": 0}
    found = group(gazetteer, "place", counts, ("gia-lai/an-khe",))
    assert found.rows[0].value == "gia-lai"
    assert found.rows[0].open
    assert found.rows[0].rows[0].selected
    assert found.rows[0].rows[0].count == "0", "a selected value stays visible at 0"
    assert not found.rows[1].open
    assert found.selected == 1


def test_a_value_without_its_parent_stands_alone_and_says_where_it_is(gazetteer: Gazetteer) -> None:
    found = group(gazetteer, "place", {"gia-lai/an-khe": 0}, ("gia-lai/an-khe",))
    assert "Gia Lai" in found.rows[0].label


def test_dates_run_backwards_below_their_years(gazetteer: Gazetteer) -> None:
    found = group(gazetteer, "date", {"2022": 9, "2023": 5, "2023-06": 2, "2023-10": 1, "?": 1})
    assert [row.value for row in found.rows] == ["2023", "2022", "?"]
    assert [row.value for row in found.rows[0].rows] == ["2023-10", "2023-06"]


def test_long_lists_are_cut_and_keep_what_is_selected(gazetteer: Gazetteer) -> None:
    counts = {f"từ {number}": 100 - number for number in range(40)}
    found = group(gazetteer, "term", counts, tuple(list(counts)[:10]))
    assert len(found.rows) == 10
    assert len(found.more) == 30
    assert len(group(gazetteer, "term", counts).rows) == SHOWN
    assert group(gazetteer, "term", dict(list(counts.items())[: SHOWN + 1])).more == (), "one value is not worth hiding"


def test_empty_facets_are_left_out_but_for_the_dates(gazetteer: Gazetteer) -> None:
    found = groups((Facet("term", ()), Facet("date", ())), gazetteer)
    assert [one.field for one in found] == ["date"]


# --- chips ---


def test_chips_read_as_a_sentence(gazetteer: Gazetteer) -> None:
    request = SearchRequest(
        "nông thôn mới",
        {"place": ("gia-lai/an-khe", "bac-kan"), "date": ("2023-06",), "term": ("lũ",), "source": ("Báo A", "?")},
        {"source": ("Báo B",), "date": ("2022",)},
        DateRange(date(2023, 1, 1), date(2023, 6, 15)),
    )
    found = chips(request, gazetteer, ADDRESSES)
    assert [(chip.lead, chip.text) for chip in found] == [
        ("có", "nông thôn mới"),
        ("ở", "thị xã An Khê / phường An Khê (Gia Lai)"),
        ("hoặc", "tỉnh Bắc Kạn"),
        ("đăng", "tháng 6/2023"),
        ("đăng", "từ năm 2023 đến 15/06/2023"),
        ("về", "lũ"),
        ("trên", "Báo A"),
        ("hoặc", "nguồn không rõ"),
        ("trừ bài trên", "Báo B"),
        ("trừ", "năm 2022"),
    ]


def test_each_chip_takes_out_just_itself(gazetteer: Gazetteer) -> None:
    request = SearchRequest("lũ", {"place": ("gia-lai", "bac-kan")}, {"source": ("Báo B",)}, DateRange(date(2023, 1, 1)))
    texts = [chip.text for chip in chips(request, gazetteer, ADDRESSES)]
    for number, chip in enumerate(chips(request, gazetteer, ADDRESSES)):
        left = [one.text for one in chips(chip.without, gazetteer, ADDRESSES)]
        assert left == texts[:number] + texts[number + 1 :]


# --- paging ---


@pytest.mark.parametrize(
    ("page", "last", "numbers"),
    [
        (1, 1, [1]),
        (1, 4, [1, 2, 3, 4]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (1, 50, [1, 2, 3, None, 50]),
        (25, 50, [1, None, 23, 24, 25, 26, 27, None, 50]),
        (50, 50, [1, None, 48, 49, 50]),
    ],
)
def test_page_numbers(page: int, last: int, numbers: list[int | None]) -> None:
    assert page_numbers(page, last) == numbers


@pytest.mark.parametrize(("total", "limit", "last"), [(0, 20, 1), (20, 20, 1), (21, 20, 2), (999_999, 20, 50), (5, 0, 1)])
def test_last_page(total: int, limit: int, last: int) -> None:
    assert last_page(total, limit) == last


def test_a_page_beyond_the_end_leads_back_to_the_last() -> None:
    pages = paging(SearchRequest("a", offset=980), 30, ADDRESSES)
    assert pages.previous == "/tim?q=a&trang=2"
    assert pages.next is None


# --- words ---


@pytest.mark.parametrize(
    ("total", "words"), [(0, "0 bài"), (12, "12 bài"), (9_999, "9.999 bài"), (10_000, "10.000 bài"), (10_001, "hơn 10.000 bài")]
)
def test_counts(total: int, words: str) -> None:
    assert count_words(total) == words


@pytest.mark.parametrize(
    ("facet", "value", "words"),
    [
        ("place", "gia-lai", "tỉnh Gia Lai"),
        ("place", "gia-lai/an-khe/tay-son", "phường Tây Sơn (An Khê, Gia Lai)"),
        ("place", "bac-kan/bac-kan", "thị xã Bắc Kạn / thành phố Bắc Kạn (Bắc Kạn)"),
        ("place", "?", "nơi không rõ"),
        ("date", "2023-06", "tháng 6/2023"),
        ("date", "?", "ngày không rõ"),
        ("term", "thu ngân sách", "thu ngân sách"),
    ],
)
def test_values_standing_alone(gazetteer: Gazetteer, facet: str, value: str, words: str) -> None:
    assert value_words(facet, value, gazetteer) == words


def test_places_of_an_article_name_what_they_belong_to() -> None:
    place = Place("Bắc Kạn", "Bắc Kạn", "Đức Xuân", "c1:o", "bac-kan/bac-kan/duc-xuan", "phường Đức Xuân", "primary")
    assert place_words(place) == "phường Đức Xuân, Bắc Kạn"
    assert place_words(Place("Gia Lai", None, None, "p1:o", "gia-lai", "tỉnh Gia Lai", "primary")) == "tỉnh Gia Lai"


def test_every_date_rule_has_words() -> None:
    assert date_rule_words(PartialDate("2023", "json-ld")).startswith("dữ liệu có cấu trúc")
    assert date_rule_words(PartialDate("2023", "la-lung")) == "quy tắc “la-lung”"
