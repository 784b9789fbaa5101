"""The addresses that programs ask: what each takes and gives, declared once.

The application serves just these, refuses parameters that are not declared, and `openapi` describes them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any

from flask import Response
from flask import request as http

from engine import shapes
from engine.model import Notice
from engine.parameters import ORDER

from .about import About, Health
from .api import ATOM, CSV, OPENSEARCH_SUGGESTIONS, Api
from .choropleth import PARAMETER
from .place_data import PlaceData, PlaceJson, ProvincesJson
from .strict import check_names
from .suggestions import Completions, Suggestions, SuggestionsJson

JSON = "application/json"
SEARCH = (*ORDER, PARAMETER)
"""Parameters of a search; the last is of its page alone, whose address programs get to see."""


@dataclass(frozen=True, slots=True)
class DataRoute:
    """`view` answers `rule` with `shape` (a type that msgspec knows; None: no JSON) as `media`.

    `parameters` are those it takes; others are refused, unless `open`, for an address that is a page's too or that browsers add to.
    `faults` tells what is wrong with their values, to be said beside what is wrong with their names.
    `statuses` are those it is answered with beside 200.
    """

    rule: str
    endpoint: str
    view: Callable[..., Response]
    summary: str
    shape: Any
    media: str = JSON
    parameters: tuple[str, ...] = ()
    open: bool = False
    statuses: tuple[int, ...] = (304, 400, 503)
    faults: Callable[[], Sequence[Notice]] = tuple

    def checked(self) -> Callable[..., Response]:
        """The view, behind a look at the names of the parameters."""

        @wraps(self.view)
        def view(**values: Any) -> Response:
            if not self.open:
                check_names(http.args, self.parameters, self.faults)
            return self.view(**values)

        return view


def data_routes(api: Api, places: PlaceData, suggestions: Suggestions, about: About) -> tuple[DataRoute, ...]:
    """Those of a site."""
    one = (304, 404, 503)
    return (
        DataRoute("/tim.json", "results_json", api.search_json, "Search.", shapes.Response, parameters=SEARCH, faults=api.faults),
        DataRoute(
            "/tim.csv", "results_csv", api.search_csv, "The results of a search as a table: all of a ranking, without `so` and `trang`.",
            None, CSV, SEARCH, faults=api.faults,
        ),
        DataRoute(
            "/tim.atom", "results_atom", api.search_atom, "The newest results of a search as a feed.", None, ATOM, SEARCH, faults=api.faults
        ),
        DataRoute(
            "/bai/<doc_id:doc_id>.json", "article_json", api.article_json, "A whole article.", shapes.Document, open=True, statuses=one
        ),
        DataRoute(
            "/lien-quan/<doc_id:doc_id>.json", "related_json", api.related_json, "Articles about the same matter as one.", shapes.Related,
            open=True, statuses=one,
        ),
        DataRoute(
            "/goi-y.json", "suggestions_json", suggestions.own, "Complete what was typed: key terms, places, sources, titles.",
            SuggestionsJson, parameters=("q",),
        ),
        DataRoute(
            "/goi-y", "suggestions", suggestions.opensearch, "The same for address bars of browsers; a page if `text/html` is asked for.",
            Completions, OPENSEARCH_SUGGESTIONS, ("q",), open=True, statuses=(304, 503),
        ),
        DataRoute(
            "/noi.json", "provinces_json", places.provinces, "Provinces of today and former ones.", ProvincesJson,
            open=True, statuses=(304, 503),
        ),
        DataRoute("/noi/<path:path>.json", "place_json", places.place, "What a place was and is.", PlaceJson, open=True, statuses=one),
        DataRoute(
            "/ban-do.json", "map_json", places.map, "A search counted by place of today, by one of the 63 provinces and by date.",
            shapes.Response, parameters=SEARCH, faults=api.faults,
        ),
        DataRoute("/healthz", "health", about.health, "Whether the index can be read.", Health, open=True, statuses=(503,)),
    )  # fmt: skip
