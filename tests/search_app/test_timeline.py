"""Values of the time line's picture."""

from __future__ import annotations

import pytest

from engine.model import Facet, FacetCount
from search_app.timeline import HEIGHT, Timeline, month_span, ticks, timeline


def facet(counts: dict[str, int], selected: tuple[str, ...] = (), *, truncated: bool = False) -> Facet:
    return Facet("date", tuple(FacetCount(value, f"nhãn {value}", count, value in selected) for value, count in counts.items()), truncated)


def draw(counts: dict[str, int], selected: tuple[str, ...] = (), *, truncated: bool = False) -> Timeline:
    line = timeline(facet(counts, selected, truncated=truncated), selected, lambda value: f"/tim?ngay={value}")
    assert line is not None
    return line


SHORT = {"2023": 9, "2023-01": 2, "2023-06": 4, "2023-07": 1, "?": 3}
LONG = {str(year): 10 for year in range(2005, 2024)} | {f"{year}-05": 10 for year in range(2005, 2024)}


def test_a_short_span_is_drawn_in_months() -> None:
    line = draw(SHORT)
    assert line.unit == "tháng"
    assert [bar.value for bar in line.bars] == ["2023-01", "2023-06", "2023-07"]
    assert [bar.count for bar in line.bars] == [2, 4, 1]
    assert line.bars[1].href == "/tim?ngay=2023-06"
    assert line.span == "1/2023 đến 7/2023"
    assert line.most == "4"


