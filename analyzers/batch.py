"""What analysis makes of texts: one text as lists of syllables, and several as one set of arrays."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple, overload

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.chunks import code_points
from analyzers.syllables import Indices, columns
from analyzers.text import Token
from analyzers.vocabulary import Numbers, Vocabulary, vocabulary

Bools = NDArray[np.bool_]
_BLANK = ord(" ")


class Ranges(Sequence[tuple[int, int]]):
    """Half-open ranges in order; pairs are only made of those that are asked for."""

    __slots__ = ("_firsts", "_lasts")

    def __init__(self, firsts: Indices, lasts: Indices) -> None:
        self._firsts, self._lasts = firsts, lasts

    def __len__(self) -> int:
        return len(self._firsts)

    @overload
    def __getitem__(self, at: int) -> tuple[int, int]: ...

    @overload
    def __getitem__(self, at: slice) -> Ranges: ...

    def __getitem__(self, at: int | slice) -> tuple[int, int] | Ranges:
        if isinstance(at, slice):
            return Ranges(self._firsts[at], self._lasts[at])
        return int(self._firsts[at]), int(self._lasts[at])

    def __iter__(self) -> Iterator[tuple[int, int]]:
        return zip(self._firsts.tolist(), self._lasts.tolist(), strict=True)

    def __eq__(self, other: object) -> bool:
        return [*self] == [*other] if isinstance(other, Sequence) else NotImplemented

    def __repr__(self) -> str:
        return repr([*self])


class Numbered(NamedTuple):
    """The syllables of a text as arrays: `forms` are numbers in `vocabulary`, `inside` is that of `Batch`."""

    vocabulary: Vocabulary
    forms: Numbers
    inside: Bools


@dataclass(frozen=True, slots=True)
class AnalyzedText:
    """Columns, one entry a syllable: ``text[starts[i]:ends[i]]`` is the surface form of syllable ``i``.

    `words` holds the multi-syllable words as half-open ranges of syllable indices. `numbered` says the same for whoever works on arrays;
    the texts of a batch have it, those of one article with the same vocabulary.
    """

    text: str
    starts: list[int]
    ends: list[int]
    marked: list[str]
    folded: list[str]
    words: Sequence[tuple[int, int]]
    numbered: Numbered | None = field(default=None, compare=False, repr=False)

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
        joined = "\n".join(texts)
        starts, ends = columns(joined)
        gaps = starts[1:] - ends[:-1]
        spaced = np.zeros(len(starts), np.bool_)
        spaced[1:] = (gaps == 1) & (code_points(joined).take(ends[:-1]) == _BLANK)
        offsets = np.append(0, np.fromiter(map(len, texts), np.intp, len(texts)) + 1).cumsum()
        shared = vocabulary()
        return cls(starts, ends, shared.number(joined, starts, ends), spaced, starts.searchsorted(offsets), offsets[:-1], shared)

    def __len__(self) -> int:
        return len(self.forms)

    def opens(self) -> Bools:
        """Tell of each syllable whether it is the first one of a text."""
        first = np.zeros(len(self) + 1, np.bool_)
        first[self.bounds[:-1]] = True
        return first[:-1]


class Batch:
    """Several texts as arrays, what finders work on. Lists are made of one text at a time, when it is asked for.

    `inside` is True where a syllable stands in a word, but not at its beginning.
    """

    def __init__(self, texts: Sequence[str], syllables: Syllables, first: Indices, last: Indices) -> None:
        """Put NFC texts, their syllables and their words, half-open ranges of syllables in order, together."""
        self.syllables = syllables
        self.inside = _inside(len(syllables), first, last)
        self._texts = texts
        self._bounds = syllables.bounds.tolist()
        self._cuts = first.searchsorted(syllables.bounds).tolist()
        origin = syllables.bounds[:-1].repeat(np.diff(self._cuts))
        self._words = first - origin, last - origin
        offsets = syllables.offsets.repeat(np.diff(syllables.bounds))
        known, forms = syllables.vocabulary, syllables.forms
        self._columns = syllables.starts - offsets, syllables.ends - offsets, known.marked(forms), known.folded(forms)

    @classmethod
    def of(cls, texts: Sequence[AnalyzedText]) -> Batch:
        """Put texts that were analysed one by one together."""
        own = [text.text for text in texts]
        syllables = Syllables.of(own)
        low = syllables.bounds.tolist()
        ranges = [(first + start, last + start) for start, text in zip(low, texts, strict=False) for first, last in text.words]
        first, last = np.array(ranges, np.intp).reshape(-1, 2).T
        return cls(own, syllables, first, last)

    def __len__(self) -> int:
        return len(self._texts)

    def text(self, number: int) -> AnalyzedText:
        """Return one of the texts as lists."""
        low, high = self._bounds[number : number + 2]
        numbered = Numbered(self.syllables.vocabulary, self.syllables.forms[low:high], self.inside[low:high])
        if low == high:
            return AnalyzedText(self._texts[number], [], [], [], [], (), numbered)
        left, right = self._cuts[number : number + 2]
        starts, ends, marked, folded = (column[low:high].tolist() for column in self._columns)
        first, last = self._words
        return AnalyzedText(self._texts[number], starts, ends, marked, folded, Ranges(first[left:right], last[left:right]), numbered)

    def texts(self) -> list[AnalyzedText]:
        """Return all texts as lists."""
        return [*map(self.text, range(len(self)))]

    def split(self, positions: Indices) -> list[slice]:
        """Return for each text the part of `positions`, increasing indices of syllables, that lies in it."""
        cuts = positions.searchsorted(self.syllables.bounds).tolist()
        return [slice(*part) for part in pairwise(cuts)]

    def owners(self, positions: Indices) -> Indices:
        """Return the number of the text in which each syllable stands."""
        return self.syllables.bounds.searchsorted(positions, "right") - 1

    def within(self, positions: Indices) -> list[int]:
        """Return indices of syllables as counted in the text they stand in."""
        found: list[int] = (positions - self.syllables.bounds.take(self.owners(positions))).tolist()
        return found


def _inside(size: int, first: Indices, last: Indices) -> Bools:
    steps = np.zeros(size + 1, np.int8)
    steps[first + 1] = 1
    steps[last] -= 1
    return steps[:-1].cumsum(dtype=np.int8).astype(np.bool_)
