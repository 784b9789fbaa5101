"""Search: one request in, one response out, over one snapshot of an index.

Everything that reads an index goes through `Searcher`, so web, API and command line cannot differ.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache
from time import perf_counter
from typing import Any

from analyzers.abbreviations import load
from analyzers.text import nfc
from engine import folded
from engine.assist import assisted
from engine.copies import Found, of_cluster, searched
from engine.date_words import vietnam_today
from engine.dated import date_offers
from engine.every import Every, every
from engine.facets import labelled
from engine.highlight import adjoined, highlight, located
from engine.index import Index
from engine.model import Facet, Hit, Lack, Notice, SearchRequest, SearchResponse, Snippet, StoredDocument
from engine.plan import AllOf, AnyOf, Plan, PlanNode, RangeNode, TermNode
from engine.port import Ranked, Results, Snapshot
from engine.query import build_plan, parse
from engine.query.analysis import syllables
from engine.query.choice import Asked, chosen, whole_words
from engine.query.evidence import evidence, freshness
from engine.query.filters import dates_node
from engine.query.nodes import Match
from engine.query.notices import few_of_each
from engine.query.parts import Softness
from engine.query.plan import BuiltPlan
from engine.query.rewrite import rewrite
from engine.query.soften import SOFTENED, softened, softening, whole_first
from engine.query.sources import with_sources
from engine.query.tree import Everything, Node
from engine.related import Related, related, telling
from engine.rerank.stage import ADDED, FORMULA
from engine.schema import Weights
from engine.snippets import passages, running_text
from engine.spellings import Spellings

MAX_DEPTH = 1000
"""Hits beyond this rank are not paged to: narrow the search instead."""
MOST_STRAYS, STRAYS_IN = 20, 20
"""At most so many articles, and one of so many, may be newer than what is called new: wrong dates, or later additions to an archive."""
_AT_ONCE = 500
MOST_RELATED = 6
"""Related articles when nobody asks for another number."""
_BEHIND: Mapping[Lack, Callable[[int, int], Notice]] = {"marks": folded.said, "words": softened, "apart": whole_first}
"""What is said of so many articles and so many others behind the divider."""


class Searcher:
    """Answers requests from the newest commit of an index."""

    def __init__(self, index: Index, weights: Weights | None = None, today: Callable[[], date] = vietnam_today) -> None:
        self.index = index
        self.weights = weights or Weights()
        self._analyze = index.analyzer.analyzer.analyze
        self.today = today
        """The day that *tuần trước* and its like count from."""

    def search(self, request: SearchRequest) -> SearchResponse:
        """Run `request`. A user's text never raises; what was changed or dropped is in `notices`, what else to try in `offers`."""
        started = perf_counter()
        snapshot = self.index.snapshot()

        def run(asked: SearchRequest) -> SearchResponse:
            return self._run(asked, snapshot, whole=asked.limit > 0 or asked is request, typed=asked is request)

        response = assisted(run(request), run, snapshot, syllables, self.index.analyzer.finder.gazetteer)
        response = self._with_folded(response, snapshot)
        response = replace(response, date_offers=date_offers(response, self.today(), self.count))
        return replace(response, took_ms=round((perf_counter() - started) * 1000, 2))

    def _run(self, request: SearchRequest, snapshot: Snapshot, *, whole: bool = False, typed: bool = False) -> SearchResponse:
        """Run `request` as it stands; `whole`: with the articles behind the divider that hold most of its words; `typed`: as `_built`."""
        request, paging = _within_depth(request)
        parsed = parse(request.q)
        tree, rewritten = self._read(parsed.tree, snapshot)
        ran: dict[int, tuple[BuiltPlan, Found]] = {}

        def run(built: BuiltPlan) -> Found:
            """What a plan finds; asked how many that are and then for them, it is run once."""
            if id(built.query) not in ran:
                ran[id(built.query)] = built, searched(snapshot, self._ordered(request, tree, built, snapshot), together=_together(request))
            return ran[id(built.query)][1]

        built = self._built(request, tree, snapshot, typed=typed, run=run)
        found = run(built)
        if built.held == found.whole:
            built = _all_hold_all(built)
        plan, results, similar = found
        response = SearchResponse(
            request=request,
            total=results.total,
            hits=_counting(self._hits(request, results, built.matches, plan, snapshot), similar),
            facets=self._facets(request, results),
            notices=few_of_each([*parsed.notices, *rewritten, *built.notices, *paging, *_partial(results)]),
            understood=str(tree),
            timed_out=results.timed_out,
            whole_total=built.whole,
        )
        if built.wider is None or not whole or results.timed_out:
            return response
        second = _plan(request, self._supported(request, tree, built.wider, snapshot, soft=built.lack == "words"))
        return self._behind(response, built.lack, _plan(request, built), second, built.matches, snapshot)

    def _read(self, tree: Node, snapshot: Snapshot) -> tuple[Node, list[Notice]]:
        """The tree that runs, and what was read into it."""
        tree, read = rewrite(tree, self._analyze, self.today())
        tree, sources = with_sources(tree, lambda: snapshot.keys("source", ""))
        return tree, [*read, *sources]

    def count(self, request: SearchRequest) -> int:
        """Number of documents that match the request as it stands, nothing else."""
        return self._run(replace(request, limit=0, facets=(), sort="relevance"), self.index.snapshot(), typed=True).total

    def every(self, request: SearchRequest) -> Every:
        """All articles that match the request as it stands, however many, near-duplicates too; the oldest first, from one commit.

        What is about a page of results (order, numbers, facets, corrections) is not looked at. Reading them raises
        EngineUnavailableError when a part of the index does not answer: those that came are then not all.
        """
        request = replace(request, sort="oldest", corrections=False, copies=True, offset=0, limit=_AT_ONCE, facets=())
        snapshot = self.index.snapshot()
        parsed = parse(request.q)
        tree, read = self._read(parsed.tree, snapshot)
        built = self._built(request, tree, snapshot, typed=False)
        return Every(few_of_each([*parsed.notices, *read, *built.notices]), every(snapshot, _plan(request, built)))

    def get(self, doc_id: str) -> StoredDocument | None:
        """The stored document, or None."""
        return self.index.snapshot().get(nfc(doc_id))

    def related(self, doc_id: str, limit: int | None = None) -> Related | None:
        """The articles related to one, best first; None when there is no article of that id.

        Without a `limit`, those that stand out from the rest, at most MOST_RELATED.
        """
        snapshot = self.index.snapshot()
        stored = snapshot.get(nfc(doc_id))
        if stored is None:
            return None
        if limit is not None:
            return related(snapshot, self._analyze, stored, limit)
        return telling(related(snapshot, self._analyze, stored, MOST_RELATED), MOST_RELATED)

    def matches(self, q: str, stored: StoredDocument) -> tuple[Match, ...]:
        """What a highlighter marks for query `q` in an article: where it holds nothing of that, the words that a sentence quotes, or what
        it holds without the typed marks."""
        tree, _ = rewrite(parse(q).tree, self._analyze, self.today())
        spellings = Spellings(self.index.snapshot())
        restore = cache(spellings.marked)
        softer = softening(q, tree, syllables)
        bare = folded.without_marks(tree)
        ways = [(tree, Softness.NONE), *([(tree, Softness.FAR)] if softer.phrases else []), *([(bare, Softness.NONE)] if bare else [])]
        document = stored.document
        found: tuple[Match, ...] = ()
        for one, soft in ways:
            words = whole_words(spellings) if softer.short and soft is Softness.NONE else None
            found = build_plan(one, syllables, self.weights, load(), restore, soft=soft, words=words).matches
            if any(highlight(text, found) for text in (document.title, document.lead, document.body)):
                break
        return found

    def _with_folded(self, response: SearchResponse, snapshot: Snapshot) -> SearchResponse:
        """`response` with what matches without the typed marks behind it, where little matches with them."""
        request = response.request
        softer = any(notice.code == SOFTENED for notice in response.notices)
        if response.total >= folded.FEW or response.timed_out or softer or response.folded_total:
            return response
        tree, _ = self._read(parse(request.q).tree, snapshot)
        bare = folded.without_marks(tree)
        if bare is None:
            return response
        first, loose = (self._built(request, one, snapshot, typed=True) for one in (tree, bare))
        second = _plan(request, self._supported(request, bare, loose, snapshot))
        return self._behind(response, "marks", _plan(request, first), second, loose.matches, snapshot)

    def _behind(
        self, response: SearchResponse, without: Lack, first: Plan, loose: Plan, matches: tuple[Match, ...], snapshot: Snapshot
    ) -> SearchResponse:
        """`response`, of the plan `first`, with what `loose` finds besides behind a divider."""
        request = response.request
        second, results, similar = searched(snapshot, folded.second_part(first, loose, response.total), together=_together(request))
        response = replace(response, notices=(*response.notices, *_partial(results)), timed_out=response.timed_out or results.timed_out)
        if not results.total:
            return response
        from_rank = response.total + second.offset
        hits = _counting(self._hits(replace(request, offset=from_rank), results, matches, second, snapshot), similar)
        return replace(
            response,
            hits=(*response.hits, *(replace(hit, folded=True) for hit in hits)),
            notices=(*response.notices, _BEHIND[without](response.total, results.total)),
            folded_total=results.total,
            folded_without=without,
        )

    def _ordered(self, request: SearchRequest, tree: Node, built: BuiltPlan, snapshot: Snapshot) -> Plan:
        """The plan of a request with what its order needs."""
        plan = _plan(request, self._supported(request, tree, built, snapshot))
        if isinstance(tree, Everything) and request.sort == "relevance":
            return replace(plan, sort="newest")  # nothing to be relevant to
        return plan

    def _built(
        self, request: SearchRequest, tree: Node, snapshot: Snapshot, *, typed: bool, run: Callable[[BuiltPlan], Found] | None = None
    ) -> BuiltPlan:
        """The plan of a query; `typed`: it is what a reader typed. `run` runs a plan and remembers what it found."""

        def counting(built: BuiltPlan) -> Plan:
            return replace(_plan(request, built), facets={}, limit=0, offset=0)

        def held(built: BuiltPlan) -> int:
            return snapshot.search(counting(built)).total

        def shown(built: BuiltPlan) -> int:
            return searched(snapshot, counting(built), together=_together(request)).results.total

        spellings = Spellings(snapshot)
        asked = Asked(
            request.q,
            tree,
            self.weights,
            abbreviations=load() if request.abbreviations else None,
            restore=cache(spellings.marked),
            spellings=spellings,
            held=held,
            tried=(lambda built: run(built).whole) if run else held,
            shown=shown,
            typed=typed,
            distant=snapshot.distant,
        )
        return chosen(asked, soften=request.corrections)

    def _supported(self, request: SearchRequest, tree: Node, built: BuiltPlan, snapshot: Snapshot, *, soft: bool = False) -> BuiltPlan:
        """The plan with the soft evidence of places and dates, named or fresh; only an order by relevance needs it."""
        if request.sort != "relevance" or not request.limit:
            return built
        should = evidence(tree, self.index.analyzer.finder, self.weights, self.today(), soft=soft or built.whole is not None)
        if request.fresh:
            should += freshness(_newest(_plan(request, built), snapshot, self.today()), self.weights)
        return replace(built, query=AllOf(must=(built.query,), should=should)) if should else built

    def _hits(
        self, request: SearchRequest, results: Results, matches: tuple[Match, ...], plan: Plan, snapshot: Snapshot
    ) -> tuple[Hit, ...]:
        return tuple(
            _hit(request.offset + number, ranked, matches, request, plan, snapshot) for number, ranked in enumerate(results.ranked, start=1)
        )

    def _facets(self, request: SearchRequest, results: Results) -> tuple[Facet, ...]:
        gazetteer = self.index.analyzer.finder.gazetteer
        return tuple(labelled(name, counts, request.filters.get(name, ()), gazetteer) for name, counts in results.facets.items())


