"""Syllables and rows of syllables as nodes of a plan, and what a highlighter marks of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from analyzers.keys import folded_key, has_marks
from engine.plan import AnyOf, ConstantNode, PhraseNode, PlanNode, PrefixNode, TermNode
from engine.schema import FOLDED, PAIRS, UNITS, ZONES, Weights, pairs

Held = Literal["word", "name"]
"""What is looked for whole."""


@dataclass(frozen=True, slots=True)
class Match:
    """Keys a highlighter marks: `keys` in this order; `marked` tells for each whether its marks must agree.

    `meant`: the marked key that a syllable typed without marks probably stands for, where its neighbours told. `part`: the syllable is
    only looked for within a name, beside whose other syllables alone it is marked, or within a word; so too, where an article has that.
    """

    keys: tuple[str, ...]
    marked: tuple[bool, ...]
    phrase: bool = False
    prefix: bool = False
    unit: bool = False
    meant: str | None = None
    part: Held | None = None
    other: bool = False
    """Another writing of what the query has, so that it is beside nothing there."""


class Nodes:
    """Makes the nodes of one query, and notes a match for each of them in `matches`, in their order."""

    def __init__(self, weights: Weights) -> None:
        self.weights = weights
        self.matches: list[Match] = []
        self.told = False
        """Whether marks that were put back, or typed on others of the words that are being planned, tell what those without stand for."""

    def hold(self, at: int, part: Held) -> None:
        """Note that what this match is of is only looked for within a word, or a name; of syllables typed joined that is known."""
        match = self.matches[at]
        if not match.phrase:
            self.matches[at] = replace(match, part=part)

    def syllable(self, marked: str, folded: str, zones: tuple[str, ...], part: float = 1.0, *, typed: bool = True) -> PlanNode:
        """A syllable in any of the zones, with `part` of its score; marks that were not `typed` only rank."""
        typed = typed and has_marks(marked)
        self.matches.append(Match((marked,), (True,)) if typed else Match((folded,), (False,), meant=marked if self.told else None))
        nodes: list[PlanNode] = []
        for zone in zones:
            weight = self.weights.zone(zone) * part
            if typed:
                nodes.append(TermNode(zone, marked, weight))
            else:
                nodes.append(TermNode(zone + FOLDED, folded, weight * (1 - self.weights.marked_share)))
                nodes.append(TermNode(zone, marked, weight * self.weights.marked_share))
        return AnyOf(tuple(nodes))

    def in_order(self, keys: tuple[str, ...], zones: tuple[str, ...], slop: int = 0, part: float = 1.0, *, exact: bool = False) -> PlanNode:
        """Keys in this order: with their marks when any has one, or when they are `exact`, else without."""
        if len(keys) == 1:
            return self.syllable(keys[0], folded_key(keys[0]), zones, part)
        marked = exact or any(map(has_marks, keys))
        keys = keys if marked else tuple(map(folded_key, keys))
        self.matches.append(Match(keys, (marked,) * len(keys), phrase=slop == 0))
        suffix = "" if marked else FOLDED
        return AnyOf(tuple(PhraseNode(zone + suffix, keys, slop, self.weights.zone(zone) * part) for zone in zones))

    def other(self, keys: tuple[str, ...], zones: tuple[str, ...], slop: int = 0, part: float = 1.0, *, exact: bool = False) -> PlanNode:
        """The same of another writing of what the query has."""
        node = self.in_order(keys, zones, slop, part, exact=exact)
        self.matches[-1] = replace(self.matches[-1], other=True)
        return node

    def whole(self, marked: Sequence[str], folded: Sequence[str], *, exact: bool) -> tuple[PlanNode, ...]:
        """What holds where syllables stand side by side, and scores nothing: their pairs, or `exact`, with just these marks."""
        if exact:
            return (ConstantNode(AnyOf(tuple(PhraseNode(zone, tuple(marked), 0, 0.0) for zone in ZONES)), 0.0),)
        return tuple(ConstantNode(TermNode(PAIRS, pair, 0.0), 0.0) for pair in pairs([*folded]))

    def beginning(self, marked: str, folded: str, zones: tuple[str, ...]) -> PlanNode:
        """Syllables that begin with a key: with its marks when it has any."""
        typed = has_marks(marked)
        key = marked if typed else folded
        self.matches.append(Match((key,), (typed,), prefix=True))
        return AnyOf(tuple(PrefixNode(zone if typed else zone + FOLDED, key) for zone in zones))

    def unit(self, key: str) -> PlanNode:
        """A number, date or document number as a key of its own."""
        self.matches.append(Match((key,), (False,), unit=True))
        return TermNode(UNITS, key, self.weights.unit)
