"""Which runs of words are terms, and how surely.

A word that names a subject recurs in the articles that hold it and stands in their titles; a word of the language at large does
neither, however frequent. That, and being used as a noun, is termhood here. What the figures let through and a reader would not
call a term is named in ``stop.txt``: the whole list was read by eye.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.terms.build.corpus import Columns
from analyzers.terms.build.grams import Grams
from analyzers.terms.model import Entry

LEAST_ARTICLES = {1: 35, 2: 22, 3: 22}
"""Size of the run -> articles that must hold it: what few articles share makes a facet long, not useful."""
MOST_NAME = 0.35
"""Share of uses written as a name."""
MOST_QUALITY = 0.03
"""Share of uses after *rất*, *hơn* …: adjectives."""
LEAST_BOND = 0.3
"""Normalised pointwise mutual information of a phrase's words: 0 chance neighbours, 1 never apart."""
MOST_BEFORE, MOST_AFTER = 0.6, 0.45
"""Shares of uses beside one neighbour: beyond, the run is part of a longer one."""
LEAST_CUES = 4


class Edges(NamedTuple):
    """Words that no phrase begins with, and none ends with."""

    first: Container[str]
    last: Container[str]


class Rates(NamedTuple):
    """Shares between 0 and 1, one entry a run; see `Grams`."""

    noun: NDArray[np.float64]
    quality: NDArray[np.float64]
    repeat: NDArray[np.float64]
    title: NDArray[np.float64]
    name: NDArray[np.float64]


def rates(grams: Grams) -> Rates:
    return Rates(
        (grams.noun + 1) / (grams.noun + grams.verb + 2),
        grams.quality / grams.uses,
        grams.repeats / grams.articles,
        grams.titles / grams.articles,
        grams.name / grams.uses,
    )


def termhoods(found: Rates) -> NDArray[np.int64]:
    """From 1 to 8: half for being a noun or not, half for how much the word recurs and stands in titles."""
    repeat = np.clip((found.repeat - 0.15) / 0.45, 0, 1)
    title = np.clip(found.title / 0.12, 0, 1)
    subject = 0.6 * repeat + 0.4 * title
    return np.rint(1 + 7 * (0.35 + 0.65 * subject) * (0.5 + 0.5 * found.noun)).astype(np.int64)


def select(columns: Columns, grams: list[Grams], stops: Container[str], edges: Edges) -> Iterator[Entry]:
    """Yield the mined terms; their `documents` are counted later."""
    for runs in grams:
        found = rates(runs)
        passed = _are_words(runs, found) if runs.size == 1 else _are_phrases(runs, found, grams[0], columns)
        termhood = termhoods(found)
        for number in np.flatnonzero(passed):
            words = [columns.values[word] for word in runs.words[number]]
            if _is_stopped(words, stops) or (len(words) > 1 and (words[0] in edges.first or words[-1] in edges.last)):
                continue
            yield Entry(_label(columns, runs, int(number)), 0, int(termhood[number]))


def _is_stopped(words: list[str], stops: Container[str]) -> bool:
    """One syllable is no term; nor is what the list names; and a phrase holds none of the list's single syllables."""
    value = " ".join(words)
    return " " not in value or value in stops or any(word in stops for word in words if " " not in word)


def _are_words(runs: Grams, found: Rates) -> NDArray[np.bool_]:
    """Nouns that are subjects, and verbs that clearly are (``khởi tố``)."""
    common = (runs.articles >= LEAST_ARTICLES[1]) & (found.name < MOST_NAME)
    nouns = (found.noun >= 0.5) & (found.quality <= MOST_QUALITY) & ((found.repeat >= 0.22) | (found.title >= 0.03))
    either = (found.noun >= 0.2) & (found.repeat >= 0.35) & (found.title >= 0.03)
    verbs = (found.repeat >= 0.4) & (found.title >= 0.08)
    return common & (nouns | either | verbs)


def _are_phrases(runs: Grams, found: Rates, words: Grams, columns: Columns) -> NDArray[np.bool_]:
    """Complete noun phrases whose words belong together."""
    uses = np.zeros(len(columns.values))
    noun = np.full(len(columns.values), 0.5)
    uses[words.words[:, 0]] = words.uses
    noun[words.words[:, 0]] = rates(words).noun
    total = len(columns.word)
    chance = np.prod(np.maximum(uses[runs.words], 1) / total, axis=1)
    bond = np.log(runs.uses / total / chance) / -np.log(runs.uses / total) / (runs.size - 1)
    passed: NDArray[np.bool_] = (
        (runs.articles >= LEAST_ARTICLES[runs.size])
        & (found.noun > 0.5)
        & (runs.noun + runs.verb >= LEAST_CUES)
        & (noun[runs.words[:, 0]] > 0.1)
        & (bond > LEAST_BOND)
        & (found.name < MOST_NAME)
        & ((found.repeat > 0.2) | (found.title > 0.03))
        & (runs.before < MOST_BEFORE * runs.uses)
        & (runs.after < MOST_AFTER * runs.uses)
    )
    return passed


def _label(columns: Columns, runs: Grams, number: int) -> str:
    """The usual spelling, with a capital where most uses inside a sentence have one (``Chính phủ``)."""
    label = " ".join(columns.labels[word] for word in runs.words[number])
    capital = runs.inside[number] and runs.capital[number] > 0.5 * runs.inside[number]
    return label[0].upper() + label[1:] if capital else label
