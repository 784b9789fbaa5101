"""Residue of input methods in queries: what is read, what is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.encodings.syllable import BARE, allows, with_tone
from analyzers.keyboards import METHODS, Reading, readings, spell, typed_as
from analyzers.keyboards.shapes import FOLDED

SYLLABLES = sorted({with_tone(bare, tone) for bare in BARE for tone in range(6) if allows(bare, tone)})
# Syllables in k are read in Highland names only.
NATIVE = [s for s in SYLLABLES if not s.endswith("k")]


@pytest.mark.parametrize(
    ("typed", "meant", "method"),
    [
        ("ddoongf vawn", "đồng văn", "telex"),
        ("thij xax", "thị xã", "telex"),
        ("nguwowif", "người", "telex"),
        ("nguowif", "người", "telex"),
        ("nguoiwf", "người", "telex"),
        ("nguwoif", "người", "telex"),
        ("hoaf", "hòa", "telex"),
        ("hofa", "hòa", "telex"),
        ("vietje", "việt", "telex"),
        ("nhw", "như", "telex"),
        ("thuowr", "thuở", "telex"),
        ("mooocs", "moóc", "telex"),
        ("DDOONGF VAWN", "ĐỒNG VĂN", "telex"),
        ("Ddawks Lawks", "Đắk Lắk", "telex"),
        ("đươngf", "đường", "telex"),
        ("d9o6ng2", "đồng", "vni"),
        ("thi5 xa4", "thị xã", "vni"),
        ("tie6ng1", "tiếng", "vni"),
        ("tieng61", "tiếng", "vni"),
        ("nguoi72", "người", "vni"),
        ("Vie^.t", "Việt", "viqr"),
        ("dda`o ta.o nghe^`", "đào tạo nghề", "viqr"),
    ],
)
def test_residue_is_read(typed: str, meant: str, method: str) -> None:
    found = readings(typed)
    assert spell(typed, found) == meant
    assert {(reading.method, reading.ambiguous) for reading in found} == {(method, False)}


def test_readings_point_into_the_query_and_leave_the_rest() -> None:
    query = 'ubnd "thij xax" Kỳ Anh nawm 2015?'
    found = readings(query)
    assert found == [Reading(6, 10, "thị", "telex"), Reading(11, 14, "xã", "telex"), Reading(23, 27, "năm", "telex")]
    assert spell(query, found) == 'ubnd "thị xã" Kỳ Anh năm 2015?'


@pytest.mark.parametrize(
    "query",
    ["facebook", "covid", "covid19", "ass", "u23 Việt Nam", "TP.HCM", "MI5", "A1", "CO2", "is this for us", "taxi", "Laos", "TW",
     "IMF", "xoang", "hoa", "nam", "Hà Nội", "15/2024/QĐ-UBND", "N'Jang", "Y Moan", "vo2max", "http://has.vn/of", "I'm", "thu.", "bao gio?",
     "10.040", "park", "aaa", "hoaff", "ddd", "awww", "a66", "", " ", "w", "sofa"],
)  # fmt: skip
def test_words_numbers_and_codes_are_left_alone(query: str) -> None:
    assert readings(query) == []


@pytest.mark.parametrize(
    ("query", "text"), [("boong tàu", "bông"), ("quan1", "quán"), ("phuong5", "phượng"), ("mama", "mâm"), ("rosaso hari", "hải")]
)
def test_two_valid_readings_are_said_to_be_ambiguous(query: str, text: str) -> None:
    assert [(reading.text, reading.ambiguous) for reading in readings(query)] in ([(text, True)], [])


def test_foreign_words_are_offered_only_beside_sure_residue() -> None:
    assert readings("has max") == []
    assert [(r.text, r.ambiguous) for r in readings("ddi has noiw")] == [("đi", False), ("há", True), ("nơi", False)]


def test_short_words_in_capitals_are_abbreviations_unless_all_is_in_capitals() -> None:
    assert readings("tập đoàn BIJ") == []
    assert spell("THIJ XAX", readings("THIJ XAX")) == "THỊ XÃ"


@pytest.mark.parametrize("method", METHODS)
def test_every_syllable_is_read_back(method: str) -> None:
    """Typed in the usual order, among other residue; what no mark tells apart from plain writing has no reading."""
    frame = {"telex": "ddoongf {} vawn", "vni": "d9o6ng2 {} va8n", "viqr": "ddo^`ng {} va(n"}[method]
    for syllable in NATIVE:
        typed = typed_as(syllable, method)
        query = frame.format(typed)
        if "oo" in typed and method == "viqr":
            continue  # boong' is rather Telex with a quote
        if typed == syllable:
            assert len(readings(query)) == (3 if "oo" in typed else 2), query
        else:
            assert spell(query, readings(query)) == f"đồng {syllable} văn", query


@given(st.sampled_from([s for s in NATIVE if not s.isascii()]), st.sampled_from(["telex", "vni"]), st.data())
@settings(max_examples=400, deadline=None)
def test_tones_may_be_typed_anywhere_behind_the_vowel(syllable: str, method: str, data: st.DataObject) -> None:
    typed = typed_as(syllable, method)
    if typed[-1] not in ("sfrxj" if method == "telex" else "12345") or "ooo" in typed:
        return
    keys, tone = typed[:-1], typed[-1]
    vowel = next(at for at, key in enumerate(keys) if key in "aeiouy")
    at = data.draw(st.integers(vowel + 1, len(keys)))
    moved = keys[:at] + tone + keys[at:]
    query = {"telex": "ddoongf {}", "vni": "d9o6ng2 {}"}[method].format(moved)
    assert spell(query, readings(query)) == f"đồng {syllable}"


@given(st.lists(st.sampled_from(NATIVE), min_size=1, max_size=8))
@settings(max_examples=300, deadline=None)
def test_text_typed_properly_has_no_readings(syllables: list[str]) -> None:
    """Marked or without marks; ``oo`` apart, which is a rime and a key."""
    text = " ".join(s for s in syllables if "oo" not in s)
    assert readings(text) == []
    assert readings(" ".join(s for s in sorted(FOLDED)[:: max(1, len(text))] if "oo" not in s)) == []


@given(st.text(max_size=40) | st.text(alphabet="aeoudwsfrxj123456789'`?~.^(+ đư", max_size=24))
@settings(max_examples=400, deadline=None)
def test_any_query_gets_sound_readings(query: str) -> None:
    """Never raises; spans are in order, inside, not empty, and hold something else than the reading."""
    found = readings(query)
    ends = 0
    for reading in found:
        assert ends <= reading.start < reading.end <= len(query)
        assert query[reading.start : reading.end] != reading.text
        assert reading.method in METHODS
        ends = reading.end
    spell(query, found)


def test_unknown_methods_and_two_tones_are_errors() -> None:
    with pytest.raises(ValueError, match="unknown input method 'viscii'; known: telex, vni, viqr"):
        typed_as("đồng", "viscii")
    with pytest.raises(ValueError, match="carries two tones"):
        typed_as("đồngá", "telex")
