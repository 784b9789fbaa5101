"""Queries of a subject and a place, as readers of local news ask: how many of the first articles are about both.

usage: python -m benchmarks.subjects [PATH…] [--index DIR] [--queries N] [--seed N]

The queries are made of the articles themselves: a key term, and a province or district, that FEWEST to MOST articles have in common.
These are what is sought; the query is both names side by side (``tàu cá Thanh Hóa``), with marks and without. Which articles are about
a place, and what their key terms are, is what the index says of them: the figures tell whether a ranking uses it, not whether it is right.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from random import Random
from typing import NamedTuple

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.keys import folded_key
from analyzers.places import PlaceFinder
from analyzers.terms import term_label
from benchmarks.search import built
from cli.evaluation.measures import measure
from cli.evaluation.run import unmarked
from engine.index import Index
from engine.model import SearchRequest, StoredDocument
from engine.search import Searcher

FEWEST, MOST = 3, 30
SEEDS = Path(__file__).resolve().parent.parent / "seeds"
_FIRST = 5


class Asked(NamedTuple):
    """A query, the articles about its subject and place, and all that are about its place."""

    text: str
    sought: set[str]
    local: set[str]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("paths", nargs="*", default=[str(SEEDS)], help="articles, when there is no index of them")
    parser.add_argument("--index", type=Path, help="an index that is there")
    parser.add_argument("--queries", type=int, default=150)
    parser.add_argument("--seed", type=int, default=5)
    options = parser.parse_args(arguments)
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    with tempfile.TemporaryDirectory() as folder:
        searcher = (
            Searcher(Index.open(options.index, analyzer)) if options.index else built(Path(folder), analyzer, "tantivy", options.paths)
        )
        asked = queries_over(searcher, options.queries, options.seed)
        if not asked:
            print(f"No key term and place have {FEWEST} to {MOST} articles in common: nothing to ask", file=sys.stderr)
            return 2
        for name, strip in (("with marks", False), ("without", True)):
            print(f"{len(asked)} queries {name:<10} {_figures(searcher, asked, strip=strip)}")
    return 0


def queries_over(searcher: Searcher, number: int, seed: int) -> list[Asked]:
    """As many queries, drawn from the articles of an index; no term that holds the name of the place."""
    gazetteer = searcher.index.analyzer.finder.gazetteer
    local: defaultdict[str, set[str]] = defaultdict(set)
    both: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for stored in searcher.every(SearchRequest()).documents:
        for path in _larger_places(stored):
            local[path].add(stored.document.doc_id)
            for term in stored.terms:
                both[path, term.value].add(stored.document.doc_id)
    candidates = sorted(pair for pair, articles in both.items() if FEWEST <= len(articles) <= MOST)
    Random(seed).shuffle(candidates)
    found: list[Asked] = []
    for path, value in candidates:
        bearers, label = gazetteer.bearers(path), term_label(value).lower()
        if len(found) == number:
            break
        if bearers and not bearers[0].name.isdigit() and folded_key(bearers[0].name) not in folded_key(label):
            found.append(Asked(f"{label} {bearers[0].name}", both[path, value], local[path]))
    return found


def _larger_places(stored: StoredDocument) -> set[str]:
    """Provinces and districts that an article is about."""
    about = (place for place in stored.places if place.role != "mentioned")
    return {path for place in about for path in place.paths if path.count("/") <= 1}


def _figures(searcher: Searcher, asked: Sequence[Asked], *, strip: bool) -> str:
    rankings: dict[str, list[str]] = {}
    for one in asked:
        request = SearchRequest(unmarked(one.text) if strip else one.text, limit=10, facets=(), snippets=0, copies=True)
        rankings[one.text] = [hit.document.doc_id for hit in searcher.search(request).hits]
    measured = measure(rankings, {one.text: dict.fromkeys(one.sought, 1) for one in asked})
    first = [len(one.local.intersection(rankings[one.text][:_FIRST])) / max(1, len(rankings[one.text][:_FIRST])) for one in asked]
    about = sum(first) / len(first)
    return f"nDCG@10 {measured['ndcg@10']:.3f}  MRR@10 {measured['mrr@10']:.3f}  first {_FIRST} about the place {about:.3f}"


if __name__ == "__main__":
    sys.exit(main())
