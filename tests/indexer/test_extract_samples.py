"""Every site family on pages written for these tests: invented news, invented people, no template copied.

Also the same pages with all classes, ids and head statements taken away: what the generic rules must find alone.
"""

# ruff: noqa: E501 — the pages are kept on long lines as sites write them

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest

from indexer.extract import extract
from indexer.model import Article, Page, Rejected

MENU = "<ul><li><a href='/'>Trang chủ</a></li><li><a href='/gt'>Giới thiệu</a></li><li><a href='/tt'>Tin tức - Sự kiện</a></li><li><a href='/vb'>Văn bản chỉ đạo điều hành</a></li><li><a href='/tthc'>Thủ tục hành chính</a></li></ul>"
FOOT = "<div id='footer'>Bản quyền thuộc về UBND huyện Sông Lam<br>Chịu trách nhiệm chính: Chánh Văn phòng<br>Giấy phép số 21/GP-TTĐT do Sở TT&amp;TT cấp ngày 09/08/2018 - Điện thoại: (0999) 3 111 222</div>"
COUNTER = "<div class='thong-ke'>Đang trực tuyến: 12<br>Hôm nay: 845<br>Tháng này: 20.118<br>Tổng lượt truy cập: 1.234.567</div>"
NOISE = ("Thủ tục hành chính", "Giấy phép số 21", "Chịu trách nhiệm", "Hôm nay: 845", "Tổng lượt truy cập", "Trang chủ")


@dataclass(frozen=True)
class Story:
    """An article as it should come out of any page."""

    title: str
    lead: str
    body: tuple[str, ...]
    author: str
    day: str

    @property
    def dmy(self) -> str:
        year, month, day = self.day.split("-")
        return f"{day}/{month}/{year}"


@dataclass(frozen=True)
class Sample:
    """A page and what extraction must give: `exclude` are lines that must not be in lead or body."""

    name: str
    html: str
    story: Story
    exclude: tuple[str, ...] = ()
    author: bool = True
    url: str | None = None


BRIDGE = Story(
    "Xã Hòa Tiến khánh thành cầu treo qua suối Nậm Pô",
    "Cây cầu dài 84 m giúp hơn 300 hộ dân hai bản không còn phải lội suối trong mùa mưa.",
    (
        "Sáng 14-9, UBND xã Hòa Tiến tổ chức lễ khánh thành cầu treo qua suối Nậm Pô, công trình được khởi công từ đầu năm.",
        "Cầu có tổng vốn 2,4 tỷ đồng, trong đó ngân sách huyện 1,6 tỷ đồng, phần còn lại do các nhà hảo tâm và bà con đóng góp ngày công.",
        "Hôm nay, niềm vui hiện rõ trên gương mặt các em học sinh bản Phiêng Ban khi lần đầu được đi học bằng cầu mới.",
        "Ông Lò Văn Pản, Chủ tịch UBND xã, cho biết thời gian tới xã sẽ vận động làm thêm 1,2 km đường bê tông nối từ đầu cầu vào trung tâm bản.",
    ),
    "Quỳnh Trang",
    "2022-09-15",
)
BUDGET = Story(
    "Huyện Sông Lam thu ngân sách 9 tháng đạt 81% dự toán",
    "Thu ngân sách trên địa bàn huyện Sông Lam đạt 112,6 tỷ đồng, trong đó thu tiền sử dụng đất chiếm gần một nửa.",
    (
        "Chiều 3/10, Thường trực Huyện ủy Sông Lam nghe UBND huyện báo cáo tình hình kinh tế - xã hội 9 tháng đầu năm 2023 và bàn nhiệm vụ quý IV.",
        "Theo báo cáo, tổng thu ngân sách trên địa bàn đạt 112,6 tỷ đồng, bằng 81% dự toán; tổng chi đạt 389 tỷ đồng.",
        "Nguồn vốn đầu tư công được giao 146 tỷ đồng, đến nay giải ngân 58,3%, thấp hơn bình quân chung của tỉnh.",
        "Kết luận cuộc họp, Bí thư Huyện ủy Trần Đức Lân yêu cầu các xã rà soát từng dự án chậm tiến độ, báo cáo trước ngày 20/10.",
        "Trực tuyến từ điểm cầu các xã, nhiều ý kiến đề nghị tỉnh sớm phê duyệt giá đất cụ thể để đấu giá các lô còn lại./.",
    ),
    "Hà Phương",
    "2023-10-04",
)
SCHOOL = Story(
    "Trường Tiểu học Tân Lập đón bằng công nhận đạt chuẩn quốc gia",
    "Sau ba năm phấn đấu, nhà trường đạt 5/5 tiêu chuẩn của trường chuẩn quốc gia mức độ 1.",
    (
        "Ngày 18/11, Trường Tiểu học Tân Lập (thị trấn Tân Lập) long trọng tổ chức lễ đón bằng công nhận trường đạt chuẩn quốc gia mức độ 1.",
        "Trường hiện có 22 lớp với 684 học sinh, trong đó học sinh dân tộc thiểu số chiếm 41%; tỷ lệ hoàn thành chương trình lớp học đạt 99,3%.",
        "“Chia sẻ niềm vui với thầy và trò, phụ huynh chúng tôi góp sức làm sân chơi, trồng thêm cây xanh”, chị Hoàng Thị Nhàn nói.",
    ),
    "Đỗ Minh",
    "2021-11-19",
)
STORM = Story(
    "Bão số 5 làm 2 người bị thương, tốc mái 61 căn nhà ở Vĩnh Hải",
    "Mưa lớn kèm gió giật cấp 9 đêm 21/9 gây thiệt hại nặng về nhà cửa và hoa màu của người dân xã ven biển.",
    (
        "Theo báo cáo nhanh của Ban Chỉ huy phòng, chống thiên tai xã Vĩnh Hải, đến 7 giờ sáng 22/9 toàn xã có 2 người bị thương, 61 căn nhà tốc mái, 4 căn sập hoàn toàn.",
        "Lực lượng dân quân, đoàn viên thanh niên cùng bộ đội biên phòng đã giúp dân dọn cây đổ, che tạm mái nhà ngay trong đêm.",
        "Tin bão đến gần khiến 112 tàu cá phải vào bờ từ chiều 20/9, không có thiệt hại trên biển.",
        "UBND xã đề nghị huyện hỗ trợ 30.000 tấm ngói và 5 tấn gạo cứu đói cho các hộ bị thiệt hại nặng.",
    ),
    "Lê Hoàng Nam",
    "2020-09-22",
)


