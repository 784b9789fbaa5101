"""Related articles: those about the same matter first, nothing unrelated, the same event only with dates and places that show it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.model import Document, StoredDocument
from engine.related import Related, RelatedDocument, telling
from engine.related.find import LEAST_LIKENESS, days_between
from engine.related.likeness import likeness
from engine.related.plan import MOST_PAIRS, candidates_plan
from engine.search import Searcher
from engine.serialize import related_json
from indexer.analysis import analyze_document
from tests.support import make, searcher_over

FIRE = "Vụ cháy xưởng gỗ ở phường Tây Sơn, thị xã An Khê, tỉnh Gia Lai thiêu rụi 300 mét vuông nhà xưởng. Lính cứu hỏa dập lửa suốt ba giờ."
TEXTS = (
    make("chay-1", "Cháy lớn tại xưởng gỗ ở An Khê", FIRE, date="2023-04-02", source="Báo A"),
    make(
        "chay-2",
        "An Khê: xưởng gỗ cháy rụi trong đêm",
        "Đêm 1/4, ngọn lửa bao trùm xưởng gỗ tại phường Tây Sơn, thị xã An Khê, tỉnh Gia Lai. Lính cứu hỏa mất ba giờ mới dập tắt.",
        date="2023-04-03",
        source="Báo B",
    ),
    make(
        "chay-cu",
        "Xưởng gỗ ở An Khê được nhắc về phòng cháy",
        "Lính cứu hỏa kiểm tra các xưởng gỗ ở thị xã An Khê, tỉnh Gia Lai, nhắc chủ xưởng gỗ lo phòng cháy, dập lửa sớm.",
        date="2021-11-20",
        source="Báo A",
    ),
    make(
        "chay-xa",
        "Cháy xưởng gỗ ở Bắc Kạn",
        "Xưởng gỗ ở thành phố Bắc Kạn, tỉnh Bắc Kạn bốc cháy, lính cứu hỏa dập lửa sau ba giờ.",
        date="2023-04-03",
        source="Báo C",
    ),
    make("chay-khong-ngay", "Xưởng gỗ cháy ở An Khê", "Xưởng gỗ ở phường Tây Sơn, thị xã An Khê, tỉnh Gia Lai cháy, lính cứu hỏa dập lửa."),
    make("lua", "Lúa đông xuân được mùa", "Nông dân Kiến Tường gặt lúa, giá tăng, thương lái mua tại ruộng.", date="2023-04-02"),
    make("hoi", "Hội làng mở đầu xuân", "Dân làng kéo co, đấu vật, hát giao duyên bên sông.", date="2023-04-02"),
    make("truong", "Trường mới của bản vùng cao", "Học sinh nội trú nhận chăn ấm, thầy cô đón lớp.", date="2023-04-02"),
    make("rong", "", "", date="2023-04-02"),
)


@pytest.fixture(scope="module", params=["memory", "tantivy", "whoosh"])
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    return searcher_over(tmp_path_factory.mktemp("related") / "index", analyzer, TEXTS, request.param)


def test_articles_about_the_same_matter_come_first_and_no_other_ones_at_all(searcher: Searcher) -> None:
    found = searcher.related("chay-1")
    assert found is not None
    order = [one.stored.document.doc_id for one in found.documents]
    assert set(order[:2]) == {"chay-2", "chay-khong-ngay"}
    assert "chay-1" not in order
    assert not {"lua", "hoi", "truong", "rong"} & set(order)
    assert [one.score for one in found.documents] == sorted((one.score for one in found.documents), reverse=True)
    assert all(LEAST_LIKENESS <= one.likeness <= 1 for one in found.documents)


def test_the_same_event_is_told_by_text_day_and_place_together(searcher: Searcher) -> None:
    """Not years apart, not in another province, and never without a day."""
    found = searcher.related("chay-1", 10)
    assert found is not None
    events = {one.stored.document.doc_id: one.same_event for one in found.documents}
    assert events["chay-2"]
    assert not any(same for doc_id, same in events.items() if doc_id != "chay-2")
    back = searcher.related("chay-2", 10)
    assert back is not None
    assert {one.stored.document.doc_id for one in back.documents if one.same_event} == {"chay-1"}


def test_why_an_article_is_related_is_told(searcher: Searcher) -> None:
    found = searcher.related("chay-1")
    assert found is not None
    told = {row["doc_id"]: row for row in related_json(found)["related"]}
    assert told["chay-2"]["days"] == 1
    assert told["chay-khong-ngay"]["days"] is None
    assert any("Tây Sơn" in place for place in told["chay-2"]["places"])


def test_the_number_of_articles_is_what_was_asked_for(searcher: Searcher) -> None:
    every = searcher.related("chay-1", 10)
    assert every is not None
    for limit in range(4):
        some = searcher.related("chay-1", limit)
        assert some is not None
        assert some.documents == every.documents[:limit]


@pytest.mark.parametrize(
    ("scores", "kept"),
    [
        ([0.40, 0.38, 0.36, 0.34], 4),
        ([0.40, 0.38, 0.20, 0.19], 2),
        ([0.90, 0.40, 0.38, 0.20], 3),  # the first is nearly the same text: what else is related is not measured by it
        ([0.40, 0.10], 1 + 1),
        ([0.20], 1),
        ([], 0),
    ],
)
def test_what_is_shown_unasked_ends_where_the_scores_fall(scores: list[float], kept: int) -> None:
    """Below, only what is alike itself is shown."""
    article = StoredDocument(Document("a", "A"))
    weak = [RelatedDocument(article, score, likeness=0.8 if score > 0.8 else 0.06, shared=0.1) for score in scores]
    assert [one.score for one in telling(Related(article, tuple(weak)), 6).documents] == scores[:kept]
    alike = Related(article, tuple(replace(one, shared=0.3) for one in weak))
    assert [one.score for one in telling(alike, 6).documents] == scores
    assert len(telling(alike, 2).documents) == min(len(scores), 2)


def test_of_near_duplicates_one_is_related_and_says_how_many_more(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    copies = [replace(analyze_document(analyzer, replace(TEXTS[1], doc_id=f"ban-{number}")), cluster=7) for number in range(3)]
    found = searcher_over(tmp_path / "i", analyzer, [*copies, *TEXTS]).related("chay-1", 10)
    assert found is not None
    listed = {one.stored.document.doc_id: one.similar for one in found.documents}
    assert [similar for doc_id, similar in listed.items() if doc_id.startswith("ban-")] == [2]
    assert listed["chay-2"] == 0


def test_an_article_that_says_nothing_has_no_related_ones_and_an_unknown_one_is_none(searcher: Searcher) -> None:
    found = searcher.related("rong")
    assert found is not None
    assert found.documents == ()
    assert searcher.related("không có") is None


def test_a_long_article_asks_for_no_more_than_a_short_one(searcher: Searcher, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    """The plan is bounded whatever the text; a pasted book costs what a page costs."""
    words = " ".join(f"{first}{last}" for first in ("tha", "mi", "lo", "que") for last in ("n", "ng", "m", "t", "p", "c"))
    long = searcher_over(tmp_path / "i", analyzer, [make("dai", "Dài", words * 3000), *TEXTS])
    stored = long.get("dai")
    assert stored is not None
    plan = candidates_plan(stored, analyzer.analyzer.analyze, 10)
    assert plan is not None
    assert repr(plan).count("TermNode") <= MOST_PAIRS + 4
    assert long.related("dai") is not None


def test_likeness_is_that_of_texts_from_nothing_to_all() -> None:
    one = Document("a", "Lũ về Gia Lai", "", "Nước dâng cao, dân chạy lũ.")
    other = Document("b", "Được mùa cà phê", "", "Giá tăng từng ngày.")
    found = likeness(one, [one, other, Document("c", "")])
    for same, none, empty in found:
        assert same == pytest.approx(1)
        assert none < 0.02
        assert empty == 0
    assert found.shared[1] == likeness(other, [one]).shared[0]
    assert len(likeness(one, []).cosine) == 0


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ("2023-06-30", "2023-07-02", 2),
        ("2023-06", "2023-06-15", 0),
        ("2023-06", "2023-07-02", 2),
        ("2023", "2021-12-31", 366),
        (None, "2023", None),
    ],
)
def test_days_between_dates_as_far_as_they_are_known(one: str | None, other: str, days: int | None) -> None:
    published = [make("x", date=date).published for date in (one, other)]
    assert days_between(*published) == days
    assert days_between(*reversed(published)) == days