def test_the_tallest_bar_fills_the_height_and_the_others_are_in_proportion() -> None:
    heights = {bar.value: bar.height for bar in draw(SHORT).bars}
    assert heights == {"2023-01": HEIGHT // 2, "2023-06": HEIGHT, "2023-07": HEIGHT // 4}
    assert all(bar.y + bar.height == HEIGHT for bar in draw(SHORT).bars)


def test_a_single_article_among_thousands_still_shows() -> None:
    assert draw({"2023": 10_001, "2023-01": 10_000, "2023-02": 1}).bars[1].height >= 3


def test_months_without_articles_keep_their_place() -> None:
    line = draw({"2023": 2, "2023-01": 1, "2023-10": 1})
    assert [bar.slot_x for bar in line.bars] == ["0.000%", "90.000%"]
    assert {bar.slot_width for bar in line.bars} == {"10.000%"}


def test_bars_of_a_short_span_stay_bars() -> None:
    assert float(draw({"2023": 1, "2023-01": 1}).bars[0].width.rstrip("%")) <= 5


def test_a_long_span_is_drawn_in_years() -> None:
    line = draw(LONG)
    assert line.unit == "năm"
    assert len(line.bars) == 19
    assert line.span == "2005 đến 2023"
    assert line.year is None


def test_a_year_of_a_long_span_opens_into_its_months() -> None:
    line = draw(LONG, ("2010",))
    assert (line.unit, line.year) == ("tháng", "2010")
    assert [bar.value for bar in line.bars] == ["2010-05"]
    assert line.bars[0].selected, "a month is chosen with its year"
    assert draw(LONG, ("2010-05",)).year == "2010"
    assert draw(LONG, ("2010", "2011")).year is None
    assert draw(LONG, ("?",)).year is None


STRAYS = {"2009": 1, "2009-03": 1, "2017": 993, "2017-01": 3, "2017-04": 400, "2017-05": 590, "2024": 6, "2024-02": 6}


def test_a_few_stray_dates_do_not_make_one_bar_of_the_rest() -> None:
    line = draw(STRAYS)
    assert (line.unit, line.span) == ("tháng", "1/2017 đến 5/2017"), "what is near to the rest is none, however little it is"
    assert [bar.count for bar in line.bars] == [3, 400, 590]
    assert (line.notes, line.outside) == ((), "7 bài có ngày cách xa, không vẽ")
    near = {**STRAYS, "2017": 994, "2017-12": 1}
    assert (draw(near).notes, draw(near).outside) == ((), "8 bài có ngày cách xa, không vẽ"), "told once"
    assert draw({**STRAYS, "2024": 60, "2024-02": 60}).unit == "năm", "one in twenty is no stray"
    assert draw({**STRAYS, "2017": 1093}).notes == ("100 bài chỉ biết năm, không vẽ theo tháng.",)
    assert draw(SHORT).outside is None
    vague = {**STRAYS, "2009": 300}
    assert (draw(vague).unit, draw(vague).outside) == ("năm", None), "an article of which the year is known counts too"
    assert draw({**STRAYS, "2009": 3}).outside == "9 bài có ngày cách xa, không vẽ"


def test_what_is_selected_is_drawn_also_where_it_is_a_stray() -> None:
    line = draw(STRAYS, ("2009",))
    assert (line.unit, line.year, [bar.value for bar in line.bars]) == ("tháng", "2009", ["2009-03"])
    assert [bar.value for bar in draw(STRAYS, ("2009", "2017")).bars] == ["2009", "2017", "2024"]
    assert draw(STRAYS, ("2017-04",)).year == "2017"


def test_no_article_of_a_small_archive_is_a_stray() -> None:
    assert draw({"2009": 1, "2009-03": 1, "2017": 90, "2017-01": 90}).unit == "năm"


def test_undated_articles_are_counted_beside() -> None:
    assert draw(SHORT).unknown == ("3 bài không rõ ngày", "/tim?ngay=?")
    assert draw({"2023": 1, "2023-01": 1}).unknown is None


def test_what_is_not_drawn_is_said() -> None:
    assert draw(SHORT).notes == ("2 bài chỉ biết năm, không vẽ theo tháng.",)
    assert draw({"2023": 1, "2023-01": 1}).notes == ()
    assert draw(SHORT, truncated=True).unit == "năm", "months that were not counted are not drawn as if there were none"
    assert draw(SHORT, ("2023",), truncated=True).notes == ("Một số tháng rất ít bài không được vẽ.",)


def test_selection_is_shown() -> None:
    line = draw(SHORT, ("2023-06",))
    assert [bar.selected for bar in line.bars] == [False, True, False]
    assert line.any_selected
    assert not draw(SHORT).any_selected


def test_nothing_to_draw() -> None:
    assert timeline(None, (), str) is None
    assert timeline(facet({}), (), str) is None
    assert timeline(facet({"?": 5}), (), str) is None


def test_only_years_known() -> None:
    line = draw({"2022": 3})
    assert (line.unit, [bar.value for bar in line.bars]) == ("năm", ["2022"])


@pytest.mark.parametrize(
    ("periods", "labels"),
    [
        (["2023-06"], ["6/2023"]),
        (month_span("2023-01", "2023-12"), ["1/2023", "3/2023", "5/2023", "7/2023", "9/2023", "11/2023"]),
        (month_span("2021-03", "2023-08"), ["2022", "2023"]),
        ([str(year) for year in range(2000, 2024)], ["2000", "2004", "2008", "2012", "2016", "2020"]),
    ],
)
def test_labels_are_few_enough_for_a_phone(periods: list[str], labels: list[str]) -> None:
    assert [tick.label for tick in ticks(periods)] == labels


def test_labels_of_years_lead_to_years() -> None:
    line = draw({"2022": 4, "2022-03": 4, "2023": 5, "2023-12": 5})
    assert [(tick.label, tick.href) for tick in line.ticks] == [("2023", "/tim?ngay=2023")]


@pytest.mark.parametrize(
    ("first", "last", "length", "ends"),
    [("2023-01", "2023-01", 1, "2023-01"), ("2022-11", "2023-02", 4, "2023-02"), ("1999-12", "2000-01", 2, "2000-01")],
)
def test_month_spans(first: str, last: str, length: int, ends: str) -> None:
    span = month_span(first, last)
    assert (len(span), span[0], span[-1]) == (length, first, ends)
