"""The date of an article from its clues, the day of its event, its periods and terms."""

# ruff: noqa: E501 — cases stand on one line each

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.dates import DateClues, PartialDate, event_date, given_date, periods, published, terms_of_office, year
from analyzers.dates.line import date_line, month_line
from analyzers.dates.mention import mentions
from analyzers.dates.published import url_date
from tests.cost import seconds

TEXT = ("Sáng 12/7, Đảng ủy phường họp sơ kết.", "Trong 6 tháng đầu năm 2023, kinh tế phường tiếp tục phát triển.")


@pytest.mark.parametrize(
    ("clues", "day", "rule"),
    [
        (DateClues(stated=(("json-ld", "2023-06-30T16:05:00+07:00"),), url="https://a.vn/2020/01/02/x"), "2023-06-30", "json-ld"),
        (
            DateClues(stated=(("meta", "0001-01-01"),), lines=(("visible-date", "2023-06-22", "22/06/2023 14:27"),)),
            "2023-06-22",
            "visible-date",
        ),
        (DateClues(url="https://a.vn/2023/06/30/tin.html"), "2023-06-30", "url"),
        (
            DateClues(header_month=("2023-06", "date 2023-06"), paragraphs=("(GLO)- Sáng 30-6, hội nghị",)),
            "2023-06-30",
            "header-month+dateline",
        ),
        (DateClues(header_month=("2023-07", "date 2023-07"), paragraphs=("(GLO)- Sáng 30-6, hội nghị",)), "2023-07", "header-month"),
        (
            DateClues(url="https://a.vn/channel/12381/202102/tin", paragraphs=("(GLO)- Chiều 8-2, đoàn",)),
            "2021-02-08",
            "dateline+url-month",
        ),
        (DateClues(url="https://a.vn/2024/02/tin/"), "2024-02", "url-month"),
        (DateClues(paragraphs=TEXT), "2023-07-12", "dateline+period"),
        (DateClues(paragraphs=("Chiều ngày 26/6/2023, thành phố tổ chức hội nghị.",)), "2023-06-26", "dateline"),
        (DateClues(paragraphs=("Ngày 4-5, đoàn công tác đến xã.",), crawled=date(2023, 5, 20)), "2023-05-04", "dateline+crawled"),
        (DateClues(lines=(("visible-date", "2025-11", "Bản tin tháng 11/2025"),)), "2025-11", "visible-date"),
    ],
)
def test_the_best_clue_dates_the_article_and_is_named(clues: DateClues, day: str, rule: str) -> None:
    """Stated dates before visible ones before addresses before datelines; the rule is kept."""
    found = published(clues)
    assert found is not None
    assert (found.date, found.rule) == (day, rule)


@pytest.mark.parametrize(
    "clues",
    [
        DateClues(),
        DateClues(paragraphs=("Ngày 4-5, đoàn công tác đến xã.",)),
        DateClues(paragraphs=("Ngày 18/11/2016, Chính phủ ban hành nghị quyết.", "Đến ngày 5/2/2017, việc thực hiện có kết quả.")),
        DateClues(paragraphs=("Thực hiện Quyết định số 12/QĐ-UBND ngày 05/01/2019, huyện triển khai.",)),
        DateClues(paragraphs=("Sáng 12/7, phường họp.", "Năm 2010 phường thành lập, năm 2015 đạt chuẩn.")),
        DateClues(stated=(("meta", "not a date"),), url="https://a.vn/tin-12345678.html"),
    ],
)
def test_unsure_is_none(clues: DateClues) -> None:
    """No date is better than a false one."""
    assert published(clues) is None


def test_a_date_after_the_crawl_is_not_believed() -> None:
    """A page cannot be from after the day it was fetched."""
    clues = DateClues(stated=(("meta", "2030-01-01"),), lines=(("visible-date", "2023-06-22", "22/06/2023"),), crawled=date(2023, 7, 1))
    found = published(clues)
    assert found is not None
    assert found.date == "2023-06-22"


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("https://a.vn/2023/6/5/tin", "2023-06-05"),
        ("https://a.vn/tin-20230630.html", "2023-06-30"),
        ("https://a.vn/xa-hoi/202112/tin", "2021-12"),
        ("https://a.vn/tin-123456789.html", None),
        ("https://a.vn/2045678/x", None),
        ("https://20230630.vn/x", None),
        ("https://a.vn/ban-tin-ngay-12-10-2024.html", "2024-10-12"),
        ("https://a.vn/2024/10/12/tuyen-quan-tu-ngay-01-01-2025-den-15-01-2025", "2024-10-12"),
        ("https://a.vn/tuyen-quan-tu-ngay-01-01-2025-den-15-01-2025", None),
        ("https://a.vn/nhan-ho-so-den-het-ngay-2025-01-15", None),
        ("https://a.vn/nghi-le-01-01-2025-den-03-01-2025/", None),
    ],
)
def test_an_address_gives_a_day_or_a_month(url: str, day: str | None) -> None:
    """Dates in paths are read, article numbers are not."""
    found = url_date(url)
    assert (found.date if found else None) == day


PUBLISHED = PartialDate("2023-10-04", "field")


