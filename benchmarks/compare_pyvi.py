"""Compare the default segmenter with pyvi, line by line: ``python -m benchmarks.compare_pyvi PATH…``.

A PATH is a JSONL file (also ``.xz``) with the keys `title` and `text`, a text file, or a directory of such files.
Every title and every line of a text is segmented by both; the output must be equal, character for character.
Throughput is CPU time of one core, both sides in the same process on the same lines, after a warm-up; syllables
are what white space separates. Ends with status 1 when a line differs.
"""

from __future__ import annotations

import argparse
import json
import lzma
import sys
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from itertools import islice
from multiprocessing import Pool
from pathlib import Path
from time import process_time
from typing import NamedTuple, TypeVar

from analyzers.segmentation import Segmenter, get_segmenter, nfc
from analyzers.segmentation.tables import TableSegmenter

T = TypeVar("T")

SUFFIXES = (".jsonl", ".jsonl.xz", ".txt")

BATCH = 200
"""Documents a process takes at a time."""

SHOWN = 10
"""Differences that are printed in full."""


class Tally(NamedTuple):
    """What a comparison of some documents found; times are CPU seconds."""

    documents: int = 0
    lines: int = 0
    syllables: int = 0
    differences: tuple[str, ...] = ()
    pyvi: float = 0.0
    tables: float = 0.0
    arrays: float = 0.0
    articles: float = 0.0

    def merge(self, other: Tally) -> Tally:
        """Return the tally of both together."""
        return Tally(
            self.documents + other.documents,
            self.lines + other.lines,
            self.syllables + other.syllables,
            self.differences + other.differences,
            self.pyvi + other.pyvi,
            self.tables + other.tables,
            self.arrays + other.arrays,
            self.articles + other.articles,
        )


def documents(path: Path) -> Iterator[list[str]]:
    """Yield the lines of each document of `path`; a text file is one document."""
    if path.is_dir():
        for file in sorted(file for file in path.rglob("*") if file.name.endswith(SUFFIXES)):
            yield from documents(file)
    elif path.suffix == ".txt":
        yield path.read_text(encoding="utf-8").split("\n")
    else:
        with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
            for line in lines:
                document = json.loads(line)
                yield [document.get("title") or "", *(document.get("text") or "").split("\n")]


def compare(batch: list[list[str]]) -> Tally:
    """Segment the lines of some documents with both, and measure both."""
    lines = [line for document in batch for line in document]
    normal = [[*map(nfc, document)] for document in batch]
    tables, arrays, articles = _separate()
    pyvi_seconds, theirs = _time(lambda: [*get_segmenter("pyvi").tokenize_many(lines)])
    tables_seconds, ours = _time(lambda: [*tables.tokenize_many(lines)])
    arrays_seconds, _ = _time(lambda: [*arrays.segment_many(normal)])
    articles_seconds, _ = _time(lambda: [*map(articles.segment, normal)])
    differences = (
        f"text  {line!r}\npyvi  {their!r}\nours  {our!r}" for line, our, their in zip(lines, ours, theirs, strict=True) if our != their
    )
    syllables = sum(len(line.split()) for line in lines)
    seconds = (pyvi_seconds, tables_seconds, arrays_seconds, articles_seconds)
    return Tally(len(batch), len(lines), syllables, tuple(differences), *seconds)


def _time(work: Callable[[], list[T]]) -> tuple[float, list[T]]:
    """Return the CPU seconds that `work` takes, and its result."""
    start = process_time()
    result = work()
    return process_time() - start, result


@cache
def _separate() -> tuple[Segmenter, Segmenter, Segmenter]:
    """Return three default segmenters: each is measured on its own memory of chunks, not on what another one met."""
    return TableSegmenter(), TableSegmenter(), TableSegmenter()


def _warm_up() -> None:
    for segmenter in (get_segmenter("pyvi"), *_separate()):
        segmenter.tokenize("Thị xã An Khê tổng kết năm 2023 .")


def _batches(items: Iterable[list[str]]) -> Iterator[list[list[str]]]:
    """Group `items` by BATCH."""
    iterator = iter(items)
    while batch := list(islice(iterator, BATCH)):
        yield batch


def report(tally: Tally) -> str:
    """Return the lines to print."""

    def rate(seconds: float) -> str:
        if not seconds:
            return f"{'-':>12}"
        return f"{tally.syllables / seconds:>12,.0f} syllables/s   {tally.pyvi / seconds:6.1f} x pyvi"

    return "\n".join(
        [
            *tally.differences[:SHOWN],
            f"documents    {tally.documents:>12,}",
            f"lines        {tally.lines:>12,}",
            f"syllables    {tally.syllables:>12,}",
            f"differences  {len(tally.differences):>12,}",
            f"pyvi         {rate(tally.pyvi)}",
            f"tables       {rate(tally.tables)}   (the same strings, lines in batches)",
            f"arrays       {rate(tally.arrays)}   (offsets and flags, articles in batches)",
            f"articles     {rate(tally.articles)}   (the same, one call an article)",
        ]
    )


def main(arguments: list[str] | None = None) -> int:
    """Run the comparison; return the exit status."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.compare_pyvi", description=__doc__)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--limit", type=int, help="compare the first N documents only", metavar="N")
    parser.add_argument("--processes", type=int, default=2, help="compare in that many processes (default 2)")
    options = parser.parse_args(arguments)
    chosen = islice((document for path in options.paths for document in documents(path)), options.limit)
    tally = Tally()
    with Pool(options.processes, initializer=_warm_up) as pool:
        for part in pool.imap(compare, _batches(chosen)):
            tally = tally.merge(part)
    sys.stdout.write(report(tally) + "\n")
    return 1 if tally.differences or not tally.lines else 0


if __name__ == "__main__":
    sys.exit(main())
