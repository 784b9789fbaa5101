"""What a line is by its words: boilerplate goes, sentences that begin like it stay; credits, signatures, captions, titles."""

# ruff: noqa: E501 — samples stand on one line, as they do in the wild

from __future__ import annotations

from itertools import product

import pytest

from indexer.extract.blocks import Block
from indexer.extract.captions import is_caption
from indexer.extract.clean import clean
from indexer.extract.headline import headline
from indexer.extract.lexicon import is_related_line, line_kind
from indexer.extract.names import credit_line, is_name, is_organisation, signature
from indexer.extract.selector import selector
from indexer.extract.text import extract_text
from indexer.extract.title import cut_site, is_site_name, site_of
from indexer.model import Article, Page

NOISE = (
    "Tiếng Việt | English", "Trực tuyến: 145", "Hôm nay: 1326", "Trực tuyến: 145 - Hôm nay: 1326", "Tổng lượt truy cập: 2.682.057",
    "Chia sẻ bài viết", "Chia sẻ bài viết: Facebook Zalo", "Facebook Twitter Zalo", "Lượt xem: 74", "Đã xem: 1.204", "320 lượt xem",
    "In ra", "In bài viết này", "Lưu bài viết này", "Giới thiệu bài viết cho bạn bè", "Gửi email", "Quay lại", "Về đầu trang",
    "Tổng số điểm của bài viết là: 0 trong 0 đánh giá", "Click để đánh giá bài viết", "Xếp hạng: 5 - 1 phiếu bầu",
    "Theo dõi Báo Sông Lam trên Google News", "Chưa có lời bình nào", "Hãy là người đầu tiên bình luận về bài viết này",
    "To view this video please enable JavaScript, and consider upgrading to a web browser", "Ảnh minh họa | Nguồn: Internet",
    "Từ khóa: nông thôn mới, xã Hòa Tiến", "Tags: An Khê", "Bản quyền thuộc về UBND huyện Sông Lam", "© 2020 Báo Sông Lam",
    "Chịu trách nhiệm chính: Chánh Văn phòng", "Giấy phép số 12/GP-STTTT ngày 05/01/2019", "Đang trực tuyến: 12",
    "Thống kê truy cập", "https://huyen.example/tin/123.html", "***", "- - -", "1 2 3 4 5", "Nghe đọc bài", "Cỡ chữ A- A A+", "Trang chủ",
    "Trang sau", "Copy link", "Bình luận", "Chia sẻ bài viết Trực tuyến: 145 Hôm nay: 1326 Tổng lượt truy cập 9", "(10/06/2023)",
    "Kính thưa quý vị và các bạn!", "Đánh giá: 0/5 (0 lượt đánh giá)",
)  # fmt: skip
RELATED = (
    "Tin liên quan", "Tin cùng chuyên mục", "Các tin khác", "Những tin mới hơn", "Những tin cũ hơn", "Theo dòng sự kiện", "Bài viết khác",
    "Các thông tin khác:", "Có thể bạn quan tâm", "VIDEO LIÊN QUAN", "Các Album đã đăng", "Xem thêm", "Đọc nhiều", "Tin mới nhất", "TIN ĐÃ ĐƯA",
    "Các tin đã đưa ngày:", "BÀI VIẾT LIÊN QUAN", "Cùng chuyên mục", "Tin nổi bật", "Đọc thêm", "THÔNG TIN KHÁC", "Tin cùng loại",
)  # fmt: skip


@pytest.mark.parametrize("line", NOISE)
def test_a_boilerplate_line_is_known(line: str) -> None:
    """Counters, buttons, licences and ratings of Vietnamese portals, alone or several in a line."""
    assert line_kind(line) in ("noise", "comments")


@pytest.mark.parametrize("line", RELATED)
def test_a_heading_of_other_articles_is_known(line: str) -> None:
    """The headings under which portals list other news."""
    assert line_kind(line) == "related"


