"""Batches on their way through worker processes, and what their deaths say about them."""

from __future__ import annotations

import signal
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.model import AnalyzedDocument
from indexer.model import UNREADABLE, Page, Rejected
from indexer.workers.hand import Item, Made
from indexer.workers.process import ANALYSING, OUT_OF_MEMORY, PREPARING, Analyse, Prepare, Task

TRIES = 2
"""Deaths after which an item is held for their cause: one may be the system's doing."""


@dataclass(slots=True)
class Job:
    """A batch from being given until its last answer was taken."""

    number: int
    items: Sequence[Item]
    prepared: list[Made | Rejected] | None = None
    wanted: Sequence[int] | None = None
    analysed: list[AnalyzedDocument | Rejected] | None = None
    plain: dict[int, str] = field(default_factory=dict)
    refused: dict[int, str] = field(default_factory=dict)
    """What is not tried again: index of an item -> why."""
    alone: bool = False
    _deaths: Counter[int] = field(default_factory=Counter)

    def prepare(self) -> Task:
        """The task of making its documents, also when that was done by a worker that is no more."""
        return Prepare(self.number, self.items, self.plain, self.refused)

    def analyse(self) -> Task:
        """The task of analysing what is wanted of it."""
        assert self.wanted is not None
        return Analyse(self.number, [index for index in self.wanted if index not in self.refused], self.alone)

    def blame(self, doing: int, index: int, cause: Cause) -> bool:
        """A worker ended while it did this with that item, or with all of the batch (-1). Whether that tells something."""
        if doing == ANALYSING and not self.alone:
            self.alone = True
            return True
        if index < 0:
            return False
        self._deaths[index] += 1
        if not cause.certain and self._deaths[index] < TRIES:
            return True
        first = doing == PREPARING and self.prepared is None and index not in self.plain
        if first and isinstance(self.items[index], Page):
            self.plain[index] = cause.reason
            self._deaths[index] = 0
        else:
            self.refused[index] = f"{'analysing' if doing == ANALYSING else 'reading'} it {cause.reason}"
        return True

    def finish(self, found: list[AnalyzedDocument | Rejected]) -> None:
        """Put the results in their places; what was refused on the way has the reason for one."""
        assert self.wanted is not None
        left = iter(found)
        self.analysed = [
            Rejected(self.items[index].path, self.refused[index], UNREADABLE) if index in self.refused else next(left)
            for index in self.wanted
        ]


@dataclass(frozen=True, slots=True)
class Cause:
    """Why a worker ended; `certain` when the same would happen again."""

    reason: str
    certain: bool = False


def cause_of(status: int | None, hung: float | None) -> Cause:
    """Read an exit status. `hung`: seconds after which it was ended for giving no sign of life."""
    if hung is not None:
        return Cause(f"does not end within {hung:g} s", certain=True)
    if status == -signal.SIGPROF:
        return Cause("takes more processor time than it may", certain=True)
    if status == OUT_OF_MEMORY:
        return Cause("takes more memory than it may", certain=True)
    if status is not None and status < 0:
        return Cause(f"ended the worker process ({signal.Signals(-status).name})")
    return Cause(f"ended the worker process (exit status {status})")
