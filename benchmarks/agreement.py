"""Do two engines give the same answers? The same articles in both, the same requests to both.

usage: python -m benchmarks.agreement [PATH…] [--engines tantivy opensearch] [--queries 250] [--part K/N] [--keep DIR] [--urls URL]

PATH are inputs as `timtin index` takes them; without any, the corpus beside the checkout, else the project's seeds; `--part` takes one
of N equal parts of them. Requests are drawn from the titles of the first engine's index with a fixed seed: runs of one to four
syllables, every second one without marks, one in four with a filter, one in five in an order of dates; one in ten is a whole title,
one in ten has two letters swapped. Of each, the shared part of the first ten hits is measured, and whether totals and facets are
equal; what differs is named. An OpenSearch is started with a small heap unless `--urls` names one. With `--keep`, the indexes stay in
DIR and are used again. Exit status 1: the overlap is below 0.9, or a total or a facet differs.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from benchmarks.__main__ import SHARED
from benchmarks.search import SEEDS, requests_over
from engine.index import ENGINES, Index
from engine.model import SearchRequest, SearchResponse, Sort
from engine.options import EngineOptions
from engine.search import Searcher
from indexer.part import Part
from indexer.run import Options, index_paths
from tests.opensearch_server import Cluster

LEAST_OVERLAP = 0.9
TOP = 10
HEAP_MB = 512
BUDGET_MS = 60_000
"""Nothing is cut short here: whole answers are compared."""
NAMED = 20
"""Differences that are printed; the rest are only counted."""


@dataclass(slots=True)
class Agreement:
    """What the comparison came to. `shared` of `wanted` hits are among the first ten of both."""

    requests: int = 0
    shared: int = 0
    wanted: int = 0
    same_order: int = 0
    totals: int = 0
    facets: int = 0
    differences: list[str] = field(default_factory=list)

    @property
    def overlap(self) -> float:
        return self.shared / self.wanted if self.wanted else 1.0

    @property
    def agreed(self) -> bool:
        return self.overlap >= LEAST_OVERLAP and self.totals == self.facets == self.requests

    def compare(self, first: SearchResponse, second: SearchResponse) -> None:
        """Count one request answered by both."""
        mine, its = ([hit.document.doc_id for hit in response.hits[:TOP]] for response in (first, second))
        self.requests += 1
        self.shared += len(set(mine) & set(its))
        self.wanted += max(len(mine), len(its))
        self.same_order += mine == its
        self.totals += _totals(first) == _totals(second)
        self.facets += first.facets == second.facets
        self.differences += _differences(first, second)


def main(arguments: Sequence[str] | None = None) -> int:
    """Build both, ask both, print the figures."""
    options = _parsed(arguments)
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with ExitStack() as stack:
        folder = options.keep or Path(stack.enter_context(tempfile.TemporaryDirectory()))
        urls = tuple(options.urls)
        if "opensearch" in options.engines and not urls:
            urls = tuple(stack.enter_context(Cluster(heap_mb=HEAP_MB)).urls)
        reached = EngineOptions(opensearch_urls=urls, opensearch_replicas=0, search_budget_ms=BUDGET_MS)
        first, second = (_built(folder / engine, engine, analyzer, options, reached) for engine in options.engines)
        agreement = Agreement()
        for request in requests(first, options.queries):
            agreement.compare(first.search(request), second.search(request))
    _print(agreement, options.engines)
    return 0 if agreement.agreed else 1


def requests(searcher: Searcher, number: int) -> list[SearchRequest]:
    """Requests of many kinds, the same on every run over the same index."""
    orders: tuple[Sort, ...] = ("newest", "oldest")
    latest = searcher.search(SearchRequest(sort="newest", limit=number, facets=(), snippets=0)).hits
    made = []
    for at, request in enumerate(requests_over(searcher, number)):
        title = latest[at % len(latest)].document.title
        if at % 5 == 4:
            made.append(replace(request, sort=orders[at // 5 % 2]))
        elif at % 10 == 0:
            made.append(replace(request, q=title))
        elif at % 10 == 5:
            made.append(replace(request, q=slipped(" ".join(title.split()[:5])), filters={}))
        else:
            made.append(request)
    return made


def slipped(text: str) -> str:
    """The text with the first two letters of its longest syllable that differ swapped, as fingers do."""
    syllable = max(text.split(), key=len, default="")
    at = next((at for at in range(len(syllable) - 1) if syllable[at] != syllable[at + 1]), None)
    if at is None:
        return text
    return text.replace(syllable, syllable[:at] + syllable[at + 1] + syllable[at] + syllable[at + 2 :], 1)


def _parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    corpus = SHARED / "corpus"
    parser.add_argument("paths", nargs="*", default=[str(corpus if corpus.is_dir() else SEEDS)])
    parser.add_argument("--engines", nargs=2, choices=ENGINES, default=("tantivy", "opensearch"))
    parser.add_argument("--queries", type=int, default=250)
    parser.add_argument("--part", type=Part.parse)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--urls", nargs="*", default=())
    return parser.parse_args(arguments)


def _built(directory: Path, engine: str, analyzer: ArticleAnalyzer, options: argparse.Namespace, reached: EngineOptions) -> Searcher:
    index = Index.open_or_create(directory, analyzer, engine, reached)
    report = index_paths(index, options.paths, Options(part=options.part))
    print(f"{engine}: {index.snapshot().count():,} articles, {report.added:,} of them indexed now in {report.seconds:.1f} s", flush=True)
    return Searcher(index)


def _totals(response: SearchResponse) -> tuple[int, int]:
    return response.total, response.folded_total


def _differences(first: SearchResponse, second: SearchResponse) -> list[str]:
    asked = f"{first.request.q!r} {first.request.filters or ''}"
    found = []
    if first.request.q != second.request.q:
        found.append(f"{asked}: run as {second.request.q!r} by the second")
    if second.timed_out:
        found.append(f"{asked}: timed out")
    if _totals(first) != _totals(second):
        found.append(f"{asked}: totals {_totals(first)} and {_totals(second)}")
    names = [mine.field for mine, its in zip(first.facets, second.facets, strict=True) if mine != its]
    if names:
        found.append(f"{asked}: facets {', '.join(names)}")
    return found


def _print(agreement: Agreement, engines: Sequence[str]) -> None:
    for difference in agreement.differences[:NAMED]:
        print(f"  {difference}")
    print(
        f"{' and '.join(engines)}, {agreement.requests} requests: overlap of the first {TOP} {agreement.overlap:.4f} "
        f"({agreement.same_order} in the same order), totals equal in {agreement.totals}, facets equal in {agreement.facets}"
    )


if __name__ == "__main__":
    sys.exit(main())
