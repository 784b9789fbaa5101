"""What a text says of time beside its publication: values of periods, their words, and which of them an article reports on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.dates import PartialDate, periods, text_dates
from analyzers.dates.mention import DATE, _read, mentions
from analyzers.dates.periods import period_label, read_period, read_term, term_label
from analyzers.dates.told import MOST
from analyzers.digits import digit_runs

PUBLISHED = PartialDate("2023-07-05", "field")
VALUES = [
    ("6 tháng đầu năm 2023", "2023-01..2023-06", "6 tháng đầu năm 2023"),
    ("nửa năm 2023", "2023-01..2023-06", "6 tháng đầu năm 2023"),
    ("nửa cuối năm 2023", "2023-07..2023-12", "6 tháng cuối năm 2023"),
    ("sáu tháng đầu năm 2023", "2023-01..2023-06", "6 tháng đầu năm 2023"),
    ("6 tháng cuối năm 2022", "2022-07..2022-12", "6 tháng cuối năm 2022"),
    ("9 tháng đầu năm 2021", "2021-01..2021-09", "9 tháng đầu năm 2021"),
    ("quý I/2024", "2024-01..2024-03", "quý I/2024"),
    ("quý 4 năm 2022", "2022-10..2022-12", "quý IV/2022"),
    ("3 tháng đầu năm 2024", "2024-01..2024-03", "quý I/2024"),
    ("năm 2023", "2023", "năm 2023"),
    ("tháng 6/2023", "2023-06", "tháng 6/2023"),
    ("giai đoạn 2022-2025", "2022..2025", "giai đoạn 2022–2025"),
    ("2022-2025", "2022..2025", "giai đoạn 2022–2025"),
]


@pytest.mark.parametrize(("words", "value", "label"), VALUES)
def test_a_period_has_one_value_and_one_label(words: str, value: str, label: str) -> None:
    """Words, value and label all read back to the value."""
    assert (read_period(words), period_label(value)) == (value, label)
    assert read_period(value) == read_period(label) == value


@pytest.mark.parametrize("words", ["", "năm ngoái", "2023-13", "2025..2022", "2023-06..2024", "quý V/2023", "x" * 1000])
def test_what_is_no_period_is_none(words: str) -> None:
    assert read_period(words) is None


@pytest.mark.parametrize("words", ["2020..2025", "2020-2025", "2020–2025", "nhiệm kỳ 2020 – 2025", "Nhiệm kì 2020/2025"])
def test_a_term_of_office_has_one_value(words: str) -> None:
    value = read_term(words)
    assert value == "2020..2025"
    assert term_label(value) == "nhiệm kỳ 2020–2025"
    assert read_term(term_label(value)) == value


def test_a_term_that_runs_backwards_is_none() -> None:
    assert read_term("2025-2020") is None


def told(title: str, *paragraphs: str, published: PartialDate | None = PUBLISHED) -> list[str]:
    return [period_label(period.value) for period in text_dates(title, paragraphs, published).periods]


def test_the_periods_of_headline_and_first_sentences_are_reported_on() -> None:
    assert told("Thu ngân sách 6 tháng đầu năm 2023 đạt khá", "Trong quý II/2023, huyện thu 30 tỷ đồng.") == [
        "6 tháng đầu năm 2023",
        "quý II/2023",
    ]


@pytest.mark.parametrize(
    ("text", "published", "label"),
    [
        ("Thu ngân sách 6 tháng đầu năm đạt khá", "2023-07-05", "6 tháng đầu năm 2023"),
        ("Thu ngân sách sáu tháng đầu năm nay đạt khá", "2023-09", "6 tháng đầu năm 2023"),
        ("Nửa đầu năm thu khá", "2023-07-05", "6 tháng đầu năm 2023"),
        ("Nhiệm vụ 6 tháng cuối năm", "2023-06-30", "6 tháng cuối năm 2023"),
        ("Nhìn lại 6 tháng cuối năm", "2024-01-15", "6 tháng cuối năm 2023"),
        ("Tín dụng tăng trong quý IV", "2024-02-01", "quý IV/2023"),
        ("Xuất khẩu quý I khởi sắc", "2024-04-08", "quý I/2024"),
        ("Thu ngân sách 6 tháng đầu năm đạt khá", "2023-11-05", None),
        ("Thu ngân sách 6 tháng đầu năm đạt khá", "2023", None),
        ("Thu ngân sách 6 tháng đầu năm đạt khá", None, None),
        ("Thu ngân sách tăng so với 6 tháng đầu năm", "2023-12-05", None),
        ("Thu ngân sách 6 tháng đầu năm ngoái", "2023-07-05", None),
        ("Quý I, quý II thu khá", "2023-11-05", None),
    ],
)
def test_a_period_without_its_year_gets_it_from_the_publication(text: str, published: str | None, label: str | None) -> None:
    """Where only one year fits, within three months of its end; never from a year alone."""
    found = told(text, published=PartialDate(published, "field") if published else None)
    assert found == ([label] if label else [])


def test_a_year_in_passing_is_not_reported_on() -> None:
    """The year a road was built, the one compared with, and the one a plan ends in."""
    text = ("Con đường làm năm 2003 đã xuống cấp.", "Số vụ giảm so với cùng kỳ năm 2022; đến năm 2030 sẽ làm mới.")
    assert told("Sửa đường", *text) == []


def test_a_year_the_text_comes_back_to_is_reported_on_when_it_is_near() -> None:
    near = ("Năm 2022, xã trồng 20 ha rừng.", "Năm 2022 cũng là năm xã về đích.")
    assert told("Xã trồng rừng", *near) == ["năm 2022"]
    assert told("Xã trồng rừng", *(line.replace("2022", "1998") for line in near)) == []


def test_what_stands_far_down_once_is_not_reported_on() -> None:
    far = "Bà con phấn khởi thi đua lao động sản xuất. " * 30
    assert told("Hội nghị", far, "Quý I/2021 có mưa nhiều.") == []
    assert told("Hội nghị", far, "Quý I/2021 có mưa nhiều.", "Quý I/2021 cũng có bão.") == ["quý I/2021"]


def test_evidence_stands_where_it_says() -> None:
    """Positions count over headline and paragraphs, a line each."""
    title, text = "Giảm nghèo giai đoạn 2021 - 2025", "Đại hội nhiệm kỳ 2020-2025 của xã."
    dates = text_dates(title, (text,), PUBLISHED)
    whole = f"{title}\n{text}"
    for period in (*dates.periods, *dates.terms):
        assert whole[period.start : period.start + len(period.evidence)] == period.evidence
    assert [period.value for period in dates.periods] == ["2021..2025"]
    assert [term.value for term in dates.terms] == ["2020..2025"]


@pytest.mark.parametrize("filler", ["", "Bà con thi đua sản xuất. " * 1_500])
def test_digits_that_are_known_change_nothing(filler: str) -> None:
    """Also where a text is too long to be read to its end."""
    title, paragraphs = "Quý I/2021", ("Sáng 30-6, xã họp.", filler + "Nhiệm kỳ 2020-2025 có 12 xã.", "Quý I/2021 có bão.")
    digits = digit_runs("\n".join((title, *paragraphs)))
    assert text_dates(title, paragraphs, PUBLISHED, digits) == text_dates(title, paragraphs, PUBLISHED)


def test_a_table_of_years_is_bounded() -> None:
    title = ", ".join(f"quý {quarter}/{year}" for year in range(2000, 2020) for quarter in (1, 2, 3, 4))
    assert len(told(title)) == MOST


_PIECES = st.sampled_from(
    ["ngày ", "sáng ", "tháng ", "năm ", "30-6", "30/6/2023", "14.9", "quý I/", "2023", "2022-2025", " giai đoạn ", "nhiệm kỳ ",
     "tháng mười một năm ", "6 tháng đầu ", ", ", " - ", "October 18, ", "một hai ba bốn năm sáu bảy tám chín mười ", "\n", "x"]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_looking_only_around_digits_loses_no_date(text: str) -> None:
    """The fast path finds what the rules find over the whole text."""
    assert list(mentions(text)) == [found for match in DATE.finditer(text) if (found := _read(match, text))]


@given(st.lists(_PIECES, max_size=25).map("".join))
def test_every_period_of_any_text_has_a_value_that_reads_back(text: str) -> None:
    for period in periods(text):
        assert read_period(period.value) == period.value
        assert text[period.start : period.start + len(period.evidence)] == period.evidence
