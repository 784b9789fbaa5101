"""Many articles in one call: the same as one by one, whatever stands in them, in bounded memory."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers import article, vocabulary
from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer, ArticleText
from analyzers.batch import Batch, Ranges
from analyzers.keys import folded_key, marked_key
from analyzers.places import PlaceFinder
from analyzers.places.genre import Genre
from analyzers.syllables import SYLLABLE
from analyzers.terms import hits
from analyzers.vocabulary import Vocabulary
from engine.schema import index_fields
from tests.analyzers.naughty import NAUGHTY
from tests.cost import seconds

PIECES = (
    "Sáng 30-6, UBND xã Song An (thị xã An Khê, tỉnh Gia Lai) họp bàn xây dựng nông thôn mới.",
    "TP.HCM và Hà Nội", "các xã: Xuân An, Song An", "bà Nguyễn Thị Hòa, trú huyện Đắk Song", "thu ngân sách đạt 10.040 tỷ đồng",
    "trạm y tế", "bảo hiểm y tế", "OCOP", "công nghiệp – xây dựng", "Công an bắt giữ nghi phạm", "đội tuyển bóng đá ghi bàn", "U23",
    "Trồng cây mắc ca. Cây mắc ca cho quả. Giống mắc ca.", "phường 5, quận 1", "\n", " ", "", "😀", "\u200b", "\u0301", "a\u0301",
    "𝟘x", "ＴＨỊ XÃ", "x" * 40, "1.234,5", "(024) 3825 1234", "R'Lấp",
    "\x00", "\x08", "\x1c", "\x85", "\u2028", "\ud800", "\ufdfa", "İ", "٣", "_",
)  # fmt: skip
TEXT = st.builds(str.join, st.sampled_from(["", " "]), st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=12)), max_size=6))
ARTICLE = st.builds(
    ArticleText,
    TEXT,
    st.one_of(st.just(""), TEXT),
    TEXT,
    st.sampled_from([None, date(2017, 5, 1), date(2026, 1, 1)]),
    st.sampled_from([None, "gia-lai"]),
)


@cache
def analyzer() -> ArticleAnalyzer:
    return ArticleAnalyzer(Analyzer(), PlaceFinder())


class TestSameAsOneByOne:
    @given(st.lists(ARTICLE, max_size=6), st.sampled_from([1, 60, 100_000]))
    @settings(max_examples=150, deadline=None)
    def test_articles(self, articles: list[ArticleText], size: int) -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(article, "BATCH", size)
            together = [*analyzer().analyze_many(articles)]
        alone = [analyzer().analyze(*one) for one in articles]
        assert together == alone
        assert [index_fields(one.zones) for one in together] == [index_fields(one.zones) for one in alone]

    def test_strange_texts(self) -> None:
        articles = [ArticleText(text, "", f"{text}\n{text}") for text in NAUGHTY]
        assert [*analyzer().analyze_many(articles)] == [analyzer().analyze(*one) for one in articles]

    def test_articles_are_read_as_they_are_needed(self) -> None:
        """A pipe is analysed while it is written: no more is read ahead than a batch takes."""
        read: list[int] = []

        def endless() -> Iterator[ArticleText]:
            while True:
                read.append(1)
                yield ArticleText("Xã Song An", "", "a " * 10_000)

        found = analyzer().analyze_many(endless())
        assert next(found).places == analyzer().analyze("Xã Song An", "", "a " * 10_000).places
        assert sum(read) <= article.BATCH / 20_000 + 1

    @given(st.lists(TEXT, min_size=3, max_size=3))
    @settings(max_examples=60, deadline=None)
    def test_texts_put_together_later_are_looked_through_alike(self, texts: list[str]) -> None:
        together = analyzer().analyzer.batch(texts)
        later = Batch.of([analyzer().analyzer.analyze(text) for text in texts])
        assert together.texts() == later.texts()
        assert analyzer().finder.glances(together) == analyzer().finder.glances(later)
        assert hits(together) == hits(later)

    @given(TEXT)
    @settings(max_examples=100, deadline=None)
    def test_a_kind_of_article_is_never_missed_for_want_of_a_hint(self, text: str) -> None:
        analyzed = analyzer().analyzer.analyze(text)
        (glance,) = analyzer().finder.glances(Batch.of([analyzed]))
        hinted, sure = Genre([analyzed], glance.hints), Genre([analyzed])
        assert (hinted.police, hinted.sport, hinted.show) == (sure.police, sure.sport, sure.show)


class TestVocabulary:
    @given(TEXT)
    @settings(max_examples=100, deadline=None)
    def test_numbers_lead_to_the_keys(self, text: str) -> None:
        known = Vocabulary()
        for _ in range(2):  # first learnt, then known
            analyzed = _numbered(known, text)
            surfaces = SYLLABLE.findall(text)
            assert analyzed == ([*map(marked_key, surfaces)], [*map(folded_key, surfaces)])

    def test_a_million_different_forms_leave_a_bounded_memory(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """A vocabulary that is full is given up; what was analysed with it stays as it was."""
        monkeypatch.setattr(vocabulary, "REMEMBERED", 1000)
        monkeypatch.setattr(vocabulary, "_shared", Vocabulary())
        first = Analyzer().batch(["thị xã An Khê"])
        for hundred in range(100):
            Analyzer().analyze(" ".join(f"x{hundred}y{n}" for n in range(100)))
            assert len(vocabulary.vocabulary()) <= 1100
        assert first.texts()[0].marked == ["thị", "xã", "an", "khê"]

    def test_one_text_with_more_forms_than_are_remembered(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vocabulary, "REMEMBERED", 50)
        monkeypatch.setattr(vocabulary, "_shared", Vocabulary())
        words = [f"x{n}" for n in range(500)]
        for _ in range(2):
            assert Analyzer().analyze(" ".join(words)).marked == words

    def test_long_junk_is_not_kept_for_ever(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(vocabulary, "REMEMBERED_CHARACTERS", 10_000)
        monkeypatch.setattr(vocabulary, "_shared", Vocabulary())
        before = vocabulary.vocabulary()
        Analyzer().analyze("x" * 20_000)
        assert vocabulary.vocabulary() is not before


def _numbered(known: Vocabulary, text: str) -> tuple[list[str], list[str]]:
    from analyzers.syllables import columns

    forms = known.number(text, *columns(text))
    return known.marked(forms).tolist(), known.folded(forms).tolist()


def test_ranges_are_a_sequence_of_pairs() -> None:
    words = Analyzer().analyze("học sinh thị xã An Khê").words
    assert isinstance(words, Ranges)
    assert (words[0], words[-1], len(words)) == ((0, 2), (4, 6), 3)
    assert words == [(0, 2), (2, 4), (4, 6)] != [*words[1:]]
    assert words[1:] == [(2, 4), (4, 6)]
    assert repr(words) == "[(0, 2), (2, 4), (4, 6)]"


@pytest.mark.parametrize(
    "unit", ["a", "\u0301", "a\u0301\u0323", "\n", "1.", "Xã ", "xã An ", "A B ", "12 ", "a@", "😀 ", "thu ngân sách "], ids=ascii
)
def test_work_grows_with_the_length_of_the_article_and_no_faster(unit: str) -> None:
    """Eight times the text may take twenty-four times as long; quadratic work would take sixty-four times."""

    def work(size: int) -> Callable[[], object]:
        return lambda: analyzer().analyze("Tin", "", unit * (size // len(unit)))

    work(10_000)()
    assert seconds(work(80_000), times=2) < 24 * max(seconds(work(10_000), times=3), 2e-3)


def test_equal_keys_of_a_vocabulary_are_one_object_that_goes_with_it() -> None:
    """Interned, they would stay for ever: CPython 3.12 never lets go of such a string."""
    words, text = Vocabulary(), "Quèng QUÈNG quèng"
    numbers = words.number(text, np.array([0, 6, 12]), np.array([5, 11, 17]))
    for keys in (words.marked(numbers), words.folded(numbers)):
        assert keys[0] is keys[1] is keys[2]
        other = "".join(list(keys[0]))
        assert other is not keys[0]
        assert sys.intern(other) is other
