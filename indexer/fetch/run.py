"""A run: what was given and what lists name -> due or not -> asked, host by host in turn -> kept, remembered, counted."""

from __future__ import annotations

import datetime
import sqlite3
from collections import deque
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from indexer.fetch.clock import Clock
from indexer.fetch.discover import Listing, looks_like_list, read_listing
from indexer.fetch.follow import Fetcher
from indexer.fetch.model import Entry, Limits, NotFetchedError, Outcome, Response
from indexer.fetch.report import FetchReport
from indexer.fetch.state import KnownList, State
from indexer.fetch.urls import Url, clean_url
from indexer.fetch.warc import WarcWriter

MAX_DEPTH = 3
"""Lists within lists. The sitemap standard has two levels."""
MAX_LISTS = 1000
"""Feeds and sitemaps that other lists name, in one run."""
MAX_ADDRESSES = 1_000_000
"""Addresses that lists may bring into one run; each costs about 400 bytes of memory."""
_HTML = ("text/html", "application/xhtml+xml")
_LIST_TYPES = ("text/plain", "application/gzip", "application/x-gzip", "application/octet-stream", "binary/octet-stream")
_VIET_NAM = datetime.timezone(datetime.timedelta(hours=7))
_REMEMBERED = (Outcome.FAILED, Outcome.NOT_HTML, Outcome.KNOWN, Outcome.DISALLOWED, Outcome.REFUSED)

_OF_THE_DISK = (OSError, sqlite3.Error)
"""Nothing of the network is among them: that is a NotFetchedError."""

Progress = Callable[[int, str], None]
"""Called with the number of addresses done and the one at hand."""


@dataclass(frozen=True, slots=True)
class Given:
    """An address a person gave, `found_in` where. An `is_source` is asked in a dry run too, to see what it lists."""

    url: str
    found_in: str
    is_source: bool = False


@dataclass(frozen=True, slots=True)
class Options:
    """`since` leaves out pages dated earlier; `limit` is the most pages asked for; `refresh` asks again for pages that are done."""

    since: datetime.date | None = None
    limit: int | None = None
    is_dry: bool = False
    refresh: bool = False


@dataclass(frozen=True, slots=True)
class _Item:
    url: Url
    depth: int
    may_list: bool
    """Whether it is read as a feed or sitemap if it is one."""
    is_source: bool


