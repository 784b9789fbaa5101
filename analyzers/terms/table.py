"""The table of terms as a text file: one tab-separated line a term, under a header with a checksum.

Columns: label, documents, termhood, ``h`` (written by hand) or ``m`` (mined), other ways of writing it separated by ``;``.
Spellings are kept as they are written; keys are made when the table is loaded, so a change of the keys needs no new table.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import NamedTuple

from analyzers.terms.errors import TermTableError
from analyzers.terms.model import Entry

FORMAT = "timtin-terms 1"
"""Raise the number when a column changes."""
_COLUMNS = 5
_ORIGINS = {"h": True, "m": False}


class Table(NamedTuple):
    """Terms in the order of the file, and the number of articles their counts come from."""

    entries: list[Entry]
    documents: int


def write_table(entries: Iterable[Entry], documents: int) -> str:
    """Return the file's text, in a fixed order: the same terms give the same bytes."""
    rows = sorted(entries, key=lambda entry: (entry.label.casefold(), entry.label))
    body = "".join(_line(entry) for entry in rows)
    return f"#{FORMAT}\tdocuments={documents}\trows={len(rows)}\tsum={_checksum(body)}\n{body}"


def read_table(text: str, name: str) -> Table:
    """Parse what `write_table` wrote; `name` is for the error message. Raises TermTableError."""
    header, _, body = text.partition("\n")
    fields = dict(field.partition("=")[::2] for field in header.removeprefix("#").split("\t"))
    if FORMAT not in fields:
        raise TermTableError(name, f"its first line is {header[:60]!r}, not {FORMAT!r}")
    if fields.get("sum") != _checksum(body):
        raise TermTableError(name, "its checksum does not match its content")
    try:
        return Table([_entry(line.split("\t")) for line in body.splitlines()], int(fields["documents"]))
    except (ValueError, KeyError) as error:
        raise TermTableError(name, f"a line cannot be read ({error})") from error


def _entry(cells: list[str]) -> Entry:
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {_COLUMNS}")
    label, documents, termhood, origin, others = cells
    return Entry(label, int(documents), int(termhood), _ORIGINS[origin], tuple(others.split(";")) if others else ())


def _line(entry: Entry) -> str:
    origin = "h" if entry.local else "m"
    return f"{entry.label}\t{entry.documents}\t{entry.termhood}\t{origin}\t{';'.join(entry.others)}\n"


def _checksum(body: str) -> str:
    return hashlib.blake2b(body.encode(), digest_size=8).hexdigest()
