"""Reading: one point in time of the index, searched in one request."""

from __future__ import annotations

import base64
import re
import threading
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from opensearchpy.exceptions import NotFoundError, TransportError

from engine import codec
from engine.codes import Texts
from engine.errors import EngineUnavailableError, IndexDamagedError
from engine.model import StoredDocument
from engine.opensearch.mapping import CODES, STORED, token
from engine.opensearch.queries import EVERYTHING, Clause, clause, facets, matching_all
from engine.opensearch.remote import Remote
from engine.plan import Plan
from engine.port import Columns, Counts, LeftOut, Ranked, Results, by_frequency, ordered_counts, settled
from engine.rerank import DEPTH, Rerank, reranked

KEEP_ALIVE = "2m"
_WINDOW = 10_000
"""OpenSearch's own limit on offset + limit; beyond it we page by the sort values of the last hit."""
_BUCKETS = 5_000
_READ_AT_ONCE = 200
"""Documents fetched in one request when all are read."""
_LOOKED_UP = 500
"""Keys looked up in one request."""
_EVERY_KEY = 60_000
"""More than there are places, key terms and sources; the server's own limit is 65,535."""
_SPECIAL = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~]')
"""What has a meaning in Lucene's regular expressions."""

Answer = dict[str, Any]
_SHORT = "short"
"""Put into each answer: the point in time it is of lacks a part of the index."""


class _Point(NamedTuple):
    """A point in time (PIT) by its id. `short`: a part of the index was not there when it was taken."""

    pit: str
    short: bool


