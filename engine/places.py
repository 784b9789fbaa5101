"""Places of a request and of a facet: paths of slugs such as ``gia-lai/an-khe``.

A path is a name, and names outlive units: ``gia-lai/an-khe`` was a town until June 2025 and is a ward since.
"""

from __future__ import annotations

from functools import lru_cache

from analyzers.keys import bare
from analyzers.places import Gazetteer


@lru_cache(4096)
def place_label(path: str, gazetteer: Gazetteer) -> str | None:
    """``tỉnh Gia Lai``; both names where a unit of another kind took the name over: ``thị xã An Khê / phường An Khê``."""
    labels = dict.fromkeys(unit.label for unit in gazetteer.bearers(path))
    return " / ".join(labels) or None


def place_slug(name: str) -> str:
    """``Gia Lai/An Khê`` -> ``gia-lai/an-khe``; a slug stays as it is."""
    return "/".join("-".join(bare(word) for word in part.replace("-", " ").split()) for part in name.split("/"))


def paths_named(name: str, gazetteer: Gazetteer) -> list[str]:
    """Paths of all units that have borne `name`, in any spelling, with or without marks."""
    return sorted({gazetteer.path(unit, unit.valid_from) for unit in gazetteer.named(name)})
