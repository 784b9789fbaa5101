"""A plan in Whoosh's queries, and the matchers that Whoosh lacks."""

from __future__ import annotations

from functools import reduce
from typing import Any

from whoosh import matching, query, scoring
from whoosh.matching import Matcher, wrappers
from whoosh.query.wrappers import WrappingQuery
from whoosh.reading import IndexReader
from whoosh.searching import Searcher

from engine.bm25 import K1, B, lucene_idf
from engine.phrases import occurrences
from engine.plan import AllOf, AnyOf, AtLeast, ConstantNode, NumbersNode, PhraseNode, PlanNode, PrefixNode, RangeNode, TermNode
from engine.schema import KEYWORD_FIELDS

_MAX_NUMBER = (1 << 63) - 1


class LuceneBM25(scoring.BM25F):  # type: ignore[misc]  # whoosh ships no types
    """Whoosh's BM25F on one field, with Lucene's idf."""

    def __init__(self) -> None:
        super().__init__(B=B, K1=K1)

    def idf(self, searcher: Searcher, fieldname: str, text: str | bytes) -> float:
        parent = searcher.get_parent()
        return lucene_idf(int(parent.doc_count_all()), int(parent.doc_frequency(fieldname, text)))


class _PhraseMatcher(wrappers.WrappingMatcher):  # type: ignore[misc]  # whoosh ships no types
    """Documents that hold all keys, narrowed to those that hold them as a phrase; scored as Lucene scores phrases."""

    def __init__(self, leaves: list[Matcher], phrase: _Phrase, searcher: Searcher) -> None:
        super().__init__(reduce(matching.IntersectionMatcher, leaves), boost=phrase.boost)
        self._leaves = leaves
        self._phrase = phrase
        self._searcher = searcher
        self._idf = sum(LuceneBM25().idf(searcher, phrase.field_name, key) for key in phrase.keys)
        self._average = searcher.get_parent().avg_field_length(phrase.field_name) or 1.0
        self._frequency = 0
        self._settle()

    def _settle(self) -> None:
        """Go on to a document where the keys stand together."""
        while self.child.is_active():
            self._frequency = occurrences([list(leaf.value_as("positions")) for leaf in self._leaves], self._phrase.slop)
            if self._frequency:
                return
            self.child.next()

    def next(self) -> None:
        self.child.next()
        self._settle()

    def skip_to(self, id: int) -> None:  # noqa: A002  # whoosh's name
        self.child.skip_to(id)
        self._settle()

    def supports_block_quality(self) -> bool:
        return False

    def score(self) -> float:
        length = self._searcher.reader().doc_field_length(self.child.id(), self._phrase.field_name)
        saturated: float = scoring.bm25(self._idf, self._frequency, length, self._average, B, K1)
        return float(self.boost * saturated)


class _Phrase(query.Query):  # type: ignore[misc]  # whoosh ships no types
    """A phrase as `engine.phrases` defines it; Whoosh's own allows the slop at every gap."""

    def __init__(self, field_name: str, keys: tuple[str, ...], slop: int, boost: float) -> None:
        self.field_name = field_name
        self.keys = keys
        self.slop = slop
        self.boost = boost

    def estimate_size(self, reader: IndexReader) -> int:
        return min(int(reader.doc_frequency(self.field_name, key)) for key in self.keys)

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:  # noqa: ARG002  # whoosh's signature
        if any((self.field_name, key) not in searcher.reader() for key in self.keys):
            return matching.NullMatcher()
        return _PhraseMatcher([searcher.postings(self.field_name, key) for key in self.keys], self, searcher)


class _Constant(WrappingQuery):  # type: ignore[misc]  # whoosh ships no types
    """Matches what its child matches and scores the same for each, by default nothing; Whoosh's own ConstantScoreQuery reads 0 as 1."""

    def __init__(self, child: query.Query, score: float = 0.0) -> None:
        super().__init__(child)
        self.constant = score

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        return wrappers.ConstantScoreWrapperMatcher(self.child.matcher(searcher, context), self.constant)


class _AndNotMatcher(matching.AndNotMatcher):  # type: ignore[misc]  # whoosh ships no types
    """Whoosh's own keeps the first document when what is unwanted begins with an earlier one."""

    def _find_first(self) -> None:
        if self.a.is_active():
            self._find_next()


class _AndNot(query.AndNot):  # type: ignore[misc]  # whoosh ships no types
    """What matches `a` and not `b`."""

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        return _AndNotMatcher(self.a.matcher(searcher, context), self.b.matcher(searcher, searcher.boolean_context()))


class _AtLeast(query.Query):  # type: ignore[misc]  # whoosh ships no types
    """Documents that match at least `count` of the children, scored by the sum; Whoosh's own minmatch does not stop at segments."""

    def __init__(self, children: list[query.Query], count: int) -> None:
        self.children_ = children
        self.count = count

    def estimate_size(self, reader: IndexReader) -> int:
        return int(reader.doc_count_all())

    def matcher(self, searcher: Searcher, context: Any = None) -> Matcher:
        scores: dict[int, float] = {}
        held: dict[int, int] = {}
        for child in self.children_:
            matcher = child.matcher(searcher, context)
            while matcher.is_active():
                doc = matcher.id()
                scores[doc] = scores.get(doc, 0.0) + float(matcher.score())
                held[doc] = held.get(doc, 0) + 1
                matcher.next()
        docs = sorted(doc for doc, number in held.items() if number >= self.count)
        return matching.ListMatcher(docs, [scores[doc] for doc in docs]) if docs else matching.NullMatcher()


def whoosh_query(node: PlanNode) -> query.Query:
    """The query that matches and scores as `engine.plan` defines the node."""
    match node:
        case TermNode(field, text, weight):
            if field in KEYWORD_FIELDS:
                return _Constant(query.Term(field, text))
            return query.Term(field, text, boost=weight)
        case PhraseNode(field, keys, slop, weight):
            return _Phrase(field, keys, slop, weight)
        case PrefixNode(field, text):
            return _Constant(query.Prefix(field, text))
        case RangeNode(field, low, high):
            return _Constant(query.NumericRange(field, low or 0, _MAX_NUMBER if high is None else high))
        case NumbersNode(field, among):
            return _Constant(_any([query.NumericRange(field, number, number) for number in among]) if among else query.NullQuery)
        case ConstantNode(child, score):
            return _Constant(whoosh_query(child), score)
        case AnyOf(children):
            return _any([whoosh_query(child) for child in children]) if children else query.NullQuery
        case AtLeast(children, count):
            return _AtLeast([whoosh_query(child) for child in children], count)
        case AllOf(must, should, must_not):
            return _all(must, should, must_not)


def _any(children: list[query.Query]) -> query.Query:
    """Whoosh's matcher for many children reads a score of 0 as no match; the plain tree of unions does not."""
    union = query.Or(children)
    union.matcher_type = query.Or.DEFAULT_MATCHER
    return union


def _all(must: tuple[PlanNode, ...], should: tuple[PlanNode, ...], must_not: tuple[PlanNode, ...]) -> query.Query:
    whole = query.And([whoosh_query(node) for node in must]) if must else _Constant(query.Every())
    if should:
        whole = query.AndMaybe(whole, _any([whoosh_query(node) for node in should]))
    if must_not:
        whole = _AndNot(whole, _any([whoosh_query(node) for node in must_not]))
    return whole
