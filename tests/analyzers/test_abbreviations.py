"""Abbreviations: the table is sound, look-ups go both ways, and a query's parts are read as a careful reader would."""

from __future__ import annotations

import subprocess
import sys
import unicodedata
from collections import Counter
from importlib import resources
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.abbreviations import Abbreviations, Evidence, Expansion, TableError, Variant, load
from analyzers.abbreviations.count import count, is_seen
from analyzers.abbreviations.index import Index
from analyzers.abbreviations.reading import Reader
from analyzers.abbreviations.table import COLUMNS, read_table, write_table
from analyzers.abbreviations.writings import keys_of, surfaces_of
from analyzers.keys import folded_key, marked_key
from tests.support import ROOT

ROWS = load().rows
FOREIGN_OR_IRREGULAR = {
    "AI", "BOT", "CDC", "CPI", "FDI", "FTA", "GDP", "GRDP", "NGO", "OCOP", "ODA", "PAPI", "PCI", "PPP", "USD", "VAT", "VND", "VNĐ", "WHO",
    "QyĐ", "TTg",
}  # fmt: skip
"""Initials of another language, or letters from inside a syllable: *quy* is Qy, *tướng* Tg."""


def variants(query: str, names: frozenset[int] = frozenset()) -> list[Variant]:
    surfaces = surfaces_of(query)
    return load().variants([*map(marked_key, surfaces)], [*map(folded_key, surfaces)], surfaces, names=names)


def sure(query: str) -> list[tuple[int, int, str]]:
    """Spans and replacements to apply, as text."""
    return [(v.first, v.last, " ".join(v.replacement_keys)) for v in variants(query) if not v.ambiguous]


def marks(text: str) -> str:
    """The marked keys of `text`: expectations do not depend on how keys spell a syllable."""
    return " ".join(keys_of(text))


# --- the table ---


def test_the_table_holds_enough_of_every_kind() -> None:
    assert len({row.abbreviation for row in ROWS}) >= 600
    assert all(n >= 1 for n in Counter(row.kind for row in ROWS).values())
    assert sum(row.source == "corpus" for row in ROWS) >= 350
    assert {row.source for row in ROWS} == {"nd30", "corpus", "usage"}


def test_the_file_is_what_the_writer_writes() -> None:
    text = resources.files("analyzers.abbreviations").joinpath("data", "abbreviations.tsv").read_text(encoding="utf-8")
    assert write_table(read_table(text)) == text


def test_no_row_stands_twice() -> None:
    pairs = Counter((form, row.text) for row in ROWS for form in row.forms)
    assert [pair for pair, n in pairs.items() if n > 1] == []
    assert [row.abbreviation for row in ROWS if len({surfaces_of(form) for form in row.forms}) < len(row.forms)] == []


def test_every_text_is_nfc_and_has_one_blank_between_syllables() -> None:
    for row in ROWS:
        for text in (*row.forms, *row.spellings, row.note):
            assert unicodedata.is_normalized("NFC", text), row
            assert " ".join(text.split()) == text, row


def test_at_most_one_reading_of_a_form_is_the_default() -> None:
    defaults = Counter(surfaces_of(form) for row in ROWS if row.default for form in row.forms)
    assert [form for form, n in defaults.items() if n > 1] == []


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.abbreviation}-{row.text}")
def test_letters_are_initials_of_the_full_form(row: Expansion) -> None:
    """Each letter begins a syllable, in order, or goes on with the one before (ThS, TTr); W stands for Ư; some are listed."""
    for form in row.forms:
        if form not in FOREIGN_OR_IRREGULAR:
            assert any(_initials(form.lower().replace("w", "ư"), spelling.lower().split()) for spelling in row.spellings), form


