"""Printing: what a terminal or a spreadsheet would obey never reaches it; what is marked is what matched."""

from __future__ import annotations

import csv
import io
import json
import unicodedata

import click
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cli.output import as_csv, json_text, marked, safe, stats
from engine.model import Snippet

ESC = "\x1b[31mđỏ\x1b[0m \x9b31m \x07 \u202eđảo\u2066 \u2028"


def test_nothing_a_terminal_obeys_is_printed() -> None:
    assert safe(ESC) == "[31mđỏ[0m 31m  đảo "
    assert safe("a\nb\tc\x00d") == "abcd"
    assert safe("\ud800") == ""


@given(st.text(st.characters(), max_size=30))
@settings(deadline=None)
def test_safe_text_is_printable_or_a_space_and_stays_as_it_is(text: str) -> None:
    shown = safe(text)
    assert safe(shown) == shown
    assert not {unicodedata.category(c) for c in shown} & {"Cc", "Cs", "Zl", "Zp"}
    shown.encode()


TEXTS = st.text(st.characters(), max_size=20)


@given(st.recursive(st.none() | st.booleans() | TEXTS, lambda one: st.lists(one) | st.dictionaries(TEXTS, one), max_leaves=5))
@settings(deadline=None, max_examples=60)
def test_json_loses_nothing_and_is_safe_to_print(value: object) -> None:
    """What is dangerous is written as an escape, which means the same."""
    text = json_text(value)
    assert json.loads(text) == value
    assert text == safe(text)
    text.encode()


def test_json_keeps_letters_as_they_are() -> None:
    assert json_text({"q": "Đà Nẵng \x9b"}) == '{"q": "Đà Nẵng \\u009b"}'


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        ("=1+2", "'=1+2"),
        ("+84 912", "'+84 912"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        (" =1", "'=1"),
        ("\t=1", "'=1"),
        ("\r=1", "'=1"),
        ("＝1", "'＝1"),
        ("a=1", "a=1"),
        (-5, "-5"),
        (ESC, safe(ESC).strip()),
        ("a,b\"c'd", "a,b\"c'd"),
    ],
)
def test_cells_run_no_formulas(capsys: pytest.CaptureFixture[str], cell: object, written: str) -> None:
    as_csv([[cell, "x"]], ["một", "hai"])
    assert list(csv.reader(io.StringIO(capsys.readouterr().out))) == [["một", "hai"], [written, "x"]]


def test_a_marked_passage_without_its_colours_is_the_passage() -> None:
    snippet = Snippet("Thu ngân sách xã", ((4, 13),))
    coloured = marked(snippet)
    assert click.unstyle(coloured) == snippet.text
    assert click.style("ngân sách", fg="yellow", bold=True) in coloured


def test_a_passage_with_escapes_is_marked_where_it_matched() -> None:
    assert click.unstyle(marked(Snippet("a\x1b[2Jb", ((0, 1), (5, 6))))) == "a[2Jb"


def test_what_an_index_holds_is_told_in_plain_digits(capsys: pytest.CaptureFixture[str]) -> None:
    """The command line speaks English, where a dot would end the whole number."""
    found = {"documents": 12345, "distinct": 12000, "engine": "memory", "bytes": 9876543, "first": None, "last": None}
    stats({**found, "sources": {"Báo A": 12344}, "without_source": 1})
    told = capsys.readouterr().out.splitlines()
    assert told[0] == "documents:  12345, or 12000 without near-duplicates, as searches and pages count"
    assert told[2:5] == ["bytes:      9876543", "first:      unknown", "last:       unknown"]
    assert told[6:] == ["       12344  Báo A", "           1  (without a source)"]
