"""Snippets and highlights: the right passage, the right code points."""

from __future__ import annotations

import re
import unicodedata
from typing import SupportsIndex

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.abbreviations import load
from analyzers.analyzer import Analyzer
from analyzers.text import nfc
from engine.highlight import adjoined, highlight, located
from engine.model import Snippet
from engine.other_words import Whole, without_accidents
from engine.query import build_plan, parse
from engine.query.nodes import Match
from engine.query.words import words_in
from engine.schema import Weights
from engine.snippets import SNIPPET_CHARS, passages, running_text

ANALYZER = Analyzer()


def matches(q: str) -> tuple[Match, ...]:
    return build_plan(parse(q).tree, ANALYZER.analyze, Weights()).matches


def snippets(lead: str, body: str, q: str, most: int) -> tuple[Snippet, ...]:
    """As a search makes them."""
    text = running_text(lead, body)
    ranges, _ = located(text, "", matches(q))
    return passages(text, ranges, most)


def marked(text: str, q: str) -> list[str]:
    return [text[start:end] for start, end in highlight(text, matches(q))]


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        ("Thị xã An Khê thu ngân sách", "an khe", ["An", "Khê"]),
        ("Thị xã An Khê", "thị xã", ["Thị", "xã"]),
        ("xa xã xạ", "xã", ["xã"]),
        ("xa xã xạ", "xa", ["xa", "xã", "xạ"]),
        ("hoà giải, hòa bình, hoa hồng", "hòa", ["hoà", "hòa"]),
        ("Đường đi Đà Lạt", "duong da lat", ["Đường", "Đà", "Lạt"]),
        ("nông thôn mới, nông dân", '"nông thôn mới"', ["nông thôn mới"]),
        ("nông-thôn mới", '"nong thon moi"', ["nông-thôn mới"]),
        ("học sinh, trường học, khoa học", "hoc*", ["học", "học", "học"]),
        ("nông dân nôn nóng", "nông*", ["nông"]),
        ("10.040 tỷ và 10040", "10.040", ["10.040", "10040"]),
        ("đạt 10.040 tỷ", "10040", ["10.040"]),
        ("ngày 30-6-2023 và 30/6/2023", "30.6.2023", ["30-6-2023", "30/6/2023"]),
        ("Quyết định 15/2024/QĐ-UBND", "15/2024/qđ-ubnd", ["15/2024/QĐ-UBND"]),
        ("kĩ sư và kỹ thuật", "kỹ", ["kĩ", "kỹ"]),
        ("Đắk Lắk, Đăk Lăk, Dak Lak", "đắk lắk", ["Đắk", "Lắk", "Đăk", "Lăk", "Dak", "Lak"]),
        ("Krông Pắc hay Krông Pắk", "pac", ["Pắc", "Pắk"]),
        ("không có gì", "lũ", []),
        ("thành", "thanh", ["thành"]),
        ("tha\u0300nh pho\u0302\u0301", "thành phố", ["thành", "phố"]),
    ],
)
def test_what_matches_is_marked(text: str, q: str, found: list[str]) -> None:
    assert marked(nfc(text), q) == found


@pytest.mark.parametrize("odd", ["\u200b", "\u00ad", "\u0323\u0307", "ﬁ", "ＡＢ"])
def test_texts_that_do_not_fold_letter_by_letter_are_marked_by_their_tokens(odd: str) -> None:
    assert marked(nfc(f"{odd} Thị xã An Khê {odd}"), "thi xa") == ["Thị", "xã"]


@pytest.mark.parametrize("odd", ["", "№ 5", "a\u200bb", "Straße"])
def test_every_place_is_marked_once_whatever_else_a_text_holds(odd: str) -> None:
    text = f"Ngân sách nhà nước {odd}"
    assert highlight(text, matches("ngân sách sach nhà")) == [(0, 4), (5, 9), (10, 13)]


def test_letters_that_fold_to_two_are_marked() -> None:
    assert marked("Nhà máy Strauß", "strauss") == ["Strauß"]


WORDS = st.lists(
    st.sampled_from(["thị", "xã", "Xa", "hoà", "hòa", "Đường", "ngân", "sách", "a\u0323\u0307b", "ﬁn", "15/2024"]), max_size=30
)


@given(WORDS, st.sampled_from(["thi xa", "thị xã", '"ngân sách"', "hòa", "đường*", "15/2024"]))
@settings(deadline=None)
def test_both_ways_of_marking_agree(words: list[str], q: str) -> None:
    """The folded copy and the tokens give the same ranges, so what is marked is what the index matched."""
    text = nfc(" ".join(words))
    plain = highlight(text, matches(q))
    padded = highlight(text + " \u200b", matches(q))  # the invisible character forces the slow way
    assert plain == padded


