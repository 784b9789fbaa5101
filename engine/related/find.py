"""Related articles: candidates of any engine, weighed by likeness of text, places and nearness in time.

score = FIRST × BM25 / best BM25 + LIKE × cosine + PLACE × shared places + NEAR × nearness in time

Places and dates are soft: an article without them loses nothing but that evidence.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import islice
from math import exp

from analyzers.analyzer import AnalyzedText
from analyzers.dates import PartialDate
from analyzers.places import Place
from engine.model import StoredDocument
from engine.port import Ranked, Snapshot
from engine.related.likeness import likeness
from engine.related.model import Related, RelatedDocument
from engine.related.plan import candidates_plan

CANDIDATES = 40
FIRST, LIKE, PLACE, NEAR = 0.2, 0.7, 0.05, 0.05
"""Fitted on clusters of Vietnamese news about one event each by ``python -m benchmarks.related``; they add up to 1."""
LEAST_LIKENESS = 0.05
"""Below, an article is not called related: of the judged ones nearly all stand above, of the others three in four below."""
FALL, SECOND = 0.75, 1
WEAK_LIKENESS, WEAK_SHARED = 0.07, 0.2
COPY_LIKENESS = 0.5
"""What is shown unasked ends where scores fall: below FALL of the second best that is not nearly the same text, an article has to be alike
itself. Of what is shown so, 91 and 65 % are related, instead of 76 and 44 % (``python -m benchmarks.related``); 1 % of the related go."""
EVENT_SHARED = 0.12
EVENT_DAYS = 3
"""One event is reported by texts that share so much (of judged reports of one event 99 % do), at most so many days apart, and about a
common place if both are about any."""
WEEK = 7.0
"""Days in which nearness in time falls to 1/e."""


def related(snapshot: Snapshot, analyze: Callable[[str], AnalyzedText], stored: StoredDocument, limit: int) -> Related:
    """The `limit` articles most related to `stored`, best first; fewer where there are no more."""
    plan = candidates_plan(stored, analyze, CANDIDATES)
    if not plan or limit < 1:
        return Related(stored, ())
    ranked, timed_out = (results := snapshot.search(plan)).ranked, results.timed_out
    if not ranked:
        return Related(stored, (), timed_out)
    alike = likeness(stored.document, [one.stored.document for one in ranked])
    best = max(one.score for one in ranked) or 1.0
    found = [
        _weighed(stored, one, float(cosine), float(shared), best)
        for one, cosine, shared in zip(ranked, alike.cosine, alike.shared, strict=True)
    ]
    found = [one for one in found if one.likeness >= LEAST_LIKENESS]
    found.sort(key=lambda one: (-one.score, one.stored.document.doc_id))
    return Related(stored, tuple(_without_copies(found)[:limit]), timed_out)


def telling(found: Related, limit: int) -> Related:
    """The first `limit` of `found` that stand out from the rest: what a reader is shown who asked for no number."""
    scores = [one.score for one in found.documents if one.likeness < COPY_LIKENESS]
    least = FALL * scores[SECOND] if len(scores) > SECOND else 0.0
    kept = (one for one in found.documents if one.score >= least or one.likeness >= WEAK_LIKENESS or one.shared >= WEAK_SHARED)
    return replace(found, documents=tuple(islice(kept, limit)))


def _without_copies(found: Sequence[RelatedDocument]) -> list[RelatedDocument]:
    """Of near-duplicates the best, with the number of the others."""
    clusters = Counter(one.stored.cluster for one in found if one.stored.cluster)
    kept: dict[int | str, RelatedDocument] = {}
    for one in found:
        kept.setdefault(one.stored.cluster or one.stored.document.doc_id, one)
    return [replace(one, similar=max(0, clusters[one.stored.cluster] - 1)) for one in kept.values()]


def _weighed(stored: StoredDocument, ranked: Ranked, cosine: float, shared: float, best: float) -> RelatedDocument:
    other = ranked.stored
    places, share = _shared_places(stored.places, other.places)
    days = days_between(stored.document.published, other.document.published)
    near = exp(-days / WEEK) if days is not None else 0.0
    mine = {term.value for term in stored.terms}
    return RelatedDocument(
        stored=other,
        score=FIRST * ranked.score / best + LIKE * cosine + PLACE * share + NEAR * near,
        likeness=cosine,
        shared=shared,
        terms=tuple(term.label for term in other.terms if term.value in mine),
        places=places,
        days=days,
        same_event=_same_event(stored, other, shared, days, bool(places)),
    )


def _shared_places(one: tuple[Place, ...], other: tuple[Place, ...]) -> tuple[tuple[str, ...], float]:
    """Labels of the places both articles are about, and how large a part of the fewer they are; one inside the other counts half."""
    mine = {place.path: place.label for place in one if place.role != "mentioned"}
    its = {place.path for place in other if place.role != "mentioned"}
    if not mine or not its:
        return (), 0.0
    both = [path for path in mine if path in its]
    inside = [path for path in mine if path not in its and any(_inside(path, b) or _inside(b, path) for b in its)]
    return tuple(mine[path] for path in both), min(1.0, (len(both) + len(inside) / 2) / min(len(mine), len(its)))


def _inside(path: str, other: str) -> bool:
    return path.startswith(other + "/")


def days_between(one: PartialDate | None, other: PartialDate | None) -> int | None:
    """Fewest days between two dates as far as they are known; None where one is not."""
    if one is None or other is None:
        return None
    return max(0, (other.first_day - one.last_day).days, (one.first_day - other.last_day).days)


def _same_event(stored: StoredDocument, other: StoredDocument, shared: float, days: int | None, common: bool) -> bool:
    """Whether both report one event; without both days nothing is said."""
    dates = (stored.document.published, other.document.published)
    if any(date is None or date.precision != "day" for date in dates) or days is None or days > EVENT_DAYS:
        return False
    placed = all(any(place.role != "mentioned" for place in one.places) for one in (stored, other))
    return shared >= EVENT_SHARED and (common or not placed)
