"""Stored values compressed (Zstandard, RFC 8878) with what the first articles of an index have in common.

Articles are short, so that most of what repeats in one repeats in all: a dictionary is learnt from the first `LEARN_FROM`. Codes
(`engine.codes`) become 16-bit ranks among those seen then, the rest follow as they are; and since they tell the syllables of the text, the
text itself is packed by them (`engine.tantivy_wording`).

A value begins with the number of the dictionary it was made with, 0 for none; dictionaries stay in files of their own beside the
engine's, durable before a value is made with one.
"""

from __future__ import annotations

import os
import re
import struct
import threading
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, pairwise
from pathlib import Path
from typing import NamedTuple
from zlib import crc32

import numpy as np
import zstandard
from numpy.typing import NDArray

from engine import integrity
from engine.codes import Codes, Texts, decode
from engine.errors import IndexDamagedError
from engine.newest import Newest
from engine.tantivy_wording import Ranks, Wording, text_in

LEARN_FROM = 1_000
"""Articles that a dictionary is learnt from."""
_WAY = zstandard.ZstdCompressionParameters(
    strategy=zstandard.STRATEGY_GREEDY, window_log=19, chain_log=17, hash_log=18, search_log=5, min_match=6, write_dict_id=False
)
_CODES_WAY = zstandard.ZstdCompressionParameters(
    strategy=zstandard.STRATEGY_GREEDY, window_log=19, chain_log=17, hash_log=18, search_log=3, min_match=4, write_dict_id=False
)
"""As small as with level 6, within 2%, for three fifths of its time: articles and dictionary repeat phrases, so only what is long is worth
looking for. Values leave out what each would say again: the dictionary's id."""
_DOCUMENT_BYTES, _CODES_BYTES = 100_000, 256_000
"""Sizes of the two dictionaries."""
_SEGMENT = 200
"""Bytes of the segments that contents are put together from: left to itself Zstandard tries four sizes, which takes four times as long, and
values are as small with this one (within 0.3 %)."""
_MOST_RANKS = (1 << 16) - 1
_SLOT_BITS, _MULTIPLIER = 17, np.uint32(0x9E3779B1)
_NAME, _NUMBER = "packing-{}.dictionary", re.compile(r"packing-(\d+)\.dictionary")
_MAGIC = b"timtinP2"
_HEAD = struct.Struct("<8sIIIII")
"""Magic, CRC-32 of what follows the head, lengths of the dictionary of documents, of that of codes, of the frequent codes and of how they
are written."""
_LENGTHS, _FIRST = struct.Struct("<HH"), struct.Struct("<I")
_REBUILD = "Rebuild the index: timtin index --rebuild PATH…"
_WIDE, _NARROW = np.dtype("<u4"), np.dtype("<u2")

Sample = tuple[bytes, bytes]
"""A stored document and its codes, as they are before they are packed."""


