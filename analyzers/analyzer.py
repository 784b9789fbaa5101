"""The analyzer: one object that turns text into everything indexing, querying and highlighting need."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

import numpy as np

from analyzers.batch import AnalyzedText, Batch, Syllables
from analyzers.segmentation import DEFAULT, Segmenter, get_segmenter
from analyzers.syllables import Indices
from analyzers.text import nfc

__all__ = ["KEYS_VERSION", "AnalyzedText", "Analyzer"]

KEYS_VERSION = 2
"""Raise when tokens or keys of the same text change: indexes built before must then be rebuilt."""


class Analyzer:
    """Syllables with their keys, and multi-syllable words from a segmenter chosen by name."""

    def __init__(self, segmenter: str | Segmenter = DEFAULT) -> None:
        self.segmenter = get_segmenter(segmenter) if isinstance(segmenter, str) else segmenter

    @property
    def fingerprint(self) -> str:
        """Short digest that changes whenever the same text could give other tokens."""
        material = f"keys={KEYS_VERSION};segmenter={self.segmenter.fingerprint}"
        return hashlib.blake2b(material.encode(), digest_size=8).hexdigest()

    def analyze(self, text: str) -> AnalyzedText:
        """Analyze `text` (any str; NFC is applied first)."""
        return self.analyze_all([text])[0]

    def analyze_all(self, texts: Sequence[str]) -> list[AnalyzedText]:
        """Analyze several texts, such as the zones of an article, for the cost of one."""
        return self.batch(texts).texts()

    def batch(self, texts: Sequence[str]) -> Batch:
        """Analyze several texts, such as those of many articles, and keep the arrays that finders work on."""
        texts = [*map(nfc, texts)]
        syllables = Syllables.of(texts)
        return Batch(texts, syllables, *self._words("\n".join(texts), syllables.starts, syllables.ends))

    def _words(self, text: str, starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
        """Map the segmenter's words to ranges of syllables; a word that cuts a syllable is left out.

        Lines are segmented on their own: a paragraph must not change the reading of the next.
        """
        segments = self.segmenter.segment(text.split("\n"))
        joins = segments.joins
        # A word of several tokens begins where a token does not join and the next one does.
        heads = (joins[1:] > joins[:-1]).nonzero()[0]
        if len(heads) == 0 or len(starts) == 0:  # tokens that are no syllables can join too: two control characters do
            return heads[:0], heads[:0]
        tails = (joins[:-1] > joins[1:]).nonzero()[0]
        if len(tails) < len(heads):
            tails = np.append(tails, len(joins) - 1)
        begins, stops = segments.starts.take(heads), segments.ends.take(tails)
        first = np.minimum(starts.searchsorted(begins), len(starts) - 1)
        last = np.minimum(ends.searchsorted(stops), len(ends) - 1)
        whole = (starts.take(first) == begins) & (ends.take(last) == stops) & (last > first)
        return first[whole], last[whole] + 1
