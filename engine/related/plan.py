"""The plan that finds candidates: what an article says often, in its title, and as key terms, in any document."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from math import sqrt

from analyzers.analyzer import AnalyzedText
from engine.model import Document, StoredDocument
from engine.plan import AllOf, AnyOf, Plan, PlanNode, TermNode
from engine.schema import FOLDED, PAIRS, pairs

MOST_PAIRS = 48
"""Pairs of syllables asked for; twice as many find hardly more and take twice the time."""
READ_CHARS = 3000
"""Code points of a body that are read: news says first what it is about."""
TITLE, LEAD, TERM = 3.0, 2.0, 2.0
"""How often a pair counts that stands in the title, the lead, a key term, against once in the body."""
SYLLABLE_WEIGHT = 0.5
"""Weight of a syllable of the title anywhere in the text; it still counts where the neighbours differ."""

Analyze = Callable[[str], AnalyzedText]


def candidates_plan(stored: StoredDocument, analyze: Analyze, limit: int) -> Plan | None:
    """The best `limit` other documents by BM25 of the article's telling pairs; None for an article that says nothing."""
    document = stored.document
    counted = telling_pairs(stored, analyze)
    best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))[:MOST_PAIRS]
    nodes: list[PlanNode] = [TermNode(PAIRS, pair, sqrt(weight)) for pair, weight in best]
    for key in dict.fromkeys(analyze(document.title).folded):
        nodes.append(TermNode("title" + FOLDED, key, SYLLABLE_WEIGHT))
        nodes.append(TermNode("body" + FOLDED, key, SYLLABLE_WEIGHT))
    if not nodes:
        return None
    return Plan(AllOf(must=(AnyOf(tuple(nodes)),), must_not=(TermNode("doc_id", document.doc_id, 0.0),)), limit=limit)


def telling_pairs(stored: StoredDocument, analyze: Analyze) -> dict[str, float]:
    """How much each pair of neighbouring folded syllables says about the article; one inside a word counts twice."""
    found: defaultdict[str, float] = defaultdict(float)
    for text, weight in _weighed(stored):
        analyzed = analyze(text)
        for pair in (*pairs(list(analyzed.folded)), *_within_words(analyzed)):
            found[pair] += weight
    return found


def _weighed(stored: StoredDocument) -> Iterable[tuple[str, float]]:
    document: Document = stored.document
    yield document.title, TITLE
    yield document.lead, LEAD
    yield document.body[:READ_CHARS], 1.0
    for term in stored.terms:
        yield term.label, TERM


def _within_words(analyzed: AnalyzedText) -> Iterable[str]:
    for first, last in analyzed.words:
        yield from pairs(list(analyzed.folded[first:last]))


__all__ = ["Analyze", "candidates_plan", "telling_pairs"]
