"""A run: what is due, what is kept, what is remembered, and that every address is counted once."""

from __future__ import annotations

import datetime
import json
import socket
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from indexer.errors import FetchError
from indexer.fetch.follow import Fetcher
from indexer.fetch.model import Response
from indexer.fetch.report import FetchReport
from indexer.fetch.state import FILE, MAX_TRIES, TRY_SECONDS, State
from indexer.fetch.urls import Url, clean_url
from tests.indexer.fetch.conftest import QuickClock
from tests.indexer.fetch.site import Site, answer, page, redirect, rss, sitemap, sitemap_index

Run = Callable[..., FetchReport]
Make = Callable[..., Fetcher]


def outcomes(report: FetchReport) -> dict[str, str]:
    """Outcome by the last part of the address."""
    return {url.rpartition("/")[2]: str(row.outcome) for url, row in report.rows.items()}


def kept(folder: Path) -> list[str]:
    """Paths of the responses in all finished files."""
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as stream:
            found += [
                record.rec_headers.get_header("WARC-Target-URI") for record in ArchiveIterator(stream) if record.rec_type == "response"
            ]
    return sorted(clean_url(url).target for url in found)


def feed_of(site: Site, *names: str) -> None:
    site.routes["/rss"] = rss(*((site.url(f"/{name}"), "") for name in names))
    site.routes |= {f"/{name}": page(name) for name in names}


def test_a_feed_is_read_and_its_pages_are_kept(site: Site, run: Run, tmp_path: Path) -> None:
    feed_of(site, "a", "b")
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "listed", "a": "fetched", "b": "fetched"}
    assert report.counts == {"fetched": 2, "listed": 1}
    assert report.rows[site.url("/a")].found_in == site.url("/rss")
    assert kept(tmp_path) == ["/a", "/b"]


def test_a_second_run_fetches_nothing_again(site: Site, run: Run) -> None:
    feed_of(site, "a", "b")
    run(site.url("/rss"))
    site.requests.clear()
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "listed", "a": "known", "b": "known"}
    assert site.paths == ["/rss"]
    assert report.files == []


def test_sitemaps_within_an_index_are_read(site: Site, run: Run) -> None:
    site.routes |= {
        "/sitemap.xml": sitemap_index(site.url("/news.xml"), site.url("/sitemap.xml"), site.url("/gone.xml")),
        "/news.xml": sitemap((site.url("/a"), "2024-03-01"), (site.url("/b"), "")),
        "/a": page("a"),
        "/b": page("b"),
    }
    report = run(site.url("/sitemap.xml"))
    assert outcomes(report) == {"sitemap.xml": "listed", "news.xml": "listed", "gone.xml": "failed", "a": "fetched", "b": "fetched"}


def test_lists_within_lists_end(site: Site, run: Run) -> None:
    for number in range(9):
        site.routes[f"/{number}.xml"] = sitemap_index(site.url(f"/{number + 1}.xml"))
    report = run(site.url("/0.xml"))
    assert list(outcomes(report).values()) == ["listed"] * 4 + ["refused"]


def test_a_page_of_a_feed_is_not_read_as_a_list(site: Site, run: Run) -> None:
    """An article cannot send us to further addresses."""
    site.routes |= {"/rss": rss((site.url("/a.xml"), "")), "/a.xml": rss((site.url("/secret"), ""))}
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "a.xml": "not-html"}


def test_one_address_in_several_writings_is_one(site: Site, run: Run) -> None:
    site.routes |= {
        "/rss": rss((site.url("/a"), ""), (site.url("/a#x"), ""), ("/a", ""), (f"HTTP://127.0.0.1:{site.port}/a", "")),
        "/a": page("a"),
    }
    report = run(site.url("/rss"), site.url("/a"))
    assert outcomes(report) == {"rss": "listed", "a": "fetched"}
    assert site.paths.count("/a") == 1


