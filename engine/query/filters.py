"""Fields of the query language that filter by value: source, place, key term and date."""

from __future__ import annotations

from analyzers.places import load
from engine.dates import parse_range
from engine.errors import RequestError
from engine.model import UNKNOWN, DateRange, Notice
from engine.places import paths_named, place_label, place_slug, suggestions
from engine.plan import AllOf, AnyOf, PlanNode, RangeNode, TermNode
from engine.query.tree import And, Node, Or, Phrase, Prefix, Word


def field_filter(name: str, child: Node) -> tuple[PlanNode, Notice | None]:
    """Plan ``name:child``. A value that cannot be understood matches everything and says so."""
    if isinstance(child, Or):
        parts = [field_filter(name, option) for option in child.children]
        return AnyOf(tuple(node for node, _ in parts)), next((notice for _, notice in parts if notice), None)
    value = _value(child)
    if name in ("date", "before", "after"):
        try:
            return dates_node(_date_range(name, value)), None
        except RequestError as error:
            return AllOf(), Notice("bad-date", str(error))
    if name == "in":
        return _place(value)
    return TermNode(name, value, 0.0), None


def dates_node(dates: DateRange) -> PlanNode:
    """Documents whose date lies wholly inside `dates`: a month-only article is in its month, not in a week of it."""
    must: list[PlanNode] = []
    if dates.first is not None or dates.last is not None:
        must.append(RangeNode("first_day", dates.first.toordinal() if dates.first else 1, None))
    if dates.last is not None:
        must.append(RangeNode("last_day", 1, dates.last.toordinal()))
    return AllOf(tuple(must))


def _place(value: str) -> tuple[PlanNode, Notice | None]:
    """Articles about the place of this path, or about any of this name. The gazetteer is package data, the same for everybody."""
    gazetteer = load()
    slug = place_slug(value)
    paths = [slug] if value == UNKNOWN or place_label(slug, gazetteer) else paths_named(value, gazetteer)
    if paths:
        return AnyOf(tuple(TermNode("place", value if value == UNKNOWN else path, 0.0) for path in paths)), None
    near = suggestions(value, gazetteer)
    hint = f" Gần giống: {', '.join(near)}." if near else ""
    return AllOf(), Notice("unknown-place", f"Không có nơi nào tên “{value}”; bỏ qua điều kiện này.{hint}")


def _value(child: Node) -> str:
    match child:
        case Word(text) | Phrase(text) | Prefix(text):
            return text
        case And(children):
            return " ".join(_value(part) for part in children)
        case _:
            return str(child)


def _date_range(name: str, value: str) -> DateRange:
    dates = parse_range(value)
    if name == "before":
        return DateRange(None, dates.first)
    if name == "after":
        return DateRange(dates.last, None)
    return dates
