"""Soft evidence of a query: the places and dates it names rank articles about them up, and leave no article out.

A name is a filter only when the reader says so; until then it is one more reason among the words. A place counts for articles
about any unit that the name may mean (with all inside it), and for less where the territory is the same today but the unit is
another: predecessors and successors. A year, a quarter, a month or a day counts for articles published in it, a year for less.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta

from analyzers.places import Gazetteer, PlaceFinder, QueryPlace, Unit
from engine.date_words import find, is_number
from engine.model import DateRange
from engine.plan import AnyOf, ConstantNode, PlanNode, RangeNode, TermNode
from engine.query.tree import And, InField, Node, Or, Phrase, Word
from engine.schema import Weights

MOST_UNITS = 30
"""Units that one name may mean before it says nothing."""
LEAST_SHARE, MOST_SHARE = 1 / 8, 1 / 2
"""The part of a query's syllables that name a place is what the place counts for, but no less and no more than this: who asks for
*giá heo Đồng Nai* wants Đồng Nai, while in a headline it is one detail of many."""
FRESH_DAYS = (7, 30, 90, 365, 1095)
"""Spans of days up to the newest article found; what is new falls in all of them."""
LONGEST_SPAN = 92
"""Days of a quarter."""
_TEXT_FIELDS = ("title", "lead")
_MONTH = r"(?:\d{1,2}[/.-])?(0?[1-9]|1[0-2])\s*(?:[/.-]|n[aă]m)\s*"
_DATE = re.compile(rf"(?<![\d/.,-])(?:{_MONTH})?((?:19|20)\d\d)(?![\d/]|[.,-]\d)", re.IGNORECASE)
"""A year, alone or behind a month (and a day): ``2023``, ``6/2023``, ``tháng 6 năm 2023``; no part of a document's number."""


def evidence(tree: Node, finder: PlaceFinder, weights: Weights, today: date, *, soft: bool = False) -> tuple[PlanNode, ...]:
    """Nodes that add to the score of articles about the places and dates that the query's wanted words name, as of `today`.

    `soft`: most of the words are enough, so that a place must not make up for the subject.
    """
    texts = tuple(wanted_texts(tree))
    named: dict[QueryPlace, int] = {}
    for text in texts:
        for place in finder.in_query(text):
            length = len(text[place.start : place.end].split())
            same = next((one for one in named if one.candidates == place.candidates), place)  # named twice, it counts once
            named[same] = named.get(same, 0) + length
    words = sum(len(text.split()) for text in texts)
    nodes: list[PlanNode] = []
    for place, length in named.items():
        if place.word and not place.typed:
            continue
        weight = weights.place * (LEAST_SHARE if soft else min(max(length / words, LEAST_SHARE), MOST_SHARE))
        nodes += _of_place(likely_units(place, named, finder.gazetteer), weight, weights.kin_share, finder.gazetteer)
    dates = dict.fromkeys(value for text in texts for value in named_dates(text))
    spans = dict.fromkeys(found.dates for text in texts for found in find(text, today))
    return (
        *nodes,
        *(ConstantNode(TermNode("date", value, 0.0), weights.date) for value in dates),
        *(ConstantNode(node, weights.span) for node in map(_published_in, spans) if node),
    )


def _published_in(dates: DateRange) -> PlanNode | None:
    """Articles published in a month or a quarter, or some days; None for longer spans, which say little beside the words."""
    if dates.first is None or dates.last is None or (dates.last - dates.first).days > LONGEST_SPAN:
        return None
    return RangeNode("first_day", dates.first.toordinal(), dates.last.toordinal())


def freshness(newest: date, weights: Weights) -> tuple[PlanNode, ...]:
    """Nodes that add to the score of newer articles, more the closer they are to the `newest`; one without a date gets nothing."""
    return tuple(ConstantNode(RangeNode("first_day", (newest - timedelta(days)).toordinal(), None), weights.fresh) for days in FRESH_DAYS)


def likely_units(place: QueryPlace, others: Iterable[QueryPlace], gazetteer: Gazetteer) -> list[Unit]:
    """Units that a name may mean, likeliest first: those inside another place of the query, where there are any."""
    above = {unit.unit for other in others if other != place for unit in other.units}
    inside = [unit for unit in place.units if above and any(part.unit in above for part in gazetteer.parents(unit))]
    return inside or list(place.units)


def _of_place(units: Sequence[Unit], weight: float, kin_share: float, gazetteer: Gazetteer) -> Iterator[PlanNode]:
    if not 0 < len(units) <= MOST_UNITS:
        return
    yield ConstantNode(_any_of("place", dict.fromkeys(map(gazetteer.path, units))), weight)
    today = dict.fromkeys(now for unit in units for now in gazetteer.paths_now(unit))
    if today:
        yield ConstantNode(_any_of("place_now", today), weight * kin_share)


def _any_of(field: str, values: Iterable[str]) -> PlanNode:
    return AnyOf(tuple(TermNode(field, value, 0.0) for value in values))


def named_dates(text: str) -> Iterator[str]:
    """Years and months that a text names, as values of the date facet: ``2023``, ``2023-06``."""
    for match in _DATE.finditer(text):
        month = match[1] and not is_number(text, *match.span())
        yield f"{match[2]}-{int(match[1]):02d}" if month else match[2]


def wanted_texts(tree: Node) -> Iterator[str]:
    """The words of a query that an article must hold, as runs of text: not what is left out, nor values of filters."""
    match tree:
        case And(children):
            run: list[str] = []
            for child in children:
                if isinstance(child, Word | Phrase):
                    run.append(child.text)
                else:
                    yield from wanted_texts(child)
            if run:
                yield " ".join(run)
        case Or(children):
            for child in children:
                yield from wanted_texts(child)
        case InField(name, child) if name in _TEXT_FIELDS:
            yield from wanted_texts(child)
        case Word(text) | Phrase(text):
            yield text
        case _:
            return
