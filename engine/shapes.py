"""The shapes of the JSON that the web and the command line give: what `engine.serialize` returns, declared once.

The type checker holds `engine.serialize` to them, the OpenAPI document is made of them, and tests hold real answers to both.
Dates are ISO 8601, cut to what is known (``2024-02``). Ranges are half-open and count code points of the text beside them.
"""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, TypedDict

from msgspec import Meta

from analyzers.dates import DatePrecision
from analyzers.dates.periods import PeriodKind
from analyzers.places.model import PlaceRole
from analyzers.places.sources import HomeOrigin
from engine.model import Lack, OfferKind


def said(text: str, **bounds: Any) -> Meta:
    """What a key means, and its bounds, for readers of the OpenAPI document."""
    return Meta(description=text, **bounds)


Range = Annotated[tuple[int, int], said("Half-open, in code points of the text beside it.")]
Count = Annotated[int, said("A number of articles.", ge=0)]
Format = Annotated[int, said("Raised when a key changes its meaning or goes; new keys may come without.", ge=1)]


class Date(TypedDict):
    """A date as far as it is known, with the rule that found it and the words that show it."""

    date: Annotated[str, said("ISO 8601, as long as it is known.", pattern=r"^\d{4}(-\d{2}){0,2}$")]
    precision: DatePrecision
    rule: str
    evidence: str


class Period(TypedDict):
    """A stretch of whole months that an article is about."""

    value: Annotated[str, said("What the facet counts: `2023-01..2023-06`.")]
    label: str
    kind: PeriodKind
    first: Annotated[str, said("First month, inclusive.", pattern=r"^\d{4}-\d{2}$")]
    last: Annotated[str, said("Last month, inclusive.", pattern=r"^\d{4}-\d{2}$")]
    evidence: str


class Place(TypedDict):
    """An administrative unit of an article, as called at its date."""

    province: str
    district: str | None
    commune: str | None
    unit: Annotated[str, said("The gazetteer's identifier.")]
    role: Annotated[PlaceRole, said("Only `primary` and `secondary` places count in the facet.")]
    rule: Annotated[str, said("Why: `title`, `lead`, `early`, `body`, `home`, `source` or `mentioned`.")]
    path: Annotated[str, said("The value of the facet: `gia-lai/an-khe`.")]
    label: str
    now: Annotated[list[str], said("Paths of the units that hold its territory today.")]
    old: Annotated[list[str], said("Paths of those of the 63 provinces of before July 2025 that held it.")]


class Term(TypedDict):
    """A key term of an article; a larger score is better."""

    value: str
    label: str
    score: float


class Home(TypedDict):
    """Where the source reports from, and how that is known."""

    path: str
    origin: HomeOrigin
    share: Annotated[float, said("Of the articles it was learnt from, the part about there.", ge=0, le=1)]
    articles: Count


class Snippet(TypedDict):
    """A passage, and what matched in it."""

    text: str
    ranges: list[Range]


class Explanation(TypedDict):
    """A part of a score, and the parts it is made of."""

    value: float
    description: str
    details: NotRequired[list[Explanation]]
    context: NotRequired[list[str]]


class Hit(TypedDict):
    """One article found."""

    doc_id: str
    rank: Annotated[int, said("From 1 over the whole ranking.", ge=1)]
    score: float
    folded: Annotated[bool, said("It lacks something of the query: `folded_without`.")]
    similar: Annotated[int, said("Near-duplicates that match too and stand under it.", ge=0)]
    cluster: Annotated[str | None, said("The number for the parameter `cum`.")]
    title: str
    title_ranges: list[Range]
    url: str | None
    source: str | None
    published: Date | None
    event_date: Date | None
    periods: list[Period]
    terms_of_office: list[Period]
    places: list[Place]
    terms: list[Term]
    snippets: list[Snippet]
    explanation: NotRequired[Annotated[Explanation, said("With `explain=1`, in an order by relevance.")]]


