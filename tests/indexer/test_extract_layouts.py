"""Layouts met after the imitated portals: sections, side columns of teasers, bylines, captions by how they are set, indexes."""

# ruff: noqa: E501 — a page stands on one line

from __future__ import annotations

import pytest

from indexer.extract import extract
from indexer.model import Article, Page, Rejected

TITLE = "Bản Suối Lìn góp công dựng cầu treo"
BODY = (
    "Sau hai tháng góp công, bà con bản Suối Lìn đã dựng xong chiếc cầu treo dài bốn mươi mét bắc qua suối Lìn.",
    "Trưởng bản Lò Văn Inh kể mỗi nhà cử một người, ai đi làm xa thì góp tiền mua cáp và ván.",
    "Từ nay học trò đi học không phải lội suối trong mùa mưa lũ.",
)
HEADLINES = ("Xã Chiềng On mở lớp dạy may cho phụ nữ", "Huyện Phù Lưu trồng thêm rừng sơn tra", "Chợ phiên Cốc Ly đông khách dịp cuối năm")
SUMMARY = "Mẩu tóm tắt của tin bên cạnh, viết thành câu và khá dài, số {}."
SIDE = "".join(f"<div class='o'><a href='/{n}'>{line}</a><p>{SUMMARY.format(n)}</p></div>" for n, line in enumerate(HEADLINES * 3))
TEXT = "".join(f"<p>{line}</p>" for line in BODY)


def page(body: str, title: str = TITLE, head: str = "") -> Article | Rejected:
    return extract(
        Page("a.html", f"<html><head><meta charset=utf-8><title>{title}</title>{head}</head><body>{body}</body></html>".encode())
    )


def article(body: str, title: str = TITLE, head: str = "") -> Article:
    found = page(body, title, head)
    assert isinstance(found, Article), found
    return found


@pytest.mark.parametrize("tag", ["section", "div class='phan'", "article"])
def test_sections_made_alike_are_one_article(tag: str) -> None:
    end = tag.split()[0]
    long = f"<p>{BODY[0]}</p><p>{BODY[1]}</p>"
    found = article(f"<div class='dai'><h1>{TITLE}</h1><{tag}><p>{BODY[2]} Ai cũng mừng.</p></{end}><{tag}>{long}</{end}></div>")
    assert found.body == (f"{BODY[2]} Ai cũng mừng.", BODY[0], BODY[1])


def test_columns_made_alike_are_not_when_one_has_links() -> None:
    """A column of short pieces that lead elsewhere is no section."""
    found = article(
        f"<div><div class='cot'><h1>{TITLE}</h1>{TEXT}</div><div class='cot'><p>{SUMMARY.format(1)}</p><a href='/x'>Xem trả lời</a></div></div>"
    )
    assert found.body == BODY


def test_short_news_beside_a_column_of_teasers_is_an_article() -> None:
    found = article(
        f"<div class='a'><h1>{TITLE}</h1><p class='t'>Cập nhật lúc 07:12, 03/11/2020</p><div><p>{BODY[0]}</p></div></div><div class='b'>{SIDE}</div>"
    )
    assert (found.title, found.body) == (TITLE, BODY[:1])
    assert found.published is not None
    assert found.published.date == "2020-11-03"


def test_teasers_alone_are_still_a_list() -> None:
    found = page(f"<h1>Tin trong ngày</h1><div>{SIDE}</div>", "Tin trong ngày")
    assert isinstance(found, Rejected)
    assert found.outcome == "list"


@pytest.mark.parametrize(
    ("byline", "author"),
    [
        (
            "<div><span>Bởi <b>Y Nhuân Êban</b></span><span> · </span><span>14 tháng 3, 2024</span><span> · 4 phút đọc</span></div>",
            "Y Nhuân Êban",
        ),
        ("<p>Đăng bởi <a href='/u'>Trang Nhung</a> vào ngày 14 tháng Hai năm 2022</p>", "Trang Nhung"),
        ("<p>Quốc Anh</p>", "Quốc Anh"),
        ("<p>Ảnh, bài: Sông Trà</p>", "Sông Trà"),
        ("<p>Quốc tế</p>", None),
        ("<div class='detail-author'>Lê Thu Hà <span>(hale@bao.example)</span></div>", "Lê Thu Hà"),
    ],
)
def test_bylines_name_the_author(byline: str, author: str | None) -> None:
    assert article(f"<div><h1>{TITLE}</h1>{byline}<div>{TEXT}</div></div>").author == author


