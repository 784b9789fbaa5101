"""What a fresh process needs to open an index and to search it; started by `benchmarks.scale`, prints JSON.

usage: python -m benchmarks.scale_reader INDEX [--queries 1000]
"""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from time import perf_counter

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import PlaceFinder
from benchmarks.memory import own_bytes
from benchmarks.search import requests_over
from engine.index import Index
from engine.model import SearchRequest
from engine.search import Searcher
from engine.warm import warm

FACETS = ("place", "date", "term", "source")


def main(arguments: Sequence[str] | None = None) -> int:
    """Open, search, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("index", type=Path)
    parser.add_argument("--queries", type=int, default=1000)
    options = parser.parse_args(arguments)
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    before = own_bytes(os.getpid())
    started = perf_counter()
    searcher = Searcher(Index.open(options.index, analyzer))
    opened = perf_counter()
    searcher.search(SearchRequest("xây dựng nông thôn", facets=FACETS))
    first = perf_counter()
    warm(searcher)  # as `timtin serve` does before it answers
    figures = {"open_ms": (opened - started) * 1000, "first_search_ms": (first - opened) * 1000}
    figures |= _searched(searcher, options.queries)
    figures["documents"] = searcher.index.snapshot().count()
    figures["search_memory"] = own_bytes(os.getpid()) - before
    print(json.dumps(figures))
    return 0


def _searched(searcher: Searcher, number: int) -> dict[str, float]:
    """Milliseconds of searches, in the order of their size; those of the first pass over the queries are not counted."""
    requests = [replace(request, facets=FACETS) for request in requests_over(searcher, number)]
    for request in requests:
        searcher.search(request)
    times, totals = [], []
    for request in requests:
        started = perf_counter()
        totals.append(searcher.search(request).total)
        times.append((perf_counter() - started) * 1000)
    times.sort()
    found = {f"p{part}_ms": times[min(len(times) - 1, len(times) * part // 100)] for part in (50, 95, 99)}
    return {**found, "max_ms": times[-1], "searches": len(times), "median_total": sorted(totals)[len(totals) // 2]}


if __name__ == "__main__":
    sys.exit(main())
