"""Key terms: what articles are listed under, and why."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.terms import TermTableError, explain, fingerprint, key_terms, term_label
from analyzers.terms.build.__main__ import DATA, Hand, by_hand, mine, read_data, relist, rendered
from analyzers.terms.build.lists import read_local, read_stops
from analyzers.terms.build.select import Edges
from analyzers.terms.model import MAX_TERMS, Entry
from analyzers.terms.spelling import keys_of, value_of
from analyzers.terms.store import load, load_words
from analyzers.terms.table import read_table, write_table
from indexer.documents import document
from tests.support import ROOT, seed_articles

Zones = tuple[AnalyzedText, AnalyzedText, AnalyzedText]
SHARED_SEEDS = ROOT.parent / "shared" / "seeds"


@cache
def analyzer() -> Analyzer:
    return Analyzer()


def zones(title: str = "", lead: str = "", body: str = "") -> Zones:
    return analyzer().analyze(title), analyzer().analyze(lead), analyzer().analyze(body)


def labels(title: str = "", lead: str = "", body: str = "", excluded: frozenset[str] = frozenset()) -> list[str]:
    return [term.label for term in key_terms(zones(title, lead, body), excluded)]


# --- what is a term ---


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Thu ngân sách trên địa bàn vượt dự toán tỉnh giao", "thu ngân sách"),
        ("Tổng thu NSNN quý I đạt thấp, thu NSNN từ đất giảm sâu", "thu ngân sách"),
        ("Xã về đích nông thôn mới nhờ sức dân", "nông thôn mới"),
        ("Thôn Đông góp công xây dựng NTM", "nông thôn mới"),
        ("Vận động người dân tham gia bảo hiểm y tế hộ gia đình", "bảo hiểm y tế"),
        ("Cấp thẻ BHYT cho học sinh vùng xa", "bảo hiểm y tế"),
        ("Đẩy nhanh công tác giải phóng mặt bằng tuyến tránh", "giải phóng mặt bằng"),
        ("Gỡ khó cho GPMB đoạn qua chợ", "giải phóng mặt bằng"),
        ("Huyện còn 412 hộ nghèo", "hộ nghèo"),
        ("Phường tập huấn chuyển đổi số cho tổ trưởng", "chuyển đổi số"),
        ("Ủy ban MTTQ Việt Nam xã thăm bà con", "Mặt trận Tổ quốc"),
        ("Bốn sản phẩm OCOP lên kệ", "OCOP"),
        ("OCOP", "OCOP"),
        ("PHÒNG CHÁY CHỮA CHÁY RỪNG MÙA KHÔ", "phòng cháy, chữa cháy rừng"),
        ("Chủ động phòng, chống thiên tai từ cơ sở", "phòng, chống thiên tai"),
        ("Diễn đàn kinh tế – xã hội của tỉnh", "kinh tế - xã hội"),
        ("Viếng nghĩa trang liệt sĩ ngày cuối năm", "nghĩa trang liệt sĩ"),
        ("Dâng hoa tại nghĩa trang liệt sỹ", "nghĩa trang liệt sĩ"),
        ("Nuôi trồng thuỷ sản gặp khó vì nắng", "nuôi trồng thủy sản"),
    ],
)
def test_a_term_is_found_however_it_is_written(text: str, label: str) -> None:
    assert label in labels(title=text)


@pytest.mark.parametrize(
    "text",
    [
        "Ông Nguyễn Xuân Phước cho biết, thời gian tới địa phương tiếp tục thực hiện nhiệm vụ đã đề ra",
        "Thị xã An Khê, thành phố Pleiku và huyện Đak Pơ thuộc tỉnh Gia Lai",
        "UBND phường, HĐND thị xã và Ủy ban nhân dân tỉnh cùng dự; Chủ tịch UBND huyện phát biểu",
        "Sáng 30-6-2023, 52,15 tỷ đồng, 91,92%, quý I, ngày 12/7, tháng 6",
        "Báo Thanh Niên và Tuổi Trẻ đưa tin",
        "Quang cảnh hội trường. Trực tuyến: 145. Chia sẻ bài viết. Tin liên quan",
        "Họ cố gắng, họ tham gia, họ phát biểu, họ nhấn mạnh, họ đề nghị, họ quan tâm",
        "",
    ],
)
def test_names_functions_and_boilerplate_are_no_terms(text: str) -> None:
    assert labels(body=f"{text}. {text}. {text}.") == []


def test_syllables_of_two_words_make_no_term() -> None:
    """*văn học | sinh động* holds the syllables of *học sinh* but not the word; a comma or line parts words too."""
    assert "học sinh" in labels(title="Giờ học sinh động của học sinh")
    assert "học sinh" not in labels(title="Những trang văn học sinh động")
    assert labels(title="Họ nói về du, lịch") == []
    assert "bảo hiểm y tế" not in labels(title="Mua bảo hiểm\ny tế thôn đến nhà")


def test_an_abbreviation_is_known_by_its_capitals() -> None:
    assert "trí tuệ nhân tạo" in labels(title="Lớp học AI ở xã vùng cao")
    assert "trí tuệ nhân tạo" not in labels(title="Không ai vắng mặt, ai cũng vui")
    assert "trí tuệ nhân tạo" not in labels(title="KHÔNG AI BỊ BỎ LẠI PHÍA SAU")


def test_a_place_of_the_article_is_no_term() -> None:
    text = "Hòa bình và lễ hội. Hòa bình và lễ hội."
    value = value_of("lễ hội")
    assert "lễ hội" in labels(body=text)
    assert labels(body=text, excluded=frozenset({value})) == []


# --- which terms are kept ---


def test_a_longer_term_explains_the_shorter_inside_it() -> None:
    found = explain(zones(title="Diễn tập khu vực phòng thủ", body="Cuộc diễn tập khu vực phòng thủ kết thúc sau buổi diễn tập."))
    why = {verdict.label: verdict.why for verdict in found}
    assert why["diễn tập khu vực phòng thủ"] == "kept"
    assert why["diễn tập"] == "explained by: diễn tập khu vực phòng thủ"


def test_a_weak_longer_term_lends_its_mention_to_the_shorter() -> None:
    body = f"{'Mọi người đã về. ' * 20}Quỹ mua bảo hiểm xã hội tự nguyện. Bà tham gia bảo hiểm xã hội."
    found = {verdict.label: verdict for verdict in explain(zones(body=body, lead="Tin."))}
    assert found["bảo hiểm xã hội"].evidence == 2
    assert found["bảo hiểm xã hội"].kept
    assert not found["bảo hiểm xã hội tự nguyện"].kept


def test_title_counts_more_than_lead_and_lead_more_than_body() -> None:
    text = "Chăn nuôi ở đồi"
    placed = (zones(title=text), zones(lead=text), zones(lead="Tin.", body=text))
    assert [explain(texts)[0].evidence for texts in placed] == [3, 2, 1]


def test_without_a_lead_the_beginning_of_the_body_stands_for_it() -> None:
    far = "Mọi người đã về. " * 20
    assert explain(zones(body=f"Chăn nuôi ở đồi. {far}"))[0].lead == 1
    assert explain(zones(body=f"{far} Chăn nuôi ở đồi."))[0].body == 1


def test_one_passing_mention_is_taken_only_when_there_is_nothing_else() -> None:
    far = "Mọi người đã về. " * 20
    assert labels(body=f"{far}Có hộ nghèo.") == ["hộ nghèo"]
    assert labels(title="Tiêm chủng ở thôn", body=f"{far}Có hộ nghèo.") == ["tiêm chủng"]
    assert labels(body=f"{far}Có cổ phiếu.") == []


def test_at_most_eight_terms_and_the_strongest_first() -> None:
    many = [entry.label for entry in read_local(DATA / "local.txt") if entry.termhood == 9][:40]
    found = key_terms(zones(body=". ".join([*many, *many, many[7], many[7]])))
    assert len(found) == MAX_TERMS
    assert found[0].label == many[7]
    assert list(found) == sorted(found, key=lambda term: -term.score)


def test_a_word_the_table_lacks_must_stand_out() -> None:
    """Named at the top, repeated, used as a noun; never a word of the language known to be no term."""
    body = "Nông dân nuôi ốc hương ven vịnh. Giống ốc hương này ưa mát. Mỗi lồng ốc hương cho ba tạ. Thương lái mua ốc hương tại bè."
    assert "ốc hương" not in load().terms
    assert "ốc hương" in labels(title="Ốc hương lên bờ", body=body)
    assert "ốc hương" not in labels(title="Chuyện trên bờ", lead="Tin.", body=body)
    assert "ốc hương" not in labels(title="Ốc hương lên bờ", body=body.replace("Nông dân nuôi", "Họ không"))
    assert "tham gia" in load_words()


# --- values and labels ---


def test_spellings_of_a_term_share_value_and_label() -> None:
    written = ["bảo hiểm y tế", "BHYT", "Bảo hiểm Y tế", "BẢO HIỂM Y TẾ"]
    found = {key_terms(zones(title=f"Chuyện {text} ở xã"))[0][:2] for text in written}
    assert found == {("bảo hiểm y tế", "bảo hiểm y tế")}


def test_a_label_is_known_from_its_value() -> None:
    assert term_label("mặt trận tổ quốc") == "Mặt trận Tổ quốc"
    assert term_label("ocop") == "OCOP"
    assert term_label("ốc hương") == "ốc hương"


# --- properties ---

PIECES = [
    "thu", "ngân sách", "nông thôn mới", "Mặt trận Tổ quốc", "OCOP", "AI", "phòng, chống thiên tai", "phòng", "chống", "bảo hiểm",
    "y tế", "xã hội", "tự nguyện", "lao động", "viên", "hộ", "nghèo", "An Khê", "các", "đã", "HỘ NGHÈO", "Thanh Niên", "ốc hương",
    "12", "đường",
]  # fmt: skip
TEXT = st.lists(st.tuples(st.sampled_from(PIECES), st.sampled_from([" ", " ", " ", ", ", ". ", "-", "\n", " – "])), max_size=60).map(
    lambda parts: "".join(piece + joint for piece, joint in parts)
)


@given(TEXT, TEXT, TEXT)
@settings(max_examples=300, deadline=None)
def test_the_explanation_is_the_fast_path(title: str, lead: str, body: str) -> None:
    """explain finds the same terms with the same scores, looking every run of syllables up."""
    text = zones(title, lead, body)
    assert tuple(verdict.term for verdict in explain(text) if verdict.kept) == key_terms(text)


@given(TEXT, TEXT, TEXT)
@settings(max_examples=150, deadline=None)
def test_terms_are_few_distinct_stable_and_in_the_text(title: str, lead: str, body: str) -> None:
    text = zones(title, lead, body)
    found = key_terms(text)
    assert len(found) <= MAX_TERMS
    assert len({term.value for term in found}) == len(found)
    assert found == key_terms(zones(title, lead, body))
    assert all(term.score > 0 for term in found)
    for verdict in explain(text):
        assert not verdict.known or verdict.title + verdict.lead + verdict.body > 0 or verdict.value not in {term.value for term in found}


@given(TEXT, TEXT)
@settings(max_examples=100, deadline=None)
def test_excluded_values_never_come_back(title: str, body: str) -> None:
    text = zones(title, "", body)
    excluded = frozenset(term.value for term in key_terms(text))
    assert not excluded & {term.value for term in key_terms(text, excluded)}


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_text_is_taken(text: str) -> None:
    assert isinstance(key_terms(zones(text, text, text)), tuple)


def test_scores_add_up() -> None:
    for verdict in explain(zones(title="Xã vượt thu ngân sách", body="Thu ngân sách tăng. Hộ nghèo giảm, hộ nghèo còn ít. OCOP.")):
        assert verdict.score == pytest.approx(verdict.frequency * verdict.idf * verdict.termhood, abs=1e-4)


def test_the_same_in_every_process() -> None:
    """No order of a set or a hash leaks into the result."""
    text = "Thu ngân sách, hộ nghèo, OCOP, GDP, FDI, du lịch. " * 3
    code = (
        "from analyzers.analyzer import Analyzer; from analyzers.terms import key_terms;"
        f"a = Analyzer().analyze; print(ascii(key_terms((a(''), a(''), a({text!r})))))"
    )
    runs = []
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT, env=environment)
        runs.append(done.stdout)
    assert runs[0] == runs[1] != ""


def test_work_grows_in_proportion_to_the_text() -> None:
    """Twice the text costs twice the steps, for ordinary text and for text made of abbreviations or beginnings of terms."""
    for unit in ("Thu ngân sách đạt khá. ", "OCOP ", "bảo hiểm ", "kinh tế xã hội thu ", "phòng chống "):
        once, twice = (_steps(analyzer().analyze(unit * size)) for size in (500, 1000))
        assert twice <= 2.5 * once, unit
    once, twice = (_steps(_strange_words(size)) for size in (500, 1000))
    assert twice <= 2.5 * once


def _strange_words(size: int) -> AnalyzedText:
    """Text of so many different words that no list has, three times over."""
    keys = ["zz" + "abcdefghij"[n // 100 % 10] * 2 + "klmnopqrst"[n // 10 % 10] + "uvwxyzabcd"[n % 10] for n in range(2 * size)] * 3
    text = " ".join(keys)
    ends = list(accumulate(len(key) + 1 for key in keys))
    starts = [end - len(key) - 1 for end, key in zip(ends, keys, strict=True)]
    words = [(first, first + 2) for first in range(0, len(keys), 2)]
    return AnalyzedText(text, starts, [end - 1 for end in ends], keys, keys, words)


def _steps(text: AnalyzedText) -> int:
    """Lines of Python that the key terms of `text` take."""
    count = 0

    def trace(*_: object) -> Callable[..., object]:
        nonlocal count
        count += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        key_terms((text, text, text))
    finally:
        sys.settrace(before)
    return count


# --- the data ---


def test_the_table_is_read_back_as_written_and_damage_is_named() -> None:
    entries = [Entry("OCOP", 12, 9, True, ("sản phẩm OCOP",)), Entry("cổ phiếu", 800, 7)]
    text = write_table(entries, 1000)
    table = read_table(text, "x")
    assert (sorted(table.entries), table.documents) == (sorted(entries), 1000)
    assert write_table(reversed(entries), 1000) == text
    with pytest.raises(TermTableError, match=r"x is damaged: its checksum .* rebuild it with: python -m analyzers\.terms\.build"):
        read_table(text.replace("800", "900"), "x")
    with pytest.raises(TermTableError, match="not 'timtin-terms 1'"):
        read_table("label\t1\n", "x")
    with pytest.raises(TermTableError, match="a line cannot be read"):
        read_table(write_table([Entry("a\tb", 1, 1)], 1000), "x")


def test_the_data_hold_what_was_written_by_hand() -> None:
    """``python -m analyzers.terms.build`` without articles would change nothing."""
    for name, text in rendered(relist(read_data(DATA), by_hand())).items():
        assert (DATA / name).read_text(encoding="utf-8") == text, name


def test_every_spelling_finds_its_term_and_no_two_terms_share_one() -> None:
    owners: dict[tuple[str, ...], str] = {}
    for entry in read_data(DATA).table.entries:
        assert 1 <= entry.termhood <= 9
        for spelling in (entry.label, *entry.others):
            assert owners.setdefault(keys_of(spelling), entry.label) == entry.label
    assert set(load().terms) == {value_of(label) for label in owners.values()}


def test_no_stop_no_place_and_no_known_word_is_a_term() -> None:
    terms = set(load().terms)
    hand = by_hand()
    assert not terms & hand.stops
    assert not terms & hand.places
    assert not terms & {value_of(word) for word in load_words()}
    assert all(" " in value or label.upper() == label or value != label for value, label in ((v, t.label) for v, t in load().terms.items()))


def test_the_shipped_data_are_small() -> None:
    assert sum(path.stat().st_size for path in DATA.iterdir()) <= 600_000


def test_the_fingerprint_is_part_of_the_analyzers() -> None:
    assert fingerprint() == fingerprint() != ""


def test_hand_written_lists_say_where_they_are_wrong(tmp_path: Path) -> None:
    path = tmp_path / "local.txt"
    path.write_text("# x\nhộ nghèo = hộ  Nghèo; người nghèo ~7\nngười nghèo\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 3: 'người nghèo' already belongs to 'hộ nghèo'"):
        read_local(path)
    path.write_text("= a\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 1: '= a' is no term"):
        read_local(path)
    path.write_text("giao ban = họp giao ban ~3\n", encoding="utf-8")
    assert read_local(path) == [Entry("giao ban", 0, 3, True, ("họp giao ban",))]
    path.write_text("# x\nvà, của,\nthị xã\n", encoding="utf-8")
    assert read_stops(path) == {"và", "của", "thị xã"}


# --- mining ---


def _corpus() -> list[tuple[str, str]]:
    """Articles about fish sauce that repeat it in title and text, among others that mention it in passing, and none."""
    praise = "Các cơ sở nước mắm cho biết nhiều nước mắm được bán. Một nước mắm ngon, những nước mắm rẻ."
    about = [(f"Giá nước mắm tháng {n}", praise) for n in range(40)]
    passing = [("Chuyện nhỏ", f"Họ đã cố gắng, đang cố gắng và sẽ cố gắng {n}. Họ không cố gắng thì thôi.") for n in range(40)]
    return about + passing


def test_mining_finds_the_recurring_noun_and_not_the_verb() -> None:
    hand = Hand([], frozenset(), Edges((), ()), frozenset())
    data = mine(_corpus(), hand)
    found = {entry.label: entry for entry in data.table.entries}
    assert found["nước mắm"].documents == 40
    assert "cố gắng" not in found
    assert "cố gắng" in data.words
    assert "nước mắm" not in data.words
    assert rendered(mine(_corpus(), hand)) == rendered(data)


def test_mining_leaves_out_stops_places_and_what_is_written_by_hand() -> None:
    local = [Entry("mắm ngon", 0, 9, True, ("nước mắm",))]
    data = mine(_corpus(), Hand(local, frozenset(), Edges((), ()), frozenset()))
    assert [entry for entry in data.table.entries if entry.label == "mắm ngon"] == [Entry("mắm ngon", 40, 9, True, ("nước mắm",))]
    assert "nước mắm" not in {entry.label for entry in data.table.entries}
    for hand in (
        Hand([], frozenset({"nước mắm"}), Edges((), ()), frozenset()),
        Hand([], frozenset(), Edges((), ()), frozenset({"nước mắm"})),
    ):
        assert "nước mắm" not in {entry.label for entry in mine(_corpus(), hand).table.entries}


# --- real articles ---


@cache
def seeds() -> dict[str, tuple[str, str, str]]:
    """Title, lead and body of the articles of seeds/, by path."""
    documents = {path: document(article, path) for path, article in seed_articles().items()}
    return {path: (found.title, found.lead, found.body) for path, found in documents.items()}


@pytest.mark.skipif(not SHARED_SEEDS.is_dir(), reason="needs ../shared/seeds")
@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("000", {"thu ngân sách", "nông thôn mới", "phát triển đảng viên", "hội nghị"}),
        ("001", {"thu ngân sách", "đảng viên", "quy hoạch", "di tích lịch sử"}),
        ("002", {"đảng viên", "chi bộ", "xây dựng Đảng", "Mặt trận Tổ quốc"}),
        ("003", {"đảng viên", "thu ngân sách", "giải ngân", "phòng, chống thiên tai"}),
        ("004", {"thu ngân sách", "đầu tư xây dựng cơ bản", "công tác cán bộ", "hội nghị"}),
    ],
)
def test_five_real_articles_have_the_terms_a_reader_would_give(name: str, expected: set[str]) -> None:
    (path,) = SHARED_SEEDS.glob(f"{name}_*.txt")
    found = set(labels(body=path.read_text(encoding="utf-8")))
    assert expected <= found
    assert not found & {"thị xã", "Bí thư", "nhiệm vụ", "thành phố", "An Khê"}


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("dnn-nga-nam-thu-ngan-sach", "thu ngân sách"),
        ("wordpress-hong-ngu-thu-ngan-sach", "thu ngân sách"),
        ("nukeviet-quang-tin-nong-thon-moi", "nông thôn mới"),
        ("wordpress-thap-muoi-bao-hiem-y-te", "bảo hiểm y tế"),
        ("an_khe_bao_hiem_y_te", "bảo hiểm y tế"),
        ("dnn-huong-khe-ra-soat-ho-ngheo", "hộ nghèo"),
        ("liferay-mu-cang-chai-ocop", "OCOP"),
        ("ba_be_ocop", "OCOP"),
        ("liferay-ba-to-nuoc-sach", "nước sạch"),
        ("sharepoint-tra-leng-sat-lo", "sạt lở"),
        ("sharepoint-tam-dao-phong-chay-rung", "phòng cháy, chữa cháy rừng"),
        ("bac_kan_huyen_tung_gpmb", "giải phóng mặt bằng"),
        ("binh_thuy_giao_quan", "giao quân"),
        ("moc_chau_du_lich", "du lịch"),
        ("aspnet-vinh-niem-tiem-vac-xin", "tiêm chủng"),
    ],
)
def test_seed_articles_are_listed_under_their_subject(part: str, expected: str) -> None:
    (texts,) = (texts for path, texts in seeds().items() if part in path)
    assert expected in labels(*texts)


def test_every_term_of_the_seeds_is_from_the_table_and_few_are_alone() -> None:
    """A facet of the seeds is short: its terms are shared."""
    found = [term for texts in seeds().values() for term in key_terms(zones(*texts))]
    assert len(found) >= 2 * len(seeds())
    assert sum(term.value in load().terms for term in found) >= 0.98 * len(found)