def test_whom_a_cited_author_writes_for_is_the_source() -> None:
    found = article(f"<div><h1>{TITLE}</h1>{TEXT}<p><b>Theo Mỹ Duyên (Báo Lìn Hồ)</b></p></div>")
    assert (found.source, found.body) == ("Báo Lìn Hồ", BODY)


@pytest.mark.parametrize(
    "caption",
    [
        "<div style='text-align:center'><img src=a><br><em>Bà con kéo cáp qua suối</em></div>",
        "<table class=anh><tr><td><img src=a></td></tr><tr><td class='image_desc'>Bà con kéo cáp qua suối.</td></tr></table>",
    ],
)
def test_captions_are_known_by_how_they_are_set(caption: str) -> None:
    found = article(f"<div><h1>{TITLE}</h1><p>{BODY[0]} {BODY[1]}</p>{caption}<p>{BODY[2]} {BODY[1]}</p></div>")
    assert found.body == (f"{BODY[0]} {BODY[1]}", f"{BODY[2]} {BODY[1]}")
    assert found.captions[0].startswith("Bà con kéo cáp")


def test_a_box_of_other_articles_inside_the_text_goes_with_its_teasers() -> None:
    box = f"<div class='x'><b>TIN LIÊN QUAN</b><p><a href='/1'>{HEADLINES[0]}</a></p><p>{SUMMARY.format(1)}</p></div>"
    assert article(f"<div><h1>{TITLE}</h1><p>{BODY[0]}</p>{box}<p>{BODY[1]}</p><p>{BODY[2]}</p></div>").body == BODY


def test_a_text_that_begins_with_such_a_heading_is_kept() -> None:
    """A box with a link and much text is no box of other articles."""
    found = article(
        f"<div><h1>{TITLE}</h1><div><b>Tin liên quan</b><p><a href='/1'>{HEADLINES[0]}</a></p>{TEXT}<p>{BODY[0]} {BODY[1]}</p></div></div>"
    )
    assert set(BODY) <= set(found.body)


def test_the_kind_of_piece_is_no_part_of_the_title() -> None:
    assert (
        article(f"<h1>{TITLE}</h1>{TEXT}", f"[Emagazine] {TITLE}", f"<meta property='og:title' content='[Emagazine] {TITLE}'>").title
        == TITLE
    )


@pytest.mark.parametrize("line", ["Tệp đính kèm: ke-hoach.pdf", "Tài liệu kèm theo", "File đính kèm: Lịch trực tháng 8.docx (35 KB)"])
def test_attached_files_are_no_text(line: str) -> None:
    assert article(f"<div><h1>{TITLE}</h1>{TEXT}<p>{line}</p></div>").body == BODY


def test_a_sentence_about_attached_files_is_text() -> None:
    line = "Tài liệu kèm theo hồ sơ phải được công chứng trước khi nộp."
    assert article(f"<div><h1>{TITLE}</h1>{TEXT}<p>{line}</p></div>").body == (*BODY, line)


@pytest.mark.parametrize("title", ["Kênh RSS", "Sơ đồ cổng thông tin", "Danh bạ điện thoại"])
def test_indexes_of_addresses_are_lists(title: str) -> None:
    links = "".join(f"<li><a href='/r{n}'>https://cong.example/rss/muc-{n}</a></li>" for n in range(9))
    found = page(f"<h1>{title}</h1><p>{BODY[0]}</p><ul>{links}</ul>", title)
    assert isinstance(found, Rejected)
    assert found.outcome == "list"


