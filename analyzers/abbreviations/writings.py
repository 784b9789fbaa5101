"""Every way of writing an expansion: in full, abbreviated, and mixed (``TP Hồ Chí Minh``, ``Ủy ban MTTQ``), as marked keys."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from analyzers.abbreviations.model import Expansion
from analyzers.abbreviations.shape import is_syllable
from analyzers.keys import folded_key, has_marks, marked_key
from analyzers.syllables import spans

Keys = tuple[str, ...]


class Writing(NamedTuple):
    """One way to write expansion number `row`. `surfaces` is the abbreviation as written, empty for a full or mixed form."""

    row: int
    marked: Keys
    surfaces: tuple[str, ...]

    @property
    def folded(self) -> Keys:
        """The keys without marks."""
        return tuple(map(folded_key, self.marked))

    @property
    def letter(self) -> bool:
        """Whether it is an abbreviation of one letter, which says nothing on its own: ``H``."""
        return bool(self.surfaces) and len(self.marked) == len(self.marked[0]) == 1

    @property
    def pronounceable(self) -> bool:
        """Whether it is an abbreviation that reads as ordinary syllables, like ``CA``: its keys find those syllables everywhere."""
        return bool(self.surfaces) and not is_clear(self.marked)


def surfaces_of(text: str) -> tuple[str, ...]:
    """The syllables of `text` as written."""
    return tuple(text[start:end] for start, end in spans(text))


def _surfaces_of_all(lists: Iterable[Sequence[str]]) -> list[list[tuple[str, ...]]]:
    """The syllables of every text of every list, cut in one call: calls for two thousand texts would take most of the time."""
    groups = list(lists)
    joined = "\n".join(text for texts in groups for text in texts)
    lines: list[list[str]] = [[] for _ in range(sum(map(len, groups)))]
    line = done = 0
    for start, end in spans(joined):
        line += joined.count("\n", done, start)
        lines[line].append(joined[start:end])
        done = start
    texts = map(tuple, lines)
    return [list(islice(texts, len(group))) for group in groups]


def keys_of(text: str) -> Keys:
    """The marked keys of the syllables of `text`."""
    return tuple(map(marked_key, surfaces_of(text)))


def writings(rows: Sequence[Expansion]) -> list[list[Writing]]:
    """For each row its writings: full ones, abbreviations (one for each way of capitals), mixed ones."""
    full = [[tuple(map(marked_key, surfaces)) for surfaces in spellings] for spellings in _surfaces_of_all(row.spellings for row in rows)]
    short = _surfaces_of_all(row.forms for row in rows)
    parts = _Parts(rows, full, short)
    found = []
    for number, row in enumerate(rows):
        own = [Writing(number, keys, ()) for keys in dict.fromkeys(full[number])]
        own += [Writing(number, tuple(map(marked_key, surfaces)), surfaces) for surfaces in short[number]]
        if row.default:
            known = {writing.marked for writing in own}
            own += [Writing(number, keys, ()) for keys in dict.fromkeys(parts.mixed(number, full[number])) if keys not in known]
        found.append(own)
    return found


class _Parts:
    """Expansions that may stand abbreviated inside longer ones: the sure ones whose abbreviation is no ordinary syllable."""

    def __init__(self, rows: Sequence[Expansion], full: Sequence[Sequence[Keys]], short: Sequence[Sequence[tuple[str, ...]]]) -> None:
        self._by_first: dict[str, list[tuple[int, Keys, Keys]]] = {}
        for number, row in enumerate(rows):
            abbreviation = next((keys for keys in (tuple(map(marked_key, form)) for form in short[number]) if is_clear(keys)), None)
            if row.default and abbreviation:
                for keys in full[number]:
                    if len(keys) > 1:
                        self._by_first.setdefault(keys[0], []).append((number, keys, abbreviation))
        for parts in self._by_first.values():
            parts.sort(key=lambda part: -len(part[1]))

    def mixed(self, row: int, spellings: Iterable[Keys]) -> Iterator[Keys]:
        """Each spelling with one part abbreviated, and with as many as fit, the longest first from the left; never by `row` itself."""
        for keys in spellings:
            parts = [(at, whole, short) for at in range(len(keys)) for whole, short in self._at(row, keys, at)]
            for at, whole, short in parts:
                yield keys[:at] + short + keys[at + len(whole) :]
            result: Keys = ()
            done = 0
            for at, whole, short in parts:
                if at >= done:
                    result += keys[done:at] + short
                    done = at + len(whole)
            if done:
                yield result + keys[done:]

    def _at(self, row: int, keys: Keys, at: int) -> Iterator[tuple[Keys, Keys]]:
        for other, whole, short in self._by_first.get(keys[at], ()):
            if other != row and len(whole) < len(keys) and keys[at : at + len(whole)] == whole:
                yield whole, short


def agree(marked: Sequence[str], keys: Keys) -> bool:
    """Whether syllables typed `marked` can be `keys`, which have the same letters: one with marks must have the same ones."""
    return all(typed == key or not has_marks(typed) for typed, key in zip(marked, keys, strict=True))


def is_clear(keys: Keys) -> bool:
    """Whether an abbreviation with these keys cannot be mistaken for ordinary syllables."""
    return not all(is_syllable(folded_key(key)) for key in keys)
