"""Suggestions for the search box, as JSON of our own and in the format of browsers' address bars."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Annotated, TypedDict

from flask import Response, render_template
from flask import request as http

from engine.model import SearchRequest
from engine.shapes import Count, Format, said
from engine.suggest import MOST, Kind, Suggester, Suggestion

from . import state
from .addresses import article_path
from .api import OPENSEARCH_SUGGESTIONS, json_response, json_text, wants_page
from .fresh import revalidated
from .present import query_form
from .site import Site, root
from .words import count_words

FORMAT = 1
_ABOVE = re.compile(r"\(([^()]+)\)$")
"""Units that a place belongs to, in its label."""
_WAIT = 0.5
"""Seconds that the very first answer waits for the table of names; without it, it holds titles only."""
_PATIENCE = 5.0
"""The same for a page, which will not be asked again at the next key."""
_KINDS = {"term": "từ khóa", "place": "nơi", "source": "nguồn", "title": "bài"}


class SuggestionJson(TypedDict):
    """Something that completes what was typed."""

    kind: Kind
    text: str
    label: Annotated[str, said("Tells it from others of its name.")]
    count: Count
    value: Annotated[str, said("Value of the facet, or the id of an article.")]
    note: str
    href: Annotated[str, said("Where choosing it leads, from the root of the site.")]


class SuggestionsJson(TypedDict):
    """Completions, best first."""

    format: Format
    query: str
    suggestions: list[SuggestionJson]


Completions = Annotated[
    list[str | list[str]],
    said("What was typed, what completes it, descriptions, addresses: OpenSearch suggestions 1.1.", min_length=4, max_length=4),
]


class Suggestions:
    """View functions over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._suggester = Suggester(site.searcher.index)

    def own(self) -> Response:
        """``/goi-y.json?q=``: what the search box shows."""
        q, found = self._found()
        value: SuggestionsJson = {"format": FORMAT, "query": q, "suggestions": [self._plain(one) for one in found]}
        return revalidated(json_response(value))

    def opensearch(self) -> Response:
        """``/goi-y?q=``: completions, descriptions and addresses as the OpenSearch suggestions extension 1.1 has them.

        A person who opens the address, whose browser asks for a page first, gets one.
        """
        as_page = wants_page()
        q, found = self._found(_PATIENCE if as_page else _WAIT)
        rows = [self._plain(one) for one in found]
        if as_page:
            search = self._site.addresses.results(SearchRequest(q, limit=self._site.addresses.page_size))
            answer = Response(render_template("suggestions.html", q=q, rows=rows, search=search, form=query_form(q)), mimetype="text/html")
        else:
            notes = [_told_apart(one) for one in found]
            value: Completions = [q, _completions(found), notes, [root() + row["href"] for row in rows]]
            answer = Response(json_text(value).encode("utf-8", "replace"), content_type=OPENSEARCH_SUGGESTIONS)
        answer.vary.add("Accept")
        return revalidated(answer)

    def _found(self, wait: float = _WAIT) -> tuple[str, tuple[Suggestion, ...]]:
        q = http.args.get("q", "")
        return q, self._suggester.suggest(q, MOST, wait)

    def _plain(self, one: Suggestion) -> SuggestionJson:
        return {
            "kind": one.kind, "text": one.text, "label": one.label, "count": one.count, "value": one.value,
            "note": _note(one), "href": self._href(one),
        }  # fmt: skip

    def _href(self, one: Suggestion) -> str:
        """A title leads to its article, a name to the search filtered by it: both give what the count says."""
        if one.kind == "title":
            return article_path(one.value)
        request = state.browsing(SearchRequest(limit=self._site.addresses.page_size))
        return self._site.addresses.results(state.added(request, one.kind, one.value))


def _completions(found: Sequence[Suggestion]) -> list[str]:
    """What each completes to: places of one name, as *An Khê*, with what they belong to."""
    times = Counter(one.text for one in found)
    return [f"{one.text}, {above[1]}" if times[one.text] > 1 and (above := _ABOVE.search(one.label)) else one.text for one in found]


def _note(one: Suggestion) -> str:
    return _KINDS[one.kind] if one.kind == "title" else f"{_KINDS[one.kind]} · {count_words(one.count)}"


def _told_apart(one: Suggestion) -> str:
    """A description where the label is not shown beside it: places of one name differ."""
    return f"{one.label} · {count_words(one.count)}" if one.label != one.text else _note(one)
