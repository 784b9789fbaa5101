"""Puts a fetcher together."""

from __future__ import annotations

from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, version

from indexer.fetch.addresses import AllowedHosts, Gate
from indexer.fetch.client import Client
from indexer.fetch.clock import SystemClock
from indexer.fetch.follow import Fetcher
from indexer.fetch.model import Limits
from indexer.fetch.politeness import Politeness
from indexer.fetch.robots import PRODUCT


def user_agent(contact: str) -> str:
    """Who we are, with an address of the person who runs us where they gave one."""
    try:
        number = version("timtin")
    except PackageNotFoundError:
        number = "0"
    return f"{PRODUCT}/{number} (+{contact})" if contact else f"{PRODUCT}/{number}"


def open_fetcher(*, contact: str, delay: float, allowed: Iterable[str]) -> Fetcher:
    """A fetcher for the Internet; `delay` in seconds. Raises ValueError for an allowed host that is none."""
    clock, limits = SystemClock(), Limits()
    client = Client(Gate(AllowedHosts.read(allowed)), user_agent(contact), limits, clock)
    return Fetcher(client, Politeness(clock, delay, limits.wait_seconds))
