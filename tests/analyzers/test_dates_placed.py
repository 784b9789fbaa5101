"""Datelines with the place they were written at; and sentences that only begin like one."""

from __future__ import annotations

import pytest

from analyzers.dates import DateClues, published
from analyzers.dates.dateline import dateline

LEAD = "Nhiều tuyến đường ngập sâu sau trận mưa kéo dài."


@pytest.mark.parametrize(
    ("paragraph", "day", "evidence"),
    [
        ("Gia Lai, ngày 12/10/2024 - Mưa lớn làm ngập chợ.", "2024-10-12", "ngày 12/10/2024"),
        ("Sóc Trăng, 15/10/2023 - Nước mặn vào sớm.", "2023-10-15", "15/10/2023"),
        ("(Gia Lai, 12/10/2024) Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("[Gia Lai - 12/10/2024] Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("Hà Nội (TTXVN) 12/10/2024 - Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("Hà Nội, 12/10/2024 (TTXVN) - Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("TTXVN - Hà Nội, 12/10/2024: Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("Cần Thơ, ngày 5 tháng 3 năm 2024 - Lúa đã chín.", "2024-03-05", "ngày 5 tháng 3 năm 2024"),
        ("(GLO) - Gia Lai, ngày 12/10/2024. Mưa lớn làm ngập chợ.", "2024-10-12", "ngày 12/10/2024"),
        ("TP.HCM, sáng 12/10/2024 – Mưa lớn làm ngập chợ.", "2024-10-12", "sáng 12/10/2024"),
        ("Thành phố Hồ Chí Minh (12-10-2024): Mưa lớn làm ngập chợ.", "2024-10-12", "12-10-2024"),
        ("huyện Chư Sê, tỉnh Gia Lai, ngày 12.10.2024 - Mưa lớn.", "2024-10-12", "ngày 12.10.2024"),
        ("Bà Rịa - Vũng Tàu, 12/10/2024 - Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("Quận 1, 12/10/2024 - Mưa lớn làm ngập chợ.", "2024-10-12", "12/10/2024"),
        ("Gia Lai, ngày 12/10/2024 - Hội chợ sẽ mở cửa ngày 30/11/2024, kéo dài đến đầu năm 2025.", "2024-10-12", "ngày 12/10/2024"),
    ],
)
def test_a_dateline_with_its_place_dates_the_article(paragraph: str, day: str, evidence: str) -> None:
    """In the first paragraph, and in the one after a lead; the rule is named and the words are kept."""
    for paragraphs in ((paragraph, "Nước đã rút."), (LEAD, paragraph)):
        found = published(DateClues(paragraphs=paragraphs))
        assert found is not None
        assert (found.date, found.rule, found.evidence) == (day, "dateline", evidence)


@pytest.mark.parametrize(
    "paragraph",
    [
        "Gia Lai, ngày 12/10/2024 tới đây sẽ mở hội chợ.",
        "Gia Lai - Ngày 12/10/2024 tới, tỉnh mở hội chợ.",
        "Gia Lai, ngày 12/10/2024, tỉnh sẽ mở hội chợ.",
        "Gia Lai, ngày 12/10/2024 - 15/10/2024, tỉnh mở hội chợ.",
        "Gia Lai, 12/10/2024 - 15/10: hội chợ mở cửa.",
        "Gia Lai, tháng 10/2024 - Mưa lớn làm ngập chợ.",
        "Gia Lai, ngày 12/10 - Mưa lớn làm ngập chợ.",
        "Bão Trà Mi (12/10/2024) đã làm ngập chợ.",
        "Hội chợ Gia Lai, ngày 12/10/2024 - mở cửa từ sáng.",
        "Trước 12/10/2024: nộp hồ sơ tại xã.",
        "Kể từ 12/10/2024 - Giá vé tăng.",
        "Hà Nội, 10/10/1954 - Đoàn quân tiến về.",
    ],
)
def test_a_date_inside_a_sentence_is_no_dateline(paragraph: str) -> None:
    """Plans, spans, storms, terms and months: without the cut after the date, or without a full date, nothing is dated."""
    assert published(DateClues(paragraphs=(paragraph, "Nước đã rút."))) is None


def test_a_place_and_a_dash_count_like_the_code_of_an_agency() -> None:
    """``Gia Lai - Ngày …`` opens a first paragraph as ``GLO - Ngày …`` does, with its year or with the month of the header."""
    dated = published(DateClues(paragraphs=("Gia Lai - Ngày 12/10/2024, tỉnh mở hội chợ.",)))
    assert dated is not None
    assert (dated.date, dated.rule) == ("2024-10-12", "dateline")
    joined = published(DateClues(header_month=("2024-10", "date 2024-10"), paragraphs=("Gia Lai - Sáng 12-10, tỉnh mở hội chợ.",)))
    assert joined is not None
    assert (joined.date, joined.rule) == ("2024-10-12", "header-month+dateline")


def test_a_look_back_years_later_keeps_its_date_unknown() -> None:
    """A dateline of long ago in a text that speaks of today is part of the story."""
    assert published(DateClues(paragraphs=("Gia Lai, 12/10/2004 - Ngày ấy chợ còn nhỏ.", "Năm 2024, chợ có ba tầng."))) is None


@pytest.mark.parametrize("head", ["Gia Lai, " * 42, "Gia " * 96, "A - " * 96, "(" * 380 + "Gia Lai", "A." * 190])
def test_heads_of_many_places_are_looked_through_once(head: str) -> None:
    """More places, syllables, spaces or brackets than a dateline has are none."""
    assert dateline(head + " 12/10/2024 - Mưa lớn.") is None
