"""Where in many texts at once the name of a unit may begin: a sieve in front of the tagger.

Most capitals belong to sentences and people. What the tagger would find there is worked out once for each form of a syllable, so
that it is only asked about places where its answer can be yes.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from analyzers.batch import Batch, Bools
from analyzers.places import lexicon
from analyzers.places.genre import hint_bits, hinted
from analyzers.places.lookup import TYPE_FIRST
from analyzers.places.names import NameIndex
from analyzers.places.spelling import syllable_key
from analyzers.places.window import UPPER

WORTHY = UPPER | frozenset("0123456789")
"""What a name begins with: a capital or (``quận 1``) a digit."""
TYPE_LAST = frozenset(phrase.split(" ")[-1] for phrase in lexicon.TYPE_PHRASES if phrase not in lexicon.UPPER_TYPES)
LEADS_TO_NAME = TYPE_LAST | lexicon.MODIFIERS
BLOCKED: dict[str, list[list[str]]] = {}
for _phrase in sorted(lexicon.BLOCKED):
    BLOCKED.setdefault(_phrase.split(" ")[0], []).append(_phrase.split(" "))

_WORTHY, _CAPITAL, _ENDS_WORTHY, _TYPE, _LEADS, _SINGLE, _ALONE, _PROVINCE, _OPENER = (1 << bit for bit in range(9))


class Spot(NamedTuple):
    """Syllable `at`, where a name may begin.

    `run`: another capital (or digit) goes right before it. `bare`: a name without type word is possible here.
    """

    at: int
    run: bool
    bare: bool


class Glance(NamedTuple):
    """What a sieve sees of one text: where names may begin, in order, and which kinds of article it may be of (see `genre`)."""

    spots: list[Spot]
    hints: int


class Sieve:
    """The sieve of one name index."""

    dtype = np.dtype([("flags", np.uint16), ("hints", np.uint16), ("first", np.int16), ("second", np.int16)])

    def __init__(self, names: NameIndex) -> None:
        self._names = names
        pairs = {(parts[0], parts[1]) for parts in (key.split(" ") for key in names.rows) if len(parts) > 1}
        self._firsts = {key: number for number, key in enumerate(sorted({first for first, _ in pairs}), 1)}
        self._seconds = {key: number for number, key in enumerate(sorted({second for _, second in pairs}), 1)}
        self._stride = len(self._seconds) + 1
        self._pairs = np.array([0, *sorted(self._firsts[first] * self._stride + self._seconds[second] for first, second in pairs)])

    def row(self, surface: str, marked: str) -> tuple[int, ...]:
        """What the tagger would find out about a syllable by itself."""
        key = syllable_key(marked)
        flags = (
            _WORTHY * (surface[0] in WORTHY)
            | _CAPITAL * (surface[0] in UPPER)
            | _ENDS_WORTHY * (surface[-1] in WORTHY)
            | _TYPE * (marked in TYPE_FIRST)
            | _LEADS * (marked in LEADS_TO_NAME)
            | _SINGLE * (marked in self._names.singles)
            | _ALONE * (key in self._names.rows or key in BLOCKED)
            | _PROVINCE * (marked in self._names.province_firsts)
            | _OPENER * (marked in lexicon.OPENERS)
        )
        return flags, hint_bits(surface), self._firsts.get(key, 0), self._seconds.get(key, 0)

    def glances(self, batch: Batch) -> list[Glance]:
        """Look through all texts of a batch."""
        syllables = batch.syllables
        rows = syllables.vocabulary.feature(self, syllables.forms)
        flags = rows["flags"]
        follows = ~syllables.opens()[1:]
        worthy = flags & _WORTHY != 0
        run, followed, led = np.zeros((3, len(flags)), np.bool_)
        run[1:] = worthy[:-1] & follows
        followed[:-1] = worthy[1:] & follows
        led[1:] = (flags[:-1] & _LEADS != 0) & follows
        typed = led | (flags & _TYPE != 0)
        bare = (flags & _CAPITAL != 0) & (followed | (flags & _SINGLE != 0)) & ~(run & self._inside_name(flags, syllables.spaced))
        (at,) = (worthy & (typed | bare)).nonzero()
        named = bare.take(at) & self._known(rows, at)
        kept = typed.take(at) | named
        at, named = at[kept], named[kept]
        found = [*map(Spot, batch.within(at), run.take(at).tolist(), named.tolist())]
        return [Glance(found[part], hints) for part, hints in zip(batch.split(at), self._hints(batch, rows["hints"]), strict=True)]

    def _hints(self, batch: Batch, bits: NDArray[np.uint16]) -> list[int]:
        """Return the kinds hinted at in each text."""
        found = hinted(bits)
        (at,) = found.nonzero()
        hints = np.zeros(len(batch), np.uint16)
        np.bitwise_or.at(hints, batch.owners(at), found.take(at))
        return hints.tolist()

    def _inside_name(self, flags: Any, spaced: Bools) -> Bools:
        """Cheap test for the many capitals that continue a person's or another proper name; `Lookup.continues` decides the rest."""
        inside: Bools = spaced & (flags & _PROVINCE == 0)
        inside[1:] &= flags[:-1] & (_ENDS_WORTHY | _OPENER) == 0  # what opens a sentence may be no part of a name
        return inside

    def _known(self, rows: Any, at: Any) -> Bools:
        """Whether the syllable is a name (or blocks one), or with the next one begins one."""
        codes = rows["first"].take(at).astype(np.intp) * self._stride
        seconds = rows["second"].take(at + 1, mode="clip")
        codes = np.where((codes > 0) & (seconds > 0), codes + seconds, -1)
        known: Bools = self._pairs.take(self._pairs.searchsorted(codes), mode="clip") == codes
        known |= rows["flags"].take(at) & _ALONE != 0
        return known
