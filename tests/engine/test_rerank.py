"""The second stage of ranking: running text as numbers, where the words stand, and what a softened query wants."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from engine.bm25 import lucene_idf
from engine.codes import MARK_BITS, MOST, Texts, code, decode, encode
from engine.model import SearchRequest
from engine.query import parse
from engine.query.parts import Softness, wanted_of
from engine.query.roles import roles
from engine.query.soften import softening
from engine.rerank import RankTerm, Rerank, reranked
from engine.rerank.model import QUESTION, STATEMENT
from tests.support import ids, make, searcher_over


def stored(title: str, body: str = "") -> bytes:
    analyzer = Analyzer()
    return encode([analyzer.analyze(title).marked, [], analyzer.analyze(body).marked])


def rerank(text: str, typed: bool = True) -> Rerank:
    found = Analyzer().analyze(text)
    terms = tuple(RankTerm(marked, folded, typed) for marked, folded in zip(found.marked, found.folded, strict=True))
    return Rerank(terms, (True,) * (len(terms) - 1) + (False,))


def test_codes_agree_in_letters_and_part_in_marks() -> None:
    assert code("đường") >> MARK_BITS == code("dương") >> MARK_BITS == code("duong") >> MARK_BITS
    assert len({code("đường"), code("dương"), code("duong")}) == 3
    assert code("đường") >> MARK_BITS != code("đương đi") >> MARK_BITS


def test_codes_are_read_back_and_long_texts_are_cut() -> None:
    title, codes = decode(stored("Lũ lớn", "về làng"))
    assert (title, codes.tolist()) == (2, [code(key) for key in ("lũ", "lớn", "về", "làng")])
    assert len(decode(encode([[], [], ["lũ"] * (MOST + 5)]))[1]) == MOST
    assert decode(b"")[0] == 0


def test_what_stands_together_and_early_is_placed_first() -> None:
    filler = "tin khác không nói gì thêm " * 30
    texts = [
        stored("Tin", filler + "mở lại trường sau lụt " + filler),
        stored("Mở lại trường sau lụt", filler),
        stored("Tin", "sau mở " + filler + "lụt trường lại"),
    ]
    placed = reranked(rerank("mở lại trường sau lụt"), [1.0, 1.0, 1.0], [1, 2, 3], Texts.of(texts), 100, lambda keys: [5] * len(keys))
    assert [one.candidate for one in placed] == [1, 0, 2]
    assert all(one.score == pytest.approx(1.0 + sum(value for _, value in one.added), rel=1e-5) for one in placed)


@pytest.mark.parametrize("typed", [True, False], ids=["marked", "unmarked"])
@pytest.mark.parametrize(
    "query",
    [
        "Chợ phiên vùng cao mở lại sau lũ",
        "Chợ phiên vùng cao mở lại",
        "Chợ phiên vùng cao mở lại sau luũ",
        "Tin mới: Chợ phiên vùng cao mở lại sau lũ",
    ],
    ids=["whole", "cut off", "mistyped", "with more"],
)
def test_a_title_that_is_typed_or_pasted_places_its_article_first(query: str, typed: bool) -> None:
    """Another article may hold the same words more often, in its title too."""
    body = "Sau lũ, chợ phiên họp lại ở bản vùng cao; người bán mở hàng từ sớm. "
    texts = [
        stored("Chợ phiên vùng cao Sín Chải bao giờ mở lại sau lũ lớn", body),
        stored("Chợ phiên vùng cao mở lại sau lũ", "Bà con mừng."),
        stored("Bà con mừng vì chợ phiên vùng cao mở lại sau lũ", body),
    ]
    placed = reranked(rerank(query, typed), [34.0, 30.0, 34.0], [1, 2, 3], Texts.of(texts), 1000, lambda keys: [9] * len(keys))
    assert placed[0].candidate == 1


def test_two_or_three_syllables_are_no_headline() -> None:
    texts = [stored("Chợ phiên vùng"), stored("Chợ phiên vùng cao mở lại", "chợ phiên vùng " * 9)]

    def likeness(query: str) -> list[float]:
        placed = reranked(rerank(query), [1.0, 1.0], [1, 2], Texts.of(texts), 50, lambda keys: [9] * len(keys))
        return [dict(one.added)["headline"] for one in sorted(placed)]

    assert likeness("chợ phiên vùng") == [0, 0]
    few, all_but_cut = likeness("chợ phiên vùng cao")
    assert 0 < few < all_but_cut


def test_marks_that_were_typed_must_agree_and_others_need_not() -> None:
    texts = [stored("đường sá"), stored("dưỡng sức")]

    def heads(query: Rerank) -> list[float]:
        placed = reranked(query, [1.0, 1.0], [1, 2], Texts.of(texts), 10, lambda keys: [1] * len(keys))
        return [dict(one.added)["head"] for one in sorted(placed)]

    typed, bare, meant = heads(rerank("đường")), heads(rerank("duong", typed=False)), heads(rerank("đường", typed=False))
    assert typed[0] > typed[1] == 0
    assert bare[0] == bare[1] > 0
    assert meant[0] > meant[1] > 0


def test_equals_keep_the_order_of_their_ties_and_empty_texts_do_no_harm() -> None:
    placed = reranked(rerank("lũ"), [2.0, 2.0, 2.0], [3, 1, 2], Texts.of([b"", b"", b""]), 10, lambda keys: [1] * len(keys))
    assert [one.candidate for one in placed] == [1, 2, 0]
    assert reranked(rerank("lũ"), [], [], Texts.of([]), 0, lambda keys: [0] * len(keys)) == []


def test_likeness_to_the_best_lifts_an_article_about_the_same() -> None:
    texts = [
        stored("Lũ cuốn cầu treo bản Mường", "cầu treo trôi bà con qua suối bằng bè"),
        stored("Lũ", "cầu treo trôi bè qua suối"),
        stored("Lũ", "giá lợn hơi chợ phiên"),
    ]
    placed = reranked(rerank("lũ"), [5.0, 1.0, 1.0], [1, 3, 2], Texts.of(texts), 50, lambda keys: [9] * len(keys))
    assert [one.candidate for one in placed] == [0, 1, 2]


@pytest.mark.parametrize(
    ("text", "question", "light"),
    [
        ("Vì sao giá lúa giảm?", True, {0, 1}),
        ("vi sao gia lua giam", True, {0, 1}),
        ("giá sao băng", False, set()),
        ("có bao nhiêu hộ nghèo", True, {0, 1, 2}),
        ("thu ngân sách của thị xã", False, {3}),
    ],
)
def test_what_asks_or_joins_is_light(text: str, question: bool, light: set[int]) -> None:
    found = roles(Analyzer().analyze(text).marked, text)
    assert found.question is question
    assert {at for at, weight in enumerate(found.weights) if weight < 1} == light


@pytest.mark.parametrize(
    ("query", "words", "sentence", "few"),
    [
        ("ngân sách", False, False, False),
        ("thu ngân sách", True, False, True),
        ("thị xã An Khê thu ngân sách", True, True, False),
        ("ngân sách An Khê", True, False, False),
        ("thu VÀ ngân sách VÀ thị xã VÀ phường", False, False, False),
        ("bão | lũ", False, False, False),
    ],
)
def test_only_queries_of_several_plain_words_are_softened(query: str, words: bool, sentence: bool, few: bool) -> None:
    found = softening(query, parse(query).tree, Analyzer().analyze)
    assert (found.words, found.sentence, found.few) == (words, sentence, few)


def test_rarity_is_positive_even_where_counts_disagree() -> None:
    """A part of a distributed index that is away is missing in one count and not in the other."""
    assert 0 < lucene_idf(100, 250) == lucene_idf(100, 100) < lucene_idf(100, 99)


def test_a_softened_query_wants_a_falling_share() -> None:
    some, nearly = ([wanted_of(words, soft) for words in range(1, 40)] for soft in (Softness.FAR, Softness.NEAR))
    assert some == sorted(some)
    assert nearly == sorted(nearly)
    assert all(1 <= few <= more <= words for words, (few, more) in enumerate(zip(some, nearly, strict=True), start=1))


def test_a_sentence_finds_what_holds_most_of_it_and_says_so(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    texts = (
        make("most", "Cầu treo", "Cây cầu treo bắc qua suối vừa được dân bản sửa lại sau trận lũ."),
        make("other", "Giá lợn", "Giá lợn hơi ở chợ phiên tăng nhẹ."),
    )
    searcher = searcher_over(tmp_path / "i", analyzer, texts)
    response = searcher.search(SearchRequest("vì sao cầu treo qua suối được thanh niên sửa lại sau lũ?"))
    assert [hit.document.doc_id for hit in response.hits] == ["most"]
    assert response.hits[0].title.text == "Cầu treo"
    assert [notice.code for notice in response.notices] == ["most-words"]
    assert ids(searcher, "cầu VÀ treo VÀ qua VÀ suối VÀ thanh VÀ niên") == []


def test_where_a_page_of_articles_holds_every_word_the_others_must_come_near(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    query = "cầu treo qua suối ở bản xa"
    whole = [make(f"whole{i}", "Cầu", f"Cầu treo qua suối ở bản xa, nhịp số {i}.") for i in range(20)]
    near = make("near", "Cầu", "Cầu treo qua suối ở bản bên.")
    some = make("some", "Cầu", "Cầu treo về bản.")
    searcher = searcher_over(tmp_path / "many", analyzer, [*whole, near, some])
    assert set(ids(searcher, query, limit=30)) == {*(one.doc_id for one in whole), "near"}
    searcher = searcher_over(tmp_path / "few", analyzer, [*whole[:3], near, some])
    assert ids(searcher, query)[-2:] == ["near", "some"]


def test_quotes_in_a_short_query_are_honoured_and_in_a_sentence_rank(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    texts = (make("a", "Chợ", "Phiên chợ vùng cao họp dưới tán rừng già."), make("b", "Chợ", "Vùng núi cao có phiên chợ họp dưới rừng."))
    searcher = searcher_over(tmp_path / "i", analyzer, texts)
    assert ids(searcher, '"vùng cao" phiên chợ') == ["a"]
    assert ids(searcher, "bà con “vùng cao” họp phiên chợ dưới tán rừng") == ["a", "b"]


def test_weights_of_questions_look_for_passages() -> None:
    assert QUESTION.passage > STATEMENT.passage
    assert QUESTION.kin < STATEMENT.kin


def test_pages_of_both_stages_concatenate(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    texts = [make(f"d{i}", f"Tin số {i}", "Lũ về làng. " * (i % 7 + 1)) for i in range(70)]
    for engine in ("tantivy", "memory"):
        searcher = searcher_over(tmp_path / engine, analyzer, texts, engine)
        whole = ids(searcher, "lũ về", limit=70)
        assert sorted(whole) == sorted(item.doc_id for item in texts)
        assert [one for start in range(0, 70, 15) for one in ids(searcher, "lũ về", limit=15, offset=start)] == whole


MARKET = (
    make("whole", "Chợ", "Tiểu thương chợ phiên vùng cao phấn khởi."),
    make("copy", "Chợ phiên", "Chợ phiên vùng cao họp sớm, tiểu thương mừng."),
    make("most", "Đường", "Đường vùng cao lên chợ phiên."),
    make("other", "Giá lợn", "Giá lợn hơi tăng nhẹ."),
)


@pytest.mark.parametrize("engine", ["tantivy", "memory"])
def test_what_holds_most_of_a_few_words_stands_behind_what_holds_all(tmp_path: Path, analyzer: ArticleAnalyzer, engine: str) -> None:
    """The total, facets and counts are of the articles that hold every word; pages run on behind the divider."""
    searcher = searcher_over(tmp_path / engine, analyzer, MARKET, engine)
    request = SearchRequest("tiểu thương vùng cao")
    response = searcher.search(request)
    assert (response.total, response.folded_total, response.folded_without, response.folded_from_rank) == (2, 1, "words", 3)
    assert [(hit.document.doc_id, hit.folded) for hit in response.hits][2:] == [("most", True)]
    assert searcher.count(request) == 2
    assert [notice.code for notice in response.notices] == ["most-words"]
    every = [hit.document.doc_id for hit in response.hits]
    pages = [searcher.search(replace(request, offset=at, limit=2)) for at in (0, 2)]
    assert [hit.document.doc_id for page in pages for hit in page.hits] == every
    strict = searcher.search(replace(request, corrections=False))
    assert (strict.total, strict.folded_total) == (2, 0)
