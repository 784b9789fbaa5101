"""Build this room's data: ``python -m analyzers.bound.build ARTICLES.jsonl.xz [--out FILE] [--limit N]``.

ARTICLES holds a JSON object a line with `title` and `text`. Syllables are written that stand at least LEAST times in the articles, of these
less than MOST as a word of their own; one a line, sorted. The same input gives the same bytes. Takes two minutes for 35,425 articles.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from analyzers.analyzer import Analyzer
from analyzers.bound import DATA
from analyzers.encodings.syllable import is_syllable
from analyzers.terms.build.corpus import read_articles

LEAST = 20
MOST = 0.2


def bound(articles: Iterable[tuple[str, str]]) -> list[str]:
    """The marked keys of the bound syllables of articles, given as (title, text)."""
    analyzer = Analyzer()
    every, inside = Counter[str](), Counter[str]()
    for article in articles:
        for part in article:
            analyzed = analyzer.analyze(part)
            every.update(analyzed.marked)
            for first, last in analyzed.words:
                inside.update(analyzed.marked[first:last])
    return sorted(key for key, count in every.items() if count >= LEAST and count - inside[key] < MOST * count and is_syllable(key))


def main(arguments: list[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(prog="python -m analyzers.bound.build", description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--out", type=Path, default=DATA, help="file to write")
    parser.add_argument("--limit", type=int, help="read only so many articles")
    options = parser.parse_args(arguments)
    found = bound(read_articles(options.articles, options.limit))
    options.out.write_text("".join(f"{key}\n" for key in found), encoding="utf-8", newline="\n")
    sys.stdout.write(f"{len(found)} bound syllables written to {options.out}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
