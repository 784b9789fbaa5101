"""Whoever works on batches, as the run sees them: batches in, in their order two answers to each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol, Self

from engine.model import AnalyzedDocument
from indexer.model import Rejected
from indexer.workers.hand import Item, Made


class Prepared(NamedTuple):
    """One result for each item of a batch. The caller answers with `Team.analyse`."""

    number: int
    results: list[Made | Rejected]


class Analysed(NamedTuple):
    """One result for each document that was wanted. The batch is done with."""

    number: int
    results: list[AnalyzedDocument | Rejected]


class Team(Protocol):
    """Batches are numbered from 0 in the order they are given; both kinds of answers come in that order."""

    @property
    def has_room(self) -> bool:
        """Whether one more batch is welcome; more would only take memory."""
        ...

    def give(self, items: Sequence[Item]) -> None:
        """Hand over a batch to prepare."""
        ...

    def take(self, *, prepared: bool = True) -> Prepared | Analysed:
        """The next answer, waited for; only an Analysed one unless `prepared`. To be called while answers are due."""
        ...

    def analyse(self, number: int, wanted: Sequence[int]) -> None:
        """Say which documents of a prepared batch are wanted, by their index."""
        ...

    def close(self) -> None:
        """End; answers that are due are dropped."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, *_: object) -> None: ...
