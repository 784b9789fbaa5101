"""Articles of any number for tests and demonstrations: the statistics of real news, the sentences of nobody.

usage: python -m benchmarks.make_corpus N [--seed 1] [--out FILE]

Writes NDJSON, packed when FILE ends in ``.gz`` or ``.zst``; the first n articles are the same for every N. What is fitted, on counts over
20,000 articles of 2017:

* how often the k-th most frequent word occurs (`FREQUENCIES`),
* how many different syllables, and different pairs of neighbours, 1,000, 3,000, 10,000 and 20,000 articles have. That is what the
  dictionaries of an index grow with. Pairs come again because part of the text are fixed phrases; syllables never cease to be new
  because of rare names and numbers, whose supply has no end,
* syllables of an article (lognormal), words of a sentence and of a headline.

Words are those of our sample articles (`seeds/`), the more frequent there the more frequent here, then those of pyvi's word list.
Each article has a few subjects whose words, every second a key term, come again and again in it, a unit of the gazetteer where it takes
place, a day, and a source. One in 50 has the text of another one with a few words changed, one in 200 as it is, with a place and a day of
its own.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path
from typing import IO, Any
from zlib import crc32

import numpy as np
import zstandard
from numpy.typing import NDArray

from analyzers.analyzer import Analyzer
from analyzers.places import Gazetteer
from analyzers.places import load as load_gazetteer
from analyzers.terms.store import load as load_terms

FREQUENCIES = ((1, 0.0162), (10, 0.00847), (100, 0.00131), (1000, 1.55e-4), (5000, 1.59e-5), (20_000, 1.22e-6), (60_000, 1.2e-7))
"""Rank of a word -> its share of all words, as counted; between these it is interpolated in logarithms."""
WORDS_MEAN, WORDS_SD = 5.58, 0.66
"""Of the logarithm of an article's number of words, so that articles have 584 syllables on average, as counted."""
SENTENCE_MEAN, SENTENCE_SD = 2.73, 0.6
"""Of the logarithm of a sentence's number of words."""
TITLE_MEAN, TITLE_SD = 7.5, 1.8
VOCABULARY = 60_000
SUBJECTS, SUBJECT_WORDS, SUBJECT_SHARE = 4_000, 40, 0.25
"""How many subjects there are, how many words each has, and which share of an article's words is of its subjects."""
PHRASES, PHRASE_SHARE, PHRASE_FLATNESS = 120_000, 0.5, 300
"""How many fixed phrases there are, the share of them among what is drawn, and up to which rank they are about equally frequent."""
PEOPLE, PERSON_SHARE = 40_000, 0.02
RARE_SHARE, RARE_SLOPE, RARE_FLATNESS = 0.032, 0.7, 6_000.0
"""Rare names and numbers: their share, and how soon they repeat: the k-th and all after it have the share (1 + k / FLATNESS)^-SLOPE."""
NEAR_COPIES, COPIES = 0.02, 0.005
CHANGED_WORDS = 0.03
SOURCES = 240
FIRST_DAY, DAYS = date(2012, 1, 1), 5_000
PERIOD_SHARE = 0.12
_BATCH = 500
_RECENT = 400
_NUMBERS = 8_000
_TAG = re.compile(r"<[^>]*>|https?:\S+|&\w+;")
_NAMES = (
    "Nguyễn Trần Lê Phạm Hoàng Huỳnh Phan Vũ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Mai Đoàn K’ Y H’ Hà Lương",
    "Văn Thị Hữu Đức Minh Ngọc Thanh Quốc Xuân Công Kim Đình Thu Hồng Bá Gia Mạnh Trọng Tuấn Hoài",
    (
        "An Anh Bảo Bình Châu Chi Cường Dung Dũng Duy Giang Hà Hải Hằng Hạnh Hiền Hiếu Hoa Hòa "
        "Hùng Hương Khánh Lan Linh Loan Long Mai Minh Nam Nga Nghĩa Nhung Phong Phúc Phương Quân Quang Quý "
        "Sơn Tâm Tân Thảo Thắng Thịnh Thủy Toàn Trang Trung Tú Tuyết Vân Việt Vinh Yến"
    ),
)
"""Surnames, middle and given names, the usual ones first."""
_FOREIGN = ("b br c ch cl d dr f fl g gr h j k kr l m n p pr r s st sw t tr v w z sk", "a e i o u ai ee ou", "l n r s ck x t m")
"""Beginnings, vowels and ends of the syllables of rare names, unlike those of Vietnamese."""
_ONSETS, _VOWELS, _CODAS = (letters.split() for letters in _FOREIGN)
_SPREAD = 2_654_435_761
"""Odd, so multiplying by it reorders the numbers below 2^32 (Knuth's multiplicative hashing)."""

