"""The one module of this room that reads files: the table and the words that are no terms."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources

from analyzers.terms.errors import TermTableError
from analyzers.terms.index import TermIndex
from analyzers.terms.model import TERMS_VERSION
from analyzers.terms.table import read_table

TERMS, WORDS = "terms.tsv", "words.txt"


@cache
def load() -> TermIndex:
    """The shared index of terms, read at first use. Raises TermTableError."""
    return TermIndex(read_table(_read(TERMS), TERMS))


@cache
def fingerprint() -> str:
    """Short digest that changes whenever the same article could get other terms."""
    return hashlib.blake2b(f"{TERMS_VERSION}\n{_read(TERMS)}\n{_read(WORDS)}".encode(), digest_size=8).hexdigest()


@cache
def load_words() -> frozenset[str]:
    """The words of the language that are no terms, as they are usually written in lower case."""
    return frozenset(_read(WORDS).splitlines())


def _read(name: str) -> str:
    try:
        return resources.files("analyzers.terms").joinpath("data", name).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise TermTableError(name, str(error)) from error
