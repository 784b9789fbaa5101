"""Aboutness: which of the units in an article it reports on, at the finest level the text supports.

Every mention weighs by where it stands (title, lead, body) and what it does there; weights flow up to parents. From the
heaviest province the choice walks down as long as one child is the scene, not just an instance.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from analyzers.places.gazetteer import Gazetteer
from analyzers.places.model import PlaceRole
from analyzers.places.scan import Found
from analyzers.places.unit import Unit

TITLE, LEAD, EARLY, BODY = 6.0, 4.0, 2.0, 1.0
"""Weights of a mention by position; EARLY is the first `EARLY_SYLLABLES` of the body."""
EARLY_SYLLABLES = 150
CONTEXT_WEIGHT = {"about": 1.0, "authority": 1.0, "residence": 0.5, "facility": 0.2, "home": 0.0, "route": 0.0, "foreign": 0.0}
CUE, TIMED = 1.3, 1.5
"""Factors of a name behind *tại*, *ở*, *thuộc*, and of one whose sentence tells a time."""
REPEAT = 0.7
"""Each further mention of a unit weighs this much of the one before, so that a long text does not outweigh its title."""
DESCEND = 0.6
"""Share of its siblings' weight a child needs to be the place instead of its parent."""
STRONG_SHARE = 0.5
"""A child with this share of its parent's whole weight is the place even when no sentence shows it as a scene."""
LEAST_SHARE = 0.22
"""A scene with less than this share of its parent's whole weight is an instance in a wider report."""
BARE = 0.7
"""Factor of a name in the body without type word."""
ENOUGH, ENOUGH_AT_HOME, ENOUGH_BARE = 1.4, 0.7, 3.5
"""Least weight of a province (with all inside it) for the article to be about it; where its source is at home; and when
the body only drops its name, with no type word, office or address."""
DOMINANCE = 0.3
"""Share of all provinces' weight the first one needs unless title or lead name it: a national round-up is about none."""
PARENTAL = 0.25
"""Factor of a unit named only to close an address: it is the same mention as the unit before it."""
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
    unit: Unit
    first: int
    own: float = 0.0
    soft: float = 0.0
    whole: float = 0.0
    rule: str = ""
    best: float = 0.0
    title: int = 0
    lead: bool = False
    scene: bool = False
    explicit: bool = False
    firm: bool = False


