"""Counting without scoring finds the same documents; long lists end where their order would mean nothing."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.analyzer import Analyzer
from engine.matching import matching, scores
from engine.plan import AllOf, AnyOf, ConstantNode, PhraseNode, Plan, TermNode
from engine.port import LONG_LIST, ordered_counts
from engine.query import build_plan, parse
from engine.query.analysis import syllables
from engine.schema import FOLDED, NUMBER_FIELDS, PAIRS, ZONES, Weights, pairs
from engine.search import Searcher

ANALYZER = Analyzer()


@pytest.mark.parametrize(
    "q",
    ["thu ngân sách", "thu ngan sach", '"nông thôn mới"~3', "(lũ | hạn) -nông", "học*", "tiêu_đề:an 2023", "thu an khe", "gia lai -an khê"],
)
def test_what_only_ranks_leaves_no_document_out_and_lets_none_in(oracle: Searcher, q: str) -> None:
    node = build_plan(parse(q).tree, ANALYZER.analyze, Weights()).query
    snapshot = oracle.index.snapshot()
    plan = Plan(node, sort="newest", limit=1000)
    assert snapshot.columns(replace(plan, query=matching(node)), NUMBER_FIELDS) == snapshot.columns(plan, NUMBER_FIELDS)
    assert not scores(matching(node))


def test_a_bare_spelling_is_implied_by_its_folded_key() -> None:
    both = AnyOf((TermNode("body_folded", "sach", 0.5), TermNode("body", "sach", 0.5)))
    assert matching(both) == TermNode("body_folded", "sach", 0.0)
    assert matching(AllOf(must=(both,), should=(ConstantNode(TermNode("date", "2023"), 1.0),))) == TermNode("body_folded", "sach", 0.0)


def test_a_pair_implies_its_syllables_typed_without_marks() -> None:
    def anywhere(key: str) -> AnyOf:
        return AnyOf(tuple(TermNode(zone + FOLDED, key, 1.0) for zone in ZONES))

    pair = ConstantNode(TermNode(PAIRS, pairs(["ngan", "sach"])[0], 0.0), 0.0)
    held = AllOf((AllOf((anywhere("ngan"), pair)), AllOf((anywhere("sach"), pair))))
    assert matching(held) == pair.child
    assert matching(AllOf((*held.must, anywhere("thu")))) == AllOf((pair.child, matching(anywhere("thu"))))
    in_title = TermNode("title" + FOLDED, "ngan", 0.0)
    assert matching(AllOf((AnyOf((in_title,)), pair))) == AllOf((in_title, pair.child))
    typed = AnyOf(tuple(TermNode(zone, "ngan", 1.0) for zone in ZONES))
    assert matching(AllOf((typed, pair))) == AllOf((matching(typed), pair.child))
    left_out = AllOf((anywhere("ngan"),), must_not=(pair,))
    assert matching(AllOf((left_out, pair))) == AllOf((matching(left_out), pair.child))


def test_a_phrase_implies_its_syllables() -> None:
    def anywhere(key: str, suffix: str = "") -> AnyOf:
        return AnyOf(tuple(TermNode(zone + suffix, key, 1.0) for zone in ZONES))

    exact = ConstantNode(AnyOf(tuple(PhraseNode(zone, ("hải", "quan"), 0, 0.0) for zone in ZONES)), 0.0)
    held = (anywhere("hải"), anywhere("quan", FOLDED), exact)
    assert matching(AllOf(held)) == exact.child
    assert matching(AllOf((*held, anywhere("quân")))) == AllOf((exact.child, matching(anywhere("quân"))))
    in_title = ConstantNode(AnyOf((PhraseNode("title", ("hải", "quan"), 0, 0.0),)), 0.0)
    assert matching(AllOf((anywhere("hải"), in_title))) == AllOf((matching(anywhere("hải")), matching(in_title.child)))


@given(st.text(max_size=60))
@settings(deadline=None)
def test_a_query_has_the_syllables_that_the_analyzer_finds(text: str) -> None:
    whole, bare = ANALYZER.analyze(text), syllables(text)
    assert (bare.starts, bare.ends) == ([*whole.starts], [*whole.ends])
    assert (bare.text, bare.marked, bare.folded) == (whole.text, whole.marked, whole.folded)


def test_a_long_list_ends_before_values_as_frequent_as_the_first_without_room() -> None:
    values = [(f"v{number:03}", 9 if number < 80 else 3) for number in range(300)]
    counts = ordered_counts(values, LONG_LIST)
    assert (len(counts.values), counts.truncated) == (80, True)
    assert len(ordered_counts(values, LONG_LIST - 1).values) == LONG_LIST - 1
    assert len(ordered_counts([(f"v{number:03}", 1) for number in range(300)], LONG_LIST).values) == LONG_LIST
    assert "v290" in ordered_counts(values, LONG_LIST, ("v290",)).values
