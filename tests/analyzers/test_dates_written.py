"""Dates as written: mentions, date lines, datelines, given fields; and what is no date of the article."""

from __future__ import annotations

import pytest

from analyzers.dates import PartialDate, given_date
from analyzers.dates.context import date_role, is_licence_line
from analyzers.dates.dateline import dateline
from analyzers.dates.line import date_line, month_line
from analyzers.dates.mention import mentions


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sáng 30-6, hội nghị khai mạc", [(None, 6, 30)]),
        ("ngày 17 tháng 9 năm 2023", [(2023, 9, 17)]),
        ("22 Tháng Sáu, 2023", [(2023, 6, 22)]),
        ("các ngày 8, 9/11/2021", [(2021, 11, 8)]),
        ("Thứ 3, ngày 09 tháng 11 năm 2021", [(2021, 11, 9)]),
        ("T6, 09/11/2021", [(2021, 11, 9)]),
        ("15h30, 09/11/2021", [(2021, 11, 9)]),
        ("15 giờ 30, ngày 9/11/2021", [(2021, 11, 9)]),
        ("Kỳ 3 - 09/11/2021", [(2021, 11, 9)]),
        ("Bản tin 45, 09/11/2021", [(2021, 11, 9)]),
        ("ngày 5 tháng mười hai năm 2021", [(2021, 12, 5)]),
        ("on 18 October 2019", [(2019, 10, 18)]),
        ("October 18, 2019", [(2019, 10, 18)]),
        ("2023-06-30T16:05", [(2023, 6, 30)]),
        ("Ngày 25 và 26/02, đoàn", [(None, 2, 25)]),
        ("từ ngày 21-22/6/2023", [(2023, 6, 21)]),
        ("trong tháng 6/2023", [(2023, 6, None)]),
        ("15:27, 02/03/2026", [(2026, 3, 2)]),
        ("sáng 14.9 tại xã", [(None, 9, 14)]),
    ],
)
def test_a_written_date_is_read_day_first(text: str, expected: list[tuple[int | None, int, int | None]]) -> None:
    """Each form gives year, month and day as far as they are written."""
    assert [(found.year, found.month, found.day) for found in mentions(text)] == expected


@pytest.mark.parametrize(
    "text",
    [
        "đạt 9/14 tiêu chí",
        "đến 3.6 triệu đồng",
        "lực lượng trực 24/24 giờ",
        "1.320 0",
        "31/4/2023",
        "Nghị quyết 37",
        "tỷ số 2-1",
        "0-10 điểm",
        "99/99/9999",
    ],
)
def test_numbers_are_not_dates(text: str) -> None:
    """Fractions, scores, amounts and impossible days are not dates."""
    assert list(mentions(text)) == []


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Nghị quyết số 37-NQ/TW, ngày 1/7/2004 của Bộ Chính trị", "legal"),
        ("Quyết định số 112/QĐ-UBND ngày 15/3/2021", "legal"),
        ("Chỉ thị 05-CT/TW ngày 15/5/2016 của Bộ Chính trị", "legal"),
        ("Giấy phép số 21/GP-TTĐT cấp ngày 09/08/2018", "licence"),
        ("kỷ niệm 75 năm (14/3/1948-14/3/2023)", "range"),
        ("tức ngày 15/8/2023 âm lịch", "lunar"),
        ("báo cáo trước ngày 20/10/2023", "deadline"),
        ("Ngày 01/02/2020, Ủy ban nhân dân tỉnh ban hành công văn", ""),
        ("Sáng 30-6-2023, huyện tổ chức hội nghị", ""),
    ],
)
def test_a_date_knows_when_it_is_of_something_else(text: str, role: str) -> None:
    """Legal documents, licences, anniversaries, lunar days and deadlines are told from events."""
    assert date_role(text, next(mentions(text))) == role


@pytest.mark.parametrize(
    ("line", "day", "strength"),
    [
        ("Thứ năm - 24/06/2021 15:51 1.320 0", "2021-06-24", 2),
        ("Thứ 6, 09/11/2021, 10:02", "2021-11-09", 2),
        ("07h05 - 09/11/2021", "2021-11-09", 2),
        ("16:20, Thứ Hai, 2-10-2023 363 0", "2023-10-02", 2),
        ("Cập nhật 23/2/2016, 09:02:02", "2016-02-23", 3),
        ("Ngày đăng 18/03/2019 | 04:01 PM | View count: 536", "2019-03-18", 4),
        ("Submitted by Ban biên tập on 18 October 2019", "2019-10-18", 4),
        ("Thời sự - 15:27, 02/03/2026", "2026-03-02", 2),
        ("hứ hai, 28/9/2020, 00:00", "2020-09-28", 2),
        ("Thứ sáu, ngày 30/06/2023", "2023-06-30", 1),
        ("(10-9-2019)", "2019-09-10", 0),
        ("15/09/2022 06:00 Theo dõi Tạp chí trên Google News", "2022-09-15", 2),
    ],
)
def test_a_date_line_is_read_with_what_surrounds_it(line: str, day: str, strength: int) -> None:
    """Clock, weekday, label and counters around the date are understood, and say how sure the line is."""
    found = date_line(line)
    assert found is not None
    assert (found.iso, found.strength) == (day, strength)


