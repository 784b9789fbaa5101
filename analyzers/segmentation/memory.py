"""What was made of the chunks met so far: from chunks to the rows of their tokens, for all chunks of a call at once.

News repeats itself: of 240,000 different chunks in 20 million, 16,000 make up 96 %. A hash table in arrays, with
open addressing, gives the rows of known chunks; new ones go through the token pattern one by one and are added.
When the table is full, all is forgotten and learnt again, which news needs once in 20,000 articles.
"""

from __future__ import annotations

from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.chunks import WORDS, Chunks, Indices, Keys
from analyzers.segmentation.records import RECORD, Records, Table
from analyzers.segmentation.syllabify import syllabify

CHUNKS = 1 << 17
"""Chunks that are remembered at most, about 50 bytes each."""

ROWS = 5 << 16
"""Tokens they may have together, 32 bytes each."""

PROBES = 3
"""Slots in which a chunk may stand; if all are taken it is not remembered. So look-ups are linear on any input."""

_SLOT_BITS = 19
"""Four slots a chunk, 2 MB: even when the memory is full only one chunk in 60 finds its slots taken."""

_ALL_EQUAL = 0x01010101
"""The booleans of WORDS equal words, read as one integer: much faster than ``all(axis=1)``."""

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


class Tokens(NamedTuple):
    """The tokens of chunks, in order: a row of `table` each; `owners` is the index of the chunk, never decreasing."""

    table: Table
    owners: Indices


class _Learnt(NamedTuple):
    """Chunks as ranges of rows of `table`: `first` row and `counts` of rows."""

    first: Indices
    counts: Indices
    table: Table


class _Store(NamedTuple):
    """One generation of the memory, of fixed size. Chunk number 0 is none.

    `slots`: number of the chunk that stands in each slot, or 0. By number: `keys`, `first` row, `counts` of rows.
    """

    slots: NDArray[np.int32]
    keys: Keys
    first: Indices
    counts: Indices
    table: Table

    @classmethod
    def empty(cls) -> _Store:
        return cls(
            np.zeros(1 << _SLOT_BITS, np.int32),
            np.zeros((CHUNKS, WORDS), np.uint64),
            np.zeros(CHUNKS, np.intp),
            np.zeros(CHUNKS, np.intp),
            np.zeros(ROWS, RECORD),
        )

    def find(self, keys: Keys) -> Indices:
        """Return the number of each chunk, 0 for an unknown one."""
        hashes = _hashes(keys)
        numbers = self._numbers_in(_slots(hashes, 0), keys)
        for probe in range(1, PROBES):
            (left,) = (numbers == 0).nonzero()
            numbers[left] = self._numbers_in(_slots(hashes[left], probe), keys.take(left, axis=0))
        return numbers

    def place(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Give slots to chunks that have none. Their other columns must be there, as readers do not wait."""
        hashes = _hashes(keys)
        for probe in range(PROBES):
            slots = _slots(hashes, probe)
            free = self.slots.take(slots) == 0
            self.slots[slots[free]] = numbers[free]
            left = self.slots.take(slots) != numbers
            hashes, numbers = hashes[left], numbers[left]

    def _numbers_in(self, slots: Indices, keys: Keys) -> Indices:
        """Return the number in each slot, 0 where it is that of another chunk."""
        numbers = self.slots.take(slots).astype(np.intp)
        equal = self.keys.take(numbers, axis=0) == keys
        numbers *= equal.view(np.uint32).ravel() == _ALL_EQUAL
        return numbers


def _hashes(keys: Keys) -> Keys:
    hashes: Keys = keys @ _FACTORS
    hashes ^= hashes >> np.uint64(32)
    hashes *= _FACTORS[0]
    hashes ^= hashes >> np.uint64(29)
    return hashes


def _slots(hashes: Keys, probe: int) -> Indices:
    """Return the slots that belong to `hashes` at the 0-based `probe`: other bits each time."""
    return (hashes >> np.uint64(probe * _SLOT_BITS)).astype(np.intp) & (1 << _SLOT_BITS) - 1


class ChunkMemory:
    """Remembers chunks, within CHUNKS and ROWS. Reading needs no lock, learning takes one."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._lock = Lock()
        self._store = _Store.empty()
        self._chunks, self._rows_used = 1, 0

    def __len__(self) -> int:
        return self._chunks - 1

    def tokens(self, chunks: Chunks) -> Tokens:
        """Return the tokens of `chunks`."""
        store = self._store
        numbers = store.find(chunks.keys)
        numbers *= chunks.has_key
        first, counts = store.first.take(numbers), store.counts.take(numbers)
        (unknown,) = (numbers == 0).nonzero()
        if not len(unknown):
            return _gather(first, counts, store.table)
        learnt = self._learn(chunks, unknown)
        # Rows of the learnt chunks are numbered after those of the store.
        first[unknown], counts[unknown] = learnt.first + ROWS, learnt.counts
        return _gather(first, counts, store.table, learnt.table)

    def _learn(self, chunks: Chunks, unknown: Indices) -> _Learnt:
        """Return the rows of the chunks with these indices, and remember those that have a key."""
        texts = chunks.texts(unknown)
        examples: dict[str, int] = {}
        for i, text in zip(unknown.tolist(), texts, strict=True):
            examples.setdefault(text, i)
        kind_of = {text: kind for kind, text in enumerate(examples)}
        kinds = np.array([kind_of[text] for text in texts], np.intp)
        rows = self._rows(list(examples))
        example = np.array(list(examples.values()), np.intp)
        keep = chunks.has_key[example]
        self._remember(chunks.keys[example[keep]], rows.counts[keep], rows.table[keep.repeat(rows.counts)])
        return _Learnt(rows.first[kinds], rows.counts[kinds], rows.table)

    def _rows(self, texts: list[str]) -> _Learnt:
        """Tokenize chunks."""
        tokens = [syllabify(text) for text in texts]
        counts = np.array([len(group) for group in tokens], np.intp)
        table = self._records.rows([token for group in tokens for token in group])
        first = counts.cumsum() - counts
        ends = table["length"].cumsum() - table["length"]
        table["offset"] = ends - ends[first].repeat(counts)
        return _Learnt(first, counts, table)

    def _remember(self, keys: Keys, counts: Indices, table: Table) -> None:
        with self._lock:
            if self._chunks + len(keys) > CHUNKS or self._rows_used + len(table) > ROWS:
                self._forget()
            if len(keys) >= CHUNKS or len(table) > ROWS:
                return
            chunk, row = self._chunks, self._rows_used
            self._chunks, self._rows_used = chunk + len(keys), row + len(table)
            store, numbers = self._store, slice(chunk, self._chunks)
            store.keys[numbers], store.counts[numbers] = keys, counts
            store.first[numbers] = row + counts.cumsum() - counts
            store.table[row : self._rows_used] = table
            store.place(keys, np.arange(chunk, self._chunks, dtype=np.int32))

    def _forget(self) -> None:
        self._store = _Store.empty()
        self._chunks, self._rows_used = 1, 0


def _gather(first: Indices, counts: Indices, table: Table, more: Table | None = None) -> Tokens:
    """Lay out the rows of chunks; row numbers from ROWS on are those of `more`."""
    owners = np.arange(len(counts)).repeat(counts)
    places = (first + counts - counts.cumsum()).take(owners) + np.arange(len(owners))
    gathered = table.take(places, mode="clip")
    if more is not None:
        (new,) = (places >= ROWS).nonzero()
        gathered[new] = more.take(places[new] - ROWS)
    return Tokens(gathered, owners)
