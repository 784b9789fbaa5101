"""What was made of the chunks met so far: from chunks to the rows of their tokens, for all chunks of a call at once.

News repeats itself: of 240,000 different chunks in 20 million, 16,000 make up 96 %. A hash table in arrays, with
open addressing, gives the rows of known chunks; new ones go through the token pattern one by one and are added.
When the table is full, all is forgotten and learnt again, which news needs once in 15,000 articles.
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
"""Chunks that are remembered at most, about 50 bytes each; half as many as there are slots."""

ROWS = 1 << 18
"""Tokens they may have together, 32 bytes each."""

PROBES = 8
"""Slots in which a chunk may stand; if all are taken it is not remembered. So look-ups are linear on any input."""

_SLOTS = CHUNKS * 2
_SHIFT = np.uint64(64 - _SLOTS.bit_length() + 1)
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
    first: NDArray[np.int32]
    counts: NDArray[np.int32]
    table: Table

    @classmethod
    def empty(cls) -> _Store:
        columns = (np.zeros(size, np.int32) for size in (_SLOTS, CHUNKS, CHUNKS))
        slots, first, counts = columns
        return cls(slots, np.zeros((CHUNKS, WORDS), np.uint64), first, counts, np.zeros(ROWS, RECORD))

    def find(self, keys: Keys) -> Indices:
        """Return the number of each chunk, 0 for an unknown one."""
        home = _home(keys)
        numbers = self.slots.take(home).astype(np.intp)
        wrong = self._differ(numbers, keys)
        (pending,) = (wrong & (numbers != 0)).nonzero()
        numbers[wrong] = 0
        for probe in range(1, PROBES):
            if not len(pending):
                break
            candidates = self.slots.take(home[pending] + probe & _SLOTS - 1)
            wrong = self._differ(candidates, keys.take(pending, axis=0))
            numbers[pending[~wrong]] = candidates[~wrong]
            pending = pending[wrong & (candidates != 0)]
        return numbers

    def place(self, keys: Keys, numbers: NDArray[np.int32]) -> None:
        """Give slots to chunks that have none; their other columns must be there, as readers do not wait."""
        home = _home(keys)
        for probe in range(PROBES):
            slots = home + probe & _SLOTS - 1
            free = self.slots.take(slots) == 0
            self.slots[slots[free]] = numbers[free]
            left = self.slots.take(slots) != numbers
            home, numbers = home[left], numbers[left]

    def _differ(self, numbers: NDArray[np.signedinteger], keys: Keys) -> NDArray[np.bool_]:
        difference = self.keys.take(numbers, axis=0)
        difference ^= keys
        return np.bitwise_or.reduce(difference, axis=1) != 0


def _home(keys: Keys) -> Indices:
    """Return the first slot for each key."""
    mixed = keys @ _FACTORS
    mixed ^= mixed >> np.uint64(32)
    mixed *= _FACTORS[0]
    return (mixed >> _SHIFT).astype(np.intp)


class ChunkMemory:
    """Remembers chunks, within CHUNKS and ROWS. Reading needs no lock, learning takes one."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._lock = Lock()
        self._forget()

    def __len__(self) -> int:
        return self._chunks - 1

    def tokens(self, chunks: Chunks) -> Tokens:
        """Return the tokens of `chunks`."""
        store = self._store
        numbers = store.find(chunks.keys)
        numbers *= chunks.has_key
        first, counts = store.first.take(numbers).astype(np.intp), store.counts.take(numbers).astype(np.intp)
        (unknown,) = (numbers == 0).nonzero()
        learnt = self._learn(chunks, unknown)
        first[unknown], counts[unknown] = learnt.first + ROWS, learnt.counts
        owners = np.arange(len(counts)).repeat(counts)
        first -= counts.cumsum() - counts
        places = first.take(owners) + np.arange(len(owners))
        table = store.table.take(places, mode="clip")
        (new,) = (places >= ROWS).nonzero()
        table[new] = learnt.table.take(places[new] - ROWS)
        return Tokens(table, owners)

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
