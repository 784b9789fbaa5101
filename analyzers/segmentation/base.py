"""What a segmenter is: text in, words out, with code-point offsets.

Here a *token* is what pyvi calls so: a syllable, number, mark, abbreviation with its full stop, web or e-mail
address. Tokens cover all of a text but its white space; a newline inside a text is a token. A *word* is one token
or several in a row.
"""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from importlib import import_module
from typing import NamedTuple, Protocol
from unicodedata import is_normalized

import numpy as np
from numpy.typing import NDArray

from analyzers.segmentation.errors import NotNormalizedError, UnknownSegmenterError

Indices = NDArray[np.intp]

SEGMENTERS = {
    "tables": "analyzers.segmentation.tables:TableSegmenter",
    "pyvi": "analyzers.segmentation.pyvi:PyviSegmenter",
}
"""Name -> where its class is; imported only when asked for."""

DEFAULT = "tables"


class Word(NamedTuple):
    """A word: code points ``[start, end)`` of the NFC text, made of `tokens` tokens, at least 1."""

    start: int
    end: int
    tokens: int


class Segments(NamedTuple):
    r"""The tokens of one or more texts, as columns; entry i is token i.

    `starts`, `ends`: half-open code-point ranges, not in the single text but in ``"\n".join(texts)``: the lines of
    an article are several texts to the model, yet all offsets point into the article.
    `joins`: True where the token belongs to the same word as the token before it.
    `bounds`: one more entry than texts; the tokens of text k are those from ``bounds[k]`` up to ``bounds[k + 1]``.
    """

    starts: Indices
    ends: Indices
    joins: NDArray[np.bool_]
    bounds: Indices


class Segmenter(Protocol):
    """Finds the words of Vietnamese text. Safe to use from several threads."""

    name: str
    """As given to `get_segmenter`."""

    fingerprint: str
    """Changes whenever the same text could get other words; equal for segmenters that give the same."""

    @abstractmethod
    def segment(self, texts: Sequence[str]) -> Segments:
        """Segment texts independently of each other, say the lines of an article.

        Raises NotNormalizedError when a text is not in NFC, since offsets would point into another text.
        """

    def segment_many(self, articles: Iterable[Sequence[str]]) -> Iterator[Segments]:
        """Yield ``segment(texts)`` of each article; faster, and may read several articles ahead."""
        return map(self.segment, articles)

    @abstractmethod
    def tokenize_many(self, texts: Iterable[str]) -> Iterator[str]:
        """Yield for each text what ``pyvi.ViTokenizer.tokenize`` returns for it; reads `texts` in batches.

        Accepts any str. A text without tokens comes back as it is.
        """

    def tokenize(self, text: str) -> str:
        """Return `text` as ``pyvi.ViTokenizer.tokenize`` does: a space between words, ``_`` inside them."""
        return next(iter(self.tokenize_many([text])))

    def words(self, text: str) -> list[Word]:
        """Return the words of an NFC text in order."""
        segments = self.segment([text])
        firsts = np.flatnonzero(~segments.joins)
        sizes = np.diff(np.append(firsts, len(segments.joins)))
        ends = segments.ends[firsts + sizes - 1]
        return [*map(Word, segments.starts[firsts].tolist(), ends.tolist(), sizes.tolist())]

    def compounds(self, text: str) -> list[Word]:
        """Return the words of more than one token of an NFC text in order."""
        return [word for word in self.words(text) if word.tokens > 1]


def require_nfc(texts: Iterable[str]) -> None:
    """Raise NotNormalizedError when one of `texts` is not in NFC."""
    for text in texts:
        if not is_normalized("NFC", text):
            raise NotNormalizedError(f"not in Unicode NFC, apply nfc() first: {text[:60]!r}")


def get_segmenter(name: str = DEFAULT) -> Segmenter:
    """Return the segmenter called `name`, one a process.

    Raises UnknownSegmenterError for a name that is not in SEGMENTERS, and SegmenterUnavailableError when the
    segmenter needs a package that is not installed.
    """
    if name not in SEGMENTERS:
        raise UnknownSegmenterError(f"unknown segmenter {name!r}; there are: {', '.join(SEGMENTERS)}")
    return _build(name)


@cache
def _build(name: str) -> Segmenter:
    module, _, attribute = SEGMENTERS[name].partition(":")
    segmenter: Segmenter = getattr(import_module(module), attribute)()
    return segmenter
