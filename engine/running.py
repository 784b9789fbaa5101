"""The running text of a document on its way into the index: what stands beside what, worked out on the numbers of its syllables.

Looking up a string for each syllable, or for each two, took a fifth of analysis; here strings are made only of what is kept.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from analyzers.batch import AnalyzedText
from analyzers.vocabulary import Numbers, Vocabulary
from engine.codes import MOST, code

PAIR_JOINT = "_"
READ_AS = "="
Places = NDArray[np.intp]


class _Coding:
    """The code of each form, for `Vocabulary.feature`."""

    dtype = np.dtype([("code", "<u4")])

    def row(self, surface: str, marked: str) -> tuple[int, ...]:
        del surface
        return (code(marked),)


_CODING = _Coding()


class Running:
    """The zones of one document, of the same batch, one after the other."""

    def __init__(self, zones: Sequence[AnalyzedText]) -> None:
        numbered = [zone.numbered for zone in zones if zone.numbered is not None]
        assert len(numbered) == len(zones), "texts that are indexed come from a batch"
        self._known: Vocabulary = numbered[0].vocabulary
        self._forms: Numbers = np.concatenate([one.forms for one in numbered])
        self._inside = [one.inside for one in numbered]
        self._bounds = np.cumsum([0, *map(len, zones)]).tolist()

    def codes(self) -> bytes:
        """What `engine.codes.encode` makes of the marked keys."""
        codes = self._known.feature(_CODING, self._forms[:MOST])["code"]
        every: NDArray[np.uint32] = np.append(np.array([min(self._bounds[1], MOST)], "<u4"), codes)
        return every.tobytes()

    def pairs(self) -> str:
        """Adjacent folded keys of each zone, as tokens joined by single spaces, each once, where it comes first."""
        at = self._first(self._known.folded_numbers(self._forms), self._beside([*range(len(self._inside))]))
        if not len(at):
            return ""
        count = len(at)
        parts = [" "] * (4 * count - 1)
        parts[0::4], parts[2::4] = self._folded(at), self._folded(at + 1)
        parts[1::4] = [PAIR_JOINT] * count
        joined = "".join(parts)
        # Few characters have white space in their key, such as one that stands for a whole sentence.
        return joined if joined.count(" ") == count - 1 else " ".join(dict.fromkeys(joined.split(" ")))

    def readings(self) -> str:
        """Spellings of neighbours, each once: side by side in title and lead, inside one word in the body.

        Neighbours across words of the body would tell little more, and cost a quarter of the time and half of the size of an index.
        """
        *heads, body = range(len(self._inside))
        (inside,) = self._inside[body][1:].nonzero()
        marked = self._known.marked_numbers(self._forms)
        at = self._first(marked, np.concatenate([self._beside(heads), inside + self._bounds[body]]))
        left, right = self._known.marked(self._forms.take(at)).tolist(), self._known.marked(self._forms.take(at + 1)).tolist()
        folded = zip(self._folded(at), self._folded(at + 1), left, right, strict=True)
        return " ".join([f"{one}{PAIR_JOINT}{other}{READ_AS}{first}{PAIR_JOINT}{second}" for one, other, first, second in folded])

    def _folded(self, at: Places) -> list[str]:
        keys: list[str] = self._known.folded(self._forms.take(at)).tolist()
        return keys

    def _beside(self, zones: Sequence[int]) -> Places:
        """The syllables of these zones that another one of the zone follows."""
        return np.concatenate([np.arange(self._bounds[zone], self._bounds[zone + 1] - 1) for zone in zones])

    def _first(self, numbers: Numbers, at: Places) -> Places:
        """Those of the places `at`, in order, where a number and the one after it stand together for the first time."""
        return at.take(first_places(numbers.take(at), numbers.take(at + 1), self._known.keys))


def first_places(left: Numbers, right: Numbers, numbers: int) -> Places:
    """Indices, in order, at which a pair of `left` and `right`, both below `numbers`, stands for the first time."""
    count = len(left)
    bits = count.bit_length()
    pairs = left.astype(np.int64) * numbers + right
    if 2 * numbers.bit_length() + bits > 63:
        return np.sort(np.unique(pairs, return_index=True)[1])
    # Pair and place in one number: sorting numbers takes a tenth of the time of sorting their places.
    pairs <<= bits
    pairs |= np.arange(count)
    pairs.sort()
    fresh = np.ones(count, np.bool_)
    fresh[1:] = (pairs[1:] ^ pairs[:-1]) >> bits != 0
    first: Places = pairs[fresh] & ((1 << bits) - 1)
    first.sort()
    return first