def test_a_heading_of_two_words_is_a_title_where_there_is_no_other() -> None:
    """Too short to be trusted beside a better one."""
    assert article(f"<h1>Tin buồn</h1>{TEXT}", title="").title == "Tin buồn"
    assert article(f"<h1>Tin buồn</h1>{TEXT}").title == TITLE
    assert article(TEXT, title="Tin buồn").title == "Tin buồn"


@pytest.mark.parametrize("head", ["<h1>Trang chủ</h1>", "<h1>In ra</h1>", ""])
def test_a_page_without_a_title_is_called_by_its_first_sentence(head: str) -> None:
    """Its text is not lost for it; what has little text and no title is no article."""
    found = article(f"{head}{TEXT}", title="")
    assert (found.title, found.body) == (BODY[0].rstrip("."), BODY)
    assert article(f"<h1>Content</h1>{TEXT}", title="").title == found.title
    short = page(f"{head}<p>{BODY[2]}</p>", title="")
    assert isinstance(short, Rejected)
    assert short.reason == "no title found"


PRICES = (
    ("Cà phê nhân", "65.000 đồng/kg"),
    ("Hồ tiêu khô", "70.000 đồng/kg"),
    ("Mủ cao su", "300 đồng/độ"),
    ("Sầu riêng", "55.000 đồng/kg"),
)
ROWS = "".join(f"<tr><td>{ware}</td><td>{price}</td></tr>" for ware, price in PRICES)
NAMES = tuple(f"Hộ ông {name}, bản Suối Lìn" for name in ("Lò Văn Inh", "Lò Văn Pánh", "Quàng Văn Ún", "Cà Văn Lả"))
LINKS = "".join(f"<li><a href='/{n}'>{line}</a></li>" for n, line in enumerate(HEADLINES * 3))


@pytest.mark.parametrize(
    ("text", "body"),
    [
        (f"<table>{ROWS}</table>", tuple(" | ".join(row) for row in PRICES)),
        (f"<ul>{''.join(f'<li>{name}</li>' for name in NAMES)}</ul>", NAMES),
    ],
    ids=["table", "list"],
)
def test_a_table_or_a_list_below_its_headline_is_an_article_beside_links_to_others(text: str, body: tuple[str, ...]) -> None:
    """Prices, timetables and names are news too, and hold no sentence."""
    title = "Giá nông sản tuần 32 ở bản Suối Lìn"
    found = article(
        f"<div><h1>{title}</h1><div>{text}</div></div><div class='ben'><h3>Tin mới</h3><ul>{LINKS}</ul></div>", f"{title} - Báo"
    )
    assert (found.title, found.body) == (title, body)


@pytest.mark.parametrize(
    "body",
    [
        f"<h1>{TITLE}</h1><ul>{LINKS}</ul>",
        f"<h1>Tin tức bản làng</h1><table>{ROWS}</table><ul>{LINKS}</ul>",
        f"<h1>{TITLE}</h1><table>{ROWS[: ROWS.index('</tr>') + 5]}</table><ul>{LINKS}</ul>",
        f"<h1>{TITLE}</h1><table>{ROWS.replace('<td>', '<td><a href=/x>')}</table><ul>{LINKS}</ul>",
    ],
    ids=["only links", "another headline", "one row", "linked rows"],
)
def test_a_list_of_other_articles_is_still_one(body: str) -> None:
    found = page(f"<div>{body}</div>")
    assert isinstance(found, Rejected)
    assert found.outcome in ("list", "home")


FOOT = "<p>Trang tin xã Suối Lìn</p><p>Địa chỉ: bản Suối Lìn, điện thoại 0212 3 123 456</p><ul><li>Chịu trách nhiệm nội dung</li></ul>"


