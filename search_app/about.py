"""Files that browsers, robots and monitors ask for."""

from __future__ import annotations

from typing import Literal, NotRequired, TypedDict

from flask import Response, render_template

from engine.errors import EngineError
from engine.shapes import Count

from .api import json_response
from .fresh import passing, revalidated
from .site import Site, root

ROBOTS = "User-agent: *\nDisallow: /tim\nDisallow: /goi-y\nDisallow: /ban-do?\nAllow: /\n"
"""Result pages are endless and are not to be crawled; articles and the start page may be."""


class Health(TypedDict):
    """Whether the index can be read; if so, what it holds."""

    status: Literal["ok", "unavailable"]
    documents: NotRequired[Count]
    engine: NotRequired[str]


class About:
    """View functions over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def opensearch(self) -> Response:
        """``/opensearch.xml``: lets a browser search here from its address bar."""
        text = render_template("opensearch.xml", root=root())
        return revalidated(Response(text, content_type="application/opensearchdescription+xml; charset=utf-8"))

    def robots(self) -> Response:
        """``/robots.txt``"""
        return revalidated(Response(ROBOTS, mimetype="text/plain"))

    def health(self) -> Response:
        """``/healthz``: 200 while the index can be read, else 503."""
        try:
            documents = self._site.searcher.index.snapshot().count()
        except (EngineError, OSError):
            unavailable: Health = {"status": "unavailable"}
            return passing(json_response(unavailable, 503))
        found: Health = {"status": "ok", "documents": documents, "engine": self._site.searcher.index.meta.engine}
        return passing(json_response(found))
