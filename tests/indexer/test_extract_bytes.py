"""Bytes to text, the guard, hostile pages: nothing raises, nothing hangs, the text is kept."""

# ruff: noqa: E501 — hostile lines stand on one line

from __future__ import annotations

import socket
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analyzers.encodings import encode_as
from indexer.extract import extract
from indexer.extract.decode import decode, repair, settle
from indexer.extract.guard import MAX_DEPTH, guard
from indexer.model import Article, Page, Rejected
from tests.cost import seconds
from tests.indexer.test_extract_samples import BRIDGE, BUDGET, FAMILIES, SAMPLES, STORM

TEXT = "Sáng 30-6, Đảng bộ thị xã tổ chức hội nghị; thu ngân sách đạt 52,15 tỷ đồng, vượt kế hoạch được giao."


def cp1258(text: str) -> bytes:
    """Vietnamese in windows-1258: base letters, the five tones as combining marks."""
    out = b""
    for letter in unicodedata.normalize("NFC", text):
        try:
            out += letter.encode("cp1258")
        except UnicodeEncodeError:
            base = unicodedata.normalize("NFD", letter)
            tones = [mark for mark in base if mark in "\u0300\u0301\u0303\u0309\u0323"]
            rest = unicodedata.normalize("NFC", "".join(mark for mark in base if mark not in tones))
            out += rest.encode("cp1258") + "".join(tones).encode("cp1258")
    return out


@pytest.mark.parametrize(
    ("raw", "rule"),
    [
        (TEXT.encode(), "decode:utf-8"),
        (b"\xef\xbb\xbf" + TEXT.encode(), "decode:bom"),
        (TEXT.encode("utf-16"), "decode:bom"),
        (TEXT.encode("utf-16-le"), "decode:utf-16"),
        (cp1258(TEXT), "decode:cp1258"),
        (b"<meta charset=windows-1258>" + cp1258(TEXT), "decode:declared cp1258"),
        (b"<meta charset=iso-8859-1>" + TEXT.encode(), "decode:utf-8"),
        (unicodedata.normalize("NFD", TEXT).encode(), "decode:utf-8"),
        (TEXT.encode().decode("latin-1").encode(), "decode:utf-8"),
        ((TEXT * 20).encode()[:-1], "decode:utf-8"),
    ],
)
def test_every_repairable_encoding_gives_the_same_text(raw: bytes, rule: str) -> None:
    """The bytes decide, then the declaration, then windows-1258; the rule that fired is named."""
    decoded = decode(raw)
    assert rule in decoded.rules
    assert TEXT[:80] in settle(decoded.text)


def test_double_encoding_is_named_and_only_undone_when_dense() -> None:
    """A page in UTF-8 read as latin-1 and saved again is repaired; one stray pair in sound text is left alone."""
    assert "repair:double-utf8" in decode(TEXT.encode().decode("latin-1").encode()).rules
    sound = TEXT + " Ã© "
    assert repair(sound)[0] == sound


@pytest.mark.parametrize(
    ("text", "settled"),
    [
        ("Ðảng bộ xã Suối Ðá", "Đảng bộ xã Suối Đá"),
        ("tƣ vấn", "tư vấn"),
        ("Lư\u00adợng mư\u00ada", "Lượng mưa"),
        ("An\u200b Khê\ufeff", "An Khê"),
        ("Ðorvaldur þór", "Ðorvaldur þór"),
        ("a" + "\u0301\u0323" * 100_000, None),
    ],
)
def test_look_alikes_and_invisible_marks_are_settled(text: str, settled: str | None) -> None:
    """Eth and gha become Vietnamese letters, but not in Icelandic; soft hyphens and zero-width marks go; piles of marks are cut."""
    found = settle(text)
    assert unicodedata.is_normalized("NFC", found)
    assert found == settled if settled is not None else len(found) < 20


