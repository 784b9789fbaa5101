"""Batches worked on in other processes; one that dies or hangs is replaced, and its batches are done again.

Turns keep the two ends from waiting for each other: a worker gets a list of tasks, and nothing more until it has answered. All
that is due to one worker goes into one turn: analysing what was decided upon, and preparing the next batch.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Sequence
from multiprocessing.connection import wait
from multiprocessing.process import BaseProcess
from time import monotonic
from typing import Any, Self

from analyzers.article import ArticleAnalyzer
from indexer.errors import WorkersError
from indexer.workers import server, wire
from indexer.workers.jobs import Job, cause_of
from indexer.workers.process import IDLE, READY, Analyse, Results, Task, serve
from indexer.workers.team import Analysed, Prepared

HANG_SECONDS = 60.0
"""Without an answer for so long, a worker hangs: processor time is limited to less, so it waits for something."""
START_SECONDS = 120.0
DEPTH = 4
"""Batches under way a worker. Some wait for a decision while another worker is at a slow page."""
_FAILED_STARTS = 3
_UNEXPLAINED = 8
"""Deaths in a row, of workers that answered nothing and had no item in hand, after which the next would end like them."""

Build = Callable[[], ArticleAnalyzer]


class _Worker:
    """A process and the turn it is at."""

    def __init__(self, build: Build) -> None:
        context = server.begin()
        self.in_hand: Any = context.RawArray("q", [IDLE, -1, -1])
        self.pipe, theirs = context.Pipe()
        self.process: BaseProcess = context.Process(target=serve, args=(theirs, build, self.in_hand), daemon=True)
        self.process.start()
        theirs.close()
        self.ready = False
        self.turn: list[Task] = []
        self.held: set[int] = set()
        self.until = monotonic() + START_SECONDS

    @property
    def idle(self) -> bool:
        return self.ready and not self.turn

    def send(self, turn: list[Task], patience: float) -> None:
        self.turn = turn
        self.until = monotonic() + patience
        self.pipe.send(turn)

    def end(self) -> int | None:
        """End it; its exit status."""
        self.pipe.close()
        self.process.kill()
        self.process.join()
        status = self.process.exitcode
        self.process.close()
        return status


class Pool:
    """A `Team` of up to `size` processes, started when there is work for them.

    `build` makes a worker's analyzer; it goes to the other process, so it is a plain function or a `functools.partial` of one.
    """

    def __init__(self, build: Build, size: int, *, first: int = 0) -> None:
        wire.register()
        self._build, self._size = build, size
        self._workers: list[_Worker] = []
        self._jobs: dict[int, Job] = {}
        self._todo: list[int] = []
        self._given = self._to_prepare = self._to_analyse = first
        self._failed_starts = self._unexplained = 0

    @property
    def has_room(self) -> bool:
        return len(self._jobs) < DEPTH * self._size

    def give(self, items: Sequence[Any]) -> None:
        self._jobs[self._given] = Job(self._given, items)
        heapq.heappush(self._todo, self._given)
        self._given += 1
        self._dispatch()

    def analyse(self, number: int, wanted: Sequence[int]) -> None:
        job = self._jobs[number]
        job.wanted = wanted
        self._dispatch()

    def take(self, *, prepared: bool = True) -> Prepared | Analysed:
        self._hear(0)
        while True:
            job = self._jobs.get(self._to_prepare)
            if prepared and job is not None and job.prepared is not None:
                self._to_prepare += 1
                return Prepared(job.number, job.prepared)
            job = self._jobs.get(self._to_analyse)
            if job is not None and job.analysed is not None:
                self._to_analyse += 1
                del self._jobs[job.number]
                return Analysed(job.number, job.analysed)
            self._hear(max(0.0, min((worker.until for worker in self._workers), default=0.0) - monotonic()))

    def close(self) -> None:
        for worker in self._workers:
            worker.end()
        self._workers.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _dispatch(self) -> None:
        """Give a turn to each worker that is free, and start one more when work is left."""
        for worker in [worker for worker in self._workers if worker.idle]:
            self._turn(worker)
        if self._todo and len(self._workers) < self._size and all(worker.turn for worker in self._workers):
            self._workers.append(_Worker(self._build))

    def _turn(self, worker: _Worker) -> None:
        turn = [self._jobs[number].analyse() for number in sorted(worker.held) if self._jobs[number].wanted is not None]
        if self._todo:
            job = self._jobs[heapq.heappop(self._todo)]
            worker.held.add(job.number)
            turn.append(job.prepare())
            if job.wanted is not None:
                turn.append(job.analyse())
        if turn:
            try:
                worker.send(turn, HANG_SECONDS)
            except OSError:
                self._bury(worker)

    def _hear(self, patience: float) -> None:
        """Take in what workers say within so many seconds, and bury those that say nothing any more."""
        heard = wait([worker.pipe for worker in self._workers], patience) if self._workers else []
        for worker in [worker for worker in self._workers if worker.pipe in heard]:
            self._listen(worker)
        for worker in [worker for worker in self._workers if (worker.turn or not worker.ready) and worker.until < monotonic()]:
            self._bury(worker, hung=HANG_SECONDS)
        self._dispatch()

    def _listen(self, worker: _Worker) -> None:
        try:
            answer = worker.pipe.recv()
        except (EOFError, OSError):
            self._bury(worker)
            return
        if isinstance(answer, Exception):
            raise answer
        if answer == READY:
            worker.ready, self._failed_starts = True, 0
            return
        turn, worker.turn = worker.turn, []
        self._unexplained = 0
        for task, results in zip(turn, answer, strict=True):
            self._take_in(worker, task, results)

    def _take_in(self, worker: _Worker, task: Task, results: Results) -> None:
        job = self._jobs[task.number]
        if isinstance(task, Analyse):
            worker.held.discard(task.number)
            job.finish(results)  # type: ignore[arg-type]  # of its kind of task
        elif job.prepared is None:
            job.prepared = results  # type: ignore[assignment]  # of its kind of task

    def _bury(self, worker: _Worker, hung: float | None = None) -> None:
        """Replace a worker; what it held is to be done again, but for what was fatal."""
        doing, number, index = worker.in_hand
        status = worker.end()
        self._workers.remove(worker)
        if not worker.ready:
            self._failed_starts += 1
            if self._failed_starts >= _FAILED_STARTS:
                raise WorkersError(f"Worker processes do not start (exit status {status}). Work in this process: --workers 0")
        cause = cause_of(status, hung)
        told = doing != IDLE and number in worker.held and self._jobs[number].blame(doing, index, cause)
        if worker.ready and not told:
            self._unexplained += 1
            if self._unexplained >= _UNEXPLAINED:
                raise WorkersError(
                    f"Worker processes end again and again before they have an input in hand: what the last one was given {cause.reason}. "
                    "Work in this process: --workers 0"
                )
        for held in worker.held:
            heapq.heappush(self._todo, held)
