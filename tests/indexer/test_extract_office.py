"""Documents of word processors: what is read of them, and as what."""

from __future__ import annotations

import unicodedata

import pytest

from analyzers.encodings import encode_as
from indexer.documents import document
from indexer.extract import extract
from indexer.extract.explain import explain
from indexer.extract.office.heading import stated_title
from indexer.model import Article, Page
from tests.indexer.office import STYLES, docx, odt, p, packed, part, related, run, table

HEADLINE = "Xã Hòa Tiến khánh thành cầu treo qua suối Ia Mơ"
LEAD = "Cầu treo dài 84 m nối làng Đung với trung tâm xã đã khánh thành sau tám tháng thi công."
TEXT = "Cầu có vốn 2,4 tỷ đồng, do Ban quản lý dự án huyện làm chủ đầu tư."
MORE = "Người dân làng Đung trước đây phải lội suối vào mùa mưa."
LETTER = table(
    (
        p("UBND XÃ HÒA TIẾN") + p("Số: 15/BC-UBND"),
        p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM") + p("Độc lập - Tự do - Hạnh phúc") + p("Hòa Tiến, ngày 12 tháng 10 năm 2024"),
    )
)


def read(raw: bytes, name: str = "bai.docx") -> Article:
    found = extract(Page(name, raw))
    assert isinstance(found, Article), found
    return found


def body(raw: bytes) -> tuple[str, ...]:
    return read(raw).body


# --- what is text ---


