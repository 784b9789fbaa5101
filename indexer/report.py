"""The report of a run: every input counted exactly once, by what became of it."""

from __future__ import annotations

import heapq
from collections import Counter
from dataclasses import dataclass, field, replace
from typing import NamedTuple, TypeVar

from indexer.model import Rejected, Skipped, Unread
from indexer.sources.names import printable

T = TypeVar("T")
UNREAD_DATE = "unread date "
"""Rule of an article whose date field says what cannot be read; that follows."""
FORMAT = 1
"""Version of `IndexReport.as_dict`; raised when a key changes its meaning."""
MAX_LISTED = 10_000
"""Names that are kept of each kind; a file of a million broken lines is only counted beyond."""
SLOWEST = 10
TAKEN = ("added", "updated", "unchanged", "duplicate")
PAGE_TYPES = ("list", "home", "form", "error", "gallery", "part")
"""Outcomes of pages that are sound and no articles."""
KEPT = "what it held before stays in the index"
"""Said of an input that is damaged now and was not when it was indexed."""
ELSEWHERE = "elsewhere"
"""Outcome of a document that belongs to another part (`--part`)."""


class Repeat(NamedTuple):
    """An input whose text, or whose id, is that of the document `of`, which lies in `file` ("" when that is not known)."""

    path: str
    of: str
    file: str


