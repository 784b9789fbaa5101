"""Names of places are looked for whole, typed with marks or without, in every order alike; not what only cuts a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from analyzers.keys import marked_key
from engine.index import ENGINES
from engine.model import SearchRequest, Sort
from engine.query.names import spans_of_names
from engine.query.words import cuts_a_word
from engine.search import Searcher
from tests.support import make, searcher_over

LOCAL = tuple(engine for engine in ENGINES if engine != "opensearch")  # test_opensearch runs the contract on a server
ARTICLES = (
    make("budget", "Xã thu ngân sách vượt kế hoạch", "Ngân sách xã tăng nhờ chợ mới ở Gia Lai."),
    make("apart", "Giải ngân chậm", "Giải ngân chậm, danh sách dự án còn dài; giá xăng tăng trở lại, ủy ban xã họp."),
    make("office", "UBND phường họp", "UBND phường 5 họp về hè phố."),
    make("island", "Chợ đêm đảo ngọc", "Chợ đêm Phú Quốc mở cửa trở lại."),
    make("nation", "Phú Yên hát quốc ca", "Phú Yên hát quốc ca; tổ quốc trên hết, của cải phong phú."),
)


@pytest.fixture(scope="module", params=LOCAL)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    directory: Path = tmp_path_factory.mktemp("words") / "index"
    return searcher_over(directory, analyzer, ARTICLES, request.param)


def found(searcher: Searcher, q: str, sort: Sort = "relevance") -> set[str]:
    """What holds the query, without what follows behind the divider."""
    response = searcher.search(SearchRequest(q, sort=sort, corrections=False))
    return {hit.document.doc_id for hit in response.hits if not hit.folded}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    ("q", "whole"),
    [
        ("ngân sách", {"budget", "apart"}),
        ("Gia Lai", {"budget"}),
        ("phu quoc", {"island"}),
        ("Phú Quốc", {"island"}),
        ("giá lại", {"apart"}),
        ('"gia" "lai"', {"budget", "apart"}),
        ("uy ban nhan dan phuong", {"office"}),
        ("ủy ban xã", {"apart"}),
    ],
)
def test_a_name_is_wanted_whole_in_every_order(searcher: Searcher, q: str, whole: set[str], sort: Sort) -> None:
    assert found(searcher, q, sort) == whole
    assert searcher.count(SearchRequest(q, corrections=False)) == len(whole)


@pytest.mark.parametrize(
    ("row", "first", "last", "cut"),
    [
        ("lễ hội an giang", 1, 3, True),
        ("le hoi an giang", 1, 3, True),
        ("bo y te", 0, 2, True),
        ("tỷ phú trung quốc", 1, 3, True),
        ("du lịch hội an", 2, 4, False),
        ("hội an", 0, 2, False),
    ],
)
def test_whether_a_name_cuts_a_word(row: str, first: int, last: int, cut: bool) -> None:
    assert cuts_a_word(tuple(map(marked_key, row.split())), first, last) == cut


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("thu ngân sách thị xã an khê", ["an khê"]),
        ("thu ngan sach thi xa an khe", ["an khe"]),
        ("tỉnh gia lai và phú yên", ["gia lai", "phú yên"]),
        ("họp sáng nay", []),
        ("lễ hội an giang", []),
        ("du lịch hội an", ["hội an"]),
        ("công an gia lai", ["gia lai"]),
    ],
)
def test_names_are_found_without_their_type_words(row: str, names: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    assert [" ".join(row.split()[first:last]) for first, last in spans_of_names(keys)] == names
