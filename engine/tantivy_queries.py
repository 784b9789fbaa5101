"""A plan in tantivy's queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import tantivy
from tantivy import FieldType, Occur, Query

from analyzers.keys import folded_key
from engine.matching import matching, needed
from engine.phrases import layouts
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, NumbersNode, PhraseNode, PlanNode, PrefixNode, RangeNode, TermNode
from engine.schema import KEYWORD_FIELDS, PAIRS, pairs


class TantivyQueries:
    """Builds the queries of one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema
        self._found: dict[int, tuple[PlanNode, Query]] = {}
        """Queries that need not score, by their node's identity; the node is kept, so that no other can have it."""

    def keyword(self, field: str, value: str) -> Query:
        """Documents with this whole value."""
        return Query.term_query(self._schema, field, value, "basic")

    def unscored(self, node: PlanNode) -> Query:
        """The query that matches as `engine.plan` defines the node, and scores 0."""
        return Query.const_score_query(self._finding(node), 0.0)

    def narrowed(self, query: Query, filters: Mapping[str, PlanNode]) -> Query:
        """`query` where every filter matches too."""
        if not filters:
            return query
        return Query.boolean_query([(Occur.Must, query), *((Occur.Must, self.unscored(node)) for node in filters.values())])

    def _finding(self, node: PlanNode) -> Query:
        """The same with any score; made once for a node, which several plans of one search have in common."""
        known = self._found.get(id(node))
        if known is None:
            known = self._found[id(node)] = node, self._found_by(node)
        return known[1]

    def _found_by(self, node: PlanNode) -> Query:
        if not isinstance(node, AllOf):
            return self.query(matching(node))
        must = [*{matching(child): child for child in needed(node.must)}.values()]
        if len(must) == 1 and not node.must_not:
            return self._finding(must[0])
        clauses = [(Occur.Must, self._finding(child)) for child in must] or [(Occur.Must, Query.all_query())]
        return Query.boolean_query([*clauses, *((Occur.MustNot, self._finding(child)) for child in node.must_not)])

    def query(self, node: PlanNode) -> Query:
        """The query that matches and scores as `engine.plan` defines the node."""
        match node:
            case TermNode(field, text, weight):
                return self._term(field, text, weight)
            case PhraseNode(field, keys, slop, weight):
                return self._phrase(field, keys, slop, weight)
            case PrefixNode(field, text):
                return Query.const_score_query(Query.regex_query(self._schema, field, _escaped(text) + ".*"), 0.0)
            case RangeNode(field, low, high):
                return self._range(field, low, high)
            case NumbersNode(field, among):
                return self._numbers(field, among)
            case ConstantNode(child, score):
                return Query.const_score_query(self.query(child), score)
            case AnyOf(children):
                return Query.boolean_query([(Occur.Should, self.query(child)) for child in children]) if children else Query.empty_query()
            case AtLeast(children, count):
                return Query.boolean_query([(Occur.Should, self.query(child)) for child in children], count)
            case AllOf(must, should, must_not):
                return self._all(must, should, must_not)

    def _term(self, field: str, text: str, weight: float) -> Query:
        if field in KEYWORD_FIELDS:
            return Query.const_score_query(self.keyword(field, text), 0.0)
        if not weight:
            return Query.term_query(self._schema, field, text, "basic")
        term = Query.term_query(self._schema, field, text, "freq")
        return term if weight == 1.0 else Query.boost_query(term, weight)

    def _phrase(self, field: str, keys: Sequence[str], slop: int, weight: float) -> Query:
        """tantivy's own slop also takes keys in another order, and not all layouts of three and more: it scores, but exact layouts match.

        Positions are what costs, so they are only read where the pairs of a phrase stand: up to ten times as quick. Not asked of other
        scripts: in Arabic one character stands for a sentence, whose words are keys of a text but have no pairs.
        """
        phrase = Query.boost_query(Query.phrase_query(self._schema, field, [*keys], slop), weight)
        if slop == 0:
            folded = [*map(folded_key, keys)]
            implied = pairs(folded) if all(map(str.isascii, folded)) else []
            return both(phrase, *(self._term(PAIRS, pair, 0.0) for pair in implied))
        ordered = [Query.phrase_query(self._schema, field, [*zip(offsets, keys, strict=True)]) for offsets in layouts(len(keys), slop)]
        laid_out = Query.boolean_query([(Occur.Should, layout) for layout in ordered])
        if not weight:
            return laid_out
        return Query.boolean_query([(Occur.Must, Query.const_score_query(laid_out, 0.0)), (Occur.Should, phrase)])

    def _range(self, field: str, low: int | None, high: int | None) -> Query:
        if low == high and low:
            return self._numbers(field, (low,))
        bounds = Query.range_query(self._schema, field, FieldType.Unsigned, low or 0, high if high is not None else (1 << 63))
        return Query.const_score_query(bounds, 0.0)

    def _numbers(self, field: str, among: Sequence[int]) -> Query:
        """One list of terms: tantivy's own set of terms walks through its dictionaries, which takes four times as long."""
        terms = [(Occur.Should, Query.term_query(self._schema, field, number, "basic")) for number in among]
        return Query.const_score_query(Query.boolean_query(terms) if terms else Query.empty_query(), 0.0)

    def _all(self, must: Sequence[PlanNode], should: Sequence[PlanNode], must_not: Sequence[PlanNode]) -> Query:
        clauses = [(Occur.Must, self.query(node)) for node in must]
        if not must:
            clauses.append((Occur.Must, Query.const_score_query(Query.all_query(), 0.0)))
        clauses.extend((Occur.Should, self.query(node)) for node in should)
        clauses.extend((Occur.MustNot, self._finding(node)) for node in must_not)
        return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def both(left: Query, *right: Query) -> Query:
    """Documents of all, with the score of `left`."""
    if not right:
        return left
    return Query.boolean_query([(Occur.Must, left), *((Occur.Must, Query.const_score_query(one, 0.0)) for one in right)])


def total_of(found: tantivy.SearchResult) -> int:
    """Exact number of matches; tantivy's own type stubs leave the attribute out."""
    total: int | None = getattr(found, "count")  # noqa: B009  # missing from tantivy's type stubs
    return total or 0


def _escaped(text: str) -> str:
    return "".join(f"\\{c}" if c.isascii() and not c.isalnum() else c for c in text)
