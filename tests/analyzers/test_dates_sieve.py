"""Sieves in front of the date patterns: they may keep too much, and pass over nothing that names a day."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from analyzers.dates import PartialDate, event_date
from analyzers.dates.mention import DATE, date_matches, mentions, mentions_in
from analyzers.dates.sieve import day_stretches, years
from analyzers.dates.told import text_dates
from analyzers.dates.yearless import yearless_periods
from analyzers.digits import digit_runs, digit_runs_of

FORMS = (
    "30-6", "30/6/2023", "14.9", "ngày 17 tháng 9 năm 2023", "22 Tháng Sáu, 2023", "2023-06-30", "ngày 25 và 26/02", "18 October 2019",
    "October 18, 2019", "21 Th4, 2022", "Tháng Tư 21, 2022", "ngày 10, 11 và 12/2", "ngày 17 tháng mười một, năm 2023", "1 may 2020",
)  # fmt: skip
FILLER = "Ở đây thu 10.040 tỷ đồng, tăng 3,5 % so với 2-3 năm trước, tỷ số 3-0, "


@pytest.mark.parametrize("text", ["", "abc", "7", "a12b3", "số 10.040", "١٢ và ３４", "𝟙𝟚 x 9", "năm 2023", "1\n2"])
def test_digit_runs_are_those_of_the_definition(text: str) -> None:
    assert digit_runs(text) == [match.span() for match in re.finditer(r"\d+", text)]


@pytest.mark.parametrize("texts", [[], [""], ["", "12", ""], ["a1", "2b", "", "x"], ["năm 2023", "𝟙𝟚 x 9", "10.040\n7"]])
def test_digit_runs_of_several_texts_are_those_of_each(texts: list[str]) -> None:
    assert digit_runs_of(texts) == [digit_runs(text) for text in texts]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("before", ["Sáng ngày ", FILLER + "sáng ngày ", "Dài " * 40 + "ngày "])
@pytest.mark.parametrize("after", ["", " tại xã, có 12 hộ.", " " + FILLER])
def test_every_day_lies_in_a_stretch(form: str, before: str, after: str) -> None:
    text = before + form + after
    days = [mention for mention in mentions(text) if mention.day]
    assert days
    assert [mention for mention in mentions_in(text, day_stretches(text, digit_runs(text))) if mention.day] == days


BESIDE = ("ſep 1, 2011", "TH.4 5, 2022", "a30/6", "1:30/6", "2017", "tháng", " ", "\n", ",", "5", "-", "t")


@given(st.lists(st.sampled_from((*FORMS, *BESIDE)), max_size=12))
@example(["12", "18 October 2019"])
def test_dates_begin_where_they_are_looked_for(parts: list[str]) -> None:
    """Trying the pattern only where a date can begin finds what trying it everywhere does."""
    text = "".join(parts)
    everywhere = [match.span() for match in DATE.finditer(text)]
    assert [match.span() for match in date_matches(text, 0, len(text))] == everywhere


@pytest.mark.parametrize("text", ["6 tháng đầu năm", "6 THÁNG ĐẦU NĂM", "Sáu tháng Đầu nĂm", "nửa cuối năm", "Quý II", "QUÝ II", "quÝ ii"])
def test_periods_without_year_are_found_in_any_case(text: str) -> None:
    """A letter few texts have leads to the words, in either case; the rest of the text is not lowered."""
    published = PartialDate("2023-07-10", "given")
    assert [found.evidence for found in yearless_periods(f"Năm qua tăng. {text} thu đạt khá.", published)] == [text]


def test_a_word_at_the_very_beginning_is_no_period() -> None:
    published = PartialDate("2023-07-10", "given")
    assert [*yearless_periods("ă", published)] == [*yearless_periods("năm", published)] == [*yearless_periods("ý", published)] == []


def test_numbers_that_are_no_days_are_passed_over() -> None:
    text = "Thu 10.040 tỷ đồng, nhiệt độ 13-16 độ, thắng 3-0, từ năm 2016 có 45 hộ và 3 tháng nghỉ."
    assert day_stretches(text[:60], digit_runs(text[:60])) == []
    assert [text[start:end] for start, end in years(text, digit_runs(text))] == ["2016"]


@pytest.mark.parametrize(
    "paragraphs",
    [
        ("Chiều 7-2, công an cho biết đã rõ vụ việc. Trước đó, khoảng 9h ngày 5-2, xe lật ở xã.",),
        ("Không có ngày nào.", "Hội nghị diễn ra sáng 6/2 tại huyện, bàn 12", "3/2017 là một tháng."),
        ("x" * 5995 + " ngày 12/1050 là số.", "Ngày 7/2 ở sau."),
        ("Sáng nay, đoàn đến xã.", "Có 2-3 đội."),
    ],
)
def test_an_article_is_dated_as_without_the_sieve(paragraphs: tuple[str, ...]) -> None:
    published = PartialDate("2017-02-08", "given")
    assert text_dates("Tin ở xã", paragraphs, published).event == event_date("Tin ở xã", paragraphs, published)
