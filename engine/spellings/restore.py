"""Marks put back on text typed without: the most likely spellings of a row of syllables.

A hidden Markov chain over the attested spellings of each syllable (Viterbi 1967; Seshadri and Sundberg 1994 for the best few paths): how
often a spelling stands for its folded key, and how often two spellings stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from heapq import nsmallest
from math import log
from typing import NamedTuple

from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import spellings

_SPELLINGS = 20
"""Spellings of one syllable that are tried, the most frequent."""
_PRIOR = 2.0
"""How many recorded neighbours the spellings' own frequencies weigh."""


class Path(NamedTuple):
    """A reading and its log probability."""

    score: float
    keys: tuple[str, ...]


def restored(syllables: Sequence[Syllable], lexicon: Lexicon, count: int) -> list[Path]:
    """Return the `count` likeliest readings, best first; marks that were typed stay. What no article attests stays as typed."""
    lexicon.expect(marked=(key for syllable in syllables if not syllable.typed for key in spellings(syllable.folded)))
    best = [Path(0.0, ())]
    before: _Choices = {}
    ending: dict[str, list[Path]] = {}
    for at, syllable in enumerate(syllables):
        choices = _choices(syllable, lexicon)
        recorded = lexicon.readings(syllables[at - 1].folded, syllable.folded) if at else {}
        likely, unheard = _association(before, choices, recorded)
        # Of two paths with the same last spelling the better one stays the better one, so as many as are wanted are kept of each.
        ending = {
            key: _best(count, _steps(best, ending, key, log(share), likely.get(key, {}), unheard if at else 0.0))
            for key, share in choices.items()
        }
        best = _best(count, [path for paths in ending.values() for path in paths])
        before = choices
    return best if syllables else []


def _steps(
    best: Sequence[Path], ending: dict[str, list[Path]], key: str, share: float, likely: dict[str, float], unheard: float
) -> list[Path]:
    """The paths that may go on with a spelling: any of those that end with one recorded before it, of the others only the best ones."""
    steps = [Path(path.score + share + unheard, (*path.keys, key)) for path in best if not path.keys or path.keys[-1] not in likely]
    steps += [Path(path.score + share + score, (*path.keys, key)) for last, score in likely.items() for path in ending[last]]
    return steps


def _best(count: int, paths: list[Path]) -> list[Path]:
    return nsmallest(count, paths, key=lambda path: (-path.score, path.keys))


_Choices = dict[str, float]
"""Spellings of a syllable with the share each has of its folded key."""


def _choices(syllable: Syllable, lexicon: Lexicon) -> _Choices:
    if syllable.typed:
        return {syllable.marked: 1.0}
    found = list(lexicon.spellings(syllable.folded).items())[:_SPELLINGS]
    every = sum(count for _, count in found)
    return {key: count / every for key, count in found} or {syllable.marked: 1.0}


def _association(left: _Choices, right: _Choices, recorded: dict[tuple[str, str], int]) -> tuple[dict[str, dict[str, float]], float]:
    """How much likelier two spellings are side by side than by chance: log of joint share over product (pointwise mutual information).

    Of the recorded ones, by the second and the first; and the same for all others, which is never more.
    """
    every = sum(recorded.values()) + _PRIOR
    found: dict[str, dict[str, float]] = {}
    for (first, second), count in recorded.items():
        if first in left and second in right:
            found.setdefault(second, {})[first] = log((count / (left[first] * right[second]) + _PRIOR) / every)
    return found, log(_PRIOR / every)
