"""Articles with one trap each: what misleads about the date, the title, the beginning or the end of the text."""

# ruff: noqa: E501 — markup is kept on long lines as sites write it

from __future__ import annotations

from dataclasses import dataclass

from tests.indexer.portal.parts import FEET, MENUS, RELATED
from tests.indexer.portal.stories import STORIES

MENU, FOOT, LIST = MENUS[0][0], FEET[0][0], RELATED[2][0]
S = STORIES[1]
TITLE, TEXT = S.title, "".join(f"<p>{line}</p>" for line in S.body)
CLOCK = "<div class='today'>Thứ bảy, ngày 21/11/2026 09:12</div>"


@dataclass(frozen=True)
class Trap:
    """`day` None: no date may be given. `keep` are texts that must be there, `drop` texts that must not."""

    name: str
    html: str
    day: str | None = None
    title: str = TITLE
    keep: tuple[str, ...] = S.body
    drop: tuple[str, ...] = ()
    author: str | None = None


def _page(body: str, head: str = "", title: str = TITLE) -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{MENU}{body}{FOOT}</body></html>"


def _story(date: str = "", head: str = "", above: str = "", below: str = "", title: str = TITLE) -> str:
    return _page(f"{above}<div class='detail'><h1>{title}</h1>{date}<div class='txt'><p>{S.lead}</p>{TEXT}</div>{below}</div>", head, title)


