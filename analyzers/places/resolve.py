"""Tagger, second half: which unit each name means, or that the text leaves it open.

Evidence, strongest first: the address the name stands in, the type word, units named elsewhere in the article, the source's
home, clues such as *Thị ủy*. Nothing is guessed: when candidates remain, the mention keeps them and chooses none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from analyzers.places import lexicon
from analyzers.places.era import EVE
from analyzers.places.gazetteer import Gazetteer
from analyzers.places.scan import Found
from analyzers.places.unit import REFORM, Unit

_TODAY = date.max.replace(year=9998)


class Resolver:
    """Chooses units for the mentions of one article."""

    def __init__(self, gazetteer: Gazetteer, on: date | None, home: Unit | None, clues: frozenset[str]) -> None:
        self.gazetteer = gazetteer
        self.on = on
        self.home = home
        self.clues = clues
        self.settled: dict[str, int] = {}
        self.open: list[Found] = []

    def resolve(self, items: Sequence[Found]) -> list[Found]:
        """Fill `candidates`, `chosen` and `rule`; returns the mentions worth keeping."""
        unknown = {item.key for item in items if not item.rows}
        unknown |= {item.key for item in items if item.context == "foreign"}
        for item in items:
            if item.types and item.key in unknown and item.context != "foreign" and _foreign_only(item, items):
                item.context = "foreign"
        items = [item for item in items if item.types or item.key not in unknown]
        for item in items:
            item.candidates, item.wider = self._candidates(item)
        self._addresses(items)
        self._routes(items)
        for item in items:
            if item.chosen is None and item.types and len(item.candidates) == 1:
                self._choose(item, item.candidates[0], "typed")
        self._bare_provinces(items)
        self._settle(items)
        typed = {item.key for item in items if item.types and item.rows}
        kept = [item for item in items if item.chosen or item.types or self._bare(item, typed)]
        for item in kept:
            if item.chosen is None and item.candidates:
                self._by_document(item)
        self._repeat(kept)
        for item in kept:
            if not item.rule:
                item.rule = "ambiguous" if item.candidates else "unknown"
        return kept

    # --- candidates ---

    def _days(self) -> tuple[date, ...]:
        return (self.on,) if self.on else (EVE, _TODAY)

    def _candidates(self, item: Found) -> tuple[tuple[Unit, ...], tuple[Unit, ...]]:
        """Units of the day (and the type) first; `wider` also admits other days and types of the same level."""
        rows = item.rows
        active = _unique(row for day in self._days() for row in rows if row.covers(day))
        if not item.types:
            return (active, _nearest(rows, self._days()[0])) if active else (_nearest(rows, self._days()[0]), ())
        exact = tuple(row for row in active if row.type in item.types)
        past = _nearest((row for row in rows if row.type in item.types), self._days()[0])
        wider = _unique((*past, *active, *_nearest(rows, self._days()[0])))
        if exact:
            return exact, wider
        return (past or active or wider), wider

    def _addresses(self, items: Sequence[Found]) -> None:
        """Use the units that follow in the same address: each must contain the one before it."""
        for number in range(len(items) - 2, -1, -1):
            item = items[number]
            for after in items[number + 1 : number + 6]:
                if (after.text, after.chain) != (item.text, item.chain) or not after.candidates:
                    break
                if self._fits(item, after):
                    item.above = [after, *after.above]
                    after.parental = True
                    break
                if not after.inherited and not item.plural:
                    break
        for item in items:
            if item.above and item.chosen is None and len(item.candidates) == 1:
                self._choose(item, item.candidates[0], "address")
        for number, item in enumerate(items[1:], 1):
            before = items[number - 1]
            if before.above or item.above or (before.text, before.chain) != (item.text, item.chain):
                continue
            below = tuple(unit for unit in item.candidates if _coarser(before) and self._under(unit, _ids(before.candidates)))
            if below and item.types:
                item.candidates = below

    def _routes(self, items: Sequence[Found]) -> None:
        """``Ngọc Hồi - Đống Đa``, ``Hà Nội - Hải Phòng``: two bare names joined by a dash, neither inside the other, are a road or a name."""
        for before, item in zip(items, items[1:], strict=False):
            if item.link in ("-", "–", "—") and not item.types and not before.types and not before.above and item.text == before.text:
                before.context = item.context = "route"

    def _fits(self, item: Found, after: Found) -> bool:
        above = _ids(after.candidates)
        for pool in (item.candidates, item.wider):
            kept = tuple(unit for unit in pool if self._under(unit, above))
            if kept:
                item.candidates = kept
                reached = {part.unit for unit in kept for part in self.gazetteer.parents(unit, self.on)}
                narrowed = tuple(unit for unit in after.candidates if unit.unit in reached)
                after.candidates = narrowed or after.candidates
                return True
        return False

    def _under(self, unit: Unit, above: frozenset[str]) -> bool:
        return any(part.unit in above for part in self.gazetteer.parents(unit, self.on))

    # --- choosing ---

    def _choose(self, item: Found, unit: Unit, rule: str) -> None:
        item.chosen, item.rule = unit, rule
        item.candidates = (unit,)

    def _bare_provinces(self, items: Sequence[Found]) -> None:
        for item in items:
            if item.types or item.chosen:
                continue
            provinces = tuple(unit for unit in item.candidates if unit.level == "province")
            if len(provinces) == 1 and not item.above:
                self._choose(item, provinces[0], "province")
            elif provinces and not item.above:
                item.candidates = provinces

    def _settle(self, items: Iterable[Found]) -> None:
        """Collect the units chosen so far, with their parents: the article's ground."""
        for item in items:
            if item.chosen and item.context not in ("route", "foreign"):
                weight = 1 if item.context in ("home", "facility") else 4
                for part in (item.chosen, *self.gazetteer.parents(item.chosen, self.on)):
                    self.settled[part.unit] = self.settled.get(part.unit, 0) + weight

    def _bare(self, item: Found, typed: set[str]) -> bool:
        """Whether a name without type word may be a place at all."""
        if item.above:
            return True
        if item.context in ("foreign", "facility", "route") or not item.candidates:
            return False
        if item.key in typed:
            return True
        level = min((unit.level for unit in item.candidates), key=("province", "district", "commune").index)
        common = item.key in self.gazetteer.names.common
        person = item.key.split(" ")[0] in lexicon.PEOPLE
        if level == "district":
            grounded = any(self._under(unit, frozenset(self.settled)) for unit in item.candidates)
            return grounded or item.cue or not (common or person)
        if self.on and self.on >= REFORM and any(row.level == "district" for row in item.rows):
            return item.cue or not (common or person)
        grounded = any(self._under(unit, frozenset(self.settled)) for unit in item.candidates)
        return grounded and not common and not person and (item.cue or item.text == 0) and " " in item.key

    def _by_document(self, item: Found) -> None:
        """Narrow by the article's other units, the source's home and clues; choose when one is left."""
        pools = (item.candidates, item.wider) if item.types else (item.candidates,)
        for pool in pools:
            rule, kept = self._grounded(pool)
            if len(kept) == 1:
                self._choose(item, kept[0], rule)
                return
            if kept:
                item.candidates = kept
                return
        if self.home is not None:
            ground = frozenset(part.unit for part in (self.home, *self.gazetteer.parents(self.home, self.on)))
            for above in (frozenset({self.home.unit}), ground):
                kept = tuple(unit for unit in item.candidates if self._under(unit, above) or unit.unit in above)
                if len(kept) == 1:
                    self._choose(item, kept[0], "home")
                    return
        if len(item.candidates) > 1 and item.types:
            self._by_clue(item)
        if len(item.candidates) == 1:
            self._choose(item, item.candidates[0], "unique" if not item.types else item.rule or "clue")

    def _grounded(self, pool: Sequence[Unit]) -> tuple[str, tuple[Unit, ...]]:
        """Candidates inside (or equal to) settled units: the deepest, most often named ground wins, a draw keeps all."""
        best: tuple[int, int] = (0, 0)
        kept: list[Unit] = []
        for unit in pool:
            score = max(
                ((len(self.gazetteer.parents(part, self.on)) + 1, self.settled[part.unit]) for part in self._line(unit) if part.unit in self.settled),
                default=(0, 0),
            )
            if score > best:
                best, kept = score, [unit]
            elif score == best and score[0]:
                kept.append(unit)
        return "document", tuple(kept)

    def _line(self, unit: Unit) -> tuple[Unit, ...]:
        return (*self.gazetteer.parents(unit, self.on), unit)

    def _by_clue(self, item: Found) -> None:
        """*Thị ủy*, *Thành ủy*, *Huyện ủy* without a name say what kind of district the article's commune lies in."""
        if not self.clues:
            return
        kept = []
        for unit in item.candidates:
            above = self.gazetteer.parent(unit, self.on)
            if unit.level == "commune" and above is not None and above.type in self.clues:
                kept.append(unit)
        if kept:
            item.candidates = tuple(kept)
            item.rule = "clue"
        if len(kept) > 1:
            item.rule = "ambiguous"

    def _repeat(self, items: Sequence[Found]) -> None:
        """A name resolved once in the article means the same unit wherever it stays open."""
        chosen: dict[str, set[Unit]] = {}
        for item in items:
            if item.chosen:
                chosen.setdefault(item.key, set()).add(item.chosen)
        for item in items:
            known = chosen.get(item.key)
            if item.chosen is None and known and len(known) == 1:
                unit = next(iter(known))
                if any(unit.unit == candidate.unit for candidate in (*item.candidates, *item.wider)):
                    self._choose(item, unit, "repeated")


def _unique(units: Iterable[Unit]) -> tuple[Unit, ...]:
    found: dict[str, Unit] = {}
    for unit in units:
        found.setdefault(unit.unit, unit)
    return tuple(found.values())


def _nearest(units: Iterable[Unit], on: date) -> tuple[Unit, ...]:
    """For a name of another day: of each unit the version nearest in time, the era before `on` preferred."""
    found: dict[str, Unit] = {}
    for unit in units:
        known = found.get(unit.unit)
        if known is None or _distance(unit, on) < _distance(known, on):
            found[unit.unit] = unit
    past = tuple(unit for unit in found.values() if unit.since <= on)
    return past or tuple(found.values())


def _distance(unit: Unit, on: date) -> int:
    return max((unit.since - on).days, (on - unit.until).days, 0)


def _ids(units: Iterable[Unit]) -> frozenset[str]:
    return frozenset(unit.unit for unit in units)


def _coarser(item: Found) -> bool:
    return any(unit.level != "commune" for unit in item.candidates)


def _foreign_only(item: Found, items: Sequence[Found]) -> bool:
    """Whether every other mention of the name that says where it lies says abroad."""
    return not any(other.key == item.key and other.above for other in items)
