"""The door of this room: an article's texts in, its key terms out."""

from __future__ import annotations

from collections.abc import Container, Sequence

from analyzers.analyzer import AnalyzedText
from analyzers.terms.choose import choose
from analyzers.terms.model import KeyTerm
from analyzers.terms.scan import evidence
from analyzers.terms.store import load, load_words
from analyzers.terms.unknown import unknown_terms


def key_terms(zones: Sequence[AnalyzedText], excluded: Container[str] = frozenset()) -> tuple[KeyTerm, ...]:
    """Return at most MAX_TERMS key terms of an article given as (title, lead, body), best first.

    `excluded` holds values that are no terms here, such as the names of the article's places.
    """
    index = load()
    found = {index.terms[value]: count for value, count in evidence(zones, index).items()}
    found.update(unknown_terms(zones, index, load_words()))
    return choose(found, excluded)


def term_label(value: str) -> str:
    """What a reader is shown for the value of a term; the value itself when the table lacks it."""
    term = load().terms.get(value)
    return term.label if term else value