class OpenSearchSnapshot:
    """A point in time: later commits do not show. One that the server has dropped, or cannot wholly read, is taken anew."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self._guard = threading.Lock()
        self._in_vain = False
        """A point in time that was taken anew was answered no better, so that others need not be tried."""
        self._looked_up_in_part = False
        """A part of the index did not answer a look-up of keys, on which what a query means or how it ranks may depend."""
        self._point = self._open()

    @property
    def pit(self) -> str:
        """The id of the point in time."""
        return self._point.pit

    def _open(self) -> _Point:
        with self._remote.talking():
            answer = self._remote.client.create_pit(index=self._remote.alias, params={"keep_alive": KEEP_ALIVE})
        shards = answer["_shards"]
        return _Point(str(answer["pit_id"]), bool(shards["successful"] < shards["total"] or shards["failed"]))

    def count(self) -> int:
        answer = self._counted()
        self._raise_if_partial(answer)
        return _total(answer)

    def _counted(self) -> Answer:
        return self._ask({"size": 0, "query": EVERYTHING, "track_total_hits": True})

    def get(self, doc_id: str) -> StoredDocument | None:
        answer = self._ask({"size": 1, "query": {"term": {"doc_id": doc_id}}})
        if hits := answer["hits"]["hits"]:
            return _stored(hits[0])
        self._raise_if_partial(answer)
        return None

    def search(self, plan: Plan, left_out: LeftOut | None = None) -> Results:
        plan = settled(plan, left_out)
        budget = f"{self._remote.options.search_budget_ms}ms"
        body: Answer = {
            "query": clause(plan.wanted),
            "post_filter": matching_all(list(plan.filters.values())),
            "aggs": facets(plan),
            "sort": _order(plan),
            "track_scores": plan.sort == "relevance",
            "track_total_hits": True,
            "timeout": budget,
        }
        if plan.rerank is not None and plan.sort == "relevance" and plan.offset < DEPTH and plan.limit:
            answer, ranked = self._reranked(body, plan, plan.rerank)
            partial = _partial(answer)
        else:
            answer, hits, partial = self._page(body, plan)
            ranked = tuple(Ranked(float(hit["_score"] or 0.0) if plan.sort == "relevance" else 0.0, _stored(hit)) for hit in hits)
        counted: dict[str, Counts] = {}
        for name in plan.facets:
            counted[name], cut = self._counts(name, answer["aggregations"][name], plan)
            partial = partial or cut
        return Results(_total(answer), ranked, counted, timed_out=partial or self._looked_up_in_part)

    def columns(self, plan: Plan, fields: Sequence[str]) -> Columns:
        body = {
            "query": clause(plan.wanted),
            "post_filter": matching_all(list(plan.filters.values())),
            "sort": _order(plan),
            "from": plan.offset,
            "size": plan.limit,
            "docvalue_fields": [*fields],
            "_source": False,
        }
        answer = self._ask(body)
        rows = [tuple(int(hit["fields"][name][0]) for name in fields) for hit in answer["hits"]["hits"]]
        return Columns(rows, _partial(answer))

    def _reranked(self, body: Answer, plan: Plan, rerank: Rerank) -> tuple[Answer, tuple[Ranked, ...]]:
        """A page of the order of both stages: the best DEPTH are fetched with their codes, wherever the page begins."""
        last = plan.offset + plan.limit
        answer = self._ask({**body, "from": 0, "size": max(DEPTH, last)})
        hits = answer["hits"]["hits"]
        best, rest = hits[:DEPTH], hits[DEPTH:]
        scores, ties = [float(hit["_score"] or 0.0) for hit in best], [int(hit["sort"][1]) for hit in best]
        texts = Texts.of([base64.b64decode(hit["_source"].get(CODES, "")) for hit in best])
        placed = reranked(rerank, scores, ties, texts, _total(self._counted()), self.frequencies)
        page = [Ranked(one.score, _stored(best[one.candidate]), one.added) for one in placed[plan.offset : last]]
        more = rest[: max(0, last - len(best))]
        return answer, (*page, *(Ranked(float(hit["_score"] or 0.0), _stored(hit)) for hit in more))

    distant = True

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(terms), _LOOKED_UP):
            wanted = {str(at): {"term": {field: token(key)}} for at, (field, key) in enumerate(terms[start : start + _LOOKED_UP])}
            answer = self._look_up({"terms": {"filters": {"filters": wanted}}})
            buckets = answer["aggregations"]["terms"]["buckets"]
            found += [int(buckets[at]["doc_count"]) for at in wanted]
        return found

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        del exact  # aggregations leave deleted documents out
        wanted: Answer = {"field": field, "size": _EVERY_KEY}
        if prefix:
            wanted["include"] = _SPECIAL.sub(r"\\\g<0>", prefix) + ".*"
        answer = self._look_up({"keys": {"terms": wanted}})
        return by_frequency((str(one["key"]), int(one["doc_count"])) for one in answer["aggregations"]["keys"]["buckets"])

    def _look_up(self, counted: Answer) -> Answer:
        answer = self._ask({"size": 0, "query": EVERYTHING, "aggs": counted})
        self._looked_up_in_part = self._looked_up_in_part or _partial(answer)
        return answer

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        body = {"query": clause(plan.wanted), "post_filter": {"term": {"doc_id": doc_id}}, "explain": True, "size": 1, "_source": False}
        explained: dict[str, Any] = self._ask(body)["hits"]["hits"][0]["_explanation"]
        return explained

    def documents(self) -> Iterator[StoredDocument]:
        """Every stored document, by id, a page at a time. Raises EngineUnavailableError when a part of the index does not answer."""
        body: Answer = {"size": _READ_AT_ONCE, "query": {"match_all": {}}, "sort": ["doc_id"], "_source": [STORED]}
        while True:
            answer = self._ask(body)
            self._raise_if_partial(answer)
            hits = answer["hits"]["hits"]
            if not hits:
                return
            yield from map(_stored, hits)
            body["search_after"] = hits[-1]["sort"]

    def _raise_if_partial(self, answer: Answer) -> None:
        """For questions whose answer would be wrong without the part that is missing."""
        if _partial(answer):
            raise EngineUnavailableError(
                f"A part of the index {self._remote.alias!r} in OpenSearch does not answer (only {answer['_shards']['successful']} of its "
                "shards do). Wait until its nodes are back, then run the same again."
            )

    def _ask(self, body: Answer) -> Answer:
        """Search this point in time, or, where the server has lost it (a node that went, a pause that was too long), a new one."""
        point = self._point
        try:
            answer = self._post(body, point)
        except NotFoundError:
            return self._post(body, self._anew(point, lost=True))
        if not answer["_shards"]["failed"] or self._in_vain:
            return answer
        answer = self._post(body, self._anew(point, lost=False))
        if answer["_shards"]["failed"]:
            self._in_vain = True
        return answer

    def _anew(self, point: _Point, *, lost: bool) -> _Point:
        """Take another point in time in place of this one, unless another thread has, and close this one where the server has it."""
        with self._guard:
            if self._point is not point:
                return self._point
            anew = self._point = self._open()
        if not lost:
            with suppress(TransportError):  # the server closes forgotten ones itself
                self._remote.client.delete_pit(body={"pit_id": [point.pit]}, ignore=404)
        return anew

    def _post(self, body: Answer, point: _Point) -> Answer:
        whole = {**body, "pit": {"id": point.pit, "keep_alive": KEEP_ALIVE}}
        try:
            with self._remote.talking():
                answer: Answer = self._remote.client.search(body=whole, params={"search_type": "dfs_query_then_fetch"})
        except Exception as error:
            if isinstance(error.__cause__, NotFoundError):
                raise error.__cause__ from None
            raise
        answer[_SHORT] = point.short
        return answer

    def _page(self, body: Answer, plan: Plan) -> tuple[Answer, Sequence[Answer], bool]:
        """The answer with the counts, the hits of the page, and whether a part of the index did not answer."""
        if plan.offset + plan.limit <= _WINDOW:
            answer = self._ask({**body, "from": plan.offset, "size": plan.limit})
            return answer, answer["hits"]["hits"], _partial(answer)
        first = self._ask({**body, "size": 0})
        walked: Answer = {name: body[name] for name in ("query", "post_filter", "sort", "track_scores", "timeout")}
        hits, partial = self._beyond_window(walked, plan.offset, plan.limit)
        return first, hits, partial or _partial(first)

    def _beyond_window(self, body: Answer, offset: int, limit: int) -> tuple[list[Answer], bool]:
        """Walk to `offset` by sort values only, then fetch."""
        fetched: list[Answer] = []
        partial = False
        while len(fetched) < limit:
            walking = offset > 0
            step = min(offset or limit - len(fetched), _WINDOW)
            answer = self._ask({**body, "size": step, **({"_source": False} if walking else {})})
            partial = partial or _partial(answer)
            hits = answer["hits"]["hits"]
            if not walking:
                fetched += hits
            if len(hits) < step:
                break
            body["search_after"] = hits[-1]["sort"]
            offset = max(0, offset - step)
        return fetched, partial

    def _counts(self, name: str, answer: Answer, plan: Plan) -> tuple[Counts, bool]:
        """The counts of a facet, and whether a part of the index did not answer the question that made them exact."""
        partial = False
        buckets = answer["values"]["buckets"]
        values = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        cut = answer["values"]["sum_other_doc_count"] > 0
        if answer["values"]["doc_count_error_upper_bound"] > 0:
            (values, partial), cut = self._every_value(name, plan), False
        values.update({value: int(bucket["doc_count"]) for value, bucket in answer.get("wanted", {"buckets": {}})["buckets"].items()})
        counts = ordered_counts(values.items(), plan.facet_limit, plan.facets[name])
        return Counts(counts.values, counts.truncated or cut), partial

    def _every_value(self, name: str, plan: Plan) -> tuple[dict[str, int], bool]:
        """Count all values page by page: exact where shards, each handing up its most frequent ones, left a doubt."""
        pages: Answer = {"size": _BUCKETS, "sources": [{"value": {"terms": {"field": name}}}]}
        narrowed: Clause = {"bool": {"must": [clause(plan.wanted)], "filter": [matching_all(list(plan.filters_for(name).values()))]}}
        values: dict[str, int] = {}
        partial = False
        while True:
            answer = self._ask({"size": 0, "query": narrowed, "aggs": {"all": {"composite": pages}}})
            counted, partial = answer["aggregations"]["all"], partial or _partial(answer)
            values.update({str(bucket["key"]["value"]): int(bucket["doc_count"]) for bucket in counted["buckets"]})
            if "after_key" not in counted:
                return values, partial
            pages["after"] = counted["after_key"]


def _order(plan: Plan) -> list[dict[str, str]]:
    if plan.sort == "relevance":
        return [{"_score": "desc"}, {"tie": "asc"}]
    return [{plan.sort: "desc" if plan.sort == "newest" else "asc"}]


def _partial(answer: Answer) -> bool:
    """Whether some shard did not answer, or not to the end, or was not there when the point in time was taken."""
    return bool(answer[_SHORT] or answer["timed_out"] or answer["_shards"]["failed"])


def _total(answer: Answer) -> int:
    return int(answer["hits"]["total"]["value"])


def _stored(hit: Answer) -> StoredDocument:
    text = hit.get("_source", {}).get(STORED)
    if not isinstance(text, str):
        raise IndexDamagedError("The index holds a document without its text. Rebuild it: timtin index --rebuild PATH…")
    return codec.decode(text)
