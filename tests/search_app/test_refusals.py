"""What a program cannot be given just so is refused, in one shape; a page goes on and says so."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from werkzeug.datastructures import MultiDict

from search_app.security import MAX_BODY_BYTES
from search_app.strict import OPENAPI, BadParametersError, check_names
from tests.search_app.conftest import Page
from tests.support import ROOT

DOCUMENTED = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
WRONG = [
    ("nguoon=x", "unknown-parameter", "nguoon"),
    ("limit=5", "unknown-parameter", "limit"),
    ("tu=2023&tu=2024", "repeated-parameter", "tu"),
    ("q=&q=giao+ban", "repeated-parameter", "q"),
    ("so=1000", "bad-number", "so=1000"),
    ("so=-1", "bad-number", "so=-1"),
    ("trang=0", "bad-number", "trang=0"),
    ("trang=hai", "bad-number", "trang=hai"),
    ("cum=x", "bad-number", "cum=x"),
    (f"cum={'0' * 20}{'9' * 30}", "bad-number", "cum=0"),
    ("sap=ngay", "bad-sort", "ngay"),
    ("cach=xua", "bad-names", "xua"),
    ("sua=no", "bad-choice", "sua=no"),
    ("explain=2", "bad-choice", "explain=2"),
    ("tu=2023-13", "bad-date", "2023-13"),
    ("den=mai", "bad-date", "mai"),
    ("tu=2024&den=2023", "bad-date", "2024"),
    ("ngay=2023-06-30", "bad-date", "2023-06-30"),
    ("ky=khi+nao", "bad-period", "khi nao"),
    ("nhiem_ky=xyz", "bad-tenure", "xyz"),
    ("noi=Xyzzy", "unknown-place", "Xyzzy"),
    ("noi=-Xyzzy", "unknown-place", "Xyzzy"),
    ("tinhcu=Xyzzy", "unknown-place", "Xyzzy"),
]


MANY_PLACES = "noi=T%C3%A2n+L%E1%BA%ADp&noi=T%C3%A2n+Th%C3%A0nh&noi=bac-kan"
"""Two names that dozens of communes bear: links name every one of them."""


@pytest.mark.parametrize("ending", [".json", ".csv", ".atom"])
@pytest.mark.parametrize(("query", "code", "named"), WRONG)
def test_what_cannot_be_used_is_refused_and_named(client: FlaskClient, query: str, code: str, named: str, ending: str) -> None:
    answer = client.get(f"/tim{ending}?q=giao+ban&{query}" if "q=" not in query else f"/tim{ending}?{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    error = answer.get_json()["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["code"] == code
    assert named in error["message"]
    assert not re.search(r"bỏ qua|; (chỉ )?dùng \d", error["message"]), "nothing was answered, so nothing was left out or replaced"
    assert error["message"].endswith(".")
    assert error["hint"]
    assert f"`{code}`" in DOCUMENTED
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers


@pytest.mark.parametrize(("query", "code", "named"), [one for one in WRONG if one[1] not in ("unknown-parameter", "repeated-parameter")])
def test_a_page_goes_on_and_says_so(client: FlaskClient, query: str, code: str, named: str) -> None:
    answer = client.get(f"/tim?q=giao+ban&{query}")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert named in answer.text
    assert client.get(f"/ban-do?q=giao+ban&{query}").status_code == 200


def test_a_page_links_to_data_that_is_answered(client: FlaskClient) -> None:
    """Also where the page went on without a filter: what it shows is what the links lead to."""
    for query in (*(query for query, *_ in WRONG), MANY_PLACES):
        text = client.get(f"/tim?q=giao+ban&{query}" if "q=" not in query else f"/tim?{query}", follow_redirects=True).text
        links = [
            part.split('"')[0].replace("&amp;", "&")
            for part in text.split('href="')[1:]
            if part.startswith(("/tim.json", "/tim.csv", "/tim.atom"))
        ]
        assert len(links) >= 3
        assert {client.get(link).status_code for link in links} == {200}


def test_the_next_page_of_names_that_many_bear_is_answered(client: FlaskClient) -> None:
    first = client.get(f"/tim.json?so=1&{MANY_PLACES}")
    following = first.headers["Link"].partition("<")[2].partition(">")[0]
    assert following.count("noi=") > 80
    second = client.get(following)
    assert (second.status_code, second.get_json()["total"]) == (200, first.get_json()["total"])


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("noi=An+Kh%C3%AA", "ambiguous-place"),
        ("noi=gia-lai/an-khe&cach=hien-nay", None),
        ("noi=B%E1%BA%AFc+K%E1%BA%A1n&cach=hien-nay", "former-place"),
    ],
)
def test_what_was_understood_is_no_error(client: FlaskClient, query: str, code: str | None) -> None:
    answer = client.get(f"/tim.json?{query}")
    assert answer.status_code == 200
    assert code in {notice["code"] for notice in answer.get_json()["notices"]} | {None}


@pytest.mark.parametrize("q", ["(((", 'ngày:xyz "', "ở:Xyzzy", "-", "a:b", "noi=x&sap=y", "\x00", "*"])
def test_a_query_is_never_refused(client: FlaskClient, q: str) -> None:
    for ending in (".json", ".csv", ".atom"):
        assert client.get(f"/tim{ending}?q={quote(q)}").status_code == 200


def test_all_that_is_wrong_is_told_at_once(client: FlaskClient) -> None:
    error = client.get("/tim.json?sap=ngay&so=1000&noi=Xyzzy").get_json()["error"]
    assert [name in error["message"] for name in ("ngay", "so=1000", "Xyzzy")] == [True] * 3


@pytest.mark.parametrize("path", ["/tim.json", "/tim.csv", "/tim.atom", "/ban-do.json"])
def test_names_and_values_that_are_wrong_are_told_together(client: FlaskClient, path: str) -> None:
    error = client.get(f"{path}?nguoon=x&tu=2023&tu=2024&sap=zz").get_json()["error"]
    assert error["code"] == "unknown-parameter"
    assert [name in error["message"] for name in ("“nguoon”", "“tu”", "“zz”")] == [True] * 3
    assert ["nguon?" in error["hint"], "Giữ lại một giá trị" in error["hint"]] == [True, True]


def test_of_many_faults_the_first_five_are_told(client: FlaskClient) -> None:
    message = client.get("/tim.json?so=x&trang=x&tu=x&sap=x&gan_day=x&explain=x").get_json()["error"]["message"]
    assert [one in message for one in ("so=x", "trang=x", "ngày “x”", "sắp xếp “x”", "gan_day=x", "explain=x")] == [True] * 5 + [False]
    assert client.get("/tim.json?a=1&b=1&c=1&d=1&e=1&sap=zz").get_json()["error"]["message"].count("không có tham số") == 5


def test_a_mistyped_name_is_told_the_right_one(client: FlaskClient) -> None:
    assert "nguon?" in client.get("/tim.json?nguoon=x").get_json()["error"]["hint"]
    long = client.get(f"/tim.json?{'x' * 5000}=1").get_json()["error"]
    assert len(long["message"]) < 200
    many = client.get("/tim.json?" + "&".join(f"x{number}=1" for number in range(900))).get_json()["error"]
    assert [name in many["message"] for name in ("“x0”", "“x4”", "“x5”")] == [True, True, False]


@pytest.mark.parametrize(
    ("path", "unused"),
    [
        ("/tim.atom", "sap=cu"),
        ("/tim.atom", "explain=1"),
        ("/tim.csv", "explain=1"),
        ("/tim.json", "sap=moi&gan_day=co"),
        ("/tim.json", "sap=moi&explain=1"),
        ("/ban-do.json", "sap=cu&gan_day=co&so=5&trang=3&explain=1"),
    ],
)
def test_what_has_no_meaning_somewhere_changes_nothing_there(client: FlaskClient, path: str, unused: str) -> None:
    def body(query: str) -> str:
        answer = client.get(f"{path}?q=giao+ban&{query}")
        assert answer.status_code == 200
        return re.sub(r'"took_ms":[^,]*|<link rel="(self|alternate)".*|<id>http://localhost/tim.*', "", answer.text)

    assert body(unused) == body("sap=moi" if "sap=moi" in unused else "")


@pytest.mark.parametrize("path", ["/bai/ba-cap", "/lien-quan/ba-cap", "/noi", "/noi/gia-lai"])
def test_json_can_be_put_into_the_address_of_a_page(client: FlaskClient, path: str) -> None:
    asked = client.get(f"{path}.json?q=giao+ban&thu=1&cach=hien-nay&utm_source=x")
    assert (asked.status_code, asked.get_json()) == (200, client.get(f"{path}.json").get_json())


def test_where_nothing_is_taken_no_list_is_shown() -> None:
    with pytest.raises(BadParametersError) as error:
        check_names(MultiDict([("x", "1")]), ())
    assert error.value.hint == f"Xem {OPENAPI}"


@pytest.mark.parametrize(
    "name",
    ["noi", "-noi", "tinhcu", "ngay", "ky", "nhiem_ky", "tu", "den", "sap", "cach", "gan_day", "viettat", "cum", "trang", "so", "explain"],
)
def test_of_a_long_value_the_beginning_is_repeated(client: FlaskClient, name: str) -> None:
    minus = "-" if name.startswith("-") else ""
    error = client.get(f"/tim.json?{name.removeprefix('-')}={minus}{'xyz' * 9000}").get_json()["error"]
    assert "xyzxyz" in error["message"]
    assert "…”" in error["message"]
    assert len(error["message"]) < 300


def test_a_page_repeats_a_long_date_only_where_it_can_be_corrected(page: Page) -> None:
    found = page(f"/tim?q=giao+ban&tu={'xyz' * 900}")
    assert "Không hiểu ngày “xyz" in found.get_text()
    assert "xyz" * 100 not in found.get_text()
    assert "xyz" * 900 in {field.get("value") for field in found.select("input[name=tu]")}


def test_empty_parameters_are_none(client: FlaskClient) -> None:
    assert (
        client.get("/tim.json?q=giao+ban&noi=&tu=&den=&sap=&so=").get_json()["total"]
        == client.get("/tim.json?q=giao+ban").get_json()["total"]
    )
    whole = client.get("/tim.csv?q=giao+ban").data
    assert [client.get(f"/tim.csv?q=giao+ban&{empty}").data == whole for empty in ("so=", "trang=", "so=+&trang=")] == [True] * 3
    assert client.get("/tim.csv?q=giao+ban&trang=1").data != whole


@pytest.mark.parametrize(
    ("method", "address", "status", "code"),
    [
        ("GET", "/api", 404, "not-found"),
        ("GET", "/api/", 404, "not-found"),
        ("GET", "/api/nope", 404, "not-found"),
        ("GET", "/nope.json", 404, "not-found"),
        ("POST", "/api/openapi.json", 405, "method-not-allowed"),
        ("DELETE", "/tim.csv", 405, "method-not-allowed"),
        ("PUT", "/bai/ba-cap.json", 405, "method-not-allowed"),
    ],
)
def test_every_error_of_data_has_one_shape(client: FlaskClient, method: str, address: str, status: int, code: str) -> None:
    answer = client.open(address, method=method)
    assert (answer.status_code, answer.mimetype) == (status, "application/json")
    assert answer.get_json()["error"]["code"] == code
    assert set(answer.get_json()["error"]) == {"code", "message", "hint"}
    if status == 404:
        assert address in answer.get_json()["error"]["message"]
    if status == 405:
        assert "GET" in answer.headers["Allow"]


@pytest.mark.parametrize("address", ["/bai/khong-co", "/bai/khong-co.csv", "/bai/2024/khong-co.atom", "/noi/khong-co.csv"])
def test_a_page_that_is_not_there_is_a_page_whatever_its_end(client: FlaskClient, address: str) -> None:
    """Names of files are ids of articles."""
    answer = client.get(address)
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


@pytest.mark.parametrize("address", ["/api/openapi.json", "/api/nope", "/tim.json", "/tim.atom"])
def test_large_bodies_are_refused_in_the_same_shape(client: FlaskClient, address: str) -> None:
    answer = client.post(address, data=b"x" * (MAX_BODY_BYTES + 1))
    assert (answer.status_code, answer.get_json()["error"]["code"]) == (413, "too-large")


@pytest.mark.parametrize(
    "address", ["/tim.json?q=giao+ban", "/api/openapi.json", "/tim.csv?q=a", "/bai/ba-cap.json", "/tim.json?sap=x", "/api/nope"]
)
def test_head_tells_what_get_would(client: FlaskClient, address: str) -> None:
    got, head = client.get(address), client.head(address)
    names = ("Content-Type", "ETag", "Cache-Control", "Link")
    assert head.status_code == got.status_code
    assert [head.headers.get(name) for name in names] == [got.headers.get(name) for name in names]
    assert head.data == b""
