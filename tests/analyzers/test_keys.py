"""Keys: what is the same word and what is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.keys import bare_spellings, folded_key, has_marks, marked_key

SAME = [
    ("hoà", "hòa"), ("Hoà", "hòa"), ("HOÀ", "hòa"), ("thuỷ", "thủy"), ("THUỶ", "thủy"), ("khoẻ", "khỏe"),
    ("toà", "tòa"), ("hoá", "hóa"), ("quí", "quý"), ("kĩ", "kỹ"), ("Lí", "lý"), ("Mĩ", "mỹ"), ("tỉ", "tỷ"),
    ("sĩ", "sỹ"), ("qui", "quy"), ("Đắk", "dak"), ("ĐĂK", "dak"), ("Pắc", "pak"), ("Pắk", "pak"), ("Đường", "đường"),
    ("Ðường", "đường"), ("ðường", "đường"), ("ĐẮK", "dak"), ("tỷ", "tỷ"), ("hòan", "hoàn"), ("tưỡng", "tưỡng"),
    ("xoài", "xoài"), ("gìn", "gìn"), ("già", "già"), ("quá", "quá"), ("qúa", "quá"), ("uỷ", "ủy"), ("oà", "òa"),
    ("ｈòａ", "hòa"), ("thi\u200bxã", "thixã"), ("thu\u00adỷ", "thủy"), ("nghĩã", "nghĩã"), ("ngƣời", "người"),
    ("Nguyển", "nguyển"),
]  # fmt: skip


@pytest.mark.parametrize(("written", "key"), SAME)
def test_spellings_of_one_syllable_share_a_marked_key(written: str, key: str) -> None:
    assert marked_key(written) == marked_key(key) == key


@pytest.mark.parametrize("written", [written for written, _ in SAME])
def test_decomposed_letters_have_the_same_keys(written: str) -> None:
    decomposed = unicodedata.normalize("NFD", written)
    assert marked_key(decomposed) == marked_key(written)
    assert folded_key(decomposed) == folded_key(written)


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("hòa", "hóa"),
        ("hoa", "hòa"),
        ("ma", "mả"),
        ("du", "đu"),
        ("tân", "tấn"),
        ("o", "ơ"),
        ("mi", "my"),
        ("thi", "thy"),
        ("tai", "tay"),
        ("thúi", "thúy"),
        ("í", "ý"),
        ("đắc", "đắk"),
    ],
)
def test_different_marks_are_different_words(left: str, right: str) -> None:
    assert marked_key(left) != marked_key(right)


@pytest.mark.parametrize(
    ("written", "key"),
    [("Đường", "duong"), ("Đà", "da"), ("ưỡng", "uong"), ("Ðắk", "dak"), ("NGHỊ", "nghi"), ("đ", "d"), ("R’Lấp", "r'lap"), ("①", "1")],
)
def test_folding_drops_every_mark_and_the_stroke_of_d(written: str, key: str) -> None:
    assert folded_key(written) == key


@given(st.text(max_size=12))
def test_keys_are_idempotent(text: str) -> None:
    assert marked_key(marked_key(text)) == marked_key(text)
    assert folded_key(folded_key(text)) == folded_key(text)


@given(st.text(max_size=12))
def test_folding_forgets_no_more_than_the_marks(text: str) -> None:
    """Whatever has the same marked key has the same folded key."""
    assert folded_key(marked_key(text)) == folded_key(text)


def test_has_marks() -> None:
    assert has_marks("đi")
    assert has_marks("hòa")
    assert not has_marks("An")


@pytest.mark.parametrize("written", ["kĩ", "kỹ", "Quí", "quý", "Pắc", "Đắk", "người", "lý", "mi"])
def test_the_bare_spellings_of_a_key_hold_the_one_written(written: str) -> None:
    bare = "".join(c for c in unicodedata.normalize("NFD", written.lower()) if not unicodedata.combining(c)).replace("đ", "d")
    assert bare in bare_spellings(folded_key(written))
