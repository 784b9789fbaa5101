"""What analysis makes of texts: one text as lists of syllables, and several as one set of arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from analyzers.syllables import Indices, cut
from analyzers.text import Token
from analyzers.vocabulary import Numbers, Vocabulary, vocabulary

Bools = NDArray[np.bool_]


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


@dataclass(frozen=True, slots=True)
class Syllables:
    r"""The syllables of several texts laid end to end, as arrays; offsets are code points of ``"\n".join(texts)``.

    `forms` are the numbers of the surface forms in `vocabulary`; `spaced` is True where a single blank goes before.
    Text k has the syllables from ``bounds[k]`` up to ``bounds[k + 1]`` and begins at ``offsets[k]``.
    """

    starts: Indices
    ends: Indices
    forms: Numbers
    spaced: Bools
    bounds: Indices
    offsets: Indices
    vocabulary: Vocabulary

    @classmethod
    def of(cls, texts: Sequence[str]) -> Syllables:
        """Cut NFC texts."""
        found = cut("\n".join(texts))
        sizes = np.fromiter(map(len, texts), np.intp, len(texts)) + 1
        offsets = np.append(0, sizes.cumsum())
        shared = vocabulary()
        numbers = shared.number(found.surfaces)
        return cls(found.starts, found.ends, numbers, found.spaced, found.starts.searchsorted(offsets), offsets[:-1], shared)

    def __len__(self) -> int:
        return len(self.forms)

    def counts(self) -> Indices:
        """Return the number of syllables of each text."""
        return np.diff(self.bounds)


@dataclass(frozen=True, slots=True)
class Batch:
    """Analysed texts beside their `syllables`; `inside` is True where a syllable stands in a word, but not at its beginning."""

    texts: list[AnalyzedText]
    syllables: Syllables
    inside: Bools

    @classmethod
    def made(cls, texts: Sequence[str], syllables: Syllables, first: Indices, last: Indices) -> Batch:
        """Put NFC texts, their syllables and their words, half-open ranges of syllables in order, together."""
        bounds, counts = syllables.bounds, syllables.counts()
        offsets = syllables.offsets.repeat(counts)
        starts, ends = (syllables.starts - offsets).tolist(), (syllables.ends - offsets).tolist()
        marked, folded = syllables.vocabulary.marked(syllables.forms), syllables.vocabulary.folded(syllables.forms)
        cuts = first.searchsorted(bounds)
        origin = bounds[:-1].repeat(np.diff(cuts))
        words = [*zip((first - origin).tolist(), (last - origin).tolist(), strict=True)]
        analyzed = [
            AnalyzedText(text, starts[low:high], ends[low:high], marked[low:high], folded[low:high], words[left:right])
            for text, (low, high), (left, right) in zip(texts, pairwise(bounds.tolist()), pairwise(cuts.tolist()), strict=True)
        ]
        return cls(analyzed, syllables, _inside(len(syllables), first, last))

    @classmethod
    def of(cls, texts: Sequence[AnalyzedText]) -> Batch:
        """Put texts that were analysed one by one together."""
        syllables = Syllables.of([text.text for text in texts])
        low = syllables.bounds.tolist()
        ranges = [(first + start, last + start) for start, text in zip(low, texts, strict=False) for first, last in text.words]
        first, last = np.array(ranges, np.intp).reshape(-1, 2).T
        return cls([*texts], syllables, _inside(len(syllables), first, last))

    def split(self, positions: Indices) -> list[slice]:
        """Return for each text the part of `positions`, increasing indices of syllables, that lies in it."""
        cuts = positions.searchsorted(self.syllables.bounds).tolist()
        return [slice(*part) for part in pairwise(cuts)]

    def within(self, positions: Indices) -> list[int]:
        """Return increasing indices of syllables as counted in the text they stand in."""
        bounds = self.syllables.bounds
        return (positions - bounds.take(bounds.searchsorted(positions, "right") - 1)).tolist()


def _inside(size: int, first: Indices, last: Indices) -> Bools:
    steps = np.zeros(size + 1, np.int8)
    steps[first + 1] = 1
    steps[last] -= 1
    return steps[:-1].cumsum(dtype=np.int8).astype(np.bool_)
