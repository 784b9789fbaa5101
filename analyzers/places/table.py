"""The gazetteer as a text file: one tab-separated line a version, under a header with a checksum.

Columns: unit, since, until, end, type, name, parent, successors, heirs, lat, lon, spellings. Lists are separated by
blanks (spellings by ``;``). Types are abbreviated (`TYPE_CODES`), an empty date means "from the first list" or "in force".
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from functools import lru_cache

from analyzers.places.errors import DataFileError
from analyzers.places.unit import Unit, level_of

FORMAT = "timtin-gazetteer 1"
"""Raise the number when a column changes."""
TYPE_CODES = {
    "t": "tỉnh",
    "tp": "thành phố",
    "q": "quận",
    "h": "huyện",
    "tx": "thị xã",
    "x": "xã",
    "p": "phường",
    "tt": "thị trấn",
    "đk": "đặc khu",
}
_CODE_OF_TYPE = {word: code for code, word in TYPE_CODES.items()}
END_CODES = {"": "", "R": "reform2025", "D": "dissolved"}
_END_PARTS = {"n": "renamed", "t": "retyped", "m": "moved"}
_COLUMNS = 12


def write_table(units: Iterable[Unit]) -> str:
    """Return the file's text for these versions, in a fixed order: the same units give the same bytes."""
    lines = [_line(unit) for unit in sorted(units, key=lambda unit: (unit.unit, unit.since))]
    body = "".join(f"{line}\n" for line in lines)
    return f"#{FORMAT}\trows={len(lines)}\tsum={_checksum(body)}\n{body}"


def read_table(text: str, name: str) -> list[Unit]:
    """Parse what `write_table` wrote; `name` is for the error message. Raises DataFileError."""
    header, _, body = text.partition("\n")
    fields = header.lstrip("#").split("\t")
    if fields[0] != FORMAT:
        raise DataFileError(name, f"its first line is {header[:60]!r}, not {FORMAT!r}")
    if len(fields) != 3 or fields[2] != f"sum={_checksum(body)}":
        raise DataFileError(name, "its checksum does not match its content")
    return read_lines(body.splitlines(), name)


def read_lines(lines: Sequence[str], name: str, first: int = 2) -> list[Unit]:
    """Parse rows without a header (empty lines and ``#`` comments are skipped). Raises DataFileError with the line number."""
    units = []
    for number, line in enumerate(lines, first):
        if not line or line[0] == "#":
            continue
        try:
            units.append(_unit(line.split("\t")))
        except (ValueError, KeyError, IndexError) as error:
            raise DataFileError(name, f"line {number} cannot be read ({error})") from error
    return units


def _checksum(body: str) -> str:
    return hashlib.blake2b(body.encode(), digest_size=8).hexdigest()


@lru_cache(4096)
def _day(text: str) -> date:
    return date.fromisoformat(text)


def _unit(cells: list[str]) -> Unit:
    if len(cells) != _COLUMNS:
        raise ValueError(f"{len(cells)} columns, not {_COLUMNS}")
    unit, since, until, end, type_code, name, parent, successors, heirs, lat, lon, spellings = cells
    return Unit(
        unit,
        level_of(unit),
        _day(since) if since else date.min,
        _day(until) if until else date.max,
        _end(end),
        TYPE_CODES[type_code],
        name,
        parent or None,
        tuple(successors.split(" ")) if successors else (),
        tuple(heirs.split(" ")) if heirs else (),
        float(lat) if lat else None,
        float(lon) if lon else None,
        tuple(spellings.split(";")) if spellings else (),
    )


@lru_cache(64)
def _end(code: str) -> str:
    return END_CODES[code] if code in END_CODES else "+".join(_END_PARTS[letter] for letter in code)


def _line(unit: Unit) -> str:
    ends = {word: code for code, word in END_CODES.items()}
    parts = {word: code for code, word in _END_PARTS.items()}
    cells = [
        unit.unit,
        unit.valid_from.isoformat() if unit.valid_from else "",
        unit.valid_to.isoformat() if unit.valid_to else "",
        ends[unit.end] if unit.end in ends else "".join(parts[word] for word in unit.end.split("+")),
        _CODE_OF_TYPE[unit.type],
        unit.name,
        unit.parent or "",
        " ".join(unit.successors),
        " ".join(unit.heirs),
        "" if unit.lat is None else f"{unit.lat:.3f}",
        "" if unit.lon is None else f"{unit.lon:.3f}",
        ";".join(unit.spellings),
    ]
    return "\t".join(cells)
