"""Plain text, Markdown with front matter, and records."""

# ruff: noqa: E501 — samples stand on one line, as they do in the wild

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Literal

import bs4
import pytest

from analyzers.dates import text_dates
from analyzers.encodings import encode_as, representable
from indexer.extract import dispatch, extract, record
from indexer.extract.blocks import fold
from indexer.model import Article, Page, Rejected

ROOT = Path(__file__).parents[2]
SHARED = ROOT.parent / "shared"
needs_shared = pytest.mark.skipif(not SHARED.is_dir(), reason="the shared sample data is not beside the checkout")


def text(page: str, name: str = "a.txt") -> Article:
    found = extract(Page(name, page.encode()))
    assert isinstance(found, Article), found
    return found


def test_a_header_month_and_a_dateline_make_a_day() -> None:
    """``date 2023-06 (GLO)- Sáng 30-6``: the month of the file's header, the day of the dateline."""
    found = text(
        " date 2022-09 (BTTN)- Sáng 14-9, xã Hòa Tiến khánh thành cầu treo. Cầu dài 84 m.\n\nTin liên quan Chợ phiên đông khách\n\nCầu có vốn 2,4 tỷ đồng."
    )
    assert found.published is not None
    assert (found.published.date, found.published.rule) == ("2022-09-14", "header-month+dateline")
    assert found.title == "Sáng 14-9, xã Hòa Tiến khánh thành cầu treo"
    assert found.body[1:] == ("Cầu có vốn 2,4 tỷ đồng.",)


def test_a_title_line_and_a_date_line_are_taken_off() -> None:
    """Language switch, time stamp, headline, caption, signature and buttons are told from the text."""
    found = text(
        "Tiếng Việt | English\n\n22/06/2023 - 14:27\n\nHuyện Sông Lam sơ kết 6 tháng đầu năm\n\nSáng 22/6, huyện tổ chức hội nghị sơ kết.\n\n"
        "Đồng chí Lê Nam phát biểu tại hội nghị\n\nThu ngân sách đạt 52 tỷ đồng, "
        + "vượt kế hoạch được giao. " * 12
        + "\n\nHoài Phương\n\nChia sẻ bài viết"
    )
    assert (found.title, found.author) == ("Huyện Sông Lam sơ kết 6 tháng đầu năm", "Hoài Phương")
    assert found.published is not None
    assert (found.published.date, found.published.rule) == ("2023-06-22", "visible-date")
    assert found.captions == ("Đồng chí Lê Nam phát biểu tại hội nghị",)
    assert len(found.body) == 2


@pytest.mark.parametrize("page", ["", "   \n\n", "Trực tuyến: 145\nHôm nay: 1326"])
def test_text_without_text_is_rejected(page: str) -> None:
    """Nothing but counters is no article."""
    assert isinstance(extract(Page("a.txt", page.encode())), Rejected)


def test_title_and_lead_that_stand_again_in_the_text_are_taken_off() -> None:
    """Also where the title has a place before it; a text that only begins like the title stays."""
    page = """---
title: "Huế: Đường Lê Lợi mở rộng không gian đi bộ"
lead: Vỉa hè phía bờ sông được lát lại.
---
# Đường Lê Lợi mở rộng không gian đi bộ

Vỉa hè phía bờ sông được lát lại.

Đường Lê Lợi mở rộng không gian đi bộ từ ngày 2/6, theo kế hoạch của thành phố.
"""
    found = extract(Page("a.md", page.encode()))
    assert isinstance(found, Article)
    assert found.body == ("Đường Lê Lợi mở rộng không gian đi bộ từ ngày 2/6, theo kế hoạch của thành phố.",)


