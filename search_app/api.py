"""The same searches as data: JSON, CSV and Atom, and an article as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from flask import Response, render_template
from flask import request as http
from werkzeug.exceptions import NotFound

from engine.model import Notice, SearchRequest, SearchResponse
from engine.search import MAX_DEPTH
from engine.serialize import document_json, related_json, response_json

from .export import csv_text, feed_entry
from .fresh import kept, partly
from .paging import paging
from .site import Site, root
from .views import Pages

ATOM = "application/atom+xml; charset=utf-8"
CSV = "text/csv; charset=utf-8"
OPENSEARCH_SUGGESTIONS = "application/x-suggestions+json"
_PLAIN: dict[str, Any] = {"facets": (), "snippets": 1, "corrections": False, "explain": False}
"""What CSV and Atom have no room for."""
MOST_LINK = 4_000
"""Characters of an address that is told in a header: many proxies refuse headers of more than 8 kB."""


class Api:
    """View functions over one site."""

    def __init__(self, site: Site, pages: Pages) -> None:
        self._site = site
        self._pages = pages

    def search_json(self) -> Response:
        """``/tim.json``: the engine's own object; the next page in the Link header."""
        requested = self._site.asked()

        def make() -> Response:
            response = self._site.answer(requested)
            answer = json_response(response_json(response))
            self._add_links(answer, response)
            return partly(answer, response.timed_out)

        return self._kept(make)

    def search_csv(self) -> Response:
        """``/tim.csv``: every result a ranking shows, unless the address asks for fewer; always of the query as typed."""
        paged = any(http.args.get(name, "").strip() for name in ("so", "trang"))
        requested = self._site.asked(page_size=None if paged else MAX_DEPTH)

        def make() -> Response:
            response = self._site.searched(replace(requested.request, **_PLAIN))
            answer = Response(csv_text(response.hits).encode("utf-8", "replace"), content_type=CSV)
            answer.headers["Content-Disposition"] = 'attachment; filename="timtin.csv"'
            return partly(answer, response.timed_out)

        return self._kept(make)

    def search_atom(self) -> Response:
        """``/tim.atom``: the newest results of the query as typed."""
        request = replace(self._site.asked().request, sort="newest", **_PLAIN)
        return self._kept(lambda: self._feed(request))

    def _feed(self, request: SearchRequest) -> Response:
        response = self._site.searched(request)
        indexed = self._site.searcher.index.meta.created
        entries = [feed_entry(hit, request, self._site.addresses, root(), indexed) for hit in response.hits]
        text = render_template(
            "feed.xml",
            entries=entries,
            q=request.q,
            html=root() + self._site.addresses.results(request),
            itself=root() + self._site.addresses.results(request, ".atom"),
            updated=max((entry.updated for entry in entries if entry.published), default=indexed),
        )
        answer = Response(text, content_type=ATOM)
        return partly(answer, response.timed_out)

    def article_json(self, doc_id: str) -> Response:
        """``/bai/<doc_id>.json``; an article whose own id ends in ``.json`` is a page, as every link to an article leads to one."""
        if self._site.searcher.get(f"{doc_id}.json") is not None:
            return self._pages.article(f"{doc_id}.json")

        def make() -> Response:
            stored = self._site.searcher.get(doc_id)
            if stored is None:
                raise NotFound
            return json_response(document_json(stored))

        return self._kept(make)

    def related_json(self, doc_id: str) -> Response:
        """``/lien-quan/<doc_id>.json``: the articles related to one."""

        def make() -> Response:
            found = self._site.searcher.related(doc_id)
            if found is None:
                raise NotFound
            answer = json_response(related_json(found))
            return partly(answer, found.timed_out)

        return self._kept(make)

    def faults(self) -> tuple[Notice, ...]:
        """What is wrong with the values of the current address, where it asks for a search."""
        return self._site.requested().faults

    def _kept(self, make: Callable[[], Response]) -> Response:
        return kept(self._site.edition(), make)

    def _add_links(self, answer: Response, response: SearchResponse) -> None:
        """``Link`` to the pages before and after, as RFC 8288 has it."""
        pages = paging(response.request, response.shown_total, self._site.addresses)
        for relation, href in (("prev", pages.previous), ("next", pages.next)):
            if href is not None and len(href) <= MOST_LINK:
                answer.headers.add("Link", f'<{href.replace("/tim", "/tim.json", 1)}>; rel="{relation}"')


def wants_page() -> bool:
    """Whether a person's browser asks, rather than its address bar, where an address is both data and a page."""
    return http.accept_mimetypes["text/html"] > http.accept_mimetypes[OPENSEARCH_SUGGESTIONS]


def json_text(value: Any) -> str:
    """JSON with letters as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def json_response(value: Any, status: int = 200) -> Response:
    """A JSON answer. A lone surrogate, which is no character, becomes a question mark."""
    return Response(json_text(value).encode("utf-8", "replace"), status=status, content_type="application/json")