def test_since_leaves_out_what_is_dated_earlier(site: Site, run: Run) -> None:
    site.routes["/sitemap.xml"] = sitemap((site.url("/old"), "2024-02-29"), (site.url("/new"), "2024-03-01"), (site.url("/undated"), ""))
    site.routes |= {"/new": page("n"), "/undated": page("u")}
    report = run(site.url("/sitemap.xml"), since=datetime.date(2024, 3, 1))
    assert outcomes(report) == {"sitemap.xml": "listed", "old": "old", "new": "fetched", "undated": "fetched"}


def test_the_limit_counts_pages_and_leaves_the_rest_for_later(site: Site, run: Run) -> None:
    feed_of(site, "a", "b", "c")
    assert list(outcomes(run(site.url("/rss"), limit=2)).values()) == ["listed", "fetched", "fetched", "postponed"]
    assert list(outcomes(run(site.url("/rss"), limit=2)).values()) == ["listed", "known", "known", "fetched"]


def test_a_dry_run_asks_for_no_page_and_keeps_nothing(site: Site, run: Run, tmp_path: Path) -> None:
    feed_of(site, "a", "kin", "b")
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /kin")
    site.routes["/rss"] = rss((site.url("/a"), ""), (site.url("/kin"), ""), ("http://10.0.0.1/x", ""), ("file:///etc/passwd", ""))
    report = run(site.url("/rss"), is_dry=True)
    assert outcomes(report) == {"rss": "listed", "a": "would-fetch", "kin": "disallowed", "x": "refused", "passwd": "refused"}
    assert site.paths == ["/rss"]
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
    assert outcomes(run(site.url("/rss")))["a"] == "fetched", "nothing was remembered"


def test_pages_that_are_none_are_counted_and_not_asked_again(site: Site, run: Run) -> None:
    feed_of(site, "a.pdf", "gone", "empty")
    site.routes |= {"/a.pdf": answer(b"%PDF", kind="application/pdf"), "/gone": answer("x", status="410 Gone"), "/empty": answer(b" \n")}
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "listed", "a.pdf": "not-html", "gone": "failed", "empty": "failed"}
    assert report.reasons == [
        ("listed", "feed of 3 addresses", 1),
        ("not-html", "its type is application/pdf", 1),
        ("failed", "an empty page", 1),
        ("failed", "the server says 410 Gone", 1),
    ]
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "a.pdf": "known", "gone": "known", "empty": "failed"}


def test_a_page_that_fails_is_tried_for_days_but_not_for_ever(site: Site, run: Run, clock: QuickClock) -> None:
    feed_of(site, "a")
    site.routes["/a"] = answer("x", status="500 Oh")
    found = []
    for _ in range(MAX_TRIES + 1):
        found += [outcomes(run(site.url("/rss")))["a"] for _ in range(3)]
        clock.sleep(TRY_SECONDS + 1)
    assert found == ["failed"] * (3 * (MAX_TRIES - 1) + 1) + ["known"] * 5


def test_a_site_that_is_away_for_weeks_loses_no_page(site: Site, other: Site, make: Make, run: Run, clock: QuickClock) -> None:
    away = socket.socket()
    away.bind(("127.0.0.1", 0))  # and never listens: nobody else gets the port meanwhile
    port = away.getsockname()[1]
    site.routes["/rss"] = rss((f"http://127.0.0.1:{port}/a", ""), (f"http://khac.test:{other.port}/b", ""))
    other.routes |= {"/robots.txt": answer("x", status="500 Oh"), "/b": page("b")}

    def later() -> dict[str, str]:
        clock.sleep(TRY_SECONDS + 1)
        fetcher = make(allowed=("127.0.0.1", "khac.test"), resolve=lambda host, port: ["127.0.0.1"])
        return outcomes(run(site.url("/rss"), fetcher=fetcher))

    assert [later() for _ in range(MAX_TRIES + 2)] == [{"rss": "listed", "a": "failed", "b": "disallowed"}] * (MAX_TRIES + 2)
    site.routes["/rss"] = rss()
    other.routes["/robots.txt"] = answer("", status="404 None")
    assert later() == {"rss": "listed", "a": "failed", "b": "fetched"}
    away.close()


def test_a_feed_that_fails_is_asked_for_ever(site: Site, run: Run) -> None:
    site.routes["/rss"] = answer("x", status="404 None")
    assert [outcomes(run(site.url("/rss")))["rss"] for _ in range(MAX_TRIES + 2)] == ["failed"] * (MAX_TRIES + 2)


