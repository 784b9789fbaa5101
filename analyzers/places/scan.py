"""Tagger, first half: where the names of units may stand in a text, and what type word they carry.

One pass; names are only looked up at capitalised syllables and behind type words, so the work is linear in the text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from analyzers.places import lexicon
from analyzers.places.names import NameIndex
from analyzers.places.spelling import syllable_key
from analyzers.places.unit import Unit

if TYPE_CHECKING:
    from analyzers.analyzer import AnalyzedText

_PLAIN_GAPS = frozenset({" ", "  ", "\u00a0", "\n", "'", "’", "´", "`", " '", "' "})
_HYPHEN_GAPS = frozenset({"-", " - ", "–", " – ", "- ", " -", "—", " — "})
_TYPE_GAPS = _PLAIN_GAPS | {".", ". ", ".\u00a0"}
_LIST_GAPS = frozenset({",", ";", "/", ", ", "; "})
_TYPE_FIRST = frozenset(phrase.split(" ")[0] for phrase in lexicon.TYPE_PHRASES)
_LOWER_TYPES = frozenset(phrase.split(" ")[0] for phrase in lexicon.TYPE_PHRASES if phrase not in lexicon.UPPER_TYPES)
_ABBREVIATED = lexicon.DOTTED_TYPES | {"tp", "tx", "tt"}
_NUMBERED_TYPES = frozenset({"quận", "phường"})
_JOINED_TYPES = {"tphcm": "hồ chí minh", "tphn": "hà nội", "tphp": "hải phòng", "tpđn": "đà nẵng", "tpct": "cần thơ"}
_NAMED_ONLY = lexicon.DOTTED_TYPES | {"thành", "tt", "tx"}
"""Type phrases too short to call what follows a unit nobody knows."""
_UPPER_LEVELS = frozenset({"province"})
_BLOCKED: dict[str, list[list[str]]] = {}
for _phrase in sorted(lexicon.BLOCKED):
    _BLOCKED.setdefault(_phrase.split(" ")[0], []).append(_phrase.split(" "))


@dataclass(slots=True, eq=False)
class Found:
    """A possible mention, filled in step by step; `first`/`last` are the half-open syllable range, type word included."""

    text: int
    first: int
    last: int
    name_first: int
    key: str
    types: tuple[str, ...]
    rows: tuple[Unit, ...]
    authority: bool = False
    plural: bool = False
    inherited: bool = False
    chain: int = -1
    candidates: tuple[Unit, ...] = ()
    wider: tuple[Unit, ...] = ()
    chosen: Unit | None = None
    rule: str = ""
    context: str = "about"
    cue: bool = False
    timed: bool = False
    detail: bool = False
    birth: bool = False
    run: bool = False
    scene_noun: bool = False
    link: str | None = None
    above: list[Found] = field(default_factory=list)
    parental: bool = False


class Scanner:
    """Finds names of one analyzed text against a name index."""

    def __init__(self, names: NameIndex, text: AnalyzedText, index: int) -> None:
        self.names = names
        self.source = text.text
        self.starts, self.ends, self.marked = text.starts, text.ends, text.marked
        self.index = index
        self.count = len(self.starts)

    def scan(self) -> list[Found]:
        """All possible mentions in reading order; they do not overlap."""
        source, marked = self.source, self.marked
        spots = [i for i, start in enumerate(self.starts) if source[start].isupper() or marked[i] in _LOWER_TYPES]
        found: list[Found] = []
        done = 0
        for at in spots:
            if at < done:
                continue
            items = list(self._typed(at)) if marked[at] in _TYPE_FIRST or marked[at] in _JOINED_TYPES else []
            if not items and source[self.starts[at]].isupper():
                items, done = self._bare(at, done)
            if items:
                found += items
                done = max(done, items[-1].last)
        return found

    # --- typed names ---

    def _typed(self, at: int) -> Iterator[Found]:
        """A type word with its name, and the names a list adds to it."""
        if self.marked[at] in _JOINED_TYPES:
            key = _JOINED_TYPES[self.marked[at]]
            yield Found(self.index, at, at + 1, at, key, ("thành phố",), self.names.rows[key])
            return
        head = self._type_at(at)
        if head is None:
            return
        phrase, name_at, plural = head
        item = self._named(at, phrase, name_at, plural)
        if item is None:
            return
        yield item
        if item.rows:
            yield from self._list_after(item)

    def _type_at(self, at: int) -> tuple[str, int, bool] | None:
        """The longest type phrase starting here, the syllable its name would start at, and whether it announces a list."""
        for length in (2, 1):
            phrase = " ".join(self.marked[at : at + length])
            if phrase not in lexicon.TYPE_PHRASES or at + length >= self.count or not self._inside(at, length):
                continue
            if phrase in lexicon.UPPER_TYPES and not self.source[self.starts[at]].isupper():
                continue
            gap = self._gap(at + length)
            if gap.startswith(".") and phrase not in _ABBREVIATED:
                continue
            if phrase in lexicon.DOTTED_TYPES and not gap.startswith("."):
                continue
            plural = at > 0 and self.marked[at - 1] in lexicon.PLURALS
            if gap not in _TYPE_GAPS and not (gap in (": ", ":") and plural):
                continue
            return phrase, self._skip_modifiers(at + length), plural
        return None

    def _inside(self, at: int, length: int) -> bool:
        return all(self._gap(i) in _TYPE_GAPS for i in range(at + 1, at + length))

    def _skip_modifiers(self, at: int) -> int:
        end = min(at + 3, self.count - 1)
        while at < end and self.marked[at] in lexicon.MODIFIERS and not self._capital(at) and self._gap(at + 1) in _PLAIN_GAPS:
            at += 1
        return at

    def _named(self, at: int, phrase: str, name_at: int, plural: bool) -> Found | None:
        types = lexicon.TYPE_PHRASES[phrase]
        levels = frozenset(level for word in types for level in lexicon.LEVELS_OF_TYPE[word])
        key, last = self._name(name_at, loose=True, levels=levels)
        authority = phrase in lexicon.AUTHORITY_TYPES
        if key and key.isdigit() and types[0] not in _NUMBERED_TYPES:
            return None
        if key:
            rows = tuple(row for row in self.names.rows[key] if row.level in levels)
            return Found(self.index, at, last, name_at, key, types, rows, authority, plural)
        if not self._capital(name_at) or self.marked[name_at] in lexicon.PEOPLE or authority or phrase in _NAMED_ONLY:
            return None
        last = self._run_end(name_at)
        key = " ".join(syllable_key(part) for part in self.marked[name_at:last])
        return Found(self.index, at, last, name_at, key, types, (), rule="unknown")

    def _list_after(self, head: Found) -> Iterator[Found]:
        """``các xã: Xuân An, Song An và Cửu An``: further names under the same type word."""
        item = head
        while item.last < self.count:
            at = item.last
            conjunction = self.marked[at] in ("và", "hay", "hoặc") and self._gap(at) == " "
            if conjunction and at + 1 < self.count:
                at += 1
            elif self._gap(at) not in _LIST_GAPS:
                return
            if not (self._capital(at) or self.marked[at].isdigit()):
                return
            levels = frozenset(row.level for row in head.rows)
            key, last = self._name(at, loose=True, levels=levels)
            rows = tuple(row for row in self.names.rows[key] if row.level in levels) if key else ()
            if not rows or self._next_is_run(last):
                return
            if self.marked[at].isdigit() and not head.key.isdigit():
                return
            if not (head.plural or conjunction) and _may_be_parent(self.names.rows[key], head.rows):
                return
            if head.plural and not conjunction and not _share_parent(rows, head.rows):
                return
            if not head.plural and not _share_parent(rows, head.rows):
                return
            item = Found(self.index, at, last, at, key, head.types, rows, head.authority, head.plural, inherited=True)
            yield item

    # --- bare names ---

    def _bare(self, at: int, done: int) -> tuple[list[Found], int]:
        """A name without type word, or nothing; also how far the text is used up."""
        first = syllable_key(self.marked[at])
        if first in _BLOCKED:
            end = self._blocked(at, first)
            if end:
                return [], end
        if first not in self.names.lengths:
            return [], done
        run = self._in_run(at)
        if run and not self._run_of_thing(at):
            return [], done
        key, last = self._name(at, loose=False, levels=_UPPER_LEVELS if run else None)
        if not key or key.isdigit() or self._next_is_run(last, people_pass=True):
            return [], done
        if at and self.marked[at - 1] in lexicon.TITLES and self._gap(at) == " ":
            return [], last
        return [Found(self.index, at, last, at, key, (), self.names.rows[key], run=run)], last

    def _run_of_thing(self, at: int) -> bool:
        """Whether the capitalised run begins with a noun for a thing: ``Đền Trần Nam Định``."""
        first = at
        while first and at - first < 5 and self._gap(first) == " " and self._capital(first - 1):
            first -= 1
        return self.marked[first] in lexicon.SCENE_NOUNS or " ".join(self.marked[first : first + 2]) in lexicon.BODY_PHRASES

    def _blocked(self, at: int, first: str) -> int:
        for phrase in _BLOCKED[first]:
            if [syllable_key(part) for part in self.marked[at : at + len(phrase)]] == phrase and self._capital(at + 1):
                return at + len(phrase)
        return 0

    def _in_run(self, at: int) -> bool:
        """Whether the syllable continues a capitalised run that is not an acronym: part of a longer proper name."""
        if not at or self._gap(at) != " " or not self._capital(at - 1):
            return False
        before = self.source[self.starts[at - 1] : self.ends[at - 1]]
        return not (len(before) > 1 and before.isupper() and not self._shouted(at))

    def _shouted(self, at: int) -> bool:
        surface = self.source[self.starts[at] : self.ends[at]]
        return len(surface) > 1 and surface.isupper()

    def _next_is_run(self, last: int, people_pass: bool = False) -> bool:
        """Whether a capitalised syllable follows directly, so that the proper name is longer than what was matched."""
        if last >= self.count or self._gap(last) != " " or not self._capital(last):
            return False
        if people_pass and self.marked[last] in lexicon.PEOPLE:
            return False
        return not (self._shouted(last) or self.marked[last] in _TYPE_FIRST)

    # --- pieces ---

    def _name(self, at: int, loose: bool, levels: frozenset[str] | None) -> tuple[str, int]:
        """Longest known name starting at a syllable and where it ends; ``("", at)`` when there is none.

        `loose` asks for a capital (or digit) on the first syllable only; `levels` prefers names that a unit of those levels bears.
        """
        if at >= self.count or not (self._capital(at) or loose and self.marked[at].isdigit()):
            return "", at
        first = syllable_key(self.marked[at])
        best = ("", at)
        for length in self.names.lengths.get(first, ()):
            last = at + length
            if last > self.count or not (loose or all(self._capital(i) for i in range(at + 1, last))):
                continue
            key = first if length == 1 else " ".join([syllable_key(part) for part in self.marked[at:last]])
            if key not in self.names.rows or not self._contiguous(at, last, key):
                continue
            if levels is not None and not any(row.level in levels for row in self.names.rows[key]):
                continue
            if loose and length > 1 and not self._capital(last - 1) and not self.marked[last - 1].isdigit():
                best = (key, last) if length == 2 else best
                continue
            # ``xã Thuận hà``: a careless second letter is likelier than a unit of one syllable.
            return best if length == 1 and best[0] else (key, last)
        return best if loose and levels is not None else ("", at)

    def _contiguous(self, at: int, last: int, key: str) -> bool:
        for i in range(at + 1, last):
            gap = self._gap(i)
            if gap not in _PLAIN_GAPS and not (gap in _HYPHEN_GAPS and key in self.names.hyphened):
                return False
        return True

    def _gap(self, at: int) -> str:
        """Text between syllable `at` and the one before."""
        return self.source[self.ends[at - 1] : self.starts[at]]

    def _capital(self, at: int) -> bool:
        return at < self.count and self.source[self.starts[at]].isupper()

    def _run_end(self, at: int) -> int:
        end = at + 1
        while end < self.count and end - at < 4 and self._gap(end) == " " and self._capital(end):
            end += 1
        return end


def _may_be_parent(rows: tuple[Unit, ...], children: tuple[Unit, ...]) -> bool:
    units = {row.unit for row in rows}
    return any(child.parent in units for child in children) or any(row.level == "province" for row in rows)


def _share_parent(rows: tuple[Unit, ...], others: tuple[Unit, ...]) -> bool:
    if any(row.level == "province" for row in rows):
        return True
    parents = {other.parent for other in others}
    return any(row.parent in parents for row in rows)
