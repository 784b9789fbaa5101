"""Dates of a request: as people write them, inclusive at both ends."""

from __future__ import annotations

from datetime import date

import pytest

from engine.dates import date_range, ends, parse_month, parse_partial, parse_range
from engine.errors import RequestError
from engine.model import DateRange


@pytest.mark.parametrize(
    ("text", "iso"),
    [("2023", "2023"), ("2023-06", "2023-06"), ("2023-6-3", "2023-06-03"), ("30/6/2023", "2023-06-30"), ("30-06-2023", "2023-06-30"),
     ("6/2023", "2023-06"), (" 30.6.2023 ", "2023-06-30")],
)  # fmt: skip
def test_dates_are_read_as_people_write_them(text: str, iso: str) -> None:
    assert parse_partial(text).date == iso


@pytest.mark.parametrize("text", ["", "hôm qua", "2023-13", "31/2/2023", "0000", "2023-06-30-1", "20230630", "６/2023x"])
def test_what_is_no_date_is_named(text: str) -> None:
    with pytest.raises(RequestError, match="Không hiểu ngày"):
        parse_partial(text)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-01..2023-06", date(2023, 1, 1), date(2023, 6, 30)),
        ("..2023", None, date(2023, 12, 31)),
        ("2023..", date(2023, 1, 1), None),
    ],
)
def test_ranges_are_inclusive(text: str, first: date | None, last: date | None) -> None:
    found = parse_range(text)
    assert (found.first, found.last) == (first, last)


def test_an_empty_range_is_named() -> None:
    with pytest.raises(RequestError, match=r"2024 .* 2023"):
        date_range("2024", "2023")


@pytest.mark.parametrize(
    ("first", "last", "range_", "unread"),
    [
        ("2023", "", DateRange(date(2023, 1, 1), None), {}),
        ("31/02/2023", "2024", DateRange(None, date(2024, 12, 31)), {"tu": "31/02/2023"}),
        ("2023", "abc", DateRange(date(2023, 1, 1), None), {"den": "abc"}),
        ("x", "y", DateRange(), {"tu": "x", "den": "y"}),
        ("2024", "2023", DateRange(), {"tu": "2024", "den": "2023"}),
    ],
)
def test_an_end_that_cannot_be_read_leaves_the_other(first: str, last: str, range_: DateRange, unread: dict[str, str]) -> None:
    found, faults = ends(first, last)
    assert (found, {name: one.text for name, one in faults.items()}) == (range_, unread)
    assert all(one.text in one.why for one in faults.values())


TODAY = date(2025, 3, 12)


@pytest.mark.parametrize(
    ("first", "last", "range_"),
    [
        ("hôm qua", "hôm nay", DateRange(date(2025, 3, 11), date(2025, 3, 12))),
        ("tháng 6/2023", "thang 8 nam 2023", DateRange(date(2023, 6, 1), date(2023, 8, 31))),
        ("quý 2/2023", "", DateRange(date(2023, 4, 1), None)),
        ("", "quý 2/2023", DateRange(None, date(2023, 6, 30))),
        ("năm ngoái", "năm ngoái", DateRange(date(2024, 1, 1), date(2024, 12, 31))),
        ("sau năm 2020", "trước năm 2023", DateRange(date(2021, 1, 1), date(2022, 12, 31))),
    ],
)
def test_the_ends_of_a_range_may_be_in_words(first: str, last: str, range_: DateRange) -> None:
    assert ends(first, last, TODAY) == (range_, {})


@pytest.mark.parametrize(
    ("first", "last", "bad"), [("hôm nào", "", "tu"), ("trước năm 2020", "", "tu"), ("", "từ năm 2020", "den"), ("", "đầu năm", "den")]
)
def test_words_that_leave_the_end_open_are_no_end(first: str, last: str, bad: str) -> None:
    found, faults = ends(first, last, TODAY)
    assert (found, list(faults)) == (DateRange(), [bad])
    assert "Không hiểu ngày" in faults[bad].why


def test_words_that_begin_after_they_end_are_named_as_typed() -> None:
    _, faults = ends("tháng 6/2023", "tháng 5/2023", TODAY)
    assert {one.why for one in faults.values()} == {"Khoảng ngày trống: từ tháng 6/2023 lại sau đến tháng 5/2023."}


@pytest.mark.parametrize(
    ("text", "iso"), [("tháng 6/2023", "2023-06"), ("năm 2023", "2023"), ("tháng này", "2025-03"), ("2023-06", "2023-06")]
)
def test_a_month_may_be_in_words(text: str, iso: str) -> None:
    assert parse_month(text, TODAY).date == iso


@pytest.mark.parametrize("text", ["quý 2/2023", "từ năm 2020", "hôm nào"])
def test_words_for_more_or_less_than_a_month_are_none(text: str) -> None:
    with pytest.raises(RequestError, match=f"Không hiểu ngày “{text}”"):
        parse_month(text, TODAY)
