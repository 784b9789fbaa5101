"""A worker process: tasks in, answers out, within limits, until whoever started it hangs up or dies.

The limits are the system's own, so they hold in compiled code too: processor time by a timer whose signal ends the process, memory
by a limit on its data. What it has in hand is written to shared memory before it begins, so its end says what was fatal.
"""

from __future__ import annotations

import ctypes
import os
import resource
import signal
from collections.abc import Callable, Mapping, MutableSequence, Sequence
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

from analyzers.analyzer import Analyzer
from analyzers.article import ArticleAnalyzer
from analyzers.places import Homes, PlaceFinder
from engine.model import AnalyzedDocument
from indexer.model import Rejected
from indexer.workers import wire
from indexer.workers.hand import Hand, Item, Made

PREPARE_BYTES = 256 * 1024 * 1024
ANALYSE_BYTES = 640 * 1024 * 1024
"""Data memory beyond what the worker has at rest (some 150 MB): for a page, and for analysing an article of `MAX_TEXT_CHARS`."""
GROWN_BYTES = 256 * 1024 * 1024
"""What the tables of forms and units of a worker may grow to besides; one that has grown more has less for a page, and is replaced when
that is too little."""
OUT_OF_MEMORY = 77
"""Exit status of a worker that cannot even say that it has no memory."""
IDLE, PREPARING, ANALYSING = 0, 1, 2
_KIB = 1024
_PR_SET_PDEATHSIG = 1


class Prepare(NamedTuple):
    """Make documents; see `Hand.prepare`."""

    number: int
    items: Sequence[Item]
    plain: Mapping[int, str]
    refused: Mapping[int, str]


class Analyse(NamedTuple):
    """Analyse documents; see `Hand.analyse`."""

    number: int
    wanted: Sequence[int]
    alone: bool


Task = Prepare | Analyse
Results = list[Made | Rejected] | list[AnalyzedDocument | Rejected]
Ready = str
READY: Ready = "ready"


def default_analyzer(segmenter: str, homes: Homes | None = None) -> ArticleAnalyzer:
    """The analyzer of a worker, by the name of its segmenter and where sources report from."""
    return ArticleAnalyzer(Analyzer(segmenter), PlaceFinder(), homes)


def serve(pipe: Connection, build: Callable[[], ArticleAnalyzer], in_hand: MutableSequence[int]) -> None:
    """Work off lists of tasks that come through `pipe`; each gets the list of their results, or the exception that ends the run.

    `in_hand` holds three numbers: what is being done (IDLE, PREPARING, ANALYSING), the batch and the item, -1 for all of it.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C goes to the whole group; the parent decides
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGPROF, signal.SIG_DFL)
    _die_with_parent()
    wire.register()
    try:
        _serve(pipe, build, in_hand)
    except (EOFError, OSError):  # the other end of the pipe is gone, perhaps in the middle of a message
        return
    except MemoryError:
        os._exit(OUT_OF_MEMORY)


def _serve(pipe: Connection, build: Callable[[], ArticleAnalyzer], in_hand: MutableSequence[int]) -> None:
    def watch(index: int, seconds: float) -> None:
        in_hand[2] = index
        signal.setitimer(signal.ITIMER_PROF, seconds)

    try:
        hand = Hand(build(), watch, replaceable=True)
    except Exception as error:  # noqa: BLE001  # told to the run, which raises it
        pipe.send(error)
        return
    rest = _data_bytes()
    pipe.send(READY)
    while True:
        answers: list[Results] = []
        for task in pipe.recv():
            in_hand[1], in_hand[2] = task.number, -1
            in_hand[0] = PREPARING if isinstance(task, Prepare) else ANALYSING
            try:
                if isinstance(task, Prepare):
                    _limit(rest, PREPARE_BYTES)
                    answers.append(hand.prepare(*task))
                else:
                    _limit(rest, ANALYSE_BYTES)
                    answers.append(hand.analyse(task.number, task.wanted, alone=task.alone))
            except MemoryError:
                raise
            except Exception as error:  # noqa: BLE001  # told to the run, which raises it
                pipe.send(error)
                return
        in_hand[0] = IDLE
        pipe.send(answers)


def _die_with_parent() -> None:
    """Have the system end this process when the one that started it is gone, on Linux; elsewhere the closed pipe does."""
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _data_bytes() -> int | None:
    """Data memory of this process now, where the system tells."""
    try:
        status = Path("/proc/self/status").read_text("ascii", "replace")
    except OSError:
        return None
    line = next((line for line in status.splitlines() if line.startswith("VmData:")), None)
    return int(line.split()[1]) * _KIB if line else None


def _limit(rest: int | None, more: int) -> None:
    if rest is not None:
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        grown = max(rest, min(_data_bytes() or rest, rest + GROWN_BYTES))
        wanted = grown + more
        resource.setrlimit(resource.RLIMIT_DATA, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
