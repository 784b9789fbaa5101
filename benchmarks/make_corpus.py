"""Articles of any number for tests and demonstrations: the statistics of real news, the sentences of nobody.

usage: python -m benchmarks.make_corpus N [--seed 1] [--out FILE]

Writes NDJSON, the same for the same N and seed. What is fitted, on counts over a sample of 3,889 articles of 2017:

* how often the k-th most frequent word occurs (`FREQUENCIES`), which also makes the vocabulary grow as it does there,
* syllables of an article (lognormal), words of a sentence and of a headline.

Words are those of our sample articles (`seeds/`), the more frequent there the more frequent here, then those of pyvi's word list.
Each article has a few subjects whose words come again and again in it, one unit of the gazetteer where it takes place, a day, and a
source. One in 50 repeats another one with a few words changed, one in 200 repeats it exactly.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from importlib.resources import files
from pathlib import Path
from typing import Any
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from analyzers.analyzer import Analyzer
from analyzers.places import Gazetteer
from analyzers.places import load as load_gazetteer

FREQUENCIES = ((1, 0.0162), (10, 0.00847), (100, 0.00131), (1000, 1.55e-4), (5000, 1.59e-5), (20_000, 1.22e-6), (60_000, 1.2e-7))
"""Rank of a word -> its share of all words, as counted; between these it is interpolated in logarithms."""
WORDS_MEAN, WORDS_SD = 5.5, 0.69
"""Of the logarithm of an article's number of words, so that articles have 576 syllables on average, as counted."""
SENTENCE_MEAN, SENTENCE_SD = 2.73, 0.6
"""Of the logarithm of a sentence's number of words."""
TITLE_MEAN, TITLE_SD = 9.0, 2.1
VOCABULARY = 60_000
SUBJECTS, SUBJECT_WORDS, SUBJECT_SHARE = 800, 40, 0.22
"""How many subjects there are, how many words each has, and which share of an article's words is of its subjects."""
NEAR_COPIES, COPIES = 0.02, 0.005
CHANGED_WORDS = 0.03
SOURCES = 240
FIRST_DAY, DAYS = date(2012, 1, 1), 5_000
_BATCH = 500
_NUMBERS = 8_000

Article = dict[str, Any]
Words = NDArray[np.int64]


