"""One HTTP request, one answer. No redirects, no cookies, no proxy, no kept connection: every request is checked anew."""

from __future__ import annotations

import contextlib
import http.client
import ssl
from collections.abc import Callable, Mapping
from typing import Any

from urllib3.exceptions import HTTPError

from indexer.fetch.addresses import Gate
from indexer.fetch.clock import Clock
from indexer.fetch.coding import decoded
from indexer.fetch.connection import Budget, Dial, connect, dial, tls_context
from indexer.fetch.model import Headers, Limits, NotFetchedError, Outcome, Response, header
from indexer.fetch.retry_after import retry_after
from indexer.fetch.urls import Url

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
_CHUNK = 64 * 1024

Wanted = Callable[[str], int]
"""Content type -> the most bytes its body may have. Raises NotFetchedError when it is not wanted at all."""


class RedirectedError(Exception):
    """The server names another address."""

    def __init__(self, status: int, location: str) -> None:
        super().__init__(location)
        self.status = status
        self.location = location


class Client:
    """Asks one address. `agent` is the User-Agent."""

    def __init__(
        self,
        gate: Gate,
        agent: str,
        limits: Limits,
        clock: Clock,
        *,
        context: ssl.SSLContext | None = None,
        dial: Dial = dial,
    ) -> None:
        self.gate = gate
        self.limits = limits
        self.clock = clock
        self.requests = 0
        self._agent = agent
        self._context = context
        self._dial = dial

    def exchange(
        self, url: Url, wanted: Wanted, *, seconds: float, conditions: Mapping[str, str] | None = None, cut: bool = False
    ) -> Response:
        """Ask `url`. Raises NotFetchedError, and RedirectedError for statuses that lead elsewhere.

        `wanted` is asked before the body is read; with `cut`, a body that is too long is cut instead of refused.
        """
        budget = Budget(self.clock, self.limits, seconds, self.limits.list_bytes)
        sent = self._headers(conditions or {})
        try:
            if self._context is None and url.scheme == "https":  # reading the system's authorities takes a while
                self._context = tls_context()
            connection, peer = connect(url, self.gate, budget, self.limits, self._context, self._dial)
            self.requests += 1
            with contextlib.closing(connection):
                connection.request(
                    "GET", url.target, headers=dict(sent), preload_content=False, decode_content=False, enforce_content_length=True
                )
                with contextlib.closing(connection.getresponse()) as answer:
                    headers = tuple((str(name), str(value)) for name, value in answer.headers.items())
                    self._judge(answer.status, str(answer.reason or ""), headers)
                    room = wanted(header(headers, "content-type")) if answer.status == 200 else 0
                    raw = _body(answer, room, cut=cut) if answer.status == 200 else b""
        except (HTTPError, http.client.HTTPException, OSError, ValueError) as error:
            raise NotFetchedError(Outcome.FAILED, _reason(error), unreachable=True) from error
        body = decoded(raw, header(headers, "content-encoding"), room, cut=cut)
        return Response(str(url), str(url), answer.status, str(answer.reason or ""), headers, sent, raw, body, peer)

    def _headers(self, conditions: Mapping[str, str]) -> Headers:
        return (
            ("User-Agent", self._agent),
            ("Accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.5"),
            ("Accept-Language", "vi,en;q=0.5"),
            ("Accept-Encoding", "gzip"),
            ("Connection", "close"),
            *conditions.items(),
        )

    def _judge(self, status: int, phrase: str, headers: Headers) -> None:
        location = header(headers, "location")
        if status in _REDIRECTS and location:
            raise RedirectedError(status, _text(location))
        if status in _BUSY:
            wait = retry_after(header(headers, "retry-after"), self.clock.time())
            raise NotFetchedError(Outcome.FAILED, f"the server says {status}", status=status, wait=wait, unreachable=True)
        if status not in (200, 304):
            words = "".join(c for c in phrase[:60] if c.isprintable())
            raise NotFetchedError(Outcome.FAILED, f"the server says {status} {words}".rstrip(), status=status, unreachable=status >= 500)


def _text(value: str) -> str:
    """A header's value as the UTF-8 that servers send; http.client reads Latin-1."""
    try:
        return value.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return value


def _body(answer: Any, room: int, *, cut: bool) -> bytes:
    parts: list[bytes] = []
    size = 0
    declared = header(tuple(answer.headers.items()), "content-length")
    if not cut and declared.isascii() and declared.isdigit() and int(declared[:18]) > room:
        raise NotFetchedError(Outcome.FAILED, f"larger than {room:,} bytes")
    for part in answer.stream(_CHUNK, decode_content=False):
        parts.append(part)
        size += len(part)
        if size > room:
            if cut:
                return b"".join(parts)[:room]
            raise NotFetchedError(Outcome.FAILED, f"larger than {room:,} bytes")
    return b"".join(parts)


_REASONS = (
    (ssl.SSLCertVerificationError, "its TLS certificate cannot be verified"),
    (ssl.SSLError, "TLS failed"),
    (http.client.LineTooLong, "its headers are too long"),
    (TimeoutError, "stopped sending"),
    (http.client.RemoteDisconnected, "the connection was closed without an answer"),
    (ConnectionResetError, "the connection was cut off"),
    (http.client.BadStatusLine, "the answer is not HTTP"),
)


def _reason(error: BaseException) -> str:
    """One line for a person, from the deepest cause."""
    cause: BaseException | None = error
    while cause is not None:
        for kind, words in _REASONS:
            if isinstance(cause, kind):
                detail = getattr(cause, "verify_message", "") or ""
                return f"{words} ({detail})" if detail else words
        if isinstance(cause, http.client.IncompleteRead):
            missing = f", {cause.expected:,} bytes are missing" if isinstance(cause.expected, int) else ""
            return f"cut off{missing}"
        cause = cause.__cause__ or cause.__context__ or next((one for one in cause.args if isinstance(one, BaseException)), None)
    return "".join(c for c in f"{type(error).__name__}: {error}"[:200] if c.isprintable())
