"""The pages of places: one place, all provinces, and what an unknown path leads to."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from analyzers.places import Gazetteer
from search_app.kin import bearers, homonyms
from search_app.place_views import near_places
from search_app.provinces import provinces
from tests.search_app.test_places import Page, page, placed, state, texts

__all__ = ["page", "placed"]


@pytest.fixture(scope="session")
def gazetteer(analyzer: ArticleAnalyzer) -> Gazetteer:
    return analyzer.finder.gazetteer


# --- one place ---


def test_a_path_of_two_units_shows_both_with_their_years(page: Page) -> None:
    soup = page("/noi/gia-lai/an-khe")
    assert texts(soup, "h1") == ["phường An Khê"]
    assert texts(soup, ".bearer")[0].startswith("Hiện nay đang có hiệu lực Thuộc tỉnh Gia Lai")
    headings = texts(soup, ".facts h2")
    assert "phường An Khê từ 1/7/2025" in headings
    assert "thị xã An Khê đến 30/6/2025" in headings
    town = texts(soup, ".bearer")[1]
    assert "≈ phường An Bình (Gia Lai)" in town
    assert "≈ xã Cửu An (Gia Lai)" in town
    assert "từ 1/7/2025" in town
    assert "Tên này từng thuộc 2 đơn vị" in soup.get_text()


def test_a_place_shows_its_articles_and_ways_to_search_them(page: Page) -> None:
    soup = page("/noi/tay-ninh")
    assert texts(soup, ".ways li") == [
        "2 bài mang tên tỉnh Tây Ninh vào ngày đăng",
        "4 bài mang tên ấy, gồm cả tỉnh Long An",
        "4 bài trên địa bàn tỉnh Tây Ninh hiện nay, gồm cả bài cũ",
    ]
    for link, text in zip(soup.select(".ways a"), texts(soup, ".ways a"), strict=True):
        assert texts(page(str(link["href"])), ".total strong") == [text]
    assert len(soup.select(".list article")) == 2
    assert soup.select(".timeline svg a")
    form = soup.select_one("form.search-here")
    assert form is not None
    assert [(field["name"], field["value"]) for field in form.select("input[type=hidden]")] == [("noi", "tay-ninh")]


def test_key_terms_lead_to_the_search_within_the_place(client: FlaskClient) -> None:
    soup = BeautifulSoup(client.get("/noi/gia-lai/an-khe").text, "html.parser")
    address = str(soup.select(".tags a")[0]["href"])
    assert [name for name, _ in state(address)] == ["noi", "term", "sap"]
    assert texts(BeautifulSoup(client.get(address).text, "html.parser"), ".total strong") != ["0 bài"]


def test_a_former_place_leads_to_what_came_after(page: Page) -> None:
    soup = page("/noi/long-an")
    assert texts(soup, "h1") == ["tỉnh Long An"]
    assert "Sau đó là tỉnh Tây Ninh từ 1/7/2025" in texts(soup, ".bearer")[0]
    assert "Kết thúc sắp xếp lại năm 2025" in texts(soup, ".bearer")[0]
    assert soup.select_one(".bearer a[href='/noi/tay-ninh']")
    assert soup.select_one("a[href='/noi/long-an/kien-tuong']"), "its parts are listed, those with articles first"


def test_a_place_without_articles_still_has_its_page(page: Page) -> None:
    soup = page("/noi/da-nang/hoang-sa")
    assert "Kho chưa có bài nào về nơi này." in soup.get_text()
    assert "đặc khu Hoàng Sa" in soup.get_text()


@pytest.mark.parametrize(
    ("given", "path"),
    [("/noi/Gia%20Lai/An%20Kh%C3%AA", "/noi/gia-lai/an-khe"), ("/noi/gia-lai/", "/noi/gia-lai"), ("/noi/HA-NOI", "/noi/ha-noi")],
)
def test_other_spellings_of_a_path_lead_to_it(placed: FlaskClient, given: str, path: str) -> None:
    answer = placed.get(given)
    assert (answer.status_code, answer.location) == (301, path)


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("gia-lia/an-khee", "/noi/gia-lai/an-khe"),
        ("an-khe", "/noi/gia-lai/an-khe"),
        ("ha-nooi", "/noi/ha-noi"),
        ("gia-lai/zzzzzz", "/noi/gia-lai"),
    ],
)
def test_an_unknown_path_is_a_404_with_the_nearest_names(placed: FlaskClient, gazetteer: Gazetteer, path: str, near: str) -> None:
    answer = placed.get(f"/noi/{path}")
    assert answer.status_code == 404
    assert f'href="{near}"' in answer.text
    assert near in [kin.href for kin in near_places(path, gazetteer)]


@pytest.mark.parametrize("path", ["x" * 5000, "%3Cscript%3E", "..%2f..%2fetc", "a/" * 300, "%00", "gia-lai//an-khe"])
def test_odd_paths_are_404_too(placed: FlaskClient, path: str) -> None:
    answer = placed.get(f"/noi/{path}", follow_redirects=True)
    assert answer.status_code == 404
    assert "<script>" not in answer.text


def test_articles_results_and_facets_link_to_places(page: Page) -> None:
    assert page("/bai/ak").select_one(".fact-places a[href='/noi/gia-lai/an-khe']")
    soup = page("/tim?q=ng%C3%A2n+s%C3%A1ch")
    assert soup.select_one(".places a.to-page[href='/noi/gia-lai/an-khe']")
    assert soup.select_one("fieldset a.to-page[href='/noi/gia-lai/an-khe']")
    assert page("/").select_one("a[href='/noi']")


def test_an_article_says_where_its_place_lies_today(page: Page) -> None:
    now = texts(page("/bai/ak"), ".fact-places .why")[1]
    assert now == "nay ≈ phường An Bình (Gia Lai) , phường An Khê (Gia Lai) , xã Cửu An (Gia Lai)"
    assert texts(page("/bai/la-1"), ".fact-places .why")[1] == "nay tỉnh Tây Ninh"
    assert len(texts(page("/bai/tn-moi"), ".fact-places .why")) == 1, "a unit of today needs no such line"


# --- all provinces ---


def test_the_list_of_provinces_counts_their_articles(page: Page) -> None:
    soup = page("/noi")
    today, former = soup.select("section.provinces")
    assert len(today.select("li")) == 34
    assert "tỉnh Tây Ninh 4 bài" in texts(today, "li")
    assert "tỉnh Long An (đến 30/6/2025) 2 bài" in texts(former, "li")
    assert "tỉnh Hà Tây (đến 31/7/2008) 0 bài" in texts(former, "li")


def test_every_name_a_province_ever_had_is_listed_once(gazetteer: Gazetteer) -> None:
    today, former = provinces(gazetteer)
    paths = [path for path, _ in (*today, *former)]
    assert len(today) == 34
    assert len(paths) == len(set(paths)) == 65
    assert {"ha-tay", "thua-thien-hue", "long-an"} <= set(paths)


# --- kin ---


def test_kin_of_a_unit(gazetteer: Gazetteer) -> None:
    city, province = bearers("hue", gazetteer)[0], bearers("thua-thien-hue", gazetteer)[0]
    assert city.in_force
    assert [kin.label for kin in province.after] == ["thành phố Huế"]
    assert [(kin.label, kin.when) for kin in bearers("hue", gazetteer)[1].before] == [("tỉnh Thừa Thiên Huế", "đến 31/12/2024")]
    assert province.end == "đổi tên, đổi loại đơn vị"


def test_homonyms_are_other_places(gazetteer: Gazetteer) -> None:
    found = homonyms("gia-lai/an-khe", gazetteer)
    assert ("phường An Khê (Đà Nẵng)", "/noi/da-nang/an-khe", "") in [kin[:3] for kin in found]
    assert all(kin.href != "/noi/gia-lai/an-khe" for kin in found)


@pytest.mark.parametrize("path", ["gia-lai/an-khe", "gia-lai", "khanh-hoa", "ha-noi", "da-nang/hoang-sa", "ha-tay", "long-an/kien-tuong"])
def test_every_link_of_a_place_leads_somewhere(placed: FlaskClient, page: Page, path: str) -> None:
    soup = page(f"/noi/{path}")
    links = {str(link["href"]) for link in soup.select(".facts a[href^='/noi/']")}
    for href in sorted(links)[::7]:
        assert placed.get(href).status_code == 200, href
    assert not re.search(r"style=", str(soup)), "the page allows no style of its own"
    assert not state("/noi")
