"""The contract: one suite, run unchanged on every back-end.

A class of tests for a back-end inherits `Contract` and names its engine. Expected values come from the
documents themselves or from the memory engine, the oracle.
"""

from __future__ import annotations

import datetime
import gc
import threading
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.codec import clustered
from engine.errors import IndexBusyError, IndexDamagedError, IndexMismatchError
from engine.explanation import lines
from engine.index import EMBEDDED, Index, remove
from engine.model import FACETS, UNKNOWN, DateRange, SearchRequest, Sort
from engine.plan import AllOf, NumbersNode, Plan, TermNode
from engine.schema import COPIED, COPY_OF, DICTIONARIES, IS_COPY, NUMBER_FIELDS
from engine.search import Searcher
from engine.spellings import Spellings
from engine.suggest import Suggester
from indexer.analysis import analyze_document
from indexer.clusters import IN_MEMORY, Clusters
from tests.engine.conftest import BOUNDED, QUERIES, TOPS
from tests.engine.contract_edges import EdgesContract
from tests.engine.contract_time import TimeContract
from tests.support import ids, make, searcher_over

LENGTH_ERROR = 0.08


class Contract(TimeContract, EdgesContract):
    """Behaviour every back-end has."""

    engine: str

    # --- agreement with the oracle ---

    @pytest.mark.parametrize("q", QUERIES)
    def test_totals_facets_and_ranking_agree_with_the_oracle(self, archive: Searcher, oracle: Searcher, q: str) -> None:
        got, want = (searcher.search(SearchRequest(q, limit=10)) for searcher in (archive, oracle))
        assert got.total == want.total
        assert got.facets == want.facets
        scores = {hit.document.doc_id: hit.score for hit in oracle.search(replace(want.request, limit=500, snippets=0)).hits}
        if "~" in q:
            return  # tantivy also counts keys in another order towards the score of a proximity query, never towards its matches
        for mine, its in zip(got.hits, want.hits, strict=True):
            # Engines keep a document's length in one byte, so scores differ a little and near-equals change places.
            assert mine.score == pytest.approx(scores[mine.document.doc_id], rel=LENGTH_ERROR)
            assert scores[mine.document.doc_id] >= its.score * (1 - 2 * LENGTH_ERROR)

    def test_the_first_ten_are_the_oracles_nine_times_in_ten(self, archive: Searcher, oracle_tops: dict[str, frozenset[str]]) -> None:
        """Over 200 queries of all kinds: typed with marks and without, phrases, fields, sentences."""
        assert len(oracle_tops) == TOPS
        shared = sum(len(top & {*ids(archive, q, limit=10, facets=(), snippets=0)}) for q, top in oracle_tops.items())
        assert shared >= 0.9 * sum(map(len, oracle_tops.values()))

    @pytest.mark.parametrize(
        "filters",
        [{"place": ("gia-lai",)}, {"date": ("2023", "2024-02")}, {"source": (UNKNOWN,), "date": ("2023",)}, {"term": ("nông thôn",)}],
    )
    def test_filtered_totals_and_facets_agree_with_the_oracle(
        self, archive: Searcher, oracle: Searcher, filters: dict[str, tuple[str, ...]]
    ) -> None:
        request = SearchRequest("năm", filters=filters, limit=10)
        got, want = archive.search(request), oracle.search(request)
        assert (got.total, got.facets) == (want.total, want.facets)

    @pytest.mark.parametrize("q", ["năm 2023", "ngân sách", '"hội nghị" | lũ', "học*", "xã -huyện"])
    def test_documents_that_match_are_the_oracles(self, archive: Searcher, oracle: Searcher, q: str) -> None:
        assert set(ids(archive, q, limit=500)) == set(ids(oracle, q, limit=500))

    # --- queries ---

    @pytest.mark.parametrize(
        "q",
        ["thị xã an khê", "thi xa an khe", "THỊ XÃ AN KHÊ", unicodedata.normalize("NFD", "thị xã An Khê"), "thị\u200b xã an khê"],
    )
    def test_marks_case_and_unicode_form_do_not_matter(self, small: Searcher, q: str) -> None:
        assert ids(small, q) == ["a"]

    @pytest.mark.parametrize("q", ["hòa", "hoà", "HOÀ", "hoa\u0300"])
    def test_both_tone_placements_find_the_same(self, small: Searcher, q: str) -> None:
        assert sorted(ids(small, q)) == ["b", "c"]

    def test_a_marked_syllable_matches_only_itself_and_an_unmarked_one_any(self, small: Searcher) -> None:
        assert ids(small, "đường") == ["e"]
        assert ids(small, "duong") == ["e"]
        assert small.search(SearchRequest("dưỡng", corrections=False)).total == 0
        assert set(ids(small, "hoa")) == {"b", "c"}
        assert ids(small, "hoa")[0] == "c"

    def test_with_few_matches_those_without_the_marks_follow(self, small: Searcher) -> None:
        """Totals of each part; the parts do not overlap; other spellings of the same marks stay in the first."""
        found = small.search(SearchRequest("hòa"))
        assert (found.total, found.folded_total, found.folded_from_rank) == (2, 0, None)
        found = small.search(SearchRequest("hóa", corrections=False))
        assert (found.total, found.folded_total, found.folded_from_rank) == (0, 2, 1)
        assert all(hit.folded for hit in found.hits)
        found = small.search(SearchRequest("ngân sách | dưỡng"))
        assert (found.total, found.folded_total) == (3, 1)
        assert [(hit.rank, hit.folded) for hit in found.hits] == [(1, False), (2, False), (3, False), (4, True)]
        assert found.hits[3].document.doc_id == "e"
        assert found.hits[3].title.ranges == ((0, 5),)
        assert "without-marks" in {notice.code for notice in found.notices}
        assert small.count(SearchRequest("ngân sách | dưỡng")) == 3

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_run_on_into_the_matches_without_marks(self, small: Searcher, sort: Sort) -> None:
        request = SearchRequest("hòa | ngẫn", sort=sort, corrections=False)
        every = [hit.document.doc_id for hit in small.search(request).hits]
        assert len(every) == 4
        for size in (1, 2, 3):
            pages = [small.search(replace(request, offset=at, limit=size)) for at in range(0, 5, size)]
            assert [hit.document.doc_id for page in pages for hit in page.hits] == every
            assert [hit.rank for page in pages for hit in page.hits] == [1, 2, 3, 4]
            assert {(page.total, page.folded_total) for page in pages} == {(2, 2)}

    def test_what_is_left_out_keeps_its_marks_and_filters_hold_for_both_parts(self, small: Searcher) -> None:
        assert ids(small, "ngẫn -đường", corrections=False) == ids(small, "ngan -đường")
        assert set(ids(small, "ngẫn -phương", corrections=False)) == {"a", "b", "d"}
        found = small.search(SearchRequest("ngẫn", filters={"source": ("Báo A",)}, corrections=False))
        assert {hit.document.doc_id for hit in found.hits} == {"a", "b"}
        assert found.folded_total == 2

    def test_all_words_are_wanted_and_or_widens(self, small: Searcher) -> None:
        assert ids(small, "ngân sách phường") == ["b"]
        assert set(ids(small, "phường OR đường")) == {"b", "e"}
        assert set(ids(small, "phường HOẶC đường")) == {"b", "e"}

    def test_phrases_need_their_order_and_negation_leaves_out(self, small: Searcher) -> None:
        assert ids(small, '"ngân sách thị"') == ["a"]
        assert ids(small, '"sách ngân"') == []
        assert set(ids(small, "ngân sách -phường")) == {"a", "d"}
        assert set(ids(small, "-ngân")) == {"c", "e"}

    def test_proximity_counts_the_syllables_between(self, small: Searcher) -> None:
        assert ids(small, '"con liên"~1') == ["e"]
        assert ids(small, '"con liên"') == []
        assert ids(small, '"con dài"~2') == []
        assert ids(small, '"con dài"~3') == ["e"]

    def test_the_title_counts_more_than_the_body(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        texts = (make("body", "Tin ngắn", "Lũ lớn về làng."), make("title", "Lũ lớn về làng", "Tin ngắn."))
        assert ids(searcher_over(tmp_path / "i", analyzer, texts, self.engine), "lũ")[0] == "title"

    def test_numbers_dates_and_documents_are_found_however_they_are_written(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        texts = (
            make("n", "Thu", "Tổng thu 10.040 tỷ đồng, bằng 52,15%, tính đến 20-6-2023."),
            make("q", "Quyết định", "Theo Quyết định số 15/2024/QĐ-UBND, gọi 0905.123.456."),
        )
        searcher = searcher_over(tmp_path / "i", analyzer, texts, self.engine)
        for q in ("10040", "10.040", "52,15", "20/6/2023", "20-6-2023", "10.040 tỷ"):
            assert ids(searcher, q) == ["n"], q
        for q in ("15/2024/QĐ-UBND", "15/2024/qd-ubnd", "0905123456", "0905 123 456"):
            assert ids(searcher, q) == ["q"], q

    @pytest.mark.parametrize("q", ["0¼*", "a.b*", "٣*", "𝟛*"])
    def test_a_prefix_of_odd_letters_is_answered(self, small: Searcher, q: str) -> None:
        assert ids(small, q) == []

    def test_a_field_narrows_to_the_title(self, small: Searcher) -> None:
        assert ids(small, "title:ngân") == ["a"]

    def test_abbreviations_and_full_forms_find_each_other(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        texts = (
            make("short", "Họp", "UBND phường họp về NTM."),
            make("long", "Họp", "Ủy ban nhân dân phường họp về nông thôn mới."),
            make("none", "Họp", "Nhân dân phường bàn việc quản lý chợ."),
        )
        searcher = searcher_over(tmp_path / "i", analyzer, texts, self.engine)
        for q in (
            "UBND phường",
            "ubnd phường",
            "ủy ban nhân dân phường",
            "uy ban nhan dan phuong",
            '"UBND phường"',
            '"ủy ban nhân dân phường"',
        ):
            assert set(ids(searcher, q)) == {"short", "long"}, q
        assert ids(searcher, "UBND", abbreviations=False) == ["short"]
        response = searcher.search(SearchRequest("UBND"))
        assert [notice.code for notice in response.notices] == ["abbreviation"]

    @pytest.mark.parametrize(
        ("value", "found"), [('"báo a"', "ab"), ('"bao a"', "ab"), ("báo", "abce"), ('"Báo A"', "ab"), ("a", "ab"), ('"báo x"', "")]
    )
    def test_a_source_is_found_however_its_name_is_written(self, small: Searcher, value: str, found: str) -> None:
        """What was read is said, and an unknown one left out leaves nothing out."""
        response = small.search(SearchRequest(f"nguồn:{value}"))
        assert {hit.document.doc_id for hit in response.hits} == set(found)
        code = {'"Báo A"': [], '"báo x"': ["unknown-source"]}.get(value, ["source-read"])
        assert [notice.code for notice in response.notices] == code
        assert set(ids(small, f"-nguồn:{value}")) == set("abcde") - set(found)

    def test_an_unknown_place_left_out_leaves_nothing_out(self, small: Searcher) -> None:
        response = small.search(SearchRequest("ngân sách -ở:xyz"))
        assert {hit.document.doc_id for hit in response.hits} == {"a", "b", "d"}
        assert [notice.code for notice in response.notices] == ["unknown-place"]

    # --- the engine's dictionaries, and what is read off them ---

    def test_dictionaries_count_documents(self, small: Searcher) -> None:
        snapshot = small.index.snapshot()
        terms = [("body", "ngân"), ("body_folded", "hoa"), ("body", "khong-co"), ("pairs", "ngan_sach"), ("source", "Báo A")]
        assert snapshot.frequencies(terms) == [3, 2, 0, 3, 2]
        assert snapshot.frequencies([]) == []
        assert list(snapshot.keys("readings", "ngan_").items()) == [("ngan_sach=ngân_sách", 3)]
        assert snapshot.keys("source", "Báo") == {"Báo A": 2, "Báo B": 2}
        assert snapshot.keys("readings", "zz") == {}
        assert snapshot.keys("source", "B.o") == {}

    def test_dictionaries_agree_with_the_oracle(self, archive: Searcher, oracle: Searcher) -> None:
        mine, its = archive.index.snapshot(), oracle.index.snapshot()
        for field in DICTIONARIES:
            for exact in (True, False):
                assert list(mine.keys(field, "t", exact=exact).items()) == list(its.keys(field, "t", exact=exact).items()), field

    def test_exact_dictionaries_forget_what_was_replaced_and_deleted(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        with small.index.writer() as writer:
            writer.delete("b")
            writer.add(analyze_document(analyzer, make("a", "Tên mới", "Nội dung khác.", source="Báo C")))
        snapshot = small.index.snapshot()
        assert snapshot.keys("readings", "ngan_", exact=True) == {"ngan_sach=ngân_sách": 1}
        assert snapshot.keys("source", "", exact=True) == {"?": 1, "Báo B": 2, "Báo C": 1}

    def test_marks_are_put_back_from_what_is_indexed_now(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        def read(text: str) -> list[tuple[str, int]]:
            return [(reading.text, reading.documents) for reading in Spellings(small.index.snapshot()).readings(text)]

        assert read("thu ngan sach") == [("thu ngân sách", 1)]
        assert read("an khe") == [("an khê", 1)]
        with small.index.writer() as writer:
            writer.add(analyze_document(analyzer, make("a", "Ăn khế ngọt", "Ăn khế trả vàng.")))
        assert read("an khe") == [("ăn khế", 1)]

    # --- spelling and offers ---

    def test_a_query_that_finds_nothing_runs_as_it_was_meant_and_says_so(self, small: Searcher) -> None:
        response = small.search(SearchRequest("thu ngna sach"))
        assert [hit.document.doc_id for hit in response.hits] == ["a"]
        assert (response.request.q, response.corrected_from) == ("thu ngan sach", "thu ngna sach")
        assert (response.notices[0].code, response.notices[0].undo) == ("corrected", "sua=khong")
        assert "thu ngna sach" in response.notices[0].message

    def test_exactly_what_was_typed_is_run_on_demand_and_the_rest_is_offered(self, small: Searcher) -> None:
        response = small.search(SearchRequest("thu ngna sach", corrections=False))
        assert (response.total, response.corrected_from) == (0, None)
        assert [(offer.kind, offer.request.q, offer.total) for offer in response.offers][:1] == [("spelling", "thu ngan sach", 1)]
        assert small.count(SearchRequest("thu ngna sach")) == 0

    def test_every_offer_gives_the_count_it_names(self, archive: Searcher) -> None:
        requests = [
            SearchRequest("hội VÀ nghị VÀ tàu VÀ vũ", filters={"place": ("gia-lai/an-khe",)}),
            SearchRequest('"sách ngân thu"', filters={"source": ("Bản tin Tây Nguyen",), "date": ("2022-01",)}),
            SearchRequest("nôngthôn mới", corrections=False),
            SearchRequest("hội nghị ngày:1990", dates=DateRange(datetime.date(2000, 1, 1), datetime.date(2000, 2, 1))),
        ]
        for request in requests:
            response = archive.search(request)
            assert response.total == 0
            assert response.offers, request
            for offer in response.offers:
                assert archive.search(offer.request).total == offer.total > 0, offer

    def test_three_words_that_nothing_holds_find_two_of_them_beside_the_offers(self, archive: Searcher) -> None:
        response = archive.search(SearchRequest("ngân sách quazzel"))
        assert response.total > 0
        assert (response.whole_total, [notice.code for notice in response.notices]) == (0, ["most-words"])
        assert "words" in [offer.kind for offer in response.offers]
        for offer in response.offers:
            assert archive.search(offer.request).total == offer.total > 0, offer

    def test_offers_agree_with_the_oracle(self, archive: Searcher, oracle: Searcher) -> None:
        for q in ("thu ngần sách", "ankhe", "ddoongf bafo", "cây cầu kim cương", '"mới thôn nông"', "zzzz"):
            mine, its = archive.search(SearchRequest(q)), oracle.search(SearchRequest(q))
            assert (mine.total, mine.offers, mine.notices, mine.corrected_from) == (
                its.total,
                its.offers,
                its.notices,
                its.corrected_from,
            ), q

    def test_suggestions_agree_with_the_oracle(self, archive: Searcher, oracle: Searcher) -> None:
        mine, its = Suggester(archive.index), Suggester(oracle.index)
        for text in ("t", "an kh", "hội ng", "thu ngân s", "thi xa an", "bản tin"):
            assert mine.suggest(text) == its.suggest(text) != (), text

    # --- facets ---

    def test_facet_counts_ignore_their_own_filter_only(self, small: Searcher) -> None:
        response = small.search(SearchRequest(filters={"source": ("Báo A",), "date": ("2024",)}))
        assert response.total == 1
        facets = {facet.field: {row.value: row.count for row in facet.counts} for facet in response.facets}
        assert facets["source"] == {"Báo A": 1, "Báo B": 1}
        assert facets["date"] == {"2023": 1, "2023-06": 1, "2024": 1, "2024-02": 1}

    def test_a_selected_value_stays_visible_at_zero(self, small: Searcher) -> None:
        response = small.search(SearchRequest("ngân sách", filters={"source": ("Báo B",)}))
        assert response.total == 0
        counts = next(facet for facet in response.facets if facet.field == "source").counts
        assert (counts[0].value, counts[0].count, counts[0].selected) == ("Báo B", 0, True)

    def test_unknown_is_a_bucket(self, small: Searcher) -> None:
        assert ids(small, "", filters={"date": (UNKNOWN,)}) == ["d"]

    def test_truncation_is_said(self, small: Searcher) -> None:
        response = small.search(SearchRequest(facet_limit=1))
        facets = {facet.field: facet for facet in response.facets}
        assert facets["source"].truncated
        assert len(facets["source"].counts) == 1

    def test_an_unknown_value_gives_nothing_and_no_error(self, small: Searcher) -> None:
        assert small.search(SearchRequest(filters={"place": ("khong-co-noi-nay",)})).total == 0

    def test_excluded_values_do_not_occur(self, small: Searcher) -> None:
        assert set(ids(small, "", excluded={"source": ("Báo A",)})) == {"c", "d", "e"}

    # --- dates and order ---

    @pytest.mark.parametrize(
        ("first", "last", "found"),
        [
            ("2023-06-30", "2023-06-30", {"a"}),
            ("2024-01-01", "2024-12-31", {"b", "c"}),
            ("2024-02-01", "2024-02-29", {"b"}),
            ("2024-02-02", "2024-02-29", set()),
            (None, "2022-12-31", {"e"}),
            ("2023-01-01", None, {"a", "b", "c"}),
        ],
    )
    def test_a_date_range_holds_what_lies_wholly_inside(
        self, small: Searcher, first: str | None, last: str | None, found: set[str]
    ) -> None:
        days = DateRange(*(datetime.date.fromisoformat(day) if day else None for day in (first, last)))
        assert set(ids(small, "", dates=days)) == found

    def test_newest_and_oldest_first_with_unknown_dates_last(self, small: Searcher) -> None:
        assert ids(small, "", sort="newest") == ["c", "b", "a", "e", "d"]
        assert ids(small, "", sort="oldest") == ["e", "a", "c", "b", "d"]

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_pages_concatenate_to_the_whole_ranking(self, archive: Searcher, sort: str) -> None:
        whole = ids(archive, "năm", limit=60, sort=sort)
        pages = [doc_id for start in range(0, 60, 7) for doc_id in ids(archive, "năm", limit=7, offset=start, sort=sort)]
        assert pages[: len(whole)] == whole
        assert len(set(whole)) == len(whole)

    def test_equal_scores_keep_one_order_in_every_engine(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        texts = [make(f"d{i}", "Tin giống nhau", "Cùng một câu.") for i in range(30)]
        mine = ids(searcher_over(tmp_path / "i", analyzer, texts, self.engine), "tin", limit=30)
        oracle = ids(searcher_over(tmp_path / "o", analyzer, reversed(texts), "memory"), "tin", limit=30)
        assert mine == oracle
        again = searcher_over(tmp_path / "j", analyzer, texts, self.engine)
        assert [ids(again, "tin", limit=4, offset=start) for start in (0, 4, 8)] == [mine[0:4], mine[4:8], mine[8:12]]

    def test_numbers_of_a_page_are_read_without_its_texts(self, archive: Searcher, oracle: Searcher) -> None:
        plan = Plan(TermNode("body_folded", "nam", 1.0), sort="oldest", offset=3, limit=20)
        mine, its = (searcher.index.snapshot().columns(plan, NUMBER_FIELDS) for searcher in (archive, oracle))
        assert mine == its
        assert len(mine.rows) == 20

    @pytest.mark.parametrize("field", ["oldest", "cluster", "first_day"])
    def test_documents_are_found_by_their_numbers(self, archive: Searcher, field: str) -> None:
        snapshot = archive.index.snapshot()
        every = snapshot.columns(Plan(AllOf(), sort="oldest", limit=500), (field,)).rows
        among = {number for (number,) in every[::3] if number}
        found = snapshot.columns(Plan(NumbersNode(field, (*among, 7)), sort="oldest", limit=500), (field,)).rows
        assert found == [row for row in every if row[0] in among]
        assert not snapshot.search(Plan(NumbersNode(field, ()))).total

    # --- near-duplicates ---

    def test_one_article_of_a_cluster_stands_for_all_that_match(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        text = " ".join(f"Xã thứ {i} họp bàn việc làm đường liên thôn số {i * 7}." for i in range(15))
        documents = [
            make("first", "Họp xã", text, source="Báo A", date="2023-05-01"),
            make("copy", "Họp xã hôm qua", text + " Tin của báo bạn.", source="Báo B", date="2023-04-30"),
            make("third", "Họp xã nữa", text, source="Báo B", date="2023-05-02"),
            make("other", "Họp tỉnh", "Tỉnh họp bàn việc khác hẳn về làm đường.", source="Báo B"),
        ]
        with Clusters(IN_MEMORY) as clusters:
            placed = [clusters.placed(analyze_document(analyzer, document)) for document in documents]
        searcher = searcher_over(tmp_path / "i", analyzer, placed, self.engine)
        response = searcher.search(SearchRequest("làm đường"))
        assert response.total == 2
        assert {hit.document.doc_id: hit.similar for hit in response.hits} == {"first": 2, "other": 0}
        sources = next(facet for facet in response.facets if facet.field == "source")
        assert {row.value: row.count for row in sources.counts} == {"Báo A": 1, "Báo B": 1}
        assert searcher.count(SearchRequest("làm đường")) == 2
        assert set(ids(searcher, "làm đường", copies=True)) == {"first", "copy", "third", "other"}
        cluster = next(hit.stored.cluster for hit in response.hits if hit.similar)
        assert set(ids(searcher, "", cluster=cluster)) == {"first", "copy", "third"}
        # Where the founder does not match, the oldest copy that does stands for the rest.
        narrowed = searcher.search(SearchRequest("làm đường", filters={"source": ("Báo B",)}))
        assert {hit.document.doc_id: hit.similar for hit in narrowed.hits} == {"copy": 1, "other": 0}
        assert narrowed.total == 2

    def test_of_a_cluster_founded_twice_the_same_copies_are_left_out_in_every_order(
        self, tmp_path: Path, analyzer: ArticleAnalyzer
    ) -> None:
        """As where the file of founders was lost between two runs."""
        placed = []
        for at in range(6):
            document = make(f"d{at}", "Làm đường liên thôn", "Làm đường liên thôn.", date=f"2023-05-0{at + 1}")
            analyzed = analyze_document(analyzer, document)
            copied = {**analyzed.facets, COPY_OF: ("77",), COPIED: (IS_COPY,)} if at in (1, 4, 5) else analyzed.facets
            placed.append(clustered(analyzed, 77, copied))
        searcher = searcher_over(tmp_path / "i", analyzer, placed, self.engine)
        for order in ("relevance", "newest", "oldest"):
            response = searcher.search(SearchRequest("làm đường", sort=order))
            assert {hit.document.doc_id for hit in response.hits} == {"d0", "d2", "d3"}
            assert (response.total, searcher.count(response.request)) == (3, 3)

    def test_a_facet_that_leaves_its_own_filter_out_counts_copies_that_stand_for_their_cluster(
        self, tmp_path: Path, analyzer: ArticleAnalyzer
    ) -> None:
        roads = " ".join(f"Xã thứ {i} làm đường liên thôn số {i * 7} sau bão lụt." for i in range(9))
        fields = " ".join(f"Lần thứ {i} xã Song An xây dựng cánh đồng mẫu số {i * 7}." for i in range(9))
        documents = [
            make("roads", "Làm đường", roads, source="Báo A", date="2023-05-01"),
            make("roads again", "Làm đường", roads, source="Báo A", date="2023-05-02"),
            make("fields", "Cánh đồng", fields, source="Báo B", date="2023-05-01"),
            make("fields and more", "Cánh đồng", f"{fields} Bàn cả bão lụt.", source="Báo B", date="2023-05-02"),
        ]
        with Clusters(IN_MEMORY) as clusters:
            placed = [clusters.placed(analyze_document(analyzer, document)) for document in documents]
        searcher = searcher_over(tmp_path / "i", analyzer, placed, self.engine)
        response = searcher.search(SearchRequest("bão lụt", filters={"source": ("Báo A",)}))
        assert [(hit.document.doc_id, hit.similar) for hit in response.hits] == [("roads", 1)]
        sources = next(facet for facet in response.facets if facet.field == "source")
        assert {row.value: row.count for row in sources.counts} == {"Báo A": 1, "Báo B": 1}
        assert searcher.count(SearchRequest("bão lụt", filters={"source": ("Báo B",)})) == 1

    def test_how_many_hold_all_of_a_sentence_is_told_without_copies(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        words = "huyện họp bàn việc làm đường liên thôn mới trước mùa mưa lũ"
        text = " ".join(f"Lần thứ {i} {words} số {i * 7}." for i in range(9))
        copies = [make(f"copy{i}", "Họp huyện", text + f" Bản in lần {i}.", date=f"2023-05-0{i + 1}") for i in range(4)]
        most = [make(f"most{i}", "Họp xã", f"Xã {i} {words.removesuffix(' mưa lũ')} vào ngày {i}.") for i in range(3)]
        with Clusters(IN_MEMORY) as clusters:
            placed = [clusters.placed(analyze_document(analyzer, document)) for document in (*copies, *most)]
        searcher = searcher_over(tmp_path / "i", analyzer, placed, self.engine)
        response = searcher.search(SearchRequest(words))
        assert (response.whole_total, response.total) == (1, 4)
        apart = searcher.search(SearchRequest(words, copies=True))
        assert (apart.whole_total, apart.total) == (4, 7)
        everywhere = searcher.search(SearchRequest(words.removesuffix(" mưa lũ").removesuffix(" trước mùa"), copies=True))
        assert (everywhere.whole_total, everywhere.total, everywhere.notices) == (None, 7, ())  # all hold all: nothing to say

    def test_a_copy_that_holds_more_than_the_article_that_stands_for_it_is_no_article_that_holds_all(
        self, tmp_path: Path, analyzer: ArticleAnalyzer
    ) -> None:
        text = " ".join(f"Lần thứ {i} xã Song An xây dựng nông thôn mới số {i * 7}." for i in range(9))
        both = [make("founder", "Xã họp", text, date="2023-05-01"), make("copy", "Xã họp", f"{text} Bàn cả bão lụt.", date="2023-05-02")]
        with Clusters(IN_MEMORY) as clusters:
            placed = [clusters.placed(analyze_document(analyzer, document)) for document in both]
        response = searcher_over(tmp_path / "i", analyzer, placed, self.engine).search(
            SearchRequest("xã Song An xây dựng nông thôn mới bão lụt")
        )
        assert [(hit.document.doc_id, hit.similar) for hit in response.hits] == [("founder", 1)]
        assert "most-words" in [notice.code for notice in response.notices]

    # --- writing ---

    def test_adding_the_same_id_replaces(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        with small.index.writer() as writer:
            writer.add(analyze_document(analyzer, make("a", "Tên mới", "Nội dung khác.")))
            writer.add(analyze_document(analyzer, make("f", "Bài lặp", "Lần một.")))
            writer.add(analyze_document(analyzer, make("f", "Bài lặp", "Lần hai.")))
        assert small.search(SearchRequest()).total == 6
        assert ids(small, "An Khê") == []
        assert ids(small, '"lần hai"') == ["f"]
        assert ids(small, '"lần một"') == []

    def test_deleting_removes_and_an_unknown_id_does_nothing(self, small: Searcher) -> None:
        with small.index.writer() as writer:
            writer.delete("a")
            writer.delete("khong co")
        assert set(ids(small, "")) == {"b", "c", "d", "e"}
        assert small.get("a") is None

    def test_an_exception_discards_all_changes(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        def interrupted() -> None:
            with small.index.writer() as writer:
                writer.add(analyze_document(analyzer, make("x", "Dở dang")))
                writer.delete("a")
                raise KeyError("power cut")

        with pytest.raises(KeyError):
            interrupted()
        assert set(ids(small, "")) == {"a", "b", "c", "d", "e"}
        with small.index.writer() as writer:
            writer.add(analyze_document(analyzer, make("y", "Lại ghi được")))
        assert small.search(SearchRequest()).total == 6

    def test_a_commit_inside_the_block_stays_when_the_rest_fails(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        def interrupted() -> None:
            with small.index.writer() as writer:
                writer.add(analyze_document(analyzer, make("kept", "Giữ lại")))
                writer.commit()
                writer.add(analyze_document(analyzer, make("lost", "Mất")))
                raise KeyError("power cut")

        with pytest.raises(KeyError):
            interrupted()
        assert small.get("kept") is not None
        assert small.get("lost") is None

    def test_a_snapshot_does_not_see_later_commits(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        before = small.index.snapshot()
        with small.index.writer() as writer:
            writer.add(analyze_document(analyzer, make("new", "Bài mới")))
        assert before.count() == 5
        assert before.get("new") is None
        assert small.index.snapshot().count() == 6

    def test_a_second_writer_is_refused_with_a_reason(self, small: Searcher) -> None:
        with small.index.writer(), pytest.raises(IndexBusyError, match="another"), small.index.writer():
            pass

    def test_what_another_process_commits_is_in_the_next_snapshot(
        self, small: Searcher, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("engine.opensearch.backend.SNAPSHOT_SECONDS", 0.0)  # for so long, searches there share one
        other = Searcher(Index.open(small.index.directory, analyzer))
        for number in range(3):
            with small.index.writer() as writer:
                writer.add(analyze_document(analyzer, make(f"new{number}", "Tin mới", "Vừa có.")))
            assert other.count(SearchRequest("vừa có")) == number + 1

    def test_who_writes_later_keeps_what_others_wrote(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        other = Index.open(small.index.directory, analyzer)
        for index, doc_id in ((small.index, "mine"), (other, "its"), (small.index, "again")):
            with index.writer() as writer:
                writer.add(analyze_document(analyzer, make(doc_id, "Tin mới", "Vừa có.")))
        assert {"mine", "its", "again"} <= set(ids(Searcher(Index.open(small.index.directory, analyzer)), "vừa có"))

    def test_an_index_built_anew_under_a_reader_is_read_anew(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        if self.engine not in EMBEDDED:
            pytest.skip("a version of an index on servers is built beside the one in use: see `timtin reindex`")
        assert ids(small, "ngân sách") != []
        remove(small.index.directory)
        made = searcher_over(small.index.directory, analyzer, [make("new", "Bài mới", "Vừa có.")], self.engine)
        assert ids(small, "") == ids(made, "") == ["new"]

    def test_what_was_committed_is_there_after_reopening(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        again = Searcher(Index.open(small.index.directory, analyzer))
        assert ids(again, "an khê") == ["a"]
        stored = again.get("b")
        assert stored is not None
        assert stored.document == BOUNDED[1]

    def test_an_empty_index_answers(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        empty = searcher_over(tmp_path / "i", analyzer, (), self.engine)
        response = empty.search(SearchRequest("thu ngân sách"))
        assert (response.total, response.hits) == (0, ())
        assert [facet.field for facet in response.facets] == list(FACETS)

    def test_a_document_of_one_megabyte_is_found_and_highlighted(self, tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
        body = "Xã báo cáo kết quả trong năm qua. " * 30_000 + "Cuối cùng là kim cương."
        one = searcher_over(tmp_path / "i", analyzer, [make("big", "Bài dài", body)], self.engine)
        hit = one.search(SearchRequest("kim cương")).hits[0]
        assert any("kim cương" in snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.ranges)

    def test_searches_in_threads_agree(self, archive: Searcher) -> None:
        want = ids(archive, "ngân sách")
        got: list[list[str]] = []
        threads = [threading.Thread(target=lambda: got.append(ids(archive, "ngân sách"))) for _ in range(6)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert got == [want] * 6

    def test_an_explanation_adds_up_to_the_score(self, archive: Searcher) -> None:
        hit = archive.search(SearchRequest("thu ngan sach an khe", explain=True, limit=1)).hits[0]
        assert hit.explanation is not None
        assert hit.explanation["value"] == pytest.approx(hit.score, rel=1e-3)
        assert any("body_folded:ngan" in line for line in lines(hit.explanation))

    # --- opening ---

    @pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whoosh leaves the file open that it could not read
    def test_a_damaged_index_says_how_to_rebuild(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        directory = small.index.directory / "engine"
        for path in directory.iterdir():
            if path.is_file():
                path.write_bytes(b"\x00damaged")
        with pytest.raises(IndexDamagedError, match="timtin index --rebuild"):
            Index.open(small.index.directory, analyzer)
        gc.collect()  # closes that file now, not in the middle of another test

    def test_asking_for_another_engine_is_refused(self, small: Searcher, analyzer: ArticleAnalyzer) -> None:
        other = "whoosh" if self.engine != "whoosh" else "memory"
        with pytest.raises(IndexMismatchError, match=f"{self.engine}.*{other}"):
            Index.open(small.index.directory, analyzer, other)
