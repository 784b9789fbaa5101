"""Values of ``nguồn:`` as readers write them: without marks, in other case, or only a part of the name.

``nguồn:"ban tin tay nguyen"`` and ``nguồn:"tây nguyên"`` become ``nguồn:"Bản tin Tây Nguyên"`` where the index has a source of that
name, and the query that ran shows it. A name that no source has stays as typed, finds nothing, and is said.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from analyzers.keys import folded_key
from analyzers.syllables import SYLLABLE
from engine.model import UNKNOWN, Notice
from engine.query.tree import And, InField, Node, Not, Or, Phrase, Word

MOST_SOURCES = 10
"""Sources that a part of a name may mean; what more of them hold tells nothing."""
MOST_COMPARED = 3
"""Unknown names of one query that are compared with all sources."""
NEAR_NAME = 60
"""Likeness (0 to 100, rapidfuzz's ratio of the unmarked names) of a name that is offered."""


def with_sources(tree: Node, names: Callable[[], Iterable[str]]) -> tuple[Node, list[Notice]]:
    """The tree with sources by their names, and what was read into it; `names` gives those of the index, when there is need."""
    reader = _Reader(names)
    return reader.read(tree), reader.notices


class _Reader:
    def __init__(self, names: Callable[[], Iterable[str]]) -> None:
        self.names = cache(lambda: {name: _folded(name) for name in names() if name != UNKNOWN})
        self.notices: list[Notice] = []
        self.compared = 0

    def read(self, tree: Node) -> Node:
        match tree:
            case And(children):
                return And(tuple(map(self.read, children)))
            case Or(children):
                return Or(tuple(map(self.read, children)))
            case Not(child):
                return Not(self.read(child))
            case InField("source", child, written, start):
                return InField("source", self._value(child), written, start)
            case _:
                return tree

    def _value(self, child: Node) -> Node:
        match child:
            case Or(children):
                return Or(tuple(map(self._value, children)))
            case Not(inner):
                return Not(self._value(inner))
            case Word(text, start) | Phrase(text, _, start):
                found = self._sources(text, start)
                read: tuple[Node, ...] = tuple(Phrase(name, 0, start) for name in found)
                return child if not read else read[0] if len(read) == 1 else Or(read)
            case And(children):
                words = [part for part in children if isinstance(part, Word)]
                if len(words) < len(children):
                    return child
                name = Phrase(" ".join(word.text for word in words), 0, words[0].start)
                meant = self._value(name)
                return child if meant is name else meant
            case _:
                return child

    def _sources(self, text: str, start: int) -> Sequence[str]:
        """Sources that `text` means; none when it is one, or means none."""
        names = self.names()
        if text == UNKNOWN or text in names:
            return ()
        wanted = _folded(text)
        found = _named(wanted, names)
        position = start if start >= 0 else None
        if not found or len(found) > MOST_SOURCES:
            self.notices.append(Notice("unknown-source", f"Không có nguồn nào tên “{text}”.{self._near(wanted)}", position))
            return ()
        listed = ", ".join(f"“{name}”" for name in found)
        self.notices.append(Notice("source-read", f"Nguồn “{text}” hiểu là {listed}.", position))
        return found

    def _near(self, wanted: str) -> str:
        self.compared += 1
        if self.compared > MOST_COMPARED:
            return ""
        found = _like(wanted, self.names())
        return f" Gần giống: {', '.join(found)}." if found else ""


def named(text: str, names: Iterable[str]) -> list[str]:
    """Those of the names that are `text` but for marks and case, else those it is a part of."""
    return _named(_folded(text), {name: _folded(name) for name in names})


def like(text: str, names: Iterable[str]) -> list[str]:
    """The few of the names that are nearest to `text`, if any are near."""
    return _like(_folded(text), {name: _folded(name) for name in names})


def _named(wanted: str, names: Mapping[str, str]) -> list[str]:
    same = [name for name, folded in names.items() if folded == wanted]
    return same or [name for name, folded in names.items() if wanted and f" {wanted} " in f" {folded} "]


def _like(wanted: str, names: Mapping[str, str]) -> list[str]:
    from rapidfuzz import fuzz, process  # twenty milliseconds that a search without an unknown source does without

    return [name for _, _, name in process.extract(wanted, names, scorer=fuzz.ratio, score_cutoff=NEAR_NAME, limit=MOST_COMPARED)]


def _folded(text: str) -> str:
    return " ".join(map(folded_key, SYLLABLE.findall(text)))
