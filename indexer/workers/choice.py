"""Who works: this process while there is little and nothing risky to do, worker processes from then on."""

from __future__ import annotations

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


class Choice:
    """A `Team` that starts processes when they are worth it; with `workers` 0 never."""

    def __init__(self, analyzer: ArticleAnalyzer, build: Build, workers: int) -> None:
        self._team: Team = Local(analyzer)
        self._build, self._workers = build, workers
        self._batches = self._items = 0
        self.started = 0

    @property
    def has_room(self) -> bool:
        return self._team.has_room

    def give(self, items: Sequence[Item]) -> None:
        if self._workers and not self.started and (self._items + len(items) > SMALL or any(isinstance(item, Page) for item in items)):
            self._team = Pool(self._build, self._workers, first=self._batches)
            self.started = self._workers
        self._batches += 1
        self._items += len(items)
        self._team.give(items)

    def take(self, *, prepared: bool = True) -> Prepared | Analysed:
        return self._team.take(prepared=prepared)

    def analyse(self, number: int, wanted: Sequence[int]) -> None:
        self._team.analyse(number, wanted)

    def close(self) -> None:
        self._team.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
