"""A misbehaving site, a clock that need not be waited for, and a fetcher that may ask the site."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from indexer.fetch.addresses import AllowedHosts, Gate
from indexer.fetch.client import Client
from indexer.fetch.follow import Fetcher
from indexer.fetch.model import Limits
from indexer.fetch.politeness import Politeness
from indexer.fetch.report import FetchReport
from indexer.fetch.run import Given, Options, Run
from indexer.fetch.state import State
from indexer.fetch.warc import WarcWriter
from tests.indexer.fetch.site import Site, serving

LIMITS = Limits(page_bytes=200_000, list_bytes=400_000, seconds=20.0, connect_seconds=10.0, silent_seconds=10.0)


@dataclass
class QuickClock:
    """Time that stands still but for sleeping, which takes none and is added up: however slow the machine, nothing is late by itself."""

    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return 1_000.0 + sum(self.slept)

    def time(self) -> float:
        return 1_709_600_000.0 + sum(self.slept)

    def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving() as found:
        yield found


@pytest.fixture
def other() -> Iterator[Site]:
    """A second site, which nothing allows."""
    with serving() as found:
        yield found


@pytest.fixture
def clock() -> QuickClock:
    return QuickClock()


Make = Callable[..., Fetcher]


@pytest.fixture
def make(site: Site, clock: QuickClock) -> Make:
    """A fetcher that may ask `site`; everything about it can be chosen."""

    def made(*, allowed: tuple[str, ...] | None = None, delay: float = 0.0, limits: Limits = LIMITS, **more: Any) -> Fetcher:
        hosts = AllowedHosts.read((f"127.0.0.1:{site.port}",) if allowed is None else allowed)
        gate = Gate(hosts, more.pop("resolve")) if "resolve" in more else Gate(hosts)
        client = Client(gate, "timtin/test", limits, clock, **more)
        return Fetcher(client, Politeness(clock, delay, limits.wait_seconds))

    return made


@pytest.fixture
def run(make: Make, tmp_path: Path) -> Callable[..., FetchReport]:
    """One run over addresses, remembered in `tmp_path` as `timtin fetch` does."""

    def ran(*urls: str, is_source: bool = True, fetcher: Fetcher | None = None, **options: Any) -> FetchReport:
        state = State(tmp_path)
        warc = None if options.get("is_dry") else WarcWriter(tmp_path, "timtin/test", datetime.datetime.now(datetime.UTC))
        try:
            given = [Given(url, "a test", is_source) for url in urls]
            return Run(fetcher or make(), state, warc, Options(**options)).fetch(given)
        finally:
            state.close()

    return ran
