"""What can go wrong in this room: only a damaged table."""

from __future__ import annotations


class AbbreviationsError(Exception):
    """Base of this room's errors."""


class TableError(AbbreviationsError):
    """A line of the table cannot be read; the message names the line, the offending value and the fix."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(f"abbreviations.tsv line {line}: {reason}; see data/README.md for the columns")
        self.line = line
