"""Paths of places: labels, what a name covered until when, and what passed into it."""

from __future__ import annotations

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer
from engine.facets import facet_label
from engine.model import SearchRequest
from engine.places import (
    PlacedRequest,
    allowed,
    chosen,
    divided,
    left_out,
    lineage,
    meaning,
    names_of,
    now_label,
    paths_today,
    place_field,
    place_label,
    place_note,
    place_slug,
    suggestions,
    unfiltered,
    widened,
)


@pytest.fixture(scope="session")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


@pytest.mark.parametrize(
    ("path", "label", "now", "note"),
    [
        ("gia-lai", "tỉnh Gia Lai", "tỉnh Gia Lai", ""),
        ("long-an", "tỉnh Long An", None, "đến 30/6/2025"),
        ("ha-tay", "tỉnh Hà Tây", None, "đến 31/7/2008"),
        ("gia-lai/an-khe", "thị xã An Khê / phường An Khê", "phường An Khê", "thị xã đến 30/6/2025"),
        (
            "ho-chi-minh/thu-duc",
            "quận Thủ Đức / thành phố Thủ Đức / phường Thủ Đức",
            "phường Thủ Đức",
            "quận đến 31/12/2020, thành phố đến 30/6/2025",
        ),
        ("dong-nai", "tỉnh Đồng Nai / thành phố Đồng Nai", "thành phố Đồng Nai", "tỉnh đến 29/4/2026"),
        ("khong/co", None, None, ""),
    ],
)  # fmt: skip
def test_a_path_says_who_bore_it_and_until_when(gazetteer: Gazetteer, path: str, label: str | None, now: str | None, note: str) -> None:
    assert place_label(path, gazetteer) == label
    assert now_label(path, gazetteer) == now
    assert place_note(path, gazetteer) == note
    assert facet_label("place", path, gazetteer) == (label or path)
    assert facet_label("place_now", path, gazetteer) == (now or path)


@pytest.mark.parametrize(
    ("path", "before"),
    [
        ("tay-ninh", {"long-an": True}),
        ("hue", {"thua-thien-hue": True}),
        ("thua-thien-hue", {}),
        ("ha-noi", {"ha-tay": True}),
        ("long-an", {}),
        ("gia-lai/an-khe", {}),
        ("gia-lai/an-binh", {"gia-lai/an-khe/an-binh": True, "gia-lai/dak-po/cu-an": True, "gia-lai/dak-po/tan-an": True}),
        ("ha-noi/tay-ho", {"ha-noi/cau-giay/nghia-do": False}),
        ("khong/co", {}),
    ],
)
def test_what_passed_into_a_place(gazetteer: Gazetteer, path: str, before: dict[str, bool]) -> None:
    """All steps back, renaming included; never later names, never what the path covers, never a divided unit of a higher level."""
    assert {old.path: old.whole for old in lineage(path, gazetteer)} == before


@pytest.mark.parametrize(
    ("path", "parted"), [("tay-ninh", False), ("gia-lai/an-binh", True), ("da-nang/hoang-sa", False), ("long-an", False)]
)
def test_a_unit_that_holds_a_part_of_a_former_one_is_marked(gazetteer: Gazetteer, path: str, parted: bool) -> None:
    assert divided(path, gazetteer) is parted


def test_paths_of_today(gazetteer: Gazetteer) -> None:
    assert paths_today(["long-an"], gazetteer) == ["tay-ninh"]
    assert paths_today(["gia-lai/an-khe"], gazetteer) == ["gia-lai/an-khe"], "a ward bears the town's name"
    assert len(paths_today(["bac-kan/bac-kan"], gazetteer)) > 1
    assert paths_today(["khong/co"], gazetteer) == []


def test_names_for_an_unknown_one(gazetteer: Gazetteer) -> None:
    assert "An Khê" in suggestions("gia-lia/an-khee", gazetteer)
    assert suggestions("x" * 5000, gazetteer) == []
    assert place_slug("Gia Lai/An Khê") == "gia-lai/an-khe"


def test_a_request_says_what_its_names_are(gazetteer: Gazetteer) -> None:
    plain = SearchRequest(filters={"place": ("tay-ninh", "?")}, excluded={"place": ("ha-noi",)})
    assert (names_of(plain), place_field(plain), meaning(plain, "then", gazetteer)) == ("then", "place", plain)
    now = meaning(SearchRequest(), "now", gazetteer)
    assert (names_of(now), place_field(now), now.facets[0]) == ("now", "place_now", "place_now")
    assert names_of(SearchRequest(filters={"place_now": ("tay-ninh",)})) == "now"
    assert meaning(now, "then", gazetteer).filters == {}


def test_a_lineage_brings_predecessors_and_takes_them_away_again(gazetteer: Gazetteer) -> None:
    request = meaning(SearchRequest(filters={"place": ("tay-ninh", "?")}, excluded={"place": ("ha-noi",)}), "lineage", gazetteer)
    assert isinstance(request, PlacedRequest)
    assert request.filters == {"place": ("tay-ninh", "?", "long-an")}
    assert request.excluded == {"place": ("ha-noi", "ha-tay")}
    assert chosen(request, "place") == ("tay-ninh", "?")
    assert left_out(request, "place") == ("ha-noi",)
    assert unfiltered(request, "tay-ninh") == ("?",)
    assert allowed(request, "ha-noi") == ()
    assert widened(request, gazetteer) == request


def test_a_predecessor_that_is_chosen_itself_stays(gazetteer: Gazetteer) -> None:
    request = meaning(SearchRequest(filters={"place": ("tay-ninh", "long-an")}), "lineage", gazetteer)
    assert chosen(request, "place") == ("tay-ninh", "long-an")
    assert unfiltered(request, "tay-ninh") == ("long-an",)
