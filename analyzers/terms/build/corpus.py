"""Articles as columns of words: what every statistic of the build is computed from."""

from __future__ import annotations

import json
import lzma
from array import array
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.terms.spelling import value_of

SENTENCE_BREAKS = frozenset(".!?\n:;\"“”‘'(…")
FIRST_CAPITAL, LATER_CAPITAL, NOT_LETTERS = 1, 2, 4


class Columns(NamedTuple):
    """One entry a word of the corpus, in its order.

    `word` points into `values` (keys joined by blanks) and `labels` (their usual spelling in lower case); `article` counts from 0.
    `joined`: only a space or hyphen stands between the word and the one before. `opens`: it may be capitalised for its place.
    `case` sums FIRST_CAPITAL, LATER_CAPITAL (a syllable after the first) and NOT_LETTERS.
    """

    values: list[str]
    labels: list[str]
    word: NDArray[np.int64]
    article: NDArray[np.int64]
    in_title: NDArray[np.bool_]
    joined: NDArray[np.bool_]
    opens: NDArray[np.bool_]
    case: NDArray[np.int8]

    @property
    def articles(self) -> int:
        return int(self.article[-1]) + 1 if len(self.article) else 0


def read_articles(path: Path, limit: int | None = None) -> Iterator[tuple[str, str]]:
    """Yield (title, text) of each line of a JSONL file, compressed (.xz) or not."""
    with lzma.open(path, "rt", encoding="utf-8") if path.suffix == ".xz" else path.open(encoding="utf-8") as lines:
        for line in islice(lines, limit):
            row = json.loads(line)
            yield row["title"], row["text"]


def read_columns(articles: Iterable[tuple[str, str]]) -> Columns:
    """Analyse articles and lay their words out."""
    analyzer = Analyzer()
    surfaces: dict[str, int] = {}
    word, article, flags = array("i"), array("i"), array("b")
    for number, (title, text) in enumerate(articles):
        for zone, part in enumerate((title, text)):
            for surface, joined, opens, case in _words(analyzer.analyze(part)):
                word.append(surfaces.setdefault(surface, len(surfaces)))
                article.append(number)
                flags.append((zone == 0) | joined << 1 | opens << 2 | case << 3)
    bits = np.frombuffer(flags, dtype=np.int8) if flags else np.zeros(0, np.int8)
    ids = np.frombuffer(word, dtype=np.int32).astype(np.int64) if word else np.zeros(0, np.int64)
    values, labels, merged = _merge(list(surfaces), np.bincount(ids, minlength=len(surfaces)))
    numbers = np.frombuffer(article, dtype=np.int32).astype(np.int64) if article else np.zeros(0, np.int64)
    return Columns(values, labels, merged[ids], numbers, (bits & 1) > 0, (bits & 2) > 0, (bits & 4) > 0, bits >> 3)


def _words(text: AnalyzedText) -> Iterator[tuple[str, bool, bool, int]]:
    """Words of a text in lower case, with `joined`, `opens` and `case` of Columns."""
    source, starts, ends = text.text, text.starts, text.ends
    lasts = dict(text.words)
    first, before = 0, 0
    while first < len(text):
        last = lasts.get(first, first + 1)
        gap = source[before : starts[first]] if first else "\n"
        surface = source[starts[first] : ends[last - 1]]
        capitals = [source[starts[at]].isupper() for at in range(first, last)]
        letters = surface.replace(" ", "").isalpha() and not (last - first == 1 and len(surface) > 1 and surface.isupper())
        case = FIRST_CAPITAL * capitals[0] + LATER_CAPITAL * any(capitals[1:]) + NOT_LETTERS * (not letters)
        yield surface.lower(), gap in (" ", "-", " - ", " – "), not SENTENCE_BREAKS.isdisjoint(gap), case
        first, before = last, ends[last - 1]


def _merge(surfaces: list[str], counts: NDArray[np.int64]) -> tuple[list[str], list[str], NDArray[np.int64]]:
    """Spellings with the same keys become one word, labelled with the most frequent of them."""
    ids: dict[str, int] = {}
    best: list[tuple[int, str]] = []
    merged = np.zeros(len(surfaces), np.int64)
    for number, surface in enumerate(surfaces):
        identity = merged[number] = ids.setdefault(value_of(surface), len(ids))
        candidate = (-int(counts[number]), surface)
        if identity == len(best):
            best.append(candidate)
        best[identity] = min(best[identity], candidate)
    return list(ids), [surface for _, surface in best], merged
