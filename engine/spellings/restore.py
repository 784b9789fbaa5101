"""Marks put back on text typed without: the most likely spellings of a row of syllables.

A hidden Markov chain over the attested spellings of each syllable (Viterbi 1967, the best few paths): how often a spelling stands for
its folded key, and how often two spellings stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import spellings

BEAM = 6
"""Paths kept at each syllable."""
SPELLINGS = 12
"""Spellings of one syllable that are tried, the most frequent."""
_PRIOR = 2.0
"""How many recorded neighbours the spellings' own frequencies weigh."""


class Path(NamedTuple):
    """A reading and its log probability."""

    score: float
    keys: tuple[str, ...]


QUICK = 3
"""Paths, and twice as many spellings, for ranking alone: twice as fast, and of fifty syllables one is read otherwise."""


def restored(syllables: Sequence[Syllable], lexicon: Lexicon, count: int = BEAM, *, quick: bool = False) -> list[Path]:
    """Return up to `count` readings, the likeliest first; marks that were typed stay. What no article attests stays as typed."""
    beam, tried = (QUICK, 2 * QUICK) if quick else (max(BEAM, count), SPELLINGS)
    paths = [Path(0.0, ())]
    lexicon.expect(marked=(key for syllable in syllables if not syllable.typed for key in spellings(syllable.folded)))
    before: _Choices = {}
    for at, syllable in enumerate(syllables):
        choices = _choices(syllable, lexicon, tried)
        recorded = lexicon.readings(syllables[at - 1].folded, syllable.folded) if at else {}
        likely, unheard = _association(before, choices, recorded)
        ways = [(key, log(share)) for key, share in choices.items()]
        steps = [
            Path(path.score + score + (likely.get((path.keys[-1], key), unheard) if at else 0.0), (*path.keys, key))
            for path in paths
            for key, score in ways
        ]
        paths = sorted(steps, key=lambda path: (-path.score, path.keys))[:beam]
        before = choices
    return paths[:count] if syllables else []


_Choices = dict[str, float]
"""Spellings of a syllable with the share each has of its folded key."""


def _choices(syllable: Syllable, lexicon: Lexicon, most: int) -> _Choices:
    if syllable.typed:
        return {syllable.marked: 1.0}
    found = list(lexicon.spellings(syllable.folded).items())[:most]
    every = sum(count for _, count in found)
    return {key: count / every for key, count in found} or {syllable.marked: 1.0}


def _association(left: _Choices, right: _Choices, recorded: dict[tuple[str, str], int]) -> tuple[dict[tuple[str, str], float], float]:
    """How much likelier two spellings are side by side than by chance: log of joint share over product (pointwise mutual information).

    Of the recorded ones, and the same for all others.
    """
    every = sum(recorded.values()) + _PRIOR
    found = {
        (first, second): log((count / (left[first] * right[second]) + _PRIOR) / every)
        for (first, second), count in recorded.items()
        if first in left and second in right
    }
    return found, log(_PRIOR / every)
