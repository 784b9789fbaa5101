"""What flows inside the indexer before a Document exists."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from analyzers.dates import PartialDate

UNREADABLE = "unreadable"
"""`outcome` of what could not be read to its end, or is damaged: what its file held before may still be true."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What lies with a page in its archive: `name` is the page's own there, `pages` are (name, bytes) of those that may be parts of the
    same article, `lines` what `indexer.recurring` learnt of it.
    """

    name: str
    pages: tuple[tuple[str, bytes], ...] = ()
    lines: Mapping[str, frozenset[str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One input as read: `path` names it in reports, `raw` is its bytes, never modified.

    `url` is the address it was published at and `crawled` the day it was fetched, when the reader knows them; `kind` (html, text or
    markdown) is given where the path does not tell it. `charset` is the encoding its server named. `beside` is given for pages of
    archives; what lies beside others is looked for in their folder.
    """

    path: str
    raw: bytes
    url: str | None = None
    kind: str | None = None
    crawled: date | None = None
    charset: str | None = None
    beside: Beside | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """What an extractor found on a page. Texts are NFC; `body` is one entry a paragraph."""

    title: str
    lead: str = ""
    body: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    url: str | None = None
    source: str | None = None
    author: str | None = None
    category: str | None = None
    published: PartialDate | None = None
    encoding: str = "utf-8"
    rules: tuple[str, ...] = field(default=())
    """Names of the rules that fired, in order: decoding, family, title, lead, date …"""
    sound: bool = False
    """Whether `body` is known to be printable, in NFC and free of double spaces, so that it need not be looked through again."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that gives no article: `outcome` is rejected, unreadable, list, home, form, error or gallery; `reason` is for a person."""

    path: str
    reason: str
    outcome: str = "rejected"


@dataclass(frozen=True, slots=True)
class Skipped:
    """`count` parts of an input that hold no article and were not expected to: requests of a web archive, teasers of a feed."""

    path: str
    reason: str
    count: int = 1


@dataclass(frozen=True, slots=True)
class Unread:
    """A file in a folder whose name says that it is of a kind that is not read; `kind` is its suffix in small letters, "" without one."""

    path: str
    kind: str
