"""What stands between somebody else's text and HTML."""

from __future__ import annotations

from itertools import count

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import example, given
from hypothesis import strategies as st
from markupsafe import Markup

from engine.links import safe_link
from search_app.markup import host, marked, visible
from tests.search_app.payloads import NO_LINKS, PAYLOADS


@pytest.mark.parametrize(
    ("text", "ranges", "html"),
    [
        ("thu ngân sách", [(0, 13)], "<mark>thu ngân sách</mark>"),
        ("a <b> c", [(2, 5)], "a <mark>&lt;b&gt;</mark> c"),
        ("a & b", [], "a &amp; b"),
        ("Đà Nẵng", [(0, 2), (3, 7)], "<mark>Đà</mark> <mark>Nẵng</mark>"),
        ("abc", [(0, 2), (1, 3)], "<mark>ab</mark>c"),
        ("abc", [(2, 9)], "abc"),
        ("abc", [(1, 1)], "abc"),
        ("abc", [(-1, 2)], "abc"),
        ("", [], ""),
    ],
)
def test_marks_stand_around_escaped_text(text: str, ranges: list[tuple[int, int]], html: str) -> None:
    assert marked(text, ranges) == html


def test_marks_can_be_numbered() -> None:
    numbers = count(1)
    assert marked("a b", [(0, 1), (2, 3)], numbers) == '<mark id="k1">a</mark> <mark id="k2">b</mark>'
    assert next(numbers) == 3


def parsed(html: str) -> Tag:
    """The markup inside a paragraph: alone, a text such as ``.htm`` would be taken for the name of a file (a warning)."""
    paragraph = BeautifulSoup(f"<p>{html}</p>", "html.parser").p
    assert paragraph is not None
    return paragraph


@example(".HTM", [])
@example("http://an-khe.vn", [])
@given(st.text(), st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40))))
def test_marking_changes_no_text_and_adds_nothing_but_marks(text: str, ranges: list[tuple[int, int]]) -> None:
    """Any text with any ranges reads the same afterwards."""
    plain = text.replace("\r", "").replace("\x00", "")
    paragraph = parsed(marked(plain, ranges))
    assert paragraph.get_text() == plain
    assert {tag.name for tag in paragraph.find_all()} <= {"mark"}


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_payload_makes_an_element(payload: str) -> None:
    for ranges in ([], [(0, len(payload))], [(1, 3)]):
        assert {tag.name for tag in parsed(marked(payload, ranges)).find_all()} <= {"mark"}


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("tin\x00 tức\x1b", "tin tức"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("một\nhai\tba", "một\nhai\tba"),
        ("\ud800x", "\ufffdx"),
        ("Tiếng Việt – “đủ” dấu", "Tiếng Việt – “đủ” dấu"),
    ],
)
def test_controls_never_reach_a_page(text: str, seen: str) -> None:
    assert visible(text) == seen


def test_cleaning_keeps_what_is_no_text_and_what_is_markup() -> None:
    assert visible(3) == 3
    assert visible(None) is None
    assert isinstance(visible(Markup("<b>\x00</b>")), Markup)
    assert not isinstance(visible("<b>"), Markup)


@pytest.mark.parametrize("url", NO_LINKS)
def test_only_plain_web_addresses_are_links(url: str) -> None:
    assert safe_link(url) is None


@pytest.mark.parametrize(
    "url",
    [
        "https://bao.example/a",
        "http://bao.example",
        "https://bao.example:8443/a?b=c&d=e#f",
        "HTTPS://Bao.Example/",
        "https://báo.example/tin",
    ],
)
def test_plain_web_addresses_are_links(url: str) -> None:
    assert safe_link(url) == url


def test_host_is_what_a_reader_calls_it() -> None:
    assert host("https://www.Bao.example/a") == "bao.example"