def test_paragraphs_stand_in_their_order_with_lists_and_tables() -> None:
    """A row of short cells is one line; a cell of several paragraphs is none of a data row."""
    item = p("Làng Đung", properties='<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    rows = table(("Cây trồng", "Diện tích (ha)"), ("Lúa", "320"), (p(TEXT) + p(MORE), "ghi chú"))
    assert body(docx(p(HEADLINE) + p(TEXT) + item + rows + p("Hết phần bảng của xã."))) == (
        TEXT, "Làng Đung", "Cây trồng | Diện tích (ha)", "Lúa | 320", TEXT, MORE, "ghi chú", "Hết phần bảng của xã.",
    )  # fmt: skip


def test_a_table_in_a_table_is_read_once() -> None:
    inner = table(("Lúa", "320"))
    assert body(docx(p(HEADLINE) + table((p("Cây trồng") + inner, "Năm 2024")) + p(TEXT))) == (
        "Cây trồng", "Lúa | 320", "Năm 2024", TEXT,
    )  # fmt: skip


def test_changes_count_as_accepted() -> None:
    """Deleted and moved-away text is left out, inserted and moved-in text kept; a deleted end of paragraph joins two."""
    deleted = '<w:del w:id="1"><w:r><w:delText>ba</w:delText></w:r></w:del>'
    inserted = f'<w:ins w:id="2">{run("hai cây cầu mới cho dân.")}</w:ins>'
    moved = f'<w:moveFrom w:id="3">{run("Câu cũ. ")}</w:moveFrom>'
    gone = '<w:tbl><w:tr><w:trPr><w:del w:id="4"/></w:trPr><w:tc><w:p><w:r><w:t>Hàng đã xóa</w:t></w:r></w:p></w:tc></w:tr></w:tbl>'
    first = p(run("Cầu có vốn "), properties='<w:rPr><w:del w:id="5"/></w:rPr>')
    whole = p(HEADLINE) + p(run("Xã xây ") + deleted + inserted + moved) + gone + first + p("2,4 tỷ đồng của huyện.")
    assert body(docx(whole)) == ("Xã xây hai cây cầu mới cho dân.", "Cầu có vốn 2,4 tỷ đồng của huyện.")


def test_what_a_reader_does_not_see_is_left_out() -> None:
    """Hidden text (also by a style), instructions of fields, comments, contents, headers and pictures of letters."""
    hidden = run("giấu", properties="<w:vanish/>") + run("giấu", properties='<w:rStyle w:val="An"/>') + run("!", "Wingdings")
    shown = run(" nhà", properties='<w:vanish w:val="0"/>')
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    whole = p(HEADLINE) + p("Mục lục 1", "Mclc1") + p(run("Xã xây") + hidden + shown + field + comment + run(" văn hóa cho làng."))
    parts = {"word/header1.xml": part("hdr", p("Đầu trang")), "word/comments.xml": part("comments", p("Sửa lại"))}
    assert body(docx(whole, parts=parts)) == ("Xã xây nhà văn hóa cho làng.",)


def test_a_text_box_is_read_once_and_behind_its_paragraph() -> None:
    """It stands in the file twice: for new programs and for old ones."""
    box = f"<w:txbxContent>{p('Hộp chữ về chợ phiên.')}</w:txbxContent>"
    twice = (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>'
        f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )
    assert body(docx(p(HEADLINE) + p(twice + run(TEXT)) + p(MORE))) == (TEXT, "Hộp chữ về chợ phiên.", MORE)


def test_notes_stand_at_the_end_in_the_order_of_their_numbers() -> None:
    notes = "".join(
        f'<w:footnote w:id="{number}"{kind}>{p(text)}</w:footnote>'
        for number, kind, text in ((0, ' w:type="separator"', "---"), (1, "", "Chú thích hai."), (2, "", "Chú thích một."))
    )
    refers = '<w:r><w:footnoteReference w:id="2"/></w:r>', '<w:r><w:footnoteReference w:id="1"/></w:r>'
    raw = docx(p(HEADLINE) + p(run(TEXT) + refers[0]) + p(run(MORE) + refers[1]), parts={"word/footnotes.xml": part("footnotes", notes)})
    assert body(raw) == (TEXT, MORE, "Chú thích một.", "Chú thích hai.")


def test_controls_links_and_breaks_hide_no_text() -> None:
    """Content controls, links, smart tags, a large first letter, lines broken by hand, hyphens that do not break."""
    drop = p(run("N"), properties='<w:framePr w:dropCap="drop"/>')
    inside = f"<w:sdt><w:sdtContent>{p(TEXT)}</w:sdtContent></w:sdt>{drop}{p('gười dân làng Đung qua cầu.')}"
    link = f"<w:hyperlink><w:smartTag>{run('Cầu')}</w:smartTag></w:hyperlink><w:r><w:noBreakHyphen/><w:t>suối</w:t></w:r>"
    lines = "<w:r><w:t>Dòng một của bài.</w:t><w:br/><w:t>Dòng hai của bài.</w:t></w:r>"
    assert body(docx(p(HEADLINE) + inside + p(link) + p(lines))) == (
        TEXT, "Người dân làng Đung qua cầu.", "Cầu-suối", "Dòng một của bài.", "Dòng hai của bài.",
    )  # fmt: skip


def test_text_is_composed() -> None:
    found = read(docx(p(unicodedata.normalize("NFD", HEADLINE)) + p(unicodedata.normalize("NFD", TEXT))))
    assert (found.title, found.body) == (HEADLINE, (TEXT,))


def test_both_namespaces_and_odd_names_of_parts_are_read() -> None:
    """Strict Open XML of ISO; a main part that is called otherwise."""
    strict = part("document", f"<w:body>{p(HEADLINE)}{p(TEXT)}</w:body>").replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", "http://purl.oclc.org/ooxml/wordprocessingml/main"
    )
    raw = packed({"_rels/.rels": related({"officeDocument": "/word/document22.xml"}), "word/document22.xml": strict})
    assert read(raw).body == (TEXT,)


def test_captions_are_told_where_there_are_pictures() -> None:
    caption = "Đồng chí Lê Nam phát biểu tại hội nghị"
    picture = "<w:p><w:r><w:drawing><a:blip/></w:drawing></w:r></w:p>"
    long = p(TEXT) * 1 + p(MORE) + p(LEAD + " " + TEXT + " " + MORE + " " + LEAD)
    assert caption in body(docx(p(HEADLINE) + p(caption) + long))
    assert read(docx(p(HEADLINE) + picture + p(caption) + long)).captions == (caption,)
    assert read(docx(p(HEADLINE) + p("Cầu mới", "Chuthich") + long)).captions == ("Cầu mới",)


# --- title, author, lead ---


