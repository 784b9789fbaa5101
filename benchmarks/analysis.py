"""The whole analysis of an article against pyvi's segmentation alone, in one run on one core.

usage: python -m benchmarks.analysis CORPUS.jsonl[.xz] [--articles N] [--skip N]

Both sides see the same articles (title and paragraphs), in turn, after a warm-up on other articles. The analysis is what indexing
does with a batch of documents: syllables with both keys, words, units, places, key terms, and the fields and facets of the index.
The finding of places is then timed by itself on the same texts, to show its share. Times are CPU time of this process.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from time import process_time

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer, ArticleText
from analyzers.dates import PartialDate, text_dates
from analyzers.places import PlaceFinder
from analyzers.units import units
from engine.model import Document
from indexer.analysis import analyze_documents

WARM_UP = 3000
BATCH = 64
"""Documents in a batch, as when indexing."""
Side = Callable[[Sequence[Document]], float]
"""Does its work on a batch and tells how many seconds of CPU time it took."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Print milliseconds an article and the ratio; articles a second and share of the finding of places."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--skip", type=int, default=1000)
    options = parser.parse_args(arguments)
    rows = list(islice(_documents(options.corpus), options.skip, options.skip + WARM_UP + options.articles))
    warm, rows = rows[:WARM_UP], rows[WARM_UP:]
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())
    sides = {"pyvi": _pyvi(), "timtin": _ours(analyzer), "places": _places(analyzer), "indexing": _indexing(analyzer)}
    for start in range(0, WARM_UP, BATCH):
        sides["timtin"](warm[start : start + BATCH])
    for side in sides.values():
        side(warm[:30])
    spent = dict.fromkeys(sides, 0.0)
    for start in range(0, len(rows), BATCH):
        for name, side in sides.items():
            spent[name] += side(rows[start : start + BATCH])
    pyvi, timtin, places, indexing = (1000 * seconds / len(rows) for seconds in spent.values())
    print(
        f"{len(rows)} articles: pyvi segmentation alone {pyvi:.2f} ms an article, "
        f"whole analysis {timtin:.2f} ms ({1000 / timtin:,.0f} articles/s), ratio {pyvi / timtin:.1f}"
    )
    print(f"with what an index wants besides (joined fields, spellings, a sketch) {indexing:.2f} ms, ratio {pyvi / indexing:.1f}")
    print(f"of it finding places {places:.2f} ms ({1000 / places:,.0f} articles/s), {places / timtin:.0%} of the whole")
    return 0


def _documents(path: Path) -> Iterator[Document]:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            row = json.loads(line)
            published = PartialDate(row["date"], "given") if row["date"] else None
            yield Document(str(number), row["title"], "", row["text"], published=published)


def _ours(analyzer: ArticleAnalyzer) -> Side:
    """All keys, words, units, key terms, places and dates of each article."""

    def analyse(batch: Sequence[Document]) -> float:
        before = process_time()
        articles = (ArticleText(item.title, item.lead, item.body, item.published.first_day if item.published else None) for item in batch)
        found = [*analyzer.analyze_many(articles)]
        for item in batch:
            text_dates(item.title, item.body.split("\n"), item.published)
        for zone in (zone for article in found for zone in article.zones.values()):
            _ = zone.marked, zone.folded, zone.words, [unit.keys for unit in units(zone.text)]
        return process_time() - before

    return analyse


def _indexing(analyzer: ArticleAnalyzer) -> Side:
    def analyse(batch: Sequence[Document]) -> float:
        before = process_time()
        analyze_documents(analyzer, batch)
        return process_time() - before

    return analyse


def _places(analyzer: ArticleAnalyzer) -> Side:
    finder = analyzer.finder

    def find(batch: Sequence[Document]) -> float:
        analyzed = analyzer.analyzer.batch([text for item in batch for text in (item.title, item.lead, item.body)])
        texts = analyzed.texts()
        before = process_time()
        glances = finder.glances(analyzed)
        for number, item in enumerate(batch):
            own = slice(3 * number, 3 * number + 3)
            finder.find(texts[own], item.published.first_day if item.published else None, glances=glances[own])
        return process_time() - before

    return find


def _pyvi() -> Side:
    from pyvi import ViTokenizer

    def segment(batch: Sequence[Document]) -> float:
        before = process_time()
        for item in batch:
            for line in (item.title, *item.body.split("\n")):
                ViTokenizer.tokenize(line)
        return process_time() - before

    return segment


if __name__ == "__main__":
    sys.exit(main())
