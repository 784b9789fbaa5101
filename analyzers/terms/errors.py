"""What can go wrong in this room: a damaged table."""

from __future__ import annotations

REBUILD = "python -m analyzers.terms.build ARTICLES.jsonl.xz"


class TermsError(Exception):
    """Base of this room's errors."""


class TermTableError(TermsError):
    """A data file of this room cannot be read; the message names the file, the reason and the command that rebuilds it."""

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"term table {name} is damaged: {reason}; rebuild it with: {REBUILD}")
