"""Near-duplicates: is this text, but for a few words, one we have?

A text is the set of its runs of five folded syllables (*shingles*, Broder 1997), sketched by MinHash (datasketch). Two sketches agree in
as large a share of their values as the sets overlap (Jaccard). Texts that agree in a whole *band* of values are candidates (Indyk and
Motwani 1998), and near-duplicates when the sketches agree in `SIMILAR` of all values.
"""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

SHINGLE = 5
BANDS, ROWS = 12, 5
"""Two texts that share 0.7 of their shingles become candidates with probability 0.89, 0.8: 0.99, 0.3: 0.03."""
SIMILAR = 0.7
"""Estimated from 60 values, so with a standard error of 0.06."""
MIN_SHINGLES = 30
"""A shorter text is equal to another one or is not: a few shared phrases would be most of it."""
_CHUNK = 4096
_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = MinHash(num_perm=BANDS * ROWS, seed=1, scheme="affine32")

Sketch = NDArray[np.uint32]


def sketch(keys: Sequence[str]) -> Sketch | None:
    """The MinHash values of a text given as folded syllables, shape (60,); None for a text that is too short to tell."""
    if len(keys) < MIN_SHINGLES + SHINGLE - 1:
        return None
    numbers = {key: crc32(key.encode("utf-8", "surrogatepass")) for key in set(keys)}
    syllables = np.fromiter((numbers[key] for key in keys), np.uint64, len(keys))
    length = len(keys) - SHINGLE + 1
    shingles = np.zeros(length, np.uint64)
    for at in range(SHINGLE):
        shingles = (shingles + syllables[at : at + length]) * _MULTIPLIER
        shingles ^= shingles >> np.uint64(29)
    hashes = (shingles >> np.uint64(32)).tolist()
    found = _EMPTY.copy()
    found.hashfunc = int
    for start in range(0, length, _CHUNK):
        found.update_batch(hashes[start : start + _CHUNK])
    values: Sketch = found.hashvalues.astype(np.uint32)
    return values


def bands(values: Sketch) -> list[int]:
    """One signed 64-bit number a band: texts that share one are candidates."""
    return [int.from_bytes(_digest(number, row), "big", signed=True) for number, row in enumerate(values.reshape(BANDS, ROWS))]


def similarity(one: Sketch, other: Sketch) -> float:
    """Estimated Jaccard similarity of the two texts' shingles, 0 to 1."""
    return float(np.mean(one == other))


def _digest(number: int, row: Sketch) -> bytes:
    return blake2b(bytes([number]) + row.astype("<u4").tobytes(), digest_size=8).digest()
