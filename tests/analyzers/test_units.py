"""Units: numbers, dates, documents as the reader means them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.units import units


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("10.040 tỷ đồng", [("number", "10.040", "10040")]),
        ("18.700.000 đồng", [("number", "18.700.000", "18700000")]),
        ("52,15 tỷ", [("number", "52,15", "52.15")]),
        ("1.234,50", [("number", "1.234,50", "1234.5")]),
        ("52,13%, tăng 3,0%", [("number", "52,13", "52.13"), ("number", "3,0", "3")]),
        ("3.5 triệu", []),
        ("12/19 tiêu chí", []),
        ("sáng 30-6", [("day", "30-6", "30/6")]),
        ("ngày 05/07/2023", [("date", "05/07/2023", "5/7/2023")]),
        ("20.6.2023", [("date", "20.6.2023", "20/6/2023")]),
        ("40/13/2023", []),
        ("năm 2023", [("number", "2023", "2023")]),
        ("15/2024/QĐ-UBND", [("document", "15/2024/QĐ-UBND", "15/2024/qd-ubnd")]),
        ("(05-CT/TW)", [("document", "05-CT/TW", "05-ct/tw")]),
        ("37/NQ-HĐND.", [("document", "37/NQ-HĐND", "37/nq-hdnd")]),
        ("30/2020/NĐ-CP", [("document", "30/2020/NĐ-CP", "30/2020/nd-cp")]),
        ("cúm A/H5N1", [("code", "A/H5N1", "a/h5n1")]),
        ("(0269) 3 000 000", [("phone", "(0269) 3 000 000", "02693000000")]),
        ("+84 905 123 456", [("phone", "+84 905 123 456", "0905123456")]),
        ("a.b@tin.vn.", [("email", "a.b@tin.vn", "a.b@tin.vn")]),
        ("xem https://tin.vn/a?b=1.", [("url", "https://tin.vn/a?b=1.", "https://tin.vn/a?b=1")]),
        ("không có gì", []),
    ],
)
def test_units_are_read_the_vietnamese_way(text: str, found: list[tuple[str, str, str]]) -> None:
    assert [(unit.kind, text[unit.start : unit.end], unit.keys[0]) for unit in units(text)] == found


@given(st.one_of(st.text(max_size=80), st.text(alphabet="0123456789.,/- aĐ@:()w", max_size=80)))
def test_units_are_in_order_and_inside_the_text(text: str) -> None:
    at = 0
    for unit in units(text):
        assert at <= unit.start < unit.end <= len(text)
        assert all(unit.keys)
        assert not any(key.split() != [key] for key in unit.keys)
        at = unit.end


@given(st.integers(min_value=1000, max_value=10**12))
def test_dotted_thousands_and_plain_digits_are_one_number(number: int) -> None:
    dotted = f"{number:,}".replace(",", ".")
    assert units(dotted)[0].keys == units(str(number))[0].keys == (str(number),)


@given(st.lists(st.text(alphabet="0123456789 .,/-()%@:wĐaH\t\u00a0", max_size=30), max_size=4))
def test_lines_are_read_by_themselves(lines: list[str]) -> None:
    """What a chunk holds does not depend on what stands around it, so it can be remembered."""
    apart = [(unit.kind, line[unit.start : unit.end], unit.keys) for line in lines for unit in units(line)]
    text = "\n".join(lines)
    assert [(unit.kind, text[unit.start : unit.end], unit.keys) for unit in units(text)] == apart


@given(st.text(alphabet="0123456789 .,/-()%aH\n\u00a0", max_size=40))
@settings(max_examples=500)
def test_numbers_passed_over_are_no_units(text: str) -> None:
    """Small numbers by themselves are left out before the patterns are tried; an address in the text turns that off."""
    assert units(text) == [unit for unit in units(f"{text} www.") if unit.kind != "url"]
