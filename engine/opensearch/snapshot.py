"""Reading: one point in time of the index, searched in one request."""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Sequence
from typing import Any

from opensearchpy.exceptions import NotFoundError

from engine import codec
from engine.errors import IndexDamagedError
from engine.model import StoredDocument
from engine.opensearch.mapping import CODES, STORED, token
from engine.opensearch.queries import EVERYTHING, Clause, clause, facets, matching_all
from engine.opensearch.remote import Remote
from engine.plan import Plan
from engine.port import Counts, Ranked, Results, by_frequency, ordered_counts
from engine.rerank import DEPTH, Rerank, reranked

KEEP_ALIVE = "2m"
_WINDOW = 10_000
"""OpenSearch's own limit on offset + limit; beyond it we page by the sort values of the last hit."""
_BUCKETS = 5_000
_LOOKED_UP = 500
"""Keys looked up in one request."""
_EVERY_KEY = 60_000
"""More than there are places, key terms and sources; the server's own limit is 65,535."""
_SPECIAL = re.compile(r'[.?+*|{}\[\]()"\\#@&<>~]')
"""What has a meaning in Lucene's regular expressions."""

Answer = dict[str, Any]


class OpenSearchSnapshot:
    """A point in time (PIT): later commits do not show. One that the server has dropped is taken anew."""

    def __init__(self, remote: Remote) -> None:
        self._remote = remote
        self.pit = self._open()

    def _open(self) -> str:
        with self._remote.talking():
            answer = self._remote.client.create_pit(index=self._remote.alias, params={"keep_alive": KEEP_ALIVE})
        return str(answer["pit_id"])

    def count(self) -> int:
        return int(self._ask({"size": 0, "query": EVERYTHING, "track_total_hits": True})["hits"]["total"]["value"])

    def get(self, doc_id: str) -> StoredDocument | None:
        hits = self._ask({"size": 1, "query": {"term": {"doc_id": doc_id}}})["hits"]["hits"]
        return _stored(hits[0]) if hits else None

    def search(self, plan: Plan) -> Results:
        budget = f"{self._remote.options.search_budget_ms}ms"
        body: Answer = {
            "query": clause(plan.query),
            "post_filter": matching_all(list(plan.filters.values())),
            "aggs": facets(plan),
            "sort": _order(plan),
            "track_scores": plan.sort == "relevance",
            "track_total_hits": True,
            "timeout": budget,
        }
        if plan.rerank is not None and plan.sort == "relevance" and plan.offset < DEPTH and plan.limit:
            answer, ranked = self._reranked(body, plan, plan.rerank)
        else:
            answer, hits = self._page(body, plan)
            ranked = tuple(Ranked(float(hit["_score"] or 0.0) if plan.sort == "relevance" else 0.0, _stored(hit)) for hit in hits)
        counted = {name: self._counts(name, answer["aggregations"][name], plan) for name in plan.facets}
        return Results(int(answer["hits"]["total"]["value"]), ranked, counted, timed_out=_partial(answer))

    def columns(self, plan: Plan, fields: Sequence[str]) -> list[tuple[int, ...]]:
        body = {
            "query": clause(plan.query),
            "post_filter": matching_all(list(plan.filters.values())),
            "sort": _order(plan),
            "from": plan.offset,
            "size": plan.limit,
            "docvalue_fields": [*fields],
            "_source": False,
        }
        return [tuple(int(hit["fields"][name][0]) for name in fields) for hit in self._ask(body)["hits"]["hits"]]

    def _reranked(self, body: Answer, plan: Plan, rerank: Rerank) -> tuple[Answer, tuple[Ranked, ...]]:
        """A page of the order of both stages: the best DEPTH are fetched with their codes, wherever the page begins."""
        last = plan.offset + plan.limit
        answer = self._ask({**body, "from": 0, "size": max(DEPTH, last)})
        hits = answer["hits"]["hits"]
        best, rest = hits[:DEPTH], hits[DEPTH:]
        scores, ties = [float(hit["_score"] or 0.0) for hit in best], [int(hit["sort"][1]) for hit in best]
        codes = [base64.b64decode(hit["_source"].get(CODES, "")) for hit in best]
        placed = reranked(rerank, scores, ties, codes, self.count(), self.frequencies)
        page = [Ranked(one.score, _stored(best[one.candidate]), one.added) for one in placed[plan.offset : last]]
        more = rest[: max(0, last - len(best))]
        return answer, (*page, *(Ranked(float(hit["_score"] or 0.0), _stored(hit)) for hit in more))

    distant = True

    def frequencies(self, terms: Sequence[tuple[str, str]]) -> list[int]:
        found: list[int] = []
        for start in range(0, len(terms), _LOOKED_UP):
            wanted = {str(at): {"term": {field: token(key)}} for at, (field, key) in enumerate(terms[start : start + _LOOKED_UP])}
            answer = self._ask({"size": 0, "query": EVERYTHING, "aggs": {"terms": {"filters": {"filters": wanted}}}})
            buckets = answer["aggregations"]["terms"]["buckets"]
            found += [int(buckets[at]["doc_count"]) for at in wanted]
        return found

    def keys(self, field: str, prefix: str, *, exact: bool = False) -> dict[str, int]:
        del exact  # aggregations leave deleted documents out
        wanted: Answer = {"field": field, "size": _EVERY_KEY}
        if prefix:
            wanted["include"] = _SPECIAL.sub(r"\\\g<0>", prefix) + ".*"
        answer = self._ask({"size": 0, "query": EVERYTHING, "aggs": {"keys": {"terms": wanted}}})
        return by_frequency((str(one["key"]), int(one["doc_count"])) for one in answer["aggregations"]["keys"]["buckets"])

    def explain(self, plan: Plan, doc_id: str) -> dict[str, Any]:
        body = {"query": clause(plan.query), "post_filter": {"term": {"doc_id": doc_id}}, "explain": True, "size": 1, "_source": False}
        explained: dict[str, Any] = self._ask(body)["hits"]["hits"][0]["_explanation"]
        return explained

    def documents(self) -> Iterator[StoredDocument]:
        """Every stored document, by id."""
        body: Answer = {"size": 500, "query": {"match_all": {}}, "sort": ["doc_id"]}
        while hits := self._ask(body)["hits"]["hits"]:
            yield from map(_stored, hits)
            body["search_after"] = hits[-1]["sort"]

    def _ask(self, body: Answer) -> Answer:
        """Search this point in time, or, where the server has lost it (a node that went, a pause that was too long), a new one."""
        for last_try in (False, True):
            try:
                answer = self._post(body)
            except NotFoundError:
                if last_try:
                    raise
            else:
                if last_try or not answer["_shards"]["failed"]:
                    return answer
            self.pit = self._open()
        raise AssertionError("the second try returns or raises")

    def _post(self, body: Answer) -> Answer:
        whole = {**body, "pit": {"id": self.pit, "keep_alive": KEEP_ALIVE}}
        try:
            with self._remote.talking():
                answer: Answer = self._remote.client.search(body=whole, params={"search_type": "dfs_query_then_fetch"})
        except Exception as error:
            if isinstance(error.__cause__, NotFoundError):
                raise error.__cause__ from None
            raise
        return answer

    def _page(self, body: Answer, plan: Plan) -> tuple[Answer, Sequence[Answer]]:
        if plan.offset + plan.limit <= _WINDOW:
            answer = self._ask({**body, "from": plan.offset, "size": plan.limit})
            return answer, answer["hits"]["hits"]
        first = self._ask({**body, "size": 0})
        walked: Answer = {name: body[name] for name in ("query", "post_filter", "sort", "track_scores", "timeout")}
        return first, self._beyond_window(walked, plan.offset, plan.limit)

    def _beyond_window(self, body: Answer, offset: int, limit: int) -> list[Answer]:
        """Walk to `offset` by sort values only, then fetch."""
        while offset > 0:
            step = min(offset, _WINDOW)
            hits = self._ask({**body, "size": step, "_source": False})["hits"]["hits"]
            if len(hits) < step:
                return []
            body["search_after"] = hits[-1]["sort"]
            offset -= step
        fetched: list[Answer] = []
        while len(fetched) < limit:
            hits = self._ask({**body, "size": min(limit - len(fetched), _WINDOW)})["hits"]["hits"]
            if not hits:
                break
            fetched += hits
            body["search_after"] = hits[-1]["sort"]
        return fetched

    def _counts(self, name: str, answer: Answer, plan: Plan) -> Counts:
        buckets = answer["values"]["buckets"]
        values = {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets}
        cut = answer["values"]["sum_other_doc_count"] > 0
        if answer["values"]["doc_count_error_upper_bound"] > 0:
            values, cut = self._every_value(name, plan), False
        values.update({value: int(bucket["doc_count"]) for value, bucket in answer.get("wanted", {"buckets": {}})["buckets"].items()})
        counts = ordered_counts(values.items(), plan.facet_limit, plan.facets[name])
        return Counts(counts.values, counts.truncated or cut)

    def _every_value(self, name: str, plan: Plan) -> dict[str, int]:
        """Count all values page by page: exact where shards, each handing up its most frequent ones, left a doubt."""
        pages: Answer = {"size": _BUCKETS, "sources": [{"value": {"terms": {"field": name}}}]}
        narrowed: Clause = {"bool": {"must": [clause(plan.query)], "filter": [matching_all(list(plan.filters_for(name).values()))]}}
        values: dict[str, int] = {}
        while True:
            answer = self._ask({"size": 0, "query": narrowed, "aggs": {"all": {"composite": pages}}})["aggregations"]["all"]
            values.update({str(bucket["key"]["value"]): int(bucket["doc_count"]) for bucket in answer["buckets"]})
            if "after_key" not in answer:
                return values
            pages["after"] = answer["after_key"]


def _order(plan: Plan) -> list[dict[str, str]]:
    if plan.sort == "relevance":
        return [{"_score": "desc"}, {"tie": "asc"}]
    return [{plan.sort: "desc" if plan.sort == "newest" else "asc"}]


def _partial(answer: Answer) -> bool:
    """Whether some shard did not answer, or not to the end."""
    return bool(answer["timed_out"] or answer["_shards"]["failed"])


def _stored(hit: Answer) -> StoredDocument:
    text = hit.get("_source", {}).get(STORED)
    if not isinstance(text, str):
        raise IndexDamagedError("The index holds a document without its text. Rebuild it: timtin index --rebuild PATH…")
    return codec.decode(text)
