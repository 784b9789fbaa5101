"""Simple rankers to compare with, all BM25 through rank-bm25 (k1 = 1.2, b = 0.75, Lucene's idf) over title and text as one field.

====================  ====================================================================================
whitespace            what stands between spaces, in lower case
words                 pyvi's words only, a word of several syllables as one token
folding               words between spaces without marks, as an ICU folding filter leaves them
syllables             syllables with their marks, without them for a query that has none
syllables+pairs       the same, and neighbouring syllables at half weight
====================  ====================================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import partial

import numpy as np

from analyzers.analyzer import AnalyzedText, Analyzer
from analyzers.keys import has_marks
from engine.memory import LuceneBM25
from engine.model import Document
from engine.schema import pairs

_WORD = re.compile(r"\S+")
_LETTERS = re.compile(r"[^\W_]+")
Tokens = list[str]


def _whitespace(text: str) -> Tokens:
    return _WORD.findall(text.lower())


def _folding(text: str) -> Tokens:
    """Like ICU's folding filter: case and combining marks go; đ, which has none, is mapped to d."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    kept = "".join(char for char in decomposed if not unicodedata.combining(char))
    return _LETTERS.findall(kept.replace("đ", "d"))


def _words(analyzer: Analyzer, text: str) -> Tokens:
    found = analyzer.analyze(text)
    heads = dict(found.words)
    tokens, at = [], 0
    while at < len(found):
        last = heads.get(at, at + 1)
        tokens.append("_".join(found.marked[at:last]))
        at = last
    return tokens


class Baseline:
    """A ranking of documents by the sum of BM25 over a few kinds of tokens: `kinds` maps text to (tokens, weight) each."""

    def __init__(self, documents: Iterable[Document], analyze: Callable[[str], list[tuple[Tokens, float]]]) -> None:
        self.analyze = analyze
        self.ids: list[str] = []
        columns: list[list[Tokens]] = []
        for document in documents:
            self.ids.append(document.doc_id)
            text = "\n".join(part for part in (document.title, document.lead, document.body) if part)
            columns.append([tokens for tokens, _ in analyze(text)])
        self.scorers = [LuceneBM25([*column]) if any(column) else None for column in zip(*columns, strict=True)]

    def search(self, query: str, depth: int) -> list[tuple[str, float]]:
        """The best `depth` documents with their scores; none that hold nothing of the query."""
        scores = np.zeros(len(self.ids))
        for scorer, (tokens, weight) in zip(self.scorers, self.analyze(query), strict=True):
            if scorer is not None and weight and tokens:
                scores += weight * scorer.get_scores(tokens)
        best = np.argsort(-scores, kind="stable")[:depth]
        return [(self.ids[at], float(scores[at])) for at in best if scores[at] > 0]


def _one(tokenize: Callable[[str], Tokens], text: str) -> list[tuple[Tokens, float]]:
    return [(tokenize(text), 1.0)]


def _syllables(analyzer: Analyzer, text: str, pair_weight: float) -> list[tuple[Tokens, float]]:
    """Marked syllables, folded syllables, folded pairs; a text typed without marks leaves the first out, another the second."""
    found: AnalyzedText = analyzer.analyze(text)
    marked = any(map(has_marks, found.marked))
    return [(found.marked, float(marked)), (found.folded, float(not marked)), (pairs(found.folded), pair_weight)]


def baseline(name: str, documents: Iterable[Document], analyzer: Analyzer) -> Baseline:
    """Build the baseline called `name`."""
    return Baseline(documents, _MAKERS[name](analyzer))


_MAKERS: dict[str, Callable[[Analyzer], Callable[[str], list[tuple[Tokens, float]]]]] = {
    "whitespace": lambda _: partial(_one, _whitespace),
    "words": lambda analyzer: partial(_one, partial(_words, analyzer)),
    "folding": lambda _: partial(_one, _folding),
    "syllables": lambda analyzer: partial(_syllables, analyzer, pair_weight=0.0),
    "syllables+pairs": lambda analyzer: partial(_syllables, analyzer, pair_weight=0.5),
}
