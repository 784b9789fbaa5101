"""Indexing and searching: time, memory and size, engine by engine on the same articles and queries.

usage: python -m benchmarks.search [PATH…] [--engine tantivy] [--peer whoosh] [--queries N] [--index DIR] [--facets NAME,NAME…]

PATH are inputs as `timtin index` takes them; without any, what the index at DIR holds, or the project's seeds. A search is everything
a page needs: total, facets and ten hits with highlighted snippets, in this process. Queries are runs of one to four syllables of
titles in the index, drawn with a fixed seed, every second one without marks; one in four has a filter. Others warm the caches first.
With tantivy, each search is followed by the bare calls to tantivy that do its work (`benchmarks.bare`), and by the same work through
the port; the ratios to the bare calls are printed, of the time that passes and of the processor's time; then the time of each stage.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import TypeVar

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.keys import folded_key
from analyzers.places import PlaceFinder
from benchmarks.bare import DEFAULT, EXACT, SETTINGS, Bare
from benchmarks.stages import Stages, table
from engine.index import Index
from engine.model import FACETS, SearchRequest
from engine.search import Searcher
from engine.warm import warm
from indexer.run import index_paths

SEED = 20261121
T = TypeVar("T")
SEEDS = Path(__file__).resolve().parent.parent / "seeds"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--engine", default="tantivy")
    parser.add_argument("--peer", default="whoosh", help="a second engine, on the same queries over the seeds; none to leave it out")
    parser.add_argument("--queries", type=int, default=300)
    parser.add_argument("--index", help="use (or keep) an index here instead of a throw-away one")
    parser.add_argument("--facets", default=",".join(FACETS), help="facets to count, parted by commas")
    options = parser.parse_args(arguments)
    facets = tuple(options.facets.split(","))
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with tempfile.TemporaryDirectory() as folder:
        searcher = built(Path(options.index or f"{folder}/{options.engine}"), analyzer, options.engine, options.paths)
        _measure(options.engine, searcher, options.queries, facets)
        if options.engine == "tantivy":
            _measure_stages(searcher, options.queries, facets)
        if options.peer != "none":
            for engine in dict.fromkeys((options.engine, options.peer)):
                print("\nover the seeds only:")
                peer = built(Path(f"{folder}/seeds-{engine}"), analyzer, engine, [str(SEEDS)])
                _measure(engine, peer, min(options.queries, 100), facets)
    return 0


def built(directory: Path, analyzer: ArticleAnalyzer, engine: str, paths: Sequence[str]) -> Searcher:
    """A searcher over an index of these articles, or over the one that is there."""
    if directory.exists() and not paths:
        return _warm(Searcher(Index.open(directory, analyzer, engine)))
    index = Index.open_or_create(directory, analyzer, engine)
    report = index_paths(index, paths or [str(SEEDS)])
    if report.added:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(
            f"{engine}: indexed {report.added:,} of {report.inputs:,} inputs in {report.seconds:.1f} s "
            f"({report.added / report.seconds:,.0f}/s), {report.duplicate} duplicate, {report.rejected} rejected; "
            f"peak memory {peak:,.0f} MB, index {index.bytes() / 1e6:,.1f} MB"
        )
    return _warm(Searcher(index))


def _warm(searcher: Searcher) -> Searcher:
    """As `timtin serve` does before it answers."""
    warm(searcher)
    return searcher


def _measure(name: str, searcher: Searcher, number: int, facets: tuple[str, ...]) -> None:
    requests = _warmed(searcher, number, facets)
    bare = Bare(searcher.index) if name == "tantivy" else None
    times, totals = [], []
    ours, busy = 0.0, 0.0
    theirs: dict[str, list[tuple[float, float]]] = {EXACT: [], DEFAULT: []}
    port: list[tuple[float, float]] = []
    for request in requests:
        took, used, response = _timed(partial(searcher.search, request))
        times.append(took * 1000)
        totals.append(response.total)
        ours, busy = ours + took, busy + used
        if bare is not None:
            for way, found in theirs.items():
                its, its_use, _ = _timed(partial(bare.search, bare.nodes(request), facets, exact=way == EXACT))
                found.append((its, its_use))
            its, its_use, _ = _timed(partial(bare.through_port, bare.nodes(request), facets))
            port.append((its, its_use))
    ratios = {way: sorted(took / its / 1000 for took, (its, _) in zip(times, found, strict=False)) for way, found in theirs.items()}
    times.sort()
    totals.sort()
    print(
        f"{name}: {searcher.index.snapshot().count():,} articles, {len(times)} searches "
        f"(total, {len(facets)} facets, 10 hits with snippets): {_percentiles(times)}; median total {totals[len(totals) // 2]:,}"
    )
    if bare is None:
        return
    print(f"  against {SETTINGS}:")
    exact, exact_use = (sum(values) for values in zip(*theirs[EXACT], strict=True))
    through, through_use = (sum(values) for values in zip(*port, strict=True))
    alone = sorted(took / its for (took, _), (its, _) in zip(port, theirs[EXACT], strict=True))
    print(
        f"  the same work through the port, ten documents decoded, against exact counts: time {through / exact:.2f} × over all "
        f"({_at(alone, 0.5):.2f} × in the median); processor {through_use / exact_use:.2f} ×"
    )
    print("  a whole search, with near-duplicates together, second stage, corrections, offers, highlights and snippets, against bare calls")
    for way, found in theirs.items():
        its, its_use = (sum(values) for values in zip(*found, strict=True))
        print(
            f"  {way}: time {ours / its:.2f} × over all searches ({_at(ratios[way], 0.5):.2f} × in the median), "
            f"{its / len(times) * 1000:.2f} ms each bare; processor {busy / its_use:.2f} ×, {its_use / len(times) * 1000:.2f} ms each"
        )


def _measure_stages(searcher: Searcher, number: int, facets: tuple[str, ...]) -> None:
    rows = []
    with Stages() as stages:
        for request in _warmed(searcher, number, facets):
            stages.take()
            took, _, _ = _timed(partial(searcher.search, request))
            spent = stages.take()
            rows.append({**spent, "rest": took - sum(spent.values())})
    print(table(rows, _at))


def _warmed(searcher: Searcher, number: int, facets: tuple[str, ...]) -> list[SearchRequest]:
    """The requests to measure, after others of their kind have been answered."""
    for request in requests_over(searcher, number // 2, SEED + 1):
        searcher.search(replace(request, facets=facets))
    return [replace(request, facets=facets) for request in requests_over(searcher, number)]


def _timed(run: Callable[[], T]) -> tuple[float, float, T]:
    """Seconds that passed, seconds of the processor, and the result."""
    used, started = process_time(), perf_counter()
    result = run()
    return perf_counter() - started, process_time() - used, result


def _percentiles(times: Sequence[float]) -> str:
    return ", ".join(f"{name} {_at(times, share):.1f} ms" for name, share in (("p50", 0.5), ("p95", 0.95), ("p99", 0.99), ("max", 1.0)))


def _at(ordered: Sequence[float], share: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def requests_over(searcher: Searcher, number: int, seed: int = SEED) -> list[SearchRequest]:
    """Requests drawn from the titles of an index, the same on every run."""
    rng = random.Random(seed)
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
