"""The one module of this room that reads a file: the table in the package's data."""

from __future__ import annotations

from functools import cache
from importlib import resources

from analyzers.abbreviations.lookup import Abbreviations
from analyzers.abbreviations.table import read_table

TABLE = "abbreviations.tsv"


@cache
def load() -> Abbreviations:
    """The shared table, read at the first call; its index is built at the first look-up. Raises TableError."""
    text = resources.files("analyzers.abbreviations").joinpath("data", TABLE).read_text(encoding="utf-8")
    return Abbreviations(read_table(text))
