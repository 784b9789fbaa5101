"""Fields of the index: what is written for each document, and how much each counts.

Text fields hold analyzer output joined by single spaces, so that every back-end, whatever its own
tokenizer, sees exactly the same tokens at the same positions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import pairwise

from analyzers.analyzer import AnalyzedText
from analyzers.dates import TextDates
from analyzers.places import Home, Place
from engine.model import NOTHING_TOLD, UNKNOWN, AnalyzedDocument, Document, Term
from engine.running import PAIR_JOINT, READ_AS, Running, running

SCHEMA_VERSION = 14
"""History.

1: zones title, lead, body; marked and folded syllables; folded pairs; facets place, date, term, source.
2: units (numbers, dates, document numbers …) of all zones.
3: keywords place_now (paths of today's units) and mention (paths of every place named).
4: readings (how pairs of syllables are spelt).
5: keywords place_old (the 63 provinces) and home (where the source reports from); place_now has its bucket of unknown ones.
6: keywords period and tenure (stretches of time reported on, terms of office); stored: event date, periods, encoding, rules.
7: number cluster (what near-duplicates share), keyword copy_of.
8: codes (the running text as numbers) beside each document.
9: tantivy keeps the values of facets as numbers too; near-duplicates are told from codes.
10: tantivy keeps documents and codes compressed with a dictionary of the index; pairs come once a document.
11: tantivy finds a document by its place in the order of age, and keeps the smallest value alone of a facet's nested ones as a number.
12: tantivy keeps texts packed by their codes.
13: keyword copied, of all near-duplicates but the founders.
14: number copy, which tells these from founders without looking for them.
"""

ZONES = ("title", "lead", "body")
FOLDED = "_folded"
PAIRS = "pairs"
UNITS = "units"
READINGS = "readings"
TEXT_FIELDS = (*ZONES, *(zone + FOLDED for zone in ZONES), PAIRS, UNITS, READINGS)
"""``title`` holds marked keys, ``title_folded`` the same syllables without marks, ``pairs`` adjacent folded syllables of all
zones, each once a document, ``units`` the keys of `analyzers.units` of all zones, ``readings`` how neighbours are spelt
(``ngan_sach=ngân_sách``)."""
POSITION_FIELDS = frozenset(TEXT_FIELDS) - {PAIRS, UNITS, READINGS}
"""Fields that answer phrases."""
CLUSTER, COPY_OF, COPIED, COPY = "cluster", "copy_of", "copied", "copy"
"""The cluster of near-duplicates a document belongs to, as a number; the same as a value, for all but its founder; and of these
that they are copies: one list of them, so that looking for copies reads little else; and that again as a number, 1, of others 0."""
IS_COPY = "1"
SPARSE_FIELDS = frozenset({COPY_OF, COPIED})
"""Fields that few documents have a value of."""
UNSCORED_FIELDS = frozenset({READINGS})
"""Fields that are looked up, never searched."""
ONCE_FIELDS = frozenset({READINGS, PAIRS})
"""Fields whose keys come once a document, so that no frequencies need be kept: those of pairs took 0.15 of the size of the text."""
_FACETS = ("place", "place_now", "place_old", "mention", "home", "date", "period", "tenure", "term", "source")
KEYWORD_FIELDS = ("doc_id", *_FACETS, COPY_OF, COPIED)
"""Fields of whole values; all but ``doc_id`` may hold several a document."""
DICTIONARIES = (*KEYWORD_FIELDS, READINGS)
"""Fields whose keys can be listed by their beginnings."""
SORT_FIELDS = ("newest", "oldest")
NUMBER_FIELDS = ("first_day", "last_day", *SORT_FIELDS, CLUSTER, COPY)
"""Unsigned 63-bit: proleptic ordinals of the days a date can mean (0: unknown), total orders for sorting, and a number that
near-duplicates share and nobody else has; beside it 1 for copies, 0 for others."""

_HASH_BITS = 40
_LAST_ORDINAL = (1 << 22) - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """How much each kind of evidence counts in the sum of BM25 scores; fitted by ``python -m benchmarks.fit_ranking``."""

    title: float = 1.6
    lead: float = 1.2
    body: float = 1.0
    sentence_title: float = 0.1
    sentence_lead: float = 0.5
    """The same for queries of several words: a headline rarely holds them all, and one that holds some says little."""
    pair: float = 0.5
    unit: float = 1.0
    marked_share: float = 0.5
    """For a syllable typed without marks: the part of its score that only the same bare spelling earns."""
    place: float = 24.0
    """For articles about a place that the query names, times the part of the query that names it (`engine.query.evidence.LEAST_SHARE` and
    more); `kin_share` of it where only the territory is the same today."""
    kin_share: float = 0.5
    name: float = 2.0
    """For neighbours within the name of a place, added to `pair`; not in questions, where the place is one detail of many."""
    date: float = 1.5
    """For articles published in the year or month that the query names."""
    span: float = 8.0
    """For articles published in the days, the month or the quarter that the query names, beside `date`."""
    fresh: float = 1.0
    """For each of `engine.query.evidence.FRESH_DAYS` that an article falls in, where newer ones are asked for: all together as for a
    place that is a fifth of the query, which moves results about and leaves what fits best in front. Chosen, not fitted: judgements
    know no day."""

    def of_sentence(self) -> Weights:
        """The weights for queries of several words."""
        return replace(self, title=self.sentence_title, lead=self.sentence_lead)

    def zone(self, name: str) -> float:
        return {"title": self.title, "lead": self.lead, "body": self.body}[name]


def index_fields(zones: dict[str, AnalyzedText]) -> dict[str, str]:
    """Return the value of each of TEXT_FIELDS for analysed zones of one batch."""
    return _fields(zones, running([[zones[zone] for zone in ZONES]])[0])


def _fields(zones: dict[str, AnalyzedText], text: Running) -> dict[str, str]:
    fields = {zone: " ".join(zones[zone].marked) for zone in ZONES}
    fields.update({zone + FOLDED: " ".join(zones[zone].folded) for zone in ZONES})
    fields[PAIRS] = text.pairs
    fields[UNITS] = text.units
    fields[READINGS] = text.readings
    return fields


def pairs(keys: list[str]) -> list[str]:
    """Adjacent pairs of folded keys, as single terms."""
    return [f"{left}{PAIR_JOINT}{right}" for left, right in pairwise(keys)]


def facet_values(
    document: Document,
    places: tuple[Place, ...],
    terms: tuple[Term, ...],
    home: Home | None = None,
    dates: TextDates = NOTHING_TOLD,
) -> dict[str, tuple[str, ...]]:
    """Values a document counts under in each facet, ancestors included, the smallest last; UNKNOWN where it has none.

    Only places the article is about count; those merely mentioned do not.
    """
    about = [place for place in places if place.role != "mentioned"]
    months = document.published.ancestors[:2] if document.published else ()
    return {
        "place": tuple(dict.fromkeys(path for place in about for path in place.paths)) or (UNKNOWN,),
        "place_now": tuple(dict.fromkeys(path for place in about for path in place.paths_now)) or (UNKNOWN,),
        "place_old": tuple(dict.fromkeys(path for place in about for path in place.old)) or (UNKNOWN,),
        "home": (home.origin, home.path) if home else (),
        "mention": tuple(dict.fromkeys(path for place in places for path in place.paths)),
        "date": months or (UNKNOWN,),
        "period": tuple(period.value for period in dates.periods),
        "tenure": tuple(term.value for term in dates.terms),
        "term": tuple(dict.fromkeys(term.value for term in terms)),
        "source": (document.source or UNKNOWN,),
        COPY_OF: (),
        COPIED: (),
    }


def numbers(analyzed: AnalyzedDocument, tie: int | None = None) -> dict[str, int]:
    """Return the value of each of NUMBER_FIELDS. `tie` is the `tie_breaker` of the document, where it is known."""
    document = analyzed.document
    published = document.published
    first = published.first_day.toordinal() if published else 0
    last = published.last_day.toordinal() if published else 0
    tie = tie_breaker(document.doc_id) if tie is None else tie
    # Newest first: descending, unknown (0) last. Oldest first: ascending, unknown last.
    return {
        "first_day": first,
        "last_day": last,
        "newest": (last << _HASH_BITS) | tie,
        "oldest": ((first or _LAST_ORDINAL) << _HASH_BITS) | tie,
        CLUSTER: analyzed.cluster or tie,
        COPY: int(bool(analyzed.facets.get(COPIED))),
    }


def tie_breaker(doc_id: str) -> int:
    """A fixed pseudo-random number of 40 bits: every engine orders equal documents the same way."""
    return int.from_bytes(blake2b(doc_id.encode(), digest_size=_HASH_BITS // 8).digest())


def analyzed_document(
    document: Document,
    zones: dict[str, AnalyzedText],
    places: tuple[Place, ...],
    terms: tuple[Term, ...],
    home: Home | None = None,
    dates: TextDates = NOTHING_TOLD,
    text: Running | None = None,
    sketch: bytes = b"",
) -> AnalyzedDocument:
    """Put a document and its analysis into the shape every back-end takes. `text` is its running text, where that was worked out."""
    text = text or running([[zones[name] for name in ZONES]])[0]
    facets = facet_values(document, places, terms, home, dates)
    return AnalyzedDocument(document, _fields(zones, text), facets, places, terms, home, dates, sketch=sketch, codes=text.codes)


__all__ = [
    "DICTIONARIES", "FOLDED", "KEYWORD_FIELDS", "NUMBER_FIELDS", "ONCE_FIELDS", "PAIRS", "PAIR_JOINT", "POSITION_FIELDS", "READINGS",
    "READ_AS", "SCHEMA_VERSION", "SORT_FIELDS", "TEXT_FIELDS", "UNITS", "UNSCORED_FIELDS", "ZONES",
    "Weights", "analyzed_document", "facet_values", "index_fields", "numbers", "pairs", "tie_breaker",
]  # fmt: skip
