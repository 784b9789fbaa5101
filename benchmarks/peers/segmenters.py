"""Word segmenters, each through the call its README shows."""

from __future__ import annotations

from collections.abc import Sequence

from benchmarks.peers.model import SegmenterPeer


class Ours(SegmenterPeer):
    """The default segmenter."""

    distribution = "timtin"
    settings = "get_segmenter().tokenize_many(sentences)"

    def __init__(self) -> None:
        from analyzers.segmentation import get_segmenter

        self._segmenter = get_segmenter()

    def segment(self, sentences: Sequence[str]) -> list[str]:
        """All in one call."""
        return [*self._segmenter.tokenize_many(sentences)]


class Pyvi(SegmenterPeer):
    """The reference."""

    distribution = "pyvi"
    settings = "ViTokenizer.tokenize(sentence)"

    def __init__(self) -> None:
        from pyvi import ViTokenizer

        self._tokenize = ViTokenizer.tokenize

    def segment(self, sentences: Sequence[str]) -> list[str]:
        """One by one: there is no other way."""
        return [*map(self._tokenize, sentences)]


class Underthesea(SegmenterPeer):
    """Another model with another reading of what a word is."""

    distribution = "underthesea"
    settings = 'word_tokenize(sentence, format="text")'

    def __init__(self) -> None:
        from underthesea import word_tokenize

        self._tokenize = word_tokenize

    def segment(self, sentences: Sequence[str]) -> list[str]:
        """One by one."""
        return [self._tokenize(sentence, format="text") for sentence in sentences]
