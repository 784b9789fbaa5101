"""What the places room hands to the rest of the house."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Literal

PlaceRole = Literal["primary", "secondary", "mentioned"]
MentionContext = Literal["about", "authority", "home", "residence", "route", "facility", "foreign"]


@dataclass(frozen=True, slots=True)
class Place:
    """An administrative unit as it was called at the article's date.

    `province`, `district`, `commune` are names without their type word, None below the unit's own level
    (and for the district where units of that date have none).
    `unit` is the gazetteer's identifier (``d623:o``), `path` the slugs from the province down
    (``gia-lai/an-khe``), `label` the name a reader is shown, with its type word.
    `rule` names what made it an about-place (or not): ``title``, ``lead``, ``early``, ``body``,
    ``home`` (a name that the source's home settled), ``source`` (the home itself) or ``mentioned``
    """

    province: str
    district: str | None
    commune: str | None
    unit: str
    path: str
    label: str
    role: PlaceRole
    rule: str = ""
    now: tuple[str, ...] = ()
    """Paths of the units that hold its territory today; several where it was divided."""
    old: tuple[str, ...] = ()
    """Paths of the provinces among the 63 of 30 June 2025 that held its territory; several only for a merged province."""

    @property
    def paths(self) -> tuple[str, ...]:
        """The path and its ancestors, shortest first: ``("gia-lai", "gia-lai/an-khe")``."""
        return ancestors(self.path)

    @property
    def paths_now(self) -> tuple[str, ...]:
        """Today's paths and their ancestors."""
        return tuple(dict.fromkeys(path for today in self.now for path in ancestors(today)))


@lru_cache(1 << 14)
def ancestors(path: str) -> tuple[str, ...]:
    """A path and the paths above it, shortest first."""
    parts = path.split("/")
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a text that may be a unit.

    `text` is the index of the text, `start`/`end` the half-open range of its code points (type word included).
    `candidates` are the units it may be; `unit` the one chosen, None when the text leaves it open.
    `rule` names what decided (``typed``, ``address``, ``article``, ``home``, ``committee`` …, or, for none, ``ambiguous``,
    ``contradicted``, ``era``, ``unknown``);
    `context` says what the name does there: only ``about`` and ``authority`` make an article be about a place.
    """

    text: int
    start: int
    end: int
    candidates: tuple[str, ...]
    unit: str | None
    rule: str
    context: MentionContext


@dataclass(frozen=True, slots=True)
class Era:
    """The day whose map the names were read on. `rule`: ``date`` (the article's), ``text`` (what the text shows) or ``both``
    (read on both sides of the reform; what differs stayed open)."""

    day: date
    rule: Literal["date", "text", "both"]


@dataclass(frozen=True, slots=True)
class PlaceAnalysis:
    """About-places first (primary, then secondary), then those merely mentioned; all mentions in reading order."""

    places: tuple[Place, ...]
    mentions: tuple[Mention, ...]
    era: Era | None = None
    """None where nothing asked for one: no name in the text, no date."""

    @property
    def about(self) -> tuple[Place, ...]:
        """The places the article is about: what facets count."""
        return tuple(place for place in self.places if place.role != "mentioned")
