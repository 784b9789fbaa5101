"""The OpenAPI document tells the truth: real answers have its shapes, its values are accepted, others are refused."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from engine import shapes
from engine.model import FACETS
from engine.parameters import FACET_PARAMETERS, ORDER
from engine.places import PLACE_NOW, PLACE_OLD
from engine.search import Searcher
from search_app import create_app
from tests.search_app.json_schema import faults, resolved
from tests.support import ROOT

Document = dict[str, Any]
SEARCHES = (
    "", "q=giao+ban", "q=giao+ban&trang=2", "q=giao+ban&so=0", "q=zzzz+qqqq", "q=thu+ngna+sach", "q=thu+ng%C3%A2n+s%C3%A1ch&explain=1",
    "q=th%E1%BB%8B+x%C3%A3+An+Kh%C3%AA+n%C4%83m+2023", "q=(giao+-", "noi=gia-lai/an-khe&cach=hien-nay", "noi=An+Kh%C3%AA&cach=tien-than",
    "tinhcu=gia-lai", "nguon=%3F&noi=-%3F", "ngay=2023-06&tu=2023&den=2023-12", "sap=cu", "q=giao+ban&gop=khong", "q=giao+ban&trang=999",
    "ky=6+th%C3%A1ng+%C4%91%E1%BA%A7u+n%C4%83m+2023", "q=hop&gan_day=co&viettat=khong&sua=khong", "q=giao+ban&bando=63",
    "q=giao+ban&term=zzzz",
)  # fmt: skip
ASKED = (
    *(("/tim.json", f"/tim.json?{search}") for search in SEARCHES),
    *(("/bai/{doc_id}.json", f"/bai/{doc_id}.json") for doc_id in ("an-khe-ngan-sach", "khong-ngay", "khong-nguon", "loi.json")),
    *(("/lien-quan/{doc_id}.json", f"/lien-quan/{doc_id}.json") for doc_id in ("an-khe-ngan-sach", "khong-ngay")),
    *(("/ban-do.json", f"/ban-do.json?{search}") for search in ("", "q=giao+ban", "noi=gia-lai&cach=hien-nay")),
    ("/noi.json", "/noi.json"),
    *(("/noi/{path}.json", f"/noi/{path}.json") for path in ("gia-lai", "gia-lai/an-khe", "gia-lai/an-khe/tay-son", "bac-kan")),
    ("/goi-y.json", "/goi-y.json"),
    ("/goi-y.json", "/goi-y.json?q=an+kh"),
    ("/goi-y", "/goi-y?q=an+kh"),
    ("/healthz", "/healthz"),
    ("/tim.csv", "/tim.csv?q=giao+ban"),
    ("/tim.atom", "/tim.atom?q=giao+ban"),
    ("/api/openapi.json", "/api/openapi.json"),
)


@pytest.fixture
def document(client: FlaskClient) -> Document:
    found: Document = client.get("/api/openapi.json").get_json()
    return found


def answer_faults(document: Document, path: str, status: int, media: str, value: Any) -> list[str]:
    """What of an answer is not as the document says."""
    responses = document["paths"][path]["get"]["responses"]
    return list(faults(value, responses[str(status)]["content"][media]["schema"], document))


# --- what is answered ---


@pytest.mark.parametrize(("path", "address"), ASKED)
def test_real_answers_are_as_the_document_says(client: FlaskClient, document: Document, path: str, address: str) -> None:
    answer = client.get(address)
    value = json.loads(answer.data) if "json" in answer.mimetype else answer.text
    assert answer.status_code == 200
    assert answer_faults(document, path, 200, answer.mimetype, value) == []
    declared = document["paths"][path]["get"]["responses"]["200"].get("headers", {})
    assert {"ETag", "Link"} & set(answer.headers.keys()) <= set(declared)


def test_the_searches_show_what_there_is_to_show(client: FlaskClient) -> None:
    """Else the test before would look at empty lists."""
    answers = [client.get(f"/tim.json?{search}").get_json() for search in SEARCHES]
    hits = [hit for answer in answers for hit in answer["hits"]]
    for key in ("notices", "offers", "date_offers", "hits", "facets"):
        assert any(answer[key] for answer in answers), key
    for key in ("published", "event_date", "periods", "places", "terms", "snippets", "title_ranges", "explanation"):
        assert any(hit.get(key) for hit in hits), key
    assert {notice.get("position") is None for answer in answers for notice in answer["notices"]} == {True, False}


def test_a_wrong_answer_is_noticed(client: FlaskClient, document: Document) -> None:
    """The checks can fail: a key less, a key more, a value of another kind, deep inside."""
    right = client.get("/tim.json?q=giao+ban").get_json()

    def found(**changed: Any) -> list[str]:
        return answer_faults(document, "/tim.json", 200, "application/json", {**right, **changed})

    assert found() == []
    assert found(total="12") == ["$.total: '12' is no integer"]
    assert found(total=-1) == ["$.total: -1 is out of bounds"]
    assert found(surprise=1) == ["$: surprise is not declared"]
    assert found(hits=[{**right["hits"][0], "title_ranges": [[0]]}]) == ["$.hits[0].title_ranges[0]: 1 items"]
    assert found(folded_without="tones")
    assert "$: hits is missing" in answer_faults(document, "/tim.json", 200, "application/json", {"format": 1})


@pytest.mark.parametrize(
    ("path", "address", "status"),
    [
        ("/tim.json", "/tim.json?sap=hay", 400),
        ("/tim.csv", "/tim.csv?sap=hay", 400),
        ("/tim.atom", "/tim.atom?sap=hay", 400),
        ("/bai/{doc_id}.json", "/bai/khong-co.json", 404),
        ("/lien-quan/{doc_id}.json", "/lien-quan/khong-co.json", 404),
        ("/noi/{path}.json", "/noi/khong/co.json", 404),
        ("/ban-do.json", "/ban-do.json?noi=Xyzzy", 400),
        ("/goi-y.json", "/goi-y.json?limit=3", 400),
    ],
)
def test_errors_are_as_the_document_says(client: FlaskClient, document: Document, path: str, address: str, status: int) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer_faults(document, path, status, answer.mimetype, answer.get_json()) == []


# --- what may be asked ---


def parameters(document: Document, path: str) -> dict[str, Document]:
    """Those of an operation, by name."""
    given = document["paths"][path]["get"].get("parameters", [])
    return {one["name"]: one for one in (resolved(one["$ref"], document) if "$ref" in one else one for one in given)}


def allowed(schema: Document) -> Iterator[str]:
    """Values that a schema says are right, its ends and its default among them."""
    yield from schema.get("enum", ())
    yield from (str(schema[key]) for key in ("minimum", "maximum", "default") if key in schema)


def refused(schema: Document) -> Iterator[str]:
    """Values that a schema says are wrong."""
    if "enum" in schema:
        yield "nothing-of-this"
    if schema.get("type") == "integer":
        yield from ("x", "1.5", str(schema["minimum"] - 1), str(schema["maximum"] + 1))
    if "pattern" in schema:
        yield "x"


def test_values_of_parameters_are_those_of_the_document(client: FlaskClient, document: Document) -> None:
    tried = 0
    for name, one in parameters(document, "/tim.json").items():
        for value in allowed(one["schema"]):
            assert client.get(f"/tim.json?{name}={value}").status_code == 200, (name, value)
        for value in refused(one["schema"]):
            tried += 1
            assert client.get(f"/tim.json?{name}={quote(value)}").status_code == 400, (name, value)
    assert tried > 12


def test_facets_take_as_many_values_as_the_document_says(client: FlaskClient, document: Document) -> None:
    for name, one in parameters(document, "/tim.json").items():
        several = one["schema"]["type"] == "array"
        assert several == (name in FACET_PARAMETERS)
        if name == "nguon":
            most = one["schema"]["maxItems"]
            values = [f"{name}=B%C3%A1o+{number}" for number in range(most + 1)]
            assert client.get(f"/tim.json?{'&'.join(values[:most])}").status_code == 200
            assert client.get(f"/tim.json?{'&'.join(values)}").get_json()["error"]["code"] == "too-many-values"


def test_every_search_takes_every_parameter(document: Document) -> None:
    for path in ("/tim.json", "/tim.csv", "/tim.atom", "/ban-do.json"):
        assert list(parameters(document, path)) == [*ORDER, "bando"]


def test_the_page_size_is_that_of_the_site(client: FlaskClient, document: Document) -> None:
    assert parameters(document, "/tim.json")["so"]["schema"]["default"] == len(client.get("/tim.json?q=giao+ban").get_json()["hits"])


@pytest.mark.parametrize("page_size", [3, 100, 200])
def test_the_page_size_of_a_site_is_one_that_may_be_asked_for(searcher: Searcher, page_size: int) -> None:
    client = create_app(searcher, page_size=page_size).test_client()
    size = parameters(client.get("/api/openapi.json").get_json(), "/tim.json")["so"]["schema"]
    assert (size["default"], size["maximum"]) == (page_size, max(100, page_size))
    for value, status in ((page_size, 200), (size["maximum"], 200), (size["maximum"] + 1, 400)):
        assert client.get(f"/tim.json?so={value}").status_code == status


# --- the document itself ---


def test_every_address_of_data_is_in_the_document(app: Flask, document: Document) -> None:
    data = {rule.rule for rule in app.url_map.iter_rules() if re.search(r"\.(json|csv|atom)$|^/(healthz|goi-y|api)", rule.rule)}
    assert {re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", rule) for rule in data} == set(document["paths"])


def test_the_document_is_whole(document: Document) -> None:
    assert document["openapi"].startswith("3.1.")
    assert document["info"] == {"title": "timtin", "version": "1", "description": document["info"]["description"]}
    operations = [operation for path in document["paths"].values() for operation in path.values()]
    assert len({operation["operationId"] for operation in operations}) == len(operations)
    for path, operation in document["paths"].items():
        inside = {name for name, one in parameters(document, path).items() if one["in"] == "path"}
        assert inside == set(re.findall(r"\{(\w+)\}", path))
        assert all("description" in response for response in operation["get"]["responses"].values())
    used = set(re.findall(r'"(#/components/[^"]+)"', json.dumps(document)))
    assert all(resolved(reference, document) for reference in used)
    assert used == {f"#/components/{kind}/{name}" for kind, them in document["components"].items() for name in them}


def test_facets_are_those_that_are_counted() -> None:
    assert set(shapes.Facets.__annotations__) == {*FACETS, PLACE_NOW, PLACE_OLD}


def test_the_page_of_the_api_names_every_address_and_parameter(document: Document) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for path in document["paths"]:
        assert path.replace("{", "<").replace("}", ">") in text, path
    for name in document["components"]["parameters"]:
        assert f"`{name}`" in text or f"`{name}=" in text, name


def test_the_page_of_the_api_names_every_key_of_an_answer(document: Document) -> None:
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    for name, schema in document["components"]["schemas"].items():
        for key in schema.get("properties", {}):
            assert re.search(rf"\b{key}\b", text), (name, key)