OPENINGS = (
    "Hôm nay", "Trực tuyến", "Nguồn vốn", "Tin bão", "Tin vui", "Tin liên quan đến", "Chia sẻ", "Theo báo cáo", "Theo đó", "Theo dõi", "Xem", "In", "Lưu",
    "Ảnh hưởng", "Tổng số", "Tổng lượt khách", "Lượt khách", "Bản quyền", "Giấy phép", "Chịu trách nhiệm", "Tác giả", "Bình luận", "Ý kiến", "Trả lời",
    "Liên hệ", "Đăng ký", "Từ khóa", "Bài học", "Bài viết", "Video", "Thích", "Tiếng Việt", "Quay lại", "Cập nhật", "Ngày đăng", "Tháng này", "Tuần này",
    "Năm nay", "Hôm qua", "Khách", "Số lượt", "Góp ý", "Tìm kiếm", "Quảng cáo", "Mới nhất", "Nổi bật", "Tiêu điểm", "Đọc", "Bạn đọc", "Đánh giá",
    "Địa chỉ", "Chào mừng", "Thiết kế", "Website", "Cổng thông tin", "Nhỏ", "Vừa", "Lớn", "Trung bình", "Màu chữ", "Đường dây nóng", "Bây giờ", "Mặc định", "Copyright",
)  # fmt: skip
ENDINGS = (
    ", lãnh đạo huyện đã đến thăm và tặng quà các gia đình chính sách trên địa bàn xã.",
    " được người dân hai bên bờ sông nhắc tới nhiều lần trong buổi tiếp xúc cử tri ở xã.",
    " với bà con vùng lũ là việc làm nhiều năm nay của hội phụ nữ phường.",
    " của xã trong 5 năm qua tăng từ 12 lên 145, cao nhất huyện.",
    " từ đầu năm đến nay đạt 1.326 lượt, tăng 12% so với cùng kỳ.",
)
SENTENCES = tuple(opening + ending for opening, ending in product(OPENINGS, ENDINGS))


def test_sentences_that_begin_like_boilerplate_are_kept() -> None:
    """250 sentences that open with the words of buttons, counters and labels: none is dropped, none taken for a credit or caption."""
    assert len(SENTENCES) >= 200
    kept = clean([Block(sentence) for sentence in SENTENCES])
    assert [sentence for sentence in SENTENCES if sentence not in kept.body] == []
    assert (kept.captions, kept.authors, kept.sources) == ([], [], [])


@pytest.mark.parametrize(
    "line",
    [
        "Trả lời:",
        "Hôm nay 4/7 lũ lên",
        "Tin liên quan đến vụ cháy lan nhanh trên mạng xã hội.",
        "Nhiều tin vui đầu năm",
        "Giấy phép xây dựng",
    ],
)
def test_short_lines_of_text_are_no_boilerplate(line: str) -> None:
    """A label of an interview, a headline, a noun."""
    assert line_kind(line) == "" or line.endswith(":")
    assert not is_related_line(line)


@pytest.mark.parametrize(
    "line",
    [
        "Tin liên quan Thị xã tăng thu ngân sách",
        ">> Xã Hòa Tiến khánh thành cầu",
        "Xem thêm: Lịch cắt điện tuần này",
        "» Chợ phiên đông khách",
    ],
)
def test_a_line_that_names_another_article_is_known(line: str) -> None:
    """Inline boxes of related news in plain text."""
    assert is_related_line(line)


def test_text_goes_on_after_a_box_of_other_articles() -> None:
    """What follows the heading is skipped as long as it is headlines; prose is text again."""
    lines = [
        "Đoạn mở đầu của bài viết, đủ dài.",
        "Tin liên quan",
        "Chợ phiên vùng cao đông khách",
        "Giá cà phê tăng mạnh",
        "Trở lại với xã Hòa Tiến, đường đã thông.",
    ]
    assert clean([Block(line) for line in lines]).body == [lines[0], lines[4]]


