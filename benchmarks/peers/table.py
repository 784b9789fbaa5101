"""The table on the terminal, with how each peer was set up and why one was not run."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import chain

from benchmarks.peers.figures import EngineFigures, SegmenterFigures
from benchmarks.peers.run import Outcome

WIDTH = 140
ENGINES_LEGEND = (
    "articles/s: a CPU second, of all the peer's threads and processes. search ms: CPU time of a search (top 10, and the total where said) "
    "on average, after a warm-up; p50 and p99: of single searches. ratio: the peer's figure through timtin's of the same round, the "
    "median of the rounds. index/text: bytes on disk, stored articles included. nDCG@10: as typed / without marks."
)
SEGMENTERS_LEGEND = "sentences/s: a CPU second. F1: of words that cover the same characters as one of pyvi's."


def report(
    engines: Sequence[EngineFigures],
    segmenters: Sequence[SegmenterFigures],
    engine_outcomes: Sequence[Outcome],
    segmenter_outcomes: Sequence[Outcome],
) -> str:
    """Both tables, each with its notes."""
    first = [engine_table(engines), notes(ENGINES_LEGEND, engine_outcomes)] if engine_outcomes else []
    second = [segmenter_table(segmenters), notes(SEGMENTERS_LEGEND, segmenter_outcomes)] if segmenter_outcomes else []
    return "\n\n".join([*first, *second])


def engine_table(engines: Sequence[EngineFigures]) -> str:
    """One line an engine. A ratio is that engine's figure through timtin's of the same round."""
    names = [*dict.fromkeys(chain.from_iterable(one.ndcg for one in engines))]
    head = ["engine", "articles/s", "ratio", "index/text", "peak MB", "search ms", "ratio", "p50 ms", "p99 ms", "total"]
    rows = [
        [
            one.name,
            f"{one.rate:,.0f}",
            ratio(one.rate_ratio),
            "–" if one.index_per_text is None else f"{one.index_per_text:.2f}",
            f"{one.peak_mb:,.0f}",
            f"{one.search_ms:.2f}",
            ratio(one.search_ratio),
            f"{one.p50:.2f}",
            f"{one.p99:.2f}",
            "yes" if one.totals else "no",
            *("–" if name not in one.ndcg else " / ".join(f"{value:.3f}" for value in one.ndcg[name]) for name in names),
        ]
        for one in engines
    ]
    return _aligned([head + [f"nDCG@10 {name}" for name in names], *rows])


def segmenter_table(segmenters: Sequence[SegmenterFigures]) -> str:
    """One line a segmenter. A ratio is that segmenter's figure through pyvi's."""
    head = ["segmenter", "sentences/s", "ratio to pyvi", "F1 with pyvi"]
    rows = [
        [one.name, f"{one.rate:,.0f}", ratio(one.ratio), "–" if one.agreement is None else f"{one.agreement:.4f}"] for one in segmenters
    ]
    return _aligned([head, *rows])


def notes(legend: str, outcomes: Sequence[Outcome]) -> str:
    """What the columns are, then how each peer was set up or why it was not run."""
    told = (f"{one.name}: not run: {one.not_run}" if one.not_run else f"{one.name} {one.version}: {one.settings}" for one in outcomes)
    return "\n".join(textwrap.fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in (legend, *told))


def ratio(value: float | None) -> str:
    """With as many digits as mean something."""
    if value is None:
        return "–"
    return f"× {value:.0f}" if value >= 20 else f"× {value:.1f}" if value >= 2 else f"× {value:.2f}"


def _aligned(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) if at == 0 else cell.rjust(width) for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
        for row in rows
    )
