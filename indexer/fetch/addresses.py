"""Which machines may be asked: those of the public Internet, decided on the address that is really connected to.

Sources: the IANA special-purpose address registries for IPv4 and IPv6, RFC 6890; for IPv6 everything outside the
assigned part, 2000::/3, is refused.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from indexer.fetch.model import NotFetchedError, Outcome
from indexer.fetch.urls import Url, clean_host

Resolver = Callable[[str, int], list[str]]
"""Host and port -> IP addresses. Raises OSError."""

_V4 = tuple(
    (IPv4Network(network), what)
    for network, what in (
        ("0.0.0.0/8", "this machine"),
        ("10.0.0.0/8", "private"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("127.0.0.0/8", "loopback"),
        ("168.63.129.16/32", "a cloud's own service"),
        ("169.254.0.0/16", "link-local"),
        ("172.16.0.0/12", "private"),
        ("192.0.0.0/24", "reserved"),
        ("192.0.2.0/24", "documentation"),
        ("192.31.196.0/24", "reserved"),
        ("192.52.193.0/24", "reserved"),
        ("192.88.99.0/24", "6to4 relay"),
        ("192.168.0.0/16", "private"),
        ("192.175.48.0/24", "reserved"),
        ("198.18.0.0/15", "benchmarking"),
        ("198.51.100.0/24", "documentation"),
        ("203.0.113.0/24", "documentation"),
        ("224.0.0.0/4", "multicast"),
        ("240.0.0.0/4", "reserved"),
    )
)
_V6 = tuple(
    (IPv6Network(network), what)
    for network, what in (
        ("::/128", "this machine"),
        ("::1/128", "loopback"),
        ("::ffff:0:0/96", "IPv4-mapped"),
        ("::/96", "IPv4-compatible"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/32", "Teredo"),
        ("2001::/23", "reserved"),
        ("2001:db8::/32", "documentation"),
        ("2002::/16", "6to4"),
        ("2620:4f:8000::/48", "reserved"),
        ("3fff::/20", "documentation"),
        ("fc00::/7", "private"),
        ("fe80::/10", "link-local"),
        ("fec0::/10", "site-local"),
        ("ff00::/8", "multicast"),
    )
)
_V6_ASSIGNED = IPv6Network("2000::/3")


def refusal(address: str) -> str | None:
    """Why that IP address must not be asked, or None. An IPv4 address inside an IPv6 one is refused, whatever it is."""
    try:
        ip = ip_address(address)
    except ValueError:
        return "not an IP address"
    if isinstance(ip, IPv4Address):
        return next((what for network, what in _V4 if ip in network), None) or _unknown(ip)
    if ip.scope_id is not None:
        return "link-local"
    found = next((what for network, what in _V6 if ip in network), None)
    return found or (_unknown(ip) if ip in _V6_ASSIGNED else "reserved")


def _unknown(ip: IPv4Address | IPv6Address) -> str | None:
    """What Python's own table says, which may be newer than ours."""
    return None if ip.is_global else "not public"


@dataclass(frozen=True, slots=True)
class AllowedHosts:
    """Hosts a person allowed by name, whatever their address: (host, port or None for any)."""

    hosts: frozenset[tuple[str, int | None]] = frozenset()

    @classmethod
    def read(cls, values: Iterable[str]) -> AllowedHosts:
        """From ``HOST`` or ``HOST:PORT``. Raises ValueError."""
        return cls(frozenset(_host_and_port(value) for value in values))

    def __contains__(self, url: Url) -> bool:
        return (url.host, None) in self.hosts or (url.host, url.port) in self.hosts


def _host_and_port(value: str) -> tuple[str, int | None]:
    host, port = value.strip(), None
    if host.startswith("["):
        host, _, rest = host[1:].partition("]")
        written = rest.removeprefix(":") if rest else None
    elif host.count(":") == 1:
        host, _, written = host.partition(":")
    else:
        written = None
    if written is not None:
        if not (written.isascii() and written.isdigit() and 1 <= int(written[:6]) <= 65535):
            raise ValueError(f"{value!r}: write HOST or HOST:PORT")
        port = int(written)
    try:
        return clean_host(host), port
    except NotFetchedError as error:
        raise ValueError(f"{value!r}: {error.reason}") from error


def system_resolver(host: str, port: int) -> list[str]:
    """What the system knows of a host, each address once, in its order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


@dataclass(frozen=True, slots=True)
class Gate:
    """Says which addresses a request for a URL may go to."""

    allowed: AllowedHosts = AllowedHosts()
    resolve: Resolver = system_resolver

    def addresses(self, url: Url) -> list[str]:
        """IP addresses to connect to. Raises NotFetchedError when there is none that may be asked."""
        if url not in self.allowed and not url.is_usual_port:
            raise NotFetchedError(Outcome.REFUSED, f"port {url.port} is not a web server's")
        try:
            found = self.resolve(url.host, url.port)
        except (OSError, UnicodeError) as error:
            reason = f"{url.host}: no such host ({getattr(error, 'strerror', None) or error})"
            raise NotFetchedError(Outcome.FAILED, reason, unreachable=True, of_host=True) from error
        if not found:
            raise NotFetchedError(Outcome.FAILED, f"{url.host}: no such host", unreachable=True, of_host=True)
        if url in self.allowed:
            return found
        public = [address for address in found if refusal(address) is None]
        if not public:
            self.check(url, found[0])
        return public

    def check(self, url: Url, address: str) -> None:
        """Raises NotFetchedError when a request for `url` must not go to `address`."""
        what = None if url in self.allowed else refusal(address)
        if what is not None:
            name = "" if url.host == address else f"{url.host} is "
            raise NotFetchedError(Outcome.REFUSED, f"{name}{address}, an address that is not public ({what})")
