"""Feeds and sitemaps: what they list, and what they cannot do."""

from __future__ import annotations

import contextlib
import gzip
import socket
from pathlib import Path

import pytest

from indexer.fetch.discover import Listing, looks_like_list, read_listing, root_name
from indexer.fetch.model import Entry, NotFetchedError

BASE = "https://xa.example.vn/rss/tin.rss"


def read(body: str | bytes, kind: str = "application/xml") -> Listing | None:
    return read_listing(body if isinstance(body, bytes) else body.encode(), BASE, kind, 1_000_000)


def test_rss_lists_its_items_with_viet_nams_day() -> None:
    """19:30 in Greenwich is the next morning in Viet Nam."""
    found = read(
        """<?xml version="1.0"?><rss version="2.0"><channel><link>https://xa.example.vn/</link>
        <item><link>https://xa.example.vn/1</link><pubDate>Fri, 30 Jun 2023 19:30:00 GMT</pubDate></item>
        <item><link> https://xa.example.vn/2?a=1&amp;b=2 </link></item>
        <item><guid isPermaLink="true">https://xa.example.vn/3</guid><pubDate>hôm qua</pubDate></item>
        <item><title>không có đường dẫn</title></item></channel></rss>"""
    )
    assert found == Listing(
        "feed",
        (
            Entry("https://xa.example.vn/1", "2023-07-01"),
            Entry("https://xa.example.vn/2?a=1&b=2"),
            Entry("https://xa.example.vn/3"),
        ),
    )


def test_atom_and_rdf_are_feeds_too() -> None:
    atom = read(
        """<feed xmlns="http://www.w3.org/2005/Atom"><entry><link rel="alternate" href="https://a.vn/1"/>
        <published>2024-02-01T08:00:00+07:00</published><updated>2024-02-03T08:00:00+07:00</updated></entry></feed>"""
    )
    assert atom == Listing("feed", (Entry("https://a.vn/1", "2024-02-03"),))
    rdf = read(
        """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">
        <item rdf:about="https://a.vn/2"><link>https://a.vn/2</link></item></rdf:RDF>"""
    )
    assert rdf == Listing("feed", (Entry("https://a.vn/2"),))


def test_a_news_sitemap_lists_pages_with_their_dates() -> None:
    found = read(
        """<?xml version="1.0"?><!-- tin --><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
        xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>https://a.vn/1</loc><news:news><news:publication><news:name>A</news:name><news:language>vi</news:language>
        </news:publication><news:publication_date>2024-03-05T20:00:00Z</news:publication_date><news:title>Tin</news:title></news:news></url>
        <url><loc>https://a.vn/2?x=1&amp;y=2</loc><lastmod>2024-03-01</lastmod></url>
        <url><loc>https://a.vn/3</loc><lastmod>gần đây</lastmod></url></urlset>"""
    )
    assert found == Listing(
        "sitemap", (Entry("https://a.vn/1", "2024-03-06"), Entry("https://a.vn/2?x=1&y=2", "2024-03-01"), Entry("https://a.vn/3"))
    )


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2024-03-05T20:00:00Z", "2024-03-06"),
        ("05/03/2024 08:00", "2024-03-05"),
        ("<![CDATA[2024-03-05]]>", "2024-03-05"),
        ("Tue, 05 Mar 2024 20:00:00 GMT", "2024-03-06"),
        ("\n  2024-03-05\n", "2024-03-05"),
        *((text, None) for text in ("", " ", "12:00", "2024", "hôm qua", "9" * 30, "9" * 400, "0001-01-01T00:00:00+14:00", "<x>2024</x>")),
    ],
)
@pytest.mark.parametrize("element", ["lastmod", "n:publication_date", "lastmod a='b'"])
def test_dates_of_a_sitemap_are_read_by_our_rules_and_none_spoils_it(written: str, day: str | None, element: str) -> None:
    """Day first; what is not stated is not filled in; a list is not given up for one date."""
    found = read(
        f"""<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">
        <url><loc>https://a.vn/1</loc><n:title>Tin</n:title><{element}>{written}</{element.split()[0]}></url>
        <url><loc>https://a.vn/2</loc></url></urlset>"""
    )
    assert found == Listing("sitemap", (Entry("https://a.vn/1", day), Entry("https://a.vn/2")))


@pytest.mark.parametrize("part", ["<lastmod>", "<lastmod>x", "<lastmod> ", "<lastmod><![CDATA[", "<a:", "<lastmod a", "<lastmod>]]>"])
def test_looking_for_dates_does_not_go_back_and_forth(part: str) -> None:
    """A megabyte of beginnings: milliseconds when every character is looked at a few times, hours when each start tries every end."""
    with contextlib.suppress(NotFetchedError):
        read("<urlset>" + part * 20_000 + "x" * 1_000_000)


def test_dates_of_a_feed_are_read_by_our_rules() -> None:
    days = ("05/03/2024 08:00", "Thứ ba, 05/03/2024 08:00 GMT+7", "2024-03", "hôm qua")
    items = "".join(f"<item><link>https://a.vn/{number}</link><pubDate>{day}</pubDate></item>" for number, day in enumerate(days))
    found = read(f"<rss version='2.0'><channel>{items}</channel></rss>")
    assert found is not None
    assert [entry.dated for entry in found.entries] == ["2024-03-05", "2024-03-05", "2024-03", None]