def test_comments_end_the_text() -> None:
    """Nothing that readers wrote belongs to the article."""
    lines = ["Một đoạn văn của bài viết.", "Thêm một đoạn văn nữa.", "Ý kiến bạn đọc (2)", "Bài viết rất hay, tôi đồng ý với tác giả."]
    assert clean([Block(line) for line in lines]).body == lines[:2]


@pytest.mark.parametrize(
    ("line", "author", "source"),
    [
        ("Tác giả: Phạm Dũng", "Phạm Dũng", None),
        ("Tác giả bài viết: Trần Văn Cường", "Trần Văn Cường", None),
        ("Tin, ảnh: Hoài Thu", "Hoài Thu", None),
        ("Bài và ảnh: Xuân Toản", "Xuân Toản", None),
        ("BT: Lê Thư", "Lê Thư", None),
        ("T/h: Hà Phương", "Hà Phương", None),
        ("Nguồn: Báo địa phương; Tác giả: Nguyễn Văn Bình", "Nguyễn Văn Bình", "Báo địa phương"),
        ("Nguồn tin: dakkrong.gov.vn", None, "dakkrong.gov.vn"),
        ("Bài: Lê Minh - Ảnh: Văn Sơn", "Lê Minh", None),
        ("Tác giả: Lê Minh (tổng hợp)", "Lê Minh", None),
        ("Tin, ảnh: Lê Minh - Trung tâm Văn hóa huyện", "Lê Minh", None),
        ("(Theo TTXVN)", None, "TTXVN"),
        ("Theo Báo Đắk Nông", None, "Báo Đắk Nông"),
        ("Theo Cổng TTĐT tỉnh Đắk Nông", None, "Cổng TTĐT tỉnh Đắk Nông"),
        ("Ảnh: H.H", None, None),
    ],
)
def test_credit_lines_give_author_and_source(line: str, author: str | None, source: str | None) -> None:
    """Labels of author, source and photographer, several in one line."""
    assert credit_line(line) == (author, source)


@pytest.mark.parametrize(
    "line",
    [
        "Theo đó, huyện chi 3 tỷ đồng.",
        "Theo ông Nam, vụ này được mùa.",
        "Nguồn nước sạch về bản",
        "Tin ở ngày mai",
        "Theo Chủ tịch xã Lê Văn Hải, đường đã thông.",
    ],
)
def test_sentences_are_no_credit_lines(line: str) -> None:
    """ "Theo …" and "Nguồn …" also begin sentences."""
    assert credit_line(line) is None


@pytest.mark.parametrize(
    "name", ["Lê Thị Quyên", "HỒNG HÀ", "H.T", "Quỳnh Trang", "Rơ Châm H'Yéo", "Minh Anh - Văn Sơn", "Đoàn Bổng", "Trần Bộ", "PV"]
)
def test_names_are_known(name: str) -> None:
    """Full names, pen names, initials, two authors; also names that sound like offices."""
    assert is_name(name) or name == "PV"


@pytest.mark.parametrize(
    "text",
    [
        "Ban biên tập",
        "Báo Gia Lai",
        "Trung tâm Văn hóa huyện",
        "admin",
        "UBND xã Hòa Tiến",
        "Trang thông tin huyện",
        "Cổng TTĐT",
        "VietNamNet News",
    ],
)
def test_offices_are_known(text: str) -> None:
    """An office, a paper or an account is no person."""
    assert is_organisation(text)
    assert signature(text, right=True, strong=True) is None


@pytest.mark.parametrize(
    "line", ["Quang cảnh Hội nghị.", "Đồng chí Lê Nam phát biểu chỉ đạo tại hội nghị", "Cầu mới qua suối. Ảnh: Q.T", "Ảnh: Văn Sơn"]
)
def test_captions_are_known_by_their_words(line: str) -> None:
    """Views, speakers and photographers."""
    assert is_caption(line)


