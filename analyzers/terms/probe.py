"""Where in many texts at once a term of the table may begin: a sieve in front of `scan`.

A pair of syllables is a cell of a table with a row for each first syllable of a form and a column for each second one. What is
known of a form of a syllable is a row of numbers, so that all syllables of a batch are looked up together.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.batch import Batch, Bools
from analyzers.syllables import Indices
from analyzers.terms.index import TermIndex

_SHORT, _LONGER = 1, 2
"""Bits of a cell: the pair is a term; the pair begins a longer one."""
_WIDEST_JOINT = 3
"""Code points between the syllables of a term at most: ``công nghiệp – xây dựng``."""


class Hits(NamedTuple):
    """Syllables of one text at which a term may begin, in order, and those that may be abbreviations.

    For each of `begins`, `short` tells whether a term of two syllables may stand there, `longer` whether one of three or more;
    `plain` whether the two syllables are written as those of most terms are, with a blank between and the second in lower case.
    """

    begins: list[int]
    short: list[bool]
    longer: list[bool]
    plain: list[bool]
    signs: list[int]


class Probe:
    """The sieve of one index of terms."""

    dtype = np.dtype([("first", np.int32), ("second", np.int16), ("third", np.int16), ("sign", np.bool_), ("named", np.bool_)])

    def __init__(self, index: TermIndex) -> None:
        self._signs = index.signs
        self._firsts = _number(first for first, _ in index.pairs)
        self._seconds = _number(second for _, second in index.pairs)
        self._thirds = _number(third for branch in index.pairs.values() for third in branch.longer)
        # Two bits a cell, four cells a byte; row 0 and column 0 are those of all other syllables.
        self._stride = len(self._seconds) // 4 + 1
        self._cells = np.zeros((len(self._firsts) + 1) * self._stride, np.uint8)
        triples = []
        for (first, second), branch in index.pairs.items():
            row, column = self._firsts[first] * self._stride, self._seconds[second]
            bits = _SHORT * (branch.short is not None) | _LONGER * bool(branch.longer)
            self._cells[row + column // 4] |= bits << column % 4 * 2
            triples += [self._triple(row, column, self._thirds[third]) for third in branch.longer]
        self._triples = np.array([-1, *sorted(triples)])

    def row(self, surface: str, marked: str) -> tuple[int, ...]:
        """Where a key stands in the table (`first` is the beginning of its row), and how it is written."""
        numbers = self._firsts.get(marked, 0) * self._stride, self._seconds.get(marked, 0), self._thirds.get(marked, 0)
        return *numbers, marked in self._signs, surface[0].isupper()

    def hits(self, batch: Batch) -> list[Hits]:
        """Return for each text what may stand in it."""
        syllables = batch.syllables
        rows = syllables.vocabulary.feature(self, syllables.forms)
        at, short, longer = self._begins(batch, rows)
        plain = syllables.spaced.take(at + 1) & ~rows["named"].take(at + 1)
        (signs,) = rows["sign"].nonzero()
        begins, single = batch.within(at), batch.within(signs)
        two, more, usual = (flags.tolist() for flags in (short, longer, plain))
        return [
            Hits(begins[own], two[own], more[own], usual[own], single[one])
            for own, one in zip(batch.split(at), batch.split(signs), strict=True)
        ]

    def _begins(self, batch: Batch, rows: NDArray[Any]) -> tuple[Indices, Bools, Bools]:
        """Return where a term may begin, and whether one of two syllables and one of more."""
        syllables = batch.syllables
        row, column, third = rows["first"], rows["second"], np.append(rows["third"], 0)
        cells = self._cells.take(row[:-1] + (column[1:] >> 2)) >> ((column[1:] & 3) << 1).astype(np.uint8)
        cells &= _SHORT | _LONGER
        cells[syllables.opens()[1:]] = 0
        (at,) = cells.nonzero()
        at = at[syllables.starts.take(at + 1) - syllables.ends.take(at) <= _WIDEST_JOINT]
        inside = np.append(batch.inside, [False, False])
        cells = cells.take(at)
        short = (cells & _SHORT != 0) & ~inside.take(at) & ~inside.take(at + 2)
        longer = cells & _LONGER != 0
        triples = self._triple(*(part.astype(np.int64) for part in (row.take(at), column.take(at + 1), third.take(at + 2))))
        longer &= self._triples.take(self._triples.searchsorted(triples), mode="clip") == triples
        wanted = short | longer
        return at[wanted], short[wanted], longer[wanted]

    def _triple(self, row: Any, column: Any, third: Any) -> Any:
        """Return what identifies the first three syllables of a term: one number, or an array of them."""
        return (row * 4 + column) * (len(self._thirds) + 1) + third


def _number(keys: Iterable[str]) -> dict[str, int]:
    """Give each of `keys` a number from 1."""
    return {key: number for number, key in enumerate(sorted(set(keys)), 1)}