@given(st.text(max_size=300), st.sampled_from(["a", "thị xã", '"a b"', "a*"]))
@settings(deadline=None)
def test_ranges_are_ordered_and_inside_the_text(text: str, q: str) -> None:
    for snippet in snippets("", nfc(text), q, 2):
        at = 0
        for start, end in snippet.ranges:
            assert at <= start < end <= len(snippet.text)
            at = end


def test_the_passage_with_most_of_the_query_is_chosen() -> None:
    body = "Mở đầu nói về ngân sách. " + "Chuyện khác hẳn không liên quan gì đến đề tài. " * 20 + "Thu ngân sách của thị xã An Khê tăng."
    (only,) = snippets("", body, "thu ngân sách an khê", 1)
    assert "thị xã An Khê" in only.text
    assert only.text[slice(*only.ranges[0])] == "Thu ngân sách"


def test_a_rare_word_at_the_end_of_a_long_text_gets_its_passage() -> None:
    body = "xã " * 30_000 + "\nCuối bài có kim cương."
    assert any("kim cương" in snippet.text for snippet in snippets("", body, "xã kim cương", 2))


def test_without_a_match_the_beginning_is_shown() -> None:
    (only,) = snippets("Mở bài.", "Thân bài " * 100, "không", 2)
    assert only.text == "Mở bài."
    assert only.ranges == ()


def test_no_text_no_snippet() -> None:
    assert snippets("", "", "a", 2) == ()


def test_a_snippet_is_a_passage_of_the_text_and_not_too_long() -> None:
    body = "Câu thứ nhất dài vừa phải thôi. " * 40
    for snippet in snippets("", body, "nhất", 2):
        bare = snippet.text.removeprefix("… ").removesuffix(" …")
        assert bare in body
        assert len(bare) <= 240


def test_neighbours_are_marked_as_one() -> None:
    title = unicodedata.normalize("NFC", "An Khê: thu ngân sách đạt 52,15 tỷ đồng")
    ranges, _ = located(title, "", matches("ngan sach"))
    assert [title[a:b] for a, b in adjoined(title, ranges)] == ["ngân sách"]


@pytest.mark.parametrize(
    ("title", "text"), [("Nước sông lên vì lũ", "Quét dọn sau lũ"), ("Nước lên vì lũ ℃", "Quét dọn sau lũ"), ("Vì lũ", "Quét lũ 5 ℃")]
)
def test_no_phrase_begins_in_the_title_and_ends_in_the_text(title: str, text: str) -> None:
    """Whichever way the words are found, by a folded copy or, beside a sign such as ℃, by looking at each."""
    in_title, in_text = located(title, text, matches('"lũ quét"|lũ|quét'))
    assert [title[a:b] for a, b in in_title] == ["lũ"]
    assert [text[a:b] for a, b in in_text] == ["Quét", "lũ"]


def test_a_syllable_that_the_article_leaves_open_is_marked_as_the_query_meant_it() -> None:
    """*Thu* does not stand beside *ngân sách* here: the neighbours in the query tell that *thứ* was not meant, if *thu* is there."""
    asked = build_plan(parse("thu ngan sach").tree, ANALYZER.analyze, Weights(), restore=lambda keys: ("thu", "ngân", "sách")).matches
    text = "Hội nghị lần thứ 13: ngân sách tăng, số thu còn chậm."
    assert [text[a:b] for a, b in highlight(text, asked)] == ["ngân", "sách", "thu"]
    none = "Hội nghị lần thứ 13 bàn về ngân sách."
    assert [none[a:b] for a, b in highlight(none, asked)] == ["thứ", "ngân", "sách"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Hội nghị lần thứ 13: ngân sách tăng, số thu còn chậm.", ["ngân", "sách", "thu"]),
        ("Hội nghị lần thứ 13 bàn về ngân sách.", ["thứ", "ngân", "sách"]),  # all there is to show
    ],
)
def test_where_marks_are_typed_what_bears_none_is_marked_as_it_stands(text: str, found: list[str]) -> None:
    assert marked(text, "thu ngân sách") == found


def test_unmarked_syllables_mark_the_spelling_that_stands_together() -> None:
    """In an article on *thu ngân sách*, *thứ* and *thì* are not what ``thu ngan sach`` meant."""
    text = "Lần thứ 13, thu ngân sách thì tăng; thu đạt 52 tỷ, sạch nợ."
    assert marked(text, "thu ngan sach") == ["thu", "ngân", "sách", "thu"]
    assert marked(text, "thu sach") == ["thứ", "thu", "sách", "thu", "sạch"]
    title = "Hội nghị lần thứ 13"
    assert located(title, text, matches("thu ngan"))[0] == []


