"""What hostile texts, addresses and requests can do: nothing."""

from __future__ import annotations

import json
import logging
import re
from collections import Counter
from urllib.parse import quote, urlencode

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient
from lxml import etree

from analyzers.article import ArticleAnalyzer
from analyzers.text import nfc
from engine.errors import IndexDamagedError
from engine.model import Document, StoredDocument
from engine.search import Searcher
from search_app import create_app
from search_app.addresses import Addresses
from search_app.article import Neighbours, article_page
from search_app.security import HEADERS, MAX_BODY_BYTES
from tests.search_app import archive
from tests.search_app.payloads import NO_LINKS, PAYLOADS, TRAVERSALS

HARMLESS = "vôhại"
Shape = Counter[tuple[str, tuple[str, ...]]]


def shape(html: str, parser: str = "html.parser") -> Shape:
    """Elements with the names of their attributes, counted."""
    return Counter((tag.name, tuple(sorted(tag.attrs))) for tag in BeautifulSoup(html, parser).find_all())


def check_inert(html: str) -> None:
    """No element or attribute in a page runs anything or leads anywhere but to plain addresses."""
    for parser in ("html.parser", "lxml"):
        soup = BeautifulSoup(html, parser)
        for tag in soup.find_all():
            assert not [name for name in tag.attrs if name.startswith("on") or name in ("style", "srcdoc")], tag
            _check_addresses(tag)
        for script in soup.find_all("script"):
            _check_script(script)
        assert not soup.select("style, iframe, object, embed, base, math, template, noscript, meta[http-equiv]")


def _check_addresses(tag: Tag) -> None:
    for name in ("href", "src", "action", "formaction"):
        address = str(tag.get(name, "/"))
        assert address.startswith(("/", "#", "https://", "http://")), tag
        assert not address.startswith("//"), tag


def _check_script(script: Tag) -> None:
    if script.get("type") == "application/ld+json":
        json.loads(script.get_text())
    else:
        assert str(script["src"]).startswith(("/static/timtin.js?v=", "/static/suggest.js?v="))
        assert not script.get_text(strip=True)


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> FlaskClient:
    """An archive that holds each payload everywhere a text can stand; number 0 is harmless."""
    texts = (HARMLESS, *(payload.replace("\x00", "") for payload in PAYLOADS))
    extra = tuple(archive.hostile(analyzer, number, text) for number, text in enumerate(texts))
    return create_app(archive.build(tmp_path_factory.mktemp("hostile") / "index", analyzer, extra)).test_client()


NUMBERED = list(enumerate(PAYLOADS, start=1))
NUMBERS = [number for number, _ in NUMBERED]


# --- texts of articles ---


@pytest.mark.parametrize("parser", ["html.parser", "lxml"])
@pytest.mark.parametrize("number", NUMBERS)
def test_an_articles_texts_add_no_element_to_the_results(hostile: FlaskClient, number: int, parser: str) -> None:
    html = hostile.get(f"/tim?q=maso{number}").text
    assert shape(html, parser) == shape(hostile.get("/tim?q=maso0").text, parser)
    check_inert(html)


@pytest.mark.parametrize("parser", ["html.parser", "lxml"])
@pytest.mark.parametrize("number", NUMBERS)
def test_an_articles_texts_add_no_element_to_its_page(hostile: FlaskClient, number: int, parser: str) -> None:
    query = f"?q=maso{number}&thu=1"
    html = hostile.get(f"/bai/mau-{number}{query}").text
    reference = hostile.get("/bai/mau-0?q=maso0&thu=1").text
    own, its = (_without_breaks(shape(_RELATED.sub("", page, count=1), parser)) for page in (html, reference))
    assert own == its
    check_inert(html)


_RELATED = re.compile(r'<section class="related".*?</section>', re.DOTALL)
"""Other articles, of which each page names its own number."""


@pytest.mark.parametrize("parser", ["html.parser", "lxml"])
@pytest.mark.parametrize("number", NUMBERS)
def test_titles_of_related_articles_add_no_element(hostile: FlaskClient, number: int, parser: str) -> None:
    soup = BeautifulSoup(hostile.get(f"/bai/mau-{number}").text, parser)
    for link in soup.select(".related-list li"):
        assert [child.name for child in link.find_all(recursive=False)] in (["a", "span"], ["a", "span", "span"])
        assert {element.name for element in link.find_all()} <= {"a", "span", "time"}


def _without_breaks(found: Shape) -> Shape:
    """A line break in a text makes one more paragraph, which is no more than a paragraph."""
    return Counter({key: count for key, count in found.items() if key != ("p", ())})


@pytest.mark.parametrize("number", NUMBERS)
def test_an_articles_texts_add_no_element_to_the_feed(hostile: FlaskClient, number: int) -> None:
    def names(at: int) -> Counter[str]:
        return Counter(str(element.tag) for element in etree.fromstring(hostile.get(f"/tim.atom?q=maso{at}").data).iter())

    assert names(number) == names(0)


