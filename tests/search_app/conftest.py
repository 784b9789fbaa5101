"""The archive of `archive.py` behind a web application."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from engine.search import Searcher
from search_app import create_app
from tests.search_app import archive

Page = Callable[[str], BeautifulSoup]


@pytest.fixture(scope="session")
def searcher(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    return archive.build(tmp_path_factory.mktemp("web") / "index", analyzer)


@pytest.fixture(scope="session")
def app(searcher: Searcher) -> Flask:
    return create_app(searcher, page_size=10)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def page(client: FlaskClient) -> Page:
    """Fetch an address, following redirects, and parse the page."""

    def fetch(address: str) -> BeautifulSoup:
        answer = client.get(address, follow_redirects=True)
        assert answer.status_code == 200, answer.text
        return BeautifulSoup(answer.text, "html.parser")

    return fetch