def _hit(rank: int, ranked: Ranked, matches: tuple[Match, ...], request: SearchRequest, plan: Plan, snapshot: Snapshot) -> Hit:
    document = ranked.stored.document
    text = running_text(document.lead, document.body) if request.snippets else ""
    in_title, in_text = located(document.title, text, matches) if request.snippets else ([], [])
    return Hit(
        rank=rank,
        score=round(ranked.score, 4),
        stored=ranked.stored,
        title=Snippet(document.title, tuple(adjoined(document.title, in_title))),
        snippets=passages(text, in_text, request.snippets),
        explanation=_explained(ranked, snapshot.explain(plan, document.doc_id)) if request.explain and plan.sort == "relevance" else None,
    )


def _together(request: SearchRequest) -> bool:
    """Whether near-duplicates stand under one hit."""
    return not (request.copies or request.cluster)


def _newest(plan: Plan, snapshot: Snapshot, today: date) -> date:
    """The day up to which articles that match count as new, which may be years ago: the newest with a date but for a few strays."""
    dated = {**plan.filters, "dated": RangeNode("first_day", 1)}
    plan = replace(plan, filters=dated, facets={}, sort="newest", offset=0, limit=0, rerank=None)
    at = min(MOST_STRAYS, snapshot.search(plan).total // STRAYS_IN)
    rows = snapshot.columns(replace(plan, offset=at, limit=1), ("last_day",)).rows
    return min(date.fromordinal(rows[0][0]), today) if rows else today


def _all_hold_all(built: BuiltPlan) -> BuiltPlan:
    """The plan of a query that most of the words could answer, when all that were found hold every word: nothing is to be said of that."""
    return replace(built, whole=None, notices=tuple(notice for notice in built.notices if notice.code != SOFTENED))


def _counting(hits: tuple[Hit, ...], similar: dict[int, int]) -> tuple[Hit, ...]:
    """The hits with the number of near-duplicates each stands for."""
    if not similar:
        return hits
    return tuple(replace(hit, similar=similar.get(hit.stored.cluster, 0)) for hit in hits)


def _explained(ranked: Ranked, first: dict[str, Any]) -> dict[str, Any]:
    """The score as the sum of both stages."""
    if not ranked.added:
        return first
    added = [{"value": value, "description": ADDED[name], "details": []} for name, value in ranked.added]
    return {"value": ranked.score, "description": FORMULA, "details": [first, *added]}


def _plan(request: SearchRequest, built: BuiltPlan) -> Plan:
    filters: dict[str, PlanNode] = {name: _one_of(name, values) for name, values in request.filters.items() if values}
    if request.cluster:
        filters["cluster"] = of_cluster(request.cluster)
    if request.dates.first or request.dates.last:
        filters["dates"] = dates_node(request.dates)
    query = built.query
    left_out = tuple(_one_of(name, values) for name, values in request.excluded.items() if values)
    if left_out:
        query = AllOf(must=(query,), must_not=left_out)
    wanted = {name: tuple(request.filters.get(name, ())) for name in request.facets}
    rerank = built.rerank if request.sort == "relevance" else None
    return Plan(query, filters, wanted, request.facet_limit, request.sort, request.offset, request.limit, rerank)


def _one_of(name: str, values: tuple[str, ...]) -> PlanNode:
    return AnyOf(tuple(TermNode(name, value, 0.0) for value in values))


def _partial(results: Results) -> list[Notice]:
    if not results.timed_out:
        return []
    return [Notice("timed-out", "Một phần chỉ mục chưa trả lời kịp: số bài và các con số bên dưới có thể thiếu. Hãy tìm lại sau ít phút.")]


def _within_depth(request: SearchRequest) -> tuple[SearchRequest, list[Notice]]:
    if request.offset + request.limit <= MAX_DEPTH:
        return request, []
    limit = max(0, min(request.limit, MAX_DEPTH - request.offset))
    message = f"Chỉ xem được {MAX_DEPTH} kết quả đầu. Hãy thêm từ hoặc bộ lọc để thu hẹp."
    return replace(request, limit=limit), [Notice("too-deep", message)]
