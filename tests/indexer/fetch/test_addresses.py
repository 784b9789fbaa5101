"""What is never asked: the tables of addresses and of writings of addresses."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.fetch.addresses import AllowedHosts, Gate, refusal
from indexer.fetch.model import NotFetchedError, Outcome
from indexer.fetch.urls import clean_url

REFUSED = (
    "0.0.0.0 0.1.2.3 10.0.0.1 10.255.255.255 100.64.0.1 100.100.100.200 100.127.255.255 127.0.0.1 127.255.255.254 168.63.129.16 "
    "169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.0.192 192.0.2.1 192.88.99.1 192.168.0.1 192.168.255.255 198.18.0.1 "
    "198.19.255.255 198.51.100.1 203.0.113.1 224.0.0.1 239.255.255.255 240.0.0.1 255.255.255.255 "
    ":: ::1 ::2 ::ffff:127.0.0.1 ::ffff:8.8.8.8 ::ffff:0:8.8.8.8 ::127.0.0.1 64:ff9b::7f00:1 64:ff9b::808:808 64:ff9b:1::1 100::1 "
    "2001::1 2001:10::1 2001:20::1 2001:db8::1 2002:7f00:1::1 2002:808:808::1 3fff::1 5f00::1 4000::1 fc00::1 fd00:ec2::254 fe80::1 "
    "fe80::1%eth0 febf::1 fec0::1 ff02::1 ff0e::1 2606:4700::1%1 nonsense "
)
PUBLIC = (
    "1.1.1.1 8.8.8.8 14.225.0.1 100.63.255.255 100.128.0.1 172.15.255.255 172.32.0.1 192.167.255.255 223.255.255.255 "
    "2001:ee0::1 2606:4700::1111"
)


@pytest.mark.parametrize("address", REFUSED.split())
def test_an_address_that_is_not_public_is_refused(address: str) -> None:
    assert refusal(address)


@pytest.mark.parametrize("address", PUBLIC.split())
def test_a_public_address_is_not(address: str) -> None:
    assert refusal(address) is None


@given(st.ip_addresses())
def test_nothing_is_public_that_python_knows_not_to_be(address: IPv4Address | IPv6Address) -> None:
    """Python's own tables are another hand's."""
    if not address.is_global or address.is_multicast or address.is_reserved or address.is_loopback:
        assert refusal(str(address))


@given(st.ip_addresses(v=4))
def test_no_ipv4_address_hides_in_an_ipv6_one(address: IPv4Address) -> None:
    octets = int(address)
    low = f"{octets >> 16:x}:{octets & 0xFFFF:x}"
    for written in (f"::ffff:{address}", f"::{address}", f"64:ff9b::{low}", f"2002:{low}::1", f"2001::{low}", f"::ffff:0:{low}"):
        assert refusal(written), written


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("file:///etc/passwd", "not file"),
        ("gopher://a.vn/_GET", "not gopher"),
        ("ftp://a.vn/", "not ftp"),
        ("javascript:alert(1)", "not javascript"),
        ("data:text/html,x", "not data"),
        ("//a.vn/x", "not an http"),
        ("a.vn/x", "not an http"),
        ("", "empty"),
        ("http://", "not a host"),
        ("http:///x", "not a host"),
        ("http://a.vn\r\nX-Injected: 1/", "control"),
        ("http://a.vn/\r\nHost: b.vn", "control"),
        ("http://a.vn/x\ty", "control"),
        ("http://a.vn/\0", "control"),
        ("http://a.vn\\@127.0.0.1/", "backslash"),
        ("http://user@a.vn/", "user name"),
        ("http://a.vn@127.0.0.1/", "user name"),
        ("http://a.vn:99999/", "not an address"),
        ("http://a.vn:0/", "port 0"),
        ("http://a.vn:x/", "not an address"),
        ("http://2130706433/", "a number"),
        ("http://0x7f000001/", "a number"),
        ("http://0x7f.0.0.1/", "a number"),
        ("http://0177.0.0.1/", "a number"),
        ("http://127.1/", "a number"),
        ("http://a.vn.123/", "a number"),
        ("http://127.0.0.1.1/", "a number"),
        ("http://[::1%25eth0]/", "not a"),
        ("http://[::1/", "not an address"),
        ("http://[v1.x]/", "not a"),
        ("http://a..vn/", "not a host"),
        ("http://-a.vn/", "not a host"),
        ("http://a vn/", "not a host"),
        ("http://a.vn%00.b/", "not a host"),
        ("http://a%2evn/", "not a host"),
        ("http://" + "a" * 64 + ".vn/", "not a host"),
        ("http://a.vn/" + "x" * 2048, "longer"),
        ("http://a.vn/\ud800", "half a character"),
    ],
)
def test_addresses_that_are_refused_by_their_writing(text: str, reason: str) -> None:
    with pytest.raises(NotFetchedError, match=reason) as caught:
        clean_url(text)
    assert caught.value.outcome is Outcome.REFUSED


@pytest.mark.parametrize(
    ("text", "cleaned"),
    [
        ("HTTP://A.VN", "http://a.vn/"),
        ("  https://a.vn:443/x#y ", "https://a.vn/x"),
        ("http://a.vn.:80/?q=1", "http://a.vn/?q=1"),
        ("http://a.vn/tin tức", "http://a.vn/tin%20t%E1%BB%A9c"),
        ("http://a.vn/%E1%BB%A9?x=%zz&y=100%", "http://a.vn/%E1%BB%A9?x=%25zz&y=100%25"),
        ("http://bảotàng.vn/", "http://xn--botng-tqa4444c.vn/"),
        ("http://[2606:4700::1111]:8080/x", "http://[2606:4700::1111]:8080/x"),
        ("http://１２７.0.0.1/", "http://127.0.0.1/"),  # full-width digits are digits; what they lead to is refused later
        ("http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/", "http://localhost/"),
    ],
)
def test_the_same_page_has_one_address(text: str, cleaned: str) -> None:
    assert str(clean_url(text)) == cleaned
    assert str(clean_url(cleaned)) == cleaned


@given(st.text(max_size=60))
def test_whatever_is_taken_for_an_address_can_be_sent(text: str) -> None:
    """No control character, space or letter beyond ASCII reaches a request; cleaning is idempotent."""
    for written in (f"http://a.vn/{text}", f"https://{text}/x", text):
        try:
            url = clean_url(written)
        except NotFetchedError:
            continue
        assert all(0x20 < ord(c) < 0x7F for c in str(url)), url
        assert clean_url(str(url)) == url


def test_a_relative_address_is_joined_and_judged_like_others() -> None:
    assert str(clean_url("../b?c", "http://a.vn/x/y/z")) == "http://a.vn/x/b?c"
    with pytest.raises(NotFetchedError, match="not file"):
        clean_url("file:///etc/passwd", "http://a.vn/")


def gate(*addresses: str, allowed: tuple[str, ...] = ()) -> Gate:
    return Gate(AllowedHosts.read(allowed), lambda host, port: list(addresses))


def test_of_mixed_addresses_only_the_public_ones_are_used() -> None:
    assert gate("127.0.0.1", "8.8.8.8", "::1").addresses(clean_url("http://a.vn/")) == ["8.8.8.8"]


def test_a_host_with_no_public_address_is_refused_with_the_address() -> None:
    with pytest.raises(NotFetchedError, match=r"a\.vn is 10\.0\.0\.5, an address that is not public \(private\)"):
        gate("10.0.0.5").addresses(clean_url("http://a.vn/"))


@pytest.mark.parametrize("port", [21, 22, 25, 110, 143, 445, 587, 993])
def test_ports_of_other_services_are_refused(port: int) -> None:
    with pytest.raises(NotFetchedError, match=f"port {port}"):
        gate("8.8.8.8").addresses(clean_url(f"http://a.vn:{port}/"))


def test_an_allowed_host_is_allowed_on_its_port_alone() -> None:
    allowing = gate("127.0.0.1", allowed=("thu.local:8080",))
    assert allowing.addresses(clean_url("http://thu.local:8080/")) == ["127.0.0.1"]
    for other in ("http://thu.local:8081/", "http://thu.local/", "http://x.thu.local:8080/", "http://127.0.0.1:8080/"):
        with pytest.raises(NotFetchedError, match="not public"):
            allowing.addresses(clean_url(other))
    assert gate("127.0.0.1", allowed=("thu.local", "[::1]:99")).addresses(clean_url("http://thu.local:8081/")) == ["127.0.0.1"]


@pytest.mark.parametrize("value", ["", "a.vn:", "a.vn:x", "a.vn:0", "a.vn:70000", "http://a.vn", "a.vn/x", "u@a.vn", "[::1]x", "127.1"])
def test_what_cannot_be_allowed_is_named(value: str) -> None:
    with pytest.raises(ValueError, match=r"^'"):
        AllowedHosts.read([value])
