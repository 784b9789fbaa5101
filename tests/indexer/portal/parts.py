"""Parts that surround an article, each in the many forms portals have. A part is (markup, lines that must not be in the text)."""

# ruff: noqa: E501 — markup is kept on long lines as sites write it

from __future__ import annotations

from collections.abc import Callable
from datetime import date

Part = tuple[str, tuple[str, ...]]
_WEEKDAYS = ("hai", "ba", "tư", "năm", "sáu", "bảy")


def weekday(day: date) -> str:
    return "Chủ nhật" if day.weekday() == 6 else f"Thứ {_WEEKDAYS[day.weekday()]}"


DATES: tuple[Callable[[date], str], ...] = (
    lambda d: f"{d:%d/%m/%Y}",
    lambda d: f"{d:%d/%m/%Y} 08:15",
    lambda d: f"08:15 {d:%d/%m/%Y}",
    lambda d: f"08:15 | {d:%d/%m/%Y}",
    lambda d: f"{d:%d-%m-%Y} | 8:15",
    lambda d: f"{weekday(d)}, {d:%d/%m/%Y} - 08:15",
    lambda d: f"{weekday(d)}, ngày {d:%d/%m/%Y}",
    lambda d: f"{weekday(d)}, {d.day}/{d.month}/{d.year}, 08:15 (GMT+7)",
    lambda d: f"{weekday(d)}, ngày {d.day} tháng {d.month} năm {d.year}",
    lambda d: f"Ngày đăng: {d:%d/%m/%Y}",
    lambda d: f"Ngày đăng: {d:%d-%m-%Y} 08:15:22",
    lambda d: f"Đăng ngày: {d.day}/{d.month}/{d.year} - Lượt xem: 1.207",
    lambda d: f"(Cập nhật lúc: {d:%d/%m/%Y} 08:15)",
    lambda d: f"Cập nhật: {d:%d/%m/%Y} 08:15 AM",
    lambda d: f"Đăng lúc: 08:15, {d:%d/%m/%Y}",
    lambda d: f"Thời gian đăng: {d:%d/%m/%Y} 08:15:00 SA",
    lambda d: f"{d:%d/%m/%Y} 08:15:03 SA | Đã xem: 342",
    lambda d: f"{d:%d/%m/%Y} lúc 08:15 (GMT+7)",
    lambda d: f"{d:%d.%m.%Y}",
    lambda d: f"{d.day} Tháng {d.month}, {d.year}",
    lambda d: f"{d:%Y-%m-%d} 08:15:00",
    lambda d: f"Xuất bản: {d:%d/%m/%Y}",
    lambda d: f"8h15' ngày {d.day}/{d.month}/{d.year}",
    lambda d: f"{weekday(d)} - {d:%d/%m/%Y} 08:15",
    lambda d: f"Ngày {d.day:02d} tháng {d.month:02d} năm {d.year}, 08 giờ 15 phút",
    lambda d: f"Posted on {d:%d/%m/%Y} by admin",
    lambda d: f"Thời sự - 08:15, {d:%d/%m/%Y}",
    lambda d: f"{d:%d} Th{d.month}, {d.year}",
    lambda d: f"Th{d.month} {d.day}, {d.year}",
    lambda d: f"Ngày tạo: {d:%d/%m/%Y} &nbsp;|&nbsp; Lượt xem: 88 &nbsp;|&nbsp; Người đăng: Quản trị",
)

CLOCKS: tuple[Part, ...] = (
    ("", ()),
    ("<div class='date-now'>Thứ bảy, ngày 21 tháng 11 năm 2026</div>", ("ngày 21 tháng 11 năm 2026",)),
    ("<span id='lblNgayGio'>Hôm nay: 21/11/2026 - 09:12:44</span>", ("Hôm nay: 21/11/2026",)),
    ("<td class='top'><font size=2>Thứ Bảy, 21/11/2026 09:12</font></td>", ("21/11/2026 09:12",)),
    (
        "<div id='clock'>09:12 SA | 21/11/2026</div><div class='lang'><a href='/vi'>Tiếng Việt</a> | <a href='/en'>English</a></div>",
        ("English",),
    ),
    ("<p class='hotline'>Đường dây nóng: 0999 123 456</p><p>Bây giờ là: 21/11/2026, 09:12</p>", ("Đường dây nóng", "Bây giờ là")),
)

