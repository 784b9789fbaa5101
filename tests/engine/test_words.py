"""Names of places and words with a bound syllable are looked for whole, typed with marks or without, in every order alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.abbreviations import load
from analyzers.article import ArticleAnalyzer
from analyzers.keys import marked_key
from engine.folded import FEW
from engine.highlight import adjoined, highlight, intended
from engine.index import ENGINES
from engine.model import SearchRequest, Sort
from engine.query import build_plan, parse
from engine.query.analysis import syllables
from engine.query.names import spans_of_names
from engine.query.numbered import dates, days_otherwise, numbered, written_otherwise
from engine.query.words import completed, cuts_a_word, words_in
from engine.schema import Weights
from engine.search import Searcher
from indexer.analysis import analyze_document
from indexer.clusters import IN_MEMORY, Clusters
from tests.support import make, searcher_over

LOCAL = tuple(engine for engine in ENGINES if engine != "opensearch")  # test_opensearch runs the contract on a server
ARTICLES = (
    make("budget", "Xã thu ngân sách vượt kế hoạch", "Ngân sách xã tăng nhờ chợ mới ở Gia Lai."),
    make("apart", "Giải ngân chậm", "Giải ngân chậm, danh sách dự án còn dài; giá xăng tăng trở lại, ủy ban xã họp."),
    make("office", "UBND phường họp", "UBND phường 5 họp về hè phố."),
    make("island", "Chợ đêm đảo ngọc", "Chợ đêm Phú Quốc mở cửa trở lại."),
    make("fire", "Cháy lớn sáng nay", "Cháy lớn giữa chợ huyện."),
    make("market", "Cháy chợ huyện", "Chợ huyện cháy trong đêm."),
    make("customs", "Hải quan cảng", "Hải quan kiểm hóa."),
    make("navy", "Hải quân tập trận", "Hải quân và các cơ quan tập trận."),
    make("old town", "Hội An đón khách du lịch", "Khách du lịch dạo phố Hội An."),
    make("feast", "Dự hội ăn mừng", "Dù đủ hội ăn mừng, dự cả lễ ở bãi biển An Bàng."),
    make("diary", "Dự họp theo lịch", "Dự họp theo lịch, dù mưa vẫn đủ người."),
    make("land", "Giá bất động sản", "Bất động sản quanh chợ tăng giá."),
    make("stock", "Bất ngờ tài sản", "Bất ngờ với tài sản; hoạt động vẫn đều."),
    make("safe", "Bảo đảm đê", "Đê bảo đảm."),
    make("sure", "Đảm bảo cống", "Cống đảm bảo."),
    make("insured", "Bảo hiểm đảm nhận", "Bảo hiểm đảm nhận chi phí."),
    make("ward", "Phường 5 họp tổ", "Tổ 3, phường 5 họp."),
    make("short ward", "Công an P.5 đóng chốt", "P.5 đóng chốt bảy ngày."),
    make("fifth", "Phường họp ngày 5", "Phường 12 họp với 5 tổ dân phố."),
    make("padded", "Phường 05 sửa đường", "Phường 05 sửa đường."),
    make("streets", "Phường 12 mở đường", "Phường 12 mở 05 tuyến đường."),
    make("ninth", "Quốc hội họp", "Kỳ họp thứ IX bế mạc."),
    make("first storm", "Bão số 1", "Bão số 1 giật cấp 10."),
    make("tenth storm", "Bão số 10", "Bão số 10 vào đất liền."),
    make("quarter", "Thu quý II", "Thu quý II tăng."),
    make("second quarter", "Thu quý 2", "Thu quý 2 giảm."),
    make("rare goods", "Thu 2 tấn hàng quý", "Thu 2 tấn hàng quý hiếm."),
    make("million", "Dân số vượt mốc", "Dân số vượt 100 triệu."),
    make("national day", "Lễ 2/9 đông khách", "Dịp lễ 2-9 khách đông."),
    make("day in words", "Mít tinh", "Mít tinh sáng ngày 2 tháng 9 giữa quảng trường."),
    make("third meeting", "Hội nghị lần thứ ba", "Hội nghị lần thứ ba khai mạc."),
    make("third time", "Hội nghị lần 3", "Hội nghị lần 3 bế mạc."),
    make("no meeting", "Hội nghị thứ ba", "Hội nghị họp ngày 3, lần nào cũng vào thứ ba."),
    make("no day", "Vé tháng 9", "Ngày 5 có 2 chuyến; vé tháng 9 đã bán hết, chờ ngày 2 tháng nữa."),
    make("nation", "Phú Yên hát quốc ca", "Phú Yên hát quốc ca; tổ quốc trên hết, của cải phong phú."),
)


@pytest.fixture(scope="module", params=LOCAL)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    directory: Path = tmp_path_factory.mktemp("words") / "index"
    return searcher_over(directory, analyzer, ARTICLES, request.param)


def found(searcher: Searcher, q: str, sort: Sort = "relevance") -> set[str]:
    """What holds the query, without what follows behind the divider."""
    response = searcher.search(SearchRequest(q, sort=sort, corrections=False))
    return {hit.document.doc_id for hit in response.hits if not hit.folded}


@pytest.mark.parametrize("sort", ["relevance", "newest", "oldest"])
@pytest.mark.parametrize(
    ("q", "whole"),
    [
        ("ngân sách", {"budget"}),
        ("ngan sach", {"budget"}),
        ("ngân sách xã", {"budget"}),
        ("ngân VÀ sách", {"budget", "apart"}),
        ("ngân sach", {"budget"}),
        ("ngan sách xã", {"budget"}),
        ("ngân sách | office", {"budget"}),
        ("ngan sach HOẶC (hải quan cảng)", {"budget", "customs"}),
        ("(ngân sách | cháy) chợ", {"budget", "fire", "market"}),
        ("ngân sách | ngân VÀ sách", {"budget", "apart"}),
        ("đảm bảo", {"safe", "sure"}),
        ("bao dam", {"safe", "sure"}),
        ("phường 5", {"ward", "short ward", "office", "padded"}),
        ("phuong 5 hop", {"ward", "office"}),
        ("P.5", {"ward", "short ward", "office"}),
        ("phường 5 | bão số 10", {"ward", "short ward", "office", "padded", "tenth storm"}),
        ("bão số 10", {"tenth storm"}),
        ("phường VÀ 5", {"ward", "short ward", "office", "fifth"}),
        ("dân số 100 triệu", {"million"}),
        ("thu quý 2", {"quarter", "second quarter"}),
        ("thu quy ii", {"quarter", "second quarter"}),
        ("2 tháng 9", {"national day", "day in words"}),
        ("ngày 2 tháng 9", {"national day", "day in words"}),
        ("le 02 thang 9", {"national day"}),
        ("2 tháng 09", {"national day", "day in words"}),
        ("phường 05", {"ward", "office", "padded"}),
        ("phường 05 VÀ đường", {"padded"}),
        ("họp thứ chín", {"ninth"}),
        ("bão số 01", {"first storm"}),
        ("hội nghị lần 3", {"third meeting", "third time"}),
        ("hội nghị lần thứ 3", {"third meeting", "third time"}),
        ("hoi nghi lan thu ba", {"third meeting", "third time"}),
        ("tháng 9 | 2 tháng 9", {"national day", "day in words", "no day"}),
        ("danh dự", {"apart"}),  # none holds it whole
        ("xăng giá", {"apart"}),
        ("Gia Lai", {"budget"}),
        ("phu quoc", {"island"}),
        ("Phú Quốc", {"island"}),
        ("giá lại", {"apart"}),
        ('"gia" "lai"', {"budget", "apart"}),
        ("uy ban nhan dan phuong", {"office"}),
        ("ủy ban xã", {"apart"}),
    ],
)
def test_names_and_words_are_wanted_whole_in_every_order(searcher: Searcher, q: str, whole: set[str], sort: Sort) -> None:
    assert found(searcher, q, sort) == whole
    assert searcher.count(SearchRequest(q, corrections=False)) == len(whole)


def test_what_only_another_writing_finds_comes_before_what_holds_most_words(searcher: Searcher) -> None:
    """No article has *chín*, so that most of the words would do; but one has *họp thứ IX*."""
    response = searcher.search(SearchRequest("họp thứ chín"))
    assert [(hit.document.doc_id, hit.folded) for hit in response.hits][:1] == [("ninth", False)]
    assert response.total == 1
    assert [notice.code for notice in response.notices if notice.code != "abbreviation"] == ["most-words"]


@pytest.mark.parametrize("corrections", [True, False])
def test_what_holds_the_syllables_of_a_word_apart_follows_behind_a_divider(searcher: Searcher, corrections: bool) -> None:
    response = searcher.search(SearchRequest("ngân sách", corrections=corrections))
    assert [(hit.document.doc_id, hit.folded, hit.rank) for hit in response.hits] == [("budget", False, 1), ("apart", True, 2)]
    assert (response.total, response.folded_total, response.folded_without) == (1, 1, "apart")
    assert [notice.code for notice in response.notices] == ["words-apart"]
    second = searcher.search(SearchRequest("ngân sách", offset=1, corrections=corrections))
    assert [(hit.document.doc_id, hit.folded, hit.rank) for hit in second.hits] == [("apart", True, 2)]
    assert [facet.counts for facet in second.facets] == [facet.counts for facet in response.facets]


@pytest.mark.parametrize(
    ("q", "doc_id", "marked"),
    [
        ("ngân sách", "budget", ["ngân sách", "Ngân sách"]),
        ("ngân sách", "apart", ["ngân", "ngân", "sách"]),  # all there is to show
        ("Gia Lai", "budget", ["Gia Lai"]),
        ("hải quan", "navy", ["Hải", "Hải", "quan"]),
        ("Hội An | hội", "feast", ["hội", "hội"]),
        ("đảm bảo", "safe", ["Bảo đảm", "bảo đảm"]),
        ('ai có mua quà "trở đêm"', "island", ["đêm", "đêm", "trở"]),  # quoted in a sentence
    ],
)
def test_an_article_is_marked_as_among_the_results(searcher: Searcher, q: str, doc_id: str, marked: list[str]) -> None:
    stored = searcher.get(doc_id)
    assert stored is not None
    matches = searcher.matches(q, stored)
    texts = (stored.document.title, stored.document.body)
    intent = intended(texts, matches)
    found = [text[start:end] for text in texts for start, end in adjoined(text, highlight(text, matches, intent))]
    assert found == marked
    hits = [hit for hit in searcher.search(SearchRequest(q, limit=50)).hits if hit.document.doc_id == doc_id]
    assert [one.text[start:end] for hit in hits for one in (hit.title, *hit.snippets) for start, end in one.ranges] in ([], marked)


@pytest.mark.parametrize("q", ["chợ cháy", "cho chay"])
def test_words_that_need_no_other_are_found_apart(searcher: Searcher, q: str) -> None:
    response = searcher.search(SearchRequest(q))
    assert ({hit.document.doc_id for hit in response.hits}, response.folded_total) == ({"fire", "market"}, 0)


def test_nothing_follows_where_several_articles_hold_a_word_whole(analyzer: ArticleAnalyzer, tmp_path: Path) -> None:
    def behind(whole: int, place: Path) -> tuple[int, int]:
        articles = [make(f"{at}", f"Ngân sách kỳ {at}", f"Thu chi kỳ {at}.") for at in range(whole)]
        response = searcher_over(place, analyzer, [*articles, ARTICLES[1]]).search(SearchRequest("ngân sách"))
        return response.total, response.folded_total

    assert behind(FEW - 1, tmp_path / "few") == (FEW - 1, 1)
    assert behind(FEW, tmp_path / "several") == (FEW, 0)


def test_near_duplicates_count_once_among_those_that_hold_a_word_whole(analyzer: ArticleAnalyzer, tmp_path: Path) -> None:
    """What a reader is shown and told is one article, so others follow."""
    text = " ".join(f"Ngân sách kỳ {at} của xã số {at * 7} đã đủ." for at in range(15))
    with Clusters(IN_MEMORY) as clusters:
        placed = [clusters.placed(analyze_document(analyzer, make(f"{at}", "Ngân sách xã", text))) for at in range(FEW)]
    response = searcher_over(tmp_path / "i", analyzer, [*placed, ARTICLES[1]]).search(SearchRequest("ngân sách"))
    assert (response.total, response.hits[0].similar, response.folded_total) == (1, FEW - 1, 1)


def test_another_spelling_of_a_pair_makes_no_word_of_syllables_apart(searcher: Searcher) -> None:
    assert found(searcher, "hải quan") == {"customs"}
    assert found(searcher, "hai quan") == {"customs", "navy"}
    assert found(searcher, "Hội An") == {"old town"}


def test_a_syllable_typed_without_marks_beside_others_still_matches_any(searcher: Searcher) -> None:
    assert found(searcher, "Phú Quoc") == {"island"}
    assert found(searcher, "Hội an du lịch") == {"old town"}


def test_one_of_two_words_that_share_a_syllable_is_wanted_whole(searcher: Searcher) -> None:
    assert found(searcher, "bất động sản") == {"land"}
    assert found(searcher, "bat dong san") == {"land"}


def test_a_spelling_that_is_seldom_alone_is_read_by_its_neighbour(searcher: Searcher) -> None:
    assert found(searcher, "du lich") == {"old town"}


def test_all_that_are_counted_are_exported(searcher: Searcher) -> None:
    request = SearchRequest("ngân sách")
    assert [stored.document.doc_id for stored in searcher.every(request).documents] == ["budget"]


@pytest.mark.parametrize(
    ("row", "articles", "words"),
    [
        ("thu ngân sách", {"thu ngan": 1, "ngan sach": 9}, ["ngân sách"]),
        ("thu ngân sách", {"thu ngan": 3, "ngan sach": 8}, ["thu ngân | ngân sách"]),
        ("thu ngân sách", {}, ["thu ngân | ngân sách"]),
        ("họp bất động sản xã", {"bat dong": 5, "dong san": 6}, ["bất động | động sản"]),
        ("cháy chợ phiên", {"chay cho": 5, "cho phien": 6}, []),
        ("ngân sách xã", {}, ["ngân sách"]),
        ("hội nghị tỉnh ủy", {"hoi nghi": 5, "tinh uy": 5}, ["hội nghị", "tỉnh ủy"]),
        ("cháy chợ", {"chay cho": 9}, []),
        ("ngan sach", {"ngan sach": 9}, []),
        ("ngân", {}, []),
    ],
)
def test_words_that_share_a_syllable_are_told_by_how_many_articles_hold_each(row: str, articles: dict[str, int], words: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    found = words_in(keys, lambda left, right: articles.get(f"{left} {right}", 0))
    assert [" | ".join(" ".join(row.split()[first:last]) for first, last in unit) for unit in found] == words


@pytest.mark.parametrize(
    ("row", "numbers"),
    [
        ("phường 5 họp", ["phường 5"]),
        ("phuong 5 hop", ["phuong 5"]),
        ("họp phuong 5", []),  # beside marks a bare syllable is meant bare
        ("quốc lộ 1a", ["lộ 1a"]),
        ("bão số 10", ["số 10"]),
        ("dân số 100 triệu", []),
        ("dan so 100 trieu", []),
        ("ngày 30 tháng 4 năm 2017", ["ngày 30", "tháng 4"]),
        ("khóa 2017", []),
        ("đại hội XIII", ["hội XIII"]),
        ("bão lần thứ hai", ["lần thứ hai"]),
        ("họp lần thứ 2", ["lần thứ 2"]),
        ("lần thứ 2 năm nay", ["lần thứ 2"]),
        ("lần thứ mười hai họp", ["lần thứ mười hai"]),
        ("lan thu hai muoi mot", ["lan thu hai muoi mot"]),
        ("lần thứ năm mươi", []),
        ("lần thứ hai trăm", []),
        ("kỳ họp thứ năm", ["họp thứ năm"]),
        ("ky hop thu 5", ["hop thu 5"]),
        ("lần thứ", []),
        ("số lần vi phạm", []),
        ("so lan vi pham", []),
        ("loại vi rút", []),
        ("khóa VI bế mạc", ["khóa VI"]),
        ("lần XIII", ["lần XIII"]),
        ("chiều thứ hai", []),
        ("quy ii", ["quy ii"]),
        ("đại hội 13", ["hội 13"]),
        ("dai hoi 13", ["hoi 13"]),
        ("hội 13", []),
        ("xã hội 5 năm", []),
        ("khu vực 1", ["vực 1"]),
        ("loại 20 triệu", []),
        ("khóa 20 em", []),
        ("vua x", []),
        ("nhiệm kỳ 5 năm", []),
        ("quý 2 năm 2023", ["quý 2"]),
        ("kỳ hạn kỳ 6 tháng đầu", []),
        ("5 phường", []),
        ("số", []),
        ("", []),
    ],
)
def test_numbers_belong_to_the_word_before_them(row: str, numbers: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    assert [" ".join(row.split()[first:last]) for first, last in numbered(keys)] == numbers


@pytest.mark.parametrize(
    ("row", "days"),
    [
        ("ngày 02 tháng 9 năm", [("ngày 02 tháng 9", "2/9")]),
        ("le 30 thang 4", [("30 thang 4", "30/4")]),
        ("32 tháng 4", []),
        ("2 tháng 13", []),
        ("6 tháng 12 tháng", []),
        ("1 tháng 1 lần", []),
        ("ngày 1 tháng 1 người dân", [("ngày 1 tháng 1", "1/1")]),
        ("tháng 9", []),
        ("", []),
    ],
)
def test_days_are_found_in_words(row: str, days: list[tuple[str, str]]) -> None:
    typed = row.split()
    found = dates(tuple(map(marked_key, typed)))
    assert [(" ".join(typed[first:last]), key) for (first, last), key in found] == days


def test_the_short_writing_of_a_day_is_marked_and_said(searcher: Searcher) -> None:
    response = searcher.search(SearchRequest("2 tháng 9"))
    assert [notice.message for notice in response.notices if notice.code == "abbreviation"] == ["Tìm cả “2 tháng 9” và “2/9”."]
    titles = {hit.document.doc_id: hit.title for hit in response.hits}
    title = titles["national day"]
    assert [title.text[start:end] for start, end in title.ranges] == ["2/9"]


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ("quý 2", ["quý 02", "quý ii"]),
        ("quy 2", ["quy 02", "quy ii"]),
        ("quý IV", ["quý 4", "quý 04"]),
        ("khóa 39", ["khóa xxxix"]),
        ("thứ 2", []),  # Monday
        ("khóa 40", []),
        ("khóa 01", ["khóa 1", "khóa i"]),
        ("khóa 0", []),
        ("phường 5", ["phường 05"]),
        ("tháng 05", ["tháng 5"]),
        ("tháng 10", []),
        ("lớp 10a", []),
        ("lần 2", ["lần 02", "lần ii", "lần thứ 2", "lần thứ 02", "lần thứ ii", "lần thứ hai"]),
        ("lần 02", ["lần 2", "lần ii", "lần thứ 2", "lần thứ 02", "lần thứ ii", "lần thứ hai"]),
        ("lần thứ 2", ["lần 2", "lần 02", "lần thứ 02", "lần thứ ii", "lần thứ hai"]),
        ("lần thứ hai", ["lần 2", "lần 02", "lần thứ 2", "lần thứ 02", "lần thứ ii"]),
        ("lần thứ nhất", ["lần 1", "lần 01", "lần thứ 1", "lần thứ 01", "lần thứ i"]),
        ("lan thu XIII", ["lan 13", "lan thu 13", "lan thu muoi ba"]),
        ("lần thứ hai mươi mốt", ["lần 21", "lần thứ 21", "lần thứ xxi"]),
        ("lần thứ mười tư", ["lần 14", "lần thứ 14", "lần thứ xiv", "lần thứ mười bốn"]),
        ("lần 50", ["lần thứ 50"]),
        ("họp thứ năm", ["họp thứ 5", "họp thứ 05", "họp thứ v"]),
        ("số 007", []),
        ("đường 010", []),
    ],
)
def test_numbers_are_written_otherwise_too(row: str, others: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    found = written_otherwise(keys, (0, len(keys)))
    assert found == [tuple(map(marked_key, other.split())) for other in others]


@pytest.mark.parametrize(
    ("row", "others"),
    [
        ("2 tháng 9", ["2 tháng 09", "02 tháng 9", "02 tháng 09"]),
        ("ngày 02 tháng 10", ["ngày 2 tháng 10"]),
        ("30 tháng 12", []),
    ],
)
def test_days_are_written_with_noughts_too(row: str, others: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    assert days_otherwise(keys, (0, len(keys))) == [tuple(map(marked_key, other.split())) for other in others]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ngân sach", "ngân sách"),
        ("thu ngan sách", "thu ngân sách"),
        ("hải quan", "hải quan"),  # a word as it is
        ("ngan sach", "ngan sach"),
        ("xã an ninh", "xã an ninh"),
        ("thu ngân", "thu ngân"),
        ("", ""),
    ],
)
def test_marks_left_out_of_half_a_word_are_put_back(typed: str, meant: str) -> None:
    keys = tuple(map(marked_key, typed.split()))
    assert completed(keys) == tuple(map(marked_key, meant.split()))


@pytest.mark.parametrize(
    ("row", "first", "last", "cut"),
    [
        ("lễ hội an giang", 1, 3, True),
        ("le hoi an giang", 1, 3, True),
        ("bo y te", 0, 2, True),
        ("tỷ phú trung quốc", 1, 3, True),
        ("du lịch hội an", 2, 4, False),
        ("hội an", 0, 2, False),
    ],
)
def test_whether_a_name_cuts_a_word(row: str, first: int, last: int, cut: bool) -> None:
    assert cuts_a_word(tuple(map(marked_key, row.split())), first, last) == cut


@pytest.mark.parametrize(
    ("row", "names"),
    [
        ("thu ngân sách thị xã an khê", ["an khê"]),
        ("thu ngan sach thi xa an khe", ["an khe"]),
        ("tỉnh gia lai và phú yên", ["gia lai", "phú yên"]),
        ("họp sáng nay", []),
        ("lễ hội an giang", []),
        ("du lịch hội an", ["hội an"]),
        ("công an gia lai", ["gia lai"]),
    ],
)
def test_names_are_found_without_their_type_words(row: str, names: list[str]) -> None:
    keys = tuple(map(marked_key, row.split()))
    assert [" ".join(row.split()[first:last]) for first, last in spans_of_names(keys)] == names


@pytest.mark.parametrize(
    ("q", "told"),
    [
        ("học kỳ 2", ["Tìm cả “học kỳ 2” và “học kỳ II”."]),
        ("khu vực iv", ["Tìm cả “khu vực IV” và “khu vực 4”."]),
        ("quý 2", ["Tìm cả “quý 2” và “quý II”."]),
        ("lần thứ 2", ["Tìm cả “lần thứ 2”, “lần 2”, “lần thứ II” và “lần thứ hai”."]),
        ("dai hoi lan xiii", ["Tìm cả “lan XIII”, “lần 13”, “lần thứ 13”, “lần thứ XIII” và “lần thứ mười ba”."]),
        ("ky hop thu hai muoi", ["Tìm cả “hop thu hai muoi”, “họp thứ 20” và “họp thứ XX”."]),
        ("lan 20", ["Tìm cả “lan 20”, “lần XX”, “lần thứ 20”, “lần thứ XX” và “lần thứ hai mươi”."]),
        ("tháng 05", []),
        ("thứ 2", []),
    ],
)
def test_the_other_writing_of_a_number_is_told_with_the_word_it_belongs_to(q: str, told: list[str]) -> None:
    built = build_plan(parse(q).tree, syllables, Weights(), load(), words=lambda meant: words_in(meant, lambda _left, _right: 0))
    assert [notice.message for notice in built.notices] == told
