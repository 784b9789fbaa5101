"""The default segmenter: pyvi's model as table look-ups, with NumPy and nothing else.

Texts → chunks between white space (`chunks`) → the tokens of each as rows of numbers, most of them remembered
(`memory`, `syllabify`, `records`) → plus bonuses for known words (`lexicon`) → labels (`viterbi`) → minus what the
rules keep apart (`rules`). Every step handles all texts of a call at once. Texts with a decision too close to
trust the arithmetic are labelled again the slow way (`exact`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, TypeVar

import numpy as np

from analyzers.segmentation.base import Indices, Segmenter, Segments, require_nfc
from analyzers.segmentation.chunks import find_chunks
from analyzers.segmentation.exact import ExactTagger
from analyzers.segmentation.lexicon import Lexicon
from analyzers.segmentation.memory import ChunkMemory
from analyzers.segmentation.model import Model, load
from analyzers.segmentation.normal import nfc
from analyzers.segmentation.records import Records, Table, difference
from analyzers.segmentation.render import render
from analyzers.segmentation.syllabify import syllabify
from analyzers.segmentation.viterbi import Bools, Chain, Scores, decide

T = TypeVar("T")

BATCH = 100_000
"""Code points taken in one go: fewer cost more calls, larger arrays fall out of the processor's cache."""


class _Bonuses(NamedTuple):
    """Score differences of the tokens of a known word of two (`pair_…`), and of the ends of one of three."""

    pair_first: np.int32
    pair_second: np.int32
    triple_first: np.int32
    triple_third: np.int32

    @classmethod
    def of(cls, model: Model) -> _Bonuses:
        names = ("+1:word.bi_gram()", "-1:word.bi_gram()", "+2:word.tri_gram()", "-2:word.tri_gram()")
        return cls(*(np.int32(difference(model.weights(name))) for name in names))


class TableSegmenter(Segmenter):
    """See the module. Build one and share it: it holds some 15 MB of tables and remembers up to 25 MB of chunks."""

    name = "tables"

    def __init__(self, model: Model | None = None) -> None:
        self._model = model or load()
        self.fingerprint = self._model.fingerprint
        self._lexicon = Lexicon(self._model.bigrams, self._model.trigrams)
        self._memory = ChunkMemory(Records(self._model, self._lexicon))
        self._chain = Chain.of(self._model.transition)
        self._bonuses = _Bonuses.of(self._model)

    def segment(self, texts: Sequence[str]) -> Segments:
        require_nfc(texts)
        return self._segment(texts)

    def segment_many(self, articles: Iterable[Sequence[str]]) -> Iterator[Segments]:
        for batch in _batches(articles, lambda texts: sum(map(len, texts))):
            texts = [text for article in batch for text in article]
            require_nfc(texts)
            yield from _split(self._segment(texts), batch)

    def tokenize_many(self, texts: Iterable[str]) -> Iterator[str]:
        for batch in _batches(texts, len):
            normal = [*map(nfc, batch)]
            written = render(" ".join(normal), self._segment(normal))
            yield from (after or before for before, after in zip(batch, written, strict=True))

    @cached_property
    def _exact(self) -> ExactTagger:
        return ExactTagger(self._model)

    def _segment(self, texts: Sequence[str]) -> Segments:
        chunks = find_chunks(texts)
        table, owners = self._memory.tokens(chunks)
        bounds = owners.searchsorted(chunks.bounds)
        starts = chunks.starts.take(owners) + table["offset"]
        joins = self._joins(texts, table, bounds) if len(table) else np.zeros(0, np.bool_)
        return Segments(starts, starts + table["length"], joins, bounds)

    def _joins(self, texts: Sequence[str], table: Table, bounds: Indices) -> Bools:
        """Tell for each token whether it joins the one before it."""
        firsts = bounds[:-1][bounds[:-1] < bounds[1:]]
        inside, doubtful = decide(self._scores(table, firsts), firsts, self._chain)
        for k in {int(bounds.searchsorted(token, "right")) - 1 for token in doubtful}:
            inside[bounds[k] : bounds[k + 1]] = self._exact.labels(syllabify(texts[k]))
        inside[1:] &= (table["apart_before"][1:] & table["apart_after"][:-1]) == 0
        inside[firsts] = False
        return inside

    def _scores(self, table: Table, firsts: Indices) -> Scores:
        """Return the score difference of each token, I_W minus B_W, in UNITs."""
        scores = table["own"].copy()
        before, after, inner = table["before"], table["after"], firsts[1:]
        scores[1:] += before[:-1]
        scores[:-1] += after[1:]
        scores[inner] -= before[inner - 1]
        scores[inner - 1] -= after[inner]
        words, triples = self._lexicon.find(table, firsts)
        np.add(scores[:-1], self._bonuses.pair_first, out=scores[:-1], where=words)
        np.add(scores[1:], self._bonuses.pair_second, out=scores[1:], where=words)
        for first in triples:
            scores[first] += self._bonuses.triple_first
            scores[first + 2] += self._bonuses.triple_third
        return scores


def _batches(items: Iterable[T], size: Callable[[T], int]) -> Iterator[list[T]]:
    """Group `items` so that the sizes in each group add up to BATCH, or a little more."""
    batch: list[T] = []
    total = 0
    for item in items:
        batch.append(item)
        total += size(item)
        if total >= BATCH:
            yield batch
            batch, total = [], 0
    if batch:
        yield batch


def _split(segments: Segments, articles: Sequence[Sequence[str]]) -> Iterator[Segments]:
    """Take apart the segments of the texts of several articles."""
    text = offset = 0
    for article in articles:
        bounds = segments.bounds[text : text + len(article) + 1]
        tokens = slice(bounds[0], bounds[-1])
        starts, ends = segments.starts[tokens] - offset, segments.ends[tokens] - offset
        yield Segments(starts, ends, segments.joins[tokens], bounds - bounds[0])
        text += len(article)
        offset += sum(map(len, article)) + len(article)
