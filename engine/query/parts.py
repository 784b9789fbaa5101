"""What a query wants together, on the way from a tree to a plan: runs of plain words, and what goes beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from enum import Enum
from math import ceil

from analyzers.analyzer import AnalyzedText
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, PlanNode
from engine.query.roles import Roles, roles
from engine.query.words import Unit

LEAST_SOFT = 3
"""Words, an abbreviation's full form being one, from which a query may be softened at all."""
SOFT_SHORT = 5
"""Words up to which a softened query wants half of them."""
SOFT_SHARE, SOFT_KNEE, SOFT_SHARE_BEYOND = 0.4, 8, 0.2
"""Part of the words that a softened query wants of an article: of the first SOFT_KNEE, and of those beyond. A tenth more costs
.006 nDCG on vinewsqa (``timtin eval`` measures it), a tenth less gains nothing."""
NEAR_SHARE = 0.7
"""Part of the words wanted where a page of articles holds them all. With 35,425 articles around `vietnamese_mds` that costs .000 nDCG
marked and .002 unmarked (.85 costs .006 and .029), and of long queries of common words it left out nine in ten of the articles."""


class Softness(Enum):
    """How many of its words a query wants of an article: all, all but a few, or some."""

    NONE = "all"
    NEAR = "all but a few"
    FAR = "some"


@dataclass(frozen=True, slots=True)
class Part:
    """What one word of a query asks for; `light` when an article need not hold it."""

    node: PlanNode
    light: bool = False

    def held_by(self, *nodes: PlanNode) -> Part:
        """The part where these nodes match too."""
        return Part(AllOf((self.node, *nodes)), self.light)

    def or_else(self, *nodes: PlanNode) -> Part:
        """The part, or where one of these matches."""
        return Part(AnyOf((self.node, *nodes)), self.light)


def wanted_of(words: int, soft: Softness) -> int:
    """How many of so many words a softened query wants of an article."""
    if soft is Softness.NEAR:
        return ceil(NEAR_SHARE * words)
    if words <= SOFT_SHORT:
        return max(1, ceil(words / 2))
    return max(1, ceil(SOFT_SHARE * min(words, SOFT_KNEE) + SOFT_SHARE_BEYOND * max(0, words - SOFT_KNEE)))


class Run:
    """Neighbouring words of a query: their parts, and their syllables as columns."""

    def __init__(self) -> None:
        self.words: list[AnalyzedText] = []
        self.parts: list[Part] = []
        self.marked: list[str] = []
        self.folded: list[str] = []
        self.surfaces: list[str] = []
        self._starts: list[int] = []

    def add(self, syllables: AnalyzedText) -> None:
        """Append a word."""
        self.words.append(syllables)
        self.marked += syllables.marked
        self.folded += syllables.folded
        self.surfaces += [token.text for token in syllables.tokens()]

    def plan(self, plan: Callable[[AnalyzedText, float, int], list[PlanNode]]) -> Roles:
        """Plan each word (its analysis, its weight, its first syllable): one part, none where it has no syllable; by the role it plays."""
        given = roles(self.marked, " ".join(word.text for word in self.words))
        at = 0
        for word in self.words:
            weight = max(given.weights[at : at + len(word)], default=1.0)
            nodes = plan(word, weight, at)
            self._starts += [at] * len(nodes)
            self.parts += [Part(node, weight < 1) for node in nodes]
            at += len(word)
        return given

    def hold_together(self, units: Iterable[Unit], whole: Callable[[int, int], Iterable[Sequence[PlanNode]]]) -> list[Unit]:
        """Let the words of each unit count only where one of its ranges is whole: *giá* here and *lại* there are no *Gia Lai*.

        `whole`: from a range of syllables to the ways of holding it, each of them nodes that all match. Returns the units but for those
        that cut a word.
        """
        held = []
        for unit in units:
            begin, end = self.parts_within(unit[0][0], unit[-1][1])
            if end - begin > 1:
                ways = [tuple(way) for span in unit for way in whole(*span)]
                nodes = ways[0] if len(ways) == 1 else (AnyOf(tuple(AllOf(way) for way in ways)),)
                self.parts[begin:end] = [part.held_by(*nodes) for part in self.parts[begin:end]]
                held.append(unit)
        return held

    def parts_within(self, first: int, last: int) -> tuple[int, int]:
        """The range of parts that make up exactly the syllables ``[first, last)``; an empty one when a word is cut."""
        edges = [*self._starts, len(self.marked)]
        if first not in edges or last not in edges:
            return 0, 0
        return edges.index(first), edges.index(last)


@dataclass(slots=True)
class Together:
    """What a query wants together: plain words, what must match in any case, what must not, and what only adds."""

    plain: list[Part] = field(default_factory=list)
    must: list[PlanNode] = field(default_factory=list)
    must_not: list[PlanNode] = field(default_factory=list)
    should: list[PlanNode] = field(default_factory=list)

    def node(self, soft: Softness) -> PlanNode:
        """All of it; of the plain words that are not light, as many as `soft` wants."""
        wanted = [part.node for part in self.plain if not part.light]
        if soft is not Softness.NONE and 0 < len(wanted) < min(LEAST_SOFT, len(self.plain)):  # *Pleiku ở đâu*: what asks need not occur
            return self._joined(wanted, [part.node for part in self.plain if part.light] + self.should)
        if soft is Softness.NONE or len(wanted) < LEAST_SOFT:
            return self._joined([part.node for part in self.plain], self.should)
        most = AtLeast(tuple(wanted), wanted_of(len(wanted), soft))
        return self._joined([most], [part.node for part in self.plain if part.light] + self.should)

    def _joined(self, plain: list[PlanNode], should: list[PlanNode]) -> PlanNode:
        must = [*_each_once(plain), *self.must]
        if len(must) == 1 and not should and not self.must_not:
            return must[0]
        return AllOf(tuple(must), tuple(should), tuple(self.must_not))


def _each_once(parts: Iterable[PlanNode]) -> list[PlanNode]:
    """The conditions of parts that are all wanted; what holds several of them together comes with each, and is only to be met once."""
    found: list[PlanNode] = []
    for part in parts:
        alone = part.must if isinstance(part, AllOf) and not part.should and not part.must_not else (part,)
        found += [node for node in alone if not (isinstance(node, ConstantNode) and node in found)]
    return found
