"""What was answered before is not answered again, and what is new always is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from analyzers.article import ArticleAnalyzer
from engine.index import Index
from engine.model import SearchRequest, SearchResponse
from engine.related import Related
from engine.search import Searcher
from indexer.analysis import analyze_document
from search_app import create_app
from search_app.fresh import program
from tests.support import make, searcher_over

DATA = (
    "/tim.json?q=chợ", "/tim.csv?q=chợ", "/tim.atom?q=chợ", "/ban-do.json?q=chợ", "/noi.json", "/noi/gia-lai.json", "/bai/a.json",
    "/lien-quan/a.json",
)  # fmt: skip


@pytest.fixture
def archive(tmp_path: Path, analyzer: ArticleAnalyzer) -> Searcher:
    return searcher_over(tmp_path / "index", analyzer, [make("a", "Chợ phiên", "Chợ phiên họp ở tỉnh Gia Lai.", date="2023-05-06")])


def tag(client: FlaskClient, address: str) -> str:
    return client.get(address).headers["ETag"]


def status(client: FlaskClient, address: str, known: str) -> int:
    return client.get(address, headers={"If-None-Match": known}).status_code


@pytest.mark.parametrize("address", DATA)
def test_a_commit_of_another_process_makes_every_answer_new(archive: Searcher, analyzer: ArticleAnalyzer, address: str) -> None:
    client = create_app(archive).test_client()
    known = tag(client, address)
    assert status(client, address, known) == 304
    with Index.open(archive.index.directory, analyzer).writer() as writer:
        writer.add(analyze_document(analyzer, make("b", "Chợ đêm", "Chợ đêm mở ở tỉnh Gia Lai.", date="2023-05-07")))
    assert status(client, address, known) == 200
    assert status(client, address, tag(client, address)) == 304


@pytest.mark.parametrize("address", DATA)
def test_what_is_known_costs_no_search(archive: Searcher, monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    client = create_app(archive).test_client()
    known = tag(client, address)

    def never(*_: object, **__: object) -> None:
        raise AssertionError("nothing is to be asked of the index")

    for name in ("search", "related", "count"):
        monkeypatch.setattr(Searcher, name, never)
    assert status(client, address, known) == 304


def test_every_server_of_an_index_gives_the_same_tag(archive: Searcher, analyzer: ArticleAnalyzer) -> None:
    other = Searcher(Index.open(archive.index.directory, analyzer))
    assert [tag(create_app(one).test_client(), DATA[0]) for one in (archive, other)] == [
        tag(create_app(archive).test_client(), DATA[0])
    ] * 2


def test_other_questions_have_other_tags(archive: Searcher) -> None:
    client, wide = create_app(archive).test_client(), create_app(archive, page_size=7).test_client()
    assert (
        len(
            {
                tag(client, "/tim.json?q=chợ"),
                tag(client, "/tim.json?q=chợ&so=1"),
                tag(client, "/tim.csv?q=chợ"),
                tag(wide, "/tim.json?q=chợ"),
            }
        )
        == 4
    )


def test_a_feed_of_another_name_has_another_tag(archive: Searcher) -> None:
    one, other = (create_app(archive, site_name=name).test_client() for name in ("Một", "Hai"))
    known = tag(one, "/tim.atom?q=chợ")
    assert status(one, "/tim.atom?q=chợ", known) == 304
    assert status(other, "/tim.atom?q=chợ", known) == 200


def test_what_runs_is_told_when_it_starts(archive: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """Files and packages that are replaced while a server runs are not what it answers with."""
    program.cache_clear()
    client = create_app(archive).test_client()
    monkeypatch.setattr("search_app.fresh.version", lambda package: f"{package} 999")
    program.cache_clear()
    known = tag(client, DATA[0])
    program.cache_clear()
    assert status(client, DATA[0], known) == 304
    assert status(create_app(archive).test_client(), DATA[0], known) == 200
    program.cache_clear()


def test_a_new_day_asks_anew(archive: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """*Hôm qua* was another day."""
    client = create_app(archive).test_client()
    address = "/tim.json?q=ngày:%22hôm qua%22"
    monkeypatch.setattr("search_app.site.vietnam_today", lambda: date(2026, 3, 1))
    known = tag(client, address)
    assert status(client, address, known) == 304
    monkeypatch.setattr("search_app.site.vietnam_today", lambda: date(2026, 3, 2))
    assert status(client, address, known) == 200


def test_where_commits_are_not_seen_the_answer_itself_is_compared(archive: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    """As with an index on servers. The time it took is no part of it."""
    monkeypatch.setattr(Index, "edition", lambda _: None)
    client = create_app(archive).test_client()
    search, took = Searcher.search, iter(range(1, 100))
    monkeypatch.setattr(Searcher, "search", lambda self, request: replace(search(self, request), took_ms=next(took) / 8))
    first = client.get(DATA[0])
    assert status(client, DATA[0], first.headers["ETag"]) == 304
    assert client.get(DATA[0]).get_json()["took_ms"] != first.get_json()["took_ms"]
    assert status(client, "/tim.json?q=nhà", first.headers["ETag"]) == 200


def test_an_answer_that_lacks_a_part_is_not_kept(archive: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
    search, related = Searcher.search, Searcher.related

    def late(self: Searcher, request: SearchRequest) -> SearchResponse:
        return replace(search(self, request), timed_out=True)

    def late_too(self: Searcher, doc_id: str) -> Related | None:
        found = related(self, doc_id)
        return found and replace(found, timed_out=True)

    monkeypatch.setattr(Searcher, "search", late)
    monkeypatch.setattr(Searcher, "related", late_too)
    client = create_app(archive).test_client()
    lacking = [address for address in DATA if address != "/bai/a.json"]
    for address in lacking:
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Cache-Control"], answer.headers.get("ETag")) == (200, "no-store", None), address
        if answer.is_json:
            assert answer.get_json()["timed_out"] is True
    monkeypatch.undo()
    assert [client.get(address).get_json()["timed_out"] for address in lacking if ".json" in address] == [False] * 5


def test_what_is_not_there_is_not_found_whoever_knows_anything(archive: Searcher) -> None:
    client = create_app(archive).test_client()
    assert status(client, "/bai/khong-co.json", "*") == 404
    assert status(client, "/noi/khong-co.json", "*") == 404


def test_an_index_of_servers_has_no_edition_and_one_here_a_new_one_with_each_commit(archive: Searcher, analyzer: ArticleAnalyzer) -> None:
    first = archive.index.edition()
    assert first is not None
    assert first == Index.open(archive.index.directory, analyzer).edition()
    with archive.index.writer() as writer:
        writer.delete("a")
    assert archive.index.edition() not in (None, first)
    archive.index.meta = replace(archive.index.meta, engine="opensearch")
    assert archive.index.edition() is None
