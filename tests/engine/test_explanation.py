"""Explanations of scores as lines."""

from __future__ import annotations

from typing import Any

import pytest

from engine.explanation import described, lines
from engine.folded import said
from engine.plan import AllOf, AnyOf, ConstantNode, NumbersNode, PhraseNode, PlanNode, PrefixNode, RangeNode, TermNode
from engine.query.soften import softened
from engine.tantivy_explanation import explained

TERM = TermNode("body", "lũ", 0.5)


def part(value: float, description: str, *details: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"value": value, "description": description, "details": [*details], **more}


def test_a_sum_of_one_part_is_that_part_and_formulas_stand_on_one_line() -> None:
    formula = part(2.5, "idf, log(1 + (N - n + 0.5) / (n + 0.5))", part(3.0, "n, documents with the term"), part(40.0, "N, all documents"))
    term = part(1.25, "TermQuery, product of...", part(0.5, "boost"), formula, context=["body:lũ"])
    tree = part(3.5, "first + second", part(1.25, "BooleanClause. sum of ...", part(1.25, "sum of:", term)), part(2.25, "second"))
    assert lines(explained(tree, [])) == [
        "3.5 first + second",
        "  1.25 BM25 of body:lũ",
        "    0.5 boost",
        "    2.5 idf, log(1 + (N - n + 0.5) / (n + 0.5)): n = 3, N = 40",
        "  2.25 second",
    ]


@pytest.mark.parametrize(
    ("node", "text"),
    [
        (TERM, "0.5 × BM25 of body:lũ"),
        (TermNode("place", "gia-lai", 0.0), "nothing for place:gia-lai"),
        (PhraseNode("title", ("lũ", "quét"), 2, 1.5), '1.5 × BM25 of title:"lũ quét"~2'),
        (ConstantNode(AnyOf((TermNode("place", "a"), PrefixNode("place", "b"))), 3.0), "3 for place:a | place:b*"),
        (ConstantNode(AllOf((PhraseNode("body", ("a", "b")), RangeNode("day", 5, None))), 1.0), '1 for body:"a b" and day:5..'),
        (AllOf((TERM,)), "sum of"),
        (RangeNode("day", None, 9), "nothing for day:..9"),
        (NumbersNode("cluster", (3, 14)), "nothing for cluster:3|14"),
    ],
)
def test_a_node_of_a_plan_says_what_it_adds(node: PlanNode, text: str) -> None:
    assert described(node) == text


def test_numbers_of_notices_are_written_as_those_of_pages() -> None:
    assert "21.524 bài" in said(0, 21524).message
    assert "1.200 bài" in said(2, 1200).message
    assert "12.001 bài có đủ" in softened(12001).message
    assert "3.400 bài có phần lớn" in softened(2, 3400).message