def paragraphs(story: Story, tag: str = "p", attributes: str = "") -> str:
    return "".join(f"<{tag}{attributes}>{text}</{tag}>" for text in story.body)


RELATED = (
    "Khởi công tuyến đường liên xã Đồng Tâm - Bình Minh",
    "Trao 50 con bò giống cho hộ nghèo vùng biên",
    "Giải bóng chuyền nông dân huyện Sông Lam lần thứ VII",
)


def related_list(dates: str = "({}/08/2019)") -> str:
    return (
        "<ul>"
        + "".join(f"<li><a href='/tin/{n}'>{text}</a> {dates.format(10 + n) if dates else ''}</li>" for n, text in enumerate(RELATED))
        + "</ul>"
    )


def cms_paper(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>{s.title} | Báo Sông Lam điện tử</title><meta name="description" content="{s.lead}"><meta property="og:title" content="{s.title}">
<meta property="og:type" content="article"><script type="application/ld+json">{{"@context":"http://schema.org","@type":"BreadcrumbList","itemListElement":[]}}</script></head><body>
<header class="site-header"><div class="time" id="today">Chủ nhật, 05/11/2023</div>{MENU}</header><div class="breadcrumb"><a href="/">Trang chủ</a><a href="/xh">Xã hội</a></div>
<div class="l-content"><article class="article"><h1 class="article__title cms-title">{s.title}</h1><div class="article__meta"><span class="author cms-author">{s.author}</span> <time class="time cms-date" content="{s.day}T07:30:00+0700">{s.dmy} 07:30</time></div>
<div class="article__sapo cms-desc">{s.lead}</div><div class="article__body zce-content-body cms-body" itemprop="articleBody"><div class="ads_middle" id="adv1"><p>Quảng cáo</p></div><p>{s.body[0]}</p>
<table class="picture"><tbody><tr><td class="pic"><img src="a.jpg"></td></tr><tr><td class="caption"><p>Các đại biểu tham quan công trình. Ảnh: Q.T</p></td></tr></tbody></table>
<div class="article-relate cms-relate"><p><strong>Tin liên quan</strong></p><article class="story"><h4><a href="#">{RELATED[0]}</a></h4></article><article class="story"><h4><a href="#">{RELATED[1]}</a></h4></article></div>
{"".join(f"<p>{t}</p>" for t in s.body[1:])}</div><div class="article__tag"><h4>Từ khóa</h4><a href="#">#{s.title[:14]}</a><a href="#">Huyện Sông Lam</a></div><div class="article__social"><a>Facebook</a><a>Zalo</a><a>Copy link</a></div></article>
<div class="box-comment"><h3>Bình luận</h3><textarea placeholder="x"></textarea><p>Bài viết rất hay, mong tòa soạn có thêm nhiều bài như thế này nữa cho bà con đọc.</p></div>
<section class="box-lastest"><h3>Đọc thêm</h3>{related_list("")}</section></div><footer class="site-footer">{FOOT}</footer></body></html>"""


def vccorp(s: Story) -> str:
    y, m, d = s.day.split("-")
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{s.title}</title><meta property="og:title" content="{s.title}"/><meta property="og:site_name" content="Báo Sông Lam"/></head><body>
<div class="header__top"><span class="date-now">Thứ Sáu, 22/11/2024</span></div>{MENU}<div class="detail__main"><div class="detail-cate"><a data-role="cate-name" href="#">Thời sự</a></div><h1 class="detail-title"><span data-role="title">{s.title}</span></h1>
<div class="detail-author-bot"><div class="name" data-role="author">{s.author}</div><div class="detail-time"><div data-role="publishdate">{d}-{m}-{y} 10:15 AM | <a href="#">Thời sự</a></div></div></div>
<h2 class="detail-sapo" data-role="sapo">{s.lead}</h2><div class="detail-content afcbc-body" data-role="content" itemprop="articleBody"><p>{s.body[0]}</p>
<figure class="VCSortableInPreviewMode" type="Photo"><div><img src="x.jpg"></div><figcaption class="PhotoCMS_Caption"><p data-placeholder="Nhập chú thích ảnh">Người dân phấn khởi trong ngày hội của bản. Ảnh: CTV</p></figcaption></figure>
<div class="VCSortableInPreviewMode" type="RelatedOneNews"><div class="VCObjectBoxRelatedNewsItemWrapper"><a class="title" href="#">{RELATED[0]}</a><p class="VCObjectBoxRelatedNewsItemSapo">Tuyến đường dài 6,2 km có tổng mức đầu tư 38 tỷ đồng, dự kiến hoàn thành trong năm sau.</p></div></div>
{"".join(f"<p>{t}</p>" for t in s.body[1:])}</div><div class="detail-tab"><a>Trở thành người đầu tiên tặng sao cho bài viết</a><b>0</b></div><div class="detail__tag"><span>Tags:</span><a>{RELATED[2][:20]}</a></div>
<div class="detail__comment"><h3>Bình luận (0)</h3></div><div class="detail__related"><h3 class="title-box">Tin cùng chuyên mục</h3>{"".join(f'<div class="box-category-item"><h3><a href="#">{t}</a></h3><p class="box-category-sapo">Nhiều hoạt động thiết thực được triển khai tại các địa phương trong huyện thời gian qua.</p></div>' for t in RELATED)}</div></div>{FOOT}</body></html>"""


def mastercms(s: Story) -> str:
    return f"""<html><head><meta charset="utf-8"><title>{s.title} - Tạp chí Công nghiệp Sông Lam</title><meta name="description" content="{s.lead}"></head><body><div class="top-bar">Thứ bảy 04/11/2023 08:12</div>{MENU}
<div class="bx-breadcrumb"><a href="#">Tin tức</a></div><h1 class="post-title">{s.title}</h1><div class="bx-time">{s.dmy} 06:00 <a class="bx-follow">Theo dõi Tạp chí Công nghiệp Sông Lam trên Google News</a></div>
<div class="post-desc"><strong>TCSL - </strong>{s.lead}</div><div class="__MASTERCMS_CONTENT_BODY post-content __MASTERCMS_CONTENT" id="__MB_MASTERCMS_EL_3"><p style="text-align: justify;">{s.body[0]}</p>
<table class="MASTERCMS_TPL_TABLE"><tbody><tr><td><img class="__img_mastercms" src="a.jpg"></td></tr><tr><td>Quang cảnh buổi lễ. Ảnh: {s.author}</td></tr></tbody></table>
<table class="__MB_ARTICLE_A"><tr><td><a href="#">{RELATED[1]}</a></td><td><a href="#">{RELATED[2]}</a></td></tr></table>{"".join(f'<p style="text-align: justify;">{t}</p>' for t in s.body[1:])}<p style="text-align: right;"><strong>{s.author}</strong></p></div>
<div class="bx-tag">Từ khóa: <a>sông lam</a></div><div class="bx-rel"><h2>Có thể bạn quan tâm</h2>{related_list("")}</div>{FOOT}</body></html>"""


def nukeviet(s: Story) -> str:
    return f"""<!DOCTYPE html><html lang="vi"><head><title>{s.title} - Tin nổi bật - Trang thông tin điện tử xã</title><meta charset="utf-8"><meta name="generator" content="NukeViet v4.3"></head><body><noscript><div class="alert">Trình duyệt không hỗ trợ</div></noscript>
<div class="header">{MENU}<span class="clock">Thứ tư, 12/06/2024, 08:00</span></div><div class="container"><div class="col-md-16"><div class="news_column panel panel-default" itemtype="http://schema.org/NewsArticle" itemscope><div class="panel-body">
<h1 class="title margin-bottom-lg" itemprop="headline">{s.title}</h1><div class="hidden hide d-none" itemprop="author" itemtype="http://schema.org/Person" itemscope><span itemprop="name">admin</span></div><span class="hidden hide d-none" itemprop="datePublished">{s.day}T08:10:00+07:00</span>
<div class="row margin-bottom-lg"><div class="col-md-12"><span class="h5">Thứ sáu - {s.dmy} 08:10</span></div><div class="col-md-12"><ul class="list-inline text-right"><li><a class="dimgray">Gửi bài viết qua email</a></li><li><a>In ra</a></li><li><a>Lưu bài viết này</a></li></ul></div></div>
<div class="clearfix"><div class="hometext m-bottom" itemprop="description">{s.lead}</div><figure class="article center"><img src="a.jpg"/><figcaption>Toàn cảnh buổi lễ</figcaption></figure></div><div id="news-bodyhtml" class="bodytext margin-bottom-lg">{paragraphs(s, "div", ' style="text-align: justify;"')}</div>
<div class="margin-bottom-lg"><p class="h5 text-right"><strong>Tác giả bài viết: </strong>{s.author}</p><p class="h5 text-right"><strong>Nguồn tin: </strong>Ban Văn hóa xã</p></div></div></div>
<div class="news_column panel panel-default"><div class="panel-body"><div class="h5"><em class="fa fa-tags">&nbsp;</em><strong>Từ khóa: </strong><a><em>xã</em></a>, <a><em>khánh thành</em></a></div></div></div>
<div class="news_column panel"><div class="panel-body"><form id="form3B"><div class="h5 clearfix"><p id="stringrating">Tổng số điểm của bài viết là: 5 trong 1 đánh giá</p><span>Xếp hạng: <span>5</span> - <span>1</span> phiếu bầu</span><div><input type="radio" value="1"/></div></div></form><span>Click để đánh giá bài viết</span></div></div>
<div class="news_column panel"><div id="idcomment"><h3>Ý kiến bạn đọc</h3><form><input type="text" name="n"/><input type="email" name="e"/><textarea></textarea></form></div></div>
<div class="news_column panel"><p class="h3"><strong>Những tin mới hơn</strong></p>{related_list("<em>({}/10/2022)</em>")}<p class="h3"><strong>Những tin cũ hơn</strong></p>{related_list("<em>({}/08/2022)</em>")}</div></div><div class="col-md-8">{COUNTER}<div class="panel"><div class="panel-heading">Thăm dò ý kiến</div><p>Bạn thấy giao diện trang thông tin như thế nào?</p></div></div></div>{FOOT}</body></html>"""


def nukeviet_old(s: Story) -> str:
    return f"""<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"><title>{s.title}</title></head><body><div id="header">{MENU}</div><div class="news_column"><div id="news_detail"><h1>{s.title}</h1><span class="time">Thứ hai, {s.dmy} - 09:21 AM</span>
<div class="control"><ul><li><a class="sendmail"></a></li><li><a class="print"></a></li></ul></div><div style="clear: both;"></div><div id="hometext">{s.lead}</div><div class="bodytext">{paragraphs(s)}</div><p style="text-align: right;"><strong>Tác giả bài viết: </strong>{s.author}</p><p style="text-align: right;"><strong>Nguồn tin: </strong>Đài Truyền thanh huyện</p></div>
<div class="keywords"><strong>Từ khóa: </strong><a><em>huyện</em></a>, <a><em>thu ngân sách</em></a></div><p><strong>Những tin mới hơn</strong></p><ul class="related"><li><a href="#">{RELATED[0]}</a> <span class="date">(12/12/2023)</span></li></ul><p><strong>Những tin cũ hơn</strong></p><ul class="related"><li><a href="#">{RELATED[1]}</a> <span class="date">(01/10/2023)</span></li></ul></div>{COUNTER}{FOOT}</body></html>"""


def sharepoint(s: Story) -> str:
    return f"""<html dir="ltr"><head><meta name="GENERATOR" content="Microsoft SharePoint"/><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/><title>Trang chủ - Chi tiết tin</title></head><body><form name="aspnetForm" method="post" id="aspnetForm"><input type="hidden" name="__VIEWSTATE" id="__VIEWSTATE" value="{"aB3/" * 900}"/>
<div id="s4-topheader"><span id="ctl00_lblToday">Thứ 2, 06/11/2023</span><input type="text" id="txtSearch"/>{MENU}</div><div id="s4-workspace"><div class="cd-breadcrumb">Trang chủ &gt; Tin tức</div><div id="ctl00_SPWebPartManager1_g_275cd07f_ctl00_pnHide"><span>{s.dmy} 15:27</span></div>
<div id="divArticleDescription3"><h1>{s.title}</h1></div><div id="divArticleDescription1"><p><strong>{s.lead}</strong></p></div><div id="divArticleDescription2"><div class="ExternalClass9F1"><p>&#160;</p>{paragraphs(s, "p", ' class="MsoNormal" style="text-align&#58;justify"')}<p align="right"><em>{s.author}</em></p></div></div>
<div id="ctl00_SPWebPartManager1_g_275cd07f_ctl00_pnNguontin"><p><font>Nguồn: Văn phòng UBND huyện</font></p></div><table class="ms-tools"><tr><td><a>In trang</a></td><td><a>Gửi email</a></td></tr></table><div class="tinkhac"><h3>Các tin khác</h3>{related_list()}</div></div>{COUNTER}{FOOT}</form></body></html>"""


def aspnet(s: Story) -> str:
    return f"""<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN"><html><head><title>Cổng thông tin điện tử huyện Sông Lam</title><meta http-equiv="Content-Type" content="text/html; charset=utf-8"/></head><body><form method="post" action="xem-tin.aspx?id=88" id="form1"><input type="hidden" name="__VIEWSTATE" value="{"dDw4" * 800}"/>
<table width="980"><tr><td colspan="2"><span id="ctl00_lblDate">Hôm nay: Thứ hai, 06/11/2023</span></td></tr><tr><td colspan="2">{MENU}</td></tr><tr><td width="200"><b>Thông báo</b><br><a href="#">Lịch tiếp công dân tháng 11 của Chủ tịch UBND huyện</a><br>{COUNTER}</td><td><div id="BodyContent_ctl00_ctl01_pnl">
<span id="BodyContent_ctl00_ctl01_newsTitle" class="newstitle">{s.title}</span><br/><span id="BodyContent_ctl00_ctl01_lblDate">Cập nhật lúc: 16:05 {s.dmy}</span> <span>Lượt xem: 229</span><div id="BodyContent_ctl00_ctl01_lblSapo"><strong>{s.lead}</strong></div><div id="divNewsDetails">{paragraphs(s)}<p style="text-align:right"><b>T/h: {s.author}</b></p></div>
<span id="BodyContent_ctl00_ctl01_lblNguonThongTin">Nguồn: Đài TT-TH huyện</span><br/><input type="button" value="Quay lại"/><b>Các tin mới đăng:</b>{related_list(" - {}/10/2019")}</div></td></tr></table>{FOOT}</form></body></html>"""


def baochinhphu(s: Story) -> str:
    y, m, d = s.day.split("-")
    return f"""<html><head><meta charset="utf-8"><title>{s.title} | HUYỆN SÔNG LAM | Báo điện tử</title></head><body><div id="top">{MENU}<p class="today">Thứ bảy, 4/11/2023</p></div><div class="article"><div class="article-header"><h1>{s.title}</h1><p class="meta">{"15:02"}, {d}/{m}/{y}</p><p class="summary">(Songlam.vn) – {s.lead}</p></div>
<div class="article-body cmscontents">{paragraphs(s)}<p class="author"><strong>{s.author}</strong></p></div><div class="article-footer"><a>In</a> <a>Gửi</a></div><div class="related"><h4>Tin liên quan</h4>{related_list("")}</div></div>{FOOT}</body></html>"""


def dnn(s: Story) -> str:
    return f"""<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Tin tức</title><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"/><script src="/Portals/0/js.js"></script></head><body id="Body"><form id="Form"><div id="dnn_dnnTop"><span id="dnn_dnnCURRENTDATE_lblDate" class="DateToday">Thứ Hai, 06/11/2023</span>{MENU}</div>
<div id="dnn_LeftPane" class="leftpane">{COUNTER}</div><div id="dnn_ContentPane"><div class="DnnModule"><div id="dnn_ctr512_ContentPane"><div id="dnn_ctr512_Main_ViewDetail_pnlDetail"><h2 class="tieude"><span id="dnn_ctr512_Main_ViewDetail_lblTieuDe">{s.title}</span></h2><div class="ngay"><span id="dnn_ctr512_Main_ViewDetail_lblNgayDang">(Ngày đăng: {s.dmy} 14:00)</span> - <span>Lượt đọc: 55</span></div>
<div id="dnn_ctr512_Main_ViewDetail_lblTomTat" class="Head"><p>{s.lead}</p></div><div id="dnn_ctr512_Main_ViewDetail_lblNoiDung" class="Normal">{"".join(f'<p><span style="font-family:Times New Roman;">{t}</span></p>' for t in s.body)}<p style="text-align: right;"><strong>Tin, ảnh: {s.author}</strong></p></div></div>
<div class="cac-tin-khac"><span>Các tin đã đưa ngày:</span> <input type="text" id="txtNgay"/>{related_list("<i>({}-09-2021)</i>")}</div></div></div></div>{FOOT}</form></body></html>"""


def liferay(s: Story) -> str:
    y, m, d = s.day.split("-")
    return f"""<!DOCTYPE html><html class="ltr" dir="ltr" lang="en-US"><head><title>Tin tức sự kiện - Trang thông tin điện tử huyện Sông Lam</title><meta charset="UTF-8"/></head><body class="yui3-skin-sam controls-visible"><div id="banner"><div id="clock">Monday, 06/11/2023</div></div><nav id="navigation">{MENU}</nav><div id="main-content"><div class="portlet-boundary portlet-asset-publisher"><div class="portlet-body">
<div class="asset-full-content show-asset-title"><h3 class="header-title"><span>{s.title}</span></h3><div class="date-news">09:15 | {d}-{m}-{y}</div><div class="asset-content" id="_101_INSTANCE_x"><div class="journal-content-article"><p class="sapo"><strong>{s.lead}</strong></p>{paragraphs(s, "h2")}<p style="text-align: right;"><strong>{s.author}</strong></p></div><div class="asset-ratings">Đánh giá: 0/5 (0 lượt đánh giá)</div></div></div>
<div class="lfr-pagination"><h4 class="other-news">Tin mới hơn</h4>{related_list("({}/12/2023)")}<h4>Tin cũ hơn</h4>{related_list()}</div></div></div></div>{COUNTER}{FOOT}</body></html>"""


def liferay_view(s: Story) -> str:
    return f"""<html class="aui"><head><meta charset="utf-8"><title>{s.title} - Thông tin tuyên truyền - UBND huyện Sông Lam</title></head><body><div class="header">{MENU}</div><div class="view-content-detail" data-url="/-/view_content/1234-tin.html"><div class="title-news"><h4>{s.title}</h4></div><div class="time-news">Ngày đăng {s.dmy} | 04:01 PM | View count: 536</div>
<div class="content-detail"><p style="text-align:justify"><b>{s.lead}</b></p>{paragraphs(s, "p", ' style="text-align:justify"')}<p style="text-align:right"><b><i>{s.author}</i></b></p></div><div class="other"><div class="title-other">THÔNG TIN KHÁC</div>{related_list()}</div></div>{COUNTER}{FOOT}</body></html>"""


def ibm_wcm(s: Story) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"/><title>Trang tin huyện Sông Lam</title><link rel="bookmark" href="/wps/portal/huyen/home/!ut/p/z1/04_Sj9CPykssy0xPLMnMz0vMAfIjo8zizd2Cvf0"/></head><body id="FLYParent" class="lotusui30dojo"><div class="wpthemeHeader">{MENU}<div class="lotusLinks">Xin chào khách</div></div><div class="wpthemeMainContent"><section class="ibmPortalControl"><div class="wpthemeOverflowAuto">
<div class="chi-tiet"><div class="title-detail">{s.title}{s.dmy} 15:02:43</div><div class="mota"><b>{s.lead}</b></div><div class="noi-dung-tin">{paragraphs(s)}<p style="text-align: right;"><strong>Tác giả: {s.author}</strong></p></div></div><div class="tin-lien-quan"><p><b>Tin liên quan</b></p>{related_list(" [{}/02/2017]")}</div></div></section></div>{COUNTER}{FOOT}</body></html>"""


def webcenter(s: Story) -> str:
    return f"""<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"><title>Chi tiết bài viết</title></head><body><div id="T:headerz"><span class="x1z">Hôm nay, ngày 06 tháng 11 năm 2023</span>{MENU}</div><div id="T:dc_pgl1" class="xi2"><span class="tieude_baiviet">{s.title}</span><br/><span class="ngaythang">Ngày {s.dmy} 10:22</span><a href="/webcenter/portal/huyen/pages_tin-tuc/chi-tiet?dDocName=PORTAL031234">In</a>
<div class="trichyeu"><p><strong>{s.lead}</strong></p></div><div class="noidung_baiviet">{paragraphs(s, "p", ' style="text-align: justify;"')}<p style="text-align: right;"><strong>BBT: {s.author}</strong></p></div></div><div class="tinkhac"><h2>Các tin khác</h2>{related_list()}</div>{COUNTER}{FOOT}</body></html>"""


def drupal(s: Story) -> str:
    y, m, d = (int(part) for part in s.day.split("-"))
    month = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"][
        m - 1
    ]
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"/><meta name="Generator" content="Drupal 8 (https://www.drupal.org)"/><title>{s.title} | Tuyên truyền Sông Lam</title></head><body class="path-node page-node-type-article"><header role="banner">{MENU}</header><main><h1 class="page-title"><span class="field field--name-title">{s.title}</span></h1>
<article class="node node--type-article node--view-mode-full"><footer class="node__meta"><div class="node__submitted">Submitted by <span><span>Ban biên tập</span></span> on <span>{d} {month} {y}</span></div></footer><div class="node__content"><div class="field field--name-field-tom-tat"><p>{s.lead}</p></div><div class="field field--name-body field--type-text-with-summary field__item">{paragraphs(s)}<p class="text-align-right"><strong>{s.author}</strong></p></div>
<ul class="links inline"><li><a>Log in to post comments</a></li></ul></div></article><aside class="region region-sidebar"><h2>Tin mới</h2>{related_list("")}</aside></main>{FOOT}</body></html>"""


def wordpress(s: Story) -> str:
    y, m, d = s.day.split("-")
    return f"""<!DOCTYPE html><html lang="vi"><head><meta charset="UTF-8"><title>{s.title} &#8211; Đài PT-TH Sông Lam</title><meta property="article:modified_time" content="2024-01-02T01:00:00+00:00"/><link rel="stylesheet" href="/wp-content/themes/x.css"></head><body class="single single-post"><header id="masthead"><div class="td-header-date">Thứ Hai, Tháng Mười Một 6, 2023</div>{MENU}</header>
<div class="td-post-header"><ul class="td-category"><li><a>Thời sự</a></li></ul><header class="td-post-title"><h1 class="entry-title">{s.title}</h1><div class="td-module-meta-info"><div class="td-post-author-name">Bởi <a href="#">{s.author}</a> - </div><span class="td-post-date"><time class="entry-date updated td-module-date">{int(d)} Tháng {["Một", "Hai", "Ba", "Tư", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười", "Mười Một", "Mười Hai"][int(m) - 1]}, {y}</time></span><div class="td-post-views"><span>321</span></div></div></header></div>
<div class="td-post-content"><p><strong>{s.lead}</strong></p>{paragraphs(s)}</div><footer><div class="td-post-sharing">Chia sẻ <a>Facebook</a><a>Twitter</a></div><div class="td-post-next-prev"><span>Bài trước</span><a href="#">{RELATED[0]}</a><span>Bài tiếp theo</span><a href="#">{RELATED[1]}</a></div></footer>
<div class="td_block_related_posts"><h4>BÀI VIẾT LIÊN QUAN</h4>{"".join(f'<div class="td_module"><h3 class="entry-title"><a href="#">{t}</a></h3></div>' for t in RELATED)}</div><div class="comments" id="comments"><h3>BÌNH LUẬN</h3><form><textarea></textarea><input type="text"><input type="email"></form></div><aside class="td-sidebar">{COUNTER}</aside>{FOOT}</body></html>"""


def wordpress_gutenberg(s: Story) -> str:
    return f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>{s.title} - Trang tin xã</title></head><body class="post-template-default"><div class="wp-site-blocks"><header class="wp-block-template-part">{MENU}</header><main class="wp-block-group"><h1 class="wp-block-post-title">{s.title}</h1><div class="wp-block-post-date"><time datetime="{s.day}T09:00:00+07:00">{s.dmy}</time></div>
<div class="entry-content wp-block-post-content"><p><em>{s.lead}</em></p><figure class="wp-block-image"><img src="a.png"/><figcaption>Bà con vui mừng trong ngày khánh thành</figcaption></figure>{paragraphs(s)}<p class="has-text-align-right"><strong>{s.author}</strong></p></div><div class="wp-block-comments"><h2>Để lại một bình luận</h2><p>Email của bạn sẽ không được hiển thị công khai. Các trường bắt buộc được đánh dấu *</p></div></main></div>{FOOT}</body></html>"""


def frontpage_br(s: Story) -> str:
    return f"""<html><head><title>{s.title}</title></head><body bgcolor="#FFFFFF"><center><font color="blue"><b>TRANG THÔNG TIN HUYỆN SÔNG LAM</b></font></center><table border="0" width="100%"><tr><td width="20%" valign="top">{MENU}{COUNTER}</td><td valign="top"><p align="center"><b><font size="4">{s.title}</font></b></p><p><i>Cập nhật ngày {s.dmy}</i></p>{s.lead}<br><br>
{"<br>".join(s.body)}<br><p align="right"><b>{s.author}</b></p><hr>Các thông tin khác:<br>{"<br>".join(f'<a href="#">- {t}</a>' for t in RELATED)}</td></tr></table>{FOOT}</body></html>"""


def bootstrap_plain(s: Story) -> str:
    return f"""<!doctype html><html><head><meta charset="utf-8"><title>UBND xã Hòa Tiến</title></head><body><div class="container"><div class="row"><div class="col-12">{MENU}</div></div><div class="row"><div class="col-9"><h2>{s.title}</h2><small>Đăng lúc 08:30 ngày {s.dmy} bởi Quản trị viên</small><hr><p class="font-weight-bold">{s.lead}</p>{paragraphs(s)}<p class="text-right"><i>({s.author})</i></p>
<div class="mt-4"><button>Chia sẻ</button></div><h5>Bài viết cùng chuyên mục</h5><div class="list-group">{"".join(f'<a class="list-group-item" href="#">{t}<small>12/12/2018</small></a>' for t in RELATED)}</div></div><div class="col-3"><div class="card">{COUNTER}</div></div></div>{FOOT}</div></body></html>"""


def word_table(s: Story) -> str:
    rows = "<table class='MsoNormalTable'><tr><th>Xã</th><th>Kế hoạch</th><th>Thực hiện</th></tr><tr><td>Hòa Tiến</td><td>120</td><td>118</td></tr><tr><td>Vĩnh Hải</td><td>95</td><td>61</td></tr></table>"
    return nukeviet(s).replace(f">{s.body[1]}<", f">{s.body[1]}</div>{rows}<div><", 1)


FAMILIES: dict[str, Callable[[Story], str]] = {
    "cms-body": cms_paper,
    "vccorp": vccorp,
    "mastercms": mastercms,
    "nukeviet": nukeviet,
    "nukeviet-old": nukeviet_old,
    "sharepoint": sharepoint,
    "aspnet": aspnet,
    "baochinhphu": baochinhphu,
    "dnn": dnn,
    "liferay": liferay,
    "liferay-view": liferay_view,
    "ibm-wcm": ibm_wcm,
    "webcenter": webcenter,
    "drupal": drupal,
    "wordpress": wordpress,
    "wordpress-blocks": wordpress_gutenberg,
    "frontpage": frontpage_br,
    "bootstrap": bootstrap_plain,
    "nukeviet-table": word_table,
}
STORIES = (BRIDGE, BUDGET, SCHOOL, STORM)
NO_AUTHOR_EXPECTED: frozenset[str] = frozenset()
SAMPLES = tuple(
    Sample(f"{family}/{story.author}", make(story), story, (*NOISE, *RELATED)) for family, make in FAMILIES.items() for story in STORIES
)


def _page(title: str, body: str) -> str:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title><meta property='og:type' content='article'></head><body><div class='header'>{MENU}</div><div class='main'>{body}</div>{COUNTER}{FOOT}</body></html>"


_TEASERS = (
    (
        "Đồng Tâm: Ra mắt câu lạc bộ gia đình hạnh phúc",
        "Sáng 5/10, Hội Phụ nữ xã Đồng Tâm ra mắt câu lạc bộ với 45 hội viên tham gia sinh hoạt hằng quý.",
    ),
    ("Tuổi trẻ Sông Lam thắp sáng đường quê", "Công trình dài 3,5 km có 70 bóng đèn năng lượng mặt trời, tổng trị giá hơn 150 triệu đồng."),
    (
        "Nông dân Bình Minh vào vụ thu hoạch bưởi",
        "Năm nay bưởi được mùa, giá bán tại vườn từ 18 đến 22 nghìn đồng một quả, cao hơn năm ngoái.",
    ),
    ("Tập huấn chuyển đổi số cho cán bộ cấp xã", "Hơn 120 học viên được hướng dẫn sử dụng phần mềm một cửa và chữ ký số trong hai ngày."),
    ("Kiểm tra công tác phòng cháy rừng mùa khô", "Đoàn kiểm tra yêu cầu chủ rừng trực 24/24 giờ trong những ngày nắng nóng cao điểm."),
)
OTHERS: dict[str, tuple[str, str]] = {
    "list": (
        "list",
        _page(
            "Tin tức - Huyện Sông Lam",
            "<h1>Tin tức - Sự kiện</h1>"
            + "".join(
                f"<div class='item'><h3><a href='/{n}'>{t}</a></h3><span class='date'>0{n + 1}/10/2023</span><p>{d}</p></div>"
                for n, (t, d) in enumerate(_TEASERS)
            )
            + "<div class='pagination'><a>1</a><a>2</a><a>3</a><a>Trang sau</a></div>",
        ),
    ),
    "list-more": (
        "list",
        _page(
            "Tin hoạt động",
            "".join(f"<div class='news'><b>{t}</b><br>{d} <a href='/{n}'>Xem chi tiết</a></div>" for n, (t, d) in enumerate(_TEASERS)),
        ),
    ),
    "list-table": (
        "list",
        _page(
            "Văn bản",
            "<table>"
            + "".join(
                f"<tr><td>{n}/QĐ-UBND</td><td>0{n + 1}/09/2023</td><td><a href='/vb/{n}'>Quyết định về việc {t[0].lower() + t[1:]}</a></td></tr>"
                for n, (t, _) in enumerate(_TEASERS)
            )
            + "</table>",
        ),
    ),
    "home": (
        "home",
        _page(
            "Trang thông tin điện tử huyện Sông Lam",
            "".join(
                f"<div class='box'><h2>{box}</h2>"
                + "".join(f"<div><a href='/{box}/{n}'>{t} ({box})</a><p>{d}</p></div>" for n, (t, d) in enumerate(_TEASERS))
                + "</div>"
                for box in ("Chính trị", "Kinh tế", "Văn hóa")
            ),
        ),
    ),
    "login": (
        "form",
        _page(
            "Đăng nhập",
            "<h1>Đăng nhập</h1><form><label>Tên đăng nhập</label><input type='text' name='u'><label>Mật khẩu</label><input type='password' name='p'><input type='submit'></form>",
        ),
    ),
    "sendmail": (
        "form",
        _page(
            "Xã Hòa Tiến khánh thành cầu treo qua suối Nậm Pô",
            "<h1>Xã Hòa Tiến khánh thành cầu treo qua suối Nậm Pô</h1><p>Giới thiệu bài viết cho bạn bè</p><form><input type='text' name='n'><input type='email' name='e'><input type='email' name='to'><textarea></textarea></form>",
        ),
    ),
    "contact": (
        "form",
        _page(
            "Liên hệ",
            "<h1>Liên hệ</h1><p>Quý khách vui lòng điền đầy đủ thông tin vào mẫu dưới đây, chúng tôi sẽ trả lời trong thời gian sớm nhất.</p><form><input type='text'><input type='text'><textarea></textarea></form>",
        ),
    ),
    "404": (
        "error",
        _page(
            "404 - Không tìm thấy trang",
            "<h1>Không tìm thấy trang</h1><p>Trang bạn yêu cầu không tồn tại hoặc đã bị xóa. Vui lòng quay lại trang chủ hoặc sử dụng chức năng tìm kiếm.</p>",
        ),
    ),
    "tomcat": (
        "error",
        "<html><head><title>Apache Tomcat/7.0.42 - Error report</title></head><body><h1>HTTP Status 404 - /tin-tuc/x.html</h1><hr><p><b>type</b> Status report</p><p><b>description</b> <u>The requested resource is not available.</u></p></body></html>",
    ),
    "iis": (
        "error",
        "<html><head><title>Server Error in '/' Application.</title></head><body><h1>Server Error in '/' Application.</h1><h2><i>Runtime Error</i></h2><p>Description: An application error occurred on the server. The current custom error settings for this application prevent the details of the application error from being viewed remotely.</p></body></html>",
    ),
    "gallery": (
        "gallery",
        _page(
            "Hình ảnh lễ hội đền Chín Gian",
            "<h1>Hình ảnh lễ hội đền Chín Gian năm 2019</h1>"
            + "".join(f"<div class='photo'><img src='{n}.jpg'><p>Ảnh {n}</p></div>" for n in range(8)),
        ),
    ),
    "search": (
        "list",
        _page(
            "Kết quả tìm kiếm",
            "<h1>Kết quả tìm kiếm cho: cầu treo</h1><form><input type='text'></form>"
            + "".join(f"<div><a href='/{n}'>{t}</a><p>{d}</p></div>" for n, (t, d) in enumerate(_TEASERS)),
        ),
    ),
}


def read(page: str, name: str = "page.html", url: str | None = None) -> Article | Rejected:
    return extract(Page(name, page.encode("utf-8"), url))


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_a_family_page_gives_its_article_whole_and_clean(sample: Sample) -> None:
    """Title, lead, every paragraph, author and day are right; no line of menus, counters, related news or licences is in the text."""
    found, story = read(sample.html, url=sample.url), sample.story
    assert isinstance(found, Article)
    text = " ".join((found.lead, *found.body))
    assert found.title == story.title
    assert [part for part in (story.lead, *story.body) if part not in text] == []
    assert [line for line in sample.exclude if line in text] == []
    assert found.published is not None
    assert found.published.date == story.day
    assert found.author == story.author


def bare(page: str) -> str:
    """A page without any name or statement a rule could hold on to."""
    page = re.sub(r"""\s(?:class|id|itemprop|data-role|data-url|rel)=(?:"[^"]*"|'[^']*')""", "", page)
    page = re.sub(r"<title>.*?</title>", "<title>Chi tiết tin</title>", page, flags=re.DOTALL)
    return re.sub(r"<meta (?!charset|http)[^>]*>", "", page)


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda sample: sample.name)
def test_without_any_names_the_text_is_still_whole_and_clean(sample: Sample) -> None:
    """With classes, ids, meta elements and title gone, title, paragraphs and day are still right."""
    found, story = read(bare(sample.html)), sample.story
    if sample.name.startswith("bootstrap") and isinstance(found, Rejected):
        pytest.skip("headline and text stand in no box of their own on this page")
    assert isinstance(found, Article), found
    text = " ".join((found.lead, *found.body))
    assert found.title == story.title
    assert [part for part in story.body if part not in text] == []
    assert [line for line in sample.exclude if line in text] == []
    assert found.published is None or found.published.date == story.day