@pytest.mark.parametrize(
    ("lines", "title", "rule"),
    [
        (p("Tin vắn tuần này") + p(HEADLINE, "Tiu") + p(TEXT), HEADLINE, "style"),
        (p("Xã Hòa Tiến khánh thành", "Tiu") + p("cầu treo qua suối Ia Mơ", "Tiu") + p(TEXT), HEADLINE, "style"),
        (p(HEADLINE, "u1") + p(TEXT) + p("Sản xuất vụ mùa", "u1") + p(MORE), HEADLINE, "heading:h1"),
        (p(HEADLINE) + p("I. Sản xuất vụ mùa", "u1") + p(TEXT), HEADLINE, "first-line"),
        (p(HEADLINE) + p(TEXT) + p("Tài liệu tham khảo", "u1") + p(MORE), HEADLINE, "first-line"),
        (p("TIN BÀI") + p(HEADLINE) + p(TEXT), HEADLINE, "first-line"),
        (p("Tác giả: Lê Nam") + p(HEADLINE) + p(TEXT), HEADLINE, "first-line"),
        (p(TEXT) + p(MORE), TEXT.rstrip("."), "first-sentence"),
        (table(("Lúa", "320"), ("Ngô", "41")) + p(TEXT), "Lúa | 320", "first-sentence"),
    ],
)  # fmt: skip
def test_the_title_is_styled_so_or_the_first_line_that_is_a_headline(lines: str, title: str, rule: str) -> None:
    found = read(docx(lines, title="Microsoft Word - bai cau treo.doc"))
    assert found.title == title
    assert f"title:{rule}" in found.rules
    assert title not in found.body or rule == "first-sentence"


def test_the_title_of_the_file_counts_where_the_text_has_none() -> None:
    found = read(docx(p(TEXT) + p(MORE), title=HEADLINE))
    assert (found.title, found.body) == (HEADLINE, (TEXT, MORE))
    assert "title:properties" in found.rules


@pytest.mark.parametrize(
    "stated",
    [
        "Microsoft Word - abc.doc", "Document1", "Document 12", "Untitled", "Văn bản 3", "bao cao.docx", "UBND XÃ HÒA TIẾN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Số: 15/BC-UBND ngày", "", "Tin", "Câu này là một đoạn văn, không phải tiêu đề.",
    ],
)  # fmt: skip
def test_titles_of_programs_and_templates_are_none(stated: str) -> None:
    assert stated_title(stated) == ""


def test_the_title_of_a_file_may_be_in_an_old_encoding() -> None:
    assert stated_title(encode_as(HEADLINE, "tcvn3")) == HEADLINE
    assert stated_title(f"Microsoft Word - {HEADLINE}") == HEADLINE


@pytest.mark.parametrize(
    ("below", "title"),
    [
        (p(run("BÁO CÁO", bold=True)) + p(run("Kết quả quý III năm 2024", bold=True), align="center"), "BÁO CÁO Kết quả quý III năm 2024"),
        (p("Kết quả làm đường của xã quý III"), "Kết quả làm đường của xã quý III"),
    ],
)  # fmt: skip
def test_the_head_of_an_official_letter_is_no_title(below: str, title: str) -> None:
    """Its day is the letter's; who issued it and its number are kept, the motto is left out and named."""
    raw = docx(LETTER + below + p(TEXT) + p(MORE))
    found = read(raw)
    assert found.title == title
    assert found.body == ("UBND XÃ HÒA TIẾN", "Số: 15/BC-UBND", TEXT, MORE)
    assert found.published is not None
    assert (found.published.date, found.published.rule) == ("2024-10-12", "visible-date")
    told = explain(Page("a.docx", raw))
    assert (told.lines[0].text, told.lines[0].why) == ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "head of an official letter")


def test_a_letter_without_a_kind_is_called_by_its_subject() -> None:
    raw = docx(
        LETTER.replace(p("Số: 15/BC-UBND"), p("Số: 15/UBND-VP") + p("V/v làm đường liên thôn năm 2024")) + p("Kính gửi: Các thôn") + p(TEXT)
    )
    assert read(raw).title == "Làm đường liên thôn năm 2024"


def test_author_and_lead_are_those_of_other_texts() -> None:
    """A labelled line, or a signature at the end; the first paragraph alone in bold is the lead."""
    signed = docx(p(HEADLINE) + p(run(LEAD, bold=True)) + p(TEXT) + p(MORE) + p(run("Nguyễn Văn Bình", bold=True), align="right"))
    found = read(signed)
    assert (found.author, found.lead, found.body) == ("Nguyễn Văn Bình", LEAD, (TEXT, MORE))
    labelled = read(docx(p(HEADLINE) + p(TEXT) + p(MORE) + p("Tác giả: Lê Nam; Nguồn: Bản tin Ia Rong")))
    assert (labelled.author, labelled.source, labelled.body) == ("Lê Nam", "Bản tin Ia Rong", (TEXT, MORE))


