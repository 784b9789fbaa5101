"""Which syllables of a query look mistyped, and what they may have been: a noisy channel (Kernighan, Church and Gale 1990).

What was typed and what may have been meant are compared by how often each stands beside its neighbours in the articles, times how
likely the slip is. A syllable that stands beside one of its neighbours in some articles, as typed, is left alone.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from analyzers.keyboards.shapes import FOLDED as SYLLABLES
from engine.spellings.candidates import APART, KEYBOARD, LETTERS, MARKS, SPACE, candidates
from engine.spellings.confusions import confused_without_marks
from engine.spellings.lexicon import Lexicon, Syllable
from engine.spellings.variants import beside_on_the_keyboard

_LIKELY = {KEYBOARD: 0.5, SPACE: 0.1, MARKS: 0.05, LETTERS: 0.01}
"""How likely each slip is beside a syllable typed as meant; only the order of size matters."""
_EASY = 3.0
"""Two letters swapped, one typed twice, or the key beside it hit, is so much likelier than another letter."""
_LETTER_WEIGHS = 0.05
"""A syllable of one letter beside a missing space (``nàoo`` as *nào o*) is so much less likely than another."""
AT_HOME = 3.0
"""Documents where a syllable stands beside a neighbour that make it one typed as meant."""
_KNOWN_WEIGHS, _UNKNOWN_WEIGHS = 0.5, 0.01
"""Evidence, in documents, for a syllable that stands nowhere beside its neighbours: when some article holds it, and when none does."""
_FRUITLESS_WEIGHS = 0.05
"""The same when some article holds it, in a short query that found nothing: what was typed is much less likely to have been meant."""
_LONG_ENOUGH, _OFTEN, _NAMES = 5, 3, 5
"""A word that no article holds may be a name mistyped although nothing stands beside its neighbours: from so many letters, when so many
articles hold the name; more than so many articles say no more."""
MOST = 4
"""Alternatives of one syllable."""
LEAST_WEIGHT = 0.3
"""Alternatives less likely than this are none."""


class Alternative(NamedTuple):
    """`text` is what may have been meant: a marked key, or several parted by spaces; `weight` its probability, from 0 to 1."""

    text: str
    weight: float
    kind: str


class Correction(NamedTuple):
    """The syllable at `position` of the query looks mistyped; the likeliest of `alternatives` comes first.

    `known`: some article holds the syllable as typed.
    """

    position: int
    alternatives: tuple[Alternative, ...]
    known: bool


def corrections(surfaces: Sequence[str], syllables: Sequence[Syllable], lexicon: Lexicon, *, fruitless: bool = False) -> list[Correction]:
    """Corrections of a row of syllables; none for those that stand well beside their neighbours. `fruitless`: they found nothing."""
    found = []
    lexicon.expect(
        marked=[one.marked for one in syllables],
        folded=[one.folded for one in syllables],
        pairs=[(left.folded, right.folded) for left, right in pairwise(syllables)],
    )
    for at in range(len(syllables)):
        before = syllables[at - 1] if at else None
        after = syllables[at + 1] if at + 1 < len(syllables) else None
        corrected = _correction(at, surfaces[at], syllables[at], (before, after), lexicon, fruitless)
        if corrected is not None:
            found.append(corrected)
    weights = {one.position: one.alternatives[0].weight for one in found}
    of = {one.position: one for one in found}
    kept = compatible(weights, lambda left, right: _go_together(of[left], of[right], lexicon))
    return [one for one in found if one.position in kept]


def compatible(weights: Mapping[int, float], go_together: Callable[[int, int], bool]) -> set[int]:
    """The positions whose corrections are kept, of these with their weights: not those that do not go with a likelier one beside them.

    Each takes its neighbours to be as typed: *lại xuất* and *lãi suất* both speak for themselves, *lại suất* is neither; but
    *chính xách xả hội* is *chính sách xã hội*, both at once. `go_together` is asked of a position and the next.
    """
    kept: set[int] = set()
    for at in sorted(weights, key=lambda position: -weights[position]):
        if all(go_together(left, left + 1) for left in (at - 1, at) if {left, left + 1} <= kept | {at}):
            kept.add(at)
    return kept


def _go_together(left: Correction, right: Correction, lexicon: Lexicon) -> bool:
    if not (left.known and right.known):
        return True
    first, second = left.alternatives[0].text.split()[-1], right.alternatives[0].text.split()[0]
    return lexicon.together(Syllable.of(first), Syllable.of(second)) >= AT_HOME


Neighbours = tuple[Syllable | None, Syllable | None]


def _correction(at: int, surface: str, syllable: Syllable, neighbours: Neighbours, lexicon: Lexicon, fruitless: bool) -> Correction | None:
    if not any(map(str.isalpha, syllable.folded)):
        return None
    known = lexicon.count(syllable)
    alone = neighbours == (None, None)
    sides = [float(known)] if alone else _sides((syllable,), neighbours, lexicon)
    if known and max(sides) >= AT_HOME:
        return None
    found = _weighed(surface, syllable, known, neighbours, lexicon)
    typed = sum(sides) + (_UNKNOWN_WEIGHS if not known else _FRUITLESS_WEIGHS if fruitless else _KNOWN_WEIGHS)
    every = typed + sum(evidence for evidence, _ in found.values())
    ranked = sorted(found.items(), key=lambda item: (-item[1][0], item[0]))[:MOST]
    kept = tuple(
        Alternative(text, round(evidence / every, 3), kind) for text, (evidence, kind) in ranked if evidence / every >= LEAST_WEIGHT / 3
    )
    return Correction(at, kept, bool(known)) if kept and sum(one.weight for one in kept) >= LEAST_WEIGHT else None


def _weighed(surface: str, syllable: Syllable, known: int, neighbours: Neighbours, lexicon: Lexicon) -> dict[str, tuple[float, str]]:
    """What a syllable may have been: evidence in documents, times how likely the slip is, and the kind of slip."""
    found: dict[str, tuple[float, str]] = {}
    tried = list(candidates(surface, syllable, known, lexicon))
    before, after = neighbours
    lexicon.expect(
        folded=[key.folded for keys, _ in tried for key in keys],
        pairs=[(left.folded, right.folded) for keys, _ in tried for left, right in pairwise((before, *keys, after)) if left and right],
    )
    for keys, kind in tried:
        evidence = _support(keys, neighbours, lexicon)
        if kind == KEYBOARD:
            evidence = max(evidence, *(min(lexicon.count(key), 1) for key in keys))
        if neighbours == (None, None) and len(keys) == 1:
            evidence = float(lexicon.count(keys[0]))
        elif not evidence and kind == LETTERS and not known:
            evidence = _as_a_name(syllable, keys[0], lexicon)
        text = " ".join(key.marked for key in keys)
        evidence *= _likelihood(syllable, keys, kind, lexicon)
        if evidence > found.get(text, (0.0, ""))[0]:
            found[text] = (evidence, kind)
    return found


def _as_a_name(typed: Syllable, key: Syllable, lexicon: Lexicon) -> float:
    """Evidence for a foreign word, whatever it stands beside."""
    if len(typed.folded) < _LONG_ENOUGH or typed.typed or key.folded in SYLLABLES:
        return 0.0
    known = lexicon.count(key)
    return float(min(known, _NAMES)) if known >= _OFTEN else 0.0


def _likelihood(typed: Syllable, keys: Sequence[Syllable], kind: str, lexicon: Lexicon) -> float:
    """How likely a slip made `typed` of `keys`."""
    likely = _LIKELY[kind]
    if kind == SPACE:
        if _inside(keys, lexicon) == APART:  # then each space is missing by itself
            likely **= len(keys) - 1
        return likely * _LETTER_WEIGHS if any(len(key.folded) == 1 for key in keys) else likely
    meant = keys[0].folded
    if kind != LETTERS:
        return likely
    alike = meant in confused_without_marks(typed.folded)
    if alike and typed.typed:  # marks make it rarer that another syllable has the letters by chance
        return _LIKELY[MARKS]
    slips = alike or sorted(meant) == sorted(typed.folded) or _one_twice(typed.folded, meant) or beside_on_the_keyboard(typed.folded, meant)
    return likely * _EASY if slips else likely


def _one_twice(typed: str, meant: str) -> bool:
    return len(typed) == len(meant) + 1 and any(
        typed[at] == typed[at - 1] and typed[:at] + typed[at + 1 :] == meant for at in range(1, len(typed))
    )


def _support(keys: Sequence[Syllable], neighbours: Neighbours, lexicon: Lexicon) -> float:
    """Documents where `keys` stand beside a neighbour and, when there are several, beside each other."""
    beside = sum(_sides(keys, neighbours, lexicon))
    if len(keys) == 1:
        return beside
    if not beside and neighbours != (None, None):
        return APART  # however often they stand side by side, not here
    return beside + _inside(keys, lexicon)


def _sides(keys: Sequence[Syllable], neighbours: Neighbours, lexicon: Lexicon) -> list[float]:
    """The same beside each neighbour by itself."""
    before, after = neighbours
    return [lexicon.together(before, keys[0]) if before else 0.0, lexicon.together(keys[-1], after) if after else 0.0]


def _inside(keys: Sequence[Syllable], lexicon: Lexicon) -> float:
    """Documents that hold the rarest two neighbours of `keys`."""
    return min(max(lexicon.together(left, right), APART) for left, right in pairwise(keys))
