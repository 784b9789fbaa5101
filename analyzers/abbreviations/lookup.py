"""The door: what an abbreviation stands for, how a full form is shortened, what a query can also be written."""

from __future__ import annotations

from collections.abc import Sequence, Set

from analyzers.abbreviations.index import Index
from analyzers.abbreviations.model import NUMBER, Expansion, Variant
from analyzers.abbreviations.reading import Reader
from analyzers.abbreviations.shape import GLUED, is_number
from analyzers.abbreviations.writings import agree, surfaces_of
from analyzers.keys import folded_key, has_marks, marked_key


class Abbreviations:
    """All rows of a table. Pure: the same questions have the same answers."""

    def __init__(self, rows: Sequence[Expansion]) -> None:
        self.rows = tuple(rows)
        self.index = Index(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def expansions(self, written: str, *, query: bool = False) -> tuple[Expansion, ...]:
        """What `written` may stand for, defaults first. Case and marks count (``CA`` yes, ``ca`` no; ``HDND`` no).

        With `query` they do not (``ubnd``, ``hdnd``), except that what reads as an ordinary syllable needs its capitals. Points,
        hyphens and blanks only separate (``TP. HCM``). A number is carried along: ``Q.1`` is *quận 1*.
        """
        surfaces = surfaces_of(written)
        found = self._short(surfaces, query=query)
        if not found and (parts := _numbered(surfaces)):
            letters, number = parts
            key = marked_key(number)
            readings = self._short((letters,), query=query)
            numbered = [row for row in readings if NUMBER in row.contexts and is_number(key, row.abbreviation)]
            found = [row._replace(text=f"{row.text} {number}", default=True) for row in numbered]
        return _defaults_first(found)

    def abbreviations_of(self, keys: Sequence[str]) -> tuple[Expansion, ...]:
        """The rows one of whose full forms has these keys, defaults first.

        Marked keys are compared first; keys that have no mark at all may also be folded ones (``uy ban nhan dan``).
        """
        wanted = tuple(keys)
        full = [writing for writing in self.index.at(tuple(map(folded_key, wanted))) if not writing.surfaces]
        exact = [writing for writing in full if writing.marked == wanted]
        chosen = exact if exact or any(map(has_marks, wanted)) else full
        return _defaults_first([self.rows[number] for number in dict.fromkeys(writing.row for writing in chosen)])

    def variants(
        self, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str], *, names: Set[int] = frozenset()
    ) -> list[Variant]:
        """How parts of a query, given as the columns of its syllables, can also be written.

        Parts are taken from the left, the longest first, and do not overlap; variants with the same span are alternatives, the sure
        ones first. Nothing is nested, because the writings of a long form include those with a part abbreviated. A syllable typed with
        marks must agree in them, one without may be any. `names` holds positions where the caller knows that a place's name begins;
        else capitals tell. Linear: at each syllable at most as many look-ups as the longest form has syllables.
        """
        if not len(marked) == len(folded) == len(surfaces):
            raise ValueError(f"columns of different lengths: {len(marked)}, {len(folded)}, {len(surfaces)}")
        return Reader(self.index, marked, folded, surfaces, names).read()

    def _short(self, surfaces: tuple[str, ...], *, query: bool) -> list[Expansion]:
        keys, written = tuple(map(marked_key, surfaces)), "".join(surfaces)
        found = []
        for writing in self.index.at(tuple(map(folded_key, surfaces))):
            form = "".join(writing.surfaces)
            strict = keys == writing.marked and written in (form, form.upper())
            loose = query and agree(keys, writing.marked) and (not writing.pronounceable or written.isupper())
            if writing.surfaces and (strict or loose):
                found.append(writing.row)
        return [self.rows[number] for number in dict.fromkeys(found)]


def _defaults_first(rows: Sequence[Expansion]) -> tuple[Expansion, ...]:
    return tuple(sorted(rows, key=lambda row: not row.default))


def _numbered(surfaces: Sequence[str]) -> tuple[str, str] | None:
    """``(Q, 1)`` and ``(QL14,)`` as abbreviation and number."""
    if len(surfaces) == 2:
        return surfaces[0], surfaces[1]
    if len(surfaces) == 1 and (match := GLUED.fullmatch(marked_key(surfaces[0]))):
        return surfaces[0][: match.end(1)], surfaces[0][match.start(2) :]
    return None