TRAPS: tuple[Trap, ...] = (
    Trap("licence-only", _story()),
    Trap("clock-only", _story(above=CLOCK)),
    Trap(
        "clock-beside-title",
        _page(
            f"<div class='wrap'><div class='row'>{CLOCK}</div><div class='row'><h1>{TITLE}</h1><div><p>{S.lead}</p>{TEXT}</div></div></div>"
        ),
    ),
    Trap("related-dates", _story(below=LIST), drop=("CÁC TIN KHÁC",)),
    Trap(
        "comment-dates",
        _story(below="<h3>Bình luận (1)</h3><div>Lan Anh - 10:02 15/01/2025<p>Bài viết hay quá, mong bản em cũng sớm có điện.</p></div>"),
        drop=("Bài viết hay quá",),
    ),
    Trap("ago", _story("<span class='time'>3 giờ trước</span>")),
    Trap(
        "updated-footer",
        _story(below="<p>Cập nhật lần cuối: 20/11/2026 16:20</p>").replace("</body>", "<p>Website cập nhật ngày 20/11/2026</p></body>"),
    ),
    Trap("meta-zone", _story(head="<meta property='article:published_time' content='2024-02-02T18:30:00Z'>"), "2024-02-03"),
    Trap("meta-local", _story(head="<meta name='pubdate' content='2024-02-03 05:10:00'>"), "2024-02-03"),
    Trap(
        "meta-modified",
        _story("<p>03/02/2024 08:15</p>", head="<meta property='article:modified_time' content='2025-01-09T10:00:00+07:00'>"),
        "2024-02-03",
    ),
    Trap("posted-and-updated", _story("<p>Cập nhật: 05/02/2024 10:00 | Ngày đăng: 03/02/2024 08:15</p>"), "2024-02-03"),
    Trap("time-attribute", _story("<time datetime='2024-02-03T08:15:00+07:00' itemprop='datePublished'>hôm qua</time>"), "2024-02-03"),
    Trap("english", _story("<p>February 3, 2024</p>"), "2024-02-03"),
    Trap("bracketed", _story("<p><i>(Ngày 03/02/2024)</i></p>"), "2024-02-03"),
    Trap("below-the-text", _story(below="<p>Ngày đăng: 03/02/2024</p>"), "2024-02-03", drop=("Ngày đăng: 03/02/2024",)),
    Trap("beside-author", _story("<p>Giàng Seo Phử - 03/02/2024 08:15</p>"), "2024-02-03"),
    Trap("with-section", _story("<p>Kinh tế | 03/02/2024 - 08:15</p>"), "2024-02-03"),
    Trap(
        "bootstrap-icons",
        _story("<p><i class='fa fa-calendar'></i> 03/02/2024 <i class='fa fa-eye'></i> 1.204 <i class='fa fa-user'></i> Ban biên tập</p>"),
        "2024-02-03",
        drop=("1.204",),
    ),
    Trap(
        "date-glued-to-title",
        _page(f"<div class='box'><h2>{TITLE} 03/02/2024 08:15:02</h2><div><p>{S.lead}</p>{TEXT}</div></div>", title="Chi tiết"),
        "2024-02-03",
    ),
    Trap(
        "capitals",
        _page(f"<div><h1>{TITLE.upper()}</h1><p>03/02/2024 08:15</p><div><p>{S.lead}</p>{TEXT}</div></div>", title="Chi tiết tin"),
        "2024-02-03",
        TITLE.upper(),
    ),
    Trap(
        "site-heading-first",
        _page(
            f"<h1>Cổng thông tin điện tử huyện Đông Hà</h1><div class='detail'><h2>{TITLE}</h2><p>03/02/2024 08:15</p><div><p>{S.lead}</p>{TEXT}</div></div>",
            title="Cổng thông tin điện tử huyện Đông Hà",
        ),
        "2024-02-03",
    ),
    Trap(
        "logo-heading",
        _page(
            f"<h1 id='logo'><a href='/'>Báo Đông Hà</a></h1><div class='detail'><h2>{TITLE}</h2><p>03/02/2024 08:15</p><div><p>{S.lead}</p>{TEXT}</div></div>",
            title="Báo Đông Hà - Tin tức",
        ),
        "2024-02-03",
    ),
    Trap(
        "dash-in-title",
        _story("<p>03/02/2024 08:15</p>", title="Đông Hà - Cam Lộ: Thông xe đoạn tuyến dài 12 km").replace(
            "<title>Đông Hà - Cam Lộ: Thông xe đoạn tuyến dài 12 km",
            "<title>Đông Hà - Cam Lộ: Thông xe đoạn tuyến dài 12 km - Báo Đông Hà điện tử",
        ),
        "2024-02-03",
        "Đông Hà - Cam Lộ: Thông xe đoạn tuyến dài 12 km",
    ),
    Trap(
        "kicker",
        _page(
            f"<div class='detail'><p class='kicker'>ĐƯA ĐIỆN VỀ BẢN</p><h1>{TITLE}</h1><p>03/02/2024 08:15</p><div><p>{S.lead}</p>{TEXT}</div></div>"
        ),
        "2024-02-03",
        drop=("ĐƯA ĐIỆN VỀ BẢN",),
    ),
    Trap(
        "subheads",
        _story("<p>03/02/2024 08:15</p>").replace(f"<p>{S.body[2]}</p>", f"<h2>Lớp học sáng đèn trở lại</h2><p>{S.body[2]}</p>"),
        "2024-02-03",
        keep=(*S.body, "Lớp học sáng đèn trở lại"),
    ),
    Trap(
        "list-items",
        _story("<p>03/02/2024 08:15</p>").replace(
            f"<p>{S.body[4]}</p>", "<ul><li>Bản Pa Hu: 64 hộ;</li><li>Bản Tà Lành: 58 hộ;</li><li>Bản Nậm Vời: 92 hộ.</li></ul>"
        ),
        "2024-02-03",
        keep=(*S.body[:4], "Bản Pa Hu: 64 hộ", "Bản Tà Lành: 58 hộ", "Bản Nậm Vời: 92 hộ"),
    ),
    Trap(
        "data-table",
        _story("<p>03/02/2024 08:15</p>").replace(
            f"<p>{S.body[4]}</p>",
            "<table><tr><th>Bản</th><th>Số hộ</th></tr><tr><td>Pa Hu</td><td>64</td></tr><tr><td>Tà Lành</td><td>58</td></tr></table>",
        ),
        "2024-02-03",
        keep=(*S.body[:4], "Pa Hu", "Tà Lành", "58"),
    ),
    Trap(
        "quotation",
        _story("<p>03/02/2024 08:15</p>").replace(f"<p>{S.body[1]}</p>", f"<blockquote><p>{S.body[1]}</p></blockquote>"),
        "2024-02-03",
    ),
    Trap(
        "interview",
        _page(
            f"<div class='detail'><h1>{TITLE}</h1><p>03/02/2024 08:15</p><div><p>{S.lead}</p><p><strong>Hỏi: Khi nào các bản còn lại có điện, thưa ông?</strong></p><p>Đáp: Chúng tôi phấn đấu xong trước mùa mưa.</p><p><strong>- Nguồn vốn lấy từ đâu?</strong></p><p>- Từ ngân sách tỉnh và vốn ngành điện, ông nhé.</p></div></div>"
        ),
        "2024-02-03",
        keep=("Khi nào các bản còn lại có điện", "phấn đấu xong trước mùa mưa", "Nguồn vốn lấy từ đâu?", "vốn ngành điện"),
    ),
    Trap(
        "notice",
        _page(
            "<div class='detail'><h1>Thông báo tuyển dụng viên chức Trung tâm Y tế huyện năm 2024</h1><p>03/02/2024 08:15</p><div><p>Căn cứ Quyết định số 112/QĐ-UBND ngày 15/01/2024 của Ủy ban nhân dân tỉnh, Trung tâm Y tế huyện thông báo tuyển dụng 12 viên chức.</p><p>1. Thời gian nhận hồ sơ: từ ngày 10/02/2024 đến hết ngày 10/03/2024.</p><p>2. Địa điểm nhận hồ sơ: Phòng Tổ chức - Hành chính, số 45 đường Hùng Vương.</p><p>Mọi thắc mắc xin liên hệ số điện thoại 0999.345.678 để được hướng dẫn./.</p></div></div>",
            title="Thông báo tuyển dụng viên chức Trung tâm Y tế huyện năm 2024",
        ),
        "2024-02-03",
        "Thông báo tuyển dụng viên chức Trung tâm Y tế huyện năm 2024",
        ("Căn cứ Quyết định số 112", "1. Thời gian nhận hồ sơ", "2. Địa điểm nhận hồ sơ", "Mọi thắc mắc"),
    ),
    Trap(
        "notice-undated",
        _page(
            "<div class='detail'><h1>Thông báo lịch tiếp công dân của Chủ tịch UBND xã</h1><div><p>Thực hiện Luật Tiếp công dân ngày 25/11/2013 và Quyết định số 08/QĐ-UBND ngày 02/01/2024 của Chủ tịch UBND xã.</p><p>Chủ tịch UBND xã tiếp công dân vào ngày 15 hằng tháng tại trụ sở, trùng ngày nghỉ thì tiếp vào ngày làm việc kế tiếp.</p></div></div>",
            title="Thông báo lịch tiếp công dân của Chủ tịch UBND xã",
        ),
        None,
        "Thông báo lịch tiếp công dân của Chủ tịch UBND xã",
        ("Thực hiện Luật Tiếp công dân", "tiếp công dân vào ngày 15"),
    ),
    Trap(
        "short-news",
        _page(f"<div class='detail'><h1>{TITLE}</h1><p>03/02/2024 08:15</p><div><p>{S.body[0]}</p></div></div>"),
        "2024-02-03",
        keep=S.body[:1],
    ),
    Trap(
        "description-only",
        _page(
            f"<div class='detail'><h1>{TITLE}</h1><p>03/02/2024 08:15</p><div>{TEXT}</div></div>",
            head=f"<meta name='description' content='{S.lead}'>",
        ),
        "2024-02-03",
    ),
    Trap(
        "nested-spans",
        _story("<p>03/02/2024 08:15</p>").replace("<p>Công trình", "<p><span><span style='font-size:14px'><span>Công</span> tr</span>ình"),
        "2024-02-03",
    ),
    Trap(
        "hidden-spam",
        _story("<p>03/02/2024 08:15</p>").replace(
            "<p>Công", "<div style='display:none'><p>Nhà cái uy tín, nạp rút nhanh chóng trong ngày hôm nay.</p></div><p>Công"
        ),
        "2024-02-03",
        drop=("Nhà cái",),
    ),
    Trap("upper-tags", _story("<P>03/02/2024 08:15</P>").replace("<p>", "<P>").replace("</p>", ""), "2024-02-03"),
    Trap("unquoted", _story("<p class=date>03/02/2024 08:15").replace("</p>", ""), "2024-02-03"),
    Trap(
        "header-apart",
        _page(
            f"<div class='page-title-banner'><div class='container'><h1>{TITLE}</h1></div></div><div class='container'><p>03/02/2024 08:15</p><div><p>{S.lead}</p>{TEXT}</div></div>"
        ),
        "2024-02-03",
    ),
    Trap(
        "print-view",
        f"<html><head><meta charset='utf-8'><title>In bài viết</title></head><body><h3>{TITLE}</h3><p>Thứ bảy - 03/02/2024 08:15</p><p>{S.lead}</p>{TEXT}<p>URL của bản tin này: <a href='http://dongha.example/1'>http://dongha.example/1</a></p><p>© Cổng thông tin điện tử huyện</p></body></html>",
        "2024-02-03",
        drop=("URL của bản tin",),
    ),
    Trap(
        "pages",
        _story(
            "<p>03/02/2024 08:15</p>",
            below="<div>Trang: <b>1</b> <a href='?page=2'>2</a> <a href='?page=3'>3</a> <a href='?page=2'>Trang sau »</a></div>",
        ),
        "2024-02-03",
        drop=("Trang sau",),
    ),
    Trap(
        "previous-next",
        _story(
            "<p>03/02/2024 08:15</p>",
            below="<div>« <a href='/1'>Huyện Ea Kar tổng kết công tác dân số năm qua</a></div><div><a href='/2'>Gần 200 vận động viên tranh tài giải việt dã mừng xuân</a> »</div>",
        ),
        "2024-02-03",
        drop=("Huyện Ea Kar", "Gần 200"),
    ),
    Trap(
        "byline-above",
        _story("<p class='byline'>Bài, ảnh: Giàng Seo Phử</p><p>03/02/2024 08:15</p>"),
        "2024-02-03",
        author="Giàng Seo Phử",
        drop=("Bài, ảnh",),
    ),
    Trap(
        "source-below",
        _story("<p>03/02/2024 08:15</p>", below="<p style='text-align:right'><em>Theo Báo Đông Hà điện tử</em></p>"),
        "2024-02-03",
        drop=("Theo Báo Đông Hà",),
    ),
    Trap(
        "attachment",
        _story("<p>03/02/2024 08:15</p>", below="<p>Tệp đính kèm: <a href='/a.pdf'>ke-hoach.pdf</a></p><p>File đính kèm</p>"),
        "2024-02-03",
        drop=("ke-hoach.pdf",),
    ),
    Trap(
        "poll",
        _story(
            "<p>03/02/2024 08:15</p>",
            below="<div class='poll'><p>Thăm dò ý kiến</p><p>Bạn đánh giá thế nào về chất lượng dịch vụ công?</p><ul><li>Rất tốt</li><li>Tốt</li></ul><a>Biểu quyết</a> <a>Xem kết quả</a></div>",
        ),
        "2024-02-03",
        drop=("Bạn đánh giá", "Biểu quyết"),
    ),
    Trap(
        "newsletter",
        _story("<p>03/02/2024 08:15</p>", below="<p>Đăng ký nhận tin qua email</p><input type=email><p>Theo dõi Báo Đông Hà trên Zalo</p>"),
        "2024-02-03",
        drop=("Đăng ký nhận tin", "Theo dõi Báo"),
    ),
    Trap(
        "ads-between",
        _story("<p>03/02/2024 08:15</p>").replace(
            f"<p>{S.body[2]}</p>", f"<p style='text-align:center'>- Quảng cáo -</p><p>{S.body[2]}</p><div>Advertisement</div>"
        ),
        "2024-02-03",
        drop=("Quảng cáo", "Advertisement"),
    ),
    Trap(
        "entities",
        _story("<p>03/02/2024 08:15</p>").replace("Công trình", "C&ocirc;ng tr&#236;nh").replace("điện", "đi&#7879;n"),
        "2024-02-03",
    ),
    Trap("icelandic-eth", _story("<p>03/02/2024 08:15</p>").replace("Đúng 17", "Ðúng 17"), "2024-02-03", keep=(S.lead, *S.body)),
)