@pytest.mark.parametrize(
    "line",
    [
        "Xây dựng An Khê vững mạnh toàn diện",
        "Đồng chí Lê Nam đề nghị các xã tập trung chống hạn, bảo vệ sản xuất.",
        "Ông Nam nói: “Chúng tôi rất vui.”",
    ],
)
def test_headings_and_sentences_are_no_captions(line: str) -> None:
    """A heading between paragraphs and a sentence about a speaker stay text."""
    assert not is_caption(line)


def test_a_signature_at_the_end_is_the_author() -> None:
    """The name alone on the last line, in capitals or brackets too."""
    for line, name in (("Hoàng Bình", "Hoàng Bình"), ("(VĂN PHIN)", "VĂN PHIN"), ("ĐỨC THỤY", "ĐỨC THỤY"), ("H.T", "H.T")):
        found = clean([Block("Một đoạn văn của bài viết."), Block("Một đoạn văn khác nữa./."), Block(line)])
        assert (found.authors, len(found.body)) == ([name], 2)


def test_a_sentence_cut_by_a_picture_is_joined() -> None:
    """A paragraph that ends without a stop goes on in the next that begins small."""
    assert clean([Block("Sáng ngày 07/11, đại biểu và tổ đại biểu huyện"), Block("đã có buổi tiếp xúc cử tri xã.")]).body == [
        "Sáng ngày 07/11, đại biểu và tổ đại biểu huyện đã có buổi tiếp xúc cử tri xã."
    ]


@pytest.mark.parametrize(
    ("title", "cut"),
    [
        ("Xã Hòa Tiến khánh thành cầu | Báo Sông Lam điện tử", "Xã Hòa Tiến khánh thành cầu"),
        ("Xã Hòa Tiến khánh thành cầu - Cổng thông tin điện tử huyện Sông Lam", "Xã Hòa Tiến khánh thành cầu"),
        ("Họp liên tịch chuẩn bị kỳ họp thứ 12 – Đài TT-TH huyện", "Họp liên tịch chuẩn bị kỳ họp thứ 12"),
        ("Đường Đồng Tâm - Bình Minh thông xe", "Đường Đồng Tâm - Bình Minh thông xe"),
        ("Chi tiết tin - Sở Nông nghiệp", ""),
        ("Trang chủ", ""),
    ],
)
def test_the_site_is_cut_off_a_page_title(title: str, cut: str) -> None:
    """Site names go; a dash inside a headline stays."""
    assert cut_site(title) == cut


def test_site_names_are_told_from_headlines() -> None:
    """Portals, sections and offices are no headlines."""
    assert all(
        is_site_name(text)
        for text in ("Trang thông tin điện tử huyện Sông Lam", "Tin tức - Sự kiện", "Chi tiết bài viết", "UBND huyện Sông Lam")
    )
    assert not any(
        is_site_name(text)
        for text in (
            "UBND huyện Sông Lam tổng kết công tác năm 2023",
            "Tin bão mới nhất",
            "Trang trại nuôi dê ở Hòa Tiến",
            "Phòng cháy hơn chữa cháy",
            "Báo cáo kết quả năm 2023",
            "Bản tin dự báo thủy văn",
            "Xã Hòa Tiến vui hội",
        )
    )
    assert site_of("Chi tiết tin - Cổng thông tin Nậm Kim") == "Cổng thông tin Nậm Kim"


def test_a_headline_is_made_of_the_first_sentence() -> None:
    """Without the agency's code, cut at a clause when it is long."""
    assert headline("(GLO)- Sáng 30-6, huyện họp. Sau đó, huyện thăm xã.") == "Sáng 30-6, huyện họp"
    long = headline("Sáng 30-6, " + "huyện họp bàn việc lớn của nhiều xã " * 5 + ", nhằm tháo gỡ khó khăn.")
    assert len(long) <= 161


@pytest.mark.parametrize("bad", [".a > .b", "p:first-child", "..x", "[a~=b]"])
def test_a_selector_that_cannot_be_read_is_refused(bad: str) -> None:
    """A mistake in the family table is found when it is loaded."""
    with pytest.raises(ValueError, match="selector"):
        selector(bad)