class Dictionary:
    """What was learnt: contents for Zstandard, the codes that have a rank, the most frequent first, and how these are written."""

    def __init__(self, number: int, documents: bytes, codes: bytes, frequent: bytes, written: bytes = b"") -> None:
        self.number = number
        self.parts = documents, codes, frequent, written
        self.wording = Wording(written)
        self.documents, self.codes = zstandard.ZstdCompressionDict(documents), zstandard.ZstdCompressionDict(codes)
        self._of_rank: Codes = np.concatenate([np.zeros(1, _WIDE), np.frombuffer(frequent, _WIDE)])

    @classmethod
    def learnt(cls, number: int, samples: Sequence[Sample]) -> Dictionary:
        """From articles; the same ones always give the same."""
        documents, codes = [stored for stored, _ in samples], [codes for _, codes in samples]
        numbers = [decode(one)[1] for one in codes]
        values, counts = np.unique(np.concatenate(numbers), return_counts=True)
        frequent = values[np.lexsort((values, -counts))][:_MOST_RANKS].astype(_WIDE)
        ranking = cls(number, bytes(8), bytes(8), frequent.tobytes())
        return cls(
            number,
            _learnt(_DOCUMENT_BYTES, [stored[:start] + stored[end:] for stored in documents for start, end in (text_in(stored),)]),
            _learnt(_CODES_BYTES, ranking.ranked(codes)),
            frequent.tobytes(),
            Wording.learnt(documents, numbers, frequent).written,
        )

    def ranks(self, packed: bytes) -> Ranks:
        """The 16-bit numbers of what `ranked` made."""
        ranks = np.frombuffer(packed, _NARROW, _LENGTHS.unpack_from(packed)[1], _LENGTHS.size)
        if ranks.max(initial=0) >= len(self._of_rank):
            raise ValueError("a rank that no code has")
        return ranks

    def ranked(self, every: Sequence[bytes]) -> list[bytes]:
        """Codes as 16-bit numbers: syllables of the title and of all, then ranks from 1, 0 standing for one of the codes that follow."""
        decoded = [decode(codes) for codes in every]
        rest = np.concatenate([codes for _, codes in decoded])
        ranks = self._rank_at.take(_slots(rest))
        ranks[self._of_rank.take(ranks) != rest] = 0
        rare = ranks == 0
        found: list[bytes] = []
        end = 0
        for title, codes in decoded:
            start, end = end, end + len(codes)
            parts = _LENGTHS.pack(title, len(codes)), ranks[start:end].tobytes(), codes[rare[start:end]].tobytes()
            found.append(b"".join(parts))
        return found

    def unranked(self, packed: bytes) -> bytes:
        """The codes again."""
        text = self.texts([packed])
        return b"".join((_FIRST.pack(text.titles[0]), text.codes.tobytes()))

    def texts(self, packed: Sequence[bytes]) -> Texts:
        """The codes of several texts again, in one array."""
        heads = np.array([_LENGTHS.unpack_from(one) for one in packed], np.int64)
        lengths = heads[:, 1]
        ends = (4 + 2 * lengths).tolist()
        ranks = np.frombuffer(b"".join([one[4:end] for one, end in zip(packed, ends, strict=True)]), _NARROW)
        numbers = self._of_rank.take(ranks)
        others = np.flatnonzero(ranks == 0)
        rare = np.frombuffer(b"".join([one[end:] for one, end in zip(packed, ends, strict=True)]), _WIDE)
        if len(numbers) != lengths.sum() or len(others) != len(rare):
            raise ValueError("codes that are cut off")
        numbers[others] = rare
        return Texts(heads[:, 0], lengths, numbers)

    @cached_property
    def _rank_at(self) -> NDArray[np.uint16]:
        """Ranks by the slots of their codes; of several in one slot the most frequent has it, the others count as rare."""
        ranks = np.zeros(1 << _SLOT_BITS, _NARROW)
        ranks[_slots(self._of_rank[:0:-1])] = np.arange(len(self._of_rank) - 1, 0, -1)
        return ranks


def _slots(codes: Codes) -> Codes:
    """Fibonacci hashing (Knuth): an array answers for a whole text in a fifth of the time of a dict."""
    return (codes * _MULTIPLIER) >> np.uint32(32 - _SLOT_BITS)


def _learnt(size: int, samples: Sequence[bytes]) -> bytes:
    """Contents of a dictionary. Of articles too few or too like each other to learn from, the last ones themselves."""
    try:
        return zstandard.train_dictionary(size, [*samples], k=_SEGMENT, d=8).as_bytes()
    except zstandard.ZstdError:
        return b"".join(samples)[-size:].rjust(8, b"\0")


class _Tools(NamedTuple):
    """What one thread unpacks with: contexts of Zstandard must not be shared, dictionaries may be."""

    dictionary: Dictionary | None
    documents: zstandard.ZstdDecompressor
    codes: zstandard.ZstdDecompressor

    @classmethod
    def of(cls, dictionary: Dictionary | None) -> _Tools:
        if dictionary is None:
            return cls(None, zstandard.ZstdDecompressor(), zstandard.ZstdDecompressor())
        return cls(
            dictionary,
            zstandard.ZstdDecompressor(dict_data=dictionary.documents),
            zstandard.ZstdDecompressor(dict_data=dictionary.codes),
        )


