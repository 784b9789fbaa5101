"""The part of the contract about edges: every facet, every order, prefixes, related articles, nothing at all, other versions."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.errors import EngineUnavailableError, IndexMismatchError
from engine.index import Index
from engine.model import FACETS, UNKNOWN, SearchRequest, Sort
from engine.plan import AllOf, AnyOf, Plan, RangeNode, TermNode, Without
from engine.port import LeftOut, Results, Snapshot
from engine.schema import COPY_OF, SCHEMA_VERSION
from engine.search import Searcher
from engine.suggest import Suggester
from tests.support import ids, make, searcher_over


class EdgesContract:
    """Behaviour every back-end has."""

    engine: str

    @pytest.mark.parametrize("field", FACETS)
    def test_values_of_one_facet_widen_and_those_of_others_narrow(self, archive: Searcher, oracle: Searcher, field: str) -> None:
        """Counts beside the chosen values are what choosing them too would add; the other facets count what is chosen."""
        facets = {facet.field: [row.value for row in facet.counts] for facet in oracle.search(SearchRequest()).facets}
        chosen = tuple(facets[field][:2])
        other = next(name for name in ("source", "date") if name != field)
        request = SearchRequest("năm", filters={field: chosen, other: (facets[other][0],)}, limit=100)
        mine, its = archive.search(request), oracle.search(request)
        assert (mine.total, mine.facets) == (its.total, its.facets)
        assert {hit.document.doc_id for hit in mine.hits} == {hit.document.doc_id for hit in its.hits}
        alone = [archive.search(replace(request, filters={**request.filters, field: (value,)})) for value in chosen]
        assert max(one.total for one in alone) <= mine.total <= sum(one.total for one in alone)
        for value, one in zip(chosen, alone, strict=True):
            counts = {row.value: row.count for facet in mine.facets if facet.field == field for row in facet.counts}
            assert counts[value] == one.total

    @pytest.mark.parametrize("limit", [1, 5, 40, 150])
    @pytest.mark.parametrize("sort", ["relevance", "newest"])
    def test_what_is_left_out_is_in_no_page_total_or_count(self, archive: Searcher, oracle: Searcher, sort: Sort, limit: int) -> None:
        common, part, again = (
            TermNode(field, text, 1.0) for field, text in (("body_folded", "nam"), ("body", "mưa"), ("place", "gia-lai"))
        )
        plan = Plan(
            common,
            filters={"dates": RangeNode("first_day", 1, None)},
            facets={"place": ("bac-kan", "gia-lai"), "date": (), "term": (), "source": (), COPY_OF: ()},
            facet_limit=limit,
            sort=sort,
            limit=8,
        )
        mine, its = archive.index.snapshot(), oracle.index.snapshot()
        unwanted = AnyOf((AllOf((part,), must_not=(again,)), TermNode("date", "2023", 0.0)))
        gone = mine.columns(replace(plan, query=AllOf((common, unwanted)), sort="oldest", limit=500), ("oldest",)).rows
        plan = replace(plan, without=Without(unwanted, frozenset(number for (number,) in gone)))
        same = replace(plan, query=plan.wanted, without=None)
        every = [stored for at in range(0, 64, 8) for stored in self._page(mine, replace(plan, offset=at))]
        assert every == [stored for at in range(0, 64, 8) for stored in self._page(mine, replace(same, offset=at))]
        assert set(every) == set(self._page(its, replace(same, limit=500)))
        for one in (plan, replace(plan, limit=0), replace(plan, limit=0, facets={})):
            got, want = mine.search(one), its.search(replace(same, limit=0, facets=one.facets))
            assert (got.total, got.facets) == (want.total, want.facets)
            assert 0 < got.total < mine.search(replace(plan, without=None)).total

    def _page(self, snapshot: Snapshot, plan: Plan) -> list[str]:
        return [ranked.stored.document.doc_id for ranked in snapshot.search(plan).ranked]

    @pytest.mark.parametrize("field", ["place", "date", "source", "term"])
    def test_what_is_unknown_is_counted_and_found(self, tmp_path: Path, analyzer: ArticleAnalyzer, field: str) -> None:
        known = make(
            "known", "Thu ngân sách thị xã An Khê", "Thị xã An Khê, tỉnh Gia Lai thu ngân sách.", date="2023-06-30", source="Báo A"
        )
        searcher = searcher_over(tmp_path / "i", analyzer, [known, make("bare", "Tin", "Họp.")], self.engine)
        facets = {facet.field: {row.value: row.count for row in facet.counts} for facet in searcher.search(SearchRequest()).facets}
        expected = ["bare"] if UNKNOWN in facets[field] else []
        assert facets[field].get(UNKNOWN, 0) == len(expected)
        assert ids(searcher, "", filters={field: (UNKNOWN,)}) == expected
        assert expected or field == "term"

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_equals_have_one_order_that_pages_share(self, tmp_path: Path, analyzer: ArticleAnalyzer, sort: Sort) -> None:
        texts = [make(f"d{number}", "Tin giống nhau", "Cùng một câu.", date="2024-02-01" if number % 2 else None) for number in range(16)]
        mine = searcher_over(tmp_path / "i", analyzer, texts, self.engine)
        oracle = searcher_over(tmp_path / "o", analyzer, reversed(texts), "memory")
        whole = ids(mine, "tin", limit=16, sort=sort)
        assert whole == ids(oracle, "tin", limit=16, sort=sort)
        assert [doc_id for at in range(0, 16, 5) for doc_id in ids(mine, "tin", limit=5, offset=at, sort=sort)] == whole

    def test_a_beginning_finds_every_syllable_that_begins_so(self, small: Searcher) -> None:
        assert set(ids(small, "ph*")) == {"b"}
        assert set(ids(small, "ngâ*")) == {"a", "b", "d"}
        assert set(ids(small, "nga*")) == {"a", "b", "d"}
        assert ids(small, "zz*") == []

    @pytest.mark.parametrize(
        ("q", "found"),
        [("title:ngân", ["a"]), ("tiêu_đề:hoa", ["c"]), ("title:phường", []), ('title:"họp dân"', ["b"]), ("title:đư*", ["e"])],
    )
    def test_fields_narrow_words_phrases_and_beginnings(self, small: Searcher, q: str, found: list[str]) -> None:
        assert ids(small, q, corrections=False) == found

    @pytest.mark.parametrize("q", ["bão -lũ", "bão -(lũ | lụt)", "bão -TP -lũ", 'bão -"mưa lũ"'])
    def test_nothing_unwanted_comes_first(self, tmp_path: Path, analyzer: ArticleAnalyzer, q: str) -> None:
        """What is unwanted begins with an earlier article than what is wanted."""
        documents = [make("flood", "Mưa lũ"), make("both", "Bão, mưa lũ"), make("storm", "Bão")]
        assert ids(searcher_over(tmp_path / "i", analyzer, documents, self.engine), q, corrections=False) == ["storm"]

    @pytest.mark.parametrize(
        ("q", "found"),
        [
            ('"tân tân"', ["same"]),
            ('"tân tân tân"', []),
            ('"tan tan"', ["same"]),
            ('tiêu_đề:"xã tân"', ["same"]),
            ('"hai quan dam bao"~2', ["wide"]),
            ('"hai quan dam bao"~1', []),
            ('"sư tử"', []),  # the title and the text below it
            ('"الله عليه"', ["odd"]),
            ('"ông صلى"', ["odd"]),
        ],
    )
    def test_phrases_of_odd_keys_and_the_same_ones(self, tmp_path: Path, analyzer: ArticleAnalyzer, q: str, found: list[str]) -> None:
        documents = [make("same", "Xã Tân Tân", "Xã mới."), make("odd", "", "Ông ﷺ nói."), make("ends", "Nhà sư", "tử tế")]
        documents.append(make("wide", "", "Hải quân xã, thêm đảm bảo."))
        assert ids(searcher_over(tmp_path / "i", analyzer, documents, self.engine), q, corrections=False) == found

    def test_related_articles_are_the_oracles(self, archive: Searcher, oracle: Searcher) -> None:
        found = 0
        for doc_id in ids(oracle, "", limit=12, sort="newest"):
            mine, its = archive.related(doc_id), oracle.related(doc_id)
            assert mine is not None
            assert its is not None
            # Engines that keep a length in one byte give other scores in the second decimal; nearer ones may change places.
            wanted = {hit.stored.document.doc_id: hit.score for hit in its.documents}
            order = [hit.stored.document.doc_id for hit in mine.documents]
            assert set(order) == set(wanted)
            assert all(wanted[one] > wanted[other] - 0.01 for one, other in pairwise(order))
            found += len(its.documents)
        assert found
        assert archive.related("khong-co") is None

    @pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
    def test_an_empty_index_answers_whatever_is_asked(self, tmp_path: Path, analyzer: ArticleAnalyzer, sort: Sort) -> None:
        empty = searcher_over(tmp_path / "i", analyzer, (), self.engine)
        for q in ("", "thu ngân sách", "thu ngna sach", '"thu ngân"~2', "h*", "-tin", "vì sao giá vàng trong nước tăng mạnh"):
            response = empty.search(SearchRequest(q, sort=sort, filters={"place": ("gia-lai",)}, offset=20))
            assert (response.total, response.folded_total, response.hits, response.timed_out) == (0, 0, (), False)
        assert empty.index.snapshot().count() == empty.count(SearchRequest()) == 0
        assert empty.get("a") is None
        assert empty.related("a") is None
        assert Suggester(empty.index).suggest("thu") == ()

    def test_an_index_of_another_version_says_how_to_build_it_anew(
        self, small: Searcher, analyzer: ArticleAnalyzer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Of an older and a newer schema, and of another analyzer; it is neither opened nor changed."""
        for version in (SCHEMA_VERSION - 1, SCHEMA_VERSION + 1):
            with monkeypatch.context() as patch:
                patch.setattr("engine.index.SCHEMA_VERSION", version)
                patch.setattr("engine.opensearch.backend.SCHEMA_VERSION", version)
                with pytest.raises(IndexMismatchError, match=rf"schema {SCHEMA_VERSION}.*(timtin (index --rebuild|reindex)|Upgrade)"):
                    Index.open(small.index.directory, analyzer)
        with monkeypatch.context() as patch:
            patch.setattr(type(analyzer), "fingerprint", "another")
            with pytest.raises(IndexMismatchError, match=r"another.*timtin (index --rebuild|reindex)"):
                Index.open(small.index.directory, analyzer)
        assert ids(Searcher(Index.open(small.index.directory, analyzer)), "an khê") == ["a"]

    @pytest.mark.parametrize("at_once", [1, 7, 500])
    def test_all_that_matches_comes_once_in_one_order_however_many_at_once(
        self, archive: Searcher, oracle: Searcher, monkeypatch: pytest.MonkeyPatch, at_once: int
    ) -> None:
        monkeypatch.setattr("engine.search._AT_ONCE", at_once)
        for request in (SearchRequest(), SearchRequest("năm", filters={"place": ("gia-lai",)}, offset=3, limit=2, sort="newest")):
            found = [stored.document.doc_id for stored in archive.every(request).documents]
            assert found == [stored.document.doc_id for stored in oracle.every(request).documents]
            assert found == ids(archive, request.q, filters=request.filters, sort="oldest", copies=True, limit=500)

    def test_what_was_not_understood_is_told_beside_all_that_matches(self, small: Searcher) -> None:
        every = small.every(SearchRequest("lũ ngày:2023-13"))
        assert [notice.code for notice in every.notices] == [
            notice.code for notice in small.search(SearchRequest("lũ ngày:2023-13")).notices
        ]
        assert every.notices

    def test_all_that_matches_ends_with_an_error_where_a_part_is_missing(self, small: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("engine.search._AT_ONCE", 2)
        snapshot = small.index.snapshot()
        search, asked = type(snapshot).search, []

        def partial(self: Snapshot, plan: Plan, left_out: LeftOut | None = None) -> Results:
            asked.append(plan)
            found = search(self, plan, left_out)
            return replace(found, ranked=found.ranked[:1], timed_out=True) if len(asked) == 2 else found

        monkeypatch.setattr(type(snapshot), "search", partial)
        with pytest.raises(EngineUnavailableError, match="more articles than came"):
            [*small.every(SearchRequest()).documents]
        assert len(asked) == 2

    def test_all_that_matches_is_that_of_one_commit(self, small: Searcher, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("engine.search._AT_ONCE", 2)
        there = [stored.document.doc_id for stored in small.every(SearchRequest()).documents]
        every = small.every(SearchRequest()).documents
        first = next(every)
        with small.index.writer() as writer:
            for doc_id in there:
                writer.delete(doc_id)
        assert len(there) > 4
        assert [first.document.doc_id, *(stored.document.doc_id for stored in every)] == there
        assert [*small.every(SearchRequest()).documents] == []
