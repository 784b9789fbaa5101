"""One request against a server that misbehaves: every answer ends, within its limits, with a reason."""

from __future__ import annotations

import gzip
import itertools
import re
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from indexer.fetch.connection import dial, tls_context
from indexer.fetch.follow import Fetcher
from indexer.fetch.model import NotFetchedError, Outcome, Response
from indexer.fetch.urls import clean_url
from tests.indexer.fetch.conftest import LIMITS, QuickClock
from tests.indexer.fetch.site import Answer, Site, answer, packed, page, redirect
from tests.process import PATIENCE

Make = Callable[..., Fetcher]


def get(fetcher: Fetcher, url: str) -> Response:
    return fetcher.get(clean_url(url), lambda _: LIMITS.page_bytes)


def failure(fetcher: Fetcher, url: str) -> NotFetchedError:
    with pytest.raises(NotFetchedError) as caught:
        get(fetcher, url)
    assert caught.value.reason.isprintable()
    return caught.value


def test_a_page_comes_as_it_was_sent(site: Site, make: Make) -> None:
    site.routes["/a"] = page("Tin một")
    found = get(make(), site.url("/a"))
    assert found.status == 200
    assert found.body == found.raw
    assert "Tin một" in found.body.decode()
    assert found.peer == "127.0.0.1"


def test_the_request_says_who_asks_and_nothing_else(site: Site, make: Make) -> None:
    site.routes["/a"] = answer("x", ("Set-Cookie", "who=you; Path=/"))
    site.routes["/b"] = page("b")
    fetcher = make()
    get(fetcher, site.url("/a"))
    get(fetcher, site.url("/b"))
    sent = site.headers("/b")
    assert sent["user-agent"] == "timtin/test"
    assert set(sent) == {"host", "user-agent", "accept", "accept-language", "accept-encoding", "connection"}