def test_front_matter_and_markdown_make_an_article() -> None:
    """YAML keys, headings, lists, tables, links and pictures."""
    found = text(
        '---\ntitle: "Cầu mới ở Hòa Tiến"\npublished: 2022-09-15\nsource: Bản tin Sông Lam\nauthor: Quỳnh Trang\nlead: Cây cầu dài 84 m.\nurl: https://a.example/1\n---\n\n'
        "Sáng 14-9, xã **khánh thành** cầu\ntreo [Nậm Pô](https://a.example/2).\n\n## Vốn\n\n- ngân sách 1,6 tỷ;\n- bà con góp công.\n\n| Xã | Hộ |\n|---|---:|\n| Hòa Tiến | 300 |\n\n![Cầu treo](a.jpg)\n",
        "a.md",
    )
    assert (found.title, found.lead, found.source, found.author, found.url) == (
        "Cầu mới ở Hòa Tiến",
        "Cây cầu dài 84 m.",
        "Bản tin Sông Lam",
        "Quỳnh Trang",
        "https://a.example/1",
    )
    assert found.published is not None
    assert found.published.date == "2022-09-15"
    assert found.body == (
        "Sáng 14-9, xã khánh thành cầu treo Nậm Pô.",
        "Vốn",
        "ngân sách 1,6 tỷ;",
        "bà con góp công.",
        "Xã | Hộ",
        "Hòa Tiến | 300",
    )
    assert found.captions == ("Cầu treo",)
    event = text_dates(found.title, found.body, found.published).event
    assert event is not None
    assert event.date == "2022-09-14"


def test_json_front_matter_and_an_html_body_are_read() -> None:
    """As some portals' CMS stores its posts; the moment with a zone is Viet Nam's day."""
    found = text(
        '---json\n{"title": "Cầu mới", "date": "2020-02-02T23:55:00.000Z", "description": ""}\n---\n<p>X&atilde; kh&aacute;nh th&agrave;nh c<b>ầ</b>u treo.</p>',
        "a.md",
    )
    assert found.body == ("Xã khánh thành cầu treo.",)
    assert found.published is not None
    assert found.published.date == "2020-02-03"


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ("---\ntitle: [1, 2\n---\nx", "front matter cannot be read"),
        ("---\n- a\n- b\n---\nx", "not a mapping"),
        ("---\na: &x [1]\nb: *x\n---\nx", "aliases are not allowed"),
        ("---\ntitle: Chỉ có tiêu đề\n---\n", "no text"),
        ("---\ntitle: [a]\n---\nMột đoạn văn.", "title is list"),
        ("---\ntitle: !!python/object/apply:os.system ['true']\n---\nx", "front matter cannot be read"),
    ],
)
def test_bad_front_matter_is_rejected_with_the_reason(page: str, reason: str) -> None:
    """Broken YAML, other values than a mapping, aliases, objects, wrong types."""
    found = extract(Page("a.md", page.encode()))
    assert isinstance(found, Rejected)
    assert reason in found.reason


def test_markdown_without_front_matter_takes_its_first_heading() -> None:
    """A plain Markdown page still has a title."""
    assert text("# Cầu mới\n\nXã khánh thành cầu treo qua suối.", "a.md").title == "Cầu mới"


FIELDS = {
    "id": 7,
    "title": "Cầu mới",
    "text": "Đoạn một.\n\nĐoạn hai.",
    "summary": "Tóm tắt.",
    "date": "15/09/2022",
    "source": "Báo A",
    "category": "Xã hội",
    "author": "Q.T",
    "url": "https://a.example",
}


def test_a_record_becomes_an_article() -> None:
    """Every key finds its place."""
    found = record(FIELDS, "a.ndjson#1")
    assert isinstance(found, Article)
    assert (found.title, found.lead, found.body) == ("Cầu mới", "Tóm tắt.", ("Đoạn một.", "Đoạn hai."))
    assert (found.source, found.category, found.author, found.url) == ("Báo A", "Xã hội", "Q.T", "https://a.example")
    assert found.published is not None
    assert (found.published.date, found.published.rule, found.published.evidence) == ("2022-09-15", "field", "15/09/2022")


