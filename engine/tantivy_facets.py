"""Facets: their values are kept as numbers too, counted as such beside the ranking, and read back.

tantivy counts numbers in less than half the time of texts: of these it looks up the text of every value in every segment.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from functools import cache, partial
from itertools import chain
from typing import Any, NamedTuple

import tantivy
from tantivy import Occur, Query

from engine.plan import AllOf, Plan, Without
from engine.port import Counts, listed, ordered_counts
from engine.schema import COPIED, COPY_OF, IS_COPY
from engine.tantivy_queries import TantivyQueries, both, total_of
from engine.tantivy_rows import NESTED_FIELDS, counted, value_code
from engine.tantivy_totals import Totals, bounds, remaining

Counting = Callable[[], dict[str, Counts]]
"""Waits for the counts of some facets."""
_ALL_VALUES = 1_000_000_000
"""So many values that a segment hands up all it has, which makes merged counts exact."""
_MOST_BUCKETS = 64_000
"""Values handed up by one request: tantivy refuses 65,000 and more. Beyond these, which values of a tie are listed is not sure."""
_SPARE = 100
"""Values handed up beyond those that are listed: to see whether some are as frequent as the last one, and for those that sink when
documents are left out. Counting again costs more than these."""
_THREADS = 8
_MOST = 0.4
"""When so many of the documents match for sure, those that do not are counted instead: mostly half as many more match."""
_MANY = 200_000
"""When so many documents match for sure, the other processor core would have nothing to do while all facets are counted together;
where few match, looking for them once a facet would cost more than it saves."""
_FEW_VALUED = NESTED_FIELDS | {COPY_OF}
"""All values of these are handed up, as far as that goes: those that contain others are added up from them, and of clusters, nearly all
of which have one copy, the first of a tie are wanted."""


class FacetValues:
    """What the numbers stand for, read off an index's term dictionaries; values that came since are read when they are met."""

    def __init__(self) -> None:
        self._of: dict[str, dict[int, str]] = {}

    def named(self, field: str, counts: Mapping[int, int], searcher: tantivy.Searcher) -> dict[str, int]:
        """Count by value, of those by number."""
        if field == COPY_OF:
            return {str(number): count for number, count in counts.items()}
        known = self._of.get(field, {})
        if not known.keys() >= counts.keys():
            known = self._of[field] = {value_code(value): value for value, _ in searcher.terms_with_prefix(field, "")}
        # A value that is too long to be a term has a number all the same.
        return {known[code]: count for code, count in counts.items() if code in known}


@cache
def _threads() -> ThreadPoolExecutor:
    """Threads that count; tantivy lets go of Python's lock while it does."""
    return ThreadPoolExecutor(_THREADS, "facets")


os.register_at_fork(after_in_child=_threads.cache_clear)  # threads do not live on in a forked process


class Awaited(Mapping[str, Counts]):
    """Counts of facets, waited for when they are first read."""

    def __init__(self, counts: Counting) -> None:
        self._counts = cache(counts)

    def __getitem__(self, name: str) -> Counts:
        return self._counts()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._counts())

    def __len__(self) -> int:
        return len(self._counts())


class _Asked(NamedTuple):
    """What is counted. `rest`: finds the documents that do not match, where these are fewer; `many`: each facet
    is counted apart."""

    query: Query
    rest: Query | None = None
    many: bool = False


