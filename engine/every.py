"""All that a plan finds, however many, read page by page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

from engine.errors import EngineUnavailableError
from engine.model import Notice, StoredDocument
from engine.plan import Plan, RangeNode
from engine.port import Snapshot


class Every(NamedTuple):
    """All articles that match, and what of the query was changed or left out."""

    notices: tuple[Notice, ...]
    documents: Iterator[StoredDocument]


def every(snapshot: Snapshot, plan: Plan) -> Iterator[StoredDocument]:
    """What a plan that begins with the oldest finds, each page of its size behind the last article of the one before.

    Raises EngineUnavailableError when a part of the index does not answer.
    """
    while True:
        results = snapshot.search(plan)
        yield from (ranked.stored for ranked in results.ranked)
        last = snapshot.columns(replace(plan, offset=max(len(results.ranked) - 1, 0), limit=1), ("oldest",))
        if results.timed_out or last.timed_out:
            raise EngineUnavailableError("A part of the index did not answer in time: there are more articles than came. Try again.")
        if not last.rows:
            return
        plan = replace(plan, filters={**plan.filters, "behind": RangeNode("oldest", last.rows[0][0] + 1)})
