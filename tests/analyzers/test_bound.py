"""Bound syllables: the shipped ones, and how they are counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from analyzers.bound import DATA, is_bound
from analyzers.bound.build import LEAST, bound, main
from analyzers.encodings.syllable import is_syllable
from analyzers.keys import marked_key


@pytest.mark.parametrize("syllable", ["ngân", "thị", "kinh", "tế", "giao", "sạt", "Uỷ", "HỘI"])
def test_what_is_hardly_ever_a_word_is_bound(syllable: str) -> None:
    assert is_bound(marked_key(syllable))


@pytest.mark.parametrize("syllable", ["cháy", "chợ", "tàu", "xã", "lúa", "mưa", "ngan", "zzz", ""])
def test_words_and_what_is_unknown_are_not_bound(syllable: str) -> None:
    assert not is_bound(marked_key(syllable))


def test_the_data_is_sorted_keys_of_vietnamese_syllables() -> None:
    lines = DATA.read_text(encoding="utf-8").splitlines()
    assert lines == sorted(set(lines))
    assert all(is_syllable(line) and marked_key(line) == line for line in lines)


def test_a_syllable_is_bound_that_stands_alone_less_than_one_time_in_five() -> None:
    def share(alone: int) -> list[str]:
        texts = ["Ngân sách đã đủ."] * (LEAST - alone) + ["Có ngân."] * alone
        return bound(("", text) for text in texts)

    assert "ngân" in share(0)
    assert "ngân" in share(LEAST // 5 - 1)
    assert "ngân" not in share(LEAST // 5)


def test_what_is_rare_or_no_vietnamese_is_left_out() -> None:
    assert bound([("", "Ngân sách")] * (LEAST - 1)) == []
    assert "new" not in bound([("", "Tới New York")] * LEAST)


def test_building_writes_the_same_bytes_again(tmp_path: Path) -> None:
    articles = tmp_path / "articles.jsonl"
    articles.write_text((json.dumps({"title": "Ngân sách", "text": "Ngân sách xã tăng."}) + "\n") * LEAST, encoding="utf-8")
    written = []
    for name in ("one.txt", "two.txt"):
        assert main([str(articles), "--out", str(tmp_path / name)]) == 0
        written.append((tmp_path / name).read_bytes())
    assert written[0] == written[1] == "ngân\nsách\n".encode()
