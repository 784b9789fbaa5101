"""The running text of documents on its way into the index: what stands beside what, worked out on the numbers of its syllables.

Looking up a string for each syllable, or for each two, took a fifth of analysis; here strings are made only of what is kept, and of all
documents of a batch at once: arrays of one document are so short that most of the time went into calling NumPy.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import groupby, islice, pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.batch import AnalyzedText, Bools, Numbered
from analyzers.digits import digit_runs_of
from analyzers.units import units
from analyzers.vocabulary import Numbers, Vocabulary
from engine.codes import MOST, code

PAIR_JOINT = "_"
READ_AS = "="
Places = NDArray[np.intp]
Spans = Sequence[tuple[int, int]]


class _Coding:
    """The code of each form, for `Vocabulary.feature`."""

    dtype = np.dtype([("code", "<u4")])

    def row(self, surface: str, marked: str) -> tuple[int, ...]:
        del surface
        return (code(marked),)


_CODING = _Coding()


_ENDINGS = (PAIR_JOINT, READ_AS, " ")
_JOINT, _READ_AS, _BLANK = range(len(_ENDINGS))
_TITLE = struct.Struct("<I")


class Running(NamedTuple):
    """What is indexed of the running text of a document.

    `pairs`: adjacent folded keys of each zone, as tokens joined by single spaces, each once, where it comes first.
    `readings`: spellings of neighbours, each once: side by side in title and lead, inside one word in the body. Neighbours across words
    of the body would tell little more, and cost a quarter of the time and half of the size of an index.
    `codes`: what `engine.codes.encode` makes of the marked keys.
    `units`: the keys of `analyzers.units`, in order.
    """

    pairs: str
    readings: str
    codes: bytes
    units: str


def digits_in(documents: Sequence[Sequence[AnalyzedText]]) -> list[list[Spans]]:
    """The `digit_runs` of each zone of each document."""
    found = iter(digit_runs_of([zone.text for zones in documents for zone in zones]))
    return [[*islice(found, len(zones))] for zones in documents]


def running(documents: Sequence[Sequence[AnalyzedText]], digits: Sequence[Sequence[Spans]] | None = None) -> list[Running]:
    """The running text of each document, given as (title, lead, body); all were analysed in batches. `digits` are those in them."""
    digits = digits_in(documents) if digits is None else digits
    tokens = map(_units, documents, digits)
    numbered = [[zone.numbered for zone in zones if zone.numbered is not None] for zones in documents]
    assert all(len(own) == len(zones) for own, zones in zip(numbered, documents, strict=True)), "texts that are indexed come from a batch"
    found: list[Running] = []
    for _, alike in groupby(numbered, key=lambda zones: id(zones[0].vocabulary)):
        found += map(Running, *_Batch([*alike]).columns(), tokens)
    return found


def _units(zones: Sequence[AnalyzedText], digits: Sequence[Spans]) -> str:
    return " ".join([key for zone, own in zip(zones, digits, strict=True) for unit in units(zone.text, own) for key in unit.keys])


class _Batch:
    """Documents that share a vocabulary, their zones one after the other."""

    def __init__(self, documents: Sequence[Sequence[Numbered]]) -> None:
        zones = [zone for document in documents for zone in document]
        self._known: Vocabulary = zones[0].vocabulary
        self._forms: Numbers = np.concatenate([zone.forms for zone in zones])
        self._bounds = np.array([0, *(len(zone.forms) for zone in zones)]).cumsum()
        each = len(zones) // len(documents)
        self._cuts = self._bounds[::each]
        self._titles = [len(document[0].forms) for document in documents]
        self._owners = np.arange(len(documents)).repeat(np.diff(self._cuts))
        self._followed, self._linked = self._neighbours(zones, each)

    def columns(self) -> tuple[list[str], list[str], list[bytes]]:
        """Pairs, readings and codes of each document."""
        return self._pairs(), self._readings(), self._codes()

    def _neighbours(self, zones: Sequence[Numbered], each: int) -> tuple[Bools, Bools]:
        """Of each syllable, whether another one of its zone follows; and whether what the two of them read as is kept."""
        count = len(self._forms)
        followed = np.ones(count + 1, np.bool_)
        followed[self._bounds - 1] = False  # of an empty zone the one before it, which ends another
        followed = followed[:count]
        heads = np.ones((len(zones) // each, each), np.bool_)
        heads[:, -1] = False
        linked = heads.ravel().repeat(np.diff(self._bounds))
        linked[:-1] |= np.concatenate([zone.inside for zone in zones])[1:]
        return followed, linked & followed

    def _codes(self) -> list[bytes]:
        codes = self._known.feature(_CODING, self._forms)["code"]
        return [
            _TITLE.pack(min(title, MOST)) + codes[start : min(end, start + MOST)].tobytes()
            for title, (start, end) in zip(self._titles, pairwise(self._cuts.tolist()), strict=True)
        ]

    def _pairs(self) -> list[str]:
        folded = self._known.folded_numbers(self._forms)
        at = self._first(folded, self._followed)
        texts = self._written(at, (folded.take(at), _JOINT), (folded.take(at + 1), _BLANK))
        # Few characters have white space in their key, such as one that stands for a whole sentence.
        return [text if text.count(" ") < count else " ".join(dict.fromkeys(text.split(" "))) for text, count in texts]

    def _readings(self) -> list[str]:
        folded, marked = self._known.folded_numbers(self._forms), self._known.marked_numbers(self._forms)
        at = self._first(marked, self._linked)
        after = at + 1
        keys = (folded.take(at), _JOINT), (folded.take(after), _READ_AS), (marked.take(at), _JOINT), (marked.take(after), _BLANK)
        return [text for text, _ in self._written(at, *keys)]

    def _written(self, at: Places, *keys: tuple[Numbers, int]) -> list[tuple[str, int]]:
        """Tokens, of `keys` each with its ending, that stand at `at`: those of each document joined, and how many there are."""
        places = np.empty((len(at), len(keys)), np.intp)
        for column, (numbers, ending) in enumerate(keys):
            places[:, column] = numbers
            places[:, column] *= len(_ENDINGS)
            places[:, column] += ending
        parts = self._known.ended(_ENDINGS, places.ravel()).tolist()
        cuts = at.searchsorted(self._cuts).tolist()
        return [("".join(parts[len(keys) * first : len(keys) * last])[:-1], last - first) for first, last in pairwise(cuts)]

    def _first(self, numbers: Numbers, wanted: Bools) -> Places:
        """Those of the `wanted` syllables, in order, where a number and the next one stand together for the first time in a document."""
        (at,) = wanted.nonzero()
        return at.take(first_places(numbers.take(at), numbers.take(at + 1), self._owners.take(at), self._known.keys))


def first_places(left: Numbers, right: Numbers, owners: Places, numbers: int) -> Places:
    """Indices, in order, at which a pair of `left` and `right`, both below `numbers`, comes for the first time with its owner."""
    count = len(left)
    bits = count.bit_length()
    pairs = left.astype(np.int64) * numbers + right
    if 2 * numbers.bit_length() + bits > 63:
        places = np.lexsort((np.arange(count), pairs))
        pairs = pairs.take(places)
    else:
        # Pair and place in one number: sorting numbers takes a tenth of the time of sorting their places.
        pairs <<= bits
        pairs |= np.arange(count)
        pairs.sort()
        places = pairs & ((1 << bits) - 1)
        pairs >>= bits
    owned = owners.take(places)
    fresh = np.ones(count, np.bool_)
    fresh[1:] = (pairs[1:] != pairs[:-1]) | (owned[1:] != owned[:-1])
    first: Places = places[fresh]
    first.sort()
    return first