@dataclass(slots=True)
class IndexReport:
    """`removed` counts documents whose input no longer holds them; `others` the pages that are no articles, by outcome.

    Lists are the first `MAX_LISTED`: `rejections` of the `rejected`, `not_articles` of the pages of another type.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicate: int = 0
    duplicates: list[Repeat] = field(default_factory=list)
    replaced: int = 0
    """Of the `updated`: those that took the place of another record of this run, because both bear the same id."""
    replacements: list[Repeat] = field(default_factory=list)
    others: Counter[str] = field(default_factory=Counter)
    not_articles: list[Rejected] = field(default_factory=list)
    rejected: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    removed: int = 0
    skipped: int = 0
    skips: list[Skipped] = field(default_factory=list)
    """What of the inputs was never meant to be an article, one entry an input and kind."""
    unread_kinds: Counter[str] = field(default_factory=Counter)
    """Suffix -> files in folders of a kind that is not read."""
    unread_files: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    """Inputs the index has documents of and that are there no more."""
    dated: Counter[str] = field(default_factory=Counter)
    """Rule that dated an article -> articles that were read; ``none`` for those without a date."""
    unread_dates: list[tuple[str, str]] = field(default_factory=list)
    """(input, what its date field says) of those taken in without the date that was given."""
    plain: list[tuple[str, str]] = field(default_factory=list)
    """(input, why) of pages that could only be read as plain text."""
    slowest: list[tuple[float, str]] = field(default_factory=list)
    """(seconds, input) of the `SLOWEST` to read and take apart, the slowest first once the run has ended."""
    pruned: bool = False
    workers: int = 0
    seconds: float = 0.0
    _repeating: set[int] = field(default_factory=set)

    @property
    def inputs(self) -> int:
        """Every input once."""
        taken: list[int] = [getattr(self, name) for name in TAKEN]  # asked for every input, so nothing is put together
        return sum(taken) + self.others.total() + self.skipped + self.unread + self.rejected

    @property
    def unread(self) -> int:
        """Files of a kind that is not read."""
        return self.unread_kinds.total()

    @property
    def speed(self) -> float | None:
        """Inputs a second, of the kinds that are read; None before the end of the run."""
        return (self.inputs - self.unread) / self.seconds if self.seconds else None

    @property
    def changed(self) -> bool:
        """Whether the run changed the index."""
        return bool(self.added or self.updated or self.removed)

    def counts(self) -> dict[str, int]:
        """Outcome -> inputs, for all that sum up to `inputs`; page types only where there are any."""
        counted = {name: getattr(self, name) for name in TAKEN} | dict(sorted(self.others.items()))
        return counted | {"skipped": self.skipped, "unread": self.unread, "rejected": self.rejected}

    def reject(self, rejected: Rejected) -> int:
        """Count an input that was not taken in: by its page type, or as rejected. Returns how many were rejected before."""
        before = self.rejected
        if rejected.outcome in PAGE_TYPES:
            self.others[rejected.outcome] += 1
            _list(self.not_articles, rejected)
        else:
            self.rejected += 1
            _list(self.rejections, rejected)
        return before

    def keep(self, at: int) -> None:
        """Say of the rejection of that number, if it is listed, that nothing was removed for it."""
        if at < len(self.rejections):
            self.rejections[at] = replace(self.rejections[at], reason=f"{self.rejections[at].reason}; {KEPT}")

    def skip(self, skipped: Skipped) -> None:
        """Count parts of an input that are no articles and were never meant to be."""
        self.skipped += skipped.count
        _list(self.skips, skipped)

    def leave(self, unread: Unread) -> None:
        """Count a file of a kind that is not read."""
        self.unread_kinds[unread.kind] += 1
        _list(self.unread_files, unread.path)

    def repeat(self, path: str, doc_id: str, file: str = "") -> None:
        """Count an input that repeats a document, which lies in `file`."""
        self.duplicate += 1
        self._repeating.add(hash(path))
        _list(self.duplicates, Repeat(path, doc_id, printable(file)))

    def replace(self, path: str, doc_id: str, file: str) -> None:
        """Note that a record, counted as updated, takes the place of another that this run met in `file` under the same id."""
        self.replaced += 1
        _list(self.replacements, Repeat(path, doc_id, printable(file)))

    def note_read(self, path: str, seconds: float, dated: str, unread: str, plain: str) -> None:
        """Keep how an article was read: `unread` and `plain` are empty for most."""
        self.dated[dated or "none"] += 1
        if unread:
            _list(self.unread_dates, (path, unread))
        if plain:
            _list(self.plain, (path, plain))
        if len(self.slowest) < SLOWEST:
            heapq.heappush(self.slowest, (seconds, path))
        elif seconds > self.slowest[0][0]:
            heapq.heapreplace(self.slowest, (seconds, path))

    def recount(self, path: str, *, was_unchanged: bool, now_added: bool) -> None:
        """A record that counted as unchanged, or as a duplicate under `path`, turned out to be a document of its own."""
        if was_unchanged:
            self.unchanged -= 1
        elif hash(path) in self._repeating:
            self._repeating.remove(hash(path))
            self.duplicate -= 1
            self.duplicates = [one for one in self.duplicates if one.path != path]
        else:
            return
        self.count_written(known=not now_added)

    def count_written(self, *, known: bool) -> None:
        """Count a document that goes into the index."""
        if known:
            self.updated += 1
        else:
            self.added += 1

    def withdraw(self, rejected: Rejected, *, known: bool) -> None:
        """A document that counted as written could not be analysed."""
        if known:
            self.updated -= 1
        else:
            self.added -= 1
        self.reject(rejected)

    def finish(self, seconds: float) -> None:
        """The run has ended after so many seconds."""
        self.seconds = seconds
        self.slowest.sort(reverse=True)

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "format": FORMAT,
            "inputs": self.inputs,
            **self.counts(),
            "removed": self.removed,
            "pruned": self.pruned,
            "seconds": round(self.seconds, 3),
            "inputs_per_second": None if self.speed is None else round(self.speed, 1),
            "workers": self.workers,
            "dated": dict(self.dated.most_common()),
            "unread_dates": [{"path": path, "date": written} for path, written in self.unread_dates],
            "plain": [{"path": path, "reason": reason} for path, reason in self.plain],
            "slowest": [{"path": path, "seconds": round(seconds, 4)} for seconds, path in self.slowest],
            "duplicates": [{"path": one.path, "of": one.of, "file": one.file} for one in self.duplicates],
            "replaced": self.replaced,
            "replacements": [{"path": one.path, "of": one.of, "file": one.file} for one in self.replacements],
            "skips": [{"path": one.path, "reason": one.reason, "count": one.count} for one in self.skips],
            "unread_kinds": dict(self.unread_kinds.most_common()),
            "unread_files": self.unread_files,
            "not_articles": [_named(one) for one in self.not_articles],
            "rejections": [_named(one) for one in self.rejections],
            "gone": self.gone,
        }


def _list(names: list[T], one: T) -> None:
    if len(names) < MAX_LISTED:
        names.append(one)


def _named(one: Rejected) -> dict[str, str]:
    return {"path": one.path, "outcome": one.outcome, "reason": one.reason}
