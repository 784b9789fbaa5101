"""Indexing and searching: time, memory and size, engine by engine on the same articles and queries.

usage: python -m benchmarks.search [PATH…] [--engine tantivy] [--peer whoosh] [--queries N] [--index DIR]

PATH are inputs as `timtin index` takes them; without any, the project's seeds. A search is everything a page needs:
total, four facets and ten hits with highlighted snippets, in this process. Queries are runs of one to four syllables of
titles in the index, drawn with a fixed seed, every second one without marks; one in four has a filter. The first pass
over the queries warms caches and is not counted.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.keys import folded_key
from analyzers.places import PlaceFinder
from engine.index import Index
from engine.model import FACETS, SearchRequest
from engine.search import Searcher
from indexer.run import index_paths

SEED = 20261121
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)])
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--peer", default="whoosh", help="a second engine, on the same queries over the seeds; none to leave it out")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--index", help="use (or keep) an index here instead of a throw-away one")
    options = parser.parse_args(arguments)
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with tempfile.TemporaryDirectory() as folder:
        searcher = _built(Path(options.index or f"{folder}/{options.engine}"), analyzer, options.engine, options.paths)
        _measure(options.engine, searcher, options.queries)
        if options.peer != "none":
            for engine in dict.fromkeys((options.engine, options.peer)):
                print("\nover the seeds only:")
                _measure(engine, _built(Path(f"{folder}/seeds-{engine}"), analyzer, engine, [str(SEEDS)]), min(options.queries, 100))
    return 0


def _built(directory: Path, analyzer: ArticleAnalyzer, engine: str, paths: Sequence[str]) -> Searcher:
    index = Index.open_or_create(directory, analyzer, engine)
    report = index_paths(index, paths)
    if report.added:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{engine}: indexed {report.added:,} of {report.inputs:,} inputs in {report.seconds:.1f} s "
            f"({report.added / report.seconds:,.0f}/s), {report.duplicate} duplicate, {report.rejected} rejected; "
            f"peak memory {peak:,.0f} MB, index {index.bytes() / 1e6:,.1f} MB"
        )
    return Searcher(index)


def _measure(name: str, searcher: Searcher, number: int) -> None:
    requests = requests_over(searcher, number)
    for request in requests:
        searcher.search(request)
    times, totals = [], []
    for request in requests:
        started = perf_counter()
        totals.append(searcher.search(request).total)
        times.append((perf_counter() - started) * 1000)
    times.sort()
    totals.sort()
    print(
        f"{name}: {searcher.index.snapshot().count():,} articles, {len(times)} searches "
        f"(total, {len(FACETS)} facets, 10 hits with snippets): "
        f"p50 {_at(times, 0.5):.1f} ms, p95 {_at(times, 0.95):.1f} ms, p99 {_at(times, 0.99):.1f} ms, max {times[-1]:.1f} ms; "
        f"median total {totals[len(totals) // 2]:,}"
    )


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def requests_over(searcher: Searcher, number: int) -> list[SearchRequest]:
    """Requests drawn from the titles of an index, the same on every run."""
    rng = random.Random(SEED)
    newest = searcher.search(SearchRequest(sort="newest", limit=500, facets=(), snippets=0)).hits
    oldest = searcher.search(SearchRequest(sort="oldest", limit=500, facets=(), snippets=0)).hits
    titles = [hit.document.title.split() for hit in newest + oldest if hit.document.title]
    facets = searcher.search(SearchRequest(limit=0)).facets
    made = []
    for at in range(number):
        words = rng.choice(titles)
        size = rng.randint(1, 4)
        start = rng.randrange(max(1, len(words) - size))
        run = words[start : start + size]
        q = " ".join(folded_key(word) for word in run) if at % 2 else " ".join(run)
        facet = rng.choice([one for one in facets if one.counts])
        filters: dict[str, tuple[str, ...]] = {facet.field: (rng.choice(facet.counts).value,)} if at % 4 == 3 else {}
        made.append(SearchRequest(q, filters=filters, limit=10))
    return made


if __name__ == "__main__":
    sys.exit(main())
