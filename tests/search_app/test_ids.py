"""Ids that a source gives are text: whatever they hold, an article is found at its address and no other."""

from __future__ import annotations

import json
from urllib.parse import urljoin

import pytest
from bs4 import BeautifulSoup

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.search import Searcher
from indexer.run import index_paths
from search_app import create_app

IDS = [
    "..",
    ".",
    "a",
    "a.json",
    "../../tim",
    "/tim",
    "//bao.example",
    "a?b=1",
    "a#b",
    "a/b",
    "a//b",
    "%2e%2e",
    "C:\\x",
    "a\nb",
    "con",
    "-x",
    "<b>",
]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    folder = tmp_path_factory.mktemp("ids")
    lines = [json.dumps({"id": one, "title": f"Tin lạ {number}", "text": f"Bài lạ {number}."}) for number, one in enumerate(IDS)]
    (folder / "a.ndjson").write_text("\n".join(lines))
    index = Index.create(folder / "index", analyzer, "memory")
    assert index_paths(index, [str(folder / "a.ndjson")]).added == len(IDS)
    return Searcher(index)


def test_every_result_leads_to_its_own_article(site: Searcher) -> None:
    """Links are resolved as a browser does, dots and all."""
    client = create_app(site, page_size=100).test_client()
    page = BeautifulSoup(client.get("/tim?q=l%E1%BA%A1").text, "lxml")
    links = {str(link["href"]): link.get_text(" ", strip=True) for link in page.select("a[href*='/bai/']")}
    titles = {}
    for href, text in links.items():
        path = urljoin("http://localhost/tim", href)
        assert path.startswith("http://localhost/bai/"), href
        answer = client.get(path.removeprefix("http://localhost"))
        assert answer.status_code == 200, href
        heading = BeautifulSoup(answer.text, "lxml").select_one("h1")
        assert heading is not None
        titles[heading.get_text(" ", strip=True)] = text
    assert set(titles) == {f"Tin lạ {number}" for number in range(len(IDS))}


def test_an_id_that_ends_like_data_is_a_page_also_where_its_beginning_is_an_id(site: Searcher) -> None:
    client = create_app(site).test_client()
    assert client.get("/bai/a.json.json").get_json()["doc_id"] == "a.json"
    assert "Tin lạ 3" in client.get("/bai/a.json").text
    assert "Tin lạ 2" in client.get("/bai/a").text
