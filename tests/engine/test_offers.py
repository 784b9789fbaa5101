"""Other searches: what they change, in which order, and that they cost a bounded number of searches."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer
from engine.model import DateRange, SearchRequest
from engine.offers import MOST, MOST_TRIED, wider, worthwhile
from engine.parameters import parameters_of
from engine.query import parse
from engine.query.wider import any_word, loose, without_a_condition, without_marks


@pytest.fixture(scope="module")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


def ideas(request: SearchRequest, gazetteer: Gazetteer) -> dict[str, list[tuple[str, str]]]:
    """Text of each idea -> the parameters of its address."""
    return {idea.text: parameters_of(idea.request) for idea in wider(request, gazetteer)}


@pytest.mark.parametrize(
    ("q", "any_word_", "without_marks_", "loose_"),
    [
        ("lũ quét", "lũ | quét", "lu quet", "lũ quét"),
        ("lũ", "lũ", "lu", "lũ"),
        ('"thu ngân sách" lũ', '"thu ngân sách" | lũ', '"thu ngan sach" lu', "thu ngân sách lũ"),
        ("Đường -cao tốc", "(Đường | tốc) -cao", "duong -cao toc", "Đường -cao tốc"),
        ("bão | lũ", "bão | lũ", "bao | lu", "bão | lũ"),
        ("title:lũ nguồn:Báo", "title:lũ | nguồn:Báo", "title:lu nguồn:Báo", "title:lũ nguồn:Báo"),
        ('"lũ"~3', '"lũ"~3', '"lu"~3', '"lũ"~3'),
        ("nông*", "nông*", "nong*", "nông*"),
        ("", "", "", ""),
    ],
)
def test_wider_queries(q: str, any_word_: str, without_marks_: str, loose_: str) -> None:
    tree = parse(q).tree
    assert str(any_word(tree)) == any_word_
    assert str(without_marks(tree)) == without_marks_
    assert str(loose(tree)) == loose_


@pytest.mark.parametrize(
    ("q", "left"),
    [
        ("lũ nguồn:Báo ở:hue", ["lũ nguồn:Báo", "lũ ở:hue"]),
        ("ngày:2023", [""]),
        ("title:lũ", []),
        ("lũ -nguồn:Báo", ["lũ"]),
        ("chợ nổi -Tết", ["chợ nổi"]),
    ],
)
def test_conditions_written_into_the_query_can_go(q: str, left: list[str]) -> None:
    assert sorted(str(rest) for _, rest in without_a_condition(parse(q).tree)) == left


@given(st.text(max_size=80))
def test_wider_queries_of_any_text_can_be_asked(q: str) -> None:
    for change in (any_word, loose, without_marks):
        parse(str(change(parse(q).tree)))


def test_dates_widen_by_a_year_and_months_to_their_year(gazetteer: Gazetteer) -> None:
    days = DateRange(datetime.date(2023, 6, 1), datetime.date(2023, 6, 30))
    found = ideas(SearchRequest("lũ", dates=days, filters={"date": ("2023-05", "2023-06")}), gazetteer)
    assert found["Nới thời gian thêm một năm mỗi phía"] == [
        ("q", "lũ"), ("ngay", "2023-05"), ("ngay", "2023-06"), ("tu", "2022-06"), ("den", "2024-06-29"),
    ]  # fmt: skip
    assert found["Cả năm 2023"] == [("q", "lũ"), ("ngay", "2023"), ("tu", "2023-06"), ("den", "2023-06")]


@pytest.mark.parametrize("day", [datetime.date.min, datetime.date.max])
def test_the_ends_of_the_calendar_are_no_error(gazetteer: Gazetteer, day: datetime.date) -> None:
    assert "Viết không dấu" in ideas(SearchRequest("lũ", dates=DateRange(day, day)), gazetteer)


def test_a_unit_of_today_brings_what_came_before_it(gazetteer: Gazetteer) -> None:
    found = ideas(SearchRequest("lũ", filters={"place": ("tay-ninh",)}), gazetteer)
    assert found["Gồm cả các đơn vị tiền thân"] == [("q", "lũ"), ("noi", "tay-ninh"), ("cach", "tien-than")]


def test_a_former_unit_leads_to_those_that_took_its_place(gazetteer: Gazetteer) -> None:
    found = ideas(SearchRequest("lũ", filters={"place": ("binh-dinh",)}), gazetteer)
    assert found["Theo đơn vị kế thừa hiện nay: tỉnh Gia Lai"] == [("q", "lũ"), ("noi", "gia-lai"), ("cach", "hien-nay")]


def test_offers_name_the_count_they_give_and_only_those_that_find_something(gazetteer: Gazetteer) -> None:
    request = SearchRequest("lũ quét", {"place": ("gia-lai",), "source": ("Báo A",)})
    asked: list[SearchRequest] = []

    def count(changed: SearchRequest) -> int:
        asked.append(changed)
        return (
            {"Báo A": 12}.get("".join(changed.filters.get("source", ())), 20_000)
            if changed.q == "lũ quét" and not changed.filters.get("place")
            else 0
        )

    found = worthwhile(wider(request, gazetteer), count)
    assert [(offer.kind, offer.text, offer.total) for offer in found if offer.request.q == "lũ quét"] == [
        ("filter", "Bỏ “ở tỉnh Gia Lai”", 12),
        ("filter", "Bỏ mọi bộ lọc", 20_000),
    ]
    assert len(asked) <= MOST_TRIED


def test_many_filters_do_not_cost_many_searches(gazetteer: Gazetteer) -> None:
    request = SearchRequest("a b", {"term": tuple(f"từ {number}" for number in range(50))})
    asked: list[SearchRequest] = []
    assert worthwhile(wider(request, gazetteer), lambda changed: len(asked.append(changed) or [])) == ()
    assert len(asked) == MOST_TRIED


def test_offers_are_few(gazetteer: Gazetteer) -> None:
    request = SearchRequest('"a b" c', {"term": tuple(f"từ {number}" for number in range(50))})
    assert len(worthwhile(wider(request, gazetteer), lambda _: 1)) == MOST


def test_what_must_not_occur_is_what_first_may_go(gazetteer: Gazetteer) -> None:
    ideas = [*wider(SearchRequest("chợ nổi -Tết ở:hue"), gazetteer)]
    assert [(idea.text, idea.request.q) for idea in ideas[:1]] == [("Bỏ “-Tết”", "chợ nổi ở:hue")]
    assert "Bỏ “ở:hue”" in [idea.text for idea in ideas]
