"""HTML in fields for text, and posts as WordPress stores them."""

from __future__ import annotations

import pytest

from indexer.extract import record
from indexer.extract.markup import markup_of, shortcodes, unescaped, unmarked
from indexer.model import Article
from indexer.sources.feeds import _plain
from tests.cost import seconds

ONE = "Sáng 12/10, xã Ia Tô tổ chức hội nghị bàn việc làm đường vào làng Ó."
TWO = "Tham dự có đại diện các thôn làng và bà con hai bên đường."
THREE = "Chủ tịch xã đề nghị các thôn tiếp tục vận động bà con hiến đất."


def made(**fields: object) -> Article:
    found = record({"title": "Xã Ia Tô làm đường", **fields}, "x#1")
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize(
    "text",
    [
        f'{ONE}\n\n<p style="text-align: justify;">{TWO}</p>\n\n{THREE}',
        f"{ONE}\n\n{TWO}\n\n<div></div>\n\n{THREE}",
        f"<p>{ONE}</p>\r\n\r\n{TWO}\r\n \r\n{THREE}",
        f"<b>{ONE}</b>\r{TWO}\r{THREE}",
        f"{ONE}<br>\n{TWO}<br >\n\n\n{THREE}",
        f"<p>{ONE}<p>{TWO}<p>{THREE}",
        f"[vc_row][vc_column_text el_class=\"x\"]{ONE}\n\n{TWO}[/vc_column_text]\n\n<div>\n\n{THREE}\n\n</div>[/vc_row]",
        f"<span\nstyle='x'\n\nlang=vi>{ONE}</span>\n<img\nsrc='a.jpg'\nalt=''>\n{TWO}\n<!-- x\ny -->{THREE}",
        f"<pre>{ONE}\n\n{TWO}\n{THREE}</pre>",
        [ONE, f"<em>{TWO}</em>", THREE],
    ],
)  # fmt: skip
def test_paragraphs_without_a_tag_stand_beside_others(text: object) -> None:
    assert made(text=text).body == (ONE, TWO, THREE)


@pytest.mark.parametrize(
    "text",
    ["<p>Sáng 12/10,\n\nxã Ia Tô\n\nhọp dân.</p>", "<table><tr><td>Sáng 12/10,\n\nxã Ia Tô\n\nhọp dân.</td></tr></table>\n\n<p></p>"],
)
def test_an_empty_line_inside_an_element_parts_nothing(text: str) -> None:
    assert made(text=text).body == ("Sáng 12/10, xã Ia Tô họp dân.",)


def test_a_table_and_a_list_between_such_paragraphs_stay_whole() -> None:
    rows = "<table>\n<tr>\n<td>Cà phê</td>\n<td>58.000</td>\n</tr>\n\n<tr>\n<td>Tiêu</td>\n<td>71.000</td>\n</tr>\n</table>"
    assert made(text=f"{ONE}\n\n{rows}\n\n{THREE}<p></p>").body == (ONE, "Cà phê | 58.000", "Tiêu | 71.000", THREE)
    assert made(text=f"{ONE}\n<ul>\n<li>Thôn 1</li>\n<li>Thôn 2</li>\n</ul>\n{THREE}").body == (ONE, "Thôn 1", "Thôn 2", THREE)


def test_a_caption_in_brackets_is_one_in_a_record_too() -> None:
    caption = '[caption id="a" width="600"]<a href="y"><img src="x"/></a> Quang cảnh hội nghị.[/caption]'
    long = " ".join([THREE] * 5)
    found = made(text=f"{caption}\n\n{ONE}\n\n{long}")
    assert (found.captions, found.body) == (("Quang cảnh hội nghị.",), (ONE, long))


def test_entities_are_letters_in_a_text_without_tags() -> None:
    """Old systems store ``&ocirc;`` for ô, some of them twice over."""
    found = made(title="X&atilde; Ia T&ocirc;", text="X&#227; Ia T&#xF4; h&#7885;p.\nB&amp;agrave; con vui.", author="L&ecirc; Nam")
    assert (found.title, found.body, found.author) == ("Xã Ia Tô", ("Xã Ia Tô họp.", "Bà con vui."), "Lê Nam")
    assert made(body=["X&atilde; họp.", "Tiêu & cà phê."]).body == ("Xã họp.", "Tiêu & cà phê.")
    assert unescaped("R&D, a=1&sect=2&copy, 5 < 6 & 7") == "R&D, a=1&sect=2&copy, 5 < 6 & 7"


@pytest.mark.parametrize("field", ["text", "html"])
def test_html_that_was_escaped_once_too_often_is_html(field: str) -> None:
    assert made(**{field: f"&lt;p class=&quot;a&quot;&gt;{ONE}&lt;/p&gt;&lt;p&gt;T&amp;ocirc;i nghe n&oacute;i.&lt;/p&gt;"}).body == (
        ONE,
        "Tôi nghe nói.",
    )


def test_a_lead_in_html_is_text_whatever_the_body_is() -> None:
    found = made(lead="<p>Đường <b>mới</b> dài 3&nbsp;km</p>", text=ONE)
    assert (found.lead, found.body) == ("Đường mới dài 3 km", (ONE,))


@pytest.mark.parametrize("title", ["<Infographic> Đường làng Ó", "<Video> Lũ về", "Giá < 5 triệu > 3 triệu"])
def test_what_only_looks_like_a_tag_stays_in_a_headline(title: str) -> None:
    assert made(title=title, text=f"<p>{ONE}</p>").title == title
    assert unmarked({"title": "Khí CO<sub>2</sub><br/>ở xã"})["title"] == "Khí CO2 ở xã"


@pytest.mark.parametrize(
    "hostile",
    [
        "<b>x</b>" + " " * 60_000,
        "<b>x</b>" + "<br" + " " * 60_000,
        "<p>" * 30_000 + "</td>" * 30_000,
        "<p>x</p>" + "\n \n" * 30_000 + "<br",
    ],
)
def test_reading_markup_is_linear(hostile: str) -> None:
    """As much time as a sane text of that size takes, a few times over."""
    sane = (f"<p>{ONE}</p>\n" * 2000)[: len(hostile)]
    assert seconds(lambda: markup_of(hostile)) < 40 * seconds(lambda: markup_of(sane), 3)


@pytest.mark.parametrize("hostile", ["[caption]<a " * 10_000, "[caption]" + "<a>" * 40_000, "[caption " * 12_000, "<" * 60_000])
def test_reading_brackets_is_linear(hostile: str) -> None:
    sane = (f"[caption]<a><img></a> {ONE}[/caption] <b></b>" * 2000)[: len(hostile)]
    assert seconds(lambda: (shortcodes(hostile), _plain(hostile))) < 60 * seconds(lambda: (shortcodes(sane), _plain(sane)), 3)
