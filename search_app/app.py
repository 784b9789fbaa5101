"""The application factory: which address leads to which view. Nothing happens at import."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, Response
from werkzeug.routing import PathConverter

from engine.search import Searcher

from .about import About
from .addresses import Addresses
from .api import Api
from .assets import Assets
from .errors import handle_errors
from .fresh import program
from .markup import visible
from .openapi import OpenApi
from .place_data import PlaceData
from .place_views import PlacePages
from .routes import data_routes
from .security import protect
from .site import Site
from .strict import OPENAPI
from .suggestions import Suggestions
from .views import Pages


class _DocId(PathConverter):
    """An article's id: any text of one line, also one that begins with a slash."""

    regex = ".+?"
    part_isolating = False


def create_app(searcher: Searcher, *, page_size: int = 20, site_name: str = "timtin", trusted_hosts: tuple[str, ...] = ()) -> Flask:
    """Make the web application over `searcher`.

    `page_size` results on a page; `trusted_hosts`, when given, are the only values of the Host header that are answered.
    """
    app = Flask("search_app", static_url_path="/static")
    app.jinja_options = {**app.jinja_options, "finalize": visible, "trim_blocks": True, "lstrip_blocks": True}
    app.url_map.merge_slashes = False  # an article's id may hold two slashes in a row
    app.url_map.converters["doc_id"] = _DocId
    app.config["TRUSTED_HOSTS"] = list(trusted_hosts) or None
    site = Site(searcher, Addresses(page_size), version=f"{program()} {site_name!r}")
    assets = Assets()
    app.jinja_env.globals.update(site_name=site_name, asset=assets.href)
    protect(app)
    handle_errors(app)
    assets.keep(app)
    _add_routes(app, site)
    return app


def _add_routes(app: Flask, site: Site) -> None:
    pages, places, about = Pages(site), PlacePages(site), About(site)
    data = data_routes(Api(site, pages), PlaceData(site), Suggestions(site), about)
    routes: tuple[tuple[str, str, Callable[..., Response]], ...] = (
        ("/", "start", pages.start),
        ("/tim", "results", pages.results),
        ("/bai/<doc_id:doc_id>", "article", pages.article),
        ("/ban-do", "map", places.map),
        ("/noi", "provinces", places.provinces),
        ("/noi/<path:path>", "place", places.place),
        ("/opensearch.xml", "opensearch", about.opensearch),
        ("/robots.txt", "robots", about.robots),
        (OPENAPI, "openapi", OpenApi(data, site.addresses.page_size).view),
        *((route.rule, route.endpoint, route.checked()) for route in data),
    )
    for rule, endpoint, view in routes:
        app.add_url_rule(rule, endpoint, view, methods=["GET"])
