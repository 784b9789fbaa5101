"""From counted terms to the few that an article is listed under, each with a reason that can be read.

score = frequency x idf x termhood, with frequency = e / (e + `HALF`) for evidence e: three mentions say more than two, thirty
hardly more than twenty. A longer term explains a shorter one inside it; a longer one too weak to stand lends its evidence to
the shorter. Nothing else decides.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from functools import lru_cache
from typing import NamedTuple

from analyzers.terms.index import Term
from analyzers.terms.model import ENOUGH_TERMS, MAX_TERMS, KeyTerm

HALF = 4
"""Evidence at which frequency reaches one half."""
LEAST_EVIDENCE = 2
"""One mention in the lead, or two anywhere."""
LEAST_SCORE = 0.07

KEPT, PLACE, ONCE, WEAK, CROWDED = "kept", "names a place of the article", "named once", "too weak", "others are stronger"
INSIDE = "explained by: "


class Fate(NamedTuple):
    """Why a term is kept or not. `found` is its evidence, with what longer terms lent it."""

    why: str
    found: int
    score: float


def frequency(found: int) -> float:
    """Between 0 and 1."""
    return found / (found + HALF)


def score(term: Term, found: int) -> float:
    return round(frequency(found) * term.idf * term.termhood, 4)


def choose(found: Mapping[Term, int], excluded: Container[str] = ()) -> tuple[KeyTerm, ...]:
    """At most MAX_TERMS terms, best first; of equal ones that which more articles hold, then in the order of their values."""
    strength = _with_loans({term.value: count for term, count in found.items()})
    # The others, more than half, are named once, which only terms of the hand-written list can make up for.
    likely = [term for term in found if strength[term.value] >= LEAST_EVIDENCE or term.local]
    judged = _judged(likely, strength, excluded)
    return tuple([KeyTerm(term.value, term.label, fate.score) for term, fate in judged if fate.why == KEPT])


def fates(found: Mapping[Term, int], excluded: Container[str] = ()) -> dict[Term, Fate]:
    """What becomes of every term of an article, best first."""
    return dict(_judged(found, _with_loans({term.value: count for term, count in found.items()}), excluded))


def _judged(terms: Iterable[Term], strength: Mapping[str, int], excluded: Container[str]) -> list[tuple[Term, Fate]]:
    """Judge these of an article's terms, best first; `strength` is that of all of them."""
    explained = _explained(strength)
    scored = sorted([(-score(term, strength[term.value]), -term.documents, term.value, term) for term in terms])
    judged: list[tuple[Term, Fate]] = []
    kept = 0
    once: list[int] = []
    for negative, _, value, term in scored:
        strong = strength[value]
        why = KEPT
        if value in excluded:
            why = PLACE
        elif value in explained:
            why = INSIDE + explained[value]
        elif strong < LEAST_EVIDENCE:
            why = ONCE
            once.append(len(judged))
        elif -negative < LEAST_SCORE:
            why = WEAK
        elif kept == MAX_TERMS:
            why = CROWDED
        kept += why == KEPT
        judged.append((term, Fate(why, strong, -negative)))
    for number in once:
        term, fate = judged[number]
        if kept < ENOUGH_TERMS and term.local and fate.score >= LEAST_SCORE:
            judged[number] = term, fate._replace(why=KEPT)
            kept += 1
    return judged


def _with_loans(found: dict[str, int]) -> dict[str, int]:
    """A longer term too weak to stand counts as its parts that stand elsewhere in the article too."""
    lent = dict(found)
    for value, count in found.items():
        if count < LEAST_EVIDENCE:
            for part in parts(value):
                if part in lent:
                    lent[part] += count
    return lent


def _explained(strength: Mapping[str, int]) -> dict[str, str]:
    """Terms inside a longer one that is at least as strong, with the longer one."""
    explained: dict[str, str] = {}
    for value, strong in strength.items():
        if strong >= LEAST_EVIDENCE:
            for part in parts(value):
                if strength.get(part, strong + 1) <= strong:
                    explained.setdefault(part, value)
    return explained


@lru_cache(1 << 14)
def parts(value: str) -> tuple[str, ...]:
    """Runs of two syllables or more inside `value`, itself left out."""
    keys = value.split(" ")
    return tuple(
        " ".join(keys[first:last]) for first in range(len(keys)) for last in range(first + 2, len(keys) + 1) if last - first < len(keys)
    )
