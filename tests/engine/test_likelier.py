"""Well-spelt syllables typed for others: offered where articles tell, on every engine, and never run by themselves."""

from __future__ import annotations

from pathlib import Path

import pytest

from analyzers.article import ArticleAnalyzer
from engine.index import ENGINES
from engine.model import SearchRequest
from engine.search import Searcher
from engine.spellings.confusions import confused_with, confused_without_marks
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.likelier import agreeing
from tests.support import make, searcher_over

LOCAL = tuple(engine for engine in ENGINES if engine != "opensearch")  # there each look-up travels, and none is made for this
SENTENCES = (
    ("Bản vùng cao xây dựng nông thôn mới", 60),
    ("Kho bạc duyệt ngân sách xã sớm", 60),
    ("Đội phòng cháy chữa cháy diễn tập", 60),
    ("Tổ dân phố giữ vệ sinh môi trường", 60),
    ("Thu ngân sách nhà nước tăng", 60),
    ("Mới sáng ra, nông dân ở bản cao nghe thông tin xây nhà, dựng rạp", 8),
    ("Ngân nga hát ở xã bên, nước sạch đã về", 8),
    ("Vệ binh đội mũ đẹp, xinh như hoa giữa môi trường mới", 8),
    ("Bếp cháy ở phòng bên, chị chửa đẻ gọi đội", 8),
)


@pytest.fixture(scope="module", params=LOCAL)
def searcher(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, analyzer: ArticleAnalyzer) -> Searcher:
    directory: Path = tmp_path_factory.mktemp("likelier") / "index"
    texts = [
        make(f"{n}-{time}", sentence, f"{sentence}, kỳ {time}.") for n, (sentence, times) in enumerate(SENTENCES) for time in range(times)
    ]
    return searcher_over(directory, analyzer, texts, request.param)


def offered(searcher: Searcher, q: str) -> list[str]:
    response = searcher.search(SearchRequest(q))
    assert response.corrected_from is None
    assert response.total
    return [offer.request.q for offer in response.offers if offer.kind == "spelling"]


@pytest.mark.parametrize(
    ("q", "meant"),
    [
        ("nông thông mới", "nông thôn mới"),
        ("nong thong moi", "nong thon moi"),
        ("NÔNG THÔNG MỚI", "NÔNG THÔN MỚI"),
        ("xây dựng nông thông mới ở bản", "xây dựng nông thôn mới ở bản"),
        ("ngân sạch xã", "ngân sách xã"),
        ("vệ xinh môi trường", "vệ sinh môi trường"),
        ("đội phòng cháy chửa cháy", "đội phòng cháy chữa cháy"),
        ("bản -phố nông thông mới", "bản -phố nông thôn mới"),
    ],
)
def test_what_was_much_likelier_meant_is_offered(searcher: Searcher, q: str, meant: str) -> None:
    assert offered(searcher, q) == [meant]


def test_corrections_side_by_side_are_kept_that_go_together(searcher: Searcher) -> None:
    lexicon = Lexicon(searcher.index.snapshot())
    book, house, town = map(Syllable.of, ("sách", "nhà", "phố"))
    assert agreeing({1: (1.0, book), 2: (2.0, house)}, lexicon) == {1: book, 2: house}
    assert agreeing({1: (1.0, book), 2: (2.0, town)}, lexicon) == {2: town}
    assert agreeing({1: (2.0, book), 2: (1.0, town), 3: (0.5, house)}, lexicon) == {1: book, 3: house}
    assert agreeing({}, lexicon) == {}


@pytest.mark.parametrize(
    "q",
    [
        "nông thôn mới",
        "nong thon moi",
        "thông tin mới",
        "nghe thông tin",
        "nước sạch xã",
        "vệ sinh môi trường",
        "phòng cháy chữa cháy",
        "bản cao -thông",
    ],
)
def test_what_is_well_typed_is_left_alone(searcher: Searcher, q: str) -> None:
    assert offered(searcher, q) == []


def test_what_few_articles_hold_is_not_offered(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    texts = [make(f"{n}", "Tin", "Bản vùng cao xây dựng nông thôn mới.") for n in range(4)]
    texts += [make(f"other{n}", "Tin", "Nông dân nghe thông tin mới.") for n in range(4)]
    assert offered(searcher_over(tmp_path / "i", analyzer, texts), "nông thông mới") == []


def test_the_name_of_a_place_is_not_taken_for_a_slip(tmp_path: Path, analyzer: ArticleAnalyzer) -> None:
    texts = [make(f"{n}", "Tin", f"Thi bơi bang {n}.") for n in range(30)] + [make("place", "Tin", "Huyện KBang giữ rừng.")]
    assert offered(searcher_over(tmp_path / "i", analyzer, texts), "KBang") == []


@pytest.mark.parametrize("engine", LOCAL)
def test_what_articles_hold_as_typed_is_no_slip_whatever_their_titles_hold(tmp_path: Path, analyzer: ArticleAnalyzer, engine: str) -> None:
    """Spelling is recorded in titles above all, and there *nhập Man* may be all that is."""
    texts = [make(f"club{n}", "Cầu thủ gia nhập Man City", f"Trận thứ {n} ở Anh, khán giả xâm lấn sân.") for n in range(30)]
    texts += [make(f"salt{n}", "Tin đồng bằng", f"Mùa khô, nước biển xâm nhập mặn vào ruộng {n}.") for n in range(6)]
    assert offered(searcher_over(tmp_path / "i", analyzer, texts, engine), "xâm nhập mặn") == []


@pytest.mark.parametrize("engine", LOCAL)
@pytest.mark.parametrize(("q", "meant"), [("trính quyền xã", "chính quyền xã"), ("dáo viên bản", "giáo viên bản")])
def test_two_letters_that_sound_alike_are_one_slip(tmp_path: Path, analyzer: ArticleAnalyzer, engine: str, q: str, meant: str) -> None:
    sentences = ("Chính quyền xã họp dân.", "Giáo viên bản lên lớp.", "Bà con làng chài ra khơi.")
    texts = [make(f"{n}-{time}", "Tin", f"{text} Kỳ {time}.") for n, text in enumerate(sentences) for time in range(12)]
    response = searcher_over(tmp_path / "i", analyzer, texts, engine).search(SearchRequest(q))
    assert (response.corrected_from, response.request.q) == (q, meant)


@pytest.mark.parametrize(
    ("key", "taken_for"),
    [
        ("thông", "thôn"),
        ("chửa", "chữa"),
        ("xử", "sử"),
        ("trính", "chính"),
        ("dải", "giải"),
        ("lúi", "núi"),
        ("sạc", "sạt"),
        ("mặc", "mặt"),
    ],
)
def test_syllables_that_sound_alike(key: str, taken_for: str) -> None:
    assert taken_for in confused_with(key)
    assert key in confused_with(taken_for)


def test_confused_syllables_are_well_formed_and_others() -> None:
    assert "ghi" not in confused_with("di")
    assert "thon" in confused_without_marks("thong")
    assert confused_without_marks("thông") == ()
    assert confused_with("https") == confused_without_marks("https") == ()
    for key in ("nghiêng", "giết", "quý", "lan", "trường"):
        assert key not in confused_with(key)