def test_a_short_report_with_its_dateline_is_text_and_the_dateline_alone_is_a_date_line() -> None:
    """Nothing of a report is lost because it is short; place and date on a line of their own are its date."""
    report = "Gia Lai, ngày 12/10/2024 - Mưa lớn làm ngập chợ."
    found = clean([Block(report), Block("Nước đã rút sau hai giờ.")])
    assert found.body == [report, "Nước đã rút sau hai giờ."]
    found = clean([Block("Gia Lai, ngày 12/10/2024"), Block("Mưa lớn làm ngập chợ huyện từ sáng sớm.")])
    assert found.body == ["Mưa lớn làm ngập chợ huyện từ sáng sớm."]
    assert [iso for iso, _, _ in found.dates] == ["2024-10-12"]


@pytest.mark.parametrize(
    "report",
    [
        "Chiều 10/10/2024, UBND huyện họp báo.",
        "Tối 2/4/2023 làng Kép mở hội",
        "Thứ hai, ngày 5/9/2023, xã Ia Tô họp dân.",
        "Mưa đá ngày 5/9/2023 làm hỏng 12 nhà.",
        "Lễ truy điệu lúc 8 giờ ngày 5/4/2024.",
    ],
)
def test_a_sentence_with_its_day_is_no_date_line_however_short(report: str) -> None:
    """The first sentence of a short notice stays in its text."""
    assert clean([Block(report), Block("Cán bộ thôn đã có mặt.")]).body[0] == report


@pytest.mark.parametrize(
    "line",
    [
        "Thứ hai, 5/9/2023.",
        "5/9/2023 | Tin tức.",
        "5/9/2023 - Nguyễn Văn An",
        "Pleiku, ngày 5/9/2023",
        "Ngày đăng: 5/9/2023 bởi ban biên tập.",
        "Tin, ảnh Lan Anh ngày 5/9/2023.",
    ],
)
def test_a_day_with_a_section_or_an_author_beside_it_is_a_date_line(line: str) -> None:
    """What stands under a headline is not taken for a report."""
    assert clean([Block(line), Block("Cán bộ thôn đã có mặt.")]).body == ["Cán bộ thôn đã có mặt."]


@pytest.mark.parametrize(
    "title",
    ["Giá nông sản ngày 5/9/2023", "Lịch cúp điện ngày 12-8-2024 tại Pleiku", "Dự báo thời tiết đêm 10/10/2024", "Giá vàng 5/9/2023"],
)
def test_a_headline_with_a_day_in_it_is_the_headline(title: str) -> None:
    """The first line of a text is not taken for the date below a headline, which would lose it."""
    made = extract_text(Page("a.txt", f"{title}\n\nTiêu: 70.000 đồng/kg.\nCao su: 300 đồng/độ.\n".encode()))
    assert isinstance(made, Article)
    assert (made.title, made.body) == (title, ("Tiêu: 70.000 đồng/kg.", "Cao su: 300 đồng/độ."))


@pytest.mark.parametrize(
    "line", ["Thứ ba, 05/09/2023", "Pleiku, ngày 5/9/2023", "Bản tin ngày 5/9/2023", "Thời sự - 05/09/2023", "Đăng ngày 5/9/2023"]
)
def test_a_date_above_a_headline_is_none(line: str) -> None:
    made = extract_text(Page("a.txt", f"{line}\nMưa lớn ở Pleiku\nNhiều nơi ngập từ chiều.\n".encode()))
    assert isinstance(made, Article)
    assert (made.title, made.body) == ("Mưa lớn ở Pleiku", ("Nhiều nơi ngập từ chiều.",))


def test_a_headline_made_of_a_lists_first_item_has_no_bullet() -> None:
    assert headline("- Chiều nay, xã Ia Tô trồng cây.") == "Chiều nay, xã Ia Tô trồng cây"