ACCIDENTS = "Danh sách hộ nghèo. Vốn giải ngân chậm, tổng thu ngân sách vẫn đạt; sách giáo khoa và tiền thu được đủ."


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        (ACCIDENTS, "ngan sach", ["ngân", "sách"]),
        (ACCIDENTS, "ngân sách", ["ngân", "sách"]),
        (ACCIDENTS, "sách", ["sách", "sách", "sách"]),
        (ACCIDENTS, "thu ngan sach", ["thu", "ngân", "sách", "thu"]),
        ("Vốn giải ngân chậm, danh sách dài.", "ngân sách", ["ngân", "sách"]),
        ("Từ An Khê về quận Thanh Khê, qua Song An.", "An Khê", ["An", "Khê"]),
        ("Từ An Khê về Thanh Khê; ông An ở Khê.", "an khe", ["An", "Khê"]),
        ("Quận Thanh Khê và xã Song An.", "An Khê", []),
        ("Quận Thanh Khê và xã Song An.", '"An" "Khê"', ["Khê", "An"]),
        ("Ngân sách An Khê; án phí xã Song An.", "an khê ngân sách", ["Ngân", "sách", "An", "Khê"]),
        ("Về AN  KHÊ, rồi An – Khê", "an khe", ["AN", "KHÊ", "An", "Khê"]),
        ("Ban Mê Thuột, ban nhạc", "ban mê thuột", ["Ban", "Mê", "Thuột"]),
        ("Chính sách mới về ngân sách.", "chính sách ngân sách", ["Chính", "sách", "ngân", "sách"]),
        ("Danh sách và ngân sách.", '"ngân sách"|sách', ["sách", "ngân sách"]),
    ],
)
def test_of_a_word_that_an_article_has_other_words_are_not_marked(text: str, q: str, found: list[str]) -> None:
    """*danh sách* says nothing about *ngân sách* beside it; without it, or to a query of one syllable, it is all there is."""
    assert marked(text, q) == found


def marked_whole(text: str, q: str) -> list[str]:
    """As for a short query, whose words are looked for whole."""
    built = build_plan(parse(q).tree, ANALYZER.analyze, Weights(), load(), words=lambda meant: words_in(meant, lambda _left, _right: 1))
    return [text[start:end] for start, end in highlight(text, built.matches)]


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        ("Cơ quan Hải quan họp; ông Hải vắng, quan khách đông.", "hải quan", ["Hải", "quan"]),
        ("Cơ quan Hải quân họp; ông Hải vắng.", "hải quan", ["quan", "Hải", "Hải"]),  # all there is to show
        ("Hải quan họp với cơ quan Hải quan cảng.", "hải quan cơ", ["Hải", "quan", "cơ", "Hải", "quan"]),
        ("Đảm bảo đê điều; bảo vệ rừng.", "bảo đảm", ["Đảm", "bảo"]),
        ("Đê bảo đảm, cống đảm bảo; bảo vệ rừng.", "đảm bảo", ["bảo", "đảm", "đảm", "bảo"]),
        ("Công an phường 5 bắt 5 người ngày 5-6.", "phường 5", ["phường", "5"]),
        ("Quý II tăng 2%; hàng quý.", "quý 2", ["Quý II", "quý"]),
        ("Họp lần này, thứ hai; bầu lần thứ hai, lần 2.", "lần thứ 2", ["lần thứ hai", "lần 2"]),
        ("Họp lần này; bầu lần thứ hai, rồi lần 2.", "lần 2", ["lần thứ hai", "lần", "2"]),
        ("Phường 12, quốc lộ 1A, lộ 12", "quốc lộ 1a", ["quốc", "lộ", "1A"]),
        ("Phương án đảm bảo đê, mua bảo hiểm.", "đảm bảo an", ["án", "đảm", "bảo"]),
        ("Từ Hải Hậu, Hải quan về; cơ quan.", "hải hậu hải quan", ["Hải", "Hậu", "Hải", "quan"]),
    ],
)
def test_of_a_word_looked_for_whole_no_part_is_marked_by_itself(text: str, q: str, found: list[str]) -> None:
    assert marked_whole(text, q) == found


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        ("Quảng Nam, Quảng Ngãi mưa; Quảng Trị nắng.", "quảng nam quảng ngãi", ["Quảng", "Nam", "Quảng", "Ngãi"]),
        ("Từ Long An về Long Khánh.", "long khánh long an", ["Long", "An", "Long", "Khánh"]),
        ("Tỉnh Bà Rịa - Vũng Tàu; bà đi tàu.", "Bà Rịa-Vũng Tàu", ["Bà", "Rịa - Vũng", "Tàu"]),
        ("Huyện Ea H’leo, Ea Kar.", "ea h'leo", ["Ea", "H’leo"]),
        ("K'Bang, Kbang, K Bang; bang giao.", "k bang", ["K'Bang", "Kbang", "K Bang"]),
        ("Krông Pa; Krông Pắc.", "krông pa", ["Krông Pa"]),
        ("AN ............ KHÊ, án phí.", "an khê", ["AN", "KHÊ"]),
        ("Hà Nội, Huế, Đà Nẵng.", "hà nội huế", ["Hà", "Nội", "Huế"]),
    ],
)
def test_names_are_marked_that_share_syllables_or_are_typed_joined_or_stand_in_other_writings(text: str, q: str, found: list[str]) -> None:
    assert marked_whole(text, q) == found


