"""Which pairs and triples of syllables are words: asked for all places of a text at once.

A pair is a cell of a table with one row a first syllable and one column a second syllable; a cell is two bits, a
byte holds four columns (20 million cells are 5 MB). Row 0 and column 0 belong to the syllables that are in no
word and stay empty, so nothing has to be tested before looking up. Triples are few: those that share their first
two syllables with one are found by the second bit, and only they are looked for in a set.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Integers = NDArray[np.signedinteger]
Masks = NDArray[np.uint8]

_WORD, _PREFIX = 1, 2
"""Bits of a cell: the pair is a word; the pair begins a word of three syllables."""


class Address(NamedTuple):
    """Where a syllable stands in the table. The byte of a pair is at ``row`` of the first + ``column`` of the second.

    `third`: its number as third syllable, 0 for none; `word`, `prefix`: masks of its bits in that byte, as second.
    """

    row: int
    column: int
    third: int
    word: int
    prefix: int


NOWHERE = Address(0, 0, 0, _WORD, _PREFIX)
"""The address of all syllables that are in no word."""


class Lexicon:
    """Words of two and of three syllables; lower-case, syllables separated by one space."""

    def __init__(self, bigrams: Iterable[str], trigrams: Iterable[str]) -> None:
        pairs = " ".join(bigrams).split(" ")
        triples = [tuple(word.split(" ")) for word in trigrams]
        prefixes = [syllable for pair in {triple[:2] for triple in triples} for syllable in pair]
        self._rows = _number({*pairs[0::2], *prefixes[0::2]})
        self._columns = _number({*pairs[1::2], *prefixes[1::2]})
        self._thirds = _number({triple[2] for triple in triples})
        self._stride = len(self._columns) // 4 + 1
        self._bytes = np.zeros((len(self._rows) + 1) * self._stride, np.uint8)
        self._mark(pairs, _WORD)
        self._mark(prefixes, _PREFIX)
        self._triples = {self._key(*triple) for triple in triples}

    def address(self, syllable: str) -> Address:
        """Return the address of a lower-case `syllable`, NOWHERE when it is in no word."""
        row, column = self._rows.get(syllable, 0), self._columns.get(syllable, 0)
        shift = column % 4 * 2
        return Address(row * self._stride, column // 4, self._thirds.get(syllable, 0), _WORD << shift, _PREFIX << shift)

    def syllables(self) -> set[str]:
        """Return all syllables of all words."""
        return {*self._rows, *self._columns, *self._thirds}

    def find(self, table: NDArray[np.void], firsts: NDArray[np.intp]) -> tuple[NDArray[np.bool_], list[int]]:
        """Look up the words in n syllables, given as a table with the columns of Address, one or more texts.

        `firsts` are the indices at which a text begins, 0 included; no word crosses them. Returns n - 1 booleans,
        True where syllables i and i + 1 are a word of two, and the indices i at which a word of three begins.
        """
        places = table["row"][:-1] + table["column"][1:]
        found = self._bytes.take(places)
        found[firsts[1:] - 1] = 0
        prefix, third = table["prefix"], table["third"]
        (begins,) = (found[:-1] & prefix[1:-1] != 0).nonzero()
        keys = zip(places[begins].tolist(), prefix[begins + 1].tolist(), third[begins + 2].tolist(), strict=True)
        others = {*(firsts - 2).tolist()}
        triples = [i for i, key in zip(begins.tolist(), keys, strict=True) if key in self._triples and i not in others]
        return found & table["word"][1:] != 0, triples

    def _key(self, first: str, second: str, third: str) -> tuple[int, int, int]:
        """Return what identifies a triple: byte of the pair, mask in that byte, number of the third syllable."""
        column = self._columns[second]
        return self._rows[first] * self._stride + column // 4, _PREFIX << column % 4 * 2, self._thirds[third]

    def _mark(self, pairs: list[str], bit: int) -> None:
        """Set `bit` in the cells of `pairs`: first syllable, second syllable, first, second and so on."""
        columns = np.array([self._columns[second] for second in pairs[1::2]])
        places = np.array([self._rows[first] for first in pairs[0::2]]) * self._stride + columns // 4
        np.bitwise_or.at(self._bytes, places, (bit << columns % 4 * 2).astype(np.uint8))


def _number(syllables: set[str]) -> dict[str, int]:
    """Give each of `syllables` a number from 1."""
    return {syllable: number for number, syllable in enumerate(syllables, 1)}
