"""Pages that are no article: (name, outcomes that are right, markup, address)."""

# ruff: noqa: E501 — markup is kept on long lines as sites write it

from __future__ import annotations

from tests.indexer.portal.parts import FEET, MENUS, OTHERS

MENU, FOOT = MENUS[0][0], FEET[0][0]
SAPO = "Chiều cùng ngày, đoàn công tác của tỉnh đã đến thăm, tặng quà các gia đình chính sách tiêu biểu trên địa bàn."
MORE = (
    *OTHERS,
    "Công an xã Tân Hòa nhận phần thưởng vì an ninh",
    "Trồng 3.000 cây bời lời trên đất dốc",
    "Sạt lở chia cắt tỉnh lộ 665, xe tải nối đuôi",
    "Học sinh Ea Súp góp sách tặng bạn vùng lũ",
)
SHORT_LIST = ("list", "home")


def _page(title: str, body: str) -> str:
    return f"<html><head><meta charset='utf-8'><title>{title}</title></head><body>{MENU}{body}{FOOT}</body></html>"


def _items(form: str, items: tuple[str, ...] = MORE) -> str:
    return "".join(form.format(n=n, t=text, d=f"{3 + n:02d}/10/2025", s=SAPO) for n, text in enumerate(items))


_PHOTO = "<div class='item'><a href='/anh/{n}'><img src='/thumb/{n}.jpg'></a><p>{t}</p></div>"
_NAMES = "".join(
    f"<tr><td>{n}</td><td><a href='/vb/{n}'>{10 + n}/2025/QĐ-UBND</a></td><td>{n + 1:02d}/09/2025</td><td>Về việc phê duyệt kế hoạch sử dụng đất năm {2020 + n}</td></tr>"
    for n in range(1, 9)
)

