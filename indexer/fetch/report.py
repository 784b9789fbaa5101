"""The report of a fetch: every address exactly once."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from indexer.fetch.model import Outcome

TROUBLE = (Outcome.REFUSED, Outcome.FAILED)
"""Outcomes that a person should look at."""


@dataclass(slots=True)
class Row:
    """What became of one address. `found_in` is the list that named it, or what the person gave."""

    url: str
    outcome: Outcome
    reason: str = ""
    found_in: str = ""
    status: int | None = None
    bytes: int = 0


@dataclass(slots=True)
class FetchReport:
    """`rows` by address, in the order they were met; `seconds` without indexing."""

    rows: dict[str, Row] = field(default_factory=dict)
    requests: int = 0
    bytes: int = 0
    seconds: float = 0.0
    files: list[str] = field(default_factory=list)
    recovered: list[str] = field(default_factory=list)
    is_dry: bool = False
    is_interrupted: bool = False
    error: str = ""
    """What ended the run early, such as a full disk."""

    def met(self, url: str, found_in: str) -> bool:
        """Count an address that is still to be dealt with; False when it was met before."""
        if url in self.rows:
            return False
        self.rows[url] = Row(url, Outcome.POSTPONED, "the run ended before its turn", found_in)
        return True

    def end(self, url: str, outcome: Outcome, reason: str = "", *, status: int | None = None, size: int = 0) -> Row:
        """Say what became of an address that was met."""
        row = self.rows[url]
        row.outcome, row.reason, row.status, row.bytes = outcome, reason, status, size
        return row

    @property
    def counts(self) -> dict[str, int]:
        """Addresses of each outcome, in the order of `Outcome`."""
        found = Counter(row.outcome for row in self.rows.values())
        return {str(outcome): found[outcome] for outcome in Outcome if found[outcome]}

    @property
    def reasons(self) -> list[tuple[str, str, int]]:
        """(outcome, reason, how many), the most frequent first within an outcome."""
        found = Counter((row.outcome, row.reason) for row in self.rows.values() if row.reason)
        order = list(Outcome)
        ranked = sorted(found.items(), key=lambda item: (order.index(item[0][0]), -item[1], item[0][1]))
        return [(str(outcome), reason, count) for (outcome, reason), count in ranked]

    @property
    def has_trouble(self) -> bool:
        return any(row.outcome in TROUBLE for row in self.rows.values())

    def as_dict(self) -> dict[str, object]:
        """For JSON."""
        return {
            "format": 1,
            "dry_run": self.is_dry,
            "interrupted": self.is_interrupted,
            "error": self.error,
            "addresses": len(self.rows),
            "counts": self.counts,
            "requests": self.requests,
            "bytes": self.bytes,
            "seconds": round(self.seconds, 3),
            "files": self.files,
            "recovered": self.recovered,
            "urls": [
                {
                    "url": row.url,
                    "outcome": str(row.outcome),
                    "reason": row.reason,
                    "found_in": row.found_in,
                    "status": row.status,
                    "bytes": row.bytes,
                }
                for row in self.rows.values()
            ],
        }
