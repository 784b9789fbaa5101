"""A hash table in arrays: numbers for fixed-size keys, looked up for all keys of a call at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.intp]
Keys = NDArray[np.uint64]

WORDS = 4
"""64-bit words of a key."""

PROBES = 2
"""Slots in which a key may stand; if all are taken it is not found again. So look-ups are linear on any input."""

_SLOT_BITS = 20
"""Four megabytes of slots: with 100,000 keys in, one key in 100 finds its slots taken."""

_ALL_EQUAL = 0x01010101
"""Four booleans, one a word, read as one integer: much faster than ``all(axis=1)``."""

_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9, 0xD6E8FEB86659FD93], np.uint64)


class KeyTable:
    """Numbers keys from 1 in the order they are added, up to `capacity`; 0 means unknown.

    Keys come as arrays with a row of WORDS each; none may be all zeros.
    """

    def __init__(self, capacity: int) -> None:
        self._slots = np.zeros(1 << _SLOT_BITS, np.int32)
        self._keys = np.zeros((capacity + 1, WORDS), np.uint64)
        self._used = 0

    def __len__(self) -> int:
        return self._used

    def clear(self) -> None:
        """Forget all keys."""
        self._slots.fill(0)
        self._used = 0

    def find(self, keys: Keys) -> Indices:
        """Return the number of each key, 0 for an unknown one."""
        hashes = _hashes(keys)
        numbers = self._numbers_in(_slots(hashes, 0), keys)
        for probe in range(1, PROBES):
            (left,) = (numbers == 0).nonzero()
            numbers[left] = self._numbers_in(_slots(hashes[left], probe), keys.take(left, axis=0))
        return numbers

    def add(self, keys: Keys) -> NDArray[np.int32]:
        """Add different unknown keys, no more than there is room for, and return their numbers."""
        added = np.arange(self._used + 1, self._used + 1 + len(keys), dtype=np.int32)
        self._used += len(keys)
        self._keys[added] = keys
        hashes, numbers = _hashes(keys), added
        for probe in range(PROBES):
            slots = _slots(hashes, probe)
            free = self._slots.take(slots) == 0
            self._slots[slots[free]] = numbers[free]
            left = self._slots.take(slots) != numbers
            hashes, numbers = hashes[left], numbers[left]
        return added

    def _numbers_in(self, slots: Indices, keys: Keys) -> Indices:
        """Return the number in each slot, 0 where it is that of another key."""
        numbers = self._slots.take(slots).astype(np.intp)
        equal = self._keys.take(numbers, axis=0) == keys
        numbers *= equal.view(np.uint32).ravel() == _ALL_EQUAL
        return numbers


def _hashes(keys: Keys) -> Keys:
    hashes: Keys = keys @ _FACTORS
    hashes ^= hashes >> np.uint64(32)
    hashes *= _FACTORS[0]
    return hashes


def _slots(hashes: Keys, probe: int) -> Indices:
    """Return the slots that belong to `hashes` at the 0-based `probe`: from the top, other bits each time."""
    return (hashes >> np.uint64(64 - (probe + 1) * _SLOT_BITS)).astype(np.intp) & (1 << _SLOT_BITS) - 1