class Weigher:
    """Turns resolved mentions into ranked places."""

    def __init__(self, gazetteer: Gazetteer, on: date | None) -> None:
        self.gazetteer = gazetteer
        self.on = on
        self.nodes: dict[str, _Node] = {}
        self.children: dict[str | None, list[str]] = {}

    def rank(self, items: Sequence[Found], police: bool, home: str | None) -> list[Ranked]:
        """Places of an article: primaries, then secondaries by weight, then those merely mentioned."""
        self.police, self.home = police, home
        seen: dict[str, float] = {}
        homes: set[str] = set()
        for number, item in enumerate(items):
            if item.chosen is not None:
                self._add(item, item.chosen, self._weight(item, item.chosen, seen, homes), number)
        primaries = self._primaries()
        ranked = [Ranked(node.unit, "primary", node.rule) for node in primaries]
        return ranked + sorted(self._others(primaries), key=lambda entry: entry.role != "secondary")

    # --- weights ---

    def _weight(self, item: Found, unit: Unit, seen: dict[str, float], homes: set[str]) -> float:
        weight = _position(item)[1] * CONTEXT_WEIGHT[item.context]
        if item.context == "home":
            homes.add(unit.unit)
            if not self.police and not item.birth and item.types:
                weight = _position(item)[1] * CONTEXT_WEIGHT["residence"]
        elif item.context == "facility" and item.types:
            weight *= 2.5  # the hospital *of* a province says more than a shop that bears its name
        if item.context == "about" and item.cue:
            weight *= CUE * (TIMED if item.timed else 1.0)
        if not item.types and not item.above and item.text > 1:
            weight *= BARE
        if unit.unit in homes and unit.level == "commune" and not item.timed and item.context == "about":
            weight *= 0.3
        if item.parental:
            return weight * PARENTAL
        weight *= seen.get(unit.unit, 1.0)
        if weight:
            seen[unit.unit] = REPEAT * seen.get(unit.unit, 1.0)
        return weight

    def _add(self, item: Found, unit: Unit, weight: float, number: int) -> None:
        rule, _ = _position(item)
        parent: str | None = None
        scene = weight > 0 and item.context in ("about", "authority") and (
            item.text < 2 or item.cue and (item.timed or item.detail) or item.context == "authority" and item.timed and unit.level == "commune"
        )
        for part in (*self.gazetteer.parents(unit, self.on), unit):
            node = self.nodes.get(part.unit)
            if node is None:
                node = self.nodes[part.unit] = _Node(part, number)
                self.children.setdefault(parent, []).append(part.unit)
            node.whole += weight
            node.lead = node.lead or weight > 0 and item.text < 2
            node.soft += weight if item.context == "facility" else 0.0
            node.scene = node.scene or scene
            node.firm = node.firm or weight > 0 and (item.text < 2 or bool(item.types or item.above) or item.context == "authority")
            parent = part.unit
        node.own += weight
        if item.text == 0 and weight > 0:
            node.title = item.chain + 1 if node.title == 0 else node.title
        node.explicit = node.explicit or bool(item.types or item.above or item.text == 0) and item.context in ("about", "authority", "residence")
        if weight > node.best:
            node.best, node.rule = weight, rule

    # --- choice ---

    def _primaries(self) -> list[_Node]:
        provinces = self._sorted(None)
        if not provinces or not self._enough(provinces[0], sum(node.whole for node in provinces)):
            return []
        chosen = self._descend(provinces[0])
        for other in provinces[1:]:
            if other.title and other.title == provinces[0].title and other.own >= 0.8 * provinces[0].own:
                chosen += self._descend(other)
        return chosen

    def _enough(self, node: _Node, total: float) -> bool:
        if not node.lead and node.whole < DOMINANCE * total:
            return False
        if node.unit.unit == self.home:
            return node.whole >= ENOUGH_AT_HOME
        return node.whole >= (ENOUGH if node.firm else ENOUGH_BARE)

    def _descend(self, node: _Node) -> list[_Node]:
        while True:
            children = [child for child in self._sorted(node.unit.unit) if child.whole > 0 and self._carries(child)]
            if not children:
                return [node]
            titled = [child for child in children if child.title and child.title == children[0].title]
            if 1 < len(titled) <= TITLE_PAIR and titled == children[: len(titled)]:
                return titled
            best = children[0]
            if best.whole < DESCEND * sum(child.whole for child in children):
                return [node]
            share = best.whole / max(node.whole - node.soft, best.whole)
            if share < (LEAST_SHARE if best.scene else STRONG_SHARE):
                return [node]
            node = best

    def _carries(self, child: _Node) -> bool:
        """A commune must be named as a unit at least once; a bare name may be a market or a street."""
        return child.unit.level != "commune" or child.explicit

    def _sorted(self, parent: str | None) -> list[_Node]:
        nodes = [self.nodes[unit] for unit in self.children.get(parent, ())]
        return sorted(nodes, key=lambda node: (-node.whole, node.first, node.unit.unit))

    def _others(self, primaries: Sequence[_Node]) -> list[Ranked]:
        taken = {node.unit.unit for node in primaries}
        above = {part.unit for node in primaries for part in self.gazetteer.parents(node.unit, self.on)}
        top = max((node.whole for node in primaries), default=0.0)
        rest = sorted(self.nodes.values(), key=lambda node: (-node.own, node.first, node.unit.unit))
        return [
            Ranked(node.unit, "secondary" if primaries and self._further(node, taken, top) else "mentioned", node.rule or "mentioned")
            for node in rest
            if node.unit.unit not in taken and node.unit.unit not in above
        ]

    def _further(self, node: _Node, taken: set[str], top: float) -> bool:
        """Whether a unit beside the primary is reported on as well: named as a unit inside it, or heavy outside it."""
        inside = any(part.unit in taken for part in self.gazetteer.parents(node.unit, self.on))
        return node.own > 0 and (inside and node.explicit or node.own >= SECONDARY * top)


def _position(item: Found) -> tuple[str, float]:
    if item.text == 0:
        return "title", TITLE
    if item.text == 1:
        return "lead", LEAD
    return ("early", EARLY) if item.first < EARLY_SYLLABLES else ("body", BODY)
