"""The values that flow through the house: from a document to a hit.

All are frozen. Texts are NFC; ranges count code points; ends are exclusive unless a name says `last`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from analyzers.dates import PartialDate
from analyzers.places import Place

FACETS = ("place", "date", "term", "source")
"""Facets every back-end counts, in the order they are shown."""
UNKNOWN = "?"
"""Facet value of documents that have none: a visible bucket, never a guess."""

Sort = Literal["relevance", "newest", "oldest"]


@dataclass(frozen=True, slots=True)
class Term:
    """A key term of a document: `value` is its folded key, `label` what a reader is shown, `score` larger is better."""

    value: str
    label: str
    score: float


@dataclass(frozen=True, slots=True)
class Document:
    """An article as it is stored. `body` holds its paragraphs separated by newlines."""

    doc_id: str
    title: str
    lead: str = ""
    body: str = ""
    url: str | None = None
    source: str | None = None
    author: str | None = None
    category: str | None = None
    published: PartialDate | None = None


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """What every back-end receives.

    `fields` maps each index field of `engine.schema` to its tokens joined by single spaces;
    `facets` maps each facet of `FACETS` to the values the document counts under, ancestors included.
    `sketch` tells near-duplicates (`indexer.near`), `cluster` is the number that all of one cluster share; 0: it has none but itself.
    `stored` is empty, or what `engine.codec.encode` makes of it, when that was done already; then `places` and `terms` may be left out.
    """

    document: Document
    fields: dict[str, str]
    facets: dict[str, tuple[str, ...]]
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    stored: str = ""
    sketch: bytes = b""
    cluster: int = 0


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with what analysis found in it, as read back from an index."""

    document: Document
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last`, both inclusive; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search, the same object from the web, the API and the command line.

    `filters` maps a facet to the selected values (OR inside, AND across); `excluded` to values that must not occur.
    `abbreviations` looks for ``UBND`` and *ủy ban nhân dân* by either.
    `offset` and `limit` count hits; `facet_limit` is the number of values counted out for each facet.
    """

    q: str = ""
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    excluded: dict[str, tuple[str, ...]] = field(default_factory=dict)
    dates: DateRange = DateRange()
    sort: Sort = "relevance"
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS
    facet_limit: int = 200
    snippets: int = 2
    abbreviations: bool = True
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about how the request was understood. `position` is a code point of the query."""

    code: str
    message: str
    position: int | None = None


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a stored text; `ranges` are the half-open spans of it that matched."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `rank` counts from 1 over the whole ranking; `title` carries the title's own matches."""

    rank: int
    score: float
    stored: StoredDocument
    title: Snippet
    snippets: tuple[Snippet, ...] = ()
    explanation: dict[str, Any] | None = None

    @property
    def document(self) -> Document:
        return self.stored.document


@dataclass(frozen=True, slots=True)
class FacetCount:
    """`count` documents of the result have `value`; `label` is for a reader."""

    value: str
    label: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """Counts of one facet, its own filter left out. `truncated` tells that more values exist than are listed."""

    field: str
    counts: tuple[FacetCount, ...]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class SearchResponse:
    """What a search gives. `total` is exact; `understood` is the query as it ran; `took_ms` in milliseconds."""

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notices: tuple[Notice, ...] = ()
    understood: str = ""
    took_ms: float = 0.0
    timed_out: bool = False
    """The time ran out, or a part of the index did not answer: totals and counts are of the part that did, and a notice says so."""
