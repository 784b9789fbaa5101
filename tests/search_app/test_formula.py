"""The parts of a score in Vietnamese."""

from __future__ import annotations

import pytest

from search_app.formula import FormulaLine, formula, in_vietnamese


@pytest.mark.parametrize(
    ("english", "vietnamese"),
    [
        ("sum of", "tổng của"),
        ("Boost x0.05 of", "0,05 lần của"),
        ("BM25 of title:thị", "BM25 của tiêu đề: thị"),
        ('0.5 × BM25 of body_folded:"an khe"~5', '0,5 × BM25 của thân bài bỏ dấu: "an khe"~5'),
        ("(K1+1)", "hằng số K1 + 1"),
        (
            "1.5 for place_now:gia-lai/an-khe | place_now:gia-lai/cuu-an",
            "cộng 1,5 vì nơi chốn hiện nay: gia-lai/an-khe hoặc nơi chốn hiện nay: gia-lai/cuu-an",
        ),
        ("1 for first_day:736518..", "cộng 1 vì đăng từ 08/07/2017"),
        ("1 for first_day:736518..736520", "cộng 1 vì đăng từ 08/07/2017 đến 10/07/2017"),
        ("nothing for source:Báo A", "không cộng gì vì nguồn: Báo A"),
        ("for a condition", "vì một điều kiện"),
        ("weight(body:lũ in 3) [PerFieldSimilarity], result of:", "weight(thân bài: lũ in 3) [PerFieldSimilarity], result of:"),
    ],
)
def test_parts_are_told_in_vietnamese(english: str, vietnamese: str) -> None:
    """Also as OpenSearch words them; what is not known stays."""
    assert in_vietnamese(english) == vietnamese


def test_a_line_knows_its_depth_and_value() -> None:
    leaf = {"value": 1.5, "description": "1.5 for date:2023", "details": []}
    other = {
        "value": 2.0,
        "description": "idf, computed as log(1 + x)",
        "details": [{"value": 35430.0, "description": "N, total", "details": []}],
    }
    found = formula({"value": 3.5, "description": "sum of ...", "details": [leaf, other]})
    assert found[:2] == (FormulaLine(0, "3,5", "tổng của"), FormulaLine(1, "1,5", "cộng 1,5 vì thời gian: 2023"))
    assert found[2].text.endswith("= log(1 + x): N = 35.430")
