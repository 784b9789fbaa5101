"""Fields of the query language that filter by value: source, place, key term and date."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import NoReturn

from analyzers.places import load
from engine.dates import parse_range
from engine.errors import RequestError
from engine.model import UNKNOWN, DateRange, Notice
from engine.places import paths_named, place_label, place_slug, suggestions
from engine.plan import AllOf, AnyOf, PlanNode, RangeNode, TermNode
from engine.query.tree import And, Everything, InField, Node, Not, Or, Phrase, Prefix, Word

_EXAMPLE = 'Viết 2023, 2023-06, 2023-01..2023-06, 30/6/2023 hoặc bằng chữ trong nháy: "quý 2/2023", "tuần trước".'
_DAY = timedelta(1)
MOST_COMPARED = 3
"""Unknown places of one query that are compared with all known names: as many as are told apart in notices."""

Near = Callable[[str], list[str]]


class NearNames:
    """Names spelt like unknown ones, for the first few of a query: each is compared with every known name."""

    def __init__(self) -> None:
        self._left = MOST_COMPARED

    def __call__(self, name: str) -> list[str]:
        """Known names of places like `name`; none when enough were compared."""
        self._left -= 1
        return suggestions(name, load()) if self._left >= 0 else []


def field_filter(name: str, child: Node, near: Near) -> tuple[PlanNode, list[Notice]]:
    """Plan ``name:child``. A value that cannot be understood matches everything and says so, with names `near` it."""
    match child:
        case Or(children):
            parts = [field_filter(name, option, near) for option in children]
            known = tuple(node for node, _ in parts if node != AllOf())
            return AnyOf(known) if known else AllOf(), [notice for _, notices in parts for notice in notices]
        case Not(inner):
            node, notices = field_filter(name, inner, near)
            return (AllOf() if node == AllOf() else AllOf(must_not=(node,))), notices
        case And(children) if not all(isinstance(part, Word) for part in children):
            parts = [field_filter(name, option, near) for option in _values(children)]
            return AllOf(tuple(node for node, _ in parts)), [notice for _, notices in parts for notice in notices]
        case Prefix(text, start):
            node, notices = _value(name, text, start, near)
            return node, [Notice("value-prefix", f"Dấu * không dùng được trong giá trị “{text}”; tìm đúng giá trị này.", start), *notices]
        case And() | Word() | Phrase():
            return _value(name, *_text(child), near)
        case Everything() | InField():
            return AllOf(), []


def _values(children: tuple[Node, ...]) -> list[Node]:
    """Neighbouring words are one value, also behind a negation; anything else is one by itself."""
    found: list[Node] = []
    for child in children:
        last = found[-1] if found else None
        if isinstance(child, Word) and isinstance(last, Word):
            found[-1] = Word(f"{last.text} {child.text}", last.start)
        elif isinstance(child, Word) and isinstance(last, Not) and isinstance(last.child, Word):
            found[-1] = Not(Word(f"{last.child.text} {child.text}", last.child.start))
        else:
            found.append(child)
    return found


def _text(child: And | Word | Phrase) -> tuple[str, int | None]:
    if isinstance(child, And):
        words = [part for part in child.children if isinstance(part, Word)]
        return " ".join(part.text for part in words), _position(words[0].start)
    return child.text, _position(child.start)


def _position(start: int) -> int | None:
    return start if start >= 0 else None


def _value(name: str, value: str, position: int | None, near: Near) -> tuple[PlanNode, list[Notice]]:
    if value == UNKNOWN:
        return TermNode("place" if name == "in" else name, UNKNOWN, 0.0), []
    if name in ("date", "before", "after"):
        try:
            return dates_node(_date_range(name, value)), []
        except RequestError:
            return AllOf(), [Notice("bad-date", f"Không hiểu ngày “{value}”; bỏ qua điều kiện này. {_EXAMPLE}", position)]
    if name == "in":
        return _place(value, position, near)
    return TermNode(name, value.casefold() if name == "term" else value, 0.0), []


def dates_node(dates: DateRange) -> PlanNode:
    """Documents whose date lies wholly inside `dates`: a month-only article is in its month, not in a week of it."""
    must: list[PlanNode] = []
    if dates.first is not None or dates.last is not None:
        must.append(RangeNode("first_day", dates.first.toordinal() if dates.first else 1, None))
    if dates.last is not None:
        must.append(RangeNode("last_day", 1, dates.last.toordinal()))
    return AllOf(tuple(must))


def _place(value: str, position: int | None, near: Near) -> tuple[PlanNode, list[Notice]]:
    """Articles about the place of this path, or about any of this name. The gazetteer is package data, the same for everybody."""
    gazetteer = load()
    slug = place_slug(value)
    if place_label(slug, gazetteer):
        return TermNode("place", slug, 0.0), []
    paths = paths_named(value, gazetteer)
    if not paths:
        alike = near(value)
        hint = f" Gần giống: {', '.join(alike)}." if alike else ""
        return AllOf(), [Notice("unknown-place", f"Không có nơi nào tên “{value}”; bỏ qua điều kiện này.{hint}", position)]
    node = AnyOf(tuple(TermNode("place", path, 0.0) for path in paths))
    if len(paths) == 1:
        return node, []
    more = f"“{value}” là tên của {len(paths)} nơi; tìm ở tất cả. Chỉ một nơi: ở:{paths[0]}"
    return node, [Notice("ambiguous-place", f"{more}.", position)]


def _date_range(name: str, value: str) -> DateRange:
    """The days of a value; before and after leave its own days out. Raises RequestError."""
    dates = parse_range(value)
    try:
        if name == "before":
            return DateRange(None, (dates.first or dates.last or _never(value)) - _DAY)
        if name == "after":
            return DateRange((dates.last or dates.first or _never(value)) + _DAY, None)
    except OverflowError as error:
        raise RequestError(f"Ngoài lịch: {value}") from error
    return dates


def _never(value: str) -> NoReturn:
    raise RequestError(f"Không có ngày nào trong “{value}”.")
