"""Indexing, from NDJSON to a committed and searchable index, against the obvious pipeline (`benchmarks.obvious`), in one run.

usage: python -m benchmarks.indexing [CORPUS.jsonl[.xz]] [--articles N] [--sample N] [--workers 1,2]

Without a corpus the articles are made (`benchmarks.make_corpus`). Ours is the command ``timtin index`` with everything on, from its
start to its end; the obvious pipeline indexes a sample, before ours and again after, and only its work counts, not its start. Articles
a second depend on what else the machine does; processor time hardly does, so it is printed beside them.

Then come the peak memory of the writer and of the workers, and what the index takes on the disk, as a share of the text in it.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks import articles, memory

_MB = 1e6


class Speed(NamedTuple):
    """Articles a second, and milliseconds of processor time an article."""

    rate: float
    cpu_ms: float

    def __str__(self) -> str:
        return f"{self.rate:7,.0f} articles/s, {self.cpu_ms:6.2f} ms of processor time an article"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--sample", type=int, default=300, help="articles of the obvious pipeline, each time")
    parser.add_argument("--workers", default="1,2", help="numbers of worker processes, with commas between")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        text = articles.write(options.corpus, options.articles, place / "all.ndjson")
        articles.write(options.corpus, options.sample, place / "sample.ndjson")
        obvious = [_obvious(place, "before")]
        ours = {workers: _ours(place, int(workers), text) for workers in options.workers.split(",")}
        obvious.append(_obvious(place, "after"))
    peer = Speed(*(sum(values) / len(values) for values in zip(*obvious, strict=True)))
    print(f"\npyvi + Whoosh, one process: {peer}")
    for workers, speed in ours.items():
        print(f"timtin, --workers {workers}:      {speed}")
        print(f"  ratio {speed.rate / peer.rate:.1f} by the clock, {peer.cpu_ms / speed.cpu_ms:.1f} by processor time")
    return 0


def _obvious(place: Path, when: str) -> Speed:
    run = memory.run([sys.executable, "-m", "benchmarks.obvious", str(place / "sample.ndjson"), str(place / f"obvious-{when}")])
    found = json.loads(run.output.splitlines()[-1])
    return Speed(found["articles"] / found["seconds"], 1000 * found["cpu"] / found["articles"])


def _ours(place: Path, workers: int, text: int) -> Speed:
    index = place / f"index-{workers}"
    run = memory.run(
        [sys.executable, "-m", "cli", "index", "--index", str(index), "--workers", str(workers), "--json", str(place / "all.ndjson")]
    )
    report = json.loads(run.output)
    print(f"\ntimtin index --workers {workers}: {report['inputs']:,} articles, {report['added']:,} added, in {run.seconds:.1f} s")
    others = ", ".join(f"{peak / _MB:.0f}" for peak in sorted(run.others.values(), reverse=True))
    print(f"  peak memory: writer {run.resident / _MB:.0f} MB; other processes {others or 0} MB (pages they share count in each)")
    _tell_size(index, text)
    return Speed(report["inputs"] / run.seconds, 1000 * run.cpu_seconds / report["inputs"])


def _tell_size(index: Path, text: int) -> None:
    kinds: Counter[str] = Counter()
    for path in index.rglob("*"):
        if path.is_file():
            kinds[path.suffix.lstrip(".") if path.parent != index else path.name] += path.stat().st_size
    total = sum(kinds.values())
    shares = ", ".join(f"{kind} {size / text:.2f}" for kind, size in kinds.most_common() if size > text / 100)
    print(f"  {total / _MB:.1f} MB for {text / _MB:.1f} MB of text: {total / text:.2f} times ({shares})")


if __name__ == "__main__":
    sys.exit(main())
