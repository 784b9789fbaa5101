"""The part of the contract about time: periods and terms of office, the day of the event, dates known to the month."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.explanation import lines
from engine.model import DateRange, Document, SearchRequest
from engine.search import Searcher
from tests.support import ids, make, searcher_over

FEBRUARY = DateRange(date(2024, 2, 1), date(2024, 2, 29))


class TimeContract:
    """Behaviour every back-end has."""

    engine: str

    def over(self, tmp_path: Path, analyzer: ArticleAnalyzer, *documents: Document) -> Searcher:
        return searcher_over(tmp_path / "index", analyzer, documents, self.engine)

    def test_periods_and_terms_of_office_are_counted_and_filter(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        """However a period is worded, it is one value; a text without any has none, and no bucket of the unknown."""
        searcher = self.over(
            tmp_path,
            analyzer,
            make("half", "Thu ngân sách 6 tháng đầu năm 2023", "Đạt 49% kế hoạch.", date="2023-07-05"),
            make("words", "Thu ngân sách sáu tháng đầu năm 2023", "Đạt khá.", date="2023-07-06"),
            make("congress", "Đại hội", "Đại hội bầu ban chấp hành nhiệm kỳ 2020 - 2025.", date="2020-07-06"),
        )
        response = searcher.search(SearchRequest())
        facets = {facet.field: [(row.value, row.label, row.count) for row in facet.counts] for facet in response.facets}
        assert facets["period"] == [("2023-01..2023-06", "6 tháng đầu năm 2023", 2)]
        assert facets["tenure"] == [("2020..2025", "nhiệm kỳ 2020–2025", 1)]
        assert set(ids(searcher, "", filters={"period": ("2023-01..2023-06",)})) == {"half", "words"}
        assert ids(searcher, "", filters={"tenure": ("2020..2025",)}) == ["congress"]
        told = searcher.search(SearchRequest(filters={"tenure": ("2020..2025",)})).hits[0].stored.dates
        assert [(term.value, term.evidence) for term in told.terms] == [("2020..2025", "nhiệm kỳ 2020 - 2025")]

    def test_an_event_keeps_its_day_its_rule_and_its_words(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        searcher = self.over(
            tmp_path, analyzer, make("bridge", "Khánh thành cầu", "Sáng 14-9, xã khánh thành cầu treo.", date="2022-09-15")
        )
        event = searcher.search(SearchRequest("cầu")).hits[0].stored.dates.event
        assert event is not None
        assert (event.date, event.precision, event.rule, event.evidence) == ("2022-09-14", "day", "dateline", "Sáng 14-9")

    def test_newer_articles_rank_a_little_higher_on_demand(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        """More the newer they are; it moves no article in or out, and what fits better by far stays above."""
        days = {"a": None, "b": "2019-05-02", "c": "2024-12-20", "d": "2025-01-13"}
        texts = [make(doc_id, "Tin giống nhau", "Cùng một câu về đê biển.", date=day) for doc_id, day in days.items()]
        texts.append(
            make("best", "Đê biển, đê biển", "Đê biển sạt lở: đê biển cần kè, đê biển cần trồng cây chắn sóng.", date="2019-01-01")
        )
        mine = searcher_over(tmp_path / "i", analyzer, texts, self.engine)
        mine.today = lambda: date(2025, 1, 15)
        request = SearchRequest("đê biển", copies=True)
        usual, fresh = mine.search(request), mine.search(replace(request, fresh=True, explain=True))
        others = [hit.document.doc_id for hit in usual.hits if hit.document.doc_id in ("a", "b")]
        assert [hit.document.doc_id for hit in fresh.hits] == ["best", "d", "c", *others]
        assert (fresh.total, fresh.facets) == (usual.total, usual.facets)
        assert fresh.hits[1].explanation is not None
        newer = [line.split()[0] for line in lines(fresh.hits[1].explanation) if "first_day:" in line]
        assert newer
        assert {float(value) for value in newer} == {mine.weights.fresh}
        assert fresh.hits[1].explanation["value"] == pytest.approx(fresh.hits[1].score, rel=1e-3)
        mine.today = lambda: date(2035, 1, 15)
        later = mine.search(replace(request, fresh=True))
        assert [hit.document.doc_id for hit in later.hits] == [hit.document.doc_id for hit in fresh.hits], (
            "new in an archive that has ended"
        )
        newest = replace(request, sort="newest")
        assert mine.search(replace(newest, fresh=True)).hits == mine.search(newest).hits

    def test_what_is_new_is_asked_of_the_articles_with_a_date(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        """However few they are among those without."""
        texts = [make(f"undated{number}", "Tin giống nhau", "Cùng một câu về đê biển.") for number in range(19)]
        mine = self.over(tmp_path, analyzer, *texts, make("dated", "Tin giống nhau", "Cùng một câu về đê biển.", date="2019-05-02"))
        request = SearchRequest("đê biển", limit=20, copies=True)
        usual, fresh = ({hit.document.doc_id: hit.score for hit in mine.search(replace(request, fresh=one)).hits} for one in (False, True))
        assert usual["dated"] == usual["undated7"]
        assert fresh["dated"] > fresh["undated7"]

    def test_a_month_only_article_is_in_its_month_and_year(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        """Not in a range that cuts the month; and it has one place in every order."""
        searcher = self.over(
            tmp_path,
            analyzer,
            make("month", "Họp", date="2024-02"),
            make("first", "Họp", date="2024-02-01"),
            make("last", "Họp", date="2024-02-29"),
        )
        assert set(ids(searcher, "", filters={"date": ("2024-02",)})) == {"month", "first", "last"}
        assert set(ids(searcher, "", filters={"date": ("2024",)})) == {"month", "first", "last"}
        assert set(ids(searcher, "", dates=FEBRUARY)) == {"month", "first", "last"}
        assert set(ids(searcher, "", dates=replace(FEBRUARY, last=date(2024, 2, 20)))) == {"first"}
        newest = ids(searcher, "", sort="newest")
        assert newest[-1] == "first"
        assert newest == ids(searcher, "", sort="newest")
        assert {facet.field: facet.counts[-1].label for facet in searcher.search(SearchRequest()).facets if facet.counts}[
            "date"
        ] == "tháng 2/2024"
