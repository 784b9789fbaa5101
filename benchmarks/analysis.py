"""The whole analysis of an article against pyvi's segmentation alone, in one run on one core.

usage: python -m benchmarks.analysis CORPUS.jsonl[.xz] [--articles N] [--skip N]

Both sides see the same articles (title and paragraphs), in turn, after a warm-up on other articles. The analysis is everything
indexing needs: syllables with both keys, words, units, places and key terms. Times are CPU time of this process.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Sequence
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.dates import PartialDate
from analyzers.places import PlaceFinder
from engine.schema import index_fields

WARM_UP = 3000


def main(arguments: Sequence[str] | None = None) -> int:
    """Print milliseconds an article and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--articles", type=int, default=600)
    parser.add_argument("--skip", type=int, default=1000)
    options = parser.parse_args(arguments)
    rows = list(islice(_rows(options.corpus), options.skip, options.skip + WARM_UP + options.articles))
    warm, rows = rows[:WARM_UP], rows[WARM_UP:]
    ours, theirs = _ours(), _pyvi()
    for row in warm:
        ours(row)
    for row in warm[:30]:
        theirs(row)
    spent = {"pyvi": 0.0, "timtin": 0.0}
    for start in range(0, len(rows), 50):
        for name, side in (("pyvi", theirs), ("timtin", ours)):
            before = process_time()
            for row in rows[start : start + 50]:
                side(row)
            spent[name] += process_time() - before
    each = {name: 1000 * seconds / len(rows) for name, seconds in spent.items()}
    print(
        f"{len(rows)} articles: pyvi segmentation alone {each['pyvi']:.2f} ms an article, "
        f"whole analysis {each['timtin']:.2f} ms ({1000 / each['timtin']:,.0f} articles/s), ratio {each['pyvi'] / each['timtin']:.1f}"
    )
    return 0


def _rows(path: Path) -> Any:
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def _ours() -> Callable[[dict[str, Any]], None]:
    analyzer = ArticleAnalyzer(Analyzer(), PlaceFinder())

    def analyse(row: dict[str, Any]) -> None:
        on = PartialDate(row["date"], "given").first_day if row["date"] else None
        index_fields(analyzer.analyze(row["title"], "", row["text"], on).zones)

    return analyse


def _pyvi() -> Callable[[dict[str, Any]], None]:
    from pyvi import ViTokenizer

    def segment(row: dict[str, Any]) -> None:
        for line in (row["title"], *row["text"].split("\n")):
            ViTokenizer.tokenize(line)

    return segment


if __name__ == "__main__":
    sys.exit(main())
