"""What flows inside the indexer before a Document exists."""

from __future__ import annotations

from dataclasses import dataclass, field

from analyzers.dates import PartialDate


@dataclass(frozen=True, slots=True)
class Page:
    """One input as read: `path` names it in reports, `raw` is its bytes, never modified.

    `url` is the address it was published at, when the reader knows it.
    """

    path: str
    raw: bytes
    url: str | None = None


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
    event_date: PartialDate | None = None
    encoding: str = "utf-8"
    rules: tuple[str, ...] = field(default=())
    """Names of the rules that fired, in order: decoding, family, title, lead, date …"""


@dataclass(frozen=True, slots=True)
class Rejected:
    """A page that gives no article: `outcome` is rejected, list, home, form, error or gallery; `reason` is for a person."""

    path: str
    reason: str
    outcome: str = "rejected"
