"""The one module of this room that reads files: the gazetteer's package data."""

from __future__ import annotations

from functools import cache
from importlib import resources

from analyzers.places.errors import DataFileError
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.table import read_lines, read_table

UNITS, COMMON, CHANGES, SPELLINGS = "units.tsv", "common.tsv", "changes.tsv", "spellings.tsv"


@cache
def load() -> Gazetteer:
    """The shared gazetteer, read at first use. Raises DataFileError naming the file and the command that rebuilds it."""
    return parse(_read(UNITS), _read(COMMON), _read(CHANGES), _read(SPELLINGS))


def parse(units: str, common: str = "", changes: str = "", spellings: str = "") -> Gazetteer:
    """A gazetteer from the texts of its data files; `changes` rows add to or replace `units` rows."""
    rows = read_table(units, UNITS) + read_lines(changes.splitlines(), CHANGES, 1)
    extra: dict[str, tuple[str, ...]] = {}
    for unit, spelling in _pairs(spellings, SPELLINGS):
        extra[unit] = (*extra.get(unit, ()), spelling)
    if extra:
        rows = [row._replace(spellings=row.spellings + extra[row.unit]) if row.unit in extra else row for row in rows]
    return Gazetteer(rows, {name: _count(count) for name, count in _pairs(common, COMMON)})


def _read(name: str) -> str:
    try:
        return resources.files("analyzers.places").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataFileError(name, str(error)) from error


def _pairs(text: str, name: str) -> list[tuple[str, str]]:
    pairs = []
    for number, line in enumerate(text.splitlines(), 1):
        if line and line[0] != "#":
            cells = line.split("\t")
            if len(cells) != 2:
                raise DataFileError(name, f"line {number} has {len(cells)} columns, not 2")
            pairs.append((cells[0], cells[1]))
    return pairs


def _count(text: str) -> int:
    if not text.isdigit():
        raise DataFileError(COMMON, f"{text!r} is not a count")
    return int(text)
