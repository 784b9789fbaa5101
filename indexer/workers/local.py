"""Batches worked on in this process, one at a time: for small inputs, and where no other process can be started."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Self

from analyzers.article import ArticleAnalyzer
from indexer.workers.hand import Hand, Item
from indexer.workers.team import Analysed, Prepared


class Local:
    """A `Team` of this process. An input that hangs, or dies, takes the run along."""

    def __init__(self, analyzer: ArticleAnalyzer, first: int = 0) -> None:
        self._hand = Hand(analyzer)
        self._next = first
        self._given: Sequence[Item] | None = None
        self._wanted: Sequence[int] | None = None

    @property
    def has_room(self) -> bool:
        return self._given is None

    def give(self, items: Sequence[Item]) -> None:
        self._given = items

    def take(self, *, prepared: bool = True) -> Prepared | Analysed:
        number = self._next
        if self._wanted is None:
            assert prepared, "a batch is analysed after it was decided upon"
            assert self._given is not None, "nothing was given"
            return Prepared(number, self._hand.prepare(number, self._given))
        found = Analysed(number, self._hand.analyse(number, self._wanted))
        self._given, self._wanted = None, None
        self._next += 1
        return found

    def analyse(self, number: int, wanted: Sequence[int]) -> None:
        assert number == self._next, "one batch at a time"
        self._wanted = wanted

    def close(self) -> None:
        self._given, self._wanted = None, None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
