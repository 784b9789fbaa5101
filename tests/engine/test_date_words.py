"""Dates in words: which days they mean on a given day, and where they stand in a query."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.keys import bare
from engine.date_words import find, read, vietnam_today, written
from engine.dated import days_label
from engine.dates import parse_range
from engine.model import DateRange

TODAY = date(2025, 1, 15)
"""A Wednesday."""
READ = [
    ("2023", "2023"),
    ("năm 2023", "2023"),
    ("năm nay", "2025"),
    ("năm ngoái", "2024"),
    ("năm kia", "2023"),
    ("hôm nay", "2025-01-15"),
    ("hôm qua", "2025-01-14"),
    ("hôm kia", "2025-01-13"),
    ("tuần này", "2025-01-13..2025-01-19"),
    ("tuần trước", "2025-01-06..2025-01-12"),
    ("tuần vừa qua", "2025-01-06..2025-01-12"),
    ("tháng này", "2025-01"),
    ("tháng trước", "2024-12"),
    ("quý này", "2025-01..2025-03"),
    ("quý trước", "2024-10..2024-12"),
    ("7 ngày qua", "2025-01-09..2025-01-15"),
    ("ba tuần qua", "2024-12-26..2025-01-15"),
    ("3 tháng gần đây", "2024-10-16..2025-01-15"),
    ("một năm qua", "2024-01-16..2025-01-15"),
    ("quý 2/2023", "2023-04..2023-06"),
    ("quý II năm 2023", "2023-04..2023-06"),
    ("quí tư năm ngoái", "2024-10..2024-12"),
    ("6 tháng đầu năm 2023", "2023-01..2023-06"),
    ("sáu tháng cuối năm ngoái", "2024-07..2024-12"),
    ("9 tháng đầu năm nay", "2025-01..2025-09"),
    ("nửa đầu năm 2023", "2023-01..2023-06"),
    ("tháng 6/2023", "2023-06"),
    ("tháng 6 năm 2023", "2023-06"),
    ("tháng 12 năm ngoái", "2024-12"),
    ("tháng tư năm 2023", "2023-04"),
    ("tháng mười hai, 2023", "2023-12"),
    ("tháng năm năm ngoái", "2024-05"),
    ("ngày 2 tháng chín năm 2023", "2023-09-02"),
    ("ngày 15 tháng 3 năm 2023", "2023-03-15"),
    ("ngày 15/3/2023", "2023-03-15"),
    ("30-6-2023", "2023-06-30"),
    ("giai đoạn 2020-2025", "2020..2025"),
    ("từ 1/2/2023 đến 15/3/2023", "2023-02-01..2023-03-15"),
    ("từ ngày 1/2 đến ngày 15/3/2023", "2023-02-01..2023-03-15"),
    ("từ ngày 1 đến ngày 15/3/2023", "2023-03-01..2023-03-15"),
    ("từ tháng 1 đến tháng 6/2023", "2023-01..2023-06"),
    ("từ năm 2020 đến hết năm 2022", "2020..2022"),
    ("tháng 1/2023 - tháng 3/2023", "2023-01..2023-03"),
    ("từ năm 2020 đến nay", "2020-01-01..2025-01-15"),
    ("từ 2020", "2020-01-01.."),
    ("đến hết 2020", "..2020-12-31"),
    ("trước năm 2020", "..2019-12-31"),
    ("sau tháng 6/2020", "2020-07-01.."),
]
NOT_READ = [
    "", "lũ", "tháng 6", "tháng năm 2023", "tháng mười ba năm 2023", "đầu năm", "gần đây", "cuối tuần", "31/2/2023", "13/2023",
    "quý 5/2023", "12 tháng đầu năm 2023", "0 ngày qua", "2023 2024", "từ 15/3/2023 đến 1/2/2023", "6 tháng đầu năm", "ngày 15",
    "đến nay", "năm nay lũ", "2" * 200,
]  # fmt: skip


@pytest.mark.parametrize(("text", "days"), READ)
def test_words_mean_days(text: str, days: str) -> None:
    found = read(text, TODAY)
    assert found is not None
    assert written(found) == days


@pytest.mark.parametrize(("text", "days"), READ)
def test_marks_and_case_do_not_matter(text: str, days: str) -> None:
    plain = " ".join(bare(word) for word in text.split())
    for other in (plain, text.upper()):
        found = read(other, TODAY)
        assert found is not None, other
        assert written(found) == days


@pytest.mark.parametrize("text", NOT_READ)
def test_what_leaves_the_days_open_is_not_read(text: str) -> None:
    assert read(text, TODAY) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lũ lụt tuần trước ở Gia Lai", ["tuần trước"]),
        ("thu ngân sách 6 tháng đầu năm 2023", ["6 tháng đầu năm 2023"]),
        ("bão từ 1/2/2023 đến 15/3/2023 và hôm qua", ["từ 1/2/2023 đến 15/3/2023", "hôm qua"]),
        ("quyết định 15/2024/QĐ-UBND", []),
        ("nghị định 5/2024/NĐ-CP", []),
        ("hỗ trợ 2000 hộ dân", []),
        ("trồng 1950 ha rừng", []),
        ("tăng 2023%", []),
        ("quy hoạch đến năm 2030", ["năm 2030"]),
        ("dự toán 1.2023", []),
        ("Covid-2019", []),
    ],
)
def test_expressions_are_found_among_words_and_numbers_of_documents_are_none(text: str, found: list[str]) -> None:
    assert [text[one.start : one.end] for one in find(text, TODAY)] == found


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)), st.integers(0, 1500))
def test_a_range_reads_back_as_it_is_written(first: date, days: int) -> None:
    for dates in (DateRange(first, first + timedelta(days)), DateRange(first, None), DateRange(None, first)):
        assert parse_range(written(dates)) == dates
        assert days_label(dates)


@given(st.sampled_from([text for text, _ in READ]), st.one_of(st.dates(), st.dates(max_value=date(2, 12, 31)), st.dates(date(9999, 1, 1))))
def test_no_day_is_a_bad_day_to_ask(text: str, today: date) -> None:
    """Also at both ends of the calendar: days or nothing, never an error."""
    found = read(text, today)
    assert found is None or found.first is None or found.last is None or found.first <= found.last


@given(st.text(max_size=80), st.text(alphabet="từđến năm tháng quý 0123/-.", max_size=80))
def test_no_text_is_an_error(text: str, words: str) -> None:
    for one in (text, words):
        read(one, TODAY)
        for found in find(one, TODAY):
            assert one[found.start : found.end].strip() == one[found.start : found.end] != ""


@pytest.mark.parametrize("unit", ["từ ", "1/1/", "năm ", "2", " ", "tháng 1 đến ", "ngày 1 ", "2020-"])
def test_at_most_a_few_expressions_are_looked_for(unit: str) -> None:
    assert len(list(find(unit * 2000, TODAY))) <= 8


def test_today_is_a_day_in_viet_nam() -> None:
    assert abs((vietnam_today() - date.today()).days) <= 1
