"""The analyzer: one object that turns text into everything indexing, querying and highlighting need."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from analyzers.keys import folded_key, marked_key
from analyzers.segmentation import DEFAULT, Segmenter, get_segmenter
from analyzers.syllables import Indices, columns
from analyzers.text import Token, nfc

KEYS_VERSION = 2
"""Raise when tokens or keys of the same text change: indexes built before must then be rebuilt."""

REMEMBERED = 1 << 17
"""Surface forms whose keys are kept; news has some 100,000."""


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
        return self.analyze_all([text])[0]

    def analyze_all(self, texts: Sequence[str]) -> list[AnalyzedText]:
        """Analyze several texts, such as the zones of an article, for the cost of one."""
        texts = [nfc(text) for text in texts]
        joined = "\n".join(texts)
        starts, ends = columns(joined)
        surfaces = [joined[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
        marked, folded = [*map(_MARKED.__getitem__, surfaces)], [*map(_FOLDED.__getitem__, surfaces)]
        first, last = self._words(joined, starts, ends)
        found, offset = [], 0
        for text in texts:
            low, high = starts.searchsorted([offset, offset + len(text) + 1]).tolist()
            words = slice(*first.searchsorted([low, high]).tolist())
            found.append(
                AnalyzedText(
                    text,
                    (starts[low:high] - offset).tolist(),
                    (ends[low:high] - offset).tolist(),
                    marked[low:high],
                    folded[low:high],
                    [*zip((first[words] - low).tolist(), (last[words] - low).tolist(), strict=True)],
                )
            )
            offset += len(text) + 1
        return found

    def _words(self, text: str, starts: Indices, ends: Indices) -> tuple[Indices, Indices]:
        """Map the segmenter's words to ranges of syllables; a word that cuts a syllable is left out.

        Lines are segmented on their own: a paragraph must not change the reading of the next.
        """
        segments = self.segmenter.segment(text.split("\n"))
        joins = segments.joins
        # A word of several tokens begins where a token does not join and the next one does.
        heads = (joins[1:] > joins[:-1]).nonzero()[0]
        if len(heads) == 0 or len(starts) == 0:
            return heads, heads
        tails = (joins[:-1] > joins[1:]).nonzero()[0]
        if len(tails) < len(heads):
            tails = np.append(tails, len(joins) - 1)
        begins, stops = segments.starts.take(heads), segments.ends.take(tails)
        first = np.minimum(starts.searchsorted(begins), len(starts) - 1)
        last = np.minimum(ends.searchsorted(stops), len(ends) - 1)
        whole = (starts.take(first) == begins) & (ends.take(last) == stops) & (last > first)
        return first[whole], last[whole] + 1


class _Keys(dict[str, str]):
    """Surface form -> key, computed once; forgotten when full, so that junk cannot eat the memory."""

    def __init__(self, key: Callable[[str], str]) -> None:
        self._key = key

    def __missing__(self, surface: str) -> str:
        if len(self) >= REMEMBERED:
            self.clear()
        key = self[surface] = self._key(surface)
        return key


_MARKED, _FOLDED = _Keys(marked_key), _Keys(folded_key)
