"""Periods and terms of office on the pages: ticked, shown with an article, taken out again."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from engine.parameters import parameters_of, request_from
from search_app import create_app
from tests.support import make, searcher_over

BUDGET = make("budget", "Thu ngân sách 6 tháng đầu năm 2023", "Sáng 30-6, huyện họp bàn việc thu.", date="2023-07-01")
CONGRESS = make("congress", "Đại hội hội nông dân xã", "Đại hội bầu ban chấp hành nhiệm kỳ 2023 - 2028.", date="2023-03")


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> FlaskClient:
    return create_app(searcher_over(tmp_path_factory.mktemp("periods") / "index", analyzer, (BUDGET, CONGRESS))).test_client()


def soup(client: FlaskClient, address: str) -> BeautifulSoup:
    answer = client.get(address, follow_redirects=True)  # to the canonical address
    assert answer.status_code == 200
    return BeautifulSoup(answer.text, "lxml")


def boxes(page: BeautifulSoup, name: str) -> dict[str, bool]:
    return {str(box["value"]): box.has_attr("checked") for box in page.select(f"input[type=checkbox][name={name}]")}


def test_both_facets_are_checkboxes(client: FlaskClient) -> None:
    page = soup(client, "/tim?q=")
    assert boxes(page, "ky") == {"2023-01..2023-06": False}
    assert boxes(page, "nhiem_ky") == {"2023..2028": False}


@pytest.mark.parametrize("typed", ["2023-01..2023-06", "6 tháng đầu năm 2023", "sáu tháng đầu năm 2023"])
def test_a_period_filters_however_it_is_typed(client: FlaskClient, typed: str) -> None:
    page = soup(client, f"/tim?ky={typed}")
    assert [title.get_text(strip=True) for title in page.select("h2.result-title")] == [BUDGET.title]
    assert boxes(page, "ky") == {"2023-01..2023-06": True}
    assert "6 tháng đầu năm 2023" in page.select_one("main").get_text()  # type: ignore[union-attr]  # such a tag is there


def test_a_result_shows_its_period_as_a_link_to_more_of_it(client: FlaskClient) -> None:
    link = soup(client, "/tim?q=thu").select_one(".result a.period")
    assert link is not None
    assert link.get_text(strip=True) == "6 tháng đầu năm 2023"
    assert len(soup(client, str(link["href"])).select("article.result")) == 1


def test_the_article_shows_event_and_period_with_their_words(client: FlaskClient) -> None:
    text = soup(client, "/bai/budget").select_one("aside.facts").get_text(" ", strip=True)  # type: ignore[union-attr]  # such a tag is there
    assert "Thời gian trong bài 30/06/2023" in text
    assert "Sáng 30-6" in text
    assert "6 tháng đầu năm 2023" in text
    assert "nhiệm kỳ 2023–2028" in soup(client, "/bai/congress").get_text(" ", strip=True)


def test_a_date_known_to_the_month_is_marked_as_one(client: FlaskClient) -> None:
    time = soup(client, "/bai/congress").select_one("article.story time")
    assert time is not None
    assert (time["datetime"], time.get_text(strip=True)) == ("2023-03", "tháng 3/2023")
    assert [title.get_text(strip=True) for title in soup(client, "/tim?ngay=2023-03").select("h2.result-title")] == [CONGRESS.title]


def test_data_carries_them(client: FlaskClient) -> None:
    hit = client.get("/tim.json?q=thu").get_json()["hits"][0]
    assert hit["event_date"]["date"] == "2023-06-30"
    assert [(one["value"], one["label"]) for one in hit["periods"]] == [("2023-01..2023-06", "6 tháng đầu năm 2023")]


def test_what_is_no_period_is_said_and_left_out(client: FlaskClient) -> None:
    page = soup(client, "/tim?ky=hôm nào&nhiem_ky=xưa")
    assert len(page.select("article.result")) == 2
    assert "Không hiểu kỳ “hôm nào”" in page.get_text()
    assert "Không hiểu nhiệm kỳ “xưa”" in page.get_text()


def test_addresses_are_canonical(analyzer: ArticleAnalyzer) -> None:
    """Words become values, in the order of all parameters; what is left out keeps its dash."""
    given = {"ky": ["quý I/2024", "-năm 2023"], "nhiem_ky": ["2020-2025"], "q": ["họp"]}
    request, notices = request_from(given, analyzer.finder.gazetteer)
    assert notices == ()
    assert parameters_of(request) == [("q", "họp"), ("ky", "2024-01..2024-03"), ("ky", "-2023"), ("nhiem_ky", "2020..2025")]
