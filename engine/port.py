"""The port: what a back-end must do. `tests/engine/contract.py` is one suite run on all of them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Protocol, Self, runtime_checkable

from engine.model import AnalyzedDocument, StoredDocument
from engine.options import EngineOptions
from engine.plan import Plan, Without


@dataclass(frozen=True, slots=True)
class Ranked:
    """One document of a ranking."""

    score: float
    stored: StoredDocument
    added: tuple[tuple[str, float], ...] = ()
    """What the second stage added to the score, by name."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Value -> number of documents, most frequent first, equal counts by value; `truncated`: more values exist."""

    values: dict[str, int]
    truncated: bool = False


@dataclass(frozen=True, slots=True)
class Results:
    """`total` matches; `ranked` are those from offset to offset + limit.

    `facets` may still be counted while the rest is looked at: reading them waits.
    `timed_out`: the time for a search ran out, or a part of the index did not answer; the numbers are of the part that did.
    """

    total: int
    ranked: tuple[Ranked, ...]
    facets: Mapping[str, Counts]
    timed_out: bool = False


LeftOut = Callable[[], Without | None]
"""Finds out what is left out of a plan although it matches; asked once."""


def settled(plan: Plan, left_out: LeftOut | None) -> Plan:
    """The plan with what is left out of it."""
    return replace(plan, without=left_out()) if left_out else plan


class Columns(NamedTuple):
    """Numbers of documents, one tuple each; `timed_out` as in Results."""

    rows: list[tuple[int, ...]]
    timed_out: bool = False


class Snapshot(Protocol):
    """The index as it was at one commit; later commits do not show."""

    def search(self, plan: Plan, left_out: LeftOut | None = None) -> Results:
        """Run `plan`: ranking, total and facet counts over this one snapshot.

        `left_out` tells what is left out, in the place of the plan's `without`: an engine may begin with what does not depend on it.
        """
        ...

    def columns(self, plan: Plan, fields: Sequence[str]) -> Columns:
        """The numbers in `fields` (of NUMBER_FIELDS) of the documents of the plan's page, in its order, without their texts."""
        ...

    def get(self, doc_id: str) -> StoredDocument | None:
        """Return the document, or None."""
        ...

    def count(self) -> int:
        """Number of documents."""
        ...

    @property
    def distant(self) -> bool:
        """Whether a look-up travels to another machine, so that hundreds of them are too many for a search that went well."""
        ...

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        """Number of documents that hold each (field, key); one that was replaced or deleted may count until the engine tidies up."""
        ...

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        """Keys of one of `engine.schema.DICTIONARIES` that begin with `prefix`, each with its frequency, most frequent first.

        With `exact`, documents that were replaced or deleted do not count. What is returned may be shared, and must not be changed.
        """
        ...

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        """Return the score of a matching document in the first stage, as a tree of ``{value, description, details}``."""
        ...


class Writer(Protocol):
    """Changes become visible together when the block is left; an exception discards them all."""

    def add(self, document: AnalyzedDocument) -> None:
        """Add the document, replacing one of the same doc_id."""
        ...

    def delete(self, doc_id: str) -> None:
        """Remove the document; nothing happens when there is none."""
        ...

    def commit(self) -> None:
        """Make what was added so far durable and visible, and go on.

        Raises DocumentsRefusedError when the engine took everything but some documents.
        """
        ...

    @property
    def full(self) -> bool:
        """Whether so much waits in this process's memory that it is time to commit."""
        ...

    def __enter__(self) -> Self: ...

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None: ...


class Backend(Protocol):
    """One index in one directory, through one engine."""

    def snapshot(self) -> Snapshot:
        """The newest commit."""
        ...

    def writer(self) -> Writer:
        """Open the only writer. Raises IndexBusyError when another one is open."""
        ...


@dataclass(frozen=True, slots=True)
class Replaced:
    """`documents` are in the new version of an index; `refused` maps the ids of those the engine would not take to why."""

    documents: int
    refused: dict[str, str]


@runtime_checkable
class Replaceable(Protocol):
    """A back-end that can build its next version beside the one in use and change over in one step."""

    def documents(self) -> Iterator[StoredDocument]:
        """Every stored document of the newest commit, a few at a time. Raises EngineUnavailableError when some cannot be read."""
        ...

    def replace_all(self, documents: Iterable[AnalyzedDocument], fingerprint: str) -> Replaced:
        """Build the next version, a few documents at a time, and change over to it."""
        ...


class BackendFactory(Protocol):
    """Opens (or with `create` makes) the engine's files in `directory`, for an analyzer of that fingerprint (None: any)."""

    def __call__(self, directory: Path, *, create: bool, options: EngineOptions, fingerprint: str | None) -> Backend: ...


def by_frequency(keys: Iterable[tuple[str, int]]) -> dict[str, int]:
    """Order (key, documents) pairs as `Snapshot.keys` promises; keys of no document go."""
    return dict(sorted(((key, count) for key, count in keys if count > 0), key=lambda item: (-item[1], item[0])))


LONG_LIST = 100
"""Values from which a list may end early, before those as frequent as the first that it has no room for: which of them it showed
would mean nothing, and each engine would have to hand up all to tell."""


def ordered_counts(values: Iterable[tuple[str, int]], limit: int, wanted: tuple[str, ...] = ()) -> Counts:
    """Order (value, count) pairs and cut them to `limit`, keeping the `wanted` ones even at 0."""
    ranked = sorted([(-count, value) for value, count in values if count > 0])  # plain tuples: this runs for hundreds in each search
    shown = ranked if len(ranked) <= limit else ranked[: listed([-count for count, _ in ranked], limit)]
    kept = {value: -count for count, value in shown}
    if wanted:
        every = {value: -count for count, value in ranked}
        kept.update((value, every.get(value, 0)) for value in wanted if value not in kept)
    return Counts(kept, truncated=len(ranked) > limit)


def listed(counts: Sequence[int], limit: int) -> int:
    """How many values of these falling counts a list of `limit` shows; only those up to the first beyond it matter."""
    if len(counts) <= limit or limit < LONG_LIST:
        return limit
    clear = bisect_left(counts, -counts[limit], key=lambda count: -count)
    return clear if clear >= limit // 2 else limit
