"""robots.txt and waiting: what a host may expect of us."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from indexer.fetch.follow import Fetcher
from indexer.fetch.model import NotFetchedError, Outcome, Response
from indexer.fetch.politeness import MAX_FAILURES, Politeness
from indexer.fetch.retry_after import MOST, retry_after
from indexer.fetch.robots import Robots, parse
from indexer.fetch.urls import Url, clean_url
from tests.indexer.fetch.conftest import LIMITS, QuickClock
from tests.indexer.fetch.site import Answer, Site, answer, page, redirect

Make = Callable[..., Fetcher]


def outcome(fetcher: Fetcher, url: str) -> tuple[Outcome, str]:
    try:
        fetcher.get(clean_url(url), lambda _: LIMITS.page_bytes)
    except NotFetchedError as error:
        return error.outcome, error.reason
    return Outcome.FETCHED, ""


def robots(text: str) -> bytes:
    return answer(text, kind="text/plain")


def test_robots_txt_is_read_once_and_obeyed(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nDisallow: /kin\n"), "/a": page("a"), "/kin/b": page("b")}
    fetcher = make()
    assert outcome(fetcher, site.url("/kin/b")) == (Outcome.DISALLOWED, "robots.txt disallows it")
    assert outcome(fetcher, site.url("/a"))[0] is Outcome.FETCHED
    assert [path for path, _ in site.requests] == ["/robots.txt", "/a"]


def test_rules_for_us_go_before_rules_for_all(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nDisallow: /\n\nUser-agent: Timtin\nDisallow: /x\n"), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED
    assert outcome(make(), site.url("/x"))[0] is Outcome.DISALLOWED


def test_rules_for_others_are_not_ours(site: Site, make: Make) -> None:
    text = "User-agent: KhacBot\nUser-agent: timtin-nhai\nDisallow: /\n\nUser-agent: Tim\nDisallow: /\n"
    site.routes |= {"/robots.txt": robots(text), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED


@pytest.mark.parametrize("status", ["400 Bad", "401 Who", "403 No", "404 None", "410 Gone"])
def test_who_has_no_robots_txt_allows_everything(status: str, site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": answer("x", status=status), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED


@pytest.mark.parametrize("status", ["500 Oh", "502 Gate", "503 Busy", "429 Too Many"])
def test_who_cannot_say_allows_nothing(status: str, site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": answer("x", status=status), "/a": page("a")}
    found, reason = outcome(make(), site.url("/a"))
    assert found is Outcome.DISALLOWED
    assert reason.startswith(f"robots.txt: the server says {status[:3]}")
    assert site.paths == []


def test_a_robots_txt_that_is_cut_off_allows_nothing(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": answer("User-agent: *", ("Content-Length", "99")), "/a": page("a")}
    assert outcome(make(), site.url("/a")) == (Outcome.FAILED, "robots.txt: cut off, 86 bytes are missing")
    assert site.paths == []


def test_robots_txt_may_have_moved(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": redirect("/r2"), "/r2": robots("User-agent: *\nDisallow: /a"), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.DISALLOWED


def test_robots_txt_in_a_circle_is_none(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": redirect("/robots.txt"), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED


def test_robots_txt_that_leads_to_a_private_address_allows_nothing(site: Site, other: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": redirect(other.url("/robots.txt")), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.REFUSED
    assert (site.paths, other.requests) == ([], [])


def test_a_redirect_asks_the_robots_txt_of_its_target(site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": robots("User-agent: *\nDisallow: /kin"), "/a": redirect("/kin/b"), "/kin/b": page("b")}
    found, reason = outcome(make(), site.url("/a"))
    assert (found, reason) == (Outcome.DISALLOWED, f"leads to {site.url('/kin/b')}: robots.txt disallows it")


@pytest.mark.parametrize(
    "body",
    [
        b"\xff\xfe\x00",
        b"\0" * 5000,
        b"<html><body>none",
        b"User-agent",
        b":::\n:\n",
        b"Disallow: /\n",
        b"\xef\xbb\xbfUser-agent: *\nAllow: /",
    ],
)
def test_a_robots_txt_of_no_sense_forbids_nothing(body: bytes, site: Site, make: Make) -> None:
    site.routes |= {"/robots.txt": answer(body), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED


def test_of_an_endless_robots_txt_the_beginning_counts(site: Site, make: Make) -> None:
    rules = b"User-agent: *\nDisallow: /kin\n" + b"#" * 2_000_000
    site.routes |= {"/robots.txt": answer(rules), "/a": page("a")}
    assert outcome(make(), site.url("/kin"))[0] is Outcome.DISALLOWED
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED


def test_a_hostile_robots_txt_costs_little() -> None:
    """20,000 names with 20,000 rules each would be 400 million rules; names of others share theirs."""
    raw = b"".join(b"User-agent: b%d\n" % number for number in range(20_000))
    raw += b"".join(b"Disallow: /%d\n" % number for number in range(20_000)) + b"User-agent: *\nDisallow: /x\n"
    rules = parse(raw)
    assert rules.can_fetch("http://a.vn/5", "timtin")
    assert not rules.can_fetch("http://a.vn/x", "timtin")
    assert set(rules._user_agents) == {"-", "*"}


def test_many_hostile_files_are_not_held_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A feed may name a thousand hosts, each with half a megabyte of rules."""
    monkeypatch.setattr("indexer.fetch.robots.MAX_HELD_BYTES", 100_000)
    raw = b"User-agent: *\n" + b"".join(b"Disallow: /%d\n" % number for number in range(1_500))

    def read(url: Url) -> Response:
        return Response(str(url), str(url), 200, "OK", (), (), raw, raw, "8.8.8.8")

    robots = Robots(read, Politeness(QuickClock(), 0.0, 120.0))
    for number in range(20):
        robots.check(clean_url(f"http://a{number}.vn/x"))
    assert sum(rules.size for rules in robots._rules.values()) <= 100_000
    with pytest.raises(NotFetchedError):
        robots.check(clean_url("http://a0.vn/7"))


