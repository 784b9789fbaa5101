"""How many articles hold each term: the longest term wins, as when articles are scanned."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from analyzers.terms.build.corpus import NOT_LETTERS, Columns
from analyzers.terms.model import Entry
from analyzers.terms.spelling import value_of


def count_articles(columns: Columns, entries: Iterable[Entry]) -> list[Entry]:
    """The entries with their `documents`."""
    entries = list(entries)
    owner = {value_of(spelling): number for number, entry in enumerate(entries) for spelling in (entry.label, *entry.others)}
    beginnings = {value[:at] for value in owner for at in range(len(value)) if value[at] == " "}
    counts = [0] * len(entries)
    last_article = [-1] * len(entries)
    values, word, article = columns.values, columns.word.tolist(), columns.article.tolist()
    joined = columns.joined.tolist()
    capitals = ((columns.case & NOT_LETTERS) > 0).tolist()
    at = 0
    while at < len(word):
        end, best, following = at, -1, at + 1
        value = values[word[at]]
        while True:
            number = owner.get(value, -1)
            if number >= 0 and (" " in value or capitals[at]):
                end, best = following, number
            if value not in beginnings or following == len(word) or not joined[following]:
                break
            value = f"{value} {values[word[following]]}"
            following += 1
        if best >= 0 and last_article[best] != article[at]:
            counts[best] += 1
            last_article[best] = article[at]
        at = max(end, at + 1)
    return [entry._replace(documents=count) for entry, count in zip(entries, counts, strict=True)]


def known_words(columns: Columns, least: int) -> list[str]:
    """Words of several syllables, in lower case, that at least so many articles hold, most often not as a name; sorted."""
    held = np.unique(columns.word * columns.articles + columns.article) // columns.articles
    articles = np.bincount(held, minlength=len(columns.values))
    uses = np.bincount(columns.word, minlength=len(columns.values))
    names = np.bincount(columns.word[columns.case > 1], minlength=len(columns.values))
    chosen = np.flatnonzero((articles >= least) & (names < 0.5 * uses))
    return sorted({columns.labels[number] for number in chosen if " " in columns.values[number]})