@pytest.mark.parametrize(("number", "payload"), NUMBERED)
def test_an_articles_texts_stay_data_in_json(hostile: FlaskClient, number: int, payload: str) -> None:
    answer = hostile.get(f"/bai/mau-{number}.json")
    assert answer.mimetype == "application/json"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert nfc(answer.get_json()["source"]) == nfc(payload.replace("\x00", ""))


def test_what_is_shown_is_the_text_itself(hostile: FlaskClient) -> None:
    """Escaped once, not twice and not dropped: the reader sees what was written."""
    for number, payload in NUMBERED[:30]:
        soup = BeautifulSoup(hostile.get(f"/tim?q=maso{number}").text, "html.parser")
        heading = soup.select_one(".list h2")
        assert heading is not None
        assert " ".join(payload.split()) in " ".join(heading.get_text().split())


@pytest.mark.parametrize("url", NO_LINKS)
def test_only_plain_addresses_become_links_to_sources(analyzer: ArticleAnalyzer, url: str) -> None:
    stored = StoredDocument(Document("x", "Tít", url=url))
    page = article_page(stored, (), Addresses(), Neighbours(), "http://localhost", analyzer.finder.gazetteer)
    assert page.link is None
    assert page.host is None
    assert "isBasedOn" not in page.linked_data


# --- texts of readers ---


SINKS = ("q", "noi", "ngay", "term", "nguon", "tu", "den", "sap", "trang", "so", "khac")


