"""Addresses of the pages: every link of the site is made here, relative to the host."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from engine.model import SearchRequest
from engine.parameters import parameters_of

from . import state

START = "/"
RESULTS = "/tim"
ARTICLE = "/bai/"
RELATED = "/lien-quan/"
MAP = "/ban-do"
PLACES = "/noi"
RANK = "thu"
"""Parameter of an article's address that tells its place in the ranking it was opened from."""
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Makes addresses for a site that shows `page_size` results on a page."""

    page_size: int = 20

    def results(self, request: SearchRequest, suffix: str = "", extra: Sequence[tuple[str, str]] = ()) -> str:
        """Address of a result page; `suffix` ``.json``, ``.csv`` or ``.atom`` for the same as data; `extra` is about the page alone."""
        return with_query(RESULTS + suffix, [*parameters_of(request, self.page_size), *extra])

    def pairs(self, request: SearchRequest) -> Pairs:
        """The parameters of a search, for the hidden fields of a form."""
        return parameters_of(request, self.page_size)

    def article(self, doc_id: str, request: SearchRequest | None = None, rank: int | None = None) -> str:
        """Address of an article; with the search it was found by, so that it can be marked and gone back from."""
        pairs = parameters_of(replace(request, offset=0, explain=False), self.page_size) if request is not None else []
        if rank is not None:
            pairs.append((RANK, str(rank)))
        return with_query(article_path(doc_id), pairs)

    def related(self, doc_id: str) -> str:
        """Address of the articles related to one, as data."""
        return RELATED + article_path(doc_id).removeprefix(ARTICLE) + ".json"

    def back(self, request: SearchRequest, rank: int | None) -> str:
        """Address of the result page that shows rank `rank`."""
        page = (rank - 1) // request.limit + 1 if rank and request.limit else 1
        return self.results(state.on_page(request, page))

    def is_canonical(self, given: Pairs, request: SearchRequest) -> bool:
        """Whether the parameters of an address are just those its request is written with, in that order."""
        return given == parameters_of(request, self.page_size)


def article_path(doc_id: str) -> str:
    """Path of an article. A slash stays readable unless the path would then be changed on its way."""
    parts = doc_id.split("/")
    return ARTICLE + quote(doc_id, safe="" if {"", ".", ".."} & set(parts) else "/")


def place_path(path: str) -> str:
    """Address of a place's page."""
    return f"{PLACES}/{quote(path, safe='/')}"


def with_query(path: str, pairs: Pairs) -> str:
    """`path` with a query string; slashes and colons stay readable."""
    return f"{path}?{urlencode(pairs, safe='/:')}" if pairs else path
