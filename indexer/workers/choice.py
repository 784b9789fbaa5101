"""Who works: this process while there is little and nothing risky to do, worker processes from then on."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from typing import Self

from analyzers.article import ArticleAnalyzer
from indexer.model import Page
from indexer.workers.hand import Item
from indexer.workers.local import Local
from indexer.workers.pool import Build, Pool
from indexer.workers.team import Analysed, Prepared, Team

SMALL = 200
"""Items that are done in this process: as long as a worker takes to start. Pages are not, as markup may be made to do harm."""
_MOST_WAITING = 8
"""Batches that wait for it to be known whether there is more than little to do; of inputs that did not change they may hold no items."""


class Choice:
    """A `Team` that starts processes when they are worth it; with `workers` 0 never."""

    def __init__(self, analyzer: ArticleAnalyzer, build: Build, workers: int) -> None:
        self._team: Team = Local(analyzer)
        self._build, self._workers = build, workers
        self._waiting: deque[Sequence[Item]] = deque()
        self._batches = self._items = 0
        self.started = 0

    @property
    def has_room(self) -> bool:
        return self._team.has_room and len(self._waiting) < (_MOST_WAITING if self._workers and not self.started else 1)

    def give(self, items: Sequence[Item]) -> None:
        self._waiting.append(items)
        self._items += len(items)
        if self._workers and not self.started and (self._items > SMALL or any(isinstance(item, Page) for item in items)):
            self._team = Pool(self._build, self._workers, first=self._batches)
            self.started = self._workers
        while self.started and self._waiting:
            self._hand_on()

    def take(self, *, prepared: bool = True) -> Prepared | Analysed:
        if self._waiting and self._team.has_room:
            self._hand_on()
        return self._team.take(prepared=prepared)

    def analyse(self, number: int, wanted: Sequence[int]) -> None:
        self._team.analyse(number, wanted)

    def close(self) -> None:
        self._team.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _hand_on(self) -> None:
        self._team.give(self._waiting.popleft())
        self._batches += 1