@pytest.mark.parametrize("sink", SINKS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_adds_an_element_of_another_kind(client: FlaskClient, known: set[str], payload: str, sink: str) -> None:
    address = f"/tim?{urlencode({'q': 'giao ban', sink: payload} if sink != 'q' else {'q': payload})}"
    answer = client.get(address, follow_redirects=True)
    assert answer.status_code == 200
    check_inert(answer.text)
    assert {str(key) for key in shape(answer.text)} <= known


@pytest.mark.parametrize("payload", PAYLOADS)
def test_nothing_typed_reaches_an_article_or_error_page_as_markup(client: FlaskClient, known: set[str], payload: str) -> None:
    path = quote(payload, safe="")
    for address in (f"/bai/ba-cap?{urlencode({'q': payload, 'nguon': payload, 'thu': 1})}", f"/bai/{path}", f"/{path}"):
        answer = client.get(address)
        assert answer.status_code in (200, 404), address
        check_inert(answer.text)
        assert {str(key) for key in shape(answer.text)} <= known
    feed = client.get(f"/tim.atom?{urlencode({'q': payload})}")
    etree.fromstring(feed.data)
    assert client.get(f"/tim.json?{urlencode({'q': payload})}").get_json()["format"] == 1
    assert client.get(f"/tim.csv?{urlencode({'q': payload})}").status_code == 200


@pytest.fixture(scope="session")
def known(app: Flask) -> set[str]:
    """Every kind of element with its attributes that harmless use of the pages shows."""
    client = app.test_client()
    addresses = [
        "/", "/tim", "/nope", "/tim?q=giao+ban", "/tim?q=giao+ban&trang=2", "/tim?q=zzzz", "/tim?q=giao+ban&trang=40", "/tim?nguon=%3F",
        "/tim?q=zzzz&noi=gia-lai&nguon=A&term=x&tu=2020", "/tim?q=(giao+ban&noi=Kh%C3%B4ng+c%C3%B3&tu=x&den=2024&nguon=-A&nguon=B&sap=moi",
        "/tim?q=giao+ban+zzzz", "/tim?noi=gia-lai/an-khe&ngay=2023-06&ngay=2022", "/tim?q=giao+ban&term=zzzz",
        "/bai/ba-cap?q=T%C3%A2y+S%C6%A1n&thu=1", "/bai/ba-cap?q=a", "/bai/khong-ngay", "/bai/an-khe-ngan-sach?q=ngan+sach&thu=2",
    ]  # fmt: skip
    return {str(key) for address in addresses for key in shape(client.get(address, follow_redirects=True).text)}


# --- headers, methods, hosts, sizes ---

ANSWERS = (
    "/", "/tim?q=a", "/tim?tu=&q=a", "/tim.json?q=a", "/tim.csv?q=a", "/tim.atom?q=a", "/bai/ba-cap", "/bai/ba-cap.json", "/bai/nope",
    "/opensearch.xml", "/robots.txt", "/healthz", "/nope", "/nope.json", "/static/timtin.css", "/static/favicon.svg", "/static/nope",
)  # fmt: skip


@pytest.mark.parametrize("address", ANSWERS)
@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_every_answer_carries_the_headers_and_no_cookie(client: FlaskClient, address: str, method: str) -> None:
    answer = client.open(address, method=method, buffered=True)
    answer.close()
    assert {name: answer.headers.get(name) for name in HEADERS} == HEADERS
    assert "Set-Cookie" not in answer.headers
    assert answer.status_code < 500
    if method in ("POST", "PUT", "DELETE", "PATCH") and "nope" not in address:
        assert answer.status_code == 405
        assert "GET" in answer.headers["Allow"]


def test_the_policy_is_the_one_promised() -> None:
    policy = HEADERS["Content-Security-Policy"].split("; ")
    assert policy[0] == "default-src 'none'"
    assert not [part for part in policy if "unsafe" in part or "http" in part or "*" in part or "data:" in part]


def test_not_modified_carries_the_headers_too(client: FlaskClient) -> None:
    tag = client.get("/robots.txt").headers["ETag"]
    answer = client.get("/robots.txt", headers={"If-None-Match": tag})
    assert answer.status_code == 304
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_large_bodies_are_refused(client: FlaskClient) -> None:
    assert client.post("/tim", data=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413
    assert client.post("/tim", data=b"x" * MAX_BODY_BYTES).status_code == 405
    assert client.get("/tim", data=b"x" * (MAX_BODY_BYTES + 1)).status_code == 413


def test_only_trusted_hosts_are_answered(searcher: Searcher) -> None:
    client = create_app(searcher, trusted_hosts=("tin.example", ".bao.example")).test_client()
    for host, status in (("tin.example", 200), ("a.bao.example", 200), ("evil.example", 400), ("tin.example.evil.example", 400)):
        answer = client.get("/", headers={"Host": host})
        assert answer.status_code == status
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "Yêu cầu này không hợp lệ" in client.get("/", headers={"Host": "evil.example"}).text


@pytest.mark.parametrize("path", TRAVERSALS)
def test_no_path_leads_out(client: FlaskClient, path: str) -> None:
    for folder in ("/static/", "/bai/"):
        answer = client.get(folder + path)
        assert answer.status_code in (404, 405, 308, 400), path
        assert "root:" not in answer.text
        assert "create_app" not in answer.text


# --- failures ---


@pytest.mark.parametrize(
    ("failure", "status"), [(RuntimeError("bí mật /srv/index\nx"), 500), (IndexDamagedError("bí mật /srv/index"), 503)]
)
def test_failures_show_nothing_of_the_inside(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, failure: Exception, status: int
) -> None:
    app = create_app(searcher)

    def fail(*_: object) -> None:
        raise failure

    monkeypatch.setattr(type(searcher), "search", fail)
    client = app.test_client()
    with caplog.at_level(logging.ERROR):
        page, data = client.get("/tim?q=a"), client.get("/tim.json?q=a")
    assert page.status_code == data.status_code == status
    for answer in (page, data):
        assert "bí mật" not in answer.text
        assert "/srv" not in answer.text
        assert "Traceback" not in answer.text
        assert answer.headers["Cache-Control"] == "no-store"
    assert set(data.get_json()["error"]) == {"code", "message", "hint"}
    assert len(caplog.records) == 2, "the operator is told"


def test_a_failed_completion_is_data_to_a_program_and_a_page_to_a_person(searcher: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Address bars read JSON only."""
    client = create_app(searcher).test_client()

    def fail(*_: object) -> None:
        raise IndexDamagedError("bí mật /srv/index")

    monkeypatch.setattr("search_app.suggestions.Suggester.suggest", fail)
    for accept in ("*/*", "application/x-suggestions+json, */*;q=0.5"):
        answer = client.get("/goi-y?q=an", headers={"Accept": accept})
        assert (answer.status_code, answer.get_json()["error"]["code"]) == (503, "unavailable")
    page = client.get("/goi-y?q=an", headers={"Accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.mimetype) == (503, "text/html")


def test_log_lines_cannot_be_forged(searcher: Searcher, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    monkeypatch.setattr(type(searcher), "get", lambda *_: 1 / 0)
    with caplog.at_level(logging.ERROR):
        create_app(searcher).test_client().get("/bai/x%0dERROR%20forged%1b[31m")
    assert [record.getMessage() for record in caplog.records] == ["unexpected error at '/bai/x\\rERROR forged\\x1b[31m'"]


@pytest.mark.parametrize(
    "value", ["\ud800", "\x00", "𝒯𝒾𝓃", "a" * 100_000, "(" * 5_000, '"' * 999, "-" * 999, "a:" * 999, "%F0%28%8C", "\u0301" * 500]
)
def test_odd_queries_are_answered(client: FlaskClient, value: str) -> None:
    """A search never fails for what was typed."""
    q = quote(value, errors="surrogatepass")
    for address in (f"/tim?q={q}", f"/tim.json?q={q}", f"/tim.atom?q={q}", f"/tim?noi={q}&nguon={q}&term={q}&ngay={q}&tu={q}"):
        assert client.get(address, follow_redirects=True).status_code == 200
