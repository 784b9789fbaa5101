"""How long a host is left alone between two requests."""

from __future__ import annotations

from dataclasses import dataclass

from indexer.fetch.clock import Clock
from indexer.fetch.model import NotFetchedError, Outcome

MAX_FAILURES = 5
"""A host that fails so often in a row is left for the next run."""
_FIRST_BACK_OFF = 5.0


@dataclass(slots=True)
class _Host:
    delay: float
    ready: float = 0.0
    failures: int = 0
    busy: int = 0
    why: str = ""


class Politeness:
    """Waits before requests. `delay` seconds between requests to a host; `most` seconds are waited for, more is postponed."""

    def __init__(self, clock: Clock, delay: float, most: float) -> None:
        self._clock = clock
        self._delay = delay
        self._most = most
        self._hosts: dict[str, _Host] = {}

    def _host(self, host: str) -> _Host:
        return self._hosts.setdefault(host, _Host(self._delay))

    def slow_down(self, host: str, delay: float, why: str) -> None:
        """At least `delay` seconds between requests to `host` from its last one on, as its robots.txt asks."""
        known = self._host(host)
        if delay > known.delay:
            known.ready += delay - known.delay if known.ready else 0.0
            known.delay, known.why = delay, why

    def ready_in(self, host: str) -> float:
        """Seconds until `host` may be asked."""
        return max(0.0, self._host(host).ready - self._clock.monotonic())

    def raise_if_closed(self, host: str) -> None:
        """Raises NotFetchedError (postponed) when `host` is not asked again in this run."""
        known = self._host(host)
        if known.failures >= MAX_FAILURES:
            raise NotFetchedError(Outcome.POSTPONED, f"{host} failed {known.failures} times in a row")
        seconds = self.ready_in(host)
        if seconds > self._most:
            raise NotFetchedError(Outcome.POSTPONED, f"{host} asks to wait {seconds:,.0f} s{f' ({known.why})' if known.why else ''}")

    def wait(self, host: str) -> None:
        """Wait until `host` may be asked. Raises NotFetchedError (postponed)."""
        self.raise_if_closed(host)
        seconds = self.ready_in(host)
        if seconds > 0:
            self._clock.sleep(seconds)

    def asked(self, host: str) -> None:
        """A request to `host` has ended."""
        known = self._host(host)
        known.ready = max(known.ready, self._clock.monotonic() + known.delay)

    def answered(self, host: str) -> None:
        """It ended well."""
        known = self._host(host)
        known.failures = known.busy = 0

    def failed(self, host: str) -> None:
        """It ended without a proper answer."""
        self._host(host).failures += 1

    def back_off(self, host: str, asked_for: float | None) -> None:
        """The server is busy: wait what it asks for, else twice as long each time."""
        known = self._host(host)
        seconds = _FIRST_BACK_OFF * 2.0**known.busy if asked_for is None else asked_for
        known.busy += 1
        self.not_before(host, max(seconds, known.delay), "the server is busy")

    def not_before(self, host: str, seconds: float, why: str) -> None:
        """Leave `host` alone for `seconds`."""
        known = self._host(host)
        known.ready = max(known.ready, self._clock.monotonic() + seconds)
        known.why = why

    def waiting(self) -> dict[str, float]:
        """Hosts that asked for a longer wait than a run waits for, with the seconds left."""
        return {host: seconds for host in self._hosts if (seconds := self.ready_in(host)) > self._most}
