"""Web archives, saved feeds and sitemaps: what is an article becomes one, the rest is counted by kind."""

from __future__ import annotations

import gzip
from datetime import date
from pathlib import Path

import pytest

from indexer.extract import extract, record
from indexer.extract.decode import decode
from indexer.model import UNREADABLE, Article, Page, Rejected, Skipped
from indexer.sources import Reading, Record
from tests.indexer.inputs import items, outline, write

TEXT = "Sáng 3/5, xã Ia Rong khởi công con đường liên thôn dài hai cây số, người dân góp một nửa số vốn."
HTML = f"<html><head><title>Xã Ia Rong làm đường</title></head><body><h1>Xã Ia Rong làm đường</h1><p>{TEXT}</p><p>{TEXT}</p></body></html>"


def warc(*answers: tuple[str, str, str, bytes], packed: bool = True, extra: tuple[str, ...] = ()) -> bytes:
    """An archive of (record type, media type, status, body), and records of other types; each record packed by itself."""
    records = []
    for number, (kind, media, status, body) in enumerate(answers):
        block = f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n\r\n".encode() + body if kind == "response" else body
        records.append(_record(kind, f"https://bao.example/tin/{number}.html", media, block))
    records += [_record(kind, "https://bao.example/", "text/plain", b"GET / HTTP/1.1\r\n\r\n") for kind in extra]
    return b"".join(gzip.compress(one) if packed else one for one in records)


def _record(kind: str, address: str, media: str, block: bytes) -> bytes:
    media = "application/http" if kind == "response" else media
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2023-05-04T20:00:00Z\r\n"
    return f"{head}Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


@pytest.mark.parametrize("name", ["x.warc", "x.warc.gz"])
def test_html_that_servers_answered_with_is_pages_with_address_and_day(tmp_path: Path, name: str) -> None:
    raw = warc(
        ("response", "text/html; charset=utf-8", "200 OK", HTML.encode()),
        ("resource", "text/html", "", HTML.encode()),
        ("response", "text/html", "404 Not Found", b"x"),
        ("response", "image/png", "200 OK", b"x"),
        packed=name.endswith("gz"),
        extra=("metadata", "metadata", "request"),
    )
    found = items(write(tmp_path / name, raw))
    pages = [item for item in found if isinstance(item, Page)]
    assert [(page.path[-7:].partition("#")[2], page.url, page.crawled, page.kind) for page in pages] == [
        ("1", "https://bao.example/tin/0.html", date(2023, 5, 5), "html"),
        ("2", "https://bao.example/tin/1.html", date(2023, 5, 5), "html"),
    ]
    assert {item.reason: item.count for item in found if isinstance(item, Skipped)} == {
        "answers with status 404": 1, "files that are no HTML": 1, "metadata records": 2, "request records": 1,
    }  # fmt: skip
    article = extract(pages[0])
    assert isinstance(article, Article)
    assert (article.title, article.url) == ("Xã Ia Rong làm đường", "https://bao.example/tin/0.html")


@pytest.mark.parametrize(
    ("media", "encoding", "rule"),
    [
        ("text/html; charset=big5", "big5", "decode:server big5"),
        ('text/html;Charset="UTF-16BE"', "utf-16-be", "decode:utf-16"),  # which the bytes tell
        ("text/html; charset=iso-8859-1", "cp1258", "decode:cp1258"),
        ("text/html; charset=undefined", "cp1258", "decode:cp1258"),
        ("text/html; charset=khong-co", "cp1258", "decode:cp1258"),
    ],
)
def test_the_encoding_a_server_names_is_used_where_the_bytes_leave_it_open(tmp_path: Path, media: str, encoding: str, rule: str) -> None:
    """UTF-8 is told by the bytes whatever the server says; latin-1 is what servers say without knowing."""
    text = "<title>新聞</title>" if encoding == "big5" else "<title>Càng ngày càng vui</title>"
    found = items(write(tmp_path / "x.warc", warc(("response", media, "200 OK", text.encode(encoding)))))
    page = found[0]
    assert isinstance(page, Page)
    decoded = decode(page.raw, page.charset)
    assert (decoded.text, decoded.rules) == (text, (rule,))
    utf8 = decode(HTML.encode(), page.charset)
    assert (utf8.text, utf8.rules) == (HTML, ("decode:utf-8",))