class Run:
    """One run. `warc` is None in a dry run, which remembers nothing."""

    def __init__(
        self, fetcher: Fetcher, state: State, warc: WarcWriter | None, options: Options = Options(), *, progress: Progress | None = None
    ) -> None:
        self.report = FetchReport(is_dry=options.is_dry)
        self._fetcher = fetcher
        self._limits: Limits = fetcher.client.limits
        self._clock: Clock = fetcher.client.clock
        self._state = state
        self._warc = warc
        self._options = options
        self._progress = progress
        self._queues: dict[str, deque[_Item]] = {}
        self._done = self._pages = self._lists = 0
        self._final: dict[str, str] = {}
        """Pages kept in this run, with the address that led there."""

    def fetch(self, given: Iterable[Given]) -> FetchReport:
        """Fetch what is due. Ctrl-C or a full disk ends it early; the report says so, and everything fetched is kept."""
        started = self._clock.monotonic()
        for host, seconds in self._state.waits(self._clock.time()).items():
            self._fetcher.politeness.not_before(host, seconds, "as it said in an earlier run")
        try:
            for one in given:
                self._admit(one.url, one.found_in, depth=0, may_list=True, is_source=one.is_source)
            while (item := self._next()) is not None:
                self._deal_with(item)
                self._done += 1
                if self._progress:
                    self._progress(self._done, str(item.url))
        except KeyboardInterrupt:
            self.report.is_interrupted = True
        except _OF_THE_DISK as error:
            self._stopped_by(error)
        try:
            self._finish(started)
        except _OF_THE_DISK as error:
            self._stopped_by(error)
        return self.report

    def _stopped_by(self, error: Exception) -> None:
        reason = getattr(error, "strerror", None) or str(error)
        self.report.error = self.report.error or f"what was fetched cannot be written: {reason}"

    def _finish(self, started: float) -> None:
        if self._warc is not None:
            self._warc.close()
            self.report.files = [str(path) for path in self._warc.files]
        if not self._options.is_dry:
            self._state.set_waits(self._fetcher.politeness.waiting(), self._clock.time())
        self.report.requests = self._fetcher.client.requests
        self.report.seconds = self._clock.monotonic() - started

    def _admit(
        self,
        text: str,
        found_in: str,
        *,
        base: str | None = None,
        dated: str | None = None,
        depth: int,
        may_list: bool = False,
        is_source: bool = False,
    ) -> None:
        """Count an address, and queue it when something is to be done."""
        try:
            url = clean_url(text, base)
        except NotFetchedError as error:
            if self.report.met(_shown(text), found_in):
                self.report.end(_shown(text), error.outcome, error.reason)
            return
        if not self.report.met(str(url), found_in):
            return
        if self._is_old(dated):
            self.report.end(str(url), Outcome.OLD, f"dated before {self._options.since}")
            return
        if (why := self._settled(str(url))) and not self._options.refresh:
            self.report.end(str(url), Outcome.KNOWN, why)
            return
        queue = self._queues.setdefault(url.host, deque())
        item = _Item(url, depth, may_list, is_source or (may_list and self._is_list(url, depth)))
        (queue.appendleft if item.is_source else queue.append)(item)

    def _is_list(self, url: Url, depth: int) -> bool:
        return depth > 0 or looks_like_list(str(url)) or self._state.list(str(url)) is not None

    def _settled(self, url: str) -> str | None:
        """Why an earlier run is done with a page, or None."""
        done = self._state.page(url)
        if done is None or not done.is_settled:
            return None
        day = datetime.datetime.fromtimestamp(done.at, _VIET_NAM).date()
        return f"{'fetched' if done.outcome in (Outcome.FETCHED, Outcome.UNCHANGED) else done.reason or done.outcome} on {day}"

    def _next(self) -> _Item | None:
        """An item of the host that may be asked soonest."""
        waiting = [host for host, queue in self._queues.items() if queue]
        if not waiting:
            return None
        host = min(waiting, key=self._fetcher.politeness.ready_in)
        return self._queues[host].popleft()

    def _deal_with(self, item: _Item) -> None:
        url = str(item.url)
        try:
            if led_here := self._final.get(url):
                self.report.end(url, Outcome.KNOWN, f"fetched in this run as {led_here}")
                return
            if not item.is_source:
                self._count_page()
                if self._options.is_dry:
                    self._would_fetch(item.url)
                    return
            self._fetch(item)
        except NotFetchedError as error:
            self.report.end(url, error.outcome, error.reason, status=error.status)
            if error.outcome in _REMEMBERED and not item.is_source and not self._options.is_dry:
                self._remember(url, error)

    def _remember(self, url: str, error: NotFetchedError) -> None:
        if error.of_host and error.outcome is not Outcome.REFUSED:
            return  # a site that is away for some days must not lose its pages
        done = self._state.page(url)
        if done is None or error.outcome is Outcome.FAILED or done.outcome != error.outcome:
            self._state.set_page(url, error.outcome, error.reason, error.status, self._clock.time())

    def _count_page(self) -> None:
        if self._options.limit is not None and self._pages >= self._options.limit:
            raise NotFetchedError(Outcome.POSTPONED, f"the limit of {self._options.limit} pages")
        self._pages += 1

    def _would_fetch(self, url: Url) -> None:
        self._fetcher.client.gate.addresses(url)
        self._fetcher.robots.check(url)
        self.report.end(str(url), Outcome.WOULD_FETCH)

    def _fetch(self, item: _Item) -> None:
        url = str(item.url)
        known_list = self._state.list(url) if item.may_list else None
        done = self._state.page(url)
        validators = known_list.validators if known_list else done.validators if done else None
        response = self._fetcher.get(item.url, self._wanted(item.may_list), validators=validators, known=self._known)
        self.report.bytes += len(response.raw)
        if response.status == 304:
            self._unchanged(item, response, known_list)
            return
        content_type = response.header("content-type")
        listing = read_listing(response.body, response.url, content_type, self._limits.list_bytes) if item.may_list else None
        if listing is None:
            self._keep(item, response)
            return
        listing = self._with_forgotten(_absolute(listing, response.url), known_list)
        if not self._options.is_dry and len(listing.entries) <= self._room:  # else it must be read again next time
            self._state.set_list(url, listing.kind, response, listing.entries, listing.lists)
        self._listed(item, listing, "", len(response.raw))

    def _with_forgotten(self, listing: Listing, before: KnownList | None) -> Listing:
        """The same with pages it named earlier that are still to be fetched: a feed forgets faster than we may ask."""
        named = {entry.url for entry in listing.entries}
        open_ones = [one for one in before.entries if one.url not in named and self._is_due(one)] if before else []
        return Listing(listing.kind, (*listing.entries, *open_ones), listing.lists)

    def _is_due(self, entry: Entry) -> bool:
        try:
            clean_url(entry.url)
        except NotFetchedError:
            return False
        return not self._is_old(entry.dated) and self._state.still_due(entry)

    def _is_old(self, dated: str | None) -> bool:
        since = self._options.since
        return bool(since and dated and dated < since.isoformat()[: len(dated)])

    def _wanted(self, may_list: bool) -> Callable[[str], int]:
        """The most bytes an answer of some content type may have."""

        def room(content_type: str) -> int:
            essence = content_type.partition(";")[0].strip().lower()
            if may_list and (essence in _LIST_TYPES or "xml" in essence.replace("xhtml+xml", "")):
                return self._limits.list_bytes
            if essence in _HTML or not essence:
                return self._limits.page_bytes
            shown = "".join(c for c in essence[:60] if c.isprintable())
            raise NotFetchedError(Outcome.NOT_HTML, f"its type is {shown}", status=200)

        return room

    def _known(self, onward: str) -> str | None:
        """Why a redirect need not be followed."""
        if led_here := self._final.get(onward):
            return f"fetched in this run as {led_here}"
        return None if self._options.refresh else self._settled(onward)

    def _unchanged(self, item: _Item, response: Response, known_list: KnownList | None) -> None:
        url = str(item.url)
        if not any(name.startswith("If-") for name, _ in response.sent):
            raise NotFetchedError(Outcome.FAILED, "the server says 304 though it was not asked for changes", status=304)
        if known_list is not None:
            listing = Listing(known_list.kind, known_list.entries, known_list.lists)
            self._listed(item, listing, ", unchanged", 0)
            return
        self.report.end(url, Outcome.UNCHANGED, status=304)
        if not self._options.is_dry:
            self._state.set_page(url, Outcome.UNCHANGED, "", 304, self._clock.time())

    def _listed(self, item: _Item, listing: Listing, more: str, size: int) -> None:
        """Count a list, and admit what it lists."""
        url = str(item.url)
        count = len(listing.entries) + len(listing.lists)
        room = self._room
        if room < len(listing.entries):
            more += f"; a run takes {MAX_ADDRESSES:,}, so {len(listing.entries) - room:,} are left out"
        self.report.end(url, Outcome.LISTED, f"{listing.kind} of {count:,} addresses{more}", size=size)
        for entry in listing.entries[:room]:
            self._admit(entry.url, url, dated=entry.dated, depth=item.depth + 1)
        for one in listing.lists:
            self._admit_list(one, url, item.depth + 1)

    @property
    def _room(self) -> int:
        return max(0, MAX_ADDRESSES - len(self.report.rows))

    def _admit_list(self, url: str, found_in: str, depth: int) -> None:
        self._lists += 1
        if depth <= MAX_DEPTH and self._lists <= MAX_LISTS:
            self._admit(url, found_in, depth=depth, may_list=True)
        elif self.report.met(_shown(url), found_in):
            why = f"lists within lists go {MAX_DEPTH} deep" if depth > MAX_DEPTH else f"more than {MAX_LISTS:,} lists"
            self.report.end(_shown(url), Outcome.REFUSED, why)

    def _keep(self, item: _Item, response: Response) -> None:
        """Keep a page: on the disk first, then remembered."""
        url = str(item.url)
        start = response.body[:1024].lstrip()
        if not start:
            raise NotFetchedError(Outcome.FAILED, "an empty page", status=200)
        kind = response.header("content-type").partition(";")[0].strip().lower()
        if kind not in _HTML and (kind or not start.startswith(b"<")):
            raise NotFetchedError(Outcome.NOT_HTML, "neither a page nor a feed or sitemap", status=200)
        if self._options.is_dry or self._warc is None:
            self.report.end(url, Outcome.WOULD_FETCH)
            return
        self._warc.write(response)
        now = self._clock.time()
        for one in {url, response.url}:
            self._state.set_page(one, Outcome.FETCHED, "", 200, now, response)
            self._final[one] = url
        moved = "" if response.url == url else f"leads to {response.url}"
        self.report.end(url, Outcome.FETCHED, moved, status=200, size=len(response.raw))


def _shown(text: str) -> str:
    """What is no address, as the report names it."""
    return text[:500].encode("utf-8", "replace").decode()


def _absolute(listing: Listing, base: str) -> Listing:
    """The same with whole, clean addresses. What is no address stays as it is, to be refused by name."""

    def whole(url: str) -> str:
        try:
            return str(clean_url(url, base))
        except NotFetchedError:
            return _shown(url)

    entries = {whole(one.url): one.dated for one in reversed(listing.entries)}
    ordered = tuple(Entry(url, dated) for url, dated in reversed(entries.items()))
    return Listing(listing.kind, ordered, tuple(dict.fromkeys(map(whole, listing.lists))))