@pytest.mark.parametrize(
    ("key", "value", "reason"),
    [
        ("title", 5, "title is int, not text: 5"),
        ("text", {"a": 1}, "text is dict"),
        ("date", True, "date is bool, not a date: True"),
        ("date", ["2022"], "date is list"),
        ("id", 1.5, "id is float"),
        ("author", ["A"], "author is list"),
    ],
)
def test_a_wrong_type_is_rejected_with_key_and_value(key: str, value: object, reason: str) -> None:
    """What is wrong can be found in the file."""
    found = record({**FIELDS, key: value}, "a.ndjson#1")
    assert isinstance(found, Rejected)
    assert reason in found.reason


@pytest.mark.parametrize("fields", [{}, {"title": "Cầu mới"}, {"title": "Cầu mới", "text": "  \n "}, {"text": ""}])
def test_a_record_without_text_is_rejected(fields: dict[str, object]) -> None:
    """A title alone is no article."""
    assert isinstance(record(fields, "a"), Rejected)


def test_html_of_a_record_is_cleaned_as_a_fragment() -> None:
    """Markup, related boxes and signatures are dealt with as on a page."""
    body = "<p>Xã Hòa Tiến khánh thành cầu treo.</p><div class='related'><a href='#'>Chợ phiên đông khách</a></div><p>Cầu dài 84 m.</p><p style='text-align:right'><b>Quỳnh Trang</b></p>"
    found = record({"title": "Cầu mới", "html": body, "published": "2022-09-15"}, "a")
    assert isinstance(found, Article)
    assert (found.body, found.author) == (("Xã Hòa Tiến khánh thành cầu treo.", "Cầu dài 84 m."), "Quỳnh Trang")


@pytest.mark.parametrize("first", range(0x20, 0x3100, 0x800))
def test_every_character_of_a_record_comes_out_as_a_page_has_it(first: int) -> None:
    """The short way for texts that need no folding, and the long one, give the same."""
    for char in map(chr, range(first, min(first + 0x800, 0x3100))):
        title, line = f"Thông xe{char} cầu {char}", f"Cầu mới{char} thông xe {char}sớm {char}."
        found = record({"title": title, "text": f"{line}\nĐoạn hai."}, "a")
        assert isinstance(found, Article)
        assert (found.title, found.body[0]) == (fold(title), fold(line)), hex(ord(char))


def test_a_date_that_cannot_be_read_is_noted() -> None:
    """The value stands in the rules; the text's own date may still serve."""
    found = record({"title": "Cầu mới", "text": "Sáng 14-9-2022, xã khánh thành cầu.", "date": "hôm qua"}, "a")
    assert isinstance(found, Article)
    assert "unread date 'hôm qua'" in found.rules
    assert found.published is not None
    assert found.published.date == "2022-09-14"


def test_decomposed_and_odd_text_in_records_is_settled() -> None:
    """NFC, Đ, single spaces."""
    found = record({"title": "Ca\u0302\u0300u  mới", "text": "Ðường\u00a0mới\u200b."}, "a")
    assert isinstance(found, Article)
    assert (found.title, found.body) == ("Cầu mới", ("Đường mới.",))


