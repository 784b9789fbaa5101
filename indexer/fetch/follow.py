"""An address with all that is due on the way: robots.txt, waiting, redirects, trying again when the server is busy."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from indexer.fetch.client import Client, RedirectedError, Wanted
from indexer.fetch.model import NotFetchedError, Outcome, Response, Validators
from indexer.fetch.politeness import Politeness
from indexer.fetch.robots import Robots
from indexer.fetch.urls import Url, clean_url

BUSY = (429, 503)
Known = Callable[[str], str | None]
"""Why a redirect to that address need not be followed, or None."""


@dataclass(slots=True)
class _Journey:
    """One address on its way to an answer."""

    asked: Url
    wanted: Wanted
    validators: Validators | None = None
    known: Known | None = None
    is_robots: bool = False
    spent: float = 0.0
    """Seconds of all requests so far, without waiting."""
    met: list[str] = field(default_factory=list)


class Fetcher:
    """Fetches addresses politely, one at a time."""

    def __init__(self, client: Client, politeness: Politeness) -> None:
        self.client = client
        self.politeness = politeness
        self.robots = Robots(self._robots_file, politeness)

    def get(self, url: Url, wanted: Wanted, *, validators: Validators | None = None, known: Known | None = None) -> Response:
        """Fetch `url`. Raises NotFetchedError. Each address on the way is checked as the first one is."""
        return self._follow(_Journey(url, wanted, validators, known))

    def _robots_file(self, url: Url) -> Response:
        return self._follow(_Journey(url, lambda _: self.client.limits.robots_bytes, is_robots=True))

    def _follow(self, journey: _Journey) -> Response:
        url = journey.asked
        while True:
            journey.met.append(str(url))
            try:
                if not journey.is_robots:
                    self.robots.check(url)
                return replace(self._ask(url, journey), asked=str(journey.asked))
            except RedirectedError as redirected:
                url = self._onward(url, redirected, journey)
            except NotFetchedError as error:
                if url != journey.asked:
                    error.reason = f"leads to {url}: {error.reason}"
                raise

    def _ask(self, url: Url, journey: _Journey) -> Response:
        """One request, or a few while the server is busy."""
        for _ in range(self.client.limits.tries):
            self.politeness.wait(url.host)
            try:
                return self._request(url, journey)
            except NotFetchedError as error:
                if error.status not in BUSY:
                    raise
                self.politeness.back_off(url.host, error.wait)
                busy = error
        raise NotFetchedError(Outcome.POSTPONED, f"{busy.reason}, {self.client.limits.tries} times", status=busy.status)

    def _request(self, url: Url, journey: _Journey) -> Response:
        clock, limits = self.client.clock, self.client.limits
        validators = journey.validators
        conditions = validators.conditions if validators and validators.url == str(url) else None
        started = clock.monotonic()
        try:
            response = self.client.exchange(
                url, journey.wanted, seconds=limits.seconds - journey.spent, conditions=conditions, cut=journey.is_robots
            )
        except NotFetchedError as error:
            if error.unreachable:
                self.politeness.failed(url.host)
            elif error.status is not None:
                self.politeness.answered(url.host)
            raise
        finally:
            journey.spent += clock.monotonic() - started
            self.politeness.asked(url.host)
        self.politeness.answered(url.host)
        return response

    def _onward(self, url: Url, redirected: RedirectedError, journey: _Journey) -> Url:
        """The address a redirect leads to."""
        try:
            onward = clean_url(redirected.location, str(url))
        except NotFetchedError as error:
            raise NotFetchedError(error.outcome, f"leads to {redirected.location[:200]!r}: {error.reason}") from error
        if str(onward) in journey.met:
            raise NotFetchedError(Outcome.FAILED, "redirects in a circle", status=redirected.status)
        if len(journey.met) > self.client.limits.redirects:
            raise NotFetchedError(Outcome.FAILED, f"more than {self.client.limits.redirects} redirects", status=redirected.status)
        if journey.known is not None and (why := journey.known(str(onward))):
            raise NotFetchedError(Outcome.KNOWN, f"leads to {onward}: {why}")
        return onward
