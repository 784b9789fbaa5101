"""From what was measured to figures beside each other: medians, and ratios of the same round."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from benchmarks.peers.model import OURS
from benchmarks.peers.run import Outcome
from benchmarks.peers.task import Collection
from cli.evaluation.measures import measure

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """Of one engine. `rate`: articles a CPU second. `search_ms`: CPU time of a search on average. `p50`, `p99`: ms of single searches.

    Ratios are this engine's figure through ours. None is unknown.
    """

    name: str
    rate: float
    rate_ratio: float | None
    index_per_text: float | None
    peak_mb: float
    search_ms: float
    search_ratio: float | None
    p50: float
    p99: float
    totals: bool
    ndcg: dict[str, list[float]]
    """Collection -> [as typed, without marks]."""


@dataclass(frozen=True, slots=True)
class SegmenterFigures:
    """Of one segmenter: sentences a CPU second, its ratio to pyvi's, and F1 of its words against pyvi's."""

    name: str
    rate: float
    ratio: float | None
    agreement: float | None


def engine_figures(outcomes: Sequence[Outcome], judged: Mapping[str, Collection]) -> list[EngineFigures]:
    """Of those that were run."""
    ours = _rounds_of(OURS, outcomes)
    found = []
    for one in outcomes:
        if one.not_run:
            continue
        rows = one.rounds
        sizes = [row["index_per_text"] for row in rows if row["index_per_text"] is not None]
        found.append(
            EngineFigures(
                one.name,
                rate=median(map(_rate, rows)),
                rate_ratio=_ratio(_rate, rows, ours),
                index_per_text=median(sizes) if sizes else None,
                peak_mb=median(row["peak_mb"] for row in rows),
                search_ms=median(map(_searching, rows)),
                search_ratio=_ratio(_searching, rows, ours),
                p50=median(at(row["search_ms"], 0.5) for row in rows),
                p99=median(at(row["search_ms"], 0.99) for row in rows),
                totals=rows[0]["totals"],
                ndcg={name: [_ndcg(judged[name], found) for found in pair] for name, pair in one.rankings.items()},
            )
        )
    return found


def segmenter_figures(outcomes: Sequence[Outcome], reference: str = "pyvi") -> list[SegmenterFigures]:
    """Of those that were run."""
    theirs = _rounds_of(reference, outcomes)
    return [
        SegmenterFigures(
            one.name,
            median(map(_sentences, one.rounds)),
            _ratio(_sentences, one.rounds, theirs),
            agreement(one.rounds[0]["segmented"], theirs[0]["segmented"]) if theirs else None,
        )
        for one in outcomes
        if not one.not_run
    ]


def at(ordered: Sequence[float], share: float) -> float:
    """The value that this share of `ordered` does not exceed."""
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


def agreement(ours: Sequence[str], theirs: Sequence[str]) -> float:
    """F1 of the words of segmented sentences; a word is the same when it covers the same characters, white space left out."""
    same = found = wanted = 0
    for one, other in zip(ours, theirs, strict=True):
        mine, yours = _spans(one), _spans(other)
        same, found, wanted = same + len(mine & yours), found + len(mine), wanted + len(yours)
    return 2 * same / (found + wanted) if found + wanted else 1.0


def _spans(segmented: str) -> set[tuple[int, int]]:
    spans, end = set(), 0
    for word in segmented.split():
        start, end = end, end + len(word.replace("_", ""))
        spans.add((start, end))
    return spans


def _ndcg(collection: Collection, rankings: Sequence[Sequence[str]]) -> float:
    numbered = {str(number): question.grades for number, question in enumerate(collection.questions)}
    return measure(dict(zip(numbered, rankings, strict=True)), numbered)["ndcg@10"]


def _rounds_of(name: str, outcomes: Sequence[Outcome]) -> Sequence[Row]:
    return next((one.rounds for one in outcomes if one.name == name and not one.not_run), ())


def _ratio(figure: Callable[[Row], float], rows: Sequence[Row], others: Sequence[Row]) -> float | None:
    """The median of the rounds' ratios: what slows a machine down falls on both sides of a round."""
    return median(figure(row) / figure(other) for row, other in zip(rows, others, strict=True)) if others else None


def _rate(row: Row) -> float:
    return float(row["articles_per_second"])


def _searching(row: Row) -> float:
    return float(row["search_cpu_ms"])


def _sentences(row: Row) -> float:
    return float(row["sentences_per_second"])