# --- conditional requests


def changing(body: bytes, etag: str = '"v1"', modified: str = "Tue, 05 Mar 2024 01:02:03 GMT") -> bytes:
    head, _, rest = body.partition(b"\r\n\r\n")
    return head + f"\r\nETag: {etag}\r\nLast-Modified: {modified}".encode() + b"\r\n\r\n" + rest


NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\n\r\n"


def test_an_unchanged_feed_still_names_the_pages_that_are_not_done(site: Site, run: Run) -> None:
    """A run that was cut off after reading the feed must not lose its pages to the 304 of the next."""
    feed_of(site, "a", "b")
    site.routes["/rss"] = [changing(site.routes["/rss"]), NOT_MODIFIED]  # type: ignore[arg-type]  # the page of a feed is bytes
    run(site.url("/rss"), limit=1)
    report = run(site.url("/rss"))
    assert site.headers("/rss")["if-none-match"] == '"v1"'
    assert site.headers("/rss")["if-modified-since"] == "Tue, 05 Mar 2024 01:02:03 GMT"
    assert outcomes(report) == {"rss": "listed", "a": "known", "b": "fetched"}
    assert report.rows[site.url("/rss")].reason == "feed of 2 addresses, unchanged"


def test_pages_a_feed_forgot_before_they_were_fetched_are_fetched(site: Site, run: Run) -> None:
    feed_of(site, "a", "b")
    run(site.url("/rss"), limit=1)
    site.routes |= {"/rss": rss((site.url("/c"), "")), "/c": page("c")}
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "c": "fetched", "b": "fetched"}
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "c": "known"}


def test_pages_a_feed_forgot_that_may_not_be_fetched_are_forgotten_too(site: Site, run: Run) -> None:
    site.routes |= {"/robots.txt": answer("User-agent: *\nDisallow: /kin"), "/c": page("c")}
    site.routes["/rss"] = rss((site.url("/kin"), ""), ("http://10.0.0.1/x", ""), ("file:///etc/passwd", ""))
    assert set(outcomes(run(site.url("/rss"))).values()) == {"listed", "disallowed", "refused"}
    site.routes["/rss"] = rss((site.url("/c"), ""))
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "c": "fetched"}


def test_refresh_asks_whether_pages_changed(site: Site, run: Run, tmp_path: Path) -> None:
    feed_of(site, "a", "b")
    site.routes["/a"] = [changing(page("a")), NOT_MODIFIED]
    run(site.url("/rss"))
    report = run(site.url("/rss"), refresh=True)
    assert outcomes(report) == {"rss": "listed", "a": "unchanged", "b": "fetched"}
    assert site.headers("/a")["if-none-match"] == '"v1"'
    assert kept(tmp_path) == ["/a", "/b", "/b"]


@pytest.mark.parametrize("etag", ['"a\r\n X-Injected: 1"', "bare", '"' + "x" * 600 + '"', '"\x01"', '"ngày"'])
def test_an_etag_of_no_sense_is_not_sent_back(etag: str, site: Site, run: Run) -> None:
    feed_of(site, "a")
    site.routes["/a"] = changing(page("a"), etag, "yesterday\r\n X-Injected: 2")
    run(site.url("/rss"))
    run(site.url("/rss"), refresh=True)
    assert not {"if-none-match", "if-modified-since", "x-injected"} & set(site.headers("/a"))


def test_not_modified_without_being_asked_is_a_failure(site: Site, run: Run) -> None:
    feed_of(site, "a")
    site.routes["/a"] = NOT_MODIFIED
    assert outcomes(run(site.url("/rss")))["a"] == "failed"


# --- redirects between pages


def test_two_addresses_of_one_page_are_fetched_once(site: Site, run: Run, tmp_path: Path) -> None:
    feed_of(site, "a", "b", "new")
    site.routes |= {"/a": redirect("/new"), "/b": redirect("/new")}
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "listed", "a": "fetched", "b": "known", "new": "known"}
    assert kept(tmp_path) == ["/new"]
    assert set(outcomes(run(site.url("/rss"))).values()) == {"listed", "known"}


