"""The pages about places as data: one place, all provinces, the map; from the same values that the pages show."""

from __future__ import annotations

from typing import Annotated, TypedDict

from flask import Response
from werkzeug.exceptions import NotFound

from analyzers.places import Gazetteer
from engine.serialize import FORMAT, response_json
from engine.shapes import Count, Format, said

from .addresses import place_path
from .api import json_response
from .fresh import kept, partly
from .kin import Bearer, Kin, bearers
from .map_page import counted
from .place import article_counts
from .provinces import Province, province_counts
from .site import Site

TimedOut = Annotated[bool, said("A part of the index did not answer in time: the numbers are of the rest.")]


class ProvinceJson(TypedDict):
    """A province and the articles about it: of one of today by territory, of a former one by name."""

    path: str
    label: str
    last: Annotated[str | None, said("Last day of a former one.")]
    articles: Count


class ProvincesJson(TypedDict):
    """Today's provinces, and those that are no more."""

    format: Format
    timed_out: TimedOut
    today: list[ProvinceJson]
    former: list[ProvinceJson]


class KinJson(TypedDict):
    """A unit in a relation to another."""

    label: str
    href: Annotated[str | None, said("Its page, from the root of the site.")]
    when: Annotated[str, said("Since or until when, in Vietnamese.")]
    partly: Annotated[bool, said("Only a part of a territory passed.")]


class UnitJson(TypedDict):
    """A unit that bore the path, and its kin on its last day."""

    unit: Annotated[str, said("The gazetteer's identifier.")]
    label: str
    years: str
    in_force: bool
    end: Annotated[str, said("What ended it, in Vietnamese.")]
    names: Annotated[list[str], said("What it was called and when, where that changed.")]
    parents: list[KinJson]
    before: list[KinJson]
    after: list[KinJson]
    today: Annotated[list[KinJson], said("Those that hold its territory now, where they are others than `after`.")]
    children: list[KinJson]


class PlaceArticles(TypedDict):
    """Articles about a place, by how it is named: on their day, with its predecessors, by territory today. Null: that is no other way."""

    then: Count
    lineage: Count | None
    now: Count | None


class PlaceJson(TypedDict):
    """What a place was and is, and how many articles are about it."""

    format: Format
    path: str
    label: str
    timed_out: TimedOut
    articles: PlaceArticles
    units: Annotated[list[UnitJson], said("The one in force, or the latest, first.")]


class PlaceData:
    """View functions over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def provinces(self) -> Response:
        """``/noi.json``"""

        def make() -> Response:
            counts = province_counts(self._site)
            value: ProvincesJson = {
                "format": FORMAT,
                "timed_out": counts.timed_out,
                "today": [_province(one) for one in counts.today],
                "former": [_province(one) for one in counts.former],
            }
            return partly(json_response(value), counts.timed_out)

        return kept(self._site.edition(), make)

    def place(self, path: str) -> Response:
        """``/noi/<path>.json``; the path is as facets have it, and no name is guessed."""

        def make() -> Response:
            units = bearers(path, self._site.gazetteer)
            if not units:
                raise NotFound
            counts, timed_out = article_counts(self._site, path)
            value: PlaceJson = {
                "format": FORMAT,
                "path": path,
                "label": units[0].label,
                "timed_out": timed_out,
                "articles": {"then": counts["then"], "lineage": counts.get("lineage"), "now": counts.get("now")},
                "units": [_unit(unit, self._site.gazetteer) for unit in units],
            }
            return partly(json_response(value), timed_out)

        return kept(self._site.edition(), make)

    def map(self) -> Response:
        """``/ban-do.json``: a search without its hits, all places of today and the 63 provinces counted."""
        requested = self._site.asked()

        def make() -> Response:
            response = counted(self._site, requested)
            return partly(json_response(response_json(response)), response.timed_out)

        return kept(self._site.edition(), make)


def _province(one: Province) -> ProvinceJson:
    return {"path": one.path, "label": one.unit.label, "last": one.last.isoformat() if one.last else None, "articles": one.articles}


def _unit(one: Bearer, gazetteer: Gazetteer) -> UnitJson:
    children = (Kin(child.label, place_path(gazetteer.path(child))) for child in one.children)
    return {
        "unit": one.unit.unit,
        "label": one.label,
        "years": one.years,
        "in_force": one.in_force,
        "end": one.end,
        "names": list(one.names),
        "parents": [_kin(kin) for kin in one.parents],
        "before": [_kin(kin) for kin in one.before],
        "after": [_kin(kin) for kin in one.after],
        "today": [_kin(kin) for kin in one.today],
        "children": [_kin(kin) for kin in children],
    }


def _kin(kin: Kin) -> KinJson:
    return {"label": kin.label, "href": kin.href, "when": kin.when, "partly": kin.partly}
