"""Places and dates that a query names: evidence for the order, on every engine, and never a filter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from engine.index import ENGINES
from engine.model import SearchRequest
from engine.plan import ConstantNode, PlanNode, RangeNode
from engine.query import parse
from engine.query.evidence import LEAST_SHARE, MOST_SHARE, MOST_UNITS, evidence, likely_units, named_dates
from engine.schema import Weights
from engine.search import Searcher
from tests.support import ids, make, searcher_over

ARTICLES = (
    make("quoted", "Kinh nghiệm thu ngân sách", "Cán bộ quê An Khê kể chuyện thu ngân sách năm 2023. Quê An Khê xa lắm.", date="2021-05"),
    make("about", "Thị xã An Khê (Gia Lai) sơ kết", "Thị xã An Khê họp, có bàn chuyện thu ngân sách năm 2023.", date="2023-06-30"),
    make("heir", "Xã Cửu An, tỉnh Gia Lai họp dân", "Xã Cửu An bàn thu ngân sách ở chợ An Khê; năm 2023 đã qua.", date="2026-02"),
)
LOCAL = tuple(engine for engine in ENGINES if engine != "opensearch")  # test_opensearch runs the contract on a server
OFF = Weights(place=0.0, date=0.0, span=0.0)
TODAY = date(2026, 3, 9)


@pytest.fixture(params=LOCAL)
def searcher(request: pytest.FixtureRequest, tmp_path: Path, analyzer: ArticleAnalyzer) -> Searcher:
    return searcher_over(tmp_path / "index", analyzer, ARTICLES, request.param)


@pytest.mark.parametrize("q", ["thu ngân sách an khê", "thu ngan sach an khe", "thu ngân sách An Khê 2023", "thu ngan sach an khe 2023"])
def test_articles_about_the_place_come_first_and_none_is_left_out(searcher: Searcher, q: str) -> None:
    without = Searcher(searcher.index, OFF)
    assert ids(searcher, q)[0] == "about"
    assert set(ids(searcher, q)) == set(ids(without, q))
    scores = {hit.document.doc_id: hit.score for hit in without.search(SearchRequest(q)).hits}
    gain = {hit.document.doc_id: hit.score - scores[hit.document.doc_id] for hit in searcher.search(SearchRequest(q)).hits}
    assert gain["about"] > gain["heir"] > gain["quoted"] - 1e-6


def test_the_explanation_shows_the_evidence_and_adds_up(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("thu ngân sách an khê 2023", explain=True))
    for hit in response.hits:
        assert hit.explanation is not None
        assert hit.explanation["value"] == pytest.approx(hit.score, abs=1e-3)
    first = response.hits[0].explanation or {}
    parts = [detail["value"] for detail in first["details"][0]["details"]]
    weights = Weights()
    place = weights.place * LEAST_SHARE  # of a sentence most words are enough
    assert {place, place * weights.kin_share, weights.date} <= {round(part, 3) for part in parts}


def test_a_place_counts_for_the_part_of_the_query_that_names_it(analyzer: ArticleAnalyzer) -> None:
    def weight(q: str, *, soft: bool = False) -> float:
        nodes = evidence(parse(q).tree, analyzer.finder, Weights(place=1.0), TODAY, soft=soft)
        return max(node.score for node in nodes if isinstance(node, ConstantNode))

    assert weight("thu ngân sách an khê") == pytest.approx(2 / 5)
    assert weight("thị xã an khê họp") == pytest.approx(MOST_SHARE)
    assert weight("thị xã an khê") == MOST_SHARE
    assert weight("thu ngân sách an khê", soft=True) == LEAST_SHARE
    headline = "hội nghị sơ kết công tác xây dựng đảng, chính quyền sáu tháng đầu năm ở an khê"
    assert weight(headline) == pytest.approx(max(2 / len(headline.split()), LEAST_SHARE))
    assert weight(f"{headline} và nhiệm vụ trọng tâm sáu tháng cuối năm của đảng ủy") == LEAST_SHARE


def test_another_order_and_the_counts_are_as_they_were(searcher: Searcher) -> None:
    without = Searcher(searcher.index, OFF)
    request = SearchRequest("an khê 2023", sort="newest")
    assert searcher.search(replace(request, sort="relevance")).facets == without.search(replace(request, sort="relevance")).facets
    assert [hit.document.doc_id for hit in searcher.search(request).hits] == [hit.document.doc_id for hit in without.search(request).hits]


@pytest.mark.parametrize(
    ("text", "dates"),
    [
        ("thu ngân sách 2023", ["2023"]),
        ("thu ngan sach thang 6 nam 2023", ["2023-06"]),
        ("lũ 10/2020", ["2020-10"]),
        ("họp ngày 30/6/2023", ["2023-06"]),
        ("quyết định 15/2023/QĐ-UBND", []),
        ("thông tư 5/2023 học phí", ["2023"]),
        ("nghi quyet so 10-2023", ["2023"]),
        ("quyết định ngày 30/6/2023", ["2023-06"]),
        ("giai đoạn 2020-2025", []),
        ("12.2023 đồng", ["2023-12"]),
        ("2.023 tỷ đồng, 20235 hộ", []),
    ],
)
def test_years_and_months_are_read(text: str, dates: list[str]) -> None:
    assert list(named_dates(text)) == dates


@pytest.mark.parametrize(
    ("q", "first"),
    [
        ("lũ suối tháng 9 2023", "september"),
        ("lu suoi thang 9 nam 2023", "september"),
        ("lũ suối 9/2023", "september"),
        ("lũ suối quý 3/2023", "september"),
        ("lũ suối tháng trước", "february"),
        ("lũ suối 2023", "always"),
    ],
)
@pytest.mark.parametrize("engine", LOCAL)
def test_articles_of_the_month_come_first(tmp_path: Path, analyzer: ArticleAnalyzer, engine: str, q: str, first: str) -> None:
    """One that is otherwise a little better stands behind; the year alone, in which both are, says nothing."""
    text = "Lũ suối lớn cuốn cầu tạm; bản tin tháng trước kể 9 bản, quý 3 năm 2023."
    articles = [
        make("always", "Lũ suối", text + " Lũ suối xiết.", date="2023-12-20"),
        make("september", "Tin bản", text, date="2023-09-12"),
        make("february", "Tin bản", text + " Cầu mới sắp xong.", date="2026-02-12"),
    ]
    searcher = searcher_over(tmp_path / "i", analyzer, articles, engine)
    searcher.today = lambda: TODAY
    assert ids(searcher, q)[0] == first


def test_only_a_short_span_is_looked_for_by_its_days(analyzer: ArticleAnalyzer) -> None:
    def spans(q: str) -> list[PlanNode]:
        nodes = evidence(parse(q).tree, analyzer.finder, Weights(), TODAY)
        return [node.child for node in nodes if isinstance(node, ConstantNode) and isinstance(node.child, RangeNode)]

    assert spans("thu quý 2/2023") == [RangeNode("first_day", date(2023, 4, 1).toordinal(), date(2023, 6, 30).toordinal())]
    assert spans("thông tư 5/2023") == spans("quyết định số 12/2022") == spans("nghi dinh 10-2022") == []
    assert spans("quyết định tháng 5/2023") == spans("họp 5/2023") == spans("tháng 5 năm 2023") != []
    assert spans("thu 6 tháng đầu năm 2023") == spans("thu năm 2023") == spans("thu -5/2023") == []


@pytest.mark.parametrize("q", ["", "thu ngân sách", "hòa bình thống nhất", "-An Khê họp", "nguồn:Gia Lai"])
def test_what_names_no_place_or_is_left_out_gives_no_evidence(analyzer: ArticleAnalyzer, q: str) -> None:
    assert evidence(parse(q).tree, analyzer.finder, Weights(), TODAY) == ()


def test_another_place_of_the_query_tells_homonyms_apart(analyzer: ArticleAnalyzer) -> None:
    finder: PlaceFinder = analyzer.finder
    tay_son, pleiku = finder.in_query("phường tây sơn pleiku")
    inside = likely_units(tay_son, [tay_son, pleiku], finder.gazetteer)
    assert [finder.gazetteer.path(unit) for unit in inside] == ["gia-lai/pleiku/tay-son"]
    assert len(likely_units(tay_son, [tay_son], finder.gazetteer)) == 3


def test_a_name_that_too_many_units_bear_says_nothing(analyzer: ArticleAnalyzer) -> None:
    (place,) = analyzer.finder.in_query("phường 1")
    assert len(likely_units(place, [place], analyzer.finder.gazetteer)) > MOST_UNITS
    assert evidence(parse("phường 1").tree, analyzer.finder, Weights(), TODAY) == ()


def test_a_place_of_the_query_language_may_be_a_path_or_a_name(searcher: Searcher) -> None:
    assert set(ids(searcher, "ở:gia-lai/an-khe")) == set(ids(searcher, 'ở:"An Khê"')) == {"about"}
    assert set(ids(searcher, 'ở:"gia lai"')) == {"about", "heir"}


def test_an_unknown_place_of_the_query_language_is_said_with_the_nearest_names(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest('họp ở:"gia lia"'))
    assert [(notice.code, "Gia Lai" in notice.message) for notice in response.notices] == [("unknown-place", True)]
    assert response.total == searcher.search(SearchRequest("họp")).total > 0


def test_a_name_of_a_place_is_wanted_whole(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """Else who looks for Gia Lai gets the numbers, months and places of all that is dear again."""
    whole = make("whole", "Mưa lớn ở Gia Lai", "Tỉnh Gia Lai mưa lớn ba ngày liền.")
    apart = make("apart", "Giá xăng tăng", "Giá xăng tăng trở lại, phủ sóng cả nước; Phú Yên họp tổ quốc ca.")
    island = make("island", "Chợ đêm Phú Quốc", "Chợ đêm Phú Quốc mở cửa trở lại; giá phòng không đổi.")
    for engine in LOCAL:
        searcher = searcher_over(tmp_path / engine, analyzer, [whole, apart, island], engine)
        assert ids(searcher, "Gia Lai") == ["whole"]
        assert ids(searcher, "phu quoc") == ids(searcher, "Phú Quốc") == ["island"]
        assert set(ids(searcher, "giá lại")[:2]) == {"apart", "island"}
        assert ids(searcher, "mưa lớn gia lai") == ["whole"]
        assert set(ids(searcher, "tiêu_đề:gia tiêu_đề:lai")) == {"whole"}
