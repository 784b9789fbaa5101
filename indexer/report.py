"""The report of a run: every input counted exactly once."""

from __future__ import annotations

from dataclasses import dataclass, field

from indexer.model import Rejected, Skipped

MAX_LISTED = 10_000
"""Rejections that are named; a file of a million broken lines is only counted beyond."""
UNREAD_DATE = "unread date "


@dataclass(slots=True)
class IndexReport:
    """`duplicates` are (input, doc_id it repeats); `removed` counts documents whose input no longer holds them.

    `rejections` are the first `MAX_LISTED` of the `rejected`.
    """

    added: int = 0
    updated: int = 0
    unchanged: int = 0
    duplicates: list[tuple[str, str]] = field(default_factory=list)
    rejected: int = 0
    rejections: list[Rejected] = field(default_factory=list)
    removed: int = 0
    skipped: int = 0
    skips: list[Skipped] = field(default_factory=list)
    """What of the inputs was never meant to be an article, one entry an input and kind; the first `MAX_LISTED`."""
    unread_dates: list[tuple[str, str]] = field(default_factory=list)
    """(input, what its date field says) of the first `MAX_LISTED` taken in without the date that was given."""
    seconds: float = 0.0

    @property
    def duplicate(self) -> int:
        return len(self.duplicates)

    @property
    def inputs(self) -> int:
        """Every input once."""
        return self.added + self.updated + self.unchanged + self.duplicate + self.rejected + self.skipped

    def reject(self, rejected: Rejected) -> None:
        """Count an input that was not taken in."""
        self.rejected += 1
        if len(self.rejections) < MAX_LISTED:
            self.rejections.append(rejected)

    def skip(self, skipped: Skipped) -> None:
        """Count parts of an input that are no articles."""
        self.skipped += skipped.count
        if len(self.skips) < MAX_LISTED:
            self.skips.append(skipped)

    def note_rules(self, path: str, rules: tuple[str, ...]) -> None:
        """Keep what the extractor's rules say a user should know."""
        written = next((rule.removeprefix(UNREAD_DATE) for rule in rules if rule.startswith(UNREAD_DATE)), None)
        if written is not None and len(self.unread_dates) < MAX_LISTED:
            self.unread_dates.append((path, written))

    def recount(self, path: str, *, was_unchanged: bool, now_added: bool) -> None:
        """A record that counted as unchanged, or as a duplicate under `path`, turned out to be a document of its own."""
        if was_unchanged:
            self.unchanged -= 1
        else:
            at = next((number for number, (one, _) in enumerate(self.duplicates) if one == path), None)
            if at is None:
                return
            del self.duplicates[at]
        if now_added:
            self.added += 1
        else:
            self.updated += 1

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "inputs": self.inputs,
            "added": self.added,
            "updated": self.updated,
            "unchanged": self.unchanged,
            "duplicate": self.duplicate,
            "rejected": self.rejected,
            "removed": self.removed,
            "skipped": self.skipped,
            "unread_dates": [{"path": path, "date": written} for path, written in self.unread_dates],
            "seconds": round(self.seconds, 3),
            "duplicates": [{"path": path, "of": doc_id} for path, doc_id in self.duplicates],
            "skips": [{"path": s.path, "reason": s.reason, "count": s.count} for s in self.skips],
            "rejections": [{"path": r.path, "outcome": r.outcome, "reason": r.reason} for r in self.rejections],
        }
