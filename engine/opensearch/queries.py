"""A plan in OpenSearch's query language."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from engine.opensearch.mapping import SPACES, token
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, NumbersNode, PhraseNode, Plan, PlanNode, PrefixNode, RangeNode, TermNode
from engine.schema import KEYWORD_FIELDS

Clause = dict[str, Any]
EVERYTHING: Clause = {"match_all": {"boost": 0.0}}
NOTHING: Clause = {"match_none": {}}


def clause(node: PlanNode) -> Clause:
    """The clause that matches and scores as `engine.plan` defines the node."""
    match node:
        case TermNode(field, text, weight):
            if field in KEYWORD_FIELDS:
                return unscored({"term": {field: text}})
            return {"term": {field: {"value": token(text), "boost": weight}}}
        case PhraseNode(field, keys, slop, weight):
            return _phrase(field, keys, slop, weight)
        case PrefixNode(field, text):
            return unscored({"prefix": {field: {"value": text}}})
        case RangeNode(field, low, high):
            return unscored({"range": {field: {"gte": low or 0} | ({} if high is None else {"lte": high})}})
        case NumbersNode(field, among):
            return unscored({"terms": {field: [*among]}})
        case ConstantNode(child, score):
            return {"constant_score": {"filter": clause(child), "boost": score}}
        case AnyOf(children):
            return {"bool": {"should": [clause(child) for child in children], "minimum_should_match": 1}} if children else NOTHING
        case AtLeast(children, count):
            return {"bool": {"should": [clause(child) for child in children], "minimum_should_match": count}}
        case AllOf(must, should, must_not):
            return _all(must, should, must_not)


def unscored(inner: Clause) -> Clause:
    """The same documents, each with score 0."""
    return {"constant_score": {"filter": inner, "boost": 0.0}}


def matching_all(nodes: Sequence[PlanNode]) -> Clause:
    """A filter of documents that match every node."""
    return {"bool": {"filter": [clause(node) for node in nodes]}} if nodes else {"match_all": {}}


def facets(plan: Plan) -> dict[str, Clause]:
    """One aggregation a facet, each under the filters that narrow it; one value more than wanted tells of a cut."""
    return {
        name: {
            "filter": matching_all(list(plan.filters_for(name).values())),
            "aggs": {"values": {"terms": {"field": name, "size": plan.facet_limit + 1}}, **_counted(name, wanted)},
        }
        for name, wanted in plan.facets.items()
    }


def _counted(name: str, wanted: Sequence[str]) -> dict[str, Clause]:
    if not wanted:
        return {}
    return {"wanted": {"filters": {"filters": {value: {"term": {name: value}} for value in wanted}}}}


def _phrase(field: str, keys: Sequence[str], slop: int, weight: float) -> Clause:
    """Lucene's own slop also takes keys in another order: it scores, but only ordered intervals match."""
    text = " ".join(map(token, keys))
    phrase = {"match_phrase": {field: {"query": text, "slop": slop, "boost": weight, "analyzer": SPACES}}}
    if slop == 0:
        return phrase
    ordered = {"intervals": {field: {"match": {"query": text, "max_gaps": slop, "mode": "ordered", "analyzer": SPACES}}}}
    return {"bool": {"must": [phrase], "filter": [ordered]}}


def _all(must: Sequence[PlanNode], should: Sequence[PlanNode], must_not: Sequence[PlanNode]) -> Clause:
    inner: dict[str, list[Clause]] = {"must": [clause(node) for node in must] or [EVERYTHING]}
    if should:
        inner["should"] = [clause(node) for node in should]
    if must_not:
        inner["must_not"] = [clause(node) for node in must_not]
    return {"bool": inner}
