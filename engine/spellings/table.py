"""The spellings of one snapshot: the object that search, suggestions and ranking ask."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp
from typing import NamedTuple

from analyzers.analyzer import AnalyzedText
from analyzers.keys import folded_key, marked_key
from analyzers.syllables import SYLLABLE
from analyzers.text import nfc
from engine.plan import AnyOf, PhraseNode, Plan, PlanNode, TermNode
from engine.port import Snapshot
from engine.schema import FOLDED, ZONES
from engine.spellings.correct import AT_HOME, Correction, corrections
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.likelier import likelier
from engine.spellings.restore import restored

MAX_SYLLABLES = 64
"""Syllables of a text that are looked at; a question has some fifteen."""


class Reading(NamedTuple):
    """A text with its marks put back; `documents` hold it so, in a row; `share` is its probability among the readings."""

    text: str
    documents: int
    share: float


class Spellings:
    """Attested spellings of one snapshot. Make a new one for each query: it remembers what it looked up, and costs nothing to make."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.lexicon = Lexicon(snapshot)
        self._snapshot = snapshot

    def readings(self, text: str, count: int = 3) -> list[Reading]:
        """How `text`, typed without (all) its marks, is spelt in the articles: the likeliest reading first, counted exactly.

        Neighbours decide: ``thu ngan sach`` is read *thu ngân sách* although *thứ* is the commonest spelling of ``thu``. Where no
        article holds any reading in a row, only the likeliest is given.
        """
        syllables = [_syllable(found) for found in SYLLABLE.findall(nfc(text))][:MAX_SYLLABLES]
        paths = restored(syllables, self.lexicon, 2 * count)
        total = sum(exp(path.score - paths[0].score) for path in paths)
        found = [
            Reading(" ".join(path.keys), self.documents(path.keys), round(exp(path.score - paths[0].score) / total, 3)) for path in paths
        ]
        return [reading for reading in found if reading.documents][:count] or found[:1]

    def marked(self, keys: Sequence[str]) -> tuple[str, ...]:
        """The likeliest marked key of each syllable of a query, typed marks kept: for ranking, nothing is counted."""
        paths = restored([Syllable.of(key) for key in keys[:MAX_SYLLABLES]], self.lexicon, 1)
        return (*(paths[0].keys if paths else ()), *keys[MAX_SYLLABLES:])

    def corrections(self, analyzed: AnalyzedText, *, fruitless: bool = False) -> list[Correction]:
        """Syllables of a query that look mistyped, with what may have been meant: some microseconds a syllable that is well, no search.

        ``position`` counts the syllables of `analyzed`. An alternative's ``text`` is a marked key (or two and more, for a missing space),
        without marks when the syllable was typed without; its ``weight`` is the probability that it was meant. `fruitless` says that the
        query found nothing, which speaks against it as typed.
        """
        surfaces = [token.text for token in analyzed.tokens()][:MAX_SYLLABLES]
        syllables = [Syllable(marked, folded, marked != folded) for marked, folded in _columns(analyzed)]
        found = corrections(surfaces, syllables, self.lexicon, fruitless=fruitless)
        return [one for one in found if not (one.known and self._stands(one.position, syllables))]

    def _stands(self, at: int, syllables: Sequence[Syllable]) -> bool:
        """Whether articles hold a syllable beside a neighbour with just these marks: what the lexicon tells of marks is an estimate.

        One or two short searches, where a syllable looks mistyped; none where they travel, nor where there are no marks to tell.
        """
        if self._snapshot.distant or not any(one.typed for one in syllables[max(0, at - 1) : at + 2]):
            return False
        pairs = [syllables[start : start + 2] for start in (at - 1, at) if 0 <= start < len(syllables) - 1]
        return any(self.documents(tuple(one.marked for one in pair)) >= AT_HOME for pair in pairs)

    def likelier(self, analyzed: AnalyzedText) -> list[Correction]:
        """Well-spelt syllables of a query that were probably typed for others: only to be offered. At most a few short searches.

        None where each look-up travels.
        """
        if self._snapshot.distant:
            return []
        surfaces = [token.text for token in analyzed.tokens()][:MAX_SYLLABLES]
        syllables = [Syllable(marked, folded, marked != folded) for marked, folded in _columns(analyzed)]
        marked = any(one.typed for one in syllables)

        def documents(row: Sequence[Syllable]) -> int:
            return self.documents(tuple(one.marked if marked else one.folded for one in row), suffix="" if marked else FOLDED)

        return likelier(surfaces, syllables, self.lexicon, documents)

    def documents(self, keys: tuple[str, ...], *, suffix: str = "") -> int:
        """Articles that hold these marked keys side by side, counted by a search; with the suffix FOLDED those without marks."""
        if not keys:
            return 0
        fields = [zone + suffix for zone in ZONES]
        zones: list[PlanNode] = [TermNode(field, keys[0]) if len(keys) == 1 else PhraseNode(field, keys) for field in fields]
        return self._snapshot.search(Plan(AnyOf(tuple(zones)), limit=0)).total


def _columns(analyzed: AnalyzedText) -> list[tuple[str, str]]:
    return [*zip(analyzed.marked, analyzed.folded, strict=True)][:MAX_SYLLABLES]


def _syllable(surface: str) -> Syllable:
    marked, folded = marked_key(surface), folded_key(surface)
    return Syllable(marked, folded, marked != folded)
