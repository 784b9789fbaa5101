"""The values of this room: what an abbreviation may stand for, and what a query may be read as.

Keys are marked keys (see `analyzers.keys`); spans are half-open ranges of the query's syllables.
"""

from __future__ import annotations

from typing import NamedTuple

KINDS = (
    "organisation", "people", "unit", "place", "education", "health", "law", "document", "economy", "policy", "security", "transport",
    "land", "environment", "technology", "culture", "media", "measure",
)  # fmt: skip
"""What an expansion names. `people` holds titles and groups, `unit` the type words of places, `document` the types of official papers."""

NAME, NUMBER = "name", "number"
CONTEXTS = frozenset({NAME, NUMBER})
"""What may have to follow for a reading to hold: a capitalised name (``TT. Chư Sê``) or a number (``QL14``, ``P.5``)."""

SOURCES = frozenset({"nd30", "corpus", "usage"})
"""Where a reading comes from: the list of document types in decree 30/2020/NĐ-CP, counted in news, or general usage (hardly counted)."""


class Evidence(NamedTuple):
    """Numbers of articles of the counting corpus with any written form, with any full form, with both; and of ``full form (FORM)``."""

    written: int
    full: int
    together: int
    defined: int


class Expansion(NamedTuple):
    """One reading of an abbreviation.

    `abbreviation` and `text` are the usual spellings, for display; `forms` and `spellings` hold all, these first. With `default` the
    reading may be taken without asking; `contexts` names what must follow to take it anyway.
    """

    abbreviation: str
    text: str
    kind: str
    default: bool
    contexts: frozenset[str]
    source: str
    note: str
    evidence: Evidence
    forms: tuple[str, ...]
    spellings: tuple[str, ...]


class Variant(NamedTuple):
    """Syllables ``[first, last)`` of a query can also be written `replacement_keys`.

    The replacement is read as if it had been typed: a key with marks means that syllable, one without marks any. `abbreviation` and
    `expansion` are for the notice. An `ambiguous` variant is one reading of several, or leads to an abbreviation that mostly means
    something else: offer it, do not apply it.
    """

    first: int
    last: int
    replacement_keys: tuple[str, ...]
    abbreviation: str
    expansion: str
    ambiguous: bool
