"""The analyzer: syllables, words and their offsets."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.analyzer import Analyzer
from analyzers.segmentation import UnknownSegmenterError
from analyzers.syllables import SYLLABLE, spans
from analyzers.text import nfc

VIETNAMESE = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxyàáảãạằếợữỹ ĐÀÔƯ.,-/()\"'0123456789\n", max_size=80)


@pytest.fixture(scope="module")
def tokens() -> Analyzer:
    return Analyzer()


@given(st.one_of(st.text(max_size=60), VIETNAMESE))
@settings(max_examples=300, deadline=None)
def test_offsets_slice_to_the_surface_form(text: str) -> None:
    """text[start:end] is the token, tokens do not overlap, and nothing but separators lies between them."""
    analyzed = Analyzer().analyze(text)
    at = 0
    for token in analyzed.tokens():
        assert analyzed.text[token.start : token.end] == token.text
        assert token.start >= at
        assert not any(c.isalnum() for c in analyzed.text[at : token.start])
        at = token.end
    assert not any(c.isalnum() for c in analyzed.text[at:])
    assert analyzed.text == nfc(text)


@given(VIETNAMESE)
@settings(max_examples=200, deadline=None)
def test_words_are_runs_of_syllables_in_order(text: str) -> None:
    analyzed = Analyzer().analyze(text)
    at = 0
    for first, last in analyzed.words:
        assert at <= first < last - 1 < len(analyzed)
        at = last


@pytest.mark.parametrize("text", ["\x00\x08", "\x08\x00\x08", "\x00\x08\nthị xã", "thị xã\n\x00\x08"])
def test_tokens_that_join_without_being_syllables_are_no_words(tokens: Analyzer, text: str) -> None:
    """pyvi joins two control characters, and there may be no syllable in the whole text."""
    analyzed = tokens.analyze(text)
    assert [analyzed.marked[first:last] for first, last in analyzed.words] == [["thị", "xã"]] * ("xã" in text)


@given(st.text(alphabet="\x00\x01\x08\x1f\x7f\u200b\ufeff\n _a", max_size=12))
@settings(max_examples=300, deadline=None)
def test_control_characters_are_taken(text: str) -> None:
    assert Analyzer().analyze(text).text == nfc(text)


def test_words_are_those_of_the_segmenter(tokens: Analyzer) -> None:
    analyzed = tokens.analyze("Thị xã An Khê thu ngân sách đạt 52,15 tỷ đồng.")
    words = [analyzed.text[analyzed.starts[first] : analyzed.ends[last - 1]] for first, last in analyzed.words]
    assert words[:3] == ["Thị xã", "An Khê", "ngân sách"]


def test_marked_and_folded_keys_stand_beside_each_other(tokens: Analyzer) -> None:
    analyzed = tokens.analyze("Thuỷ lợi ĐẮK R’LẤP")
    assert analyzed.marked == ["thủy", "lợi", "dak", "r", "lấp"]
    assert analyzed.folded == ["thuy", "loi", "dak", "r", "lap"]


def test_the_fingerprint_is_stable_and_names_the_segmenter(tokens: Analyzer) -> None:
    assert tokens.fingerprint == Analyzer().fingerprint
    assert len(tokens.fingerprint) == 16


def test_an_unknown_segmenter_is_an_error_that_lists_the_names() -> None:
    with pytest.raises(UnknownSegmenterError, match=r"tables.*pyvi"):
        Analyzer("underthesea")


@pytest.mark.parametrize("text", ["a" * 1_000_000, "á " * 300_000, "\n" * 1_000_000, "\u0301" * 500_000, "a\u0301" * 300_000])
def test_long_inputs_are_cut_in_one_pass(text: str) -> None:
    """Every character is looked at once: the spans cover each letter exactly once."""
    found = spans(text)
    assert all(left[1] <= right[0] for left, right in pairwise(found))


@given(st.one_of(st.text(max_size=80), st.text(alphabet="aá \u0301\u200b\u00ad_-1Đ\U0001d7d8", max_size=40)))
def test_the_fast_way_cuts_as_the_definition_says(text: str) -> None:
    assert spans(text) == [match.span() for match in SYLLABLE.finditer(text)]


@pytest.mark.parametrize("text", ["a" + "\u0301\u0323" * 150_000, "\u0323\u0301" * 150_000, "đ" * 500_000, "1." * 200_000, "A-" * 200_000])
def test_adversarial_inputs_are_analysed_in_linear_time(text: str) -> None:
    """Quadratic work (unordered marks take 11 s for 80,000) would not end within the run."""
    analyzed = Analyzer().analyze(text)
    assert len(analyzed.marked) == len(analyzed.starts)