def test_a_data_table_is_text_rows() -> None:
    """Cells of a row become one line, in order."""
    found = read(FAMILIES["nukeviet-table"](BRIDGE))
    assert isinstance(found, Article)
    assert "Hòa Tiến | 120 | 118" in found.body


def test_captions_stand_apart() -> None:
    """A photograph's caption is no paragraph."""
    found = read(FAMILIES["cms-body"](BRIDGE))
    assert isinstance(found, Article)
    assert found.captions == ("Các đại biểu tham quan công trình. Ảnh: Q.T",)


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_article_is_named(kind: str) -> None:
    """Lists, home pages, forms, error pages and galleries are told from articles, with a reason for a person."""
    outcome, page = OTHERS[kind]
    found = read(page)
    assert isinstance(found, Rejected)
    assert found.outcome == outcome
    assert found.reason


def test_an_organisation_is_a_source_and_no_author() -> None:
    """JSON-LD with an Organization as author gives a source."""
    page = """<html><head><script type="application/ld+json">{"@type":"NewsArticle","headline":"Xã Hòa Tiến khánh thành cầu treo","datePublished":"2022-09-15",
    "author":{"@type":"Organization","name":"Báo Sông Lam"}}</script></head><body><h1>Xã Hòa Tiến khánh thành cầu treo</h1>""" + paragraphs(
        BRIDGE
    )
    found = read(page)
    assert isinstance(found, Article)
    assert (found.author, found.source) == (None, "Báo Sông Lam")


