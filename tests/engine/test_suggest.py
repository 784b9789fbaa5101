"""Suggestions while typing: which names and titles go on as the text begins."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.article import ArticleAnalyzer
from engine.search import Searcher
from engine.suggest import MAX_CHARS, Suggester, Suggestion
from indexer.analysis import analyze_document
from tests.support import make, searcher_over


@pytest.fixture(scope="module")
def searcher(tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    budget = "Thu ngân sách của thị xã An Khê (tỉnh Gia Lai) tăng. Thu ngân sách là việc chung của thị xã An Khê."
    texts = [
        *(
            make(f"nsach-{n}", f"Thị xã An Khê thu ngân sách đợt {n}", budget, date=f"2023-0{n}-01", source="Bản tin Tây Nguyên")
            for n in (1, 2, 3)
        ),
        make("kien", "Kỹ sư kiến trúc bàn chuyện nhà ở", "Chuyện nhà.", date="2024-01-01", source="Báo Hà Tiên"),
        make("ma", "Má trồng mạ, mà vui", "Mạ xanh.", date="2024-02-01"),
    ]
    return searcher_over(tmp_path_factory.mktemp("suggest") / "index", analyzer, texts)


@pytest.fixture(scope="module")
def suggester(searcher: Searcher) -> Suggester:
    return Suggester(searcher.index)


def found(suggester: Suggester, text: str, kind: str) -> list[str]:
    return [one.text for one in suggester.suggest(text) if one.kind == kind]


def test_names_come_with_their_counts_before_titles(suggester: Suggester) -> None:
    every = suggester.suggest("an kh")
    assert every[0] == Suggestion("place", "An Khê", "thị xã An Khê / phường An Khê (Gia Lai)", 3, "gia-lai/an-khe")
    assert [one.kind for one in every] == ["place", "title", "title", "title"]
    assert [one.value for one in every[1:]] == ["nsach-3", "nsach-2", "nsach-1"]


@pytest.mark.parametrize("text", ["thi xa an", "thị xã an k", "an khe", "AN KHE", "An Khê", "an khê ", "  an   khe", "an kh\u0065\u0302"])
def test_a_place_is_typed_with_its_type_or_without_in_any_spelling(suggester: Suggester, text: str) -> None:
    assert "An Khê" in found(suggester, text, "place")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("thu ng", True), ("thu ngâ", True), ("thu ngă", False), ("thú", False), ("thu ngân sách", True), ("thủ ng", False)],
)
def test_typed_marks_must_agree_and_missing_ones_agree_with_any(suggester: Suggester, text: str, wanted: bool) -> None:
    assert ("thu ngân sách" in found(suggester, text, "term")) is wanted
    assert bool(found(suggester, text, "title")) is wanted


def test_a_term_is_found_by_a_later_word_behind_those_that_begin_so(suggester: Suggester) -> None:
    assert "thu ngân sách" in found(suggester, "ngân", "term")


@pytest.mark.parametrize(
    ("text", "titles"),
    [("ki", ["kien"]), ("ky", ["kien"]), ("kĩ sư", ["kien"]), ("ma", ["ma"]), ("mạ", ["ma"]), ("má t", ["ma"]), ("mạ t", [])],
)
def test_both_spellings_of_i_find_the_title(suggester: Suggester, text: str, titles: list[str]) -> None:
    assert [one.value for one in suggester.suggest(text) if one.kind == "title"] == titles


def test_sources_are_suggested(suggester: Suggester) -> None:
    assert found(suggester, "ban tin", "source") == ["Bản tin Tây Nguyên"]


@pytest.mark.parametrize("text", ["", " ", "…", "x" * (MAX_CHARS + 1), "khongconoinay"])
def test_nothing_is_suggested_for_what_begins_nothing(suggester: Suggester, text: str) -> None:
    assert suggester.suggest(text) == ()


@settings(max_examples=60)
@given(st.text(max_size=40), st.integers(1, 12))
def test_any_text_is_answered_with_no_more_than_was_asked_for(suggester: Suggester, text: str, most: int) -> None:
    assert len(suggester.suggest(text, most)) <= most


def test_the_next_commit_is_suggested_from_and_nobody_waits_for_it(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    searcher = searcher_over(tmp_path / "i", analyzer, [make("a", "Tin", "Tin.", source="Báo Cũ")])
    suggester = Suggester(searcher.index)
    assert found(suggester, "báo", "source") == ["Báo Cũ"]
    with searcher.index.writer() as writer:
        writer.add(analyze_document(analyzer, make("a", "Tin", "Tin.", source="Báo Mới")))
    assert found(suggester, "báo", "source") in (["Báo Cũ"], ["Báo Mới"])
    assert suggester._making is not None
    suggester._making.join()
    assert found(suggester, "báo", "source") == ["Báo Mới"]
