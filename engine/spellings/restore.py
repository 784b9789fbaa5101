"""Marks put back on text typed without: the most likely spellings of a row of syllables.

A hidden Markov chain over the attested spellings of each syllable (Viterbi 1967, the best few paths): how often a spelling stands for
its folded key, and how often two spellings stand side by side.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import log
from typing import NamedTuple

from engine.spellings.lexicon import Lexicon, Syllable

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


def restored(syllables: Sequence[Syllable], lexicon: Lexicon, count: int = BEAM) -> list[Path]:
    """Return up to `count` readings, the likeliest first; marks that were typed stay. What no article attests stays as typed."""
    paths = [Path(0.0, ())]
    for at, syllable in enumerate(syllables):
        choices = _choices(syllable, lexicon)
        before = syllables[at - 1] if at else None
        steps = [
            Path(path.score + _step(path.keys[-1] if path.keys else None, key, share, before, syllable, lexicon), (*path.keys, key))
            for path in paths
            for key, share in choices.items()
        ]
        paths = sorted(steps, key=lambda path: (-path.score, path.keys))[: max(BEAM, count)]
    return paths[:count] if syllables else []


def _choices(syllable: Syllable, lexicon: Lexicon) -> dict[str, float]:
    """Spellings with the share each has of its folded key."""
    if syllable.typed:
        return {syllable.marked: 1.0}
    found = list(lexicon.spellings(syllable.folded).items())[:SPELLINGS]
    every = sum(count for _, count in found)
    return {key: count / every for key, count in found} or {syllable.marked: 1.0}


def _step(last: str | None, key: str, share: float, before: Syllable | None, syllable: Syllable, lexicon: Lexicon) -> float:
    """Log probability of spelling the syllable `key` after `last`."""
    if last is None or before is None:
        return log(share)
    recorded = lexicon.readings(before.folded, syllable.folded)
    after_last = sum(count for (first, _), count in recorded.items() if first == last)
    every = sum(recorded.values())
    # Pairs that were never recorded after `last`, where the folded pair was, count against `last` as well.
    seen = recorded.get((last, key), 0)
    joint = (seen + _PRIOR * share / (1 + every)) / (every + _PRIOR) if every else share
    if not after_last:
        return log(joint)
    return max(log((seen + _PRIOR * share) / (after_last + _PRIOR)), log(joint))
