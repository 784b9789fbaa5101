"""Sources that a filter names: exactly as the index has them, unlike ``nguồn:`` in a query, which takes parts of names.

A value that is no source finds nothing. So that nobody takes that for an answer, it is said, with the sources that were probably meant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from engine.model import UNKNOWN, Notice, SearchRequest
from engine.place_values import shown
from engine.query.sources import MOST_SOURCES, like, named

SOURCE = "source"
MOST_NAMED = 3
"""Values of one request that are looked for among all sources."""


def unknown_sources(request: SearchRequest, names: Callable[[], Iterable[str]]) -> tuple[Notice, ...]:
    """What to say of the values of the filter that are no sources; `names` gives those of the index, when there is need."""
    given = [*request.filters.get(SOURCE, ()), *request.excluded.get(SOURCE, ())]
    given = [value for value in dict.fromkeys(given) if value != UNKNOWN]
    if not given:
        return ()
    there = [name for name in names() if name != UNKNOWN]
    known = frozenset(there)
    missing = [value for value in given if value not in known]
    said = [
        Notice("no-such-source", f"Không có nguồn nào tên đúng là “{shown(value)}”.{_meant(value, there)}")
        for value in missing[:MOST_NAMED]
    ]
    if len(missing) > MOST_NAMED:
        said.append(Notice("no-such-source", f"Cả {len(missing) - MOST_NAMED} nguồn khác trong bộ lọc cũng không có."))
    return tuple(said)


def _meant(value: str, names: list[str]) -> str:
    """The sources that a value is a part of, or is written otherwise; else those whose names are near."""
    found = named(value, names)
    if not found or len(found) > MOST_SOURCES:
        found = like(value, names)
    return f" Có thể là: {', '.join(f'“{name}”' for name in found)}." if found else ""
