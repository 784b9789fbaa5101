"""An article page says when a place was taken from where the source reports from, and how that is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.places import Home
from engine.index import Index
from engine.model import Document
from engine.search import Searcher
from indexer.homes import analyze_from
from search_app import create_app
from tests.support import make

HERE = make("mo", "Xã Trường Xuân làm đường", "Xã Trường Xuân đổ bê tông 2 km đường.", date="2021-03-02", source="Bản tin A")
SONG = "dak-nong/dak-song"


def article(directory: Path, analyzer: ArticleAnalyzer, item: Document, home: Home | None) -> str:
    index = Index.create(directory / "index", analyzer, "memory")
    with index.writer() as writer:
        writer.add(analyze_from(analyzer, item, home))
    answer = create_app(Searcher(index)).test_client().get(f"/bai/{item.doc_id}")
    assert answer.status_code == 200
    return " ".join(answer.text.split())


@pytest.mark.parametrize(
    ("home", "words"),
    [
        (Home(SONG, "learnt", 0.7, 1240), "vì nguồn này thường đưa tin về huyện Đắk Song (Đắk Nông): 70% của 1.240 bài có nơi rõ."),
        (Home(SONG, "setting"), "vì nguồn này đưa tin về huyện Đắk Song (Đắk Nông) (theo cấu hình)."),
        (Home(SONG, "host"), "vì nguồn này đưa tin về huyện Đắk Song (Đắk Nông) (theo tên miền)."),
    ],
)
def test_what_came_from_the_source_is_said(tmp_path: Path, analyzer: ArticleAnalyzer, home: Home, words: str) -> None:
    text = article(tmp_path, analyzer, HERE, home)
    assert words in text
    assert "chọn nơi nguồn này thường đưa tin" in text
    assert "/noi/dak-nong/dak-song/truong-xuan" in text


@pytest.mark.parametrize("named", ["Xã Trường Xuân, huyện Tháp Mười, tỉnh Đồng Tháp đổ bê tông.", "Trời nắng."])
def test_what_did_not_is_not(tmp_path: Path, analyzer: ArticleAnalyzer, named: str) -> None:
    item = make("khac", "Tin trong ngày", named, date="2021-03-02", source="Bản tin A")
    assert "Suy ra vì nguồn" not in article(tmp_path, analyzer, item, Home(SONG, "learnt", 0.7, 12))