# --- dates ---


@pytest.mark.parametrize(
    ("created", "modified", "date"),
    [
        ("2022-09-15T02:00:00Z", "2022-09-15T09:00:00Z", "2022-09-15"),
        ("2022-09-15T18:00:00Z", "2022-09-15T19:00:00Z", "2022-09-16"),  # past midnight in Viet Nam
        ("2022-09-15T02:00:00Z", "2022-09-20T02:00:00Z", "2022-09"),
        ("2022-03-15T02:00:00Z", "2022-09-20T02:00:00Z", "2022"),
        ("2019-03-15T02:00:00Z", "2022-09-20T02:00:00Z", None),
        ("2022-09-15T02:00:00Z", "", "2022-09-15"),
        ("2013-12-23T23:15:00Z", "2013-12-23T23:15:00Z", None),  # python-docx
        ("hôm qua", "1899-01-01T00:00:00Z", None),
    ],
)
def test_the_days_of_the_file_count_as_far_as_they_agree(created: str, modified: str, date: str | None) -> None:
    found = read(docx(p(HEADLINE) + p(TEXT), created=created, modified=modified)).published
    assert (found.date if found else None) == date
    assert found is None or found.rule == "document-properties"


@pytest.mark.parametrize(
    ("line", "date", "rule"),
    [
        ("Sáng 14/9/2021, xã khánh thành cầu treo.", "2021-09-14", "dateline"),
        ("Kế hoạch năm 2019 của xã đã hoàn thành.", None, ""),
        ("Kế hoạch năm 2022 của xã đã hoàn thành.", "2022-09-15", "document-properties"),
        ("Xã có 320 ha lúa, dự kiến đến năm 2030 còn 200 ha.", "2022-09-15", "document-properties"),
    ],
)
def test_a_date_in_the_text_stands_before_those_of_the_file(line: str, date: str | None, rule: str) -> None:
    """Another year in the text is a doubt: then nothing is known."""
    found = read(docx(p(HEADLINE) + p(line) + p(TEXT), created="2022-09-15T02:00:00Z", modified="2022-09-15T02:00:00Z")).published
    assert (found.date if found else None, found.rule if found else "") == (date, rule)


def test_why_a_date_of_the_file_is_refused_is_told() -> None:
    raw = docx(p(HEADLINE) + p("Năm 2019 xã có 3 cây cầu.") + p(TEXT), created="2022-09-15T02:00:00Z")
    (told,) = explain(Page("a.docx", raw)).dates
    assert (told.date, told.rule, told.verdict) == ("2022-09-15", "document-properties", "refused: the text speaks of 2019")


# --- old fonts ---


@pytest.mark.parametrize(("font", "encoding"), [(".VnTime", "tcvn3"), ("VNI-Times", "vni")])
def test_old_fonts_are_undone(font: str, encoding: str) -> None:
    """Also where a letter is cut between runs, and beside paragraphs in Unicode."""
    cut = "".join(run(letter, font, bold=number % 2 == 0) for number, letter in enumerate(encode_as(TEXT, encoding)))
    found = read(docx(p(run(encode_as(HEADLINE, encoding), font)) + p(cut) + p(run(MORE, "Times New Roman"))))
    assert (found.title, found.body) == (HEADLINE, (TEXT, MORE))
    assert f"legacy:{encoding}" in found.rules


def test_the_font_may_come_from_a_style_and_the_defaults() -> None:
    """And a run's own font, or one of the theme, wins over it."""
    defaults = (
        '<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/></w:rPr></w:rPrDefault></w:docDefaults>'
    )
    themed = run("hé", properties='<w:rFonts w:asciiTheme="minorHAnsi" w:hAnsiTheme="minorHAnsi"/>')
    lines = p(encode_as(HEADLINE, "vni")) + p(encode_as(TEXT, "tcvn3"), "Cu") + p(run("Cửa ", "Arial") + themed + run(" mở.", "Arial"))
    found = read(docx(lines, styles=defaults + STYLES))
    assert (found.title, found.body) == (HEADLINE, (TEXT, "Cửa hé mở."))