# --- hosts


def test_hosts_take_turns(site: Site, other: Site, make: Make, run: Run, clock: QuickClock) -> None:
    """While one is left alone the other is asked: three pages each take no longer than three pages of one."""
    feed_of(site, "a", "b", "c")
    other.routes |= {name: page(name) for name in ("/x", "/y", "/z")}
    site.routes["/rss"] = rss(
        *((site.url(f"/{name}"), "") for name in "abc"), *((f"http://khac.test:{other.port}/{name}", "") for name in "xyz")
    )
    fetcher = make(allowed=("127.0.0.1", "khac.test"), resolve=lambda host, port: ["127.0.0.1"], delay=10.0)
    assert run(site.url("/rss"), fetcher=fetcher).counts == {"fetched": 6, "listed": 1}
    assert sum(clock.slept) < 60


def test_a_host_that_asks_for_hours_is_left_alone_in_the_next_run_too(site: Site, make: Make, run: Run) -> None:
    feed_of(site, "a", "b", "c")
    site.routes["/b"] = answer("x", ("Retry-After", "7200"), status="429 Slow")
    assert list(outcomes(run(site.url("/rss"))).values()) == ["listed", "fetched", "postponed", "postponed"]
    site.requests.clear()
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "postponed"}
    assert "asks to wait" in report.rows[site.url("/rss")].reason
    assert site.requests == []


def test_lists_without_end_do_not_fill_the_memory(site: Site, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.fetch.run.MAX_ADDRESSES", 3)
    feed_of(site, "a", "b", "c")
    report = run(site.url("/rss"))
    assert outcomes(report) == {"rss": "listed", "a": "fetched", "b": "fetched"}
    assert report.rows[site.url("/rss")].reason == "feed of 3 addresses; a run takes 3, so 1 are left out"


def test_halves_of_characters_are_reported_and_remembered(site: Site, run: Run) -> None:
    """They cannot be written to a file or a database as they are."""
    report = run("http://a\udcff.vn/", "\ud800")
    assert report.counts == {"refused": 2}
    json.dumps(report.as_dict(), ensure_ascii=False).encode()
    site.routes["/rss"] = answer("<rss><item><link>\x01&#xD800;</link></item></rss>", kind="application/xml")
    run(site.url("/rss"))


# --- being cut off


def test_ctrl_c_keeps_what_was_fetched_and_the_next_run_goes_on(
    site: Site, make: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    feed_of(site, "a", "b", "c")
    fetcher = make()
    get = fetcher.get

    def pressed_at_c(url: Url, *arguments: Any, **more: Any) -> Response:
        if url.target == "/c":
            raise KeyboardInterrupt
        return get(url, *arguments, **more)

    monkeypatch.setattr(fetcher, "get", pressed_at_c)
    report = run(site.url("/rss"), fetcher=fetcher)
    assert report.is_interrupted
    assert outcomes(report) == {"rss": "listed", "a": "fetched", "b": "fetched", "c": "postponed"}
    assert kept(tmp_path) == ["/a", "/b"]
    site.requests.clear()
    assert outcomes(run(site.url("/rss"))) == {"rss": "listed", "a": "known", "b": "known", "c": "fetched"}
    assert site.paths == ["/rss", "/c"]


def test_two_runs_in_one_folder_do_not_mix(tmp_path: Path) -> None:
    first = State(tmp_path)
    with pytest.raises(FetchError, match="Another `timtin fetch` is at work"):
        State(tmp_path)
    first.close()
    State(tmp_path).close()


@pytest.mark.parametrize("raw", [b"not a database" * 100, None])
def test_a_memory_that_cannot_be_read_names_its_file(raw: bytes | None, tmp_path: Path) -> None:
    if raw is None:
        with sqlite3.connect(tmp_path / FILE) as db:
            db.execute("pragma user_version = 99")
        db.close()
    else:
        (tmp_path / FILE).write_bytes(raw)
    with pytest.raises(FetchError, match=rf"{FILE} cannot be used: .*Move it away"):
        State(tmp_path)