class Maker:
    """Makes articles one after another; the n-th depends on the seed only."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        self._words = np.array(_vocabulary(self._random), dtype=object)
        self._heads = np.cumsum(_shares(len(self._words)))
        self._heads /= self._heads[-1]
        # A subject's words are neither the most frequent, which are everywhere, nor so rare that hardly an article has them.
        self._subjects = self._random.integers(150, 12_000, (SUBJECTS, SUBJECT_WORDS))
        self._popular = 1 / np.arange(1, SUBJECTS + 1) ** 0.7
        self._popular /= self._popular.sum()
        self._units = _units(load_gazetteer())
        self._recent: list[tuple[Words, Words]] = []

    def articles(self, number: int) -> Iterator[Article]:
        """Yield `number` articles with the keys that ``timtin index`` reads."""
        for start in range(0, number, _BATCH):
            yield from self._batch(start, min(_BATCH, number - start))

    def _batch(self, start: int, size: int) -> Iterator[Article]:
        lengths = np.exp(self._random.normal(WORDS_MEAN, WORDS_SD, size)).astype(int).clip(40, 4000)
        titles = self._random.normal(TITLE_MEAN, TITLE_SD, size).astype(int).clip(4, 16)
        chosen = self._random.choice(SUBJECTS, (size, 3), p=self._popular)
        kinds = self._random.random(size)
        for i in range(size):
            if self._recent and kinds[i] < COPIES:
                title, body = self._recent[int(self._random.integers(len(self._recent)))]
            elif self._recent and kinds[i] < COPIES + NEAR_COPIES:
                title, body = self._changed(*self._recent[int(self._random.integers(len(self._recent)))])
            else:
                title, body = self._drawn(int(titles[i]), chosen[i], 0.6), self._drawn(int(lengths[i]), chosen[i], SUBJECT_SHARE)
            self._recent = [*self._recent[-200:], (title, body)] if len(self._recent) < 400 else self._recent[200:]
            yield self._article(start + i, title, body)

    def _drawn(self, count: int, subjects: Words, share: float) -> Words:
        words = np.searchsorted(self._heads, self._random.random(count))
        own = self._subjects[subjects].ravel()
        # The first words of a subject come most often, so that some of them shape the article.
        at = (own.size * self._random.random(count) ** 2.5).astype(int)
        return np.where(self._random.random(count) < share, own[at], words)

    def _changed(self, title: Words, body: Words) -> tuple[Words, Words]:
        other = np.searchsorted(self._heads, self._random.random(body.size))
        return title, np.where(self._random.random(body.size) < CHANGED_WORDS, other, body)

    def _article(self, number: int, title: Words, body: Words) -> Article:
        day = FIRST_DAY + timedelta(days=int(DAYS * self._random.random() ** 0.6))
        short, long = self._units[int(len(self._units) * self._random.random() ** 1.5)]
        source = int(SOURCES * self._random.random() ** 2)
        sentences = self._sentences(body)
        at = int(self._random.integers(len(sentences)))
        sentences[at] = f"{sentences[at][:-1]} tại {long}."
        lead = f"({day.day}/{day.month}) {short} – {sentences[0]}"
        paragraphs = [" ".join(sentences[i : i + 3]) for i in range(1, len(sentences), 3)]
        return {
            "id": f"tin-{number:07}",
            "title": _capital(f"{' '.join(self._words[title])} {'ở ' + short if number % 3 else ''}".strip()),
            "lead": lead,
            "body": paragraphs,
            "published": day.isoformat(),
            "source": f"Bản tin {source:03}",
            "url": f"https://ban-tin-{source:03}.example/tin/{number}.html",
        }

    def _sentences(self, words: Words) -> list[str]:
        count = max(2, int(words.size / np.exp(SENTENCE_MEAN + SENTENCE_SD**2 / 2)))
        weights = np.exp(self._random.normal(SENTENCE_MEAN, SENTENCE_SD, count))
        ends = np.unique((np.cumsum(weights) / weights.sum() * words.size).astype(int).clip(1))
        texts = self._words[words].tolist()
        starts = [0, *ends[:-1].tolist()]
        return [_capital(" ".join(texts[start:end])) + "." for start, end in zip(starts, ends.tolist(), strict=True)]


def _vocabulary(random: np.random.Generator) -> list[str]:
    """Words, most frequent first: those of seeds/ by their counts, the shorter of pyvi's list, numbers, the longer."""
    counted: Counter[str] = Counter()
    segmenter = Analyzer().segmenter
    for text in _seed_texts():
        words = segmenter.tokenize(text).replace("_", " ")
        counted.update(re.findall(r"[^\W\d_]+(?: [^\W\d_]+)?", words.lower()))
    frequent = [word for word, count in counted.most_common(3000) if count > 1]
    listed = [line.strip() for line in files("pyvi").joinpath("models/words.txt").read_text(encoding="utf-8").splitlines()]
    listed = [word for word in dict.fromkeys(listed) if word and word.replace(" ", "").isalpha()]
    random.shuffle(listed)
    listed.sort(key=lambda word: word.count(" ") > 1)
    numbers = [f"{value / 100:.2f}".replace(".", ",") if value % 2 else f"{value:,}".replace(",", ".") for value in range(11, _NUMBERS)]
    random.shuffle(numbers)
    return list(dict.fromkeys([*frequent, *listed[:12_000], *numbers, *listed[12_000:]]))[:VOCABULARY]


def _seed_texts() -> Iterator[str]:
    for path in sorted((Path(__file__).resolve().parent.parent / "seeds").rglob("*.ndjson")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            yield from (value for value in record.values() if isinstance(value, str) and " " in value)


def _shares(count: int) -> NDArray[np.float64]:
    ranks, shares = np.log(np.array(FREQUENCIES)).T
    found: NDArray[np.float64] = np.exp(np.interp(np.log(np.arange(1, count + 1)), ranks, shares))
    return found


def _units(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """(short name, name with the units above it) of every unit, in an order that does not follow the map."""
    units = sorted(gazetteer.at(FIRST_DAY), key=lambda unit: crc32(unit.unit.encode()))
    return [(unit.name, ", ".join(part.label for part in (unit, *reversed(gazetteer.parents(unit, FIRST_DAY))))) for unit in units]


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the articles."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("number", type=int, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="standard output without")
    options = parser.parse_args(arguments)
    out = options.out.open("w", encoding="utf-8") if options.out else sys.stdout
    with out:
        for article in Maker(options.seed).articles(options.number):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
