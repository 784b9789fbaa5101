"""The analyzer: one object that turns text into everything indexing, querying and highlighting need."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from analyzers.keys import folded_key, marked_key
from analyzers.segmentation import DEFAULT, Segmenter, get_segmenter
from analyzers.syllables import spans
from analyzers.text import Token, nfc

KEYS_VERSION = 2
"""Raise when tokens or keys of the same text change: indexes built before must then be rebuilt."""


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """Columns, one entry a syllable: ``text[starts[i]:ends[i]]`` is the surface form of syllable ``i``.

    `words` holds the multi-syllable words as half-open ranges of syllable indices.
    """

    text: str
    starts: list[int]
    ends: list[int]
    marked: list[str]
    folded: list[str]
    words: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.starts)

    def tokens(self) -> Iterator[Token]:
        """Yield the syllables as tokens."""
        for position, (start, end) in enumerate(zip(self.starts, self.ends, strict=True)):
            yield Token(self.text[start:end], start, end, position)


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
        text = nfc(text)
        found = spans(text)
        starts = [start for start, _ in found]
        ends = [end for _, end in found]
        surfaces = [text[start:end] for start, end in found]
        return AnalyzedText(
            text,
            starts,
            ends,
            [marked_key(surface) for surface in surfaces],
            [folded_key(surface) for surface in surfaces],
            self._words(text, starts, ends),
        )

    def _words(self, text: str, starts: list[int], ends: list[int]) -> list[tuple[int, int]]:
        """Map the segmenter's words to ranges of syllables; a word that cuts a syllable is left out.

        Lines are segmented on their own: a paragraph must not change the reading of the next.
        """
        first = {start: i for i, start in enumerate(starts)}
        last = {end: i + 1 for i, end in enumerate(ends)}
        segments = self.segmenter.segment(text.split("\n"))
        heads = np.flatnonzero(~segments.joins)
        sizes = np.diff(np.append(heads, len(segments.joins)))
        several = sizes > 1
        begins = segments.starts[heads[several]].tolist()
        stops = segments.ends[(heads + sizes - 1)[several]].tolist()
        return [
            (first[begin], last[stop])
            for begin, stop in zip(begins, stops, strict=True)
            if begin in first and stop in last and last[stop] - first[begin] > 1
        ]
