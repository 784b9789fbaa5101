"""Names of places are found in any of their spellings."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import ENGINES
from engine.model import SearchRequest
from engine.query.names import Writing, names_in, spelt_otherwise
from engine.search import Searcher
from tests.support import ids, make, searcher_over

LOCAL = tuple(engine for engine in ENGINES if engine != "opensearch")  # test_opensearch runs the contract on a server
ARTICLES = (
    make("apart", "Tin huyện", "Huyện Cư M'gar trồng thêm cà phê ở buôn xa."),
    make("joined", "Tin huyện", "Huyện Cư Mgar trồng thêm hồ tiêu ở buôn xa."),
    make("marked", "Tin xã", "Huyện Chư Păh mở đường vào làng."),
    make("bare", "Tin xã", "Huyện Chư Pah mở chợ ở làng."),
    make("capital", "Tin rừng", "Huyện KBang giữ rừng già."),
    make("apostrophe", "Tin rừng", "Huyện K'Bang trồng rừng mới."),
    make("old", "Tin chợ", "Tỉnh Bắc Cạn họp chợ phiên."),
    make("new", "Tin chợ", "Tỉnh Bắc Kạn sửa chợ phiên."),
    make("other", "Tin khác", "Cư dân bản xa mừng mùa lúa mới; ngọn đồi bang khuâng trong sương."),
    make("needs", "Tin rét", "Nông dân miền Bắc cần che chắn cho trâu bò."),
    make("accused", "Tin tòa", "Nạn nhân bị Trần Văn K. bằng gậy đánh vào vai."),
    make("with c", "Tin nông", "Nông dân Đắc Lắc thu hoạch sầu riêng."),
    make("with k", "Tin nông", "Nông dân Đắk Lắk trồng sầu riêng."),
    make("two words", "Tin phố", "Huyện Ea Kar mở phố đi bộ."),
    make("one word", "Tin phố", "Huyện EaKar dọn phố."),
    make("today", "Tin thành phố", "Thành phố Buôn Ma Thuột mở lễ hội."),
    make("before", "Tin thành phố", "Thành phố Ban Mê Thuột trồng cây."),
    make("hamlet", "Tin thành phố", "Dân ở buôn góp tiền; trồng rau má, dệt lụa."),
)


@pytest.fixture(scope="module", params=LOCAL)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    directory: Path = tmp_path_factory.mktemp("names") / "i"
    return searcher_over(directory, analyzer, ARTICLES, request.param)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("Cư Mgar", {"apart", "joined"}),
        ("Cư M'gar", {"apart", "joined"}),
        ("cu m gar", {"apart", "joined"}),
        ("huyện Cư Mgar", {"apart", "joined"}),
        ("Cư Mgar cà phê", {"apart"}),
        ("Chư Păh", {"marked", "bare"}),
        ("KBang", {"capital", "apostrophe"}),
        ("Đắk Lắk", {"with c", "with k"}),
        ("Đăk Lăk", {"with c", "with k"}),
        ("Đắc Lắc sầu riêng", {"with c", "with k"}),
        ("Bắc Cạn", {"old", "new"}),
        ("Bắc Kạn chợ", {"old", "new"}),
        ("Ban Mê Thuột", {"today", "before"}),
        ("buon me thuot", {"today", "before"}),
        ("Buôn Ma Thuột lễ hội", {"today"}),
    ],
)
def test_a_place_is_found_in_every_spelling_of_its_name(searcher: Searcher, query: str, found: set[str]) -> None:
    response = searcher.search(SearchRequest(query))
    assert {hit.document.doc_id for hit in response.hits if not hit.folded} == found
    assert ("place-spelling", "viettat=khong") in [(notice.code, notice.undo) for notice in response.notices]
    assert all(any(snippet.ranges for snippet in hit.snippets) for hit in response.hits)


@pytest.mark.parametrize("query", ["Ea-Kar", "EaKar", "ea kar", "Ea Kar phố"])
def test_a_name_is_found_with_and_without_its_spaces_and_nothing_is_said_of_it(searcher: Searcher, query: str) -> None:
    response = searcher.search(SearchRequest(query))
    assert {hit.document.doc_id for hit in response.hits} == {"two words", "one word"}
    assert "place-spelling" not in [notice.code for notice in response.notices]


@pytest.mark.parametrize("query", ["“Cư Mgar”", "“Cư M'gar”", "“Bắc Cạn”"])
def test_a_name_in_quotes_is_found_as_it_is_typed(searcher: Searcher, query: str) -> None:
    assert searcher.search(SearchRequest(query)).total == 1


def test_other_writings_may_be_left_alone(searcher: Searcher) -> None:
    assert ids(searcher, "Cư Mgar", abbreviations=False, corrections=False) == ["joined"]


@pytest.mark.parametrize("query", ["an khê", "hòa bình", "thủ đức", "cư dân", "ngân sách", "sài gòn", "hưng yên", "phan rang", "", "cư m"])
def test_a_name_of_one_spelling_and_what_is_no_name_have_no_other(query: str) -> None:
    assert spelt_otherwise(query.split()) == ()


def test_a_name_is_told_from_the_word_before_it() -> None:
    (name,) = spelt_otherwise(["thu", "ngân", "sách", "huyện", "cư", "mgar", "năm", "2023"])
    assert (name.first, name.last, name.name) == (4, 6, "Cư M'gar")
    assert name.others == (Writing(("cu", "m", "gar"), loose=True), Writing(("cu", "mgar"), loose=True))


def test_other_words_with_the_letters_of_a_name_are_no_spelling_of_it() -> None:
    """A Tiêng has the letters of *à, tiếng*: only with its marks, or with none at all, is it the name."""
    (name,) = spelt_otherwise(["a", "tiêng"])
    assert name.others == (Writing(("a", "tieng"), loose=False), Writing(("atieng",), loose=True))
    assert spelt_otherwise(["bình", "trị", "đông", "b"]) == ()


@pytest.mark.parametrize("query", ["K'Bang", "K’Bang rừng"])
def test_a_name_with_an_apostrophe_stands_before_initials_with_its_letters(searcher: Searcher, query: str) -> None:
    found = ids(searcher, query)
    assert set(found[:2]) == {"capital", "apostrophe"}


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize("query", ["Bắc Cạn", "bac can"])
def test_another_spelling_of_a_name_stands_before_its_words_apart(
    tmp_path: Path, analyzer: ArticleAnalyzer, engine: str, query: str
) -> None:
    apart = "Phía bắc nóng, suối cạn, ao cạn, giếng cạn; mạn bắc chờ mưa, hồ cạn."
    filler = [make(f"filler{i}", "Tin", f"Phía bắc có {i} nhà." if i % 2 else f"Hồ số {i} cạn.") for i in range(30)]
    articles = [make("apart", "Phía bắc mùa cạn", apart), make("name", "Tin ngắn", "Sáng nay ở Bắc Kạn họp chợ."), *filler]
    assert ids(searcher_over(tmp_path / "i", analyzer, articles, engine), query)[0] == "name"


@pytest.mark.parametrize("engine", ["tantivy", "memory"])
@pytest.mark.parametrize("query", ["chợ phiên Đức Cơ", "cho phien duc co"])
def test_an_article_that_holds_a_name_stands_before_one_with_its_syllables(
    tmp_path: Path, analyzer: ArticleAnalyzer, engine: str, query: str
) -> None:
    """The other one speaks of the subject more often; articles of the corpus tell that *duc co* is *Đức Cơ*."""
    apart = "Anh Đức mở chợ phiên, chợ phiên đông; chị Hoa nhân cơ hội bán rau ở chợ phiên."
    filler = [make(f"filler{i}", "Tin", f"Huyện Đức Cơ trồng {i} cây điều." if i < 3 else f"Chuyến xe số {i} về bến.") for i in range(60)]
    articles = [make("apart", "Chợ phiên của Đức", apart), make("name", "Tin ngắn", "Sáng nay ở Đức Cơ họp chợ phiên."), *filler]
    searcher = searcher_over(tmp_path / "i", analyzer, articles, engine)
    assert ids(searcher, query)[0] == "name"


@pytest.mark.parametrize(
    ("meant", "names"),
    [
        (["chợ", "đức", "cơ"], ((1, 3),)),
        (["huyện", "cư", "mgar"], ((1, 3),)),
        (["cu", "m", "gar"], ((0, 3),)),
        (["duc", "co"], ()),
        (["bệnh", "là", "gì"], ()),
        (["la", "gì"], ()),
        (["la", "gi"], ((0, 2),)),
        (["hòa", "bình"], ()),
        (["tỉnh", "hòa", "bình"], ((1, 3),)),
        ([], ()),
    ],
)
def test_a_name_is_one_only_with_the_marks_that_were_meant(meant: list[str], names: tuple[tuple[int, int], ...]) -> None:
    assert names_in(meant) == names
