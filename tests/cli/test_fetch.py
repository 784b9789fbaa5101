"""`timtin fetch` as a person runs it, against a site on this machine."""

from __future__ import annotations

import errno
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from socket import socket
from subprocess import Popen

import pytest
from click.testing import CliRunner, Result

from cli.main import timtin
from indexer.fetch.state import FILE
from indexer.fetch.warc import OPEN
from indexer.manifest import Manifest
from tests.indexer.fetch.site import Site, answer, page, rss, serving, sitemap, sitemap_index
from tests.process import PATIENCE, start

Fetch = Callable[..., Result]


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        found.routes |= {f"/{name}": page(name) for name in "abc"}
        found.routes["/rss"] = rss(*((found.url(f"/{name}"), "") for name in "abc"))
        yield found


@pytest.fixture
def fetch(elsewhere: Path, site: Site) -> Fetch:
    """`timtin fetch …` in an empty folder, the site allowed, no waiting."""

    def invoke(*arguments: object, typed: bytes = b"") -> Result:
        given = ["fetch", "--allow-host", f"127.0.0.1:{site.port}", "--fetch-delay", "0", *map(str, arguments)]
        return CliRunner().invoke(timtin, given, input=typed)

    return invoke


def counts(result: Result) -> dict[str, int]:
    found: dict[str, int] = json.loads(result.stdout)["fetch"]["counts"]
    return found


