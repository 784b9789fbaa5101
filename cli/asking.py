"""From the words and flags of a command to the request that the web page would make of them."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from cli import output
from cli.settings import Settings, SettingsError
from cli.words import typed
from engine.address_search import address_notices
from engine.model import Notice, SearchRequest, SearchResponse
from engine.parameters import FACET_PARAMETERS, SINGLE_PARAMETERS, Requested, request_from
from engine.search import Searcher
from engine.source_values import SOURCE, unknown_sources


def asked(settings: Settings, found: Searcher, query: tuple[str, ...], given: dict[str, Any]) -> Requested:
    """The request of a command's flags; what cannot be understood is an error here, unlike on a web page. Raises SettingsError."""
    parameters: dict[str, list[str]] = {"q": [typed(*query)]}
    for name in FACET_PARAMETERS:
        parameters[name] = [typed(value) for value in given.get(name) or ()]
    for name in SINGLE_PARAMETERS:
        if text := given.get("sort" if name == "sap" else name):
            parameters[name] = [typed(text)]
    requested = request_from(parameters, found.index.analyzer.finder.gazetteer, settings.page_size)
    if requested.faults:
        raise SettingsError(requested.faults[0].message)
    told = (*_unknown_sources(found, requested.request), *address_notices(found, requested.request.q))
    return requested._replace(notices=(*requested.notices, *told))


def _unknown_sources(found: Searcher, request: SearchRequest) -> tuple[Notice, ...]:
    return unknown_sources(request, lambda: found.index.snapshot().keys(SOURCE, ""))


def answered(found: Searcher, request: SearchRequest, notices: tuple[Notice, ...]) -> SearchResponse:
    """The response with all there is to say about the request, which is also said on stderr."""
    response = found.search(request)
    response = replace(response, notices=(*notices, *response.notices))
    output.said(response)
    output.offers(response.offers)
    return response


def fields(text: str | None, known: tuple[str, ...], otherwise: tuple[str, ...]) -> tuple[str, ...]:
    """The names in ``--fields a,b``, or `otherwise`. Raises SettingsError for one that is not known."""
    if text is None:
        return otherwise
    names = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    if unknown := [name for name in names if name not in known]:
        raise SettingsError(f"--fields: there is no {unknown[0]!r} here. There are: {', '.join(known)}.")
    if not names:
        raise SettingsError(f"--fields names none. There are: {', '.join(known)}.")
    return names
