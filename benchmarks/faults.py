"""Faults: writers killed, files damaged, writers in competition, disks that fill up, on temporary indexes.

usage: python -m benchmarks.faults [--nightly] [--engine tantivy] [--seconds N] [--kills N] [--offsets N] [--rounds N] [--seed N]

Prints what happened and exits with 1 when anything committed was lost, or an answer was given from a damaged file. Counts are those of
the tests, with `--nightly` 1,000 kills, 200 random offsets and every byte of the first and last 128 of each file, and 50 rounds;
`--seconds` ends the kills earlier. A count of 0 leaves a fault out.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from time import monotonic

from tests.engine import faults
from tests.engine.full_disk import FIRST, MORE, fillings

ENGINES = ("tantivy", "whoosh", "memory")
TESTS = {"kills": 50, "offsets": 6, "rounds": 4, "ends": 8}
NIGHTLY = {"kills": 1000, "offsets": 200, "rounds": 50, "ends": 128}
WRITERS = 8
LARGE = 10_000
"""Documents beside which a writer is killed to see how long opening takes then."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all and print a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--nightly", action="store_true")
    parser.add_argument("--engine", choices=ENGINES, default="tantivy")
    parser.add_argument("--seconds", type=float, default=float("inf"))
    parser.add_argument("--seed", type=int, default=1)
    for name in TESTS:
        parser.add_argument(f"--{name}", type=int)
    options = parser.parse_args(arguments)
    counts = {
        name: number if (given := getattr(options, name)) is None else given
        for name, number in (NIGHTLY if options.nightly else TESTS).items()
    }
    bad = 0
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        if counts["kills"]:
            bad += _kills(directory / "kills", options.engine, counts["kills"], options.seed, options.seconds)
            bad += _reopened(directory / "large", options.engine)
        if counts["offsets"]:
            bad += _damages(directory, options.engine, counts["offsets"], counts["ends"], options.seed)
        if counts["rounds"]:
            bad += _competition(directory / "many", options.engine, counts["rounds"])
            bad += _full_disk(directory / "disk", options.engine)
    return 1 if bad else 0


def _kills(directory: Path, engine: str, kills: int, seed: int, seconds: float) -> int:
    lost = torn = done = 0
    until = monotonic() + seconds
    for done, (told, found) in enumerate(faults.killed_at_random(directory, engine, kills, seed), start=1):
        lost += found < told
        torn += found % faults.BATCH != 0
        if done % 100 == 0:
            print(f"  {done} kills …", file=sys.stderr)
        if monotonic() > until:
            break
    left = faults.leftovers(directory, engine)
    print(
        f"killed       {done} times: {lost} lost what was committed, {torn} showed half a commit, 0 could not be opened; "
        f"{len(left)} files left over after the next writer",
        flush=True,
    )
    return lost + torn + len(left)


def _reopened(directory: Path, engine: str) -> int:
    found, seconds = faults.reopened(directory, engine, LARGE)
    print(f"reopened     beside {LARGE:,} articles after a kill: {found:,} found, in {seconds:.2f} s", flush=True)
    return int(found < LARGE)


def _damages(directory: Path, engine: str, offsets: int, ends: int, seed: int) -> int:
    index = faults.sealed_index(directory / "mine", engine)
    faults.sealed_index(directory / "other", engine)
    outcomes: Counter[str] = Counter()
    for damage in faults.damages(index.directory / "engine", directory / "other" / "engine", offsets, seed, ends):
        answer = faults.answer(index.directory)
        outcomes[answer.split(":")[0]] += 1
        if not answer.startswith("found"):
            print(f"  {damage}: {answer}", file=sys.stderr)
    wrong, missed, found = (outcomes[name] for name in ("wrong", "right", "found"))
    print(f"damaged      {outcomes.total()} ways: {found} found before an answer, {wrong} wrong, {missed} not noticed", flush=True)
    return wrong + missed


def _competition(directory: Path, engine: str, rounds: int) -> int:
    index = faults.sealed_index(directory, engine)
    bad = 0
    slowest = 0.0
    for number in range(rounds):
        outcomes = faults.competition(index.directory, WRITERS, kill=number % 2 == 0)
        bad += [kind for kind, _ in outcomes].count("wrote") != 1
        slowest = max(slowest, *(seconds for kind, seconds in outcomes if kind == "busy"))
    print(
        f"competition  {rounds} rounds of {WRITERS} writers, the winner killed in every other: {bad} without exactly one; "
        f"the others were told within {slowest:.2f} s",
        flush=True,
    )
    return bad


def _full_disk(directory: Path, engine: str) -> int:
    try:
        filled = fillings(directory, engine)
    except OSError as error:
        print(f"full disk    left out, there is no mount namespace to be had here: {error}")
        return 0
    lost = sum(one.kept < FIRST or not one.whole for one in filled)
    stuck = sum(one.then != FIRST + MORE or not one.sound or bool(one.leftovers) for one in filled)
    full = sum(one.status == 2 for one in filled)
    print(f"full disk    {full} of {len(filled)} sizes ended a run: {lost} lost what was committed, {stuck} did not go on with room")
    return lost + stuck


if __name__ == "__main__":
    sys.exit(main())