def _initials(form: str, syllables: list[str]) -> bool:
    """`form` without separators, and without the syllables it spells out (``GD và ĐT``)."""
    plain = ["".join(map(_base, syllable)) for syllable in syllables if syllable.isalnum()]
    letters = "".join(map(_base, filter(str.isalnum, form.replace(" và ", ""))))
    states = {(-1, 0)}
    for letter in letters:
        after = {(at, inside + 1) for at, inside in states if at >= 0 and plain[at][inside : inside + 1] == letter}
        states = after | {(at, 1) for last, _ in states for at in range(last + 1, len(plain)) if plain[at][0] == letter}
    return bool(states)


def _base(letter: str) -> str:
    return letter if letter == "đ" else folded_key(letter)


def test_evidence_is_consistent_with_the_source_and_with_itself() -> None:
    for row in ROWS:
        evidence = row.evidence
        assert 0 <= evidence.together <= min(evidence.written, evidence.full), row
        if row.source != "nd30":
            assert (row.source == "corpus") == is_seen(evidence), row


def test_names_of_places_are_left_to_the_gazetteer() -> None:
    """Only the fixed ones everybody writes, and kinds of states."""
    places = {row.abbreviation for row in ROWS if row.kind == "place"}
    assert places == {"TP.HCM", "HCM", "HN", "VN", "ĐBSCL", "ĐBSH", "ĐB", "MN", "CHDCND", "CHLB", "CHND"}


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("UBND\tủy ban nhân dân", "line 2: 2 columns, not 10"),
        ("A|\tb\tlaw\t-\tusage\t0\t0\t0\t0\t", "line 2: an empty form"),
        ("A\tb\tcake\t-\tusage\t0\t0\t0\t0\t", "line 2: unknown kind 'cake'"),
        ("A\tb\tlaw\tmaybe\tusage\t0\t0\t0\t0\t", "line 2: unknown use 'maybe'"),
        ("A\tb\tlaw\t-\trumour\t0\t0\t0\t0\t", "line 2: unknown source 'rumour'"),
        ("A\tb\tlaw\t-\tusage\t0\tx\t0\t0\t", "line 2: a count is no number"),
    ],
)
def test_a_damaged_line_is_named(line: str, message: str) -> None:
    with pytest.raises(TableError, match=message) as caught:
        read_table("#" + "\t".join(COLUMNS) + "\n" + line + "\n")
    assert caught.value.line == 2


