"""Places as data: the same as their pages show, and as the searches they lead to find."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.search_app.conftest import Page

PATHS = ("gia-lai", "gia-lai/an-khe", "gia-lai/an-khe/tay-son", "bac-kan")


@pytest.mark.parametrize("path", PATHS)
def test_counts_of_a_place_are_those_of_its_searches(client: FlaskClient, path: str) -> None:
    articles = client.get(f"/noi/{path}.json").get_json()["articles"]
    ways = {"then": "khi-do", "lineage": "tien-than", "now": "hien-nay"}
    found = {
        key: client.get(f"/tim.json?noi={path}&cach={way}").get_json()["total"] for key, way in ways.items() if articles[key] is not None
    }
    assert found == {key: count for key, count in articles.items() if count is not None}
    assert articles["then"] > 0


@pytest.mark.parametrize("path", PATHS)
def test_units_of_a_place_are_those_of_its_page(client: FlaskClient, page: Page, path: str) -> None:
    text = " ".join(page(f"/noi/{path}").get_text().split())
    place = client.get(f"/noi/{path}.json").get_json()
    assert place["path"] == path
    for unit in place["units"]:
        assert unit["label"] in text
        assert unit["years"] in text
        for kin in (*unit["before"], *unit["after"], *unit["parents"]):
            assert kin["label"] in text
    every = [kin for unit in place["units"] for key in ("parents", "before", "after", "today", "children") for kin in unit[key]]
    assert every
    for href in {kin["href"] for kin in every if kin["href"]}:
        assert client.get(f"{href}.json").status_code == 200


def test_what_became_of_a_town_is_told(client: FlaskClient) -> None:
    (town, *_) = (unit for unit in client.get("/noi/gia-lai/an-khe.json").get_json()["units"] if unit["label"] == "thị xã An Khê")
    assert not town["in_force"]
    assert [kin["label"] for kin in town["after"]]
    assert {child["label"] for child in town["children"]} >= {"phường Tây Sơn"}


def test_provinces_are_counted_as_the_page_counts_them(client: FlaskClient, page: Page) -> None:
    found = client.get("/noi.json").get_json()
    assert len(found["today"]) == 34
    shown = " ".join(page("/noi").get_text().split())
    for one in (*found["today"], *found["former"]):
        assert one["label"] in shown
        assert (one["last"] is None) == (one in found["today"])
    former = {one["path"]: one["articles"] for one in found["former"]}
    assert former["bac-kan"] == client.get("/tim.json?noi=bac-kan").get_json()["total"] > 0


def test_the_map_counts_what_a_search_finds(client: FlaskClient) -> None:
    found, search = (client.get(f"/{name}.json?q=giao+ban").get_json() for name in ("ban-do", "tim"))
    assert (found["total"], found["hits"]) == (search["total"], [])
    old = {count["value"]: count["count"] for count in found["facets"]["place_old"]["counts"]}
    assert {path: client.get(f"/tim.json?q=giao+ban&tinhcu={path}").get_json()["total"] for path in old if path != "?"} == {
        path: count for path, count in old.items() if path != "?"
    }
