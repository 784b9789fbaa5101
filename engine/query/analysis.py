"""Analysis of queries: a word is analysed once, however often planning, softening and spelling ask for it."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice

from analyzers.analyzer import AnalyzedText, Analyzer

MOST_REMEMBERED = 8192
_LONGEST = 200
"""Code points; longer texts are rare among queries, and not remembered."""


class QueryAnalyzer:
    """What `Analyzer.analyze` gives, remembered for short texts; several are analysed for the cost of one by `prepare`."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer
        self._known: dict[str, AnalyzedText] = {}

    def __call__(self, text: str) -> AnalyzedText:
        """The analysis of `text`, which nobody changes."""
        known = self._known.get(text)
        if known is None:
            known = self._analyzer.analyze(text)
            self._remember(((text, known),))
        return known

    def prepare(self, query: str) -> None:
        """Analyse a query and each of its words in one go."""
        wanted = [text for text in dict.fromkeys((query, *query.split(), "")) if len(text) <= _LONGEST and text not in self._known]
        if len(wanted) > 1:
            self._remember(zip(wanted, self._analyzer.analyze_all(wanted), strict=True))

    def _remember(self, analyzed: Iterable[tuple[str, AnalyzedText]]) -> None:
        if len(self._known) > MOST_REMEMBERED:
            self._known = dict(islice(self._known.items(), MOST_REMEMBERED // 2, None))
        self._known.update((text, found) for text, found in analyzed if len(text) <= _LONGEST)
