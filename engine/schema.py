"""Fields of the index: what is written for each document, and how much each counts.

Text fields hold analyzer output joined by single spaces, so that every back-end, whatever its own
tokenizer, sees exactly the same tokens at the same positions.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from itertools import pairwise

from analyzers.analyzer import AnalyzedText
from analyzers.places import Place
from analyzers.units import units
from engine.model import UNKNOWN, AnalyzedDocument, Document, Term

SCHEMA_VERSION = 3
"""History.

1: zones title, lead, body; marked and folded syllables; folded pairs; facets place, date, term, source.
2: units (numbers, dates, document numbers …) of all zones.
3: keywords place_now (paths of today's units) and mention (paths of every place named).
"""

ZONES = ("title", "lead", "body")
FOLDED = "_folded"
PAIRS = "pairs"
UNITS = "units"
TEXT_FIELDS = (*ZONES, *(zone + FOLDED for zone in ZONES), PAIRS, UNITS)
"""``title`` holds marked keys, ``title_folded`` the same syllables without marks, ``pairs`` adjacent folded syllables of all
zones, ``units`` the keys of `analyzers.units` of all zones."""
POSITION_FIELDS = frozenset(TEXT_FIELDS) - {PAIRS, UNITS}
"""Fields that answer phrases."""
KEYWORD_FIELDS = ("doc_id", "place", "place_now", "mention", "date", "term", "source")
"""Fields of whole values; all but ``doc_id`` may hold several a document."""
NUMBER_FIELDS = ("first_day", "last_day", "newest", "oldest", "cluster")
"""Unsigned 63-bit: proleptic ordinals of the days a date can mean (0: unknown), total orders for sorting, and a number that
near-duplicates share and nobody else has."""

PAIR_JOINT = "_"
_HASH_BITS = 40
_LAST_ORDINAL = (1 << 22) - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts in the sum of BM25 scores; calibrated by ``python -m benchmarks.ranking``."""

    title: float = 1.6
    lead: float = 1.2
    body: float = 1.0
    pair: float = 0.5
    unit: float = 1.0
    marked_share: float = 0.5
    """For a syllable typed without marks: the part of its score that only the same bare spelling earns."""

    def zone(self, name: str) -> float:
        return {"title": self.title, "lead": self.lead, "body": self.body}[name]


def index_fields(zones: dict[str, AnalyzedText]) -> dict[str, str]:
    """Return the value of each of TEXT_FIELDS for analysed zones."""
    fields = {zone: " ".join(zones[zone].marked) for zone in ZONES}
    fields.update({zone + FOLDED: " ".join(zones[zone].folded) for zone in ZONES})
    fields[PAIRS] = " ".join(pair for zone in ZONES for pair in pairs(zones[zone].folded))
    fields[UNITS] = " ".join(key for zone in ZONES for unit in units(zones[zone].text) for key in unit.keys)
    return fields


def pairs(keys: list[str]) -> list[str]:
    """Adjacent pairs of folded keys, as single terms."""
    return [f"{left}{PAIR_JOINT}{right}" for left, right in pairwise(keys)]


def facet_values(document: Document, places: tuple[Place, ...], terms: tuple[Term, ...]) -> dict[str, tuple[str, ...]]:
    """Values a document counts under in each facet, ancestors included; UNKNOWN where it has none.

    Only places the article is about count; those merely mentioned do not.
    """
    about = [path for place in places if place.role != "mentioned" for path in place.paths]
    months = document.published.ancestors[:2] if document.published else ()
    return {
        "place": tuple(dict.fromkeys(about)) or (UNKNOWN,),
        "place_now": tuple(dict.fromkeys(path for place in places if place.role != "mentioned" for path in place.paths_now)),
        "mention": tuple(dict.fromkeys(path for place in places for path in place.paths)),
        "date": months or (UNKNOWN,),
        "term": tuple(dict.fromkeys(term.value for term in terms)),
        "source": (document.source or UNKNOWN,),
    }


def numbers(analyzed: AnalyzedDocument) -> dict[str, int]:
    """Return the value of each of NUMBER_FIELDS."""
    document = analyzed.document
    published = document.published
    first = published.first_day.toordinal() if published else 0
    last = published.last_day.toordinal() if published else 0
    tie = tie_breaker(document.doc_id)
    # Newest first: descending, unknown (0) last. Oldest first: ascending, unknown last.
    return {
        "first_day": first,
        "last_day": last,
        "newest": (last << _HASH_BITS) | tie,
        "oldest": ((first or _LAST_ORDINAL) << _HASH_BITS) | tie,
        "cluster": analyzed.cluster or tie,
    }


def tie_breaker(doc_id: str) -> int:
    """A fixed pseudo-random number of 40 bits: every engine orders equal documents the same way."""
    return int.from_bytes(blake2b(doc_id.encode(), digest_size=_HASH_BITS // 8).digest())


def analyzed_document(
    document: Document, zones: dict[str, AnalyzedText], places: tuple[Place, ...], terms: tuple[Term, ...]
) -> AnalyzedDocument:
    """Put a document and its analysis into the shape every back-end takes."""
    return AnalyzedDocument(document, index_fields(zones), facet_values(document, places, terms), places, terms)


__all__ = [
    "FOLDED", "KEYWORD_FIELDS", "NUMBER_FIELDS", "PAIRS", "POSITION_FIELDS", "SCHEMA_VERSION", "TEXT_FIELDS",
    "UNITS", "ZONES",
    "Weights", "analyzed_document", "facet_values", "index_fields", "numbers", "pairs", "tie_breaker",
]  # fmt: skip
