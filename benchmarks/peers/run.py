"""Starts the processes that measure: one at a time, and every round through all peers, so that a slow minute falls on all of them."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

Say = Callable[[str], None]
MAX_SECONDS = 1800
"""For one process; a peer that needs longer is not run."""


@dataclass(slots=True)
class Outcome:
    """What the processes of a peer told: one row a round, and its rankings; `not_run` says why there is none."""

    name: str
    version: str = ""
    settings: str = ""
    rounds: list[dict[str, Any]] = field(default_factory=list)
    rankings: dict[str, list[list[list[str]]]] = field(default_factory=dict)
    """Collection -> [as typed, without marks] -> ids of the hits of each question."""
    not_run: str = ""


def engines(names: Iterable[str], folder: Path, rounds: int, say: Say) -> list[Outcome]:
    """Measure speed in rounds, then quality once: rankings are the same each time."""
    outcomes = [Outcome(name) for name in names]
    _rounds("speed", outcomes, folder, rounds, say)
    for outcome in outcomes:
        if not outcome.not_run:
            say(f"quality: {outcome.name}")
            row = _child("quality", outcome.name, folder)
            outcome.not_run = row.get("not_run", "")
            outcome.rankings = row.get("rankings", {})
    return outcomes


def segmenters(names: Iterable[str], folder: Path, rounds: int, say: Say) -> list[Outcome]:
    """The same for segmenters; what sentences became is in every round."""
    outcomes = [Outcome(name) for name in names]
    _rounds("segment", outcomes, folder, rounds, say)
    return outcomes


def _rounds(kind: str, outcomes: Sequence[Outcome], folder: Path, rounds: int, say: Say) -> None:
    for number in range(rounds):
        for outcome in outcomes:
            if outcome.not_run:
                continue
            say(f"round {number + 1} of {rounds}: {outcome.name}")
            row = _child(kind, outcome.name, folder)
            outcome.not_run = row.pop("not_run", "")
            outcome.version, outcome.settings = row.pop("version", ""), row.pop("settings", "")
            outcome.rounds.append(row)


def _child(kind: str, name: str, folder: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.peers.child", kind, name, str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            out, complaints = process.communicate(timeout=MAX_SECONDS)
        except subprocess.TimeoutExpired:
            # Not killed: it has a server to stop.
            process.terminate()
            process.communicate()
            return {"not_run": f"took longer than {MAX_SECONDS} s"}
    try:
        row: dict[str, Any] = json.loads(out.splitlines()[-1])
    except (ValueError, IndexError):
        return {"not_run": (complaints.strip().splitlines() or [f"ended with status {process.returncode}"])[-1]}
    return row