@pytest.mark.parametrize(
    "line",
    [
        "Giấy phép số 2013/GP-BTTT do Bộ TTTT cấp ngày 30.10.2012",
        "Giấy phép xuất bản số 1050/GP - BTTTT Hà Nội, ngày 15-07-2008",
        "Bản quyền © 2019-01-05 thuộc về huyện",
        "Ngày ban hành: 13/11/2024",
        "Ngày hiệu lực 13/11/2024",
        "Hạn nộp hồ sơ: 13/11/2024",
        "Từ ngày 13/11/2024 đến ngày 20/11/2024",
        "Ngày sinh: 13/11/1994",
        "Khai mạc: 13/11/2024",
        "Đóng thầu 13/11/2024 14:00",
        "Trong phiên họp ngày 12/7/2023, các đại biểu đã thảo luận nhiều nội dung quan trọng của địa phương.",
        "Kế hoạch năm 2023",
    ],
)
def test_licences_and_prose_are_no_date_lines(line: str) -> None:
    """The licence of the site is not the date of the article; nor is a sentence with a date."""
    assert date_line(line) is None


def test_a_licence_line_is_known_by_its_words() -> None:
    """Licence and copyright lines are recognised, sentences about paper are not."""
    assert is_licence_line("Giấy phép số 12/GP-STTTT ngày 05/01/2019")
    assert not is_licence_line("Ngày đăng: 22/06/2023")


def test_a_month_line_gives_a_month_and_no_day() -> None:
    """A line that names an issue's month is a partial date; one with a day is not."""
    assert month_line("Bản tin tháng 11/2025 · 156 lượt xem") == "2025-11"
    assert month_line("Ngày 5 tháng 11/2025") is None


@pytest.mark.parametrize(
    ("paragraph", "expected"),
    [
        ("(GLO)- Chiều 4-5, đoàn công tác", (None, 5, 4)),
        ("(GLO)- Sáng 2-3-2018, đoàn công tác", (2018, 3, 2)),
        ("BHG - Sáng 11.12, Huyện ủy", (None, 12, 11)),
        ("TTXVN- Ngày 15-9, tại trụ sở", (None, 9, 15)),
        ("10h hôm nay 4/7, lũ vượt báo động", (None, 7, 4)),
        ("Sáng nay 6/6, học sinh tựu trường", (None, 6, 6)),
        ("sáng ngày 30/1 tức mồng 6 tết Âm Lịch, lễ hội", (None, 1, 30)),
        ("Vào lúc 9h30 ngày 12/7, tại cầu", (None, 7, 12)),
        ("Trong hai ngày 21 và 22/6, huyện", (None, 6, 21)),
    ],
)
def test_a_dateline_is_found_at_the_head(paragraph: str, expected: tuple[int | None, int, int]) -> None:
    """Agency codes, times of day and separators of every paper are understood."""
    found = dateline(paragraph)
    assert found is not None
    assert (found.year, found.month, found.day) == expected


@pytest.mark.parametrize(
    "paragraph",
    ["(QBĐT) – Chạy dọc bờ biển", "VOV.VN - Dự báo thời tiết", "(Chinhphu.vn) - Thủ tướng yêu cầu", "LNV - Huyện có nhiều làng nghề"],
)
def test_a_code_alone_is_no_dateline(paragraph: str) -> None:
    """A paper's code at the head says nothing about a day."""
    assert dateline(paragraph) is None


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2023-06-30", "2023-06-30"),
        ("/Date(1728700000000)/", "2024-10-12"),
        (r"\/Date(1728700000000+0700)\/", "2024-10-12"),
        ("Sat Oct 12 08:00:00 ICT 2024", "2024-10-12"),
        ("Quý 4/2024", None),
        ("2020-02-02T23:55:00.000Z", "2020-02-03"),
        ("2023-06-30T16:05:00+07:00", "2023-06-30"),
        ("2023-06-30 23:30", "2023-06-30"),
        ("30/06/2023", "2023-06-30"),
        ("14-06-2018 08:13:48", "2018-06-14"),
        ("Fri, 30 Jun 2023 20:00:00 GMT", "2023-07-01"),
        ("6/30/2023 4:05:00 PM", "2023-06-30"),
        (1688140800, "2023-06-30"),
        (1688140800000, "2023-06-30"),
        ("1688140800", "2023-06-30"),
        ("20230630", "2023-06-30"),
        ("2024-02", "2024-02"),
        ("Thứ Sáu, 30/6/2023", "2023-06-30"),
        ("0001-01-01T00:00:00", None),
        ("1970-01-01", None),
        ("hôm qua", None),
        ("2023-02-30", None),
        ("", None),
    ],
)
def test_a_given_date_is_viet_nams_day(value: str | float, day: str | None) -> None:
    """ISO, day first, RFC 2822 and epochs; moments with a zone become the local day; defaults of a CMS are no dates."""
    assert given_date(value) == day


@pytest.mark.parametrize("bad", ["2023-13", "2023-02-30", "23-01-01", "2023-W01-1", "", "2023/01/01"])
def test_a_partial_date_refuses_what_is_no_date(bad: str) -> None:
    """Every PartialDate can be trusted to be a day, month or year of the calendar."""
    with pytest.raises(ValueError, match=r".+"):
        PartialDate(bad, "test")


@pytest.mark.parametrize(
    "text",
    [
        "quý 4/2024",
        "Thông tư 5/2017",
        "Quyết định số: 8/2023",
        "Kế hoạch số 3/2024",
        "đợt 2/2024",
        "lần thứ 3/2024",
        "học kỳ 1/2024",
        "Quí 2/2024",
    ],
)
def test_the_number_of_something_in_its_year_is_no_month(text: str) -> None:
    """It would date the event of a headline, or the page."""
    assert [*mentions(f"{text} đạt khá")] == []
    assert month_line(text) is None


@pytest.mark.parametrize("text", ["Bản tin số 6/2024", "Sơ kết 6/2024", "Kế hoạch 6/2024", "Quý độc giả 6/2024", "Quyết định tháng 6/2024"])
def test_a_month_with_its_year_is_one_beside_other_words(text: str) -> None:
    assert [mention.iso for mention in mentions(text)] == ["2024-06"]
