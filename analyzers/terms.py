"""Key terms: the multi-syllable words and phrases that characterise an article.

Candidates are segmented words of two syllables or more, and runs of neighbouring words that recur in the
same article (``thu ngân sách`` = ``thu`` + ``ngân sách``). The score is frequency × length, title and lead
counting more: explainable, and the same on every run.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText

TERMS_VERSION = 1
MAX_TERMS = 10
MAX_SYLLABLES = 5
ZONE_WEIGHTS = (3.0, 2.0, 1.0)
"""A term in the title counts three times, in the lead twice."""
_GAP = " -"


class KeyTerm(NamedTuple):
    """`value` is the marked key of the term, `label` what a reader is shown, `score` larger is better."""

    value: str
    label: str
    score: float


@lru_cache(1)
def function_words() -> frozenset[str]:
    """Words that hold sentences together or any report contains: they say nothing about this one."""
    text = files("analyzers.data").joinpath("function_words.txt").read_text(encoding="utf-8")
    return frozenset(line.strip() for line in text.splitlines() if line.strip() and not line.startswith("#"))


def key_terms(zones: Sequence[AnalyzedText], excluded: frozenset[str] = frozenset()) -> tuple[KeyTerm, ...]:
    """Return at most MAX_TERMS key terms of an article given as (title, lead, body), best first.

    `excluded` holds marked keys that are no terms here, such as the names of the article's places.
    """
    scores: dict[str, float] = {}
    seen: dict[str, int] = {}
    for zone, weight in zip(zones, ZONE_WEIGHTS, strict=True):
        for first, last in _candidates(zone):
            value = " ".join(zone.marked[first:last])
            scores[value] = scores.get(value, 0.0) + weight * (last - first)
            seen[value] = seen.get(value, 0) + 1
    skip = function_words() | excluded
    kept = {value: score for value, score in scores.items() if value not in skip and seen[value] > 1}
    maximal = _without_parts(kept, seen)
    best = sorted(maximal.items(), key=lambda item: (-item[1], item[0]))[:MAX_TERMS]
    return tuple(KeyTerm(value, value, score) for value, score in best)


def _candidates(zone: AnalyzedText) -> list[tuple[int, int]]:
    """Ranges of syllables: every common-noun word, and runs of words that start or end with one."""
    found = []
    words = [word for word in zone.words if _is_common(zone, word)]
    starts = dict(words)
    function = function_words()
    for first, last in words:
        found.append((first, last))
        before, after = first - 1, last
        if before >= 0 and _joined(zone, before) and zone.marked[before] not in function and _lower(zone, before):
            found.append((before, last))
        if after < len(zone) and _joined(zone, last - 1):
            end = starts.get(after, after + 1)
            if end - first <= MAX_SYLLABLES and zone.marked[end - 1] not in function and _lower(zone, after):
                found.append((first, end))
    return found


def _is_common(zone: AnalyzedText, word: tuple[int, int]) -> bool:
    first, last = word
    return last - first <= MAX_SYLLABLES and all(zone.text[zone.starts[i]].isalpha() for i in range(first, last)) and _lower(zone, last - 1)


def _lower(zone: AnalyzedText, at: int) -> bool:
    return zone.text[zone.starts[at]].islower()


def _joined(zone: AnalyzedText, at: int) -> bool:
    """Nothing but a space or hyphen stands between syllable `at` and the next."""
    return zone.text[zone.ends[at] : zone.starts[at + 1]] in _GAP


def _without_parts(scores: dict[str, float], seen: dict[str, int]) -> dict[str, float]:
    """Drop a term that occurs (nearly) only inside a longer kept one."""
    inside: dict[str, int] = {}
    for value in scores:
        syllables = value.split()
        for size in range(1, len(syllables)):
            for start in range(len(syllables) - size + 1):
                part = " ".join(syllables[start : start + size])
                inside[part] = max(inside.get(part, 0), seen[value])
    return {value: score for value, score in scores.items() if inside.get(value, 0) < 0.7 * seen[value]}