def test_text_in_an_old_encoding_is_known_without_its_font() -> None:
    found = read(docx(p(encode_as(HEADLINE, "tcvn3")) + p(encode_as(TEXT, "tcvn3"))))
    assert (found.title, found.body) == (HEADLINE, (TEXT,))


def test_the_soft_hyphen_of_old_fonts_is_a_letter() -> None:
    """Word keeps it as a hyphen of its own, and symbols that were inserted by their number."""
    hyphen = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>N</w:t><w:softHyphen/><w:t>íc </w:t></w:r>'
    symbol = '<w:r><w:rPr><w:rFonts w:ascii=".VnTime" w:hAnsi=".VnTime"/></w:rPr><w:t>s</w:t><w:sym w:font=".VnTime" w:char="F0B9"/></w:r>'
    rest = run(encode_as("ch về làng Đung.", "tcvn3"), ".VnTime")
    assert body(docx(p(HEADLINE) + p(hyphen + symbol + rest))) == ("Nước sạch về làng Đung.",)


# --- OpenDocument ---


def test_a_text_of_libreoffice_is_read_by_the_same_rules() -> None:
    styles = (
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
        '<style:style style:name="R" style:family="paragraph"><style:paragraph-properties fo:text-align="end"/></style:style>'
        '<style:style style:name="H" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="V" style:family="text"><style:text-properties style:font-name="F1"/></style:style>'
        '<style:style style:name="B" style:family="text"><style:text-properties fo:font-weight="bold"/></style:style>'
    )
    lines = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>Đã xóa.</text:p></text:deletion></text:changed-region>"
        "</text:tracked-changes>"
        f'<text:p text:style-name="P1">{HEADLINE}</text:p>'
        '<text:p>Cầu<text:s text:c="2"/>có<text:span text:style-name="H">giấu</text:span> vốn lớn.'
        "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Theo xã.</text:p></text:note-body></text:note>"
        "<office:annotation><text:p>Sửa</text:p></office:annotation></text:p>"
        f'<text:p><text:span text:style-name="V">{encode_as(TEXT, "tcvn3")}</text:span></text:p>'
        "<text:list><text:list-item><text:p>Làng Đung</text:p></text:list-item></text:list>"
        "<table:table><table:table-row><table:table-cell><text:p>Lúa</text:p></table:table-cell><table:table-cell><text:p>320</text:p>"
        "</table:table-cell></table:table-row></table:table>"
        "<text:p><draw:frame><draw:text-box><text:p>Hộp chữ.</text:p></draw:text-box></draw:frame>Một<text:line-break/>Hai</text:p>"
        "<text:table-of-content><text:p>Mục lục</text:p></text:table-of-content>"
        '<text:p text:style-name="R"><text:span text:style-name="B">Lê Nam</text:span></text:p>'
    )
    fonts = '<style:font-face style:name="F1" svg:font-family="\'.VnTime\'"/>'
    meta = "<meta:creation-date>2022-09-15T09:00:00</meta:creation-date><dc:date>2022-09-15T10:00:00.12</dc:date>"
    found = read(odt(lines, styles=styles, fonts=fonts, meta=meta), "bai.odt")
    assert (found.title, found.author) == (HEADLINE, "Lê Nam")
    assert found.body == ("Cầu có vốn lớn.", TEXT, "Làng Đung", "Lúa | 320", "Một", "Hai", "Hộp chữ.", "Theo xã.")
    assert found.published is not None
    assert (found.published.date, found.published.rule) == ("2022-09-15", "document-properties")


def test_content_tells_the_kind_and_not_the_suffix() -> None:
    assert read(docx(p(HEADLINE) + p(TEXT)), "bai.odt").body == (TEXT,)
    assert read(odt(f'<text:h text:outline-level="1">{HEADLINE}</text:h><text:p>{TEXT}</text:p>'), "bai.docx").title == HEADLINE


def test_the_id_of_a_document_is_its_name_and_place() -> None:
    made = document(read(docx(p(HEADLINE) + p(TEXT))), "tin/Cầu treo.docx")
    assert made.doc_id.startswith("cau-treo-")
