"""Page frames in the manner of the systems that portals and papers run on. A frame holds title, date line, lead, body and the parts."""

# ruff: noqa: E501 — markup is kept on long lines as sites write it

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.indexer.portal.parts import AUTHORS, CLOCKS, DATES, FEET, INSIDE, MENUS, RELATED, TAILS, TOOLS
from tests.indexer.portal.stories import STORIES, Story

SITE = "Cổng thông tin điện tử huyện Đông Hà"


@dataclass(frozen=True)
class Holes:
    """What a frame is filled with. `paragraphs` are markup with what stands inside the text; `date` is the visible line."""

    story: Story
    date: str
    clock: str
    menu: str
    tools: str
    paragraphs: tuple[str, ...]
    author: str
    related: str
    tail: str
    foot: str

    @property
    def body(self) -> str:
        return "".join(self.paragraphs)


def vnpt(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset=utf-8><title>{s.title} - {SITE}</title></head><body><div class='wrapper'><div class='banner'>{h.clock}</div>{h.menu}<div class='main-content'><div class='col-left'><div class='article-detail'><h3 class='article-title'>{s.title}</h3><p class='article-date'>{h.date}</p>{h.tools}<p class='article-summary'>{s.lead}</p><div class='article-content'>{h.body}{h.author}</div></div><div class='article-others'>{h.related}</div>{h.tail}</div></div>{h.foot}</div></body></html>"


def vnpt_bare(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset=utf-8><title>Chi tiết tin - {SITE}</title></head><body><div>{h.clock}</div>{h.menu}<div class='portlet-body'><div class='row'><div class='col-md-12'><h4>{s.title}</h4></div><div class='col-md-12'><i>{h.date}</i></div><div class='col-md-12'>{h.tools}</div><div class='col-md-12'><b>{s.lead}</b></div><div class='col-md-12'>{h.body}{h.author}</div><div class='col-md-12'>{h.related}</div></div></div>{h.tail}{h.foot}</body></html>"


def liferay7(h: Holes) -> str:
    s = h.story
    return f"<html class='ltr'><head><meta charset=utf-8><title>{s.title} - Tin hoạt động - {SITE}</title></head><body class='yui3-skin-sam'><header id='banner'>{h.clock}{h.menu}</header><section class='portlet' id='portlet_com_liferay_asset_publisher_web_portlet_AssetPublisherPortlet_INSTANCE_x'><div class='portlet-content'><div class='asset-full-content clearfix'><div class='pull-left'>{h.tools}</div><div class='asset-content'><div class='journal-content-article' data-analytics-asset-id='41'><h2 class='news-title'>{s.title}</h2><div class='news-date'>{h.date}</div><div class='sapo'><p>{s.lead}</p></div><div class='news-body'>{h.body}</div>{h.author}</div></div><div class='asset-links'>{h.related}</div></div></div></section>{h.tail}{h.foot}</body></html>"


def liferay6(h: Holes) -> str:
    s = h.story
    paragraphs = h.body.replace("<p>", "<div style='text-align: justify;'>").replace("</p>", "</div>")
    return f"<html><head><meta charset=utf-8><title>Tin tức - {SITE}</title><meta content='Liferay' name='generator'></head><body>{h.clock}{h.menu}<div class='portlet-journal-content'><div class='journal-content-article'><div class='title-news'>{s.title}</div><div class='date-news'>{h.date}</div>{h.tools}<div class='summary'>{s.lead}</div><div class='content-detail'>{paragraphs}</div>{h.author}</div></div><div class='other'>{h.related}</div>{h.tail}{h.foot}</body></html>"


def sharepoint(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta name='GENERATOR' content='Microsoft SharePoint'><meta charset=utf-8><title>\r\n\tTin tức\r\n</title></head><body><form id='aspnetForm'><input type=hidden name='__VIEWSTATE' value='/wEPDwUK'><div id='s4-topheader'>{h.clock}</div>{h.menu}<div id='ctl00_ctl32_g_90ab'><div class='news-detail'><span class='title-news' id='ctl00_g_90ab_ctl00_lblTitle'>{s.title}</span><div><span id='ctl00_g_90ab_ctl00_lblNgayDang'>{h.date}</span></div>{h.tools}<div id='ctl00_g_90ab_ctl00_lblTomTat'>{s.lead}</div><div class='ms-rtestate-field'><div class='ExternalClass9F'>{h.body}</div></div>{h.author}</div></div><div class='tinkhac'>{h.related}</div>{h.tail}{h.foot}</form></body></html>"


def dnn(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset=utf-8><title>{SITE} > Tin tức > Chi tiết</title><link href='/Portals/0/portal.css'></head><body id='Body'><form id='Form'>{h.clock}<div id='dnn_dnnMENU'>{h.menu}</div><div id='dnn_ContentPane'><div id='dnn_ctr412_ModuleContent'><span id='dnn_ctr412_View_lblTieuDe' class='tieude'>{s.title}</span><br><span id='dnn_ctr412_View_lblNgayDang'>{h.date}</span>{h.tools}<div id='dnn_ctr412_View_lblTomTat'>{s.lead}</div><div id='dnn_ctr412_View_lblNoiDung'>{h.body}</div>{h.author}<div class='tinlienquan'>{h.related}</div></div></div>{h.tail}<div id='dnn_BottomPane'>{h.foot}</div></form></body></html>"


def easydnn(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset=utf-8><title>{s.title}</title></head><body><form id='Form'>{h.clock}{h.menu}<div class='dnn_layout'><div class='edn_article'><h1 class='edn_articleTitle'>{s.title}</h1><div class='edn_metaDetails'><time>{h.date}</time></div>{h.tools}<div class='edn_articleSummary'>{s.lead}</div><div class='edn_articleContent'>{h.body}</div>{h.author}</div>{h.related}</div>{h.tail}{h.foot}</form></body></html>"


def wordpress(h: Holes) -> str:
    s = h.story
    return f"<!DOCTYPE html><html lang='vi'><head><meta charset='UTF-8'><title>{s.title} &#8211; {SITE}</title><meta name='generator' content='WordPress 6.4'></head><body class='post-template-default single'><header class='site-header'>{h.clock}{h.menu}</header><main><article class='post type-post'><header class='entry-header'><h1 class='entry-title'>{s.title}</h1><div class='entry-meta'><span class='posted-on'>{h.date}</span></div></header><div class='entry-content'>{h.tools}<p><strong>{s.lead}</strong></p>{h.body}{h.author}</div><footer class='entry-footer'>{h.related}</footer></article>{h.tail}</main>{h.foot}</body></html>"


def flatsome(h: Holes) -> str:
    s = h.story
    return f"<html lang='vi'><head><meta charset='UTF-8'><title>{s.title}</title><link href='/wp-content/themes/x.css'></head><body>{h.clock}{h.menu}<div id='content' class='blog-wrapper'><div class='large-9 col'><article><div class='article-inner'><header class='entry-header'><h6 class='entry-category'><a>Tin tức</a></h6><h1 class='entry-title'>{s.title}</h1><div class='entry-meta'>{h.date}</div></header><div class='entry-content single-page'><h2>{s.lead}</h2>{h.body}{h.author}<div class='blog-share'>{h.tools}</div></div></div></article>{h.related}{h.tail}</div><div class='post-sidebar large-3 col'><aside class='widget'><span>Bài viết mới</span><ul><li><a href='/q'>Ra mắt câu lạc bộ đờn ca tài tử</a></li></ul></aside></div></div>{h.foot}</body></html>"


def amp(h: Holes) -> str:
    s = h.story
    return f"<!doctype html><html amp lang='vi'><head><meta charset='utf-8'><title>{s.title}</title><link rel='canonical' href='https://bao.example/tin-1.html'><style amp-custom>p{{margin:0}}</style></head><body><header>{h.menu}{h.clock}</header><main><h1>{s.title}</h1><div class='amp-date'>{h.date}</div><amp-social-share type='facebook'></amp-social-share>{h.tools}<h2 class='amp-sapo'>{s.lead}</h2><div class='amp-content'><amp-img src='a.jpg'></amp-img>{h.body}{h.author}</div></main><div class='amp-related'>{h.related}</div>{h.tail}{h.foot}</body></html>"


def tabloid(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset='utf-8'><title>{s.title} - Báo Đông Hà</title><meta property='og:title' content='{s.title}'><meta property='og:site_name' content='Báo Đông Hà'></head><body>{h.clock}{h.menu}<article class='the-article'><header class='the-article-header'><p class='the-article-category'><a>Xã hội</a></p><h1 class='the-article-title'>{s.title}</h1><ul class='the-article-meta'><li class='the-article-publish'>{h.date}</li></ul></header><section class='main'><p class='the-article-summary'>{s.lead}</p><div class='the-article-body'>{h.body}</div><div class='the-article-credit'>{h.author}</div></section></article>{h.tools}<section class='section'>{h.related}</section>{h.tail}{h.foot}</body></html>"


def express(h: Holes) -> str:
    s = h.story
    paragraphs = h.body.replace("<p>", "<p class='Normal'>")
    return f"<html><head><meta charset='utf-8'><title>{s.title}</title></head><body><section class='top-header'>{h.clock}{h.menu}</section><section class='section page-detail'><div class='sidebar-1'><div class='header-content'><ul class='breadcrumb'><li><a>Thời sự</a></li></ul><span class='date'>{h.date}</span></div><h1 class='title-detail'>{s.title}</h1><p class='description'>{s.lead}</p><article class='fck_detail'>{paragraphs}{h.author}</article>{h.tools}{h.related}{h.tail}</div></section>{h.foot}</body></html>"


def tables(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta http-equiv='Content-Type' content='text/html; charset=utf-8'><title>{SITE}</title></head><body><table width=1000><tr><td colspan=3>{h.menu}</td></tr><tr>{h.clock if h.clock.startswith('<td') else f'<td>{h.clock}</td>'}</tr><tr><td width=180><table><tr><td><a href='/1'>Giới thiệu chung</a></td></tr><tr><td><a href='/2'>Lịch công tác tuần</a></td></tr></table></td><td width=600><table><tr><td class='TinTieuDe'><font color='#c00'><b>{s.title}</b></font></td></tr><tr><td><font size=1>{h.date}</font></td></tr><tr><td>{h.tools}</td></tr><tr><td><b>{s.lead}</b></td></tr><tr><td>{h.body}{h.author}</td></tr></table><table><tr><td>{h.related}</td></tr></table></td><td width=200><table><tr><td>Liên kết website</td></tr><tr><td><select><option>UBND tỉnh</option></select></td></tr></table></td></tr></table>{h.tail}{h.foot}</body></html>"


def breaks(h: Holes) -> str:
    s = h.story
    text = "<br/><br/>".join(paragraph.removeprefix("<p>").removesuffix("</p>") for paragraph in h.paragraphs)
    return f"<html><head><meta charset=utf-8><title>{s.title}</title></head><body><div id='header'>{h.clock}{h.menu}</div><div id='main'><div class='newsdetail'><div class='ntitle'>{s.title}</div><div class='ndate'>{h.date}</div>{h.tools}<div class='nbody'><b>{s.lead}</b><br/><br/>{text}</div>{h.author}</div>{h.related}</div>{h.tail}{h.foot}</body></html>"


def word(h: Holes) -> str:
    s = h.story
    paragraphs = h.body.replace(
        "<p>",
        "<p class=MsoNormal style='text-align:justify;mso-margin-top-alt:auto'><span lang=VI style='font-family:\"Times New Roman\"'>",
    ).replace("</p>", "<o:p></o:p></span></p>")
    return f"<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><meta charset=utf-8><title>{s.title}</title></head><body lang=VI>{h.clock}{h.menu}<div class=Section1><h1>{s.title}</h1><p class=MsoNormal><i>{h.date}</i></p>{h.tools}<p class=MsoNormal><b><span>{s.lead}</span></b></p>{paragraphs}{h.author}</div>{h.related}{h.tail}{h.foot}</body></html>"


def webforms(h: Holes) -> str:
    s = h.story
    return f"<html><head id='Head1'><meta charset=utf-8><title>{SITE} | {s.title}</title></head><body><form id='form1'><input type=hidden name='__VIEWSTATE' value='x'>{h.clock}{h.menu}<div id='ContentPlaceHolder1_UpdatePanel1'><span id='ContentPlaceHolder1_lbTieuDe' style='font-weight:bold'>{s.title}</span><br/><span id='ContentPlaceHolder1_lblNgay'>{h.date}</span>{h.tools}<p><span id='ContentPlaceHolder1_lblMoTa'>{s.lead}</span></p><span id='ContentPlaceHolder1_lblNoiDung'>{h.body}</span>{h.author}<div id='ContentPlaceHolder1_pnlTinKhac'>{h.related}</div></div>{h.tail}{h.foot}</form></body></html>"


def drupal(h: Holes) -> str:
    s = h.story
    return f"<html lang='vi'><head><meta charset='utf-8'><meta name='Generator' content='Drupal 7'><title>{s.title} | {SITE}</title></head><body class='node-type-article'>{h.clock}{h.menu}<div id='content'><h1 class='title' id='page-title'>{s.title}</h1><div class='node node-article'><div class='submitted'>{h.date}</div>{h.tools}<div class='content'><div class='field field-name-field-tom-tat'><div class='field-items'><div class='field-item'>{s.lead}</div></div></div><div class='field field-name-body'><div class='field-items'><div class='field-item'>{h.body}{h.author}</div></div></div></div></div>{h.related}{h.tail}</div>{h.foot}</body></html>"


def joomla(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset=utf-8><meta name='generator' content='Joomla! - Open Source'><title>{s.title}</title></head><body class='com_content'>{h.clock}{h.menu}<div class='item-page'><div class='page-header'><h2>{s.title}</h2></div><dl class='article-info'><dt>Chi tiết</dt><dd class='create'>{h.date}</dd></dl>{h.tools}<div class='articleBody'><p><strong>{s.lead}</strong></p>{h.body}{h.author}</div><ul class='pager pagenav'><li><a>Trang trước</a></li><li><a>Trang sau</a></li></ul></div>{h.related}{h.tail}{h.foot}</body></html>"


def application(h: Holes) -> str:
    s = h.story
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{s.title}</title></head><body><div id='__next'><div class='css-1x2'>{h.clock}{h.menu}</div><div class='css-9ab3f'><div class='css-77a'><h1 class='css-1k9'>{s.title}</h1><div class='css-0d'>{h.date}</div><div class='css-lead'>{s.lead}</div><div class='css-8fj'>{h.body}</div>{h.author}</div>{h.tools}<div class='css-rel'>{h.related}</div></div>{h.tail}{h.foot}</div><script id='__NEXT_DATA__' type='application/json'>{{\"props\":{{}}}}</script></body></html>"


def angular(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset='utf-8'><title>{SITE}</title></head><body><app-root><app-header>{h.clock}{h.menu}</app-header><app-news-detail><div class='news-detail'><p class='news-detail__title'>{s.title}</p><p class='news-detail__time'>{h.date}</p>{h.tools}<p class='news-detail__desc'>{s.lead}</p><div class='news-detail__content ck-content'>{h.body}</div>{h.author}</div></app-news-detail><app-related>{h.related}</app-related>{h.tail}<app-footer>{h.foot}</app-footer></app-root></body></html>"


def microdata(h: Holes) -> str:
    s = h.story
    return f"<html><head><meta charset='utf-8'><title>{s.title} | Đài PT-TH Đông Hà</title></head><body>{h.clock}{h.menu}<div itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop='headline'>{s.title}</h1><meta itemprop='datePublished' content='{s.day}T08:15:00+07:00'><p class='time'>{h.date}</p>{h.tools}<p itemprop='description'>{s.lead}</p><div itemprop='articleBody'>{h.body}{h.author}</div></div>{h.related}{h.tail}{h.foot}</body></html>"


def linked(h: Holes) -> str:
    """The date stands in JSON-LD in another zone: the evening before in Greenwich is the morning here."""
    s = h.story
    before = s.day.fromordinal(s.day.toordinal() - 1)
    return f'<html><head><meta charset=\'utf-8\'><title>{s.title}</title><script type=\'application/ld+json\'>{{"@context":"https://schema.org","@type":"NewsArticle","headline":"{s.title}","datePublished":"{before}T23:30:00Z","author":{{"@type":"Organization","name":"Báo Đông Hà"}}}}</script></head><body>{h.clock}{h.menu}<div class=\'detail\'><h1>{s.title}</h1><div class=\'desc\'>{s.lead}</div>{h.tools}<div class=\'content-detail\'>{h.body}{h.author}</div></div>{h.related}{h.tail}{h.foot}</body></html>'


SHELLS: tuple[Callable[[Holes], str], ...] = (
    vnpt, vnpt_bare, liferay7, liferay6, sharepoint, dnn, easydnn, wordpress, flatsome, amp, tabloid, express, tables, breaks, word,
    webforms, drupal, joomla, application, angular, microdata, linked,
)  # fmt: skip


@dataclass(frozen=True)
class Made:
    """A page and what extraction must give; `author` is None where the page names none."""

    name: str
    html: str
    story: Story
    author: str | None
    exclude: tuple[str, ...]


def page(number: int) -> Made:
    """The page of that number: the frames in turn, everything else drawn from the number."""
    draw = Random(number)
    shell, story = SHELLS[number % len(SHELLS)], draw.choice(STORIES)
    clock, menu, tools, related = draw.choice(CLOCKS), draw.choice(MENUS), draw.choice(TOOLS), draw.choice(RELATED)
    tail, foot, inside = draw.choice(TAILS), draw.choice(FEET), draw.choice(INSIDE)
    author, form = draw.choice(AUTHORS), draw.randrange(len(DATES))
    paragraphs = [f"<p>{text}</p>" for text in story.body]
    if inside[0]:
        paragraphs.insert(draw.randrange(1, len(paragraphs)), inside[0])
    holes = Holes(
        story,
        DATES[form](story.day),
        clock[0],
        menu[0],
        tools[0],
        tuple(paragraphs),
        author.format(story.author),
        related[0],
        tail[0],
        foot[0],
    )
    exclude = tuple(line for part in (clock, menu, tools, related, tail, foot, inside) for line in part[1])
    return Made(f"{number}-{shell.__name__}-{form}", shell(holes), story, story.author if author else None, exclude)