@pytest.mark.parametrize("form", ["tcvn3", "vni", "viqr"])
def test_pages_in_fonts_from_before_unicode_are_restored(form: str) -> None:
    """Title, lead, text and author of a page, and a plain text; the rule is named."""
    page = FAMILIES["nukeviet-old"](BUDGET)
    texts = [BUDGET.title, BUDGET.lead, *BUDGET.body, BUDGET.author]
    for text in sorted(texts, key=len, reverse=True):
        page = page.replace(text, encode_as(text, form))
    found = extract(Page("a.html", page.encode()))
    assert isinstance(found, Article)
    assert any(rule.startswith(f"legacy:{form}") for rule in found.rules)
    assert found.body[0][:40] == BUDGET.body[0][:40]
    plain = extract(Page("a.txt", encode_as("\n".join((BUDGET.title, *BUDGET.body)), form).encode()))
    assert isinstance(plain, Article)
    assert (plain.title[:12], plain.body[0][:40]) == (BUDGET.title[:12], BUDGET.body[0][:40])


def test_bytes_of_an_old_font_are_not_taken_for_windows_1258() -> None:
    """A page saved byte for byte in TCVN3, without any declaration."""
    text = encode_as("\n".join(f"<p>{line}</p>" for line in BUDGET.body), "tcvn3")
    found = extract(Page("a.html", f"<h1>{encode_as(BUDGET.title, 'tcvn3')}</h1>{text}".encode("cp1252", "replace")))
    assert isinstance(found, Article)
    assert "decode:old font" in found.rules
    assert found.body[0][:40] == BUDGET.body[0][:40]


def test_bytes_are_not_modified() -> None:
    """The page keeps what was read."""
    raw = SAMPLES[0].html.encode()
    page = Page("a.html", raw)
    extract(page)
    assert page.raw is raw


def test_the_guard_leaves_sound_pages_alone() -> None:
    """Only scripts, styles and comments go; the tags stay as they are."""
    guarded = guard("<p>một</p><script>x</script><style>y</style><!-- z --><p>hai</p>")
    assert (guarded.text, guarded.rules) == ("<p>một</p><p>hai</p>", ())


def test_the_guard_bounds_depth_attributes_and_comments() -> None:
    """Too deep is flattened with its text, too many attributes are cut, an open comment goes."""
    deep = guard("<div>" * 1000 + "chữ" + "</div>" * 1000)
    assert deep.rules == ("guard:depth",)
    assert deep.text.count("<div>") == MAX_DEPTH
    assert "chữ" in deep.text
    many = guard("<p " + " ".join(f"a{n}=1" for n in range(5000)) + ">chữ</p>")
    assert many.rules == ("guard:attributes",)
    assert len(many.text) < 1000
    open_comment = guard("chữ <!-- mở " + "x" * 100)
    assert (open_comment.text, open_comment.rules) == ("chữ ", ("guard:comment",))


KEPT = "phòng, chống thiên tai"
HEAD = "<title>Huyện tổ chức hội nghị sơ kết công tác</title><body><h1>Huyện tổ chức hội nghị sơ kết công tác</h1>"
PARAGRAPH = f"<p>Sáng 22-6-2023, UBND huyện tổ chức hội nghị sơ kết công tác {KEPT} và triển khai nhiệm vụ cuối năm 2023.</p>"


def deep(depth: int) -> str:
    return HEAD + "<div>" * depth + PARAGRAPH + "</div>" * depth


