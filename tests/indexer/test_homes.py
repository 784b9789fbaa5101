"""Homes of sources: set, read off a host's name, or learnt; they settle what an article leaves open, and show."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.places import Homes
from engine.index import Index
from engine.model import StoredDocument
from engine.search import Searcher
from indexer import homes
from indexer.clusters import IN_MEMORY, Clusters
from indexer.homes import settle_homes
from indexer.run import Options, index_paths
from indexer.workers import choice

SOURCE = "Bản tin Thuận Hạnh"
OPEN = {
    "id": "mo",
    "title": "Xã Trường Xuân làm đường",
    "text": "Xã Trường Xuân đổ bê tông 2 km đường.",
    "source": SOURCE,
    "date": "2021-03-02",
}
SILENT = {"id": "lang", "title": "Tập huấn cán bộ", "text": "UBND huyện tập huấn cho 40 cán bộ.", "source": SOURCE, "date": "2021-03-03"}


def known(count: int, place: str = "huyện Đắk Song, tỉnh Đắk Nông") -> list[dict[str, Any]]:
    """Articles of the source about a place that they name, each with a text of its own."""
    return [
        {
            "id": f"{place}-{n}",
            "title": f"Tin số {n}",
            "text": f"Sáng {n}-2, {place} họp lần thứ {n}.",
            "source": SOURCE,
            "date": "2021-02-28",
        }
        for n in range(1, count + 1)
    ]


def indexed(directory: Path, analyzer: ArticleAnalyzer, articles: Iterable[dict[str, Any]], engine: str = "memory") -> Searcher:
    """An index over the articles; called again, over the changed ones."""
    file = directory / "tin.ndjson"
    directory.mkdir(exist_ok=True)
    file.write_text("".join(json.dumps(article, ensure_ascii=False) + "\n" for article in articles), encoding="utf-8")
    index = Index.open_or_create(directory / "index", analyzer, engine)
    index_paths(index, [str(file)])
    return Searcher(index)


def stored(searcher: Searcher, doc_id: str) -> StoredDocument:
    found = searcher.get(doc_id)
    assert found is not None
    return found


def places(searcher: Searcher, doc_id: str) -> list[tuple[str, str]]:
    return [(place.path, place.rule) for place in stored(searcher, doc_id).places if place.role == "primary"]


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_a_home_is_learnt_from_the_other_articles_whatever_their_order(tmp_path: Path, analyzer: ArticleAnalyzer, engine: str) -> None:
    first = indexed(tmp_path / "a", analyzer, [OPEN, SILENT, *known(10)], engine)
    assert places(first, "mo") == [("dak-nong/dak-song/truong-xuan", "home")]
    assert places(first, "lang") == [("dak-nong/dak-song", "source")]
    assert stored(first, "mo").home == ("dak-nong/dak-song", "learnt", 1.0, 10)
    assert stored(first, "huyện Đắk Song, tỉnh Đắk Nông-1").home is None
    last = indexed(tmp_path / "b", analyzer, [*known(10), SILENT, OPEN], engine)
    assert stored(last, "mo") == stored(first, "mo")
    with Clusters(IN_MEMORY) as clusters:
        assert settle_homes(first.index, clusters) == 0


@pytest.mark.parametrize("engine", ["tantivy", "whoosh", "memory"])
def test_all_that_a_home_may_settle_is_settled_however_few_are_looked_up_at_once(
    tmp_path: Path, analyzer: ArticleAnalyzer, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(homes, "_PAGE", 2)
    monkeypatch.setattr(homes, "BATCH", 100)
    days = ["2021-03-02", "2021-03-02", "2020-12-31", None, None]
    silent = [{**SILENT, "id": f"lang-{n}", "text": f"{SILENT['text']} Lớp {n}.", "date": day} for n, day in enumerate(days)]
    searcher = indexed(tmp_path, analyzer, [*silent, *known(10)], engine)
    assert [places(searcher, one["id"]) for one in silent] == [[("dak-nong/dak-song", "source")]] * len(silent)


def test_nine_articles_tell_nothing_and_a_tenth_settles_the_earlier_ones(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    assert places(indexed(tmp_path, analyzer, [OPEN, *known(9)]), "mo") == []
    assert places(indexed(tmp_path, analyzer, [OPEN, *known(10)]), "mo") == [("dak-nong/dak-song/truong-xuan", "home")]


def test_a_source_that_turns_to_other_places_loses_its_home(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    assert places(indexed(tmp_path, analyzer, [OPEN, SILENT, *known(10)]), "lang") != []
    turned = indexed(tmp_path, analyzer, [OPEN, SILENT, *known(10), *known(12, "thành phố Hà Nội"), *known(12, "tỉnh Cà Mau")])
    assert (places(turned, "mo"), places(turned, "lang"), stored(turned, "lang").home) == ([], [], None)


def test_a_home_that_is_set_or_in_the_hosts_name_needs_no_other_articles(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    given = ArticleAnalyzer(analyzer.analyzer, analyzer.finder, Homes({SOURCE.casefold(): "dak-nong/dak-song"}))
    assert stored(indexed(tmp_path / "a", given, [OPEN]), "mo").home == ("dak-nong/dak-song", "setting", 0.0, 0)
    url = {**OPEN, "url": "https://daksong.daknong.gov.vn/bai/1"}
    hosted = indexed(tmp_path / "b", analyzer, [url])
    assert stored(hosted, "mo").home == ("dak-nong/dak-song", "host", 0.0, 0)
    assert places(hosted, "mo") == [("dak-nong/dak-song/truong-xuan", "home")]


def test_what_an_article_says_itself_is_not_overruled(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    elsewhere = {**OPEN, "id": "noi-khac", "text": "Xã Trường Xuân, huyện Tháp Mười, tỉnh Đồng Tháp đổ bê tông 2 km đường."}
    searcher = indexed(tmp_path, analyzer, [elsewhere, *known(10)])
    assert places(searcher, "noi-khac") == [("dong-thap/thap-muoi/truong-xuan", "title")]
    assert stored(searcher, "noi-khac").home is None


def test_worker_processes_know_the_homes_that_are_set(tmp_path: Path, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choice, "SMALL", 0)
    given = ArticleAnalyzer(analyzer.analyzer, analyzer.finder, Homes({SOURCE.casefold(): "dak-nong/dak-song"}))
    file = tmp_path / "tin.ndjson"
    file.write_text(json.dumps(OPEN, ensure_ascii=False) + "\n", encoding="utf-8")
    index = Index.create(tmp_path / "index", given, "memory")
    report = index_paths(index, [str(file)], Options(workers=1))
    assert (report.added, report.workers) == (1, 1)
    assert places(Searcher(index), "mo") == [("dak-nong/dak-song/truong-xuan", "home")]
