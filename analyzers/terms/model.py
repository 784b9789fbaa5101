"""The values of this room, and what counts how much."""

from __future__ import annotations

from typing import NamedTuple

TERMS_VERSION = 2
"""Raise when the same article could get other terms. History. 1: repeated runs of words. 2: a table of terms."""

MAX_TERMS = 8
ENOUGH_TERMS = 1
"""A term of the hand-written list that an article names only once is taken while it has fewer terms than this: what is mentioned in
passing is a poor label, but better than none."""
ZONE_WEIGHTS = (3, 2, 1)
"""Evidence of one occurrence in title, lead and body."""
EARLY = 60
"""Where an article has no lead, the first so many syllables of its body stand for it: the length of a usual lead."""


class KeyTerm(NamedTuple):
    """`value` is the same for every spelling of the term (its marked keys), `label` what a reader is shown, larger `score` is better."""

    value: str
    label: str
    score: float


class Entry(NamedTuple):
    """A term of the table.

    `documents` counts articles of the corpus that hold it; `termhood`, from 1 to 9, says how surely it names a subject;
    `local` marks the hand-written terms of local government. `others` are other ways of writing it.
    """

    label: str
    documents: int
    termhood: int
    local: bool = False
    others: tuple[str, ...] = ()
