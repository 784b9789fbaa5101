"""The two lists written by hand: terms of local government, and words that are no terms."""

from __future__ import annotations

import re
from pathlib import Path

from analyzers.terms.model import Entry
from analyzers.terms.spelling import value_of

_TERM = re.compile(r"(?P<label>[^=~]+?)\s*(?:=(?P<others>[^~]+?))?\s*(?:~(?P<termhood>[1-9]))?$")
SURE = 9


def read_local(path: Path) -> list[Entry]:
    """Entries of ``local.txt``, not yet counted. Raises ValueError naming a line that is no term, or a spelling given twice."""
    entries = []
    seen: dict[str, str] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        match = _TERM.match(line)
        if match is None:
            raise ValueError(f"{path.name}, line {number}: {line!r} is no term")
        others = tuple(other.strip() for other in (match["others"] or "").split(";") if other.strip())
        for spelling in (match["label"], *others):
            owner = seen.setdefault(value_of(spelling), match["label"])
            if owner != match["label"]:
                raise ValueError(f"{path.name}, line {number}: {spelling!r} already belongs to {owner!r}")
        entries.append(Entry(match["label"], 0, int(match["termhood"] or SURE), True, others))
    return entries


def read_stops(path: Path) -> frozenset[str]:
    """Values of ``stop.txt``: words and phrases separated by commas."""
    lines = (line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith("#"))
    return frozenset(value_of(word) for line in lines for word in line.split(",") if word.strip())


def read_edges(path: Path) -> tuple[frozenset[str], frozenset[str]]:
    """Values of ``edges.txt``: words no mined phrase begins with, and words none ends with."""
    sides: dict[str, set[str]] = {"first": set(), "last": set()}
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.strip() and not line.startswith("#"):
            side, _, words = line.partition(":")
            sides[side].update(value_of(word) for word in words.split(",") if word.strip())
    return frozenset(sides["first"]), frozenset(sides["last"])