Article = dict[str, Any]
Words = NDArray[np.int64]
Text = tuple[list[str], list[str]]
"""Headline and body in words and phrases."""


class Maker:
    """Makes articles one after another; the n-th depends on the seed only."""

    def __init__(self, seed: int = 1) -> None:
        self._random = np.random.default_rng(seed)
        words = _vocabulary(self._random)
        self._heads = np.cumsum(_shares(len(words)))
        self._heads /= self._heads[-1]
        self._phrases_from = len(words)
        phrases = self._phrases(words)
        self._people_from = self._phrases_from + len(phrases)
        people = self._people()
        terms_from = self._people_from + len(people)
        terms, wanted = _terms()
        self._known = terms_from + len(terms)
        """Numbers from here on are those of rare words."""
        self._lexicon = np.array([*words, *phrases, *people, *terms], dtype=object)
        # A subject's words are neither the most frequent, which are everywhere, nor so rare that hardly an article has them.
        self._subjects = self._random.integers(150, 20_000, (SUBJECTS, SUBJECT_WORDS))
        self._subjects[:, 1::2] = terms_from + self._random.choice(len(terms), (SUBJECTS, SUBJECT_WORDS // 2), p=wanted)
        self._popular = 1 / np.arange(1, SUBJECTS + 1) ** 0.5
        self._popular /= self._popular.sum()
        self._units = _units(load_gazetteer())
        self._recent: list[Text] = []

    def articles(self, number: int) -> Iterator[Article]:
        """Yield `number` articles with the keys that ``timtin index`` reads."""
        for start in range(0, number, _BATCH):
            for at, (title, body) in enumerate(self._texts(), start=start):
                if at < number:
                    yield self._article(at, title, body)

    def _texts(self) -> Iterator[Text]:
        """A batch of headlines and bodies; drawn together, which costs a third of drawing them one by one."""
        lengths = np.exp(self._random.normal(WORDS_MEAN, WORDS_SD, _BATCH)) / _WORDS_A_DRAW
        counts = lengths.astype(np.int64).clip(20, 3000)
        titles = (self._random.normal(TITLE_MEAN, TITLE_SD, _BATCH) / _WORDS_A_DRAW).astype(np.int64).clip(2, 10)
        chosen = self._random.choice(SUBJECTS, (_BATCH, 3), p=self._popular)
        kinds = self._random.random(_BATCH)
        bodies = self._drawn(counts, chosen, SUBJECT_SHARE)
        heads = self._drawn(titles, chosen, 0.5)
        for kind, head, body in zip(kinds, heads, bodies, strict=True):
            text = head, body
            if self._recent and kind < COPIES + NEAR_COPIES:
                text = self._recent[int(self._random.integers(len(self._recent)))]
                text = text if kind < COPIES else (text[0], self._changed(text[1]))
            self._recent = [*self._recent[-_RECENT // 2 :], text] if len(self._recent) >= _RECENT else [*self._recent, text]
            yield text

    def _drawn(self, counts: Words, subjects: Words, share: float) -> Iterator[list[str]]:
        """So many words and phrases for each text; a `share` of them of its own subjects."""
        total = int(counts.sum())
        drawn = np.searchsorted(self._heads, self._random.random(total))
        own = self._subjects[subjects].transpose(0, 2, 1).reshape(len(counts), -1)
        # The first words of its subjects come most often, so that some of them shape the article.
        at = (own.shape[1] * self._random.random(total) ** 2.2).astype(np.int64)
        of = np.repeat(np.arange(len(counts)), counts)
        kinds = self._random.random(total)
        choices = (
            (share, own[of, at]),
            (PHRASE_SHARE, self._phrase(total)),
            (PERSON_SHARE, self._person(total)),
            (RARE_SHARE, self._rare(total)),
        )
        low = 0.0
        for part, numbers in choices:
            drawn = np.where((kinds >= low) & (kinds < low + part), numbers, drawn)
            low += part
        texts = self._lexicon[np.minimum(drawn, self._known - 1)]
        for place in np.flatnonzero(drawn >= self._known).tolist():
            texts[place] = _rare_word(int(drawn[place]) - self._known)
        ends = np.cumsum(counts).tolist()
        every = texts.tolist()
        return (every[end - count : end] for end, count in zip(ends, counts.tolist(), strict=True))

    def _phrase(self, count: int) -> Words:
        """Zipf's law with slope 1, flat up to `PHRASE_FLATNESS`."""
        ranks = PHRASE_FLATNESS * ((1 + PHRASES / PHRASE_FLATNESS) ** self._random.random(count) - 1)
        return self._phrases_from + ranks.astype(np.int64).clip(0, PHRASES - 1)

    def _person(self, count: int) -> Words:
        return self._people_from + (PEOPLE * self._random.random(count) ** 3).astype(np.int64)

    def _rare(self, count: int) -> Words:
        ranks = RARE_FLATNESS * ((1 - self._random.random(count)) ** (-1 / RARE_SLOPE) - 1)
        return self._known + ranks.clip(0, 1 << 40).astype(np.int64)

    def _changed(self, body: list[str]) -> list[str]:
        changed = list(body)
        for place in np.flatnonzero(self._random.random(len(body)) < CHANGED_WORDS).tolist():
            changed[place] = self._lexicon[int(np.searchsorted(self._heads, self._random.random()))]
        return changed

    def _article(self, number: int, title: list[str], body: list[str]) -> Article:
        chance = self._random.random(6)
        day = FIRST_DAY + timedelta(days=int(DAYS * chance[0] ** 0.6))
        short, long = self._units[int(len(self._units) * chance[1] ** 1.5)]
        source = int(SOURCES * chance[2] ** 2)
        sentences = self._sentences(body)
        at = int(len(sentences) * chance[3])
        sentences[at] = f"{sentences[at][:-1]} tại {long}."
        if chance[4] < PERIOD_SHARE:
            sentences[-1] = f"{sentences[-1][:-1]} trong {_period(day, chance[5])}."
        lead = f"({day.day}/{day.month}) {short} – {sentences[0]}"
        paragraphs = [" ".join(sentences[i : i + 3]) for i in range(1, len(sentences), 3)]
        return {
            "id": f"tin-{number:07}",
            "title": _capital(f"{' '.join(title)} {'ở ' + short if number % 3 else ''}".strip()),
            "lead": lead,
            "body": paragraphs,
            "published": day.isoformat(),
            "source": f"Bản tin {source:03}",
            "url": f"https://ban-tin-{source:03}.example/tin/{number}.html",
        }

    def _sentences(self, words: list[str]) -> list[str]:
        count = max(2, int(len(words) * _WORDS_A_DRAW / np.exp(SENTENCE_MEAN + SENTENCE_SD**2 / 2)))
        ends = np.cumsum(np.exp(self._random.normal(SENTENCE_MEAN, SENTENCE_SD, count)))
        cuts = sorted({max(1, int(end)) for end in (ends * (len(words) / ends[-1])).tolist()} | {len(words)})
        return [_capital(" ".join(words[start:end])) + "." for start, end in zip([0, *cuts], cuts, strict=False)]

    def _phrases(self, words: list[str]) -> list[str]:
        lengths = self._random.integers(2, 6, PHRASES)
        drawn = np.searchsorted(self._heads, self._random.random(int(lengths.sum()))).tolist()
        ends = np.cumsum(lengths).tolist()
        return [" ".join([words[number] for number in drawn[end - size : end]]) for end, size in zip(ends, lengths.tolist(), strict=True)]

    def _people(self) -> list[str]:
        parts = [np.array(part.split(), dtype=object) for part in _NAMES]
        drawn = [part[(len(part) * self._random.random(PEOPLE) ** 1.5).astype(np.int64)] for part in parts]
        return [" ".join(names) for names in zip(*drawn, strict=True)]


_WORDS_A_DRAW = 1 + PHRASE_SHARE * 2.5 + PERSON_SHARE
"""Words of what is drawn at once, on average: a phrase has three and a half."""


def _rare_word(number: int) -> str:
    """A name or number for each number, no two alike but for chance."""
    mixed = (number * _SPREAD) % (1 << 32)
    if number % 8 == 0:
        return f"{mixed % 999_983 / 10:,.1f}".replace(",", " ").replace(".", ",").replace(" ", ".")
    name = ""
    while mixed:
        mixed, part = divmod(mixed, len(_ONSETS) * len(_VOWELS) * len(_CODAS))
        part, coda = divmod(part, len(_CODAS))
        onset, vowel = divmod(part, len(_VOWELS))
        name += _ONSETS[onset] + _VOWELS[vowel] + _CODAS[coda]
    return _capital(name or "a")


def _period(day: date, chance: float) -> str:
    """A stretch of time that an article may report on."""
    kinds = (
        f"năm {day.year}",
        f"quý {1 + day.month // 4} năm {day.year}",
        f"giai đoạn {day.year - 5}-{day.year}",
        f"tháng {day.month}/{day.year}",
    )
    return kinds[int(len(kinds) * chance)]


def _vocabulary(random: np.random.Generator) -> list[str]:
    """Words, most frequent first: those of seeds/ by their counts, the shorter of pyvi's list, numbers, the longer."""
    counted: Counter[str] = Counter()
    segmenter = Analyzer().segmenter
    for text in _seed_texts():
        words = segmenter.tokenize(_TAG.sub(" ", text)).replace("_", " ")
        counted.update(re.findall(r"[^\W\d_]+(?: [^\W\d_]+)?", words.lower()))
    frequent = [word for word, count in counted.most_common(1500) if count > 1]
    listed = [line.strip() for line in files("pyvi").joinpath("models/words.txt").read_text(encoding="utf-8").splitlines()]
    listed = [word for word in dict.fromkeys(listed) if word and word.replace(" ", "").isalpha()]
    random.shuffle(listed)
    # Of the words that are not rare, half are of one syllable.
    short, two, long = ([word for word in listed if min(word.count(" "), 2) == spaces] for spaces in range(3))
    mixed = [word for pair in zip(short, two, strict=False) for word in pair]
    listed = [*mixed, *two[len(short) :], *long]
    numbers = [f"{value / 100:.2f}".replace(".", ",") if value % 2 else f"{value:,}".replace(",", ".") for value in range(11, _NUMBERS)]
    random.shuffle(numbers)
    return list(dict.fromkeys([*frequent, *listed[:20_000], *numbers, *listed[20_000:]]))[:VOCABULARY]


def _terms() -> tuple[list[str], NDArray[np.float64]]:
    """Labels of key terms, and how often each is wanted as a word of a subject."""
    terms = sorted(load_terms().terms.values(), key=lambda term: term.value)
    weights = np.sqrt(np.array([1 + term.documents for term in terms], dtype=np.float64))
    return [term.label for term in terms], weights / weights.sum()


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
    with _opened(options.out) as out:
        for article in Maker(options.seed).articles(options.number):
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return 0


@contextmanager
def _opened(path: Path | None) -> Iterator[IO[str]]:
    """The file to write to, packed as its name says."""
    if path is None:
        yield sys.stdout
    elif path.suffix == ".gz":
        with gzip.open(path, "wt", encoding="utf-8", compresslevel=1) as packed:
            yield packed
    elif path.suffix == ".zst":
        with path.open("wb") as raw, zstandard.ZstdCompressor(1).stream_writer(raw) as stream, TextIOWrapper(stream, "utf-8") as text:
            yield text
    else:
        with path.open("w", encoding="utf-8") as plain:
            yield plain


if __name__ == "__main__":
    sys.exit(main())
