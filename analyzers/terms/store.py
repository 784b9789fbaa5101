"""The one module of this room that reads files: the table and the words that are no terms."""

from __future__ import annotations

from functools import cache
from importlib import resources

from analyzers.terms.errors import TermTableError
from analyzers.terms.index import TermIndex
from analyzers.terms.spelling import value_of
from analyzers.terms.table import read_table

TERMS, WORDS = "terms.tsv", "words.txt"


@cache
def load() -> TermIndex:
    """The shared index of terms, read at first use. Raises TermTableError."""
    return TermIndex(read_table(_read(TERMS), TERMS))


@cache
def load_words() -> frozenset[str]:
    """Values of the words of the language that are no terms; read when an article has a word the table lacks."""
    return frozenset(value_of(line) for line in _read(WORDS).splitlines() if line and line[0] != "#")


def _read(name: str) -> str:
    try:
        return resources.files("analyzers.terms").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TermTableError(name, str(error)) from error
