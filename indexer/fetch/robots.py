"""robots.txt by RFC 9309: who is not there (4xx) allows everything, who cannot answer (5xx, no connection) allows nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from protego import Protego

from indexer.fetch.model import NotFetchedError, Outcome, Response
from indexer.fetch.politeness import Politeness
from indexer.fetch.urls import Url, clean_url

PRODUCT = "timtin"
"""The name that robots.txt may address us by."""
_AGENT = re.compile(r"(\s*user[- ]?agent\s*:?\s*)([^#]*)(.*)", re.IGNORECASE | re.DOTALL)
_OTHERS = "-"
MAX_HELD_BYTES = 4 * 1024 * 1024
"""Bytes of large files whose rules are held at once; as rules they take thirty times as much. The oldest are read again when needed."""
_SMALL = 16 * 1024
"""Files up to this size are what sites have; only hostile ones are larger and many."""


@dataclass(frozen=True, slots=True)
class Rules:
    """What a host's robots.txt says. `error` is raised for every address of a host whose file could not be read."""

    parsed: Protego | None = None
    size: int = 0
    """Bytes of the file."""
    error: NotFetchedError | None = field(default=None)

    def check(self, url: Url) -> None:
        """Raises NotFetchedError when `url` must not be fetched."""
        if self.error is not None:
            raise NotFetchedError(self.error.outcome, self.error.reason, status=self.error.status, of_host=True)
        if self.parsed is not None and not self.parsed.can_fetch(str(url), PRODUCT):
            raise NotFetchedError(Outcome.DISALLOWED, "robots.txt disallows it")

    @property
    def delay(self) -> float:
        """Seconds between requests that it asks for."""
        if self.parsed is None:
            return 0.0
        rate = self.parsed.request_rate(PRODUCT)
        return max(self.parsed.crawl_delay(PRODUCT) or 0.0, rate.seconds / rate.requests if rate else 0.0)


class Robots:
    """Rules of each host, read once a run. `read` fetches a robots.txt."""

    def __init__(self, read: Callable[[Url], Response], politeness: Politeness) -> None:
        self._read = read
        self._politeness = politeness
        self._rules: dict[str, Rules] = {}

    def check(self, url: Url) -> None:
        """Raises NotFetchedError when the robots.txt of `url` forbids it or cannot be read."""
        rules = self._rules.get(url.origin)
        if rules is None:
            rules = self._rules[url.origin] = self._rules_of(url)
            self._forget_oldest()
            if rules.delay:
                self._politeness.slow_down(url.host, rules.delay, "robots.txt")
        rules.check(url)

    def _forget_oldest(self) -> None:
        held = sum(rules.size for rules in self._rules.values() if rules.size > _SMALL)
        while held > MAX_HELD_BYTES and len(self._rules) > 1:
            held -= self._rules.pop(next(iter(self._rules))).size

    def _rules_of(self, url: Url) -> Rules:
        try:
            response = self._read(clean_url("/robots.txt", url.origin))
        except NotFetchedError as error:
            return _without_file(error)
        return Rules(parse(response.body), len(response.body))


def _without_file(error: NotFetchedError) -> Rules:
    if error.status is not None and (400 <= error.status < 500 and error.status != 429):
        return Rules()
    if error.status is not None and error.status < 400:  # more redirects than are followed: RFC 9309, 2.3.1.2
        return Rules()
    if error.outcome is Outcome.REFUSED and not error.reason.startswith("leads to"):  # the host itself
        return Rules(error=error)
    outcome = Outcome.DISALLOWED if error.status is not None else error.outcome
    return Rules(error=NotFetchedError(outcome, f"robots.txt: {error.reason}", status=error.status))


def parse(raw: bytes) -> Protego:
    """Read a robots.txt.

    Groups for other robots are merged under one name first: the parser keeps a copy of every rule for every name above it,
    which a hostile file of half a megabyte makes a hundred million of.
    """
    text = raw.decode("utf-8-sig", "replace").replace("\0", "")
    return Protego.parse("\n".join(_renamed(line) for line in text.splitlines()))


def _renamed(line: str) -> str:
    found = _AGENT.fullmatch(line)
    if found is None:
        return line
    name = found[2].strip().lower().replace("*", "") or ("*" if "*" in found[2] else "")
    return f"User-agent: {name if name in (PRODUCT, '*') else _OTHERS}" if name else line
