"""The pages about places: one place, all provinces."""

from __future__ import annotations

from difflib import SequenceMatcher

from flask import Response, redirect, render_template

from analyzers.places import Gazetteer
from engine.places import LONGEST_NAME, paths_named, place_label, place_slug, suggestions

from .addresses import place_path, with_query
from .fresh import passing, revalidated
from .kin import Kin, full_label
from .map_page import map_page
from .place import place_page
from .present import query_form
from .provinces import provinces_page
from .site import Site, asked_era, given_pairs

MOST_NEAR = 8
"""Places offered for an unknown one."""


class PlacePages:
    """View functions over one site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def provinces(self) -> Response:
        """``/noi``"""
        page = provinces_page(self._site)
        return revalidated(Response(render_template("provinces.html", page=page, form=page.form), mimetype="text/html"))

    def map(self) -> Response:
        """``/ban-do``: any search on the map, all of its provinces counted."""
        page = map_page(self._site, asked_era())
        return revalidated(Response(render_template("map.html", page=page, form=page.form), mimetype="text/html"))

    def place(self, path: str) -> Response:
        """``/noi/<path>``; a name as people write it leads to its path, an unknown one to the nearest names."""
        slug = place_slug(path[: 4 * LONGEST_NAME]).strip("/")
        if slug != path and (not slug or place_label(slug, self._site.gazetteer)):
            return redirect(with_query(place_path(slug).rstrip("/"), given_pairs()), 301)  # type: ignore[return-value]  # of werkzeug, whose methods are all that is used
        page = place_page(self._site, path) if slug == path else None
        if page is None:
            return self._unknown(slug)
        return revalidated(Response(render_template("place.html", page=page, form=page.form), mimetype="text/html"))

    def _unknown(self, path: str) -> Response:
        words = path.rpartition("/")[2].replace("-", " ")
        near = near_places(path, self._site.gazetteer)
        text = render_template("no_place.html", name=words, near=near, form=query_form(words[:LONGEST_NAME]))
        return passing(Response(text, status=404, mimetype="text/html"))


def near_places(path: str, gazetteer: Gazetteer) -> tuple[Kin, ...]:
    """Places that an unknown path may mean: what its last part names, spelled so or nearly so; else what stands above it."""
    name = path.rpartition("/")[2].replace("-", " ")[:LONGEST_NAME]
    named = paths_named(name, gazetteer) or [found for near in suggestions(name, gazetteer) for found in paths_named(near, gazetteer)]
    above = path.rpartition("/")[0]
    ranked = sorted(named, key=lambda found: (-_likeness(path, found), found))
    while not ranked and above:
        ranked, above = ([above] if place_label(above, gazetteer) else []), above.rpartition("/")[0]
    return tuple(Kin(full_label(gazetteer.bearers(found)[-1], gazetteer), place_path(found)) for found in ranked[:MOST_NEAR])


def _likeness(path: str, other: str) -> float:
    return SequenceMatcher(None, path[: 2 * LONGEST_NAME], other).ratio()