MENUS: tuple[Part, ...] = (
    (
        "<ul class='menu'><li><a href='/'>Trang chủ</a></li><li><a href='/gioi-thieu'>Giới thiệu</a></li><li><a href='/tin'>Tin tức - Sự kiện</a></li><li><a href='/vb'>Văn bản pháp quy</a></li></ul>",
        ("Văn bản pháp quy",),
    ),
    (
        "<table width='100%'><tr><td><a href='/'>TRANG CHỦ</a></td><td><a href='/a'>BỘ MÁY TỔ CHỨC</a></td><td><a href='/b'>DỊCH VỤ CÔNG</a></td></tr></table>",
        ("BỘ MÁY TỔ CHỨC",),
    ),
    (
        "<nav><a href='/'>Trang chủ</a> <a href='/ct'>Chính trị</a> <a href='/kt'>Kinh tế</a> <a href='/vh'>Văn hóa - Thể thao</a></nav><div class='breadcrumb'><a href='/'>Trang chủ</a> › <a href='/kt'>Kinh tế</a></div>",
        ("Văn hóa - Thể thao",),
    ),
    (
        "<div id='topnav'><div><a href='/'>Trang nhất</a></div><div><a href='/2'>Công dân</a></div><div><a href='/3'>Doanh nghiệp</a></div><div><a href='/4'>Du khách</a></div></div><div class='marquee'>Chào mừng bạn đến với Cổng thông tin điện tử của huyện!</div>",
        ("Du khách", "Chào mừng bạn đến"),
    ),
)

TOOLS: tuple[Part, ...] = (
    ("", ()),
    ("<div class='tools'><a>A-</a> <a>A</a> <a>A+</a> <a>In bài viết</a> <a>Gửi email</a></div>", ("In bài viết",)),
    (
        "<ul class='list-inline'><li>Xem với cỡ chữ: </li><li><a>T</a></li><li><a>T</a></li><li><a>Tương phản</a></li></ul><p>Đọc bài viết</p>",
        ("Xem với cỡ chữ", "Tương phản", "Đọc bài viết"),
    ),
    (
        "<p><img src='f.png'> <a href='#'>Chia sẻ Facebook</a> | <a href='#'>Zalo</a> | <a href='#'>Sao chép liên kết</a></p>",
        ("Chia sẻ Facebook",),
    ),
    ("<div>Cỡ chữ: <a>Nhỏ</a> <a>Vừa</a> <a>Lớn</a></div><div>Lượt xem: 2.341</div>", ("Cỡ chữ", "Lượt xem: 2.341")),
    ("<div><span>Nghe bài viết</span><audio></audio><span>0:00 / 2:41</span></div>", ("Nghe bài viết", "0:00 / 2:41")),
    ("<div>Màu chữ <select><option>Đen</option></select> Giãn dòng <a>+</a> <a>-</a></div>", ("Màu chữ", "Giãn dòng")),
)

OTHERS = (
    "Khánh thành nhà văn hóa thôn Phú Lộc trị giá 1,3 tỷ đồng",
    "Huyện Ea Kar tổng kết công tác dân số năm qua",
    "Lịch cắt điện từ ngày 15 đến ngày 21 trên địa bàn thị xã",
    "Gần 200 vận động viên tranh tài giải việt dã mừng xuân",
)
_TEASER = "Chiều cùng ngày, đoàn công tác của tỉnh đã đến thăm, tặng quà các gia đình chính sách tiêu biểu trên địa bàn."


def _list(form: str, items: tuple[str, ...] = OTHERS) -> str:
    return "".join(form.format(n=n, text=text, day=f"{3 + n:02d}/10/2025") for n, text in enumerate(items))


