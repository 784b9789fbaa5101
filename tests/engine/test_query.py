"""The query language: what is understood of what is typed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.analyzer import Analyzer
from engine.plan import AllOf
from engine.query import build_plan, parse
from engine.query.rewrite import rewrite
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word
from engine.schema import Weights

W = Word
TREES: list[tuple[str, Node]] = [
    ("", Everything()),
    ("   ", Everything()),
    ("thu", W("thu")),
    ("thu ngân sách", And((W("thu"), W("ngân"), W("sách")))),
    ('"thu ngân sách"', Phrase("thu ngân sách")),
    ("“thu ngân sách”", Phrase("thu ngân sách")),
    ("«thu»", Phrase("thu")),
    ('"thu ngân"~5', Phrase("thu ngân", 5)),
    ("-Bắc", Not(W("Bắc"))),
    ("–Bắc", Not(W("Bắc"))),
    ("thu -chi", And((W("thu"), Not(W("chi"))))),
    ("kinh tế - xã hội", And((W("kinh"), W("tế"), W("xã"), W("hội")))),
    ("KT-XH", W("KT-XH")),
    ("15/2024/QĐ-UBND", W("15/2024/QĐ-UBND")),
    ('-"nông thôn"', Not(Phrase("nông thôn"))),
    ("a | b", Or((W("a"), W("b")))),
    ("a OR b", Or((W("a"), W("b")))),
    ("a HOẶC b HOẶC c", Or((W("a"), W("b"), W("c")))),
    ("a hoặc b", And((W("a"), W("hoặc"), W("b")))),
    ("a AND b", And((W("a"), W("b")))),
    ("a b | c", Or((And((W("a"), W("b"))), W("c")))),
    ("a (b | c)", And((W("a"), Or((W("b"), W("c")))))),
    ("-(a b)", Not(And((W("a"), W("b"))))),
    ("--a", W("--a")),
    ("nông*", Prefix("nông")),
    ("*", Everything()),
    ("title:lũ", InField("title", W("lũ"))),
    ("Tiêu_đề:lũ", InField("title", W("lũ"))),
    ('nguồn:"Báo A"', InField("source", Phrase("Báo A"))),
    ("-title:lũ", Not(InField("title", W("lũ")))),
    ("title:-lũ", Not(InField("title", W("lũ")))),
    ("title:(a b)", InField("title", And((W("a"), W("b"))))),
    ("ngày:2023-01..2023-06", InField("date", W("2023-01..2023-06"))),
    ("http://a.vn", W("http://a.vn")),
    ("giờ:phút", W("giờ:phút")),
    ("((a))", W("a")),
    ("()", Everything()),
    ("a ()", W("a")),
]
ODD = [
    ('"thu ngân', "unclosed-quote"), ("(a b", "unclosed-parenthesis"), ("a)", "stray-parenthesis"), ("a |", "lonely-or"),
    ("| a", "lonely-or"), ("title:", "empty-field"), ("(" * 30 + "a" + ")" * 30, "too-deep"), ("a " * 300, "query-cut"),
    ("a" * 3000, "query-cut"), ("title:lead:a", "nested-field"),
]  # fmt: skip


@pytest.mark.parametrize(("query", "tree"), TREES)
def test_what_is_typed_is_understood(query: str, tree: Node) -> None:
    assert parse(query).tree == tree


@pytest.mark.parametrize("tree", [tree for _, tree in TREES if tree != W("--a")])
def test_a_tree_prints_as_a_query_that_parses_back(tree: Node) -> None:
    assert parse(str(tree)).tree == tree


@pytest.mark.parametrize(("query", "code"), ODD)
def test_every_oddity_is_a_notice(query: str, code: str) -> None:
    notices = parse(query).notices
    assert code in {notice.code for notice in notices}
    assert all(notice.message for notice in notices)


@given(st.one_of(st.text(max_size=60), st.text(alphabet='ab "()|-:*~ORtitle', max_size=60)))
def test_no_text_ever_raises(query: str) -> None:
    parsed = parse(query)
    again = parse(str(parsed.tree))
    assert str(again.tree) == str(parse(str(again.tree)).tree)


@given(st.text(max_size=60))
def test_every_tree_has_a_plan(query: str) -> None:
    analyzer = Analyzer()
    tree, _ = rewrite(parse(query).tree, analyzer.analyze)
    build_plan(tree, analyzer.analyze, Weights())


@pytest.mark.parametrize(
    ("query", "understood"),
    [
        ('"nông thôn mới" -Bắc Kạn', '"nông thôn mới" -"Bắc Kạn"'),
        ("hội nghị -Hà Nội 2023", 'hội nghị -"Hà Nội" 2023'),
        ("thu -chi tiêu", 'thu -"chi tiêu"'),
        ("ngân sách -thuế", "ngân sách -thuế"),
        ("-Bắc", "-Bắc"),
    ],
)
def test_a_dash_leaves_out_the_whole_word_that_follows(query: str, understood: str) -> None:
    tree, notices = rewrite(parse(query).tree, Analyzer().analyze)
    assert str(tree) == understood
    assert [notice.code for notice in notices] == (["negated-word"] if query != understood else [])


def test_nothing_left_out_is_highlighted() -> None:
    built = build_plan(parse('thu -chi -"nông thôn"').tree, Analyzer().analyze, Weights())
    assert [match.keys for match in built.matches] == [("thu",)]


def test_a_bad_date_matches_everything_and_says_so() -> None:
    built = build_plan(parse("ngày:32-13").tree, Analyzer().analyze, Weights())
    assert built.query == AllOf()
    assert [notice.code for notice in built.notices] == ["bad-date"]


def test_too_wide_a_proximity_is_narrowed_and_said() -> None:
    built = build_plan(parse('"một hai ba bốn năm"~100').tree, Analyzer().analyze, Weights())
    assert [notice.code for notice in built.notices] == ["slop-cut"]


@pytest.mark.parametrize("query", ["🌊", "*", '""', "AND", "- -"])
def test_a_query_with_nothing_to_find_says_so(query: str) -> None:
    parsed = parse(query)
    assert parsed.tree == Everything()
    assert [notice.code for notice in parsed.notices] == ["nothing-to-find"]


def test_a_huge_proximity_is_one_number() -> None:
    assert parse('"thu ngân"~123456789').tree == Phrase("thu ngân", 999)