def test_no_proxy_of_the_environment_is_used(site: Site, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """Through a proxy the address that is connected to would be the proxy's, and no check would mean anything."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.routes["/a"] = page("a")
    assert get(make(), site.url("/a")).status == 200


def test_gzip_is_unpacked_and_kept_packed(site: Site, make: Make) -> None:
    site.routes["/a"] = packed("<p>Nước sạch về bản</p>")
    found = get(make(), site.url("/a"))
    assert found.body.decode() == "<p>Nước sạch về bản</p>"
    assert gzip.decompress(found.raw) == found.body


def test_chunks_are_joined(site: Site, make: Make) -> None:
    chunked = b"5;x=y\r\nXin c\r\n5\r\nhao b\r\n0\r\nTrailer: x\r\n\r\n"
    site.routes["/a"] = answer(chunked, ("Transfer-Encoding", "chunked"))
    assert get(make(), site.url("/a")).body == b"Xin chao b"


def test_a_body_without_a_length_goes_to_the_end(site: Site, make: Make) -> None:
    site.routes["/a"] = b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n<p>x</p>"
    assert get(make(), site.url("/a")).body == b"<p>x</p>"


def test_a_nonsense_length_is_ignored_and_a_short_one_believed(site: Site, make: Make) -> None:
    site.routes["/a"] = answer(b"<p>x</p>", ("Content-Length", "many"))
    site.routes["/b"] = answer(b"<p>x</p>....", ("Content-Length", "8"))
    site.routes["/c"] = answer(b"<p>x</p>", ("Content-Length", "-5"))
    assert [get(make(), site.url(path)).body for path in ("/a", "/b", "/c")] == [b"<p>x</p>"] * 3


def endless(part: bytes, start: bytes = b"") -> Answer:
    """Send `part` until the client hangs up."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in itertools.count():
            connection.sendall(part)

    return send


def dripping(clock: QuickClock, part: bytes, start: bytes = b"") -> Callable[[socket.socket], None]:
    """Send `part` until the client hangs up; a second passes after each."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        for _ in itertools.count():
            connection.sendall(part)
            clock.sleep(1.0)

    return send


def silent(start: bytes = b"") -> Answer:
    """Send `start`, and nothing more until the client hangs up."""

    def send(connection: socket.socket) -> None:
        connection.sendall(start)
        connection.settimeout(PATIENCE)
        connection.recv(1)

    return send


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
BOMB = packed(b"\0" * 50_000_000)


@pytest.mark.parametrize("start", [b"", HEAD + b"\r\n<p>", HEAD], ids=["says nothing", "stops in the body", "stops in the headers"])
def test_an_answer_that_stops_ends_in_time(start: bytes, site: Site, make: Make) -> None:
    site.routes |= {"/a": silent(start), "/b": page("b")}
    fetcher = make()
    get(fetcher, site.url("/b"))  # after robots.txt, which a busy machine may take longer to send than what follows waits
    fetcher.client.limits = replace(LIMITS, silent_seconds=0.3)
    assert failure(fetcher, site.url("/a")).reason == "stopped sending"


@pytest.mark.parametrize(
    ("part", "start"),
    [
        pytest.param(b"x", HEAD + b"\r\n", id="the body"),
        pytest.param(b"X", HEAD + b"X-Drip: ", id="a header"),
        pytest.param(b"H", b"", id="the status"),
        pytest.param(b"1\r\nx\r\n", HEAD + b"Transfer-Encoding: chunked\r\n\r\n", id="chunks"),
    ],
)
def test_an_answer_that_drips_ends_in_time(part: bytes, start: bytes, site: Site, make: Make, clock: QuickClock) -> None:
    site.routes["/a"] = dripping(clock, part, start)
    assert failure(make(), site.url("/a")).reason == f"took longer than {LIMITS.seconds:.0f} s"


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        pytest.param(lambda: endless(b"X-More: 1\r\n" * 500, HEAD), "larger|headers", id="endless headers"),
        pytest.param(lambda: endless(b"x" * 9999, HEAD + b"X-Long: "), "headers are too long", id="endless header"),
        pytest.param(lambda: endless(b"H" * 9999), "larger|not HTTP|too long", id="endless status"),
        pytest.param(lambda: endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 500), "larger", id="endless continue"),
        pytest.param(lambda: endless(b"x" * 9999, HEAD + b"\r\n"), "larger than 200,000", id="endless body"),
        pytest.param(lambda: endless(b"9" * 9999, HEAD + b"Transfer-Encoding: chunked\r\n\r\n"), "larger|maximum", id="endless chunk size"),
        pytest.param(lambda: endless(b"T: x\r\n" * 500, HEAD + b"Transfer-Encoding: chunked\r\n\r\n0\r\n"), "larger", id="endless trailer"),
        pytest.param(lambda: answer(b"x" * 300_000), "larger than 200,000", id="honest huge body"),
        pytest.param(lambda: answer(b"x", ("Content-Length", "9" * 30)), "larger than 200,000", id="absurd length"),
        pytest.param(lambda: BOMB, "expands to more than 200,000", id="gzip bomb"),
        pytest.param(lambda: packed(gzip.compress(b"x") * 3)[:-3], "cut off", id="short of what was promised"),
        pytest.param(lambda: answer(b"x" * 10, ("Content-Length", "999")), "cut off, 989 bytes", id="closes in the body"),
        pytest.param(
            lambda: answer(gzip.compress(b"x" * 999)[:-9], ("Content-Encoding", "gzip")), "gzip data ends early", id="gzip without its end"
        ),
        pytest.param(
            lambda: answer(gzip.compress(b"abc")[:6] + b"\xff" * 40, ("Content-Encoding", "gzip")), "damaged gzip", id="damaged gzip"
        ),
        pytest.param(lambda: answer(b"x", ("Content-Encoding", "gzip, gzip")), "not asked for", id="gzip twice"),
        pytest.param(lambda: answer(b"x", ("Content-Encoding", "br")), "not asked for", id="another coding"),
        pytest.param(lambda: answer(b"x", ("Content-Length", "1"), ("Content-Length", "2")), "Content-Length", id="two lengths"),
        pytest.param(lambda: answer(b"zz\r\nx", ("Transfer-Encoding", "chunked")), "cut off|chunk|length", id="chunk sizes of no sense"),
        pytest.param(lambda: b"", "closed without an answer", id="closes at once"),
        pytest.param(lambda: b"SSH-2.0-OpenSSH_9\r\n", "not HTTP|HTTP", id="another protocol"),
        pytest.param(lambda: b"HTTP/1.1 999999 OK\r\n\r\n", "HTTP", id="a status of no sense"),
        pytest.param(lambda: answer(b"", status="206 Partial Content"), "says 206", id="a part"),
        pytest.param(lambda: answer(b"", status="302 Found"), "says 302", id="a redirect to nowhere"),
        pytest.param(lambda: answer(b"", status="500 \x1b[31mred"), r"says 500 \[31mred$", id="a phrase for the terminal"),
    ],
)
def test_a_bad_answer_ends_with_its_reason(bad: Callable[[], Answer], reason: str, site: Site, make: Make) -> None:
    site.routes["/a"] = bad()
    found = failure(make(), site.url("/a"))
    assert found.outcome is Outcome.FAILED
    assert re.search(reason, found.reason), found.reason


def test_nothing_of_an_unwanted_type_is_read(site: Site, make: Make) -> None:
    """The body would be endless."""
    site.routes["/a.mp4"] = endless(b"x" * 9999, b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n")

    def wanted(content_type: str) -> int:
        raise NotFetchedError(Outcome.NOT_HTML, content_type)

    with pytest.raises(NotFetchedError, match="video/mp4"):
        make().get(clean_url(site.url("/a.mp4")), wanted)


def test_a_host_that_is_not_there(make: Make) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
        found = failure(make(allowed=("127.0.0.1",)), f"http://127.0.0.1:{port}/")
    assert (found.outcome, "cannot be connected to" in found.reason) == (Outcome.FAILED, True)


def test_a_name_that_is_not_there(make: Make) -> None:
    def resolve(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    assert "nowhere.vn: no such host" in failure(make(resolve=resolve), "http://nowhere.vn/").reason


# --- the address that is really connected to


def test_a_private_address_is_never_connected_to(site: Site, make: Make) -> None:
    dialled: list[str] = []

    def dials(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        return dial(address, port, seconds)

    found = failure(make(allowed=(), dial=dials), site.url("/a"))
    assert found.outcome is Outcome.REFUSED
    assert "127.0.0.1, an address that is not public (loopback)" in found.reason
    assert (dialled, site.requests) == ([], [])


def test_the_name_is_looked_up_once_for_each_connection_and_that_answer_is_used(site: Site, make: Make) -> None:
    """DNS rebinding: a second look-up between check and connection would give the attacker's other answer."""
    answers = itertools.chain(["8.8.8.8"], itertools.repeat("127.0.0.1"))
    dialled: list[str] = []

    def unreachable(address: str, port: int, seconds: float) -> socket.socket:
        dialled.append(address)
        raise ConnectionRefusedError(111, "Connection refused")

    fetcher = make(allowed=(), resolve=lambda host, port: [next(answers)], dial=unreachable)
    url = f"http://rebind.vn:{site.port}/a"
    assert failure(fetcher, url).outcome is Outcome.FAILED
    assert dialled == ["8.8.8.8"]
    second = make(allowed=(), resolve=lambda host, port: [next(answers)], dial=unreachable)
    assert failure(second, url).outcome is Outcome.REFUSED
    assert (dialled, site.requests) == (["8.8.8.8"], [])


def test_the_other_end_of_the_connection_is_checked_too(site: Site, make: Make) -> None:
    """A machine on the way, or a fault in the look-up, may lead elsewhere than asked."""
    fetcher = make(allowed=(), resolve=lambda host, port: ["8.8.8.8"], dial=lambda _, port, seconds: dial("127.0.0.1", port, seconds))
    found = failure(fetcher, f"http://a.vn:{site.port}/a")
    assert found.outcome is Outcome.REFUSED
    assert "a.vn is 127.0.0.1" in found.reason
    assert site.requests == []


def test_a_redirect_to_a_private_address_is_refused(site: Site, other: Site, make: Make) -> None:
    for number, target in enumerate(
        [other.url("/secret"), f"http://localhost:{other.port}/", "http://169.254.169.254/latest/meta-data/", f"http://[::1]:{other.port}/"]
    ):
        site.routes[f"/{number}"] = redirect(target)
        found = failure(make(), site.url(f"/{number}"))
        assert found.outcome is Outcome.REFUSED, target
        assert found.reason.startswith("leads to"), found.reason
    assert other.requests == []


@pytest.mark.parametrize(
    "target", ["file:///etc/passwd", "ftp://a.vn/", "gopher://127.0.0.1/", "http://u:p@a.vn/", "javascript:1", "http://2130706433/"]
)
def test_a_redirect_to_what_is_no_web_page_is_refused(target: str, site: Site, make: Make) -> None:
    site.routes["/a"] = redirect(target)
    assert failure(make(), site.url("/a")).outcome is Outcome.REFUSED


def test_an_allowed_host_does_not_allow_its_neighbours(site: Site, other: Site, make: Make) -> None:
    """`--allow-host 127.0.0.1:80` opens that port alone."""
    assert failure(make(), other.url("/")).outcome is Outcome.REFUSED
    assert other.requests == []


def test_a_name_that_changes_between_two_redirects_is_refused(site: Site, make: Make) -> None:
    """The first hop is public as far as the program can see, the second is not."""
    seen: list[str] = []

    def resolve(host: str, port: int) -> list[str]:
        seen.append(host)
        return ["127.0.0.1"] if host == "127.0.0.1" or len(seen) > 3 else ["10.9.8.7"]

    site.routes["/a"] = redirect(f"http://other.vn:{site.port}/b")
    found = failure(make(resolve=resolve), site.url("/a"))
    assert found.outcome is Outcome.REFUSED
    assert "10.9.8.7" in found.reason
    assert site.paths == ["/a"]


S5 = """
http://127.0.0.1/ http://127.8.8.8:8080/ http://0.0.0.0/ http://0/ http://10.1.2.3/ http://172.16.9.9/ http://192.168.1.1/admin
http://169.254.169.254/latest/meta-data/ http://[::1]/ http://[::]/ http://[fe80::1]/ http://[fd00:ec2::254]/ http://[::ffff:127.0.0.1]/
http://[::ffff:7f00:1]/ http://[64:ff9b::a9fe:a9fe]/ http://[2002:7f00:1::]/ http://[0:0:0:0:0:ffff:10.0.0.1]/ http://localhost/
http://localhost./ http://LOCALHOST:8080/ http://2130706433/ http://0x7f000001/ http://017700000001/ http://127.1/ http://127.0.1/
http://0x7f.1/ http://0177.0.0.1/ http://127.0.0.1./ http://100.100.100.200/ http://168.63.129.16/ http://224.0.0.1/ http://255.255.255.255/
http://user@127.0.0.1/ http://a.vn@127.0.0.1/ http://a.vn:80@127.0.0.1/ http://127.0.0.1:6379/ http://[::1]:22/ https://127.0.0.1/
file:///etc/passwd gopher://127.0.0.1:6379/_x dict://127.0.0.1/ ftp://127.0.0.1/ ldap://127.0.0.1/ tftp://127.0.0.1/ //127.0.0.1/
http:127.0.0.1/ http:///127.0.0.1/ http://\\127.0.0.1/ http://127.0.0.1%2f@a.vn/ http://１２７.０.０.１/ http://127。0。0。1/ http://ⓛocalhost/
"""


@pytest.mark.parametrize("url", S5.split())
def test_no_writing_of_an_inner_address_is_connected_to(url: str, make: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the system's own look-up; not one connection is begun."""

    def forbidden(*_: object) -> None:
        raise AssertionError("a connection was begun")

    monkeypatch.setattr(socket.socket, "connect", forbidden)
    with pytest.raises(NotFetchedError) as caught:
        get(make(allowed=()), url)
    assert caught.value.outcome is Outcome.REFUSED


# --- redirects


def test_redirects_are_followed_and_the_last_address_is_told(site: Site, make: Make) -> None:
    site.routes |= {"/a": redirect("/b", "301 Moved"), "/b": redirect("c?x=1", "307 T"), "/c?x=1": page("c")}
    found = get(make(), site.url("/a"))
    assert (found.asked, found.url) == (site.url("/a"), site.url("/c?x=1"))


def test_a_redirect_in_vietnamese_is_followed(site: Site, make: Make) -> None:
    """Servers send UTF-8 where the standard knows ASCII."""
    site.routes |= {
        "/a": b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: /tin-t\xe1\xbb\xa9c\r\n\r\n",
        "/tin-t%E1%BB%A9c": page("b"),
    }
    assert get(make(), site.url("/a")).url == site.url("/tin-t%E1%BB%A9c")


def test_a_circle_of_redirects_ends(site: Site, make: Make) -> None:
    site.routes |= {"/a": redirect("/b"), "/b": redirect("/a"), "/self": redirect("/self#x")}
    assert "circle" in failure(make(), site.url("/a")).reason
    assert "circle" in failure(make(), site.url("/self")).reason
    assert site.paths == ["/a", "/b", "/self"]


def test_redirects_without_end_are_left(site: Site, make: Make) -> None:
    site.routes |= {f"/{number}": redirect(f"/{number + 1}") for number in range(20)}
    assert f"more than {LIMITS.redirects} redirects" in failure(make(), site.url("/0")).reason
    assert len(site.paths) == LIMITS.redirects + 1


def test_the_time_of_all_redirects_counts_together(site: Site, make: Make, clock: QuickClock) -> None:
    """Three times eight seconds are more than there are for one address, though each answer comes in time."""

    def slow(target: str) -> Answer:
        def send(connection: socket.socket) -> None:
            clock.sleep(8.0)
            connection.sendall(redirect(target))

        return send

    site.routes |= {f"/{number}": slow(f"/{number + 1}") for number in range(20)}
    assert failure(make(), site.url("/0")).reason.endswith(f"took longer than {LIMITS.seconds:.0f} s")
    assert site.paths == ["/0", "/1", "/2"]


def test_a_redirect_cannot_write_headers(site: Site, make: Make) -> None:
    site.routes["/a"] = redirect("/b%0d%0aX-Injected:%201")
    site.routes["/b%0d%0aX-Injected:%201"] = page("b")
    get(make(), site.url("/a"))
    assert "x-injected" not in site.headers("/b%0d%0aX-Injected:%201")


# --- busy servers


def test_a_busy_server_is_asked_again_when_it_says(site: Site, make: Make, clock: QuickClock) -> None:
    busy = answer(b"", ("Retry-After", "7"), status="429 Too Many Requests")
    site.routes["/a"] = [busy, busy, page("a")]
    assert get(make(), site.url("/a")).status == 200
    assert [round(seconds) for seconds in clock.slept] == [7, 7]


def test_without_a_word_the_waits_double(site: Site, make: Make, clock: QuickClock) -> None:
    site.routes["/a"] = answer(b"", status="503 Busy")
    found = failure(make(), site.url("/a"))
    assert found.outcome is Outcome.POSTPONED
    assert [round(seconds) for seconds in clock.slept] == [5, 10]
    assert len(site.paths) == LIMITS.tries


def test_a_wait_that_is_too_long_is_left_for_the_next_run(site: Site, make: Make, clock: QuickClock) -> None:
    site.routes["/a"] = answer(b"", ("Retry-After", "86400"), status="503 Busy")
    fetcher = make()
    found = failure(fetcher, site.url("/a"))
    assert found.outcome is Outcome.POSTPONED
    assert (clock.slept, len(site.paths)) == ([], 1)
    assert fetcher.politeness.waiting() == {"127.0.0.1": 86400}


# --- TLS


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A certificate of ours for ``tin.test`` and its key."""
    if shutil.which("openssl") is None:
        pytest.skip("making a certificate needs the openssl command")
    folder = tmp_path_factory.mktemp("tls")
    command = "openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=tin.test"
    subprocess.run([*command.split(), "-addext", "subjectAltName=DNS:tin.test"], cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem", folder / "key.pem"


@pytest.fixture
def secure(certificate: tuple[Path, Path], clock: QuickClock) -> Iterator[int]:
    """A server that speaks TLS on 127.0.0.1 and drips when asked for ``/drip``; its port."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(*certificate)
    listener = socket.create_server(("127.0.0.1", 0))

    def answer_one() -> None:
        while True:
            try:
                raw, _ = listener.accept()
            except OSError:
                return
            try:
                with context.wrap_socket(raw, server_side=True) as connection:
                    asked = connection.recv(9999)
                    if b"/drip" in asked:
                        dripping(clock, b"x", HEAD + b"\r\n")(connection)
                    connection.sendall(page("kín") if b"/robots" not in asked else answer(b"", status="404 None"))
            except OSError:
                continue

    thread = threading.Thread(target=answer_one, daemon=True)
    thread.start()
    yield listener.getsockname()[1]
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join()


def here(host: str, port: int) -> list[str]:
    return ["127.0.0.1"]


def test_a_certificate_nobody_vouches_for_is_refused(secure: int, make: Make) -> None:
    found = failure(make(allowed=("tin.test",), resolve=here), f"https://tin.test:{secure}/")
    assert "TLS certificate cannot be verified" in found.reason


def test_a_certificate_for_another_name_is_refused(secure: int, make: Make, certificate: tuple[Path, Path]) -> None:
    context = tls_context(str(certificate[0]))
    found = failure(make(allowed=("khac.test",), resolve=here, context=context), f"https://khac.test:{secure}/")
    assert "TLS certificate cannot be verified" in found.reason
    assert "khac.test" in found.reason


def test_over_tls_pages_come_and_limits_hold(secure: int, make: Make, certificate: tuple[Path, Path]) -> None:
    fetcher = make(allowed=("tin.test",), resolve=here, context=tls_context(str(certificate[0])))
    assert "kín" in get(fetcher, f"https://tin.test:{secure}/").body.decode()
    assert "took longer" in failure(fetcher, f"https://tin.test:{secure}/drip").reason


def test_a_tls_handshake_that_stops_ends(make: Make) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"https://tin.test:{listener.getsockname()[1]}/"
        limits = replace(LIMITS, connect_seconds=0.3)
        found = failure(make(allowed=("tin.test",), resolve=here, limits=limits), url)
    assert found.outcome is Outcome.FAILED
