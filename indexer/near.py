"""Near-duplicates: is this text, but for a few words, one we have?

A text is the set of its runs of five folded syllables (*shingles*, Broder 1997), sketched by MinHash (datasketch). Two sketches agree in
as large a share of their values as the sets overlap (Jaccard). Texts that agree in a whole *band* of values are candidates (Indyk and
Motwani 1998), and near-duplicates when the sketches agree in `SIMILAR` of all values.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import blake2b
from zlib import crc32

import numpy as np
from datasketch import MinHash
from numpy.typing import NDArray

from engine.model import AnalyzedDocument
from engine.schema import FOLDED

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

VALUES = BANDS * ROWS
_BAND_BYTES = 5


def sketch(keys: Sequence[str]) -> bytes:
    """The sketch of a text given as folded syllables: 60 bytes, one a MinHash value, then 5 bytes a band; empty for a text too short.

    Of each value one byte is kept (b-bit MinHash, Li and König 2010); bands are hashes of whole values.
    """
    if len(keys) < MIN_SHINGLES + SHINGLE - 1:
        return b""
    values = _minima(keys).astype("<u4")
    rows = values.reshape(BANDS, ROWS)
    found = [blake2b(bytes([number]) + row.tobytes(), digest_size=_BAND_BYTES).digest() for number, row in enumerate(rows)]
    return values.astype(np.uint8).tobytes() + b"".join(found)


def sketched(analyzed: AnalyzedDocument) -> AnalyzedDocument:
    """With the sketch of its lead and body: a desk may put another headline above an agency's text."""
    fields = analyzed.fields
    return replace(analyzed, sketch=sketch(f"{fields['lead' + FOLDED]} {fields['body' + FOLDED]}".split()))


def bands(text: bytes) -> list[int]:
    """One number of 40 bits a band: texts that share one are candidates."""
    return [int.from_bytes(text[at : at + _BAND_BYTES]) for at in range(VALUES, len(text), _BAND_BYTES)]


def similarity(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity of two texts' shingles, 0 to 1, from sketches or their first 60 bytes."""
    equal = np.frombuffer(one, np.uint8, VALUES) == np.frombuffer(other, np.uint8, VALUES)
    chance = 1 / 256  # that two values agree in their last byte only
    return max(0.0, (float(np.mean(equal)) - chance) / (1 - chance))


def _minima(keys: Sequence[str]) -> NDArray[np.uint32]:
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
    values: NDArray[np.uint32] = found.hashvalues.astype(np.uint32)
    return values