OTHER_PAGES: tuple[tuple[str, tuple[str, ...], str, str | None], ...] = (
    (
        "section-sapo",
        SHORT_LIST,
        _page(
            "Tin hoạt động - Huyện Đông Hà",
            "<h1>Tin hoạt động</h1>"
            + _items("<div class='news'><h3><a href='/{n}'>{t}</a></h3><span>{d}</span><p>{s}</p></div>")
            + "<div class='pagination'><a>1</a><a>2</a><a>Cuối</a></div>",
        ),
        "https://dongha.example/tin-hoat-dong",
    ),
    (
        "section-links",
        SHORT_LIST,
        _page("Kinh tế", "<h2>Kinh tế</h2><ul>" + _items("<li><a href='/{n}'>{t}</a> ({d})</li>") + "</ul>"),
        None,
    ),
    (
        "section-table",
        SHORT_LIST,
        _page(
            "Cổng thông tin điện tử huyện Đông Hà",
            "<table>"
            + _items(
                "<tr><td><img src=t.jpg></td><td><a href='/{n}'><b>{t}</b></a><br><i>{d}</i><br>{s} <a href='/{n}'>Xem tiếp</a></td></tr>"
            )
            + "</table>",
        ),
        None,
    ),
    (
        "section-two",
        SHORT_LIST,
        _page(
            "Văn hóa",
            "<h1>Văn hóa</h1>"
            + _items("<article><h2><a href='/{n}'>{t}</a></h2><p>{s}</p><a href='/{n}'>Đọc tiếp</a></article>", MORE[:3]),
        ),
        None,
    ),
    (
        "section-card",
        SHORT_LIST,
        _page(
            "Chuyển đổi số | Đông Hà",
            "<div class='grid'>" + _items("<a class='card' href='/{n}'><img src=a><h4>{t}</h4><p>{s}</p><time>{d}</time></a>") + "</div>",
        ),
        None,
    ),
    (
        "tag",
        SHORT_LIST,
        _page(
            "Tag: thủy lợi",
            "<h1>thủy lợi</h1><p>Tìm thấy 8 bài viết với từ khóa thủy lợi</p>" + _items("<div><a href='/{n}'>{t}</a><p>{s}</p></div>"),
        ),
        None,
    ),
    (
        "archive",
        SHORT_LIST,
        _page(
            "Lưu trữ tháng 10/2025",
            "<h1>Lưu trữ tháng 10/2025</h1>" + _items("<h2><a href='/{n}'>{t}</a></h2><div class='entry-summary'>{s} […]</div>"),
        ),
        None,
    ),
    (
        "home-paper",
        ("home", "list"),
        _page(
            "Báo Đông Hà điện tử",
            "<div class='top'>"
            + _items("<h2><a href='/{n}'>{t}</a></h2>", MORE[:2])
            + f"<p>{SAPO}</p></div><div>"
            + _items("<li><a href='/x{n}'>{t} ngày càng nhiều</a></li>") * 3
            + "</div>",
        ),
        "https://bao.example/",
    ),
    (
        "home-portal",
        ("home", "list"),
        _page(
            "Trang chủ - Cổng thông tin điện tử huyện Đông Hà",
            "<div id='slide'>"
            + _items("<a href='/{n}'><img src=a><span>{t}</span></a>")
            + "</div><h3>Thông báo</h3><ul>"
            + _items("<li><a href='/tb{n}'>{t}</a></li>")
            + "</ul><h3>Thư viện ảnh</h3><h3>Liên kết website</h3>",
        ),
        "https://dongha.example",
    ),
    (
        "login",
        ("form",),
        _page(
            "Đăng nhập",
            "<h2>Đăng nhập hệ thống</h2><form><label>Tên đăng nhập</label><input name=u><label>Mật khẩu</label><input type=password name=p><input type=submit></form><p>Quên mật khẩu? Vui lòng liên hệ quản trị viên để được cấp lại mật khẩu.</p>",
        ),
        None,
    ),
    (
        "contact",
        ("form",),
        _page(
            "Liên hệ - Góp ý",
            "<h1>Liên hệ</h1><p>Mọi ý kiến xin gửi về Văn phòng HĐND và UBND huyện theo mẫu dưới đây.</p><form>Họ tên <input name=a> Email <input type=email> Điện thoại <input type=tel> Nội dung <textarea></textarea><input type=submit></form>",
        ),
        None,
    ),
    (
        "question",
        ("form",),
        _page(
            "Đặt câu hỏi",
            "<h1>Đặt câu hỏi</h1><form><p>Thông tin người hỏi</p><input name=a><input name=b><input type=email><textarea></textarea><p>Câu hỏi của bạn sẽ được gửi đến cơ quan chức năng để trả lời.</p></form>",
        ),
        None,
    ),
    (
        "search",
        ("form", "list", "error"),
        _page(
            "Tìm kiếm", "<h1>Kết quả tìm kiếm</h1><form><input name=q></form><p>Không tìm thấy kết quả nào phù hợp với từ khóa của bạn.</p>"
        ),
        None,
    ),
    (
        "search-hits",
        ("form", "list"),
        _page("Kết quả tìm kiếm", "<form><input name=q></form>" + _items("<p><a href='/{n}'>{t}</a><br>{s}</p>")),
        None,
    ),
    (
        "sendmail",
        ("form",),
        _page(
            "Giới thiệu bài viết cho bạn bè",
            "<h1>Giới thiệu bài viết cho bạn bè</h1><form><input name=a><input type=email name=b><input type=email name=c><textarea></textarea></form>",
        ),
        None,
    ),
    (
        "404-tomcat",
        ("error",),
        "<html><head><title>HTTP Status 404 – Not Found</title></head><body><h1>HTTP Status 404 – Not Found</h1><hr/><p><b>Type</b> Status Report</p><p><b>Message</b> /web/guest/tin-tuc</p><p><b>Description</b> The origin server did not find a current representation for the target resource or is not willing to disclose that one exists.</p><hr/><h3>Apache Tomcat/8.5.57</h3></body></html>",
        None,
    ),
    (
        "404-own",
        ("error",),
        _page(
            "Không tìm thấy trang", "<h1>Lỗi 404</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa. Vui lòng quay lại trang chủ.</p>"
        ),
        None,
    ),
    (
        "404-wordpress",
        ("error",),
        _page(
            "Không tìm thấy trang &#8211; Đông Hà",
            "<h1 class='page-title'>Oops! Không thể tìm thấy trang này.</h1><p>Có vẻ như không có gì được tìm thấy ở đây. Hãy thử tìm kiếm?</p><form><input type='search'></form>",
        ),
        None,
    ),
    (
        "500-asp",
        ("error",),
        "<html><head><title>Runtime Error</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><b>Description: </b>An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed remotely.</body></html>",
        None,
    ),
    (
        "403",
        ("error",),
        "<html><head><title>403 Forbidden</title></head><body><center><h1>403 Forbidden</h1></center><hr><center>nginx</center></body></html>",
        None,
    ),
    (
        "502",
        ("error",),
        "<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center></body></html>",
        None,
    ),
    (
        "maintenance",
        ("error",),
        _page("Thông báo", "<h1>Website đang bảo trì</h1><p>Hệ thống đang được nâng cấp, xin quý vị vui lòng quay lại sau.</p>"),
        None,
    ),
    ("denied", ("error", "form"), _page("Access Denied", "<h1>Access Denied</h1><p>Bạn không có quyền truy cập nội dung này.</p>"), None),
    ("album", ("gallery", "list"), _page("Thư viện ảnh", "<h1>Hình ảnh lễ hội đua thuyền</h1>" + _items(_PHOTO)), None),
    (
        "album-bare",
        ("gallery", "list"),
        _page(
            "Album ảnh: Đông Hà xưa",
            "<h1>Đông Hà xưa</h1><div class='photos'>"
            + "".join(f"<a href='/p/{n}.jpg'><img src='/t/{n}.jpg'></a>" for n in range(24))
            + "</div>",
        ),
        None,
    ),
    (
        "videos",
        ("gallery", "list"),
        _page(
            "Video",
            "<h1>Video clip</h1>"
            + _items("<div class='video-item'><a href='/v{n}'><img src=a></a><h3><a href='/v{n}'>{t}</a></h3><span>{d}</span></div>"),
        ),
        None,
    ),
    (
        "documents",
        (*SHORT_LIST, "rejected"),
        _page(
            "Văn bản pháp quy",
            f"<h1>Văn bản pháp quy</h1><table><tr><th>STT</th><th>Số ký hiệu</th><th>Ngày ban hành</th><th>Trích yếu</th></tr>{_NAMES}</table>",
        ),
        None,
    ),
    ("empty-section", ("list", "rejected", "error"), _page("Tin tức", "<h1>Quy hoạch</h1><p>Nội dung đang được cập nhật.</p>"), None),
    (
        "empty-shell",
        ("rejected", "list"),
        "<html><head><title>Cổng thông tin</title></head><body><div id='root'></div><script src='a.js'></script></body></html>",
        None,
    ),
    (
        "links",
        SHORT_LIST,
        _page(
            "Liên kết website",
            "<h1>Liên kết website</h1><ul>"
            + "".join(f"<li><a href='https://so{n}.example'>Sở Nội vụ và các đơn vị trực thuộc số {n}</a></li>" for n in range(12))
            + "</ul>",
        ),
        None,
    ),
    (
        "sitemap",
        SHORT_LIST,
        _page(
            "Sơ đồ cổng",
            "<h1>Sơ đồ cổng</h1><ul>"
            + "".join(f"<li><a href='/m{n}'>Chuyên mục thông tin tuyên truyền số {n}</a></li>" for n in range(30))
            + "</ul>",
        ),
        None,
    ),
    (
        "cookie",
        ("error", "rejected", "form"),
        "<html><head><title>Just a moment...</title></head><body><h1>Checking your browser</h1><noscript>Enable JavaScript and cookies to continue</noscript></body></html>",
        None,
    ),
)