@pytest.mark.parametrize("form", ["tcvn3", "vni", "viqr", "utf-8-as-windows-1252"])
@pytest.mark.parametrize("kind", ["text", "list", "html", "markdown"])
def test_records_and_markdown_from_before_unicode_are_restored(kind: str, form: str) -> None:
    """The rule is named; a sound record says nothing of it."""
    title, lines = (
        "Huyện đưa điện về bản vùng cao",
        ["Sáng 14-9-2022, huyện đóng điện cho 214 hộ ở hai bản xa nhất.", "Bà con thức đến khuya để xem ti vi."],
    )
    old = [encode_as(line, form) for line in lines]
    fields: dict[str, object] = {"title": encode_as(title, form), "author": "Q.T"}
    if kind == "markdown":
        found = extract(Page("a.md", f"---\ntitle: '{fields['title']}'\n---\n{old[0]}\n\n{old[1]}\n".encode()))
    else:
        body: dict[str, object] = (
            {"text": "\n".join(old)} if kind == "text" else {"body": old} if kind == "list" else {"html": f"<p>{old[0]}</p><p>{old[1]}</p>"}
        )
        found = record(fields | body, "a#1")
    assert isinstance(found, Article)
    assert (found.title, list(found.body)) == (representable(title, form), [representable(line, form) for line in lines])
    assert any(rule.startswith(("legacy:", "repair:double")) for rule in found.rules)
    sound = record({"title": title, "text": "\n".join(lines)}, "a#1")
    assert isinstance(sound, Article)
    assert not any(rule.startswith("legacy:") for rule in sound.rules)


@needs_shared
@pytest.mark.parametrize(
    ("number", "day", "rule", "author", "title"),
    [
        ("000", "2023-06-30", "header-month+dateline", None, "Sáng 30-6, Ban Chấp hành Đảng bộ thị xã An Khê"),
        ("001", "2024-02", "header-month", None, "Những thành tựu đáng tự hào"),
        ("002", "2023-07-12", "dateline+period", "Hoàng Bình", "Sáng 12/7, Đảng ủy phường Tây Sơn"),
        ("003", "2023-06-26", "dateline", "Đặng Tuyết", "Hội nghị Ban Chấp hành Đảng bộ thành phố Bắc Kạn (mở rộng)"),
        ("004", "2023-06-22", "visible-date", "Hoài Phương", "6 tháng đầu năm 2023: Thị xã Kiến Tường đạt nhiều kết quả"),
    ],
)
def test_the_five_seeds_are_dated_signed_and_clean(number: str, day: str, rule: str, author: str | None, title: str) -> None:
    """Each names the rule of its date; no noise line is left."""
    path = next((SHARED / "seeds").glob(f"{number}_*.txt"))
    found = extract(Page(path.name, path.read_bytes()))
    assert isinstance(found, Article)
    assert found.published is not None
    assert (found.published.date, found.published.rule, found.author) == (day, rule, author)
    assert found.title.startswith(title)
    for noise in ("Tiếng Việt | English", "Trực tuyến: 145", "Hôm nay: 1326", "Tin liên quan", "Chia sẻ bài viết", "date 20"):
        assert not any(noise in line for line in found.body)


