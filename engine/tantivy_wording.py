"""The text of a document packed by what its codes say already.

Codes (`engine.codes`) tell the syllables of a text one after the other; what they leave open is little: capitals, punctuation, rare words.
So the syllables, each as it is written most often, are handed to Zstandard as if they had been written before the text: most of it then
repeats what came before, and takes a third of what it takes with a dictionary of other texts.
"""

from __future__ import annotations

import struct
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

import msgspec
import numpy as np
import zstandard
from numpy.typing import NDArray

from analyzers.syllables import columns
from engine.codes import Codes

_LEVEL = 6
_WAY = {"strategy": zstandard.STRATEGY_LAZY, "min_match": 5, "write_dict_id": False, "write_checksum": True}
"""Repetitions here are longer than the level's own strategy reckons with: a lazier one finds them in less time. With a
checksum: after syllables that are not its own, a text would be another one."""
_TEXT = b'"body":"'
"""Before the text of a document in its JSON. A quotation mark inside of a string has a backslash, so that this is in no other string."""
_END, _BACKSLASH = b'"', ord("\\")
_HEAD = struct.Struct("<HH")
"""Where the text is to be put back, and the length of the packed rest that comes before it; two zeros: nothing was taken out."""
_MOST = (1 << 16) - 1
_SPLIT = "\n"
_LEAST = 8
"""Bytes that Zstandard wants to have come before."""

Ranks = NDArray[np.uint16]


class Wording:
    """How the syllables of each rank are written most often: of rank 1, 2 …, the most frequent first."""

    def __init__(self, written: bytes) -> None:
        self.written = written
        self._of_rank = np.array([b"", *written.split(_SPLIT.encode())], object)

    @classmethod
    def learnt(cls, documents: Iterable[bytes], codes: Sequence[Codes], frequent: Codes) -> Wording:
        """From stored documents and the codes of their running texts."""
        ways: Counter[tuple[int, str]] = Counter()
        for document, numbers in zip(documents, codes, strict=True):
            ways.update(zip(numbers.tolist(), _surfaces(document), strict=False))  # codes are kept of so many syllables only
        best: dict[int, tuple[int, str]] = {}
        for (number, surface), count in ways.items():
            best[number] = min(best.get(number, (0, "")), (-count, surface))
        return cls(_SPLIT.join(best.get(number, (0, ""))[1] for number in frequent.tolist()).encode())

    def packed(self, documents: Sequence[bytes], ranks: Iterable[Ranks], rest: zstandard.ZstdCompressor) -> list[bytes]:
        """Stored documents, given the ranks of their syllables: their texts by them, what is left by `rest`.

        One kind of work for all, then the next: what each needs stays in the processor's cache.
        """
        places = [*map(text_in, documents)]
        others = [rest.compress(one[:start] + one[end:]) for one, (start, end) in zip(documents, places, strict=True)]
        found: list[bytes] = []
        for document, (start, end), other, its in zip(documents, places, others, ranks, strict=True):
            if 0 < start <= _MOST and len(other) <= _MOST:
                found.append(_HEAD.pack(start, len(other)) + other + self._packed_text(document[start:end], its))
            else:
                found.append(_HEAD.pack(0, 0) + rest.compress(document))
        return found

    def unpacked(self, packed: bytes, ranks: Callable[[], Ranks], rest: zstandard.ZstdDecompressor) -> bytes:
        """The document again. Raises ZstdError and struct.error."""
        at, length = _HEAD.unpack_from(packed)
        if not at:
            return rest.decompress(packed[_HEAD.size :])
        middle = _HEAD.size + length
        other = rest.decompress(packed[_HEAD.size : middle])
        text = zstandard.ZstdDecompressor(dict_data=self._before(ranks())).decompress(packed[middle:])
        return b"".join((other[:at], text, other[at:]))

    def _packed_text(self, text: bytes, ranks: Ranks) -> bytes:
        before = self._before(ranks)
        way = zstandard.ZstdCompressionParameters.from_level(_LEVEL, source_size=len(text), dict_size=len(before), **_WAY)
        return zstandard.ZstdCompressor(compression_params=way, dict_data=before).compress(text)

    def _before(self, ranks: Ranks) -> zstandard.ZstdCompressionDict:
        """What a text of these ranks repeats."""
        syllables = b" ".join(self._of_rank.take(ranks).tolist())
        return zstandard.ZstdCompressionDict(syllables.rjust(_LEAST), dict_type=zstandard.DICT_TYPE_RAWCONTENT)


def text_in(document: bytes) -> tuple[int, int]:
    """Where the text is in a stored document, start and end; both 0 where there is none. A regular expression takes 15 times as long."""
    start = document.find(_TEXT) + len(_TEXT)
    if start < len(_TEXT):
        return 0, 0
    end = document.index(_END, start)
    while _escaped(document, end):
        end = document.index(_END, end + 1)
    return start, end


def _escaped(document: bytes, at: int) -> bool:
    """Whether an odd number of backslashes stands before a place."""
    first = at
    while document[first - 1] == _BACKSLASH:
        first -= 1
    return (at - first) % 2 == 1


def _surfaces(document: bytes) -> list[str]:
    """The syllables of title, lead and body as they are written."""
    stored = msgspec.json.decode(document).get("document", {})
    text = "\n".join([stored.get(name, "") for name in ("title", "lead", "body")])
    starts, ends = columns(text)
    return [text[start:end] for start, end in zip(starts.tolist(), ends.tolist(), strict=True)]
