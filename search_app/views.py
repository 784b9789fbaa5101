"""The pages: start, results, article. Each reads the address, asks the engine, presents, prints."""

from __future__ import annotations

from dataclasses import replace

from flask import Response, redirect, render_template
from flask import request as http
from werkzeug.exceptions import NotFound

from engine.address_search import article_at
from engine.model import SearchRequest
from engine.places import PLACE, PLACE_NOW, PLACE_OLD
from engine.search import MAX_DEPTH

from . import article as articles
from . import state
from .addresses import RANK
from .choropleth import PARAMETER
from .fresh import revalidated
from .present import query_form, results_page, with_bad_dates
from .related import related_lists
from .site import Site, asked_era, bad_dates, given_pairs, root
from .start import start_page


class Pages:
    """View functions over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def start(self) -> Response:
        """``/``"""
        page = start_page(self._site)
        return _page("start.html", page=page, form=page.form)

    def results(self) -> Response:
        """``/tim``: an address with empty or disordered parameters, as a form sends them, leads to the canonical one."""
        site = self._site
        requested = site.requested()
        request = state.browsing(requested.request)
        if (stored := article_at(site.searcher, request.q)) is not None:
            return redirect(site.addresses.article(stored.document.doc_id), 302)  # type: ignore[return-value]  # of werkzeug, as the one below
        era = asked_era()
        extra = [(PARAMETER, era)] if era else []
        if not requested.notices and given_pairs() != [*site.addresses.pairs(request), *extra]:
            return redirect(site.addresses.results(request, extra=extra), 302)  # type: ignore[return-value]  # of werkzeug, whose methods are all that is used
        counted = replace(request, facets=tuple(dict.fromkeys((*request.facets, PLACE, PLACE_NOW, PLACE_OLD))))
        response = site.answer(requested._replace(request=counted))
        response = replace(response, request=replace(request, q=response.request.q))
        page = results_page(response, site.addresses, site.finder, site.count, era)
        page = replace(page, form=with_bad_dates(page.form, bad_dates()))
        answer = _page("results.html", page=page, form=page.form)
        answer.headers["Server-Timing"] = f"search;dur={response.took_ms}"
        return answer

    def article(self, doc_id: str) -> Response:
        """``/bai/<doc_id>``, with the search it was found by in the parameters."""
        site = self._site
        stored = site.searcher.get(doc_id)
        if stored is None:
            raise NotFound
        request = site.requested().request
        around = self._neighbours(doc_id, request)
        matches = site.searcher.matches(request.q, stored) if request.q else ()
        page = articles.article_page(stored, matches, site.addresses, around, root(), site.gazetteer)
        found = site.searcher.related(doc_id)
        kindred = related_lists(found, site.addresses) if found else None
        return _page("article.html", page=page, form=query_form(request.q), related=kindred)

    def _neighbours(self, doc_id: str, request: SearchRequest) -> articles.Neighbours:
        """Results around the article, when the address says where it stands in its ranking and it still does."""
        rank = _rank()
        if rank is None:
            return articles.neighbours(request, None, {}, self._site.addresses) if articles.is_search(request) else articles.Neighbours()
        first = max(rank - 1, 1)
        ranking = replace(request, offset=first - 1, limit=min(rank + 1, MAX_DEPTH) - first + 1, facets=(), snippets=0, explain=False)
        around = {hit.rank: hit.document.doc_id for hit in self._site.searcher.search(ranking).hits}
        still = around.get(rank) == doc_id
        return articles.neighbours(request, rank if still else None, around, self._site.addresses)


def _rank() -> int | None:
    text = http.args.get(RANK, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 4 and 1 <= int(text) <= MAX_DEPTH else None


def _page(template: str, **values: object) -> Response:
    return revalidated(Response(render_template(template, **values), mimetype="text/html"))