def test_an_archive_cut_short_gives_what_came_before(tmp_path: Path) -> None:
    raw = warc(*[("response", "text/html", "200 OK", HTML.encode())] * 5, packed=False)
    for share in (0.5, 0.7, 0.95):
        found = items(write(tmp_path / "x.warc", raw[: int(len(raw) * share)]))
        assert len([item for item in found if isinstance(item, Page)]) >= 2
        last = next(item for item in found if isinstance(item, Rejected))
        assert last.outcome == UNREADABLE
    wrong = raw.replace(b"Content-Length: ", b"Content-Length: 1", 1)
    assert isinstance(items(write(tmp_path / "w.warc", wrong))[-1], Rejected)
    packed = warc(*[("response", "text/html", "200 OK", HTML.encode())] * 5)
    found = items(write(tmp_path / "x.warc.gz", packed[: len(packed) * 3 // 4]))
    assert isinstance(found[-1], Rejected)
    assert outline(write(tmp_path / "y.warc", "no archive at all"))[-1].startswith(" damaged after record 0")
    assert outline(write(tmp_path / "z.warc", "")) == [" no record in it"]


RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Bản tin</title>
<item><title>Xã Ia Rong làm đường</title><link>https://bao.example/1</link><description>Xã khởi công một con đường.</description>
<pubDate>Tue, 20 Jun 2023 22:30:00 GMT</pubDate><category>Xây dựng</category><author>An</author>
<content:encoded><![CDATA[<p>{text}</p><p>Đường xong trước mùa mưa.</p>]]></content:encoded></item>
<item><title>Tin vắn</title><link>https://bao.example/2</link><description>Chỉ có hai dòng tóm tắt.</description></item>
<item><title>Cả bài trong phần mô tả</title><link>https://bao.example/3</link><description>{long}</description></item>
</channel></rss>
""".format(text=TEXT, long=" ".join([TEXT] * 12))
ATOM = f"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Bản tin</title><entry><title>Huyện họp</title>
<link href="https://bao.example/4"/><published>2023-06-20T22:30:00Z</published><content type="html">
&lt;p&gt;{TEXT}&lt;/p&gt;</content></entry></feed>"""


def test_entries_with_their_text_are_articles_and_teasers_are_counted(tmp_path: Path) -> None:
    found = items(write(tmp_path / "x.rss", RSS))
    whole = [item for item in found if isinstance(item, Record)]
    assert [(item.path[-2:], item.fields["title"]) for item in whole] == [("#1", "Xã Ia Rong làm đường"), ("#3", "Cả bài trong phần mô tả")]
    assert [item.count for item in found if isinstance(item, Skipped)] == [1]
    article = record(whole[0].fields, "x")
    assert isinstance(article, Article)
    assert article.published is not None
    assert (article.published.date, article.url, article.lead) == ("2023-06-21", "https://bao.example/1", "Xã khởi công một con đường.")
    assert article.body == (TEXT, "Đường xong trước mùa mưa.")
    assert (article.author, article.category) == ("An", "Xây dựng")


def wordpress(*items: tuple[str, str, str]) -> str:
    """An export of WordPress: (title, content, other elements) of each item."""
    space = "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:wp='http://wordpress.org/export/1.2/'"
    space += " xmlns:excerpt='http://wordpress.org/export/1.2/excerpt/'"
    inside = "".join(
        f"<item><title>{title}</title><pubDate>Sat, 06 May 2023 20:30:00 +0000</pubDate>"
        f"<content:encoded><![CDATA[{content}]]></content:encoded>{more}</item>"
        for title, content, more in items
    )
    return f"<rss version='2.0' {space}><channel><title>Bản tin</title>{inside}</channel></rss>"


def test_an_export_of_wordpress_gives_its_published_posts(tmp_path: Path) -> None:
    """Drafts, private posts and pictures stand in it too; they are counted and never shown."""
    kinds = [
        ("post", "publish"),
        ("post", "draft"),
        ("post", "private"),
        ("attachment", "inherit"),
        ("nav_menu_item", "publish"),
        ("ban-tin", "publish"),
    ]
    posts = [
        (f"Tin {kind} {status}", TEXT, f"<wp:post_type>{kind}</wp:post_type><wp:status>{status}</wp:status>") for kind, status in kinds
    ]
    locked = ("Tin khóa", TEXT, "<wp:status>publish</wp:status><wp:post_password>x</wp:post_password>")
    found = items(write(tmp_path / "x.xml", wordpress(*posts, locked)))
    assert [item.fields["title"] for item in found if isinstance(item, Record)] == ["Tin post publish", "Tin ban-tin publish"]
    assert {item.reason.split(" ")[0]: item.count for item in found if isinstance(item, Skipped)} == {"drafts": 3, "parts": 2}


def test_paragraphs_and_captions_of_wordpress_are_told_without_tags(tmp_path: Path) -> None:
    """Empty lines part them; the day is the one of the site's own clock."""
    caption = '[caption id="a" width="9"]<img src="x.jpg"> Cầu mới[/caption]'
    text = f'{TEXT}\n\n{caption}\n\n<strong>Đường</strong> xong\ntrước mùa mưa. [gallery ids="1"]'
    (item,) = items(write(tmp_path / "x.xml", wordpress(("Làm đường", text, "<wp:post_date>2023-05-07 03:30:00</wp:post_date>"))))
    assert isinstance(item, Record)
    article = record(item.fields, "x")
    assert isinstance(article, Article)
    assert article.body == (TEXT, "Đường xong", "trước mùa mưa.")
    assert article.captions == ("Cầu mới",)
    assert article.published is not None
    assert article.published.date == "2023-05-07"


def test_a_post_of_wordpress_may_mix_paragraphs_with_tags_and_without(tmp_path: Path) -> None:
    """Editors set some in columns of equal width; the others are still paragraphs. What they wrote as the excerpt is the lead."""
    kind = "<wp:post_type>post</wp:post_type><excerpt:encoded>Xã làm đường.</excerpt:encoded>"
    kind += "<category domain='post_tag'>đường</category><category domain='category'>Xây dựng</category>"
    end = "Bà con hiến đất."
    post = ("Làm đường", f'{TEXT}\n\n<p style="text-align: justify;">Đường xong.</p>\n\n{end}\n\n{end} Hết.', kind)
    (item,) = items(write(tmp_path / "x.xml", wordpress(post)))
    assert isinstance(item, Record)
    article = record(item.fields, "x")
    assert isinstance(article, Article)
    assert article.category == "Xây dựng"
    assert (article.lead, article.body) == ("Xã làm đường.", (TEXT, "Đường xong.", end, f"{end} Hết."))


def test_teasers_are_taken_where_that_is_asked_for(tmp_path: Path) -> None:
    found = items(write(tmp_path / "x.xml", RSS), Reading(teasers=True))
    assert [type(item) for item in found] == [Record] * 3


def test_atom_is_a_feed_too_and_may_be_packed(tmp_path: Path) -> None:
    (item,) = items(write(tmp_path / "x.atom.gz", gzip.compress(ATOM.encode())))
    assert isinstance(item, Record)
    article = record(item.fields, "x")
    assert isinstance(article, Article)
    assert (article.title, article.body) == ("Huyện họp", (TEXT,))


def test_a_feed_cut_short_gives_what_came_before_and_is_named(tmp_path: Path) -> None:
    found = items(write(tmp_path / "x.rss", RSS.encode()[: RSS.encode().index(b"<item><title>C")]))
    assert isinstance(found[0], Record)
    assert isinstance(found[-1], Rejected)
    assert found[-1].reason == "the feed is cut short after entry 2"


def test_a_feed_looks_nothing_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object, **__: object) -> None:
        raise AssertionError("a feed opened a socket")

    monkeypatch.setattr(socket, "socket", refused)
    monkeypatch.setattr(socket, "getaddrinfo", refused)
    outside = RSS.replace("<rss", '<!DOCTYPE rss SYSTEM "http://bao.example/x.dtd" [<!ENTITY e SYSTEM "file:///etc/passwd">]><rss', 1)
    found = items(write(tmp_path / "x.rss", outside.replace("Tin vắn", "&e;")), Reading(teasers=True))
    assert "root:" not in str(found)
    assert items(write(tmp_path / "y.xml", "http://bao.example/feed"))[0] == Rejected(
        str(tmp_path / "y.xml"), "XML that is neither a feed (RSS, Atom) nor a sitemap"
    )


@pytest.mark.parametrize(("root", "what"), [("urlset", "sitemap"), ("sitemapindex", "index of sitemaps")])
def test_a_sitemap_is_counted_and_holds_no_article(tmp_path: Path, root: str, what: str) -> None:
    one = "url" if root == "urlset" else "sitemap"
    image = "<image:image><image:loc>https://bao.example/a.png</image:loc></image:image>"
    text = f'<?xml version="1.0"?><{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:image="http://i.example/">'
    text += f"<{one}><loc>https://bao.example/1</loc>{image}</{one}><{one}><loc>https://bao.example/2</loc></{one}></{root}>"
    assert outline(write(tmp_path / "x.xml", text)) == [f" 1 × {what} with 2 addresses and no article"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("", " empty file"), ("<config/>", " XML that is neither"), ("<html><p>Tin.</p></html>", " page"), ("<rss></rss>", " a feed without")],
)
def test_other_xml_is_named(tmp_path: Path, text: str, found: str) -> None:
    assert outline(write(tmp_path / "x.xml", text))[0].startswith(found)
