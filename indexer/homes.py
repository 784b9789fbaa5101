"""Where sources report from: set by the owner, read off the host's name, or learnt from the source's other articles.

A home only settles what an article leaves open, so it is learnt from the articles whose places are known without it, and tried
on those without any. That makes the outcome a function of what the index holds, in whatever order it came in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import chain
from urllib.parse import urlsplit

from analyzers.analyzer import AnalyzedText
from analyzers.article import BATCH, ArticleAnalysis, ArticleAnalyzer, ArticleText
from analyzers.dates import TextDates, text_dates
from analyzers.places import Home, home_from
from engine.errors import DocumentsRefusedError
from engine.index import Index
from engine.model import UNKNOWN, AnalyzedDocument, Document, Term
from engine.plan import AllOf, AnyOf, Plan, PlanNode, RangeNode, TermNode
from engine.port import Snapshot
from engine.running import Running, Spans, digits_in, running
from engine.schema import analyzed_document, numbers
from indexer.clusters import Clusters
from indexer.documents import characters
from indexer.near import sketches_below_titles

LEARNT = "learnt"
_EVERY = 1_000_000
_LIKELY = 100
"""Places of a source, the most frequent first, that may be its home: more cannot hold `LEAST_SHARE` of its articles each."""
_PAGE = 500
"""Documents looked up, and held, at once."""


def home_of(analyzer: ArticleAnalyzer, item: Document) -> Home | None:
    """The unit a document's source reports from, where that is set or its address is named after one (``daksong.daknong.gov.vn``)."""
    return analyzer.homes.of(analyzer.finder.gazetteer, item.source, _host(item.url) if item.url else None)


_PLAIN_HOST = re.compile(r"https?://([a-z0-9.-]+)(?:[/?#]|\Z)").match
"""The host of an address as nearly all are, without the work of `urlsplit`."""


def _host(url: str) -> str | None:
    if plain := _PLAIN_HOST(url):
        return plain[1]
    try:
        return urlsplit(url).hostname
    except ValueError:
        return None


def analyze_from(analyzer: ArticleAnalyzer, item: Document, home: Home | None) -> AnalyzedDocument:
    """Analyse a document of a source that reports from `home`; the home is kept where it was needed, a learnt one always."""
    return analyze_all_from(analyzer, [item], [home])[0]


def analyze_all_from(analyzer: ArticleAnalyzer, items: Sequence[Document], homes: Sequence[Home | None]) -> list[AnalyzedDocument]:
    """The same of a batch, which costs less than its documents one by one."""
    articles = (
        ArticleText(item.title, item.lead, item.body, item.published.first_day if item.published else None, home.path if home else None)
        for item, home in zip(items, homes, strict=True)
    )
    found = [*analyzer.analyze_many(articles)]
    zones = [(one.title, one.lead, one.body) for one in found]
    digits = digits_in(zones)
    dates = [*map(_dates, items, zones, digits)]
    texts = running(zones, digits)
    sketches = sketches_below_titles([text.codes for text in texts])
    return [_document(*parts) for parts in zip(items, homes, found, dates, texts, sketches, strict=True)]


def _dates(item: Document, zones: Sequence[AnalyzedText], digits: Sequence[Spans]) -> TextDates:
    """What a document tells of time; `digits` are those of its zones."""
    paragraphs = tuple([part for part in (item.lead, *item.body.split("\n")) if part])
    lines: Spans | None = None
    if [zone.text for zone in zones] == [item.title, item.lead, item.body] and "\n\n" not in f"\n{item.body}\n":
        lines, shift = [*digits[0]], len(item.title) + 1
        for text, own in zip((item.lead, item.body), digits[1:], strict=True):
            if text:
                lines += [(start + shift, end + shift) for start, end in own]
                shift += len(text) + 1
    return text_dates(item.title, paragraphs, item.published, lines)


def _document(
    item: Document, home: Home | None, found: ArticleAnalysis, dates: TextDates, text: Running, sketch: bytes
) -> AnalyzedDocument:
    """Put together what was found of a document."""
    needed = home is not None and (home.origin == LEARNT or any(place.rule in ("home", "source") for place in found.places))
    terms = tuple(Term(*term) for term in found.terms)
    return analyzed_document(item, found.zones, found.places, terms, home if needed else None, dates, text, sketch)


def settle_homes(index: Index, clusters: Clusters) -> int:
    """Learn the homes of all sources, and analyse anew the articles whose place is open or was settled by another home.

    Returns the number of articles. Doing it twice changes nothing more.
    """
    snapshot = index.snapshot()
    sources = [source for source in _counts(snapshot, AllOf(), "source") if source != UNKNOWN]
    due = (found for source in sources for found in _due(snapshot, source))
    first = next(due, None)
    if first is None:
        return 0
    settled = 0
    with suppress(DocumentsRefusedError), index.writer() as writer:  # an article that is refused keeps the places it had
        for documents, home in chain([first], due):
            for some in _portions([document for document in documents if home_of(index.analyzer, document) is None]):
                for analyzed in analyze_all_from(index.analyzer, some, [home] * len(some)):
                    writer.add(clusters.placed(analyzed))
                settled += len(some)
                if writer.full:
                    with suppress(DocumentsRefusedError):
                        writer.commit()
    return settled


def _portions(documents: Iterable[Document]) -> Iterator[list[Document]]:
    """As many at a time as are worth analysing together; a long article is one by itself."""
    portion: list[Document] = []
    size = 0
    for document in documents:
        size += characters(document)
        if portion and size > BATCH:
            yield portion
            portion, size = [], characters(document)
        portion.append(document)
    if portion:
        yield portion


def learnt_home(snapshot: Snapshot, source: str) -> Home | None:
    """What the articles of a source tell whose places are known without its home."""
    own = AllOf((_is("source", source),), must_not=(_is("home", LEARNT),))
    counts = _counts(snapshot, own, "place", _LIKELY)
    unknown = counts.pop(UNKNOWN, 0)
    return home_from(counts, snapshot.search(Plan(own, limit=0)).total - unknown)


def _due(snapshot: Snapshot, source: str) -> Iterator[tuple[list[Document], Home | None]]:
    """The documents of a source that its home, as learnt now, may settle, some at a time."""
    home = learnt_home(snapshot, source)
    learnt = _is("home", LEARNT)
    if home is None:
        wanted = AllOf((_is("source", source), learnt))
    else:
        wanted = AllOf((_is("source", source), AnyOf((_is("place", UNKNOWN), learnt))), must_not=(_is("home", home.path),))
    page = wanted
    while ranked := snapshot.search(Plan(page, sort="newest", limit=_PAGE)).ranked:
        documents = [hit.stored.document for hit in ranked]
        yield documents, home
        below = numbers(AnalyzedDocument(documents[-1], {}, {}))["newest"] - 1
        page = AllOf((wanted, RangeNode("newest", None, below)))  # a deep page would cost as much as all pages before it


def _counts(snapshot: Snapshot, node: PlanNode, facet: str, most: int = _EVERY) -> dict[str, int]:
    """The most frequent values, and those of unknown ones."""
    found = snapshot.search(Plan(node, facets={facet: (UNKNOWN,)}, facet_limit=most, limit=0)).facets[facet]
    return dict(found.values)


def _is(field: str, value: str) -> PlanNode:
    return TermNode(field, value, 0.0)
