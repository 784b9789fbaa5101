"""Slips in short queries: missing spaces, names, and words that nothing holds; what runs in their place, and what never does."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.model import SearchRequest
from engine.search import Searcher
from engine.spellings import Spellings
from engine.spellings.rewording import rewordings
from tests.support import make, searcher_over

TIMES = 12
"""How often each sentence is in the archive, so that what it says counts as usage."""
FOREIGN = (
    "Danh thủ Ronaldo ghi bàn cho Juventus ở trận mở màn.",
    "Hãng Nokia ra máy Lumia X3 hỗ trợ HTTPS.",
    "Logo mới của Nokia gây tranh cãi.",
    "Trẻ em vùng cao đến trường.",
    "Ca sĩ Madona mang thai đôi.",
    "Cuộc thi Robothi khai mạc.",
)


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    texts = [make(f"{n}-{time}", sentence, sentence) for n, sentence in enumerate(FOREIGN) for time in range(TIMES)]
    return searcher_over(tmp_path_factory.mktemp("names") / "index", analyzer, texts)


def ran(searcher: Searcher, q: str) -> tuple[str | None, str]:
    """What a query was run in place of, and what ran."""
    response = searcher.search(SearchRequest(q, copies=True))
    return response.corrected_from, response.request.q


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("NokiaLumia X3", "nokia lumia X3"),
        ("Nokia LumiaX3", "Nokia lumia x3"),
        ("hỗ trợHTTPS", "hỗ trợ https"),
        ("LogoNokia", "logo nokia"),
        ("trẻem vùng cao", "trẻ em vùng cao"),
        ("Nokiahỗ trợ", "nokia hỗ trợ"),
    ],
)
def test_a_missing_space_is_put_back_between_any_words(names: Searcher, q: str, meant: str) -> None:
    typed, running = ran(names, q)
    assert (typed, running.lower()) == (q, meant.lower())


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("Madona mang thau", "Madona mang thai"),
        ("Madona mng thai", "Madona mang thai"),
        ("Cuộc tho Robothi", "Cuộc thi Robothi"),
        ("Nokai Lumia X3", "Nokia Lumia X3"),
        ("Ronadlo", "Ronaldo"),
        ("trận Juventis", "trận Juventus"),
    ],
)
def test_a_few_words_that_find_nothing_run_as_their_neighbours_want_them(names: Searcher, q: str, meant: str) -> None:
    assert ran(names, q) == (q, meant)


@pytest.mark.parametrize(
    "q", ["Nokia Lumia X3", "mang thai", "Logo Nokia", "Ronaldo Juventus", "tranh cãi", "em vùng trẻ", "cao vùng", "Ca sĩ", "đôi thai"]
)
def test_what_finds_something_runs_as_typed(names: Searcher, q: str) -> None:
    response = names.search(SearchRequest(q, copies=True))
    assert response.total
    assert (response.corrected_from, response.request.q) == (None, q)


def test_what_is_sure_runs_although_something_else_is_not(names: Searcher) -> None:
    found = rewordings("vungf cao Ronaldo ghi ban cho mng", Spellings(names.index.snapshot()), names.index.analyzer.analyzer.analyze)
    assert (found[0].q, found[0].sure) == ("vùng cao Ronaldo ghi ban cho mng", True)


def test_three_words_that_nothing_holds_are_answered_by_two_of_them(names: Searcher) -> None:
    response = names.search(SearchRequest("Nokia Lumia quazzel", copies=True))
    assert response.total == TIMES
    assert "most-words" in [notice.code for notice in response.notices]
    assert "words" in [offer.kind for offer in response.offers]
    assert names.search(SearchRequest("Nokia Lumia quazzel", corrections=False)).total == 0
    assert names.search(SearchRequest("Nokia quazzel")).total == 0, "two words stay strict"


def test_marks_go_before_words(names: Searcher) -> None:
    """Three words that articles hold with other marks are answered by those, behind the divider."""
    response = names.search(SearchRequest("đôi sỉ thai", copies=True))
    assert (response.total, response.folded_total, response.folded_without) == (0, TIMES, "marks")


def test_two_chance_neighbours_do_not_make_a_syllable_well_typed(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """A few articles have *lãi xuất*, a few *xuất ngân*: neither speaks for *xuất* between both as *lãi suất* does for *suất*."""
    sentences = {"Lãi suất ngân hàng hạ.": 120, "Bàn lãi xuất kho.": 2, "Kho xuất ngân phiếu.": 2}
    texts = [make(f"{n}-{time}", text, text) for n, (text, times) in enumerate(sentences.items()) for time in range(times)]
    spellings = Spellings(searcher_over(tmp_path / "index", analyzer, texts).index.snapshot())
    found = spellings.corrections(analyzer.analyzer.analyze("lãi xuất ngân hàng"))
    assert [(one.position, one.alternatives[0].text) for one in found] == [(1, "suất")]
    assert spellings.corrections(analyzer.analyzer.analyze("lãi suất ngân hàng")) == []