def golden() -> list[dict[str, object]]:
    rows = []
    for path in sorted((ROOT / "tests" / "golden").glob("seeds_*.jsonl")):
        rows += [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
    return [row for row in rows if "ndjson" not in str(row["file"])]


@pytest.mark.parametrize("row", golden(), ids=lambda row: str(row["file"]))
def test_the_sample_pages_give_what_was_written_into_them(row: dict[str, object]) -> None:
    """Title, date, source and author of the pages in seeds/, phrases kept, boilerplate gone."""
    path = ROOT / str(row["file"])
    found = extract(Page(str(path), path.read_bytes()))
    assert isinstance(found, Article), found
    body = " ".join((found.lead, *found.body))
    published = row.get("published")
    assert row.get("title") in (None, found.title)
    assert (found.published.date if found.published else None) == (published["date"] if isinstance(published, dict) else None)
    assert row.get("source") in (None, found.source)
    assert row.get("author") in (None, found.author)
    assert [phrase for phrase in _strings(row, "must_contain") if phrase not in body] == []
    assert [phrase for phrase in _strings(row, "must_not_contain") if phrase in body] == []


def _strings(row: dict[str, object], key: str) -> list[str]:
    value = row.get(key)
    return [str(item) for item in value] if isinstance(value, list) else []


@pytest.mark.parametrize("field", ["source", "author", "category", "published"])
def test_a_long_value_is_not_kept(field: str) -> None:
    """Junk in a field of few values must not eat the memory."""
    value = f"{field} 3 " * 200
    before = sys.getrefcount(value)
    record({"title": "Tin", "text": "Xã có đường mới.", field: value}, "a")
    assert sys.getrefcount(value) == before


def test_what_pages_need_is_made_once_a_process(monkeypatch: pytest.MonkeyPatch) -> None:
    """Not for every batch, nor for every page."""
    page = Page("x.html", b"<html><head><title>Tin</title></head><body><p>Tin</p></body></html>")
    dispatch.load_readers()
    extract(page)
    made: list[object] = []
    monkeypatch.setattr(dispatch, "metadata", made.append)
    monkeypatch.setattr(bs4, "SoupStrainer", made.append)
    dispatch.load_readers()
    extract(page)
    assert made == []


@pytest.mark.parametrize(
    "body",
    [
        "<p>Xã <b>làm</b> đường &amp; cầu.</p><p>Đường dài 3 km.</p>",
        "Xã làm đường &amp; cầu.<br/>Đường dài 3 km.",
        "Xã <strong>làm</strong> đường &amp; cầu.\nĐường dài 3 km.",
        "Xã làm đường &amp; cầu.<br />\r\nĐường dài<b></b> 3 km.",
        ["<p>Xã làm đường &amp; cầu.</p>", "<p>Đường dài 3 km.</p>"],
    ],
)
def test_a_text_that_is_html_is_read_as_html(body: object) -> None:
    """Systems export theirs so under any name; nobody wants to read the tags."""
    made = record({"title": "Đường &amp; <i>cầu</i> mới", "body": body, "date": "2023-05-06"}, "x#1")
    assert isinstance(made, Article)
    assert (made.title, made.body) == ("Đường & cầu mới", ("Xã làm đường & cầu.", "Đường dài 3 km."))


@pytest.mark.parametrize("text", ["Giá cà phê < 65.000 đồng & tiêu > 70.000 đồng.", "Bấm <Enter> rồi gõ <tên>.", "a < b\nc > d"])
def test_a_text_with_signs_that_are_no_tags_stays_as_it_is(text: str) -> None:
    made = record({"title": "Giá < 5 triệu & hơn", "text": text}, "x#1")
    assert isinstance(made, Article)
    assert (made.title, "\n".join(made.body)) == ("Giá < 5 triệu & hơn", text)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_as_any_system_ends_them(end: str) -> None:
    made = extract(Page("x.txt", f"Tin làng mới{end}{end}Làng mở hội.{end}Bà con vui.{end}".encode()))
    assert isinstance(made, Article)
    assert (made.title, made.body) == ("Tin làng mới", ("Làng mở hội.", "Bà con vui."))


@pytest.mark.parametrize("between", ["\n", ""])
def test_an_old_text_in_a_new_frame_is_put_right_with_or_without_line_breaks(between: str) -> None:
    """The frame's words are in Unicode; words of paragraphs without space in between are apart all the same."""
    told = (
        "Bà con nông dân xã Ia Rong đã gieo xong lúa vụ mùa, vượt kế hoạch đề ra.",
        "Ông Siu Blơ kể rằng năm nay mưa thuận gió hòa, lúa bén rễ nhanh.",
    )
    text = between.join(f"<p>{encode_as(one, 'tcvn3')}</p>" for one in told)
    frame = between.join(f"<li><a href='/x'>{one}</a></li>" for one in ("Trang chủ", "Tin tức", "Văn bản chỉ đạo", "Liên hệ"))
    page = f"<html><head><meta charset='utf-8'><title>Xã Ia Rong gieo lúa</title></head><body><ul>{frame}</ul><h1>Xã Ia Rong gieo lúa</h1>{text}</body></html>"
    made = extract(Page("x.html", page.encode()))
    assert isinstance(made, Article)
    assert (made.title, made.body) == ("Xã Ia Rong gieo lúa", told)


@pytest.mark.parametrize("label", ["Tin vắn", "TIN VẮN:", "[Tin mới nhất]", "Thời sự", "Tin tức - Sự kiện"])
def test_a_section_above_a_text_is_its_category(label: str) -> None:
    """The same words below an article are the heading of others, whose short lines are left out."""
    found = text(f"{label}\nXã A mưa to.\nXã B họp dân.\nXã C được mùa.\n")
    assert found.category == label.strip("[]:")
    assert (found.title, found.body) == ("Xã A mưa to", ("Xã A mưa to.", "Xã B họp dân.", "Xã C được mùa."))
    assert text(f"{label}\n\nXã B họp dân bàn làm đường\nĐường dài 3 km.\n").title == "Xã B họp dân bàn làm đường"


def test_a_section_with_its_day_above_a_text_dates_it() -> None:
    found = text("Thời sự - 12/10/2024\nXã B họp dân bàn việc làm đường.\n")
    assert (found.title, found.category) == ("Xã B họp dân bàn việc làm đường", "Thời sự")
    assert found.published is not None
    assert (found.published.date, found.published.evidence) == ("2024-10-12", "Thời sự - 12/10/2024")


@pytest.mark.parametrize("page", ["Tin vắn\n", "Thời sự - 12/10/2024\n"])
def test_a_section_alone_is_no_article(page: str) -> None:
    assert isinstance(extract(Page("a.txt", page.encode())), Rejected)


@pytest.mark.parametrize("line", ["Tin liên quan", "Xã hội hóa giáo dục ở Ia Tô", "Kinh tế xã Ia Tô 12/10/2024"])
def test_other_first_lines_are_no_section(line: str) -> None:
    assert text(f"{line}\nSáng nay, xã Ia Tô họp dân bàn việc làm đường vào làng Ó.\n").category is None


OLD = (
    "Bà con nông dân xã Ia Rong đã gieo xong lúa vụ mùa, vượt kế hoạch đề ra.",
    "Ông Siu Blơ kể rằng năm nay mưa thuận gió hòa, lúa bén rễ nhanh, ai cũng mừng.",
)
OLD_TITLE = "Mừng lúa bén rễ ở xã Ia Tươi"


@pytest.mark.parametrize("encoding", ["tcvn3", "vni", "viqr"])
@pytest.mark.parametrize("kind", ["a.txt", "a.md", "front.md", "a.html", "headless.html", "text", "list", "html", "few tags"])
def test_no_letter_of_an_old_encoding_is_lost_on_the_way(encoding: Literal["tcvn3", "vni", "viqr"], kind: str) -> None:
    """The ư of TCVN3 is a soft hyphen in Unicode, its é an Ð; the marks of VIQR are those of Markdown."""
    title, *told = (encode_as(line, encoding) for line in (OLD_TITLE, *OLD))
    html = "".join(f"<p>{one}</p>" for one in told)
    head = f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>"
    pages = {
        "a.txt": "\n".join((title, *told)),
        "a.md": "\n\n".join((f"# {title}", *told)),
        "front.md": f"---json\n{json.dumps({'title': title})}\n---\n{html}",
        "a.html": f"{head}<h1>{title}</h1>{html}",
        "headless.html": f"{head}{html}",
    }
    records: dict[str, object] = {"text": "\n".join(told), "list": told, "html": html, "few tags": f"<b>{told[0]}</b>\n{told[1]}"}
    name = "html" if kind == "html" else "text"
    made = extract(Page(kind, pages[kind].encode())) if kind in pages else record({"title": title, name: records[kind]}, "x")
    assert isinstance(made, Article)
    assert (made.title, made.body) == (OLD_TITLE, OLD)
    assert f"legacy:{encoding}" in made.rules
