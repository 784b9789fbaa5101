"""Places on the result page: the three ways to name them, and the places that a query names."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import parse_qsl, quote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from engine.model import Document
from engine.query import parse
from engine.query.evidence import wanted_texts
from search_app import create_app
from tests.support import make, searcher_over

Page = Callable[[str], BeautifulSoup]


def documents() -> list[Document]:
    """Invented articles over units that were renamed, merged and divided."""
    return [
        make("la-1", "Tỉnh Long An gieo vụ hè thu", "Tỉnh Long An gieo vụ hè thu.", date="2023-05-02", source="Báo Một"),
        make("la-2", "Thị xã Kiến Tường đón lũ", "Thị xã Kiến Tường (tỉnh Long An) đón lũ.", date="2023-09-12", source="Báo Một"),
        make("tn-cu", "Tỉnh Tây Ninh trồng mía", "Tỉnh Tây Ninh trồng mía.", date="2023-05-03", source="Báo Một"),
        make("tn-moi", "Phường Kiến Tường họp", "Phường Kiến Tường (tỉnh Tây Ninh) họp bàn vụ hè thu.", date="2025-08-21"),
        make("ak", "Thị xã An Khê thu ngân sách", "Thị xã An Khê (tỉnh Gia Lai) thu ngân sách.", date="2023-06-30"),
        make(
            "ak-phuong", "Phường An Bình, thị xã An Khê mở chợ", "Phường An Bình (thị xã An Khê, tỉnh Gia Lai) mở chợ.", date="2023-06-12"
        ),
        make("ts-1", "Phường Tây Sơn làm đường", "Phường Tây Sơn (thành phố Pleiku, tỉnh Gia Lai) làm đường.", date="2023-06-01"),
        make("ts-2", "Phường Tây Sơn khai hội", "Phường Tây Sơn (thành phố Tam Điệp, tỉnh Ninh Bình) khai hội.", date="2023-06-02"),
        make("khong", "Chuyện cây cầu", "Cây cầu nối hai bờ.", date="2023-06-02"),
    ]


@pytest.fixture(scope="session")
def placed(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> FlaskClient:
    searcher = searcher_over(tmp_path_factory.mktemp("places") / "index", analyzer, documents())
    return create_app(searcher, page_size=10).test_client()


@pytest.fixture
def page(placed: FlaskClient) -> Page:
    def fetch(address: str) -> BeautifulSoup:
        answer = placed.get(address, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return BeautifulSoup(answer.text, "html.parser")

    return fetch


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in soup.select(selector)]


def found(placed: FlaskClient, address: str) -> set[str]:
    return {hit["doc_id"] for hit in placed.get(f"/tim.json?{address}").get_json()["hits"]}


def state(address: str) -> list[tuple[str, str]]:
    return parse_qsl(urlsplit(address).query)


# --- the three ways ---


@pytest.mark.parametrize(
    ("address", "ids"),
    [
        ("noi=tay-ninh", {"tn-cu", "tn-moi"}),
        ("noi=tay-ninh&cach=hien-nay", {"la-1", "la-2", "tn-cu", "tn-moi"}),
        ("noi=tay-ninh&cach=tien-than", {"la-1", "la-2", "tn-cu", "tn-moi"}),
        ("noi=long-an", {"la-1", "la-2"}),
        ("noi=long-an&cach=hien-nay", {"la-1", "la-2", "tn-cu", "tn-moi"}),
        ("noi=gia-lai/an-khe", {"ak", "ak-phuong"}),
        ("noi=gia-lai/an-binh&cach=hien-nay", {"ak", "ak-phuong"}),
        ("noi=gia-lai/an-binh&cach=tien-than", {"ak-phuong"}),
        ("noi=gia-lai/an-binh", set()),
        ("noi=-tay-ninh&noi=-gia-lai&cach=tien-than", {"ts-2", "khong"}),
        ("noi=?&cach=hien-nay", {"khong"}),
    ],
)
def test_what_a_place_finds(placed: FlaskClient, address: str, ids: set[str]) -> None:
    assert found(placed, address) == ids


def test_the_choice_is_three_radios_that_stay_in_the_address(page: Page) -> None:
    soup = page("/tim?noi=tay-ninh&cach=hien-nay")
    radios = soup.select("fieldset[data-field=place_now] input[type=radio][name=cach][form=tim]")
    assert [radio["value"] for radio in radios] == ["khi-do", "hien-nay", "tien-than"]
    assert [radio["value"] for radio in radios if radio.has_attr("checked")] == ["hien-nay"]
    for link in soup.select(".sorts a, .bars a, .data-links a"):
        assert ("cach", "hien-nay") in state(str(link["href"]))


def test_the_usual_choice_stays_out_of_the_address(placed: FlaskClient) -> None:
    answer = placed.get("/tim?q=l%C5%A9&cach=khi-do")
    assert (answer.status_code, answer.location) == (302, "/tim?q=l%C5%A9")


def test_former_units_say_until_when_they_were(page: Page) -> None:
    soup = page("/tim?sap=moi")
    box = soup.select_one("input[value='long-an']")
    assert box is not None
    assert texts(box.parent, "small") == ["đến 30/6/2025"]  # type: ignore[arg-type]  # such a tag is there
    assert texts(soup.select_one("input[value='gia-lai/an-khe']").parent, "small") == ["thị xã đến 30/6/2025"]  # type: ignore[union-attr, arg-type]  # such a tag is there
    assert not texts(soup.select_one("input[value='gia-lai']").parent, "small")  # type: ignore[union-attr, arg-type]  # such a tag is there


def test_todays_units_hold_what_lay_in_them_and_mark_what_was_divided(page: Page) -> None:
    soup = page("/tim?cach=hien-nay&sap=moi")
    labels = {str(box["value"]): texts(box.parent, ".name")[0] for box in soup.select("input[name=noi]")}  # type: ignore[arg-type]  # such a tag is there
    assert "long-an" not in labels
    assert labels["tay-ninh"] == "tỉnh Tây Ninh"
    assert labels["gia-lai/an-binh"] == "≈ phường An Bình"
    assert texts(soup.select_one("input[value='tay-ninh']").parent, ".count") == ["4 bài"]  # type: ignore[union-attr, arg-type]  # such a tag is there


def test_predecessors_are_shown_as_part_of_the_choice(page: Page) -> None:
    soup = page("/tim?noi=tay-ninh&cach=tien-than")
    box = soup.select_one("input[value='long-an']")
    assert box is not None
    assert box.has_attr("checked")
    assert box.has_attr("disabled"), "it goes with Tây Ninh, so a form does not send it"
    assert texts(box.parent, "small") == ["gồm trong tỉnh Tây Ninh, đến 30/6/2025"]  # type: ignore[arg-type]  # such a tag is there
    assert texts(soup, ".chip") == ["tỉnh Tây Ninh, gồm cả tỉnh Long An"]
    assert texts(soup, "fieldset[data-field=place] .badge") == ["1"]


def test_a_chip_takes_its_predecessors_along(page: Page) -> None:
    soup = page("/tim?noi=tay-ninh&noi=hue&cach=tien-than")
    assert state(str(soup.select_one(".chip")["href"])) == [("noi", "hue"), ("cach", "tien-than"), ("sap", "moi")]  # type: ignore[index]  # such a tag is there


def test_unknown_places_have_their_box_among_todays(page: Page) -> None:
    soup = page("/tim?noi=%3F&cach=hien-nay")
    box = soup.select_one("input[type=checkbox][name=noi][value='?']")
    assert box is not None
    assert box.has_attr("checked")
    assert soup.select("input[type=hidden][name=noi]") == []


def test_one_of_the_63_provinces_is_a_condition_that_stays_and_can_be_taken_out(page: Page) -> None:
    soup = page("/tim?tinhcu=long-an&sap=moi")
    assert [field["value"] for field in soup.select("input[type=hidden][name=tinhcu]")] == ["long-an"]
    assert any("trước 1/7/2025" in chip and "tỉnh Long An" in chip for chip in texts(soup, ".chip-part"))


@pytest.mark.parametrize("cach", ["", "&cach=hien-nay", "&cach=tien-than", "&cach=x"])
def test_an_unknown_place_is_a_notice_with_near_names(page: Page, cach: str) -> None:
    soup = page(f"/tim?q=l%C5%A9&noi=Long+Ann{cach}")
    assert any("Không có nơi nào tên “Long Ann”" in text and "Long An" in text for text in texts(soup, ".notices li"))


# --- places of a query ---


def offers(soup: BeautifulSoup) -> list[tuple[str, list[tuple[str, str]]]]:
    return [(str(link.get_text(" ", strip=True)), state(str(link["href"]))) for link in soup.select(".named a:not(.about-place)")]


def test_a_place_of_the_query_is_offered_and_not_applied(page: Page) -> None:
    soup = page("/tim?q=ngan+sach+an+khe")
    assert offers(soup) == [
        ("Chỉ bài về thị xã An Khê / phường An Khê (Gia Lai)", [("q", "ngan sach an khe"), ("noi", "gia-lai/an-khe")]),
    ]
    assert "1 bài" in texts(soup, ".named")[0]  # of the two about the town, one holds every word
    assert len(soup.select(".chip")) == 1
    assert texts(page("/tim?q=ngan+sach+an+khe&noi=gia-lai%2Fan-khe"), ".total strong") == ["1 bài"]


def test_an_ambiguous_name_offers_its_candidates_with_counts(page: Page) -> None:
    soup = page("/tim?q=ph%C6%B0%E1%BB%9Dng+T%C3%A2y+S%C6%A1n")
    assert texts(soup, ".named li") == [
        "Chỉ bài về phường Tây Sơn (Tam Điệp, Ninh Bình) · 1 bài",
        "Chỉ bài về phường Tây Sơn (Pleiku, Gia Lai) · 1 bài",
    ]
    for text, pairs in offers(soup):
        assert found_by(page, pairs) == 1, text


def found_by(page: Page, pairs: list[tuple[str, str]]) -> int:
    query = "&".join(f"{name}={quote(value)}" for name, value in pairs)
    return int(texts(page(f"/tim?{query}"), ".total strong")[0].split()[0])


@pytest.mark.parametrize(("places", "shown", "folded"), [(3, 3, 0), (4, 2, 2)])
def test_of_a_name_of_many_places_a_phone_shows_the_first(
    tmp_path: Path, analyzer: ArticleAnalyzer, places: int, shown: int, folded: int
) -> None:
    above = ("Bắc Quang, Hà Giang", "Kim Sơn, Ninh Bình", "Thường Xuân, Thanh Hóa", "Bắc Tân Uyên, Bình Dương")[:places]
    items = [
        make(f"tt-{at}", "Xã Tân Thành làm đường", f"Xã Tân Thành (huyện {where.replace(', ', ', tỉnh ')}) làm đường.", date="2023-05-02")
        for at, where in enumerate(above)
    ]
    client = create_app(searcher_over(tmp_path / "index", analyzer, items)).test_client()
    soup = BeautifulSoup(client.get("/tim?q=" + quote("tân thành")).text, "html.parser")
    assert len(soup.select(".named > ul > li")) == shown
    assert len(soup.select(".named > details > ul > li")) == folded


def test_another_place_of_the_query_tells_homonyms_apart(page: Page) -> None:
    assert texts(page("/tim?q=T%C3%A2y+S%C6%A1n+pleiku"), ".named")[0].startswith("Chỉ bài về phường Tây Sơn (Pleiku, Gia Lai)")


@pytest.mark.parametrize(
    "address",
    ["/tim?q=an+khe&noi=gia-lai", "/tim?q=an+khe&noi=-gia-lai", "/tim?q=-%22An+Kh%C3%AA%22", "/tim?q=c%C3%A2y+c%E1%BA%A7u", "/tim"],
)
def test_nothing_is_offered_where_places_are_filtered_or_none_is_asked_for(page: Page, address: str) -> None:
    assert not page(address).select(".named")


@pytest.mark.parametrize("cach", ["hien-nay", "tien-than"])
def test_offers_keep_the_way_of_naming(page: Page, cach: str) -> None:
    soup = page(f"/tim?q=v%E1%BB%A5+h%C3%A8+thu+t%C3%A2y+ninh&cach={cach}")
    (text, pairs), *_ = offers(soup)
    assert ("cach", cach) in pairs
    assert ("noi", "tay-ninh") in pairs
    assert found_by(page, pairs) == int(texts(soup, ".named .soft")[0].split()[1]), text


@pytest.mark.parametrize(
    ("q", "wanted"),
    [
        ("thu ngân sách an khê", ["thu ngân sách an khê"]),
        ('"an khê" 2023', ["an khê 2023"]),
        ("lũ -huế", ["lũ"]),
        ("huế HOẶC vinh", ["huế", "vinh"]),
        ("tiêu_đề:huế", ["huế"]),
        ("ở:huế lũ", ["lũ"]),
        ("nông*", []),
        ("", []),
    ],
)
def test_only_wanted_words_are_looked_at(q: str, wanted: list[str]) -> None:
    assert list(wanted_texts(parse(q).tree)) == wanted