@pytest.mark.parametrize(
    ("title", "paragraphs", "day"),
    [
        ("Huyện họp", ["Chiều 3/10, huyện họp."], "2023-10-03"),
        ("Ngày 7-10, khai hội đền Thượng", ["Trả lời báo chí chiều 3-10, ban tổ chức cho biết đã chuẩn bị xong."], "2023-10-07"),
        (
            "Xe tải lao xuống vực",
            ["Sáng 4/10, công an huyện cho biết đang điều tra.", "Trước đó, khoảng 21 giờ ngày 2/10, xe tải chạy qua đèo."],
            "2023-10-02",
        ),
        (
            "Khởi tố tài xế xe tải",
            ["Sáng 4/10, công an huyện cho biết đã khởi tố.", "Trước đó, khoảng 21 giờ ngày 2/10, xe tải chạy qua đèo."],
            "2023-10-04",
        ),
        ("Huyện khám bệnh tháng 9 năm 2023", ["Theo thống kê, các cơ sở y tế đã khám cho 8.000 lượt người."], "2023-09"),
        ("Kết quả xổ số ngày 4/10", ["Kết quả quay số mở thưởng."], None),
        ("Huyện nhiều tiềm năng", ["Thực hiện Nghị quyết số 26-NQ/TW, ngày 5/8/2008 của Trung ương, huyện tập trung chỉ đạo."], None),
        ("Trao quà", ["Trao đổi với phóng viên sáng nay, ông chủ tịch xã cho biết."], "2023-10-04"),
        ("Họp cuối năm", ["Chiều 28/12, xã họp."], "2023-12-28"),
        ("Một thời để nhớ", ["Ngày 12/3, ông lên đường nhập ngũ."], None),
    ],
)
def test_the_event_is_the_headlines_event(title: str, paragraphs: list[str], day: str | None) -> None:
    """Headline, dateline and incident, with the year of publication; citations, lotteries and distant days are no events."""
    found = event_date(title, paragraphs, PUBLISHED)
    assert (found.date if found else None) == day


def test_evidence_is_verbatim() -> None:
    """What is shown as evidence stands in the text."""
    text = "(GLO)- Sáng 30-6, Ban Chấp hành họp."
    found = event_date("Họp", [text], PartialDate("2023-06-30", "field"))
    assert found is not None
    assert found.evidence in text


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("kết quả 6 tháng đầu năm 2023", ["6 tháng đầu năm 2023"]),
        ("nhiệm vụ sáu tháng cuối năm 2023", ["6 tháng cuối năm 2023"]),
        ("thu ngân sách quý I/2024 và quý II năm 2024", ["quý I/2024", "quý II/2024"]),
        ("chuẩn nghèo giai đoạn 2022-2025", ["giai đoạn 2022–2025"]),
        ("Riêng năm 2023, tổng giá trị sản xuất tăng 12% so với năm 2022", ["năm 2023"]),
        ("trong tháng 11/2023", ["tháng 11/2023"]),
        ("ngày 5 tháng 11/2023", []),
        ("từ năm 2015 đến năm 2020", ["giai đoạn 2015–2020"]),
    ],
)
def test_periods_are_named_once_each(text: str, labels: list[str]) -> None:
    """Half-years, quarters, months, years and spans; a year that is only compared with is not reported on."""
    assert [period.label for period in periods(text)] == labels


def test_a_period_knows_its_months() -> None:
    """First and last month are inclusive."""
    found = periods("9 tháng đầu năm 2023")[0]
    assert (found.first, found.last, found.evidence) == ("2023-01", "2023-09", "9 tháng đầu năm 2023")


def test_terms_of_office_are_years() -> None:
    """Terms are found with either dash, once each, and are not periods."""
    text = "nhiệm kỳ 2020-2025, chuẩn bị cho nhiệm kỳ 2025 – 2030; hết nhiệm kỳ 2020-2025"
    assert [term.label for term in terms_of_office(text)] == ["nhiệm kỳ 2020–2025", "nhiệm kỳ 2025–2030"]
    assert periods(text) == ()


PIECES = st.sampled_from(
    ["ngày", "Sáng", "30-6", "1/1/2020", "tháng 5", "năm 2023", "quý I/2024", "6 tháng đầu năm 2023", "-", ",", ".", "\n", "(GLO)-", "11111", "h", "Nghị quyết số 1", "của Bộ", "âm lịch", "12:30"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200)


@settings(deadline=None, max_examples=200)
@given(TEXTS, TEXTS, st.none() | st.dates(min_value=date(1995, 1, 1), max_value=date(2035, 1, 1)))
def test_dates_of_any_text_are_sound(title: str, text: str, crawled: date | None) -> None:
    """Nothing raises; what is found is a day of the calendar, and evidence and periods stand in the text."""
    paragraphs = tuple(text.split("\n"))
    found = published(DateClues(paragraphs=paragraphs, url=title, crawled=crawled))
    event_date(title, paragraphs, found)
    date_line(text)
    month_line(text)
    given_date(text)
    for period in (*periods(text), *terms_of_office(text)):
        assert text[period.start : period.start + len(period.evidence)] == period.evidence
        assert period.first <= period.last


def test_a_text_is_read_once_for_its_year_however_many_days_it_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """A timetable of an undated page names hundreds."""
    read: list[str] = []
    monkeypatch.setattr(year, "periods", lambda text: read.append(text) or ())
    monkeypatch.setattr(year, "mentions", lambda text: read.append(text) or ())
    paragraphs = [" ".join(f"Ngày {day}/{month} họp thôn." for day in range(1, 29)) for month in range(1, 13)]
    assert event_date("Lịch họp thôn", paragraphs, None) is None
    assert len(read) <= 2 * len(paragraphs)


def test_a_row_of_numbers_is_no_list_of_days() -> None:
    """No month has more days than 31; a longer row is not looked through from each of its numbers."""
    days = ", ".join(map(str, range(1, 32)))
    assert [mention.day for mention in mentions(f"các ngày {days}/12/2023")] == [1]
    sane, hostile = "Sáng 12/10, xã họp. " * 300, "1," * 3000
    assert seconds(lambda: [*mentions(hostile)]) < 60 * seconds(lambda: [*mentions(sane)], 3)
