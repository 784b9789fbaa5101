"""Addresses of pages, cleaned so that every part of the program and every server reads them alike."""

from __future__ import annotations

import re
from dataclasses import dataclass
from ipaddress import AddressValueError, IPv4Address, IPv6Address
from urllib.parse import quote, urljoin, urlsplit

from indexer.fetch.model import NotFetchedError, Outcome

MAX_URL_CHARS = 2048
_DEFAULT_PORTS = {"http": 80, "https": 443}
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\\]")
_LABEL = re.compile(r"(?!-)[a-z0-9_-]{1,63}(?<!-)")
_NUMBER = re.compile(r"\d+|0x[0-9a-f]*")
_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_KEPT = "!$&'()*+,;=:@/?%~-._[]|"
"""Characters of a path and query that stay; everything else is percent-encoded as UTF-8."""
_WEB_PORTS = range(80, 90)
_FIRST_FREE_PORT = 1024
"""Below it only `_WEB_PORTS` and 443: the others belong to services that may take a request for something else, such as mail."""


@dataclass(frozen=True, slots=True)
class Url:
    """A clean address: ASCII, lower-case scheme and host, no user, no fragment, no default port."""

    scheme: str
    host: str
    """Name in ASCII, or an IP address without brackets."""
    port: int
    target: str
    """Path and query, as sent."""

    @property
    def origin(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port == _DEFAULT_PORTS[self.scheme] else f":{self.port}"
        return f"{self.scheme}://{host}{port}"

    @property
    def is_usual_port(self) -> bool:
        return self.port in _WEB_PORTS or self.port == 443 or self.port >= _FIRST_FREE_PORT

    def __str__(self) -> str:
        return self.origin + self.target


def clean_url(text: str, base: str | None = None) -> Url:
    """Read an address, relative to `base` when given. Raises NotFetchedError with the reason it must not be asked."""
    stripped = text.strip()
    if len(stripped) > MAX_URL_CHARS:
        raise _refused(f"longer than {MAX_URL_CHARS:,} characters")
    if not stripped:
        raise _refused("an empty address")
    if _CONTROL.search(stripped):
        raise _refused("a control character or backslash in the address")
    try:
        parts = urlsplit(urljoin(base, stripped) if base else stripped)
        port = parts.port
        host = parts.hostname or ""
    except ValueError as error:
        raise _refused(f"not an address: {error}") from error
    scheme = parts.scheme.lower()
    if scheme not in _DEFAULT_PORTS:
        named = _SCHEME.match(stripped)
        raise _refused(f"only http and https are fetched, not {named[1].lower()}" if named else "not an http or https address")
    if "@" in parts.netloc:
        raise _refused("a user name or password in the address")
    if "[" in parts.netloc and (":" not in host or "%" in host):
        raise _refused(f"not a host: {host!r}")
    if port == 0:
        raise _refused("port 0")
    target = _encoded(parts.path or "/") + (f"?{_encoded(parts.query)}" if parts.query else "")
    return Url(scheme, clean_host(host), port or _DEFAULT_PORTS[scheme], target)


def clean_host(host: str) -> str:
    """A host name in ASCII and lower case, or an IP address in its usual writing. Raises NotFetchedError."""
    if ":" in host:
        try:
            return str(IPv6Address(host))
        except AddressValueError as error:
            raise _refused(f"not a host: {host!r}") from error
    try:
        name = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    except UnicodeError as error:
        raise _refused(f"not a host name: {host!r}") from error
    name = name.removesuffix(".")
    labels = name.split(".")
    if len(name) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        raise _refused(f"not a host name: {host!r}")
    if _NUMBER.fullmatch(labels[-1]):
        try:  # other writings of numbers (octal, one number, hexadecimal) are read differently by different programs
            return str(IPv4Address(name))
        except AddressValueError as error:
            raise _refused(f"a number in place of a host name: {host!r}") from error
    return name


def _encoded(text: str) -> str:
    try:
        return quote(_PERCENT.sub("%25", text), safe=_KEPT)
    except UnicodeEncodeError as error:
        raise _refused("half a character in the address") from error


def _refused(reason: str) -> NotFetchedError:
    return NotFetchedError(Outcome.REFUSED, reason)
