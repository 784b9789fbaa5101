"""Tables: CSV and TSV with a header row, read row by row. Delimiter, quoting and encoding are detected unless a profile gives them."""

from __future__ import annotations

import csv
import io
import re
from collections import deque
from collections.abc import Iterator, Sequence

from indexer.model import UNREADABLE, Rejected
from indexer.sources.encodings import encoding_of
from indexer.sources.files import with_head
from indexer.sources.mapping import FIELDS, NATIVE
from indexer.sources.model import Record
from indexer.sources.reading import Reading
from indexer.sources.vietnamese import says_text

SAMPLE_BYTES = 256 * 1024
MAX_ROW_CHARS = 8 * 1024 * 1024
"""A cell or line longer than this is rejected: no article is."""
_DELIMITERS = ",;\t|"
_DELIMITER_LINE = re.compile(rf'\ufeff?"?sep=([{_DELIMITERS}])"?\r?\n', re.IGNORECASE)
_SAMPLE_ROWS = 50
_RELOOKED = 300_000
"""Lines that may be looked at again because a quote before them was not closed; bounds the work on a broken file."""


def read_table(stream: io.BufferedIOBase, name: str, reading: Reading, delimiter: str = "") -> Iterator[Record | Rejected]:
    """A record for each row; `path` is ``name#line`` of the row's first line. Rows with another number of cells are Rejected."""
    csv.field_size_limit(MAX_ROW_CHARS)
    head = stream.read(SAMPLE_BYTES)
    encoding = reading.encoding or encoding_of(head)
    wide = encoding.startswith(("utf-16", "utf-32"))
    text = io.TextIOWrapper(with_head(head, stream), encoding, "replace" if wide else "surrogateescape", newline="")
    sample = head.decode(encoding, "replace")
    rows = _Rows(text, dialect(sample, reading.delimiter or delimiter or _delimiter(sample)))
    try:
        header = list(reading.columns)
        if not header:
            lists = (row for _, row in rows if isinstance(row, list))
            header = [column.strip() for column in next((row for row in lists if not _names_delimiter(row)), [])]
        if (wrong := _header_fault(header, reading)) is not None:
            yield Rejected(name, wrong, UNREADABLE)
            return
        mapped = {path for _, paths in reading.fields.paths for path in paths}
        columns = [column.lower() if column.lower() in NATIVE and column not in mapped else column for column in header]
        for number, row in rows.of(len(columns)):
            yield _record(columns, row, f"{name}#{number}")
    finally:
        text.detach()


def _record(columns: Sequence[str], row: list[str] | str, where: str) -> Record | Rejected:
    if isinstance(row, str):
        return Rejected(where, row)
    fields = {column: cell for column, cell in zip(columns, row, strict=False) if cell}
    try:
        "".join(row).encode()
    except UnicodeEncodeError:
        return Rejected(where, "bytes in it are not of the encoding of the rest", UNREADABLE)
    return Record(where, fields)


def _header_fault(header: Sequence[str], reading: Reading) -> str | None:
    """What is wrong with the columns, for a person."""
    if not header:
        return "no row in it"
    shown = ", ".join(column[:40] for column in header[:40])
    wanted = [(field, path) for field, paths in reading.fields.paths for path in paths]
    missing = [f"{field} = {path}" for field, path in wanted if path not in header]
    if missing:
        return f"{missing[0]}: there is no such column; columns are {shown}"
    if not wanted and not NATIVE & {column.lower() for column in header} and not says_text(header):
        return f"no column has a known name; columns are {shown}. Say what they are: --map title=COLUMN (fields: {', '.join(FIELDS)})"
    return None


def _names_delimiter(row: list[str]) -> bool:
    """Whether a first line only tells spreadsheets the delimiter: ``sep=;``."""
    return 1 <= len(row) <= 2 and re.fullmatch(r"\ufeff?sep=.?", row[0], re.IGNORECASE) is not None and not any(row[1:])


def _delimiter(sample: str) -> str:
    """The delimiter that cuts the first rows into most columns, the same number in nearly all of them."""

    if said := _DELIMITER_LINE.match(sample):
        return said[1]

    def score(delimiter: str) -> tuple[float, int]:
        rows = [row for row in csv.reader(io.StringIO(sample, newline=""), dialect(sample, delimiter)) if row][:_SAMPLE_ROWS]
        width = len(rows[0]) if rows else 1
        return (sum(len(row) == width for row in rows[:-1] or rows) / max(len(rows[:-1] or rows), 1) if width > 1 else 0.0, width)

    return max(_DELIMITERS, key=score)


def dialect(sample: str, delimiter: str) -> type[csv.Dialect]:
    """Quotes are doubled, or escaped by a backslash where the sample does that and nothing else.

    A backslash before the quote that closes a cell tells nothing: the cell may just end in it.
    """
    inside = re.search(rf'\\"(?![{re.escape(delimiter)}\r\n]|\Z)', sample)
    escaped = inside is not None and '""' not in sample.replace(f'{delimiter}""', "").replace(f'""{delimiter}', "")
    cut = delimiter

    class Found(csv.excel):
        delimiter = cut
        doublequote = not escaped
        escapechar = "\\" if escaped else None

    return Found


class _Feed:
    """Lines for the parser: `given` since this was last emptied, `waiting` those that were given back. Goes on after its end."""

    def __init__(self, text: io.TextIOWrapper) -> None:
        self._text = text
        self.waiting: deque[str] = deque()
        self.given: list[str] = []

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self.waiting.popleft() if self.waiting else self._text.readline(MAX_ROW_CHARS + 1)
        if not line:
            raise StopIteration
        self.given.append(line)
        return line


class _Rows:
    """Rows with the number of their first line. A row that runs over lines because a quote is not closed costs that line alone."""

    def __init__(self, text: io.TextIOWrapper, kind: type[csv.Dialect]) -> None:
        self._feed = _Feed(text)
        self._reader = csv.reader(self._feed, kind)
        self._number = self._looked_again = 0

    def __iter__(self) -> Iterator[tuple[int, list[str] | str]]:
        return self.of(0)

    def of(self, width: int) -> Iterator[tuple[int, list[str] | str]]:
        """Rows of `width` cells (0: of any number), or what is wrong with one."""
        while True:
            self._feed.given = []
            wrong: str | None = None
            row: list[str] = []
            try:
                row = next(self._reader)
            except csv.Error as error:
                wrong = f"not a row: {error}"
            except StopIteration:
                return
            first, span = self._number + 1, len(self._feed.given)
            self._number += span
            if not row and wrong is None:
                continue
            wrong = wrong or (_ragged(row, width) if width else None)
            if wrong and span > 1:
                wrong = f"a quote is not closed, or {wrong}" + self._look_again(first, span)
            yield first, wrong or row[: width or None]

    def _look_again(self, first: int, span: int) -> str:
        """Give the lines after the first one back, as far as that may be done; else say that they are lost."""
        self._looked_again += span
        if self._looked_again > _RELOOKED:
            return f" (lines {first} to {first + span - 1})"
        self._feed.waiting.extendleft(reversed(self._feed.given[1:]))
        self._number = first
        return ""


def _ragged(row: list[str], width: int) -> str | None:
    if len(row) < width or any(row[width:]):
        return f"{len(row)} cell{'' if len(row) == 1 else 's'} in a row; the header has {width}"
    return None
