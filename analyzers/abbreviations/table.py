"""The table as text: one tab-separated line a reading, columns in `COLUMNS`, lists separated by ``|``; no I/O here."""

from __future__ import annotations

from collections.abc import Iterable

from analyzers.abbreviations.errors import TableError
from analyzers.abbreviations.model import CONTEXTS, KINDS, SOURCES, Evidence, Expansion

COLUMNS = ("forms", "spellings", "kind", "use", "source", "written", "full", "together", "defined", "note")
DEFAULT, NEVER = "default", "-"
"""In column `use`, beside the contexts: dominates its abbreviation; or never taken without asking."""


def read_table(text: str) -> tuple[Expansion, ...]:
    """Parse the table; lines that begin with ``#`` and empty ones are skipped. Raises TableError."""
    return tuple(_row(number, line) for number, line in enumerate(text.split("\n"), 1) if line and line[0] != "#")


def write_table(rows: Iterable[Expansion]) -> str:
    """The text that `read_table` reads back, in the order given, under a line that names the columns."""
    lines = ["#" + "\t".join(COLUMNS), *map(_line, rows)]
    return "".join(f"{line}\n" for line in lines)


def _row(number: int, line: str) -> Expansion:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise TableError(number, f"{len(cells)} columns, not {len(COLUMNS)}")
    forms, spellings = tuple(cells[0].split("|")), tuple(cells[1].split("|"))
    kind, use, source, note = cells[2], cells[3].split(","), cells[4], cells[9]
    if not all(forms) or not all(spellings):
        raise TableError(number, "an empty form")
    if kind not in KINDS:
        raise TableError(number, f"unknown kind {kind!r}")
    if source not in SOURCES:
        raise TableError(number, f"unknown source {source!r}")
    if unknown := set(use) - CONTEXTS - {DEFAULT, NEVER}:
        raise TableError(number, f"unknown use {sorted(unknown)[0]!r}")
    try:
        evidence = Evidence(*map(int, cells[5:9]))
    except ValueError as error:
        raise TableError(number, f"a count is no number ({error})") from error
    return Expansion(forms[0], spellings[0], kind, DEFAULT in use, CONTEXTS.intersection(use), source, note, evidence, forms, spellings)


def _line(row: Expansion) -> str:
    use = [DEFAULT] * row.default + sorted(row.contexts)
    counts = map(str, row.evidence)
    return "\t".join(["|".join(row.forms), "|".join(row.spellings), row.kind, ",".join(use) or NEVER, row.source, *counts, row.note])
