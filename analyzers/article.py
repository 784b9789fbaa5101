"""Everything analysis finds in one article, in one call: tokens, places and key terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib.resources import files
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.keys import marked_key
from analyzers.places import Homes, Mention, Place, PlaceFinder
from analyzers.places.model import Era
from analyzers.terms import KeyTerm, hits, key_terms
from analyzers.terms import fingerprint as terms_fingerprint

PLACES_VERSION = 3
"""Raise when the rules that find places change what they find."""


BATCH = 200_000
"""Code points analysed in one go: fewer cost more calls, larger arrays fall out of the processor's cache."""
ZONES = 3


class ArticleText(NamedTuple):
    """What is analysed of an article published `on` that date by a source at home in the unit `home`."""

    title: str
    lead: str
    body: str
    on: date | None = None
    home: str | None = None

    @property
    def size(self) -> int:
        """Code points."""
        return len(self.title) + len(self.lead) + len(self.body)


@dataclass(frozen=True, slots=True)
class ArticleAnalysis:
    """`title`, `lead` and `body` analysed; what they are about."""

    title: AnalyzedText
    lead: AnalyzedText
    body: AnalyzedText
    places: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    terms: tuple[KeyTerm, ...]
    era: Era | None = None
    """The day whose map its places were read on."""

    @property
    def zones(self) -> dict[str, AnalyzedText]:
        return {"title": self.title, "lead": self.lead, "body": self.body}


class ArticleAnalyzer:
    """One analyzer for indexing, querying and highlighting, with the finders of places and key terms."""

    def __init__(self, analyzer: Analyzer, finder: PlaceFinder, homes: Homes | None = None) -> None:
        self.analyzer = analyzer
        self.finder = finder
        self.homes = homes or Homes()

    @property
    def fingerprint(self) -> str:
        """Short digest that changes whenever the same article could be analysed otherwise."""
        material = f"{self.analyzer.fingerprint};places={PLACES_VERSION},{_gazetteer_digest()};terms={terms_fingerprint()}"
        return hashlib.blake2b(material.encode(), digest_size=8).hexdigest()

    def analyze(self, title: str, lead: str, body: str, on: date | None = None, home: str | None = None) -> ArticleAnalysis:
        """Analyse an article published `on` that date by a source at home in the unit `home`."""
        return next(self._analyze([ArticleText(title, lead, body, on, home)]))

    def analyze_many(self, articles: Iterable[ArticleText]) -> Iterator[ArticleAnalysis]:
        """Yield the analysis of each article: the same as one by one, for a third of the cost. Reads ahead up to BATCH."""
        waiting: list[ArticleText] = []
        size = 0
        for article in articles:
            waiting.append(article)
            size += article.size
            if size >= BATCH:
                yield from self._analyze(waiting)
                waiting, size = [], 0
        yield from self._analyze(waiting)

    def _analyze(self, articles: Sequence[ArticleText]) -> Iterator[ArticleAnalysis]:
        # Step by step for all of them: going through every step for each article costs a tenth more, as the processor's cache goes.
        batch = self.analyzer.batch([text for article in articles for text in (article.title, article.lead, article.body)])
        glances, terms = self.finder.glances(batch), hits(batch)
        own = [slice(first, first + ZONES) for first in range(0, len(batch), ZONES)]
        texts = batch.texts()
        places = [
            self.finder.find(texts[part], article.on, home=article.home, glances=glances[part])
            for article, part in zip(articles, own, strict=True)
        ]
        chosen = [key_terms(texts[part], _names(found.places), terms[part]) for found, part in zip(places, own, strict=True)]
        for part, found, keys in zip(own, places, chosen, strict=True):
            title, lead, body = texts[part]
            yield ArticleAnalysis(title, lead, body, found.places, found.mentions, keys, found.era)


def _names(places: Iterable[Place]) -> frozenset[str]:
    """The keys of the names of places, as the values of terms are written."""
    return frozenset(_key_of_name(name) for place in places for name in (place.province, place.district, place.commune) if name is not None)


@lru_cache(1 << 14)
def _key_of_name(name: str) -> str:
    return " ".join(map(marked_key, name.split()))


@cache
def _gazetteer_digest() -> str:
    """Changes with the gazetteer's data."""
    data = hashlib.blake2b(digest_size=8)
    for file in sorted(files("analyzers.places").joinpath("data").iterdir(), key=lambda entry: entry.name):
        if file.name.endswith(".tsv"):
            data.update(file.read_bytes())
    return data.hexdigest()
