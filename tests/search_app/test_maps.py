"""Maps: their data, classes and links, and that every map of the country shows Hoàng Sa and Trường Sa."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer
from engine.model import DateRange, Facet, FacetCount, SearchRequest, SearchResponse
from engine.parameters import request_from
from search_app import maps
from search_app.choropleth import CLASSES, class_breaks, era_of, legend, shade
from search_app.kin import bearers
from search_app.locator import locator, parts_map
from search_app.maps import MapDataError, build, geometry, shapes
from tests.search_app.test_places import Page, page, placed, state, texts

__all__ = ["page", "placed"]


@pytest.fixture(scope="session")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


# --- data ---


def test_every_unit_of_the_gazetteer_has_its_shape(gazetteer: Gazetteer) -> None:
    assert len(maps.provinces("34")) == 34
    assert len(maps.provinces("63")) == 63
    communes = {unit for province in maps.provinces("34") for unit in maps.communes(province)}
    assert communes == {unit.unit for unit in gazetteer.at(bearers("ha-noi", gazetteer)[0].unit.since, "commune")}
    assert all(gazetteer.versions(unit) for unit in (*maps.provinces("34"), *maps.provinces("63")))


def test_paths_are_svg_and_small() -> None:
    data = Path(shapes.__file__).parent / "data"
    assert sum(path.stat().st_size for path in data.iterdir()) < 1_200_000
    for era in ("34", "63"):
        for shape in maps.provinces(era).values():
            assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", shape.path)
            assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", shape.coarse)
            assert re.fullmatch(r"(M-?\d+ -?\d+h0)*", shape.islets)
    assert re.fullmatch(r"(M-?\d+ -?\d+l[-\d ]+z)+", maps.coarse_land())


def test_the_archipelagos_are_drawn_and_named() -> None:
    """Hoàng Sa belongs to Đà Nẵng, Trường Sa to Khánh Hòa; their islands are points of these provinces in both eras."""
    assert [(island.name, island.province) for island in maps.islands()] == [("Hoàng Sa", "p48:n"), ("Trường Sa", "p56:n")]
    for units in (("34", "p48:n", "p56:n"), ("63", "p48:o", "p56:o")):
        era, da_nang, khanh_hoa = units
        found = [
            [tuple(map(int, point)) for point in re.findall(r"M(\d+) (\d+)h0", maps.provinces(era)[unit].islets)]
            for unit in (da_nang, khanh_hoa)
        ]
        assert sum(x > 8_500 and y < 8_500 for x, y in found[0]) >= 8, "Hoàng Sa"
        assert sum(x > 9_000 and y > 10_500 for x, y in found[1]) >= 30, "Trường Sa"
    assert maps.country().width > 14_000


def test_building_again_gives_the_same_bytes(shared: Path) -> None:
    folder = Path(shapes.__file__).parent / "data"
    source = shared / "gazetteer"
    assert build.province_table(source / "provinces34.geojson") == (folder / "provinces34.tsv").read_text(encoding="utf-8")
    assert build.province_table(source / "provinces63.geojson") == (folder / "provinces63.tsv").read_text(encoding="utf-8")
    assert build.commune_table(source / "communes3321.topojson") == (folder / "communes.tsv").read_text(encoding="utf-8")
    assert build.island_table(source / "provinces34.geojson") == (folder / "islands.tsv").read_text(encoding="utf-8")
    assert build.land_path(source / "provinces34.geojson") == (folder / "land.txt").read_text(encoding="utf-8")


def test_a_damaged_file_names_itself_and_the_command(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shapes, "_read", lambda name: "p01:n\tx y\n")
    with pytest.raises(MapDataError, match=r"provinces34\.tsv.*python -m search_app\.maps\.build"):
        shapes.provinces.__wrapped__("34")
    monkeypatch.setattr(shapes, "_read", lambda name: "p01:n\tx y\t1 2 3 4\ta\tb\tc\n")
    with pytest.raises(MapDataError, match=r"'x y' are no numbers"):
        shapes.provinces.__wrapped__("34")


# --- geometry ---


def test_a_shared_border_is_simplified_the_same_on_both_sides() -> None:
    border = [(50, 0), (52, 20), (48, 40), (60, 60), (50, 100)]
    left = [(0, 0), *border, (0, 100)]
    right = [*border[::-1], (100, 0), (100, 100)]
    found = geometry.simplified({"left": [left], "right": [right[3:] + right[:3]]}, 9)
    ours = {point for point in found["left"][0] if point in border}
    assert ours == {point for point in found["right"][0] if point in border}
    assert (60, 60) in ours
    assert (52, 20) not in ours


def test_rings_become_relative_paths() -> None:
    assert geometry.path([[(10, 20), (15, 18), (12, 30)]]) == "M10 20l5-2-3 12z"
    assert geometry.islets([[(0, 0), (10, 0), (10, 10)], [(2, 2), (8, 2), (8, 8)]]) == "M5 5h0", "one point for islets side by side"
    assert geometry.on_grid(102.0, 23.5) == (0, 0)


# --- classes ---


@given(st.lists(st.integers(0, 100_000), min_size=1, max_size=63))
def test_classes_cover_every_count(counts: list[int]) -> None:
    breaks = class_breaks(counts)
    assert len(breaks) <= CLASSES
    assert list(breaks) == sorted(set(breaks))
    for count in counts:
        assert (shade(count, breaks) == 0) == (count == 0)
    assert [shade(most, breaks) for most in breaks] == list(range(1, len(breaks) + 1))
    assert len(legend(breaks)) == len(breaks)


def test_the_legend_says_the_classes() -> None:
    assert class_breaks([3, 0, 1]) == (1, 2, 3)
    assert [step.label for step in legend(class_breaks([25, 1]))] == ["1–2", "3–4", "5–7", "8–13", "14–25"]


# --- which map ---


def answer(request: SearchRequest, months: dict[str, int] | None = None) -> SearchResponse:
    counts = tuple(FacetCount(value, value, count) for value, count in (months or {}).items())
    return SearchResponse(request, 1, (), (Facet("date", counts),))


def test_the_map_fits_the_names_and_the_dates(gazetteer: Gazetteer) -> None:
    from datetime import date

    now = request_from({"cach": ["hien-nay"]}, gazetteer).request
    assert era_of(answer(now, {"2023-05": 9}), "") == "34"
    assert era_of(answer(now), "63") == "63"
    plain = SearchRequest()
    assert era_of(answer(plain, {"2023-05": 9, "2025-08": 1}), "") == "63"
    assert era_of(answer(plain, {"2023-05": 1, "2025-08": 2}), "") == "34"
    assert era_of(answer(SearchRequest(dates=DateRange(None, date(2025, 6, 30)))), "") == "63"
    assert era_of(answer(SearchRequest(filters={"date": ("2024", "2025-06")})), "") == "63"
    assert era_of(answer(SearchRequest(filters={"date": ("2025",)})), "") == "34"


# --- pages ---


@pytest.mark.parametrize(("era", "areas"), [("34", 34), ("63", 63)])
def test_the_map_page_draws_every_province_and_both_archipelagos(page: Page, era: str, areas: int) -> None:
    soup = page(f"/ban-do?bando={era}")
    svg = soup.select_one("svg.map")
    assert svg is not None
    assert len(svg.select("a, g.s0")) == areas
    assert "Hoàng Sa" in svg.get_text()
    assert "Trường Sa" in svg.get_text()
    ids = str(svg["aria-labelledby"]).split()
    assert all(svg.select_one(f"#{one}") for one in ids)
    assert "style=" not in str(soup)


def test_a_province_is_a_link_that_filters_to_its_count(page: Page) -> None:
    soup = page("/ban-do?bando=34")
    links = {str(link["aria-label"]): str(link["href"]) for link in soup.select("svg.map a")}
    href = links["tỉnh Tây Ninh: 4 bài"]
    assert state(href) == [("noi", "tay-ninh"), ("cach", "hien-nay"), ("sap", "moi"), ("bando", "34")]
    assert texts(page(href), ".total strong") == ["4 bài"]
    old = {str(link["aria-label"]): str(link["href"]) for link in page("/ban-do?bando=63").select("svg.map a")}
    assert state(old["tỉnh Long An: 3 bài"]) == [("tinhcu", "long-an"), ("sap", "moi"), ("bando", "63")]


def test_the_table_twin_has_the_same_counts(page: Page) -> None:
    soup = page("/ban-do?bando=34")
    rows = {tuple(texts(row, "th, td")) for row in soup.select("details.twin tbody tr")}
    assert rows == {tuple(str(link["aria-label"]).rsplit(": ", 1)) for link in soup.select("svg.map a")}
    assert "1 bài không rõ nơi" in page("/ban-do?bando=63").get_text()


def test_the_result_page_folds_its_map_away_until_it_is_used(page: Page) -> None:
    fold = page("/tim?sap=moi").select_one("details.map-fold")
    assert fold is not None
    assert not fold.has_attr("open")
    soup = page("/tim?noi=tay-ninh&cach=hien-nay&sap=moi&bando=34")
    fold = soup.select_one("details.map-fold")
    assert fold is not None
    assert fold.has_attr("open")
    chosen = fold.select_one("a.on")
    assert chosen is not None
    assert state(str(chosen["href"])) == [("cach", "hien-nay"), ("sap", "moi"), ("bando", "34")], "again takes it back"


def test_beside_a_very_long_query_the_map_is_a_link_and_there_is_no_time_line(page: Page) -> None:
    """Each province and month would repeat the query twice: a pasted paragraph made a page of a megabyte."""
    state_of = "/tim?q=" + "+".join(["xã"] * 150)
    soup = page(state_of)
    assert not soup.select("svg.map, .map-fold, .timeline, .bars")
    (link,) = [a for a in soup.select(".facet a") if a.text == "Bản đồ"]
    assert page(str(link["href"])).select("svg.map .area, svg.map a")
    assert page(f"{state_of}&bando=34").select("svg.map")


def test_an_unknown_map_is_left_out_of_the_address(placed: FlaskClient, page: Page) -> None:
    answer = placed.get("/tim?q=l%C5%A9&bando=99")
    assert (answer.status_code, answer.location) == (302, "/tim?q=l%C5%A9")
    assert page("/tim?q=l%C5%A9&bando=34").select_one("svg.map")


def test_a_search_without_places_has_no_map(page: Page) -> None:
    assert not page("/tim?noi=%3F&q=c%C3%A2y").select("svg.map")
    assert "Không có bài nào biết rõ nơi chốn" in page("/ban-do?q=khongcogi").get_text()


# --- locators ---


def test_a_place_page_shows_where_it_lies(page: Page) -> None:
    soup = page("/noi/gia-lai/an-khe")
    titles = texts(soup, ".locator title")
    assert titles == ["tỉnh Gia Lai trên bản đồ Việt Nam", "phường An Khê trong tỉnh Gia Lai hiện nay"]
    assert "Trường Sa" in soup.select(".locator svg")[0].get_text()
    assert "nét đứt: thị xã An Khê đến 30/6/2025" in soup.get_text()


@pytest.mark.parametrize(
    "path", ["gia-lai", "long-an", "ha-tay", "hue", "da-nang/hoang-sa", "khanh-hoa/truong-sa", "gia-lai/an-khe/tay-son"]
)
def test_every_place_can_be_drawn(gazetteer: Gazetteer, path: str) -> None:
    found = locator(bearers(path, gazetteer), gazetteer)
    assert found is not None
    assert found.country.here
    assert (found.province is None) == ("/" not in path)
    if found.province:
        x, y, width, height = (int(number) for number in found.province.view.split())
        assert width > 0 < height
        start = re.match(r"M(\d+) (\d+)", found.province.here)
        assert start is not None
        assert x <= int(start[1]) <= x + width, "what is shown lies inside the picture"
        assert y <= int(start[2]) <= y + height


def test_the_communes_of_a_province_are_links_and_far_islands_stand_apart(page: Page, gazetteer: Gazetteer) -> None:
    soup = page("/noi/khanh-hoa")
    labels = [str(link["aria-label"]) for link in soup.select(".communes a")]
    assert len(labels) == 65
    assert texts(soup, ".inset figcaption") == ["đặc khu Trường Sa (tỉ lệ riêng)"]
    assert parts_map(bearers("long-an", gazetteer)[0].unit, {}, gazetteer) is None
    ward = page("/noi/gia-lai").select_one(".communes a[href='/noi/gia-lai/an-binh']")
    assert ward is not None
    assert ward["aria-label"] == "phường An Bình: 2 bài"
    assert json.dumps(ward["class"]) == '["s2"]'


def test_no_island_lies_under_the_name_of_its_archipelago() -> None:
    """The names stand above all of it."""
    points = [tuple(map(int, point)) for point in re.findall(r"M(\d+) (\d+)h0", maps.every_islet())]
    for island in maps.islands():
        x, y = island.label
        assert not [point for point in points if abs(point[0] - x) < 2000 and y - 1500 < point[1] < y]
        assert any(abs(point[0] - x) < 2000 and y <= point[1] < y + 1500 for point in points)