def test_many_stars_in_a_rule_are_matched_in_one_go() -> None:
    rules = parse(b"User-agent: *\nDisallow: /" + b"*a" * 20_000 + b"$\n")
    assert rules.can_fetch("http://a.vn/" + "a" * 2000 + "b", "timtin")


def test_the_delay_is_kept_between_requests_to_a_host(site: Site, make: Make, clock: QuickClock) -> None:
    site.routes |= {"/a": page("a"), "/b": page("b")}
    fetcher = make(delay=3.0)
    for path in ("/a", "/b"):
        outcome(fetcher, site.url(path))
    assert [round(seconds) for seconds in clock.slept] == [3, 3], "robots.txt is a request too"


@pytest.mark.parametrize(("rule", "seconds"), [("Crawl-delay: 11", 11), ("Crawl-delay: 0.2", 2), ("Request-rate: 1/30", 30)])
def test_the_longer_of_our_delay_and_theirs_is_kept(rule: str, seconds: int, site: Site, make: Make, clock: QuickClock) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: *\n{rule}\n"), "/a": page("a"), "/b": page("b")}
    fetcher = make(delay=2.0)
    for path in ("/a", "/b"):
        outcome(fetcher, site.url(path))
    assert [round(seconds) for seconds in clock.slept] == [seconds, seconds]


@pytest.mark.parametrize("delay", ["1e99", "86400"])
def test_a_host_that_wants_days_between_requests_is_left(delay: str, site: Site, make: Make, clock: QuickClock) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {delay}\n"), "/a": page("a")}
    found, reason = outcome(make(), site.url("/a"))
    assert found is Outcome.POSTPONED
    assert "(robots.txt)" in reason
    assert (clock.slept, site.paths) == ([], [])


@pytest.mark.parametrize("delay", ["nan", "inf", "-1", "soon"])
def test_a_delay_of_no_sense_is_ignored(delay: str, site: Site, make: Make, clock: QuickClock) -> None:
    site.routes |= {"/robots.txt": robots(f"User-agent: *\nCrawl-delay: {delay}\n"), "/a": page("a")}
    assert outcome(make(), site.url("/a"))[0] is Outcome.FETCHED
    assert clock.slept == []


def test_a_host_that_fails_again_and_again_is_left(site: Site, make: Make) -> None:
    def hang_up(connection: object) -> None:
        """Say nothing and close."""

    bad: Answer = hang_up
    site.routes |= {f"/{number}": bad for number in range(20)}
    fetcher = make()
    found = [outcome(fetcher, site.url(f"/{number}"))[0] for number in range(8)]
    assert found == [Outcome.FAILED] * MAX_FAILURES + [Outcome.POSTPONED] * (8 - MAX_FAILURES)
    assert len(site.paths) == MAX_FAILURES


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("9" * 5000, MOST),
        ("-5", None),
        ("1.5", None),
        ("", None),
        ("soon", None),
        ("nan", None),
        ("٣", None),
        ("Thu, 01 Jan 1970 00:02:00 GMT", 20.0),
        ("Thu, 01 Jan 1970 00:00:00 GMT", 0.0),
        ("Fri, 31 Dec 9999 23:59:59 GMT", MOST),
        ("Fri, 99 Dec 2024 23:59:59 GMT", None),
    ],
)
def test_retry_after(value: str, seconds: float | None) -> None:
    assert retry_after(value, now=100.0) == seconds
