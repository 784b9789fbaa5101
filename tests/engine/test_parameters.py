"""Parameters of an address or a command line, and the request they mean."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer
from engine.model import SearchRequest
from engine.parameters import FACET_PARAMETERS, MAX_CLUSTER, MAX_VALUES, ORDER, parameters_of, request_from
from engine.places import names_of

PATHS = ["tay-ninh", "long-an", "gia-lai/an-khe", "gia-lai/an-binh", "binh-dinh", "hue", "thua-thien-hue", "bac-kan/bac-kan", "?"]


@pytest.fixture(scope="session")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


def as_mapping(pairs: list[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in pairs:
        found.setdefault(name, []).append(value)
    return found


@pytest.mark.parametrize(
    ("given_", "filters", "excluded", "canonical"),
    [
        ({"noi": ["tay-ninh"]}, {"place": ("tay-ninh",)}, {}, [("noi", "tay-ninh")]),
        ({"noi": ["tay-ninh"], "cach": ["khi-do"]}, {"place": ("tay-ninh",)}, {}, [("noi", "tay-ninh")]),
        ({"noi": ["tay-ninh"], "cach": ["hien-nay"]}, {"place_now": ("tay-ninh",)}, {}, [("noi", "tay-ninh"), ("cach", "hien-nay")]),
        (
            {"noi": ["tay-ninh", "-hue"], "cach": ["tien-than"]},
            {"place": ("tay-ninh", "long-an")},
            {"place": ("hue", "thua-thien-hue")},
            [("noi", "tay-ninh"), ("noi", "-hue"), ("cach", "tien-than")],
        ),
        ({"cach": ["hien-nay"]}, {}, {}, [("cach", "hien-nay")]),
        ({"cach": ["tien-than"]}, {}, {}, [("cach", "tien-than")]),
        ({"noi": ["?"], "cach": ["hien-nay"]}, {"place_now": ("?",)}, {}, [("noi", "?"), ("cach", "hien-nay")]),
        (
            {"noi": ["gia-lai", "-?"], "cach": ["hien-nay"]},
            {"place_now": ("gia-lai",)},
            {"place_now": ("?",)},
            [("noi", "gia-lai"), ("noi", "-?"), ("cach", "hien-nay")],
        ),
        ({"viettat": ["khong"], "sua": ["khong"]}, {}, {}, [("viettat", "khong"), ("sua", "khong")]),
        ({"viettat": ["co"], "sua": [""]}, {}, {}, []),
        ({"noi": ["Tây Ninh"], "cach": ["hien-nay"]}, {"place_now": ("tay-ninh",)}, {}, [("noi", "tay-ninh"), ("cach", "hien-nay")]),
    ],
)  # fmt: skip
def test_three_ways_to_name_places(
    gazetteer: Gazetteer,
    given_: dict[str, list[str]],
    filters: dict[str, tuple[str, ...]],
    excluded: dict[str, tuple[str, ...]],
    canonical: list[tuple[str, str]],
) -> None:
    request, notices = request_from(given_, gazetteer)
    assert (request.filters, request.excluded, notices) == (filters, excluded, ())
    assert parameters_of(request) == canonical


def test_newer_articles_are_asked_for_by_name(gazetteer: Gazetteer) -> None:
    request, notices = request_from({"q": ["lũ"], "gan_day": ["co"]}, gazetteer)
    assert (request, notices) == (SearchRequest("lũ", fresh=True), ())
    assert parameters_of(request) == [("q", "lũ"), ("gan_day", "co")]
    by_date, _ = request_from({"q": ["lũ"], "gan_day": ["co"], "sap": ["moi"]}, gazetteer)
    assert by_date == SearchRequest("lũ", sort="newest")
    odd = request_from({"gan_day": ["nhieu"]}, gazetteer)
    assert (odd.request.fresh, [notice.code for notice in odd.notices]) == (False, ["bad-choice"])


def test_without_a_choice_nothing_is_new(gazetteer: Gazetteer) -> None:
    assert request_from({"q": ["lũ"]}, gazetteer).request == SearchRequest("lũ")


@given(
    wanted=st.lists(st.sampled_from(PATHS), max_size=3),
    unwanted=st.lists(st.sampled_from(PATHS), max_size=2),
    cach=st.sampled_from(["khi-do", "hien-nay", "tien-than"]),
)
def test_what_a_request_is_written_as_means_it_again(gazetteer: Gazetteer, wanted: list[str], unwanted: list[str], cach: str) -> None:
    parameters = {"noi": [*wanted, *(f"-{path}" for path in unwanted)], "cach": [cach]}
    request = request_from(parameters, gazetteer).request
    pairs = parameters_of(request)
    assert request_from(as_mapping(pairs), gazetteer) == (request, ())
    assert [name for name, _ in pairs] == sorted((name for name, _ in pairs), key=ORDER.index)


def test_a_former_unit_means_those_that_took_its_place_today(gazetteer: Gazetteer) -> None:
    request, notices = request_from({"noi": ["long-an"], "cach": ["hien-nay"]}, gazetteer)
    assert request.filters == {"place_now": ("tay-ninh",)}
    assert [notice.message for notice in notices] == [
        "tỉnh Long An chỉ có đến 30/6/2025; lọc theo đơn vị hiện nay: tỉnh Tây Ninh."
    ]  # fmt: skip
    divided, said = request_from({"noi": ["bac-kan/bac-kan"], "cach": ["hien-nay"]}, gazetteer)
    assert len(divided.filters["place_now"]) > 1
    assert "≈" in said[0].message


@pytest.mark.parametrize("cach", ["khi-do", "hien-nay", "tien-than"])
def test_an_unknown_place_is_left_out_with_the_nearest_names(gazetteer: Gazetteer, cach: str) -> None:
    request, notices = request_from({"q": ["lũ"], "noi": ["gia-lia/an-khee", "hue"], "cach": [cach]}, gazetteer)
    assert [notice.code for notice in notices] == ["unknown-place"]
    assert "Gần giống: An Khê" in notices[0].message
    assert sum(len(values) for values in request.filters.values()) == (2 if cach == "tien-than" else 1)


def test_many_unknown_places_cost_little(gazetteer: Gazetteer) -> None:
    _, notices = request_from({"noi": [f"không có {number}" for number in range(50)]}, gazetteer)
    assert len(notices) == 50
    assert sum("Gần giống" in notice.message for notice in notices) <= 3


def test_an_unknown_choice_is_said(gazetteer: Gazetteer) -> None:
    request, notices = request_from({"noi": ["hue"], "cach": ["sau-này"]}, gazetteer)
    assert names_of(request) == "then"
    assert [notice.code for notice in notices] == ["bad-names"]
    assert "hien-nay" in notices[0].message


def test_unknown_places_stand_beside_todays(gazetteer: Gazetteer) -> None:
    request, notices = request_from({"noi": ["?", "hue"], "cach": ["hien-nay"]}, gazetteer)
    assert (request.filters, notices) == ({"place_now": ("?", "hue")}, ())


@pytest.mark.parametrize(("given_", "path"), [("long-an", "long-an"), ("Long An", "long-an"), ("tỉnh Hà Giang", "ha-giang"), ("?", "?")])
def test_one_of_the_63_provinces_is_a_filter_of_its_own(gazetteer: Gazetteer, given_: str, path: str) -> None:
    request, notices = request_from({"tinhcu": [given_]}, gazetteer)
    assert (request.filters, notices) == ({"place_old": (path,)}, ())
    assert parameters_of(request) == [("tinhcu", path)]


@pytest.mark.parametrize("given_", ["ha-tay", "gia-lai/an-khe", "Long Ann"])
def test_what_was_none_of_the_63_is_said(gazetteer: Gazetteer, given_: str) -> None:
    request, notices = request_from({"tinhcu": [given_]}, gazetteer)
    assert (request.filters, [notice.code for notice in notices]) == ({}, ["unknown-place"])
    assert "63 tỉnh" in notices[0].message


def test_every_parameter_has_its_place_in_an_address() -> None:
    assert set(FACET_PARAMETERS) <= set(ORDER)
    assert ORDER.index("cach") == ORDER.index("noi") + 1


@pytest.mark.parametrize("month", [f"2025-{number:02}" for number in range(1, 13)])
def test_a_month_filters_by_that_month_and_no_more(month: str, analyzer: ArticleAnalyzer) -> None:
    request, notices = request_from({"ngay": [month]}, analyzer.finder.gazetteer)
    assert (request.filters["date"], notices) == ((month,), ())


def test_a_day_is_no_value_of_the_date_facet_and_that_is_said(analyzer: ArticleAnalyzer) -> None:
    request, notices = request_from({"ngay": ["2023-06-30"]}, analyzer.finder.gazetteer)
    assert "date" not in request.filters
    assert [notice.code for notice in notices] == ["bad-date"]


@pytest.mark.parametrize(
    ("text", "cluster"),
    [
        ("7", 7),
        ("0" * 5000 + "7", 7),
        ("00", 0),
        (str(MAX_CLUSTER), MAX_CLUSTER),
        (str(MAX_CLUSTER + 1), None),
        ("0" * 20 + "9" * 30, None),
        ("9" * 5000, None),
        ("٣", None),
    ],
)
def test_the_number_of_a_cluster_is_one_that_an_index_can_hold(text: str, cluster: int | None, gazetteer: Gazetteer) -> None:
    request, notices = request_from({"cum": [text]}, gazetteer)
    assert request.cluster == (cluster or 0)
    assert [notice.code for notice in notices] == ([] if cluster is not None else ["bad-number"])


def test_values_beyond_the_limit_are_left_out_and_said(gazetteer: Gazetteer) -> None:
    request, notices = request_from({"nguon": [f"Báo {n}" for n in range(MAX_VALUES + 3)]}, gazetteer)
    assert len(request.filters["source"]) == MAX_VALUES
    assert [(one.code, f"{MAX_VALUES + 3} giá trị" in one.message, "bỏ 3" in one.message) for one in notices] == [
        ("too-many-values", True, True)
    ]


def test_what_names_stand_for_is_within_the_limit_so_that_it_can_be_written(gazetteer: Gazetteer) -> None:
    """A name is written as the paths that bear it."""
    names = ["Tân Lập", "Tân Thành", "-Quang Trung"]
    request, notices = request_from({"noi": names}, gazetteer)
    written = [value for name, value in parameters_of(request) if name == "noi"]
    assert len(written) > 100
    assert {notice.code for notice in notices} == {"ambiguous-place"}
    assert request_from({"noi": written}, gazetteer) == (request, ())
    many = [f"{number}" for number in range(1, 12)] + ["Hòa Bình", "Tân An", "Tân Phú", "Bình Minh", "Tân Tiến", "Tân Bình", "Tân Hòa"]
    request, notices = request_from({"noi": [*names, *many]}, gazetteer)
    written = [value for name, value in parameters_of(request) if name == "noi"]
    assert len(written) == MAX_VALUES
    assert [notice.code for notice in notices].count("too-many-values") == 1
    assert request_from({"noi": written}, gazetteer) == (request, ())
