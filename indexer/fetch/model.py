"""What flows inside the fetcher."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

MEGABYTE = 1024 * 1024


class Outcome(StrEnum):
    """What became of an address. Every address of a run has exactly one."""

    FETCHED = "fetched"
    LISTED = "listed"
    """A feed or sitemap that was read for its addresses."""
    UNCHANGED = "unchanged"
    """The server says that it has not changed since it was fetched."""
    KNOWN = "known"
    """An earlier run is done with it."""
    OLD = "old"
    """Its feed or sitemap dates it before ``--since``."""
    NOT_HTML = "not-html"
    DISALLOWED = "disallowed"
    """By robots.txt."""
    REFUSED = "refused"
    """By us: an address that must not be asked."""
    FAILED = "failed"
    POSTPONED = "postponed"
    """Left for the next run."""
    WOULD_FETCH = "would-fetch"
    """In a dry run."""


class NotFetchedError(Exception):
    """Why there is no page: an outcome and a reason for a person.

    `status` is that of the HTTP response where there was one, `wait` the seconds the server asks for before the next request.
    `unreachable` says that the host itself did not answer properly, `of_host` that this page was not even asked for.
    Not an OSError: libraries on the way must not translate it.
    """

    def __init__(
        self,
        outcome: Outcome,
        reason: str,
        *,
        status: int | None = None,
        wait: float | None = None,
        unreachable: bool = False,
        of_host: bool = False,
    ) -> None:
        super().__init__(reason)
        self.outcome = outcome
        self.reason = reason
        self.status = status
        self.wait = wait
        self.unreachable = unreachable
        self.of_host = of_host

    def __str__(self) -> str:
        return self.reason


@dataclass(frozen=True, slots=True)
class Limits:
    """What one address may cost. Bytes count both as sent and unpacked; seconds count all requests of an address, without waiting."""

    page_bytes: int = 16 * MEGABYTE
    """The longest page among the project's measuring data has 3 MB."""
    list_bytes: int = 64 * MEGABYTE
    """Sitemaps may have 50 MB."""
    robots_bytes: int = 512 * 1024
    """RFC 9309 asks for at least 500 KiB; what comes after is not read."""
    header_bytes: int = 256 * 1024
    seconds: float = 60.0
    connect_seconds: float = 10.0
    silent_seconds: float = 20.0
    """Between two bytes."""
    redirects: int = 5
    tries: int = 3
    """Requests for one address while the server says 429 or 503."""
    wait_seconds: float = 120.0
    """The longest wait for a host. One that asks for more is left for the next run."""


Headers = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of status 200 or 304. `raw` is as sent, without transfer framing; `body` is `raw` unpacked.

    `asked` and `url` are the first and the last address along redirects.
    """

    asked: str
    url: str
    status: int
    phrase: str
    headers: Headers
    sent: Headers
    """Headers of the request."""
    raw: bytes
    body: bytes
    peer: str
    """Address of the machine that answered."""

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return header(self.headers, name)


def header(headers: Headers, name: str) -> str:
    """The first header of that name, or an empty text."""
    return next((value for one, value in headers if one.lower() == name), "")


@dataclass(frozen=True, slots=True)
class Entry:
    """An address a feed or sitemap lists; `dated` is its day in Viet Nam (ISO 8601; month or year alone) where
    the list states one."""

    url: str
    dated: str | None = None


@dataclass(frozen=True, slots=True)
class Validators:
    """What a server gave to ask later whether `url` changed."""

    url: str
    etag: str = ""
    last_modified: str = ""

    @property
    def conditions(self) -> dict[str, str]:
        """Headers of a conditional request."""
        given = {"If-None-Match": self.etag, "If-Modified-Since": self.last_modified}
        return {name: value for name, value in given.items() if value}
