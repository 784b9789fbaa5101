"""The same searches as JSON, CSV and Atom, and the small files beside the pages."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from lxml import etree

from engine.model import SearchRequest
from engine.parameters import request_from
from engine.search import Searcher
from engine.serialize import document_json, response_json
from engine.table import cell
from search_app import create_app
from search_app.api import MOST_LINK
from tests.search_app import archive

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize(
    "parameters",
    [
        {"q": ["thu ngân sách"]},
        {"q": ["giao ban"], "noi": ["bac-kan"], "trang": ["2"], "sap": ["moi"]},
        {"q": ["(lũ"], "tu": ["2023"], "noi": ["An Khê", "-?"]},
        {"nguon": ["?"], "so": ["3"]},
        {},
    ],
)
def test_json_is_the_engines_own_object(client: FlaskClient, searcher: Searcher, parameters: dict[str, list[str]]) -> None:
    """One code path: what the web answers is what the command line prints for the same request."""
    query = "&".join(f"{name}={quote(value)}" for name, values in parameters.items() for value in values)
    answer = client.get(f"/tim.json?{query}")
    requested = request_from(parameters, searcher.index.analyzer.finder.gazetteer, 10)
    response = searcher.search(requested.request)
    wanted = json.loads(json.dumps(response_json(replace(response, notices=(*requested.notices, *response.notices)))))
    found = answer.get_json()
    assert answer.mimetype == "application/json"
    assert {**found, "took_ms": 0} == {**wanted, "took_ms": 0}


def test_json_links_to_its_neighbours(client: FlaskClient) -> None:
    links = client.get("/tim.json?q=giao+ban&trang=2").headers.getlist("Link")
    assert links == ['</tim.json?q=giao+ban>; rel="prev"']
    assert client.get("/tim.json?q=giao+ban").headers.getlist("Link") == ['</tim.json?q=giao+ban&trang=2>; rel="next"']


def test_a_link_longer_than_proxies_take_is_not_told(client: FlaskClient) -> None:
    q = "giao+ban" + "+ban" * (MOST_LINK // 4)
    answer = client.get(f"/tim.json?q={q}&sua=khong")
    assert answer.status_code == 200
    assert answer.get_json()["total"] > 10
    assert "Link" not in answer.headers
    shorter = "giao+ban" + "+ban" * 100
    assert "Link" in client.get(f"/tim.json?q={shorter}&sua=khong").headers


def test_an_article_as_json(client: FlaskClient, searcher: Searcher) -> None:
    stored = searcher.get("an-khe-ngan-sach")
    assert stored is not None
    assert client.get("/bai/an-khe-ngan-sach.json").get_json() == json.loads(json.dumps(document_json(stored)))


def test_an_id_that_ends_in_json_has_a_page_and_data(client: FlaskClient) -> None:
    assert client.get("/bai/loi.json").mimetype == "text/html"
    assert client.get("/bai/loi.json.json").get_json()["doc_id"] == "loi.json"


def test_json_keeps_vietnamese_letters_readable(client: FlaskClient) -> None:
    assert "thị xã An Khê" in client.get("/tim.json?q=an+kh%C3%AA").data.decode("utf-8")


def test_csv_holds_every_result(client: FlaskClient) -> None:
    answer = client.get("/tim.csv?q=giao+ban")
    text = answer.data.decode("utf-8")
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert text.startswith("\ufeff"), "spreadsheets need it"
    assert [row["rank"] for row in rows] == [str(number) for number in range(1, archive.WEEKLY + 1)]
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert len(list(csv.DictReader(io.StringIO(client.get("/tim.csv?q=giao+ban&so=5").text)))) == 5


def test_csv_says_how_precise_a_date_is(client: FlaskClient) -> None:
    rows = list(csv.DictReader(io.StringIO(client.get("/tim.csv?q=nh%C3%ACn+l%E1%BA%A1i").text.removeprefix("\ufeff"))))
    assert (rows[0]["date"], rows[0]["precision"]) == ("2023-10", "month")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")'])
def test_csv_runs_no_formulas(text: str) -> None:
    assert str(cell(text)).startswith("'")


def test_atom_is_newest_first_and_never_guesses_a_day(client: FlaskClient) -> None:
    answer = client.get("/tim.atom?q=thu+ng%C3%A2n+s%C3%A1ch")
    feed = etree.fromstring(answer.data)
    assert answer.mimetype == "application/atom+xml"
    published = {entry.findtext(f"{ATOM}title"): entry.findtext(f"{ATOM}published") for entry in feed.iter(f"{ATOM}entry")}
    assert published == {
        "Nhìn lại một năm của thị xã An Khê": None,
        "Thị xã An Khê thu ngân sách vượt dự toán": "2023-06-30T00:00:00+07:00",
        "Niên giám năm 2022 của tỉnh Gia Lai": None,
    }
    assert all(entry.findtext(f"{ATOM}updated") and entry.findtext(f"{ATOM}id") for entry in feed.iter(f"{ATOM}entry"))
    assert feed.find(f"{ATOM}link[@rel='self']").get("href").startswith("http://localhost/tim.atom?")


def test_opensearch_describes_the_search(client: FlaskClient) -> None:
    answer = client.get("/opensearch.xml")
    root = etree.fromstring(answer.data)
    urls = {url.get("type"): url.get("template") for url in root.iter("{http://a9.com/-/spec/opensearch/1.1/}Url")}
    assert urls["text/html"] == "http://localhost/tim?q={searchTerms}"
    assert answer.mimetype == "application/opensearchdescription+xml"


def test_robots_are_kept_from_endless_pages(client: FlaskClient) -> None:
    assert "Disallow: /tim" in client.get("/robots.txt").text
    assert "noindex" in client.get("/tim?q=a").text


def test_health(client: FlaskClient, searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "documents": len(archive.documents()), "engine": "memory"}

    def broken() -> None:
        raise OSError("gone")

    monkeypatch.setattr(searcher.index, "snapshot", broken)
    assert client.get("/healthz").status_code == 503


# --- caching ---


FOUND = "q=giao+ban"


@pytest.mark.parametrize(
    "address",
    [
        "/",
        f"/tim?{FOUND}",
        f"/tim.json?{FOUND}",
        f"/tim.csv?{FOUND}",
        f"/tim.atom?{FOUND}",
        "/bai/ba-cap",
        "/bai/ba-cap.json",
        "/opensearch.xml",
    ],
)
def test_the_same_answer_is_not_sent_twice(client: FlaskClient, address: str) -> None:
    first = client.get(address)
    assert first.headers["Cache-Control"] == "no-cache"
    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert not again.data
    assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_static_files_are_kept_by_digest(client: FlaskClient) -> None:
    text = client.get("/").text
    address = text.split('rel="stylesheet" href="')[1].split('"')[0]
    for asked, kept in ((address, True), (address.split("?")[0], False), ("/static/nope.css", False)):
        answer = client.get(asked)
        assert ("immutable" in answer.headers.get("Cache-Control", "")) is kept
        answer.close()


# --- errors as data ---


@pytest.mark.parametrize(("address", "status", "code"), [("/bai/khong-co.json", 404, "not-found"), ("/nope.json", 404, "not-found")])
def test_errors_of_data_have_one_shape(client: FlaskClient, address: str, status: int, code: str) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.get_json()["error"]["code"] == code
    assert set(answer.get_json()["error"]) == {"code", "message", "hint"}
    assert client.post("/tim.json").get_json()["error"]["code"] == "method-not-allowed"


def test_page_size_is_a_setting(searcher: Searcher) -> None:
    found = create_app(searcher, page_size=3).test_client().get("/tim.json?q=giao+ban").get_json()
    assert len(found["hits"]) == 3
    assert found["total"] == searcher.count(SearchRequest("giao ban"))
