"""Tagger, second half: which unit each name means, or that the text leaves it open.

Evidence, strongest first: the address the name stands in, the type word, units named elsewhere in the article, the source's
home, clues such as *Thị ủy*. Nothing is guessed: when candidates remain, the mention keeps them and chooses none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from analyzers.places import lexicon
from analyzers.places.candidates import Candidates
from analyzers.places.found import Found
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.genre import Genre
from analyzers.places.unit import LEVELS, REFORM, Unit
from analyzers.places.window import DASHES

_ADDRESS_UNITS = 5
"""Units after a name that are tried as its parent: lists come before the parent they share."""
_STRONG, _WEAK = 4, 1
"""How much a settled unit counts as the article's ground; homes and facilities count as weak."""


class Resolver:
    """Chooses units for the mentions of one article."""

    def __init__(self, gazetteer: Gazetteer, on: date, home: Unit | None, genre: Genre) -> None:
        self.gazetteer = gazetteer
        self.on = on
        self.home = home
        self.genre = genre
        self.candidates = Candidates(gazetteer, on)
        self.settled: dict[str, int] = {}
        self.districts: set[str] = set()
        """Names that the text gives to a district, with its type word."""

    def resolve(self, found: Sequence[Found]) -> list[Found]:
        """Fill `candidates`, `chosen` and `rule`; returns the mentions worth keeping."""
        items = _at_home(found)
        for item in items:
            item.candidates = self.candidates.of(item)
        self._addresses(items)
        _routes(items)
        for item in items:
            if len(item.candidates) == 1 and (item.above or item.types) and not item.contradicted:
                self._choose(item, item.candidates[0], "address" if item.above else "typed")
        self._bare_provinces(items)
        self._settle(items)
        typed = {item.key for item in items if item.types and item.rows}
        self.districts = {item.key for item in items if item.types and item.rows and item.rows[0].level == "district"}
        kept = [item for item in items if item.chosen or item.types or self._bare(item, typed)]
        for item in kept:
            if item.chosen is None and item.candidates and not item.contradicted:
                self._by_article(item)
        self._repeat(kept)
        for item in kept:
            item.rule = item.rule or ("contradicted" if item.contradicted else "ambiguous" if item.candidates else "unknown")
        return kept

    # --- addresses ---

    def _addresses(self, items: Sequence[Found]) -> None:
        """Use the units that follow in the same address: each must contain the one before it."""
        for number in range(len(items) - 2, -1, -1):
            item = items[number]
            if item.thing:
                continue
            for after in items[number + 1 : number + 1 + _ADDRESS_UNITS]:
                if (after.text, after.chain) != (item.text, item.chain) or not after.candidates:
                    break
                if self._fits(item, after):
                    item.above, after.parental = after, True
                    break
                if not after.inherited and not item.plural:
                    item.contradicted = after is items[number + 1] and "tỉnh" in after.types and not item.inherited
                    break

    def _fits(self, item: Found, after: Found) -> bool:
        """Whether `after` can contain `item`; both keep only the candidates for which it does."""
        above = _ids(after.candidates)
        for inside in (self.candidates.under, self.candidates.once_under):
            kept = tuple(unit for unit in item.candidates if inside(unit, above))
            kept = kept or tuple(unit for unit in self.candidates.wider(item) if inside(unit, above))
            if kept:
                item.candidates, item.loose = kept, inside == self.candidates.once_under
                reached = {part.unit for unit in kept for part in self.gazetteer.parents(unit, self.on)}
                after.candidates = tuple(unit for unit in after.candidates if unit.unit in reached) or after.candidates
                return True
        return False

    # --- choosing ---

    def _choose(self, item: Found, unit: Unit, rule: str) -> None:
        item.chosen, item.rule, item.candidates = unit, rule, (unit,)

    def _bare_provinces(self, items: Iterable[Found]) -> None:
        """A name without type word that a province bears means the province, unless an address says otherwise."""
        for item in items:
            if item.types or item.chosen or item.above or item.scene_noun:
                continue
            if item.key in lexicon.NAMESAKES and not item.parental and item.link is None:
                continue
            provinces = tuple(unit for unit in item.candidates if unit.level == "province")
            if len(provinces) == 1:
                self._choose(item, provinces[0], "province")
            item.candidates = provinces or item.candidates

    def _settle(self, items: Iterable[Found]) -> None:
        """Collect the units chosen so far, with their parents: the article's ground."""
        for item in items:
            if item.chosen and item.context not in ("route", "foreign"):
                weight = _WEAK if item.context in ("home", "facility") else _STRONG
                for part in self.candidates.line(item.chosen):
                    self.settled[part.unit] = self.settled.get(part.unit, 0) + weight

    def _bare(self, item: Found, typed: set[str]) -> bool:
        """Whether a name without type word may be a place at all."""
        wider = item.key not in typed or item.key in self.districts or self._closes_with_province(item)
        upper = tuple(unit for unit in item.candidates if unit.level != "commune") if wider else ()
        item.candidates = upper or item.candidates  # a bare name means the district rather than the town inside it
        if item.above:
            return True
        if item.context in ("foreign", "facility", "route") or not item.candidates or item.key in lexicon.NAMESAKES:
            return False
        if item.key in typed:
            return True
        plain = item.key not in self.gazetteer.names.common and item.key.split(" ")[0] not in lexicon.PEOPLE
        grounded = any(self.candidates.under(unit, self.settled) for unit in item.candidates)
        if upper:
            return plain or (grounded and (item.cue or item.headed))
        if self.on >= REFORM and any(row.level == "district" for row in item.rows):
            return plain or item.cue  # today's commune that carries a former district's name
        return grounded and plain and (item.cue or item.zone == "title") and " " in item.key

    def _closes_with_province(self, item: Found) -> bool:
        """``Yên Thành, Nghệ An``: what lay directly in a province was a district, until there were none."""
        return self.on < REFORM and item.above is not None and all(unit.level == "province" for unit in item.above.candidates)

    def _by_article(self, item: Found) -> None:
        """Narrow by the article's other units, the source's home and clues; choose when one is left."""
        for pool in (item.candidates, self.candidates.wider(item) if item.types else ()):
            kept = self._grounded(pool)
            if kept:
                item.candidates = kept
                if len(kept) == 1:
                    self._choose(item, kept[0], "article")
                return
        if self._by_home(item):
            return
        if len(item.candidates) > 1 and item.types:
            self._by_committee(item)
        if len(item.candidates) == 1:
            self._choose(item, item.candidates[0], item.rule or "unique")

    def _grounded(self, pool: Sequence[Unit]) -> tuple[Unit, ...]:
        """Candidates inside (or equal to) settled units: the deepest, most often named ground wins, a draw keeps all."""
        best = (0, 0)
        kept: list[Unit] = []
        for unit in pool:
            line = self.candidates.line(unit)
            scores = [(LEVELS.index(part.level) + 1, self.settled[part.unit]) for part in line if part.unit in self.settled]
            score = max(scores, default=(0, 0))
            if score > best:
                best, kept = score, [unit]
            elif score == best and score[0]:
                kept.append(unit)
        return tuple(kept)

    def _by_home(self, item: Found) -> bool:
        """Choose the one candidate inside the source's own unit, else the one inside its province."""
        if self.home is None:
            return False
        for part in reversed(self.candidates.line(self.home)):
            ground = frozenset({part.unit})
            for inside in (self.candidates.under, self.candidates.once_under):
                kept = [unit for unit in item.candidates if unit.unit == part.unit or inside(unit, ground)]
                if len(kept) == 1:
                    self._choose(item, kept[0], "home")
                    return True
        return False

    def _by_committee(self, item: Found) -> None:
        """*Thị ủy*, *Thành ủy*, *Huyện ủy* without a name say what kind of district the article's commune lies in."""
        kinds = self.genre.committees
        parents = [(unit, self.gazetteer.parent(unit, self.on)) for unit in item.candidates if unit.level == "commune"]
        kept = tuple(unit for unit, above in parents if above is not None and above.type in kinds)
        if kept:
            item.candidates = kept
            item.rule = "committee" if len(kept) == 1 else ""

    def _repeat(self, items: Sequence[Found]) -> None:
        """A name resolved once in the article means the same unit wherever it stays open."""
        still_open = [item for item in items if item.chosen is None and not item.contradicted]
        if not still_open:
            return
        chosen: dict[str, set[Unit]] = {}
        for item in items:
            if item.chosen:
                chosen.setdefault(item.key, set()).add(item.chosen)
        for item in still_open:
            known = chosen.get(item.key, ())
            if len(known) == 1:
                (unit,) = known
                if unit.unit in _ids((*item.candidates, *self.candidates.wider(item))):
                    self._choose(item, unit, "repeated")


def _at_home(found: Sequence[Found]) -> list[Found]:
    """Drop bare names that the article itself puts abroad or under an unknown type word, and mark typed ones as foreign."""
    unknown = {item.key for item in found if not item.rows}
    abroad = {item.key for item in found if item.context == "foreign"}
    for item in found:
        if item.types and item.key in abroad and item.link is None:
            item.context = "foreign"
    return [item for item in found if item.types or (item.rows and item.key not in unknown and item.key not in abroad)]


def _routes(items: Sequence[Found]) -> None:
    """``Ngọc Hồi - Đống Đa``, ``Hà Nội - Hải Phòng``: bare names joined by a dash, neither inside the other, are a road or a name."""
    for before, item in pairwise(items):
        if item.link in DASHES and item.text == before.text and not (item.types or before.types or before.above):
            before.context = item.context = "route"


def _ids(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(unit.unit for unit in units)
