"""How every figure grows with the number of articles: 10 thousand, 100 thousand, a million.

usage: python -m benchmarks.scale [SIZE…] [--folder DIR] [--articles FILE] [--workers 2] [--queries 1000] [--again STAGE…] [--until STAGE]

SIZE is a number of articles, 10000 and 100000 without any. The stages of a size, in their order: articles, index, search, serve,
update_1000, update_hundredth, rounds (up to ten thousand articles: a hundred updates of a hundredth each). What a stage found is kept in
DIR/SIZE/STAGE.json, so a run that was cut off goes on where it was, also in the middle of indexing; `--again` does a stage anew, `--until`
ends after one. Without DIR all of it is thrown away at the end.

Articles are made by `benchmarks.make_corpus`, or are the first of FILE (NDJSON that it wrote, packed with zstd). Indexing and serving are
processes of the real command line. Memory is what a process has to itself: pages of files do not count. A search is everything a
page needs: total, four facets, ten hits with snippets. "cold" means that the index has to be read from the disk.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.scale_stages import STAGES, Figures, Place, rounds

SIZES = (10_000, 100_000)
MILLION = 1_000_000
MOST_FOR_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table. `limits`: size -> the figure that must not be exceeded there; ``0`` stands for every size."""

    name: str
    key: str
    unit: str = ""
    divisor: float = 1.0
    limits: tuple[tuple[int, float], ...] = ()

    def limit(self, size: int) -> float | None:
        limits = dict(self.limits)
        return limits.get(size, limits.get(0))


_MB = 1e6
ROWS = (
    Row("articles made", "make_seconds", "s"),
    Row("indexing", "index_seconds", "s"),
    Row("indexing, processors", "index_cpu_seconds", "s"),
    Row("articles a second", "articles_per_second"),
    Row("indexing memory, all", "indexing_memory", "MB", _MB, ((MILLION, 2000.0),)),
    Row("indexing memory, parent", "indexing_memory_parent", "MB", _MB),
    Row("index", "index_bytes", "MB", _MB),
    Row("index / text", "size_ratio", "", 1.0, ((MILLION, 1.6),)),
    Row("segments", "segments"),
    Row("open", "open_ms", "ms"),
    Row("first search", "first_search_ms", "ms"),
    Row("open, cold", "cold_open_ms", "ms"),
    Row("first search, cold", "cold_first_search_ms", "ms"),
    Row("search p50", "p50_ms", "ms", 1.0, ((100_000, 8.0), (MILLION, 25.0))),
    Row("search p95", "p95_ms", "ms"),
    Row("search p99", "p99_ms", "ms", 1.0, ((MILLION, 120.0),)),
    Row("page over HTTP p50", "http_p50_ms", "ms"),
    Row("page over HTTP p99", "http_p99_ms", "ms"),
    Row("serving memory", "serving_memory", "MB", _MB, ((MILLION, 600.0),)),
    Row("1,000 updated", "update_1000_seconds", "s"),
    Row("1,000 updated, processors", "update_1000_cpu_seconds", "s"),
    Row("1,000 updated and seen", "update_1000_seen_seconds", "s", 1.0, ((MILLION, 5.0),)),
    Row("1,000 updated, memory", "update_1000_memory", "MB", _MB),
    Row("1 % updated", "update_hundredth_seconds", "s"),
    Row("1 % updated, processors", "update_hundredth_cpu_seconds", "s"),
    Row("disk after 100 rounds", "rounds_disk", "x fresh", 1.0, ((0, 1.5),)),
    Row("  at its highest", "rounds_disk_highest", "x fresh"),
    Row("  segments then", "rounds_segments"),
    Row("  a round", "rounds_seconds_each", "s"),
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Do what is left to do, then print the table; 1 when a limit is exceeded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=list(SIZES), metavar="SIZE")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--articles", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--queries", type=int, default=1000)
    parser.add_argument("--again", nargs="*", default=[], metavar="STAGE")
    parser.add_argument("--until", choices=[stage.__name__ for stage in STAGES])
    options = parser.parse_args(arguments)
    sizes = sorted(options.sizes)
    found: dict[int, Figures] = {}
    with nullcontext(options.folder) if options.folder else TemporaryDirectory() as folder:
        for size in sizes:
            place = Place(Path(folder) / str(size), size, options.articles, options.queries, options.workers)
            found[size] = _measured(place, options.again, options.until)
    lines = table(found)
    for line, _ in lines:
        print(line)
    return int(any(bad for _, bad in lines))


def _measured(place: Place, again: Iterable[str], until: str | None) -> Figures:
    """The figures of all stages of a size."""
    place.folder.mkdir(parents=True, exist_ok=True)
    figures: Figures = {}
    for stage in STAGES:
        if stage is rounds and place.size > MOST_FOR_ROUNDS:
            continue
        kept = place.folder / f"{stage.__name__}.json"
        if not kept.exists() or stage.__name__ in again:
            part = stage(place)
            kept.write_text(json.dumps(part, indent=1), encoding="utf-8")
            told = ", ".join(f"{name} {value:,.4g}" for name, value in part.items())
            print(f"{place.size:,} {stage.__name__}: {told}", file=sys.stderr, flush=True)
        figures |= json.loads(kept.read_text(encoding="utf-8"))
        if stage.__name__ == until:
            break
    if "index_bytes" in figures:
        figures["size_ratio"] = figures["index_bytes"] / figures["text_bytes"]
    return figures


def table(found: dict[int, Figures]) -> list[tuple[str, bool]]:
    """Lines of the table, each with whether it exceeds a limit. Beside each figure stands how often it is that of the size before."""
    head = f"{'':26}" + "".join(f"{size:>20,}" for size in found)
    lines = [(head, False)]
    for row in ROWS:
        cells, before, bad = "", None, False
        for size, figures in found.items():
            value = figures.get(row.key)
            if value is None:
                cells += f"{'':>20}"
                continue
            limit = row.limit(size)
            over = limit is not None and value / row.divisor > limit
            grown = f" ×{value / before:.1f}" if before else ""
            told = f"{_short(value / row.divisor)}{'!' if over else ''}{grown}"
            cells += f"{told:>20}"
            before, bad = value, bad or over
        limits = ", ".join(f"≤ {limit:g}{f' at {size:,}' if size else ''}" for size, limit in row.limits)
        if cells.strip():
            lines.append((f"{row.name + (f', {row.unit}' if row.unit else ''):26}{cells}   {limits}".rstrip(), bad))
    return lines


def _short(value: float) -> str:
    return f"{value:,.0f}" if value >= 100 else f"{value:.2f}" if value < 10 else f"{value:.1f}"


if __name__ == "__main__":
    sys.exit(main())
