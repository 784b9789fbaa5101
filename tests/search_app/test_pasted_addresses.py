"""Addresses pasted into the search box."""

from __future__ import annotations

from dataclasses import replace

import pytest
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from search_app import create_app
from tests.support import make, searcher_over

URL = "https://bao.example/khanh-thanh-cau-treo-hoa-tien-4711.html"


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> FlaskClient:
    bridge = replace(make("cau/1", "Khánh thành cầu treo Hòa Tiến", "Cầu treo dài 84 m."), url=URL)
    return create_app(searcher_over(tmp_path_factory.mktemp("pasted") / "index", analyzer, (bridge,))).test_client()


def test_the_address_of_an_article_leads_to_it(client: FlaskClient) -> None:
    answer = client.get("/tim", query_string={"q": f" {URL}?utm_source=zalo "})
    assert (answer.status_code, answer.location) == (302, "/bai/cau/1")
    assert client.get(answer.location).status_code == 200


def test_an_address_of_no_article_is_searched_for_and_said_to_be_none(client: FlaskClient) -> None:
    answer = client.get("/tim", query_string={"q": "https://bao.example/cau-treo-9.html"}, follow_redirects=True)
    assert answer.status_code == 200
    assert "Không có bài nào ở địa chỉ này; tìm theo các từ trong địa chỉ." in answer.text


def test_a_program_is_told_whose_address_it_is(client: FlaskClient) -> None:
    notices = client.get("/tim.json", query_string={"q": URL}).get_json()["notices"]
    assert ("at-address", "Địa chỉ này là của bài “Khánh thành cầu treo Hòa Tiến”, mã cau/1.") in [
        (one["code"], one["message"]) for one in notices
    ]
