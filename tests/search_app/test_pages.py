"""The pages a reader sees."""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path
from urllib.parse import parse_qsl, quote, unquote, urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.search import Searcher
from search_app import create_app
from search_app.addresses import article_path
from tests.search_app import archive
from tests.search_app.conftest import Page
from tests.support import make, searcher_over


def texts(soup: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [" ".join(tag.get_text(" ").split()) for tag in soup.select(selector)]


def href(soup: BeautifulSoup, selector: str) -> str:
    found = soup.select_one(selector)
    assert found is not None, selector
    return str(found["href"])


# --- start page ---


def test_the_start_page_says_what_the_archive_holds(page: Page) -> None:
    soup = page("/")
    assert texts(soup, ".figures dd")[0] == str(len(archive.documents()))
    assert "01/07/2023" not in texts(soup, ".figures dd")[1]
    assert texts(soup, ".figures dt") == ["bài", "bài cũ nhất – mới nhất", "nguồn"]
    assert len(soup.select(".list article")) == 6
    assert soup.select(".timeline svg a")


def test_the_start_page_says_until_when_a_province_was(page: Page) -> None:
    names = texts(page("/"), ".rows a span:first-child")
    assert "tỉnh Bắc Kạn đến 30/6/2025" in names
    assert "tỉnh Gia Lai" in names


def test_every_example_of_the_start_page_finds_something(page: Page, client: FlaskClient) -> None:
    examples = [str(link["href"]) for link in page("/").select(".examples a")]
    assert examples
    for address in examples:
        assert texts(page(address), ".total strong") != ["0 bài"]


def test_an_empty_archive_says_how_to_fill_it(tmp_path_factory: pytest.TempPathFactory, searcher: Searcher) -> None:
    index = Index.create(tmp_path_factory.mktemp("empty") / "index", searcher.index.analyzer, "memory")
    client = create_app(Searcher(index)).test_client()
    soup = BeautifulSoup(client.get("/").text, "html.parser")
    assert "Kho chưa có bài nào" in soup.get_text()
    assert client.get("/tim?q=a").status_code == 200
    assert client.get("/tim.json?q=a").get_json()["total"] == 0
    assert client.get("/healthz").get_json()["documents"] == 0


# --- results ---


def test_results_are_articles_with_marks_dates_and_places(page: Page) -> None:
    soup = page("/tim?q=thu+ng%C3%A2n+s%C3%A1ch")
    first = soup.select_one(".list article")
    assert first is not None
    assert texts(first, "h2 a") == ["Thị xã An Khê thu ngân sách vượt dự toán"]
    assert "thu ngân sách" in texts(first, "h2 mark")
    assert texts(first, "time") == ["30/06/2023"]
    assert first.select_one("time")["datetime"] == "2023-06-30"  # type: ignore[index]  # such a tag is there
    assert "câu mở đầu" in str(first.select_one("time")["title"])  # type: ignore[index]  # such a tag is there
    assert 1 <= len(first.select(".snippet")) <= 2
    assert "thị xã An Khê, Gia Lai" in texts(first, ".places a")
    assert texts(soup, ".total strong") == ["3 bài"]
    assert soup.select_one("title").get_text() == "Tìm “thu ngân sách”: 3 bài – timtin"  # type: ignore[union-attr]  # such a tag is there


@pytest.mark.parametrize(
    ("q", "label", "machine"),
    [("nhìn lại", "tháng 10/2023", "2023-10"), ("niên giám", "năm 2022", "2022"), ("cây cầu", None, None)],
)
def test_a_date_is_shown_as_far_as_it_is_known(page: Page, q: str, label: str | None, machine: str | None) -> None:
    result = page(f"/tim?q={quote(q)}").select_one(".list article")
    assert result is not None
    if label is None:
        assert not result.select("time")
        assert texts(result, ".undated") == ["không rõ ngày"]
    else:
        assert [(time.get_text(), time["datetime"]) for time in result.select("time")] == [(label, machine)]


def test_typing_without_marks_finds_the_same(page: Page) -> None:
    assert texts(page("/tim?q=thi+xa+an+khe"), ".list h2")[0] in texts(page("/tim?q=th%E1%BB%8B+x%C3%A3+an+kh%C3%AA"), ".list h2")


def test_facets_are_fieldsets_of_checkboxes_with_counts_in_the_form(page: Page) -> None:
    soup = page("/tim?q=n%C3%B4ng+th%C3%B4n+m%E1%BB%9Bi&noi=gia-lai")
    assert texts(soup, "fieldset legend")[0].startswith("Nơi chốn")
    boxes = soup.select("fieldset input[type=checkbox]")
    assert {box["name"] for box in boxes} >= {"noi", "ngay", "nguon"}
    assert all(box["form"] == "tim" for box in boxes)
    checked = [box["value"] for box in boxes if box.has_attr("checked")]
    assert checked == ["gia-lai"]
    assert soup.select_one(".apply button[form=tim]")


def test_places_and_dates_are_indented_trees(page: Page) -> None:
    soup = page("/tim?q=ph%C6%B0%E1%BB%9Dng+T%C3%A2y+S%C6%A1n+kh%C3%A1nh+th%C3%A0nh")
    leaf = soup.select_one(f"input[value='{archive.AN_KHE}/tay-son']")
    assert leaf is not None
    assert len(leaf.find_parents("details", class_="below")) == 2
    month = soup.select_one("input[value='2023-05']")
    assert month is not None
    assert texts(month.parent, ".name") == ["tháng 5"]  # type: ignore[arg-type]  # such a tag is there


def test_selected_values_stay_at_zero(page: Page) -> None:
    soup = page("/tim?q=kh%C3%B4ngc%C3%B3g%C3%AC&noi=gia-lai/an-khe&ngay=2023-06&nguon=B%C3%A1o+l%E1%BA%A1")
    checked = {box["value"]: texts(box.parent, ".count")[0] for box in soup.select("input[type=checkbox][checked]")}  # type: ignore[arg-type]  # such a tag is there
    assert checked == {"gia-lai/an-khe": "0 bài", "2023-06": "0 bài", "Báo lạ": "0 bài"}


def test_newer_articles_can_be_asked_for_beside_the_orders(page: Page) -> None:
    soup = page("/tim?q=thu+ng%C3%A2n+s%C3%A1ch&trang=1")
    assert texts(soup, ".sorts a") == ["Liên quan", "Ưu tiên mới", "Mới nhất", "Cũ nhất"]
    asked = page(next(str(link["href"]) for link in soup.select(".sorts a") if link.get_text() == "Ưu tiên mới"))
    assert texts(asked, ".sorts a[aria-current]") == ["Ưu tiên mới"]
    assert texts(asked, ".total strong") == texts(soup, ".total strong")
    assert {str(box["value"]) for box in asked.select("input[type=hidden][name=gan_day]")} == {"co"}
    assert not any("gan_day" in str(link["href"]) for link in asked.select(".sorts a:not([aria-current])"))
    assert not soup.select(".sort-hint")
    assert texts(asked, ".sort-hint p")[0].startswith("Vẫn xếp theo độ liên quan")


def test_scores_are_explained_on_demand(page: Page, client: FlaskClient) -> None:
    """`explain=1` is a part of the address: on the page a fold under each result, in JSON the tree; CSV has no room for it."""
    address = "/tim?q=thu+ng%C3%A2n+s%C3%A1ch"
    assert not page(address).select(".formula")
    soup = page(f"{address}&explain=1")
    hits = client.get(f"/tim.json{address.removeprefix('/tim')}&explain=1").get_json()["hits"]
    folds = soup.select(".list article .formula")
    assert len(folds) == len(hits) > 0
    for fold, hit in zip(folds, hits, strict=True):
        assert hit["explanation"]["value"] == pytest.approx(hit["score"], rel=1e-3)
        assert texts(fold, "summary") == [f"Cách tính điểm {hit['score']:.2f}".replace(".", ",")]
        first, second, *_ = fold.select("li")
        assert first.get_text().endswith("vòng một + tiêu đề + giống cả tiêu đề + phần đầu + đoạn hay nhất + gần các bài khác")
        assert (first["class"], second["class"]) == (["level-0"], ["level-1"])
        assert not [text for text in texts(fold, "li") if re.search(r"\b(?:sum|of|for|weight|first stage|body|title|Boost)\b", text)]
    assert "explain" not in href(soup, ".list h2 a")
    assert "explain=1" in href(soup, ".sorts a")
    assert client.get(f"/tim.csv{address.removeprefix('/tim')}&explain=1").status_code == 200
    assert "explain=maybe" in page("/tim?q=thu&explain=maybe").select_one(".notices").get_text()


def test_unknown_is_a_bucket_that_filters(page: Page) -> None:
    soup = page("/tim?nguon=%3F")
    assert texts(soup, ".list h2") == ["Thành phố Bắc Kạn họp bàn giải phóng mặt bằng"]
    assert texts(soup, ".chip") == ["nguồn không rõ"]
    assert "Không rõ" in texts(soup, ".unknown .name")


def test_chips_take_out_their_condition(page: Page) -> None:
    soup = page("/tim?q=n%C3%B4ng+th%C3%B4n&noi=gia-lai&ngay=2023-06")
    assert texts(soup, ".chip") == ["nông thôn", "tỉnh Gia Lai", "tháng 6/2023"]
    assert [dict(parse_qsl(urlsplit(str(chip["href"])).query)) for chip in soup.select(".chip")] == [
        {"noi": "gia-lai", "ngay": "2023-06", "sap": "moi"},
        {"q": "nông thôn", "ngay": "2023-06"},
        {"q": "nông thôn", "noi": "gia-lai"},
    ]
    assert texts(page(href(soup, ".chip")), ".chip") == ["tỉnh Gia Lai", "tháng 6/2023"]


def test_bars_filter_and_have_a_table_twin(page: Page) -> None:
    soup = page("/tim?q=giao+ban")
    bars = {str(bar["href"]): str(bar["aria-label"]) for bar in soup.select(".timeline svg a.bar")}
    twin = {str(link["href"]) for link in soup.select(".timeline .twin tbody th a")}
    assert set(bars) == twin
    address = "/tim?q=giao+ban&ngay=2023-06"
    assert bars[address].startswith("tháng 6/2023: ")
    filtered = page(address)
    assert f"{bars[address].split(': ')[1]}" == texts(filtered, ".total strong")[0]
    assert [bar["aria-label"] for bar in filtered.select(".timeline svg a.on.bar")] == [f"{bars[address]}, đang chọn"]
    assert filtered.select_one(".timeline svg a.on.bar")["href"] == "/tim?q=giao+ban"  # type: ignore[index]  # such a tag is there


def test_the_pictures_geometry_is_in_attributes(page: Page) -> None:
    svg = page("/tim?q=giao+ban").select_one(".timeline svg")
    assert svg is not None
    assert svg.find("title") is not None
    assert svg.find("desc") is not None
    assert all(rect.has_attr("x") and rect.has_attr("height") and not rect.has_attr("style") for rect in svg.select("rect"))


def test_sorting_keeps_the_rest(page: Page) -> None:
    soup = page("/tim?q=giao+ban&noi=bac-kan&trang=2")
    assert [str(link["href"]) for link in soup.select(".sorts a")] == [
        "/tim?q=giao+ban&noi=bac-kan",
        "/tim?q=giao+ban&noi=bac-kan&gan_day=co",
        "/tim?q=giao+ban&noi=bac-kan&sap=moi",
        "/tim?q=giao+ban&noi=bac-kan&sap=cu",
    ]
    dates = [time["datetime"] for time in page("/tim?q=giao+ban&sap=moi").select(".list time")]
    assert dates == sorted(dates, reverse=True)


def test_without_a_query_there_is_no_relevance(page: Page) -> None:
    """The newest come first, and a query typed next is ranked by relevance again."""
    soup = page("/tim?noi=bac-kan")
    assert texts(soup, ".sorts a") == ["Mới nhất", "Cũ nhất"]
    assert texts(soup, ".sorts a[aria-current]") == ["Mới nhất"]
    assert not soup.select("form input[type=hidden]")
    assert page("/tim?noi=bac-kan&sap=cu").select("form input[name=sap][value=cu]")


def test_many_conditions_unfold(page: Page) -> None:
    many = "&".join(f"term=t%E1%BB%AB+{number}" for number in range(30))
    soup = page(f"/tim?q=a&{many}")
    assert texts(soup, ".chips summary") == ["và 21 điều kiện nữa"]
    assert len(soup.select(".chip")) == 31


def test_pages_follow_each_other(page: Page) -> None:
    first, second = page("/tim?q=giao+ban"), page("/tim?q=giao+ban&trang=2")
    assert len(first.select(".list article")) == len(second.select(".list article")) == 10
    assert not set(texts(first, ".list h2")) & set(texts(second, ".list h2"))
    assert href(first, ".paging a[rel=next]") == "/tim?q=giao+ban&trang=2"
    assert href(second, ".paging a[rel=prev]") == "/tim?q=giao+ban"
    assert texts(second, ".paging .here") == ["2"]
    assert "trang 2" in texts(second, ".total")[0]


def test_a_page_beyond_the_end_leads_back(page: Page) -> None:
    soup = page("/tim?q=giao+ban&trang=9")
    assert "Trang 9 không có kết quả" in soup.get_text()
    assert href(soup, ".nothing a") == "/tim?q=giao+ban&trang=2"


def test_hidden_fields_keep_what_has_no_box(page: Page) -> None:
    soup = page("/tim?q=giao+ban&nguon=-B%C3%A1o+l%E1%BA%A1&sap=moi&tu=2023-01&den=2023-06-15")
    hidden = [(field["name"], field["value"]) for field in soup.select("form input[type=hidden]")]
    assert hidden == [("nguon", "-Báo lạ"), ("sap", "moi")]
    assert soup.select_one("input[name=tu]")["value"] == "2023"  # type: ignore[index]  # such a tag is there
    assert soup.select_one("input[name=den]")["value"] == "2023-06-15"  # type: ignore[index]  # such a tag is there
    assert "đăng từ năm 2023 đến 15/06/2023" in " ".join(texts(soup, ".chips"))


def test_a_range_without_any_result_is_kept_in_the_form(page: Page) -> None:
    soup = page("/tim?q=giao+ban&tu=1999&den=2000")
    assert soup.select_one("input[name=tu]")["value"] == "1999"  # type: ignore[index]  # such a tag is there


# --- what was understood, and addresses ---


def test_what_ran_is_shown_when_it_differs_from_what_was_typed(page: Page) -> None:
    soup = page("/tim?q=giao+ban+AND+(tu%E1%BA%A7n")
    assert texts(soup, ".understood") == ["Đã hiểu là: giao ban tuần"]
    assert texts(soup, ".notices li") == ["Thiếu dấu ngoặc đóng; coi như đóng ở cuối."]
    assert not page("/tim?q=giao+ban").select(".understood, .notices")


@pytest.mark.parametrize(
    ("address", "notice"),
    [
        ("/tim?q=a&tu=h%C3%B4m+n%C3%A0o", "Không hiểu ngày “hôm nào”"),
        ("/tim?q=a&noi=Kh%C3%B4ng+%C4%90%C3%A2u", "Không có nơi nào tên"),
        ("/tim?q=a&sap=la", "Không có cách sắp xếp"),
        ("/tim?q=a&trang=-1", "không phải số"),
        ("/tim?q=a&so=1000", "không phải số từ 0 đến 100; dùng 100"),
        ("/tim?q=a&so=x", "không phải số từ 0 đến 100; dùng 10"),
        (f"/tim?q={'a' * 2001}", "chỉ dùng 2000 ký tự đầu"),
    ],
)
def test_what_could_not_be_understood_is_said(client: FlaskClient, address: str, notice: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert notice in " ".join(texts(BeautifulSoup(answer.text, "html.parser"), ".notices li"))


@pytest.mark.parametrize(
    ("given", "canonical"),
    [
        ("/tim?q=giao+ban&tu=&den=", "/tim?q=giao+ban"),
        ("/tim?ngay=2023-06&noi=gia-lai&q=a", "/tim?q=a&noi=gia-lai&ngay=2023-06"),
        ("/tim?q=++a++", "/tim?q=a"),
        ("/tim?q=a&trang=1&so=10&sap=lien-quan", "/tim?q=a"),
        ("/tim?q=a&utm_source=x", "/tim?q=a"),
        ("/tim?q=a&noi=Gia+Lai", "/tim?q=a&noi=gia-lai"),
        ("/tim?q=a&tu=1/6/2023", "/tim?q=a&tu=2023-06"),
        ("/tim?q=a&tu=th%C3%A1ng+6/2023&den=quy+3/2023", "/tim?q=a&tu=2023-06&den=2023-09"),
        ("/tim?q=a&ngay=th%C3%A1ng+6+n%C4%83m+2023", "/tim?q=a&ngay=2023-06"),
        ("/tim?q=", "/tim?sap=moi"),
        ("/tim", "/tim?sap=moi"),
        ("/tim?noi=gia-lai", "/tim?noi=gia-lai&sap=moi"),
        ("/tim?noi=gia-lai&sap=lien-quan", "/tim?noi=gia-lai&sap=moi"),
    ],
)
def test_addresses_become_canonical(client: FlaskClient, given: str, canonical: str) -> None:
    answer = client.get(given)
    assert (answer.status_code, answer.headers["Location"]) == (302, canonical)
    assert client.get(canonical).status_code == 200


# --- nothing found ---


def test_nothing_found_keeps_the_conditions_and_offers_what_finds_something(page: Page) -> None:
    soup = page("/tim?q=giao+ban&noi=gia-lai/an-khe&nguon=B%E1%BA%A3n+tin+Vi%E1%BB%87t+B%E1%BA%AFc")
    assert texts(soup, ".total strong") == ["0 bài"]
    assert len(soup.select(".chip")) == 3
    assert soup.select("fieldset")
    assert soup.select(".offers a")
    for offer in soup.select(".offers a"):
        assert texts(page(str(offer["href"])), ".total strong") == texts(offer, ".offer-count")


@pytest.mark.parametrize(
    ("q", "offer"),
    [
        ("giao VÀ ban VÀ tàu VÀ trụ", "Có bất kỳ từ nào: giao | ban | tàu | trụ"),
        ('"cầu cây"', "Không cần đúng cụm: cầu cây"),
    ],
)
def test_offers_for_words(page: Page, q: str, offer: str) -> None:
    assert offer in texts(page(f"/tim?q={quote(q)}"), ".offer-text")


def test_what_matches_without_marks_stands_below_a_divider(page: Page) -> None:
    soup = page("/tim?q=cây+càu&sua=khong")
    assert texts(soup, ".total") == [f"0 bài · {len(soup.select('.folded .result'))} bài khi bỏ dấu"]
    assert texts(soup, ".divider") == [f"Khớp khi bỏ dấu · {len(soup.select('.folded .result'))} bài"]
    assert soup.select(".folded .result mark")
    assert any("không dấu" in text or "bỏ dấu" in text for text in texts(soup, ".notices li"))
    assert not soup.select(".found > .list, .nothing")


def test_what_holds_the_syllables_of_a_word_apart_stands_below_a_divider(analyzer: ArticleAnalyzer, tmp_path: Path) -> None:
    articles = [make("word", "Thu ngân sách xã"), make("apart", "Giải ngân chậm", "Danh sách còn dài.")]
    client = create_app(searcher_over(tmp_path / "index", analyzer, articles)).test_client()
    soup = BeautifulSoup(client.get("/tim?q=ngân+sách").text, "html.parser")
    assert texts(soup, ".total") == ["1 bài · 1 bài có các tiếng đứng rời nhau"]
    assert texts(soup, ".divider") == ["Các tiếng đứng rời nhau · 1 bài"]
    assert texts(soup, ".folded h3") == ["Giải ngân chậm"]


def test_a_date_that_is_none_stays_in_its_field_with_the_reason(page: Page) -> None:
    """What was typed is not lost, and the other end still counts."""
    soup = page("/tim?q=xã&tu=31/02/2023&den=2099")
    first, last = soup.select_one("input[name=tu]"), soup.select_one("input[name=den]")
    assert first
    assert last
    assert (first["value"], first["aria-invalid"], last["value"], last.get("aria-invalid")) == ("31/02/2023", "true", "2099", None)
    assert texts(soup, f"#{first['aria-describedby']}") == ["Không hiểu ngày “31/02/2023”. Viết 2023, 2023-06, 2023-06-30 hoặc 30/6/2023."]
    both = page("/tim?q=xã&tu=2024&den=2023")
    assert [str(box["value"]) for box in both.select(".range input[aria-invalid]")] == ["2024", "2023"]
    assert len(texts(both, ".fault")) == 1
    assert not page("/tim?q=xã&tu=2023").select(".fault, [aria-invalid]")


def test_a_search_that_nothing_helps_leads_on(page: Page) -> None:
    """To the start page, the newest articles, and searches that find something."""
    soup = page("/tim?q=xyzzyqwv")
    ways = soup.select(".nothing .ways-on a")
    assert [str(way["href"]) for way in ways[:2]] == ["/", "/tim?sap=moi"]
    assert len(ways) > 2
    for way in ways[1:]:
        assert texts(page(str(way["href"])), ".total strong") != ["0 bài"]
    assert not page("/tim?q=xã").select(".ways-on")


def test_the_headline_says_that_no_article_holds_every_word(page: Page, client: FlaskClient) -> None:
    """Where most of the words were enough, the large letters do not count what has fewer than all."""
    q = quote("ngân sách quazzel")
    answer = client.get(f"/tim.json?q={q}").get_json()
    assert answer["whole_total"] == 0 < answer["total"]
    soup = page(f"/tim?q={q}")
    assert texts(soup, ".total strong") == ["Không bài nào có đủ các từ"]
    assert texts(soup, ".total") == [f"Không bài nào có đủ các từ · {answer['total']} bài có phần lớn"]
    assert texts(page("/tim?q=ngân+sách"), ".total .soft") == []


def test_pages_run_on_from_one_part_into_the_other(client: FlaskClient) -> None:
    """Two a page: every article of both parts once, in the order of one long page, the divider where the second part begins."""
    q = quote("ngân sach xã | cây càu")
    every = client.get(f"/tim.json?q={q}&so=100").get_json()
    assert every["folded_total"] == len(every["hits"]) - every["total"] > 0
    assert every["folded_from_rank"] == every["total"] + 1
    assert [hit["folded"] for hit in every["hits"]] == [hit["rank"] >= every["folded_from_rank"] for hit in every["hits"]]
    pages = [client.get(f"/tim.json?q={q}&so=2&trang={at}").get_json() for at in range(1, len(every["hits"]) // 2 + 2)]
    assert [hit["doc_id"] for one in pages for hit in one["hits"]] == [hit["doc_id"] for hit in every["hits"]]
    assert {(one["total"], one["folded_total"]) for one in pages} == {(every["total"], every["folded_total"])}


def test_an_article_found_without_marks_is_marked(page: Page) -> None:
    link = page("/tim?q=cây+càu&sua=khong").select_one(".folded .result a")
    assert link is not None
    assert page(str(link["href"])).select("mark")


def test_a_date_in_the_query_is_offered_with_the_count_it_gives(page: Page) -> None:
    soup = page("/tim?q=ngân+sách+6+tháng+đầu+năm+2023")
    offer = soup.select_one(".named a[href*='den=2023-06']")
    assert offer is not None
    assert "đăng 6 tháng đầu năm 2023" in offer.get_text()
    assert not soup.select(".chip[aria-label*='đăng']")
    narrowed = page(str(offer["href"]))
    assert texts(narrowed, ".total strong")[0] in offer.parent.get_text()
    assert not narrowed.select(".named a[href*='den=2023-06']")


def test_nothing_helps(page: Page) -> None:
    soup = page("/tim?q=zzzz")
    assert not soup.select(".offers")
    assert "kiểm tra chính tả" in soup.get_text()


# --- article ---


def test_an_article_shows_what_was_found_in_it(page: Page) -> None:
    soup = page("/bai/an-khe-ngan-sach")
    assert texts(soup, "h1") == ["Thị xã An Khê thu ngân sách vượt dự toán"]
    facts = " ".join(texts(soup, ".facts"))
    assert "30/06/2023 – biết chính xác đến ngày" in facts
    assert "Lấy từ tháng ghi ở đầu tệp và ngày trong câu mở đầu" in facts
    assert "date 2023-06 … Sáng 30-6" in facts
    assert "địa bàn chính" in facts
    assert href(soup, ".fact-places a") == f"/noi/{archive.AN_KHE}"
    assert href(soup, ".fact-places .narrow-to") == f"/tim?noi={archive.AN_KHE}&sap=moi"
    assert len(soup.select(".story > p")) == 5
    source = soup.select_one(".original a")
    assert source is not None
    assert source["href"] == "https://taynguyen.example/an-khe/ngan-sach"
    assert set(source["rel"]) == {"noopener", "noreferrer", "nofollow"}
    assert texts(soup, ".citation")[0].startswith(
        "Kim Loan, “Thị xã An Khê thu ngân sách vượt dự toán”, Bản tin Tây Nguyên, 30/06/2023, https://"
    )
    assert not soup.select("mark, .around")


def test_an_article_marks_the_query_and_leads_around_its_ranking(page: Page) -> None:
    results = page("/tim?q=giao+ban&noi=bac-kan&trang=2")
    links = [str(link["href"]) for link in results.select(".list h2 a")]
    assert links[0].endswith("?q=giao+ban&noi=bac-kan&thu=11")
    soup = page(links[0])
    assert set(texts(soup, ".story mark")) <= {"giao ban", "Giao ban"}
    assert [mark["id"] for mark in soup.select(".story mark")] == [f"k{number}" for number in range(1, len(soup.select(".story mark")) + 1)]
    assert href(soup, ".jump a") == "#k1"
    assert href(soup, ".back") == "/tim?q=giao+ban&noi=bac-kan&trang=2"
    assert href(soup, ".steps a[rel=next]") == links[1]
    assert "thu=10" in href(soup, ".steps a[rel=prev]")
    first = page(href(page("/tim?q=giao+ban"), ".list h2 a"))
    assert [str(link["rel"][0]) for link in first.select(".steps a")] == ["next"], "the first result has none before it"


def test_a_rank_that_no_longer_holds_is_not_shown(page: Page) -> None:
    soup = page("/bai/khong-ngay?q=giao+ban&thu=3")
    assert not soup.select(".steps a")
    assert href(soup, ".back") == "/tim?q=giao+ban"
    assert not page("/bai/khong-ngay?thu=3").select(".steps a")


@pytest.mark.parametrize("rank", ["0", "-1", "99999", "x", "1001", "²", "1.5", ""])
def test_odd_ranks_do_no_harm(client: FlaskClient, rank: str) -> None:
    assert client.get(f"/bai/khong-ngay?q=a&thu={quote(rank)}").status_code == 200


@pytest.mark.parametrize(
    ("doc_id", "date", "published"),
    [("an-khe-nhin-lai", "tháng 10/2023", "2023-10"), ("khong-ngay", "Không rõ", None), ("nam-2022", "năm 2022", "2022")],
)
def test_linked_data_says_only_what_is_known(page: Page, doc_id: str, date: str, published: str | None) -> None:
    soup = page(f"/bai/{doc_id}")
    block = soup.select_one("script[type='application/ld+json']")
    assert block is not None
    data = json.loads(block.get_text())
    assert data["@type"] == "NewsArticle"
    assert data.get("datePublished") == published
    assert None not in data.values()
    assert date in " ".join(texts(soup, ".facts"))
    meta = {str(tag["property"]): str(tag["content"]) for tag in soup.select("meta[property]")}
    assert meta["og:title"] == data["headline"]
    assert meta.get("article:published_time") == published


def test_every_article_has_a_page_whatever_its_id(client: FlaskClient) -> None:
    for document in archive.documents():
        answer = client.get(article_path(document.doc_id))
        assert answer.status_code == 200, document.doc_id
        assert document.title.split()[0] in answer.text


# --- for everybody ---


@pytest.mark.parametrize("address", ["/", "/tim", "/tim?q=giao+ban", "/tim?q=zzzz", "/bai/ba-cap?q=T%C3%A2y+S%C6%A1n", "/nope"])
def test_pages_are_built_for_readers_who_listen(client: FlaskClient, address: str) -> None:
    """Landmarks, one main heading, labels on every control, unique ids, skip links that lead somewhere, no positive tabindex."""
    soup = BeautifulSoup(client.get(address, follow_redirects=True).text, "html.parser")
    assert soup.html is not None
    assert soup.html["lang"] == "vi"
    assert len(soup.select("main")) == len(soup.select("h1")) == len(soup.select("footer")) == 1
    ids = [str(tag["id"]) for tag in soup.select("[id]")]
    assert len(ids) == len(set(ids))
    for link in soup.select("a.skip, a.skip-inline, a.open-filters, a.close-filters"):
        assert str(link["href"]).lstrip("#") in ids
    for control in soup.select("input:not([type=hidden])"):
        labelled = control.find_parent("label") or soup.select_one(f"label[for='{control.get('id')}']")
        assert labelled is not None, control
    assert not [tag for tag in soup.select("[tabindex]") if int(str(tag["tabindex"])) > 0]
    levels = [int(tag.name[1]) for tag in soup.select("h1, h2, h3, h4")]
    assert all(later - earlier <= 1 for earlier, later in pairwise(levels))
    assert all(link.get_text(strip=True) or link.has_attr("aria-label") for link in soup.select("a[href]"))


def test_the_count_is_a_live_region(page: Page) -> None:
    total = page("/tim?q=giao+ban").select_one(".total")
    assert total is not None
    assert (total["role"], total["aria-live"]) == ("status", "polite")


def test_the_site_can_have_another_name(searcher: Searcher) -> None:
    text = create_app(searcher, site_name="Kho báo <tỉnh>").test_client().get("/").text
    assert "Kho báo &lt;tỉnh&gt;" in text
    assert "<tỉnh>" not in text


# --- related articles ---


def test_an_article_names_related_ones_and_their_data(client: FlaskClient, page: Page) -> None:
    soup = page("/bai/an-khe-ngan-sach")
    links = soup.select(".related-list a")
    assert "/bai/an-khe-nhin-lai" in [str(link["href"]) for link in links]
    assert "/bai/an-khe-ngan-sach" not in [str(link["href"]) for link in links]
    data = soup.select_one(".related a[href$='.json']")
    assert data is not None
    answer = client.get(str(data["href"])).get_json()
    assert [f"/bai/{row['doc_id']}" for row in answer["related"]] == [unquote(str(link["href"])) for link in links]
    assert client.get("/lien-quan/khong-co.json").status_code == 404
