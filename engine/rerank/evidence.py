"""Where the syllables of a query stand in the candidates: all candidates at once, in arrays.

Hits are kept as columns: document (its index among the candidates), position (in the document), term or pair (its index in the query).
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.codes import MARK_BITS, Codes, Texts, code
from engine.rerank.model import HEAD, LEAST_HEADLINE, MEANT_SHARE, PAIR, PASSAGE, SHARP, UNASKED, RankTerm, Rerank, pair_weight
from engine.schema import FOLDED

K1 = 1.2
BUCKETS = 2048
"""A power of two: dimensions that syllables are hashed into."""
Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


class Candidates(NamedTuple):
    """Candidates one after the other: the codes, and where each document begins among them."""

    codes: Codes
    starts: Ints
    lengths: Ints
    titles: Ints
    buckets: Codes
    """Of each syllable its letters among BUCKETS."""

    @classmethod
    def of(cls, texts: Texts) -> Candidates:
        """From the candidates' codes."""
        buckets = (texts.codes >> np.uint32(MARK_BITS)) & np.uint32(BUCKETS - 1)
        return cls(texts.codes, np.cumsum(texts.lengths) - texts.lengths, texts.lengths, texts.titles, buckets)


class Hits(NamedTuple):
    """Occurrences of terms and of pairs of them: `term` is the index of what is sought or, behind all of these, of the pair."""

    document: Ints
    position: Ints
    term: Ints


class Sought(NamedTuple):
    """One way in which a term counts: its index, the field and key that tell how rare it is, the code that must agree or -1, its weight."""

    term: int
    field: str
    key: str
    exact: int
    weight: float


def _ways(at: int, term: RankTerm) -> list[Sought]:
    """A term typed with marks counts with these; another with any marks and, once more, with those that were probably meant."""
    part = 1.0 if term.typed else MEANT_SHARE
    ways = [Sought(at, "body", term.marked, code(term.marked), term.weight * part)]
    return ways if term.typed else [Sought(at, "body" + FOLDED, term.folded, -1, term.weight * (1 - part)), *ways]


class Wanted:
    """The distinct terms and pairs of a query as numbers."""

    def __init__(self, rerank: Rerank) -> None:
        terms = list(dict.fromkeys(rerank.terms))
        number = {term: at for at, term in enumerate(terms)}
        row = [number[term] for term in rerank.terms]
        self.terms = terms
        letters = np.array([code(term.marked) >> MARK_BITS for term in terms], dtype=np.int64)
        self.letters, self.group = np.unique(letters, return_inverse=True)
        self.sought = [way for at, term in enumerate(terms) for way in _ways(at, term)]
        joined = [(left, right) for left, right, follows in zip(row, row[1:], rerank.follows, strict=False) if follows]
        self.pairs = list(dict.fromkeys((int(self.group[left]), int(self.group[right])) for left, right in joined))
        weights = {(int(self.group[a]), int(self.group[b])): pair_weight(terms[a].weight, terms[b].weight) for a, b in joined}
        self.pair_weights = np.array([weights[pair] for pair in self.pairs])
        self.pair_keys = [f"{self._folded(left)}_{self._folded(right)}" for left, right in self.pairs]

    def _folded(self, group: int) -> str:
        return self.terms[int(np.flatnonzero(self.group == group)[0])].folded

    def hits(self, text: Candidates) -> Hits:
        """Occurrences of what is sought, and behind them those of the pairs whatever their marks."""
        likely = np.zeros(BUCKETS, np.bool_)
        likely[self.letters % BUCKETS] = True
        at = np.flatnonzero(likely.take(text.buckets))  # a table first: few syllables of an article are among those of a query
        codes = text.codes[at].astype(np.int64)
        letters = codes >> MARK_BITS
        near = np.minimum(np.searchsorted(self.letters, letters), len(self.letters) - 1)
        same = np.flatnonzero(self.letters[near] == letters)
        at, codes, group = at[same], codes[same], near[same]
        document = np.searchsorted(text.starts, at, side="right") - 1
        position = at - text.starts[document]
        found = [(group == self.group[one.term]) & ((codes == one.exact) | (one.exact < 0)) for one in self.sought]
        rows = [np.flatnonzero(one) for one in found]
        term = np.repeat(np.arange(len(rows)), [len(one) for one in rows])
        first, pair = self._pairs(document, position, group)
        order = np.concatenate([*rows, first])
        return Hits(document[order], position[order], np.concatenate([term, pair + len(rows)]))

    def _pairs(self, document: Ints, position: Ints, group: Ints) -> tuple[Ints, Ints]:
        """Where a pair begins, as an index of what is given, and which one."""
        table = np.full((len(self.letters), len(self.letters)), -1, dtype=np.int64)
        for at, pair in enumerate(self.pairs):
            table[pair] = at
        beside = (position[1:] == position[:-1] + 1) & (document[1:] == document[:-1])
        number = table[group[:-1], group[1:]]
        kept = np.flatnonzero(beside & (number >= 0))
        return kept, number[kept]


