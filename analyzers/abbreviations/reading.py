"""One pass over a query's syllables: where it holds an abbreviation or a full form, and how else that can be written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence, Set

from analyzers.abbreviations.index import Index
from analyzers.abbreviations.model import NAME, NUMBER, Variant
from analyzers.abbreviations.shape import GLUED, is_name_part, is_number, is_syllable
from analyzers.abbreviations.writings import Keys, Writing, agree
from analyzers.keys import has_marks

_ISSUERS = 2
"""Abbreviations behind the type in a document's number: ``QĐ-UBND``, ``TB-UBND-ĐT``."""


class Reader:
    """The columns of one query, read once."""

    def __init__(self, index: Index, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str], names: Set[int]) -> None:
        self.index = index
        self.marked, self.folded, self.surfaces, self.names = tuple(marked), tuple(folded), tuple(surfaces), names
        self.careful = any(map(has_marks, self.marked))
        """Some mark was typed: what has none is meant so, if it is known so."""
        self.cased = any(not surface.isupper() for surface in self.surfaces if surface.isalpha()) or not self._ordinary()
        """Capitals tell something: not all of the query is in capitals, or all of it is abbreviations."""

    def read(self) -> list[Variant]:
        """The variants, in the order of their spans."""
        found: list[Variant] = []
        at = 0
        while at < len(self.folded):
            if skipped := self._document_number(at):
                at += skipped
                continue
            here = self._at(at)
            found += here
            at = here[0].last if here else at + 1
        return found

    def _at(self, at: int) -> list[Variant]:
        """Variants of the longest part that begins here and has any."""
        for size in range(min(self.index.longest(self.folded[at]), len(self.folded) - at), 0, -1):
            agreeing = [writing for writing in self.index.at(self.folded[at : at + size]) if self._agrees(writing, at)]
            if agreeing and (here := self._tidy([*self._in_context(agreeing, at, at + size)] or self._alone(agreeing, at, at + size))):
                return here
        return self._tidy(self._glued(at))

    def _agrees(self, writing: Writing, at: int) -> bool:
        """A syllable typed with marks has them; an abbreviation that reads as ordinary syllables has capitals that tell something.

        One syllable is too little to guess its marks by when the writer typed others: *quan* is not *quận* in *hải quan*.
        """
        if self.careful and len(writing.marked) == 1 and not writing.surfaces and writing.marked[0] != self.marked[at]:
            return False
        end = at + len(writing.marked)
        if not agree(self.marked[at:end], writing.marked):
            return False
        return not writing.pronounceable or (self.cased and "".join(self.surfaces[at:end]).isupper())

    def _in_context(self, agreeing: Sequence[Writing], first: int, end: int) -> Iterator[Variant]:
        """What a following number or name makes sure; that syllable belongs to the variant, so that it stays bound."""
        if end >= len(self.folded):
            return
        for writing in agreeing:
            number = self._is_numbered(writing, self.folded[end])
            if number or (NAME in self.index.rows[writing.row].contexts and self._begins_name(writing, first, end)):
                yield from self._bound(writing, first, end + 1, self.marked[end], self.surfaces[end] if number else "")

    def _glued(self, at: int) -> Iterator[Variant]:
        """``Q1``, ``QL14``: abbreviation and number in one syllable."""
        if match := GLUED.fullmatch(self.folded[at]):
            size = match.end(1)
            typed, number = self.marked[at][:size], self.marked[at][size:]
            for writing in self.index.at((match[1],)):
                same = typed in (writing.marked[0], match[1])
                if writing.surfaces and same and self._is_numbered(writing, match[2]):
                    yield from self._bound(writing, at, at + 1, number, self.surfaces[at][size:])

    def _bound(self, writing: Writing, first: int, last: int, key: str, number: str) -> Iterator[Variant]:
        """The other ways to write the type word, each with what follows it, key `key`; behind an abbreviation a number may be glued."""
        for way in self.index.ways(writing.row):
            keys = [(*way.marked, key)]
            if number and way.surfaces and len(way.marked) == 1:
                keys.append((way.marked[0] + key,))
            for replacement in keys:
                yield self._variant(writing, first, last, replacement, number)

    def _alone(self, agreeing: Sequence[Writing], first: int, last: int) -> list[Variant]:
        """What the part means with nothing around it."""
        short = [writing for writing in agreeing if writing.surfaces and not writing.letter]
        if self.careful and (exact := [writing for writing in short if writing.marked == self.marked[first:last]]):
            short = exact
        sure = {writing.row for writing in short if self.index.rows[writing.row].default}
        found = []
        for writing in short:
            ambiguous = sure != {writing.row}
            found += [self._variant(writing, first, last, way, ambiguous=ambiguous) for way in self._others(writing, only_full=ambiguous)]
        for writing in agreeing:
            if not writing.surfaces:
                found += self._of_full(writing, first, last)
        return found

    def _of_full(self, writing: Writing, first: int, last: int) -> Iterator[Variant]:
        """Other spellings are the same thing; an abbreviation is only safe if this is what it mostly means."""
        row = self.index.rows[writing.row]
        for way in self.index.ways(writing.row):
            if way.surfaces and (way.pronounceable or (row.contexts and not row.default)):
                continue
            if way.marked != writing.marked:
                yield self._variant(writing, first, last, way.marked, ambiguous=bool(way.surfaces) and not row.default)

    def _others(self, writing: Writing, *, only_full: bool) -> Iterator[Keys]:
        for way in self.index.ways(writing.row):
            if way.marked != writing.marked and not way.pronounceable and not (only_full and way.surfaces):
                yield way.marked

    def _variant(self, writing: Writing, first: int, last: int, keys: Keys, number: str = "", *, ambiguous: bool = False) -> Variant:
        row = self.index.rows[writing.row]
        if not number:
            return Variant(first, last, keys, row.abbreviation, row.text, ambiguous)
        dot = "." if len(row.abbreviation) == 1 else ""
        return Variant(first, last, keys, f"{row.abbreviation}{dot}{number}", f"{row.text} {number}", ambiguous)

    def _is_numbered(self, writing: Writing, key: str) -> bool:
        row = self.index.rows[writing.row]
        return NUMBER in row.contexts and is_number(key, row.abbreviation)

    def _begins_name(self, writing: Writing, first: int, at: int) -> bool:
        """A capital here, and in the next syllable too if there is one. One letter must be a capital, and have two such behind it."""
        if at in self.names:
            return True
        if not self.cased or not is_name_part(self.surfaces[at]) or (writing.letter and not self.surfaces[first].isupper()):
            return False
        return is_name_part(self.surfaces[at + 1]) if at + 1 < len(self.surfaces) else not writing.letter

    def _document_number(self, at: int) -> int:
        """Syllables to leave alone: type and issuer in ``15/2024/QĐ-UBND`` are part of a number, not words."""
        if at == 0 or not self.folded[at - 1].isdigit():
            return 0
        if not any(self.index.rows[writing.row].kind == "document" for writing in self._abbreviations(at)):
            return 0
        end = at + 1
        while end < len(self.folded) and end - at <= _ISSUERS and self._abbreviations(end):
            end += 1
        return end - at if end - at > 1 else 0

    def _abbreviations(self, at: int) -> list[Writing]:
        return [writing for writing in self.index.at((self.folded[at],)) if writing.surfaces and self._agrees(writing, at)]

    def _ordinary(self) -> bool:
        """Whether some syllable is an ordinary one that is no abbreviation's."""
        return any(is_syllable(folded) and not any(writing.surfaces for writing in self.index.at((folded,))) for folded in self.folded)

    def _tidy(self, found: Iterable[Variant]) -> list[Variant]:
        """Each replacement once, the sure ones first, and none that is what was typed (*NOXH* for NƠXH)."""
        kept: dict[Keys, Variant] = {}
        for variant in sorted(found, key=lambda variant: variant.ambiguous):
            if variant.replacement_keys != self.marked[variant.first : variant.last]:
                kept.setdefault(variant.replacement_keys, variant)
        return list(kept.values())