@pytest.mark.parametrize(
    ("text", "q", "found"),
    [
        ("Sống bình an.", "An Khê | an", ["an"]),
        ("An này toàn kia.", 'An Khê | "an toàn"~3', ["An", "toàn"]),
        ("Ở bình thì an.", "bình an -(An Khê)", ["bình", "an"]),
        ("Về An Khê, lo an nguy.", "An Khê | an*", ["An", "Khê", "an"]),
        ("Về An Khê, lo an nguy.", "an khê", ["An", "Khê"]),
    ],
)
def test_what_is_looked_for_by_itself_too_is_marked_by_itself(text: str, q: str, found: list[str]) -> None:
    assert marked_whole(text, q) == found


def test_a_title_and_the_text_below_it_make_no_name() -> None:
    built = build_plan(parse("an khê").tree, ANALYZER.analyze, Weights())
    assert located("Về Song An", "Khê nước.", built.matches) == ([], [])


def test_a_word_in_a_sentence_is_marked_whole_where_the_article_has_it() -> None:
    q = "thị xã an khê thu ngân sách"
    assert marked("Thị xã An Khê: Thường trực Thị ủy họp.", q) == ["Thị", "xã", "An", "Khê"]
    assert marked("Thường trực Thị ủy An Khê họp.", q) == ["Thị", "An", "Khê"]  # all there is to show


def test_a_number_in_a_sentence_is_marked_behind_its_word() -> None:
    q = "công an quận 12 bắt cướp trong đêm"
    assert marked("Sáng 12-6, Công an Quận 12 bắt cướp.", q) == ["Công", "an", "Quận", "12", "bắt", "cướp"]
    assert marked("Ngày 12-6, công an bắt cướp.", q) == ["12", "công", "an", "bắt", "cướp"]  # all there is to show


def test_a_snippet_does_not_cut_what_matches_side_by_side() -> None:
    text = "Tổng cục " + "x" * (SNIPPET_CHARS - 15) + " Hải quan họp về tờ khai. " + "y" * SNIPPET_CHARS
    at = text.index("Hải")
    (found,) = passages(text, [(at, at + 3), (at + 4, at + 8)], 1)
    assert [found.text[start:end] for start, end in found.ranges] == ["Hải quan"]
    begun = "a" * (SNIPPET_CHARS // 4 - 4) + " b thu ngân " + "c" * SNIPPET_CHARS
    marks = [(found.start(), found.end()) for found in re.finditer("thu|ngân", begun)]
    assert [[one.text[start:end] for start, end in one.ranges] for one in passages(begun, marks, 1)] == [["thu ngân"]]


class Looked(str):
    """A text that notes the longest part of it that was taken out."""

    __slots__ = ("longest",)
    longest: int

    def __getitem__(self, key: SupportsIndex | slice) -> str:
        part = super().__getitem__(key)
        self.longest = max(getattr(self, "longest", 0), len(part))
        return part


def test_what_stands_beside_a_match_is_looked_for_nearby() -> None:
    """A text without blanks would be copied for each of two thousand matches."""
    text = Looked("Ngân sách xã.\n" + "chữ\n" * 500 + f"{'x' * 20} sách {'y' * 500}")
    at = text.rindex("sách")
    nothing = Whole(frozenset(), frozenset())
    assert without_accidents(text, [(0, 9), (at, at + 4)], frozenset({"ngan", "sach"}), nothing, frozenset()) == [(0, 9), (at, at + 4)]
    assert text.longest < 40
