"""What the second stage is asked for."""

from __future__ import annotations

from dataclasses import dataclass

DEPTH = 50
"""Candidates of the first stage that are looked at again."""


@dataclass(frozen=True, slots=True)
class RankTerm:
    """A syllable of a query by its marked key; `typed` with marks, only the same marks count. `weight` multiplies its idf.

    Not `typed`, any marks count, and those of `marked`, which were probably meant, for MEANT_SHARE more.
    """

    marked: str
    folded: str
    typed: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class RerankWeights:
    """How much each kind of evidence adds to the score of the first stage; fitted by ``python -m benchmarks.fit_ranking``.

    `title`: BM25 without length of the title. `headline`: how much the query is the title itself. `head`: BM25 of the first HEAD
    syllables (title, lead, opening). `passage`: of the best PASSAGE syllables in a row. `kin`: mean over the candidates of likeness
    × score, the best counting most.
    """

    title: float
    headline: float
    head: float
    passage: float
    kin: float


STATEMENT = RerankWeights(title=0.2, headline=2.0, head=0.3, passage=0.25, kin=0.8)
"""For what names a subject: many articles may be about it, and news says it at the start."""
QUESTION = RerankWeights(title=0.0, headline=2.0, head=0.2, passage=1.5, kin=0.1)
"""For a question: one passage answers it, wherever it stands."""
HEAD = 80
"""Syllables of a head."""
PASSAGE = 40
"""Syllables of a passage; one begins at every half of this."""
PAIR = 0.5
"""Weight of neighbouring syllables beside single ones, as in the first stage."""
LEAST_HEADLINE = 3
"""Neighbouring syllables of a query, each with the next one, from which it may be the title of an article."""
UNASKED, SHARP = 0.25, 6
"""Of neighbours that a title has beyond those of the query, what each counts; and the power of their likeness."""
MEANT_SHARE = 0.5
"""Of a syllable typed without marks, the part of its score that only the spelling which was probably meant earns."""
LEADING = 20
"""Power of a candidate's share of the best score that it counts with when the others are compared with it."""


def pair_weight(left: float, right: float) -> float:
    """The part of its score that a pair keeps, from those of its syllables: *vì sao* asks, but *giá sao* still stands together."""
    return (left + right) / 2


@dataclass(frozen=True, slots=True)
class Rerank:
    """The wanted syllables of a query in their order; ``follows[i]`` tells that term ``i + 1`` stands right behind term ``i``."""

    terms: tuple[RankTerm, ...]
    follows: tuple[bool, ...]
    weights: RerankWeights = STATEMENT