def test_importing_reads_nothing_and_the_table_is_read_once() -> None:
    code = (
        "import sys; seen = []; sys.addaudithook(lambda e, a: e == 'open' and str(a[0]).endswith('.tsv') and seen.append(1));"
        "from analyzers.abbreviations import load; before = len(seen); load(); print(before, len(seen), load() is load(), len(seen))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT)
    assert done.stdout.split() == ["0", "1", "True", "1"]


def test_counting_tells_forms_full_forms_both_and_definitions() -> None:
    row = read_table("CA\tcông an\tsecurity\tdefault\tusage\t9\t9\t9\t9\t\n")
    texts = ["Công an (CA) huyện, CA xã", "công an", "ca sĩ ở CA", "CÔNG AN", "cồng ăn ca"]
    assert count(row, texts)[0].evidence == Evidence(written=2, full=3, together=1, defined=1)


def test_counting_wants_what_must_follow() -> None:
    row = read_table("Q\tquận\tunit\tname,number\tusage\t0\t0\t0\t0\t\n")
    assert count(row, ["Q.1", "Q. Gò Vấp", "Q nói", "anh Q."])[0].evidence.written == 2


# --- look-ups ---


@pytest.mark.parametrize(
    ("written", "typed", "asked"),
    [
        ("UBND", ["ủy ban nhân dân"], ["ủy ban nhân dân"]),
        ("ubnd", [], ["ủy ban nhân dân"]),
        ("HDND", [], ["hội đồng nhân dân"]),
        ("CA", ["công an"], ["công an"]),
        ("ca", [], []),
        ("TP. HCM", ["thành phố Hồ Chí Minh"], ["thành phố Hồ Chí Minh"]),
        ("TPHCM", ["thành phố Hồ Chí Minh"], ["thành phố Hồ Chí Minh"]),
        ("tp.hcm", [], ["thành phố Hồ Chí Minh"]),
        ("GD-ĐT", ["giáo dục và đào tạo"], ["giáo dục và đào tạo"]),
        ("GDĐT", ["giáo dục và đào tạo"], ["giáo dục và đào tạo"]),
        ("ThS.", ["thạc sĩ"], ["thạc sĩ"]),
        ("THS", ["thạc sĩ"], ["thạc sĩ"]),
        ("TƯ", ["trung ương"], ["trung ương"]),
        ("tư", [], []),
        ("Q.1", ["quận 1"], ["quận 1"]),
        ("QL14B", ["quốc lộ 14B"], ["quốc lộ 14B"]),
        ("q1", [], ["quận 1"]),
        ("BTC", ["ban tổ chức", "Bộ Tài chính"], ["ban tổ chức", "Bộ Tài chính"]),
        ("", [], []),
        ("xyz", [], []),
    ],
)
def test_expansions(written: str, typed: list[str], asked: list[str]) -> None:
    assert [row.text for row in load().expansions(written)] == typed
    assert [row.text for row in load().expansions(written, query=True)] == asked


def test_many_readings_of_tt_and_none_by_default() -> None:
    readings = load().expansions("TT")
    assert {"thị trấn", "trung tâm", "thông tin", "thông tư"} <= {row.text for row in readings}
    assert not any(row.default for row in readings)


@pytest.mark.parametrize(
    ("full", "abbreviations"),
    [
        ("ủy ban nhân dân", ["UBND"]),
        ("uy ban nhan dan", ["UBND"]),
        ("uỷ ban nhân dân", ["UBND"]),
        ("ủy bản nhân dân", []),
        ("uy ban", []),
        ("Thủ tướng Chính phủ", ["TTg", "TTCP"]),
    ],
)
def test_abbreviations_of(full: str, abbreviations: list[str]) -> None:
    assert [row.abbreviation for row in load().abbreviations_of(keys_of(full))] == abbreviations


# --- queries ---


@pytest.mark.parametrize(
    ("query", "span", "other"),
    [
        ("UBND tỉnh", (0, 1), "ủy ban nhân dân"),
        ("chủ tịch ubnd", (2, 3), "ủy ban nhân dân"),
        ("hdnd", (0, 1), "hội đồng nhân dân"),
        ("họp HĐND xã", (1, 2), "hội đồng nhân dân"),
        ("uy ban nhan dan xa", (0, 4), "ubnd"),
        ("hội đồng nhan dan", (0, 4), "hđnd"),
        ("TP.HCM", (0, 2), "thành phố hồ chí minh"),
        ("TP.HCM", (0, 2), "tphcm"),
        ("tphcm", (0, 1), "tp hồ chí minh"),
        ("Thành phố Hồ Chí Minh", (0, 5), "tp hcm"),
        ("TP Hồ Chí Minh", (0, 4), "thành phố hcm"),
        ("KT-XH", (0, 2), "kinh tế xã hội"),
        ("kt xh", (0, 2), "ktxh"),
        ("ktxh", (0, 1), "kt xh"),
        ("kinh tế - xã hội", (0, 4), "kt xh"),
        ("sở GD&ĐT", (1, 3), "giáo dục và đào tạo"),
        ("sở giáo dục đào tạo", (1, 5), "gd đt"),
        ("Bộ GD&ĐT", (0, 3), "bộ giáo dục và đào tạo"),
        ("ủy ban mặt trận tổ quốc", (0, 6), "ủy ban mttq"),
        ("ủy ban MTTQ", (0, 3), "ubmttq"),
        ("CA huyện", (0, 1), "công an"),
        ("TP", (0, 1), "thành phố"),
        ("TX An Khê", (0, 1), "thị xã"),
        ("TT. Chư Sê", (0, 2), "thị trấn chư"),
        ("tt Chư Sê", (0, 2), "thị trấn chư"),
        ("thị trấn Chư Sê", (0, 3), "tt chư"),
        ("H. Đắk Song", (0, 2), "huyện đắk"),
        ("huyện Đắk Song", (0, 2), "h đắk"),
        ("Q.1", (0, 2), "quận 1"),
        ("Q1", (0, 1), "quận 1"),
        ("q1", (0, 1), "q 1"),
        ("quận 1", (0, 2), "q 1"),
        ("quận 1", (0, 2), "q1"),
        ("P.5", (0, 2), "phường 5"),
        ("P.05", (0, 2), "phường 05"),
        ("phuong 5", (0, 2), "p 5"),
        ("QL14", (0, 1), "quốc lộ 14"),
        ("quốc lộ 14", (0, 3), "ql14"),
        ("đt741", (0, 1), "đường tỉnh 741"),
        ("BTC", (0, 1), "ban tổ chức"),
        ("TS Nguyễn Văn An", (0, 2), "tiến sĩ nguyễn"),
        ("thuế VAT", (1, 2), "thuế gtgt"),
    ],
)
def test_a_part_of_a_query_can_also_be_written(query: str, span: tuple[int, int], other: str) -> None:
    assert (*span, marks(other)) in sure(query)


@pytest.mark.parametrize(
    "query",
    [
        "ca sĩ", "CA SĨ SƠN TÙNG", "ca", "da", "thứ tư", "công an", "H", "q", "15/2024/QĐ-UBND", "05-CT/TW", "30/2020/NĐ-CP", "TT", "KH",
        "kế hoạch", "thông tư", "huyện miền núi", "hải quan Cà Mau", "p Cam Ranh", "TT Văn hóa", "xã hội", "hội đồng nhân dần", "Đảng bộ",
        "", "...", "2023", "p2p", "đt 0912", "đt 091 2345678", "phường 2023",
    ],
)  # fmt: skip
def test_nothing_is_applied_that_may_be_something_else(query: str) -> None:
    assert sure(query) == []


@pytest.mark.parametrize(
    ("query", "others"),
    [
        ("TT", {"thị trấn", "trung tâm", "thông tin", "thông tư", "thanh tra"}),
        ("BTV Tỉnh ủy", {"ban thường vụ", "biên tập viên"}),
        ("kế hoạch", {"kh"}),
        ("sdd", {"sử dụng đất", "suy dinh dưỡng"}),
        ("TT GDTX", {"thị trấn", "trung tâm", "thông tin", "thông tư", "thanh tra"}),
    ],
)
def test_doubtful_readings_are_offered(query: str, others: set[str]) -> None:
    assert {" ".join(v.replacement_keys) for v in variants(query) if v.ambiguous} == set(map(marks, others))


def test_marks_decide_where_they_are_typed() -> None:
    """*SDĐ* is one thing, *sdd* two."""
    assert (0, 1, marks("sử dụng đất")) in sure("SDĐ")
    assert sure("sdd") == []


def test_a_caller_who_knows_the_names_needs_no_capitals() -> None:
    assert variants("huyện ia grai") == []
    found = variants("huyện ia grai", frozenset({1}))
    assert (0, 2, ("h", "ia")) in [(v.first, v.last, v.replacement_keys) for v in found]


def test_labels_are_for_reading() -> None:
    labels = {query: (variants(query)[0].abbreviation, variants(query)[0].expansion) for query in ("gddt", "q.1", "QL14B", "TT. Chư Sê")}
    assert labels == {
        "gddt": ("GD&ĐT", "giáo dục và đào tạo"),
        "q.1": ("Q.1", "quận 1"),
        "QL14B": ("QL14B", "quốc lộ 14B"),
        "TT. Chư Sê": ("TT", "thị trấn"),
    }


def test_columns_must_have_one_length() -> None:
    with pytest.raises(ValueError, match="columns of different lengths: 1, 2, 1"):
        load().variants(["a"], ["a", "b"], ["a"])


# --- properties ---

PIECES = [
    *sorted({form for row in ROWS for form in row.forms} | {text for row in ROWS for text in row.spellings}),
    "tỉnh", "Gia Lai", "ở", "năm 2023", "1", "14b", "ca", "Đắk", "(", "-", "zzz", "cả", "\u0301", "Ia Grai", "QL14", "P.5",
]  # fmt: skip
QUERIES = st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)
RETYPED = st.tuples(QUERIES, st.sampled_from([str, str.lower, str.upper, folded_key])).map(lambda pair: pair[1](pair[0]))