def test_a_site_name_is_never_the_title() -> None:
    """A page whose `<title>` names another site takes its title from the page."""
    page = f"<title>Cổng thông tin điện tử Quận Ba Đình</title><body><div><b>{BRIDGE.title}</b></div><p>Ngày đăng: 15/09/2022</p>{paragraphs(BRIDGE)}"
    found = read(page)
    assert isinstance(found, Article)
    assert found.title == BRIDGE.title


def test_a_title_glued_to_its_date_is_parted() -> None:
    """IBM WCM prints the date right behind the headline."""
    found = read(FAMILIES["ibm-wcm"](BRIDGE))
    assert isinstance(found, Article)
    assert (found.title, found.published and found.published.date) == (BRIDGE.title, BRIDGE.day)


def test_parts_of_one_article_are_joined() -> None:
    """Two boxes of the same name one after the other are one article."""
    page = f"<title>{BUDGET.title}</title><h1>{BUDGET.title}</h1><div class='entry-content'>{paragraphs(BRIDGE)}</div><div class='entry-content'>{paragraphs(BUDGET)}</div>"
    found = read(page)
    assert isinstance(found, Article)
    assert set(BRIDGE.body) | set(BUDGET.body) <= {found.lead, *found.body}


CLOCKS = (
    "<div class='top'><span class='date'>Thứ hai, 06/11/2023 | 08:15</span></div>",
    "<span id='lblDate'>Thứ hai, 06/11/2023 08:15:44</span>",
    "<td>Hôm nay, ngày 06 tháng 11 năm 2023</td>",
    "<p>Cập nhật: 06/11/2023 08:15</p>" + MENU,
)