class _ToolsOfThread(threading.local):
    """Tools by the number of their dictionary, and what they were used for last."""

    def __init__(self) -> None:
        self.of: dict[int, _Tools] = {}
        self.codes: dict[bytes, bytes] = {}
        """Packed codes -> codes, of the texts that were asked for last: some of their documents are asked for next."""


class Packing:
    """The dictionaries of one index, read when a value needs them."""

    def __init__(self, directory: Path) -> None:
        self._directory = directory
        self._dictionaries: dict[int, Dictionary] = {}
        self._files: dict[int, Newest] = {}
        self._tools = _ToolsOfThread()

    def current(self) -> Packing:
        """This one, or another one where the index has been built anew since a dictionary was read."""
        return Packing(self._directory) if any(file.changed() for file in self._files.values()) else self

    def document(self, packed: bytes, codes: bytes) -> bytes:
        """A stored document as `Packer` got it, from what it made of the document and of its codes. Raises IndexDamagedError."""
        tools = self._of(packed)
        if tools.dictionary is None:
            return self._unpacked(tools.documents, packed)
        dictionary = tools.dictionary
        try:
            return dictionary.wording.unpacked(packed[1:], lambda: dictionary.ranks(self._ranked(tools, codes)), tools.documents)
        except (zstandard.ZstdError, MemoryError, ValueError, IndexError, struct.error) as error:
            raise self._damaged(error) from error

    def codes(self, packed: bytes) -> bytes:
        """Codes as `Packer` got them. Raises IndexDamagedError."""
        tools = self._of(packed)
        plain = self._unpacked(tools.codes, packed)
        if tools.dictionary is None:
            return plain
        try:
            return tools.dictionary.unranked(plain)
        except (ValueError, IndexError, struct.error) as error:
            raise self._damaged(error) from error

    def texts(self, packed: Sequence[bytes]) -> Texts:
        """The codes of several documents at once. Raises IndexDamagedError."""
        tools = self._of(max(packed, default=b""))
        dictionary = tools.dictionary
        if dictionary is None:
            return Texts.of([self.codes(one) for one in packed])
        number = bytes([dictionary.number])
        try:
            made = self._unpacked_all(tools.codes, [one[1:] for one in packed if one[:1] == number])
            plain = [next(made) if one[:1] == number else dictionary.ranked([self.codes(one)])[0] for one in packed]
            self._tools.codes = dict(zip(packed, plain, strict=True))
            return dictionary.texts(plain)
        except (ValueError, IndexError, struct.error) as error:
            raise self._damaged(error) from error

    def newest(self) -> Dictionary | None:
        """The dictionary that values are made with, if one has been learnt."""
        numbers = [int(found[1]) for name in os.listdir(self._directory) if (found := _NUMBER.fullmatch(name))]
        return self._dictionary(max(numbers)) if numbers else None

    def learn(self, samples: Sequence[Sample]) -> Dictionary:
        """Learn the first dictionary, and keep it durably."""
        dictionary = Dictionary.learnt(1, samples)
        content = b"".join(dictionary.parts)
        head = _HEAD.pack(_MAGIC, crc32(content), *map(len, dictionary.parts))
        integrity.write_durably(self._directory / _NAME.format(dictionary.number), head + content)
        return dictionary

    def _of(self, packed: bytes) -> _Tools:
        number = packed[0] if packed else 0
        known = self._tools.of.get(number)
        if known is None:
            known = self._tools.of[number] = _Tools.of(self._dictionary(number) if number else None)
        return known

    def _dictionary(self, number: int) -> Dictionary:
        known = self._dictionaries.get(number)
        if known is None:
            file = Newest(self._directory / _NAME.format(number))
            file.read(file.mark())
            known, self._files[number] = self._read(number), file
            self._dictionaries[number] = known
        return known

    def _ranked(self, tools: _Tools, packed: bytes) -> bytes:
        return self._tools.codes.get(packed) or self._unpacked(tools.codes, packed)

    def _unpacked(self, tool: zstandard.ZstdDecompressor, packed: bytes) -> bytes:
        try:
            return tool.decompress(memoryview(packed)[1:])
        except (zstandard.ZstdError, MemoryError) as error:  # a damaged frame may tell any size
            raise self._damaged(error) from error

    def _unpacked_all(self, tool: zstandard.ZstdDecompressor, frames: Sequence[bytes]) -> Iterator[bytes]:
        """In one call: each by itself would give way to the threads that count, and wait for its turn again."""
        if not frames:
            return
        try:
            found = tool.multi_decompress_to_buffer([*frames])
        except (zstandard.ZstdError, MemoryError, ValueError) as error:
            raise self._damaged(error) from error
        for at in range(len(found)):
            yield found[at].tobytes()

    def _damaged(self, error: Exception) -> IndexDamagedError:
        return IndexDamagedError(f"{self._directory}: a stored document cannot be unpacked ({error}). {_REBUILD}")

    def _read(self, number: int) -> Dictionary:
        """Read a dictionary; one that no writer has sealed yet is known to be whole by its own checksum."""
        path = self._directory / _NAME.format(number)
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise IndexDamagedError(
                f"{path} cannot be read ({error.strerror or error}): documents were compressed with it. {_REBUILD}"
            ) from error
        content = raw[_HEAD.size :]
        magic, crc, *lengths = _HEAD.unpack(raw[: _HEAD.size].ljust(_HEAD.size, b"\0"))
        if magic != _MAGIC or crc != crc32(content) or sum(lengths) != len(content):
            raise IndexDamagedError(f"{path} is damaged: it is not what was written. {_REBUILD}")
        ends = [*accumulate(lengths, initial=0)]
        return Dictionary(number, *(content[start:end] for start, end in pairwise(ends)))


