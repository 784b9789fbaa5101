"""The filter of sources on the page: exact, and a value that is no source is said."""

from __future__ import annotations

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.search_app.conftest import Page


def notices(soup: BeautifulSoup) -> str:
    return " ".join(soup.get_text(" ").split())


def test_a_source_that_is_none_is_said_with_those_that_may_be_meant(client: FlaskClient, page: Page) -> None:
    """A page and a program are told the same; it is no error, since an index may have lost a source."""
    source = client.get("/tim.json").get_json()["facets"]["source"]["counts"][0]["value"]
    part = source.split()[-1].lower()
    said = f"Không có nguồn nào tên đúng là “{part}”. Có thể là: "
    assert said in notices(page(f"/tim?nguon={part}"))
    answer = client.get(f"/tim.json?nguon={part}")
    assert answer.status_code == 200
    assert [notice["code"] for notice in answer.get_json()["notices"]] == ["no-such-source"]
    assert client.get("/tim.json", query_string={"nguon": source}).get_json()["notices"] == []