def test_an_index_names_its_sitemaps_and_the_library_fetches_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def forbidden(*_: object, **__: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "getaddrinfo", forbidden)
    monkeypatch.setattr(socket.socket, "connect", forbidden)
    found = read(
        """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><sitemap><loc>https://a.vn/s1.xml</loc></sitemap>
        <sitemap><loc>https://a.vn/s2.xml.gz</loc></sitemap></sitemapindex>"""
    )
    assert found == Listing("sitemap", (), ("https://a.vn/s1.xml", "https://a.vn/s2.xml.gz"))


def test_a_sitemap_packed_by_its_author_is_unpacked_within_the_limit() -> None:
    text = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.vn/1</loc></url></urlset>'
    assert read(gzip.compress(text.encode()), "application/x-gzip") == Listing("sitemap", (Entry("https://a.vn/1"),))
    with pytest.raises(NotFetchedError, match="expands to more than"):
        read(gzip.compress(b" " * 2_000_000))


def test_a_cut_off_sitemap_gives_what_it_has() -> None:
    text = '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.vn/1</loc></url><url><loc>https://a.vn'
    assert read(text) == Listing("sitemap", (Entry("https://a.vn/1"),))


def test_a_text_sitemap_is_one_by_its_type_alone() -> None:
    assert read("https://a.vn/1\nhttps://a.vn/2\n", "text/plain") == Listing("sitemap", (Entry("https://a.vn/1"), Entry("https://a.vn/2")))
    assert read("https://a.vn/1\n", "text/html") is None
    assert read("Xin chào", "text/plain") is None


@pytest.mark.parametrize(
    "body", ["<!doctype html><html><body>x", "<?xml version='1.0'?><html xmlns='x'/>", "", "x", "<", "<!-- <rss> -->", b"\xff\xfe\x00"]
)
def test_what_is_neither_is_left(body: str | bytes) -> None:
    assert read(body, "text/html") is None


BILLION = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 9))


@pytest.mark.parametrize("root", ["rss", "urlset"])
def test_entities_open_no_file_and_fill_no_memory(root: str, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("https://a.vn/secret", encoding="utf-8")
    item = "<item><link>{}</link></item>" if root == "rss" else "<url><loc>{}</loc></url>"
    for doctype, used in (
        (f'<!DOCTYPE {root} [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>', "&x;"),
        (f'<!DOCTYPE {root} [<!ENTITY l0 "a">{BILLION}]>', "&l8;"),
        (f'<!DOCTYPE {root} SYSTEM "http://127.0.0.1:9/x.dtd">', "https://a.vn/1"),
    ):
        body = f'<?xml version="1.0"?>{doctype}<{root}>{item.format(used)}</{root}>'
        try:
            found = read(body)
        except NotFetchedError:
            continue
        assert found is None or all("secret" not in entry.url and len(entry.url) < 1000 for entry in found.entries)


@pytest.mark.parametrize(
    "body", ["<rss><channel>", "<rss", "<rss>" + "<item>" * 2_000, "<feed>&&&&<<<", "<urlset>" + "<url>" * 1000, "<sitemapindex><loc>x"]
)
def test_a_broken_list_is_empty_or_says_so(body: str) -> None:
    found: Listing | None = None
    with contextlib.suppress(NotFetchedError):
        found = read(body)
    assert found is None or not found.entries


@pytest.mark.parametrize(("tag", "count"), [("<rss>", 100_001), ("<urlset>", 1_000_001), ("<sitemapindex>", 50_001)])
def test_a_list_that_would_take_minutes_is_not_read(tag: str, count: int) -> None:
    with pytest.raises(NotFetchedError, match="more than"):
        read_listing(tag.encode() + b"<a>" * count, BASE, "", 10_000_000)


@pytest.mark.parametrize(
    ("body", "name"),
    [
        (b"<rss>", "rss"),
        (b"\xef\xbb\xbf  <?xml version='1.0'?>\n<!-- a > b -->\n<rss:RSS>", "rss"),
        (b'<!DOCTYPE rss PUBLIC "-//N//DTD RSS 0.91//EN" "http://x/rss.dtd"><rss>', "rss"),
        (b'<!DOCTYPE rss [<!ENTITY a "b>">]><rss>', "rss"),
        (b"<!doctype html><html>", "html"),
        (b"<!-- <rss> ", None),
        (b"<!doctype", None),
        (b"text", None),
        (b"<!---->" * 20_000, None),
        (b"<!--" + b"--><!--" * 20_000, None),
        (b"<?" * 40_000, None),
    ],
)
def test_the_first_element(body: bytes, name: str | None) -> None:
    assert root_name(body) == name


@pytest.mark.parametrize(
    ("url", "looks"),
    [
        ("https://a.vn/rss", True),
        ("https://a.vn/feed/", True),
        ("https://a.vn/rss/tin-moi.rss", True),
        ("https://a.vn/sitemap-news.xml?page=2", True),
        ("https://a.vn/sitemap_2024.xml.gz", True),
        ("https://a.vn/tin-moi/feed-du-lich-12.html", False),
        ("https://a.vn/", False),
    ],
)
def test_names_of_lists(url: str, looks: bool) -> None:
    assert looks_like_list(url) is looks