class Packer:
    """Packs values for one writer, from one thread, and learns a dictionary once it has met enough articles.

    `samples`: what the index holds so far, of which as many are taken as are needed.
    """

    def __init__(self, packing: Packing, samples: Iterable[Sample]) -> None:
        self._packing = packing
        self._samples: list[Sample] = []
        self._dictionary = packing.newest()
        if self._dictionary is None:
            self._samples.extend(samples)
        self._equip()

    def pack(self, samples: Sequence[Sample]) -> list[Sample]:
        """Documents and their codes as they are stored. Raises OSError when a dictionary cannot be kept.

        Many at once cost a third less: the tables of a dictionary are larger than the processor's cache, and are gone after other work.
        """
        done: list[Sample] = []
        if self._dictionary is None:
            few = samples[: max(0, LEARN_FROM - 1 - len(self._samples))]
            self._samples += few
            done, samples = self._packed(few), samples[len(few) :]
            if samples:
                self._dictionary = self._packing.learn([*self._samples, samples[0]])
                self._samples.clear()
                self._equip()
        return done + self._packed(samples)

    def _packed(self, samples: Sequence[Sample]) -> list[Sample]:
        if not samples:
            return []
        learnt = self._dictionary
        if learnt is None:
            return [(b"\0" + self._documents.compress(stored), b"\0" + self._codes.compress(codes)) for stored, codes in samples]
        number = bytes([learnt.number])
        ranked = learnt.ranked([codes for _, codes in samples])
        codes = [number + self._codes.compress(one) for one in ranked]
        documents = learnt.wording.packed([stored for stored, _ in samples], map(learnt.ranks, ranked), self._documents)
        return [*zip([number + one for one in documents], codes, strict=True)]

    def _equip(self) -> None:
        learnt = self._dictionary
        self._documents = _compressor(_WAY, learnt.documents if learnt else None)
        self._codes = _compressor(_CODES_WAY, learnt.codes if learnt else None)


def _compressor(way: zstandard.ZstdCompressionParameters, dictionary: zstandard.ZstdCompressionDict | None) -> zstandard.ZstdCompressor:
    if dictionary is not None:
        dictionary.precompute_compress(compression_params=way)
    return zstandard.ZstdCompressor(compression_params=way, dict_data=dictionary)
