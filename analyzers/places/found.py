"""A possible mention while it is being worked on; `model.Mention` is what leaves the room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from analyzers.places.model import MentionContext
from analyzers.places.unit import Unit

Zone = Literal["title", "lead", "early", "body"]
LEAD_SYLLABLES, EARLY_SYLLABLES = 60, 150
"""Where a body without a separate lead stops being its own lead, and where its early part ends."""


@dataclass(slots=True, eq=False)
class Found:
    """A name that may be a unit, filled in step by step: scan, context, resolve.

    `first`/`last` are the half-open syllable range in text number `text`, type word included; `key` is the name key.
    """

    text: int
    first: int
    last: int
    key: str
    types: tuple[str, ...]
    """Official types its type word stands for; empty for a bare name."""
    rows: tuple[Unit, ...]
    """Every version of every unit that bears the name (at the type's level)."""
    authority: bool = False
    """The type word is itself an office: *Huyện ủy*."""
    plural: bool = False
    inherited: bool = False
    """Named in a list, under the type word of its head."""
    run: bool = False
    """End of a longer proper name that begins with a noun for a thing: *Đền Trần Nam Định*."""

    zone: Zone = "body"
    chain: int = 0
    """Number of the address it stands in; `link` is the punctuation to the item before, None at the head."""
    series: int = 0
    """Number of the run of addresses it stands in, joined by *và*."""
    link: str | None = None
    context: MentionContext = "about"
    cue: bool = False
    """A preposition of place leads to it."""
    timed: bool = False
    """Its sentence says when something happened."""
    detail: bool = False
    """The address goes below the commune (street, hamlet)."""
    birth: bool = False
    """The address is where somebody comes from, not where they live."""
    thing: bool = False
    """The name belongs to a thing or institution, not to the unit; `scene_noun` says the thing has a place."""
    scene_noun: bool = False

    candidates: tuple[Unit, ...] = ()
    chosen: Unit | None = None
    rule: str = ""
    above: Found | None = None
    """The unit that follows in the address and contains this one."""
    loose: bool = False
    """`above` contained it on another day only: a careless or outdated address."""
    contradicted: bool = False
    """Its address names a province in which no unit has ever borne the name."""
    parental: bool = False
    """It only closes the address of another."""

    @property
    def headed(self) -> bool:
        """Whether it stands in title or lead."""
        return self.zone in ("title", "lead")


def set_zones(items: Iterable[Found], has_lead: bool) -> None:
    """Fill `zone`; where a source gives no lead, the first lines of the body are it."""
    for item in items:
        if item.text < 2:
            item.zone = "lead" if item.text else "title"
        elif not has_lead and item.first < LEAD_SYLLABLES:
            item.zone = "lead"
        elif item.first < EARLY_SYLLABLES:
            item.zone = "early"
