"""The query language: what is understood of what is typed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.analyzer import Analyzer
from engine.model import Notice
from engine.plan import AllOf, AnyOf, PhraseNode, PlanNode, PrefixNode, RangeNode, TermNode
from engine.query import build_plan, parse
from engine.query.analysis import syllables
from engine.query.lexer import lex
from engine.query.notices import MAX_SAME, few_of_each
from engine.query.parser import MAX_NEAR, MAX_PREFIXES
from engine.query.rewrite import rewrite
from engine.query.soften import softening
from engine.query.tree import Node, Phrase
from engine.schema import Weights
from engine.understood import understood_as
from tests.engine.trees import plain, trees

TODAY = date(2025, 1, 15)
FROZEN: list[dict[str, Any]] = [
    json.loads(line) for line in (Path(__file__).parent / "data" / "queries.jsonl").read_text(encoding="utf-8").splitlines()
]
"""``query``, ``tree`` as `tests.engine.trees.plain` gives it, ``notices`` as [code, position]."""


def planned(q: str) -> tuple[Node, PlanNode, list[Notice]]:
    analyzer = Analyzer()
    parsed = parse(q)
    tree, rewritten = rewrite(parsed.tree, analyzer.analyze, TODAY)
    built = build_plan(tree, analyzer.analyze, Weights())
    return tree, built.query, [*parsed.notices, *rewritten, *built.notices]


def test_the_table_is_large_and_names_no_query_twice() -> None:
    assert len({row["query"] for row in FROZEN}) == len(FROZEN) >= 300


@pytest.mark.parametrize("row", FROZEN, ids=lambda row: repr(row["query"])[:40])
def test_what_is_typed_is_understood(row: dict[str, Any]) -> None:
    """The tree, and every oddity with its position, as the frozen table has them."""
    parsed = parse(row["query"])
    assert plain(parsed.tree) == row["tree"]
    assert [[notice.code, notice.position] for notice in parsed.notices] == row.get("notices", [])
    assert all(notice.message for notice in parsed.notices)


@pytest.mark.parametrize("row", FROZEN, ids=lambda row: repr(row["query"])[:40])
def test_a_tree_prints_as_a_query_that_parses_back(row: dict[str, Any]) -> None:
    tree = parse(row["query"]).tree
    assert parse(str(tree)).tree == tree


@given(trees)
@settings(max_examples=300, deadline=None)
def test_any_tree_prints_as_a_query_that_parses_back(tree: Node) -> None:
    assert parse(str(tree)).tree == tree


_JUNK = st.text(alphabet="ab \"'“()|-–:*~?titleinORngày\u200b\u0301（", max_size=60)


@given(st.one_of(st.text(max_size=60), _JUNK))
@settings(deadline=None)
def test_no_text_ever_raises_and_what_ran_can_be_typed(q: str) -> None:
    parsed = parse(q)
    assert parse(str(parsed.tree)).tree == parsed.tree
    assert all(notice.position is not None and 0 <= notice.position <= len(q) for notice in parsed.notices)


@given(_JUNK)
@settings(max_examples=60, deadline=None)
def test_every_tree_has_a_plan_and_runs_as_it_says(q: str) -> None:
    """The rewritten tree prints itself too: “Đã hiểu là” can be typed again and means the same."""
    tree, _, _ = planned(q)
    assert parse(str(tree)).tree == tree


@given(st.text(alphabet='ab "()|-', max_size=40))
def test_every_character_belongs_to_at_most_one_lexeme(q: str) -> None:
    starts = [lexeme.start for lexeme in lex(q) if lexeme.kind != "odd"]
    assert starts == sorted(set(starts))


# --- readings that need Vietnamese ---


@pytest.mark.parametrize(
    ("query", "understood", "codes"),
    [
        ('"nông thôn mới" -Bắc Kạn', '"nông thôn mới" -"Bắc Kạn"', ["negated-word"]),
        ("hội nghị -Hà Nội 2023", 'hội nghị -"Hà Nội" 2023', ["negated-word"]),
        ("-Cư Mgar cà phê", '-"Cư Mgar" cà phê', ["negated-word"]),
        ("họp -xã Ia Grai -Krông Pắc chợ", 'họp -"xã Ia Grai" -"Krông Pắc" chợ', ["negated-word", "negated-word"]),
        ("thu -chi tiêu", 'thu -"chi tiêu"', ["negated-word"]),
        ("lũ | thu -chi tiêu", 'lũ | thu -"chi tiêu"', ["negated-word"]),
        ("ngân sách -thuế", "ngân sách -thuế", []),
        ("-Bắc", "-Bắc", []),
        ("ở:An Khê lũ lụt", 'ở:"An Khê" lũ lụt', ["joined-value", "ambiguous-place"]),
        ("-ở:Gia Lai lũ", '-ở:"Gia Lai" lũ', ["joined-value"]),
        ("o:gia lai lu", 'o:"gia lai" lu', ["joined-value"]),
        ("ở:Huế lũ lụt", "ở:Huế lũ lụt", []),
        ('ngày:"tuần trước" lũ', "ngày:2025-01-06..2025-01-12 lũ", []),
        ("ngay:tuan truoc lu", "ngay:2025-01-06..2025-01-12 lu", ["joined-value"]),
        ("ngày:6 tháng đầu năm 2023 thu", "ngày:2023-01..2023-06 thu", ["joined-value"]),
        ('ngày:(2023 | "năm ngoái")', "ngày:(2023 | 2024)", []),
        ('trước:"quý 2/2023"', "trước:2023-04..2023-06", []),
        ("-ngày:năm ngoái lũ", "-ngày:2024 lũ", ["joined-value"]),
        ("ngày:2023-06 lũ", "ngày:2023-06 lũ", []),
    ],
)
def test_values_and_negations_of_several_words_are_read_whole(query: str, understood: str, codes: list[str]) -> None:
    tree, _, notices = planned(query)
    assert str(tree) == understood
    assert [notice.code for notice in notices] == codes


@pytest.mark.parametrize(
    ("query", "code", "position"),
    [
        ("lũ ngày:32-13", "bad-date", 8),
        ("ngày:2023..2020", "bad-date", 5),
        ("trước:0001", "bad-date", 6),
        ("sau:9999", "bad-date", 4),
        ('lũ ngày:"tuần sau nữa"', "bad-date", 8),
        ("lũ ở:Atlantis", "unknown-place", 5),
        ("nguồn:Báo*", "value-prefix", 6),
        ("KT-XH*", "prefix-phrase", 0),
    ],
)
def test_a_value_that_is_not_understood_is_said_where_it_stands(query: str, code: str, position: int) -> None:
    _, _, notices = planned(query)
    assert [(notice.code, notice.position) for notice in notices] == [(code, position)]


def test_a_value_that_is_not_understood_leaves_nothing_out() -> None:
    assert planned("ngày:32-13")[1] == AllOf()
    assert planned("-ngày:32-13")[1] == AllOf()
    assert planned("ngày:(32-13 | 2023)")[1] == AnyOf((planned("ngày:2023")[1],))
    assert planned("ở:Atlantis | lũ")[1] == AnyOf((planned("lũ")[1],))


@pytest.mark.parametrize(
    ("query", "first", "last"),
    [
        ("ngày:2023", "2023-01-01", "2023-12-31"),
        ("ngày:2023-01..2023-06", "2023-01-01", "2023-06-30"),
        ("trước:2023-06", None, "2023-05-31"),
        ("sau:2023-06", "2023-07-01", None),
        ("sau:30/6/2023", "2023-07-01", None),
    ],
)
def test_before_and_after_leave_their_own_days_out(query: str, first: str | None, last: str | None) -> None:
    def day(text: str) -> int:
        return date.fromisoformat(text).toordinal()

    ranges = [RangeNode("first_day", day(first) if first else 1)] + ([RangeNode("last_day", 1, day(last))] if last else [])
    assert planned(query)[1] == AllOf(tuple(ranges))


def test_a_place_is_asked_for_by_path_name_or_name_with_its_kind() -> None:
    path = TermNode("place", "gia-lai", 0.0)
    assert planned("ở:gia-lai")[1] == path
    assert planned('ở:"Gia Lai"')[1] == path
    assert planned('ở:"tỉnh Gia Lai"')[1] == AnyOf((path,))
    assert planned("ở:?")[1] == TermNode("place", "?", 0.0)
    ambiguous = planned('ở:"Tân Thành"')[1]
    assert isinstance(ambiguous, AnyOf)
    assert len(ambiguous.children) > 10


def test_values_beside_each_other_in_brackets_are_all_wanted() -> None:
    assert planned("ở:(gia-lai -Bắc Kạn)")[1] == AllOf(
        (TermNode("place", "gia-lai", 0.0), AllOf(must_not=(TermNode("place", "bac-kan", 0.0),)))
    )


# --- what is said ---


@pytest.mark.parametrize("typed", ["thu ngân", "“thu ngân” sách", "a HOẶC b", "a｜b", "a AND b", "（a b） | c", "tiêu_đề：lũ", "nông＊"])
def test_another_writing_of_the_same_is_not_worth_saying(typed: str) -> None:
    ran = str(parse(typed).tree)
    assert understood_as(typed, ran if "（" not in typed else "(a b) | c") is None


@pytest.mark.parametrize("typed", ["kinh tế - xã hội", "((a))", "a)", "--a", '"a" ()'])
def test_what_ran_otherwise_is_said(typed: str) -> None:
    assert understood_as(typed, str(parse(typed).tree)) == str(parse(typed).tree)


def test_nothing_left_out_is_highlighted() -> None:
    built = build_plan(parse('thu -chi -"nông thôn"').tree, Analyzer().analyze, Weights())
    assert [match.keys for match in built.matches] == [("thu",)]


def test_too_wide_a_proximity_is_narrowed_and_said() -> None:
    built = build_plan(parse('lũ "một hai ba bốn năm"~100').tree, Analyzer().analyze, Weights())
    assert [(notice.code, notice.position) for notice in built.notices] == [("slop-cut", 3)]


# --- cost ---


class _Counting(str):
    """A text that counts how often one of its characters is looked at by index."""

    looked = 0

    def __getitem__(self, key: Any) -> str:
        type(self).looked += 1
        return super().__getitem__(key)


@pytest.mark.parametrize(
    "unit",
    [
        "a ",
        "(",
        ")",
        '"',
        "'",
        "-",
        "- ",
        "*",
        "|",
        " | ",
        "title:",
        "NOT ",
        "-(",
        "(a|",
        '"a"~',
        "~5",
        "\u200b",
        "'a",
        "a'",
        "…",
        "a:b ",
        "(a+)+",
    ],
)
def test_lexing_looks_at_each_character_a_few_times(unit: str) -> None:
    """Work grows with the length, not with its square: ten times the text, about ten times the looks."""

    def looks(count: int) -> int:
        _Counting.looked = 0
        lex(_Counting(unit * count))
        return _Counting.looked

    assert looks(2000) <= 11 * looks(200) + 50


def test_the_sides_of_or_do_not_each_read_the_whole_query() -> None:
    def looks(sides: int) -> int:
        query = " | ".join(["ngân sách"] * sides)
        tree = parse(query).tree
        _Counting.looked = 0
        assert softening(_Counting(query), tree, syllables).short
        return _Counting.looked

    assert looks(200) <= 11 * looks(20) + 50


@pytest.mark.parametrize(
    ("q", "short"),
    [
        ("ngân sách", True),
        ("ngân sách | hải quan", True),
        ("ngân sách | xã thu ngân sách vượt kế hoạch", False),
        ("chợ (ngân sách | hải quan)", True),
        ("chợ (hải quan | xã thu ngân sách vượt kế hoạch)", False),
        ('chợ ("xã họp" (hải quan | -(xã thu ngân sách vượt kế hoạch)))', True),
        ("ngân sách | hải VÀ quan", False),
        ("title:ngân", False),
    ],
)
def test_words_are_looked_for_whole_where_none_side_by_side_make_a_sentence(q: str, short: bool) -> None:
    assert softening(q, parse(q).tree, syllables).short is short


LARGE = {
    "ten thousand characters": "a" * 10_000,
    "ten thousand words": "lũ " * 10_000,
    "ten thousand brackets": "(" * 10_000,
    "ten thousand pairs": "(" * 10_000 + "a" + ")" * 10_000,
    "ten thousand closing": ")" * 10_000,
    "ten thousand fields": "title:" * 10_000,
    "ten thousand negations": "NOT " * 10_000 + "a",
    "ten thousand alternatives": "a | " * 10_000,
    "ten thousand phrases": '"a b"~9 ' * 10_000,
    "ten thousand prefixes": "a* " * 10_000,
    "marks on marks": "a" + "\u0301" * 10_000,
    "a regular expression": "(a+)+" * 2_000,
}


@pytest.mark.parametrize("q", LARGE.values(), ids=LARGE)
def test_a_huge_query_is_cut_and_said_and_its_plan_is_small(q: str) -> None:
    tree, plan, notices = planned(q)
    assert "query-cut" in {notice.code for notice in notices}
    assert len(notices) <= 12
    assert _size(plan) <= 256 * 12
    assert parse(str(tree)[:2000]).tree is not None


def _size(node: object) -> int:
    """Nodes of a plan."""
    parts = [getattr(node, name, ()) for name in ("children", "must", "should", "must_not")]
    return 1 + sum(_size(child) for part in parts for child in part)


def _nodes(node: object, kind: type) -> list[Any]:
    parts = [getattr(node, name, ()) for name in ("children", "must", "should", "must_not")]
    inside = [found for part in parts for child in part for found in _nodes(child, kind)]
    return [node, *inside] if isinstance(node, kind) else inside


def test_costly_clauses_are_few_and_the_others_are_said() -> None:
    """Prefixes walk the dictionary and proximities try every spread: beyond the limit they run as words and phrases."""
    _, plan, notices = planned(" ".join(f"a{number}*" for number in range(100)))
    assert len(_nodes(plan, PrefixNode)) == 3 * MAX_PREFIXES
    assert "prefix-limit" in {notice.code for notice in notices}
    _, plan, notices = planned(" ".join(f'"a b{number}"~99' for number in range(50)))
    assert len([phrase for phrase in _nodes(plan, PhraseNode) if phrase.slop]) == 3 * MAX_NEAR
    assert "proximity-limit" in {notice.code for notice in notices}


def test_a_huge_proximity_is_one_number() -> None:
    assert parse('"thu ngân"~123456789').tree == Phrase("thu ngân", 999)


def test_many_notices_of_one_kind_are_counted() -> None:
    found = parse(") " * 100).notices
    assert [notice.code for notice in found].count("stray-parenthesis") == MAX_SAME
    assert any("97 chỗ nữa" in notice.message for notice in found)
    assert few_of_each(found) == found


def test_one_abbreviation_is_told_once_however_many_places_it_is_read_at() -> None:
    same = Notice("abbreviation", "Tìm cả “thành phố” và “TP”.")
    assert few_of_each([same, same, Notice("abbreviation", "Tìm cả “quận” và “Q”.")]) == (
        same,
        Notice("abbreviation", "Tìm cả “quận” và “Q”."),
    )