TOP = HEAD + PARAGRAPH
HOSTILE: dict[str, Callable[[], str]] = {
    "1,000 nested div": lambda: deep(1_000),
    "10,000 nested div": lambda: deep(10_000),
    "100,000 nested div": lambda: deep(100_000),
    "1,000,000 nested div": lambda: deep(1_000_000),
    "50,000 attributes": lambda: HEAD + "<div " + " ".join(f'a{n}="x"' for n in range(50_000)) + ">" + PARAGRAPH + "</div>",
    "20,000 unclosed p b i": lambda: TOP + "".join(f"<p><b><i>Dòng {n} của bài viết dài." for n in range(20_000)),
    "200,000 short p": lambda: TOP + "".join(f"<p>Đoạn văn ngắn {n} có nội dung gì đó.</p>" for n in range(200_000)),
    "22 MB text": lambda: TOP + "<p>" + "chữ nghĩa dài dòng " * 1_000_000 + "</p>",
    "open comment of 1 MB": lambda: TOP + "<!-- " + "x" * 1_000_000,
    "3.6 MB of entities": lambda: TOP + "<p>" + "&#7840;&amp;&eacute;" * 190_000 + "</p>",
    "open comments": lambda: TOP + "<!--" * 300_000,
    "quotes that never close": lambda: TOP + '<a title="' * 30_000,
    "tags that never close": lambda: TOP + "<a" * 1_900_000,
    "scripts that never close": lambda: TOP + "<script>" * 30_000,
    "JSON-LD that never closes": lambda: TOP + '<script type="application/ld+json">{' * 5_000,
    "deep JSON-LD": lambda: TOP + '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
    "meta without end": lambda: HEAD + "<meta a" * 9_000 + " " * 50_000 + ">" + PARAGRAPH,
    "numbers": lambda: TOP + "<p>" + "1.2.3.4-5-6/7/8 " * 100_000 + "</p>",
    "days": lambda: TOP + "<p>" + "ngày 1 " * 200_000 + "</p>",
    "decisions": lambda: TOP + "<p>" + "Quyết định số 1 ngày 1/1/2020 " * 50_000 + "</p>",
    "counters": lambda: TOP + "<p>" + "online 1,,,,, " * 18 + "!</p>",
    "combining marks": lambda: TOP + "<p>a" + "\u0301\u0323" * 500_000 + "</p>",
    "links": lambda: TOP + '<a href="x">liên kết dài tới một bài viết khác của báo</a><br>' * 15_000,
    "lines": lambda: TOP + "<br>".join(f"Dòng {n}" for n in range(39_000)),
    "heads that never close": lambda: TOP + "<head " * 600_000,
    "templates that never close": lambda: TOP + "<template x>" * 300_000,
    "titles that never close": lambda: TOP + "<title>" * 500_000,
    "nested tables": lambda: HEAD + "<table><tr><td>" * 3_000 + PARAGRAPH,
}
"""Pages that stop, starve or blind one parser or another; each holds the same paragraph."""


@pytest.fixture(scope="module")
def usual() -> float:
    """What reading an ordinary page of each family takes: some 70 ms on a machine of 2024, as others are faster or slower."""
    pages = [Page("page.html", written(BRIDGE).encode()) for written in FAMILIES.values()]
    return seconds(lambda: [extract(page) for page in pages], times=4)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_page_ends_soon_and_keeps_its_text(name: str, usual: float) -> None:
    """Each takes no longer than some 500 ordinary pages, 2 s where those take 70 ms, with the paragraph kept."""
    page = Page("hostile.html", HOSTILE[name]().encode("utf-8", "replace"))
    found: list[Article | Rejected] = []
    assert seconds(lambda: found.append(extract(page))) < 30 * usual
    (article,) = found
    assert isinstance(article, Article)
    assert any(KEPT in text for text in (article.lead, *article.body))


def test_hostile_pages_stay_within_256_mb(tmp_path: Path) -> None:
    """The worst of them, each in a fresh process that holds the extractor and the page only, measured by the system."""
    code = (
        "import re, sys; from pathlib import Path; from indexer.extract import extract; from indexer.model import Page;"
        "extract(Page('a.html', Path(sys.argv[1]).read_bytes()));"
        # Not ru_maxrss: a forked process inherits its parent's peak.
        "print(int(re.search(r'VmHWM:\\s+(\\d+)', Path('/proc/self/status').read_text())[1]) // 1024)"
    )
    page = tmp_path / "page.html"
    for name in ("1,000,000 nested div", "200,000 short p", "22 MB text"):
        page.write_bytes(HOSTILE[name]().encode())
        command = [sys.executable, "-c", code, str(page)]
        done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2])
        assert int(done.stdout) < 256, name