def openings(hits: Hits, weights: Floats, lengths: Ints) -> Floats:
    """Saturated sum over the first syllables of each document, `lengths` of each, of as many terms as have weights."""
    inside = (hits.position < lengths[hits.document]) & (hits.term < len(weights))
    return _saturated(hits.document[inside], hits.term[inside], weights, len(lengths))


def passages(hits: Hits, weights: Floats, text: Candidates) -> tuple[Floats, Ints]:
    """Saturated sum over every passage of every document, and where the passages of each document begin."""
    stride = PASSAGE // 2
    counts = np.maximum(1, (text.lengths + stride - 1) // stride)
    first = np.cumsum(counts) - counts
    begun = hits.position // stride
    later = begun > 0
    where = first[hits.document] + begun
    rows = np.concatenate([where, where[later] - 1])
    return _saturated(rows, np.concatenate([hits.term, hits.term[later]]), weights, int(counts.sum())), first


def headlines(hits: Hits, weights: Floats, pairs: int, titles: Ints) -> Floats:
    """The sum of all `weights`, times how much the query is each document's title: 1 for the whole title, near 0 for one about the same.

    Likeness is that of the `pairs` neighbours of the query, the last of the weights, and those of the title (Tversky 1977): one that
    the title lacks counts whole, one that the query lacks only UNASKED, since titles are cut off at their end more often than changed.
    """
    count = len(titles)
    if pairs < LEAST_HEADLINE:
        return np.zeros(count)
    first = len(weights) - pairs
    inside = np.flatnonzero((hits.term >= first) & (hits.position + 1 < titles[hits.document]))
    both = np.zeros((count, pairs), np.bool_)
    both[hits.document[inside], hits.term[inside] - first] = True
    shared = both.sum(axis=1)
    likeness: Floats = shared / (pairs + UNASKED * np.maximum(titles - 1 - shared, 0))
    summed: Floats = weights.sum() * likeness**SHARP
    return summed


def _saturated(rows: Ints, terms: Ints, weights: Floats, count: int) -> Floats:
    """Sum over the terms of weight × tf (k1 + 1) / (tf + k1), in each of `count` rows."""
    width = len(weights)
    if not width or not len(rows):
        return np.zeros(count)
    frequency = np.bincount(rows * width + terms, minlength=count * width).reshape(count, width).astype(np.float64)
    summed: Floats = (frequency * (K1 + 1) / (frequency + K1)) @ weights
    return summed


def standing(text: Candidates, wanted: Wanted, idf: Floats, pair_idf: Floats) -> dict[str, Floats]:
    """For each document the evidence of its title (its words, and as a whole), head and best passage, from the idf of what is wanted."""
    hits = wanted.hits(text)
    single = idf * np.array([one.weight for one in wanted.sought])
    weights = np.concatenate([single, PAIR * pair_idf * wanted.pair_weights])
    passing, first = passages(hits, weights, text)
    return {
        "title": openings(hits, single, text.titles),
        "headline": headlines(hits, weights, len(pair_idf), text.titles),
        "head": openings(hits, weights, np.full(len(text.lengths), HEAD)),
        "passage": np.maximum.reduceat(passing, first),
    }