RELATED: tuple[Part, ...] = (
    ("", ()),
    (f"<h3>Tin liên quan</h3><ul>{_list('<li><a href=/{n}>{text}</a></li>')}</ul>", ("Tin liên quan", *OTHERS)),
    (f"<div><b>CÁC TIN KHÁC:</b></div><div>{_list('<div><a href=/{n}>{text}</a> <i>({day})</i></div>')}</div>", ("CÁC TIN KHÁC", *OTHERS)),
    (
        f"<p class='tit'>Bài viết cùng chuyên mục</p>{_list('<div class=item><a href=/{n}><img src=t.jpg></a><h4><a href=/{n}>{text}</a></h4><p>' + _TEASER + '</p></div>')}",
        ("Bài viết cùng chuyên mục", _TEASER, *OTHERS),
    ),
    (
        f"<table><tr><td><b>Các bài mới hơn</b></td></tr>{_list('<tr><td>- <a href=/{n}>{text}</a></td><td>{day}</td></tr>', OTHERS[:2])}<tr><td><b>Các bài cũ hơn</b></td></tr>{_list('<tr><td>- <a href=/{n}>{text}</a></td><td>{day}</td></tr>', OTHERS[2:])}</table>",
        ("Các bài mới hơn", "Các bài cũ hơn", *OTHERS),
    ),
    (
        f"<div class='title-block'>TIN CÙNG LOẠI</div>{_list('<p><a href=/{n}>» {text}</a> [{day}]</p>')}<p><a href='#'>Trang đầu</a> <a href='#'>1</a> <a href='#'>2</a> <a href='#'>Trang cuối</a></p>",
        ("TIN CÙNG LOẠI", "Trang cuối", *OTHERS),
    ),
    (
        f"<div><span>Tin mới nhất</span></div>{_list('<div><span>{day}</span> <a href=/{n}>{text}</a></div>')}<div><span>Xem nhiều nhất</span></div>{_list('<div><a href=/{n}>{text}</a> <span>({n} lượt xem)</span></div>')}",
        ("Tin mới nhất", "Xem nhiều nhất", *OTHERS),
    ),
    (
        f"<h2>Có thể bạn quan tâm</h2><section>{_list('<article><h3><a href=/{n}>{text}</a></h3><time>{day}</time><p>' + _TEASER + '</p></article>')}</section>",
        ("Có thể bạn quan tâm", _TEASER, *OTHERS),
    ),
    (
        f"<h4>Tin đã đưa</h4><ul>{_list('<li><a href=/{n}>{text}</a> ({day} 14:05)</li>')}</ul><p>Xem tiếp...</p>",
        ("Tin đã đưa", "Xem tiếp", *OTHERS),
    ),
)

TAILS: tuple[Part, ...] = (
    ("", ()),
    (
        "<div class='rating'>Đánh giá bài viết: 0/5 (0 lượt)</div><form><h4>Bình luận</h4><input name=ten placeholder='Họ tên'><textarea></textarea><p>Vui lòng nhập tiếng Việt có dấu, không quá 1000 ký tự.</p></form>",
        ("Đánh giá bài viết", "Vui lòng nhập"),
    ),
    ("<p>Tags: <a>nông nghiệp</a>, <a>thủy lợi</a></p><p>Số lượt xem: 1.532</p>", ("Tags:", "Số lượt xem")),
    (
        "<h3>Ý kiến bạn đọc (2)</h3><div><b>Nguyễn Văn Hải</b> 09:30 14/01/2025<p>Rất mừng cho bà con, mong chính quyền quan tâm hơn nữa đến các thôn xa trung tâm.</p></div><div><b>Lan Anh</b> 10:02 15/01/2025<p>Tin hay quá, cảm ơn tòa soạn đã đưa tin kịp thời về quê hương tôi.</p></div>",
        ("Ý kiến bạn đọc", "Rất mừng cho bà con", "Tin hay quá"),
    ),
    (
        "<div class='fb-comments'></div><p>Bạn cần đăng nhập để gửi bình luận.</p><p>Từ khóa: <a>điện lưới</a></p>",
        ("Bạn cần đăng nhập", "Từ khóa"),
    ),
    (
        "<form><p>Gửi ý kiến của bạn</p><input><input type=email><textarea></textarea><p>Mã xác nhận</p><input></form>",
        ("Gửi ý kiến của bạn", "Mã xác nhận"),
    ),
)