def test_no_page_opens_a_socket(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every network call fails, every sample is extracted all the same."""

    def refuse(*args: object, **kwargs: object) -> None:
        raise AssertionError("extraction opened a socket")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert all(isinstance(extract(Page("a.html", sample.html.encode())), Article) for sample in SAMPLES[::5])


@settings(deadline=None, max_examples=150)
@given(st.binary(max_size=400), st.sampled_from([".html", ".txt", ".md", ".htm", "", ".bin"]))
def test_any_bytes_give_an_answer(raw: bytes, suffix: str) -> None:
    """Never an exception; texts are NFC without invisible marks."""
    assert_sound(extract(Page(f"page{suffix}", raw)))


TAGS = st.sampled_from(
    [
        "<p>", "</p>", "<div class='related'>", "</div>", "<a href='#'>", "</a>", "<br>", "<table><tr><td>", "</td></tr></table>",
        "<h1>", "</h1>", "<!--", "-->", "<script>", "</script>", "<b", "\x00", "&#0;", "&#xD800;", "&nbsp;", "<title>", "</title>",
        "Ngày đăng: 22/06/2023", "Tin liên quan", "Tác giả: Lê Nam", BRIDGE.body[0], STORM.title, "---\n", "title: x\n", "\n", "'",
        '"', ">", "<",
    ]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(TAGS, max_size=40).map("".join), st.sampled_from([".html", ".txt", ".md"]))
def test_any_markup_gives_an_answer(markup: str, suffix: str) -> None:
    """Broken markup, stray marks and half front matter are read or rejected, never raised on."""
    assert_sound(extract(Page(f"page{suffix}", markup.encode("utf-8", "replace"))))


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(sorted(FAMILIES)), st.integers(0, 10_000), st.integers(0, 200), st.binary(max_size=12))
def test_a_mutated_page_gives_an_answer_in_time(usual: float, family: str, at: int, cut: int, put: bytes) -> None:
    """Bytes taken out of and put into a real page: sound, and as soon as a hostile one."""
    raw = FAMILIES[family](BRIDGE).encode()
    at %= len(raw)
    page = Page("page.html", raw[:at] + put + raw[at + cut :])
    assert seconds(lambda: assert_sound(extract(page))) < 30 * usual


def assert_sound(found: Article | Rejected) -> None:
    """What every answer is: an article with a title and text in NFC, or a reason."""
    if isinstance(found, Rejected):
        assert found.reason
        return
    assert found.title
    assert found.lead or found.body
    for text in (found.title, found.lead, *found.body, *found.captions, found.author or "", found.source or ""):
        assert unicodedata.is_normalized("NFC", text)
        assert text == text.strip()
        assert not any(mark in text for mark in "\u200b\ufeff\u00ad\x00\n")


@pytest.mark.parametrize(
    "line",
    ["UBND xã " + "ạ" * 400, "Sở " + "a " * 200, "1 " * 150 + "x", "Nguyễn " * 40 + "!", "Tin, " * 60 + ":", "ngày " + "1" * 300, "*a " * 5000, "online 1,,," * 25 + "!"],
)  # fmt: skip
def test_no_line_costs_more_than_its_length(line: str, usual: float) -> None:
    """Lines that one rule or another could read in many ways, as title, text and Markdown: each as soon as some 50 ordinary pages."""
    for name, page in (
        ("a.html", f"<title>{line}</title><h1>{line}</h1><p>{line}</p>{PARAGRAPH}"),
        ("a.txt", f"{line}\n{line}.\n{line}"),
        ("a.md", line),
    ):
        assert seconds(partial(extract, Page(name, page.encode())), times=2) < 3 * usual
