"""Suggestions and other spellings on the pages and as data."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from engine.suggest import Suggestion
from search_app.suggestions import _completions
from tests.search_app.conftest import Page


def own(client: FlaskClient, q: str) -> list[dict[str, object]]:
    answer = client.get(f"/goi-y.json?q={quote(q)}")
    assert answer.mimetype == "application/json"
    body = answer.get_json()
    assert (body["format"], body["query"]) == (1, q)
    found: list[dict[str, object]] = body["suggestions"]
    return found


def text(soup: BeautifulSoup, selector: str) -> list[str]:
    return [" ".join(one.get_text().split()) for one in soup.select(selector)]


def test_a_name_leads_to_as_many_articles_as_it_says(client: FlaskClient, page: Page) -> None:
    first = own(client, "an kh")[0]
    assert (first["kind"], first["text"]) == ("place", "An Khê")
    assert text(page(str(first["href"])), ".total strong") == [f"{first['count']} bài"]


@pytest.mark.parametrize("q", ["thu ng", "bản tin", "an kh", "cau"])
def test_every_suggestion_leads_somewhere(client: FlaskClient, q: str) -> None:
    found = own(client, q)
    assert found
    for one in found:
        assert client.get(str(one["href"])).status_code == 200, one


def test_browsers_get_the_opensearch_form(client: FlaskClient) -> None:
    answer = client.get("/goi-y?q=an+kh")
    assert answer.mimetype == "application/x-suggestions+json"
    q, texts, notes, addresses = answer.get_json()
    assert q == "an kh"
    assert len(texts) == len(notes) == len(addresses) > 0
    assert texts[0] == "An Khê"
    assert addresses[0].startswith("http://localhost/tim?noi=gia-lai/an-khe")


def test_browsers_are_told_places_of_one_name_apart(client: FlaskClient) -> None:
    """The format has no label beside the text, so the description is one."""
    places = [one for one in own(client, "an kh") if one["kind"] == "place"]
    _, _, notes, _ = client.get("/goi-y?q=an+kh").get_json()
    assert places
    assert [note for note in notes if "Gia Lai" in note] == [f"{one['label']} · {one['count']} bài" for one in places]


def test_a_person_who_opens_the_address_gets_a_page(client: FlaskClient) -> None:
    """As browsers ask for pages; whoever takes anything gets the data."""
    accept = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}
    answer = client.get("/goi-y?q=an+kh", headers=accept)
    assert (answer.mimetype, answer.headers["Vary"]) == ("text/html", "Accept")
    soup = BeautifulSoup(answer.text, "html.parser")
    rows = own(client, "an kh")
    assert [str(link["href"]) for link in soup.select(".suggested li a")] == [one["href"] for one in rows]
    assert text(soup, ".suggested li")[0] == f"{rows[0]['label']} {rows[0]['note']}"
    assert client.get("/tim?q=an+kh").status_code == client.get(str(soup.select(".suggested .button")[0]["href"])).status_code == 200
    for odd in ("/goi-y", "/goi-y?q=zzzzz", "/goi-y?q=%3Cscript%3E"):
        page = client.get(odd, headers=accept)
        assert (page.status_code, page.mimetype) == (200, "text/html")
        assert "<script>" not in page.text.split("<main", 1)[1]
    assert client.get("/goi-y?q=an", headers={"Accept": "*/*"}).mimetype == "application/x-suggestions+json"


def test_completions_of_one_name_are_told_apart() -> None:
    """In the address bar there is only the text."""
    found = [
        Suggestion("place", "An Khê", "thị xã An Khê / phường An Khê (Gia Lai)", 6, "gia-lai/an-khe"),
        Suggestion("place", "An Khê", "phường An Khê (Thanh Khê, Đà Nẵng)", 2, "da-nang/thanh-khe/an-khe"),
        Suggestion("term", "an khang", "an khang", 1, "an khang"),
    ]
    assert _completions(found) == ["An Khê, Gia Lai", "An Khê, Thanh Khê, Đà Nẵng", "an khang"]


@pytest.mark.parametrize("address", ["/goi-y", "/goi-y.json", "/goi-y?q=", "/goi-y.json?q=%FF%00", "/goi-y.json?q=" + "x" * 5000])
def test_odd_beginnings_are_answered(client: FlaskClient, address: str) -> None:
    assert client.get(address).status_code == 200


def test_a_mistyped_query_is_answered_as_meant_with_a_way_back(page: Page) -> None:
    soup = page("/tim?q=" + quote("thu ngna sach"))
    assert text(soup, ".total strong") != ["0 bài"]
    assert soup.select_one("#q")["value"] == "thu ngan sach"  # type: ignore[index]  # such a tag is there
    (back,) = soup.select(".notices a")
    assert "Tìm đúng như đã gõ" in back.get_text()
    exact = page(str(back["href"]))
    assert text(exact, ".total strong") == ["0 bài"]
    assert exact.select_one("#q")["value"] == "thu ngna sach"  # type: ignore[index]  # such a tag is there
    assert text(exact, ".offer-text")[0] == "Có phải bạn tìm: thu ngan sach"


def test_another_spelling_is_offered_above_what_was_found(page: Page) -> None:
    soup = page("/tim?q=" + quote("thu ngân sách"))
    assert not soup.select(".meant")


def test_links_of_a_corrected_page_ask_what_was_meant(page: Page) -> None:
    soup = page("/tim?q=" + quote("nông thôn mớii") + "&noi=bac-kan")
    assert soup.select(".sorts a")
    assert all("q=n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi" in str(link["href"]) for link in soup.select(".sorts a"))


def test_data_without_room_for_notices_is_of_the_query_as_typed(client: FlaskClient) -> None:
    assert len(client.get("/tim.csv?q=thu+ngna+sach").text.splitlines()) == 1
    assert "<entry>" not in client.get("/tim.atom?q=thu+ngna+sach").text
    answer = client.get("/tim.json?q=thu+ngna+sach").get_json()
    assert (answer["query"], answer["understood"]) == ("thu ngna sach", "thu ngan sach")
    assert answer["notices"][0]["undo"] == "sua=khong"
    exact = client.get("/tim.json?q=thu+ngna+sach&sua=khong").get_json()
    assert exact["total"] == 0
    offer = exact["offers"][0]
    assert (offer["kind"], offer["query"]) == ("spelling", "thu ngan sach")
    again = "&".join(f"{name}={quote(value)}" for name, value in offer["parameters"])
    assert client.get(f"/tim.json?{again}").get_json()["total"] == offer["total"] > 0


def test_abbreviations_can_be_turned_off_from_their_notice(page: Page) -> None:
    soup = page("/tim?q=" + quote("nông thôn mới"))
    (off,) = soup.select(".notices a")
    assert "viettat=khong" in str(off["href"])
    assert not page(str(off["href"])).select(".notices")


def test_the_box_is_a_plain_one_without_scripts(page: Page) -> None:
    soup = page("/")
    box = soup.select_one("#q")
    assert box is not None
    assert not box.get("role")
    assert soup.select_one("#goi-y")["hidden"] == ""  # type: ignore[index]  # such a tag is there


def test_links_of_notices_that_stand_together_say_what_each_undoes(page: Page) -> None:
    """A query that is softened and has an abbreviation: one link for each, neither of which undoes the other."""
    soup = page("/tim?q=" + quote("thu ngân sách nông thôn mới vượt dự toán"))
    links = {link.get_text(): str(link["href"]) for link in soup.select(".notices a")}
    assert set(links) == {"Không đổi viết tắt", "Chỉ bài có đủ các từ"}
    assert "sua=" not in links["Không đổi viết tắt"]
    strict = page(links["Chỉ bài có đủ các từ"])
    assert text(strict, ".notices a") == ["Không đổi viết tắt"]


def test_a_softened_query_that_no_article_holds_wholly_has_no_link_to_an_empty_page(page: Page) -> None:
    soup = page("/tim?q=" + quote("giao ban tuần về cây cầu vượt dự toán"))
    assert text(soup, ".total strong") == ["Không bài nào có đủ các từ"]
    assert not soup.select(".notices a")
    assert soup.select(".notices.quiet li")


def test_what_went_otherwise_than_asked_is_said_louder(page: Page) -> None:
    soup = page("/tim?q=" + quote("thu ngna sach") + "&tu=mai")
    assert len(soup.select(".notices:not(.quiet) li")) == 2
    assert not page("/tim?q=" + quote("nông thôn mới")).select(".notices:not(.quiet)")