FEET: tuple[Part, ...] = (
    (
        "<div class='footer'>Cơ quan chủ quản: UBND huyện Đông Hà<br>Chịu trách nhiệm nội dung: Ông Lê Văn Tám - Chánh Văn phòng<br>Giấy phép số 15/GP-TTĐT do Sở Thông tin và Truyền thông cấp ngày 05/6/2019</div>",
        ("Cơ quan chủ quản", "Giấy phép số 15"),
    ),
    (
        "<table><tr><td align=center>© Bản quyền thuộc Trang thông tin điện tử xã Tân Hòa. Ghi rõ nguồn khi phát hành lại thông tin từ website này.<br>Địa chỉ: 12 đường Trần Phú, thị trấn Tân Hòa. Điện thoại: 0999.3.456.789 - Fax: 0999.3.456.788</td></tr></table>",
        ("Bản quyền thuộc", "Địa chỉ: 12"),
    ),
    (
        "<footer><p>BÁO ĐÔNG HÀ ĐIỆN TỬ</p><p>Tổng Biên tập: Võ Thành Nhân</p><p>Giấy phép hoạt động báo chí số 271/GP-BTTTT cấp ngày 16 tháng 7 năm 2020</p><p>Thiết kế bởi VNPT</p></footer>",
        ("Tổng Biên tập", "Thiết kế bởi"),
    ),
    (
        "<div id='cuoi'>Trang thông tin điện tử thị xã<br>Thống kê truy cập<br>Đang truy cập: 41<br>Hôm nay: 2.006<br>Tổng cộng: 8.112.450<br>Cập nhật lần cuối: 20/11/2026 16:20</div>",
        ("Thống kê truy cập", "Tổng cộng", "Cập nhật lần cuối"),
    ),
)

INSIDE: tuple[Part, ...] = (
    ("", ()),
    (
        "<p style='text-align:center'><img src='a.jpg'></p><p style='text-align:center'><em>Lãnh đạo địa phương kiểm tra công trình. Ảnh: CTV</em></p>",
        ("Lãnh đạo địa phương kiểm tra công trình",),
    ),
    (
        "<table align=center><tr><td><img src='a.jpg'></td></tr><tr><td class='image_desc'>Người dân phấn khởi trong ngày vui (Ảnh: T.L)</td></tr></table>",
        ("Người dân phấn khởi trong ngày vui",),
    ),
    ("<figure><img src='a.jpg'><figcaption>Một góc trung tâm xã nhìn từ trên cao</figcaption></figure>", ("Một góc trung tâm xã",)),
    (
        f"<div class='box-tin-lien-quan'><p>Tin liên quan</p><ul><li><a href='/x'>{OTHERS[0]}</a></li><li><a href='/y'>{OTHERS[1]}</a></li></ul></div>",
        OTHERS[:2],
    ),
    (f"<p><strong>&gt;&gt;&gt; <a href='/x'>{OTHERS[2]}</a></strong></p>", OTHERS[2:3]),
    (f"<p><em>Xem thêm: <a href='/x'>{OTHERS[3]}</a></em></p>", OTHERS[3:4]),
    ("<div class='adv'><p>Quảng cáo</p></div>", ("Quảng cáo",)),
    ("<div class='video'><p>Trình duyệt không hỗ trợ video.</p></div>", ("Trình duyệt không hỗ trợ",)),
)

AUTHORS: tuple[str, ...] = (
    "",
    "<p style='text-align: right;'><strong>{0}</strong></p>",
    "<p align='right'><b><i>{0}</i></b></p>",
    "<div class='author'>{0}</div>",
    "<p>Tác giả: {0}</p>",
    "<p><strong>Tác giả bài viết: {0}</strong></p>",
    "<p style='text-align:right'>Tin, ảnh: {0}</p>",
    "<p style='text-align:right'><em>Bài và ảnh: {0}</em></p>",
    "<p>Người viết: {0}</p>",
    "<p class='tacgia'>{0}</p>",
    "<p style='text-align:right'>({0})</p>",
)
