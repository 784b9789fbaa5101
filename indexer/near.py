"""Near-duplicates: is this text, but for a few words, one we have?

A text is the set of its runs of five folded syllables (*shingles*, Broder 1997), sketched by MinHash. Two sketches agree in
as large a share of their values as the sets overlap (Jaccard). Texts that agree in a whole *band* of values are candidates (Indyk and
Motwani 1998), and near-duplicates when the sketches agree in `SIMILAR` of all values.

The values are those of datasketch's MinHash (a test holds that), but of a batch of texts at once: datasketch takes one text at a time and
each shingle in Python, which cost a fifth of indexing, and to load it takes longer than all else that a run loads.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.codes import Codes, encode, letters

SHINGLE = 5
BANDS, ROWS = 12, 5
"""Two texts that share 0.7 of their shingles become candidates with probability 0.89, 0.8: 0.99, 0.3: 0.03."""
SIMILAR = 0.7
"""Estimated from 60 values, so with a standard error of 0.06."""
MIN_SHINGLES = 30
"""A shorter text is equal to another one or is not: a few shared phrases would be most of it."""
_SHORTEST = MIN_SHINGLES + SHINGLE - 1

VALUES = BANDS * ROWS
_BAND_BYTES = 4
_BANDS = struct.Struct(f">{BANDS}i")
_SEED = 1
_MULTIPLIER = np.uint32(0x9E3779B1)
_WIDE_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)

Values = NDArray[np.uint32]
"""A row of `VALUES` minima for each text."""


def _permutations() -> tuple[Values, Values]:
    """Factors, odd so that no two numbers become one, and shifts: each pair permutes the numbers of 32 bits."""
    draw = np.random.RandomState(_SEED)
    return draw.randint(0, 1 << 31, VALUES, np.uint32) * np.uint32(2) + np.uint32(1), draw.randint(0, 1 << 32, VALUES, np.uint32)


_PERMUTATIONS = _permutations()


def sketches(texts: Sequence[Codes]) -> list[bytes]:
    """The sketch of each text, given as numbers of its folded syllables: 60 bytes, one a MinHash value, then 4 bytes a band.

    Of each value one byte is kept (b-bit MinHash, Li and König 2010); bands are hashes of whole values. Empty for a text too short.
    """
    found = [b""] * len(texts)
    long = [number for number, text in enumerate(texts) if len(text) >= _SHORTEST]
    if long:
        values = minima([texts[number] for number in long])
        rows = np.hstack([values.astype(np.uint8), _band_bytes(values)])
        for number, row in zip(long, rows, strict=True):
            found[number] = row.tobytes()
    return found


def sketch(keys: Sequence[str]) -> bytes:
    """The sketch of one text given as keys of its syllables, marked or folded."""
    return sketches([letters(encode(((), keys)))])[0]


def sketches_below_titles(codes: Sequence[bytes]) -> list[bytes]:
    """The sketches of leads and bodies, given as `engine.codes` are stored: a desk may put another headline above an agency's text."""
    return sketches([*map(letters, codes)])


def bands(text: bytes) -> tuple[int, ...]:
    """One number of 32 bits a band, signed as SQLite keeps it in four bytes: texts that share one are candidates."""
    return _BANDS.unpack_from(text, VALUES)


def similarity(one: bytes, other: bytes) -> float:
    """Estimated Jaccard similarity of two texts' shingles, 0 to 1, from sketches or their first 60 bytes."""
    equal = np.frombuffer(one, np.uint8, VALUES) == np.frombuffer(other, np.uint8, VALUES)
    chance = 1 / 256  # that two values agree in their last byte only
    return max(0.0, (float(np.mean(equal)) - chance) / (1 - chance))


def shingles(syllables: Codes) -> Codes:
    """A number for each run of `SHINGLE` syllables."""
    count = len(syllables) - SHINGLE + 1
    found = syllables[:count].astype(np.uint32)
    for at in range(1, SHINGLE):
        found *= _MULTIPLIER
        found += syllables[at : at + count]
    return found


def minima(texts: Sequence[Codes]) -> Values:
    """MinHash of texts of at least `SHINGLE` syllables: for each permutation the least number that it makes of a shingle."""
    lengths = np.fromiter(map(len, texts), np.intp, len(texts))
    starts = lengths.cumsum() - lengths
    mixed = _mixed(shingles(np.concatenate(texts)))
    # Runs that begin in one text and end in the next stand between the parts, and are passed over.
    parts = np.stack([starts, starts + lengths - SHINGLE + 1], axis=1).ravel()[:-1]
    found = np.empty((VALUES, len(texts)), np.uint32)
    for row, factor, shift in zip(found, *_PERMUTATIONS, strict=True):
        permuted = mixed * factor
        permuted += shift
        row[:] = np.minimum.reduceat(permuted, parts)[::2]
    return found.T


def _mixed(numbers: Codes) -> Codes:
    """MurmurHash3's finalizer, which datasketch puts before the permutations of this scheme."""
    mixed = numbers ^ (numbers >> np.uint32(16))
    mixed *= np.uint32(0x85EBCA6B)
    mixed ^= mixed >> np.uint32(13)
    mixed *= np.uint32(0xC2B2AE35)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _band_bytes(values: Values) -> NDArray[np.uint8]:
    """Hashes of the bands of each text, as bytes, the most significant first."""
    rows = values.reshape(-1, BANDS, ROWS).astype(np.uint64)
    hashes = np.tile(np.arange(1, BANDS + 1, dtype=np.uint64), (len(rows), 1))
    for at in range(ROWS):
        hashes = (hashes + rows[:, :, at]) * _WIDE_MULTIPLIER
        hashes ^= hashes >> np.uint64(29)
    shown = (hashes >> np.uint64(64 - 8 * _BAND_BYTES)).astype(">u8").view(np.uint8).reshape(len(rows), BANDS, 8)
    return shown[:, :, 8 - _BAND_BYTES :].reshape(len(rows), -1)