@given(RETYPED | st.text(max_size=30))
def test_spans_are_inside_in_order_and_equal_or_apart(query: str) -> None:
    size = len(surfaces_of(query))
    spans = sorted({(v.first, v.last) for v in variants(query)})
    assert all(0 <= first < last <= size for first, last in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert [(v.first, v.last) for v in variants(query)] == sorted((v.first, v.last) for v in variants(query))


@given(RETYPED)
def test_each_replacement_stands_once_is_new_and_the_sure_ones_come_first(query: str) -> None:
    typed = keys_of(query)
    found = variants(query)
    assert len({(v.first, v.last, v.replacement_keys) for v in found}) == len(found)
    assert all(v.replacement_keys and v.replacement_keys != typed[v.first : v.last] for v in found)
    for first in {v.first for v in found}:
        flags = [v.ambiguous for v in found if v.first == first]
        assert flags == sorted(flags)


@given(RETYPED)
def test_no_full_form_that_begins_the_same_is_longer(query: str) -> None:
    """The longest match wins, unless there is nothing else to write it as (*công an*: CA reads as *ca*)."""
    index, typed = load().index, keys_of(query)
    for first, last in {(v.first, v.last) for v in variants(query)}:
        for end in range(last + 1, min(len(typed), first + 15) + 1):
            for writing in index.at(tuple(map(folded_key, typed[first:end]))):
                if writing.marked == typed[first:end] and not writing.surfaces:
                    row = ROWS[writing.row]
                    others = [way for way in index.ways(writing.row) if way.marked != writing.marked]
                    assert all(way.surfaces and (way.pronounceable or row.contexts) for way in others), (query, writing)


@pytest.mark.parametrize("row", [row for row in ROWS if row.default], ids=lambda row: f"{row.abbreviation}-{row.text}")
def test_a_default_goes_both_ways(row: Expansion) -> None:
    """Abbreviation to full form where the writer types marks (else NDT may be NĐT); back unless it reads as ordinary syllables."""
    for form in row.forms:
        assert (1, 1 + len(surfaces_of(form)), marks(row.text)) in sure(f"về {form} zzz"), form
    for way in load().index.ways(ROWS.index(row)):
        for text in (row.text, folded_key(row.text)) if way.surfaces else ():
            found = sure(f"zzz {text} zzz")
            assert ((1, 1 + len(surfaces_of(text)), " ".join(way.marked)) in found) == (not way.pronounceable), way


class _Counting(Index):
    looked = 0

    def at(self, folded: Any) -> Any:
        self.looked += 1
        return super().at(folded)


@pytest.mark.parametrize("piece", ["ủy ban nhân ", "TP ", "15 QĐ UBND ", "Q ", "ql14 ", "bộ giáo dục và đào "])
def test_work_is_linear(piece: str) -> None:
    """Twice the query, at most about twice the look-ups."""

    def work(times: int) -> int:
        surfaces = surfaces_of(piece * times)
        index = _Counting(ROWS)
        Reader(index, [*map(marked_key, surfaces)], [*map(folded_key, surfaces)], surfaces, frozenset()).read()
        return index.looked

    assert work(400) <= 2.2 * work(200)


def test_an_empty_table_answers() -> None:
    empty = Abbreviations(())
    assert len(empty) == 0
    assert empty.expansions("UBND") == ()
    assert empty.variants(["ubnd"], ["ubnd"], ["UBND"]) == []
