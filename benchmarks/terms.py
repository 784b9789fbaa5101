"""Time the key terms and show what they are: ``python -m benchmarks.terms ARTICLES.jsonl.xz [--limit N] [--samples N]``.

Times are CPU time of one core for articles already analysed, the best of three rounds, scaled to the average article of 581
syllables; loading is timed and weighed in a fresh process. Ends with status 1 when a floor is missed. The samples and the most
frequent terms are for the eye: what no figure says is whether a term is one.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections import Counter
from itertools import islice
from pathlib import Path
from time import process_time

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.terms import key_terms, term_label
from analyzers.terms.store import load
from benchmarks.places import article, rows

AVERAGE = 581
MOST_MS, MOST_LOAD_MS, MOST_LOAD_MB = 0.25, 60.0, 15.0
SKIPPED = 3000
"""Articles of the corpus that are passed over first; their order is fixed."""
_LOAD = """
import resource, tracemalloc
from time import perf_counter
import analyzers.analyzer
from analyzers.terms import store
if {trace}: tracemalloc.start()
start = perf_counter()
store.load(), store.load_words()
print(1000 * (perf_counter() - start), (tracemalloc.get_traced_memory()[0] if {trace} else 0) / 2**20)
"""


def loading(trace: bool) -> tuple[float, float]:
    """Milliseconds and (when traced, which is slow) megabytes that the table takes, the fastest of three processes."""
    runs = []
    for _ in range(1 if trace else 3):
        code = _LOAD.format(trace=trace)
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        runs.append(tuple(map(float, done.stdout.split())))
    milliseconds, megabytes = min(runs)
    return milliseconds, megabytes


def speed(articles: list[tuple[AnalyzedText, ...]]) -> float:
    """Milliseconds for an average article."""
    syllables = sum(len(text) for zones in articles for text in zones)
    best = float("inf")
    for _ in range(3):
        start = process_time()
        for zones in articles:
            key_terms(zones)
        best = min(best, process_time() - start)
    return 1000 * best / syllables * AVERAGE


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.terms", description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--limit", type=int, default=2000, help="articles to time")
    parser.add_argument("--samples", type=int, default=20, help="articles to show")
    options = parser.parse_args(arguments)
    analyzer = Analyzer()
    texts = [article(row).texts for row in islice(rows(options.articles), SKIPPED, SKIPPED + options.limit)]
    articles = [tuple(analyzer.analyze(text) for text in three) for three in texts]
    found = [key_terms(zones) for zones in articles]
    milliseconds, (load_ms, _), (_, load_mb) = speed(articles), loading(trace=False), loading(trace=True)
    counts = Counter(term.value for terms in found for term in terms)
    known = sum(count for value, count in counts.items() if value in load().terms)
    shared = sum(count for count in counts.values() if count > 1)
    total = max(counts.total(), 1)
    print(f"ms for an average article    {milliseconds:.3f}")
    print(f"ms and MB to load            {load_ms:.0f}  {load_mb:.1f}")
    print(f"terms an article             {total / len(found):.2f}; none: {sum(not terms for terms in found) / len(found):.1%}")
    print(f"distinct for 1,000 articles  {len({term.value for terms in found[:1000] for term in terms})}")
    print(f"of them in the table         {known / total:.1%} of uses; shared by two articles or more: {shared / total:.1%}")
    print("most frequent               ", ", ".join(f"{term_label(value)} {count}" for value, count in counts.most_common(50)))
    for (title, *_), terms in islice(zip(texts, found, strict=True), options.samples):
        print(f"  {title}\n      {', '.join(term.label for term in terms) or '-'}")
    limits = (("ms an article", milliseconds, MOST_MS), ("ms to load", load_ms, MOST_LOAD_MS), ("MB", load_mb, MOST_LOAD_MB))
    missed = [f"{value:.2f} {name} > {most}" for name, value, most in limits if value > most]
    print("floors:", "; ".join(missed) or "all reached")
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
