"""Decisions of a run: which documents are new, changed, unchanged or repetitions, and what an input held and holds no longer.

Made in the order of the inputs, from digests alone; nothing is analysed that the index has already.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.batches import Closed, Event, Opened, Unchanged
from indexer.manifest import OWN, REPEATED, Contents, Known, Manifest
from indexer.model import UNREADABLE, Rejected, Skipped, Unread
from indexer.part import Part
from indexer.report import ELSEWHERE, MAX_LISTED, PAGE_TYPES, IndexReport
from indexer.sources import STDIN, SourceFile
from indexer.workers.hand import Made


@dataclass(slots=True)
class _Open:
    """The input whose items come now."""

    event: Opened
    was_skipped: bool = False
    records: int = 0
    others: Counter[str] = field(default_factory=Counter)
    rejected: int = 0
    damage: int | None = None
    """Number of its first rejection for what could not be read: it may hold more than was met."""

    @property
    def source(self) -> SourceFile:
        return self.event.source

    @property
    def again(self) -> bool:
        return self.event.again


class Decisions:
    """Takes what a run comes by, one after the other. Every input is counted once, when it is first looked at."""

    def __init__(
        self,
        manifest: Manifest,
        report: IndexReport,
        part: Part | None,
        delete: Callable[[str], None],
        progress: Callable[[int, str], None] | None,
    ) -> None:
        self._manifest = manifest
        self._report = report
        self._part = part
        self._delete = delete
        self._progress = progress
        self._open: _Open | None = None
        self._refused: dict[tuple[str, bytes], str] = {}
        self._spoiled: set[str] = set()

    def other(self, event: Event) -> None:
        """An event that is no item."""
        if isinstance(event, Opened):
            self._start(event)
        elif isinstance(event, Closed):
            self._finish()
        elif isinstance(event, Unchanged):
            self._manifest.skip_input(event.source.path)
            self._report.unchanged += event.contents.records
            self._report.others.update(event.contents.others)
            self.tell(event.source.path)
        elif isinstance(event, Skipped):
            self._skip(event)
        elif isinstance(event, Unread):
            self._report.leave(event)
        elif isinstance(event, Rejected):
            self._reject(event)
            self.tell(event.path)

    def item(self, made: Made | Rejected) -> bool | None:
        """Decide about an item. Whether the index has a document of its id when it is to be written, else None."""
        now = self._open
        assert now is not None, "an item is of an input"
        if isinstance(made, Rejected):
            self._reject(made)
            return None
        if self._part is not None and not self._part.has(made.doc_id):
            self._elsewhere(now)
            return None
        if (reason := self._manifest.refusal(made.doc_id, made.content)) is not None:
            self._reject(Rejected(made.path, reason))
            return None
        if (reason := self._refused.get((made.doc_id, made.content))) is not None:
            self._reject(Rejected(made.path, reason, UNREADABLE))
            return None
        known = self._manifest.known(made.doc_id)
        if now.again:
            return self._again(now, made, known)
        now.records += 1
        self._report.note_read(made.path, made.seconds, made.dated, made.unread, made.plain)
        return self._first(now, made, known)

    def withdraw(self, made: Made, known: bool, rejected: Rejected) -> None:
        """A document that was to be written cannot be analysed: the index has none of that id, and its input counts as changed."""
        self._refused[made.doc_id, made.content] = rejected.reason
        self._report.withdraw(rejected, known=known)
        for path in self._manifest.holders(made.doc_id):
            self._spoiled.add(path)
            self._manifest.spoil_input(path)
        self._remove(made.doc_id)

    def refuse(self, made: Made, known: bool, reason: str) -> None:
        """The engine does not take a document that was to be written, and would not the next time: it has to change first."""
        reason = f"refused by the engine: {reason}"
        self._manifest.refuse(made.doc_id, made.content, reason)
        self.withdraw(made, known, Rejected(made.path, reason))

    def let_go(self, path: str) -> None:
        """Remove what was this input's own before this run and is no longer, unless another input that still exists has it too."""
        for doc_id in self._manifest.lost_by(path):
            self._manifest.make_due(doc_id, OWN | REPEATED)
            if not self._manifest.owned(doc_id, path):
                self._remove(doc_id)
                self._report.removed += 1
        self._manifest.release(path)

    def tell(self, name: str) -> None:
        """Progress."""
        if self._progress is not None:
            self._progress(self._report.inputs, name)

    def _start(self, event: Opened) -> None:
        path = event.source.path
        self._open = _Open(event, self._manifest.visited(path) == "skipped")
        if not event.again:
            self._manifest.start_input(path, str(self._part or ""))

    def _finish(self) -> None:
        now = self._open
        assert now is not None
        self._open = None
        if now.again:
            self._manifest.settle(now.source.path)
        elif now.source.path != STDIN:
            contents = Contents(now.records, dict(now.others))
            rejected = now.rejected + (now.source.path in self._spoiled)
            self._manifest.finish_input(now.source, contents, rejected, now.event.reading.text(), now.event.sha256)
            if now.damage is None:
                self.let_go(now.source.path)
            else:
                self._keep(now.source.path, now.damage)

    def _first(self, now: _Open, made: Made, known: Known | None) -> bool | None:
        """A record that is looked at for the first time."""
        path = now.source.path
        if known is not None and known.content == made.content:
            if known.met:
                self._repeats(made, made.doc_id)
            else:
                self._manifest.meet(made.doc_id)
                self._report.unchanged += 1
            self._manifest.hold(path, made.doc_id, OWN)
            return None
        if (twin := self._twin(made, known)) is not None:
            self._repeats(made, twin)
            self._manifest.hold(path, twin, REPEATED)
            return None
        if known is not None and known.met:
            listed = len(self._report.replacements) < MAX_LISTED
            self._report.replace(made.path, made.doc_id, self._bearer(made.doc_id) if listed else "")
        self._put(made, known)
        self._manifest.hold(path, made.doc_id, OWN)
        self._report.count_written(known=known is not None)
        return known is not None

    def _again(self, now: _Open, made: Made, known: Known | None) -> bool | None:
        """A record of an input that lost the document it repeated gets one of its own; what was counted stays counted once."""
        if known is not None and (known.content == made.content or known.met):
            return None
        if (twin := self._twin(made, known)) is not None:
            self._manifest.keep(now.source.path, twin, REPEATED)
            return None
        self._put(made, known)
        self._manifest.keep(now.source.path, made.doc_id, OWN)
        self._report.recount(made.path, was_unchanged=now.was_skipped, now_added=known is None)
        return known is not None

    def _repeats(self, made: Made, doc_id: str) -> None:
        """Count a record whose text a document has, and say in which input that one lies."""
        self._report.repeat(made.path, doc_id, self._bearer(doc_id) if len(self._report.duplicates) < MAX_LISTED else "")

    def _bearer(self, doc_id: str) -> str:
        """The input that has a document; "" when none is known."""
        return next(iter(self._manifest.holders(doc_id, OWN)), "")

    def _twin(self, made: Made, known: Known | None) -> str | None:
        """Another document with this text, unless the index has the document with this text already."""
        return None if known is not None and known.text == made.text else self._manifest.same_text(made.text, made.doc_id)

    def _put(self, made: Made, known: Known | None) -> None:
        if known is not None and known.text != made.text:
            self._manifest.make_due(made.doc_id, REPEATED)
        self._manifest.put(made.doc_id, made.content, made.text)

    def _remove(self, doc_id: str) -> None:
        self._manifest.make_due(doc_id, OWN | REPEATED)
        self._delete(doc_id)
        self._manifest.drop(doc_id)

    def _elsewhere(self, now: _Open) -> None:
        if not now.again:
            now.others[ELSEWHERE] += 1
            self._report.others[ELSEWHERE] += 1

    def _skip(self, skipped: Skipped) -> None:
        now = self._open
        assert now is not None
        if not now.again:
            now.records += skipped.count
            self._report.skip(skipped)

    def _reject(self, rejected: Rejected) -> None:
        now = self._open
        if now is not None and now.again:
            return
        number = self._report.reject(rejected)
        if now is None:
            if rejected.outcome == UNREADABLE:
                self._keep(rejected.path, number)
        elif rejected.outcome in PAGE_TYPES:
            now.others[rejected.outcome] += 1
        else:
            now.rejected += 1
            if rejected.outcome == UNREADABLE and now.damage is None:
                now.damage = number

    def _keep(self, path: str, number: int) -> None:
        """What this input held before stays, as nobody knows whether it still does: its rejection of that number says so."""
        if any(self._manifest.lost_by(path)):
            self._report.keep(number)
