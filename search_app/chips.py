"""Chips: the conditions of a search as a sentence, each of which can be taken out."""

from __future__ import annotations

from dataclasses import dataclass

from analyzers.places import Gazetteer
from engine.conditions import conditions
from engine.model import SearchRequest

from .addresses import Addresses


@dataclass(frozen=True, slots=True)
class Chip:
    """`lead` stands before the chip in the sentence, `text` on it; `without` is the search that lacks it."""

    lead: str
    text: str
    without: SearchRequest
    href: str

    @property
    def action(self) -> str:
        """What taking it out does, for a reader who hears only the link."""
        return f"Bỏ điều kiện: {self.lead} {self.text}"


def chips(request: SearchRequest, gazetteer: Gazetteer, addresses: Addresses) -> tuple[Chip, ...]:
    """Chips of a request in the order of the sentence: query, places, dates, terms, sources, what is left out."""
    return tuple(Chip(lead, text, without, addresses.results(without)) for lead, text, without in conditions(request, gazetteer))