class FacetCount(TypedDict):
    """So many articles found have the value."""

    value: Annotated[str, said("`?`: unknown.")]
    label: str
    count: Count
    selected: bool


class Facet(TypedDict):
    """Counts of one facet, its own filter left out."""

    counts: list[FacetCount]
    truncated: Annotated[bool, said("There are more values than are listed.")]


class Facets(TypedDict, total=False):
    """By name. Places are counted as `place`, or as `place_now` with `cach=hien-nay`."""

    place: Facet
    place_now: Facet
    place_old: Facet
    date: Facet
    period: Facet
    tenure: Facet
    term: Facet
    source: Facet


class Notice(TypedDict):
    """Something to know about how the request was understood, in Vietnamese."""

    code: str
    message: str
    position: NotRequired[Annotated[int, said("A code point of the query.", ge=0)]]
    undo: NotRequired[Annotated[str, said("The parameter that asks for it otherwise: `viettat=khong`.")]]


class Offer(TypedDict):
    """Another search, and how many articles it finds."""

    kind: OfferKind
    text: str
    query: str
    parameters: Annotated[list[tuple[str, str]], said("Names and values, as in an address.")]
    total: Count


DateOffer = TypedDict(
    "DateOffer",
    {
        "text": str,
        "label": str,
        "query": Annotated[str, said("The query without the date, to be asked with `tu` and `den`.")],
        "from": Annotated[str | None, said("First day, inclusive.")],
        "to": Annotated[str | None, said("Last day, inclusive.")],
        "total": Count,
    },
)
"""A date named among the words of the query. (`from` is a word of Python's.)"""


class Response(TypedDict):
    """What a search gives."""

    format: Format
    query: Annotated[str, said("As typed.")]
    understood: Annotated[str, said("As it ran.")]
    total: Annotated[int, said("Articles found: exact.", ge=0)]
    whole_total: Annotated[int | None, said("How many of them hold every word, where most were enough; null: all do.")]
    folded_total: Annotated[int, said("Further articles, that lack something of the query and follow in the ranking.", ge=0)]
    folded_from_rank: Annotated[int | None, said("Rank of the first of these.")]
    folded_without: Annotated[Lack | None, said("What they lack: the marks as typed, some of the words, or whole words (syllables apart).")]
    took_ms: Annotated[float, said("Milliseconds.", ge=0)]
    timed_out: Annotated[bool, said("A part of the index did not answer in time: the numbers are of the rest.")]
    hits: list[Hit]
    facets: Facets
    notices: list[Notice]
    offers: list[Offer]
    date_offers: list[DateOffer]


class Document(TypedDict):
    """A whole article."""

    format: Format
    doc_id: str
    title: str
    lead: str
    body: Annotated[list[str], said("Paragraphs.")]
    url: str | None
    source: str | None
    author: str | None
    category: str | None
    published: Date | None
    event_date: Date | None
    periods: list[Period]
    terms_of_office: list[Period]
    places: list[Place]
    home: Annotated[Home | None, said("Where the source's home helped to find the places.")]
    terms: list[Term]
    encoding: Annotated[str | None, said("Codec its bytes were read with; null for what came as text.")]
    rules: Annotated[list[str], said("Names of the rules that made it from its source.")]


class RelatedDocument(TypedDict):
    """An article about the same matter, and why."""

    doc_id: str
    title: str
    url: str | None
    source: str | None
    published: Date | None
    score: float
    likeness: float
    same_event: Annotated[bool, said("Alike, at most three days apart, and about a common place.")]
    similar: Annotated[int, said("Near-duplicates of it that are related too.", ge=0)]
    terms: Annotated[list[str], said("Labels of the key terms that both have.")]
    places: Annotated[list[str], said("Labels of the places that both are about.")]
    days: Annotated[int | None, said("Between their dates; null where one has none.")]


class Related(TypedDict):
    """The articles related to one, best first."""

    format: Format
    doc_id: str
    title: str
    timed_out: Annotated[bool, said("A part of the index did not answer in time, there may be others.")]
    related: list[RelatedDocument]
