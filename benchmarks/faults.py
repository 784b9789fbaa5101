"""Faults at large counts: writers killed, files damaged, writers in competition, on temporary indexes.

usage: python -m benchmarks.faults [--kills 1000] [--offsets 200] [--rounds 50] [--engine tantivy]

Prints what happened and exits with 1 when anything was lost, or an answer was given from a damaged file. The tests do the same at
small counts.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from tests.engine import faults

ENGINES = ("tantivy", "whoosh", "memory")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all three and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--offsets", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=ENGINES, default="tantivy")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        bad = (
            _kills(directory / "kills", options.engine, options.kills, options.seed)
            + _damages(directory, options.engine, options.offsets, options.seed)
            + _competition(directory / "many", options.engine, options.rounds)
        )
    return 1 if bad else 0


def _kills(directory: Path, engine: str, kills: int, seed: int) -> int:
    lost = torn = acknowledged = 0
    for number, (told, found) in enumerate(faults.killed_at_random(directory, engine, kills, seed), start=1):
        lost += found < told
        torn += found % faults.BATCH != 0
        acknowledged = max(acknowledged, told)
        if number % 100 == 0:
            print(f"  {number} kills …", file=sys.stderr)
    print(f"killed       {kills} times: {lost} lost what was committed, {torn} showed half a commit, 0 could not be opened")
    return lost + torn


def _damages(directory: Path, engine: str, offsets: int, seed: int) -> int:
    index = faults.sealed_index(directory / "mine", engine)
    faults.sealed_index(directory / "other", engine)
    outcomes: Counter[str] = Counter()
    for damage in faults.damages(index.directory / "engine", directory / "other" / "engine", offsets, seed):
        answer = faults.answer(index.directory)
        outcomes[answer.split(":")[0]] += 1
        if not answer.startswith("found"):
            print(f"  {damage}: {answer}", file=sys.stderr)
    wrong, missed = outcomes["wrong"], outcomes["right"]
    print(f"damaged      {outcomes.total()} ways: {outcomes['found']} found before an answer, {wrong} wrong, {missed} not noticed")
    return wrong + missed


def _competition(directory: Path, engine: str, rounds: int) -> int:
    index = faults.sealed_index(directory, engine)
    bad = 0
    slowest = 0.0
    for _ in range(rounds):
        outcomes = faults.competition(index.directory, writers=8)
        bad += [kind for kind, _ in outcomes].count("wrote") != 1
        slowest = max(slowest, *(seconds for kind, seconds in outcomes if kind == "busy"))
    print(f"competition  {rounds} rounds of 8 writers: {bad} without exactly one; the others were told within {slowest:.2f} s")
    return bad


if __name__ == "__main__":
    sys.exit(main())