class FacetCounting:
    """Counts the facets of plans over one searcher."""

    def __init__(self, searcher: tantivy.Searcher, queries: TantivyQueries, values: FacetValues, totals: Totals) -> None:
        self._searcher = searcher
        self._queries = queries
        self._values = values
        self._totals = totals

    def start(self, plan: Plan, left_out: Future[Without | None]) -> list[Counting]:
        """One aggregation for all facets that share the same filters, on other threads when there is a ranking to do beside it.

        What is left out of the plan need not be known yet: it is counted by itself, when all is counted, and taken away.
        These also make of it what is asked for: what another processor core has just written is slow to read.
        """
        batches: dict[tuple[bool, tuple[str, ...]], list[str]] = {}
        for name in plan.facets:
            batches.setdefault((name == COPY_OF, tuple(sorted(plan.filters_for(name)))), []).append(name)
        started: list[Counting] = []
        for (of_copies, _), names in batches.items():
            asked = self._of_copies(plan, names) if of_copies else self._asked(plan, names)
            for some in [[name] for name in names] if asked.many else [names]:
                count = partial(self._counted, plan, asked, some, left_out)
                started.append(_threads().submit(count).result if plan.limit else count)
        return started

    def _asked(self, plan: Plan, names: list[str]) -> _Asked:
        filters = plan.filters_for(names[0])
        query = self._queries.narrowed(self._queries.unscored(plan.query), filters)
        least, _ = bounds(self._searcher, AllOf((plan.query, *filters.values())))
        if least <= self._searcher.num_docs * _MOST:
            return _Asked(query, many=least >= _MANY)
        if plan.query == AllOf() and not filters:
            return _Asked(query, rest=Query.empty_query())
        return _Asked(query, rest=Query.boolean_query([(Occur.Must, Query.all_query()), (Occur.MustNot, query)]))

    def _of_copies(self, plan: Plan, names: list[str]) -> _Asked:
        query = self._queries.narrowed(self._queries.unscored(plan.query), plan.filters_for(names[0]))
        return _Asked(both(query, self._queries.keyword(COPIED, IS_COPY)))

    def counts(self, plan: Plan, started: list[Counting]) -> dict[str, Counts]:
        """Facet -> its counts, when all are done."""
        found = dict(chain.from_iterable(counting().items() for counting in started))
        return {name: found[name] for name in plan.facets}

    def _counted(self, plan: Plan, asked: _Asked, names: list[str], left_out: Future[Without | None]) -> dict[str, Counts]:
        answer = self._answer(asked, names, plan.facet_limit + _SPARE)
        less: dict[str, Any] = {}
        stays = asked.query
        if without := left_out.result():
            gone = self._queries.unscored(without.node)
            less = self._aggregated(both(stays, gone), names, _ALL_VALUES)
            stays = Query.boolean_query([(Occur.Must, stays), (Occur.MustNot, gone)])
        counted = {name: _Counted.of(answer[name], less.get(name)) for name in names}
        cut = [name for name in names if counted[name].cut_in_a_tie(plan.facet_limit)]
        if cut:
            answer = self._answer(asked, cut, _ALL_VALUES)
            counted.update((name, _Counted.of(answer[name], less.get(name))) for name in cut)
        return {name: self._counts(counted[name], plan, stays, name) for name in names}

    def _answer(self, asked: _Asked, names: list[str], size: int) -> dict[str, Any]:
        """The `size` most frequent values of the documents that match, counted on these or on those that do not."""
        totals = {name: self._all(name) for name in names} if asked.rest else {}
        if asked.rest is None or any(len(counts) > _MOST_BUCKETS // len(names) for counts in totals.values()):
            return self._aggregated(asked.query, names, size)
        rest = self._aggregated(asked.rest, names, _ALL_VALUES)
        gone = {name: {bucket["key"]: bucket["doc_count"] for bucket in rest[name]["buckets"]} for name in names}
        return {name: remaining(totals[name], gone[name], _handed_up(name, size)) for name in names}

    def _all(self, name: str) -> list[tuple[int, int]]:
        """The counts of all documents; of more values than can be handed up, some of them."""
        known = self._totals.get(name)
        if known is None:
            buckets = self._aggregated(Query.all_query(), [name], _ALL_VALUES)[name]["buckets"]
            known = self._totals[name] = [(bucket["key"], bucket["doc_count"]) for bucket in buckets]
        return known

    def _aggregated(self, query: Query, names: list[str], size: int) -> dict[str, Any]:
        """The `size` most frequent values, as far as they can be handed up; all of a field that never has many."""
        most = (_MOST_BUCKETS + 1) // len(names)
        wanted = {name: _aggregation(name, min(_handed_up(name, size), most)) for name in names}
        found: dict[str, Any] = self._searcher.aggregate(query, wanted)
        return found

    def _counts(self, counted: _Counted, plan: Plan, stays: Query, name: str) -> Counts:
        values = self._values.named(name, counted.values, self._searcher)
        if name in NESTED_FIELDS:
            values = _with_containing(values)
        wanted = plan.facets[name]
        for value in wanted:
            if value not in values:
                values[value] = total_of(self._searcher.search(both(stays, self._queries.keyword(name, value)), 1))
        counts = ordered_counts(values.items(), plan.facet_limit, wanted)
        return Counts(counts.values, counts.truncated or counted.others > 0)


class _Counted(NamedTuple):
    """Counts of a facet's values: of those that were handed up.

    `others` are counts of the values that were not, all together, and `most` is what one of these can have at most.
    """

    values: dict[Any, int]
    others: int
    most: int

    @classmethod
    def of(cls, answer: dict[str, Any], less: dict[str, Any] | None) -> _Counted:
        """From tantivy's answer, without the counts in another that handed up all."""
        values: dict[Any, int] = {bucket["key"]: bucket["doc_count"] for bucket in answer["buckets"]}
        others = int(answer.get("sum_other_doc_count") or 0)
        most = min(values.values(), default=0) if others else 0
        for bucket in less["buckets"] if less else ():
            if bucket["key"] in values:
                values[bucket["key"]] -= bucket["doc_count"]
            else:
                others -= bucket["doc_count"]
        return cls(values, others, most)

    def cut_in_a_tie(self, limit: int) -> bool:
        """Whether a value that was not handed up may be as frequent as the last one that is listed."""
        if not self.others:
            return False
        counts = sorted(self.values.values(), reverse=True)
        return counts[max(listed(counts, limit), 1) - 1] <= self.most


def _with_containing(values: Mapping[str, int]) -> dict[str, int]:
    """Counts of nested values, from those of the smallest: a year's are those of its months, and of what is known to the year alone."""
    every = Counter(values)
    for value, count in values.items():
        whole = value.rpartition("-")[0]
        while whole:
            every[whole] += count
            whole = whole.rpartition("-")[0]
    return every


def _handed_up(field: str, size: int) -> int:
    return _ALL_VALUES if field in _FEW_VALUED else size


def _aggregation(field: str, size: int) -> dict[str, Any]:
    return {"terms": {"field": counted(field), "size": size, "segment_size": _ALL_VALUES}}
