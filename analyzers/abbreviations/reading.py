"""One pass over a query's syllables: where it holds an abbreviation or a full form, and how else that can be written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set

from analyzers.abbreviations.index import Index
from analyzers.abbreviations.model import NAME, NUMBER, Variant
from analyzers.abbreviations.shape import GLUED, is_name_part, is_number, is_syllable
from analyzers.abbreviations.writings import Keys, Writing

_ISSUERS = 2
"""Abbreviations behind the type in a document's number: ``QĐ-UBND``, ``TB-UBND-ĐT``."""


class Reader:
    """The columns of one query, read once."""

    def __init__(self, index: Index, marked: Sequence[str], folded: Sequence[str], surfaces: Sequence[str], names: Set[int]) -> None:
        self.index = index
        self.marked, self.folded, self.surfaces, self.names = tuple(marked), tuple(folded), tuple(surfaces), names
        self.careful = self.marked != self.folded
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
            if agreeing:
                here = list(self._in_context(agreeing, at, at + size)) or self._alone(agreeing, at, at + size)
                if here:
                    return _tidy(here)
        return _tidy(self._glued(at))

    def _agrees(self, writing: Writing, at: int) -> bool:
        """A syllable typed with marks has them; an abbreviation that reads as ordinary syllables has capitals that tell something."""
        for offset, key in enumerate(writing.marked):
            typed = self.marked[at + offset]
            if typed != key and typed != self.folded[at + offset]:
                return False
        return not writing.pronounceable or (self.cased and "".join(self.surfaces[at : at + len(writing.marked)]).isupper())

    def _in_context(self, agreeing: Sequence[Writing], first: int, end: int) -> Iterator[Variant]:
        """What a following number or name makes sure; that syllable belongs to the variant, so that it stays bound."""
        if end >= len(self.folded):
            return
        number = is_number(self.folded[end])
        for writing in agreeing:
            contexts = self.index.rows[writing.row].contexts
            if (number and NUMBER in contexts) or (NAME in contexts and self._begins_name(end, writing.letter)):
                yield from self._bound(writing, first, end + 1, self.marked[end], self.surfaces[end], glue=number)

    def _glued(self, at: int) -> Iterator[Variant]:
        """``Q1``, ``QL14``: abbreviation and number in one syllable."""
        if match := GLUED.fullmatch(self.folded[at]):
            size = match.end(1)
            typed, number = self.marked[at][:size], self.marked[at][size:]
            for writing in self.index.at((match[1],)):
                same = writing.marked[0] == typed or match[1] == typed
                if writing.surfaces and same and NUMBER in self.index.rows[writing.row].contexts:
                    yield from self._bound(writing, at, at + 1, number, self.surfaces[at][size:], glue=False)
                    yield self._variant(writing, at, at + 1, (writing.marked[0], number), number)

    def _bound(self, writing: Writing, first: int, last: int, key: str, surface: str, *, glue: bool) -> Iterator[Variant]:
        for way in self.index.ways(writing.row):
            if way.marked != writing.marked:
                yield self._variant(writing, first, last, (*way.marked, key), surface)
            if glue and way.surfaces and len(way.marked) == 1:
                yield self._variant(writing, first, last, (way.marked[0] + key,), surface)

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
        tail = f" {number}" if number else ""
        return Variant(first, last, keys, row.abbreviation + tail, row.text + tail, ambiguous)

    def _begins_name(self, at: int, behind_letter: bool) -> bool:
        """A capital here, and in the next syllable too if there is one; behind one letter there must be one."""
        if at in self.names:
            return True
        if not self.cased or not is_name_part(self.surfaces[at]):
            return False
        return is_name_part(self.surfaces[at + 1]) if at + 1 < len(self.surfaces) else not behind_letter

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
        return any(
            is_syllable(folded) and not any(writing.surfaces for writing in self.index.at((folded,))) for folded in self.folded
        )


def _tidy(found: Iterator[Variant] | list[Variant]) -> list[Variant]:
    """Each replacement once, the sure ones first."""
    ordered = sorted(found, key=lambda variant: variant.ambiguous)
    return list({variant.replacement_keys: variant for variant in reversed(ordered)}.values())[::-1]
