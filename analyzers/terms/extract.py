"""The door of this room: an article's texts in, its key terms out."""

from __future__ import annotations

from collections.abc import Container, Sequence
from functools import cache

from analyzers.batch import AnalyzedText, Batch
from analyzers.terms.choose import choose
from analyzers.terms.model import KeyTerm
from analyzers.terms.probe import Hits, Probe
from analyzers.terms.scan import evidence
from analyzers.terms.store import load, load_words
from analyzers.terms.unknown import unknown_terms


@cache
def _probe() -> Probe:
    return Probe(load())


def hits(batch: Batch) -> list[Hits]:
    """Where terms may stand in each text of a batch, for `key_terms`."""
    return _probe().hits(batch)


def key_terms(
    zones: Sequence[AnalyzedText], excluded: Container[str] = frozenset(), at: Sequence[Hits] | None = None
) -> tuple[KeyTerm, ...]:
    """Return at most MAX_TERMS key terms of an article given as (title, lead, body), best first.

    `excluded` holds values that are no terms here, such as the names of the article's places. `at` are the `hits` of the zones, where
    many articles were looked through at once.
    """
    index = load()
    at = hits(Batch.of(zones)) if at is None else at
    found = {index.terms[value]: count for value, count in evidence(zones, index, at).items()}
    found.update(unknown_terms(zones, index, load_words()))
    return choose(found, excluded)


def term_label(value: str) -> str:
    """What a reader is shown for the value of a term; the value itself when the table lacks it."""
    term = load().terms.get(value)
    return term.label if term else value
