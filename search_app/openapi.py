"""The OpenAPI 3.1 document, made of what the code declares: routes, parameters with their values, shapes of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import msgspec
from flask import Response

from engine.dates import PATTERN
from engine.parameters import (
    ABBREVIATIONS,
    CLUSTER,
    CORRECTIONS,
    EXPLAIN,
    EXPLAIN_VALUES,
    FACET_PARAMETERS,
    FRESH,
    MAX_PAGE,
    MAX_VALUES,
    PLACE_NAMES,
    SORTS,
    TOGETHER,
    YES_OR_NO,
    most_results,
)
from engine.serialize import FORMAT

from .about import Health
from .api import json_response
from .choropleth import PARAMETER
from .errors import ErrorAnswer
from .fresh import revalidated
from .routes import JSON, DataRoute
from .strict import OPENAPI

Json = dict[str, Any]
_TEMPLATE = "#/components/schemas/{name}"
_VARIABLE = re.compile(r"<(?:\w+:)?(\w+)>")
_DESCRIPTION = (
    "Search over an archive of Vietnamese local news. Everything is GET (or HEAD). Parameters that cannot be used as given are refused "
    "with 400; what was typed as the query never is: `notices` say how it was understood. Follow the `next` and `prev` of the `Link` "
    "header rather than build addresses of pages. Keys may be added; `format` is raised when one changes its meaning or goes."
)
_TAG = {"description": "For `If-None-Match`.", "schema": {"type": "string"}}
_STATUSES = {
    304: "Not modified: the index, the day and timtin are those of the ETag.",
    400: "A parameter is unknown or cannot be used as given.",
    404: "There is no such article or place.",
    503: "The index cannot be read.",
}
ABOUT = {
    "q": "The query; without one every article is found.",
    "noi": "Place: a path (`gia-lai/an-khe`) or a name.",
    "cach": "Which names the places are: of the article's day, today's, or with predecessors.",
    "tinhcu": "One of the 63 provinces of before July 2025: a path or a name.",
    "ngay": "Year or month of publication: `2023`, `2023-06`.",
    "ky": "Period reported on: `6 tháng đầu năm 2023` or `2023-01..2023-06`.",
    "nhiem_ky": "Term of office: `2020-2025`.",
    "term": "Key term.",
    "nguon": "Source.",
    "tu": "From this date on: `2023`, `2023-06` or `2023-06-30`.",
    "den": "Up to this date, inclusive.",
    "sap": "Order: by relevance, newest first or oldest first.",
    FRESH: "Rank newer articles higher by relevance.",
    ABBREVIATIONS: "`khong`: look for abbreviations and names of places as typed only.",
    CORRECTIONS: "`khong`: never run a query otherwise than typed.",
    TOGETHER: "`khong`: list near-duplicates each instead of one for all.",
    CLUSTER: "Those of one cluster of near-duplicates: `cluster` of a hit.",
    "trang": "Page, from 1.",
    "so": "Results a page.",
    EXPLAIN: "`1`: add to each hit of a ranking by relevance the sum behind its score.",
    PARAMETER: "The map on the page of the search; changes nothing here.",
}
"""What each parameter is for."""


class OpenApi:
    """The document of a site that serves `routes` and shows `page_size` results on a page."""

    def __init__(self, routes: Sequence[DataRoute], page_size: int) -> None:
        self._document = document(routes, page_size)

    def view(self) -> Response:
        """``/api/openapi.json``"""
        return revalidated(json_response(self._document))


def document(routes: Sequence[DataRoute], page_size: int) -> Json:
    """The document as JSON values."""
    shapes = [ErrorAnswer, *(route.shape for route in routes if route.shape is not None)]
    schemas, components = msgspec.json.schema_components(shapes, ref_template=_TEMPLATE)
    of_errors, *rest = schemas
    of_routes = iter(rest)
    names = dict.fromkeys(name for route in routes for name in route.parameters)
    return {
        "openapi": "3.1.0",
        "info": {"title": "timtin", "version": str(FORMAT), "description": _DESCRIPTION},
        "servers": [{"url": "/"}],
        "paths": {
            **{
                _path(route.rule): {"get": _operation(route, {} if route.shape is None else next(of_routes), of_errors)} for route in routes
            },
            OPENAPI: {"get": _itself()},
        },
        "components": {"schemas": components, "parameters": {name: _parameter(name, page_size) for name in names}},
    }


def _path(rule: str) -> str:
    return _VARIABLE.sub(r"{\1}", rule)


def _operation(route: DataRoute, schema: Json, of_errors: Json) -> Json:
    variables = [
        {"name": name, "in": "path", "required": True, "description": "Slashes may stay as they are.", "schema": {"type": "string"}}
        for name in _VARIABLE.findall(route.rule)
    ]
    media = route.media.partition(";")[0]
    found: Json = {"description": "What was asked for.", "content": {media: {"schema": schema or {"type": "string"}}}}
    if 304 in route.statuses:
        found["headers"] = {"ETag": _TAG}
    if route.endpoint == "results_json":
        found["headers"]["Link"] = {"description": "RFC 8288: `prev` and `next`, where there are such.", "schema": {"type": "string"}}
    others = {str(status): _other(status, schema if route.shape is Health else of_errors) for status in route.statuses}
    return {
        "operationId": route.endpoint,
        "summary": route.summary,
        "parameters": [*variables, *({"$ref": f"#/components/parameters/{name}"} for name in route.parameters)],
        "responses": {"200": found, **others, "default": _other(0, of_errors)},
    }


def _other(status: int, schema: Json) -> Json:
    said = {"description": _STATUSES.get(status, "Any other error.")}
    return said if status == 304 else {**said, "content": {JSON: {"schema": schema}}}


def _itself() -> Json:
    schema = {"type": "object", "required": ["openapi", "info", "paths"]}
    found = {"description": "OpenAPI 3.1.", "headers": {"ETag": _TAG}, "content": {JSON: {"schema": schema}}}
    return {"operationId": "openapi", "summary": "This document.", "responses": {"200": found, "304": _other(304, {})}}


def _parameter(name: str, page_size: int) -> Json:
    found: Json = {"name": name, "in": "query", "description": ABOUT[name], "allowEmptyValue": True, "schema": _values(name, page_size)}
    if name in FACET_PARAMETERS:
        found["description"] += " Repeated: any of them; with `-` in front: none of these; `?`: unknown."
        found |= {"style": "form", "explode": True}
    return found


def _values(name: str, page_size: int) -> Json:
    """The schema of a parameter's values."""
    if name in FACET_PARAMETERS:
        return {"type": "array", "items": {"type": "string"}, "maxItems": MAX_VALUES}
    chosen = {
        "sap": ([value for value in SORTS if value], "lien-quan"),
        "cach": ([value for value in PLACE_NAMES if value], "khi-do"),
        FRESH: (list(YES_OR_NO), "khong"),
        **{yes: (list(YES_OR_NO), "co") for yes in (ABBREVIATIONS, CORRECTIONS, TOGETHER)},
        EXPLAIN: (list(EXPLAIN_VALUES), "0"),
    }
    if name in chosen:
        values, usual = chosen[name]
        return {"type": "string", "enum": values, "default": usual}
    if name == "so":
        return {"type": "integer", "minimum": 0, "maximum": most_results(page_size), "default": page_size}
    if name == "trang":
        return {"type": "integer", "minimum": 1, "maximum": MAX_PAGE, "default": 1}
    patterns = {CLUSTER: "^[0-9]+$", "tu": PATTERN, "den": PATTERN}
    return {"type": "string"} | ({"pattern": patterns[name]} if name in patterns else {})
