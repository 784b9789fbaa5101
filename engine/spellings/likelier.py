"""Well-spelt syllables that were typed for others: *nông thông mới*, *ngân sạch xã*. Another reading is only ever offered.

A noisy channel (Mays, Damerau and Mercer 1991): what was typed and what may have been meant are compared by how probable each is between
both of its neighbours, times how likely the slip is. As far as a syllable stands well beside either neighbour nothing is tried;
what is overwhelmingly likelier must in the end stand with its neighbours in many articles, and what was typed in next to none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from engine.spellings.candidates import LETTERS
from engine.spellings.confusions import confused_with, confused_without_marks
from engine.spellings.correct import Alternative, Correction, Neighbours, compatible
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import spellings

Documents = Callable[[Sequence[Syllable]], int]
"""Number of articles that hold syllables side by side, as typed."""

AT_HOME = 0.02
"""Part of the articles with the rarer of two neighbours that hold them side by side, from which they belong together."""
OVERWHELMING, OVERWHELMING_BARE = 100.0, 300.0
"""How many times likelier another reading must be; and of a syllable without marks, which has more readings."""
ENOUGH, ENOUGH_BARE, TIMES = 5, 25, 30
"""Articles that must hold what was meant with its neighbours, the same of syllables without marks, and how many times as many as hold
what was typed."""
ENOUGH_PAIRS, TIMES_PAIRS = 50, 100
"""The same for two in a row with marks, where fewer hold three: *ngân sách* stands beside anything."""
ENOUGH_ALONE = 20
"""The same for two that are the whole query."""
MOST_COUNTED = 3
"""Syllables of one query for which articles are counted."""
_CONFUSED, _OTHER_MARKS = 1.0, 0.3
"""How likely it is that a writer confuses two syllables that sound alike, and that he misses the marks."""
_UNSEEN = 0.5
"""Evidence, in documents, for two neighbours that none holds."""
_RARE = 50
"""Documents with a syllable up to which it tells little that one of its neighbours is there."""


def likelier(surfaces: Sequence[str], syllables: Sequence[Syllable], lexicon: Lexicon, documents: Documents) -> list[Correction]:
    """Corrections of a row of syllables, one alternative each."""
    found: dict[int, tuple[float, Syllable]] = {}
    counted = 0
    shouted = all(map(str.isupper, surfaces))
    for at, syllable in enumerate(syllables):
        if not (_may_be_meant_otherwise(at, surfaces) or (shouted and surfaces[at].isalpha())):
            continue
        neighbours = _neighbours(at, syllables)
        if _at_home(syllable, neighbours, lexicon):
            continue
        likely, other = _likeliest(syllable, neighbours, lexicon)
        if other is None:
            continue
        counted += 1
        if counted > MOST_COUNTED:
            break
        holding = _usage(at, other, syllables, documents)
        if holding:
            found[at] = holding * likely, other
    kept = agreeing(found, lexicon)
    return [Correction(at, (Alternative(kept[at].marked, 1.0, LETTERS),), known=True) for at in sorted(kept)]


def agreeing(found: Mapping[int, tuple[float, Syllable]], lexicon: Lexicon) -> dict[int, Syllable]:
    """What was found at each place, with its weight, but for what does not go with something better beside it."""
    weights = {at: weight for at, (weight, _) in found.items()}
    kept = compatible(weights, lambda left, right: lexicon.together(found[left][1], found[right][1]) >= ENOUGH)
    return {at: syllable for at, (_, syllable) in found.items() if at in kept}


def _neighbours(at: int, syllables: Sequence[Syllable]) -> Neighbours:
    return (syllables[at - 1] if at else None), (syllables[at + 1] if at + 1 < len(syllables) else None)


def _may_be_meant_otherwise(at: int, surfaces: Sequence[str]) -> bool:
    """Not a number, nor a name."""
    surface = surfaces[at]
    return surface.isalpha() and len(surface) > 1 and (surface.islower() or at == 0)


def _at_home(syllable: Syllable, neighbours: Neighbours, lexicon: Lexicon) -> bool:
    known = lexicon.count(syllable)
    before, after = neighbours
    beside = [(before, lexicon.together(before, syllable))] if before else []
    beside += [(after, lexicon.together(syllable, after))] if after else []
    return not known or not beside or any(together >= AT_HOME * max(1, min(known, lexicon.count(one))) for one, together in beside)


def _likeliest(syllable: Syllable, neighbours: Neighbours, lexicon: Lexicon) -> tuple[float, Syllable | None]:
    """The reading that is overwhelmingly likelier than what was typed, and how likely such a slip is."""
    typed = _fit(syllable, neighbours, lexicon)
    weighed = [(_fit(other, neighbours, lexicon) * likely, likely, other) for other, likely in _others(syllable)]
    best, likely, other = max(weighed, default=(0.0, 0.0, syllable), key=lambda one: (one[0], one[2].marked))
    return (likely, other) if best > (OVERWHELMING if syllable.typed else OVERWHELMING_BARE) * typed else (0.0, None)


def _others(syllable: Syllable) -> Iterator[tuple[Syllable, float]]:
    if not syllable.typed:
        for key in confused_without_marks(syllable.folded):
            yield Syllable(key, key, False), _CONFUSED
        return
    confused = confused_with(syllable.marked)
    for key in confused:
        yield Syllable(key, Syllable.of(key).folded, True), _CONFUSED
    for key in spellings(syllable.folded):
        if key != syllable.marked and key not in confused:
            yield Syllable(key, syllable.folded, True), _OTHER_MARKS


def _fit(syllable: Syllable, neighbours: Neighbours, lexicon: Lexicon) -> float:
    """How probable a syllable is here, but for what all readings share: P(it | the one before) × P(the one after | it)."""
    known = lexicon.count(syllable)
    if not known:
        return 0.0
    before, after = neighbours
    left = lexicon.together(before, syllable) + _UNSEEN if before else None
    right = lexicon.together(syllable, after) + _UNSEEN if after else None
    if left is None or right is None:
        return left or right or 0.0
    return left * right / (known + _RARE)


def _usage(at: int, other: Syllable, syllables: Sequence[Syllable], documents: Documents) -> int:
    """How many articles hold what may have been meant among its neighbours, three in a row or two; 0 where they are few, or where more
    than hardly any hold what was typed."""
    first = max(0, min(at - 1, len(syllables) - 3))
    row = [*syllables[first : first + 3]]
    many, few = documents(_with(row, at - first, other)), documents(row)
    enough = ENOUGH_ALONE if len(row) < 3 else ENOUGH if other.typed else ENOUGH_BARE
    if many >= enough and many >= TIMES * few:
        return many
    if few or len(row) < 3 or not other.typed:
        return 0
    pairs = [(at - start, syllables[start : start + 2]) for start in (at - 1, at) if 0 <= start < len(syllables) - 1]
    counts = sorted(((documents(_with(pair, inside, other)), documents(pair)) for inside, pair in pairs), reverse=True)
    (most, typed), *rest = counts
    usual = most >= ENOUGH_PAIRS and most >= TIMES_PAIRS * typed and all(meant + 1 >= as_typed for meant, as_typed in rest)
    return most if usual else 0


def _with(row: Sequence[Syllable], at: int, other: Syllable) -> list[Syllable]:
    return [*row[:at], other, *row[at + 1 :]]
