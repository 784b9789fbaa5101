"""timtin beside its peers: one table with ratios, and a chart.

usage: python -m benchmarks.peers [--corpus FILE] [--articles N] [--rounds N] [--svg FILE] [--json FILE]

Every peer indexes the same articles and answers the same queries, in a process of its own, one after the other; `--rounds` goes
through all of them again, and a ratio is the median over rounds. Articles are generated (benchmarks/make_corpus.py) unless a corpus is
named. Judged collections are the project's own and those beside it. A peer that cannot be run is named with the reason.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.peers import chart, figures, run, sources, table
from benchmarks.peers.model import PEERS, SEGMENTERS
from benchmarks.peers.task import write

JUDGED = Path(__file__).resolve().parents[3] / "shared" / "eval"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print, draw. 0 even where peers were not run."""
    options = _parser().parse_args(arguments)
    task = sources.task(options.corpus, options.articles, options.queries)
    judged = sources.collections(options.judged, options.questions)
    with tempfile.TemporaryDirectory(prefix="timtin-peers-") as place:
        folder = Path(place)
        write(folder, task, judged)
        engines = run.engines([name for name in PEERS if name not in options.without], folder, options.rounds, _say)
        segmenters = run.segmenters([name for name in SEGMENTERS if name not in options.without], folder, options.rounds, _say)
    rows, words = figures.engine_figures(engines, judged), figures.segmenter_figures(segmenters)
    if options.json:
        _write_json(options.json, task.source, rows, words, [*engines, *segmenters])
    print(f"{task.source}, {task.text_bytes() / 1e6:.1f} MB of text, {len(task.queries)} queries, rounds: {options.rounds}\n")
    print(table.report(rows, words, engines, segmenters))
    if options.svg:
        options.svg.write_text(chart.svg(rows, words, task.source), encoding="utf-8")
        print(f"\nchart: {options.svg}\nalt text: {chart.alternative(rows, words)}")
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.peers", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--corpus", type=Path, help="JSON lines of articles, .xz or not")
    parser.add_argument("--articles", type=int, default=1000, metavar="N", help="how many (default 1000)")
    parser.add_argument("--queries", type=int, default=200, metavar="N", help="how many searches are timed (default 200)")
    parser.add_argument("--rounds", type=int, default=3, metavar="N")
    parser.add_argument("--judged", type=Path, default=JUDGED, metavar="DIR", help="where judged collections are")
    parser.add_argument("--questions", type=int, default=150, metavar="N", help="at most so many of each of those (default 150)")
    parser.add_argument("--without", action="append", default=[], choices=[*dict.fromkeys([*PEERS, *SEGMENTERS])], help="leave a peer out")
    parser.add_argument("--svg", type=Path, metavar="FILE")
    parser.add_argument("--json", type=Path, metavar="FILE")
    return parser


def _write_json(
    path: Path,
    source: str,
    engines: Sequence[figures.EngineFigures],
    segmenters: Sequence[figures.SegmenterFigures],
    outcomes: Sequence[run.Outcome],
) -> None:
    peers = [{"name": one.name, "version": one.version, "settings": one.settings, "not_run": one.not_run} for one in outcomes]
    found = {"source": source, "engines": [*map(asdict, engines)], "segmenters": [*map(asdict, segmenters)], "peers": peers}
    path.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
