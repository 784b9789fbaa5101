"""A socket to a checked address, with a deadline and a budget of bytes that hold for every read, in headers and TLS too."""

from __future__ import annotations

import contextlib
import socket
import ssl
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from urllib3.connection import HTTPConnection, HTTPSConnection

from indexer.fetch.addresses import Gate
from indexer.fetch.clock import Clock
from indexer.fetch.model import Limits, NotFetchedError, Outcome
from indexer.fetch.urls import Url

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

Dial = Callable[[str, int, float], socket.socket]
"""IP address, port, seconds -> a connected socket. Raises OSError."""


class Budget:
    """What is left of the time and bytes of a request."""

    def __init__(self, clock: Clock, limits: Limits, seconds: float, max_bytes: int) -> None:
        self._clock = clock
        self._limits = limits
        self._seconds = seconds
        self._ends = clock.monotonic() + seconds
        self._bytes = max_bytes + limits.header_bytes
        self._max_bytes = max_bytes

    def timeout(self, most: float) -> float:
        """Seconds the next step may take, at most `most`. Raises NotFetchedError when there are none left."""
        left = self._ends - self._clock.monotonic()
        if left <= 0:
            raise NotFetchedError(Outcome.FAILED, f"took longer than {self._limits.seconds:.0f} s", unreachable=True)
        return min(left, most)

    @contextlib.contextmanager
    def reading(self, opened: socket.socket) -> Iterator[Callable[[int], int]]:
        """Around one read; the bytes it brought are told to what this yields. Raises NotFetchedError when the budget is spent."""
        opened.settimeout(self.timeout(self._limits.silent_seconds))
        try:
            yield self._took
        except TimeoutError:
            self.timeout(self._limits.silent_seconds)  # it may have been the last of the time
            raise

    def _took(self, count: int) -> int:
        self._bytes -= count
        if self._bytes < 0:
            raise NotFetchedError(Outcome.FAILED, f"larger than {self._max_bytes:,} bytes")
        return count


class GuardedSocket(socket.socket):
    """A TCP socket that keeps to a budget."""

    budget: Budget | None = None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int = 0, flags: int = 0) -> int:
        if self.budget is None:
            return super().recv_into(buffer, nbytes, flags)
        with self.budget.reading(self) as took:
            return took(super().recv_into(buffer, nbytes, flags))


class GuardedTLSSocket(ssl.SSLSocket):
    """The same over TLS."""

    budget: Budget | None = None

    def recv_into(self, buffer: WriteableBuffer, nbytes: int | None = None, flags: int = 0) -> int:
        if self.budget is None:
            return super().recv_into(buffer, nbytes, flags)
        with self.budget.reading(self) as took:
            return took(super().recv_into(buffer, nbytes, flags))


class _Plain(HTTPConnection):
    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


class _Secure(HTTPSConnection):
    opened: socket.socket

    def _new_conn(self) -> socket.socket:
        return self.opened


def tls_context(trusted: str | None = None) -> ssl.SSLContext:
    """Certificates and host names are checked against the system's authorities, or those of the file `trusted` alone."""
    context = ssl.create_default_context(cafile=trusted)
    context.sslsocket_class = GuardedTLSSocket
    return context


def dial(address: str, port: int, seconds: float) -> socket.socket:
    """Connect to an IP address; no name is looked up."""
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    opened = GuardedSocket(family, socket.SOCK_STREAM)
    try:
        opened.settimeout(seconds)
        opened.connect((address, port))
    except BaseException:
        opened.close()
        raise
    return opened


def connect(url: Url, gate: Gate, budget: Budget, limits: Limits, context: ssl.SSLContext | None, dial: Dial) -> tuple[Any, str]:
    """A connection for one request and the address of its other end, which was checked.

    Raises NotFetchedError, and OSError or urllib3's errors when TLS fails.
    """
    opened = _open(url, gate, budget, limits, dial)
    try:
        peer = str(opened.getpeername()[0])
        gate.check(url, peer)
        opened.settimeout(budget.timeout(limits.connect_seconds))  # holds for the whole TLS handshake
        connection: Any = _Secure(url.host, url.port, ssl_context=context) if url.scheme == "https" else _Plain(url.host, url.port)
        connection.opened = opened
        connection.timeout = limits.silent_seconds
        connection.connect()
        connection.sock.budget = budget
    except BaseException:
        with contextlib.suppress(OSError):
            opened.close()
        raise
    return connection, peer


def _open(url: Url, gate: Gate, budget: Budget, limits: Limits, dial: Dial) -> socket.socket:
    error: OSError | None = None
    for address in gate.addresses(url):
        try:
            return dial(address, url.port, budget.timeout(limits.connect_seconds))
        except OSError as failure:
            error = failure
    reason = "did not answer in time" if isinstance(error, TimeoutError) else getattr(error, "strerror", None) or str(error)
    raise NotFetchedError(Outcome.FAILED, f"{url.host}: cannot be connected to ({reason})", unreachable=True, of_host=True) from error