@pytest.mark.parametrize("tag", ["div", "center", "p"])
@pytest.mark.parametrize("box", ["<div class='tin'>{}</div>", "<form>{}</form>", "{}"], ids=["box", "form", "body"])
def test_the_foot_of_a_page_is_no_part_of_a_table(box: str, tag: str) -> None:
    """Nothing names it, and it holds no link: it stands outside of the box with the headline, or below the sentences that end the table."""
    title = "Giá nông sản tuần 32 ở bản Suối Lìn"
    text = f"<h1>{title}</h1><table>{ROWS}</table><p>Giá tại nhà vườn.</p>"
    foot = f"<{tag}>Số người truy cập</{tag}><div>{FOOT}</div>"
    found = extract(Page("a.html", f"<html><title>{title}</title><body>{box.format(text)}{foot}</body></html>".encode()))
    assert isinstance(found, Article)
    assert found.body == (*(" | ".join(row) for row in PRICES), "Giá tại nhà vườn.")


@pytest.mark.parametrize(
    ("title", "outcome"),
    [
        ("Thông tin liên hệ", "form"),
        ("Tìm kiếm văn bản", "form"),
        ("Kết quả tìm kiếm", "form"),
        ("Cổng dịch vụ công trực tuyến xã Suối Lìn", "rejected"),
    ],
)
def test_what_a_script_makes_a_form_or_a_menu_of_is_no_list(title: str, outcome: str) -> None:
    """Without the script it is a list of words."""
    items = "".join(f"<li>{line}</li>" for line in ("Loại văn bản: Quyết định", "Lĩnh vực: Đất đai", "Cơ quan: UBND xã", "Năm ban hành"))
    found = page(f"<h1>{title}</h1><ul>{items}</ul>", f"{title} - UBND xã")
    assert isinstance(found, Rejected)
    assert found.outcome == outcome


def test_a_portal_for_services_may_be_in_a_headline() -> None:
    title = "Cổng dịch vụ công quốc gia phục vụ 10 triệu lượt người"
    assert article(f"<h1>{title}</h1>{TEXT}", title).title == title


@pytest.mark.parametrize("title", ["Q&amp;A", "Hỏi - đáp", "Hỏi đáp", "FAQ"])
def test_a_page_for_questions_is_a_form(title: str) -> None:
    """Frames of portals are called ``Content``; what stands there invites to ask."""
    ask = f"<p>Kính mời bà con {'gửi câu hỏi tới bản Suối Lìn ' * 6}.</p><p>{BODY[2]}</p><input name='q'><input type='submit'>"
    found = page(f"<div><h1>Content</h1>{ask}</div>", f"{title} - Cổng thông tin điện tử xã Suối Lìn")
    assert isinstance(found, Rejected)
    assert found.outcome == "form"


@pytest.mark.parametrize(
    "foot", ["", "<h3>Tin mới</h3><ul><li>Xã họp dân bàn làm đường</li></ul>", "<h3>Thống kê truy cập</h3><li>Hôm nay: 12</li>"]
)
def test_headings_part_the_tables_of_one_article(foot: str) -> None:
    title = "Giá nông sản tuần 32 ở bản Suối Lìn"
    first = "</tr>".join([*ROWS.split("</tr>")[:2], ""])
    found = article(
        f"<div><h1>{title}</h1><h2>1. Tại chợ xã</h2><table>{first}</table><h2>2. Tại vườn</h2><table>{ROWS}</table>{foot}</div>", title
    )
    rows = [" | ".join(row) for row in PRICES]
    assert list(found.body) == ["1. Tại chợ xã", *rows[:2], "2. Tại vườn", *rows]


def test_a_page_laid_out_as_a_table_ends_the_article_with_the_cell() -> None:
    """Its foot is the next row."""
    title = "Giá nông sản tuần 32 ở bản Suối Lìn"
    text = f"<h1>{title}</h1><p>Ngày đăng: 01/09/2024</p><table>{ROWS}</table><p>Giá tại nhà vườn.</p>"
    found = article(
        f"<table><tr><td><a href=/>Trang chủ</a></td><td>{text}</td></tr><tr><td>Xã Suối Lìn, điện thoại 02123123456</td></tr></table>",
        title,
    )
    assert found.body == (*(" | ".join(row) for row in PRICES), "Giá tại nhà vườn.")
    assert found.published is not None
    assert found.published.date == "2024-09-01"
