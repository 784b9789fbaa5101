"""Compounds that mean the same turned around: the shipped ones."""

from __future__ import annotations

import pytest

from analyzers.coordinate import COMPOUNDS, turns
from analyzers.keys import marked_key
from analyzers.segmentation.model import load


@pytest.mark.parametrize("word", ["bảo đảm", "đảm bảo", "THAY ĐỔI", "đổi thay", "hoà thuận"])
def test_compounds_of_equals_turn(word: str) -> None:
    assert turns(*map(marked_key, word.split()))


@pytest.mark.parametrize("word", ["buôn bán", "ngân sách", "nhà nước", "thừa kế", "bao dam"])
def test_words_of_their_own_do_not(word: str) -> None:
    assert not turns(*map(marked_key, word.split()))


def test_segmentation_knows_each_both_ways() -> None:
    known = {tuple(map(marked_key, word.split())) for word in load().bigrams}
    compounds = [tuple(map(marked_key, word.split())) for word in COMPOUNDS]
    assert len(set(compounds)) == len(compounds) > 50
    assert [word for word in compounds if word not in known or word[::-1] not in known] == []
