"""Tagger, first half: where the names of units may stand in a text, and what type word they carry.

One pass; names are only looked up at capitalised syllables and behind type words, so the work is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import lru_cache

from analyzers.analyzer import AnalyzedText
from analyzers.places import lexicon
from analyzers.places.found import Found
from analyzers.places.lookup import RUN, TYPE_FIRST, Lookup
from analyzers.places.names import NameIndex
from analyzers.places.spelling import syllable_key
from analyzers.places.spots import BLOCKED, LEADS_TO_NAME, TYPE_LAST, WORTHY, Spot
from analyzers.places.unit import Level, Unit
from analyzers.places.window import PLAIN_GAPS, UPPER

_TYPE_GAPS = PLAIN_GAPS | {".", ". ", ".\u00a0"}
_LIST_GAPS = frozenset({",", ";", "/", ", ", "; "})
_COMRADE = ["đồng", "chí"]
_PROVINCE_ONLY: frozenset[Level] = frozenset({"province"})


class Scanner(Lookup):
    """Finds names of one analyzed text against a name index."""

    __slots__ = ("index",)

    def __init__(self, names: NameIndex, text: AnalyzedText, index: int) -> None:
        super().__init__(names, text)
        self.index = index

    def scan(self, spots: Iterable[Spot]) -> list[Found]:
        """All possible mentions at these spots of the text, in reading order; they do not overlap."""
        marked = self.marked
        found: list[Found] = []
        done = 0
        for at, run, bare in spots:
            run = run and not (marked[at - 1] in lexicon.OPENERS and self.starts_sentence(at - 1))
            if at < done:
                continue
            item: Found | None = None
            if marked[at] in TYPE_FIRST:
                item = self._typed(at)
            elif at and marked[at - 1] in LEADS_TO_NAME:
                start = self._type_before(at)
                item = self._typed(start) if start >= done else None
            if item is None and bare and not (run and self._inside_name(at)):
                item = self._bare(at, run)
            if item is not None:
                found.append(item)
                if item.types and item.rows:
                    found += self._list_after(item)
                done = found[-1].last
        return found

    def _inside_name(self, at: int) -> bool:
        """Cheap test for the many capitals that continue a person's or another proper name; `continues` decides the rest."""
        end = self.ends[at - 1]
        if self.source[end - 1] in WORTHY or self.source[end : self.starts[at]] != " ":
            return False
        return self.marked[at] not in self.names.province_firsts

    def _type_before(self, at: int) -> int:
        """Start of the lower-case type word that leads to this syllable, over words like *miền núi*; -1 when there is none."""
        last = at - 1
        while last > max(0, at - 4) and self.marked[last] in lexicon.MODIFIERS:
            last -= 1
        if last < 0 or self.marked[last] not in TYPE_LAST:
            return -1
        if last and f"{self.marked[last - 1]} {self.marked[last]}" in lexicon.TYPE_PHRASES:
            return last - 1
        return last if self.marked[last] in lexicon.TYPE_PHRASES else -1

    # --- typed names ---

    def _typed(self, at: int) -> Found | None:
        """A type word with its name."""
        joined = lexicon.JOINED_TYPES.get(self.marked[at])
        if joined:
            return Found(self.index, at, at + 1, joined, ("thành phố",), self.names.rows.get(joined, ()))
        head = self._type_at(at)
        return self._named(at, *head) if head else None

    def _type_at(self, at: int) -> tuple[str, int, bool] | None:
        """The longest type phrase starting here, the syllable its name would start at, and whether it announces a list."""
        for length in (2, 1):
            phrase = " ".join(self.marked[at : at + length])
            if phrase not in lexicon.TYPE_PHRASES or at + length >= self.count:
                continue
            if (length == 2 and self.gap(at + 1) not in _TYPE_GAPS) or not self._written_as_type(at, phrase):
                continue
            plural = at > 0 and self.marked[at - 1] in lexicon.PLURALS
            if self._opens_name(phrase, self.gap(at + length), plural):
                return phrase, self._skip_modifiers(at + length), plural
        return None

    def _opens_name(self, phrase: str, gap: str, plural: bool) -> bool:
        """Whether `gap` may stand between a type phrase and its name: a full stop behind abbreviations, a colon before a list."""
        if gap.startswith("."):
            return gap in _TYPE_GAPS and phrase in lexicon.ABBREVIATIONS
        return phrase not in lexicon.DOTTED_TYPES and (gap in PLAIN_GAPS or (plural and gap.strip() == ":"))

    def _written_as_type(self, at: int, phrase: str) -> bool:
        if at and phrase == "xã" and self.marked[at - 1] in lexicon.NOT_BEFORE_XA:
            return False
        return phrase not in lexicon.UPPER_TYPES or self.source[self.starts[at]] in UPPER

    def _skip_modifiers(self, at: int) -> int:
        end = min(at + 3, self.count - 1)
        while at < end and self.marked[at] in lexicon.MODIFIERS and not self.capital(at) and self.gap(at + 1) in PLAIN_GAPS:
            at += 1
        return at

    def _named(self, at: int, phrase: str, name_at: int, plural: bool) -> Found | None:
        types = lexicon.TYPE_PHRASES[phrase]
        levels = _levels_of(types)
        key, last = self.typed_name(name_at, levels)
        authority = phrase in lexicon.AUTHORITY_TYPES
        if key.isdigit() and types[0] not in lexicon.NUMBERED_TYPES:
            return None
        if len(key) == 1 and key.isalpha() and phrase in lexicon.DOTTED_TYPES:  # initials: P.V.M.
            return None
        if key:
            return Found(self.index, at, last, key, types, self._rows(key, levels), authority, plural)
        return self._unknown(at, phrase, name_at, types)

    def _unknown(self, at: int, phrase: str, name_at: int, types: tuple[str, ...]) -> Found | None:
        """``tỉnh Quảng Đông``: a type word with a name that no unit of that level bears."""
        if not self.capital(name_at) or self.marked[name_at] in lexicon.PEOPLE or phrase in lexicon.AUTHORITY_TYPES | lexicon.NAMED_ONLY:
            return None
        if self.gap(name_at) not in PLAIN_GAPS or self.gap(name_at) == "\n":
            return None
        last = name_at + 1
        while last < self.count and last - name_at < RUN and self.gap(last) == " " and self.capital(last):
            last += 1
        key = " ".join(syllable_key(part) for part in self.marked[name_at:last])
        return Found(self.index, at, last, key, types, (), rule="unknown")

    def _list_after(self, head: Found) -> Iterator[Found]:
        """``các xã: Xuân An, Song An và Cửu An``: further names under the same type word."""
        levels = frozenset(row.level for row in head.rows)
        item = head
        while item.last < self.count:
            at = item.last
            conjunction = self.marked[at] in ("và", "hay", "hoặc") and self.gap(at) == " "
            if conjunction:
                at += 1
            elif self.gap(at) not in _LIST_GAPS:
                return
            key, last = self.typed_name(at, levels)
            if not key or key.isdigit() != head.key.isdigit() or self.longer(last):
                return
            rows = self._rows(key, levels)
            if not (head.plural or conjunction) and _may_be_parent(self.names.rows[key], head.rows):
                return
            if not (head.plural and conjunction) and not _share_parent(rows, head.rows):
                return
            item = Found(self.index, at, last, key, head.types, rows, head.authority, head.plural, inherited=True)
            yield item

    def _rows(self, key: str, levels: frozenset[Level]) -> tuple[Unit, ...]:
        rows = self.names.rows[key]
        return rows if self.names.levels[key] <= levels else tuple([row for row in rows if row.level in levels])

    # --- bare names ---

    def _bare(self, at: int, run: bool) -> Found | None:
        """A name without type word; `run`: a capitalised syllable goes before."""
        first = syllable_key(self.marked[at])
        if first not in self.lengths or not self.capital(at):
            return None
        run = run and self.continues(at)
        if run and not (first in self.names.province_firsts and self.run_of_thing(at)):
            return None
        if first in BLOCKED:
            end = self._blocked(at, first)
            if end:
                return Found(self.index, at, end, "", (), ())
        key, last = self.bare_name(at, first, _PROVINCE_ONLY if run else None)
        if not key or key.isdigit() or self.longer(last, people_pass=True):
            return None
        if at and self.gap(at) == " " and (self.marked[at - 1] in lexicon.TITLES or self.marked[max(0, at - 2) : at] == _COMRADE):
            return None
        return Found(self.index, at, last, key, (), self.names.rows[key], run=run)

    def _blocked(self, at: int, first: str) -> int:
        for phrase in BLOCKED[first]:
            if [syllable_key(part) for part in self.marked[at : at + len(phrase)]] == phrase and self.capital(at + len(phrase) - 1):
                return at + len(phrase)
        return 0


@lru_cache(64)
def _levels_of(types: tuple[str, ...]) -> frozenset[Level]:
    """The levels of units of these types; there are as many such tuples as TYPE_PHRASES has."""
    return frozenset(level for word in types for level in lexicon.LEVELS_OF_TYPE[word])


def _may_be_parent(rows: tuple[Unit, ...], children: tuple[Unit, ...]) -> bool:
    units = {row.unit for row in rows}
    return any(child.parent in units for child in children) or any(row.level == "province" for row in rows)


def _share_parent(rows: tuple[Unit, ...], others: tuple[Unit, ...]) -> bool:
    parents = {other.parent for other in others}
    return any(row.level == "province" or row.parent in parents for row in rows)
