"""Aboutness: which of the units in an article it reports on, at the finest level the text supports.

Every mention weighs by where it stands and what it does there (`weights`); weights flow up to parents. From the heaviest
province the choice walks down as long as one child is the scene, not just an instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzers.places.found import Found
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.genre import Genre
from analyzers.places.model import PlaceRole
from analyzers.places.unit import Unit
from analyzers.places.weights import Evidence, Weights

# Calibrated on the dev halves of the gold sets; measure again with: python -m benchmarks.places ../shared
DESCEND, DESCEND_TITLED = 0.6, 0.45
"""Share of its siblings' weight a child needs to be the place instead of its parent; the second where the title names it alone."""
LEAST_SHARE, STRONG_SHARE = 0.22, 0.5
"""A scene with less than the first share of its parent's weight is an instance in a wider report; a child with the second
share is the place even when no sentence shows it as a scene, or when the title names its parent with its type word."""
ENOUGH, ENOUGH_AT_HOME, ENOUGH_BARE = 1.4, 0.7, 3.5
"""Least weight of a province (with all inside it) for the article to be about it; where its source is at home; and when
the body only drops its name."""
DOMINANCE = 0.3
"""Share of all provinces' weight the first one needs unless the title names it: a national round-up is about none."""
SECONDARY = 0.25
"""Share of the primary's weight that makes a unit outside it secondary instead of mentioned."""
TITLE_PAIR = 3
"""Up to this many siblings named side by side in the title are all primary."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """A unit with its role and the rule that gave it."""

    unit: Unit
    role: PlaceRole
    rule: str


@dataclass(slots=True)
class _Node:
    """What all mentions together say of one unit; `whole` includes the units inside it, `soft` is what facilities add to that."""

    unit: Unit
    first: int
    own: float = 0.0
    whole: float = 0.0
    soft: float = 0.0
    best: float = 0.0
    rule: str = "mentioned"
    title: int = 0
    """Number (from 1) of the run of addresses in the title that names it."""
    run: int = 0
    """The same of the lead, where it names several provinces side by side."""
    titled: bool = False
    headline: bool = False
    """The title names the unit itself, with its type word: *Huyện Tây Sơn thông xe …*."""
    scene: bool = False
    firm: bool = False
    explicit: bool = False


class Weigher:
    """Turns the resolved mentions of one article into ranked places."""

    def __init__(self, gazetteer: Gazetteer, on: date, genre: Genre, home: str | None) -> None:
        self.gazetteer = gazetteer
        self.on = on
        self.home = home
        self.weights = Weights(genre)
        self.nodes: dict[str, _Node] = {}
        self.children: dict[str | None, list[_Node]] = {}

    def rank(self, items: Sequence[Found]) -> list[Ranked]:
        """Places of an article: primaries, then secondaries by weight, then those merely mentioned."""
        for number, item in enumerate(items):
            if item.chosen is not None:
                self._add(item.chosen, self.weights.of(item, item.chosen), number)
        primaries = self._primaries()
        if not primaries and self._settle_homes(items):
            primaries = self._primaries()
        ranked = [Ranked(node.unit, "primary", node.rule) for node in primaries]
        return ranked + sorted(self._others(primaries), key=lambda entry: entry.role != "secondary")

    # --- the tree ---

    def _add(self, unit: Unit, evidence: Evidence, number: int) -> None:
        weight = evidence.weight
        above: _Node | None = None
        for part in (*self.gazetteer.parents(unit, self.on), self._of_the_day(unit)):
            node = self.nodes.get(part.unit)
            if node is None:
                node = self.nodes[part.unit] = _Node(part, number)
                self.children.setdefault(above.unit.unit if above else None, []).append(node)
            node.whole += weight
            node.soft += weight if evidence.soft else 0.0
            node.titled |= evidence.title > 0
            node.scene |= evidence.scene
            node.firm |= evidence.firm
            above = node
        assert above is not None  # the unit itself is the last part
        above.own += weight
        above.explicit |= evidence.explicit
        above.title = above.title or evidence.title
        above.run = above.run or evidence.run
        above.headline |= evidence.title > 0 and evidence.typed
        if weight > above.best:
            above.best, above.rule = weight, evidence.rule

    def _of_the_day(self, unit: Unit) -> Unit:
        """The unit's own version of the day where the text uses its name of another one: *thị xã Hồng Ngự cũ*."""
        if unit.covers(self.on):
            return unit
        own = self.gazetteer.unit(unit.unit, self.on)
        return own if own.covers(self.on) else unit

    def _settle_homes(self, items: Sequence[Found]) -> bool:
        """With no scene at all, where the people live is where it happened.

        Only if an institution of that province is named as well, or if it is police news and all of them live in one province.
        """
        homes = [
            (number, item, item.chosen, self.gazetteer.parents(item.chosen, self.on)[0].unit)
            for number, item in enumerate(items)
            if item.chosen is not None and item.chosen.level != "province" and item.context == "home" and item.types and not item.birth
        ]
        known = {node.unit.unit for node in self.children.get(None, ()) if node.whole > 0}
        provinces = {province for _, _, _, province in homes}
        if self.weights.genre.police and len(provinces) == 1:
            known |= provinces
        settled = [(number, item, unit) for number, item, unit, province in homes if province in known]
        for number, item, unit in settled:
            self._add(unit, self.weights.at_home(item), number)
        return bool(settled)

    # --- primaries ---

    def _primaries(self) -> list[_Node]:
        provinces = self._sorted(None)
        if not provinces or not self._enough(provinces[0], sum(node.whole for node in provinces)):
            return []
        first = provinces[0]
        chosen = self._descend(first)
        for other in provinces[1:]:
            beside = other.title and other.title == first.title
            if (beside or (other.run and other.run == first.run)) and other.own >= 0.8 * first.own:
                chosen += self._descend(other)
        return chosen

    def _enough(self, node: _Node, total: float) -> bool:
        if not node.titled and node.whole < DOMINANCE * total:
            return False
        if node.unit.unit == self.home:
            return node.whole >= ENOUGH_AT_HOME
        return node.whole >= (ENOUGH if node.firm else ENOUGH_BARE)

    def _descend(self, node: _Node) -> list[_Node]:
        """The finest unit inside `node` that carries the article; several only when the title names them side by side."""
        while True:
            children = [child for child in self._sorted(node.unit.unit) if child.whole > 0 and _named_as_unit(child)]
            if not children:
                return [node]
            titled = [child for child in children if _beside(child, children[0])]
            if 1 < len(titled) <= TITLE_PAIR and titled == children[: len(titled)]:
                return titled
            best = children[0]
            if not _carries(best, node, sum(child.whole for child in children), alone=titled == [best]):
                return [node]
            node = best

    def _sorted(self, parent: str | None) -> list[_Node]:
        return sorted(self.children.get(parent, ()), key=lambda node: (-node.whole, node.first, node.unit.unit))

    # --- the others ---

    def _others(self, primaries: Sequence[_Node]) -> list[Ranked]:
        taken = {node.unit.unit for node in primaries}
        above = {part.unit for node in primaries for part in self.gazetteer.parents(node.unit, self.on)}
        top = max((node.whole for node in primaries), default=0.0)
        rest = sorted(self.nodes.values(), key=lambda node: (-node.own, node.first, node.unit.unit))
        return [
            Ranked(node.unit, "secondary" if primaries and self._further(node, taken, top) else "mentioned", node.rule)
            for node in rest
            if node.unit.unit not in taken and node.unit.unit not in above
        ]

    def _further(self, node: _Node, taken: set[str], top: float) -> bool:
        """Whether a unit beside the primary is reported on as well: named as a unit inside it, or heavy outside it."""
        inside = any(part.unit in taken for part in self.gazetteer.parents(node.unit, self.on))
        return node.own > 0 and ((inside and node.explicit) or node.own >= SECONDARY * top)


def _carries(best: _Node, node: _Node, siblings: float, *, alone: bool) -> bool:
    """Whether the heaviest child is what the article is about, rather than an instance; `alone`: the title names no other one."""
    share = best.whole / max(node.whole - node.soft, best.whole)
    scene = best.scene and (best.titled or not node.headline)
    dominance = DESCEND_TITLED if alone and best.headline else DESCEND
    return best.whole >= dominance * siblings and share >= (LEAST_SHARE if scene else STRONG_SHARE)


def _beside(node: _Node, first: _Node) -> bool:
    """Whether the title names two units side by side: in one run of addresses, or each with its type word."""
    return node.title > 0 and (node.title == first.title or (node.headline and first.headline))


def _named_as_unit(node: _Node) -> bool:
    """A commune must be named as a unit at least once; a bare name may be a market or a street."""
    return node.unit.level != "commune" or node.explicit
