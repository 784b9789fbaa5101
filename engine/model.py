"""The values that flow through the house: from a document to a hit.

All are frozen. Texts are NFC; ranges count code points; ends are exclusive unless a name says `last`.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, NamedTuple

import msgspec

from analyzers.dates import PartialDate, TextDates
from analyzers.places import Home, Place

FACETS = ("place", "date", "period", "tenure", "term", "source")
"""Facets every back-end counts, in the order they are shown."""
UNKNOWN = "?"
"""Facet value of documents that have none: a visible bucket, never a guess."""

Sort = Literal["relevance", "newest", "oldest"]
Lack = Literal["marks", "words", "apart"]
"""What the articles behind the divider lack of the query: the marks as typed, some of its words, or whole words (syllables apart)."""


class Term(NamedTuple):
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
    encoding: str | None = None
    """Codec its bytes were read with; None for what came as text."""
    rules: tuple[str, ...] = ()
    """Names of the rules that made it from its source, in order: decoding, box of the text, title, date …"""


NOTHING_TOLD = TextDates()


@dataclass(frozen=True, slots=True)
class AnalyzedDocument:
    """What every back-end receives.

    `fields` maps each index field of `engine.schema` to its tokens joined by single spaces;
    `facets` maps each facet of `FACETS` to the values the document counts under, ancestors included.
    `sketch` tells near-duplicates (`indexer.near`), `cluster` is the number that all of one cluster share; 0: it has none but itself.
    `stored` is empty, or what `engine.codec.encode` makes of it, when that was done already; then what only that holds may be left out:
    `places`, `terms`, `dates`, and of the document all but its id and day.
    """

    document: Document
    fields: dict[str, str]
    facets: dict[str, tuple[str, ...]]
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    home: Home | None = None
    dates: TextDates = NOTHING_TOLD
    stored: bytes = b""
    sketch: bytes = b""
    cluster: int = 0
    codes: bytes = b""
    """The running text as `engine.codes` writes it."""


@dataclass(frozen=True, slots=True)
class StoredDocument:
    """A document with what analysis found in it, as read back from an index."""

    document: Document
    places: tuple[Place, ...] = ()
    terms: tuple[Term, ...] = ()
    home: Home | None = None
    """Where its source reports from, when that was needed to find its places."""
    dates: TextDates = NOTHING_TOLD
    cluster: int = 0
    """What its near-duplicates share; 0: it has had none to share with."""


@dataclass(frozen=True, slots=True)
class DateRange:
    """Days from `first` to `last`, both inclusive; None is open."""

    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """One search, the same object from the web, the API and the command line.

    `filters` maps a facet to the selected values (OR inside, AND across); `excluded` to values that must not occur.
    `abbreviations` looks for ``UBND`` and *ủy ban nhân dân* by either. `corrections` lets a query that finds nothing run as it was probably
    meant; that is always said. `fresh` ranks newer articles a little higher in an order by relevance.
    `copies` lists near-duplicates each, instead of one for all; `cluster` asks for those of one cluster.
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
    corrections: bool = True
    fresh: bool = False
    explain: bool = False
    copies: bool = False
    cluster: int = 0


@dataclass(frozen=True, slots=True)
class DateOffer:
    """A date that the query names among its words (`text`), and the search of that time without them, which finds `total`."""

    text: str
    label: str
    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class Notice:
    """Something the user should know about how the request was understood.

    `position` is a code point of the query; `undo` the parameter that asks for it otherwise (``viettat=khong``).
    """

    code: str
    message: str
    position: int | None = None
    undo: str | None = None


OfferKind = Literal["spelling", "unit", "dates", "phrase", "marks", "filter", "words"]
"""What an offered search changes: the spelling; the unit for its predecessors or successors; the dates; a phrase to words; marks;
a filter less; any of the words instead of all."""


@dataclass(frozen=True, slots=True)
class Offer:
    """Another search that finds `total` documents. `text` says in Vietnamese what it changes; the query is that of `request`."""

    kind: OfferKind
    text: str
    request: SearchRequest
    total: int


@dataclass(frozen=True, slots=True)
class Snippet:
    """A passage of a stored text; `ranges` are the half-open spans of it that matched."""

    text: str
    ranges: tuple[tuple[int, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One result. `rank` counts from 1 over the whole ranking; `title` carries the title's own matches.

    `similar`: so many near-duplicates that match too stand under it.
    `folded`: it lacks something of the query (`SearchResponse.folded_without`), and stands behind all that hold everything.
    """

    rank: int
    score: float
    stored: StoredDocument
    title: Snippet
    snippets: tuple[Snippet, ...] = ()
    explanation: dict[str, Any] | None = None
    folded: bool = False
    similar: int = 0

    @property
    def document(self) -> Document:
        return self.stored.document


class FacetCount(msgspec.Struct):
    """`count` documents of the result have `value`; `label` is for a reader.

    No dataclass: a search makes hundreds, which takes half the time so.
    """

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
    """What a search gives. `total` is exact; `understood` is the query as it ran; `took_ms` in milliseconds.

    `offers` are other searches worth a try: other spellings, and wider ones when nothing was found. When the query found nothing and ran
    as it was probably meant, `request` asks that, and `corrected_from` is what was typed.
    Where few articles match, `folded_total` others follow in the ranking that match without the typed marks, or hold most of the words;
    facets and `total` are of the first part alone.
    """

    request: SearchRequest
    total: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    notices: tuple[Notice, ...] = ()
    understood: str = ""
    took_ms: float = 0.0
    timed_out: bool = False
    """The time ran out, or a part of the index did not answer: totals and counts are of the part that did, and a notice says so."""
    offers: tuple[Offer, ...] = ()
    corrected_from: str | None = None
    folded_total: int = 0
    folded_without: Lack | None = None
    whole_total: int | None = None
    """How many of `total` hold every word, where most of the words were enough; None: every word was wanted."""
    date_offers: tuple[DateOffer, ...] = ()

    @property
    def shown_total(self) -> int:
        """Articles of both parts: what pages run through."""
        return self.total + self.folded_total

    @property
    def folded_from_rank(self) -> int | None:
        """Rank of the first behind the divider; None when there is none."""
        return self.total + 1 if self.folded_total else None
