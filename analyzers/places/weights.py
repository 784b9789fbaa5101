"""What one mention says for its unit: how much it weighs, and whether it shows a scene."""

from __future__ import annotations

from typing import NamedTuple

from analyzers.places import lexicon
from analyzers.places.found import Found, Zone
from analyzers.places.genre import Genre
from analyzers.places.unit import Unit

# Calibrated on the dev halves of the gold sets; measure again with: python -m benchmarks.places ../shared
ZONES: dict[Zone, float] = {"title": 6.0, "lead": 4.0, "early": 2.0, "body": 1.0}
"""Weights of a mention by where it stands."""
CONTEXT = {"about": 1.0, "authority": 1.0, "residence": 0.5, "facility": 0.2, "home": 0.0, "route": 0.0, "foreign": 0.0}
PUBLIC = 0.5
"""Weight of a unit in the name of a public institution (*Bệnh viện đa khoa tỉnh X*): more than a shop that bears its name."""
CUE, TIMED = 1.3, 1.5
"""Factors of a name behind *tại*, *ở*, *thuộc*, and of one whose sentence tells a time as well."""
REPEAT = 0.7
"""Each further mention of a unit weighs this much of the one before, so that a long text does not outweigh its title."""
BARE = 0.7
"""Factor of a name in the body without type word."""
SPORT = 0.1
"""Factor of a name without type word in sport and lottery news: a team or a station."""
ONCE_HOME = 0.3
"""Factor of an undated mention of a commune that the article gave as somebody's home before."""
PARENTAL = 0.25
"""Factor of a unit named only to close an address: it is the same mention as the unit before it."""


class Evidence(NamedTuple):
    """`rule` names the position; `title` numbers the title's run of addresses (0: not in the title).

    `firm`: one such mention is enough to be about the place. `explicit`: named as a unit. `soft`: part of a thing's name.
    `typed`: behind its type word. `run` numbers the lead's runs of addresses that follow one type word.
    """

    weight: float
    rule: str
    title: int
    scene: bool
    firm: bool
    explicit: bool
    soft: bool
    typed: bool
    run: int = 0


class Weights:
    """Weighs the mentions of one article in reading order."""

    def __init__(self, genre: Genre) -> None:
        self.genre = genre
        self._factor: dict[str, float] = {}
        self._homes: set[str] = set()

    def of(self, item: Found, unit: Unit) -> Evidence:
        """Evidence of the next mention, for the unit chosen."""
        weight = self._weight(item, unit)
        scene = weight > 0 and _is_scene(item, unit)
        title = item.series + 1 if item.zone == "title" and weight > 0 else 0
        run = item.series + 1 if item.zone == "lead" and weight > 0 and (item.plural or item.inherited) else 0
        explicit = item.context in ("about", "authority", "residence") and (bool(item.types or item.above) or item.zone == "title")
        firm = weight > 0 and self._is_firm(item, scene)
        return Evidence(weight, item.zone, title, scene, firm, explicit, item.context == "facility", bool(item.types), run)

    def at_home(self, item: Found) -> Evidence:
        """Evidence of somebody's home where nothing better is known."""
        return Evidence(ZONES[item.zone], item.zone, 0, False, True, True, False, True)

    def _weight(self, item: Found, unit: Unit) -> float:
        weight = ZONES[item.zone] * self._context(item, unit)
        if item.context == "about" and item.cue:
            weight *= CUE * (TIMED if item.timed else 1.0)
        if not item.types and not item.above:
            weight *= 1.0 if item.headed else BARE
        if self.genre.sport and item.context != "authority" and not item.above and (not item.types or unit.name in lexicon.TEAMS):
            weight *= SPORT
        if unit.level == "commune" and unit.unit in self._homes and item.context == "about" and not item.timed:
            weight *= ONCE_HOME
        if item.parental:
            return weight * PARENTAL
        factor = self._factor.get(unit.unit, 1.0)
        if weight:
            self._factor[unit.unit] = REPEAT * factor
        return weight * factor

    def _context(self, item: Found, unit: Unit) -> float:
        if item.context == "home":
            self._homes.add(unit.unit)
            lives_there = not item.birth and bool(item.types) and not self.genre.police
            return CONTEXT["residence"] if lives_there else 0.0
        return PUBLIC if item.context == "facility" and item.types else CONTEXT[item.context]

    def _is_firm(self, item: Found, scene: bool) -> bool:
        """Headline, office, dated scene; in police news any unit named as one; never the venue of a match or a show."""
        if item.headed:
            return True
        if self.genre.show or self.genre.sport:
            return False
        return scene or item.context == "authority" or (self.genre.police and bool(item.types or item.above))


def _is_scene(item: Found, unit: Unit) -> bool:
    """Whether something happens there: in title or lead, dated or with a street, or the commune's own office acts on a date."""
    if item.context == "residence":
        return item.headed
    if item.context == "authority" and item.timed and unit.level == "commune":
        return True
    return item.context in ("about", "authority") and (item.headed or (item.cue and (item.timed or item.detail)))