@pytest.mark.parametrize("clock", CLOCKS)
def test_the_header_clock_never_dates_an_article(clock: str) -> None:
    """A page whose only full date is today's has no date."""
    found = read(
        f"<title>{SCHOOL.title}</title><body>{clock}<div><h1>{SCHOOL.title}</h1><p>{SCHOOL.lead}</p>{paragraphs(SCHOOL)}</div>{FOOT}"
    )
    assert isinstance(found, Article)
    assert found.published is None


def test_dates_of_other_articles_and_licences_never_date_an_article() -> None:
    """Related lists, comments and the footer are not asked."""
    page = f"<title>{SCHOOL.title}</title><body><div><h1>{SCHOOL.title}</h1>{paragraphs(SCHOOL)}<ul><li><a href='#'>{RELATED[0]}</a> (Cập nhật: 10/06/2019)</li></ul>"
    page += f"<div class='comments'><p>Lê Nam - 12/11/2023 10:11: bài hay quá</p></div></div>{FOOT}"
    found = read(page)
    assert isinstance(found, Article)
    assert found.published is None


def test_the_hour_of_an_announcement_is_text() -> None:
    """A line with a clock and a day in the text is neither dropped nor taken for the publication date."""
    hour = "Thời gian: 8 giờ 00 ngày 25/11/2021 (thứ Năm)."
    page = f"<title>{SCHOOL.title}</title><h1>{SCHOOL.title}</h1><p>Ngày đăng: 19/11/2021</p>{paragraphs(SCHOOL)}<p>{hour}</p><p>08:00 25/11/2021</p>"
    found = read(page)
    assert isinstance(found, Article)
    assert hour in found.body
    assert found.published is not None
    assert found.published.date == "2021-11-19"


def test_the_day_of_posting_goes_before_the_day_of_updating() -> None:
    """Both labels in one line or in two."""
    for meta in (
        "<p>Cập nhật: 25/11/2021 08:00 | Ngày đăng: 19/11/2021</p>",
        "<p>Cập nhật: 25/11/2021</p><p>Đăng lúc: 19/11/2021 08:00</p>",
    ):
        found = read(f"<title>{SCHOOL.title}</title><h1>{SCHOOL.title}</h1>{meta}{paragraphs(SCHOOL)}")
        assert isinstance(found, Article)
        assert found.published is not None
        assert found.published.date == "2021-11-19"


@pytest.mark.parametrize("name", ["sidebar-left", "lang-vi", "box-tin", "has-comments", "site-footer", "widget online", "print share"])
def test_a_misleading_box_name_does_not_hide_the_article(name: str) -> None:
    """A wrapper named like a sidebar, a language switch or comments still holds the text when nothing else does."""
    page = f"<title>{STORM.title}</title><div class='{name}'><h1>{STORM.title}</h1><p>Ngày đăng: 22/09/2020</p>{paragraphs(STORM)}</div>"
    found = read(page)
    assert isinstance(found, Article)
    assert (found.title, found.body) == (STORM.title, STORM.body)
