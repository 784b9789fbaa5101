"""The tantivy calls that do the work of a search, and nothing around them: the ten best, the total, the same facets, the stored bytes."""

from __future__ import annotations

from functools import partial

import tantivy
from tantivy import Occur, Query

from analyzers.analyzer import Analyzer
from engine.index import ENGINE_FILES, Index
from engine.model import SearchRequest
from engine.plan import AnyOf, Plan, PlanNode, TermNode
from engine.query import build_plan, parse
from engine.query.words import words_in
from engine.schema import Weights
from engine.spellings import Spellings
from engine.spellings.lexicon import Lexicon, Syllable
from engine.tantivy_queries import TantivyQueries, total_of
from engine.tantivy_rows import counted, schema

SETTINGS = (
    "bare tantivy: the same index; every word of the query in title, lead or body, the same ones whole, scored by "
    "BM25; one search for the ten best and the "
    "total, one aggregation of the same facets (200 values each, its own filter left out), ten stored documents fetched, none decoded"
)
EXACT, DEFAULT = (
    "with exact counts, as ours",
    "with counts as tantivy gives them by default, which miss values that are rare in one segment",
)
_ALL_VALUES = 1_000_000_000


class Bare:
    """Answers requests of plain words."""

    def __init__(self, index: Index) -> None:
        self._snapshot = index.snapshot()
        self._index = tantivy.Index.open(str(index.directory / ENGINE_FILES))
        self._index.reload()
        self._queries = TantivyQueries(schema())
        self._analyzer = Analyzer()

    def nodes(self, request: SearchRequest) -> tuple[PlanNode, dict[str, PlanNode]]:
        """The query and the filters of a request; made before the clock runs."""
        spellings = Spellings(self._snapshot)
        words = partial(words_in, articles=spellings.lexicon.pair)
        tree = parse(request.q).tree
        otherwise = partial(_otherwise, spellings.lexicon)
        plan = build_plan(tree, self._analyzer.analyze, Weights(pair=0.0), restore=spellings.marked, words=words, otherwise=otherwise)
        if plan.whole_words and not self._snapshot.search(Plan(plan.query, limit=0)).total:
            plan = build_plan(tree, self._analyzer.analyze, Weights(pair=0.0))
        query = plan.query
        filters: dict[str, PlanNode] = {
            name: AnyOf(tuple(TermNode(name, value, 0.0) for value in values)) for name, values in request.filters.items()
        }
        return query, filters

    def search(self, nodes: tuple[PlanNode, dict[str, PlanNode]], facets: tuple[str, ...], *, exact: bool) -> int:
        """The total; the rest is fetched and let go. `exact`: every segment hands up all values, so that merged counts are right."""
        query, filters = nodes
        searcher = self._index.searcher()
        made = self._queries.query(query)
        found = searcher.search(self._narrowed(made, filters), 10)
        for batch in self._batches(filters, facets):
            kept = {name: node for name, node in filters.items() if name not in batch}
            size = {"size": 200, "segment_size": _ALL_VALUES} if exact else {"size": 200}
            wanted = {name: {"terms": {"field": counted(name), **size}} for name in batch}
            searcher.aggregate(self._narrowed(made, kept), wanted)
        for _, address in found.hits:
            searcher.doc(address)
        return total_of(found)

    def through_port(self, nodes: tuple[PlanNode, dict[str, PlanNode]], facets: tuple[str, ...]) -> int:
        """The same as a plan run by our engine: what the port itself costs, documents decoded."""
        query, filters = nodes
        results = self._snapshot.search(Plan(query, filters, dict.fromkeys(facets, ()), limit=10))
        for _ in results.facets.items():  # counted on other threads until they are read
            pass
        return results.total

    def _batches(self, filters: dict[str, PlanNode], facets: tuple[str, ...]) -> list[list[str]]:
        """Facets that have a filter of their own are counted apart."""
        plain = [name for name in facets if name not in filters]
        return [batch for batch in (plain, *([name] for name in facets if name in filters)) if batch]

    def _narrowed(self, query: Query, filters: dict[str, PlanNode]) -> Query:
        if not filters:
            return query
        return Query.boolean_query([(Occur.Must, query), *((Occur.Must, self._queries.unscored(node)) for node in filters.values())])


def _otherwise(lexicon: Lexicon, left: str, right: str) -> bool:
    return lexicon.also_otherwise(Syllable.of(left), Syllable.of(right))