def test_a_feed_goes_into_files_and_the_report_counts(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    done = fetch(site.url("/rss"), "--no-index", "--json", "--report", "r.json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["fetch"]["counts"] == {"fetched": 3, "listed": 1}
    assert report["fetch"]["addresses"] == len(report["fetch"]["urls"]) == sum(report["fetch"]["counts"].values()) == 4
    assert json.loads((elsewhere / "r.json").read_text(encoding="utf-8")) == report
    assert [Path(name).exists() for name in report["fetch"]["files"]] == [True]
    assert done.stderr == ""
    assert not (elsewhere / "var" / "index").exists()


def test_a_person_reads_what_became_of_it(fetch: Fetch, site: Site) -> None:
    site.routes["/b"] = answer("x", status="404 Not Found")
    done = fetch(site.url("/rss"), "--no-index")
    assert done.stdout == ""
    assert done.stderr.splitlines()[0] == f"failed {site.url('/b')}: the server says 404 Not Found"
    assert "timtin: 4 addresses: 2 fetched, 1 listed, 1 failed;" in done.stderr
    assert done.stderr.endswith("pages in var/fetch\n")


def test_lists_come_from_files_and_standard_input(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    (elsewhere / "list.txt").write_text(f"\ufeff# hai trang\n{site.url('/a')}\n\n{site.url('/b')}\r\n", encoding="utf-8")
    done = fetch("list.txt", "-", "--no-index", "--json", typed=f"{site.url('/c')}\n{site.url('/a')}\nkhông phải\n".encode())
    assert counts(done) == {"fetched": 3, "refused": 1}
    assert "refused không phải: not an http or https address" in done.stderr
    assert done.exit_code == 1


def test_a_dry_run_says_what_and_why(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    site.routes["/robots.txt"] = answer("User-agent: *\nDisallow: /b")
    done = fetch(site.url("/rss"), "--dry-run", "--limit", "2")
    assert done.stdout.splitlines() == [
        f"listed {site.url('/rss')}: feed of 3 addresses",
        f"would-fetch {site.url('/a')}",
        f"disallowed {site.url('/b')}: robots.txt disallows it",
        f"postponed {site.url('/c')}: the limit of 2 pages",
    ]
    assert done.exit_code == 0
    assert list(elsewhere.iterdir()) == []


def test_without_the_flag_nothing_on_this_machine_is_asked(fetch: Fetch, site: Site) -> None:
    with serving() as neighbour:
        done = fetch(neighbour.url("/"), f"http://localhost:{neighbour.port}/", "http://[::ffff:127.0.0.1]/", "--no-index", "--json")
        assert counts(done) == {"refused": 3}
        assert neighbour.requests == []
    assert done.exit_code == 1
    assert "127.0.0.1, an address that is not public (loopback)" in done.stderr


def test_reasons_from_outside_are_safe_for_a_terminal(fetch: Fetch, site: Site) -> None:
    site.routes["/rss"] = rss((site.url("/a\u202e%1b[31m"), ""), ("http://x\u202e\u009b31m.vn/", ""))
    done = fetch(site.url("/rss"), "--no-index", "--verbose")
    assert not {"\x1b", "\u202e", "\x9b"} & set(done.output)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["nowhere.txt"], "No such file: nowhere.txt. Give the address of a feed"),
        ([""], "(an empty name)"),
        (["http://a.vn/", "--since", "hôm qua"], "--since: 'hôm qua' is not a date"),
        (["http://a.vn/", "--allow-host", "http://b"], "--allow-host 'http://b': write HOST or HOST:PORT"),
        (["http://a.vn/", "--fetch-delay", "-1"], "--fetch-delay: fetch_delay = '-1' cannot be used"),
    ],
)
def test_what_cannot_be_done_is_said_before_anything_is_asked(arguments: list[str], said: str, fetch: Fetch, elsewhere: Path) -> None:
    done = fetch(*arguments)
    assert (done.exit_code, said in done.stderr) == (2, True), done.stderr
    assert list(elsewhere.iterdir()) == []


def test_the_contact_goes_with_every_request(fetch: Fetch, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TIMTIN_FETCH_CONTACT", "mailto:tin@example.vn")
    fetch(site.url("/a"), "--no-index")
    assert all(headers["user-agent"].endswith("(+mailto:tin@example.vn)") for _, headers in site.requests)
    monkeypatch.setenv("TIMTIN_FETCH_CONTACT", "a\r\nX-Injected: 1")
    assert fetch(site.url("/a"), "--no-index").exit_code == 2


def test_a_page_whose_file_cannot_be_written_ends_the_run_with_its_reason(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    (elsewhere / "var").write_text("a file where a folder is needed", encoding="utf-8")
    done = fetch(site.url("/a"), "--no-index")
    assert (done.exit_code, done.stderr) == (2, "timtin: var/fetch: Not a directory\n")
    assert site.requests == []


def test_a_full_disk_ends_the_run_and_the_next_goes_on(fetch: Fetch, site: Site, elsewhere: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder, the head of the file and the first page reach the disk; the second page finds no room and is cut off."""
    synced = []

    def sync(handle: int) -> None:
        synced.append(handle)
        if len(synced) == 4:
            raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr("indexer.fetch.warc.os.fsync", sync)
        done = fetch(site.url("/rss"), "--no-index")
    assert done.exit_code == 2
    assert "timtin: what was fetched cannot be written: No space left on device. What came before is kept" in done.stderr
    assert "1 fetched, 1 listed, 2 postponed" in done.stderr
    assert counts(fetch(site.url("/rss"), "--no-index", "--json")) == {"fetched": 2, "listed": 1, "known": 1}


def test_an_index_in_use_loses_neither_pages_nor_report(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    assert fetch(site.url("/a")).exit_code == 0
    with closing(Manifest(elsewhere / "var" / "index")):
        done = fetch(site.url("/rss"))
    assert done.exit_code == 2
    assert "timtin: 4 addresses: 2 fetched, 1 listed, 1 known;" in done.stderr
    assert done.stderr.splitlines()[-1].startswith("timtin: ")
    assert fetch(site.url("/rss")).exit_code == 0


def _held(site: Site, elsewhere: Path) -> tuple[Popen[bytes], threading.Event]:
    """A run that has kept /a and /b, and whose request for /c is not answered."""
    asked, go_on = threading.Event(), threading.Event()

    def hold(connection: socket) -> None:
        asked.set()
        go_on.wait(PATIENCE)

    site.routes["/c"] = hold
    arguments = ("fetch", site.url("/rss"), "--no-index", "--allow-host", f"127.0.0.1:{site.port}", "--fetch-delay", 0)
    process = start(*arguments, cwd=elsewhere)
    assert asked.wait(PATIENCE)
    return process, go_on


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_ctrl_c_and_sigterm_end_cleanly_and_the_next_run_goes_on(number: signal.Signals, site: Site, fetch: Fetch, elsewhere: Path) -> None:
    process, go_on = _held(site, elsewhere)
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)
    go_on.set()
    assert process.returncode == 130
    assert err.decode().endswith("timtin: interrupted. What was fetched is kept; the same command goes on from there.\n"), err
    assert "Traceback" not in err.decode()
    site.routes["/c"] = page("c")
    assert counts(fetch(site.url("/rss"), "--no-index", "--json")) == {"fetched": 1, "listed": 1, "known": 2}


def test_after_kill_9_whole_records_are_kept_and_nothing_is_fetched_twice(site: Site, fetch: Fetch, elsewhere: Path) -> None:
    process, go_on = _held(site, elsewhere)
    os.kill(process.pid, signal.SIGKILL)
    process.communicate(timeout=PATIENCE)
    go_on.set()
    (left,) = (elsewhere / "var" / "fetch").glob(f".*{OPEN}")
    with left.open("ab") as stream:
        stream.write(b"\x1f\x8b\x08 half a record")
    site.routes["/c"] = page("c")
    site.requests.clear()
    done = fetch(site.url("/rss"), "--no-index", "--json")
    assert counts(done) == {"fetched": 1, "listed": 1, "known": 2}
    assert json.loads(done.stdout)["fetch"]["recovered"] == [f"var/fetch/{left.name.removeprefix('.').removesuffix(OPEN)}"]
    assert site.paths == ["/rss", "/c"]
    assert {path.suffix for path in (elsewhere / "var" / "fetch").iterdir() if path.name != FILE} == {".gz"}


def test_kills_at_any_moment_lose_nothing(site: Site, fetch: Fetch, elsewhere: Path) -> None:
    """Kill after a random number of pages, again and again: in the end every page is there, and none was fetched more than once a kill."""
    names = [f"/p{number}" for number in range(30)]
    site.routes |= {name: page(name) for name in names} | {"/rss": rss(*((site.url(name), "") for name in names))}
    kills = 0
    for pages in (1, 4, 9):
        process = start(
            "fetch", site.url("/rss"), "--no-index", "--allow-host", f"127.0.0.1:{site.port}", "--fetch-delay", 0, cwd=elsewhere
        )
        ends = time.monotonic() + PATIENCE
        before = len(site.paths)
        while len(site.paths) < before + pages and process.poll() is None and time.monotonic() < ends:
            time.sleep(0.001)
        process.kill()
        process.communicate(timeout=PATIENCE)
        kills += 1
    found = counts(fetch(site.url("/rss"), "--no-index", "--json"))
    assert found.get("fetched", 0) + found.get("known", 0) == len(names)
    asked = [path for path in site.paths if path in names]
    assert set(asked) == set(names)
    assert len(asked) <= len(names) + kills


def test_from_a_site_to_the_search(fetch: Fetch, site: Site, elsewhere: Path) -> None:
    """A feed, a sitemap and articles; index; search finds them; a second run adds nothing."""
    pytest.importorskip("indexer.sources.web_archives", reason="this indexer reads no WARC files yet")
    text = "Sáng ngày 5 tháng 3 năm 2024, bà con bản Nậm Ngà khánh thành cây cầu treo bắc qua suối sau mười tháng thi công."
    site.routes |= {"/cau-treo.html": page("Bản Nậm Ngà có cầu treo mới", text), "/robots.txt": answer("User-agent: *\nCrawl-delay: 0")}
    site.routes |= {
        "/sitemap.xml": sitemap_index(site.url("/news.xml")),
        "/news.xml": sitemap((site.url("/cau-treo.html"), "2024-03-05")),
    }
    done = fetch(site.url("/rss"), site.url("/sitemap.xml"), "--json")
    assert done.exit_code == 0, done.output
    report = json.loads(done.stdout)
    assert report["fetch"]["counts"] == {"fetched": 4, "listed": 3}
    assert report["index"]["added"] + report["index"]["duplicate"] == 4, report["index"]
    found = CliRunner().invoke(timtin, ["search", "khanh thanh cau treo", "--json"])
    assert json.loads(found.stdout)["hits"][0]["url"] == site.url("/cau-treo.html")
    again = json.loads(fetch(site.url("/rss"), site.url("/sitemap.xml"), "--json").stdout)
    assert again["fetch"]["counts"] == {"listed": 3, "known": 4}
    assert again["index"]["added"] == 0
