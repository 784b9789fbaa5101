"""From the flags of ``timtin eval`` to an evaluation."""

from __future__ import annotations

from pathlib import Path

import click

from cli import house
from cli.evaluation.run import Evaluated, Evaluation, evaluate
from cli.progress import Progress
from cli.settings import Settings


def measured(
    settings: Settings,
    *,
    corpus: Path,
    queries: Path,
    qrels: Path,
    distractors: tuple[Path, ...],
    strip_marks: bool,
    typos: int | None,
    baseline: str | None,
) -> Evaluated:
    """Evaluate the engine of the settings, or a baseline. The index is kept only where the directory was named."""
    named = click.get_current_context().params.get("index")  # the flag alone: the settings' own index is never touched
    wanted = Evaluation(
        corpus=corpus,
        queries=queries,
        qrels=qrels,
        system=baseline or settings.engine,
        distractors=distractors,
        strip_marks=strip_marks,
        typos=typos,
        keep=Path(named) if named else None,
    )
    with Progress("Evaluating") as progress:
        return evaluate(wanted, house.analyzer(settings), progress.update)
