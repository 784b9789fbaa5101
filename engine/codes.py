"""The running text of a document as numbers, kept beside it in every engine.

Each syllable is 32 bits: 24 of its folded key, 8 of its marked key, so that one number answers both "these letters" and "these marks".
Two keys of a language's some 20,000 share a number once in many thousand documents, which costs a little rank and no match.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import NamedTuple
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analyzers.keys import folded_key
from engine.memo import Memo

MOST = 8192
"""Syllables kept of a document; what stands further down is found, but is no evidence of the second stage."""
MARK_BITS = 8
_TYPE = np.dtype("<u4")

Codes = NDArray[np.uint32]


def _made(marked: str) -> int:
    letters = crc32(folded_key(marked).encode("utf-8", "surrogatepass")) & 0xFFFFFF
    return letters << MARK_BITS | crc32(marked.encode("utf-8", "surrogatepass")) & 0xFF


_KNOWN = Memo(_made, 1 << 17)


def code(marked: str) -> int:
    """The number of a syllable, from its marked key."""
    return _KNOWN[marked]


def encode(zones: Sequence[Sequence[str]]) -> bytes:
    """Marked keys of title, lead and body as little-endian 32-bit numbers; the first number is the length of the title."""
    most = min(sum(map(len, zones)), MOST)
    every = chain((min(len(zones[0]), MOST),), map(_KNOWN.__getitem__, chain.from_iterable(zones)))
    return np.fromiter(every, _TYPE, most + 1).tobytes()


def decode(stored: bytes) -> tuple[int, Codes]:
    """Read what `encode` wrote: syllables of the title, and the codes of all."""
    numbers = np.frombuffer(stored[: len(stored) // 4 * 4], dtype=_TYPE)
    return (int(numbers[0]), numbers[1:]) if len(numbers) else (0, numbers)


class Texts(NamedTuple):
    """Several texts one after the other: of each the syllables of its title and of all of it, and the codes of all."""

    titles: NDArray[np.int64]
    lengths: NDArray[np.int64]
    codes: Codes

    @classmethod
    def of(cls, stored: Sequence[bytes]) -> Texts:
        """From what `encode` wrote for each."""
        every = [decode(one) for one in stored]
        titles = np.array([title for title, _ in every], dtype=np.int64)
        lengths = np.array([len(codes) for _, codes in every], dtype=np.int64)
        return cls(titles, lengths, np.concatenate([np.zeros(0, _TYPE), *(codes for _, codes in every)]))


def letters(stored: bytes) -> Codes:
    """Numbers of the folded syllables below the title."""
    title, codes = decode(stored)
    return codes[title:] >> np.uint32(MARK_BITS)
